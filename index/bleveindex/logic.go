package bleveindex

import (
	"context"

	"smaabornsviden/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// logical finds the documents of a segment that fulfil the plan's condition, with the scores of the groups that are not excluded.
func (s *scores) logical(ctx context.Context, q *query, p *part) ([]uint32, error) {
	matched := map[int]*roaring.Bitmap{}
	for i := range q.clauses {
		c := &q.clauses[i]
		switch c.occur {
		case index.Should:
			if err := s.add(ctx, c, p, false); err != nil {
				return nil, err
			}
			matched[c.group] = roaring.BitmapOf(s.group...)
		case index.Not:
			docs, err := p.having(ctx, c)
			if err != nil {
				return nil, err
			}
			matched[c.group] = docs
		}
	}
	return p.fulfilling(q.plan.Logic, matched).ToArray(), nil
}

// having are the documents of a segment that match a group.
func (p *part) having(ctx context.Context, c *clause) (*roaring.Bitmap, error) {
	docs := roaring.New()
	for i := range c.readings {
		found, err := p.find(ctx, &c.readings[i], nil)
		if err != nil {
			return nil, err
		}
		lang := p.langFilter(c.readings[i].lang)
		for _, d := range found.docs {
			if lang.has(d) {
				docs.Add(d)
			}
		}
	}
	return docs, nil
}

// fulfilling are the documents of a segment for which a condition holds, given those that match each group. A group that stands
// nowhere in the index has no documents.
func (p *part) fulfilling(l *index.Logic, matched map[int]*roaring.Bitmap) *roaring.Bitmap {
	out := roaring.New()
	if l.Op == index.OfGroup {
		if docs := matched[l.Group]; docs != nil {
			out.Or(docs)
		}
		return out
	}
	if l.Op == index.AllOf {
		out.AddRange(0, uint64(p.n))
	}
	for i := range l.Args {
		docs := p.fulfilling(&l.Args[i], matched)
		if l.Op == index.AllOf {
			out.And(docs)
			continue
		}
		out.Or(docs)
	}
	if l.Op == index.NoneOf {
		out.Flip(0, uint64(p.n))
	}
	return out
}
