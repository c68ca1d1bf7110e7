package crawler

import (
	"errors"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

func TestRobotsFollowTheRFC(t *testing.T) {
	body := []byte("User-agent: *\nDisallow: /x\n")
	known := state.RobotsFile{Body: body, Status: 200, At: noon, OK: noon}
	failing := func(since time.Duration) state.RobotsFile {
		f := known
		f.OK, f.Failing = noon.Add(-since), noon.Add(-since)
		return f
	}
	for _, tt := range []struct {
		name string
		old  state.RobotsFile
		page fetch.Page
		err  error
		want string
	}{
		{"a file", state.RobotsFile{}, fetch.Page{Status: 200, Body: body}, nil, "rules"},
		{"404", known, fetch.Page{Status: 404}, nil, "free"},
		{"403", known, fetch.Page{Status: 403}, nil, "free"},
		{"304", known, fetch.Page{Status: 304, NotModified: true}, nil, "rules"},
		{"500, never read", state.RobotsFile{}, fetch.Page{Status: 500}, nil, "held"},
		{"429, never read", state.RobotsFile{}, fetch.Page{Status: 429}, nil, "held"},
		{"timeout, never read", state.RobotsFile{}, fetch.Page{}, fetch.ErrTimeout, "held"},
		{"cut off", state.RobotsFile{}, fetch.Page{Status: 200, Body: body[:5]}, fetch.ErrTruncated, "held"},
		{"500, read an hour ago", failing(time.Hour), fetch.Page{Status: 500}, nil, "rules"},
		{"500, read two days ago", failing(48 * time.Hour), fetch.Page{Status: 500}, nil, "held"},
		{"500 for a month", failing(31 * 24 * time.Hour), fetch.Page{Status: 500}, nil, "free"},
		{"six redirects", known, fetch.Page{Status: 302}, fetch.ErrTooManyRedirects, "free"},
		{"a redirect that was not followed", known, fetch.Page{Status: 301}, nil, "free"},
		{"back again", failing(48 * time.Hour), fetch.Page{Status: 200, Body: body}, nil, "rules"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := robotsAccess(readRobots(tt.old, tt.page, tt.err, noon), noon)
			got := "free"
			if a.held {
				got = "held"
			} else if ok, _ := a.allowed("smaabornsviden", "https://a.example/x"); !ok {
				got = "rules"
			}
			if got != tt.want {
				t.Errorf("access is %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAHostIsLeftInPeaceAfterFiveFailures(t *testing.T) {
	m := manners{least: time.Second, scaled: func(d time.Duration) time.Duration { return d }}
	var h state.Host
	for n := 1; n <= 12; n++ {
		h = afterFetch(h, m, fetch.Page{Status: 500}, nil, noon)
		want := circuitFor(n)
		if got := max(0, h.OpenUntil.Sub(noon)); h.Fails != n || n < circuitAfter && !h.OpenUntil.IsZero() || n >= circuitAfter && got != want {
			t.Errorf("after %d failures: open for %s, want %s", n, got, want)
		}
	}
	if circuitFor(100) != circuitMost {
		t.Errorf("circuitFor(100) = %s", circuitFor(100))
	}
	h = afterFetch(h, m, fetch.Page{Status: 404, Duration: 3 * time.Second}, nil, noon)
	if h.Fails != 0 || !h.OpenUntil.IsZero() || h.LastError != "" || h.NextOK.Sub(noon) != 6*time.Second {
		t.Errorf("host after an answer = %+v", h)
	}
}

func TestDelayIsTheLongestThatAnybodyAsksFor(t *testing.T) {
	plain := func(d time.Duration) time.Duration { return d }
	for _, tt := range []struct {
		least, crawl, took, want time.Duration
	}{
		{time.Second, 0, 0, time.Second},
		{time.Second, 5 * time.Second, time.Second, 5 * time.Second},
		{time.Second, 0, 3 * time.Second, 6 * time.Second},
		{-1, 0, 3 * time.Second, 0},
		{-1, time.Second, 3 * time.Second, time.Second},
	} {
		if got := (manners{least: tt.least, crawlDelay: tt.crawl, scaled: plain}).delay(tt.took); got != tt.want {
			t.Errorf("least %s, crawl-delay %s, took %s: delay %s, want %s", tt.least, tt.crawl, tt.took, got, tt.want)
		}
	}
}

func TestRetryAfterGrowsAndSpreads(t *testing.T) {
	last := time.Duration(0)
	for n := 1; n < 40; n++ {
		low, high := retryAfter(n, state.Timeout, 0), retryAfter(n, state.Timeout, 0.999)
		if low < last || high <= low || high > longestRetry*5/4 {
			t.Errorf("failure %d waits %s to %s", n, low, high)
		}
		last = low
	}
	if got := retryAfter(1, state.Forbidden, 0.5); got != stubbornRetry {
		t.Errorf("forbidden waits %s", got)
	}
}

func TestLikeness(t *testing.T) {
	long := strings.Repeat("Børn leger i vuggestuen hver dag og pædagogerne følger dem. ", 3)
	for _, tt := range []struct {
		name, a, b string
		same, near bool
	}{
		{"equal", long, long, true, true},
		{"another date", long + "Opdateret 12.03.2024", long + "Opdateret 1.4.2025", true, true},
		{"a menu less", "Forside Kontakt Udskriv " + long, long, false, true},
		{"another text", long, "Kommunen har vedtaget en ny strategi for sundhedsplejen i distriktet", false, false},
		{"nothing", "", "", false, false},
		{"one word", "Fejl", "fejl", true, true},
	} {
		got := likeness(tt.a, tt.b)
		if (got >= sameText) != tt.same || (got >= nearText) != tt.near {
			t.Errorf("%s: likeness %.2f", tt.name, got)
		}
	}
}

func TestSketchesOfCalendarMonthsAreNear(t *testing.T) {
	month := func(name string) string {
		return "Kalender for " + name + ". Der er ingen arrangementer denne måned. Kontakt bestyrelsen, hvis du vil foreslå et møde i " + name + " 2026."
	}
	if d := distance(sketch(month("januar")), sketch(month("november"))); d > sketchNear {
		t.Errorf("two months differ in %d bits", d)
	}
	a := sketch("Sundhedsplejersken besøger familien i barnets første uger og taler om søvn, amning og tilknytning.")
	b := sketch("Kommunens strategi for tidlig indsats bygger på samarbejde mellem dagtilbud, skole og civilsamfund.")
	if d := distance(a, b); d <= sketchNear {
		t.Errorf("two articles differ in %d bits only", d)
	}
	if sketch("") != 0 || sketch("12. januar") != 0 {
		t.Error("a text without words has a sketch")
	}
}

func TestAFamilyThatBringsNothingIsSpent(t *testing.T) {
	p := state.Pattern{}
	for range familyCredit {
		if spent(p) {
			t.Fatalf("spent after %d pages", p.Fetched)
		}
		p = learn(p, brought{document: true, sketch: 42, exits: mix(uint64(p.Fetched))})
	}
	if p = learn(p, brought{document: true, sketch: 42, exits: mix(uint64(p.Fetched))}); !spent(p) {
		t.Errorf("not spent: %+v", p)
	}
	good := state.Pattern{}
	for i := range uint64(500) {
		good = learn(good, brought{document: true, sketch: mix(i)})
	}
	if spent(good) || len(good.Sketches) > familySketches {
		t.Errorf("a family of articles: %d fetched, %d useful, %d sketches", good.Fetched, good.Useful, len(good.Sketches))
	}
}

func TestSoftNotFoundByWordsAndByProbe(t *testing.T) {
	notice := "Beklager\n" + strings.Repeat("Indholdet er flyttet eller slettet, prøv at søge i stedet. ", 4)
	link := state.URL{Via: state.ViaLink, Depth: 2}
	for _, tt := range []struct {
		name        string
		u           state.URL
		probe       string
		title, text string
		want        bool
	}{
		{"says so in the title", link, "", "Siden findes ikke", "Prøv forsiden.", true},
		{"says 404", link, "", "404", "Not here", true},
		{"is a number", link, "", "4040 børn", "får plads i nye vuggestuer", false},
		{"says so in the text", link, "", "Kommunen", "Siden findes ikke. Prøv igen.", true},
		{"an article about it", link, "", "Siden findes ikke altid", strings.Repeat("En lang artikel om websteder og deres fejl. ", 30), false},
		{"like the probe", link, notice, "Beklager", strings.TrimPrefix(notice, "Beklager\n"), true},
		{"unlike the probe", link, notice, "Leg", strings.Repeat("Børn leger i vuggestuen. ", 10), false},
		{"like the probe but for the address", state.URL{URL: "https://x.example/gammel/plads-til-alle.aspx", Via: state.ViaLink, Depth: 2}, notice + "Søg efter  eller ring.", "Beklager", strings.TrimPrefix(notice, "Beklager\n") + "Søg efter plads til alle eller ring.", true},
		{"named as the answer is", state.URL{URL: "https://x.example/beklager?fra=/leg", Via: state.ViaRedirect, Depth: 1}, notice, "Beklager", strings.TrimPrefix(notice, "Beklager\n"), true},
		{"a start page like the probe", state.URL{Via: state.ViaStart}, notice, "Beklager", strings.TrimPrefix(notice, "Beklager\n"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := softNotFound(tt.u, state.Probe{Text: tt.probe}, tt.title, tt.text); got != tt.want {
				t.Errorf("softNotFound = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSnippetLimitsJoinToTheStricter(t *testing.T) {
	for _, tt := range []struct {
		register int
		page     extract.MetaRobots
		want     int
	}{
		{0, extract.MetaRobots{}, 0},
		{120, extract.MetaRobots{}, 120},
		{0, extract.MetaRobots{MaxSnippet: 80}, 80},
		{120, extract.MetaRobots{MaxSnippet: 80}, 80},
		{60, extract.MetaRobots{MaxSnippet: 80}, 60},
		{120, extract.MetaRobots{NoSnippet: true}, -1},
		{120, extract.MetaRobots{MaxSnippet: -1}, -1},
	} {
		if got := snippetMax(tt.register, tt.page); got != tt.want {
			t.Errorf("register %d, page %+v: %d, want %d", tt.register, tt.page, got, tt.want)
		}
	}
}

func TestOnlyOpenLicencesPassTheAbstractOn(t *testing.T) {
	for licence, want := range map[string]bool{
		"CC BY 4.0": true, "CC BY-SA 4.0": true, "https://creativecommons.org/licenses/by/4.0/": true, "CC0": true,
		"CC BY-NC-ND": false, "CC BY-NC 4.0": false, "https://creativecommons.org/licenses/by-nc-nd/4.0/": false, "": false, "Alle rettigheder forbeholdes": false,
	} {
		d := onlyMetadata(index.Document{Abstract: "Resumé", Body: "Tekst", Licence: index.Derived{Value: licence}})
		if d.Body != "" || !d.MetadataOnly || (d.Abstract != "") != want {
			t.Errorf("%q: abstract %q, body %q", licence, d.Abstract, d.Body)
		}
	}
}

func TestWhereAnAddressBelongsDependsOnTheRegisterAlone(t *testing.T) {
	a, err := newAtlas(&partners.Register{Sources: []partners.Source{
		{ID: "projekt", Home: "https://projekter.example/1000dage/", Include: []string{"/1000dage/"}, Policy: partners.Index},
		{ID: "andet", Home: "https://projekter.example/leg/", Include: []string{"/leg/"}, Policy: partners.Index},
		{ID: "nej", Home: "https://nej.example/", Policy: partners.Never},
		{ID: "www", Home: "https://www.kommune.example/", Aliases: []string{"gammel.example"}, Policy: partners.Index},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ in, url, source, reason string }{
		{"https://projekter.example/1000dage/om", "https://projekter.example/1000dage/om", "projekt", ""},
		{"https://projekter.example/leg/om", "https://projekter.example/leg/om", "andet", ""},
		{"https://projekter.example/sport/", "https://projekter.example/sport/", "projekt", "not-included"},
		{"https://nej.example/x", "https://nej.example/x", "nej", "policy-never"},
		{"http://kommune.example/a?utm_source=x", "https://www.kommune.example/a", "www", ""},
		{"http://gammel.example/a", "https://www.kommune.example/a", "www", ""},
		{"https://fremmed.example/", "https://fremmed.example/", "", "out-of-scope"},
	} {
		p := a.find(tt.in)
		source := ""
		if p.scope != nil {
			source = p.scope.ID
		}
		if p.url != tt.url || source != tt.source || string(p.reason) != tt.reason {
			t.Errorf("find(%s) = %s of %q, %q; want %s of %q, %q", tt.in, p.url, source, p.reason, tt.url, tt.source, tt.reason)
		}
	}
}

func TestFailureNamesEveryErrorOfFetch(t *testing.T) {
	if got := failure(errors.New("something new")); got != state.Connection {
		t.Errorf("failure of an unknown error = %s", got)
	}
	if got := failure(errors.Join(fetch.ErrTLS, fetch.ErrTimeout)); got != state.TLS {
		t.Errorf("failure = %s", got)
	}
}
