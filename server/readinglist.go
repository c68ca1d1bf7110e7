package server

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/page"
)

// listPages are the pages of reading lists.
type listPages struct {
	reply  *replies
	refs   *references
	gate   *gate
	engine index.Engine
	now    func() time.Time
}

// routes are the pages of lists that stand in their own address.
func (h *listPages) routes(r chi.Router) {
	r.Use(h.gate.limitAskers)
	get := getter(r)
	get(page.ListPath, h.readingList)
	get(page.ListPath+"/{format}", h.readingListFile)
}

// listed finds the documents of a list. Those that are gone are left out.
func (h *listPages) listed(ctx context.Context, ids []string) ([]index.Document, error) {
	var docs []index.Document
	for _, id := range ids {
		d, err := h.engine.Document(ctx, id)
		switch {
		case errors.Is(err, index.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			docs = append(docs, d)
		}
	}
	return docs, nil
}

func (h *listPages) readingList(w http.ResponseWriter, r *http.Request) {
	values := mendedQuery(r.URL.RawQuery)
	if query.LooksLikeCPR(strings.Join(values["id"], " ")) {
		h.reply.fail(w, r, failCPR)
		return
	}
	ids, left := answer.ReadList(values, "id")
	docs, err := h.listed(r.Context(), ids)
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	l := page.ReadingList{IDs: ids, Docs: docs, Left: left}
	if len(ids) < answer.MostListed {
		l.Left, l.Unread = 0, left // nothing was too many
	}
	for _, d := range docs {
		l.Citations = append(l.Citations, cite.APAIn(tongueOf(r), d, h.now()))
	}
	h.reply.writePage(w, r, func(b *strings.Builder) error { return h.reply.pagesFor(r).ReadingList(b, l) })
}

// readingListFile is a list for reference managers, without what its sources reserve.
func (h *listPages) readingListFile(w http.ResponseWriter, r *http.Request) {
	format, known := cite.Find(chi.URLParam(r, "format"))
	if !known {
		h.reply.notFound(w, r)
		return
	}
	ids, _ := answer.ReadList(mendedQuery(r.URL.RawQuery), "id")
	docs, err := h.listed(r.Context(), ids)
	if err != nil {
		h.reply.failPage(w, r, err)
		return
	}
	h.refs.writeReferences(w, r, format, "smaabornsviden-laeseliste", docs)
}
