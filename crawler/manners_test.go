package crawler_test

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"sync"
	"testing"
	"time"

	"smaabornsviden/crawler"
)

func TestAHostThatIsDownLosesNothing(t *testing.T) {
	for _, tt := range []struct {
		name string
		fail func(w *world)
	}{
		{"no connection", func(w *world) { w.setDown("a.example", true) }},
		{"503 everywhere", func(w *world) {
			for path := range w.hosts["a.example"] {
				w.set("a.example", path, answer{status: 503})
			}
			w.set("a.example", "/robots.txt", answer{status: 503})
		}},
		{"503 on pages alone", func(w *world) {
			for path := range w.hosts["a.example"] {
				w.set("a.example", path, answer{status: 503})
			}
		}},
		{"forbidden", func(w *world) {
			for path := range w.hosts["a.example"] {
				w.set("a.example", path, answer{status: 403})
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			for i := range 12 {
				w.page("a.example", "/side-"+words[i%6]+itoa(i), "Artikel nummer "+words[i%6]+itoa(i))
			}
			var links []string
			for path := range w.hosts["a.example"] {
				links = append(links, path)
			}
			w.page("a.example", "/", "Forside", links...)
			w.page("b.example", "/", "En anden kilde")
			s := openState(t)
			o := w.options(s, register(t, "a.example", "b.example"))
			crawl(t, o)
			w.take()
			before := fingerprint(t, s)
			tt.fail(w)
			for range 3 {
				w.clock.advance(30 * time.Hour)
				rep := crawl(t, o)
				log := w.take()
				w.manners(log, time.Second)
				if fingerprint(t, s) != before {
					t.Fatal("documents changed although the host only was down")
				}
				if rep.Sources[1].Unchanged != 1 {
					t.Error("the other source was not visited")
				}
				if n := len(log); tt.name != "forbidden" && n > 20 {
					t.Errorf("%d requests to a host that does not answer", n)
				}
			}
		})
	}
}

func TestRetryAfterHoldsTheWholeHost(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/a", "/b")
	w.page("a.example", "/a", "Artikel a")
	w.page("a.example", "/b", "Artikel b")
	var once sync.Once
	w.hook = func(host, path string) {
		if path == "/a" {
			once.Do(func() { w.set(host, path, answer{status: 429, header: map[string]string{"Retry-After": "90"}}) })
			return
		}
		if path == "/b" {
			w.page(host, "/a", "Artikel a")
		}
	}
	w.set("a.example", "/a", answer{status: 429, header: map[string]string{"Retry-After": "90"}})
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	log := w.take()
	w.manners(log, time.Second)
	for i, r := range log {
		if r.status == 429 && log[i+1].start.Sub(r.end) < 90*time.Second {
			t.Errorf("%s came %s after Retry-After: 90", log[i+1].path, log[i+1].start.Sub(r.end))
		}
	}
	if n := len(documents(t, s)); n != 3 {
		t.Errorf("%d documents, want 3: the held page was lost", n)
	}
}

func TestALongRetryAfterIsLeftForTheNextRun(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/a")
	w.set("a.example", "/a", answer{status: 503, header: map[string]string{"Retry-After": "86400"}})
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	rep := crawl(t, o)
	if took := w.clock.Now().Sub(t0); took > time.Hour {
		t.Errorf("the run waited %s", took)
	}
	if len(rep.Sources[0].Notes) != 1 || rep.Sources[0].Errors["throttled"] != 1 {
		t.Errorf("report = %+v", rep.Sources[0])
	}
	w.page("a.example", "/a", "Artikel a")
	w.take()
	crawl(t, o)
	if n := len(w.take()); n != 0 {
		t.Errorf("%d requests although the host asked for a day", n)
	}
	w.clock.advance(25 * time.Hour)
	crawl(t, o)
	if len(documents(t, s)) != 2 {
		t.Error("the page was lost")
	}
}

func TestCrawlDelayIsKept(t *testing.T) {
	w := twoSites(t)
	w.set("tidsskrift.example", "/robots.txt", answer{body: "User-agent: *\nCrawl-delay: 20\n"})
	s := openState(t)
	crawl(t, w.options(s, register(t, "kommune.example", "tidsskrift.example")))
	var slow []request
	for _, r := range w.take() {
		if r.host == "tidsskrift.example" && r.path != "/robots.txt" {
			slow = append(slow, r)
		}
	}
	w.manners(slow, 20*time.Second)
}

func TestTheCompressedClockShortensEveryWait(t *testing.T) {
	w := twoSites(t)
	w.set("tidsskrift.example", "/robots.txt", answer{body: "User-agent: *\nCrawl-delay: 20\n"})
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	o.Compress = 100
	crawl(t, o)
	w.manners(w.take(), 10*time.Millisecond)
	if took := w.clock.Now().Sub(t0); took > 3*time.Second {
		t.Errorf("the crawl took %s", took)
	}
}

func TestHostsOfOneAddressShareOneConnection(t *testing.T) {
	w := newWorld(t)
	var hosts []string
	for i := range 4 {
		host := "h" + itoa(i) + ".example"
		hosts = append(hosts, host)
		w.page(host, "/", "Forside "+host, "/a", "/b")
		w.page(host, "/a", "Artikel a "+host)
		w.page(host, "/b", "Artikel b "+host)
	}
	var mu sync.Mutex
	inside, most := 0, 0
	w.hook = func(string, string) {
		mu.Lock()
		inside++
		most = max(most, inside)
		mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		mu.Lock()
		inside--
		mu.Unlock()
	}
	s := openState(t)
	o := w.options(s, register(t, hosts...))
	o.SharedAddress = false
	o.Resolve = func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("192.0.2.9"), netip.MustParseAddr("192.0.2.7")}, nil
	}
	crawl(t, o)
	if most != 1 {
		t.Errorf("%d requests at once to one address, want 1", most)
	}
	if n := len(documents(t, s)); n != 12 {
		t.Errorf("%d documents, want 12", n)
	}
}

func TestARedirectToTheSameAddressIsFollowedAfterTheDelay(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/artikel")
	w.set("a.example", "/artikel", answer{status: 302, header: map[string]string{"Location": "/artikel?PHPSESSID=abc123"}})
	w.page("a.example", "/artikel?PHPSESSID=abc123", "En artikel bag en session")
	w.set("a.example", "/evig", answer{status: 302, header: map[string]string{"Location": "/evig?PHPSESSID=abc123"}})
	w.set("a.example", "/evig?PHPSESSID=abc123", answer{status: 302, header: map[string]string{"Location": "/evig"}})
	w.page("a.example", "/", "Forside", "/artikel", "/evig")
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	log := w.take()
	w.manners(log, time.Second)
	if d, ok := documents(t, s)["http://a.example/artikel"]; !ok || d.Title != "En artikel bag en session" {
		t.Errorf("document = %+v", d)
	}
	if got := standing(t, s, "http://a.example/evig"); got != "failed redirect-loop" {
		t.Errorf("the endless redirect stands at %q", got)
	}
	if len(log) > 30 {
		t.Errorf("%d requests", len(log))
	}
}

func TestFaultsOnTheWayChangeNothingInTheEnd(t *testing.T) {
	calm := twoSites(t)
	hosts := []string{"kommune.example", "tidsskrift.example"}
	a := openState(t)
	crawl(t, calm.options(a, register(t, hosts...)))
	for seed := range uint64(4) {
		w := twoSites(t)
		rnd := rand.New(rand.NewPCG(seed, 3))
		faults := make([]int, 1000)
		for i := range faults {
			faults[i] = []int{0, 0, 0, 0, 0, 500, 503, -1}[rnd.IntN(8)]
		}
		w.fault = func(n int) int { return faults[n%len(faults)] }
		b := openState(t)
		o := w.options(b, register(t, hosts...))
		for range 10 { // a host that failed too often is taken up by the next run; which page meets which fault depends on timing
			crawl(t, o)
			w.clock.advance(2 * time.Hour)
			o.Revisit = crawler.Due
		}
		w.manners(w.take(), time.Second, "kommune.example/intern")
		if fingerprint(t, a) != fingerprint(t, b) {
			t.Errorf("seed %d: other documents than without faults", seed)
		}
	}
}
