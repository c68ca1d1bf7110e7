package server

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/feed"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// feedSize is how many documents a feed holds.
const feedSize = 50

func (s *Server) feeds(r chi.Router) {
	r.Use(openToOthers, s.limitAskers)
	get := getter(r)
	get("/feed.atom", s.atomFeed)
	get("/feed.rss", s.rssFeed)
}

func (s *Server) atomFeed(w http.ResponseWriter, r *http.Request) {
	s.feed(w, r, "application/atom+xml; charset=utf-8", func(b *strings.Builder, f feed.Feed) error { return feed.Atom(b, f) })
}

func (s *Server) rssFeed(w http.ResponseWriter, r *http.Request) {
	s.feed(w, r, "application/rss+xml; charset=utf-8", func(b *strings.Builder, f feed.Feed) error { return feed.RSS(b, f) })
}

// feed is the newest documents of a question, which has the parameters of the page; without any, those of everything.
// Programs ask for feeds, so what goes wrong is told as a problem and not as a page.
func (s *Server) feed(w http.ResponseWriter, r *http.Request, contentType string, write func(*strings.Builder, feed.Feed) error) {
	ctx := r.Context()
	names := s.names(s.readStatus(ctx))
	q, _, err := answer.Parse(mendedQuery(r.URL.RawQuery), answer.PageParams, names)
	if err != nil {
		s.failProgram(w, r, err, q)
		return
	}
	if s.unchanged(w, r) {
		return
	}
	q = q.SortedBy(string(index.ByNewest))
	q.Size, q.List = feedSize, nil
	var ans answer.Answer
	if q.IsEmpty() {
		ans, err = s.finder.Newest(ctx, "", "", feedSize, names)
	} else {
		ans, err = s.finder.Find(ctx, q, names)
	}
	if err != nil {
		s.failProgram(w, r, err, q)
		return
	}
	f := feed.Feed{Title: page.FeedTitle(tongue.Danish, ans), Base: s.base(r), Now: s.now()}
	f.Self = f.Base + r.URL.Path + questionMark(q.Values(answer.PageParams))
	f.Page = f.Base + "/soeg" + questionMark(q.Values(answer.PageParams))
	if f.Docs, err = s.finder.Latest(ctx, q, feedSize); err != nil {
		s.failProgram(w, r, err, q)
		return
	}
	var b strings.Builder
	if err := write(&b, f); err != nil {
		s.failProgram(w, r, err, q)
		return
	}
	s.tag(w, r, state{ans.Generation, ans.Seq})
	w.Header().Set("Content-Type", contentType)
	send(w, r, http.StatusOK, []byte(b.String()))
}

func questionMark(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

var hostShape = regexp.MustCompile(`^[A-Za-z0-9.-]+(:\d+)?$|^\[[0-9A-Fa-f:.]+\](:\d+)?$`)

// base is scheme and host of ours, for addresses that stand outside our pages: the one that the operator named, else
// the one that was asked.
func (s *Server) base(r *http.Request) string {
	if s.baseURL != "" {
		return s.baseURL
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	if !hostShape.MatchString(r.Host) {
		return scheme + "://localhost"
	}
	return scheme + "://" + r.Host
}
