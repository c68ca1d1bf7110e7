package bleveindex

import (
	"context"
	"encoding/json"
	"fmt"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"
)

// search answers a plan on a view.
func (g *generation) search(ctx context.Context, v *view, plan *index.Plan) (index.Page, error) {
	q, err := resolve(ctx, plan, v)
	if err != nil {
		return index.Page{}, err
	}
	s := g.scores.Get().(*scores)
	defer g.scores.Put(s)

	page := index.Page{Generation: g.name, Seq: v.seq, Hits: []index.Hit{}}
	best, counts := newTop(plan), newFacetCounts(plan)
	for _, p := range v.segments {
		n, err := g.searchPart(ctx, q, p, s, best, counts)
		if err != nil {
			return index.Page{}, err
		}
		page.Total += n
	}
	page.Facets = counts.facets()
	hits, next := best.page(plan.Offset)
	page.Next = next
	for i := range hits {
		doc, err := hits[i].part.document(hits[i].doc, plan.WithBody)
		if err != nil {
			return index.Page{}, err
		}
		page.Hits = append(page.Hits, index.Hit{Doc: doc, Score: hits[i].score})
	}
	if plan.Explain {
		err = g.explainAll(ctx, q, hits, page.Hits)
	}
	return page, err
}

// searchPart takes the hits of one segment in and returns how many they are.
func (g *generation) searchPart(ctx context.Context, q *query, p *part, s *scores, best *top, counts *facetCounts) (int, error) {
	if q.nothing {
		return 0, nil
	}
	s.reset(p.n)
	matches, err := s.matching(ctx, q, p, g.views.postings)
	if err != nil || len(matches) == 0 {
		return 0, err
	}
	total := 0
	f := p.filter(q.plan)
	verdicts := make([]int, len(matches))
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
	for i := range q.clauses {
		if c := &q.clauses[i]; c.occur == index.Lift {
			if err := s.lift(ctx, c, p, g.views.postings); err != nil {
				return 0, err
			}
		}
	}
	for i, d := range matches {
		if verdicts[i] == isHit {
			best.add(hit{score: rank.Round(s.total[d]), day: p.day[d], part: p, doc: d})
		}
	}
	return total, nil
}

// explainAll fills in Why, segment by segment.
func (g *generation) explainAll(ctx context.Context, q *query, hits []hit, shown []index.Hit) error {
	docs := map[*part][]uint32{}
	for i := range hits {
		docs[hits[i].part] = append(docs[hits[i].part], hits[i].doc)
	}
	for p, list := range docs {
		why, err := explain(ctx, q, p, list, g.views.postings)
		if err != nil {
			return err
		}
		for i := range hits {
			if hits[i].part == p {
				shown[i].Why = why[hits[i].doc]
			}
		}
	}
	return nil
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
