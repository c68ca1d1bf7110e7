package crawler

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

const testDay = 24 * time.Hour

// visited is a page that was first seen at noon and then visited every so often, with these answers, true for a change; the
// last of them is the visit at hand.
func visited(every time.Duration, answers ...bool) (u state.URL, now time.Time, changed bool) {
	u = state.URL{Kind: state.Page, FirstSeen: noon, LastChange: noon, Checks: len(answers)}
	now = noon
	for i, c := range answers {
		now = now.Add(every)
		if i == len(answers)-1 {
			return u, now, c
		}
		if c {
			u.Changes++
			u.LastChange = now
		}
	}
	return u, now, false
}

func repeat(what bool, n int) []bool {
	all := make([]bool, n)
	for i := range all {
		all[i] = what
	}
	return all
}

func TestPagesThatChangeMoreAreVisitedMore(t *testing.T) {
	interval := func(every time.Duration, answers ...bool) time.Duration {
		u, now, changed := visited(every, answers...)
		return pageInterval(u, now, changed, false)
	}
	fresh := pageInterval(state.URL{Kind: state.Page, FirstSeen: noon}, noon, false, false)
	if fresh < 3*testDay || fresh > 7*testDay {
		t.Errorf("a page seen once is visited again after %s", fresh)
	}
	always := interval(3*testDay, repeat(true, 20)...)
	often := interval(3*testDay, append(repeat(false, 10), true, false, true, true, false, true)...)
	seldom := interval(10*testDay, append(repeat(false, 30), true, false)...)
	never := interval(20*testDay, repeat(false, 40)...)
	if always >= often || often >= seldom || seldom >= never {
		t.Errorf("always %s, often %s, seldom %s, never %s: want each longer than the one before", always, often, seldom, never)
	}
	if always < 2*testDay || always > 4*testDay || never < 20*testDay || never > pageMost {
		t.Errorf("always %s, never %s", always, never)
	}
}

func TestWhatHappenedLastCounts(t *testing.T) {
	quiet, now, _ := visited(20*testDay, repeat(false, 50)...)
	before := pageInterval(quiet, now, false, false)
	awake, now, _ := visited(20*testDay, repeat(false, 50)...)
	awake.Changes, awake.LastChange = 1, now.Add(-4*testDay)
	after := pageInterval(awake, now, true, false)
	if after > before/2 {
		t.Errorf("a page at work again is visited after %s, before it was %s", after, before)
	}
	busy := state.URL{Kind: state.Page, FirstSeen: noon, Checks: 200, Changes: 150, LastChange: noon.Add(400 * testDay)}
	resting := pageInterval(busy, noon.Add(600*testDay), false, false)
	if resting < 6*testDay {
		t.Errorf("a page that came to rest 200 days ago is visited after %s", resting)
	}
}

func TestListsAndStartPagesAreVisitedMore(t *testing.T) {
	u, now, _ := visited(3*testDay, repeat(true, 20)...)
	plain, leads := pageInterval(u, now, true, false), pageInterval(u, now, true, true)
	if leads >= plain || leads < pageLeast || leads > pageLeast*3/2 {
		t.Errorf("a page that changes all the time is visited after %s, one that leads to others after %s", plain, leads)
	}
}

func TestIntervalsStayWithinTheirBounds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		u := state.URL{Kind: state.Page, FirstSeen: noon, Checks: random.IntN(1000)}
		u.Changes = random.IntN(u.Checks + 1)
		now := noon.Add(time.Duration(random.ExpFloat64() * float64(200*testDay)))
		u.LastChange = noon.Add(time.Duration(random.Float64() * float64(now.Sub(noon))))
		if random.IntN(20) == 0 {
			now = noon.Add(-testDay) // the clock was set back
		}
		d := pageInterval(u, now, random.IntN(2) == 0, random.IntN(2) == 0)
		if d < pageLeast || d > pageMost {
			t.Fatalf("%+v at %s: %s", u, now, d)
		}
	}
	d := time.Duration(0)
	for range 30 {
		if d = listingInterval(d, false, d == 0); d > listingMost {
			t.Fatalf("a sitemap is visited every %s", d)
		}
	}
	for range 30 {
		if d = listingInterval(d, true, false); d < listingLeast {
			t.Fatalf("a sitemap is visited every %s", d)
		}
	}
}

// TestTheRateIsFound visits pages of known rates at intervals of one to seven days. What changes between any two visits
// cannot be told from what changes twice as often, so the highest rate is estimated low.
func TestTheRateIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, rate := range []float64{1. / 2, 1. / 4, 1. / 10, 1. / 40} {
		sum, pages := 0.0, 200
		for range pages {
			w := watched{}
			for range 60 {
				days := 1 + 6*random.Float64()
				w.span += time.Duration(days * float64(testDay))
				w.visits++
				if random.Float64() < -math.Expm1(-rate*days) {
					w.changes++
				}
			}
			sum += w.rate()
		}
		if got := sum / float64(pages); got < rate*0.75 || got > rate*1.35 {
			t.Errorf("rate %.3f is estimated as %.3f", rate, got)
		}
	}
}

func TestTheBestIntervalCostsLeast(t *testing.T) {
	cost := func(rate, days float64) float64 {
		return days/2 - 1/rate - math.Expm1(-rate*days)/(rate*rate*days) + visitPrice/days
	}
	for _, rate := range []float64{5, 1, 0.1, 0.01, 0.002} {
		best := bestInterval(rate, 1)
		for _, other := range []float64{best * 0.8, best * 1.25} {
			if cost(rate, other) <= cost(rate, best) {
				t.Errorf("rate %g: %.2f days cost %.4f, %.2f days %.4f", rate, best, cost(rate, best), other, cost(rate, other))
			}
		}
	}
}
