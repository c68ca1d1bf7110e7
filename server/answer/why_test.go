package answer

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/snippet"
	"smaabornsviden/server/tongue"
)

func TestReasonsNameWordsAndSumWhatLifts(t *testing.T) {
	plan := index.Plan{Groups: []index.Group{
		{Text: "indkøring", Alts: []index.Alt{
			{Field: index.Lemma, Terms: []string{"indkøring"}, Kind: index.AsTyped, Text: "indkøring"},
			{Field: index.Lemma, Terms: []string{"tilvænning"}, Kind: index.Synonym, Text: "tilvænning"},
		}},
		{Text: "tryg tilknytning", Alts: []index.Alt{{Field: index.Exact, Terms: []string{"tryg", "tilknytning"}, Kind: index.AsTyped, Text: "tryg tilknytning"}}},
		{Occur: index.Lift, Alts: []index.Alt{{Field: index.Grams, Terms: []string{"^ind"}, Kind: index.GramOf}}},
		{Occur: index.Lift, Alts: []index.Alt{{Field: index.Grams, Terms: []string{"indk"}, Kind: index.GramOf}}},
		{Occur: index.Lift, Alts: []index.Alt{{Field: index.Exact, Terms: []string{"indkøring"}, Kind: index.AsTyped}}},
	}}
	hit := index.Hit{Score: 4.75, Why: []index.Because{
		{Group: 0, Alt: 1, Score: 1.5}, {Group: 1, Score: 2}, {Group: 2, Score: .25}, {Group: 3, Score: .5}, {Group: 4, Score: .5},
	}}
	got := reasons(plan, hit, []snippet.Mark{{Group: 1}}, nil)
	want := []Reason{
		{Word: "indkøring", Match: "tilvænning", Kind: index.Synonym, Score: 1.5},
		{Word: "tryg tilknytning", Match: "tryg tilknytning", Kind: index.AsTyped, Whole: true, Title: true, Score: 2},
		{Kind: index.GramOf, Lift: true, Score: .75},
		{Kind: index.AsTyped, Lift: true, Score: .5},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	sum := 0.0
	for _, r := range got {
		sum += r.Score
	}
	if math.Abs(sum-hit.Score) > 1e-9 {
		t.Errorf("the reasons add up to %g, the score is %g", sum, hit.Score)
	}
	if words := got[0].Words(tongue.Danish); words != "»tilvænning«, som betyder det samme som »indkøring«" {
		t.Errorf("a synonym reads %q", words)
	}
}

func TestEveryKindOfReasonHasItsOwnWords(t *testing.T) {
	seen := map[string]index.Kind{}
	for _, kind := range []index.Kind{
		index.AsTyped, index.Inflected, index.PartOf, index.Split, index.Joined, index.Synonym, index.Near,
		index.Translated, index.Repaired, index.Abbreviated, index.PrefixOf,
	} {
		words := Reason{Word: "ord", Match: "andet", Kind: kind}.Words(tongue.Danish)
		if before, twice := seen[words]; twice || !strings.Contains(words, "ord") {
			t.Errorf("%s reads %q, as does %s", kind, words, before)
		}
		seen[words] = kind
	}
}

func TestReasonsShowWordsAndNoStems(t *testing.T) {
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		kind  index.Kind
		match string
		want  string
	}{
		{index.Inflected, "barn", "»børnene« i en anden form"}, // the dictionary form need not stand in the text
		{index.Inflected, "evalu", "»børnene« i en anden form"},
		{index.PartOf, "nurseri", "»børnene« som del af et længere ord"},
		{index.PartOf, "barn", "»barn« som del af et længere ord"},
		{index.Split, "evalu", "En del af »børnene«"},
		{index.Synonym, "evalu", "»evalu«, som betyder det samme som »børnene«"},
	} {
		got := inWords(a, []Reason{{Word: "børnene", Match: tt.match, Kind: tt.kind}})[0].Words(tongue.Danish)
		if got != tt.want {
			t.Errorf("%s by %s: %q, want %q", tt.match, tt.kind, got, tt.want)
		}
	}
}

func TestReasonsNameWhatStandsInTheDocument(t *testing.T) {
	formed := func(words ...string) []snippet.Met {
		var out []snippet.Met
		for _, w := range words {
			out = append(out, snippet.Met{Group: 1, Fit: snippet.Formed, Word: w})
		}
		return append(out, snippet.Met{Group: 1, Fit: snippet.Partly, Word: "indsatsområde"}, snippet.Met{Group: 0, Fit: snippet.Literal, Word: "tidlig"})
	}
	for _, tt := range []struct {
		kind  index.Kind
		match string
		met   []snippet.Met
		want  string
	}{
		{index.AsTyped, "indsats", formed("indsats"), "Ordet »indsats«"},
		{index.Inflected, "indsat", formed("indsats"), "Ordet »indsats«"},
		{index.Inflected, "indsat", formed("indsatte"), "»indsats« i en anden form (indsatte)"},
		{index.AsTyped, "indsats", formed("indsatsen", "indsatser", "indsats", "indsatsens"), "Ordet »indsats«, også som indsatsen, indsatser"},
		{index.AsTyped, "indsats", formed("indsatsen", "indsatser"), "»indsats« i en anden form (indsatsen, indsatser)"},
		{index.PartOf, "indsats", formed("indsats"), "»indsats« som del af et længere ord (indsatsområde)"},
		{index.Inflected, "indsats", nil, "»indsats« i en anden form"},
	} {
		r := Reason{Word: "indsats", Match: tt.match, Kind: tt.kind}.asFound(1, tt.met, false)
		if got := r.Words(tongue.Danish); got != tt.want {
			t.Errorf("%s by %s: %q, want %q", tt.match, tt.kind, got, tt.want)
		}
	}
}

func TestOfWordsThatOrJoinsTheOneIsNamedThatADocumentHas(t *testing.T) {
	plan := index.Plan{Groups: []index.Group{{Text: "leg eller sprog", Alts: []index.Alt{
		{Field: index.Lemma, Terms: []string{"leg"}, Kind: index.AsTyped, Text: "leg", For: "leg"},
		{Field: index.TitleExact, Terms: []string{"sprog"}, Kind: index.AsTyped, Text: "sprog", For: "sprog"},
	}}}}
	for _, tt := range []struct {
		alt  int
		met  string
		want string
	}{
		{1, "sprog", "Ordet »sprog«"},
		{0, "leg", "Ordet »leg«"},
		{0, "legene", "»leg« i en anden form"},
	} {
		met := []snippet.Met{{Fit: snippet.Formed, Word: "sproget"}, {Fit: snippet.Formed, Word: tt.met}}
		got := reasons(plan, index.Hit{Why: []index.Because{{Alt: tt.alt, Score: 1}}}, nil, met)
		if len(got) != 1 || got[0].Words(tongue.Danish) != tt.want {
			t.Errorf("%+v, want %q", got, tt.want)
		}
	}
}

func TestWhatStandsForSeveralWordsNamesThemAllOnce(t *testing.T) {
	both := index.Alt{Field: index.Lemma, Terms: []string{"først", "1000", "dag"}, Kind: index.Synonym, Text: "første 1000 dage", For: "1000 dage"}
	plan := index.Plan{Groups: []index.Group{{Text: "1000", Alts: []index.Alt{both}}, {Text: "dage", Alts: []index.Alt{both}}}}
	got := reasons(plan, index.Hit{Why: []index.Because{{Group: 0, Score: 1}, {Group: 1, Score: 2}}}, nil, nil)
	if len(got) != 1 || got[0].Score != 3 {
		t.Fatalf("a term for two words reads as %+v, want one reason of 3", got)
	}
	if words := got[0].Words(tongue.Danish); words != "»første 1000 dage«, som betyder det samme som »1000 dage«" {
		t.Errorf("a term for two words reads %q", words)
	}
}
