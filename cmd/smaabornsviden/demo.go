package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// demoClock is how much faster than the real clock the demonstration waits: the sites' Crawl-delays of up to five
// seconds become a tenth of a second and less.
const demoClock = 50

// demoPatience is how long a site that is down may hold up the demonstration, on the real clock.
const demoPatience = 5 * time.Second

type demoFlags struct {
	data        place
	addr, sites string
	story       int
	limit       int
	faults      listFlag
	exit        bool
}

func runDemo(ctx context.Context, env *environment, f *flags, args []string) error {
	var o demoFlags
	dataFlag(f, &o.data)
	addrFlag(f, &o.addr)
	f.StringVar(&o.sites, "sites", "127.0.0.1:0", "Serves the invented sites on this loopback `HOST:PORT`; port 0 takes a free one.")
	f.IntVar(&o.story, "story", 1, "Shows the sites as they are at this `NUMBER` of crawl of their story, from 1.")
	f.Var(&o.faults, "fault", "Switches a fault on, as `SITE=KIND`; kinds: "+strings.Join(faultKinds(), ", ")+".")
	limitFlag(f, &o.limit)
	f.BoolVar(&o.exit, "exit", false, "Ends after the crawl instead of serving on.")
	logger := logFlag(f)
	if err := noArguments(f, args); err != nil {
		return err
	}
	log, err := logger()
	if err != nil {
		return err
	}
	d, err := newDemo(o)
	if err != nil {
		return err
	}
	defer d.close()
	n, err := openNode(ctx, o.data, "demo", purposeDemo, log)
	if err != nil {
		return err
	}
	if n.register, err = partners.Load(d.server.Register(), "demo register"); err == nil {
		err = d.run(ctx, env, n, o)
	}
	return errors.Join(err, n.Close())
}

func faultKinds() []string {
	var out []string
	for kind := range demosite.FaultKinds() {
		out = append(out, kind)
	}
	slices.Sort(out)
	return out
}

// demo is the invented sites and the two listeners.
type demo struct {
	server *demosite.Server
	page   net.Listener // the search page
	sites  net.Listener // the invented sites
}

// newDemo opens both listeners first, so that a taken port is told before anything else happens.
func newDemo(o demoFlags) (*demo, error) {
	if o.story < 1 {
		return nil, usagef("-story %d: the first crawl of the story is 1", o.story)
	}
	if err := checkLimit(o.limit); err != nil {
		return nil, err
	}
	faults, err := parseFaults(o.faults)
	if err != nil {
		return nil, err
	}
	d := &demo{}
	if d.server, err = demosite.New(demosite.Options{Story: o.story, Faults: faults}); err != nil {
		return nil, usagef("%v", err)
	}
	if d.page, err = listen(o.addr); err != nil {
		return nil, err
	}
	if d.sites, err = net.Listen("tcp", o.sites); err != nil {
		d.close()
		return nil, fmt.Errorf("open the address of the invented sites -sites %s: %w", o.sites, err)
	}
	if host, _, err := net.SplitHostPort(d.sites.Addr().String()); err != nil || !isLoopback(host) {
		d.close()
		return nil, usagef("-sites %s is not on the loopback of this machine", o.sites)
	}
	return d, nil
}

func parseFaults(texts []string) ([]demosite.Fault, error) {
	var out []demosite.Fault
	for _, text := range texts {
		fault, err := demosite.ParseFault(text)
		if err != nil {
			return nil, usagef("-fault %s: %v", text, err)
		}
		out = append(out, fault)
	}
	return out, nil
}

func (d *demo) close() {
	for _, l := range []net.Listener{d.page, d.sites} {
		if l != nil {
			l.Close()
		}
	}
}

// run serves the sites and the page, crawls, and serves on until ctx ends.
func (d *demo) run(ctx context.Context, env *environment, n *node, o demoFlags) error {
	var crawling atomic.Bool
	var renewing sync.Mutex // not while the crawl is under way, which has taken its rules
	renewing.Lock()
	members, ctx := newGroup(ctx)
	members.start(ctx, d.serveSites)
	members.start(ctx, n.feed)
	members.start(ctx, func(ctx context.Context) error {
		return n.answer(ctx, d.page, serverSettings{link: d.link, log: readersLog(n.log), crawling: crawling.Load, site: siteFlags{limit: o.limit}}, deeds{instead: insteadOfDemo, renew: func(ctx context.Context) (int, error) {
			if !renewing.TryLock() {
				return 0, nil
			}
			defer renewing.Unlock()
			return n.renew(ctx)
		}})
	})
	w := env.stdout
	fmt.Fprintf(w, "Søgesiden er klar: http://%s/\n", d.page.Addr())
	fmt.Fprintf(w, "%d invented sites on %s; their waits run on a clock that is %d times faster\n\n", len(n.register.Sources), d.sites.Addr(), demoClock)
	crawling.Store(true)
	err := d.crawl(ctx, w, n)
	crawling.Store(false)
	renewing.Unlock()
	if err == nil && !o.exit {
		fmt.Fprintf(w, "\nSearch on http://%s/ — Ctrl-C ends it.\n", d.page.Addr())
		<-ctx.Done()
	}
	return members.end(err)
}

// readersLog is what the demonstration prints of its readers: what went wrong, which an answer refers to by a number, and every
// request only where -log asks for debug, since it would stand in the way of progress bars.
func readersLog(log *slog.Logger) *slog.Logger {
	if log.Enabled(context.Background(), slog.LevelDebug) {
		return log
	}
	return slog.New(warnings{log.Handler()})
}

// warnings passes on what is at least a warning.
type warnings struct{ slog.Handler }

func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

func (d *demo) crawl(ctx context.Context, w io.Writer, n *node) error {
	began := time.Now()
	client := d.client()
	defer client.Close()
	report, err := n.crawl(ctx, w, crawler.Options{
		Register: n.register,
		Fetch:    client,
		State:    n.state,
		Agent:    agentToken,
		Revisit:  crawler.All,
		Compress: demoClock,
		MaxWait:  demoPatience,
		// All sites share one listener, which is ours to load.
		SharedAddress: true,
		Extract:       n.reader().Page,
		Describe:      n.describe.Load().Describe,
		Pipeline:      n.pipeline(),
		Log:           discardLog(),
	})
	if err != nil {
		return err
	}
	stats, err := n.fed(ctx)
	if err != nil && !waits(err) {
		return err
	}
	fmt.Fprintln(w)
	printReport(w, report)
	if err != nil {
		fmt.Fprintf(w, "the index takes nothing in, and what was crawled waits in the outbox: %v\n", err)
		return nil
	}
	fmt.Fprintf(w, "%d documents can be found, %.1f s after the start\n", stats.Documents, time.Since(began).Seconds())
	return nil
}

// fed takes in what the index lacks still, and tells how it is then.
func (n *node) fed(ctx context.Context) (index.Stats, error) {
	if err := n.catchUp(ctx); err != nil {
		return index.Stats{}, err
	}
	return n.index.Stats(ctx)
}

// client reaches every invented host at the one listener; the guard lets that address pass and no other.
func (d *demo) client() *fetch.Client {
	sites := d.sites.Addr().String()
	return fetch.New(fetch.Options{
		UserAgent:     agentToken + "/demo (+http://" + d.page.Addr().String() + "/)",
		AllowLoopback: []string{sites},
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, sites)
		},
	})
}

func (d *demo) serveSites(ctx context.Context) error {
	srv := &http.Server{Handler: d.server.Handler(), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	if err := srv.Serve(d.sites); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the invented sites: %w", err)
	}
	return nil
}

// link leads a browser to an invented site: names under localhost need no DNS.
func (d *demo) link(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.HasSuffix(u.Hostname(), ".example") {
		return address
	}
	_, port, err := net.SplitHostPort(d.sites.Addr().String())
	if err != nil {
		return address
	}
	u.Scheme, u.Host = "http", u.Hostname()+".localhost:"+port
	return u.String()
}
