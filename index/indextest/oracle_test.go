package indextest

import (
	"testing"

	"smaabornsviden/index"
)

func TestOracle(t *testing.T) {
	a := analyzer(t)
	Run(t, func(*testing.T) index.Engine { return NewOracle(a) })
}

func TestCorpusIsTheSameForTheSameSeed(t *testing.T) {
	for i, d := range Corpus(9, 50) {
		if again := Corpus(9, 50)[i]; again.ID != d.ID || again.Title != d.Title || again.Body != d.Body {
			t.Fatalf("document %d differs: %q, %q", i, d.Title, again.Title)
		}
	}
}
