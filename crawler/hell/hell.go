// Package hell serves partner sites that do everything wrong, one behaviour to a host, for tests of what visits them.
package hell

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Behaviour is one thing that a site does wrong, and what a crawler has to make of it.
type Behaviour struct {
	Name string // of its source in the register
	Does string // in a few words
	// Want is where addresses of the site stand after the first crawl, as "state reason", by path. A path that stands
	// at "unknown" must never have been heard of.
	Want map[string]string
	// Then is the same after a second crawl; nil where that changes nothing.
	Then map[string]string
	// Titles are those of documents, by path: what is left of their letters after a wrong charset.
	Titles map[string]string
	// Documents is how many the site has after each crawl; 0 is not checked.
	Documents int
	// Most bounds the requests of both crawls; 0 means 40.
	Most int
	// Gap is the least time between the end of a request and the next one.
	Gap time.Duration
	// Never are paths that must not be asked for.
	Never []string

	pages    map[string]page // by path; "*" is for those not named
	register string          // further fields of its source, as YAML
	tls      certificate     // what it shows; none is plain HTTP
	down     bool            // nobody listens
}

// page answers one request.
type page func(a *ask)

// ask is one request to a page.
type ask struct {
	http.ResponseWriter
	*http.Request
	site  *site
	crawl int // 1 is the first
	n     int // requests for this path in this crawl, this one included
}

// Request is a line of a site's log.
type Request struct {
	Path, UserAgent string
	Start, End      time.Time
	Status          int // 0 where the behaviour answered by hand
}

// Server serves all behaviours.
type Server struct {
	sites []*site
	ca    *authority
	stop  context.CancelFunc
}

type site struct {
	Behaviour
	server   *Server
	listener net.Listener
	address  string
	http     *http.Server

	mu    sync.Mutex // guards what follows
	crawl int
	asked map[string]int
	log   []Request
}

// Start serves every behaviour on a loopback address of its own: a crawler takes one address for one host. Only
// Linux has more than one without being told.
func Start() (*Server, error) {
	ca, err := newAuthority()
	if err != nil {
		return nil, err
	}
	charges()
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{ca: ca, stop: stop}
	for i, b := range Behaviours() {
		if err := s.open(ctx, i+1, b); err != nil {
			s.Close()
			return nil, fmt.Errorf("serve %s: %w", b.Name, err)
		}
	}
	return s, nil
}

func (s *Server) open(ctx context.Context, n int, b Behaviour) error {
	l, err := net.Listen("tcp", fmt.Sprintf("127.77.0.%d:0", n))
	if err != nil {
		return err
	}
	h := &site{Behaviour: b, server: s, listener: l, address: l.Addr().String(), crawl: 1, asked: map[string]int{}}
	s.sites = append(s.sites, h)
	if b.down {
		return l.Close()
	}
	h.http = &http.Server{
		Handler: h, BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog: log.New(io.Discard, "", 0), // a client that has had enough is what is wanted here
	}
	if b.tls != none && b.tls != plainly {
		cert, err := s.ca.certificate(b.tls, n)
		if err != nil {
			return err
		}
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}})
	}
	go func() { _ = h.http.Serve(l) }() // ends with Close
	return nil
}

// Close ends all sites and what hangs in them.
func (s *Server) Close() {
	s.stop()
	for _, h := range s.sites {
		if h.http != nil {
			h.http.Close()
		}
	}
}

// Authority is the certificate, as PEM, under which those of the sites stand that are at fault otherwise.
func (s *Server) Authority() []byte { return s.ca.pem }

// Next begins the second crawl.
func (s *Server) Next() {
	for _, h := range s.sites {
		h.mu.Lock()
		h.crawl, h.asked = 2, map[string]int{}
		h.mu.Unlock()
	}
}

// Addresses are the loopback addresses that a crawler has to be let to.
func (s *Server) Addresses() []string {
	var all []string
	for _, h := range s.sites {
		all = append(all, h.address)
	}
	return all
}

// Register is the register of all sites, in the format of crawler/partners.
func (s *Server) Register() string {
	var b bytes.Buffer
	b.WriteString("sources:\n")
	for _, h := range s.sites {
		fmt.Fprintf(&b, "  - id: %s\n    name: %q\n    sector: fond\n    policy: index\n    home: %q\n", h.Name, h.Does, h.origin()+"/")
		for line := range strings.SplitSeq(h.register, "\n") {
			if line != "" {
				fmt.Fprintf(&b, "    %s\n", strings.ReplaceAll(line, "ORIGIN", h.origin()))
			}
		}
	}
	return b.String()
}

// URL is the address of a path of a behaviour's site.
func (s *Server) URL(name, path string) string {
	return s.site(name).origin() + path
}

// Requests is what a site was asked, in the order of the answers.
func (s *Server) Requests(name string) []Request {
	h := s.site(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.log)
}

func (s *Server) site(name string) *site {
	i := slices.IndexFunc(s.sites, func(h *site) bool { return h.Name == name })
	return s.sites[i]
}

func (h *site) origin() string {
	if h.tls != none {
		return "https://" + h.address
	}
	return "http://" + h.address
}

// ServeHTTP answers with the page of the path, else with an honest front page that links to all pages, an honest page, or
// 404.
func (h *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	start := time.Now()
	kept := &statusKeeper{ResponseWriter: w}
	h.mu.Lock()
	h.asked[path]++
	a := &ask{ResponseWriter: kept, Request: r, site: h, crawl: h.crawl, n: h.asked[path]}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.log = append(h.log, Request{Path: path, UserAgent: r.UserAgent(), Start: start, End: kept.end(), Status: kept.status})
	}()
	h.pageFor(path)(a)
}

func (h *site) pageFor(path string) page {
	bare, _, _ := strings.Cut(path, "?")
	for _, key := range []string{path, bare} {
		if p, ok := h.pages[key]; ok {
			return p
		}
	}
	switch path {
	case "/":
		return front
	case "/god":
		return says("En god side hos " + h.Name)
	case "/robots.txt", "/sitemap.xml":
		return status(http.StatusNotFound)
	}
	if p, ok := h.pages["*"]; ok {
		return p
	}
	return status(http.StatusNotFound)
}

// statusKeeper notes for the log the status and when the last of the answer went out, and lets through to the connection.
type statusKeeper struct {
	http.ResponseWriter
	status int
	last   time.Time
}

// end is when the last write began: once that is through, the client's clock may go on.
func (k *statusKeeper) end() time.Time {
	if k.last.IsZero() {
		return time.Now()
	}
	return k.last
}

func (k *statusKeeper) WriteHeader(status int) {
	k.status, k.last = status, time.Now()
	k.ResponseWriter.WriteHeader(status)
}

func (k *statusKeeper) Write(p []byte) (int, error) {
	k.last = time.Now()
	if k.status == 0 {
		k.status = http.StatusOK
	}
	return k.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (k *statusKeeper) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// front is an honest front page that links to everything.
func front(a *ask) {
	links := slices.Sorted(maps.Keys(a.site.pages))
	links = slices.DeleteFunc(links, func(p string) bool {
		return p == "*" || p == "/" || p == "/robots.txt" || strings.HasPrefix(p, "/sitemap")
	})
	serve(a, Article("Forsiden hos "+a.site.Name, append(links, "/god")...))
}

// serve writes an HTML page.
func serve(a *ask, html string) {
	if a.Header().Get("Content-Type") == "" {
		a.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	_, _ = io.WriteString(a.ResponseWriter, html) // a client that has had enough is what is wanted here
}

// Header is that of the answer; the request's is reached through Request.
func (a *ask) Header() http.Header { return a.ResponseWriter.Header() }

// Write writes to the answer; the request has a Write too.
func (a *ask) Write(p []byte) (int, error) { return a.ResponseWriter.Write(p) }

// hijack gives the bare connection, for answers that no HTTP library would write.
func (a *ask) hijack(do func(c net.Conn)) {
	c, _, err := http.NewResponseController(a.ResponseWriter).Hijack()
	if err != nil {
		panic(errors.Join(errors.New("hell: no connection to take over"), err)) // a test that would test nothing
	}
	defer c.Close()
	do(c)
}

// hang waits until the client or the test has had enough.
func (a *ask) hang() { <-a.Context().Done() }

// flush sends what was written so far.
func (a *ask) flush() { _ = http.NewResponseController(a.ResponseWriter).Flush() }

// vocabulary is what honest pages are made of.
var vocabulary = strings.Fields(`barn børn leg sprog søvn måltid fællesskab forældre pædagog vuggestue dagpleje natur skov bevægelse musik rim bog billede
	tryghed omsorg tilknytning samspil følelser venskab konflikt trøst overgang hverdag rutine ritual motorik sanser nysgerrighed fantasi tegning maling
	ord samtale lytte synge danse kravle gå løbe klatre bygge gemme finde opleve udforske undersøge spørge svare vente dele hjælpe rydde spise drikke hvile`)

// Article is an honest page: a title, enough text that no other title has, links.
func Article(title string, links ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=\"da\"><head><title>%s</title></head><body><main><h1>%s</h1>\n", title, title)
	seed := hashOf(title, 0)
	for range 5 {
		fmt.Fprintf(&b, "<p>%s handler om", title)
		for range 25 {
			seed = seed*6364136223846793005 + 1442695040888963407 // Knuth's
			fmt.Fprintf(&b, " %s", vocabulary[seed>>33%uint64(len(vocabulary))])
		}
		b.WriteString(", og det er vigtigt for de mindste.</p>\n")
	}
	b.WriteString("</main><nav><ul>")
	for _, l := range links {
		fmt.Fprintf(&b, "<li><a href=\"%s\">Læs mere</a></li>\n", l)
	}
	b.WriteString("</ul></nav></body></html>")
	return b.String()
}

// hashOf is a number that a text always has.
func hashOf(s string, n int) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, s, n)
	return h.Sum64()
}

// says is an honest page.
func says(title string, links ...string) page {
	return func(a *ask) { serve(a, Article(title, links...)) }
}

// status answers with a status and a word.
func status(code int) page {
	return func(a *ask) {
		a.Header().Set("Content-Type", "text/plain; charset=utf-8")
		a.WriteHeader(code)
		fmt.Fprintln(a, http.StatusText(code))
	}
}

// with sets a header before a page.
func with(name, value string, p page) page {
	return func(a *ask) {
		a.Header().Add(name, value)
		p(a)
	}
}

// body answers with bytes of a type.
func body(contentType, text string) page {
	return func(a *ask) {
		a.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(a.ResponseWriter, text)
	}
}

// sends leads elsewhere with a status.
func sends(code int, to string) page {
	return func(a *ask) {
		a.Header().Set("Location", to)
		a.WriteHeader(code)
	}
}

// raw writes an answer by hand and closes the connection.
func raw(answer string) page {
	return func(a *ask) {
		a.hijack(func(c net.Conn) { _, _ = io.WriteString(c, answer) })
	}
}

// later is another page in the second crawl.
func later(first, second page) page {
	return func(a *ask) {
		if a.crawl == 1 {
			first(a)
			return
		}
		second(a)
	}
}
