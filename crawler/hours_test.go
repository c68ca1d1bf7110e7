package crawler_test

import (
	"strings"
	"testing"
	"time"
)

func TestASiteIsLeftAloneOutsideItsHours(t *testing.T) {
	w := newWorld(t)
	w.site("nat.example", 20)
	w.page("dag.example", "/", "Åbent altid")
	yaml := strings.Replace(registerYAML([]string{"nat.example", "dag.example"}), `home: "http://nat`, `hours: "22-06", home: "http://nat`, 1)
	s := openState(t)
	o := w.options(s, load(t, yaml))
	rep := crawl(t, o) // nine in the morning
	for _, r := range w.take() {
		if r.host == "nat.example" {
			t.Errorf("%s was fetched by day", r.path)
		}
	}
	if notes := strings.Join(rep.Sources[0].Notes, " "); !strings.Contains(notes, "22-06") || rep.Sources[1].Indexed != 1 {
		t.Errorf("notes %q, report %+v", notes, rep.Sources)
	}
	morning := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC) // six in Denmark
	w.clock.advance(morning.Add(-10 * time.Second).Sub(w.clock.Now()))
	night := o
	night.Sources = []string{"nat"} // a wait for the other host would let the clock pass while a request is under way
	crawl(t, night)
	log := w.take()
	n := 0
	for _, r := range log {
		if r.host == "nat.example" {
			n++
			if !r.start.Before(morning) {
				t.Errorf("%s was fetched at %s", r.path, r.start)
			}
		}
	}
	if n < 5 || n > 11 {
		t.Errorf("%d requests in the last ten seconds of the night", n)
	}
	w.clock.advance(morning.Add(17 * time.Hour).Sub(w.clock.Now()))
	if rep := crawl(t, o); rep.Sources[0].Indexed != 21 || rep.Sources[0].Left != 0 {
		t.Errorf("after the next night: %+v", rep.Sources[0])
	}
}

func TestAWatchSleepsWhileNobodyMayBeAsked(t *testing.T) {
	w := newWorld(t)
	w.site("nat.example", 20)
	w.site("travl.example", 20)
	w.set("travl.example", "/"+name(7), answer{status: 429, header: map[string]string{"Retry-After": "36000"}})
	hosts := []string{"nat.example", "travl.example"}
	yaml := strings.Replace(registerYAML(hosts), `home: "http://nat`, `hours: "22-06", home: "http://nat`, 1)
	o := w.options(openState(t), load(t, yaml))
	runs, last := w.watch(o, 20*time.Hour)
	// In the morning, when the busy host may be asked again, by night, and a day later for robots.txt.
	if runs > 8 {
		t.Errorf("%d runs in a day, want a handful", runs)
	}
	for _, s := range last.Sources {
		if s.Indexed < 20 {
			t.Errorf("%s: %d documents, want at least 20", s.ID, s.Indexed)
		}
	}
}
