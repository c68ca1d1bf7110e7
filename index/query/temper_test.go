package query

import (
	"math"
	"testing"

	"smaabornsviden/index"
)

// english gives the weights of the English alternatives of a plan's first group.
func english(p index.Plan) (weights []float64) {
	for _, a := range p.Groups[0].Alts {
		if a.Lang == "en" {
			weights = append(weights, a.Weight)
		}
	}
	return weights
}

func TestATranslationIsNoMoreTellingThanTheOnlyWord(t *testing.T) {
	s := searcher(t, "Et barn.", "Barnet leger.", "Børn og voksne.", "Om leg.", "en|All children need parents.")
	for _, tt := range []struct {
		query    string
		tempered bool
	}{
		{"barn", true},
		{"børnene", true},
		{"barn -leg", true},
		{"barn voksne", false}, // the other word orders
		{"barn autisme", true}, // the other word stands nowhere
		{"forældre", false},    // no text has the word itself
	} {
		got := english(searchPlan(t, s, tt.query))
		if len(got) == 0 {
			t.Errorf("%s: no English alternative", tt.query)
			continue
		}
		// The last one is what the vocabulary translates to, which the English text has.
		if w := got[len(got)-1]; (w < weightEnglish) != tt.tempered {
			t.Errorf("%s: the translation has weight %.3f, tempered should be %t", tt.query, w, tt.tempered)
		}
	}
}

func TestTemperedWeightsScoreLikeTheWord(t *testing.T) {
	alts := []index.Alt{
		{Field: index.Lemma, Kind: index.Inflected, Terms: []string{"barn"}, Weight: 1},
		{Field: index.Lemma, Kind: index.Translated, Terms: []string{"child|kid"}, Weight: .5, Lang: "en"},
		{Field: index.Lemma, Kind: index.Translated, Terms: []string{"small", "child"}, Weight: .5, Lang: "en"},
		{Field: index.Lemma, Kind: index.Translated, Terms: []string{"nowhere"}, Weight: .5, Lang: "en"},
		{Field: index.Lemma, Kind: index.Synonym, Terms: []string{"rolling"}, Weight: .7},
	}
	docs := map[string]int{"barn": 90, "child": 10, "kid": 2, "small": 5, "rolling": 1}
	temperAlts(alts, docs, 100)
	word := telling(alts[0], docs, 100)
	for i, a := range alts[1:3] {
		if got := a.Weight * telling(a, docs, 100); math.Abs(got-.5*word) > 1e-12 {
			t.Errorf("alternative %d scores %.4f for an occurrence, want half of the word's %.4f", i+1, got, word)
		}
	}
	if alts[3].Weight != .5 || alts[4].Weight != .7 {
		t.Errorf("weights %v and %v changed, though nothing has the one and the other is Danish", alts[3].Weight, alts[4].Weight)
	}
	unknown := []index.Alt{alts[0], {Field: index.Lemma, Terms: []string{"child"}, Weight: .5, Lang: "en"}}
	if temperAlts(unknown, map[string]int{"child": 3}, 100); unknown[1].Weight != .5 {
		t.Error("a translation of a word that no text has was tempered")
	}
}
