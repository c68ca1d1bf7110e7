package bleveindex

import (
	"context"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"

	"github.com/RoaringBitmap/roaring/v2"
)

// explain fills in Why of the hits shown, segment by segment. It goes through the groups once more, with the same
// arithmetic as the scores, but looks at the postings of these documents only: keeping the alternatives of
// all hits while scoring would cost more than the ten that are shown.
func explain(ctx context.Context, q *query, hits []hit, shown []index.Hit) error {
	docs := map[*part][]uint32{}
	for i := range hits {
		docs[hits[i].part] = append(docs[hits[i].part], hits[i].doc)
	}
	for p, list := range docs {
		why, err := q.explain(ctx, p, list)
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

// explain works out which alternative of each group counted for some documents of a segment.
func (q *query) explain(ctx context.Context, p *part, docs []uint32) (map[uint32][]index.Because, error) {
	only := roaring.BitmapOf(docs...)
	why := map[uint32][]index.Because{}
	for i := range q.clauses {
		c := &q.clauses[i]
		if c.occur == index.Not {
			continue
		}
		best, err := c.best(ctx, p, only)
		if err != nil {
			return nil, err
		}
		for d, b := range best {
			why[d] = append(why[d], index.Because{
				Group: c.group, Alt: b.Alt, Freq: float64(b.Freq), Score: float64(b.Score),
			})
		}
	}
	return why, nil
}

// best finds the best alternative of a group for each of some documents.
func (c *clause) best(ctx context.Context, p *part, only *roaring.Bitmap) (map[uint32]*rank.Best, error) {
	best := map[uint32]*rank.Best{}
	for i := range c.readings {
		r := &c.readings[i]
		found, err := p.find(ctx, r, only)
		if err != nil {
			return nil, err
		}
		lang := p.langFilter(r.lang)
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
	return best, nil
}
