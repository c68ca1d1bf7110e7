package crawler

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/state"
)

// Event is something that happened during a run, for progress on a terminal.
type Event struct {
	Kind   EventKind
	Source string
	URL    string // fit for a log: without personal data
	State  state.State
	Reason state.Reason
	Status int
	Bytes  int64
	Took   time.Duration
	// Changed: a document was written or removed.
	Changed bool
	Note    string // for Aside, Noted and Waiting: in Danish, for a person
	// Done and Left count the source's addresses that this run has settled, and that it knows it has before it.
	Done, Left int
}

// EventKind tells what an Event is about.
type EventKind int

// The kinds of events.
const (
	Started EventKind = iota // once per source that has work, before its first visit
	Visited                  // an address was settled
	Aside                    // a host is left for the next run; Note says why
	Noted                    // something about a host that a person should know; Note says what
	Waiting                  // a host in trouble is left alone for a while within this run; Note says how long and why
)

// Report is what a run did.
type Report struct {
	Run            int64
	Started, Ended time.Time // Ended is zero when the run was cut off
	Resumed        bool
	Aside          int            // hosts left for the next run; the notes of their sources say why
	Sources        []SourceReport // in the order of the register
}

// SourceReport is what a run did with one source. Found, Indexed and Refused are totals over all runs, the others belong
// to this run.
type SourceReport struct {
	ID, Name  string
	Policy    string
	Found     int                  // addresses known, refused ones included
	New       int                  // of them found in this run
	Fetched   int                  // requests made, robots.txt included
	Unchanged int                  // of them answered by 304 or the same bytes
	Written   int                  // document versions written
	Removed   int                  // documents removed
	Held      int                  // documents that would go, held for a person
	Indexed   int                  // documents now
	Aliases   int                  // addresses that lead to another one: aliases and redirects
	Refused   map[state.Reason]int // by reason; missing, gone and unsupported addresses too
	Errors    map[state.Reason]int // failed visits, by reason
	Bytes     int64                // on the wire
	Seconds   float64              // from the first visit in this run to the last
	Left      int                  // addresses due that this run did not get to
	Notes     []string             // in Danish, for a person
}

// Errors returns the number of failed visits.
func (r Report) Errors() int {
	n := 0
	for _, s := range r.Sources {
		for _, e := range s.Errors {
			n += e
		}
	}
	return n
}

// Waiting returns the number of addresses that were due and not visited.
func (r Report) Waiting() int {
	n := 0
	for _, s := range r.Sources {
		n += s.Left
	}
	return n
}

// counter follows a run for its events and its report.
type counter struct {
	c     *Crawler
	run   state.Run
	began time.Time // of this process, for seconds: a resumed run began long ago

	mu      sync.Mutex
	sources map[string]*tally
}

type tally struct {
	done, left, fetched, aside int
	asideBytes                 int64
	first, last                time.Time
	notes                      []string
}

func newCounter(c *Crawler, r state.Run) *counter {
	return &counter{c: c, run: r, began: c.o.Clock.Now(), sources: map[string]*tally{}}
}

// of returns the tally of a source; the caller holds mu.
func (n *counter) of(source string) *tally {
	t := n.sources[source]
	if t == nil {
		t = &tally{}
		n.sources[source] = t
	}
	return t
}

// emit passes an event on; the caller holds mu, so that events come one at a time.
func (n *counter) emit(e Event) {
	if n.c.o.Progress == nil {
		return
	}
	t := n.of(e.Source)
	e.Done, e.Left = t.done, max(0, t.left)
	n.c.o.Progress(e)
}

func (n *counter) start(due map[string]int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, source := range slices.Sorted(maps.Keys(due)) {
		n.of(source).left += due[source]
		n.emit(Event{Kind: Started, Source: source})
	}
}

// grow notes addresses that became due.
func (n *counter) grow(source string, by int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.of(source).left += by
}

// fetched notes a request for a page.
func (n *counter) fetched(source string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.of(source).fetched++
}

// fetchedAside notes a request for robots.txt or an impossible page; it goes to the first source of the host.
func (n *counter) fetchedAside(sources []string, bytes int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, source := range sources[:min(1, len(sources))] {
		n.of(source).aside++
		n.of(source).asideBytes += bytes
	}
}

// recorded notes a settled address; one that is tried again in this run is not settled.
func (n *counter) recorded(u state.URL, o state.Outcome, done state.Recorded, again bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := n.of(u.Source)
	if !again {
		t.done++
		t.left--
	}
	if t.first.IsZero() {
		t.first = o.At.Add(-o.Took)
	}
	t.last = o.At
	n.emit(Event{
		Kind: Visited, Source: u.Source, URL: redact(u.URL), State: o.State, Reason: o.Reason, Status: o.Status,
		Bytes: o.Bytes, Took: o.Took, Changed: done.Changed,
	})
}

// aside notes a host that is left for the next run.
func (n *counter) aside(sources []string, origin, why string) { n.tell(Aside, sources, origin, why) }

// waiting notes a host that is left alone for a while.
func (n *counter) waiting(sources []string, origin, why string) {
	n.tell(Waiting, sources, origin, why)
}

// note notes something that a person should know about a host.
func (n *counter) note(sources []string, origin, what string) { n.tell(Noted, sources, origin, what) }

func (n *counter) tell(kind EventKind, sources []string, origin, what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	note := hostOf(origin) + ": " + what
	for _, source := range sources {
		if !n.c.selected(source) {
			continue
		}
		if t := n.of(source); kind != Waiting && !slices.Contains(t.notes, note) {
			t.notes = append(t.notes, note)
		}
		n.emit(Event{Kind: kind, Source: source, Note: note})
	}
	n.c.o.Log.Info("host", "origin", origin, "sources", strings.Join(sources, ","), "note", what)
}

// exhausted returns the sources that have had all the pages they get in one run.
func (n *counter) exhausted() map[string]bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	var full map[string]bool
	for id, t := range n.sources {
		if t.fetched < n.c.maxPages(id) {
			continue
		}
		if full == nil {
			full = map[string]bool{}
		}
		full[id] = true
	}
	return full
}

func (c *Crawler) maxPages(source string) int {
	if sc := c.atlas.byID[source]; sc != nil && sc.MaxPages > 0 {
		return sc.MaxPages
	}
	return c.o.MaxPages
}

// report makes the report of a run from the store and from what the run itself has seen; whole tells that nothing ended it early.
func (r *run) report(ctx context.Context, whole bool) (Report, error) {
	rep := Report{Run: r.run.ID, Started: r.run.Started, Resumed: r.run.Resumed, Aside: r.dispatcher.asides}
	if whole {
		rep.Ended = r.c.o.Clock.Now()
	}
	tallies, err := r.st.Tallies(ctx, r.run.ID)
	if err != nil {
		return rep, err
	}
	standings, err := r.st.Standings(ctx)
	if err != nil {
		return rep, err
	}
	docs, err := r.st.DocumentCounts(ctx)
	if err != nil {
		return rep, err
	}
	left, err := r.st.Due(ctx, r.c.o.Clock.Now(), r.c.active())
	if err != nil {
		return rep, err
	}
	for _, sc := range r.c.atlas.scopes {
		if !r.c.selected(sc.ID) {
			continue
		}
		s := sourceReport(sc, tallies[sc.ID], standings)
		s.Indexed, s.Left = docs[sc.ID], left[sc.ID]
		r.count.complete(&s)
		if p, ok := r.c.o.State.PauseOf(sc.ID); ok {
			s.Notes = append(s.Notes, strings.TrimSuffix("sat på pause "+p.At.Format(time.DateOnly)+": "+p.Note, ": "))
		}
		rep.Sources = append(rep.Sources, s)
	}
	return rep, nil
}

// complete adds what only this process knows.
func (n *counter) complete(s *SourceReport) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := n.of(s.ID)
	s.Fetched += t.aside
	s.Bytes += t.asideBytes
	s.Seconds = t.last.Sub(t.first).Seconds()
	s.Notes = append(s.Notes, t.notes...)
}

func sourceReport(sc *scope, counts map[string]int64, standings []state.Standings) SourceReport {
	s := SourceReport{
		ID: sc.ID, Name: sc.Name, Policy: string(sc.Policy),
		New: int(counts["found"]), Fetched: int(counts["fetched"]), Unchanged: int(counts["unchanged"]),
		Written: int(counts["written"]), Removed: int(counts["removed"]), Held: int(counts["held"]), Bytes: counts["bytes"],
		Refused: map[state.Reason]int{}, Errors: map[state.Reason]int{},
	}
	for name, n := range counts {
		if reason, ok := strings.CutPrefix(name, "error:"); ok {
			s.Errors[state.Reason(reason)] = int(n)
		}
	}
	for _, c := range standings {
		if c.Source == sc.ID && (c.Kind == state.Page || c.Kind == state.Record) {
			s.stand(c)
		}
	}
	return s
}

func (s *SourceReport) stand(c state.Standings) {
	s.Found += c.N
	switch c.State {
	case state.Refused, state.Missing, state.Gone, state.Unsupported:
		s.Refused[c.Reason] += c.N
	case state.Alias, state.Redirect:
		s.Aliases += c.N
	}
}

// redact takes personal data out of an address before it is shown.
func redact(address string) string { return canonical.Redact(address) }
