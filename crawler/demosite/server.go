// Package demosite serves invented partner sites, each told apart by its Host header, with the habits
// and the faults of real ones.
package demosite

import (
	"context"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options say what the sites show and what goes wrong on them. The zero value is the first crawl of the
// story without faults.
type Options struct {
	Story   int           // the N-th crawl of the story; 0 means 1
	Faults  []Fault       // switched on from the start
	SlowFor time.Duration // how long a site with the fault "slow" waits; 0 means 5 seconds
	// Now is the clock of the request log and of OAI-PMH; nil means time.Now.
	Now func() time.Time
	// Sleep waits for the fault "slow" and returns the context's error when that ends first; nil means
	// waiting in real time.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Server holds the sites. Its methods may be called from any goroutine, also while it serves.
type Server struct {
	opts      Options
	sites     []siteLabels
	register  []byte
	templates map[string]*template.Template

	mu     sync.Mutex // guards the fields below
	world  *world
	faults map[Fault]bool
	log    requestLog
}

// New reads the embedded sites. Errors name the file and what is wrong in it, or an unknown fault.
func New(o Options) (*Server, error) {
	if o.Story == 0 {
		o.Story = 1
	}
	if o.SlowFor == 0 {
		o.SlowFor = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	s := &Server{opts: o, faults: map[Fault]bool{}, log: requestLog{inFlight: map[string]int{}}}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("demo sites: %w", err)
	}
	for _, f := range o.Faults {
		if err := s.SetFault(f, true); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Server) load() error {
	var err error
	if s.sites, err = loadLabels(); err != nil {
		return err
	}
	if s.register, err = files.ReadFile("partners.yaml"); err != nil {
		return fmt.Errorf("read register: %w", err)
	}
	var ids []string
	for _, site := range s.sites {
		ids = append(ids, site.ID)
	}
	if s.templates, err = loadTemplates(ids); err != nil {
		return err
	}
	return s.SetStory(s.opts.Story)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// SetStory changes the sites to what they show at the n-th crawl of the story; requests that are being
// answered end in the old state.
func (s *Server) SetStory(n int) error {
	if n < 1 {
		return fmt.Errorf("story %d: the first crawl is 1", n)
	}
	w, err := newWorld(n, s.opts.Now())
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world = w
	return nil
}

// SetFault switches a fault on or off.
func (s *Server) SetFault(f Fault, on bool) error {
	if _, known := FaultKinds()[f.Kind]; !known || !slices.ContainsFunc(s.sites, func(l siteLabels) bool { return l.ID == f.Site }) {
		return fmt.Errorf("unknown fault %s", f)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if on {
		s.faults[f] = true
		return nil
	}
	delete(s.faults, f)
	return nil
}

// Faults are the faults that are on, in the order of their text.
func (s *Server) Faults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Keys(s.faults), func(a, b Fault) int {
		return strings.Compare(a.String(), b.String())
	})
}

// Hosts are the names that the server answers to: main hosts, then the merged institute's old one. Each also
// answers with "www." before and with ".localhost" (and any port) behind it.
func (s *Server) Hosts() []string {
	var hosts []string
	for _, site := range s.sites {
		hosts = append(hosts, site.Host)
	}
	return append(hosts, oldHost)
}

// Register is the register of the invented partners, in the format of crawler/partners.
func (s *Server) Register() []byte { return slices.Clone(s.register) }

// Labels are the labels of every document written, also of the two that are never indexed.
func (s *Server) Labels() []Label {
	var labels []Label
	for _, site := range s.sites {
		labels = append(labels, site.Documents...)
	}
	return labels
}

// Article is the main text of a document's page as the story has it now: the title (with its kicker) and, one
// block a line, lead, abstract and body, without anything that the template puts around them. Both are
// empty for an id that has no page now.
func (s *Server) Article(id string) (title, text string) {
	d := s.state().docs[id]
	if d == nil || !d.HasPage() {
		return "", ""
	}
	return d.Art.Title, d.Art.text()
}

func (s *Server) state() *world {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world
}

// faultsOf are the kinds of faults that are on for a site.
func (s *Server) faultsOf(site string) map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	kinds := map[string]bool{}
	for f := range s.faults {
		if f.Site == site {
			kinds[f.Kind] = true
		}
	}
	return kinds
}

// Handler serves all sites.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }
