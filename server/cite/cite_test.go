package cite

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

var accessed = time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)

func on(y int, m time.Month, d int, p index.Precision) index.Date {
	return index.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: p}
}

func article() index.Document {
	return index.Document{
		ID: "abcdefghijklmnop", Source: "tidsskrift", SourceName: "Eksempeltidsskrift for Småbørnsforskning",
		URL: "https://tidsskrift.example/artikler/t_02", Title: "Tryg tilknytning i vuggestuen: 100 % af børnene?",
		Authors: []string{"Ida Marie Holm", "Per-Olof Ågård"}, Published: on(2021, 6, 1, index.Month), DOI: "10.5555/etsf.2021.31", ISSN: "2596-0000",
		Type: index.Derived{Value: "forskning"}, Lang: index.Derived{Value: "da"}, Abstract: "Vi fulgte 24 børn.", Licence: index.Derived{Value: "CC BY 4.0"},
		Keywords: []string{"tilknytning"}, Topics: []index.Topic{{Slug: "tilknytning"}, {Slug: "vuggestue"}}, Age: index.AgeSpan{From: -9, To: 35, Known: true},
	}
}

func undated() index.Document {
	return index.Document{
		ID: "qrstuvwxyzabcdef", Source: "lindeby", SourceName: "Lindeby Kommune", URL: "https://lindeby.example/indkoering",
		Title: "Sådan foregår indkøring", Type: index.Derived{Value: "praksis"}, Abstract: "Må ikke stå her.",
	}
}

func write(t *testing.T, format string, docs ...index.Document) string {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, format, Options{Accessed: accessed})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAPAInDanish(t *testing.T) {
	report := article()
	report.DOI, report.ISSN, report.ISBN, report.Published = "", "", "9788712345670", on(2023, 5, 30, index.Day)
	many := article()
	many.Authors = strings.Split(strings.Repeat("Anna Gade,", 25), ",")[:25]
	for name, tc := range map[string]struct {
		doc  index.Document
		want string
	}{
		"article with a DOI": {article(), "Holm, I. M. & Ågård, P.-O. (2021). Tryg tilknytning i vuggestuen: 100 % af børnene? Eksempeltidsskrift for Småbørnsforskning. https://doi.org/10.5555/etsf.2021.31"},
		"report":             {report, "Holm, I. M. & Ågård, P.-O. (30. maj 2023). Tryg tilknytning i vuggestuen: 100 % af børnene? Eksempeltidsskrift for Småbørnsforskning. Hentet 22. november 2026 fra https://tidsskrift.example/artikler/t_02"},
		"page of nobody":     {undated(), "Lindeby Kommune. (u.å.). Sådan foregår indkøring. Hentet 22. november 2026 fra https://lindeby.example/indkoering"},
	} {
		if got := APA(tc.doc, accessed); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, tc.want)
		}
	}
	if got := APA(many, accessed); strings.Count(got, "Gade") != 20 || !strings.Contains(got, "… Gade") {
		t.Errorf("25 authors: %s", got)
	}
}

func TestNamesAreSplitAsPeopleBearThem(t *testing.T) {
	for in, want := range map[string]name{
		"Ida Marie Holm":                 {family: "Holm", given: "Ida Marie"},
		"Holm, Ida Marie":                {family: "Holm", given: "Ida Marie"},
		"Anna von der Recke":             {family: "von der Recke", given: "Anna"},
		"Per Schultz-Jørgensen":          {family: "Schultz-Jørgensen", given: "Per"},
		"Lindeby Kommune":                {literal: "Lindeby Kommune"},
		"Videncenter for Tidlig Barndom": {literal: "Videncenter for Tidlig Barndom"},
		"Redaktionen":                    {literal: "Redaktionen"},
		"Socialstyrelsen":                {literal: "Socialstyrelsen"},
	} {
		if got := nameOf(in); got != want {
			t.Errorf("%s: %+v, want %+v", in, got, want)
		}
	}
}

// TestAParticleWithinAGivenNameIsNoInitial: in references as in texts.
func TestAParticleWithinAGivenNameIsNoInitial(t *testing.T) {
	for in, want := range map[string]string{
		"Bo von Eyben Skov":   "Skov, B. von E.",
		"Anna von der Recke":  "von der Recke, A.",
		"Per-Olof van Ågård":  "van Ågård, P.-O.",
		"Ida Marie Holm":      "Holm, I. M.",
		"Skov, Bo von Eyben ": "Skov, B. von E.",
	} {
		if got := nameOf(in).apa(); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestRIS(t *testing.T) {
	want := strings.ReplaceAll(`TY  - JOUR
ID  - abcdefghijklmnop
TI  - Tryg tilknytning i vuggestuen: 100 % af børnene?
AU  - Holm, Ida Marie
AU  - Ågård, Per-Olof
PY  - 2021
DA  - 2021/06//
T2  - Eksempeltidsskrift for Småbørnsforskning
JO  - Eksempeltidsskrift for Småbørnsforskning
DO  - 10.5555/etsf.2021.31
SN  - 2596-0000
KW  - tilknytning
AB  - Vi fulgte 24 børn.
LA  - da
UR  - https://tidsskrift.example/artikler/t_02
Y2  - 2026/11/22
ER  - 

TY  - ELEC
ID  - qrstuvwxyzabcdef
TI  - Sådan foregår indkøring
PB  - Lindeby Kommune
UR  - https://lindeby.example/indkoering
Y2  - 2026/11/22
ER  - 

`, "\n", "\r\n")
	if diff := cmp.Diff(want, write(t, "ris", article(), undated())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBibTeX(t *testing.T) {
	want := `@article{holm2021-abcdefgh,
  title = {{Tryg tilknytning i vuggestuen: 100 \% af børnene?}},
  author = {Holm, Ida Marie and Ågård, Per-Olof},
  year = {2021},
  month = jun,
  date = {2021-06},
  journal = {Eksempeltidsskrift for Småbørnsforskning},
  doi = {10.5555/etsf.2021.31},
  issn = {2596-0000},
  language = {da},
  keywords = {tilknytning},
  abstract = {Vi fulgte 24 børn.},
  url = {https://tidsskrift.example/artikler/t_02},
  urldate = {2026-11-22},
}

`
	if diff := cmp.Diff(want, write(t, "bibtex", article())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCSL(t *testing.T) {
	var got []Item
	if err := json.Unmarshal([]byte(write(t, "csl", article(), undated())), &got); err != nil {
		t.Fatal(err)
	}
	want := []Item{
		{
			ID: "abcdefghijklmnop", Type: "article-journal", Title: "Tryg tilknytning i vuggestuen: 100 % af børnene?",
			Author: []CSLName{{Family: "Holm", Given: "Ida Marie"}, {Family: "Ågård", Given: "Per-Olof"}},
			Issued: &CSLDate{[][]int{{2021, 6}}}, Accessed: &CSLDate{[][]int{{2026, 11, 22}}},
			ContainerTitle: "Eksempeltidsskrift for Småbørnsforskning", DOI: "10.5555/etsf.2021.31", ISSN: "2596-0000",
			Abstract: "Vi fulgte 24 børn.", Language: "da", URL: "https://tidsskrift.example/artikler/t_02",
		},
		{
			ID: "qrstuvwxyzabcdef", Type: "webpage", Title: "Sådan foregår indkøring", Accessed: &CSLDate{[][]int{{2026, 11, 22}}},
			ContainerTitle: "Lindeby Kommune", URL: "https://lindeby.example/indkoering",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCSVReadsBackAndIsNoFormula(t *testing.T) {
	evil := undated()
	evil.Title = `=HYPERLINK("http://x"; "klik")`
	rows, err := csv.NewReader(strings.NewReader(write(t, "csv", article(), evil))).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatal(err, rows)
	}
	got := map[string]string{}
	for i, column := range rows[0] {
		got[column] = rows[1][i]
	}
	for column, want := range map[string]string{
		"authors": "Ida Marie Holm; Per-Olof Ågård", "topics": "tilknytning; vuggestue", "age_from_months": "-9", "published": "2021-06", "updated": "",
	} {
		if got[column] != want {
			t.Errorf("%s is %q, want %q", column, got[column], want)
		}
	}
	if rows[2][1] != `'=HYPERLINK("http://x"; "klik")` {
		t.Errorf("the title %q would be read as a formula", rows[2][1])
	}
}

func TestEmptyListsAreWhole(t *testing.T) {
	for format, want := range map[string]string{
		"ris": "", "bibtex": "", "csl": "[\n\n]\n", "jsonl": "", "csv": strings.Join(columns, ",") + "\r\n",
		"csv-da": "\ufeff" + strings.Join(columns, ";") + "\r\n",
	} {
		if got := write(t, format); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
	if _, err := NewWriter(nil, "word", Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("an unknown format gives %v", err)
	}
}

func TestAbstractsGoOnOnlyUnderAFreeLicence(t *testing.T) {
	for _, f := range Formats() {
		if strings.Contains(write(t, f.Name, undated()), "Må ikke stå her") {
			t.Errorf("%s hands on an abstract without a licence", f.Name)
		}
	}
}

// Whatever a page says about itself, each format stays readable.
func FuzzFormats(f *testing.F) {
	f.Add("Titel}\nER  - \r\nTY  - JOUR", "Ida Holm", "https://x.example/{a}", "CC BY")
	f.Add(`\input{/etc/passwd}`, "Holm, , Ida", "javascript:alert(1)", "")
	f.Add("t", "a", `https://x.example/\`, "")
	f.Add("\x00\xff\u202e@article{x,", "a b c d e f", "%", "cc0")
	line := regexp.MustCompile(`^[A-Z][A-Z0-9]  - `)
	f.Fuzz(func(t *testing.T, title, author, url, licence string) {
		d := index.Document{
			ID: "abcdefghijklmnop", Title: title, Authors: []string{author}, URL: url, SourceName: author, Abstract: title, Publisher: index.Derived{Value: title},
			Journal: index.Journal{Title: author, Volume: title, Issue: url, First: title, Last: licence}, Licence: index.Derived{Value: licence}, Keywords: []string{title},
		}
		for l := range strings.SplitSeq(strings.TrimSpace(write(t, "ris", d)), "\r\n") {
			if l != "" && !line.MatchString(l+" ") {
				t.Errorf("RIS holds the line %q", l)
			}
		}
		if n := strings.Count(write(t, "ris", d), "\r\nER  -"); n != 1 {
			t.Errorf("RIS ends %d references, want one", n)
		}
		if depth := braces(write(t, "bibtex", d)); depth != 0 {
			t.Errorf("BibTeX is off by %d braces", depth)
		}
		var items []Item
		if err := json.Unmarshal([]byte(write(t, "csl", d, d)), &items); err != nil || len(items) != 2 {
			t.Errorf("CSL-JSON: %v", err)
		}
		rows, err := csv.NewReader(strings.NewReader(write(t, "csv", d))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != len(columns) {
			t.Errorf("CSV: %v", err)
		}
	})
}

// braces counts braces as BibTeX does, to which a backslash before one means nothing.
func braces(bib string) int {
	depth := 0
	for i := 0; i < len(bib); i++ {
		switch bib[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return depth
			}
		}
	}
	return depth
}

func TestAnArticleOfAJournalIsCitedByItsYear(t *testing.T) {
	d := index.Document{Title: "Leg", SourceName: "Tidsskrift", Source: "t", ISSN: "1234-5679", Type: index.Derived{Value: "forskning"}, URL: "https://t.example/1"}
	d.Published = index.Date{Time: time.Date(2022, 12, 1, 0, 0, 0, 0, time.UTC), Precision: index.Day}
	if got := APA(d, accessed); !strings.HasPrefix(got, "Tidsskrift. (2022). Leg.") {
		t.Error(got)
	}
	d.Type.Value = "nyhed"
	if got := APA(d, accessed); !strings.HasPrefix(got, "Tidsskrift. (1. december 2022). Leg.") {
		t.Error(got)
	}
}

func TestOnlyAPDFIsNamedAsOne(t *testing.T) {
	for _, tt := range []struct {
		format, url string
		alt         []string
		want        string
	}{
		{"pdf", "https://t.example/leg.PDF?x=1", nil, "https://t.example/leg.PDF?x=1"},
		{"pdf", "https://t.example/artikel/1", nil, ""},
		{"pdf", "https://t.example/artikel/1", []string{"https://t.example/en", "https://t.example/leg.pdf"}, "https://t.example/leg.pdf"},
		{"html", "https://t.example/leg.pdf", nil, ""},
	} {
		got := ""
		for _, tag := range Highwire(index.Document{Title: "Leg", Format: tt.format, URL: tt.url, AltURLs: tt.alt}) {
			if tag.Name == "citation_pdf_url" {
				got = tag.Content
			}
		}
		if got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.format, tt.url, got, tt.want)
		}
	}
}

func TestCSVForADanishExcelHasSemicolonsAndAMark(t *testing.T) {
	d := article()
	d.Title = `Leg; "fri" leg, og sprog`
	text, marked := strings.CutPrefix(write(t, "csv-da", d), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || !marked || len(rows) != 2 || len(rows[0]) != len(columns) || rows[1][1] != d.Title || !strings.Contains(text, "\r\n") {
		t.Errorf("marked %v, %v:\n%q", marked, err, rows)
	}
}

func TestAPAIsWrittenInBothLanguages(t *testing.T) {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	day := index.Date{Time: time.Date(2024, 4, 8, 0, 0, 0, 0, time.UTC), Precision: index.Day}
	d := index.Document{ID: "a", Title: "Sprog", Authors: []string{"Ida Holm"}, SourceName: "VTB", URL: "https://vtb.example/a", Edition: index.Derived{Value: "3. udgave"}, Published: day}
	bare := index.Document{ID: "b", SourceName: "VTB", URL: "https://vtb.example/b"}
	for _, tt := range []struct {
		tongue tongue.Tongue
		doc    index.Document
		want   string
	}{
		{tongue.Danish, d, "Holm, I. (8. april 2024). Sprog. (3. udgave). VTB. Hentet 22. november 2026 fra https://vtb.example/a"},
		{tongue.English, d, "Holm, I. (2024, April 8). Sprog. (3rd ed.). VTB. Retrieved November 22, 2026, from https://vtb.example/a"},
		{tongue.Danish, bare, "VTB. (u.å.). Uden titel. Hentet 22. november 2026 fra https://vtb.example/b"},
		{tongue.English, bare, "VTB. (n.d.). Untitled. Retrieved November 22, 2026, from https://vtb.example/b"},
	} {
		if got := APAIn(tt.tongue, tt.doc, at); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.tongue, got, tt.want)
		}
	}
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 22: "22nd", 113: "113th"} {
		if got := ordinal(n); got != want {
			t.Errorf("ordinal(%d) = %s, want %s", n, got, want)
		}
	}
}
