package index

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	word := Group{Alts: []Alt{{Field: Lemma, Terms: []string{"barn"}, Weight: 1}}}
	alt := func(o Occur, a Alt) Plan { return Plan{Groups: []Group{{Occur: o, Alts: []Alt{a}}}} }
	cases := []struct {
		name string
		plan Plan
		want error
	}{
		{"empty", Plan{}, nil},
		{"a word", Plan{Groups: []Group{word}, Size: MaxSize, Offset: MaxReach - MaxSize}, nil},
		{"a page too long", Plan{Size: MaxSize + 1}, ErrTooLarge},
		{"too deep", Plan{Offset: MaxReach}, ErrTooLarge},
		{"a page that ends too deep", Plan{Offset: MaxReach - 9, Size: 10}, ErrTooLarge},
		{"the last page of ten", Plan{Offset: MaxReach - 10, Size: 10}, nil},
		{"as many groups as allowed", Plan{Groups: slices.Repeat([]Group{word}, MaxGroups)}, nil},
		{"too many groups", Plan{Groups: slices.Repeat([]Group{word}, MaxGroups+1)}, ErrTooLarge},
		{"lifts are no groups", Plan{Groups: slices.Repeat([]Group{{Occur: Lift, Alts: word.Alts}}, MaxGroups+1)}, nil},
		{"too many terms", Plan{Groups: slices.Repeat([]Group{{Occur: Lift, Alts: word.Alts}}, MaxTerms+1)}, ErrTooLarge},
		{"too many readings", alt(Must, Alt{Field: Lemma, Terms: slices.Repeat([]string{"a|b|c"}, 4)}), ErrTooLarge},
		{"endless readings", alt(Must, Alt{Field: Lemma, Terms: slices.Repeat([]string{"a|b"}, 500)}), ErrTooLarge},
		{"negative size", Plan{Size: -1}, ErrPlan},
		{"unknown sort", Plan{Sort: "titel"}, ErrPlan},
		{"unknown facet", Plan{Facets: []string{"farve"}}, ErrPlan},
		{"unknown filter", Plan{Filters: []Filter{{Facet: "farve"}}}, ErrPlan},
		{"unknown field", alt(Should, Alt{Field: "body", Terms: []string{"a"}}), ErrPlan},
		{"value of a facet", alt(Should, Alt{Field: FacetType, Terms: []string{"forskning"}}), nil},
		{"values of a facet in a row", alt(Should, Alt{Field: FacetType, Terms: []string{"forskning", "debat"}}), ErrPlan},
		{"prefix of a facet's values", alt(Should, Alt{Field: FacetType, Terms: []string{"forsk"}, Prefix: true}), ErrPlan},
		{"no terms", alt(Should, Alt{Field: Lemma}), ErrPlan},
		{"phrase without positions", alt(Should, Alt{Field: Parts, Terms: []string{"a", "b"}}), ErrPlan},
		{"prefix of a phrase", alt(Should, Alt{Field: Lemma, Terms: []string{"a", "b"}, Prefix: true}), ErrPlan},
		{"prefix of nothing", alt(Should, Alt{Field: Lemma, Terms: []string{""}, Prefix: true}), ErrPlan},
		{"grams that match", alt(Should, Alt{Field: Grams, Terms: []string{"^bar"}}), ErrPlan},
		{"pairs that exclude", alt(Not, Alt{Field: Pairs, Terms: []string{"a_b"}}), ErrPlan},
		{"grams that lift", alt(Lift, Alt{Field: Grams, Terms: []string{"^bar"}, Weight: .3}), nil},
		{"no number as weight", alt(Should, Alt{Field: Lemma, Terms: []string{"a"}, Weight: math.NaN()}), ErrPlan},
		{"unknown occurrence", alt(7, Alt{Field: Lemma, Terms: []string{"a"}}), ErrPlan},
	}
	for _, c := range cases {
		if err := c.plan.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: Check() = %v, want %v", c.name, err, c.want)
		}
	}
}

func TestReadings(t *testing.T) {
	cases := []struct {
		terms []string
		want  [][]string
	}{
		{[]string{"a"}, [][]string{{"a"}}},
		{[]string{"a|b"}, [][]string{{"a"}, {"b"}}},
		{[]string{"a|b", "c", "d|e"}, [][]string{{"a", "c", "d"}, {"a", "c", "e"}, {"b", "c", "d"}, {"b", "c", "e"}}},
		{[]string{"|a|"}, [][]string{{"a"}}},
		{[]string{"a", ""}, nil},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, (&Alt{Terms: c.terms}).Readings()); diff != "" {
			t.Errorf("readings of %q (-want +got)\n%s", c.terms, diff)
		}
	}
}

func TestDayOf(t *testing.T) {
	if got := DayOf(time.Date(2023, 5, 30, 0, 0, 0, 0, time.UTC)); got != 20230530 {
		t.Errorf("DayOf(30 May 2023) = %d", got)
	}
	if got := DayOf(time.Time{}); got != 0 {
		t.Errorf("DayOf(unknown) = %d", got)
	}
}
