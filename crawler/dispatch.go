package crawler

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"smaabornsviden/crawler/state"
)

// dispatch hands out work until there is none, an error ends the run, or ctx does.
func (r *run) dispatch(ctx context.Context) {
	for r.err == nil && ctx.Err() == nil {
		t, wait, ok := r.next(ctx)
		switch {
		case ok:
			r.send(ctx, t)
		case r.flying == 0 && wait < 0:
			return
		default:
			r.listen(ctx, wait)
		}
	}
	for r.flying > 0 {
		r.handle(ctx, <-r.events)
	}
}

// send gives a task to a worker, listening meanwhile so that a busy worker can report.
func (r *run) send(ctx context.Context, t task) {
	r.take(t)
	for {
		select {
		case r.tasks <- t:
			return
		case e := <-r.events:
			r.handle(ctx, e)
		case <-ctx.Done():
			r.giveUp(t)
			return
		}
	}
}

// take marks a site and its lanes as busy.
func (r *run) take(t task) {
	r.flying++
	t.site.flying = true
	for _, key := range t.site.lanes {
		r.lane(key).busy = true
	}
}

// giveUp takes back a task that no worker got.
func (r *run) giveUp(t task) {
	if t.kind == visitURL {
		t.site.queue = append(t.site.queue, t.url)
	}
	r.flying--
	r.free(t.site)
}

func (r *run) lane(key string) *lane {
	l := r.lanes[key]
	if l == nil {
		l = &lane{}
		r.lanes[key] = l
	}
	return l
}

// listen waits for an event, or for the next site's turn when wait is not negative.
func (r *run) listen(ctx context.Context, wait time.Duration) {
	var turn <-chan time.Time
	if wait >= 0 {
		turn = r.c.o.Clock.After(wait)
	}
	select {
	case e := <-r.events:
		r.handle(ctx, e)
	case <-turn:
	case <-ctx.Done():
	}
}

// next returns the next task, or how long until there may be one; a negative wait means that only an event can bring one.
func (r *run) next(ctx context.Context) (task, time.Duration, bool) {
	for r.queue.Len() > 0 {
		now := r.c.o.Clock.Now()
		s := r.queue[0]
		if wait := s.readyAt.Sub(now); wait > 0 {
			return task{}, wait, false
		}
		heap.Pop(&r.queue)
		if l := r.busyLane(s); l != nil {
			l.waiting = append(l.waiting, s)
			continue
		}
		if t, ok := r.taskFor(ctx, s, now); ok {
			return t, 0, true
		}
		if r.err != nil {
			return task{}, 0, false
		}
	}
	return task{}, -1, false
}

func (r *run) busyLane(s *site) *lane {
	for _, key := range s.lanes {
		if l := r.lane(key); l.busy {
			return l
		}
	}
	return nil
}

// taskFor says what is to be done next on a site that may be asked now.
func (r *run) taskFor(ctx context.Context, s *site, now time.Time) (task, bool) {
	_, acc := s.snapshot()
	r.yield(ctx, s)
	switch {
	case r.paused(s):
		r.leave(s, "sat på pause")
		return task{}, false
	case !s.named:
		return task{kind: lookUp, site: s}, true
	case !s.robotsRead:
		return task{kind: readRobotsTxt, site: s}, true
	case acc.held:
		r.leave(s, acc.note)
		return task{}, false
	case !s.tdmRead && r.mayReadReservations(s):
		return task{kind: readTDMRep, site: s}, true
	case !s.probed && r.probeAddress(s) != "":
		return task{kind: probe, site: s}, true
	}
	if len(s.queue) == 0 && !r.refill(ctx, s, now) {
		return task{}, false
	}
	u := s.queue[0]
	s.queue = s.queue[1:]
	return task{kind: visitURL, site: s, url: u}, true
}

// refill leases more of a site's addresses. Without any the site rests until one of its pages is recorded, a link to
// it is found, or a retry is due.
func (r *run) refill(ctx context.Context, s *site, now time.Time) bool {
	if s.dry {
		return false
	}
	s.retries = slices.DeleteFunc(s.retries, func(at time.Time) bool { return !at.After(now) })
	urls, err := r.st.Lease(ctx, state.LeaseRequest{Host: s.hostID(), Now: now, Until: now.Add(leaseFor), N: leaseSize, Sources: r.open()})
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			r.err = fmt.Errorf("lease addresses of %s: %w", s.origin, err)
		}
		return false
	}
	s.queue = urls
	s.dry = len(urls) == 0
	if s.dry {
		r.park(s)
	}
	return len(urls) > 0
}

func (s *site) hostID() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.host.ID
}

// open returns the sources whose pages may still be fetched in this run; nil means any.
func (r *run) open() []string {
	full := r.count.exhausted()
	if len(full) == 0 {
		return r.c.active()
	}
	return r.c.only(func(id string) bool { return !full[id] && r.c.visits(id) })
}

// yield gives back what was leased of sources that were paused since.
func (r *run) yield(ctx context.Context, s *site) {
	var ids []int64
	s.queue = slices.DeleteFunc(s.queue, func(u state.URL) bool {
		paused := r.c.o.State.IsPaused(u.Source)
		if paused {
			ids = append(ids, u.ID)
		}
		return paused
	})
	if len(ids) == 0 {
		return
	}
	if err := r.st.Release(context.WithoutCancel(ctx), ids...); err != nil {
		r.err = err
	}
}

// paused reports whether a person has paused every source of a host that the run would visit.
func (r *run) paused(s *site) bool {
	some := false
	for _, sc := range r.c.atlas.byHost[hostKey(s.hostName())] {
		if r.c.visits(sc.ID) {
			return false
		}
		some = some || r.c.o.State.IsPaused(sc.ID)
	}
	return some
}

// longWait is what a person who watches should be told of.
const longWait = 10 * time.Second

// park brings a site to the place where it belongs: into the heap when it has something to do at a known time, else
// nowhere until an event wakes it.
func (r *run) park(s *site) {
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
	now := r.c.o.Clock.Now()
	opens, hours := r.c.opens(s.origin, later(s.readyAt, now))
	if opens.Sub(now) > r.c.scaled(r.c.o.MaxWait) && hours != "" {
		r.leave(s, "besøges kun kl. "+hours)
		return
	}
	s.readyAt = later(s.readyAt, opens)
	wait := s.readyAt.Sub(now)
	if host.Fails > s.failsMost || wait > r.c.scaled(r.c.o.MaxWait) {
		r.leave(s, waitNote(host, wait))
		return
	}
	if host.LastError != "" && wait > r.c.scaled(longWait) && s.told != host.Fails {
		s.told = host.Fails
		r.count.waiting(r.sourcesOf(s), s.origin, waitNote(host, wait))
	}
	r.queue.put(s)
}

// leave sets a site aside for the next run.
func (r *run) leave(s *site, why string) {
	if why == "" {
		why = "serveren svarer ikke"
	}
	s.aside = why
	r.asides++
	r.count.aside(r.sourcesOf(s), s.origin, why)
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

func (r *run) sourcesOf(s *site) []string {
	var ids []string
	for _, sc := range r.c.atlas.byHost[hostKey(s.hostName())] {
		ids = append(ids, sc.ID)
	}
	return ids
}

// handle takes in what a worker reports.
func (r *run) handle(ctx context.Context, e event) {
	s := e.task.site
	if e.err != nil && r.err == nil {
		r.err = e.err
	}
	if e.freed {
		if e.task.kind == visitURL {
			s.pending++
		}
		r.free(s)
	}
	if !e.done {
		return
	}
	r.flying--
	r.completed(e)
	for _, a := range e.added {
		r.wake(ctx, a)
	}
}

// free gives the site's lanes to whoever waits for them.
func (r *run) free(s *site) {
	s.flying = false
	for _, key := range s.lanes {
		l := r.lane(key)
		l.busy = false
		waiting := l.waiting
		l.waiting = nil
		for _, other := range waiting {
			r.park(other)
		}
	}
	r.park(s)
}

// completed notes the end of a task.
func (r *run) completed(e event) {
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
	r.park(s)
}

// wake brings a host back that got new addresses.
func (r *run) wake(ctx context.Context, a state.Added) {
	if a.Host == 0 || !r.c.visits(a.Source) {
		return
	}
	r.count.grow(a.Source, a.N)
	if s, ok := r.sites[a.Host]; ok {
		s.dry = false
		r.park(s)
		return
	}
	h, err := r.st.HostByID(context.WithoutCancel(ctx), a.Host)
	if err != nil {
		r.err = fmt.Errorf("take up %s: %w", a.Origin, err)
		return
	}
	r.activate(h)
}
