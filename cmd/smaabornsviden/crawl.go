package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
)

// crawlFlags are the settings that crawl and run share.
type crawlFlags struct {
	network  networkFlags
	data     place
	register string
	delay    time.Duration
	workers  int
	timeout  time.Duration
	patience time.Duration
	force    bool
	warc     string

	archive *crawler.Archive // nil when nothing is written down as it came
}

func (c *crawlFlags) registerFlags(f *flags) {
	dataFlag(f, &c.data)
	registerFlag(f, &c.register)
	c.network.register(f)
	f.DurationVar(&c.delay, "delay", crawler.DefaultDelay, "Waits at least this `DURATION` between two requests to a host; less than 1s is only for hosts on this machine.")
	f.IntVar(&c.workers, "workers", 16, "Fetches from at most this `NUMBER` of hosts at the same time.")
	f.DurationVar(&c.timeout, "timeout", fetch.DefaultTimeout, "Gives up an answer that is not complete after this `DURATION`.")
	f.DurationVar(&c.patience, "patience", crawler.DefaultMaxWait, "Waits at most this `DURATION` for a host that asks for time or fails, then leaves it for the next crawl.")
	f.StringVar(&c.warc, "warc", "", "Writes every answer as it came, unmasked, into WARC files in this `FOLDER`; pages whose owners want no copy are left out.")
	f.BoolVar(&c.force, "force", false, "Lets removals pass that are held because too much of a source would go at once.")
}

// check refuses what must not reach anybody else's site, before anything is opened.
func (c *crawlFlags) check(register *partners.Register, only []string) error {
	if c.workers < 1 {
		return usagef("-workers %d is less than 1", c.workers)
	}
	if c.delay < 0 {
		return usagef("-delay %s is negative", c.delay)
	}
	if c.timeout < 0 || c.patience < 0 {
		return usagef("-timeout %s, -patience %s: neither may be negative", c.timeout, c.patience)
	}
	addresses, err := visited(register, only)
	if err != nil {
		return err
	}
	if err := c.network.needContact(addresses); err != nil {
		return err
	}
	if c.delay >= crawler.DefaultDelay {
		return nil
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err != nil || !isLoopback(u.Hostname()) {
			return usagef("-delay %s is less than %s, and %s is not on this machine", c.delay, crawler.DefaultDelay, address)
		}
	}
	return nil
}

// visited lists where a crawl of these sources begins.
func visited(register *partners.Register, only []string) ([]string, error) {
	for _, id := range only {
		s, ok := register.Source(id)
		if !ok {
			return nil, usagef("the register has no source %q", id)
		}
		if !s.Fetched() {
			return nil, usagef("source %s is not fetched (policy %s: %s)", id, s.Policy, s.Why)
		}
	}
	var out []string
	for i := range register.Sources {
		s := &register.Sources[i]
		if s.Fetched() && (len(only) == 0 || slices.Contains(only, s.ID)) {
			out = append(out, s.Home)
		}
	}
	return out, nil
}

// openArchive begins to write down what comes, when it is asked for.
func (c *crawlFlags) openArchive(r *partners.Register, log *slog.Logger) error {
	if c.warc == "" {
		return nil
	}
	var err error
	c.archive, err = crawler.NewArchive(c.warc, r, agentToken, c.network.userAgent(), log)
	return err
}

// client fetches, and tells the archive if there is one.
func (c *crawlFlags) client() *fetch.Client {
	var record func(fetch.Exchange)
	if c.archive != nil {
		record = c.archive.Record
	}
	return c.network.clientFor(record, c.timeout)
}

// options are the crawler's options for this node.
func (c *crawlFlags) options(n *node) crawler.Options {
	delay := c.delay
	if delay == 0 {
		delay = -1 // none at all; check has seen that every host is on this machine
	}
	if c.archive != nil {
		c.archive.Reserved = crawler.StoredReservations(n.state)
	}
	return crawler.Options{
		Register: n.register,
		Fetch:    c.client(),
		State:    n.state,
		Agent:    agentToken,
		Force:    c.force,
		Delay:    delay,
		Workers:  c.workers,
		MaxWait:  c.patience,
		Extract:  n.reader().Page,
		Describe: n.describe.Load().Describe,
		Pipeline: n.pipeline(),
		Log:      n.log,
	}
}

func runCrawl(ctx context.Context, env *environment, f *flags, args []string) error {
	var o crawlFlags
	o.registerFlags(f)
	all := f.Bool("all", false, "Visits every known page, conditionally, instead of only what is due; sources that are named are visited so anyway.")
	logger := logFlag(f)
	only, err := f.parse(args)
	if err != nil {
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
	if err := o.check(register, only); err != nil {
		return err
	}
	n, err := openNode(ctx, o.data, "crawl", purposeReal, log)
	var held *heldError
	if errors.As(err, &held) {
		if o.warc != "" {
			return fmt.Errorf("-warc: %w: give -warc to that process", held)
		}
		return askToCrawl(ctx, env, held, only)
	}
	if err != nil {
		return err
	}
	n.register = register
	if err := o.openArchive(register, log); err != nil {
		return errors.Join(err, n.Close())
	}
	options := o.options(n)
	options.Sources = only
	if *all || len(only) > 0 {
		options.Revisit = crawler.All
	}
	err = n.crawlOnce(ctx, env.stderr, options)
	return errors.Join(err, o.archive.Close(), n.Close())
}

// askToCrawl hands the task to the process that holds the data folder.
func askToCrawl(ctx context.Context, env *environment, held *heldError, only []string) error {
	if err := dialControl(held.by).do(ctx, http.MethodPost, "/control/crawl", url.Values{"source": only}, nil); err != nil {
		return errors.Join(held, err)
	}
	fmt.Fprintf(env.stdout, "process %d (smaabornsviden %s) crawls now\n", held.by.PID, held.by.Command)
	return nil
}

// crawlOnce makes one crawl with the index following it, answers commands meanwhile, and prints what came of it.
func (n *node) crawlOnce(ctx context.Context, w io.Writer, o crawler.Options) error {
	var busy atomic.Bool
	busy.Store(true)
	api, err := n.server(serverSettings{crawling: busy.Load})
	if err != nil {
		return err
	}
	socket, err := listenControl(n.folder.dir)
	if err != nil {
		return err
	}
	beside, ctx := newGroup(ctx)
	beside.start(ctx, n.feed)
	beside.start(ctx, func(ctx context.Context) error {
		return serveControl(ctx, socket, controlHandler(n, api.Handler(), deeds{}))
	})
	beside.start(ctx, func(ctx context.Context) error { return n.publish(ctx, busy.Load) })
	report, err := n.crawl(ctx, w, o)
	busy.Store(false)
	err = beside.end(err)
	printReport(w, report)
	if err == nil && report.Errors() > 0 {
		n.log.Info("some addresses gave no answer and are tried again in the next crawl", "errors", report.Errors())
	}
	return err
}

// crawl runs one crawl with its progress on w.
func (n *node) crawl(ctx context.Context, w io.Writer, o crawler.Options) (crawler.Report, error) {
	watch := newWatcher(w, n.names())
	o.Progress = watch.event
	c, err := crawler.New(o)
	if err != nil {
		return crawler.Report{}, err
	}
	stop, shown := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(shown)
		watch.show(stop)
	}()
	report, err := c.Run(ctx)
	close(stop)
	<-shown
	return report, err
}

func (n *node) names() map[string]string {
	out := map[string]string{}
	for _, s := range n.register.Sources {
		out[s.ID] = s.Name
	}
	return out
}

// discardLog is for parts whose log would stand in the way of progress bars.
func discardLog() *slog.Logger { return slog.New(slog.DiscardHandler) }
