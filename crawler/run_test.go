package crawler_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"smaabornsviden/crawler"
)

// twoSites are a small council and a small journal that link to each other and to a stranger.
func twoSites(t *testing.T) *world {
	w := newWorld(t)
	w.set("kommune.example", "/robots.txt", answer{body: "User-agent: *\nDisallow: /intern/\nSitemap: http://kommune.example/kort.xml\n", header: map[string]string{"Content-Type": "text/plain"}})
	w.page("kommune.example", "/", "Forside", "/dagtilbud", "/intern/referat", "http://tidsskrift.example/leg", "http://fremmed.example/x", "mailto:a@b.dk")
	w.page("kommune.example", "/dagtilbud", "Overgange i dagtilbud", "/", "/sundhedspleje?utm_source=nyt", "/findes-ikke")
	w.page("kommune.example", "/sundhedspleje", "Sundhedsplejens besøg")
	w.page("tidsskrift.example", "/", "Tidsskrift for leg", "/leg", "/arkiv")
	w.page("tidsskrift.example", "/leg", "Leg som grundlæggende")
	w.page("tidsskrift.example", "/arkiv", "Alle artikler samlet")
	return w
}

func TestRunVisitsWhatIsDueAndNamesWhatItDoesNot(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	rep := crawl(t, w.options(s, register(t, "kommune.example", "tidsskrift.example")))
	w.manners(w.take(), time.Second, "kommune.example/intern")

	docs := documents(t, s)
	if len(docs) != 6 {
		t.Errorf("%d documents, want 6", len(docs))
	}
	d := docs["http://kommune.example/dagtilbud"]
	if d.Title != "Overgange i dagtilbud" || d.Type.Value != "praksis" || d.Lang.Value != "da" || d.Source != "kommune" {
		t.Errorf("document = %+v", d)
	}
	for url, want := range map[string]string{
		"http://kommune.example/":               "ok",
		"http://kommune.example/sundhedspleje":  "ok",
		"http://kommune.example/intern/referat": "refused robots",
		"http://kommune.example/findes-ikke":    "missing http-404",
		"http://fremmed.example/x":              "refused out-of-scope",
		"http://kommune.example/kort.xml":       "missing http-404",
	} {
		if got := standing(t, s, url); got != want {
			t.Errorf("%s stands at %q, want %q", url, got, want)
		}
	}
	k := rep.Sources[0]
	if k.Indexed != 3 || k.Refused["robots"] != 1 || k.Refused["http-404"] != 1 || k.Left != 0 || k.Bytes == 0 {
		t.Errorf("report of kommune = %+v", k)
	}
}

func TestSecondRunFetchesNoBodyAndWritesNothing(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	w.take()
	seq, docs := lastSeq(t, s), fingerprint(t, s)

	w.clock.advance(time.Hour)
	rep := crawl(t, o)
	log := w.take()
	w.manners(log, time.Second)
	visits := 0
	for _, r := range log {
		if r.path == "/robots.txt" || r.status == 404 {
			continue
		}
		visits++
		if r.status != 304 || r.bytes != 0 {
			t.Errorf("%s%s was answered %d with %d bytes, want 304", r.host, r.path, r.status, r.bytes)
		}
	}
	if visits != 6 {
		t.Errorf("%d visits, want 6", visits)
	}
	if lastSeq(t, s) != seq || fingerprint(t, s) != docs {
		t.Error("the second run wrote documents although nothing had changed")
	}
	if n := rep.Sources[0].Unchanged + rep.Sources[1].Unchanged; n != 6 {
		t.Errorf("%d unchanged, want 6", n)
	}
}

func TestOrderOfLinksDoesNotChangeTheDocuments(t *testing.T) {
	// Twins by text, by canonical address and by redirect, met in every order.
	pages := []string{"/a", "/b?side=1", "/kopi-af-a", "/print/c", "/c", "/flyttet", "/maal", "/d"}
	var want string
	for seed := range uint64(6) {
		order := slices.Clone(pages)
		rnd := rand.New(rand.NewPCG(seed, 7))
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		w := newWorld(t)
		w.page("a.example", "/", "Forside", order...)
		w.page("a.example", "/a", "Tilknytning")
		w.page("a.example", "/kopi-af-a", "Tilknytning")
		w.page("a.example", "/b?side=1", "Motorik")
		w.page("a.example", "/c", "Sprogvurdering af treårige")
		w.set("a.example", "/print/c", answer{body: strings.Replace(article("Sprogvurdering af treårige"), "<head>", `<head><link rel="canonical" href="/c">`, 1)})
		w.set("a.example", "/flyttet", answer{status: 301, header: map[string]string{"Location": "/maal"}})
		w.page("a.example", "/maal", "Overgange")
		w.page("a.example", "/d", "Leg")
		s := openState(t)
		o := w.options(s, register(t, "a.example"))
		o.Workers = 1 + int(seed)
		crawl(t, o)
		w.manners(w.take(), time.Second)
		if got := fingerprint(t, s); want == "" {
			want = got
		} else if got != want {
			t.Errorf("order %v gave other documents", order)
		}
		if docs := documents(t, s); len(docs) != 6 {
			t.Errorf("order %v gave %d documents, want 6", order, len(docs))
		}
		for url, as := range map[string]string{"/kopi-af-a": "alias duplicate", "/print/c": "alias canonical", "/flyttet": "redirect moved"} {
			if got := standing(t, s, "http://a.example"+url); got != as {
				t.Errorf("order %v: %s stands at %q, want %q", order, url, got, as)
			}
		}
	}
}

func TestRobotsThatForbidsNowTakesDocumentsOutWithinOneCrawl(t *testing.T) {
	for _, revisit := range []crawler.Revisit{crawler.All, crawler.Due} {
		w := newWorld(t)
		w.page("a.example", "/", "Forside", "/portraet/et-barn", "/nyhed")
		w.page("a.example", "/portraet/et-barn", "Portræt af et barn")
		w.page("a.example", "/nyhed", "En nyhed")
		s := openState(t)
		o := w.options(s, register(t, "a.example"))
		crawl(t, o)
		w.manners(w.take(), time.Second)

		w.set("a.example", "/robots.txt", answer{body: "User-agent: smaabornsviden\nDisallow: /portraet/\n"})
		w.clock.advance(25 * time.Hour)
		o.Revisit = revisit
		if revisit == crawler.Due { // the register's start page is due each time; so is the host's robots.txt
			w.clock.advance(8 * 24 * time.Hour)
		}
		crawl(t, o)
		w.manners(w.take(), time.Second, "a.example/portraet")
		docs := documents(t, s)
		if _, ok := docs["http://a.example/portraet/et-barn"]; ok || len(docs) != 2 {
			t.Errorf("revisit %d: %d documents after robots.txt forbade one", revisit, len(docs))
		}
		if got := standing(t, s, "http://a.example/portraet/et-barn"); got != "refused robots" {
			t.Errorf("the forbidden page stands at %q", got)
		}

		w.remove("a.example", "/robots.txt")
		w.clock.advance(25 * time.Hour)
		o.Revisit = crawler.All
		crawl(t, o)
		w.manners(w.take(), time.Second)
		if len(documents(t, s)) != 3 {
			t.Error("the page did not come back when it was allowed again")
		}
	}
}

func TestMissingPagesGoAfterTheSecondLookAndGoneOnesAtOnce(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/vaek", "/for-altid", "/skjult")
	w.page("a.example", "/vaek", "Side som forsvinder")
	w.page("a.example", "/for-altid", "Side som slettes")
	w.page("a.example", "/skjult", "Side som skjules")
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	w.take()

	w.remove("a.example", "/vaek")
	w.set("a.example", "/for-altid", answer{status: 410})
	w.set("a.example", "/skjult", answer{body: strings.Replace(article("Side som skjules"), "<head>", `<head><meta name="robots" content="noindex">`, 1)})
	step := func(after time.Duration, want ...string) {
		t.Helper()
		w.clock.advance(after)
		crawl(t, o)
		w.manners(w.take(), time.Second)
		docs := documents(t, s)
		for _, path := range want {
			if _, ok := docs["http://a.example"+path]; !ok {
				t.Errorf("after %s %s is gone", after, path)
			}
		}
		if len(docs) != len(want) {
			t.Errorf("after %s there are %d documents, want %v", after, len(docs), want)
		}
	}
	step(time.Hour, "/", "/vaek")
	step(2*time.Hour, "/", "/vaek") // a second look, but too soon
	step(24*time.Hour, "/")
	if got := standing(t, s, "http://a.example/vaek"); got != "gone http-404" {
		t.Errorf("the missing page stands at %q", got)
	}
	w.page("a.example", "/vaek", "Side som forsvinder")
	step(time.Hour, "/", "/vaek")
}

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

func TestARedirectMovesTheDocumentAndKeepsItsID(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/gammel")
	w.page("a.example", "/gammel", "Ude hver dag")
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	id := documents(t, s)["http://a.example/gammel"].ID

	w.page("a.example", "/ny", "Ude hver dag")
	w.page("a.example", "/", "Forside", "/ny")
	w.set("a.example", "/gammel", answer{status: 301, header: map[string]string{"Location": "/ny"}})
	w.take()
	w.clock.advance(time.Hour)
	crawl(t, o)
	w.manners(w.take(), time.Second)
	d := documents(t, s)["http://a.example/ny"]
	if d.ID != id || !slices.Contains(d.AltURLs, "http://a.example/gammel") {
		t.Errorf("document after the move: id %s, want %s; other addresses %v", d.ID, id, d.AltURLs)
	}
	if n := len(documents(t, s)); n != 2 {
		t.Errorf("%d documents, want 2", n)
	}
}

func TestATemporaryRedirectMovesNothingAtOnce(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/artikel")
	w.page("a.example", "/artikel", "En artikel")
	w.page("a.example", "/login", "Log ind på siden")
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	before := fingerprint(t, s)
	w.set("a.example", "/artikel", answer{status: 302, header: map[string]string{"Location": "/login"}})
	w.clock.advance(time.Hour)
	crawl(t, o)
	if fingerprint(t, s) != before {
		t.Error("one 302 changed the documents")
	}
}

func TestTheBrakeHoldsMassDeletions(t *testing.T) {
	w := newWorld(t)
	var links []string
	for i := range 20 {
		path := "/artikel-" + words[i%6] + "-" + itoa(i)
		links = append(links, path)
		w.page("a.example", path, "Artikel "+words[i%6]+" om emne "+itoa(i))
	}
	w.page("a.example", "/", "Forside", links...)
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	before := fingerprint(t, s)
	for _, path := range links[:8] {
		w.set("a.example", path, answer{status: 410})
	}
	w.clock.advance(time.Hour)
	rep := crawl(t, o)
	if rep.Sources[0].Held != 8 || fingerprint(t, s) != before {
		t.Errorf("held %d, want 8 and no document gone", rep.Sources[0].Held)
	}
	o.Force = true
	w.clock.advance(time.Hour)
	rep = crawl(t, o)
	if rep.Sources[0].Removed != 8 || len(documents(t, s)) != 13 {
		t.Errorf("forced: removed %d, %d documents left", rep.Sources[0].Removed, len(documents(t, s)))
	}
}

func TestALoginPageOnEveryAddressDeletesNothing(t *testing.T) {
	w := newWorld(t)
	var links []string
	for i := range 20 {
		path := "/artikel-" + words[i%6] + "-" + itoa(i)
		links = append(links, path)
		w.page("a.example", path, "Artikel "+words[i%6]+" om emne "+itoa(i))
	}
	w.page("a.example", "/", "Forside", links...)
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	for _, path := range append(links, "/") {
		w.page("a.example", path, "Log ind for at læse videre")
	}
	w.clock.advance(time.Hour)
	rep := crawl(t, o)
	if n := len(documents(t, s)); n != 21 || rep.Sources[0].Held < 15 {
		t.Errorf("%d documents, %d held; want all 21 kept", n, rep.Sources[0].Held)
	}
}

func TestSoftNotFoundIsNoDocument(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/findes", "/findes-ej")
	w.page("a.example", "/findes", "En rigtig side")
	notice := answer{body: article("Hov, her er ikke noget at se")}
	w.set("a.example", "/findes-ej", notice)
	w.hook = func(host, path string) { // every unknown address gets the notice with status 200
		w.mu.Lock()
		_, known := w.hosts[host][path]
		w.mu.Unlock()
		if !known && path != "/robots.txt" && path != "/sitemap.xml" {
			w.set(host, path, notice)
		}
	}
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	if got := standing(t, s, "http://a.example/findes-ej"); got != "ok" && got != "missing soft-404" {
		t.Errorf("the notice stands at %q", got)
	}
	if docs := documents(t, s); len(docs) != 2 {
		t.Errorf("%d documents, want 2: %v", len(docs), docs)
	}
}

func TestAnEndlessCalendarIsLeftAfterItsBudget(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/kalender?maaned=1")
	months := []string{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"}
	for i := range 400 {
		w.set("a.example", "/kalender?maaned="+itoa(i), answer{body: article("Kalender for "+months[i%12]+" "+itoa(2000+i/12), "/kalender?maaned="+itoa(i+1))})
	}
	s := openState(t)
	rep := crawl(t, w.options(s, register(t, "a.example")))
	log := w.take()
	w.manners(log, time.Second)
	if n := len(log); n > 50 {
		t.Errorf("%d requests before the calendar was left", n)
	}
	if rep.Sources[0].Refused["trap"] != 1 {
		t.Errorf("refused = %v", rep.Sources[0].Refused)
	}
}

func TestALongArchiveIsNoTrap(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/arkiv?side=1")
	for i := 1; i <= 60; i++ {
		// A list in the register's sense says little itself; it leads to articles.
		w.page("a.example", "/arkiv?side="+itoa(i), "Arkiv", "/arkiv?side="+itoa(i+1), "/artikel/"+name(i))
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i))
	}
	w.page("a.example", "/arkiv?side=61", "Arkiv")
	s := openState(t)
	reg := load(t, `sources: [{id: a, name: A, sector: fond, policy: index, home: "http://a.example/", list: ["/arkiv*"]}]`)
	crawl(t, w.options(s, reg))
	w.manners(w.take(), time.Second)
	if n := len(documents(t, s)); n != 61 {
		t.Errorf("%d documents, want 61", n)
	}
}

// name spells a number in letters, so that addresses are not folded to one pattern.
func name(i int) string { return words[i%6] + "og" + words[i/6%6] + "og" + words[i/36%6] }

func TestPoliciesDecideWhatIsTaken(t *testing.T) {
	w := newWorld(t)
	for _, host := range []string{"fuld.example", "kort.example", "spoerg.example", "aldrig.example"} {
		w.page(host, "/", "Forside på "+host, "http://spoerg.example/artikel", "http://aldrig.example/artikel")
	}
	reg := load(t, `sources:
  - {id: fuld, name: Fuld, sector: fond, policy: index, home: "http://fuld.example/"}
  - {id: kort, name: Kort, sector: medie, policy: metadata, home: "http://kort.example/"}
  - {id: spoerg, name: Spørg, sector: fond, policy: ask, why: "partneren er ikke spurgt", home: "http://spoerg.example/"}
  - {id: aldrig, name: Aldrig, sector: fond, policy: never, why: "partneren har sagt nej", home: "http://aldrig.example/"}
`)
	s := openState(t)
	crawl(t, w.options(s, reg))
	for _, r := range w.take() {
		if r.host == "spoerg.example" || r.host == "aldrig.example" {
			t.Errorf("%s%s was fetched", r.host, r.path)
		}
	}
	for url, want := range map[string]string{
		"http://spoerg.example/": "refused policy-ask", "http://spoerg.example/artikel": "refused policy-ask",
		"http://aldrig.example/": "refused policy-never", "http://aldrig.example/artikel": "refused policy-never",
	} {
		if got := standing(t, s, url); got != want {
			t.Errorf("%s stands at %q, want %q", url, got, want)
		}
	}
	short := documents(t, s)["http://kort.example/"]
	if short.Title == "" || short.Body != "" || short.Abstract != "" || !short.MetadataOnly {
		t.Errorf("metadata document = %+v", short)
	}
	u, err := s.URL(t.Context(), "http://kort.example/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Body(t.Context(), u.ID); err == nil {
		t.Error("a body of a metadata source is kept")
	}
}

func TestAChangedRegisterTakesEffectWithinOneCrawl(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	o.Register = load(t, `sources:
  - {id: kommune, name: kommune, sector: fond, policy: never, why: "nej", home: "http://kommune.example/"}
  - {id: tidsskrift, name: tidsskrift, sector: fond, policy: index, home: "http://tidsskrift.example/", exclude: [/arkiv]}
`)
	w.clock.advance(time.Hour)
	crawl(t, o)
	docs := documents(t, s)
	if len(docs) != 2 {
		t.Errorf("%d documents, want the two of the journal that are still in scope", len(docs))
	}
	if got := standing(t, s, "http://kommune.example/dagtilbud"); got != "refused policy-never" {
		t.Errorf("a page of the source that said no stands at %q", got)
	}
	o.Register = register(t, "kommune.example", "tidsskrift.example")
	w.clock.advance(time.Hour)
	crawl(t, o)
	if n := len(documents(t, s)); n != 6 {
		t.Errorf("%d documents after the register was put back, want 6", n)
	}
}

func TestStopKeepsWhatWasDoneAndTheNextRunGoesOn(t *testing.T) {
	w := newWorld(t)
	var links []string
	for i := range 30 {
		links = append(links, "/artikel/"+name(i))
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i))
	}
	w.page("a.example", "/", "Forside", links...)
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	ctx, stop := context.WithCancel(t.Context())
	n := 0
	o.Progress = func(e crawler.Event) {
		if n++; n == 12 {
			stop()
		}
	}
	c, err := crawler.New(o)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := c.Run(ctx)
	if !errors.Is(err, context.Canceled) || !rep.Ended.IsZero() {
		t.Fatalf("Run = %v, ended %v", err, rep.Ended)
	}
	before := len(documents(t, s))
	if before == 0 || before == 31 {
		t.Fatalf("%d documents at the stop", before)
	}
	o.Progress = nil
	rep = crawl(t, o)
	if !rep.Resumed || len(documents(t, s)) != 31 {
		t.Errorf("resumed %v, %d documents", rep.Resumed, len(documents(t, s)))
	}
	w.manners(w.take(), time.Second) // also: no page was fetched twice
}
