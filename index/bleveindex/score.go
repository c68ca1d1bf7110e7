package bleveindex

import (
	"context"
	"slices"

	"smaabornsviden/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// scores works one segment through, term by term: postings are read straight through and added up in arrays
// by document number. With dozens of terms in a query, four-grams above all, this is several
// times faster than walking all terms document by document, and each group adds up in the same order
// everywhere. Its arrays serve one segment after another.
type scores struct {
	total   []float64
	best    []float32 // of the group at work
	stamp   []uint16  // number of the group that best is of; 0 is none
	must    []uint8   // Must groups matched
	should  []uint8   // Should groups matched
	state   []uint8   // see below
	touched []uint32  // documents with anything but zero in the arrays
	group   []uint32  // documents that the group at work has matched
	number  uint16    // of the group at work
}

// States of a document.
const (
	undecided uint8 = iota
	dropped         // matched by a Not group
	passed          // a hit
)

// reset makes room for a segment of n documents and clears what the last one left.
func (s *scores) reset(n int) {
	for _, d := range s.touched {
		s.total[d], s.stamp[d], s.must[d], s.should[d], s.state[d] = 0, 0, 0, 0, undecided
	}
	s.touched, s.group, s.number = s.touched[:0], s.group[:0], 0
	if len(s.total) < n {
		*s = scores{
			total: make([]float64, n), best: make([]float32, n), stamp: make([]uint16, n),
			must: make([]uint8, n), should: make([]uint8, n), state: make([]uint8, n),
		}
	}
}

// touch remembers a document for reset.
func (s *scores) touch(d uint32) {
	if s.stamp[d] == 0 {
		s.touched = append(s.touched, d)
	}
}

// matching finds the documents of a segment that the plan's groups let through, with the scores of the
// matching groups. Deleted ones may be among them: leaving them out costs less once, at the end.
func (s *scores) matching(ctx context.Context, q *query, p *part) ([]uint32, error) {
	if q.plan.Logic != nil {
		return s.logical(ctx, q, p)
	}
	for i := range q.clauses {
		c := &q.clauses[i]
		var err error
		switch c.occur {
		case index.Must:
			err = s.match(ctx, c, p, s.must)
		case index.Should:
			err = s.match(ctx, c, p, s.should)
		case index.Not:
			err = s.exclude(ctx, c, p)
		}
		if err != nil {
			return nil, err
		}
	}
	if q.matchesAll() {
		return s.all(p), nil
	}
	must, should := uint8(q.must), q.minShould
	matches := make([]uint32, 0, len(s.touched))
	for _, d := range s.touched {
		if s.must[d] == must && int(s.should[d]) >= should && s.state[d] != dropped {
			matches = append(matches, d)
		}
	}
	return matches, nil
}

// all are the documents of a segment that no Not group has dropped.
func (s *scores) all(p *part) []uint32 {
	docs := make([]uint32, 0, p.n)
	for d := range uint32(p.n) {
		if s.state[d] != dropped {
			docs = append(docs, d)
		}
	}
	return docs
}

// match scores a group that decides what is found, and counts it for the documents it matches.
func (s *scores) match(ctx context.Context, c *clause, p *part, matched []uint8) error {
	if err := s.add(ctx, c, p, false); err != nil {
		return err
	}
	for _, d := range s.group {
		matched[d]++
	}
	return nil
}

// lift adds the Lift groups to the scores of the hits. They come last, so that postings by the thousand, as four-grams
// have, are scored for hits only.
func (s *scores) lift(ctx context.Context, q *query, p *part) error {
	for i := range q.clauses {
		if c := &q.clauses[i]; c.occur == index.Lift {
			if err := s.add(ctx, c, p, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// add adds a group's best alternative to the score of each document that has one.
func (s *scores) add(ctx context.Context, c *clause, p *part, hitsOnly bool) error {
	s.begin()
	for i := range c.readings {
		r := &c.readings[i]
		found, err := p.find(ctx, r, nil)
		if err != nil {
			return err
		}
		lang := p.langFilter(r.lang)
		for j, d := range found.docs {
			if hitsOnly && s.state[d] != passed || !lang.has(d) {
				continue
			}
			s.offer(d, r.scorer.Score(found.freqs[j], found.lens[j]))
		}
	}
	for _, d := range s.group {
		s.total[d] += float64(s.best[d])
	}
	return nil
}

// exclude drops the documents that a Not group matches.
func (s *scores) exclude(ctx context.Context, c *clause, p *part) error {
	s.begin()
	for i := range c.readings {
		found, err := p.find(ctx, &c.readings[i], nil)
		if err != nil {
			return err
		}
		lang := p.langFilter(c.readings[i].lang)
		for _, d := range found.docs {
			if lang.has(d) {
				s.touch(d)
				s.stamp[d] = s.number
				s.state[d] = dropped
			}
		}
	}
	return nil
}

// pass marks a document as a hit.
func (s *scores) pass(d uint32) {
	s.touch(d)
	s.state[d] = passed
	if s.stamp[d] == 0 {
		s.stamp[d] = s.number
	}
}

// begin starts a group: what the arrays hold of the one before is told apart by its stamp, so nothing has to be
// cleared in between.
func (s *scores) begin() {
	s.number++
	s.group = s.group[:0]
}

// offer takes the score of a reading for a document in the group at work.
func (s *scores) offer(d uint32, score float32) {
	if s.stamp[d] == s.number {
		s.best[d] = max(s.best[d], score)
		return
	}
	s.touch(d)
	s.stamp[d] = s.number
	s.best[d] = score
	s.group = append(s.group, d)
}

// find reads the postings of a reading in a segment; only those of the documents in only, when it is given.
func (p *part) find(ctx context.Context, r *reading, only *roaring.Bitmap) (*postings, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch {
	case p.langFilter(r.lang).nothing:
		return none, nil
	case r.field.Facet():
		return p.described(r.field, r.words[0], only), nil
	case len(r.words) > 1:
		return p.readPhrase(r.field, r.words, r.slop, only)
	case only == nil:
		return p.cache.term(p, r.field, r.words[0])
	}
	if known := p.cache.get(postingsKey{p.id, r.field, r.words[0]}); known != nil {
		return known.only(only), nil
	}
	return p.readTerm(r.field, r.words[0], only)
}

// langFilter lets documents of one language through; its zero value lets all.
type langFilter struct {
	column  *facetColumn
	ord     uint32
	nothing bool // the segment has no document of the language
}

// langFacet is the number of the language among the facets' columns.
var langFacet = slices.Index(index.Facets, index.FacetLang)

func (p *part) langFilter(lang string) langFilter {
	if lang == "" {
		return langFilter{}
	}
	column := &p.facets[langFacet]
	ord := slices.Index(column.values, lang)
	return langFilter{column: column, ord: uint32(ord), nothing: ord < 0}
}

func (f *langFilter) has(d uint32) bool {
	return f.column == nil || slices.Contains(f.column.of(d), f.ord)
}
