package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBucketsTakeHalfOfTheBucketOrOfTheSpan(t *testing.T) {
	cases := []struct {
		name string
		span AgeSpan
		want []string
	}{
		{"nothing given", AgeSpan{}, []string{"ikke-angivet"}},
		{"numbers without Known are not given", AgeSpan{From: 0, To: 83}, []string{"ikke-angivet"}},
		{"0-6 counts in all", AgeSpan{From: 0, To: 83, Known: true}, []string{"0-11-mdr", "1-2-aar", "3-5-aar", "6-aar", "hele-0-6"}},
		{
			"from pregnancy to school",
			AgeSpan{From: -9, To: 83, Known: true},
			[]string{"foer-foedslen", "0-11-mdr", "1-2-aar", "3-5-aar", "6-aar", "hele-0-6"},
		},
		{"0-2 years", AgeSpan{From: 0, To: 35, Known: true}, []string{"0-11-mdr", "1-2-aar"}},
		{"3-5 years", AgeSpan{From: 36, To: 71, Known: true}, []string{"3-5-aar"}},
		{"0-5 years is not the whole", AgeSpan{From: 0, To: 71, Known: true}, []string{"0-11-mdr", "1-2-aar", "3-5-aar"}},
		{"one month", AgeSpan{From: 10, To: 10, Known: true}, []string{"0-11-mdr"}},
		{"half of the span on either side", AgeSpan{From: 6, To: 17, Known: true}, []string{"0-11-mdr", "1-2-aar"}},
		{"a tail of a long span is left out", AgeSpan{From: 30, To: 71, Known: true}, []string{"3-5-aar"}},
		{"half of a bucket is enough", AgeSpan{From: 24, To: 71, Known: true}, []string{"1-2-aar", "3-5-aar"}},
		{"birth after a pregnancy", AgeSpan{From: -9, To: 0, Known: true}, []string{"foer-foedslen"}},
		{"school age only", AgeSpan{From: 84, To: 120, Known: true}, nil},
		{"turned round", AgeSpan{From: 35, To: 0, Known: true}, nil},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, c.span.Buckets()); diff != "" {
			t.Errorf("%s: %+v (-want +got)\n%s", c.name, c.span, diff)
		}
	}
}

func TestEveryBucketIsAChoice(t *testing.T) {
	var slugs []string
	for _, b := range AgeBuckets {
		slugs = append(slugs, b.Slug)
	}
	slugs = append(slugs, WholeAge, UnknownAge)
	var choices []string
	for _, c := range Choices(FacetAge) {
		choices = append(choices, c.Slug)
	}
	if diff := cmp.Diff(choices, slugs); diff != "" {
		t.Errorf("buckets and choices differ (-choices +buckets)\n%s", diff)
	}
}
