package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"smaabornsviden/index/query"
	"smaabornsviden/server/page"
)

// Change is a document that came, changed or went.
type Change struct {
	Kind          ChangeKind
	ID            string // empty when the document cannot be opened any more
	Title         string // empty where the source does not want it found
	Source        string // name
	At            time.Time
	Before, After string // the sentence that changed, where it is known
	Lang          string // of Title, Before and After; empty where it was not kept
}

// ChangeKind says what happened to a document.
type ChangeKind string

// The kinds of changes.
const (
	Came    ChangeKind = "ny"
	Changed ChangeKind = "aendret"
	Went    ChangeKind = "fjernet"
)

// newsPages tell what came, changed and went.
type newsPages struct {
	reply   *replies
	cat     *catalogue
	changes func(context.Context, time.Time, int) ([]Change, error) // nil when nothing is known
	now     func() time.Time
}

// What the page of news shows.
const (
	newsSpan    = 30 * 24 * time.Hour
	newsChanges = 100
	newsHits    = 15
)

func (h *newsPages) news(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	var n page.News
	var err error
	if n.Newest, err = h.cat.newest(ctx, "", "", newsHits); err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	if h.changes != nil {
		since, unread := h.newsSince(r)
		n.Unread = unread
		changes, err := h.changes(ctx, since, newsChanges+1)
		if err != nil {
			h.reply.failPage(w, r, err)
			return
		}
		n.Since, n.More = since, len(changes) > newsChanges
		for _, c := range changes[:min(len(changes), newsChanges)] {
			n.Changes = append(n.Changes, page.Change{Kind: string(c.Kind), ID: c.ID, Title: c.Title, Source: c.Source, At: c.At, Before: c.Before, After: c.After, Lang: c.Lang})
		}
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).News(b, n) })
}

// newsSince is the day that siden= names, or some weeks ago, with what could not be read as a day. What may hold something
// personal is not given back.
func (h *newsPages) newsSince(r *http.Request) (since time.Time, unread string) {
	typed := r.URL.Query().Get("siden")
	if t, err := time.ParseInLocation(time.DateOnly, typed, h.now().Location()); err == nil {
		return t, ""
	}
	if query.LooksLikeCPR(typed) {
		typed = "…"
	}
	return h.now().Add(-newsSpan), typed
}
