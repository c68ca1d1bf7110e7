// Package server answers readers over HTTP, with pages and with JSON.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/vocab"
)

// Limits of the HTTP server. A search may take requestLimit; what is left of writeTimeout is for slow readers.
const (
	requestLimit      = 5 * time.Second
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 20 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 16 << 10
	shutdownLimit     = 4 * time.Second // with what cmd closes after us, the program ends within 5 s
)

// Options are what a Server needs. Engine and Analyzer are required.
type Options struct {
	Engine   index.Engine
	Analyzer *danish.Analyzer
	// Vocabulary widens searches by synonyms, abbreviations and the other language; nil widens nothing.
	Vocabulary *vocab.Vocabulary
	// Status tells about sources and crawling; nil when nothing is known.
	Status func(context.Context) (Status, error)
	// Topics are the topics of the vocabulary in the order in which they are listed; nil means none.
	Topics []Topic
	// Themes are those of the pedagogical curriculum, a second scheme that documents are described by; nil means none.
	Themes []Topic
	// Programmes are the records of programmes in the order in which they are listed; nil means none.
	Programmes programmes.List
	// Link turns a document's URL into the one that a result opens; nil leaves it as it is. The API always
	// gives the document's own URL.
	Link func(url string) string
	// Log gets one line per request, without query and without address of the asker; nil means none.
	Log     *slog.Logger
	Version Version
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Timeout bounds one request; 0 means 5 s.
	Timeout time.Duration
	// Coverage tells what the crawl knows about each source, for the pages about sources; nil when nothing is known.
	Coverage func(context.Context) ([]Coverage, error)
	// Changes tells what came, changed and went since a time, newest first and at most limit of them; nil when nothing
	// is known about it.
	Changes func(ctx context.Context, since time.Time, limit int) ([]Change, error)
	// Altered tells when each of the documents named last changed at its source; one that is not in the answer is not known to
	// have. nil when nothing is known about it.
	Altered func(ctx context.Context, docs []string) (map[string]time.Time, error)
	// Gone tells what became of a document that the index does not have; its At is zero for one that never was. nil when nothing is
	// known about it.
	Gone func(ctx context.Context, id string) (Gone, error)
	// About is what the pages tell about who runs this site.
	About About
	// Base is scheme and host under which readers reach this site, such as https://viden.example; empty means that
	// the host of each request is taken.
	Base string
	// Limit is how many searches one asker may send in a minute; 0 means any number.
	Limit int
	// Asker names who sent a request, for Limit; nil means the address of the connection. An empty name is not
	// limited. Behind a proxy, this has to read the header that the proxy sets.
	Asker func(*http.Request) string
	// Trouble tells what has ended work in the background that readers do not wait for, such as taking in changes;
	// /healthz says so. nil means that nothing does.
	Trouble func() error
	// Shelf keeps what readers leave: letters to the operator and protocols of searches; nil takes none.
	Shelf Shelf
	// Desk carries out what the operator decides on /drift; nil where another process crawls.
	Desk Desk
	// Pins is a YAML file of what editors lift above the results of searches; it is read again when it changes. Empty
	// means none.
	Pins string
	// Token opens /drift from other machines, as the password of HTTP's basic authentication or as a bearer; empty
	// leaves it to browsers on this machine.
	Token string
}

// Status is what readers may know about the crawl.
type Status struct {
	Sources   []Source  // those of the register; names are shown and can be asked for
	LastCrawl time.Time // end of the last crawl, shown in its own time zone; zero when there was none
	Crawling  bool
}

// Source is a partner by id and name.
type Source struct {
	ID     string
	Name   string
	Closed bool // an archive, or gone: what was taken from it stays as it is
}

// Topic is a topic of the vocabulary.
type Topic struct {
	Slug       string
	Label      string   // in Danish
	Definition string   // in Danish, one or two sentences; may be empty
	English    string   // Definition in English; empty where there is none
	Words      []string // that put a document under the topic
}

// Version is what /version tells, from the build info.
type Version struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Time     string `json:"time,omitempty"`
	Go       string `json:"go,omitempty"`
	Analyzer string `json:"analyzer,omitempty"`
}

// Server serves pages and API. It is safe for use from many goroutines.
type Server struct {
	handler http.Handler
	log     *slog.Logger
}

// New makes a server; it opens nothing and starts nothing.
func New(o Options) (*Server, error) {
	if o.Engine == nil || o.Analyzer == nil {
		return nil, errors.New("server needs an engine and an analyzer")
	}
	o = o.withDefaults()
	p, err := newParts(o)
	if err != nil {
		return nil, err
	}
	return &Server{handler: p.handler(), log: o.Log}, nil
}

// withDefaults fills in what may be left out.
func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout == 0 {
		o.Timeout = requestLimit
	}
	if o.Altered == nil {
		o.Altered = func(context.Context, []string) (map[string]time.Time, error) { return nil, nil }
	}
	if o.Version.Analyzer == "" {
		o.Version.Analyzer = o.Analyzer.Fingerprint()
	}
	o.Base = strings.TrimSuffix(o.Base, "/")
	return o
}

// Handler returns the handler of all routes, with everything around it that Serve uses.
func (s *Server) Handler() http.Handler { return s.handler }

// Serve answers on ln until ctx ends, then lets running requests finish for at most 4 s. It closes ln.
// The error is nil after such an end.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	h := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(withoutAddresses{s.log.Handler()}, slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ln) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	// ctx has ended; the time left for running requests must not.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownLimit)
	defer cancel()
	err := h.Shutdown(grace)
	if err != nil {
		_ = h.Close() // cuts off what did not end in time
	}
	<-ended
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}
