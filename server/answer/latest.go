package answer

import (
	"context"
	"errors"
	"slices"

	"smaabornsviden/index"
)

// mostWalked is how many hits are looked through for those that were seen last: what is new to us may be old by its own
// date, and an index knows no order by the day on which a crawl met it. At some 10,000 documents a second it is half a second.
const mostWalked = 5_000

// Latest lists the documents of a question that the crawl met last, the latest first, at most n of them. Of more than
// mostWalked hits it looks through the newest by their own dates. An empty question means all documents.
func (f *Finder) Latest(ctx context.Context, q Question, n int) ([]index.Document, error) {
	plan := index.Plan{Sort: index.ByNewest, Size: index.MaxSize}
	page, err := index.Page{}, error(nil)
	if q.IsEmpty() {
		page, err = f.Searcher.Engine.Search(ctx, plan)
	} else {
		q.Page, q.Size, q.After, q.Sort = 1, index.MaxSize, nil, string(index.ByNewest)
		r := request(q)
		r.Facets, r.NoBody = nil, true
		found, failed := f.Searcher.Search(ctx, r)
		page, plan, err = found.Page, found.Plan, failed
	}
	var docs []index.Document
	for walked := 0; err == nil; walked += len(page.Hits) {
		for _, h := range page.Hits {
			h.Doc.Body = ""
			docs = append(docs, h.Doc)
		}
		docs = latest(docs, n)
		if page.Next.IsZero() || walked >= mostWalked {
			return f.opened(ctx, docs)
		}
		plan.Offset, plan.After, plan.Explain = 0, page.Next, false
		page, err = f.Searcher.Engine.Search(ctx, plan)
	}
	return nil, err
}

// opened gives documents without an abstract the beginning of their text in its place, as far as it may be shown. Bodies are read
// for these few alone, not for all that were looked through.
func (f *Finder) opened(ctx context.Context, docs []index.Document) ([]index.Document, error) {
	for i := range docs {
		d := &docs[i]
		if text, _ := Resume(*d); text != "" {
			continue
		}
		whole, err := f.Searcher.Engine.Document(ctx, d.ID)
		switch {
		case errors.Is(err, index.ErrNotFound):
			continue // gone since
		case err != nil:
			return nil, err
		}
		d.Abstract = Opening(whole)
	}
	return docs, nil
}

func latest(docs []index.Document, n int) []index.Document {
	slices.SortStableFunc(docs, func(a, b index.Document) int { return b.FirstSeen.Compare(a.FirstSeen) })
	return docs[:min(n, len(docs))]
}
