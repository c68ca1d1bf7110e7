package extract

import (
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
)

// say writes a date as a test table does: 2021-03-12, 2021-03, 2021, or "" for none.
func say(d index.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Precision == index.Year:
		return d.Time.Format("2006")
	case d.Precision == index.Month:
		return d.Time.Format("2006-01")
	}
	return d.Time.Format(time.DateOnly)
}

func TestFindDatesReadsDayFirst(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		// forms seen on partners' pages
		{"12. marts 2021", "2021-03-12"},
		{"23. nov. 2023", "2023-11-23"},
		{"10.06.2021", "2021-06-10"},
		{"03-04-2009", "2009-04-03"},
		{"14 MAR 2019", "2019-03-14"},
		{"EVALUERINGER 16 MAJ 2022", "2022-05-16"},
		{"Opdateret 03 MAJ 2019", "2019-05-03"},
		{"30. MAY 2013", "2013-05-30"},
		{"Opdateret d. 08. januar 2021", "2021-01-08"},
		{"Sidst opdateret: 9. januar 2023", "2023-01-09"},
		{"Publiceret 10-03-2017", "2017-03-10"},
		{"Udgivet: 07. december 2015", "2015-12-07"},
		{"(oktober 2014)", "2014-10"},
		{"01. marts 2021 kl. 05:29", "2021-03-01"},
		{"12. marts 2024 kl. 06:00", "2024-03-12"},
		{"02/02/2025 KL. 09:00", "2025-02-02"},
		{"2025-02-02 09:00", "2025-02-02"},
		{"Frist 1. maj 2025", "2025-05-01"},
		{"fredag den 7. juni 2024", "2024-06-07"},
		// other ways to write the same
		{"1.5.2025", "2025-05-01"},
		{"1. 5. 2025", "2025-05-01"},
		{"12/3 2021", "2021-03-12"},
		{"Frist for ansøgning 3/4-2023", "2023-04-03"},
		{"12/3-21", ""}, // an issue, a case number
		{"12/3-2021", "2021-03-12"},
		{"d. 12.03.21", "2021-03-12"},
		{"12-03-98", "1998-03-12"},
		{"7.maj 2020", "2020-05-07"},
		{"7 maj, 2020", "2020-05-07"},
		{"okt. 2022", "2022-10"},
		{"Oktober 2022", "2022-10"},
		{"sept. 2021", "2021-09"},
		{"1. SEPTEMBER 2021", "2021-09-01"},
		{"Lørdag 29. februar 2020", "2020-02-29"},
		// neighbours' languages
		{"17. mai 2024", "2024-05-17"},
		{"3. desember 2023", "2023-12-03"},
		{"den 6 juni 2022", "2022-06-06"},
		{"1 augusti 2023", "2023-08-01"},
		{"24. Dezember 2021", "2021-12-24"},
		{"5. März 2020", "2020-03-05"},
		{"March 12, 2021", "2021-03-12"},
		{"Mar 5 2021", "2021-03-05"},
		{"12th March 2021", "2021-03-12"},
		{"1st of May 2025", "2025-05-01"},
		// timestamps
		{"2024-03-12T06:00:00+01:00", "2024-03-12"},
		{"2023-05-29T22:00:00Z", "2023-05-30"},
		{"2023-01-31T23:00:00.000Z", "2023-02-01"},
		{"2023-01-31T22:59:00Z", "2023-01-31"},
		{"2023-05-29T23:30:00-05:00", "2023-05-29"},
		{"2021/03/12", "2021-03-12"},
		{"Thu, 12 Mar 2021 06:00:00 GMT", "2021-03-12"},
		// not dates, or not in this order
		{"03/14/2021", ""},
		{"31. februar 2021", ""},
		{"29.02.2021", ""},
		{"00.06.2021", ""},
		{"2021-13-01", ""},
		{"10.06.1899", ""},
		{"12. marts 2031", ""},
		{"3-5-10", ""},
		{"børn på 3-5 år i 2019", ""},
		{"ISBN 978-87-12-34-2021-1", ""},
		{"tlf. 33-12-10-2021", ""},
		{"version 1.2.3.2021", ""},
		{"normering 1:3 i 2020", ""},
		{"kl. 10-12", ""},
		{"14,2 mio. kr.", ""},
		{"maj", ""},
		{"", ""},
	} {
		t.Run(tc.text, func(t *testing.T) {
			got := ""
			if found := findDates(tc.text, november); len(found) > 0 {
				got = say(found[0].date)
			}
			if got != tc.want {
				t.Errorf("findDates(%q) = %q; want %q", tc.text, got, tc.want)
			}
		})
	}
}

func TestFindDatesFindsAllFromLeftToRight(t *testing.T) {
	text := "Publiceret 10-03-2017, opdateret den 9. januar 2023. Frist 1.5.2025."
	var got []string
	for _, s := range findDates(text, november) {
		got = append(got, say(s.date)+"="+text[s.start:s.end])
	}
	want := "2017-03-10=10-03-2017 2023-01-09=9. januar 2023 2025-05-01=1.5.2025"
	if strings.Join(got, " ") != want {
		t.Errorf("findDates(%q) = %q; want %q", text, strings.Join(got, " "), want)
	}
}

func TestParseDateReadsMetadataValues(t *testing.T) {
	for _, tc := range []struct{ value, want string }{
		{"2021", "2021"},
		{"2021-03", "2021-03"},
		{"2021/3", "2021-03"},
		{"20210312", "2021-03-12"},
		{"202103", "2021-03"},
		{"2021/03/12", "2021-03-12"},
		{" 2021-03-12 ", "2021-03-12"},
		{"2025-02-02 09:00", "2025-02-02"},
		{"12-03-2021", "2021-03-12"},
		{"12. marts 2021", "2021-03-12"},
		{"20211312", ""},
		{"1234567890", ""},
		{"i går", ""},
		{"0000-00-00", ""},
		{"0001-01-01T00:00:00", ""},
		{"9999-12-31", ""},
		{strings.Repeat("1", 200), ""},
	} {
		d, _ := parseDate(tc.value, november)
		if got := say(d); got != tc.want {
			t.Errorf("parseDate(%q) = %q; want %q", tc.value, got, tc.want)
		}
	}
}

func TestDatesOfAPageAreKeptApart(t *testing.T) {
	for _, tc := range []struct {
		name, url, html                       string
		published, updated, deadline, decided string
		rule                                  string // of the published date
	}{
		{name: "no date at all", html: `<h1>Småbørn</h1><p>Vi støtter 12 projekter om børn på 0-6 år siden 2016.</p>`},
		{name: "OpenGraph with neither T nor zone", html: `<meta property="article:published_time" content="2025-02-02 09:00"><h1>X</h1>`, published: "2025-02-02", rule: "date-meta"},
		{name: "library metadata before the share", html: `<meta property="article:published_time" content="2024-01-01"><meta name="citation_date" content="2021/06/15"><h1>X</h1>`, published: "2021-06-15", rule: "date-meta"},
		{name: "metadata before the visible line", html: `<meta name="dcterms.issued" content="2013-05-30"><h1>X</h1><p>1. januar 2024</p>`, published: "2013-05-30", rule: "date-meta"},
		{name: "JSON-LD with both", html: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-01-19T06:00:00+01:00","dateModified":"2023-02-01T08:00:00+01:00"}</script><h1>X</h1>`, published: "2023-01-19", updated: "2023-02-01", rule: "date-json-ld"},
		{name: "year in metadata, day on the page", html: `<meta name="citation_publication_date" content="2021"><h1>X</h1><p>Publiceret 15.06.2021</p>`, published: "2021-06-15", rule: "date-label"},
		{name: "other year on the page changes nothing", html: `<meta name="citation_publication_date" content="2021"><h1>X</h1><p>Publiceret 15.06.2022</p>`, published: "2021", rule: "date-meta"},
		{name: "updated only", html: `<h1>X</h1><div class="news-metadata"><span class="date">Opdateret 21.08.2024</span></div><p>Tekst om 2019.</p>`, updated: "2024-08-21"},
		{name: "label and date in two elements", html: `<h1>X</h1><p><strong>Sidst opdateret:</strong> <span>9. januar 2023</span></p>`, updated: "2023-01-09"},
		{name: "label in the footer", html: `<h1>X</h1>` + strings.Repeat("<p>Brødtekst om leg.</p>", 40) + `<footer>Senest ændret den 3. marts 2020</footer>`, updated: "2020-03-03"},
		{name: "both visible", html: `<h1>X</h1><p>Publiceret 10-03-2017 | Opdateret 11-03-2018</p>`, published: "2017-03-10", updated: "2018-03-11", rule: "date-label"},
		{name: "created by the webmaster", html: `<b>X</b><br><font size=1>Oprettet den 01-03-2021 af webmaster</font>`, published: "2021-03-01", rule: "date-label"},
		{name: "kicker and date", html: `<p>EVALUERINGER 16 MAJ 2022</p><h1>X</h1>`, published: "2022-05-16", rule: "date-line"},
		{name: "time element with words", html: `<h1>X</h1><p>Af Anna Holm</p><time datetime="2024-03-12">12. marts 2024 kl. 06:00</time>`, published: "2024-03-12", rule: "date-line"},
		{name: "byline and date", html: `<h1>X</h1><p>Af Anna Holm og Bo Lund | 12. marts 2024</p>`, published: "2024-03-12", rule: "date-line"},
		{name: "month in brackets", html: `<h1>X</h1><p>Notat fra rådet (oktober 2014)</p><p>Tekst.</p>`, published: "2014-10", rule: "date-line"},
		{name: "year at the end of the title", html: `<h1>Tosprogede småbørns første år i dagtilbud (2004)</h1><p>Tekst.</p>`, published: "2004", rule: "date-title"},
		{name: "event is no publication", html: `<h1>Temadag</h1><p>12. marts 2024 kl. 10-14</p>`},
		{name: "event in a place", html: `<h1>Temadag</h1><p>12. marts 2024 i Odense</p>`},
		{name: "date in running text", html: `<h1>X</h1><p>Den 1. juli 2021 trådte loven i kraft, og siden har kommunerne arbejdet med minimumsnormeringer i alle dagtilbud.</p>`},
		{name: "dates of other pages", html: `<h1>X</h1><p>Tekst.</p><aside><p>12. marts 2024</p></aside><div class="related"><p>13. marts 2024</p></div><nav><p>14. marts 2024</p></nav>`},
		{name: "deadline in a fact panel", html: `<h1>Opslag</h1><dl><dt>Frist</dt><dd>1. maj 2025</dd></dl>`, deadline: "2025-05-01"},
		{name: "deadline in prose", html: `<h1>Opslag</h1><p>Fonden uddeler 9 mio. kr. Ansøgningsfristen er den 1. maj 2025 kl. 12, og svar gives i juni.</p>`, deadline: "2025-05-01"},
		{name: "deadline beside publication", html: `<h1>Opslag</h1><p>10.01.2025</p><p>Frist 1. maj 2025</p>`, published: "2025-01-10", deadline: "2025-05-01", rule: "date-line"},
		{name: "adopted plan", html: `<h1>Strategi</h1><p>Vedtaget af Lindeby Byråd den 15. januar 2024</p>`, decided: "2024-01-15"},
		{name: "full date in the path", url: "https://x.example/2019/11/28/leg/", html: `<h1>X</h1><p>Tekst.</p>`, published: "2019-11-28", rule: "date-path"},
		{name: "month name in the path", url: "https://x.example/2019/november/28/", html: `<h1>X</h1><p>Tekst.</p>`, published: "2019-11-28", rule: "date-path"},
		{name: "month in the path", url: "https://x.example/2021/03/leg/", html: `<h1>X</h1><p>Tekst.</p>`, published: "2021-03", rule: "date-path"},
		{name: "year in the path", url: "https://x.example/nyheder-2021/leg", html: `<h1>X</h1><p>Tekst.</p>`, published: "2021", rule: "date-path"},
		{name: "span of years in the path", url: "https://x.example/strategi-2024-2028", html: `<h1>X</h1><p>Tekst.</p>`},
		{name: "path only refines", url: "https://x.example/2019/leg", html: `<h1>X</h1><p>Publiceret 30.09.2019</p>`, published: "2019-09-30", rule: "date-label"},
		{name: "impossible metadata", html: `<meta property="article:published_time" content="2021-02-30"><h1>X</h1>`},
		{name: "far future", html: `<meta property="article:published_time" content="2099-01-01"><h1>X</h1>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, err := HTML(Input{URL: tc.url, Body: []byte(tc.html), Now: november})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				name string
				got  index.Date
				want string
			}{
				{"published", res.Published, tc.published},
				{"updated", res.Updated, tc.updated},
				{"deadline", res.Deadline, tc.deadline},
				{"decided", res.Decided, tc.decided},
			} {
				if say(c.got) != c.want {
					t.Errorf("%s = %q (%+v); want %q", c.name, say(c.got), c.got.Reason, c.want)
				}
			}
			if res.Published.Rule != tc.rule {
				t.Errorf("published by %+v; want rule %q", res.Published.Reason, tc.rule)
			}
		})
	}
}

// FuzzFindDates: whatever is found lies in its place, exists, is plausible, and reads the same when it stands alone.
func FuzzFindDates(f *testing.F) {
	for _, seed := range []string{
		"12. marts 2021", "10.06.2021 | 03-04-2009", "2023-05-29T22:00:00Z", "Frist 1. maj 2025 kl. 12", "31.02.2021", "(oktober 2014)",
		"March 12, 2021", "12/3 2021", "1\u00a0. maj 2025", "99.99.9999", "ﬁ 1.1.1", "\xff12.12.2012",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range findDates(text, november) {
			if s.start < last || s.end <= s.start || s.end > len(text) {
				t.Fatalf("findDates(%q): span %d-%d after %d", text, s.start, s.end, last)
			}
			last = s.end
			if !plausible(s.date, november) || s.date.Time.Hour() != 0 || s.date.Precision == "" {
				t.Fatalf("findDates(%q): %+v", text, s.date)
			}
			if again := findDates(text[s.start:s.end], november); len(again) != 1 || say(again[0].date) != say(s.date) {
				t.Fatalf("findDates(%q) found %q as %s, alone as %v", text, text[s.start:s.end], say(s.date), again)
			}
		}
	})
}

// TestATitleIsNoLabelOfTheDateBelowIt: a title may end with a word that says elsewhere what a date is.
func TestATitleIsNoLabelOfTheDateBelowIt(t *testing.T) {
	for _, title := range []string{"Børns vågne tid", "Når barnet starter", "Den gode start", "Ny frist", "Sådan holdes et møde"} {
		res, err := HTML(Input{URL: "https://a.example/om", Body: []byte("<main><h1>" + title + "</h1><p>20.02.2024</p><p>Tekst om leg.</p></main>"), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if say(res.Published) != "2024-02-20" {
			t.Errorf("%q: published %q, deadline %q", title, say(res.Published), say(res.Deadline))
		}
	}
}
