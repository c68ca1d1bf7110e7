package extract

import (
	"net/http"
	"testing"
)

func TestDatesAsMarkupShowsThem(t *testing.T) {
	for _, tc := range []struct{ html, want string }{
		// the day stands in the attribute, the reader sees less
		{`<time datetime="2024-03-05">5. marts</time>`, "published=2024-03-05"},
		{`<p><time datetime="2024-03-05T10:00:00+01:00">for to år siden</time></p>`, "published=2024-03-05"},
		{`<p>Nyhed · <time datetime="2024-03-05">tirsdag</time></p>`, "published=2024-03-05"},
		{`<p>Sidst opdateret <time datetime="2024-03-05">i går</time></p>`, "updated=2024-03-05"},
		{`<p><time class="entry-date published" datetime="2024-03-05">5. marts</time> <time class="updated" datetime="2024-04-10">10. april</time></p>`, "published=2024-03-05"},
		{`<p><time class="published updated" datetime="2024-03-05">5. marts</time></p>`, "published=2024-03-05"},
		{`<p><time itemprop="dateModified" datetime="2024-03-05">5. marts</time></p>`, "updated=2024-03-05"},
		{`<p>Ansøgningsfrist: <time datetime="2024-03-05">5. marts</time></p>`, "deadline=2024-03-05"},
		{`<p>Kurset begynder <time datetime="2024-03-05">5. marts</time></p>`, ""},
		{`<p><time datetime="2024-03-05T19:00">5. marts kl. 19</time></p>`, ""},
		{`<p><time itemprop="startDate" datetime="2024-03-05">5. marts</time></p>`, ""},
		{`<p><time datetime="PT5M">5 minutter</time></p>`, ""},
		{`<p><time datetime="2024-03-05">12. april 2024</time></p>`, "published=2024-04-12"},
		// label and day are parted by style alone
		{`<div><span>Udgivelsesdato</span><span>5. marts 2024</span></div>`, "published=2024-03-05"},
		{`<div><b>Senest opdateret:</b><span>05.03.2024</span></div>`, "updated=2024-03-05"},
		{`<div><span>Ansøgningsfrist</span><span>5. marts 2024</span></div>`, "deadline=2024-03-05"},
		// a month is said with "i"
		{`<p>Publiceret i marts 2024</p>`, "published=2024-03"},
		{`<p>Sidst opdateret i marts 2024</p>`, "updated=2024-03"},
		// when something takes place, or a picture was taken
		{`<p>Arrangementet finder sted den 1. oktober 2024</p>`, ""},
		{`<p>Tid: 1. oktober 2024</p>`, ""},
		{`<p>Tidspunkt: 1. oktober 2024 kl. 10</p>`, ""},
		{`<p>Hvornår: 1. oktober 2024</p>`, ""},
		{`<p>Afholdes 1. oktober 2024</p>`, ""},
		{`<table><tr><td>Kursusstart</td><td>5. marts 2024</td></tr></table>`, ""},
		{`<div class="event-date">1. oktober 2024</div>`, ""},
		{`<p>Foto: Scanpix, 5. marts 2014</p>`, ""},
		{`<p>Foto: Ole Olsen | 5. marts 2024</p>`, "published=2024-03-05"},
		{`<div class="date">1. oktober 2024</div>`, "published=2024-10-01"},
	} {
		body := `<main><h1>Nyt tilbud</h1>` + tc.html + `<p>Alle børn i kommunen får tilbudt besøg af en sundhedsplejerske i det første leveår.</p></main>`
		res, err := HTML(Input{URL: "https://a.example/tilbud", Body: []byte(body), Now: november})
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(res); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.html, got, tc.want)
		}
	}
}

func TestADateThatNobodyHasSetIsNone(t *testing.T) {
	for _, value := range []string{"1970-01-01T00:00:00Z", "1970-01-01", "1900-01-01", "0001-01-01T00:00:00", "01-01-1970", "19700101"} {
		if d, ok := parseDate(value, november); ok {
			t.Errorf("%s: %v", value, d)
		}
	}
	for value, want := range map[string]string{"1970-01-02": "1970-01-02", "1970": "1970", "11-01-1970": "1970-01-11"} {
		if d, ok := parseDate(value, november); !ok || say(d) != want {
			t.Errorf("%s: %s, want %s", value, say(d), want)
		}
	}
}

func TestRobotsHeaderJoinedByAProxy(t *testing.T) {
	for _, tc := range []struct {
		header            string
		noIndex, noFollow bool
	}{
		{"otherbot: noindex, smaabornsviden: none", true, true},
		{"otherbot: noindex, nofollow", false, false},
		{"notranslate, smaabornsviden: noindex", true, false},
		{"nofollow, otherbot: noindex", false, true},
		{"otherbot: noindex, *: nofollow", false, true},
		{"noindex, unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, nofollow", true, true},
		{"unavailable_after: 25 Jun 2031 15:00:00 GMT, max-snippet: 5, noindex", true, false},
		{"smaabornsviden: max-snippet:5, otherbot: none", false, false},
	} {
		got := RobotsHeader(http.Header{"X-Robots-Tag": {tc.header}}, "smaabornsviden")
		if got.NoIndex != tc.noIndex || got.NoFollow != tc.noFollow {
			t.Errorf("%q: noindex %v, nofollow %v; want %v, %v", tc.header, got.NoIndex, got.NoFollow, tc.noIndex, tc.noFollow)
		}
	}
}

func TestNameOfAPrintedPageIsNoTitle(t *testing.T) {
	for _, name := range []string{"rapport.html", "two.HTM", "noter.txt", "about:blank", "kap1.tex"} {
		if isTitle(name) {
			t.Errorf("%q is taken for a title", name)
		}
	}
}
