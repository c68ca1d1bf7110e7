package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// Pages hold what one reader searched for: no shared cache keeps them, and a browser asks again.
const (
	cachePage  = "private, no-cache"
	cacheAsset = "public, max-age=31536000, immutable"
)

func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	c, err := s.collection(r.Context())
	if err != nil {
		// The search box is of use without the figures around it.
		s.logError(r, "read collection", err, "")
		c.Documents = -1
	}
	w.Header().Set("Cache-Control", cachePage)
	s.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return s.pagesFor(r).Home(b, c) })
}

// pagesFor writes pages in the language that the address asks for. A path that may hold something personal is not given
// back.
func (s *Server) pagesFor(r *http.Request) *page.Pages {
	t, path := tongue.Of(r.URL.Path)
	if query.LooksLikeCPR(path) {
		path = "/"
	}
	return s.pages.For(t, (&url.URL{Path: path}).EscapedPath())
}

// collection reads what the front page tells: the whole index, counted by type and source.
func (s *Server) collection(ctx context.Context) (page.Collection, error) {
	st := s.readStatus(ctx)
	c := page.Collection{LastCrawl: st.LastCrawl, Crawling: st.Crawling}
	stats, err := s.engine.Stats(ctx)
	if err != nil {
		return c, err
	}
	c.Documents = stats.Documents
	c.Facets, err = s.finder.Overview(ctx, s.names(st))
	return c, err
}

// readStatus never fails: a search is of use without knowing about the crawl. What was read before an error
// still counts.
func (s *Server) readStatus(ctx context.Context) Status {
	if s.status == nil {
		return Status{}
	}
	st, err := s.status(ctx)
	if err != nil {
		s.log.Warn("read status", "error", err)
	}
	return st
}

// names are those of the sources that the crawl knows and of the topics.
func (s *Server) names(st Status) *answer.Names {
	n := &answer.Names{}
	for _, src := range st.Sources {
		n.Add(index.FacetSource, src.ID, src.Name)
		if src.Closed {
			n.Close(src.ID)
		}
	}
	for _, t := range s.topics {
		n.Add(index.FacetTopic, t.Slug, t.Label)
	}
	for _, t := range s.themes {
		n.Add(answer.Themes, t.Slug, t.Label)
	}
	for _, p := range s.programmes {
		n.Add(answer.Programmes, p.Slug, p.Name)
	}
	return n
}

// namesFor are the names that a question needs: those of sources that only the index or the crawl knows, too, where a question
// asks for one that the register does not have.
func (s *Server) namesFor(ctx context.Context, values url.Values) *answer.Names {
	n := s.names(s.readStatus(ctx))
	known := func(typed string) bool {
		_, ok := n.Value(index.FacetSource, typed)
		return ok || strings.TrimSpace(typed) == ""
	}
	asked := values[index.FacetSource]
	if !slices.ContainsFunc(asked, func(typed string) bool { return !known(typed) }) {
		return n
	}
	sources, err := s.sources(ctx)
	if err != nil {
		s.log.Warn("read sources", "error", err)
	}
	for _, c := range sources {
		if !known(c.ID) {
			n.Add(index.FacetSource, c.ID, c.Name)
		}
	}
	return n
}

// pointers know the pages about topics and programmes by name.
func (s *Server) pointers(a *danish.Analyzer) *answer.Pointers {
	p := answer.NewPointers(a)
	for _, t := range s.topics {
		p.Add(answer.Pointer{Slug: t.Slug, Label: t.Label}, append([]string{t.Label}, t.Words...)...)
	}
	for _, r := range s.programmes {
		p.Add(answer.Pointer{Programme: true, Slug: r.Slug, Label: r.Name}, append([]string{r.Name}, r.Aliases...)...)
	}
	return p
}

// search is the results page.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	st := s.readStatus(ctx)
	values := mendedQuery(r.URL.RawQuery)
	names := s.namesFor(ctx, values)
	q, faults, err := answer.Parse(values, answer.PageParams, names)
	var ans answer.Answer
	if err == nil {
		ans, err = s.finder.Find(ctx, q, names)
	}
	if err != nil {
		s.failSearch(w, r, err, ans, q)
		return
	}
	s.zeroHits.note(r, ans)
	w.Header().Set("Cache-Control", cachePage)
	results := page.Results{Answer: ans, Programmes: s.pointedTo(ans), Faults: faults, Crawling: st.Crawling, Updated: st.LastCrawl, Protocols: s.shelf != nil}
	results.Reserved = reservedOf(ans)
	s.writeHTML(w, r, http.StatusOK, func(b *strings.Builder) error { return s.pagesFor(r).Results(b, results) })
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

// mendedQuery reads an address that someone wrote by hand: a lone % and a ; stand for themselves.
func mendedQuery(raw string) url.Values {
	var b strings.Builder
	for i := range len(raw) {
		switch {
		case raw[i] == ';':
			b.WriteString("%3B")
		case raw[i] == '%' && (i+2 >= len(raw) || !isHex(raw[i+1]) || !isHex(raw[i+2])):
			b.WriteString("%25")
		default:
			b.WriteByte(raw[i])
		}
	}
	values, _ := url.ParseQuery(b.String()) // nothing is left in it that could fail
	return values
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

func (s *Server) failSearch(w http.ResponseWriter, r *http.Request, err error, ans answer.Answer, q answer.Question) {
	f := failureOf(err, q)
	s.noteFailure(r, f, err, q)
	m := page.Message{State: f.state, Text: q.AsTyped(), Unread: ans.Understood.Unread, Faults: q.Unread}
	if f == failEmpty {
		// Without the lists the page still says what to do.
		m.Collection, _ = s.collection(r.Context())
	}
	s.writeMessage(w, r, m)
}

// noteFailure logs what is ours to mend. What the asker can mend, and askers who left, are no errors.
func (s *Server) noteFailure(r *http.Request, f failure, err error, q answer.Question) {
	left := errors.Is(err, context.Canceled)
	if (f == failBroken || f == failSlow || f == failDown) && !left {
		s.logError(r, "search", err, q.Text)
	}
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := s.pages.Asset(chi.URLParam(r, "name"))
	if !ok {
		s.notFound(w, r)
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
		s.logError(r, "ask engine", err, "")
		s.writeJSON(w, r, http.StatusServiceUnavailable, "application/json", health{Status: "unavailable"})
		return
	}
	h := health{Status: "ok", Documents: stats.Documents, Generation: stats.Generation, Seq: stats.Seq}
	s.writeJSON(w, r, http.StatusOK, "application/json", h)
}

func (s *Server) tellVersion(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	s.writeJSON(w, r, http.StatusOK, "application/json", s.version)
}

// writeHTML renders before it sends, so that a fault in rendering still gives a whole page.
func (s *Server) writeHTML(w http.ResponseWriter, r *http.Request, status int, render func(*strings.Builder) error) {
	var b strings.Builder
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := render(&b); err != nil {
		s.logError(r, "render", err, "")
		status = http.StatusInternalServerError
		b.Reset()
		t, _ := tongue.Of(r.URL.Path)
		b.WriteString("<!doctype html><html lang=\"" + string(t) + "\"><meta charset=\"utf-8\"><title>Småbørnsviden</title><h1>" + t.Say("Noget gik galt hos os") + "</h1><p>" + t.Say("Prøv igen om lidt."))
	}
	send(w, r, status, []byte(b.String()))
}

func (s *Server) writeJSON(w http.ResponseWriter, r *http.Request, status int, contentType string, value any) {
	var b strings.Builder
	if err := api.Write(&b, value); err != nil {
		s.logError(r, "render", err, "")
		status = http.StatusInternalServerError
		b.WriteString("{\"status\": " + strconv.Itoa(status) + "}\n")
	}
	w.Header().Set("Content-Type", contentType)
	send(w, r, status, []byte(b.String()))
}

// send writes an answer. HEAD gets the same header without the body.
func send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	// An error here means that the asker left; there is nobody to tell.
	_, _ = w.Write(body)
}
