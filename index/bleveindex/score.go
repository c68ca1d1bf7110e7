package bleveindex

import (
	"context"
	"slices"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"

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
// matching groups. Deleted ones may be among them.
func (s *scores) matching(ctx context.Context, q *query, p *part, cache *postingsCache) ([]uint32, error) {
	for i := range q.clauses {
		c := &q.clauses[i]
		var err error
		switch c.occur {
		case index.Must:
			err = s.add(ctx, c, p, cache, s.must)
		case index.Should:
			err = s.add(ctx, c, p, cache, s.should)
		case index.Not:
			err = s.exclude(ctx, c, p, cache)
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

// add scores a group and counts its matches in matched.
func (s *scores) add(ctx context.Context, c *clause, p *part, cache *postingsCache, matched []uint8) error {
	s.begin()
	for i := range c.readings {
		r := &c.readings[i]
		found, lang, err := p.find(ctx, r, cache)
		if err != nil {
			return err
		}
		for j, d := range found.docs {
			if !lang.has(d) {
				continue
			}
			s.offer(d, r.scorer.Score(found.freqs[j], found.lens[j]))
		}
	}
	for _, d := range s.group {
		matched[d]++
		s.total[d] += float64(s.best[d])
	}
	return nil
}

// lift adds a Lift group to the score of the hits.
func (s *scores) lift(ctx context.Context, c *clause, p *part, cache *postingsCache) error {
	s.begin()
	for i := range c.readings {
		r := &c.readings[i]
		found, lang, err := p.find(ctx, r, cache)
		if err != nil {
			return err
		}
		for j, d := range found.docs {
			if s.state[d] != passed || !lang.has(d) {
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

func (s *scores) exclude(ctx context.Context, c *clause, p *part, cache *postingsCache) error {
	s.begin()
	for i := range c.readings {
		found, lang, err := p.find(ctx, &c.readings[i], cache)
		if err != nil {
			return err
		}
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

// find reads the postings of a reading in a segment.
func (p *part) find(ctx context.Context, r *reading, cache *postingsCache) (*postings, langFilter, error) {
	lang := p.langFilter(r.lang)
	if err := ctx.Err(); err != nil {
		return nil, lang, err
	}
	if lang.nothing {
		return none, lang, nil
	}
	if len(r.words) == 1 {
		found, err := cache.term(p, r.field, r.words[0])
		return found, lang, err
	}
	found, err := p.readPhrase(r.field, r.words, r.slop, nil)
	return found, lang, err
}

// langFilter lets documents of one language through; its zero value lets all.
type langFilter struct {
	column  *facetColumn
	ord     uint32
	nothing bool // the segment has no document of the language
}

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

// explain works out which alternative of each group counted for some documents of a segment, with the same
// arithmetic as the scores. Only the postings of these documents are looked at.
func explain(ctx context.Context, q *query, p *part, docs []uint32, cache *postingsCache) (map[uint32][]index.Because, error) {
	only := roaring.BitmapOf(docs...)
	why := map[uint32][]index.Because{}
	for i := range q.clauses {
		if c := &q.clauses[i]; c.occur != index.Not {
			if err := c.explain(ctx, p, only, cache, why); err != nil {
				return nil, err
			}
		}
	}
	return why, nil
}

func (c *clause) explain(ctx context.Context, p *part, only *roaring.Bitmap, cache *postingsCache, why map[uint32][]index.Because) error {
	best := map[uint32]*rank.Best{}
	for i := range c.readings {
		r := &c.readings[i]
		found, lang, err := p.findOnly(ctx, r, only, cache)
		if err != nil {
			return err
		}
		for j, d := range found.docs {
			if !lang.has(d) {
				continue
			}
			if best[d] == nil {
				best[d] = new(rank.Best)
			}
			best[d].Add(r.alt, found.freqs[j], r.scorer.Score(found.freqs[j], found.lens[j]))
		}
	}
	for d, b := range best {
		why[d] = append(why[d], index.Because{Group: c.group, Alt: b.Alt, Freq: float64(b.Freq), Score: float64(b.Score)})
	}
	return nil
}

func (p *part) findOnly(ctx context.Context, r *reading, only *roaring.Bitmap, cache *postingsCache) (*postings, langFilter, error) {
	lang := p.langFilter(r.lang)
	if err := ctx.Err(); err != nil {
		return nil, lang, err
	}
	if lang.nothing {
		return none, lang, nil
	}
	if len(r.words) == 1 {
		if known := cache.get(postingsKey{p.id, r.field, r.words[0]}); known != nil {
			return known.only(only), lang, nil
		}
		found, err := p.readTerm(r.field, r.words[0], only)
		return found, lang, err
	}
	found, err := p.readPhrase(r.field, r.words, r.slop, only)
	return found, lang, err
}
