package crawler

import (
	"context"
	"slices"

	"smaabornsviden/crawler/state"
)

// learn notes what a page did for its family and for its clan: it became a document, or it led to addresses of others
// that were not known. The pages of an archive are useful so; the months of a calendar lead to each other alone, and the
// ways to narrow a list to other ways to narrow it. What is gone says nothing of the rest of its family: sitemaps list
// the dead in rows.
func (r *recorder) learn(ctx context.Context, u state.URL, o state.Outcome) []state.Pattern {
	if u.Kind != state.Page || u.State != state.New || o.State == state.Failed || o.Reason == state.NotFound || o.Reason == state.GoneForGood {
		return nil
	}
	key, many := family(u.URL)
	if !many {
		return nil
	}
	own := func(k string) string { return k }
	learnt := r.learnOne(ctx, u, o, key, own)
	if all, ok := clan(key); ok {
		learnt = append(learnt, r.learnOne(ctx, u, o, all, clanOf)...)
	}
	return learnt
}

// learnOne notes it for one of the two; of names what an address belongs to.
func (r *recorder) learnOne(ctx context.Context, u state.URL, o state.Outcome, key string, of func(string) string) []state.Pattern {
	p, err := r.st.Pattern(ctx, u.Source, key)
	if err != nil {
		return nil // an error of the store shows at the next write
	}
	if o.Document != nil { // a document among ways to narrow a list is not made useful by the others
		key, of = clanOf(key), clanOf
	}
	ways := r.alive(ctx, u.Source, waysOut(key, of, o.Links))
	b := brought{document: o.Document != nil, sketch: o.Sketch, exits: fnv(ways...)}
	if !b.fresh(p) {
		known, err := r.st.Known(ctx, ways)
		b.leads = err == nil && known < len(ways)
	}
	return []state.Pattern{learn(p, b)}
}

// waysOut are the addresses that a page leads to outside a family, in order, each once.
func waysOut(key string, of func(string) string, links []state.Found) []string {
	var ways []string
	for _, l := range links {
		if l.Reason != "" {
			continue
		}
		if other, _ := family(l.URL); of(other) != key {
			ways = append(ways, l.URL)
		}
	}
	slices.Sort(ways)
	return slices.Compact(ways)
}

// alive leaves out the ways into families that have shown to be endless: a calendar's months lead to its days for ever.
func (r *recorder) alive(ctx context.Context, source string, ways []string) []string {
	endless := map[string]bool{}
	return slices.DeleteFunc(ways, func(way string) bool {
		key, many := family(way)
		if _, asked := endless[key]; !asked && many {
			p, err := r.st.Pattern(ctx, source, key)
			endless[key] = err == nil && spent(p) // an error of the store shows at the next write
		}
		return endless[key]
	})
}
