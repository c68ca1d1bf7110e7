package crawler_test

import (
	"fmt"
	"testing"
	"time"

	"smaabornsviden/crawler"
)

// TestTwentyHostsAreRevisitedAsTheirPagesChange is the schedule over HTTP: twenty hosts with fifty pages, a fifth of which
// change every day, visited by schedule alone for twelve days.
func TestTwentyHostsAreRevisitedAsTheirPagesChange(t *testing.T) {
	hosts, pages, days := 20, 50, 12
	if testing.Short() {
		hosts, pages = 4, 20
	}
	w := newWorld(t)
	var names []string
	for h := range hosts {
		host := fmt.Sprintf("h%d.example", h)
		names = append(names, host)
		var links []string
		for p := range pages - 1 {
			links = append(links, "/side/"+name(p))
		}
		w.page(host, "/", "Forside "+name(h), links...)
		if h == 0 {
			w.set(host, "/robots.txt", answer{body: "User-agent: *\nCrawl-delay: 4\n"})
		}
	}
	write := func(day int) {
		for h, host := range names {
			for p := range pages - 1 {
				if day > 0 && p%5 > 0 {
					continue
				}
				// The host makes it no copy of another host's page, the day a new edition.
				w.page(host, "/side/"+name(p), fmt.Sprintf("Side %s på %s, udgave %s", name(p), name(h), name(day)))
			}
		}
	}
	write(0)
	s := openState(t)
	o := w.options(s, register(t, names...))
	o.Revisit = crawler.Due
	visits := map[bool]int{}
	wasted := 0
	for day := range days {
		write(day)
		crawl(t, o)
		log := w.take()
		w.manners(log, time.Second)
		last := map[string]time.Time{}
		for _, r := range log {
			if before := last[r.host]; r.host == "h0.example" && !before.IsZero() && r.start.Sub(before) < 4*time.Second {
				t.Errorf("day %d: %s came %s after the request before", day, r.path, r.start.Sub(before))
			}
			last[r.host] = r.end
			for p := range pages - 1 {
				if r.path != "/side/"+name(p) {
					continue
				}
				visits[p%5 == 0]++
				if day > 0 && p%5 > 0 && r.status != 304 {
					wasted++
				}
			}
		}
		w.clock.advance(24 * time.Hour)
	}
	lively, still := hosts*((pages+3)/5), hosts*(pages-1-(pages+3)/5)
	perLively, perStill := float64(visits[true])/float64(lively), float64(visits[false])/float64(still)
	t.Logf("visits to a page that changes each day: %.1f, to one that never does: %.1f", perLively, perStill)
	if perLively < 1.3*perStill || perStill > 3.5 {
		t.Errorf("visits to a page that changes each day: %.1f, to one that never does: %.1f", perLively, perStill)
	}
	if wasted > 0 {
		t.Errorf("%d pages that had not changed came in full again", wasted)
	}
}
