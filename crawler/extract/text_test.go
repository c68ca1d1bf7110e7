package extract

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

func read(t *testing.T, in Input) Result {
	t.Helper()
	res, err := HTML(in)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestTextKeepsBlocksAndWordBorders(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"paragraphs", "<p>Et</p><p>To</p>", "Et\nTo"},
		{"headings", "<h2>Leg</h2><p>Tekst</p><h3>Sang</h3>", "Leg\nTekst\nSang"},
		{"inline elements join", "<p>små<b>børn</b>s liv <a href=/x>her</a>.</p>", "småbørns liv her."},
		{"line breaks", "<p>Et<br>to<br/>tre</p>", "Et\nto\ntre"},
		{"text beside blocks", "<div>før<p>i</p>efter</div>", "før\ni\nefter"},
		{"list", "<ul><li>et<li>to <b>nu</b></ul>", "et\nto nu"},
		{"definitions", "<dl><dt>Frist</dt><dd>1. maj</dd></dl>", "Frist\n1. maj"},
		{"table", "<table><tr><th>Alder</th><th>Besøg</th></tr><tr><td>4 dage</td><td></td><td>hjemme</td></tr></table>", "Alder\tBesøg\n4 dage\thjemme"},
		{"cells with blocks", "<table><tr><td><p>et</p><p>to</p></td><td>tre</td></tr></table>", "et\nto\ntre"},
		{"accordion", "<details><summary>Hvad?</summary>Svaret</details>", "Hvad?\nSvaret"},
		{"closed panel", `<h3><button aria-controls=a>Hvad?</button></h3><div id=a class=accordion-content hidden>Svaret</div>`, "Hvad?\nSvaret"},
		{"tab panel", `<div role=tabpanel style="display:none"><p>Fane to</p></div>`, "Fane to"},
		{"hidden", `<p>ja</p><p hidden>nej</p><p style="display: none">nej</p><span aria-hidden=true>nej</span>`, "ja"},
		{"scripts and other media", "<p>ja</p><script>nej</script><style>nej</style><template>nej</template><svg><text>nej</text></svg><noscript>nej</noscript><select><option>nej</select>", "ja"},
		{"preformatted", "<pre>a\tb\n  c</pre>", "a b\nc"},
		{"footnote marks", "<p>indsats<sup>2</sup> og m<sup>2</sup> og 10<sup>th</sup></p>", "indsats 2 og m 2 og 10th"},
		{"soft hyphens and invisible signs", "<p>bør&shy;ne&#8203;have&zwnj; \ufefford</p>", "børnehave ord"},
		{"no-break and thin spaces", "<p>14,2&nbsp;mio.&#8239;kr.</p>", "14,2 mio. kr."},
		{"decomposed letters", "<p>A\u030arhus smo\u0308r</p>", "Århus smör"},
		{"entities", "<p>&lt;leg&gt; &amp; l&aelig;ring &#x2013; nu</p>", "<leg> & læring – nu"},
		{"quotes stay", "<p>»Ja« – ’nej’ • “måske”</p>", "»Ja« – ’nej’ • “måske”"},
		{"source's typos stay", "<p>Tænk tanken har har Leveret et</p>", "Tænk tanken har har Leveret et"},
		{"ruby and word break", "<p>små<wbr>børn</p>", "småbørn"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := read(t, Input{Body: []byte("<body><main><p>Indledning med nogle ord.</p>" + tc.html + "</main></body>")}).Text; got != "Indledning med nogle ord.\n"+tc.want {
				t.Errorf("text of %q = %q; want %q", tc.html, strings.TrimPrefix(got, "Indledning med nogle ord.\n"), tc.want)
			}
		})
	}
}

// prose is text enough for every rule that asks for some.
var prose = "<p>" + strings.Repeat("Børnene leger i haven, og de voksne hjælper dem med at holde legen i gang. ", 6) + "</p>"

func TestTextLeavesTheFrameOut(t *testing.T) {
	for _, tc := range []struct{ name, html string }{
		{"skip link", `<a href="#indhold">Hop til indhold</a>`},
		{"skip link in a list", `<ul><li><a href="#a">Gå til hovedindhold</a></li></ul>`},
		{"navigation", `<nav><a href=/a>Nej</a> <a href=/b>Nej</a></nav>`},
		{"menu by role", `<div role=navigation><a href=/a>Nej</a></div>`},
		{"cookie banner", `<div id="CookieConsent-banner"><h2>Nej</h2><p>Vi bruger cookies.</p></div>`},
		{"cookie dialog", `<div role=dialog><p>Nej tak til cookies.</p></div>`},
		{"breadcrumb by class", `<div class="breadcrumbs"><a href=/>Hjem</a> » <span>Nej</span></div>`},
		{"breadcrumb by words", `<p>Forside &gt; Børn &gt; Leg</p>`},
		{"share row", `<ul class="share-buttons"><li><a href=/f>Del på Facebook</a></li></ul>`},
		{"share words", `<p>Del</p><p>Udskriv</p><p>Læs højt</p><p>Tilbage | Udskriv siden</p>`},
		{"picture credit", `<p>Foto: Yesbjerg</p>`},
		{"comment form", `<div id="respond"><h3>Leave a Reply</h3><p>Din mail vises ikke.</p></div><h3>Skriv en kommentar</h3>`},
		{"search box", `<p>Close this search box.</p>`},
		{"previous and next", `<div class="post-navigation"><a href=/a>Forrige artikel Ny aftale</a></div>`},
		{"related", `<section class="related-posts"><h2>Læs også</h2><a href=/a>Nej</a></section>`},
		{"newsletter", `<div class="newsletter-signup"><p>Tilmeld dig.</p></div>`},
		{"file link", `<p><a href=/r.pdf>Hent rapporten (PDF, 2,1 MB)</a></p>`},
		{"page header", `<header><p>Nej</p></header>`},
		{"page footer", `<footer><p>Nej, tlf. og CVR</p></footer>`},
		{"link list", `<ul><li><a href=/a>Nej og nej</a></li><li><a href=/b>Nej igen</a></li><li><a href=/c>Nej til</a></li></ul>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for place, page := range map[string]string{
				"above":     "<body>" + tc.html + "<main>" + prose + "</main></body>",
				"below":     "<body><main>" + prose + "</main>" + tc.html + "</body>",
				"in body":   "<body>" + tc.html + "<div>" + prose + "</div></body>",
				"in a main": "<body><main>" + prose + strings.NewReplacer("<header", "<nav", "<footer", "<nav").Replace(tc.html) + "</main></body>",
			} {
				if got := read(t, Input{Body: []byte(page)}).Text; got != clean(strings.Trim(prose, "<p>/")) {
					t.Errorf("%s: text = %q; want only the prose", place, got)
				}
			}
		})
	}
}

func TestFrameNamesNeverEatTheText(t *testing.T) {
	for _, tc := range []struct{ name, html string }{
		{"body with has-sidebar", `<body class="has-sidebar menu-open">%</body>`},
		{"wrapper called nav", `<body><div class="nav-container print">%</div></body>`},
		{"one form around everything", `<body><form id="aspnetForm">%</form></body>`},
		{"article with tags in its class", `<body><article class="post tags-leg">%</article></body>`},
		{"content called read-more", `<body><div class="entry-content-read-more">%</div></body>`},
		{"everything in a footer", `<body><footer>%</footer></body>`},
		{"page hidden until a script runs", `<body style="display:none"><div id=app hidden><h1>Leg</h1>%</div></body>`},
		{"page behind a dialog", `<body><div aria-hidden="true"><main>%</main></div></body>`},
		{"heading in a header", `<body><main><header><h1>Leg</h1></header>%</main></body>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := read(t, Input{Body: []byte(strings.Replace(tc.html, "%", prose, 1))}).Text; !strings.Contains(got, "holde legen i gang") {
				t.Errorf("text = %q; want the prose", got)
			}
		})
	}
}

func TestPagesOfLinksHaveTheirLinksAsText(t *testing.T) {
	page := `<html><title>Emner</title><body><h1>Emner</h1><ul><li><a href=/a>Leg</a></li><li><a href=/b>Sprog</a></li><li><a href=/c>Overgange</a></li></ul></body></html>`
	if got := read(t, Input{Body: []byte(page)}); got.Text != "Leg\nSprog\nOvergange" || got.Title != "Emner" {
		t.Errorf("title %q, text %q; want the list", got.Title, got.Text)
	}
}

func TestTitleAndRepeatedSummaryStandOnce(t *testing.T) {
	page := `<title>Leg – VTB</title><main><h1>Leg</h1><h2>Resumé</h2>` + prose + `<h2>Om udgivelsen</h2>` + prose + `<p>Slut.</p></main>`
	got := read(t, Input{URL: "https://vtb.example/leg", Body: []byte(page)})
	if got.Title != "Leg" || strings.Count(got.Text, "Børnene leger") != 6 || strings.HasPrefix(got.Text, "Leg\n") {
		t.Errorf("title %q, text %q", got.Title, got.Text)
	}
}

func TestSelectorOfTheRegisterRules(t *testing.T) {
	page := `<body><main>` + prose + `</main><div class=rigtig><p>Kun dette.</p><nav>Nej</nav></div></body>`
	if got := read(t, Input{Body: []byte(page), Selector: ".rigtig, .anden"}); got.Text != "Kun dette." || got.Why["text"].Rule != "text-selector" {
		t.Errorf("text %q by %+v; want what the selector names", got.Text, got.Why["text"])
	}
	if got := read(t, Input{Body: []byte(page), Selector: ".findes-ikke"}); !strings.Contains(got.Text, "holde legen") {
		t.Errorf("text %q; want the page as without selector", got.Text)
	}
}

// checkText holds for every text that leaves this package.
func checkText(t *testing.T, name, s string) {
	t.Helper()
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
		t.Errorf("%s is not UTF-8 in NFC: %q", name, s)
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return invisible(r) && r != '\n' && r != '\t' }); i >= 0 {
		t.Errorf("%s holds %q: %q", name, []rune(s[i:])[0], s)
	}
	if strings.Contains(s, "  ") || strings.Contains(s, "\n\n") || s != strings.TrimFunc(s, unicode.IsSpace) {
		t.Errorf("%s has space too much: %q", name, s)
	}
}

// FuzzHTML: any bytes give a result whose texts are clean, whose links are http or https, and that is the same again.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<p>Børn</p>", "<a href='javascript:x'>x</a><a href='//h\\x'>y</a><a href='http://[::1'>z</a><base href='mailto:x'>",
		"<table><td><p>x<td>y", "<svg><title>x</title><a href=x>", "<frameset><frame src=x>", "<title>a - b</title><h1>a</h1>",
		"<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[[{\"name\":{\"@value\":\"x\"}}]],\"datePublished\":20210101}</script>",
		"<meta http-equiv=refresh content='0;url=//x'><link rel=canonical href=x><meta name=robots content='max-snippet:-1,unavailable_after:x'>",
		"<p>a\u0300\u00ad\u0301\x00\u200b</p>", "\xfe\xff\x00<\x00p\x00>", "<p>CPR 010203-1234, +45 12 34 56 78</p>", "<details><summary>", "<pre>\n\t\n</pre>",
		strings.Repeat("<b>", 60) + strings.Repeat("<div>", 600) + "x", "<math><mi></math><p>x", "<template><p>x</template>",
	} {
		f.Add([]byte(seed), "https://stuen.example/a/b?c=d", "text/html; charset=utf-8")
	}
	f.Fuzz(func(t *testing.T, body []byte, address, contentType string) {
		in := Input{URL: address, ContentType: contentType, Body: body, Agent: "smaabornsviden", Now: november}
		res, err := HTML(in)
		if err != nil {
			return
		}
		checkText(t, "text", res.Text)
		for _, s := range append([]string{res.Title, res.Kicker, res.Description, res.Abstract, res.Licence}, res.Authors...) {
			checkText(t, "field", s)
			if strings.ContainsAny(s, "\n\t") {
				t.Errorf("field has lines: %q", s)
			}
		}
		urls := []string{res.Canonical, res.Refresh}
		for _, l := range res.Links {
			urls = append(urls, l.URL)
		}
		for _, u := range urls {
			if u != "" && !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
				t.Errorf("link %q is not http", u)
			}
		}
		if again, _ := HTML(in); again.Text != res.Text || again.Title != res.Title {
			t.Errorf("second reading differs: %q, %q", again.Text, res.Text)
		}
	})
}

// FuzzFlatten: a page that was flattened can be parsed, however deep it was.
func FuzzFlatten(f *testing.F) {
	f.Add(strings.Repeat("<div>", 600)+"x", 1)
	f.Add("<ul><li><b><table><tr><td>", 300)
	f.Add("<svg><g>", 400)
	f.Add("0/><A", 659)
	f.Add("<select><template><p>", 200)
	f.Add("</p></div><p", 600)
	f.Fuzz(func(t *testing.T, piece string, times int) {
		if len(piece) > 100 || times < 0 || times > 700 {
			return
		}
		if _, err := html.Parse(strings.NewReader(flatten(strings.Repeat(piece, times)))); err != nil {
			t.Errorf("flatten(%q x %d): %v", piece, times, err)
		}
	})
}

// FuzzDecodeLoose: what is JSON is read as JSON.
func FuzzDecodeLoose(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"b",null]}`, `<!-- {"a":1,} -->`, "{\"a\":\"b\n\"}", `[[[[`, `"\u00e6" 1 2`, `{&quot;a&quot;:1}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := decodeLoose(s)
		var want any
		dec := json.NewDecoder(strings.NewReader(s))
		dec.UseNumber()
		if json.Valid([]byte(s)) && dec.Decode(&want) == nil && (len(got) != 1 || !cmp.Equal(got[0], want)) {
			t.Errorf("decodeLoose(%q) = %v; want %v", s, got, want)
		}
	})
}
