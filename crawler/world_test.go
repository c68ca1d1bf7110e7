package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

var t0 = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

// fakeClock passes as soon as somebody waits for it.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) After(d time.Duration) <-chan time.Time {
	ch := make(chan time.Time, 1)
	ch <- c.advance(d)
	return ch
}

func (c *fakeClock) advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// answer is what a host has at a path.
type answer struct {
	status int // 0 means 200
	header map[string]string
	body   string
	etag   bool // answer conditional requests by a tag of the body
}

// request is a line of the world's log.
type request struct {
	host, path string
	start, end time.Time
	status     int
	bytes      int
}

// world is some hosts on one listener, with a log by which manners are checked.
type world struct {
	t      testing.TB
	server *httptest.Server
	clock  *fakeClock

	mu    sync.Mutex
	now   func() time.Time // of the log
	hosts map[string]map[string]answer
	down  map[string]bool
	log   []request
	hook  func(host, path string) // called before each answer, outside mu
	fault func(n int) int         // by the number of the request: 0 for none, a status, or -1 to cut the connection
	n     int
	dials map[string]int // connections to hosts that are down
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, clock: &fakeClock{now: t0}, hosts: map[string]map[string]answer{}, down: map[string]bool{}, dials: map[string]int{}}
	w.now = w.clock.Now
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	return w
}

func (w *world) ServeHTTP(rw http.ResponseWriter, req *http.Request) {
	w.mu.Lock()
	hook, now := w.hook, w.now
	w.mu.Unlock()
	start := now()
	path := req.URL.RequestURI()
	if hook != nil {
		hook(req.Host, path)
	}
	w.mu.Lock()
	a, ok := w.hosts[req.Host][path]
	w.n++
	if w.fault != nil && w.fault(w.n) != 0 {
		a, ok = answer{status: w.fault(w.n)}, true
	}
	w.mu.Unlock()
	if !ok {
		a = answer{status: 404, body: "<title>Findes ikke</title><p>Her er intet."}
	}
	end := now() // before the answer: once it is out, the crawler's clock may go on
	status, n := write(rw, req, a)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, request{host: req.Host, path: path, start: start, end: end, status: status, bytes: n})
}

func write(rw http.ResponseWriter, req *http.Request, a answer) (status, n int) {
	if a.status < 0 {
		panic(http.ErrAbortHandler)
	}
	for k, v := range a.header {
		rw.Header().Set(k, v)
	}
	if rw.Header().Get("Content-Type") == "" {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	if a.etag {
		tag := fmt.Sprintf(`"%x"`, len(a.body)*31+strings.Count(a.body, "e")*7+len(fmt.Sprint(a.header)))
		rw.Header().Set("ETag", tag)
		if req.Header.Get("If-None-Match") == tag {
			rw.WriteHeader(304)
			return 304, 0
		}
	}
	if a.status == 0 {
		a.status = 200
	}
	rw.WriteHeader(a.status)
	n, _ = rw.Write([]byte(a.body))
	return a.status, n
}

// dial leads every name to the listener, but those that are down nowhere.
func (w *world) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(address)
	w.mu.Lock()
	down := w.down[host]
	if down {
		w.dials[host]++
	}
	w.mu.Unlock()
	if down {
		return nil, &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", fmt.Errorf("connection refused"))}
	}
	var d net.Dialer
	return d.DialContext(ctx, network, w.server.Listener.Addr().String())
}

// set puts an answer at a path of a host.
func (w *world) set(host, path string, a answer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.hosts[host] == nil {
		w.hosts[host] = map[string]answer{}
	}
	w.hosts[host][path] = a
}

// under makes a change to the world while no request looks at it; a request of a child process orders nothing by itself.
func (w *world) under(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

func (w *world) remove(host, path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.hosts[host], path)
}

func (w *world) setDown(host string, down bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down[host] = down
	w.server.CloseClientConnections()
}

// page puts an article with links at a path.
func (w *world) page(host, path, title string, links ...string) {
	w.set(host, path, answer{body: article(title, links...), etag: true})
}

// site puts a front page at a host that leads to n articles, and returns their paths.
func (w *world) site(host string, n int) []string {
	var paths []string
	for i := range n {
		paths = append(paths, "/"+name(i))
		w.page(host, paths[i], "Artikel om "+name(i))
	}
	w.page(host, "/", "Forside", paths...)
	return paths
}

// article is a page with enough text of its own to be read as one.
func article(title string, links ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="da"><head><title>%s</title></head><body><main><article><h1>%s</h1>`, title, title)
	for i := range 6 {
		fmt.Fprintf(&b, "<p>%s. Afsnit %s handler om %s, som pædagogerne i vuggestuen arbejder med hver dag sammen med børnene og deres forældre.</p>\n",
			title, words[i], strings.ToLower(title))
	}
	b.WriteString("</article></main><nav><ul>")
	for _, l := range links {
		fmt.Fprintf(&b, `<li><a href="%s">Læs mere</a></li>`, l)
	}
	b.WriteString("</ul></nav></body></html>")
	return b.String()
}

var words = []string{"et", "to", "tre", "fire", "fem", "seks"}

// take returns the log since the last call.
func (w *world) take() []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	log := w.log
	w.log = nil
	return log
}

// manners checks a log: the gap per host, nothing in parallel, nothing asked twice with a whole answer, nothing forbidden.
func (w *world) manners(log []request, gap time.Duration, forbidden ...string) {
	w.t.Helper()
	slices.SortStableFunc(log, func(a, b request) int { return a.start.Compare(b.start) })
	last := map[string]request{}
	seen := map[string]bool{}
	for _, r := range log {
		if before, ok := last[r.host]; ok && r.start.Sub(before.end) < gap {
			w.t.Errorf("%s%s came %s after the end of %s, want %s", r.host, r.path, r.start.Sub(before.end), before.path, gap)
		}
		last[r.host] = r
		if key := r.host + r.path; r.status == 200 && seen[key] {
			w.t.Errorf("%s was fetched twice", key)
		} else if r.status == 200 {
			seen[key] = true
		}
		for _, f := range forbidden {
			if strings.HasPrefix(r.host+r.path, f) {
				w.t.Errorf("%s%s was fetched although robots.txt forbids it", r.host, r.path)
			}
		}
	}
}

// register has one source per host.
func register(t testing.TB, hosts ...string) *partners.Register {
	t.Helper()
	return load(t, registerYAML(hosts))
}

func registerYAML(hosts []string) string {
	var b strings.Builder
	b.WriteString("sources:\n")
	for _, h := range hosts {
		id, _, _ := strings.Cut(h, ".")
		fmt.Fprintf(&b, "  - {id: %s, name: %s, sector: fond, policy: index, home: \"http://%s/\", type: praksis, lang: [da]}\n", id, id, h)
	}
	return b.String()
}

func load(t testing.TB, yaml string) *partners.Register {
	t.Helper()
	r, err := partners.Load([]byte(yaml), "test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func openState(t testing.TB) *state.Store {
	t.Helper()
	s, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// options are those of a crawl of the world on its clock.
func (w *world) options(s *state.Store, r *partners.Register) crawler.Options {
	client := fetch.New(fetch.Options{
		UserAgent: "smaabornsviden/1.0 (+https://smaabornsviden.example/om/robot)",
		Dial:      w.dial, AllowLoopback: []string{w.server.Listener.Addr().String()}, Timeout: 10 * time.Second,
	})
	w.t.Cleanup(client.Close)
	o := crawler.Options{
		Register: r, Fetch: client, State: s, Agent: "smaabornsviden", Clock: w.clock, SharedAddress: true,
		Revisit: crawler.All, Random: func() float64 { return 0.5 }, Workers: 4,
	}
	if os.Getenv("CRAWLER_LOG") != "" {
		o.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return o
}

// watch crawls by schedule for a time on the world's clock and returns the number of runs and the last one's report.
func (w *world) watch(o crawler.Options, span time.Duration) (runs int, last crawler.Report) {
	w.t.Helper()
	o.Revisit = crawler.Due
	c, err := crawler.New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(w.t.Context())
	defer stop()
	err = c.Watch(ctx, func(r crawler.Report) {
		runs, last = runs+1, r
		if w.clock.Now().Sub(t0) > span {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		w.t.Fatal(err)
	}
	return runs, last
}

// crawl makes one run.
func crawl(t testing.TB, o crawler.Options) crawler.Report {
	t.Helper()
	c, err := crawler.New(o)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := c.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// documents returns the live documents by address.
func documents(t testing.TB, s *state.Store) map[string]index.Document {
	t.Helper()
	all, err := s.Documents(t.Context(), "", 100_000)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]index.Document{}
	for _, d := range all {
		out[d.URL] = d
	}
	return out
}

func standing(t testing.TB, s *state.Store, url string) string {
	t.Helper()
	u, err := s.URL(t.Context(), url)
	if err != nil {
		return "unknown"
	}
	return strings.TrimSuffix(string(u.State)+" "+string(u.Reason), " ")
}

func fingerprint(t testing.TB, s *state.Store) string {
	t.Helper()
	f, err := s.Fingerprint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func lastSeq(t testing.TB, s *state.Store) uint64 {
	t.Helper()
	seq, err := s.LastSeq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func itoa(n int) string { return strconv.Itoa(n) }
