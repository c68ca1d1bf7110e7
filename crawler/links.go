package crawler

import (
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/state"
)

// maxLinks bounds the addresses taken from one page. A page that names more is a machine's.
const maxLinks = 5000

// gatherer collects the addresses that a page or listing names, each once.
type gatherer struct {
	atlas    *atlas
	row      state.URL
	maxDepth int
	limit    int
	all      []state.Found
	seen     map[string]int // place in all
}

// links returns everything that a read page leads to.
func (a *atlas) links(row state.URL, ext extract.Result, maxDepth int) []state.Found {
	g := gatherer{atlas: a, row: row, maxDepth: maxDepth, limit: maxLinks, seen: map[string]int{row.URL: -1}}
	for _, l := range ext.Links {
		g.page(l.URL, state.ViaLink, l.Nofollow)
	}
	for _, alt := range ext.Alternates {
		g.page(alt.URL, state.ViaAlternate, false)
	}
	for _, feed := range ext.Feeds {
		f := g.at(a.findListing(feed), state.Feed, state.ViaAlternate)
		f.Priority = state.Listings
		g.add(f)
	}
	return g.all
}

// page places a link to a page.
func (g *gatherer) page(abs string, via state.Via, nofollow bool) {
	p := g.atlas.find(abs)
	f := g.at(p, state.Page, via)
	if f.Reason == "" && nofollow {
		f.Reason, f.Origin = state.NoFollow, ""
	}
	g.add(f)
}

// at is a place as a find of this row.
func (g *gatherer) at(p place, kind state.Kind, via state.Via) state.Found {
	f := state.Found{URL: p.url, Source: g.row.Source, Kind: kind, Via: via, Depth: g.row.Depth + 1, Priority: state.Links, Reason: p.reason}
	if p.scope != nil {
		f.Source = p.scope.ID
	}
	if f.Reason == "" && f.Depth > g.maxDepth {
		f.Reason = state.TooDeep
	}
	if f.Reason == "" {
		f.Origin = originOf(p.url)
	}
	return f
}

// add keeps one find per address; one that may be followed beats one that may not.
func (g *gatherer) add(f state.Found) {
	if f.URL == "" || len(g.all) >= g.limit {
		return // mailto, javascript and the like are no addresses that could be visited
	}
	i, known := g.seen[f.URL]
	switch {
	case !known:
		g.seen[f.URL] = len(g.all)
		g.all = append(g.all, f)
	case i >= 0 && g.all[i].Reason == state.NoFollow && f.Reason == "":
		g.all[i] = f
	}
}
