package server

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
)

// metrics counts requests by route and status. Routes are patterns of ours, never the paths that were asked for.
type metrics struct {
	mu     sync.Mutex // guards counts
	counts map[served]*timing
}

type served struct {
	route string
	code  int
}

type timing struct {
	n       int
	seconds float64
	within  [len(timingBounds)]int // requests that took no longer than each bound
}

// timingBounds are the buckets of durations in seconds: a search takes milliseconds, and 5 s is the limit.
var timingBounds = [...]float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}

func newMetrics() *metrics { return &metrics{counts: map[served]*timing{}} }

func (m *metrics) add(r *http.Request, code int, took time.Duration) {
	route := "none"
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		route = c.RoutePattern()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.counts[served{route, code}]
	if t == nil {
		t = &timing{}
		m.counts[served{route, code}] = t
	}
	t.n++
	t.seconds += took.Seconds()
	for i, bound := range timingBounds {
		if took.Seconds() <= bound {
			t.within[i]++
		}
	}
}

// write writes the counts in the text format of Prometheus.
func (m *metrics) write(b *strings.Builder) {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := make([]served, 0, len(m.counts))
	for k := range m.counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b served) int { return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.code, b.code)) })
	b.WriteString("# HELP smaabornsviden_request_seconds How long requests took, by route and status.\n# TYPE smaabornsviden_request_seconds histogram\n")
	for _, k := range keys {
		t := m.counts[k]
		labels := fmt.Sprintf("route=%q,code=\"%d\"", k.route, k.code)
		for i, bound := range timingBounds {
			fmt.Fprintf(b, "smaabornsviden_request_seconds_bucket{%s,le=\"%g\"} %d\n", labels, bound, t.within[i])
		}
		fmt.Fprintf(b, "smaabornsviden_request_seconds_bucket{%s,le=\"+Inf\"} %d\n", labels, t.n)
		fmt.Fprintf(b, "smaabornsviden_request_seconds_sum{%s} %g\n", labels, t.seconds)
		fmt.Fprintf(b, "smaabornsviden_request_seconds_count{%s} %d\n", labels, t.n)
	}
}

// tellMetrics answers this machine alone. To others the page does not exist, and neither to those who come through a
// proxy on this machine.
func (s *Server) tellMetrics(w http.ResponseWriter, r *http.Request) {
	if !fromHere(r) {
		s.notFound(w, r)
		return
	}
	var b strings.Builder
	s.metrics.write(&b)
	if stats, err := s.engine.Stats(r.Context()); err == nil {
		gauge(&b, "documents", "Documents that can be found.", stats.Documents)
		gauge(&b, "index_seq", "Last change that the index has taken in.", int(stats.Seq))
		gauge(&b, "index_bytes", "Size of the index on disk.", int(stats.Bytes))
	} else {
		s.logError(r, "ask engine", err, "")
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, http.StatusOK, []byte(b.String()))
}

func gauge(b *strings.Builder, name, help string, value int) {
	fmt.Fprintf(b, "# HELP smaabornsviden_%s %s\n# TYPE smaabornsviden_%s gauge\nsmaabornsviden_%s %d\n", name, help, name, name, value)
}

func fromHere(r *http.Request) bool {
	if r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Real-Ip") != "" {
		return false
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}
