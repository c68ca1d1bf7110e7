package answer

import (
	"context"

	"smaabornsviden/index"
)

// Reserved counts the hits of an answer whose source reserves them from text and data mining: they are found and stay out of
// files. Where the answer does not show them all, one more search lists them, without texts, facets and explanations. For more than
// index.MaxSize hits it would be many searches: ok is false, and so it is when the index has moved on meanwhile.
func (f *Finder) Reserved(ctx context.Context, ans Answer) (n int, ok bool, err error) {
	if ans.Total == len(ans.Hits) {
		for _, h := range ans.Hits {
			n += reserved(h.Doc)
		}
		return n, true, nil
	}
	if ans.Total > index.MaxSize {
		return 0, false, nil
	}
	plan := ans.plan
	plan.Offset, plan.After, plan.Size = 0, index.Cursor{}, index.MaxSize
	plan.Facets, plan.Explain, plan.WithBody = nil, false, false
	page, err := f.Searcher.Engine.Search(ctx, plan)
	if err != nil || page.Total != ans.Total {
		return 0, false, err
	}
	for _, h := range page.Hits {
		n += reserved(h.Doc)
	}
	return n, true, nil
}

func reserved(d index.Document) int {
	if d.TDMReserved {
		return 1
	}
	return 0
}
