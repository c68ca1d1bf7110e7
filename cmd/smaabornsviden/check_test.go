package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckShowsWhatASiteOffers(t *testing.T) {
	var asked []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		base := "http://" + r.Host
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprintf(w, "User-agent: *\nDisallow: /intern/\nSitemap: %s/kort.xml\n", base)
		case "/kort.xml":
			fmt.Fprintf(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%s/intern/a</loc></url><url><loc>%[1]s/leg</loc></url><url><loc>https://y.example/</loc></url></urlset>`, base)
		case "/nyt.rss":
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Nyt</title><item><title>Leg</title><link>%s/leg</link></item></channel></rss>`, base)
		case "/leg":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, samplePage)
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, `<html lang="da"><head><title>Forside</title><link rel="alternate" type="application/atom+xml" href="/blog.atom"></head><body><p>Velkommen</p></body></html>`)
		case "/blog.atom":
			fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><title>A</title><link href="%s/leg"/></entry><entry><title>Y</title><link href="https://y.example/"/></entry></feed>`, base)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	address := site.Listener.Addr().String()
	register := filepath.Join(t.TempDir(), "r.yaml")
	write(t, register, "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"http://"+address+"/\", feeds: [/nyt.rss, /intern/feed]}\n")
	args := []string{"check", "-partners", register, "-allow-loopback", address, "-delay", "0s", "x"}
	res := invoke(t, nil, args...)
	if res.code != exitOK {
		t.Fatalf("exit %d: %s", res.code, res.stderr)
	}
	for _, want := range []string{
		"robots.txt: HTTP 200; home: allow", "kort.xml: 3 addresses, 2 of them in scope", "nyt.rss: 1 items, 1 of them in scope",
		"names 1 feeds", "blog.atom: 2 items, 1 of them in scope",
		"intern/feed: robots.txt forbids it", "intern/a: robots.txt forbids it", `"title": "Fri leg i skoven"`,
	} {
		if !strings.Contains(res.stdout, want) {
			t.Errorf("no %q in\n%s", want, res.stdout)
		}
	}
	for _, path := range asked {
		if strings.HasPrefix(path, "/intern/") {
			t.Errorf("%s was fetched although robots.txt forbids it", path)
		}
	}
	for _, bad := range [][]string{{"check"}, {"check", "nobody"}, {"check", "dea", "-contact", "a@b.dk"}, {"check", "au-1000dage"}} {
		if res := invoke(t, nil, bad...); res.code != exitUsage {
			t.Errorf("%v: exit %d, want %d: %s", bad, res.code, exitUsage, res.stderr)
		}
	}
}

func TestCheckShowsWhatAProviderOffers(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		const head = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-22T10:00:00Z</responseDate>`
		switch verb := r.URL.Query().Get("verb"); {
		case r.URL.Path == "/leg":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, samplePage)
		case r.URL.Path != "/oai":
			http.NotFound(w, r)
		case verb == "Identify":
			fmt.Fprint(w, head+`<Identify><repositoryName>Tidsskrift</repositoryName><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>`)
		case verb == "ListMetadataFormats":
			fmt.Fprint(w, head+`<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat><metadataFormat><metadataPrefix>marcxml</metadataPrefix></metadataFormat></ListMetadataFormats></OAI-PMH>`)
		default:
			fmt.Fprint(w, head+`<ListSets><set><setSpec>t:ART</setSpec><setName>Artikler</setName></set></ListSets></OAI-PMH>`)
		}
	}))
	defer site.Close()
	address := site.Listener.Addr().String()
	register := filepath.Join(t.TempDir(), "r.yaml")
	write(t, register, "sources:\n  - {id: x, name: X, sector: viden, policy: index, home: \"http://"+address+"/\", start: [/leg], oai: \"http://"+address+"/oai\", oai_sets: [\"t:ART\", \"t:OVR\"]}\n")
	res := invoke(t, nil, "check", "-partners", register, "-allow-loopback", address, "-delay", "0s", "x")
	for _, want := range []string{
		"/oai: Tidsskrift, dated to the day, deleted records: persistent\n", "formats: oai_dc (read), marcxml\n", "1 sets\n", "t:ART  Artikler\n",
		"the set t:OVR of the register is not among them\n",
	} {
		if !strings.Contains(res.stdout, want) {
			t.Errorf("no %q in\n%s%s", want, res.stdout, res.stderr)
		}
	}
}
