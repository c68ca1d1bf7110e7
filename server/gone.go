package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
)

// Gone is what is known of a document that readers could once open.
type Gone struct {
	At  time.Time // when it went; zero: there never was one of this id
	Why WhyGone
	// Source is the id of the source, SourceName its name.
	Source, SourceName string
	// Address, Title and Lang are empty where they must not be told, or are not known any more.
	Address, Title, Lang string
	// Now is the id of the document that stands in its place; empty for none.
	Now string
}

// WhyGone says why a document went.
type WhyGone = page.WhyGone

// Why documents go. OnRequest tells nothing else of it.
const (
	AtSource  = page.GoneAtSource  // the source does not have it any more
	NotWanted = page.GoneNotWanted // the source does not want it found
	LeftOut   = page.GoneLeftOut   // it is not part of the collection any more
	OnRequest = page.GoneOnRequest // somebody asked for it
)

// goneDocuments answers who asks for a document that the index does not have.
type goneDocuments struct {
	reply  *replies
	finder *answer.Finder
	gone   func(context.Context, string) (Gone, error) // nil when nothing is known
}

// what tells what became of a document that could not be read. The last result is false where that is not known, and the
// error is to be told as any other.
func (g *goneDocuments) what(r *http.Request, id string, err error) (Gone, bool) {
	if g.gone == nil || !errors.Is(err, index.ErrNotFound) {
		return Gone{}, false
	}
	found, err := g.gone(r.Context(), id)
	if err != nil {
		g.reply.logError(r, "find what became of a document", err, "") // that there is none is true all the same
		return Gone{}, false
	}
	return found, !found.At.IsZero()
}

// page answers with a redirect to what stands in the place of the document, with the page of one that went, or with that of
// an error. Rest is what follows the id in the address.
func (g *goneDocuments) page(w http.ResponseWriter, r *http.Request, id, rest string, err error) {
	gone, known := g.what(r, id, err)
	if !known {
		g.reply.failPage(w, r, err)
		return
	}
	if gone.Now != "" {
		moved(w, r, tongueOf(r).Path(page.DocumentPath(gone.Now)+rest))
		return
	}
	view := page.Gone{At: gone.At, Why: gone.Why, Source: gone.Source, SourceName: gone.SourceName, Address: gone.Address, Title: gone.Title, Lang: gone.Lang}
	if gone.Title != "" {
		d := index.Document{ID: id, Title: gone.Title, Lang: index.Derived{Value: gone.Lang}}
		if view.Similar, err = g.finder.Similar(r.Context(), d); err != nil {
			g.reply.logError(r, "find similar documents", err, "") // the page is of use without them
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	g.reply.writeHTML(w, r, http.StatusGone, func(b *strings.Builder) error { return g.reply.pagesFor(r).Gone(b, view) })
}

// problem is page for programs.
func (g *goneDocuments) problem(w http.ResponseWriter, r *http.Request, id string, err error) {
	gone, known := g.what(r, id, err)
	switch {
	case !known:
		g.reply.failProgram(w, r, err, answer.Question{})
	case gone.Now != "":
		moved(w, r, api.DocumentsPath+url.PathEscape(gone.Now))
	default:
		g.reply.writeGone(w, r, api.Gone{
			Since: gone.At.UTC().Format(time.RFC3339), Reason: string(gone.Why), Source: api.Known(gone.Source), URL: api.Known(gone.Address),
			Title: api.Known(gone.Title), Lang: api.Known(gone.Lang),
		})
	}
}

// moved leads to what stands in the place of a document. Who keeps the answer asks again: pages that were one may part.
func moved(w http.ResponseWriter, r *http.Request, to string) {
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, to, http.StatusMovedPermanently)
}
