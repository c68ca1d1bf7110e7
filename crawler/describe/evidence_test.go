package describe

import (
	"testing"
	"time"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestResearchNeedsEvidenceOfAStudy: that a house of knowledge has a page with the number of a book or a word of a study on it says
// nothing of the page's kind; it takes the study itself.
func TestResearchNeedsEvidenceOfAStudy(t *testing.T) {
	d := describer(t)
	meta, shown := index.Reason{Rule: "doi-meta", Quote: "10.5555/1"}, index.Reason{Rule: "doi-shown", Quote: "10.5555/1"}
	for _, tc := range []struct {
		name, title, body string
		change            func(*index.Document)
		want              string
	}{
		{"an open house", "Kom til åbent hus", "Hør om vores studie af leg i vuggestuer. Tilmelding hos Bo.", nil, "ukendt"},
		{"an open house with a DOI in it", "Åbent hus i centret", "Vi fejrer artiklen.", func(d *index.Document) { d.DOI, d.DOIWhy = "10.5555/1", shown }, "ukendt"},
		{"a mention in the media", "Vi var i medierne", "Artiklen handler om vores studie af søvn.", nil, "ukendt"},
		{"a book review", "Boganmeldelse: Leg for livet", "Artiklen handler om en ny bog. ISBN 978.", func(d *index.Document) { d.ISBN = "9788711111111" }, "ukendt"},
		{"a book for sale", "Ny ph.d.-bog kan købes på kontoret", "Undersøgelse af leg i tre vuggestuer.", func(d *index.Document) { d.ISBN = "9788711111111" }, "ukendt"},
		{"a book tip", "Månedens bog til stuen", "Den er god at læse højt.", func(d *index.Document) { d.ISBN = "9788711111111" }, "ukendt"},
		{"a page with a number of a book and nothing else", "Læs om Ida og regnormen", "En bog til de mindste.", func(d *index.Document) { d.ISBN = "9788711111111" }, "ukendt"},
		{"a defence", "Forsvar af ph.d.-afhandling: Anna Holm", "Denne afhandling undersøger leg. Interview og observation.", nil, "ukendt"},
		{"an invitation with a study in it", "Konference om søvn", "Dette studie om søvn bygger på interview. Kom og hør.", nil, "ukendt"},
		{"a page that tells what a piece is about", "Nyt om leg", "Artiklen handler om leg, og den står i bladet.", nil, "ukendt"},
		{"a study of others, told", "Læs med hos os", "Et studie af leg er på vej fra en anden by.", nil, "ukendt"},
		{"a DOI shown, of another's work", "Vi læser med", "Se 10.5555/1.", func(d *index.Document) {
			d.DOI, d.DOIWhy, d.Authors = "10.5555/1", shown, []string{"Anna Holm"}
		}, "ukendt"},
		{"a DOI in the metadata without form", "Vi læser med", "Se her.", func(d *index.Document) { d.DOI, d.DOIWhy, d.Published = "10.5555/1", meta, index.Date{} }, "ukendt"},

		{"its own DOI, authors and year", "Leg i tre vuggestuer", "Se her.", func(d *index.Document) {
			d.DOI, d.DOIWhy, d.Authors = "10.5555/1", meta, []string{"Anna Holm"}
			d.Published.Time = time.Date(2021, 5, 3, 0, 0, 0, 0, time.UTC)
		}, "forskning"},
		{"its own DOI and a journal", "Leg i tre vuggestuer", "Se her.", func(d *index.Document) {
			d.DOI, d.DOIWhy, d.Journal = "10.5555/1", meta, index.Journal{Title: "Leg og ord"}
		}, "forskning"},
		{"its own DOI in the line it is cited by", "Leg i tre vuggestuer", "Se her.", func(d *index.Document) {
			d.DOI, d.DOIWhy = "10.5555/1", index.Reason{Rule: "doi-shown", Quote: "Citeres: Holm, A. (2021). Leg. doi: 10.5555/1"}
			d.Authors, d.Published.Time = []string{"Anna Holm"}, time.Date(2021, 5, 3, 0, 0, 0, 0, time.UTC)
		}, "forskning"},
		{"its own abstract", "Leg i tre vuggestuer", "Denne undersøgelse bygger på interview med ni pædagoger.", nil, "forskning"},
		{"an opening with a method", "Leg i tre vuggestuer", "Studie af leg. Vi har lavet interview og observation i tre vuggestuer.", nil, "forskning"},
		{"a report of a series", "Leg i tre vuggestuer", "Rapport nr. 12. Om leg.", func(d *index.Document) { d.ISBN = "9788711111111" }, "forskning"},
	} {
		doc := datedAt(tc.title, tc.body, "viden/1")
		if tc.change != nil {
			tc.change(&doc)
		}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: "viden"})
		checkType(t, tc.name, &doc, tc.want)
	}
}

// TestAQuoteStaysOnItsLine: a heading and the line below it are no sentence.
func TestAQuoteStaysOnItsLine(t *testing.T) {
	d := describer(t)
	doc := described(d, "Nyt", "Før sommerferien\nBesøg for børn på 5-6 år\nLad dem tegne. Der er gang i huset, og der er plads til mange.")
	if doc.Age.Quote != "Besøg for børn på 5-6 år" {
		t.Errorf("quote %q", doc.Age.Quote)
	}
}
