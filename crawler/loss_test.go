package crawler_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
)

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
		o.Revisit = revisit // with Due no page is; a day later the host's robots.txt is
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
	links := w.site("a.example", 20)
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
	links := w.site("a.example", 20)
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

func TestNewTermsOfASourceTakeEffectWithinOneCrawl(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside")
	s := openState(t)
	terms := func(policy string, snippet int, name string) crawler.Options {
		return w.options(s, load(t, `sources: [{id: a, name: "`+name+`", sector: fond, policy: `+policy+`, snippet_max: `+itoa(snippet)+`, home: "http://a.example/"}]`))
	}
	crawl(t, terms("index", 0, "A"))
	w.take()
	check := func(body bool, snippet int, name string) {
		t.Helper()
		w.manners(w.take(), time.Second)
		d := documents(t, s)["http://a.example/"]
		kept, err := s.Bodies(t.Context(), 0, 10)
		if err != nil || (len(kept) > 0) != body || (d.Body != "") != body || d.MetadataOnly == body || d.SnippetMax != snippet || d.SourceName != name {
			t.Errorf("%d bodies kept, %v; document = %+v", len(kept), err, d)
		}
	}
	o := terms("metadata", 120, "Fonden A")
	o.Revisit = crawler.Due // nothing is due: the terms apply all the same
	w.clock.advance(time.Hour)
	crawl(t, o)
	check(false, 120, "Fonden A")
	w.clock.advance(time.Hour)
	crawl(t, terms("index", 120, "Fonden A"))
	check(true, 120, "Fonden A")
}
