package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"smaabornsviden/index"
)

func imprintOf(t *testing.T, head string) Result {
	t.Helper()
	body := "<html><head><title>Leg</title>" + head + "</head><body><h1>Leg</h1><p>Børn leger i vuggestuen hver dag.</p></body></html>"
	res, err := HTML(Input{URL: "https://k.example/a", ContentType: "text/html; charset=utf-8", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func meta(pairs ...string) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		b.WriteString(`<meta name="` + pairs[i] + `" content="` + pairs[i+1] + `">`)
	}
	return b.String()
}

func ldJSON(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func TestThePublisherIsReadWhereThePageNamesOne(t *testing.T) {
	for _, tt := range []struct{ name, head, want, rule string }{
		{"library metadata", meta("citation_publisher", "Aarhus Universitetsforlag", "DC.publisher", "Andre"), "Aarhus Universitetsforlag", "publisher-citation"},
		{"the institution of a report", meta("citation_technical_report_institution", "VIVE"), "VIVE", "publisher-citation"},
		{"Dublin Core", meta("DC.publisher", "Rådet &amp; Co."), "Rådet & Co.", "publisher-dc"},
		{"its other name", meta("DCTERMS.publisher", "Rådet"), "Rådet", "publisher-dc"},
		{"structured data", ldJSON(`{"@type":"Report","publisher":{"@type":"Organization","name":"Center for Leg"}}`), "Center for Leg", "publisher-json-ld"},
		{"structured data by reference", ldJSON(`{"@graph":[{"@type":"Article","publisher":{"@id":"#o"}},{"@id":"#o","@type":"Organization","name":"Fonden"}]}`), "Fonden", "publisher-json-ld"},
		{"structured data as text", ldJSON(`{"@type":"Article","publisher":"Fonden"}`), "Fonden", "publisher-json-ld"},
		{"an address is no name", meta("citation_publisher", "https://facebook.com/x", "dc.publisher", "Fonden"), "Fonden", "publisher-dc"},
		{"nor is a mark", meta("citation_publisher", " - "), "", ""},
		{"nor a page of text", meta("citation_publisher", strings.Repeat("ord ", 100)), "", ""},
		{"nobody", "", "", ""},
	} {
		res := imprintOf(t, tt.head)
		if res.Publisher != tt.want || res.Why["publisher"].Rule != tt.rule || (tt.want != "" && !strings.HasSuffix(res.Why["publisher"].Quote, ": "+tt.want)) {
			t.Errorf("%s: %q, %+v", tt.name, res.Publisher, res.Why["publisher"])
		}
	}
}

func TestTheJournalIsReadWithItsNumbers(t *testing.T) {
	whole := index.Journal{Title: "Leg & læring", Volume: "10", Issue: "2", First: "5", Last: "24"}
	for _, tt := range []struct {
		name, head string
		want       index.Journal
	}{
		{"Highwire", meta("citation_journal_title", "Leg &amp; læring", "citation_volume", "10", "citation_issue", "2", "citation_firstpage", "5", "citation_lastpage", "24"), whole},
		{"PRISM", meta("prism.publicationName", "Leg &amp; læring", "prism.volume", "10", "prism.number", "2", "prism.startingPage", "5", "prism.endingPage", "24"), whole},
		{"the Dublin Core of journal systems", meta("DC.Source", "Leg &amp; læring", "DC.Source.ISSN", "2049-3630", "DC.Source.Volume", "Årg. 10", "DC.Source.Issue", "Nr. 2", "DC.Identifier.pageNumber", "5-24"), whole},
		{"structured data, issue in volume in journal", ldJSON(`{"@type":"ScholarlyArticle","pageStart":5,"pageEnd":"24","isPartOf":{"@type":"PublicationIssue","issueNumber":"2",
			"isPartOf":{"@type":["PublicationVolume"],"volumeNumber":10,"isPartOf":{"@type":"Periodical","name":"Leg & læring"}}}}`), whole},
		{"structured data, several at once", ldJSON(`{"@type":"ScholarlyArticle","pagination":"5–24","isPartOf":[{"@type":"PublicationIssue","issueNumber":"2"},
			{"@type":["PublicationVolume","Periodical"],"volumeNumber":"10"},{"@type":"Periodical","name":"Leg &amp; læring"}]}`), whole},
		{"each mends the other", meta("citation_journal_title", "Leg &amp; læring", "citation_volume", "10", "citation_issue", "0") +
			ldJSON(`{"@type":"ScholarlyArticle","pagination":"5-24","isPartOf":{"@type":"PublicationIssue","issueNumber":"2"}}`), whole},
		{"an article by number", meta("citation_journal_title", "Leg", "citation_firstpage", "e1042"), index.Journal{Title: "Leg", First: "e1042"}},
		{"a source that is none", meta("DC.Source", "Ritzau"), index.Journal{}},
		{"a web site is no journal", ldJSON(`{"@type":"Article","isPartOf":{"@type":"WebSite","name":"Siden"}}`), index.Journal{}},
		{"a circle", ldJSON(`{"@graph":[{"@id":"#a","@type":"Article","isPartOf":{"@id":"#p"}},{"@id":"#p","@type":"PublicationIssue","isPartOf":{"@id":"#p"}}]}`), index.Journal{}},
		{"numbers alone", meta("citation_volume", "10"), index.Journal{}},
		{"numbers that are none", meta("citation_journal_title", "Leg", "citation_volume", "se https://x.example", "citation_issue", "{10}", "citation_firstpage", "-"), index.Journal{Title: "Leg"}},
		{"a line break in a name", meta("citation_journal_title", "Leg\n TY  - BOOK"), index.Journal{Title: "Leg TY - BOOK"}},
	} {
		got := imprintOf(t, tt.head).Journal
		why := got.Reason
		got.Reason = index.Reason{}
		if got != tt.want || (got.Title != "") != (why.Rule != "" && strings.Contains(why.Quote, got.Title)) {
			t.Errorf("%s: %+v, %+v", tt.name, got, why)
		}
	}
}

func FuzzNumbersOfJournals(f *testing.F) {
	for _, s := range []string{"Vol. 10", "nr 2", "5-24", "5–24", "S4", "0", "side 12", "{1}", "\xff", "10 Nr. 2", "IV", "1-2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Number(s)
		if !utf8.ValidString(n) && utf8.ValidString(s) || len(n) > maxNumber || strings.ContainsAny(n, "\n\r<>{}\\") {
			t.Errorf("%q becomes %q", s, n)
		}
		if first, last := Span(s); first == "" && last != "" {
			t.Errorf("%q: %q to %q", s, first, last)
		}
	})
}
