package crawler

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// leaseSize is how many addresses of a host are held in memory; more would only be given back at a stop.
const leaseSize = 16

// leaseFor bounds a lease. Leases of this process end with Record; the bound is for one that hangs.
const leaseFor = time.Hour

// dispatcher says which site is asked for what, and when. It is one goroutine; what is here belongs to it alone but for the
// channels.
type dispatcher struct {
	c     *Crawler
	st    *state.Store
	run   state.Run
	count *counter

	sites  map[int64]*site // by host number
	lanes  map[string]*lane
	queue  queueOfSites
	flying int   // tasks under way
	asides int   // sites left for the next run
	err    error // the first that ends the run
	tasks  chan task
	events chan event
}

func newDispatcher(c *Crawler, run state.Run, count *counter) *dispatcher {
	return &dispatcher{
		c: c, st: c.o.State, run: run, count: count, sites: map[int64]*site{}, lanes: map[string]*lane{},
		tasks: make(chan task), events: make(chan event, 2*c.o.Workers),
	}
}

// dispatch hands out work until there is none, an error ends the run, or ctx does.
func (d *dispatcher) dispatch(ctx context.Context) error {
	for d.err == nil && ctx.Err() == nil {
		t, wait, ok := d.next(ctx)
		switch {
		case ok:
			d.send(ctx, t)
		case d.flying == 0 && wait < 0:
			return d.err
		default:
			d.listen(ctx, wait)
		}
	}
	for d.flying > 0 {
		d.handle(ctx, <-d.events)
	}
	return d.err
}

// send gives a task to a worker, listening meanwhile so that a busy worker can report.
func (d *dispatcher) send(ctx context.Context, t task) {
	d.take(t)
	for {
		select {
		case d.tasks <- t:
			return
		case e := <-d.events:
			d.handle(ctx, e)
		case <-ctx.Done():
			d.giveUp(t)
			return
		}
	}
}

// take marks a site and its lanes as busy.
func (d *dispatcher) take(t task) {
	d.flying++
	t.site.flying = true
	for _, key := range t.site.lanes {
		d.lane(key).busy = true
	}
}

// giveUp takes back a task that no worker got.
func (d *dispatcher) giveUp(t task) {
	if t.kind == visitURL {
		t.site.queue = append(t.site.queue, t.url)
	}
	d.flying--
	d.free(t.site)
}

func (d *dispatcher) lane(key string) *lane {
	l := d.lanes[key]
	if l == nil {
		l = &lane{}
		d.lanes[key] = l
	}
	return l
}

// listen waits for an event, or for the next site's turn when wait is not negative.
func (d *dispatcher) listen(ctx context.Context, wait time.Duration) {
	var turn <-chan time.Time
	if wait >= 0 {
		turn = d.c.o.Clock.After(wait)
	}
	select {
	case e := <-d.events:
		d.handle(ctx, e)
	case <-turn:
	case <-ctx.Done():
	}
}

// next returns the next task, or how long until there may be one; a negative wait means that only an event can bring one.
func (d *dispatcher) next(ctx context.Context) (task, time.Duration, bool) {
	for d.queue.Len() > 0 {
		now := d.c.o.Clock.Now()
		s := d.queue[0]
		if wait := s.readyAt.Sub(now); wait > 0 {
			return task{}, wait, false
		}
		heap.Pop(&d.queue)
		if l := d.busyLane(s); l != nil {
			l.waiting = append(l.waiting, s)
			continue
		}
		if t, ok := d.taskFor(ctx, s, now); ok {
			return t, 0, true
		}
		if d.err != nil {
			return task{}, 0, false
		}
	}
	return task{}, -1, false
}

func (d *dispatcher) busyLane(s *site) *lane {
	for _, key := range s.lanes {
		if l := d.lane(key); l.busy {
			return l
		}
	}
	return nil
}

// taskFor says what is to be done next on a site that may be asked now.
func (d *dispatcher) taskFor(ctx context.Context, s *site, now time.Time) (task, bool) {
	_, acc := s.snapshot()
	d.yield(ctx, s)
	switch {
	case d.paused(s):
		d.leave(s, "sat på pause")
		return task{}, false
	case !s.named:
		return task{kind: lookUp, site: s}, true
	case !s.robotsRead:
		return task{kind: readRobotsTxt, site: s}, true
	case acc.held:
		d.leave(s, acc.note)
		return task{}, false
	case !s.tdmRead && d.c.mayReadReservations(s):
		return task{kind: readTDMRep, site: s}, true
	case !s.probed && d.c.probeAddress(s) != "":
		return task{kind: probe, site: s}, true
	}
	if len(s.queue) == 0 && !d.refill(ctx, s, now) {
		return task{}, false
	}
	u := s.queue[0]
	s.queue = s.queue[1:]
	return task{kind: visitURL, site: s, url: u}, true
}

// refill leases more of a site's addresses. Without any the site rests until one of its pages is recorded, a link to
// it is found, or a retry is due.
func (d *dispatcher) refill(ctx context.Context, s *site, now time.Time) bool {
	if s.dry {
		return false
	}
	s.retries = slices.DeleteFunc(s.retries, func(at time.Time) bool { return !at.After(now) })
	urls, err := d.st.Lease(ctx, state.LeaseRequest{Host: s.hostID(), Now: now, Until: now.Add(leaseFor), N: leaseSize, Sources: d.open()})
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			d.err = fmt.Errorf("lease addresses of %s: %w", s.origin, err)
		}
		return false
	}
	s.queue = urls
	s.dry = len(urls) == 0
	if s.dry {
		d.park(s)
	}
	return len(urls) > 0
}

// open returns the sources whose pages may still be fetched in this run; nil means any.
func (d *dispatcher) open() []string {
	full := d.count.exhausted()
	if len(full) == 0 {
		return d.c.active()
	}
	return d.c.only(func(id string) bool { return !full[id] && d.c.visits(id) })
}

// yield gives back what was leased of sources that were paused since.
func (d *dispatcher) yield(ctx context.Context, s *site) {
	var ids []int64
	s.queue = slices.DeleteFunc(s.queue, func(u state.URL) bool {
		paused := d.st.IsPaused(u.Source)
		if paused {
			ids = append(ids, u.ID)
		}
		return paused
	})
	if len(ids) == 0 {
		return
	}
	if err := d.st.Release(context.WithoutCancel(ctx), ids...); err != nil {
		d.err = err
	}
}

// paused reports whether a person has paused every source of a host that the run would visit.
func (d *dispatcher) paused(s *site) bool {
	some := false
	for _, sc := range d.c.atlas.byHost[hostKey(s.hostName())] {
		if d.c.visits(sc.ID) {
			return false
		}
		some = some || d.st.IsPaused(sc.ID)
	}
	return some
}

// longWait is what a person who watches should be told of.
const longWait = 10 * time.Second

// park brings a site to the place where it belongs: into the heap when it has something to do at a known time, else
// nowhere until an event wakes it.
func (d *dispatcher) park(s *site) {
	if s.aside != "" || s.flying {
		return
	}
	host, _ := s.snapshot()
	s.readyAt = later(later(s.readyAt, host.NextOK), host.OpenUntil)
	if s.dry {
		retry := s.nextRetry()
		if retry.IsZero() {
			return
		}
		s.dry = false
		s.readyAt = later(s.readyAt, retry)
	}
	now := d.c.o.Clock.Now()
	opens, hours := d.c.opens(s.origin, later(s.readyAt, now))
	if opens.Sub(now) > d.c.scaled(d.c.o.MaxWait) && hours != "" {
		d.leave(s, "besøges kun kl. "+hours)
		return
	}
	s.readyAt = later(s.readyAt, opens)
	wait := s.readyAt.Sub(now)
	if host.Fails > s.failsMost || wait > d.c.scaled(d.c.o.MaxWait) {
		d.leave(s, waitNote(host, wait))
		return
	}
	if host.LastError != "" && wait > d.c.scaled(longWait) && s.told != host.Fails {
		s.told = host.Fails
		d.count.waiting(d.c.sourcesOf(s), s.origin, waitNote(host, wait))
	}
	d.queue.put(s)
}

// leave sets a site aside for the next run.
func (d *dispatcher) leave(s *site, why string) {
	if why == "" {
		why = "serveren svarer ikke"
	}
	s.aside = why
	d.asides++
	d.count.aside(d.c.sourcesOf(s), s.origin, why)
}

func waitNote(h state.Host, wait time.Duration) string {
	note := "prøves igen i næste gennemgang"
	if wait > 0 {
		note = fmt.Sprintf("venter %s", wait.Round(time.Second))
	}
	if h.LastError != "" {
		note += ": " + h.LastError
	}
	return note
}

// handle takes in what a worker reports.
func (d *dispatcher) handle(ctx context.Context, e event) {
	s := e.task.site
	if e.err != nil && d.err == nil {
		d.err = e.err
	}
	if e.freed {
		if e.task.kind == visitURL {
			s.pending++
		}
		d.free(s)
	}
	if !e.done {
		return
	}
	d.flying--
	d.completed(e)
	for _, a := range e.added {
		d.wake(ctx, a)
	}
}

// free gives the site's lanes to whoever waits for them.
func (d *dispatcher) free(s *site) {
	s.flying = false
	for _, key := range s.lanes {
		l := d.lane(key)
		l.busy = false
		waiting := l.waiting
		l.waiting = nil
		for _, other := range waiting {
			d.park(other)
		}
	}
	d.park(s)
}

// completed notes the end of a task.
func (d *dispatcher) completed(e event) {
	s := e.task.site
	switch e.task.kind {
	case lookUp:
		s.named = true
		s.lanes = append(s.lanes, e.addrs...)
	case readRobotsTxt:
		s.robotsTries++
		s.robotsRead = e.robotsOK || s.robotsTries >= robotsRetries
	case readTDMRep:
		s.tdmRead = true
	case probe:
		s.probed = true
	case visitURL:
		s.pending--
		if !e.retryAt.IsZero() {
			s.retries = append(s.retries, e.retryAt)
		}
		if e.goOn {
			s.queue = slices.Insert(s.queue, 0, e.task.url)
			s.dry = false
		}
	}
	d.park(s)
}

// wake brings a host back that got new addresses.
func (d *dispatcher) wake(ctx context.Context, a state.Added) {
	if a.Host == 0 || !d.c.visits(a.Source) {
		return
	}
	d.count.grow(a.Source, a.N)
	if s, ok := d.sites[a.Host]; ok {
		s.dry = false
		d.park(s)
		return
	}
	h, err := d.st.HostByID(context.WithoutCancel(ctx), a.Host)
	if err != nil {
		d.err = fmt.Errorf("take up %s: %w", a.Origin, err)
		return
	}
	d.activate(h)
}

// activate takes a host into the run, unless it is in already.
func (d *dispatcher) activate(h state.Host) {
	if d.sites[h.ID] != nil {
		return
	}
	now := d.c.o.Clock.Now()
	if h.NextOK.Sub(now) > max(fetch.MaxRetryAfter, h.Delay) {
		h.NextOK = now // nobody asked for that: the clock has jumped back
	}
	if d.c.o.Revisit == All {
		h.OpenUntil = time.Time{} // a person asks: the host gets one try
	}
	s := &site{origin: h.Origin, host: h, index: -1, readyAt: h.NextOK, failsMost: max(h.Fails, circuitAfter)}
	s.lanes = []string{"host " + s.hostName()}
	if d.run.Resumed && !h.LastOK.IsZero() {
		// What a killed process asked last was never written down.
		s.readyAt = later(s.readyAt, now.Add(d.c.manners(s).delay(0)))
	}
	s.access = robotsAccess(h.Robots, now)
	s.robotsRead = d.c.o.Revisit == Due && !robotsStale(h.Robots, now) && h.Robots.Failing.IsZero()
	s.tdmRead = s.robotsRead // both are asked for on the same day
	s.probed = !h.Probe.At.IsZero() && now.Sub(h.Probe.At) < probeFresh
	s.named = d.c.o.SharedAddress
	d.sites[h.ID] = s
	d.park(s)
}

// putBack gives back what was leased and not visited.
func (d *dispatcher) putBack(ctx context.Context) error {
	var ids []int64
	for _, s := range d.sites {
		for _, u := range s.queue {
			ids = append(ids, u.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return d.st.Release(ctx, ids...)
}

// revive lets all sites of the run look for addresses that are due again.
func (d *dispatcher) revive() {
	for _, s := range d.sites {
		if s.aside == "" {
			s.dry = false
			d.park(s)
		}
	}
}
