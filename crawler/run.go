package crawler

import (
	"context"
	"fmt"
	"sync"
	"time"

	"smaabornsviden/crawler/state"
)

// run is one crawl under way. Its parts and the goroutines they run on:
//
//	keeper      brings what is stored in line with the register, the rules and the sites' templates; before the visits and
//	            after them, on the goroutine of Crawler.Run, while no worker is up to anything
//	dispatcher  says which site is asked for what and when; on that goroutine too, and all that it holds is its own
//	visitor     asks the sites; one for all workers, each of them a goroutine that takes tasks and answers with events
//	reader      makes of an answer what is known of a page; shared by the workers, guards what it remembers
//	recorder    holds that against what is stored and stores what came of it, one page at a time; shared by the workers
type run struct {
	c     *Crawler
	st    *state.Store
	run   state.Run
	count *counter

	dispatcher *dispatcher
	visitor    *visitor
	keeper     *keeper
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
	if err := r.prepare(ctx); err != nil {
		return err
	}
	err := r.visitAll(ctx)
	if left := r.dispatcher.putBack(context.WithoutCancel(ctx)); err == nil {
		err = left
	}
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	return r.finish(ctx)
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
