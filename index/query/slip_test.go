package query

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/vellum"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"smaabornsviden/index"
)

var mistypedWords = []string{
	"leg", "børnehave", "vugestue", "sproudvikling", "motorikk", "indkøringen", "aab", "abab", "ål", "idé-børn", "sundhedplejerske", "xqzvwkj",
}

// The list of all slips is the judge of the shorter way to those that an automaton found.
func TestSlipsToWordsAreThoseOfTheList(t *testing.T) {
	for _, word := range mistypedWords {
		odds, order := map[string]float64{}, map[string]int{}
		for i, s := range slips(word) {
			if s.meant != word && s.odds > odds[s.meant] {
				odds[s.meant], order[s.meant] = s.odds, i
			}
		}
		var want []slip
		for meant := range odds {
			want = append(want, slip{meant, odds[meant]})
		}
		slices.SortFunc(want, func(a, b slip) int { return order[a.meant] - order[b.meant] })
		var asked []string
		for meant := range odds {
			asked = append(asked, meant, meant+"x", "ß"+word, word)
		}
		got := slipsTo(word, slices.Values(slices.Compact(slices.Sorted(slices.Values(asked)))))
		got = slices.DeleteFunc(got, func(s slip) bool { return odds[s.meant] == 0 })
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(slip{})); diff != "" {
			t.Errorf("%s (-list +found):\n%s", word, diff)
		}
	}
}

func TestTheAutomatonAcceptsWhatOneSlipLeadsTo(t *testing.T) {
	m := mender{}
	for _, word := range mistypedWords {
		near := m.automaton(word)
		for _, s := range slips(word) {
			if !vellum.AutomatonContains(near, []byte(s.meant)) {
				t.Errorf("%s is not accepted for %s", s.meant, word)
			}
		}
		if far := "x" + word + "x"; vellum.AutomatonContains(near, []byte(far)) {
			t.Errorf("%s is accepted for %s", far, word)
		}
	}
}

// walking is an engine that can walk, over one that cannot.
type walking struct{ index.Engine }

func (w walking) Walk(ctx context.Context, f index.Field, a vellum.Automaton) ([]index.Term, bool, error) {
	all, err := w.Terms(ctx, f, "", math.MaxInt32)
	all = slices.DeleteFunc(all, func(t index.Term) bool { return !vellum.AutomatonContains(a, []byte(t.Text)) })
	slices.SortFunc(all, func(a, b index.Term) int { return strings.Compare(a.Text, b.Text) })
	return all, true, err
}

func TestAWordWithAnAccentIsMendedByTheLexicon(t *testing.T) {
	s := searcher(t, "At konvertere tekst.")
	if got, err := s.Meant(t.Context(), "konvrtér"); err != nil || got != "konvertér" {
		t.Errorf("%q, %v; want konvertér", got, err)
	}
}

func TestAnEngineThatWalksMendsAlike(t *testing.T) {
	s := searcher(t, "Sprogudvikling i dagplejen.", "En børnehave og to vuggestuer.", "Sundhedsplejersken kommer.", "Leg, læg og lag.", "Børnehaver.")
	walks := s
	walks.Engine = walking{s.Engine}
	for _, typed := range []string{
		"sproudvikling", "bornehave", "vugestue", "sundhedplejerske", "sproudviklingsmiljøet", "lgeg", "sprogudvkiling i dagpeljen", "leag", "dinosaruen",
	} {
		want, err := s.Meant(t.Context(), typed)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := walks.Meant(t.Context(), typed); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", typed, got, err, want)
		}
	}
}

// TestHeadsWalkedForAtOnceAreThoseOfTheirOwnWalks in each field, and of every length.
func TestHeadsWalkedForAtOnceAreThoseOfTheirOwnWalks(t *testing.T) {
	s := searcher(t, "Sprog, spog, sporg og sprogudvikling.", "Sprogudviklingen i en børnehave. Børne, børnn, bønre og børnehavn.", "Sundhed, sunhed, sundheds og sundhedspleje.")
	engine := walking{s.Engine}
	for _, word := range []string{"sproudvikling", "børnehavelærer", "sundhedplejerske", "æøåæøåæøå"} {
		m := mender{s: s, cutting: word}
		for at := range word {
			for _, f := range []index.Field{index.Exact, index.Lemma} {
				want, _, err := engine.Walk(t.Context(), f, m.automaton(word[:at]))
				if err != nil {
					t.Fatal(err)
				}
				got, known, err := m.headsNear(t.Context(), engine, f, word[:at])
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || !known || err != nil {
					t.Errorf("%s in %s: known %v, %v (-own +at once)\n%s", word[:at], f, known, err, diff)
				}
			}
		}
	}
}
