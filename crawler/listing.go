package crawler

import (
	"time"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// maxListed bounds the addresses of one listing: the 50,000 that a sitemap may hold.
const maxListed = 50_000

// largeListing is from when on a listing is read alone: 100,000 items of a feed are 100 MB once they are parsed.
const largeListing = 1 << 20

// listing reads a sitemap or feed. What came before a damage counts; a listing that gave nothing is an error.
func (r *reader) listing(u state.URL, page fetch.Page) ([]state.Found, error) {
	if len(page.Body) > largeListing {
		r.c.files <- struct{}{}
		defer func() { <-r.c.files }()
	}
	g := gatherer{atlas: r.c.atlas, row: u, maxDepth: r.c.o.MaxDepth, limit: maxListed, seen: map[string]int{u.URL: -1}}
	read := g.sitemap
	if u.Kind == state.Feed {
		read = g.feed
	}
	err := read(page)
	if err != nil && len(g.all) > 0 {
		r.c.o.Log.Info("listing is damaged", "url", redact(u.URL), "read", len(g.all), "error", err)
		err = nil
	}
	return g.all, err
}

func (g *gatherer) sitemap(page fetch.Page) error {
	m, err := discover.Sitemap(page.Body, page.URL)
	for _, child := range m.Children {
		f := g.at(g.atlas.findListing(child), state.Sitemap, state.ViaSitemap)
		f.Priority = state.Listings
		g.add(f)
	}
	for _, l := range m.URLs {
		g.listed(l.Loc, state.ViaSitemap, l.LastMod)
		for _, alt := range l.Alternates {
			g.listed(alt.URL, state.ViaAlternate, time.Time{})
		}
	}
	return err
}

func (g *gatherer) feed(page fetch.Page) error {
	items, err := discover.Feed(page.Body, page.URL)
	for _, item := range items {
		claimed := item.Updated
		if claimed.IsZero() {
			claimed = item.Published
		}
		g.listed(item.URL, state.ViaFeed, claimed)
	}
	return err
}

// listed places a page that a listing names.
func (g *gatherer) listed(abs string, via state.Via, claimed time.Time) {
	f := g.at(g.atlas.find(abs), state.Page, via)
	f.Priority, f.Claimed = state.Listed, claimed
	g.add(f)
}
