package server

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/page"
)

// documentPages are the pages about one document, and its reference as a file.
type documentPages struct {
	reply  *replies
	cat    *catalogue
	refs   *references
	engine index.Engine
	finder *answer.Finder
	gone   *goneDocuments
	now    func() time.Time
}

func (h *documentPages) document(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id := chi.URLParam(r, "id")
	d, err := h.engine.Document(ctx, id)
	if err != nil {
		h.gone.page(w, r, id, "", err)
		return
	}
	view := page.Document{Doc: d.Quotable(), Names: h.cat.names(h.cat.readStatus(ctx)), Citation: cite.APAIn(tongueOf(r), d, h.now())}
	if view.Similar, err = h.finder.Similar(ctx, d); err != nil {
		h.reply.logError(r, "find similar documents", err, "") // the page is of use without them
	}
	view.List, _ = answer.ReadList(r.URL.Query(), answer.Listed)
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).Document(b, view) })
}

// reference is one document in a format for reference managers.
func (h *documentPages) reference(w http.ResponseWriter, r *http.Request) {
	format, known := cite.Find(chi.URLParam(r, "format"))
	if !known {
		h.reply.notFound(w, r)
		return
	}
	id := chi.URLParam(r, "id")
	d, err := h.engine.Document(r.Context(), id)
	if err != nil {
		h.gone.page(w, r, id, "/"+format.Name, err)
		return
	}
	h.refs.writeReferences(w, r, format, "smaabornsviden-"+d.ID, []index.Document{d})
}
