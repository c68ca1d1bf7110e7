package index

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestReasonsQuoteNoMoreThanTheSourceAllows(t *testing.T) {
	why := Reason{Rule: "r", Quote: "hemmelig tekst på siden"}
	full := Document{
		Title: "En titel", Lang: Derived{Value: "da", Reason: why}, Type: Derived{Value: "debat", Reason: Reason{Rule: Corrected, Quote: "vores ord"}},
		Published: Date{Time: time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC), Reason: why}, Age: AgeSpan{Known: true, Reason: why}, AuthorsWhy: why, KeywordsWhy: why,
		Topics: []Topic{{Slug: "leg", Reason: why}}, Programmes: []Topic{{Slug: "p", Reason: why}}, Related: []Relation{{ID: "a", Reason: why}},
		Journal: Journal{Title: "Tidsskriftet", Reason: why},
	}
	for limit, want := range map[int]string{0: "hemmelig tekst på siden", -1: "", 8: "hemmelig"} {
		d := full
		d.SnippetMax = limit
		text, err := json.Marshal(d.Quotable())
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "hemmelig tekst"); (n == 9) != (limit == 0) || n != 0 && limit != 0 {
			t.Errorf("limit %d: the whole quote stands %d times in %s", limit, n, text)
		}
		if got := d.Quotable(); got.Lang.Quote != want || got.Topics[0].Quote != want || got.Related[0].Quote != want {
			t.Errorf("limit %d: quotes %q, %q, %q, want %q", limit, got.Lang.Quote, got.Topics[0].Quote, got.Related[0].Quote, want)
		}
		if got := d.Quotable(); got.Type.Quote != "vores ord" || got.Title != "En titel" || got.Topics[0].Slug != "leg" {
			t.Errorf("limit %d: more than quotes changed: %+v", limit, got)
		}
	}
	if full.Topics[0].Quote != why.Quote || full.Related[0].Quote != why.Quote {
		t.Error("the document itself was changed")
	}
}
