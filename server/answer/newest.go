package answer

import (
	"context"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// Newest finds the newest documents that have a value of a facet, with all facets counted; an empty facet means all
// documents. They carry no snippets, since nothing was searched for.
func (f *Finder) Newest(ctx context.Context, facet, value string, n int, names *Names) (Answer, error) {
	q := Question{Page: 1, Size: n}
	plan := index.Plan{Size: n, Sort: index.ByNewest, Facets: Facets}
	if facet != "" {
		q.Chosen = map[string][]string{facet: {value}}
		plan.Filters = []index.Filter{{Facet: facet, Values: []string{value}}}
	}
	found, err := f.Searcher.Engine.Search(ctx, plan)
	if err != nil {
		return Answer{Question: q}, err
	}
	ans := Answer{Question: q, Total: found.Total, Pages: pages(found.Total, n), Generation: found.Generation, Seq: found.Seq}
	if ans.Hits, err = f.hits(ctx, query.Answer{Plan: plan, Page: found}); err != nil {
		return ans, err
	}
	ans.Facets = facets(q, found, names)
	return ans, f.beside(ctx, ans.Hits, names)
}
