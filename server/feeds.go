package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/api"
	"smaabornsviden/server/feed"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
)

// feedSize is how many documents a feed holds.
const feedSize = 50

// feeds are what feed readers follow.
type feeds struct {
	reply   *replies
	cat     *catalogue
	tags    *tags
	gate    *gate
	finder  *answer.Finder
	site    siteURL
	altered answer.Altered
	now     func() time.Time
}

// routes are the feeds in both languages.
func (h *feeds) routes(r chi.Router) {
	r.Use(openToOthers, h.gate.limitAskers)
	get := getter(r)
	for _, t := range []tongue.Tongue{tongue.Danish, tongue.English} {
		get(t.Path("/feed.atom"), h.atomFeed)
		get(t.Path("/feed.rss"), h.rssFeed)
	}
}

func (h *feeds) atomFeed(w http.ResponseWriter, r *http.Request) {
	h.feed(w, r, "application/atom+xml; charset=utf-8", func(b *strings.Builder, f feed.Feed) error { return feed.Atom(b, f) })
}

func (h *feeds) rssFeed(w http.ResponseWriter, r *http.Request) {
	h.feed(w, r, "application/rss+xml; charset=utf-8", func(b *strings.Builder, f feed.Feed) error { return feed.RSS(b, f) })
}

// feed is the documents of a question that are newest here or changed last, which has the parameters of the page; without any, those of everything.
// Programs ask for feeds, so what goes wrong is told as a problem and not as a page.
func (h *feeds) feed(w http.ResponseWriter, r *http.Request, contentType string, write func(*strings.Builder, feed.Feed) error) {
	ctx := r.Context()
	values := mendedQuery(r.URL.RawQuery)
	names := h.cat.namesFor(ctx, values)
	q, faults, err := answer.Parse(values, answer.PageParams, names)
	if err != nil {
		h.reply.failProgram(w, r, err, q)
		return
	}
	if faults = slices.DeleteFunc(faults, answer.Fault.Harmless); len(faults) > 0 {
		// Nobody looks at a feed every day: one that follows something else than was meant has to say so at once.
		h.reply.writeProblem(w, r, api.BadParameter, api.ParameterErrors(faults, prefersEnglish(r)))
		return
	}
	if h.tags.unchanged(w, r) {
		return
	}
	q = q.SortedBy(string(index.ByNewest))
	q.Size, q.List = feedSize, nil
	var ans answer.Answer
	if q.IsEmpty() {
		ans, err = h.finder.Newest(ctx, "", "", feedSize, names)
	} else {
		ans, err = h.finder.Find(ctx, q, names)
	}
	if err != nil {
		h.reply.failProgram(w, r, err, q)
		return
	}
	t := tongueOf(r)
	f := feed.Feed{Tongue: t, Title: page.FeedTitle(t, ans), Base: h.site.base(r), Now: h.now()}
	f.Self = f.Base + r.URL.Path + questionMark(q.Values(answer.PageParams))
	f.Page = f.Base + t.Path("/soeg") + questionMark(q.Values(answer.PageParams))
	if f.Docs, f.Changed, err = h.finder.Latest(ctx, q, feedSize, h.altered); err != nil {
		h.reply.failProgram(w, r, err, q)
		return
	}
	var b strings.Builder
	if err := write(&b, f); err != nil {
		h.reply.failProgram(w, r, err, q)
		return
	}
	h.tags.tag(w, r, state{ans.Generation, ans.Seq})
	w.Header().Set("Content-Type", contentType)
	send(w, r, http.StatusOK, []byte(b.String()))
}

func questionMark(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}
