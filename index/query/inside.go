package query

import (
	"context"
	"slices"

	"smaabornsviden/index"
)

// inside notes which words are looked for inside longer ones as well, "sprog" in "sprogmiljø", where a document has such a
// word. It is the one alternative that every word has, so it is noted last.
func (s Searcher) inside(ctx context.Context, r *reading, off []string) error {
	var forms []string
	for i := range r.units {
		if u := &r.units[i]; u.opens() {
			forms = append(forms, u.stems()...)
		}
	}
	counts, err := s.Engine.DocFreq(ctx, index.Parts, forms)
	if err != nil {
		return err
	}
	for i := range r.units {
		u := &r.units[i]
		if !u.opens() {
			continue
		}
		own := counts[:len(u.stems())]
		counts = counts[len(own):]
		if slices.ContainsFunc(own, func(n int) bool { return n > 0 }) {
			r.open(u, off)
		}
	}
	return nil
}

// opens reports whether the unit is looked for inside longer words.
func (u *unit) opens() bool { return !u.off && len(u.phrase) == 0 && !u.split() }

func (r *reading) open(u *unit, off []string) {
	u.closed = !r.allowed(off, Added{Kind: index.PartOf, For: u.typed, Text: u.token.Text, Not: u.clause.Not})
}
