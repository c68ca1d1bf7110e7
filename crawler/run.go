package crawler

import (
	"context"
	"fmt"
	"sync"
	"time"

	"smaabornsviden/crawler/state"
)

// leaseSize is how many addresses of a host are held in memory; more would only be given back at a stop.
const leaseSize = 16

// leaseFor bounds a lease. Leases of this process end with Record; the bound is for one that hangs.
const leaseFor = time.Hour

// run is one crawl under way: a dispatcher that says who is asked for what and when, workers who ask, and before and after
// them a keeper who brings what is stored in line with the register, the rules and the sites' templates.
type run struct {
	c     *Crawler
	st    *state.Store
	run   state.Run
	count *counter
	err   error // the first that ends the run

	dispatcher *dispatcher
	visitor    *visitor
	keeper     *keeper
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
	count := newCounter(c, r)
	d := newDispatcher(c, r, count)
	rec := newRecorder(c, r, count, newReader(c))
	return &run{
		c: c, st: c.o.State, run: r, count: count, dispatcher: d,
		visitor: newVisitor(rec, d.tasks, d.events), keeper: newKeeper(rec),
	}
}

// crawl makes the whole run.
func (r *run) crawl(ctx context.Context) error {
	if r.err = r.prepare(ctx); r.err != nil {
		return r.err
	}
	r.err = r.visitAll(ctx)
	if err := r.dispatcher.putBack(context.WithoutCancel(ctx)); r.err == nil {
		r.err = err
	}
	if r.err == nil && ctx.Err() != nil {
		r.err = context.Cause(ctx)
	}
	if r.err == nil {
		r.err = r.finish(ctx)
	}
	return r.err
}

// visitAll lets workers visit what the dispatcher hands out, until there is no more of it and they are home.
func (r *run) visitAll(ctx context.Context) error {
	grace, cancel := outlive(ctx, stopGrace)
	defer cancel()
	var workers sync.WaitGroup
	for range r.c.o.Workers {
		workers.Go(func() { r.visitor.work(grace) })
	}
	err := r.fetchAll(ctx)
	close(r.dispatcher.tasks)
	workers.Wait()
	return err
}

// fetchAll visits what is due, settles what is known of the sites' templates, and visits what that brought back.
func (r *run) fetchAll(ctx context.Context) error {
	for range maxRelearn {
		if err := r.dispatcher.dispatch(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		again, err := r.keeper.relearn(ctx)
		if err != nil || !again {
			return err
		}
		r.dispatcher.revive()
	}
	return nil
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
	if err := r.keeper.reconcile(ctx); err != nil {
		return fmt.Errorf("apply the register: %w", err)
	}
	if _, err := r.keeper.renew(ctx); err != nil {
		return err
	}
	if err := r.keeper.seed(ctx); err != nil {
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
		r.dispatcher.activate(h)
	}
	return nil
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
	if err := r.keeper.noteLearnt(ctx); err != nil {
		return err
	}
	return r.st.End(ctx, r.run.ID, r.c.o.Clock.Now())
}
