package crawler

import (
	"context"
	"fmt"
	"sync"
	"time"

	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/state"
)

// leaseSize is how many addresses of a host are held in memory; more would only be given back at a stop.
const leaseSize = 16

// leaseFor bounds a lease. Leases of this process end with Record; the bound is for one that hangs.
const leaseFor = time.Hour

// run is one crawl under way. The dispatcher is the goroutine of crawl; it alone touches sites, lanes and queue.
type run struct {
	c   *Crawler
	st  *state.Store
	run state.Run

	sites  map[int64]*site // by host number
	lanes  map[string]*lane
	queue  queueOfSites
	flying int // tasks under way
	asides int // sites left for the next run
	tasks  chan task
	events chan event

	models *models
	record sync.Mutex // one page at a time looks up its rivals and records: what decide was told stays true
	count  *counter
	err    error // the first that ends the run

	reserved reservations
}

// task is a piece of work on one site.
type task struct {
	kind taskKind
	site *site
	url  state.URL
}

type taskKind int

const (
	lookUp taskKind = iota
	readRobotsTxt
	readTDMRep
	probe
	visitURL
)

// event tells the dispatcher what a worker did.
type event struct {
	task     task
	freed    bool // the site may be asked again at its time; for a page before it is read and recorded
	done     bool // the task is over
	added    []state.Added
	retryAt  time.Time
	addrs    []string
	robotsOK bool
	goOn     bool // the task's address has more to ask for: it is the site's next
	err      error
}

func newRun(c *Crawler, r state.Run) *run {
	return &run{
		c: c, st: c.o.State, run: r,
		sites: map[int64]*site{}, lanes: map[string]*lane{},
		tasks: make(chan task), events: make(chan event, 2*c.o.Workers),
		count: newCounter(c, r), models: &models{},
	}
}

// crawl makes the whole run.
func (r *run) crawl(ctx context.Context) error {
	if err := r.prepare(ctx); err != nil {
		return err
	}
	grace, cancel := outlive(ctx, stopGrace)
	defer cancel()
	var workers sync.WaitGroup
	for range r.c.o.Workers {
		workers.Go(func() { r.work(grace) })
	}
	r.fetchAll(ctx)
	close(r.tasks)
	workers.Wait()
	if err := r.putBack(context.WithoutCancel(ctx)); r.err == nil {
		r.err = err
	}
	if r.err == nil && ctx.Err() != nil {
		r.err = context.Cause(ctx)
	}
	if r.err != nil {
		return r.err
	}
	return r.finish(ctx)
}

// fetchAll visits what is due, settles what is known of the sites' templates, and visits what that brought back.
func (r *run) fetchAll(ctx context.Context) {
	for range maxRelearn {
		r.dispatch(ctx)
		if r.err != nil || ctx.Err() != nil {
			return
		}
		again, err := r.relearn(ctx)
		if err != nil {
			r.err = err
		}
		if !again || r.err != nil {
			return
		}
		r.revive()
	}
}

// stopGrace is how long requests under way may go on after a stop: what a site has begun to answer need not be asked
// again.
const stopGrace = 3 * time.Second

// outlive returns a context that ends a grace after ctx does.
func outlive(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(grace, cancel)
		context.AfterFunc(longer, func() { timer.Stop() })
	})
	return longer, func() {
		stop()
		cancel()
	}
}

// prepare brings the store in line with the register and finds the hosts that have work.
func (r *run) prepare(ctx context.Context) error {
	if err := r.reconcile(ctx); err != nil {
		return fmt.Errorf("apply the register: %w", err)
	}
	if _, err := r.renew(ctx); err != nil {
		return err
	}
	if err := r.seed(ctx); err != nil {
		return fmt.Errorf("add start addresses: %w", err)
	}
	now := r.c.o.Clock.Now()
	due, err := r.st.Due(ctx, now, r.c.active())
	if err != nil {
		return fmt.Errorf("count what is due: %w", err)
	}
	r.count.start(due)
	hosts, err := r.st.HostsDue(ctx, now, r.c.active())
	if err != nil {
		return fmt.Errorf("find hosts: %w", err)
	}
	// A site may say no at any time, also one of whose pages none is due for weeks.
	unchecked, err := r.st.HostsUnchecked(ctx, now.Add(-robotsFresh), r.c.active())
	if err != nil {
		return fmt.Errorf("find hosts whose robots.txt is old: %w", err)
	}
	for _, h := range append(hosts, unchecked...) {
		if r.sites[h.ID] == nil {
			r.activate(h)
		}
	}
	return nil
}

// activate takes a host into the run.
func (r *run) activate(h state.Host) {
	now := r.c.o.Clock.Now()
	if h.NextOK.Sub(now) > max(fetch.MaxRetryAfter, h.Delay) {
		h.NextOK = now // nobody asked for that: the clock has jumped back
	}
	if r.c.o.Revisit == All {
		h.OpenUntil = time.Time{} // a person asks: the host gets one try
	}
	s := &site{origin: h.Origin, host: h, index: -1, readyAt: h.NextOK, failsMost: max(h.Fails, circuitAfter)}
	s.lanes = []string{"host " + s.hostName()}
	if r.run.Resumed && !h.LastOK.IsZero() {
		// What a killed process asked last was never written down.
		s.readyAt = later(s.readyAt, now.Add(r.manners(s).delay(0)))
	}
	s.access = robotsAccess(h.Robots, now)
	s.robotsRead = r.c.o.Revisit == Due && !robotsStale(h.Robots, now) && h.Robots.Failing.IsZero()
	s.tdmRead = s.robotsRead // both are asked for on the same day
	s.probed = !h.Probe.At.IsZero() && now.Sub(h.Probe.At) < probeFresh
	s.named = r.c.o.SharedAddress
	r.sites[h.ID] = s
	r.park(s)
}

// manners returns the waits that hold for a site.
func (r *run) manners(s *site) manners {
	m := manners{least: r.c.o.Delay, scaled: r.c.scaled}
	for _, sc := range r.c.atlas.byHost[hostKey(s.hostName())] {
		m.least = max(m.least, sc.Delay)
		if sc.Delay == 0 {
			m.least = max(m.least, r.c.o.Delay)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.access.rules != nil {
		m.crawlDelay = s.access.rules.CrawlDelay(r.c.o.Agent)
	}
	return m
}

// putBack gives back what was leased and not visited.
func (r *run) putBack(ctx context.Context) error {
	var ids []int64
	for _, s := range r.sites {
		for _, u := range s.queue {
			ids = append(ids, u.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return r.st.Release(ctx, ids...)
}

// finish lets go of the documents that are due to go, and closes the run.
func (r *run) finish(ctx context.Context) error {
	held, err := r.st.HeldSources(ctx)
	if err != nil {
		return err
	}
	for source, n := range held {
		done, err := r.st.Settle(ctx, r.run, source, r.c.o.Clock.Now(), r.c.o.Force)
		if err != nil {
			return fmt.Errorf("settle %s: %w", source, err)
		}
		if done.Held > 0 {
			r.c.o.Log.Warn("deletions held for a person", "source", source, "documents", n)
		}
	}
	if _, err := r.c.Group(ctx); err != nil {
		return err
	}
	if err := r.noteLearnt(ctx); err != nil {
		return err
	}
	return r.st.End(ctx, r.run.ID, r.c.o.Clock.Now())
}
