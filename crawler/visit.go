package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
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
		case probe:
			r.probe(ctx, t)
		case visitURL:
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
	if o, ok := r.unvisited(keep, t); ok {
		e := event{task: t, freed: true, done: true}
		r.save(keep, &e, t.url, o)
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
	key, many := family(t.url.URL)
	if !many {
		return o, false
	}
	p, err := r.st.Pattern(ctx, t.url.Source, key)
	if err != nil || !spent(p) {
		return o, false // an error of the store shows at the next write
	}
	o.Reason, o.Detail = state.Trap, fmt.Sprintf("%s: %d fetched, %d useful", key, p.Fetched, p.Useful)
	return o, true
}

// request makes the request for an address, conditional when there is something that a 304 would keep.
func (r *run) request(ctx context.Context, t task) fetch.Request {
	req := fetch.Request{URL: t.url.URL, Allow: r.hop(ctx, t)}
	current := t.url.Kind != state.Page || t.url.Pipeline == r.c.o.Pipeline
	if keeps(t.url) && current && t.url.Trouble != state.BadNotModified {
		req.ETag, req.LastModified = t.url.ETag, t.url.LastModified
	}
	return req
}

// hop decides on redirects: one to another form of the same address (www, https, a session) is followed after the
// host's delay, since no other visit could; all others are answers.
func (r *run) hop(ctx context.Context, t task) func(string) error {
	return func(to string) error {
		p := r.place(t.url.Kind, to)
		if p.url != t.url.URL || p.reason != "" {
			return fetch.ErrStay
		}
		return sleep(ctx, r.c.o.Clock, r.manners(t.site).delay(0))
	}
}

func (r *run) place(kind state.Kind, abs string) place {
	if kind != state.Page {
		return r.c.atlas.findListing(abs)
	}
	return r.c.atlas.find(abs)
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
		r.readPage(t, &s)
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
	return keeps(u) && u.Pipeline == r.c.o.Pipeline && u.BodyHash == bodyHash(page)
}

// readPage extracts a page and what follows from its text alone.
func (r *run) readPage(t task, s *sight) {
	s.read = true
	s.ext, s.extErr = r.extract(s.scope, s.page, s.now)
	if s.extErr != nil {
		return
	}
	s.hash, s.sketch = textHash(s.ext.Title, s.ext.Text), sketch(s.ext.Text)
	s.links = r.c.atlas.links(t.url, s.ext, r.c.o.MaxDepth)
	host, _ := t.site.snapshot()
	s.soft404 = softNotFound(t.url, host.Probe, s.ext.Title, s.ext.Text)
	if s.ext.Canonical != "" {
		p := r.c.atlas.find(s.ext.Canonical)
		s.canonical = &p
	}
	if s.ext.Refresh != "" {
		s.target = r.refresh(t, s.ext.Refresh)
	}
	s.list = s.scope.isList(t.url.URL) || r.c.atlas.find(t.url.URL).reason != ""
	s.document = newDocument(s.scope.Source, s.ext, s.page)
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

// extract reads a page. Foreign input that breaks the reader must not end the crawl.
func (r *run) extract(sc *scope, page fetch.Page, now time.Time) (ext extract.Result, err error) {
	r.c.parses <- struct{}{}
	defer func() {
		<-r.c.parses
		if p := recover(); p != nil {
			r.c.o.Log.Error("reader broke down", "url", page.URL, "panic", p)
			err = fmt.Errorf("read %s: %v", page.URL, p)
		}
	}()
	return r.c.o.Extract(extract.Input{
		URL: page.URL, ContentType: page.ContentType, Header: page.Header, Body: page.Body,
		Selector: sc.Selector, Agent: r.c.o.Agent, Now: now,
	})
}

// judge looks up the page's rivals, decides and records, with no other page doing so at the same time.
func (r *run) judge(ctx context.Context, e *event, t task, s sight, host state.Host) {
	r.record.Lock()
	defer r.record.Unlock()
	if err := r.rivals(ctx, &s); err != nil {
		e.err = err
		return
	}
	o := decide(s)
	o.Host = &host
	o.Pattern = r.learn(ctx, t.url, o)
	r.save(ctx, e, t.url, o)
}

// learn notes what a page did for its family: it became a document, or it led to addresses of other families that were
// not known. The pages of an archive are useful so; the months of a calendar lead to each other alone.
func (r *run) learn(ctx context.Context, u state.URL, o state.Outcome) *state.Pattern {
	if u.Kind != state.Page || u.State != state.New || o.State == state.Failed {
		return nil
	}
	key, many := family(u.URL)
	if !many {
		return nil
	}
	p, err := r.st.Pattern(ctx, u.Source, key)
	if err != nil {
		return nil // an error of the store shows at the next write
	}
	if o.Document == nil && r.leadsOn(ctx, key, o.Links) {
		p.Fetched, p.Useful = p.Fetched+1, p.Useful+1
		return &p
	}
	p = learn(p, o.Document != nil, o.Sketch)
	return &p
}

// leadsOn reports whether one of the links is news outside the family.
func (r *run) leadsOn(ctx context.Context, key string, links []state.Found) bool {
	var others []string
	for _, l := range links {
		if l.Reason != "" {
			continue
		}
		if other, _ := family(l.URL); other != key {
			others = append(others, l.URL)
		}
	}
	known, err := r.st.Known(ctx, others)
	return err == nil && known < len(others)
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

// rivals finds the other rows that may stand for the same document.
func (r *run) rivals(ctx context.Context, s *sight) error {
	var err error
	if s.err == nil && s.target != nil && s.target.reason == "" {
		if s.loops, err = r.loops(ctx, s.row.ID, s.target.url); err != nil {
			return err
		}
	}
	if !s.read || s.extErr != nil {
		return r.redirectClaims(ctx, s)
	}
	if s.row.Doc != "" {
		d, err := r.st.DocumentAt(ctx, s.row.ID)
		if err != nil && !errors.Is(err, state.ErrNotFound) {
			return err
		}
		s.mine = d.FirstSeen
	}
	if len(s.ext.Text) >= minTwinText {
		if s.twin, err = r.twin(ctx, s); err != nil {
			return err
		}
	}
	if s.elder, err = r.elder(ctx, s); err != nil {
		return err
	}
	s.claimants, err = r.claimants(ctx, s)
	return err
}

// redirectClaims finds the documents that name this address as their canonical one, now that it leads elsewhere.
func (r *run) redirectClaims(ctx context.Context, s *sight) error {
	if s.target == nil || s.target.reason != "" || s.loops {
		return nil
	}
	u, err := r.st.URL(ctx, s.target.url)
	if err == nil {
		u, err = r.st.Resolve(ctx, u.ID)
	}
	if errors.Is(err, state.ErrNotFound) || err == nil && u.Doc == "" {
		return nil
	}
	if err != nil {
		return err
	}
	there, err := r.rival(ctx, u)
	if err != nil {
		return err
	}
	as := *s
	as.hash, as.document, as.canonical = u.Hash, there.doc, nil
	s.claimants, err = r.claimants(ctx, &as)
	return err
}

// loops reports whether the address that a redirect leads to leads back to the row.
func (r *run) loops(ctx context.Context, row int64, to string) (bool, error) {
	u, err := r.st.URL(ctx, to)
	for range maxHops {
		if errors.Is(err, state.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if u.ID == row {
			return true, nil
		}
		if u.State != state.Redirect || u.Target == 0 {
			return false, nil
		}
		u, err = r.st.URLByID(ctx, u.Target)
	}
	return true, nil
}

func (r *run) twin(ctx context.Context, s *sight) (*rival, error) {
	u, ok, err := r.st.Twin(ctx, s.row, s.hash)
	if err != nil || !ok {
		return nil, err
	}
	return r.rival(ctx, u)
}

func (r *run) rival(ctx context.Context, u state.URL) (*rival, error) {
	d, err := r.st.DocumentAt(ctx, u.ID)
	if err != nil {
		return nil, fmt.Errorf("document of %s: %w", u.URL, err)
	}
	return &rival{row: u, created: d.FirstSeen, doc: d}, nil
}

// elder returns the document at the canonical address that the page names, when the two are much alike. Two pages that
// name each other, or a page that all others name, settle nothing.
func (r *run) elder(ctx context.Context, s *sight) (*rival, error) {
	if s.canonical == nil || s.canonical.reason != "" || s.canonical.url == s.row.URL {
		return nil, nil
	}
	u, err := r.st.URL(ctx, s.canonical.url)
	if err == nil {
		u, err = r.st.Resolve(ctx, u.ID)
	}
	if errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	if err != nil || u.ID == s.row.ID || u.State != state.OK || u.Doc == "" || u.Source != s.row.Source || u.Canonical == s.row.ID {
		return nil, err
	}
	other, err := r.rival(ctx, u)
	if err != nil || !alike(*s, other) {
		return nil, err
	}
	return other, nil
}

// alike reports whether the page and a document are one text in two dresses.
func alike(s sight, other *rival) bool {
	if other.row.Hash == s.hash {
		return true
	}
	return likeness(s.document.Title+"\n"+s.document.Body, other.doc.Title+"\n"+other.doc.Body) >= nearText
}

// claimants returns the documents much like this page that name it as their canonical address.
func (r *run) claimants(ctx context.Context, s *sight) ([]state.URL, error) {
	all, err := r.st.Claimants(ctx, s.row.ID)
	if err != nil {
		return nil, err
	}
	var out []state.URL
	for _, u := range all {
		if u.Source != s.row.Source || s.canonical != nil && s.canonical.url == u.URL {
			continue
		}
		other, err := r.rival(ctx, u)
		if err != nil {
			return nil, err
		}
		if alike(*s, other) {
			out = append(out, u)
		}
	}
	return out, nil
}

// probe asks a host for a page that it cannot have.
func (r *run) probe(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	e := event{task: t, freed: true, done: true}
	page, err := r.c.o.Fetch.Fetch(ctx, fetch.Request{URL: r.probeAddress(t.site), Allow: func(string) error { return fetch.ErrStay }})
	if err != nil && ctx.Err() != nil {
		r.events <- e
		return
	}
	host := r.answered(t.site, page, err)
	r.count.fetchedAside(r.sourcesOf(t.site), page.Bytes)
	host.Probe = state.Probe{At: r.c.o.Clock.Now(), Status: page.Status}
	if err == nil && page.Status == http.StatusOK {
		if sc := r.scopeOf(t.site); sc != nil {
			ext, _ := r.extract(sc, page, host.Probe.At) // an unreadable answer tells nothing
			host.Probe.Text = cut(ext.Title+"\n"+ext.Text, probeText)
		}
	}
	t.site.mu.Lock()
	t.site.host.Probe = host.Probe
	t.site.mu.Unlock()
	e.err = r.st.SaveHost(keep, host)
	r.events <- e
}

// cut shortens a text to at most n bytes at a space.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n] != ' ' && s[n] != '\n' {
		n--
	}
	return s[:n]
}

// probeAddress is an address that a site cannot have and that we may ask for, "" when there is none.
func (r *run) probeAddress(s *site) string {
	sc := r.scopeOf(s)
	if sc == nil {
		return ""
	}
	prefix := "/"
	if len(sc.Include) > 0 {
		prefix = sc.Include[0]
	}
	address := probeURL(s.origin, prefix)
	_, acc := s.snapshot()
	if ok, _ := acc.allowed(r.c.o.Agent, address); !ok || r.c.atlas.find(address).reason != "" {
		return ""
	}
	return address
}

// scopeOf returns the first selected source that a site serves, nil when there is none.
func (r *run) scopeOf(s *site) *scope {
	for _, sc := range r.c.atlas.byHost[hostKey(s.hostName())] {
		if r.c.selected(sc.ID) && sc.Fetched() {
			return sc
		}
	}
	return nil
}
