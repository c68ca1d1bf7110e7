package discover

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

const pageURL = "https://vtb.example/udgivelser/"

func TestFindReadsWhatAPageOffers(t *testing.T) {
	got := Find(parse(t, `<!DOCTYPE html><html><head>
<link rel="canonical" href="/udgivelser/?a=1#x"><link rel=next href="?side=2"><link rel="stylesheet" href="/s.css">
<link rel="alternate" hreflang="en" href="/en/publications/" title=" In  English ">
<link rel="alternate" type="Application/RSS+xml; charset=utf-8" title="Nyt" href="/nyt.rss">
<link rel="alternate" type="application/json" href="/wp-json/"><link rel="shortlink" href="/?p=1"></head><body>
<a href="#top">Til toppen</a> <a href="normering-3977/">Normering <b>og</b> <br>sp<i>rog</i></a>
<a href="HTTPS://KL.example:443/x" rel="External NoFollow">KL</a> <a name="her">intet</a> <a href="mailto:vtb@vtb.example">skriv</a>
<a href="/søg?q=blå bær"><img src="/i.png" alt="Søg her"></a> <a rel="prev" href="/udgivelser/0"> </a>
<map><area href="/kort" alt="Kortet"></map> <svg><a xlink:href="/tegning"><text>Tegning</text></a></svg>
<!-- <a href="/kommentar">nej</a> --><script>document.write('<a href="/script">nej</a>')</script>
<style>a{background:url(/baggrund)}</style><template><a href="/skabelon">nej</a></template><iframe src="/ramme"></iframe>
<noscript><a href="/menu">Menu</a></noscript><a href="/kl" rel=nofollow>1</a><a href="/kl">2</a></body></html>`), pageURL)
	want := Found{
		Base: pageURL,
		Links: []Link{
			{URL: pageURL, Text: "Til toppen"},
			{URL: pageURL + "normering-3977/", Text: "Normering og sprog"},
			{URL: "https://kl.example/x", Text: "KL", Rel: "external nofollow", Nofollow: true},
			{URL: "https://vtb.example/s%C3%B8g?q=bl%C3%A5%20b%C3%A6r", Text: "Søg her"},
			{URL: pageURL + "0", Rel: "prev"},
			{URL: "https://vtb.example/kort", Text: "Kortet"},
			{URL: "https://vtb.example/tegning", Text: "Tegning"},
			{URL: "https://vtb.example/menu", Text: "Menu"},
			{URL: "https://vtb.example/kl", Text: "1", Rel: "nofollow"},
		},
		Next: []string{pageURL + "?side=2"}, Prev: []string{pageURL + "0"},
		Canonical: []string{pageURL + "?a=1"},
		Alternates: []Alternate{
			{URL: "https://vtb.example/en/publications/", Lang: "en", Title: "In English"},
			{URL: "https://vtb.example/wp-json/", Type: "application/json"},
		},
		Feeds:    []Alternate{{URL: "https://vtb.example/nyt.rss", Type: "application/rss+xml", Title: "Nyt"}},
		Unusable: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Find (-want +got):\n%s", diff)
	}
}

func TestTheFirstBaseCounts(t *testing.T) {
	for _, tc := range []struct{ base, page, want string }{
		{"", pageURL, pageURL + "a"},
		{`<base target=_top><base href="/b/"><base href="/c/">`, pageURL, "https://vtb.example/b/a"},
		{`<base href="../../../">`, "https://vtb.example/x/y/z/w.html", "https://vtb.example/a"},
		{`<base href="//cdn.example/d/e">`, pageURL, "https://cdn.example/d/a"},
		{`<base href="data:text/plain,x">`, pageURL, pageURL + "a"},
		{`<base href="https://[">`, pageURL, pageURL + "a"},
		{`<base href="https://kl.example/f/">`, "about:blank", "https://kl.example/f/a"},
	} {
		links := Links(parse(t, tc.base+`<a href="a">x</a>`), tc.page)
		if len(links) != 1 || links[0].URL != tc.want {
			t.Errorf("%s at %s: %v, want %s", tc.base, tc.page, links, tc.want)
		}
	}
}

func TestWithoutABaseOnlyAbsoluteLinksAreLeft(t *testing.T) {
	got := Find(parse(t, `<a href="/a">x</a><a href="https://vtb.example/b">y</a>`), "")
	want := Found{Links: []Link{{URL: "https://vtb.example/b", Text: "y"}}, Unusable: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Find (-want +got):\n%s", diff)
	}
}

func TestFramesArePagesOfOldSites(t *testing.T) {
	links := Links(parse(t, `<html><frameset cols="20%,*"><frame src="menu.htm"><frame src="forside.htm"></frameset></html>`), pageURL)
	want := []Link{{URL: pageURL + "menu.htm"}, {URL: pageURL + "forside.htm"}}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("Links (-want +got):\n%s", diff)
	}
}

func TestSeveralCanonicalsAreAllTold(t *testing.T) {
	got := Find(parse(t, `<link rel=canonical href=/a><link rel=canonical href=/b><link rel=canonical href=/a>`), pageURL).Canonical
	if diff := cmp.Diff([]string{"https://vtb.example/a", "https://vtb.example/b"}, got); diff != "" {
		t.Errorf("Canonical (-want +got):\n%s", diff)
	}
}

func TestEndlessPagesAreCutAndCounted(t *testing.T) {
	var page strings.Builder
	for i := range MaxLinks + 7 {
		fmt.Fprintf(&page, "<a href=/%d>x</a>", i)
	}
	page.WriteString("<a href=/0>igen</a>")
	found := Find(parse(t, page.String()), pageURL)
	if len(found.Links) != MaxLinks || found.Omitted != 7 {
		t.Errorf("%d links, %d omitted; want %d and 7", len(found.Links), found.Omitted, MaxLinks)
	}
}

func TestDeepTreesDoNotExhaustTheStack(t *testing.T) {
	// A tree as a hostile parser or page could make it; html.Parse itself may refuse such depth.
	root := &html.Node{Type: html.DocumentNode}
	at := root
	for range 100_000 {
		n := &html.Node{Type: html.ElementNode, Data: "div"}
		at.AppendChild(n)
		at = n
	}
	if links := Links(root, pageURL); len(links) != 0 {
		t.Errorf("links %v in a page without any", links)
	}
}

func TestHeaderLinks(t *testing.T) {
	got := HeaderLinks([]string{
		`</rapport>; rel="canonical", <https://vtb.example/en>; hreflang=en; rel=alternate; title="a, \"b\"; c"`,
		`<rapport.epub>;rel="Alternate  NoFollow";rel=next`, `broken`, `<mailto:a@vtb.example>; rel=author, </s>`, `<open`,
	}, pageURL+"rapport.pdf")
	want := []Link{
		{URL: "https://vtb.example/rapport", Rel: "canonical"},
		{URL: "https://vtb.example/en", Rel: "alternate", Text: `a, "b"; c`},
		{URL: pageURL + "rapport.epub", Rel: "alternate nofollow", Nofollow: true},
		{URL: "https://vtb.example/s"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("HeaderLinks (-want +got):\n%s", diff)
	}
}

func FuzzLinksAreAbsoluteAndVisible(f *testing.F) {
	f.Add(`<base href="/x/"><a href="a">b</a><noscript><a href=c></noscript><script><a href=d></script>`)
	f.Add(`<svg><a xlink:href=" javascript:x"><link rel=next href=//y>`)
	f.Add(`<frameset><frame src="\\z">`)
	f.Fuzz(func(t *testing.T, page string) {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return
		}
		found := Find(doc, pageURL)
		if diff := cmp.Diff(found, Find(doc, pageURL)); diff != "" {
			t.Errorf("the second time (-first +second):\n%s", diff)
		}
		seen := map[string]bool{}
		for _, l := range found.Links {
			if !strings.HasPrefix(l.URL, "http") || strings.Contains(l.URL, "#") || len(l.Text) > maxText || seen[l.URL] {
				t.Errorf("link %+v in %q", l, page)
			}
			seen[l.URL] = true
		}
	})
}

func FuzzHeaderLinksEnd(f *testing.F) {
	f.Add(`<a>; rel="b\"c", <d>;e;f=g`)
	f.Add(`<;="`)
	f.Fuzz(func(t *testing.T, header string) {
		for _, l := range HeaderLinks([]string{header}, pageURL) {
			if !strings.HasPrefix(l.URL, "http") {
				t.Errorf("HeaderLinks(%q) = %+v", header, l)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var page strings.Builder
	for i := range 200 {
		fmt.Fprintf(&page, "<li><a href='/borger/boern-og-familie/side-%d'>Side %d</a></li><p>Tekst om dagtilbud og sundhedspleje.</p>", i, i)
	}
	doc := parse(b, page.String())
	for b.Loop() {
		Find(doc, pageURL)
	}
}
