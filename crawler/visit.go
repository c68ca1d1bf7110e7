package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// work takes tasks until there are no more.
func (r *run) work(ctx context.Context) {
	for t := range r.tasks {
		switch t.kind {
		case lookUp:
			r.lookUp(ctx, t)
		case readRobotsTxt:
			r.readRobots(ctx, t)
		case readTDMRep:
			r.readReservations(ctx, t)
		case probe:
			r.probe(ctx, t)
		case visitURL:
			if t.url.Kind == state.OAI {
				r.harvest(ctx, t)
				continue
			}
			r.visit(ctx, t)
		}
	}
}

// lookUp finds the addresses of a host. One that cannot be found is told by the first request.
func (r *run) lookUp(ctx context.Context, t task) {
	e := event{task: t, freed: true, done: true}
	addrs, err := r.c.o.Resolve(ctx, t.site.hostName())
	if err == nil && len(addrs) > 0 {
		first := addrs[0]
		for _, a := range addrs[1:] {
			if a.Less(first) {
				first = a // the order of an answer rotates; its least address does not
			}
		}
		e.addrs = []string{"addr " + first.Unmap().String()}
	}
	r.events <- e
}

// visit fetches one address and records what came of it.
func (r *run) visit(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	if sc := r.c.atlas.byID[t.url.Source]; sc != nil && sc.OAI != "" {
		// A harvest may have spoken of the page since it was leased.
		if u, err := r.st.URLByID(keep, t.url.ID); err == nil {
			t.url = u // an error of the store shows at the next write
		}
	}
	if o, ok := r.unvisited(keep, t); ok {
		e := event{task: t, freed: true, done: true}
		r.record.Lock()
		if r.save(keep, &e, t.url, o); e.err == nil {
			e.err = r.freshen(keep)
		}
		r.record.Unlock()
		r.events <- e
		return
	}
	page, err := r.c.o.Fetch.Fetch(ctx, r.request(ctx, t))
	if err != nil && ctx.Err() != nil {
		e := event{task: t, freed: true, done: true, err: r.st.Release(keep, t.url.ID)}
		r.events <- e
		return
	}
	host := r.answered(t.site, page, err)
	r.count.fetched(t.url.Source)
	r.events <- event{task: t, freed: true}
	e := event{task: t, done: true}
	s := r.look(keep, t, page, err)
	r.judge(keep, &e, t, s, host)
	r.events <- e
}

// answered notes how the host stands after an answer.
func (r *run) answered(s *site, page fetch.Page, err error) state.Host {
	m := r.manners(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host = afterFetch(s.host, m, page, err, r.c.o.Clock.Now())
	return s.host
}

// unvisited decides on addresses that are not asked for: robots.txt forbids them, their family is a trap.
func (r *run) unvisited(ctx context.Context, t task) (state.Outcome, bool) {
	o := state.Outcome{URL: t.url.ID, Run: r.run.ID, Epoch: r.run.Started, At: r.c.o.Clock.Now(), State: state.Refused}
	if r.st.IsBlocked(t.url.URL) {
		o.Reason, o.Removal = state.TakenDown, state.AtOnce
		return o, true
	}
	_, acc := t.site.snapshot()
	if ok, why := acc.allowed(r.c.o.Agent, t.url.URL); !ok {
		o.Reason, o.Detail, o.Removal = state.Robots, why, state.AtOnce
		return o, true
	}
	if sc := r.c.atlas.byID[t.url.Source]; sc == nil {
		o.Reason, o.Removal = state.Unregistered, state.Hold
		return o, true
	}
	if t.url.Kind != state.Page || t.url.State != state.New {
		return o, false
	}
	p, ok := r.trap(ctx, t.url)
	if ok {
		o.Reason, o.Detail = state.Trap, fmt.Sprintf("%s: %d fetched, %d useful", p.Key, p.Fetched, p.Useful)
	}
	return o, ok
}

// trap returns the family, or the clan, whose budget an address has no part in any more.
func (r *run) trap(ctx context.Context, u state.URL) (state.Pattern, bool) {
	key, many := family(u.URL)
	if !many {
		return state.Pattern{}, false
	}
	p, err := r.st.Pattern(ctx, u.Source, key)
	if err != nil || spent(p) {
		return p, err == nil // an error of the store shows at the next write
	}
	all, ok := clan(key)
	if !ok {
		return p, false
	}
	c, err := r.st.Pattern(ctx, u.Source, all)
	return c, err == nil && spentTogether(p, c)
}

// request makes the request for an address, conditional when there is something that a 304 would keep.
func (r *run) request(ctx context.Context, t task) fetch.Request {
	req := fetch.Request{URL: t.url.URL, Allow: r.hop(ctx, t)}
	current := t.url.Kind != state.Page || sameReading(t.url, r.c.o.Pipeline)
	if keeps(t.url) && current && t.url.Trouble != state.BadNotModified {
		req.ETag, req.LastModified = t.url.ETag, t.url.LastModified
	}
	return req
}

// hop decides on redirects: one to another form of the same address (www, https, a session) is followed after the
// host's delay, since no other visit could; all others are answers.
func (r *run) hop(ctx context.Context, t task) func(string) error {
	return func(to string) error {
		if t.url.Kind == state.OAI && hostKey(hostOf(to)) == hostKey(hostOf(t.url.URL)) {
			return sleep(ctx, r.c.o.Clock, r.manners(t.site).delay(0)) // no address of a visit: the query is made anew each time
		}
		p := r.place(t.url.Kind, to)
		if p.url != t.url.URL || p.reason != "" {
			return fetch.ErrStay
		}
		return sleep(ctx, r.c.o.Clock, r.manners(t.site).delay(0))
	}
}

func (r *run) place(kind state.Kind, abs string) place {
	switch kind {
	case state.Page:
		return r.c.atlas.find(abs)
	case state.OAI:
		return r.c.atlas.findProvider(abs)
	}
	return r.c.atlas.findListing(abs)
}

// look reads the answer and gathers what does not need the store to stand still.
func (r *run) look(ctx context.Context, t task, page fetch.Page, err error) sight {
	s := sight{
		row: t.url, scope: r.c.atlas.byID[t.url.Source], run: r.run, now: r.c.o.Clock.Now(), page: page, err: err,
		pipeline: r.c.o.Pipeline, random: r.c.o.Random(), scaled: r.c.scaled,
	}
	switch {
	case err != nil || page.NotModified:
	case page.Status >= 300 && page.Status < 400:
		s.target = r.target(t, page.Location)
	case page.Status >= 400:
	case t.url.Kind != state.Page:
		s.links, s.listErr = r.listing(t.url, page)
	case !r.sameAsBefore(t.url, page):
		r.readPage(ctx, t, &s)
	}
	return s
}

// target places where a redirect leads; nil when that is no address.
func (r *run) target(t task, location string) *place {
	p := r.place(t.url.Kind, location)
	if location == "" || p.url == "" {
		return nil
	}
	return &p
}

// sameAsBefore reports whether a body need not be read again.
func (r *run) sameAsBefore(u state.URL, page fetch.Page) bool {
	return keeps(u) && sameReading(u, r.c.o.Pipeline) && u.BodyHash == bodyHash(page)
}

// readPage extracts a page and what follows from its text alone.
func (r *run) readPage(ctx context.Context, t task, s *sight) {
	s.read = true
	m := r.model(ctx, siteKey{t.url.Source, originOf(t.url.URL)})
	s.ext, s.extErr = r.extract(ctx, s.scope, s.page, s.now, m)
	if s.extErr != nil {
		return
	}
	if s.ext.Format == "html" {
		s.pipeline = stamp(s.pipeline, m)
	}
	s.hash, s.sketch = textHash(s.ext.Title, s.ext.Text), sketch(s.ext.Text)
	s.links = r.c.atlas.links(t.url, s.ext, r.c.o.MaxDepth)
	s.files = r.c.atlas.ownFiles(t.url, s.ext, r.c.o.MaxDepth)
	host, _ := t.site.snapshot()
	s.soft404 = softNotFound(t.url, host.Probe, s.ext.Title, r.plainText(ctx, s, host.Probe))
	if s.ext.Canonical != "" {
		p := r.c.atlas.find(s.ext.Canonical)
		s.canonical = &p
	}
	if s.ext.Refresh != "" {
		s.target = r.refresh(t, s.ext.Refresh)
	}
	s.list = s.scope.isList(t.url.URL) || r.c.atlas.find(t.url.URL).reason != ""
	s.document = newDocument(s.scope.Source, s.ext, s.page)
	s.document.URL = t.url.URL // its path is evidence for what it is
	r.c.o.Describe(&s.document, s.scope.Source)
}

// refresh places where a meta refresh leads; nil when that is the page itself or nowhere we go, which happens on pages
// that merely reload.
func (r *run) refresh(t task, to string) *place {
	p := r.c.atlas.find(to)
	if p.reason != "" || p.url == "" || p.url == t.url.URL {
		return nil
	}
	return &p
}

// plainText is a page's text read without a model, as the site's answer to a nonsense address was, where there is such
// an answer to compare with.
func (r *run) plainText(ctx context.Context, s *sight, p state.Probe) string {
	if p.Text == "" || s.ext.Why["text"].Rule != extract.ByModel {
		return s.ext.Text
	}
	plain, err := r.extract(ctx, s.scope, s.page, s.now, nil)
	if err != nil {
		return s.ext.Text
	}
	return plain.Text
}

// extract reads a page. Foreign input that breaks the reader must not end the crawl.
func (r *run) extract(ctx context.Context, sc *scope, page fetch.Page, now time.Time, m *extract.Model) (ext extract.Result, err error) {
	turn := r.c.parses
	if bytes.HasPrefix(page.Body, []byte("%PDF")) {
		turn = r.c.files
	}
	turn <- struct{}{}
	defer func() {
		<-turn
		if p := recover(); p != nil {
			r.c.o.Log.Error("reader broke down", "url", page.URL, "panic", p)
			err = fmt.Errorf("read %s: %v", page.URL, p)
		}
	}()
	ext, err = r.c.o.Extract(ctx, extract.Input{
		URL: page.URL, ContentType: page.ContentType, Header: page.Header, Body: page.Body, Kept: r.st.Masked(page.Body),
		Selector: sc.Selector, Model: m, Agent: r.c.o.Agent, Now: now, Reserved: r.reserved.find(ctx, r.st, page.URL),
	})
	if errors.Is(err, extract.ErrNoText) {
		err = nil // its properties and the notice are something to be found by
	}
	return ext, err
}

// judge looks up the page's rivals, decides and records, with no other page doing so at the same time.
func (r *run) judge(ctx context.Context, e *event, t task, s sight, host state.Host) {
	r.record.Lock()
	defer r.record.Unlock()
	if again, err := r.overtaken(ctx, &s); again || err != nil {
		e.err = errors.Join(err, r.st.Release(ctx, t.url.ID))
		// Whoever recalled the address woke its host while the address was out here; it has to be woken once more. The
		// address was counted twice then and is settled once.
		e.added = []state.Added{{Host: t.url.Host, Source: t.url.Source, N: -1}}
		return
	}
	if err := r.rivals(ctx, &s); err != nil {
		e.err = err
		return
	}
	o := decide(s)
	o.Host = &host
	o.Patterns = r.learn(ctx, t.url, o)
	r.save(ctx, e, t.url, o)
	if e.err == nil && o.Body != nil {
		e.err = r.practise(ctx, t.url)
	}
	if e.err == nil {
		e.err = r.freshen(ctx)
	}
}

// save records an outcome and reports it.
func (r *run) save(ctx context.Context, e *event, u state.URL, o state.Outcome) {
	done, err := r.st.Record(ctx, o)
	if err != nil {
		e.err = err
		return
	}
	e.added = done.Added
	if o.State == state.Failed && o.Due.Sub(o.At) <= r.c.scaled(r.c.o.MaxWait) {
		e.retryAt = o.Due
	}
	r.count.recorded(u, o, done, !e.retryAt.IsZero())
	r.c.o.Log.Debug("visited", "url", redact(u.URL), "source", u.Source, "state", o.State, "reason", o.Reason, "status", o.Status)
}
