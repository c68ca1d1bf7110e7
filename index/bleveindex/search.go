package bleveindex

import (
	"context"
	"encoding/json"
	"fmt"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"
)

// search answers a plan on a view: it finds and counts segment by segment, keeps the hits of the page, and reads
// stored documents for those alone.
func (g *generation) search(ctx context.Context, v *view, plan *index.Plan) (index.Page, error) {
	page := index.Page{Generation: g.name, Seq: v.seq, Hits: []index.Hit{}}
	q, err := resolve(ctx, plan, v)
	if err != nil {
		return page, err
	}
	best, counts := newTop(plan), newFacetCounts(plan)
	if !q.nothing {
		s := g.scores.Get().(*scores)
		defer g.scores.Put(s)
		for _, p := range v.segments {
			n, err := p.search(ctx, q, s, best, counts)
			if err != nil {
				return page, err
			}
			page.Total += n
		}
	}
	page.Facets = counts.facets()
	err = q.show(ctx, best, &page)
	return page, err
}

// show fills the page in with the hits that it shows.
func (q *query) show(ctx context.Context, best *top, page *index.Page) error {
	var hits []hit
	hits, page.Next = best.page(q.plan.Offset)
	for i := range hits {
		doc, err := hits[i].part.document(hits[i].doc, q.plan.WithBody)
		if err != nil {
			return err
		}
		page.Hits = append(page.Hits, index.Hit{Doc: doc, Score: hits[i].score})
	}
	if !q.plan.Explain {
		return nil
	}
	return explain(ctx, q, hits, page.Hits)
}

// search takes the hits of one segment in and returns how many they are.
func (p *part) search(ctx context.Context, q *query, s *scores, best *top, counts *facetCounts) (int, error) {
	s.reset(p.n)
	matches, err := s.matching(ctx, q, p)
	if err != nil || len(matches) == 0 {
		return 0, err
	}
	total := 0
	f, err := p.filter(q.plan)
	if err != nil {
		return 0, err
	}
	verdicts := make([]int8, len(matches))
	for i, d := range matches {
		if verdicts[i] = f.verdict(p, d); verdicts[i] == isHit {
			s.pass(d)
			total++
		}
	}
	counts.add(p, matches, verdicts)
	if total == 0 {
		return 0, nil
	}
	if err := s.lift(ctx, q, p); err != nil {
		return 0, err
	}
	for i, d := range matches {
		if verdicts[i] == isHit {
			best.add(hit{score: rank.Round(s.total[d]), day: p.day[d], part: p, doc: d})
		}
	}
	return total, nil
}

// document reads a stored document.
func (p *part) document(doc uint32, withBody bool) (index.Document, error) {
	var (
		d   index.Document
		bad error
	)
	// The visitor never stops early: Bleve would then hand the same buffer to two readers.
	err := p.VisitStoredFields(uint64(doc), func(name string, _ byte, value []byte, _ []uint64) bool {
		switch {
		case name == storedField:
			bad = json.Unmarshal(value, &d)
		case name == bodyField && withBody:
			d.Body = string(value)
		}
		return true
	})
	if err == nil {
		err = bad
	}
	if err != nil {
		return d, fmt.Errorf("read stored document %s: %w", p.ids.of(doc), err)
	}
	return d, nil
}
