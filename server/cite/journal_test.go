package cite

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

// inJournal is an article with all of its place told; the names are as hostile as pages can make them.
func inJournal() index.Document {
	d := article()
	d.Authors = []string{"Ida\r\nER  - \nHolm", "Brødrene {Lie} and Søn", "Et, to, tre", "Bo Berg"}
	d.Publisher = index.Derived{Value: "Forlaget }{ & 100 %\nTY  - BOOK", Reason: index.Reason{Rule: "publisher-citation"}}
	d.Journal = index.Journal{Title: "Leg \\ læring", Volume: "10", Issue: "1-2", First: "5", Last: "24"}
	return d
}

func TestAPAInDanishTellsWhereInAJournal(t *testing.T) {
	at := func(j index.Journal) index.Document {
		d := article()
		d.Title, d.Journal, d.DOI = "Leg", j, "10.5555/1"
		return d
	}
	for _, tt := range []struct {
		name string
		doc  index.Document
		want string
	}{
		{"all", at(index.Journal{Title: "Leg og læring", Volume: "10", Issue: "2", First: "5", Last: "24"}), "Leg og læring, 10(2), 5–24."},
		{"no issue", at(index.Journal{Title: "Leg og læring", Volume: "10", First: "5"}), "Leg og læring, 10, 5."},
		{"no volume", at(index.Journal{Title: "Leg og læring", Issue: "2", First: "e7", Last: "e7"}), "Leg og læring, 2, e7."},
		{"the source stands in", at(index.Journal{}), "Eksempeltidsskrift for Småbørnsforskning."},
	} {
		want := "Holm, I. M. & Ågård, P.-O. (2021). Leg. " + tt.want + " https://doi.org/10.5555/1"
		if got := APA(tt.doc, accessed); got != want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, want)
		}
	}
}

func TestAReportIsCitedByItsPublisher(t *testing.T) {
	d := undated()
	d.Publisher, d.ISBN = index.Derived{Value: "Børne- og Undervisningsministeriet", Reason: index.Reason{Rule: "publisher-dc"}}, "9788712345670"
	if got := APA(d, accessed); !strings.HasPrefix(got, "Børne- og Undervisningsministeriet. (u.å.). Sådan foregår indkøring. Hentet") {
		t.Error(got)
	}
	d.Authors = []string{"Anna Holm"}
	if got := APA(d, accessed); !strings.HasPrefix(got, "Holm, A. (u.å.). Sådan foregår indkøring. Børne- og Undervisningsministeriet. Hentet") {
		t.Error(got)
	}
	if ris := write(t, "ris", d); !strings.Contains(ris, "PB  - Børne- og Undervisningsministeriet\r\n") || strings.Contains(ris, "T2") {
		t.Error(ris)
	}
	if item := CSL(d, accessed); item.Publisher != "Børne- og Undervisningsministeriet" || item.ContainerTitle != "" {
		t.Errorf("%+v", item)
	}
}

func TestTheSourceAsPublisherIsNotToldTwice(t *testing.T) {
	d := article()
	d.Publisher = index.Derived{Value: d.SourceName, Reason: index.Reason{Rule: index.SourcePublisher}}
	d.Journal.Title = "Leg"
	if item := CSL(d, accessed); item.Publisher != "" || item.ContainerTitle != "Leg" {
		t.Errorf("%+v", item)
	}
}

func TestRISComesBackAsItWas(t *testing.T) {
	got := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(write(t, "ris", inJournal())), "\r\n") {
		tag, value, ok := strings.Cut(line, "  - ")
		if !ok && line != "ER  -" {
			t.Fatalf("line %q", line)
		}
		got[tag] = append(got[tag], value)
	}
	for tag, want := range map[string][]string{
		"TY": {"JOUR"}, "AU": {"Holm, Ida ER -", "Søn, Brødrene {Lie} and", "Et, to, tre", "Berg, Bo"}, "JO": {`Leg \ læring`}, "T2": {`Leg \ læring`},
		"VL": {"10"}, "IS": {"1-2"}, "SP": {"5"}, "EP": {"24"}, "PB": {"Forlaget }{ & 100 % TY - BOOK"},
	} {
		if diff := cmp.Diff(want, got[tag]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tag, diff)
		}
	}
}

// bibFields reads a reference as BibTeX does: a value ends where its braces do.
func bibFields(t *testing.T, bib string) map[string]string {
	t.Helper()
	unescape := strings.NewReplacer(`\textbackslash{}`, `\`, `\textbraceleft{}`, `{`, `\textbraceright{}`, `}`, `\%`, `%`, `\&`, `&`, `\#`, `#`, `\$`, `$`, `\_`, `_`)
	out := map[string]string{}
	for {
		before, rest, ok := strings.Cut(bib, " = {")
		if !ok {
			return out
		}
		name, depth, end := before[strings.LastIndexByte(before, ' ')+1:], 1, 0
		for ; depth > 0; end++ {
			if end == len(rest) {
				t.Fatalf("%s does not end: %s", name, rest)
			}
			depth += map[byte]int{'{': 1, '}': -1}[rest[end]]
		}
		out[name], bib = unescape.Replace(rest[:end-1]), rest[end:]
	}
}

func TestBibTeXComesBackAsItWas(t *testing.T) {
	text := write(t, "bibtex", inJournal(), article())
	first, second, _ := strings.Cut(text, "\n\n")
	got := bibFields(t, first)
	for name, want := range map[string]string{
		"author":  "{Ida ER - Holm} and {Brødrene {Lie} and Søn} and {Et, to, tre} and Berg, Bo",
		"journal": `Leg \ læring`, "volume": "10", "number": "1-2", "pages": "5--24", "publisher": "Forlaget }{ & 100 % TY - BOOK",
	} {
		if name == "author" {
			want = strings.Replace(want, "{Ida ER - Holm}", nameOf("Ida ER - Holm").inverted(), 1)
		}
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if bibFields(t, second)["author"] != "Holm, Ida Marie and Ågård, Per-Olof" {
		t.Errorf("the reference behind it: %s", second)
	}
}

func TestOtherFormatsHoldTheJournal(t *testing.T) {
	var items []Item
	if err := json.Unmarshal([]byte(write(t, "csl", inJournal())), &items); err != nil {
		t.Fatal(err)
	}
	i := items[0]
	if got, want := []string{i.ContainerTitle, i.Volume, i.Issue, i.Page, i.Publisher}, []string{`Leg \ læring`, "10", "1-2", "5-24", "Forlaget }{ & 100 % TY - BOOK"}; !slices.Equal(got, want) {
		t.Errorf("CSL-JSON %q, want %q", got, want)
	}
	rows, err := csv.NewReader(strings.NewReader(write(t, "csv", inJournal()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tail := rows[1][len(rows[1])-7:]
	if want := []string{"Forlaget }{ & 100 % TY - BOOK", `Leg \ læring`, "10", "1-2", "5", "24", "false"}; !slices.Equal(tail, want) || rows[0][len(rows[0])-1] != "authors_more" {
		t.Errorf("CSV %q, want %q", tail, want)
	}
	coins, err := url.ParseQuery(COinS(inJournal()))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"rft.jtitle": `Leg \ læring`, "rft.volume": "10", "rft.issue": "1-2", "rft.spage": "5", "rft.epage": "24"} {
		if coins.Get(key) != want {
			t.Errorf("COinS %s is %q, want %q", key, coins.Get(key), want)
		}
	}
	tags := map[string]string{}
	for _, tag := range Highwire(inJournal()) {
		tags[tag.Name] = tag.Content
	}
	for name, want := range map[string]string{
		"journal_title": `Leg \ læring`, "volume": "10", "issue": "1-2", "firstpage": "5", "lastpage": "24", "publisher": "Forlaget }{ & 100 % TY - BOOK",
	} {
		if tags["citation_"+name] != want {
			t.Errorf("citation_%s is %q, want %q", name, tags["citation_"+name], want)
		}
	}
}
