package query

import (
	"context"
	"slices"

	"smaabornsviden/index"
)

// inside notes which words are looked for inside longer ones as well, "sprog" in "sprogmiljø", where a document has such a
// word. It is the one alternative that every word has, so it is noted last.
func (s Searcher) inside(ctx context.Context, r *reading, off []string) error {
	for i := range r.units {
		u := &r.units[i]
		if !u.opens() {
			continue
		}
		counts, err := s.Engine.DocFreq(ctx, index.Parts, u.token.Lemmas)
		if err != nil {
			return err
		}
		if slices.Max(append(counts, 0)) > 0 {
			r.open(u, off)
		}
	}
	return nil
}

// opens reports whether the unit is looked for inside longer words.
func (u *unit) opens() bool { return !u.off && len(u.phrase) == 0 && !u.split() }

func (r *reading) open(u *unit, off []string) {
	u.closed = !r.allowed(off, Added{Kind: index.PartOf, For: u.typed, Text: u.token.Text})
}
