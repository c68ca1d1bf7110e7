package bleveindex

import (
	"testing"

	"github.com/blevesearch/vellum/levenshtein"
	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

func TestAWalkFindsTheTermsOfLivingDocuments(t *testing.T) {
	s, err := Memory(Options{Analyzer: analyzer(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	apply(t, s, index.Batch{Seq: 1, Puts: []index.Document{
		{ID: "a", Body: "børn i haven"}, {ID: "b", Body: "børne, bønr, bøn og barn"}, {ID: "c", Body: "bør"},
	}})
	apply(t, s, index.Batch{Seq: 2, Puts: []index.Document{{ID: "d", Body: "børn med børn"}}, Deletes: []string{"c"}})
	builder, err := levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	if err != nil {
		t.Fatal(err)
	}
	near, err := builder.BuildDfa("børn", 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []index.Term{{Text: "barn", Docs: 1}, {Text: "bøn", Docs: 1}, {Text: "bønr", Docs: 1}, {Text: "børn", Docs: 2}, {Text: "børne", Docs: 1}}
	got, known, err := s.Walk(t.Context(), index.Exact, near)
	if diff := cmp.Diff(want, got); diff != "" || !known || err != nil {
		t.Errorf("known %v, %v (-want +got)\n%s", known, err, diff)
	}
	if _, known, err := s.Walk(t.Context(), "body", near); err == nil || known {
		t.Error("an unknown field was walked")
	}
}
