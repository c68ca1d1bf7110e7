package demosite

import (
	"testing"

	"smaabornsviden/index/programmes"
)

func TestProgrammesAreRecordsOfPagesThatExist(t *testing.T) {
	all, err := programmes.Load(Programmes(), "programmes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	site, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, l := range site.Labels() {
		known[l.URL()] = true
	}
	for _, p := range all {
		for _, page := range append(p.Pages, p.Source.URL) {
			if !known[page] {
				t.Errorf("%s names %s, which is no document", p.Slug, page)
			}
		}
	}
}
