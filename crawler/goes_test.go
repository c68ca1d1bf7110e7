package crawler_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"smaabornsviden/crawler"
)

// TestAPageLeavesOnTheDayThatItNames although nothing on it changes and the server says so.
func TestAPageLeavesOnTheDayThatItNames(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/tilbud", "/leg")
	w.page("a.example", "/leg", "Leg")
	w.page("a.example", "/tilbud", "Tilbud")
	tilbud := w.hosts["a.example"]["/tilbud"]
	tilbud.header = map[string]string{"X-Robots-Tag": "unavailable_after: " + t0.Add(50*time.Hour).Format(time.RFC1123)}
	w.set("a.example", "/tilbud", tilbud)
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	o.Revisit = crawler.Due
	for hour := 0; hour <= 72; hour += 24 {
		crawl(t, o)
		_, there := documents(t, s)["http://a.example/tilbud"]
		if want := hour < 50; there != want {
			t.Errorf("after %d hours the page is in the index: %v, want %v", hour, there, want)
		}
		w.clock.advance(24 * time.Hour)
	}
	if got := standing(t, s, "http://a.example/tilbud"); got != "refused unavailable-after" {
		t.Errorf("it stands at %q", got)
	}
}

// TestRedirectsOfRobotsTxtKeepTheDelay: RFC 9309 has five of them followed, and each is a request.
func TestRedirectsOfRobotsTxtKeepTheDelay(t *testing.T) {
	w := newWorld(t)
	for i := range 4 {
		path := "/robots.txt"
		if i > 0 {
			path = fmt.Sprint("/robots", i)
		}
		w.set("a.example", path, answer{status: 301, header: map[string]string{"Location": fmt.Sprint("/robots", i+1)}})
	}
	w.set("a.example", "/robots4", answer{body: "User-agent: *\nDisallow: /lukket\n", header: map[string]string{"Content-Type": "text/plain"}})
	w.page("a.example", "/", "Forside", "/lukket", "/leg")
	w.page("a.example", "/leg", "Leg")
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	log := w.take()
	w.manners(log, time.Second, "a.example/lukket")
	if got := len(paths(log, "/robots")); got != 5 {
		t.Errorf("%d requests for robots.txt, want 5", got)
	}
	if !slices.ContainsFunc(log, func(r request) bool { return r.path == "/leg" }) {
		t.Error("the allowed page was not fetched")
	}
}

// TestARobotsTxtOnAnotherHostIsFollowed: RFC 9309, 2.3.1.2, follows redirects over hosts, and what is found there holds for
// the host that was asked.
func TestARobotsTxtOnAnotherHostIsFollowed(t *testing.T) {
	w := newWorld(t)
	w.set("a.example", "/robots.txt", answer{status: 302, header: map[string]string{"Location": "http://regler.example/faelles.txt"}})
	w.set("regler.example", "/faelles.txt", answer{body: "User-agent: *\nDisallow: /lukket\n", header: map[string]string{"Content-Type": "text/plain"}})
	w.page("a.example", "/", "Forside", "/lukket", "/leg")
	w.page("a.example", "/lukket", "Lukket")
	w.page("a.example", "/leg", "Leg")
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	w.manners(w.take(), time.Second, "a.example/lukket")
	for path, want := range map[string]string{"/lukket": "refused robots", "/leg": "ok"} {
		if got := standing(t, s, "http://a.example"+path); got != want {
			t.Errorf("%s stands at %q, want %q", path, got, want)
		}
	}
}
