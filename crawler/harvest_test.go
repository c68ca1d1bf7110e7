package crawler_test

import (
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

const providerYAML = `sources:
  - {id: tidsskrift, name: T, sector: viden, policy: index, home: "http://tidsskrift.example/", include: [/artikel/], start: [/artikel/], list: [/artikel/], oai: "http://tidsskrift.example/oai"}
`

// dc is a record of a provider; more is further elements.
func dc(id, stamp, address, title string, more ...string) string {
	return fmt.Sprintf(`<record><header><identifier>%s</identifier><datestamp>%s</datestamp></header><metadata>
		<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
		<dc:identifier>%s</dc:identifier><dc:title>%s</dc:title>%s</oai_dc:dc></metadata></record>`, id, stamp, address, title, strings.Join(more, ""))
}

func deletedRecord(id, stamp string) string {
	return fmt.Sprintf(`<record><header status="deleted"><identifier>%s</identifier><datestamp>%s</datestamp></header></record>`, id, stamp)
}

func oaiAnswer(date, inside string) answer {
	return answer{header: map[string]string{"Content-Type": "text/xml"}, body: `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>` + date + `</responseDate><request>http://tidsskrift.example/oai</request>` + inside + `</OAI-PMH>`}
}

func identify(date, granularity, deleted string) answer {
	return oaiAnswer(date, "<Identify><repositoryName>T</repositoryName><granularity>"+granularity+"</granularity><deletedRecord>"+deleted+"</deletedRecord></Identify>")
}

func listRecords(token string, records ...string) answer {
	return oaiAnswer("2026-11-22T08:00:00Z", "<ListRecords>"+strings.Join(records, "")+"<resumptionToken>"+token+"</resumptionToken></ListRecords>")
}

const (
	oaiHost   = "tidsskrift.example"
	oaiWhole  = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
	oaiResume = "/oai?verb=ListRecords&resumptionToken="
	oaiWho    = "/oai?verb=Identify"
	oaiForms  = "/oai?verb=ListMetadataFormats"
)

// formats is the answer of a provider that offers these prefixes.
func formats(prefixes ...string) answer {
	namespaces := map[string]string{"jats": "http://jats.nlm.nih.gov", "mods": "http://www.loc.gov/mods/v3"}
	var b strings.Builder
	for _, p := range prefixes {
		fmt.Fprintf(&b, "<metadataFormat><metadataPrefix>%s</metadataPrefix><schema>x</schema><metadataNamespace>%s</metadataNamespace></metadataFormat>", p, namespaces[p])
	}
	return oaiAnswer("2026-11-22T08:00:00Z", "<ListMetadataFormats>"+b.String()+"</ListMetadataFormats>")
}

// providerWorld has one article in scope and a list in two parts that also names one elsewhere.
func providerWorld(t *testing.T) *world {
	w := newWorld(t)
	w.page(oaiHost, "/artikel/", "Alle artikler")
	w.page(oaiHost, "/artikel/1", "Leg som grundlæggende")
	w.set(oaiHost, oaiWho, identify("2026-11-22T08:00:00Z", "YYYY-MM-DDThh:mm:ssZ", "persistent"))
	w.set(oaiHost, oaiForms, formats("oai_dc"))
	w.set(oaiHost, oaiWhole, listRecords("a b",
		dc("oai:t:1", "2026-11-01T10:00:00Z", "http://tidsskrift.example/artikel/1", "Et andet ord for leg",
			"<dc:creator>Holm, Anna</dc:creator><dc:identifier>10.7146/abc.1</dc:identifier><dc:subject>leg; læring</dc:subject><dc:source>Tidsskrift; 2049-3630</dc:source>"),
		`<record><header><identifier>oai:t:bad</identifier></header><metadata><dc:title>Et < to</dc:title></metadata></record>`))
	w.set(oaiHost, oaiResume+"a%20b", listRecords("",
		dc("oai:t:2", "2026-11-02T10:00:00Z", "http://arkiv.example/2", "Play",
			`<dc:title xml:lang="da">Leg &amp; læring</dc:title>`,
			`<dc:description xml:lang="en">&lt;p&gt;About play.&lt;/p&gt;</dc:description><dc:description xml:lang="da">Om leg i vuggestuen.</dc:description>`,
			"<dc:date>2026-11-02T10:00:00Z</dc:date><dc:date>2019-05</dc:date><dc:language>eng</dc:language><dc:type>info:eu-repo/semantics/article</dc:type><dc:type>Artikel</dc:type>",
			"<dc:rights>Copyright (c) 2019</dc:rights><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights>")))
	return w
}

func paths(log []request, prefix string) []string {
	var out []string
	for _, r := range log {
		if strings.HasPrefix(r.path, prefix) {
			out = append(out, r.path)
		}
	}
	return out
}

func TestAHarvestBringsPagesAndRecords(t *testing.T) {
	w := providerWorld(t)
	s := openState(t)
	o := w.options(s, load(t, providerYAML))
	crawl(t, o)
	log := w.take()
	w.manners(log, time.Second)
	if got, want := paths(log, "/oai"), []string{oaiWho, oaiForms, oaiWhole, oaiResume + "a%20b"}; !slices.Equal(got, want) {
		t.Errorf("asked %v, want %v", got, want)
	}
	docs := documents(t, s)
	if len(docs) != 2 {
		t.Fatalf("%d documents, want the page and the record", len(docs))
	}
	page := docs["http://tidsskrift.example/artikel/1"]
	if page.Title != "Leg som grundlæggende" || !strings.Contains(page.Body, "Afsnit fire") || page.Format != "html" {
		t.Errorf("the page did not win: %+v", page)
	}
	if page.DOI != "10.7146/abc.1" || page.ISSN != "2049-3630" || !slices.Equal(page.Authors, []string{"Anna Holm"}) || !slices.Contains(page.Keywords, "læring") {
		t.Errorf("the record added nothing: %+v", page)
	}
	rec := docs["http://arkiv.example/2"]
	if rec.Title != "Leg & læring" || rec.Abstract != "Om leg i vuggestuen." || rec.Body != "About play.\nOm leg i vuggestuen." || rec.Lang.Value != "en" {
		t.Errorf("record = %+v", rec)
	}
	if rec.Format != "oai" || rec.Published.Time.Format("2006-01") != "2019-05" || rec.Published.Precision != index.Month || !strings.Contains(rec.Licence.Value, "licenses/by/") || rec.Kicker != "Artikel" {
		t.Errorf("record = %+v", rec)
	}
	if u, err := s.URL(t.Context(), "http://tidsskrift.example"+oaiWhole); err != nil || u.State != state.OK || u.Detail != "2 records, 1 unreadable" {
		t.Errorf("the provider stands at %s %q, %v", u.State, u.Detail, err)
	}
}

func TestTheNextHarvestAsksOnlyForWhatChanged(t *testing.T) {
	for _, tt := range []struct{ granularity, from, until string }{
		{"YYYY-MM-DDThh:mm:ssZ", "2026-11-22T08%3A00%3A00Z", "2026-11-24T09%3A00%3A00Z"},
		{"YYYY-MM-DD", "2026-11-22", "2026-11-24"},
	} {
		w := providerWorld(t)
		w.set(oaiHost, oaiWho, identify("2026-11-22T08:00:00Z", tt.granularity, "persistent"))
		s := openState(t)
		o := w.options(s, load(t, providerYAML))
		crawl(t, o)
		w.take()
		seq := lastSeq(t, s)
		w.clock.advance(49 * time.Hour)
		w.set(oaiHost, oaiWho, identify("2026-11-24T09:00:00Z", tt.granularity, "persistent"))
		increment := oaiWhole + "&from=" + tt.from + "&until=" + tt.until
		w.set(oaiHost, increment, listRecords("", deletedRecord("oai:t:1", "2026-11-23"), deletedRecord("oai:t:2", "2026-11-23"), deletedRecord("oai:t:9", "2026-11-23")))
		crawl(t, o)
		log := w.take()
		w.manners(log, time.Second)
		if got, want := paths(log, "/oai"), []string{oaiWho, increment}; !slices.Equal(got, want) {
			t.Errorf("asked %v, want %v", got, want)
		}
		if docs := documents(t, s); len(docs) != 0 || lastSeq(t, s) != seq+2 {
			t.Errorf("%d documents left, %d changes, want none and 2", len(docs), lastSeq(t, s)-seq)
		}
		for _, address := range []string{"http://tidsskrift.example/artikel/1", "http://arkiv.example/2"} {
			if got := standing(t, s, address); got != "gone oai-deleted" {
				t.Errorf("%s stands at %q", address, got)
			}
		}
		w.clock.advance(100 * 24 * time.Hour) // the page is still there, and stays out
		crawl(t, o)
		if docs := documents(t, s); len(docs) != 0 {
			t.Errorf("a withdrawn page came back: %v", docs)
		}
	}
}

func TestAnUnchangedRecordChangesNothingAndAChangedOneIsJoinedAnew(t *testing.T) {
	w := providerWorld(t)
	s := openState(t)
	o := w.options(s, load(t, providerYAML))
	crawl(t, o)
	seq := lastSeq(t, s)
	w.take()
	day := func(date, from string, records ...string) {
		w.set(oaiHost, oaiWho, identify(date, "YYYY-MM-DDThh:mm:ssZ", "persistent"))
		w.set(oaiHost, oaiWhole+"&from="+url.QueryEscape(from)+"&until="+url.QueryEscape(date), listRecords("", records...))
		w.clock.advance(24 * time.Hour)
		crawl(t, o)
	}
	same := dc("oai:t:1", "2026-11-01T10:00:00Z", "http://tidsskrift.example/artikel/1", "Et andet ord for leg",
		"<dc:creator>Holm, Anna</dc:creator><dc:identifier>10.7146/abc.1</dc:identifier><dc:subject>leg; læring</dc:subject><dc:source>Tidsskrift; 2049-3630</dc:source>")
	day("2026-11-23T08:00:00Z", "2026-11-22T08:00:00Z", same)
	if got := lastSeq(t, s); got != seq {
		t.Errorf("%d changes by an unchanged record", got-seq)
	}
	day("2026-11-24T08:00:00Z", "2026-11-23T08:00:00Z", strings.Replace(same, "abc.1", "abc.2", 1))
	if d := documents(t, s)["http://tidsskrift.example/artikel/1"]; d.DOI != "10.7146/abc.2" {
		t.Errorf("DOI %q after the record changed", d.DOI)
	}
}

func TestALostTokenStartsTheListAgain(t *testing.T) {
	w := providerWorld(t)
	part := oaiResume + "a%20b"
	good := w.hosts[oaiHost][part]
	w.set(oaiHost, part, oaiAnswer("2026-11-22T08:00:00Z", `<error code="badResumptionToken">expired</error>`))
	lost := 0
	w.hook = func(_, path string) {
		if path == part {
			if lost++; lost == 2 {
				w.set(oaiHost, part, good)
			}
		}
	}
	s := openState(t)
	crawl(t, w.options(s, load(t, providerYAML)))
	if got := len(paths(w.take(), "/oai")); got != 6 {
		t.Errorf("%d questions, want 6: who, formats, list, lost, list, rest", got)
	}
	if docs := documents(t, s); len(docs) != 2 {
		t.Errorf("%d documents, want 2", len(docs))
	}
}

func TestTroubleOfAProviderLosesNothing(t *testing.T) {
	for name, trouble := range map[string]answer{
		"busy":           {status: 503, header: map[string]string{"Retry-After": "86400"}},
		"a web page":     {body: "<html><title>Vedligeholdelse</title><p>Kom igen i morgen."},
		"cut off":        {body: listRecords("x", dc("oai:t:5", "2026-11-01", "http://tidsskrift.example/artikel/5", "Femte")).body[:500], header: map[string]string{"Content-Type": "text/xml"}},
		"its own token":  listRecords("a b"),
		"bad verb":       oaiAnswer("2026-11-22T08:00:00Z", `<error code="badVerb">no</error>`),
		"expired always": oaiAnswer("2026-11-22T08:00:00Z", `<error code="badResumptionToken">expired</error>`),
	} {
		t.Run(name, func(t *testing.T) {
			w := providerWorld(t)
			good := w.hosts[oaiHost][oaiResume+"a%20b"]
			w.set(oaiHost, oaiResume+"a%20b", trouble)
			s := openState(t)
			o := w.options(s, load(t, providerYAML))
			crawl(t, o)
			log := w.take()
			w.manners(slices.DeleteFunc(slices.Clone(log), func(r request) bool { return strings.HasPrefix(r.path, "/oai") }), time.Second)
			if n := len(paths(log, "/oai")); n > 20 {
				t.Errorf("%d questions", n)
			}
			// A host that asks for a day gets it, its pages included.
			if _, ok := documents(t, s)["http://tidsskrift.example/artikel/1"]; !ok && name != "busy" {
				t.Error("the page of the first part is missing")
			}
			w.set(oaiHost, oaiResume+"a%20b", good)
			w.clock.advance(40 * 24 * time.Hour)
			crawl(t, o)
			if docs := documents(t, s); docs["http://arkiv.example/2"].Title == "" {
				t.Errorf("the rest never came: %d documents", len(docs))
			}
		})
	}
}

func TestAProviderThatForgetsLosesWhatItNoLongerTells(t *testing.T) {
	w := providerWorld(t)
	w.set(oaiHost, oaiWho, identify("2026-11-22T08:00:00Z", "YYYY-MM-DD", "no"))
	whole := w.hosts[oaiHost][oaiWhole]
	whole.body = strings.Replace(whole.body, "Et < to", "Et og to", 1)
	w.set(oaiHost, oaiWhole, whole)
	s := openState(t)
	o := w.options(s, load(t, providerYAML))
	crawl(t, o)
	w.set(oaiHost, oaiWhole, listRecords("", dc("oai:t:1", "2026-11-01", "http://tidsskrift.example/artikel/1", "Leg")))
	w.clock.advance(31 * 24 * time.Hour)
	crawl(t, o)
	if docs := documents(t, s); len(docs) != 1 || docs["http://arkiv.example/2"].ID != "" {
		t.Errorf("%d documents, want the page alone", len(docs))
	}
}

func TestWhatTheRegisterKeepsOutStaysOut(t *testing.T) {
	yaml := strings.Replace(providerYAML, "list: [/artikel/]", "list: [/artikel/], exclude: [/artikel/1]", 1) + "blocked_hosts: [arkiv.example]\n"
	w := providerWorld(t)
	s := openState(t)
	crawl(t, w.options(s, load(t, yaml)))
	if docs := documents(t, s); len(docs) != 0 {
		t.Errorf("documents %v, want none", docs)
	}
	if got := standing(t, s, "http://tidsskrift.example/artikel/1"); got != "refused excluded" {
		t.Errorf("the excluded page stands at %q", got)
	}
}

func TestRobotsForbidsAHarvestToo(t *testing.T) {
	w := providerWorld(t)
	w.set(oaiHost, "/robots.txt", answer{body: "User-agent: *\nDisallow: /oai\n", header: map[string]string{"Content-Type": "text/plain"}})
	s := openState(t)
	crawl(t, w.options(s, load(t, providerYAML)))
	if asked := paths(w.take(), "/oai"); len(asked) != 0 {
		t.Errorf("asked %v although robots.txt forbids it", asked)
	}
}

func TestOneHarvestPerSet(t *testing.T) {
	w := providerWorld(t)
	w.set(oaiHost, oaiWhole+"&set=t%3AART", listRecords("", dc("oai:t:1", "2026-11-01", "http://tidsskrift.example/artikel/1", "Leg")))
	s := openState(t)
	crawl(t, w.options(s, load(t, strings.Replace(providerYAML, "oai: ", `oai_sets: ["t:ART"], oai: `, 1))))
	if got, want := paths(w.take(), "/oai"), []string{oaiWho, oaiForms, oaiWhole + "&set=t%3AART"}; !slices.Equal(got, want) {
		t.Errorf("asked %v, want %v", got, want)
	}
}

// demoCrawl has one source of the demonstration, on its own clock.
func demoCrawl(t *testing.T, story int, s *state.Store, clock *fakeClock, source string) *demosite.Server {
	t.Helper()
	sites, err := demosite.New(demosite.Options{Story: story, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sites.Handler())
	t.Cleanup(server.Close)
	register, err := partners.Load(sites.Register(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{
		UserAgent: "smaabornsviden/demo", AllowLoopback: []string{server.Listener.Addr().String()},
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
		},
	})
	t.Cleanup(client.Close)
	crawl(t, crawler.Options{
		Register: register, Fetch: client, State: s, Agent: "smaabornsviden", Clock: clock, SharedAddress: true,
		Revisit: crawler.All, Sources: []string{source}, Random: func() float64 { return 0.5 },
	})
	return sites
}

func TestTheJournalOfTheDemonstrationIsHarvested(t *testing.T) {
	s := openState(t)
	clock := &fakeClock{now: t0}
	sites := demoCrawl(t, 1, s, clock, "t")
	before := documents(t, s)
	for _, l := range sites.Labels() {
		if l.URL() == "" || !strings.HasPrefix(l.ID, "T") || !l.HasPage() {
			continue
		}
		d := before[l.URL()]
		if d.Format != "pdf" || d.DOI == "" || len(d.Authors) == 0 {
			t.Errorf("%s: %q, DOI %q, authors %v", l.ID, d.Format, d.DOI, d.Authors)
		}
	}
	if len(before) != 9 {
		t.Errorf("%d documents, want 9: T10 was withdrawn before", len(before))
	}
	told, err := s.URL(t.Context(), "http://tidsskrift-smaaboern.example/etsf/oai?verb=ListRecords&metadataPrefix=oai_dc")
	if err != nil || told.Detail != "10 records, 0 unreadable, as jats" {
		t.Errorf("the provider stands at %q, %v", told.Detail, err)
	}
	clock.advance(24 * time.Hour)
	demoCrawl(t, 2, s, clock, "t")
	after := documents(t, s)
	const t07 = "http://tidsskrift-smaaboern.example/etsf/article/view/149"
	if _, ok := after[t07]; ok || len(after) != 8 {
		t.Errorf("T07 stands at %s, %d documents", standing(t, s, t07), len(after))
	}
}
