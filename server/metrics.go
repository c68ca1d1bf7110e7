package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"smaabornsviden/index"
	"smaabornsviden/server/inbox"
)

// metricsPrefix begins the names of our own figures.
const metricsPrefix = "smaabornsviden_"

// timingBounds are the buckets of durations in seconds: a search takes milliseconds, and 5 s is the limit.
var timingBounds = []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}

// metrics is what Prometheus is told: requests by route and status, the index, what waits for the operator, and how the
// process is. Routes are patterns of ours, never the paths that were asked for.
type metrics struct {
	reply    *replies
	token    string
	requests *prometheus.HistogramVec
	handler  http.Handler
}

func newMetrics(reply *replies, token string, f *figures) *metrics {
	m := &metrics{reply: reply, token: token, requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: metricsPrefix + "request_seconds", Help: "How long requests took, by route and status.", Buckets: timingBounds,
	}, []string{"route", "code"})}
	// A registry of our own: that of the library is one for the whole program, and tests make many servers.
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, f, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true, ErrorHandling: promhttp.ContinueOnError})
	return m
}

func (m *metrics) add(r *http.Request, code int, took time.Duration) {
	route := "none"
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		route = c.RoutePattern()
	}
	m.requests.WithLabelValues(route, strconv.Itoa(code)).Observe(took.Seconds())
}

// figures are read when somebody asks for them.
type figures struct {
	engine   index.Engine
	trouble  func() error                              // nil when nothing can be
	box      *inbox.Box                                // nil where no letters are taken
	coverage func(context.Context) ([]Coverage, error) // nil when nothing is known
	log      *slog.Logger
}

func figure(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(metricsPrefix+name, help, nil, nil)
}

var (
	figureDocuments = figure("documents", "Documents that can be found.")
	figureSeq       = figure("index_seq", "Last change that the index has taken in.")
	figureBytes     = figure("index_bytes", "Size of the index on disk.")
	figureTrouble   = figure("index_trouble", "1 when the index has stopped taking changes in.")
	figureLetters   = figure("letters_waiting", "Letters of readers that wait for the operator.")
	figureFailing   = figure("sources_failing", "Sources whose last visit failed.")
	figureHeld      = figure("documents_held", "Documents whose removal waits for the operator.")
)

// Describe implements prometheus.Collector.
func (f *figures) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{figureDocuments, figureSeq, figureBytes, figureTrouble, figureLetters, figureFailing, figureHeld} {
		ch <- d
	}
}

// Collect implements prometheus.Collector. What cannot be read is left out: a figure that is missing raises an alarm of
// its own, a wrong one does not.
func (f *figures) Collect(ch chan<- prometheus.Metric) {
	// The library hands no context on; what asks is gone long before this one ends.
	ctx, cancel := context.WithTimeout(context.Background(), healthLimit)
	defer cancel()
	gauge := func(d *prometheus.Desc, value float64) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	if stats, err := f.engine.Stats(ctx); err == nil {
		gauge(figureDocuments, float64(stats.Documents))
		gauge(figureSeq, float64(stats.Seq))
		gauge(figureBytes, float64(stats.Bytes))
	} else {
		f.log.Error("ask engine", "for", "metrics", "error", err)
	}
	trouble := 0.0
	if f.trouble != nil && f.trouble() != nil {
		trouble = 1
	}
	gauge(figureTrouble, trouble)
	if f.box != nil {
		if waiting, err := f.box.Letters(ctx, false); err == nil {
			gauge(figureLetters, float64(len(waiting)))
		}
	}
	if f.coverage == nil {
		return
	}
	if sources, err := f.coverage(ctx); err == nil {
		failing, held := 0, 0
		for _, c := range sources {
			held += c.Held
			if c.LastFailed.After(c.LastOK) {
				failing++
			}
		}
		gauge(figureFailing, float64(failing))
		gauge(figureHeld, float64(held))
	}
}

// tellMetrics answers this machine and who has the operator's token. To others the page does not exist, and neither to
// those who come through a proxy on this machine or under a foreign name that leads here, as on /drift.
func (m *metrics) tellMetrics(w http.ResponseWriter, r *http.Request) {
	given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		_, given, _ = r.BasicAuth()
	}
	if !atThisMachine(r) && !sameSecret(given, m.token) {
		m.reply.notFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	m.handler.ServeHTTP(w, r)
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
