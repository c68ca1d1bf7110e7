package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index/danish"
)

// TestTablesLeaveTheAnalyzerItsForms: an analyzer remembers the dictionary forms of words and gives out what it remembers. Whoever cuts
// a list of them in place leaves an empty form in the index of everybody else.
func TestTablesLeaveTheAnalyzerItsForms(t *testing.T) {
	used, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(used); err != nil {
		t.Fatal(err)
	}
	fresh, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"da", "en"} {
		for _, word := range []string{"færre", "yderligere", "yngste", "mindste", "tidligere", "youngest", "earlier"} {
			if diff := cmp.Diff(fresh.Lemmas(word, lang), used.Lemmas(word, lang)); diff != "" {
				t.Errorf("%s in %s, as a fresh analyzer has it and as it is behind the tables (-fresh +used):\n%s", word, lang, diff)
			}
		}
	}
}
