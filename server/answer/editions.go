package answer

import (
	"context"
	"errors"

	"smaabornsviden/index"
)

// mostOlder is how many other editions a hit names; the page about the document has all.
const mostOlder = 2

// beside adds to hits what stands beside them: other editions with their years, and whether the source is closed.
func (f *Finder) beside(ctx context.Context, hits []Hit, names *Names) error {
	for i := range hits {
		h := &hits[i]
		h.Closed = names.Closed(h.Doc.Source)
		for _, r := range h.Doc.Related {
			if r.Kind != "udgave" || len(h.Older) == mostOlder {
				continue
			}
			d, err := f.Searcher.Engine.Document(ctx, r.ID)
			switch {
			case errors.Is(err, index.ErrNotFound): // taken down since the groups were made
			case err != nil:
				return err
			default:
				h.Older = append(h.Older, Older{ID: d.ID, Title: oneLine(d.Title), Lang: d.Lang.Value, Date: d.ShownDate()})
			}
		}
	}
	return nil
}
