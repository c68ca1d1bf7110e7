package crawler

import (
	"container/heap"
	"slices"
	"strings"
	"sync"
	"time"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/state"
)

// site is a host of a run: what is known about it, what of it is due, and when it may be asked next. All fields but
// those that mu guards belong to the dispatcher.
type site struct {
	origin string
	lanes  []string // keys of what it shares a single connection with: its name, its address

	queue   []state.URL // leased
	dry     bool        // the last lease brought nothing, and nothing has come since
	pending int         // fetched, not yet recorded
	flying  bool        // a request is under way
	aside   string      // why it is left for the next run, "" when it is not
	readyAt time.Time
	retries []time.Time // of pages that failed in this run
	index   int         // place in the heap, -1 when not in it

	failsMost   int  // failures in a row after which it is left for the next run
	told        int  // failures at which a person was last told of a wait
	named       bool // addresses were looked up
	robotsRead  bool // robots.txt was read, or found fresh, in this run
	robotsTries int
	tdmRead     bool // tdmrep.json was asked for, or robots.txt was found fresh, in this run
	probed      bool

	mu     sync.Mutex // guards host and access, which workers read and update
	host   state.Host
	access access
}

// snapshot returns what workers may look at.
func (s *site) snapshot() (state.Host, access) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.host, s.access
}

// nextRetry returns the earliest retry, zero when there is none.
func (s *site) nextRetry() time.Time {
	var first time.Time
	for _, at := range s.retries {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// hostName is the site's name without scheme and port.
func (s *site) hostName() string {
	host := hostOf(s.origin)
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.Trim(host, "[]")
}

// queueOfSites is a heap by readyAt.
type queueOfSites []*site

func (q queueOfSites) Len() int { return len(q) }
func (q queueOfSites) Less(i, j int) bool {
	if !q[i].readyAt.Equal(q[j].readyAt) {
		return q[i].readyAt.Before(q[j].readyAt)
	}
	return q[i].origin < q[j].origin
}

func (q queueOfSites) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}

func (q *queueOfSites) Push(x any) {
	s := x.(*site)
	s.index = len(*q)
	*q = append(*q, s)
}

func (q *queueOfSites) Pop() any {
	old := *q
	s := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	s.index = -1
	return s
}

// put brings a site into the heap, or to its new place there.
func (q *queueOfSites) put(s *site) {
	if s.index >= 0 {
		heap.Fix(q, s.index)
		return
	}
	heap.Push(q, s)
}

// lane is a connection that several sites may share: one host name, one address.
type lane struct {
	busy    bool
	waiting []*site
}

// family names the pattern that an address shares with others, and reports whether it is one of a kind: only addresses
// that count up or that carry parameters can go on for ever.
func family(address string) (key string, many bool) {
	key = canonical.Pattern(address)
	_, rest, _ := strings.Cut(address, "://")
	return key, strings.Contains(key, "?") || key != rest
}

// clan names the family of families that all addresses with parameters below one path make up. A list that can be
// narrowed in ten ways has a thousand families, and each would spend its budget.
func clan(key string) (string, bool) {
	path, _, ok := strings.Cut(key, "?")
	return path + "?*", ok
}

// The budget of a family: this many fetches without yield are spent before its yield counts.
const (
	familyCredit   = 30
	barrenCredit   = 12 // pages in a row with nothing of their own, not even a link: no archive is like that
	clanCredit     = 90
	familyYield    = 4 // then one page in so many has to be new
	familySketches = 8
	sketchNear     = 8 // bits in which near copies differ at most
)

// spent reports whether a family has shown that it does not end and brings nothing.
func spent(p state.Pattern) bool {
	return wasted(p, familyCredit) || p.Barren >= barrenCredit && p.Useful*familyYield < p.Fetched
}

// spentTogether reports whether a family is refused for what its clan has shown, as long as it has not done better itself.
func spentTogether(p, clan state.Pattern) bool {
	return wasted(clan, clanCredit) && (p.Useful == 0 || p.Useful*familyYield < p.Fetched)
}

func wasted(p state.Pattern, credit int) bool {
	return p.Fetched-p.Useful >= credit && p.Useful*familyYield < p.Fetched
}

// brought is what one page of a family brought.
type brought struct {
	document bool   // it became one
	sketch   uint64 // of its text
	exits    uint64 // hash of its links that lead out of the family
	leads    bool   // one of those leads to what was not known
}

// learn notes a page of a family. It is useful when it became a document unlike the last ones or led to something else that is
// new, and barren when it has not even other ways out than the last one: every page of an archive leads to its own articles,
// known or not, and the empty months of a calendar to nothing but each other.
func learn(p state.Pattern, b brought) state.Pattern {
	p.Fetched++
	fresh := b.fresh(p)
	if fresh {
		p.Sketches = append(p.Sketches[max(0, len(p.Sketches)-familySketches+1):len(p.Sketches):len(p.Sketches)], b.sketch)
	}
	switch {
	case fresh || b.leads:
		p.Useful++
		p.Barren = 0
	case b.exits == p.Exits:
		p.Barren++
	default:
		p.Barren = 0
	}
	p.Exits = b.exits
	return p
}

// fresh reports whether a page became a document unlike the last ones of its family.
func (b brought) fresh(p state.Pattern) bool {
	near := func(known uint64) bool { return distance(known, b.sketch) <= sketchNear }
	return b.document && b.sketch != 0 && !slices.ContainsFunc(p.Sketches, near)
}

// clanOf is clan for a family that may have none, which then stands for itself.
func clanOf(key string) string {
	if all, ok := clan(key); ok {
		return all
	}
	return key
}

// manners returns the waits that hold for a site.
func (c *Crawler) manners(s *site) manners {
	m := manners{least: c.o.Delay, scaled: c.scaled}
	for _, sc := range c.atlas.byHost[hostKey(s.hostName())] {
		m.least = max(m.least, sc.Delay)
		if sc.Delay == 0 {
			m.least = max(m.least, c.o.Delay)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.access.rules != nil {
		m.crawlDelay = s.access.rules.CrawlDelay(c.o.Agent)
	}
	return m
}

func (c *Crawler) sourcesOf(s *site) []string {
	var ids []string
	for _, sc := range c.atlas.byHost[hostKey(s.hostName())] {
		ids = append(ids, sc.ID)
	}
	return ids
}
