package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
)

// Pages hold what one reader searched for: no shared cache keeps them, and a browser asks again.
const (
	cachePage  = "private, no-cache"
	cacheAsset = "public, max-age=31536000, immutable"
)

func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	c, err := s.cat.collection(r.Context())
	if err != nil {
		// The search box is of use without the figures around it.
		s.reply.logError(r, "read collection", err, "")
		c.Documents = -1
	}
	w.Header().Set("Cache-Control", cachePage)
	s.reply.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return s.reply.pagesFor(r).Home(b, c) })
}

// search is the results page.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	st := s.cat.readStatus(ctx)
	values := mendedQuery(r.URL.RawQuery)
	names := s.cat.namesFor(ctx, values)
	q, faults, err := answer.Parse(values, answer.PageParams, names)
	var ans answer.Answer
	if err == nil {
		ans, err = s.finder.Find(ctx, q, names)
	}
	if err != nil {
		s.failed.failSearch(w, r, err, ans, q)
		return
	}
	s.zeroHits.note(r, ans)
	w.Header().Set("Cache-Control", cachePage)
	results := page.Results{Answer: ans, Programmes: s.cat.pointedTo(ans), Faults: faults, Crawling: st.Crawling, Updated: st.LastCrawl, Protocols: s.shelf != nil}
	results.Reserved = reservedOf(ans)
	s.reply.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return s.reply.pagesFor(r).Results(b, results) })
}

// reservedOf counts the hits that stay out of files, where one page of hits tells by itself; negative where it does not. To count
// further would be a second search, which took a quarter to a half of what a whole page takes. Files count when they are asked for.
func reservedOf(ans answer.Answer) int {
	if ans.Total > len(ans.Hits) {
		return -1
	}
	n := 0
	for _, h := range ans.Hits {
		if h.Doc.TDMReserved {
			n++
		}
	}
	return n
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := s.pages.Asset(chi.URLParam(r, "name"))
	if !ok {
		s.reply.notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", a.ContentType)
	w.Header().Set("Cache-Control", cacheAsset)
	send(w, r, http.StatusOK, a.Body)
}

// healthLimit is how long the engine may take to say that it is there.
const healthLimit = 2 * time.Second

type health struct {
	Status     string `json:"status"` // ok or unavailable
	Documents  int    `json:"documents"`
	Generation string `json:"generation,omitempty"`
	Seq        uint64 `json:"seq"`
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthLimit)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	stats, err := s.engine.Stats(ctx)
	if err == nil && s.trouble != nil {
		err = s.trouble() // it still answers, but learns nothing new: whoever watches has to know
	}
	if err != nil {
		s.reply.logError(r, "ask engine", err, "")
		s.reply.writeJSON(w, r, http.StatusServiceUnavailable, "application/json", health{Status: "unavailable"})
		return
	}
	h := health{Status: "ok", Documents: stats.Documents, Generation: stats.Generation, Seq: stats.Seq}
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", h)
}

func (s *Server) tellVersion(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	s.reply.writeJSON(w, r, http.StatusOK, "application/json", s.version)
}
