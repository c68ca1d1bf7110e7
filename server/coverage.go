package server

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
)

// Coverage is what the crawl knows about one source. Times are zero when there was or will be none.
type Coverage struct {
	ID, Name   string
	Sector     string // slug
	Home       string // address
	Policy     string // index, metadata, ask or never; empty when not known
	Why        string // in Danish: why nothing is fetched
	Standing   string // aktiv, arkiv or lukket; empty means aktiv
	Agreement  string // day of a written agreement, yyyy-mm-dd; empty: none
	Contact    string // e-mail or web address of the source
	SnippetMax int    // as in index.Document
	Delay      time.Duration
	Known      int            // addresses
	Refused    map[string]int // addresses that were not taken, by reason
	Failed     map[string]int // addresses whose last visit failed, by reason
	Held       int            // documents whose removal waits for a person
	LastVisit  time.Time
	LastOK     time.Time
	LastFailed time.Time
	Trouble    string // in Danish: why the last visit failed
	NextVisit  time.Time
	Documents  int // that can be found; filled in by the server
}

// sources joins what the crawl knows with what can be found, by name. A source that only the index knows is listed too.
func (cat *catalogue) sources(ctx context.Context) ([]Coverage, error) {
	st := cat.readStatus(ctx)
	facets, err := cat.finder.Overview(ctx, cat.names(st))
	if err != nil {
		return nil, err
	}
	var out []Coverage
	if cat.coverage != nil {
		if out, err = cat.coverage(ctx); err != nil {
			// The list is of use without what the crawl knows.
			cat.log.Warn("read coverage", "error", err)
		}
	}
	return completed(out, st, facets), nil
}

func completed(known []Coverage, st Status, facets []answer.Facet) []Coverage {
	out := slices.Clone(known)
	add := func(id, name string) {
		if !slices.ContainsFunc(out, func(c Coverage) bool { return c.ID == id }) {
			out = append(out, Coverage{ID: id, Name: name})
		}
	}
	for _, src := range st.Sources {
		add(src.ID, src.Name)
	}
	counts := countsOf(facets, index.FacetSource)
	for _, f := range facets {
		if f.Name != index.FacetSource {
			continue
		}
		for _, v := range f.Values {
			add(v.Value, v.Label)
		}
	}
	for i := range out {
		out[i].Documents = counts[out[i].ID]
	}
	slices.SortFunc(out, func(a, b Coverage) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func sourceRecord(c Coverage) api.Source {
	r := api.Source{
		ID: c.ID, Name: c.Name, Documents: c.Documents, Known: c.Known, Held: c.Held,
		Sector: api.Known(c.Sector), Home: api.Known(c.Home), Policy: api.Known(c.Policy), Why: api.Known(c.Why),
		Standing: api.Known(c.Standing), Agreement: api.Known(c.Agreement), Contact: api.Known(c.Contact), Refused: c.Refused, Failed: c.Failed,
		LastVisit: api.Moment(c.LastVisit), LastOK: api.Moment(c.LastOK), NextVisit: api.Moment(c.NextVisit),
	}
	if c.SnippetMax != 0 {
		limit := max(c.SnippetMax, 0)
		r.SnippetMax = &limit
	}
	if r.Refused == nil {
		r.Refused = map[string]int{}
	}
	if r.Failed == nil {
		r.Failed = map[string]int{}
	}
	return r
}
