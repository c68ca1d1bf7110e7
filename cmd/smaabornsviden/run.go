package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"smaabornsviden/crawler"
)

func runRun(ctx context.Context, env *environment, f *flags, args []string) error {
	var o crawlFlags
	var addr string
	var site siteFlags
	o.registerFlags(f)
	addrFlag(f, &addr)
	site.register(f)
	logger := logFlag(f)
	if err := noArguments(f, args); err != nil {
		return err
	}
	if err := site.check(); err != nil {
		return err
	}
	log, err := logger()
	if err != nil {
		return err
	}
	register, err := loadRegister(o.register)
	if err != nil {
		return err
	}
	if err := o.check(register, nil); err != nil {
		return err
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	n, err := openNode(ctx, o.data, "run", purposeReal, log)
	if err != nil {
		return err
	}
	n.register = register
	if err := o.openArchive(register, log); err != nil {
		return errors.Join(err, n.Close())
	}
	schedule := &schedule{node: n, options: o.options(n), asked: make(chan []string, 1), renewals: make(chan renewal)}
	members, ctx := newGroup(ctx)
	members.start(ctx, n.feed)
	members.start(ctx, schedule.run)
	fmt.Fprintf(env.stderr, "Søgesiden er klar: http://%s/\n", l.Addr())
	err = n.answer(ctx, l, serverSettings{
		log: log, crawling: schedule.busy.Load, contact: o.network.contact, userAgent: o.network.userAgent(), site: site,
	}, deeds{crawl: schedule.ask, renew: schedule.renew})
	return errors.Join(members.end(err), o.archive.Close(), n.Close())
}

// schedule crawls what is due when it is due, and sources that a person asks for at once.
type schedule struct {
	node    *node
	options crawler.Options
	asked   chan []string
	busy    atomic.Bool
	// renewals wait for a moment at which no crawl is under way: it has taken its rules, and may be writing the same documents.
	renewals chan renewal
}

// renewal is one request to describe the stored documents again. It carries its context as http.Request does: it travels over
// a channel, and who sent it may give up meanwhile.
type renewal struct {
	ctx  context.Context
	done func(changed int, err error) // called once
}

// renewPatience is how long somebody who wants documents described again waits for a crawl; one by schedule makes way at once.
const renewPatience = 10 * time.Second

// renew describes the stored documents again between two crawls; what is visited by schedule is put off meanwhile.
func (s *schedule) renew(ctx context.Context) (int, error) {
	type result struct {
		changed int
		err     error
	}
	done := make(chan result, 1)
	select {
	case s.renewals <- renewal{ctx, func(changed int, err error) { done <- result{changed, err} }}:
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(renewPatience):
		return 0, fmt.Errorf("%w, since a crawl that was asked for is under way: ask again when it has ended", errAsBefore)
	}
	r := <-done
	return r.changed, r.err
}

// settle carries out a renewal; the crawls to come go by the new rules.
func (s *schedule) settle(r renewal) {
	changed, err := s.node.renew(r.ctx)
	s.options.Describe, s.options.Pipeline = s.node.describe.Load().Describe, s.node.pipeline()
	r.done(changed, err)
}

// ask queues a crawl of sources, all of them when none is named. One can wait at a time.
func (s *schedule) ask(sources []string) error {
	if _, err := visited(s.node.register, sources); err != nil {
		return err
	}
	for _, id := range sources {
		if s.node.state.IsPaused(id) {
			return fmt.Errorf("%s: %w", id, crawler.ErrPaused)
		}
	}
	select {
	case s.asked <- sources:
		return nil
	default:
		return errors.New("a crawl that was asked for waits already")
	}
}

// run crawls until ctx ends.
func (s *schedule) run(ctx context.Context) error {
	for {
		sources, err := s.watch(ctx)
		if err != nil {
			return err
		}
		if sources == nil {
			continue // documents were described again
		}
		o := s.options
		o.Sources, o.Revisit = *sources, crawler.All
		if err := s.crawl(ctx, o); err != nil {
			return err
		}
	}
}

// watch follows the schedule until somebody asks for sources, which it returns, or for the documents to be described again.
func (s *schedule) watch(ctx context.Context) (sources *[]string, err error) {
	watching, stop := context.WithCancel(ctx)
	defer stop()
	o := s.options
	o.Progress = func(e crawler.Event) { s.busy.Store(e.Left > 0) }
	c, err := crawler.New(o)
	if err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() {
		ended <- c.Watch(watching, func(r crawler.Report) {
			s.busy.Store(false)
			s.tell(r)
		})
	}()
	select {
	case err := <-ended:
		return nil, err
	case asked := <-s.asked:
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			return nil, err
		}
		return &asked, ctx.Err()
	case r := <-s.renewals:
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			r.done(0, err)
			return nil, err
		}
		s.settle(r)
		return nil, ctx.Err()
	}
}

func (s *schedule) crawl(ctx context.Context, o crawler.Options) error {
	c, err := crawler.New(o)
	if errors.Is(err, crawler.ErrPaused) {
		s.node.log.Warn("not crawled as asked", "error", err) // paused after it was asked for
		return nil
	}
	if err != nil {
		return err
	}
	s.busy.Store(true)
	defer s.busy.Store(false)
	report, err := c.Run(ctx)
	s.tell(report)
	return err
}

// tell logs what an operator wants to read tomorrow.
func (s *schedule) tell(r crawler.Report) {
	for _, src := range r.Sources {
		if src.Fetched == 0 {
			continue
		}
		s.node.log.Info("crawled", "source", src.ID, "fetched", src.Fetched, "unchanged", src.Unchanged, "written", src.Written,
			"removed", src.Removed, "held", src.Held, "errors", sum(src.Errors), "indexed", src.Indexed, "bytes", src.Bytes)
	}
}
