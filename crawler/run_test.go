package crawler_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
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

func TestAFeedThatAPageNamesBringsItsItems(t *testing.T) {
	w := newWorld(t)
	w.set("a.example", "/", answer{body: strings.Replace(article("Forside"), "<head>", `<head><link rel="alternate" type="application/rss+xml" href="/nyt.rss">`, 1)})
	w.set("a.example", "/nyt.rss", answer{header: map[string]string{"Content-Type": "application/rss+xml"}, body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Nyt</title>
<item><title>Ny artikel</title><link>http://a.example/ny?utm_source=rss</link><pubDate>Sun, 22 Nov 2026 06:00:00 GMT</pubDate></item></channel></rss>`})
	w.page("a.example", "/ny", "En artikel som kun feedet kender")
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	w.manners(w.take(), time.Second)
	if _, ok := documents(t, s)["http://a.example/ny"]; !ok {
		t.Error("the item of the feed is no document")
	}
	u, err := s.URL(t.Context(), "http://a.example/ny")
	if err != nil || u.Via != state.ViaFeed {
		t.Errorf("found via %q, %v", u.Via, err)
	}
}

func TestASitemapBringsPagesThatNoLinkLeadsTo(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside")
	w.set("a.example", "/robots.txt", answer{body: "Sitemap: http://a.example/indeks.xml\nSitemap: http://fremmed.example/kort.xml"})
	xml := map[string]string{"Content-Type": "application/xml"}
	w.set("a.example", "/indeks.xml", answer{header: xml, body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://a.example/kort.xml</loc></sitemap><sitemap><loc>http://a.example/indeks.xml</loc></sitemap></sitemapindex>`})
	w.set("a.example", "/kort.xml", answer{header: xml, body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.example/skjult</loc><lastmod>2026-11-20</lastmod></url><url><loc>http://fremmed.example/x</loc></url></urlset>`})
	w.page("a.example", "/skjult", "En artikel uden links til sig")
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	log := w.take()
	w.manners(log, time.Second)
	if _, ok := documents(t, s)["http://a.example/skjult"]; !ok {
		t.Error("the page of the sitemap is no document")
	}
	for _, r := range log {
		if r.host != "a.example" {
			t.Errorf("%s%s was fetched", r.host, r.path)
		}
	}
	if got := standing(t, s, "http://fremmed.example/x"); got != "refused out-of-scope" {
		t.Errorf("the stranger's page stands at %q", got)
	}
}

func TestRereadMakesDocumentsAnewWithoutARequest(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, load(t, `sources:
  - {id: kommune, name: kommune, sector: kommune, policy: index, home: "http://kommune.example/"}
  - {id: tidsskrift, name: tidsskrift, sector: viden, policy: metadata, home: "http://tidsskrift.example/"}
`))
	crawl(t, o)
	w.take()
	reread := func() int {
		c, err := crawler.New(o)
		if err != nil {
			t.Fatal(err)
		}
		n, err := c.Reread(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := fingerprint(t, s)
	if n := reread(); n != 0 || fingerprint(t, s) != before {
		t.Errorf("the same reader changed %d documents", n)
	}
	o.Extract = func(_ context.Context, in extract.Input) (extract.Result, error) {
		r, err := extract.HTML(in)
		r.Kicker = "Læst igen"
		return r, err
	}
	o.Pipeline = "next"
	o.Describe = func(d *index.Document, _ partners.Source) { d.Audience.Value = "dagplejere" }
	if n := reread(); n != 6 {
		t.Errorf("%d documents changed, want 6", n)
	}
	docs := documents(t, s)
	full, short := docs["http://kommune.example/dagtilbud"], docs["http://tidsskrift.example/leg"]
	if full.Kicker != "Læst igen" || full.Audience.Value != "dagplejere" {
		t.Errorf("document with a kept body = %+v", full)
	}
	if short.Kicker != "" || short.Audience.Value != "dagplejere" {
		t.Errorf("document without a kept body = %+v", short)
	}
	if n := len(w.take()); n != 0 {
		t.Errorf("%d requests", n)
	}
	w.clock.advance(time.Hour)
	if rep := crawl(t, o); rep.Sources[0].Unchanged != 3 || rep.Sources[1].Unchanged != 0 {
		t.Errorf("unchanged at the next crawl: %d read again, %d not", rep.Sources[0].Unchanged, rep.Sources[1].Unchanged)
	}
}

// TestRenewTellsTheIndexOfChangedDocumentsOnly: new rules cost no request, and what they describe as before is not indexed again.
func TestRenewTellsTheIndexOfChangedDocumentsOnly(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, load(t, `sources:
  - {id: kommune, name: kommune, sector: kommune, policy: index, home: "http://kommune.example/"}
  - {id: tidsskrift, name: tidsskrift, sector: viden, policy: metadata, home: "http://tidsskrift.example/"}
`))
	crawl(t, o)
	w.take()
	before, err := s.LastSeq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.Pipeline = "next"
	o.Describe = func(d *index.Document, src partners.Source) {
		describe.Describe(d, src)
		if d.URL == "http://tidsskrift.example/leg" || d.URL == "http://kommune.example/dagtilbud" {
			d.Audience.Value = "dagplejere"
		}
	}
	for _, want := range []int{2, 0} {
		c, err := crawler.New(o)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.Renew(t.Context()); n != want || err != nil {
			t.Errorf("%d documents changed, want %d: %v", n, want, err)
		}
	}
	changes, err := s.Outbox(t.Context(), before, 100)
	if err != nil || len(changes) != 2 {
		t.Errorf("%d changes for the index, want 2: %v", len(changes), err)
	}
	if n := len(w.take()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestTheRegisterThatTheProgramCarriesCanBeCrawled(t *testing.T) {
	r, err := partners.Default()
	if err != nil {
		t.Fatal(err)
	}
	o := newWorld(t).options(openState(t), r)
	if _, err := crawler.New(o); err != nil {
		t.Fatal(err)
	}
}

// TestASeriesIsFollowedWhereOnlyTheHeadNamesTheNextPage: lists that grow as one scrolls name the rest of them there.
func TestASeriesIsFollowedWhereOnlyTheHeadNamesTheNextPage(t *testing.T) {
	w := newWorld(t)
	head := func(title, link string) answer {
		return answer{body: strings.Replace(article(title), "<head>", "<head>"+link, 1)}
	}
	w.set("a.example", "/", head("Nyheder", `<link rel="next" href="/?side=2">`))
	w.set("a.example", "/?side=2", head("Flere nyheder fra i fjor", `<link rel="prev" href="/">`))
	third := w.hosts["a.example"]["/?side=2"]
	third.header = map[string]string{"Link": `</side/3>; rel="next"`}
	w.set("a.example", "/?side=2", third)
	w.page("a.example", "/side/3", "Nyheder fra forrige år")
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	if docs := documents(t, s); len(docs) != 3 {
		t.Errorf("%d documents, want the three pages of the series", len(docs))
	}
}
