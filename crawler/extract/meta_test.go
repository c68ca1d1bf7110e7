package extract

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

func TestTitleIsTheMostDeliberateOne(t *testing.T) {
	for _, tc := range []struct{ name, url, head, body, want, rule string }{
		{name: "library metadata first", head: `<meta name="citation_title" content="Små trin"><meta property="og:title" content="Små trin | EKS">`, body: "<h1>Små Trin!</h1>", want: "Små trin", rule: "title-citation"},
		{name: "headline before share", head: `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Leg &amp; ro"}</script><meta property="og:title" content="Leg">`, want: "Leg & ro", rule: "title-json-ld"},
		{name: "name of a WebPage is no headline", head: `<script type="application/ld+json">{"@type":"WebPage","name":"Leg - Stuen"}</script><title>x</title>`, body: "<h1>Leg</h1>", want: "Leg", rule: "title-h1"},
		{name: "share title before heading", head: `<meta property="og:title" content="DEBAT: Leg">`, body: "<h1>Leg</h1>", want: "DEBAT: Leg", rule: "title-og"},
		{name: "site name cut where it is known", head: `<meta property="og:site_name" content="Stuen"><meta property="og:title" content="Ude hver dag – Stuen">`, want: "Ude hver dag", rule: "title-og"},
		{name: "suffix cut where the heading is the rest", head: `<meta property="og:title" content="Ude hver dag | Fagblad for alle">`, body: "<h1>Ude hver dag</h1>", want: "Ude hver dag", rule: "title-og"},
		{name: "prefix cut where the host is named so", url: "https://www.boerneraadet.example/a", head: "<title>Børnerådet - Leg</title>", want: "Leg", rule: "title-window"},
		{name: "acronym of the host", url: "https://vtb.example/a", head: "<title>Leg - VTB</title>", want: "Leg", rule: "title-window"},
		{name: "two suffixes", head: `<meta property="og:site_name" content="Stuen"><title>Leg | Debat | Stuen</title>`, body: "<h1>Leg</h1>", want: "Leg", rule: "title-h1"},
		{name: "a dash of its own stays", head: `<title>Leg - en begrebsafklaring</title>`, want: "Leg - en begrebsafklaring", rule: "title-window"},
		{name: "share title that is only the site", head: `<meta property="og:site_name" content="Stuen"><meta property="og:title" content="Stuen">`, body: "<h1>Ude hver dag</h1>", want: "Ude hver dag", rule: "title-h1"},
		{name: "front page is called as the site", head: `<meta property="og:site_name" content="Stuen"><meta property="og:title" content="Stuen">`, body: "<h1>Stuen</h1>", want: "Stuen", rule: "title-og"},
		{name: "heading in the content before the logo's", body: `<h1>Lindeby Kommune</h1><main><h1>Sundhedspleje</h1></main>`, want: "Sundhedspleje", rule: "title-h1"},
		{name: "heading with markup and hyphens", body: `<h1><span>Sund&shy;heds<b>pleje</b></span><br>for små</h1>`, want: "Sundhedspleje for små", rule: "title-h1"},
		{name: "window title alone", head: "<title>\n  Leg\n  og læring </title>", want: "Leg og læring", rule: "title-window"},
		{name: "title of a drawing is none", body: `<svg><title>pil</title></svg><p>Vi leger. Hver dag.</p>`, want: "Vi leger", rule: "title-first-line"},
		{name: "markup left in metadata", head: `<meta property="og:title" content="&lt;em&gt;Leg&lt;/em&gt; &amp;amp; ro">`, want: "Leg & ro", rule: "title-og"},
		{name: "first line where there is nothing else", body: "<p>Vi leger</p>", want: "Vi leger", rule: "title-first-line"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: tc.url, Body: []byte("<html><head>" + tc.head + "</head><body>" + tc.body + "<p>Tekst.</p></body></html>")})
			if res.Title != tc.want || res.Why["title"].Rule != tc.rule {
				t.Errorf("title %q by %+v; want %q by %q", res.Title, res.Why["title"], tc.want, tc.rule)
			}
		})
	}
}

func TestKickerStandsAboveTheTitle(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"by class", `<p class="article-kicker">DEBAT</p><h1>Leg</h1>`, "DEBAT"},
		{"by place", `<div><span>Nyhed</span><h1>Leg</h1></div>`, "Nyhed"},
		{"by metadata", `<meta property="article:section" content="Praksis"><h1>Leg</h1>`, "Praksis"},
		{"by structured data", `<script type="application/ld+json">{"@type":"Article","articleSection":["Forskning","Leg"]}</script><h1>Leg</h1>`, "Forskning"},
		{"a sentence is none", `<p>Her kan du læse om, hvordan vi gør</p><h1>Leg</h1>`, ""},
		{"a date is none", `<p>12. marts 2024</p><h1>Leg</h1>`, ""},
		{"a breadcrumb is none", `<p>Forside » Leg</p><h1>Leg</h1>`, ""},
		{"the title again is none", `<p class="kicker">Leg</p><h1>Leg</h1>`, ""},
	} {
		if got := read(t, Input{Body: []byte(tc.html)}).Kicker; got != tc.want {
			t.Errorf("%s: kicker %q; want %q", tc.name, got, tc.want)
		}
	}
}

func TestAddressesOfAPage(t *testing.T) {
	page := `<head><base href="/om/"><base href="/nej/"><link rel="canonical" href="side?a=1#top"><link rel=alternate hreflang=en href="//en.x.example/side">
<link rel="alternate" hreflang="x-default" href="/"><link rel=stylesheet hreflang=de href=/x.css><meta http-equiv="Refresh" content="3; URL='ny.html'"></head>
<body><a href="leg.html">Leg<b>!</b></a><a rel="nofollow external" href="HTTPS://X.example:443/a/../b">b</a><a href="mailto:a@b.dk">m</a><a href="javascript:x()">j</a><a href="data:,x">d</a>
<a href="ftp://x.example/">f</a><a name="anker">n</a><a href="">selv</a><map><area href="/kort"></map><a href="/søg?q=børn og leg">æ</a><a href="http://[x">ødelagt</a></body>`
	res := read(t, Input{URL: "https://x.example/side.html", Body: []byte(page)})
	want := []Link{
		{URL: "https://x.example/om/leg.html", Text: "Leg!"},
		{URL: "https://x.example/b", Text: "b", Rel: "nofollow external", Nofollow: true},
		{URL: "https://x.example/om/", Text: "selv"},
		{URL: "https://x.example/kort"},
		{URL: "https://x.example/s%C3%B8g?q=b%C3%B8rn%20og%20leg", Text: "æ"},
	}
	if diff := cmp.Diff(want, res.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if res.Canonical != "https://x.example/om/side?a=1" || res.Refresh != "https://x.example/om/ny.html" {
		t.Errorf("canonical %q, refresh %q", res.Canonical, res.Refresh)
	}
	alternates := []Alternate{{"en", "https://en.x.example/side"}, {"x-default", "https://x.example/"}}
	if diff := cmp.Diff(alternates, res.Alternates); diff != "" {
		t.Errorf("alternates (-want +got):\n%s", diff)
	}
}

func TestCanonicalAndRefreshThatAreNone(t *testing.T) {
	for _, tc := range []struct {
		name, html, link   string
		canonical, refresh string
	}{
		{name: "two canonicals that differ", html: `<link rel=canonical href=/a><link rel=canonical href=/b>`},
		{name: "twice the same", html: `<link rel=canonical href=/a><link rel=canonical href=/a>`, canonical: "https://x.example/a"},
		{name: "canonical in the header", link: `</a>; rel="canonical", </b>; rel=next`, canonical: "https://x.example/a"},
		{name: "canonical to a script", html: `<link rel=canonical href="javascript:x">`},
		{name: "refresh in noscript", html: `<noscript><meta http-equiv=refresh content="0; url=/ingen"></noscript>`},
		{name: "page that renews itself", html: `<meta http-equiv=refresh content="5; url=/side">`},
		{name: "refresh without address", html: `<meta http-equiv=refresh content="300">`},
		{name: "slow refresh", html: `<meta http-equiv=refresh content="60; url=/a">`},
		{name: "refresh without url=", html: `<meta http-equiv=refresh content="0;/a">`, refresh: "https://x.example/a"},
		{name: "refresh with comma and no space", html: `<meta http-equiv=refresh content="0,URL=/a">`, refresh: "https://x.example/a"},
		{name: "refresh to a file", html: `<meta http-equiv=refresh content="0; url=file:///etc/passwd">`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: "https://x.example/side", Header: http.Header{"Link": {tc.link}}, Body: []byte(tc.html + "<p>x</p>")})
			if res.Canonical != tc.canonical || res.Refresh != tc.refresh {
				t.Errorf("canonical %q, refresh %q; want %q, %q", res.Canonical, res.Refresh, tc.canonical, tc.refresh)
			}
		})
	}
}

func TestRobotsRulesAddUp(t *testing.T) {
	until := time.Date(2026, 6, 25, 15, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name, html string
		header     []string
		want       MetaRobots
	}{
		{name: "nothing", want: MetaRobots{}},
		{name: "index, follow", html: `<meta name=robots content="index, follow, max-image-preview:large, max-snippet:-1">`, want: MetaRobots{}},
		{name: "noindex", html: `<META NAME="ROBOTS" CONTENT="NOINDEX">`, want: MetaRobots{NoIndex: true}},
		{name: "none", html: `<meta name=robots content=none>`, want: MetaRobots{NoIndex: true, NoFollow: true}},
		{name: "our own name", html: `<meta name=smaabornsviden content="nofollow, noarchive">`, want: MetaRobots{NoFollow: true, NoArchive: true}},
		{name: "another's name", html: `<meta name=googlebot content=noindex>`, want: MetaRobots{}},
		{name: "two metas", html: `<meta name=robots content=nofollow><meta name=robots content=noindex>`, want: MetaRobots{NoIndex: true, NoFollow: true}},
		{name: "snippet length", html: `<meta name=robots content="max-snippet:50">`, header: []string{"max-snippet: 120"}, want: MetaRobots{MaxSnippet: 50}},
		{name: "no snippet", html: `<meta name=robots content="max-snippet:0">`, want: MetaRobots{NoSnippet: true, MaxSnippet: -1}},
		{name: "nosnippet beats a length", html: `<meta name=robots content="nosnippet, max-snippet:50">`, want: MetaRobots{NoSnippet: true, MaxSnippet: -1}},
		{name: "header", header: []string{"noindex, nofollow"}, want: MetaRobots{NoIndex: true, NoFollow: true}},
		{name: "header for another", header: []string{"googlebot: noindex", "otherbot: noindex, nofollow"}, want: MetaRobots{}},
		{name: "header for us", header: []string{"Smaabornsviden: noindex"}, want: MetaRobots{NoIndex: true}},
		{name: "date in the header", header: []string{"unavailable_after: 25 Jun 2026 15:00:00 GMT"}, want: MetaRobots{UnavailableAfter: until}},
		{name: "date with a weekday", html: `<meta name=robots content="unavailable_after: Thu, 25 Jun 2026 15:00:00 UTC">`, want: MetaRobots{UnavailableAfter: until}},
		{name: "date as ISO, and a rule behind", html: `<meta name=robots content="unavailable_after: 2026-06-25T15:00:00Z, noarchive">`, want: MetaRobots{UnavailableAfter: until, NoArchive: true}},
		{name: "date in Danish summer time", header: []string{"unavailable_after: 25 Jun 2026 17:00:00 CEST"}, want: MetaRobots{UnavailableAfter: until}},
		{name: "date in a zone of RFC 822", header: []string{"unavailable_after: 25 Jun 2026 08:00:00 PDT"}, want: MetaRobots{UnavailableAfter: until}},
		{name: "garbage", html: `<meta name=robots content=",;:max-snippet:x, unavailable_after:">`, want: MetaRobots{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := Input{Header: http.Header{"X-Robots-Tag": tc.header}, Body: []byte(tc.html + "<p>x</p>"), Agent: "smaabornsviden"}
			got := read(t, in).Robots
			got.UnavailableAfter = got.UnavailableAfter.UTC()
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("robots (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextAndDataMiningIsReservedByMetaHeaderOrFile(t *testing.T) {
	yes, no := Reservation{true, "/: 1"}, Reservation{false, "/fri/: 0"}
	for _, tc := range []struct {
		html, header string
		file         Reservation
		want         string // the rule; "" is not reserved
	}{
		{`<meta name="tdm-reservation" content="1">`, "", Reservation{}, "tdm-meta"},
		{"", "1", Reservation{}, "tdm-header"},
		{"", "", yes, "tdm-file"},
		{`<meta name="tdm-reservation" content="0">`, "", Reservation{}, ""},
		{"", "0", Reservation{}, ""},
		{"", "", no, ""},
		{"", "", Reservation{}, ""},
		{`<meta name="tdm-reservation" content="0">`, "1", yes, ""},
		{`<meta name="tdm-reservation" content=" 1 ">`, "0", no, "tdm-meta"},
		{"", "0", yes, ""},
		{"", "1", no, "tdm-header"},
		{`<meta name="tdm-reservation" content="ja">`, "perhaps", yes, "tdm-file"},
	} {
		in := Input{Header: http.Header{"Tdm-Reservation": {tc.header}}, Reserved: tc.file, Body: []byte(tc.html + "<p>x</p>")}
		res := read(t, in)
		if got := res.Why["tdm"].Rule; got != tc.want || res.TDM != (tc.want != "") {
			t.Errorf("%q, header %q, file %v: reserved %v by %q, want %q", tc.html, tc.header, tc.file, res.TDM, got, tc.want)
		}
	}
}

func TestJSONLDIsReadAsItIsFound(t *testing.T) {
	for _, tc := range []struct{ name, json, want string }{
		{"object", `{"@type":"Article","headline":"A"}`, "A"},
		{"array", `[{"@type":"WebSite","name":"S"},{"@type":"Report","name":"A"}]`, "A"},
		{"graph", `{"@context":"x","@graph":[{"@type":"WebPage"},{"@type":["Article","NewsArticle"],"headline":"A"}]}`, "A"},
		{"type as an address", `{"@type":"https://schema.org/ScholarlyArticle","headline":"A"}`, "A"},
		{"main entity", `{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"A"}}`, "A"},
		{"several values", `{"@type":"WebSite"} {"@type":"Article","headline":"A"}`, "A"},
		{"HTML comment", `<!-- {"@type":"Article","headline":"A"} -->`, "A"},
		{"CDATA", "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"A\"}\n//]]>", "A"},
		{"line break in a string", "{\"@type\":\"Article\",\"headline\":\"A\n\tb\"}", "A b"},
		{"commas too many", `{"@type":"Article","headline":"A",,}`, "A"},
		{"semicolon behind", `{"@type":"Article","headline":"A"};`, "A"},
		{"escaped entities", `{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;A&quot;}`, "A"},
		{"entities inside", `{"@type":"Article","headline":"A &amp; b"}`, "A & b"},
		{"language value", `{"@type":"Article","headline":{"@language":"da","@value":"A"}}`, "A"},
		{"address of the page decides", `[{"@type":"Article","headline":"B","url":"https://x.example/b"},{"@type":"Article","headline":"A","url":"https://x.example/a/"}]`, "A"},
		{"articles of a list are other pages", `{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"B"}]}`, ""},
		{"related work is another page", `{"@type":"WebPage","citation":{"@type":"Article","headline":"B"}}`, ""},
		{"not JSON at all", `var x = function() {}`, ""},
		{"cut off", `{"@type":"Article","headline":"A`, ""},
		{"too deep", strings.Repeat(`{"mainEntity":`, 5000) + "1" + strings.Repeat("}", 5000), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			page := `<script type="application/ld+json; charset=utf-8">` + tc.json + `</script><p>x</p>`
			res := read(t, Input{URL: "https://x.example/a", Body: []byte(page)})
			if res.Why["title"].Rule != "title-json-ld" {
				res.Title = ""
			}
			if res.Title != tc.want {
				t.Errorf("title = %q; want %q", res.Title, tc.want)
			}
		})
	}
}

func TestWordsAboutTheText(t *testing.T) {
	page := `<meta name="description" content="Kort om leg.">
<meta name="citation_abstract" content="&lt;p&gt;Et &lt;b&gt;langt&lt;/b&gt; resumé.&lt;/p&gt;"><meta name="keywords" content="leg, Sprog;leg,"><meta property="article:tag" content="Overgange"><p>x</p>`
	res := read(t, Input{Body: []byte(page)})
	if res.Description != "Kort om leg." || res.Abstract != "Et langt resumé." || strings.Join(res.Keywords, "|") != "Overgange|leg|Sprog" {
		t.Errorf("description %q, abstract %q, keywords %q", res.Description, res.Abstract, res.Keywords)
	}
}

func TestFillWritesWhatWasReadAndNothingElse(t *testing.T) {
	res := read(t, Input{URL: "https://x.example/2021/a", Body: []byte(`<title>Leg</title><meta name="robots" content="noarchive,max-snippet:80"><meta name="tdm-reservation" content="1">
<meta name="dc.rights" content="CC BY 4.0"><p>Børnene leger i haven, og de voksne hjælper dem.</p>`)})
	d := index.Document{ID: "x", Source: "stuen", Type: index.Derived{Value: "debat"}, Title: "gammel"}
	res.Fill(&d)
	want := index.Document{
		ID: "x", Source: "stuen", Type: index.Derived{Value: "debat"}, Title: "Leg", Body: "Børnene leger i haven, og de voksne hjælper dem.", Format: "html",
		Published:  index.Date{Time: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC), Precision: index.Year, Reason: index.Reason{Rule: "date-path", Quote: "/2021/a"}},
		Lang:       index.Derived{Value: "da", Reason: index.Reason{Rule: "lang-words", Quote: res.Why["lang"].Quote}},
		Licence:    index.Derived{Value: "CC BY 4.0", Reason: index.Reason{Rule: "licence-meta", Quote: "CC BY 4.0"}},
		SnippetMax: 80, NoArchive: true, TDMReserved: true,
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("Fill (-want +got):\n%s", diff)
	}
}

// TestAShortTextHasTheLanguageThatItsPageSays, where Danish and Norwegian share its words; a longer one has its own.
func TestAShortTextHasTheLanguageThatItsPageSays(t *testing.T) {
	for _, tc := range []struct{ html, want string }{
		{`<html lang="da-DK"><body><main><p>Rapporten kan bestilles gratis hos forlaget.</p></main>`, "da"},
		{`<html lang="no"><body><main><p>Rapporten kan bestilles gratis hos forlaget.</p></main>`, "nb"},
		{`<html><head><meta property="og:locale" content="da_DK"></head><body><main><p>Rapporten kan bestilles gratis hos forlaget.</p></main>`, "da"},
		{`<html lang="da"><body><main><p>The educators talk with the parents about how the child slept and what it ate.</p></main>`, "en"},
		{`<html lang="nb"><body><main><p>Rapporten findes som tryk og pdf. Rapporten bygger på interview med kostfaglige ledere.</p></main>`, "da"},
	} {
		if res := read(t, Input{URL: "https://x.example/", Body: []byte(tc.html)}); res.Lang != tc.want {
			t.Errorf("%s: %s by %+v, want %s", tc.html, res.Lang, res.Why["lang"], tc.want)
		}
	}
}
