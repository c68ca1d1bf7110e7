package answer

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"smaabornsviden/index"
)

// mostWalked is how many hits are looked through for those that were seen last: what is new to us may be old by its own
// date, and an index knows no order by the day on which a crawl met it. At some 10,000 documents a second it is half a second.
const mostWalked = 5_000

// Altered tells when each of the documents named last changed at its source; one that is not known to have is not in the answer.
type Altered func(ctx context.Context, docs []string) (map[string]time.Time, error)

// Latest lists the documents of a question in which something happened last, the latest first, at most n of them: the crawl met
// them or, as the map tells by id, saw that they had changed. Of more than mostWalked hits it looks through the newest by their own
// dates. An empty question means all documents.
func (f *Finder) Latest(ctx context.Context, q Question, n int, altered Altered) ([]index.Document, map[string]time.Time, error) {
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
	changed := map[string]time.Time{}
	for walked := 0; err == nil; walked += len(page.Hits) {
		for _, h := range page.Hits {
			h.Doc.Body = ""
			docs = append(docs, h.Doc)
		}
		if err = addAltered(ctx, altered, page.Hits, changed); err != nil {
			break
		}
		docs = latest(docs, changed, n)
		if page.Next.IsZero() || walked >= mostWalked {
			docs, err = f.opened(ctx, docs)
			return docs, changed, err
		}
		plan.Offset, plan.After, plan.Explain = 0, page.Next, false
		page, err = f.Searcher.Engine.Search(ctx, plan)
	}
	return nil, nil, err
}

// addAltered notes when the documents of some hits changed.
func addAltered(ctx context.Context, altered Altered, hits []index.Hit, changed map[string]time.Time) error {
	if len(hits) == 0 {
		return nil
	}
	ids := make([]string, 0, len(hits))
	for _, h := range hits {
		ids = append(ids, h.Doc.ID)
	}
	some, err := altered(ctx, ids)
	maps.Copy(changed, some)
	return err
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

func latest(docs []index.Document, changed map[string]time.Time, n int) []index.Document {
	slices.SortStableFunc(docs, func(a, b index.Document) int {
		return Moment(b, changed[b.ID]).Compare(Moment(a, changed[a.ID]))
	})
	return docs[:min(n, len(docs))]
}

// Moment is when something last happened in a document: it changed at the time given, else it was first seen; zero when
// neither is known.
func Moment(d index.Document, changed time.Time) time.Time {
	if changed.After(d.FirstSeen) {
		return changed
	}
	return d.FirstSeen
}
