package describe

import (
	"errors"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestACorrectionSetsAndClearsNumbersAndPublisher: and takes back what it replaced once it is gone.
func TestACorrectionSetsAndClearsNumbersAndPublisher(t *testing.T) {
	d := corrector(t, `corrections:
  - {url: "https://x.example/a", set: {isbn: "", issn: "ISSN 2596-9528", doi: "https://doi.org/10.5555/ABC", publisher: Forlaget Leg, sector: viden}, why: Læst af redaktionen.}
`)
	doc := index.Document{URL: "https://x.example/a", Title: "Leg", ISBN: "9780306406157", ISBNWhy: index.Reason{Rule: "isbn-text", Quote: "ISBN"}}
	src := partners.Source{ID: "x", Name: "Kilden", Sector: "civil"}
	fired := d.Trace(&doc, src)
	d.Trace(&doc, src) // a second time, what was replaced is still what extraction found
	why := index.Reason{Rule: "rettelse", Quote: "Læst af redaktionen."}
	if doc.ISBN != "" || doc.ISBNWhy != why || doc.ISSN != "2596-9528" || doc.ISSNWhy != why || doc.DOI != "10.5555/abc" || doc.DOIWhy != why {
		t.Errorf("isbn %q %+v, issn %q, doi %q", doc.ISBN, doc.ISBNWhy, doc.ISSN, doc.DOI)
	}
	if doc.Publisher != (index.Derived{Value: "Forlaget Leg", Reason: why}) || doc.Sector != "viden" || doc.SectorWhy != why {
		t.Errorf("publisher %+v, sector %q %+v", doc.Publisher, doc.Sector, doc.SectorWhy)
	}
	shown := map[string]string{}
	for _, f := range fired {
		if f.Won && f.Rule == "rettelse" {
			shown[f.Field] = f.Value
		}
	}
	if shown["issn"] != "2596-9528" || shown["publisher"] != "Forlaget Leg" || shown["sector"] != "viden" {
		t.Errorf("shown %v", shown)
	}

	plain := describer(t)
	plain.Describe(&doc, src)
	if doc.ISBN != "9780306406157" || doc.ISBNWhy.Rule != "isbn-text" || doc.ISSN != "" || doc.DOI != "" || doc.Publisher.Value != "Kilden" || doc.Sector != "civil" || doc.SectorWhy.Rule != "" {
		t.Errorf("after the correction went: isbn %q, issn %q, doi %q, publisher %+v, sector %q", doc.ISBN, doc.ISSN, doc.DOI, doc.Publisher, doc.Sector)
	}
}

func TestACorrectedNumberMustBeOne(t *testing.T) {
	for _, set := range []string{`isbn: "978-0-306-40615-8"`, `issn: "2596-9529"`, `doi: "11.5555/a"`, `sector: rummet`} {
		if _, err := LoadCorrections([]byte("corrections: [{url: 'https://a', set: {"+set+"}, why: x}]"), "x.yaml"); !errors.Is(err, ErrCorrections) {
			t.Errorf("%s: err = %v, want ErrCorrections", set, err)
		}
	}
}
