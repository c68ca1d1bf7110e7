package crawler

import (
	"context"
	"fmt"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// visitor asks the sites, for as many workers as there are: it takes tasks of the dispatcher and tells it by events what
// came of them.
type visitor struct {
	c        *Crawler
	st       *state.Store
	run      state.Run
	count    *counter
	reader   *reader
	recorder *recorder

	tasks  <-chan task
	events chan<- event
}

func newVisitor(rec *recorder, tasks <-chan task, events chan<- event) *visitor {
	return &visitor{c: rec.c, st: rec.st, run: rec.run, count: rec.count, reader: rec.reader, recorder: rec, tasks: tasks, events: events}
}

// work takes tasks until there are no more.
func (v *visitor) work(ctx context.Context) {
	for t := range v.tasks {
		switch t.kind {
		case lookUp:
			v.lookUp(ctx, t)
		case readRobotsTxt:
			v.readRobots(ctx, t)
		case readTDMRep:
			v.readReservations(ctx, t)
		case probe:
			v.probe(ctx, t)
		case visitURL:
			if t.url.Kind == state.OAI {
				v.harvest(ctx, t)
				continue
			}
			v.visit(ctx, t)
		}
	}
}

// lookUp finds the addresses of a host. One that cannot be found is told by the first request.
func (v *visitor) lookUp(ctx context.Context, t task) {
	e := event{task: t, freed: true, done: true}
	addrs, err := v.c.o.Resolve(ctx, t.site.hostName())
	if err == nil && len(addrs) > 0 {
		first := addrs[0]
		for _, a := range addrs[1:] {
			if a.Less(first) {
				first = a // the order of an answer rotates; its least address does not
			}
		}
		e.addrs = []string{"addr " + first.Unmap().String()}
	}
	v.events <- e
}

// visit fetches one address and records what came of it.
func (v *visitor) visit(ctx context.Context, t task) {
	keep := context.WithoutCancel(ctx)
	if sc := v.c.atlas.byID[t.url.Source]; sc != nil && sc.OAI != "" {
		// A harvest may have spoken of the page since it was leased.
		if u, err := v.st.URLByID(keep, t.url.ID); err == nil {
			t.url = u // an error of the store shows at the next write
		}
	}
	if o, ok := v.unvisited(keep, t); ok {
		e := event{task: t, freed: true, done: true}
		v.recorder.settle(keep, &e, t.url, o)
		v.events <- e
		return
	}
	page, err := v.c.o.Fetch.Fetch(ctx, v.request(ctx, t))
	if err != nil && ctx.Err() != nil {
		e := event{task: t, freed: true, done: true, err: v.st.Release(keep, t.url.ID)}
		v.events <- e
		return
	}
	host := v.answered(t.site, page, err)
	v.count.fetched(t.url.Source)
	v.events <- event{task: t, freed: true}
	e := event{task: t, done: true}
	s := v.look(keep, t, page, err)
	v.recorder.judge(keep, &e, t, s, host)
	v.events <- e
}

// answered notes how the host stands after an answer.
func (v *visitor) answered(s *site, page fetch.Page, err error) state.Host {
	m := v.c.manners(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host = afterFetch(s.host, m, page, err, v.c.o.Clock.Now())
	return s.host
}

// unvisited decides on addresses that are not asked for: robots.txt forbids them, their family is a trap.
func (v *visitor) unvisited(ctx context.Context, t task) (state.Outcome, bool) {
	o := state.Outcome{URL: t.url.ID, Run: v.run.ID, Epoch: v.run.Started, At: v.c.o.Clock.Now(), State: state.Refused}
	if v.st.IsBlocked(t.url.URL) {
		o.Reason, o.Removal = state.TakenDown, state.AtOnce
		return o, true
	}
	_, acc := t.site.snapshot()
	if ok, why := acc.allowed(v.c.o.Agent, t.url.URL); !ok {
		o.Reason, o.Detail, o.Removal = state.Robots, why, state.AtOnce
		return o, true
	}
	if sc := v.c.atlas.byID[t.url.Source]; sc == nil {
		o.Reason, o.Removal = state.Unregistered, state.Hold
		return o, true
	}
	if t.url.Kind != state.Page || t.url.State != state.New {
		return o, false
	}
	p, ok := v.trap(ctx, t.url)
	if ok {
		o.Reason, o.Detail = state.Trap, fmt.Sprintf("%s: %d fetched, %d useful", p.Key, p.Fetched, p.Useful)
	}
	return o, ok
}

// trap returns the family, or the clan, whose budget an address has no part in any more.
func (v *visitor) trap(ctx context.Context, u state.URL) (state.Pattern, bool) {
	key, many := family(u.URL)
	if !many {
		return state.Pattern{}, false
	}
	p, err := v.st.Pattern(ctx, u.Source, key)
	if err != nil || spent(p) {
		return p, err == nil // an error of the store shows at the next write
	}
	all, ok := clan(key)
	if !ok {
		return p, false
	}
	c, err := v.st.Pattern(ctx, u.Source, all)
	return c, err == nil && spentTogether(p, c)
}

// request makes the request for an address, conditional when there is something that a 304 would keep.
func (v *visitor) request(ctx context.Context, t task) fetch.Request {
	req := fetch.Request{URL: t.url.URL, Allow: v.hop(ctx, t)}
	current := t.url.Kind != state.Page || sameReading(t.url, v.c.o.Pipeline)
	if keeps(t.url) && current && t.url.Trouble != state.BadNotModified {
		req.ETag, req.LastModified = t.url.ETag, t.url.LastModified
	}
	return req
}

// hop decides on redirects: one to another form of the same address (www, https, a session) is followed after the
// host's delay, since no other visit could; all others are answers.
func (v *visitor) hop(ctx context.Context, t task) func(string) error {
	return func(to string) error {
		if t.url.Kind == state.OAI && hostKey(hostOf(to)) == hostKey(hostOf(t.url.URL)) {
			return sleep(ctx, v.c.o.Clock, v.c.manners(t.site).delay(0)) // no address of a visit: the query is made anew each time
		}
		p := v.c.place(t.url.Kind, to)
		if p.url != t.url.URL || p.reason != "" {
			return fetch.ErrStay
		}
		return sleep(ctx, v.c.o.Clock, v.c.manners(t.site).delay(0))
	}
}

func (c *Crawler) place(kind state.Kind, abs string) place {
	switch kind {
	case state.Page:
		return c.atlas.find(abs)
	case state.OAI:
		return c.atlas.findProvider(abs)
	}
	return c.atlas.findListing(abs)
}

// look reads the answer and gathers what does not need the store to stand still.
func (v *visitor) look(ctx context.Context, t task, page fetch.Page, err error) sight {
	s := sight{
		row: t.url, scope: v.c.atlas.byID[t.url.Source], run: v.run, now: v.c.o.Clock.Now(), page: page, err: err,
		pipeline: v.c.o.Pipeline, random: v.c.o.Random(), scaled: v.c.scaled,
	}
	switch {
	case err != nil || page.NotModified:
	case page.Status >= 300 && page.Status < 400:
		s.target = v.target(t, page.Location)
	case page.Status >= 400:
	case t.url.Kind != state.Page:
		s.links, s.listErr = v.reader.listing(t.url, page)
	case !v.sameAsBefore(t.url, page):
		v.reader.readPage(ctx, t, &s)
	}
	return s
}

// target places where a redirect leads; nil when that is no address.
func (v *visitor) target(t task, location string) *place {
	p := v.c.place(t.url.Kind, location)
	if location == "" || p.url == "" {
		return nil
	}
	return &p
}

// sameAsBefore reports whether a body need not be read again.
func (v *visitor) sameAsBefore(u state.URL, page fetch.Page) bool {
	return keeps(u) && sameReading(u, v.c.o.Pipeline) && u.BodyHash == bodyHash(page)
}
