package extract

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/discover"
	"smaabornsviden/index"
)

// maxMeta bounds the <meta> elements that are read; the richest pages seen have some 150.
const maxMeta = 1000

// metaTags are the <meta> elements of a page by lower-case name, property, itemprop or http-equiv.
type metaTags struct {
	all map[string][]string
}

func readMeta(doc *goquery.Document) metaTags {
	m := metaTags{all: map[string][]string{}}
	doc.Find("meta[content]").EachWithBreak(func(i int, s *goquery.Selection) bool {
		n := s.Get(0)
		value := Mask(clean(attr(n, "content")))
		if value == "" {
			return true
		}
		for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
			if name := strings.ToLower(clean(attr(n, key))); name != "" {
				m.all[name] = append(m.all[name], value)
				break
			}
		}
		return i < maxMeta
	})
	return m
}

// first returns the first value of the first name that has one.
func (m metaTags) first(names ...string) string {
	v, _ := m.find(names...)
	return v
}

// find also says which name it was.
func (m metaTags) find(names ...string) (value, name string) {
	for _, name := range names {
		if v := m.all[name]; len(v) > 0 {
			return v[0], name
		}
	}
	return "", ""
}

// every returns all values of all names.
func (m metaTags) every(names ...string) []string {
	var out []string
	for _, name := range names {
		out = append(out, m.all[name]...)
	}
	return out
}

// baseURL is the address that a page's relative links start from: its first <base href>, else its own.
func baseURL(doc *goquery.Document, address string) string {
	href, ok := doc.Find("base[href]").First().Attr("href")
	if !ok {
		return address
	}
	if base, err := canonical.Parse(strings.TrimSpace(href), address); err == nil {
		return base
	}
	return address
}

// absolute resolves a link of the page; what is not http or https becomes "".
func (p *page) absolute(href string) string {
	u, err := canonical.Parse(strings.TrimSpace(href), p.base)
	if err != nil {
		return ""
	}
	return u
}

func (p *page) fillAddresses(res *Result) {
	res.Links = p.links()
	res.Canonical = p.canonical()
	res.Alternates = p.alternates()
	for _, feed := range discover.FeedLinks(p.doc.Get(0), p.base) {
		res.Feeds = append(res.Feeds, feed.URL)
	}
	res.Refresh = p.refresh()
}

// maxLinks bounds the links of one page; site maps of large sites have some 5,000.
const maxLinks = 20_000

func (p *page) links() []Link {
	var out []Link
	p.doc.Find("a[href], area[href]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		n := s.Get(0)
		if u := p.absolute(attr(n, "href")); u != "" {
			rel := strings.ToLower(clean(attr(n, "rel")))
			out = append(out, Link{URL: u, Text: Mask(clip(inlineText(n), 300)), Rel: rel, Nofollow: hasWord(rel, "nofollow")})
		}
		return len(out) < maxLinks
	})
	return out
}

// canonical returns the address that the page calls its own. Two different ones are none.
func (p *page) canonical() string {
	found := map[string]bool{}
	last := ""
	p.doc.Find("link[rel][href]").Each(func(_ int, s *goquery.Selection) {
		if hasWord(strings.ToLower(s.AttrOr("rel", "")), "canonical") {
			if u := p.absolute(s.AttrOr("href", "")); u != "" {
				found[u], last = true, u
			}
		}
	})
	for _, l := range linkHeader(p.in.Header.Values("Link")) {
		if hasWord(l.rel, "canonical") {
			if u, err := canonical.Parse(l.url, p.in.URL); err == nil {
				found[u], last = true, u
			}
		}
	}
	if len(found) != 1 {
		return ""
	}
	return last
}

func (p *page) alternates() []Alternate {
	var out []Alternate
	p.doc.Find("link[hreflang][href]").Each(func(_ int, s *goquery.Selection) {
		u := p.absolute(s.AttrOr("href", ""))
		code := clean(s.AttrOr("hreflang", ""))
		if u != "" && code != "" && hasWord(strings.ToLower(s.AttrOr("rel", "")), "alternate") && len(out) < 200 {
			out = append(out, Alternate{Lang: code, URL: u})
		}
	})
	return out
}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.Trim(w, ",") == word {
			return true
		}
	}
	return false
}

var refreshURL = regexp.MustCompile(`(?i)^\s*(\d{1,5})(?:\.\d*)?\s*(?:[;,]\s*)?(?:url\s*=\s*)?["']?([^"']*)`)

// maxRefresh is the delay in seconds up to which a meta refresh moves the reader; beyond it, it is a page that
// renews itself.
const maxRefresh = 10

func (p *page) refresh() string {
	m := refreshURL.FindStringSubmatch(p.meta.first("refresh"))
	if m == nil || strings.TrimSpace(m[2]) == "" {
		return ""
	}
	if seconds, err := strconv.Atoi(m[1]); err != nil || seconds > maxRefresh {
		return ""
	}
	u := p.absolute(m[2])
	if u == p.in.URL {
		return ""
	}
	return u
}

type headerLink struct{ url, rel string }

var linkValue = regexp.MustCompile(`<([^>]*)>([^<]*)`)
var linkRel = regexp.MustCompile(`(?i);\s*rel\s*=\s*"?([^";,]*)`)

// linkHeader reads Link header fields as far as rel goes (RFC 8288).
func linkHeader(values []string) []headerLink {
	var out []headerLink
	for _, v := range values {
		for _, m := range linkValue.FindAllStringSubmatch(v, 50) {
			if rel := linkRel.FindStringSubmatch(m[2]); rel != nil {
				out = append(out, headerLink{url: strings.TrimSpace(m[1]), rel: strings.ToLower(rel[1])})
			}
		}
	}
	return out
}

// fillWords takes what stands about the text in words: description, abstract, keywords.
func (p *page) fillWords(res *Result) {
	ld := p.ld.main
	description, from := p.meta.find("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
	if description == "" {
		description, from = ld.str("description"), "json-ld description"
	}
	res.setWord(&res.Description, "description", Mask(stripTags(description)), from)
	abstract, from := p.meta.find("citation_abstract", "dcterms.abstract", "dc.description.abstract", "eprints.abstract", "bepress_citation_abstract")
	if abstract == "" && p.meta.first("citation_title") != "" {
		abstract, from = p.meta.find("dc.description", "dcterms.description")
	}
	if abstract == "" {
		abstract, from = ld.str("abstract"), "json-ld abstract"
	}
	res.setWord(&res.Abstract, "abstract", Mask(stripTags(abstract)), from)
	res.Keywords = p.keywords()
}

func (r *Result) setWord(field *string, name, value, from string) {
	if value == "" {
		return
	}
	*field = value
	r.Why[name] = index.Reason{Rule: name + "-meta", Quote: from}
}

// maxKeywords: pages that list more than this are stuffing.
const maxKeywords = 50

func (p *page) keywords() []string {
	var out []string
	seen := map[string]bool{}
	lists := p.meta.every("citation_keywords", "dc.subject", "dcterms.subject", "article:tag", "keywords", "news_keywords")
	lists = append(lists, p.ld.main.strs("keywords")...)
	for _, list := range lists {
		for w := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ';' }) {
			w = clean(w)
			if w != "" && !seen[fold(w)] && len(w) <= 100 && len(out) < maxKeywords {
				seen[fold(w)] = true
				out = append(out, w)
			}
		}
	}
	return out
}

// stripTags reads a value in which a system left markup, as OJS does with abstracts.
func stripTags(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	nodes, err := html.ParseFragment(strings.NewReader(clip(s, 20_000)), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return s
	}
	var parts []string
	for _, n := range nodes {
		parts = append(parts, inlineText(n))
	}
	return clean(strings.Join(parts, " "))
}
