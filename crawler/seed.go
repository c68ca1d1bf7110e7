package crawler

import (
	"context"
	"maps"
	"slices"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/state"
)

// seed adds the addresses that the register names. Those of sources that we do not visit are listed with the reason.
func (k *keeper) seed(ctx context.Context) error {
	var found []state.Found
	for _, sc := range k.c.atlas.scopes {
		if !k.c.selected(sc.ID) {
			continue
		}
		for _, start := range sc.Starts() {
			found = append(found, k.c.atlas.start(sc, start))
		}
		if !sc.Fetched() {
			continue
		}
		for _, s := range sc.Sitemaps {
			found = k.c.atlas.appendListing(found, sc, s, state.Sitemap, state.ViaRegister)
		}
		for _, f := range sc.Feeds {
			found = k.c.atlas.appendListing(found, sc, f, state.Feed, state.ViaRegister)
		}
		lists, err := providersOf(sc)
		if err != nil {
			return err
		}
		for _, address := range slices.Sorted(maps.Keys(lists)) {
			found = append(found, state.Found{
				URL: address, Origin: originOf(address), Source: sc.ID, Kind: state.OAI, Via: state.ViaRegister, Depth: 1, Priority: state.Listings,
			})
		}
	}
	_, err := k.st.Add(ctx, k.run.ID, k.c.o.Clock.Now(), found)
	return err
}

// start is a start address of a source. One outside the source's own prefixes is visited for its links.
func (a *atlas) start(sc *scope, raw string) state.Found {
	d := sc.pages.Decide(raw, "")
	f := state.Found{URL: d.URL, Source: sc.ID, Kind: state.Page, Via: state.ViaStart, Priority: state.Starts, Reason: state.Reason(d.Refusal)}
	if d.Refusal == canonical.NotIncluded {
		f.Reason = ""
	}
	if why, _ := policyReason(sc); why != "" {
		f.Reason = why
	}
	if f.Reason == "" && !sc.Fetched() {
		f.Reason = state.PolicyAsk
	}
	if f.Reason == "" {
		f.Origin = originOf(f.URL)
	}
	return f
}

// appendListing adds a sitemap or feed when it lies on a host of a source that is visited.
func (a *atlas) appendListing(found []state.Found, sc *scope, raw string, kind state.Kind, via state.Via) []state.Found {
	abs, err := canonical.Parse(raw, sc.Home)
	if err != nil {
		return found // the register was checked; a site's own robots.txt may write what it likes
	}
	p := a.findListing(abs)
	f := state.Found{URL: p.url, Source: sc.ID, Kind: kind, Via: via, Depth: 1, Priority: state.Listings, Reason: p.reason}
	if p.url == "" {
		return found
	}
	if p.scope != nil {
		f.Source = p.scope.ID
	}
	if f.Reason == "" {
		f.Origin = originOf(p.url)
	}
	return append(found, f)
}
