package crawler

import (
	"container/heap"
	"strings"
	"sync"
	"time"

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

// hostID returns the number of its row in the store.
func (s *site) hostID() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.host.ID
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

// manners returns the waits that hold for a site.
func (c *Crawler) manners(s *site) manners {
	m := manners{least: c.o.Delay, scaled: c.scaled}
	for _, sc := range c.atlas.byHost[hostKey(s.hostName())] {
		m.least = max(m.least, sc.Delay)
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
