package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/page"
	"smaabornsviden/server/tongue"
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

// About is what the pages tell about who runs this site.
type About struct {
	Operator  string // a name; empty when nobody said
	Contact   string // e-mail or web address
	UserAgent string // of the crawl
	// Accessibility is the address of a statement made elsewhere, to which /was leads; empty for our own page.
	Accessibility string
}

// subpages are the routes of pages about one thing and of pages of text.
func (s *Server) subpages(r chi.Router) {
	get := getter(r)
	get("/dokument/{id}", s.document)
	get("/dokument/{id}/{format}", s.reference)
	r.Group(s.readingLists)
	get("/emner", s.topicList)
	get("/emne/{slug}", s.topic)
	get("/indsatser", s.programmeList)
	get("/indsats/{slug}", s.programme)
	get("/kilder", s.sourceList)
	get("/kilde/{id}", s.source)
	get("/nyt", s.news)
	get("/hjaelp", s.help)
	get("/was", s.accessibility)
	get("/indlejr", s.embedPage)
	for path, text := range map[string]page.Text{
		"/om": page.About, "/om/metode": page.Method, "/om/robot": page.Robot, "/om/privatliv": page.Privacy,
	} {
		get(path, func(w http.ResponseWriter, r *http.Request) { s.text(w, r, text) })
	}
}

func (s *Server) document(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	d, err := s.engine.Document(ctx, chi.URLParam(r, "id"))
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	view := page.Document{Doc: d.Quotable(), Names: s.cat.names(s.cat.readStatus(ctx)), Citation: cite.APAIn(tongueOf(r), d, s.now())}
	if view.Similar, err = s.finder.Similar(ctx, d); err != nil {
		s.reply.logError(r, "find similar documents", err, "") // the page is of use without them
	}
	view.List, _ = answer.ReadList(r.URL.Query(), answer.Listed)
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Document(b, view) })
}

func (s *Server) topicList(w http.ResponseWriter, r *http.Request) {
	facets, err := s.finder.Overview(r.Context(), nil)
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	counts := countsOf(facets, index.FacetTopic)
	lines := make([]page.TopicLine, 0, len(s.cat.topics))
	for _, t := range s.cat.topics {
		lines = append(lines, page.TopicLine{Slug: t.Slug, Label: t.Label, Definition: t.definition(r), Documents: counts[t.Slug]})
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Topics(b, lines) })
}

// definition is in the language of the page, in Danish where there is none in English.
func (t Topic) definition(r *http.Request) page.Said {
	if in, _ := tongue.Of(r.URL.Path); in == tongue.English && t.English != "" {
		return page.Said{Text: t.English}
	} else if in == tongue.English {
		return page.Said{Text: t.Definition, Lang: string(tongue.Danish)}
	}
	return page.Said{Text: t.Definition}
}

// topicHits is how many of a topic's newest documents are looked through for some of each type.
const topicHits = 60

func (s *Server) topic(w http.ResponseWriter, r *http.Request) {
	slug := chi.URLParam(r, "slug")
	i := slices.IndexFunc(s.cat.topics, func(t Topic) bool { return strings.EqualFold(t.Slug, slug) })
	if i < 0 {
		s.reply.notFound(w, r)
		return
	}
	t := s.cat.topics[i]
	newest, err := s.cat.newest(r.Context(), index.FacetTopic, t.Slug, topicHits)
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	view := page.Topic{Slug: t.Slug, Label: t.Label, Definition: t.definition(r), Words: t.Words, Newest: newest}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Topic(b, view) })
}

func (s *Server) sourceList(w http.ResponseWriter, r *http.Request) {
	sources, err := s.cat.sources(r.Context())
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	views := make([]page.Source, 0, len(sources))
	for _, c := range sources {
		views = append(views, sourceView(c))
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Sources(b, views) })
}

func sourceView(c Coverage) page.Source {
	return page.Source{
		ID: c.ID, Name: c.Name, Sector: c.Sector, Home: c.Home, Policy: c.Policy, Why: c.Why, Standing: c.Standing, Agreement: c.Agreement, Contact: c.Contact,
		SnippetMax: c.SnippetMax, Delay: c.Delay, Documents: c.Documents, Known: c.Known, Held: c.Held, Refused: c.Refused, Failed: c.Failed,
		LastVisit: c.LastVisit, LastOK: c.LastOK, LastFailed: c.LastFailed, NextVisit: c.NextVisit, Trouble: c.Trouble,
	}
}

// pausedSince is when the operator began to leave a source alone; zero for all others, and where another process crawls.
func (s *Server) pausedSince(ctx context.Context, source string) time.Time {
	if s.desk == nil {
		return time.Time{}
	}
	pauses, err := s.desk.Pauses(ctx)
	if err != nil {
		s.log.Warn("read pauses", "error", err)
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

func (s *Server) source(w http.ResponseWriter, r *http.Request) {
	sources, err := s.cat.sources(r.Context())
	if err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	id := chi.URLParam(r, "id")
	i := slices.IndexFunc(sources, func(c Coverage) bool { return strings.EqualFold(c.ID, id) })
	if i < 0 {
		s.reply.notFound(w, r)
		return
	}
	view := sourceView(sources[i])
	view.Paused = s.pausedSince(r.Context(), view.ID)
	if view.Answer, err = s.cat.newest(r.Context(), index.FacetSource, sources[i].ID, sourceHits); err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Source(b, view) })
}

// What the page of news shows.
const (
	newsSpan    = 30 * 24 * time.Hour
	newsChanges = 100
	newsHits    = 15
)

func (s *Server) news(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	var n page.News
	var err error
	if n.Newest, err = s.cat.newest(ctx, "", "", newsHits); err != nil {
		s.reply.failPage(w, r, err)
		return
	}
	if s.changes != nil {
		since, unread := s.newsSince(r)
		n.Unread = unread
		changes, err := s.changes(ctx, since, newsChanges+1)
		if err != nil {
			s.reply.failPage(w, r, err)
			return
		}
		n.Since, n.More = since, len(changes) > newsChanges
		for _, c := range changes[:min(len(changes), newsChanges)] {
			n.Changes = append(n.Changes, page.Change{Kind: string(c.Kind), ID: c.ID, Title: c.Title, Source: c.Source, At: c.At, Before: c.Before, After: c.After, Lang: c.Lang})
		}
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).News(b, n) })
}

// newsSince is the day that siden= names, or some weeks ago, with what could not be read as a day. What may hold something
// personal is not given back.
func (s *Server) newsSince(r *http.Request) (since time.Time, unread string) {
	typed := r.URL.Query().Get("siden")
	if t, err := time.ParseInLocation(time.DateOnly, typed, s.now().Location()); err == nil {
		return t, ""
	}
	if query.LooksLikeCPR(typed) {
		typed = "…"
	}
	return s.now().Add(-newsSpan), typed
}

// help explains the search, and shows how a text is read when one is given.
func (s *Server) help(w http.ResponseWriter, r *http.Request) {
	h := page.Help{Text: r.URL.Query().Get("ord"), Longest: query.MaxBytes}
	switch {
	case query.LooksLikeCPR(h.Text):
		h.Text, h.Refused = "", true
	case len(h.Text) > query.MaxBytes:
		h.Text, h.TooLong = "", true
	default:
		h.Analysis = s.cat.analysis(h.Text)
	}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Help(b, h) })
}

func (s *Server) accessibility(w http.ResponseWriter, r *http.Request) {
	if s.about.Accessibility != "" {
		http.Redirect(w, r, s.about.Accessibility, http.StatusFound)
		return
	}
	s.text(w, r, page.WAS)
}

func (s *Server) text(w http.ResponseWriter, r *http.Request, t page.Text) {
	site := page.Site{Operator: s.about.Operator, Contact: s.about.Contact, UserAgent: s.about.UserAgent, Version: s.version.Version}
	s.reply.writePage(w, r, func(b *strings.Builder) error { return s.reply.pagesFor(r).Text(b, t, site) })
}
