package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/page"
)

// readingLists are the pages of lists that stand in their own address.
func (s *Server) readingLists(r chi.Router) {
	r.Use(s.gate.limitAskers)
	get := getter(r)
	get(page.ListPath, s.readingList)
	get(page.ListPath+"/{format}", s.readingListFile)
}

// listed finds the documents of a list. Those that are gone are left out.
func (s *Server) listed(ctx context.Context, ids []string) ([]index.Document, error) {
	var docs []index.Document
	for _, id := range ids {
		d, err := s.engine.Document(ctx, id)
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

func (s *Server) readingList(w http.ResponseWriter, r *http.Request) {
	ids, left := answer.ReadList(mendedQuery(r.URL.RawQuery), "id")
	docs, err := s.listed(r.Context(), ids)
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	l := page.ReadingList{IDs: ids, Docs: docs, Left: left}
	if len(ids) < answer.MostListed {
		l.Left, l.Unread = 0, left // nothing was too many
	}
	for _, d := range docs {
		l.Citations = append(l.Citations, cite.APAIn(tongueOf(r), d, s.now()))
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).ReadingList(b, l) })
}

// readingListFile is a list for reference managers, without what its sources reserve.
func (s *Server) readingListFile(w http.ResponseWriter, r *http.Request) {
	format, known := cite.Find(chi.URLParam(r, "format"))
	if !known {
		s.reply.notFound(w, r)
		return
	}
	ids, _ := answer.ReadList(mendedQuery(r.URL.RawQuery), "id")
	docs, err := s.listed(r.Context(), ids)
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	s.refs.writeReferences(w, r, format, "smaabornsviden-laeseliste", docs)
}
