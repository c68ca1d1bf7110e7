// Package crawler visits what is due, politely, and records one outcome with a reason for every address.
package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/netip"
	"runtime"
	"slices"
	"time"

	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// DefaultDelay is the least time between the end of one request to a host and the start of the next.
const DefaultDelay = time.Second

// DefaultMaxWait is how long a run waits for a host.
const DefaultMaxWait = 10 * time.Minute

// Pipeline names the reading that makes documents. When it changes, kept bodies are read again, and pages without one
// are asked for in full at their next visit, since a 304 would keep what the old reading made.
const Pipeline = "14"

// Revisit says which known pages a run visits.
type Revisit int

// The ways to choose pages.
const (
	Due Revisit = iota // what is due by its own time
	All                // every page, conditionally
)

// Options are what a Crawler works with. Register, Fetch, State and Agent are required.
type Options struct {
	Register *partners.Register
	Fetch    *fetch.Client
	State    *state.Store
	Agent    string // product token in robots.txt: "smaabornsviden"

	Sources []string // only these sources; none means all of the register
	Revisit Revisit
	// Force lets deletions pass that the brake would hold: a person has looked at them.
	Force bool

	// Delay is the least time between two requests to a host; 0 means DefaultDelay, a negative one none at all, which
	// only our own test sites may be asked to bear. Crawl-delay and the register can only lengthen it.
	Delay time.Duration
	// Compress divides every wait for a host and for a retry: the clock of the demonstration. 0 means 1.
	Compress float64
	Workers  int           // pages under way at once, over all hosts; 0 means 16
	MaxWait  time.Duration // a host that asks for more is left for the next run; 0 means DefaultMaxWait
	MaxDepth int           // links from a start page; 0 means 500: archives are long chains, and traps are told by their yield
	MaxPages int           // pages fetched per source and run where the register names no number; 0 means 200,000

	// Resolve finds the addresses of a host, so that hosts on one machine get one connection between them. Nil asks
	// the system; SharedAddress leaves it out.
	Resolve       func(ctx context.Context, host string) ([]netip.Addr, error)
	SharedAddress bool

	// Extract reads a page; nil means extract.Page. Describe says what a document is; nil means describe.Describe.
	Extract  func(context.Context, extract.Input) (extract.Result, error)
	Describe func(*index.Document, partners.Source)
	Pipeline string // version of Extract and Describe, their fingerprints say; "" means Pipeline

	Clock    Clock
	Random   func() float64 // in [0, 1), for jitter
	Log      *slog.Logger
	Progress func(Event) // called from several goroutines, one call at a time; has to return soon
}

func (o Options) withDefaults() Options {
	if o.Delay == 0 {
		o.Delay = DefaultDelay
	}
	if o.Compress <= 0 {
		o.Compress = 1
	}
	setDefault(&o.Workers, 16)
	setDefault(&o.MaxWait, DefaultMaxWait)
	setDefault(&o.MaxDepth, 500)
	setDefault(&o.MaxPages, 200_000)
	setDefault(&o.Pipeline, Pipeline)
	if o.Resolve == nil {
		o.Resolve = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if o.Extract == nil {
		o.Extract = extract.Page
	}
	if o.Describe == nil {
		o.Describe = describe.Describe
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func setDefault[T comparable](v *T, to T) {
	var zero T
	if *v == zero {
		*v = to
	}
}

// Crawler visits the sources of a register. One Run or Watch at a time.
type Crawler struct {
	o      Options
	atlas  *atlas
	parses chan struct{} // bounds the pages being read at once: parsed pages are the memory of a crawl
	files  chan struct{} // bounds the PDF files and large listings being read at once: each may take as much memory as all else
}

// New checks the options and returns a Crawler; it starts nothing.
func New(o Options) (*Crawler, error) {
	switch {
	case o.Register == nil:
		return nil, errors.New("crawler: no register")
	case o.Fetch == nil:
		return nil, errors.New("crawler: no fetch client")
	case o.State == nil:
		return nil, errors.New("crawler: no state")
	case o.Agent == "":
		return nil, errors.New("crawler: no agent token")
	}
	o = o.withDefaults()
	o.Sources = slices.Sorted(slices.Values(o.Sources))
	for _, id := range o.Sources {
		if _, ok := o.Register.Source(id); !ok {
			return nil, fmt.Errorf("crawler: %w: %s", ErrNoSource, id)
		}
		if o.State.IsPaused(id) {
			return nil, fmt.Errorf("crawler: %s: %w", id, ErrPaused)
		}
	}
	a, err := newAtlas(o.Register)
	if err != nil {
		return nil, err
	}
	return &Crawler{o: o, atlas: a, parses: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), files: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))}, nil
}

// Errors of what a person asks for.
var (
	// ErrNoSource: a source is named that the register does not have.
	ErrNoSource = errors.New("no such source")
	// ErrPaused: a source is named that a person told us to leave alone.
	ErrPaused = errors.New("source is paused")
)

// Run makes one crawl: it visits everything that is due, and what that leads to, until no more can be done within
// MaxWait. A run that was cut off is gone on with. When ctx ends, Run finishes what is under way, keeps it, and returns
// the error of ctx with the report so far.
func (c *Crawler) Run(ctx context.Context) (Report, error) {
	keep := context.WithoutCancel(ctx)
	run, err := c.o.State.Begin(keep, c.o.Clock.Now(), c.o.Revisit == All, c.o.Sources)
	if err != nil {
		return Report{}, fmt.Errorf("begin crawl: %w", err)
	}
	if run.SetBack > 0 {
		c.o.Log.Warn("the clock was set back since the last crawl", "by", run.SetBack.Round(time.Second), "now", run.Started.UTC())
	}
	r := newRun(c, run)
	err = r.crawl(ctx)
	report, reportErr := r.report(keep, err == nil)
	if err == nil {
		err = reportErr
	}
	return report, err
}

// Watch sleeps at most watchPause, since a person may have changed what is due meanwhile, and at least watchGap, so that
// pages that fall due one by one do not get a run each.
const (
	watchPause = 15 * time.Minute
	watchGap   = time.Minute
)

// Watch crawls by schedule until ctx ends, whose error it returns. Other errors end it too, except that a report
// with errors of the sites is none. Each finished run is passed to done, when that is not nil.
func (c *Crawler) Watch(ctx context.Context, done func(Report)) error {
	for {
		report, err := c.Run(ctx)
		if err != nil {
			return err
		}
		if done != nil {
			done(report)
		}
		if err := c.rest(ctx, report); err != nil {
			return err
		}
	}
}

// rest sleeps until the next address or robots.txt is due, which may be at once when a person lets a source go on.
func (c *Crawler) rest(ctx context.Context, last Report) error {
	earliest := last.Ended.Add(watchGap)
	if last.Waiting() > 0 || last.Aside > 0 {
		// A host that was left aside has something due all the time; it is asked again after MaxWait.
		earliest = last.Ended.Add(c.o.MaxWait)
	}
	for {
		released := c.o.State.Released() // before looking, so that nothing is missed between
		next, err := c.nextDue(ctx)
		if err != nil {
			return fmt.Errorf("find what is due next: %w", err)
		}
		pause := watchPause
		if !next.IsZero() {
			pause = min(pause, later(next, earliest).Sub(c.o.Clock.Now()))
		}
		if pause <= 0 {
			return nil
		}
		woken, err := sleepUnless(ctx, c.o.Clock, pause, released)
		if err != nil {
			return err
		}
		if woken {
			earliest = last.Ended.Add(watchGap) // other hosts that wait keep their own times
		}
	}
}

// nextDue returns when the next visit can be made, the zero time when none ever can: when something is due, its host's
// own wait is over and its hours have begun. A host that is merely due would get one empty run after the other all day.
func (c *Crawler) nextDue(ctx context.Context) (time.Time, error) {
	hosts, err := c.o.State.HostsNext(ctx, c.active())
	var next time.Time
	for _, h := range hosts {
		due := h.Due
		if check := h.Checked.Add(robotsFresh); !h.Checked.IsZero() && (due.IsZero() || check.Before(due)) {
			due = check
		}
		if due.IsZero() {
			continue
		}
		due = later(due, c.o.Clock.Now())
		if h.NotBefore.Sub(due) <= fetch.MaxRetryAfter { // else the clock has jumped back, see activate
			due = later(due, h.NotBefore)
		}
		if due, _ = c.opens(h.Origin, due); next.IsZero() || due.Before(next) {
			next = due
		}
	}
	return next, err
}

// opens returns when a host may be visited from a time on by the hours of the sources that it serves, and those hours
// when that is later.
func (c *Crawler) opens(origin string, at time.Time) (opens time.Time, hours string) {
	opens = at
	for _, sc := range c.atlas.byHost[hostKey(hostOf(origin))] {
		if next := sc.OpensAt(at); next.After(opens) {
			opens, hours = next, sc.Hours
		}
	}
	return opens, hours
}

// scaled is a wait on the compressed clock.
func (c *Crawler) scaled(d time.Duration) time.Duration {
	return time.Duration(float64(d) / c.o.Compress)
}

// selected reports whether the run visits a source.
func (c *Crawler) selected(source string) bool {
	return len(c.o.Sources) == 0 || slices.Contains(c.o.Sources, source)
}

// visits reports whether a source may be asked now: the run visits it, and no person has paused it.
func (c *Crawler) visits(source string) bool {
	return c.selected(source) && !c.o.State.IsPaused(source)
}

// nobody is the name of no source: a list of sources that would else be empty, and mean all, holds it alone.
const nobody = ""

// active returns the sources that may be asked now; nil means all.
func (c *Crawler) active() []string {
	if len(c.o.State.Pauses()) == 0 {
		return c.o.Sources
	}
	return c.only(c.visits)
}

// only returns the sources of the register that pass, and nobody.
func (c *Crawler) only(pass func(string) bool) []string {
	ids := []string{nobody}
	for _, sc := range c.atlas.scopes {
		if pass(sc.ID) {
			ids = append(ids, sc.ID)
		}
	}
	return ids
}
