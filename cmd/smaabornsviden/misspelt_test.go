package main

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// leastAided is how many misspellings of the list have to lead to what was meant. One more did when it was written, and eight more while
// readers were asked about words that nothing in the demonstration has.
const leastAided = 108

const spellings = "../../index/query/testdata/"

// TestMisspellingsAreMendedAndRareWordsLeft asks the demonstration for words as people misspell them, and for rare words that
// are spelt as they should be. The lists were written before the rules that they judge.
func TestMisspellingsAreMendedAndRareWordsLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("crawls the whole demonstration")
	}
	s, _ := judgedCorpus(t)
	counts := map[string]int{}
	var slowest time.Duration
	lines := spelling(t, "misspelt.tsv")
	for _, line := range lines {
		typed, meant, _ := strings.Cut(line, "\t")
		got, words := aided(t, s, typed, meant)
		slowest = max(slowest, quickest(func() { aided(t, s, typed, meant) }))
		counts[got]++
		if got != "mended" {
			t.Logf("%s (%s): %s %v", typed, meant, got, words)
		}
	}
	t.Logf("of %d misspellings: %v; the slowest search %v", len(lines), counts, slowest)
	if n := counts["mended"] + counts["offered"]; n < leastAided {
		t.Errorf("of %d misspellings %d are mended or offered, want at least %d", len(lines), n, leastAided)
	}

	left := map[string]int{}
	rare := spelling(t, "spelt.tsv")
	for _, word := range rare {
		got, words := aided(t, s, word, word)
		left[got]++
		if got == "another" {
			t.Errorf("%s is replaced by %v", word, words)
		} else if got != "nothing" {
			t.Logf("%s: %s %v", word, got, words)
		}
	}
	t.Logf("of %d rare words: %v", len(rare), left)
}

// quickest is the least of three times that something takes: what else the machine does makes it slower, never faster.
func quickest(do func()) time.Duration {
	least := time.Hour
	for range 3 {
		start := time.Now()
		do()
		least = min(least, time.Since(start))
	}
	return least
}

// aided tells what a reader gets who types a word: it is mended or offered as what was meant, replaced by another word,
// asked about with another, or nothing is said.
func aided(t *testing.T, s query.Searcher, typed, meant string) (kind string, words []string) {
	t.Helper()
	ans, err := s.Search(t.Context(), query.Request{Text: typed, Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := s.Analyzer.Lemmas(meant[strings.LastIndexByte(meant, ' ')+1:], "da")
	same := func(word string) bool {
		return slices.ContainsFunc(s.Analyzer.Lemmas(word, "da"), func(l string) bool { return slices.Contains(want, l) })
	}
	u := ans.Understood
	for _, a := range u.Added {
		if a.Kind == index.Repaired && !a.Off {
			words = append(words, a.Text)
			if same(a.Text) {
				return "mended", words
			}
		}
	}
	if len(words) > 0 {
		return "another", words
	}
	for _, o := range u.Offers {
		words = append(words, o.Meant)
		if same(o.Meant) {
			return "offered", words
		}
	}
	if len(words) > 0 {
		return "asked", words
	}
	return "nothing", nil
}

// spelling reads a list of words, a line each, without its comments.
func spelling(t testing.TB, name string) []string {
	t.Helper()
	f, err := os.Open(spellings + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}
