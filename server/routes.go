package server

import (
	"fmt"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/pins"
	"smaabornsviden/server/tongue"
)

// parts are the types that answer, each with what it needs and no more. A handler stands in the file of its subject.
type parts struct {
	timeout    time.Duration
	reply      *replies
	gate       *gate
	access     *accessLog
	search     *searchPages
	documents  *documentPages
	lists      *listPages
	topics     *topicPages
	programmes *programmePages
	sources    *sourcePages
	news       *newsPages
	texts      *textPages
	letters    *letterPages
	protocols  *protocolPages
	operator   *operatorPages
	feeds      *feeds
	machines   *machines
	api        *searchAPI
	vitals     *vitals
	metrics    *metrics
}

// newParts makes the parts of a site and ties them together.
func newParts(o Options) (*parts, error) {
	pages, err := page.New(page.Options{Link: o.Link, Now: o.Now, Base: o.Base})
	if err != nil {
		return nil, fmt.Errorf("make pages: %w", err)
	}
	sameSite := http.NewCrossOriginProtection()
	if o.Base != "" {
		// Behind a proxy the host that is asked need not be the one that readers see.
		if err := sameSite.AddTrustedOrigin(o.Base); err != nil {
			return nil, fmt.Errorf("base %s: %w", o.Base, err)
		}
	}
	site := siteURL(o.Base)
	finder := &answer.Finder{Searcher: query.Searcher{Engine: o.Engine, Analyzer: o.Analyzer, Vocabulary: o.Vocabulary}}
	reply := &replies{pages: pages, log: o.Log}
	cat := &catalogue{
		engine: o.Engine, finder: finder, status: o.Status, coverage: o.Coverage, topics: o.Topics, themes: o.Themes, programmes: o.Programmes, altered: o.Altered, log: o.Log,
	}
	finder.Pointers = cat.pointers(o.Analyzer)
	lifted := newPins(o)
	if lifted != nil { // an interface that holds nil is not nil
		finder.Pins = lifted
	}
	gate := &gate{reply: reply, limits: newLimits(o.Limit, o.Asker, o.Now)}
	tags := &tags{engine: o.Engine, pins: lifted, version: o.Version}
	failed := &failedSearches{reply: reply, cat: cat}
	refs := &references{reply: reply, cat: cat, now: o.Now}
	gone := &goneDocuments{reply: reply, finder: finder, gone: o.Gone}
	zeroHits := newZeroHits(o.Asker, o.Now)
	box := newBox(o.Shelf, o.Engine, o.Desk, o.Now)
	kept := &protocols{
		cat: cat, engine: o.Engine, finder: finder, shelf: o.Shelf, site: site, version: o.Version, now: o.Now,
		quota: newQuota(protocolsEach, protocolsAll, protocolsSpan, o.Asker, o.Now), atOnce: make(chan struct{}, protocolsAtOne),
	}
	metrics := newMetrics(reply, o.Token, &figures{engine: o.Engine, trouble: o.Trouble, box: box, coverage: o.Coverage, log: o.Log})
	return &parts{
		timeout:    o.Timeout,
		reply:      reply,
		gate:       gate,
		access:     &accessLog{log: o.Log, now: o.Now, metrics: metrics},
		search:     &searchPages{reply: reply, cat: cat, failed: failed, finder: finder, zeroHits: zeroHits, protocols: kept.takes()},
		documents:  &documentPages{reply: reply, cat: cat, refs: refs, engine: o.Engine, finder: finder, gone: gone, now: o.Now},
		lists:      &listPages{reply: reply, refs: refs, gate: gate, engine: o.Engine, now: o.Now},
		topics:     &topicPages{reply: reply, cat: cat, finder: finder},
		programmes: &programmePages{reply: reply, cat: cat, finder: finder},
		sources:    &sourcePages{reply: reply, cat: cat, desk: o.Desk, log: o.Log},
		news:       &newsPages{reply: reply, cat: cat, changes: o.Changes, now: o.Now},
		texts:      &textPages{reply: reply, cat: cat, about: o.About, version: o.Version, site: site},
		letters: &letterPages{
			reply: reply, shelf: o.Shelf, sameSite: sameSite, quota: newQuota(lettersEach, lettersAll, lettersSpan, o.Asker, o.Now),
			contact: o.About.Contact, now: o.Now, log: o.Log,
		},
		protocols: &protocolPages{reply: reply, cat: cat, failed: failed, kept: kept, sameSite: sameSite, site: site},
		operator: &operatorPages{
			reply: reply, cat: cat, key: &operatorKey{reply: reply, token: o.Token, tries: newQuota(triesEach, triesAll, triesSpan, o.Asker, o.Now)},
			engine: o.Engine, pages: pages, desk: o.Desk, shelf: o.Shelf, box: box, zeroHits: zeroHits, pins: lifted, trouble: o.Trouble,
			sameSite: sameSite, log: o.Log,
		},
		feeds:    &feeds{reply: reply, cat: cat, tags: tags, gate: gate, finder: finder, site: site, altered: o.Altered, now: o.Now},
		machines: &machines{reply: reply, cat: cat, gate: gate, engine: o.Engine, pages: pages, site: site},
		api: &searchAPI{
			reply: reply, cat: cat, tags: tags, gate: gate, refs: refs, engine: o.Engine, finder: finder, zeroHits: zeroHits, gone: gone, version: o.Version,
			exports:   &exports{reply: reply, cat: cat, refs: refs, finder: finder, now: o.Now},
			protocols: &protocolAPI{reply: reply, cat: cat, kept: kept, sameSite: sameSite, site: site},
		},
		vitals:  &vitals{reply: reply, engine: o.Engine, trouble: o.Trouble, version: o.Version},
		metrics: metrics,
	}, nil
}

// newPins is the file of what editors lift; nil for none.
func newPins(o Options) *pins.File {
	if o.Pins == "" {
		return nil
	}
	return pins.NewFile(o.Pins, func(text string) string { return answer.PinKey(o.Analyzer, text) }, o.Now)
}

// handler puts together what every request goes through. The log stands outside the recoverer so that it sees the
// status of an error page; compression stands inside it, since an error page must not land in half a gzip stream.
func (p *parts) handler() http.Handler {
	r := chi.NewRouter()
	p.reply.router = r
	r.Use(identify, p.access.logAccess, p.reply.recoverPanics, secureHeaders, compress(), limitTime(p.timeout))
	r.NotFound(p.reply.notFound)
	r.MethodNotAllowed(p.reply.methodNotAllowed)
	get := getter(r)
	r.Group(p.pageRoutes)
	// The same pages in English. What the browser prefers never decides: a link means the same page to everyone.
	r.Route(tongue.English.Path("/"), p.pageRoutes)
	r.Group(p.operator.routes)
	r.Group(p.feeds.routes)
	r.Group(p.machines.routes)
	r.Route("/api/v1", p.api.routes)
	get("/healthz", p.vitals.health)
	get("/version", p.vitals.tellVersion)
	get("/metrics", p.metrics.tellMetrics)
	return r
}

// pageRoutes are the pages that readers see, in the language that their path says.
func (p *parts) pageRoutes(r chi.Router) {
	get := getter(r)
	get("/", p.search.home)
	r.Group(func(r chi.Router) {
		r.Use(p.gate.limitAskers)
		getter(r)("/soeg", p.search.search)
	})
	get("/dokument/{id}", p.documents.document)
	get("/dokument/{id}/{format}", p.documents.reference)
	r.Group(p.lists.routes)
	get("/emner", p.topics.topicList)
	get("/emne/{slug}", p.topics.topic)
	get("/indsatser", p.programmes.programmeList)
	get("/indsats/{slug}", p.programmes.programme)
	get("/kilder", p.sources.sourceList)
	get("/kilde/{id}", p.sources.source)
	get("/nyt", p.news.news)
	r.Group(p.texts.routes)
	r.Group(p.letters.routes)
	r.Group(p.protocols.routes)
}

// compress leaves images alone: the sign is a few hundred bytes, and the pictures of shared links are compressed in themselves.
func compress() func(http.Handler) http.Handler {
	return middleware.Compress(5, "text/html", "text/css", "text/javascript", "text/csv", "application/json", "application/problem+json", "application/jsonl",
		"application/atom+xml", "application/rss+xml", "application/xml", "application/x-research-info-systems", "application/x-bibtex",
		"application/vnd.citationstyles.csl+json", "application/opensearchdescription+xml")
}

// getter registers a handler for GET and HEAD.
func getter(r chi.Router) func(pattern string, h http.HandlerFunc) {
	return func(pattern string, h http.HandlerFunc) {
		r.Get(pattern, h)
		r.Head(pattern, h)
	}
}
