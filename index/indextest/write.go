package indextest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"smaabornsviden/index"

	"github.com/google/go-cmp/cmp"
)

func (s suite) empty(t *testing.T) {
	e := s.open(t)
	if seq, err := e.Checkpoint(t.Context()); seq != 0 || err != nil {
		t.Errorf("checkpoint of a new index = %d, %v; want 0", seq, err)
	}
	page := search(t, e, index.Plan{Groups: []index.Group{group(index.Should, word("barn"))}, Size: 10, Facets: index.Facets})
	if page.Total != 0 || len(page.Hits) != 0 || len(page.Facets) != len(index.Facets) || !page.Next.IsZero() {
		t.Errorf("page of an empty index: %+v", page)
	}
	if _, err := e.Document(t.Context(), "none"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("document of an empty index: %v, want ErrNotFound", err)
	}
	if terms, err := e.Terms(t.Context(), index.Exact, "", 5); len(terms) != 0 || err != nil {
		t.Errorf("terms of an empty index: %v, %v", terms, err)
	}
	stats, err := e.Stats(t.Context())
	if err != nil || stats.Documents != 0 || stats.Schema == "" || stats.Generation == "" {
		t.Errorf("stats of an empty index: %+v, %v", stats, err)
	}
}

// full is a document with something in every field.
func full() index.Document {
	because := index.Reason{Rule: "meta", Quote: "article:published_time"}
	return index.Document{
		ID: "full", Source: "lindeby", SourceName: "Lindeby Kommune", Sector: "kommune",
		URL: "https://lindeby.example/a", AltURLs: []string{"https://lindeby.example/b"},
		Title: "Ærlig talt: »børn & bøger«", Kicker: "DEBAT", Authors: []string{"Åse Øst", "Bo Vest\n{&} \"Jr\""},
		AuthorsWhy: because, Publisher: index.Derived{Value: "Forlaget {Leg}\nTY  - X", Reason: because},
		Journal:  index.Journal{Title: "Tidsskrift; & <leg>", Volume: "X", Issue: "1-2", First: "e1", Last: "e9", Reason: because},
		Abstract: "Kort sagt.", Body: "Første side.\nAnden linje med <b>tegn</b> & 😀.\n\x0cNæste side.", PageOffsets: []int{0, 50},
		Published: index.Date{Time: dayTime(20230530), Precision: index.Day, Reason: because},
		Updated:   date(20240101), Decided: date(20220101), Deadline: date(20250101),
		Type:     index.Derived{Value: "debat", Reason: because},
		Topics:   []index.Topic{{Slug: "sprog", Weight: .75, Reason: because}, {Slug: "leg", Weight: .25}},
		Age:      index.AgeSpan{From: 0, To: 35, Known: true, Certain: true, Reason: because},
		Audience: index.Derived{Value: "forældre"}, Place: index.Derived{Value: "Lindeby"},
		Lang: index.Derived{Value: "da", Reason: because}, Licence: index.Derived{Value: "CC BY 4.0"},
		Access: index.Derived{Value: "fri"}, Edition: index.Derived{Value: "3. udgave"},
		Format: "pdf", Pages: 2, Bytes: 12345, DOI: "10.1/x", ISBN: "9788700000001", ISSN: "1234-5678",
		DOIWhy: because, ISBNWhy: because, ISSNWhy: because, KeywordsWhy: because,
		Keywords: []string{"børn"}, Group: "g", Face: true, Merged: true, MoreOf: 2,
		Related:    []index.Relation{{Kind: "udgave", ID: "other", Title: "Ældre", Reason: because}},
		SnippetMax: 160, NoArchive: true, TDMReserved: true, MetadataOnly: true, Notice: "Teksten kan ikke søges",
		FirstSeen: time.Date(2026, 11, 1, 12, 30, 0, 5, time.UTC), LastChecked: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), LastStatus: 200,
		PageMark: "0011223344556677", ReadMark: "6+describe-1",
	}
}

func (s suite) put(t *testing.T) {
	want := full()
	e := s.with(t, want, index.Document{ID: "bare"})
	got, err := e.Document(t.Context(), "full")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("document (-put +got)\n%s", diff)
	}
	p := plan(group(index.Must, word("bøger")))
	p.WithBody = true
	page := search(t, e, p)
	if diff := cmp.Diff([]index.Document{want}, docs(page)); diff != "" {
		t.Errorf("hit with body (-put +got)\n%s", diff)
	}
	want.Body, p.WithBody = "", false
	if diff := cmp.Diff([]index.Document{want}, docs(search(t, e, p))); diff != "" {
		t.Errorf("hit without body (-put +got)\n%s", diff)
	}
	if bare, err := e.Document(t.Context(), "bare"); err != nil || !cmp.Equal(bare, index.Document{ID: "bare"}) {
		t.Errorf("document without any field: %+v, %v", bare, err)
	}
}

func docs(p index.Page) []index.Document {
	var all []index.Document
	for _, h := range p.Hits {
		all = append(all, h.Doc)
	}
	return all
}

func (s suite) replace(t *testing.T) {
	e := s.with(t, index.Document{ID: "a", Title: "gammel", Source: "x"}, index.Document{ID: "b", Title: "fælles"})
	apply(t, e, index.Batch{Puts: []index.Document{{ID: "a", Title: "ny fælles", Source: "y"}}, Seq: 2})
	for term, want := range map[string][]string{"gammel": {}, "ny": {"a"}, "fælles": {"a", "b"}} {
		if diff := cmp.Diff(want, sorted(search(t, e, plan(group(index.Must, word(term)))))); diff != "" {
			t.Errorf("search %q after a replacement (-want +got)\n%s", term, diff)
		}
	}
	page := search(t, e, index.Plan{Facets: []string{index.FacetSource}})
	if want := []index.FacetValue{{Value: "y", Count: 1}}; page.Total != 2 || !cmp.Equal(want, page.Facets[0].Values) {
		t.Errorf("after a replacement: total %d, sources %v", page.Total, page.Facets[0].Values)
	}
}

func (s suite) remove(t *testing.T) {
	e := s.with(t, index.Document{ID: "a", Title: "fælles"}, index.Document{ID: "b", Title: "fælles"})
	apply(t, e, index.Batch{Deletes: []string{"a", "never there"}, Seq: 2})
	if _, err := e.Document(t.Context(), "a"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("deleted document: %v, want ErrNotFound", err)
	}
	if got := ids(search(t, e, plan(group(index.Must, word("fælles"))))); !cmp.Equal(got, []string{"b"}) {
		t.Errorf("hits after a delete: %v", got)
	}
	if stats, err := e.Stats(t.Context()); err != nil || stats.Documents != 1 || stats.Seq != 2 {
		t.Errorf("stats after a delete: %+v, %v", stats, err)
	}
}

func (s suite) batchOrder(t *testing.T) {
	e := s.open(t)
	apply(t, e, index.Batch{Seq: 1, Puts: []index.Document{
		{ID: "twice", Title: "først"}, {ID: "twice", Title: "sidst"}, {ID: "gone", Title: "borte"},
	}, Deletes: []string{"gone"}})
	if d, err := e.Document(t.Context(), "twice"); err != nil || d.Title != "sidst" {
		t.Errorf("put twice in a batch: %q, %v; want the last", d.Title, err)
	}
	if _, err := e.Document(t.Context(), "gone"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("put and deleted in a batch: %v, want ErrNotFound", err)
	}
	if err := e.Apply(t.Context(), index.Batch{Seq: 2, Puts: []index.Document{{ID: "ok", Title: "nej"}, {Title: "no id"}}}); err == nil {
		t.Error("a document without an id was accepted")
	}
	if _, err := e.Document(t.Context(), "ok"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("document of a refused batch: %v, want ErrNotFound", err)
	}
}

func (s suite) replay(t *testing.T) {
	e := s.with(t, Corpus(7, 30)...)
	batch := index.Batch{Puts: Corpus(8, 20), Deletes: []string{Corpus(7, 1)[0].ID}, Seq: 9}
	apply(t, e, batch)
	p := plan(group(index.Should, word("børn")), group(index.Should, word("leg")))
	p.Facets = index.Facets
	compact(t, e)
	once := search(t, e, p)
	apply(t, e, batch)
	compact(t, e)
	if diff := cmp.Diff(once, search(t, e, p), approximately()); diff != "" {
		t.Errorf("page after the same batch once more (-once +twice)\n%s", diff)
	}
	if seq, err := e.Checkpoint(t.Context()); seq != 9 || err != nil {
		t.Errorf("checkpoint = %d, %v; want 9", seq, err)
	}
}

func (s suite) sequence(t *testing.T) {
	e := s.with(t, index.Document{ID: "a", Title: "ord"})
	apply(t, e, index.Batch{Seq: 40})
	if page := search(t, e, plan()); page.Seq != 40 || page.Total != 1 {
		t.Errorf("after an empty batch 40: page of %d with %d hits", page.Seq, page.Total)
	}
	if err := e.Apply(t.Context(), index.Batch{Seq: 39, Deletes: []string{"a"}}); err == nil {
		t.Error("batch 39 after batch 40 was accepted")
	}
	if page := search(t, e, plan()); page.Seq != 40 || page.Total != 1 {
		t.Errorf("after a refused batch: page of %d with %d hits", page.Seq, page.Total)
	}
}

// show prints a plan for a failure.
func show(p index.Plan) string {
	j, err := json.Marshal(p)
	if err != nil {
		return fmt.Sprintf("%+v", p)
	}
	return string(j)
}
