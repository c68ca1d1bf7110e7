package crawler

import (
	"container/heap"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"runtime"
	"testing"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// simPage is a page of the simulation: what is true of it, and what a policy knows of it.
type simPage struct {
	rate    float64 // changes a day
	changed float64 // day of the next change
	stale   float64 // day of the first change that was not seen, -1 when there is none
	edition int

	due float64   // day of the next visit
	row state.URL // what the crawler would have stored

	interval, modified float64 // what Nutch would have
}

const simDay = 24 * time.Hour

func simTime(day float64) time.Time { return noon.Add(time.Duration(day * float64(simDay))) }

// simPolicy is what is compared: it is told of a visit and says on which day the next one is due.
type simPolicy func(p *simPage, day float64, changed, first bool) (due float64)

// simSite is a host with its pages in the order in which they are due.
type simSite struct {
	pages   []*simPage
	host    state.Host
	manners manners
	next    float64 // day on which it may be asked and has something due
	today   int     // the day that used counts
	used    int
}

func (s *simSite) Len() int           { return len(s.pages) }
func (s *simSite) Less(i, j int) bool { return s.pages[i].due < s.pages[j].due }
func (s *simSite) Swap(i, j int)      { s.pages[i], s.pages[j] = s.pages[j], s.pages[i] }
func (s *simSite) Push(any)           { panic("no page is added") }
func (s *simSite) Pop() any           { panic("no page is taken out") }

// simWorld is all hosts in the order in which they may be asked.
type simWorld []*simSite

func (w simWorld) Len() int           { return len(w) }
func (w simWorld) Less(i, j int) bool { return w[i].next < w[j].next }
func (w simWorld) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w simWorld) Push(any)           { panic("no host is added") }
func (w simWorld) Pop() any           { panic("no host is taken out") }

// simRates are how often pages of partners change, a day, and which share of the pages does so: front pages, news, living
// guides, articles, archives. Each page's own rate is spread around that of its kind.
var simRates = []struct{ share, rate float64 }{
	{0.03, 2}, {0.07, 0.5}, {0.15, 1. / 7}, {0.25, 1. / 30}, {0.30, 1. / 120}, {0.20, 1. / 730},
}

func simRate(random *rand.Rand) float64 {
	at, kind := random.Float64(), 0
	for kind < len(simRates)-1 && at >= simRates[kind].share {
		at -= simRates[kind].share
		kind++
	}
	return simRates[kind].rate * math.Exp(random.NormFloat64()/2)
}

// newSimWorld makes the same world for the same seed. Every tenth host has a Crawl-delay.
func newSimWorld(hosts, pages int, seed uint64) simWorld {
	random := rand.New(rand.NewPCG(seed, 1))
	var w simWorld
	for h := range hosts {
		s := &simSite{manners: manners{least: DefaultDelay, scaled: func(d time.Duration) time.Duration { return d }}}
		if h%10 == 0 {
			s.manners.crawlDelay = 10 * time.Second
		}
		for range pages {
			p := &simPage{rate: simRate(random), stale: -1}
			p.row = state.URL{Kind: state.Page, State: state.New, FirstSeen: simTime(0)}
			p.changed = random.ExpFloat64() / p.rate
			s.pages = append(s.pages, p)
		}
		w = append(w, s)
	}
	return w
}

// simResult is what a policy came to.
type simResult struct {
	age      float64 // of the copies, mean over pages and time, days: 0 while a copy is as the page
	requests int
	hasty    int // requests that came before the host's delay was over
	heap     int // largest heap on the way, bytes
}

func (r simResult) String() string {
	return fmt.Sprintf("mean age %.3f days, %d requests", r.age, r.requests)
}

// simulate has a policy at work for some days. Hosts are asked one request at a time with the crawler's own manners, the
// page that is due longest first; perDay bounds the requests to a host in a day, 0 means no bound.
func simulate(w simWorld, days float64, perDay int, visit simPolicy) simResult {
	random := rand.New(rand.NewPCG(7, 2))
	var r simResult
	aged, pages := 0.0, 0
	for _, s := range w {
		pages += len(s.pages)
		heap.Init(s)
	}
	for heap.Init(w); w[0].next < days; heap.Fix(w, 0) {
		s := w[0]
		p := s.pages[0]
		if s.today != int(s.next) {
			s.today, s.used = int(s.next), 0
		}
		switch {
		case perDay > 0 && s.used >= perDay:
			s.next = float64(s.today + 1)
			continue
		case p.due > s.next:
			s.next = p.due
			continue
		}
		now := s.next
		p.pass(now, random)
		first, changed := p.edition == 0, p.stale >= 0
		if changed || first {
			p.edition++
		}
		if changed && !first {
			aged += (now - p.stale) * (now - p.stale) / 2
		}
		p.stale = -1
		p.due = visit(p, now, changed && !first, first)
		heap.Fix(s, 0)
		s.used++
		if r.requests++; r.requests%50_000 == 0 {
			r.heap = max(r.heap, heapInUse())
		}
		if simTime(now).Before(s.host.NextOK) {
			r.hasty++
		}
		s.host = afterFetch(s.host, s.manners, fetch.Page{Status: http.StatusOK}, nil, simTime(now))
		// A microsecond more than asked for: days as numbers are that inexact.
		s.next = float64(s.host.NextOK.Add(time.Microsecond).Sub(noon)) / float64(simDay)
	}
	for _, s := range w {
		for _, p := range s.pages {
			p.pass(days, random)
			if p.stale >= 0 {
				aged += (days - p.stale) * (days - p.stale) / 2
			}
		}
	}
	r.age = aged / float64(pages) / days
	return r
}

// heapInUse is how much of the heap is taken, garbage included.
func heapInUse() int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapInuse)
}

// pass lets time go by until a day.
func (p *simPage) pass(day float64, random *rand.Rand) {
	for p.changed <= day {
		if p.stale < 0 {
			p.stale = p.changed
		}
		p.changed += random.ExpFloat64() / p.rate
	}
}

// ours asks the crawler's own decision and keeps its row as the store does.
func ours(p *simPage, day float64, changed, first bool) float64 {
	now := simTime(day)
	s := sight{
		row: p.row, scope: &scope{Source: partners.Source{Policy: partners.Metadata}}, now: now,
		scaled: func(d time.Duration) time.Duration { return d },
	}
	if changed || first {
		s.page, s.read = fetch.Page{Status: http.StatusOK}, true
		s.hash = fmt.Sprint(p.edition)
		s.ext = extract.Result{Title: "Side", Text: "Tekst"}
	} else {
		s.page = fetch.Page{Status: http.StatusNotModified, NotModified: true}
	}
	o := decide(s)
	if o.State != state.OK {
		panic(o.State)
	}
	u := &p.row
	u.Checks++
	if o.Read && o.Hash != u.Hash {
		if u.Hash != "" {
			u.Changes++
		}
		u.Hash, u.LastChange = o.Hash, now
	}
	u.State, u.LastVisit, u.LastOK, u.Due, u.Interval = o.State, now, now, o.Due, o.Interval
	return float64(o.Due.Sub(noon)) / float64(simDay)
}

// nutch is what Nutch's AdaptiveFetchSchedule does, with the settings that Nutch comes with but for the first interval: with
// its thirty days hardly anything would be visited twice in the time that is simulated.
func nutch(firstInterval float64) simPolicy {
	const grows, shrinks, sync, least, most = 0.4, 0.2, 0.3, 1. / 1440, 365
	return func(p *simPage, day float64, changed, first bool) float64 {
		if p.interval == 0 {
			p.interval = firstInterval
		}
		if changed || first {
			p.interval *= 1 - shrinks
			p.modified = day
		} else {
			p.interval *= 1 + grows
		}
		sinceChange := day - p.modified
		p.interval = min(max(p.interval, sinceChange, least), most)
		return day - sync*sinceChange + p.interval
	}
}

// TestCopiesAreYoungerThanNutchsAtTheSameBudget compares our policy with Nutch's at first intervals on both sides of our
// number of requests. None that spends no more than we do may have younger copies.
func TestCopiesAreYoungerThanNutchsAtTheSameBudget(t *testing.T) {
	all := 200
	if testing.Short() {
		all = 20
	}
	for _, tt := range []struct {
		name   string
		hosts  int
		perDay int
		firsts []float64
	}{
		{"as many requests as the policies ask for", all, 0, []float64{7.5, 8}},
		// Here the page that waits longest goes first, which does much of a policy's work for it.
		{"at most 80 to a host in a day", all / 4, 80, []float64{8, 8.5}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			runtime.GC() // what other tests left
			before := heapInUse()
			mine := simulate(newSimWorld(tt.hosts, 500, 1), 30, tt.perDay, ours)
			t.Logf("ours: %s, %d MB", mine, (mine.heap-before)>>20)
			if mine.heap-before > 300<<20 {
				t.Errorf("%d MB for %d pages", (mine.heap-before)>>20, tt.hosts*500)
			}
			if mine.hasty > 0 {
				t.Errorf("%d requests came too early", mine.hasty)
			}
			compared := 0
			for _, first := range tt.firsts {
				theirs := simulate(newSimWorld(tt.hosts, 500, 1), 30, tt.perDay, nutch(first))
				t.Logf("Nutch, first after %.1f days: %s", first, theirs)
				if float64(theirs.requests) > 1.005*float64(mine.requests) {
					continue
				}
				compared++
				if theirs.age <= mine.age {
					t.Errorf("with a first interval of %.1f days Nutch's copies are younger: %s", first, theirs)
				}
			}
			if compared == 0 {
				t.Error("no setting of Nutch's spends as little as we do")
			}
		})
	}
}
