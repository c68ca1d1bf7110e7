package server

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/page"
)

// sourcePages are the list of sources and the page about each.
type sourcePages struct {
	reply *replies
	cat   *catalogue
	desk  Desk // nil where another process crawls
	log   *slog.Logger
}

func (h *sourcePages) sourceList(w http.ResponseWriter, r *http.Request) {
	sources, err := h.cat.sources(r.Context())
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	views := make([]page.Source, 0, len(sources))
	for _, c := range sources {
		views = append(views, sourceView(c))
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Sources(b, views) })
}

func sourceView(c Coverage) page.Source {
	return page.Source{
		ID: c.ID, Name: c.Name, Sector: c.Sector, Home: c.Home, Policy: c.Policy, Why: c.Why, Standing: c.Standing, Agreement: c.Agreement, Contact: c.Contact,
		SnippetMax: c.SnippetMax, Delay: c.Delay, Documents: c.Documents, Known: c.Known, Held: c.Held, Refused: c.Refused, Failed: c.Failed,
		LastVisit: c.LastVisit, LastOK: c.LastOK, LastFailed: c.LastFailed, NextVisit: c.NextVisit, Trouble: c.Trouble,
	}
}

// pausedSince is when the operator began to leave a source alone; zero for all others, and where another process crawls.
func (h *sourcePages) pausedSince(ctx context.Context, source string) time.Time {
	if h.desk == nil {
		return time.Time{}
	}
	pauses, err := h.desk.Pauses(ctx)
	if err != nil {
		h.log.Warn("read pauses", "error", err)
	}
	for _, p := range pauses {
		if p.What == source {
			return p.At
		}
	}
	return time.Time{}
}

// sourceHits is how many of a source's newest documents its page shows.
const sourceHits = 5

func (h *sourcePages) source(w http.ResponseWriter, r *http.Request) {
	sources, err := h.cat.sources(r.Context())
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	id := chi.URLParam(r, "id")
	i := slices.IndexFunc(sources, func(c Coverage) bool { return strings.EqualFold(c.ID, id) })
	if i < 0 {
		h.reply.notFound(w, r)
		return
	}
	view := sourceView(sources[i])
	view.Paused = h.pausedSince(r.Context(), view.ID)
	if view.Answer, err = h.cat.newest(r.Context(), index.FacetSource, sources[i].ID, sourceHits); err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Source(b, view) })
}
