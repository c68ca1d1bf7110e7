package query

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"
)

// TestAnAutomatonAcceptsWhatSoManyEditsLeadTo: the judges are a table of distances, and in the lexicon the table of states that vellum
// makes for each word. That one errs in words of more than 32 letters, so those are judged by the distances alone.
func TestAnAutomatonAcceptsWhatSoManyEditsLeadTo(t *testing.T) {
	s := searcher(t, "Børn.")
	random := rand.New(rand.NewPCG(1, 2))
	words := append([]string{"", "a", "æø", "møde–på€vej", "aaaaaaaaaa", "ababababab", "øøøåøøø", "gå\U0001f600å", "specialpædagogiskehjælpeforanstalnigner"}, mistypedWords...)
	for most, e := range map[uint8]*edits{1: oneSlip(), 2: twoSlips()} {
		builder, err := levenshtein.NewLevenshteinAutomatonBuilder(most, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			a := newAutomaton(word, e)
			for range 20_000 {
				text := edited(random, word, random.IntN(int(most)+3))
				if got, want := vellum.AutomatonContains(a, []byte(text)), distance([]rune(word), []rune(text)) <= int(most); got != want {
					t.Fatalf("%d edits of %q: %q is accepted: %v, want %v", most, word, text, got, want)
				}
			}
			if utf8.RuneCountInString(word) > 32 {
				continue
			}
			judge, err := builder.BuildDfa(word, most)
			if err != nil {
				t.Fatal(err)
			}
			want, err := s.Analyzer.Walk(judge)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := s.Analyzer.Walk(a); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%d edits of %q lead to %q, %v; want %q", most, word, got, err, want)
			}
		}
	}
}

// distance is how many edits lead from one word to another, no letter being edited twice.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// edited is a word after some random edits, of which some are lost on each other.
func edited(random *rand.Rand, word string, edits int) string {
	letters := []rune("abeknrsæøå–€\U0001f600")
	r := []rune(word)
	for range edits {
		at, c := random.IntN(len(r)+1), letters[random.IntN(len(letters))]
		switch kind := random.IntN(4); {
		case kind == 0 || at == len(r):
			r = append(r[:at:at], append([]rune{c}, r[at:]...)...)
		case kind == 1:
			r = append(r[:at:at], r[at+1:]...)
		case kind == 2 && at > 0:
			r[at], r[at-1] = r[at-1], r[at]
		default:
			r[at] = c
		}
	}
	return string(r)
}

// BenchmarkAutomaton makes the automaton of a long word.
func BenchmarkAutomaton(b *testing.B) {
	twoSlips()
	for b.Loop() {
		newAutomaton("specialpædagogiskehjælpeforanstalnigner", twoSlips())
	}
}
