// Package discover reads what a site offers to be found by: links, sitemaps, feeds and OAI-PMH.
package discover

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/crawler/canonical"
)

// MaxLinks is how many different addresses are taken from one page. The largest list pages of real sites
// hold some thousands; a page with more is a machine talking to itself.
const MaxLinks = 10_000

// maxText is how much of a link's text is kept, in bytes.
const maxText = 300

// Link is an address that a page links to.
type Link struct {
	URL      string // WHATWG form, absolute, without fragment
	Text     string // what the reader sees, white space collapsed; a picture's alt text where there is none
	Rel      string // the rel attribute in lower case
	Nofollow bool
}

// Alternate is another form of a page: a language, a format, a feed.
type Alternate struct {
	URL   string
	Lang  string // hreflang as written
	Type  string // media type in lower case
	Title string
}

// Found is everything that one page offers.
type Found struct {
	// Base is what relative addresses were resolved against: <base href>, or the page's own address.
	Base string
	// Links are the addresses of a[href], area[href] and frame[src], each once, in the order of the page.
	// A link that may be followed anywhere on the page is not marked Nofollow.
	Links []Link
	// Next and Prev are the neighbours in a series (link and a elements with rel=next, rel=prev).
	Next, Prev []string
	// Canonical lists every rel=canonical in order: more than one, and different, means that none counts.
	Canonical []string
	// Alternates are link[rel=alternate] that are no feeds; Feeds are those that are.
	Alternates, Feeds []Alternate
	// Omitted counts addresses beyond MaxLinks, Unusable those that are not http(s) or cannot be parsed.
	Omitted, Unusable int
}

// Links returns the links of a page, which lies at base. Comments, scripts and templates hold none.
func Links(doc *html.Node, base string) []Link { return Find(doc, base).Links }

// FeedLinks returns the feeds that a page names in its head.
func FeedLinks(doc *html.Node, base string) []Alternate { return Find(doc, base).Feeds }

// Find reads all that a page offers in one walk. A base that is no http(s) address leaves only absolute links.
func Find(doc *html.Node, base string) Found {
	f := finder{seen: make(map[string]int)}
	f.setBase(base)
	if href, ok := firstBase(doc); ok {
		f.setBase(href)
	}
	if f.base != nil {
		f.found.Base = f.base.String()
	}
	f.walk(doc)
	return f.found
}

type finder struct {
	base  *canonical.Base
	found Found
	seen  map[string]int // place in found.Links
}

// setBase replaces the base when href is an http(s) address. It is resolved against the base so far.
func (f *finder) setBase(href string) {
	resolved, ok := f.resolve(href)
	if !ok {
		return
	}
	if b, err := canonical.NewBase(resolved); err == nil {
		f.base = b
	}
}

func (f *finder) resolve(href string) (string, bool) {
	var u string
	var err error
	if f.base == nil {
		u, err = canonical.Parse(href, "")
	} else {
		u, err = f.base.Parse(href)
	}
	return u, err == nil
}

// firstBase returns the first base[href] that is no script or data address, which is all that counts.
func firstBase(doc *html.Node) (string, bool) {
	for n := range elements(doc) {
		if n.DataAtom != atom.Base {
			continue
		}
		if href, ok := attribute(n, "href"); ok {
			return href, true
		}
	}
	return "", false
}

// elements yields the elements below n that a reader without scripts could meet, in order. It keeps its own
// place instead of recursing, since foreign trees can be deeper than a stack.
func elements(root *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := root; n != nil; n = next(n, root) {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

// next returns the node after n in document order, without what is hidden below n.
func next(n, root *html.Node) *html.Node {
	if n.FirstChild != nil && !hidden(n) {
		return n.FirstChild
	}
	for n != root && n.NextSibling == nil {
		n = n.Parent
	}
	if n == root {
		return nil
	}
	return n.NextSibling
}

// hidden reports whether what stands below n is not part of the page.
func hidden(n *html.Node) bool {
	return n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Template
}

func (f *finder) walk(doc *html.Node) {
	for n := range elements(doc) {
		switch n.DataAtom {
		case atom.A, atom.Area:
			f.link(n, "href")
		case atom.Frame:
			// An old site's pages are its frames. An iframe is mostly another site's.
			f.link(n, "src")
		case atom.Link:
			f.head(n)
		case atom.Noscript:
			f.noscript(n)
		}
	}
}

// noscript walks what the parser kept as text because it took scripts to run: often the only real links of
// a page whose menu is a script.
func (f *finder) noscript(n *html.Node) {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode || !strings.Contains(n.FirstChild.Data, "<") {
		return
	}
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(n.FirstChild.Data), context, html.ParseOptionEnableScripting(false))
	if err != nil {
		return
	}
	for _, node := range nodes {
		f.walk(node)
	}
}

func (f *finder) link(n *html.Node, name string) {
	href, ok := attribute(n, name)
	if !ok {
		return
	}
	u, ok := f.resolve(href)
	if !ok {
		f.found.Unusable++
		return
	}
	rel, _ := attribute(n, "rel")
	rel = strings.ToLower(collapse(rel))
	f.neighbour(rel, u)
	nofollow := hasToken(rel, "nofollow")
	if i, known := f.seen[u]; known {
		if !nofollow {
			f.found.Links[i].Nofollow = false
		}
		return
	}
	if len(f.found.Links) >= MaxLinks {
		f.found.Omitted++
		return
	}
	f.seen[u] = len(f.found.Links)
	f.found.Links = append(f.found.Links, Link{URL: u, Text: text(n), Rel: rel, Nofollow: nofollow})
}

// maxHead bounds each list of the head. Alternates are the longest: one language tree each.
const maxHead = 500

// head reads a link element. They stand in bodies too, where a template put them.
func (f *finder) head(n *html.Node) {
	href, ok := attribute(n, "href")
	rel, _ := attribute(n, "rel")
	rel = strings.ToLower(rel)
	if !ok || rel == "" {
		return
	}
	u, ok := f.resolve(href)
	if !ok {
		return
	}
	f.neighbour(rel, u)
	if hasToken(rel, "canonical") {
		f.found.Canonical = addOnce(f.found.Canonical, u)
	}
	if !hasToken(rel, "alternate") || hasToken(rel, "stylesheet") {
		return
	}
	a := Alternate{URL: u}
	a.Lang, _ = attribute(n, "hreflang")
	a.Type, _ = attribute(n, "type")
	a.Title, _ = attribute(n, "title")
	a.Type, _, _ = strings.Cut(strings.ToLower(a.Type), ";")
	a.Lang, a.Type, a.Title = collapse(a.Lang), collapse(a.Type), clip(collapse(a.Title))
	if feedTypes[a.Type] {
		f.found.Feeds = addAlternate(f.found.Feeds, a)
		return
	}
	f.found.Alternates = addAlternate(f.found.Alternates, a)
}

// feedTypes are the media types of feeds. application/json is not among them: WordPress names its whole
// interface so.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/rdf+xml": true, "application/feed+json": true,
	"text/rss+xml": true, "application/rss": true, "application/atom": true,
}

func (f *finder) neighbour(rel, u string) {
	if hasToken(rel, "next") {
		f.found.Next = addOnce(f.found.Next, u)
	}
	if hasToken(rel, "prev") || hasToken(rel, "previous") {
		f.found.Prev = addOnce(f.found.Prev, u)
	}
}

func addOnce(list []string, u string) []string {
	if len(list) >= maxHead || slices.Contains(list, u) {
		return list
	}
	return append(list, u)
}

func addAlternate(list []Alternate, a Alternate) []Alternate {
	if len(list) >= maxHead || slices.Contains(list, a) {
		return list
	}
	return append(list, a)
}

// attribute returns an attribute whatever its namespace, since a link within a drawing has xlink:href.
func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name || a.Namespace == "" && a.Key == "xlink:"+name {
			return a.Val, true
		}
	}
	return "", false
}

func hasToken(list, token string) bool {
	for word := range strings.FieldsSeq(list) {
		if word == token {
			return true
		}
	}
	return false
}

// parts are elements whose text stands apart from what is before it.
var parts = map[atom.Atom]bool{
	atom.Br: true, atom.P: true, atom.Div: true, atom.Li: true, atom.Td: true, atom.Th: true, atom.Dt: true, atom.Dd: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Time: true, atom.Figcaption: true,
	atom.Article: true, atom.Header: true, atom.Footer: true, atom.Section: true,
}

// text is what a reader sees of a link.
func text(n *html.Node) string {
	var b strings.Builder
	var alt string
	for m := n; m != nil && b.Len() < maxText; m = next(m, n) {
		switch {
		case m.Type == html.TextNode:
			b.WriteString(m.Data)
		case m.Type == html.ElementNode && m.DataAtom == atom.Img && alt == "":
			alt, _ = attribute(m, "alt")
		case m.Type == html.ElementNode && parts[m.DataAtom]:
			b.WriteByte(' ')
		}
	}
	if words := collapse(b.String()); words != "" {
		return clip(words)
	}
	if n.DataAtom == atom.Area {
		alt, _ = attribute(n, "alt")
	}
	return clip(collapse(alt))
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

func clip(s string) string {
	if len(s) <= maxText {
		return s
	}
	return strings.ToValidUTF8(s[:maxText], "")
}
