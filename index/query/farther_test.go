package query

import (
	"slices"
	"testing"

	"smaabornsviden/index"
)

var farTexts = []string{
	"Daginstitutionen.", "Fødselsdepression.", "Sundhedsplejersken.", "Forældresamarbejde.", "Vurdering af sprog.", "Normeringer og tilsyn.",
}

func TestTwoSlipsInALongWordAreMended(t *testing.T) {
	s := searcher(t, farTexts...)
	s.Engine = walking{s.Engine}
	for typed, want := range map[string]string{
		"daginstution":        "daginstitution",
		"daginstutioner":      "daginstitutioner",
		"fødselsdeppresion":   "fødselsdepression",
		"sunhedsplejeske":     "sundhedsplejerske",
		"foreldresammarbejde": "forældresamarbejde",
		"sporgvudering":       "sprogvurdering", // none has it, but all have its parts
		"normeingstilsyn":     "normeringstilsyn",
	} {
		if got, err := s.Meant(t.Context(), typed); err != nil || got != want {
			t.Errorf("%s is read as %q, %v; want %s", typed, got, err, want)
		}
	}
}

// TestAWordThatNothingHasIsNotAskedAbout: whoever took it up would find nothing.
func TestAWordThatNothingHasIsNotAskedAbout(t *testing.T) {
	for typed, meant := range map[string]string{"kongitiv": "", "Fleer": "", "Sommersel": "", "bronfenbrenner": "", "pikler": "", "Pikler": ""} {
		ans, _ := search(t, searcher(t, farTexts...), typed)
		offered := ""
		for _, o := range ans.Understood.Offers {
			offered += o.Meant
		}
		if offered != meant || slices.ContainsFunc(ans.Understood.Added, func(a Added) bool { return a.Kind == index.Repaired }) {
			t.Errorf("%s: offered %q, added %+v; want %q and nothing mended", typed, offered, ans.Understood.Added, meant)
		}
	}
}

// TestWhatMayBeANameIsNotReplacedByAnotherWord: of names in small words there are too many neighbours.
func TestWhatMayBeANameIsNotReplacedByAnotherWord(t *testing.T) {
	s := searcher(t, "Flere børn blev længere.", "Vuggestuen.")
	for typed, want := range map[string]string{"Fleer": "", "fleer": "flere", "Vugestue": "Vuggestue"} {
		if got, err := s.Meant(t.Context(), typed); err != nil || got != want && got != "vuggestue" {
			t.Errorf("%s is read as %q, %v; want %q", typed, got, err, want)
		}
	}
}

// The odds of single slips are those that the list of slips has.
func TestOddsOfOneSlipAreThoseOfTheList(t *testing.T) {
	for _, word := range mistypedWords {
		odds := map[string]float64{}
		for _, s := range slips(word) {
			odds[s.meant] = max(odds[s.meant], s.odds)
		}
		for meant, want := range odds {
			if meant == word {
				continue
			}
			r, m := []rune(word), []rune(meant)
			if got := oddsOf(r, 0, len(r), m, 1); got != want {
				t.Errorf("%s for %s: %v, want %v", word, meant, got, want)
			}
			if far := farOdds(r, m); far > want {
				t.Errorf("%s for %s: %v at two slips, more than the %v at one", word, meant, far, want)
			}
		}
	}
}
