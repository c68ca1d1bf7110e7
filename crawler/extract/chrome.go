package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// chrome tells the frame of a page (menus, banners, share rows) from what it says.
type chrome struct {
	title *html.Node // the h1; nothing that holds it is frame
	total int        // characters of the whole body
	lists bool       // also leave out lists that are only links
	scope *html.Node // the element that is read; its own header belongs to it
	known bool       // the site's model tells its frame, so that names which texts have too say nothing

	shares map[*html.Node]share // what linkShare found
}

// drop reports whether the element is frame. What holds the title or half of all text never is, whatever
// it is called: themes put "has-sidebar" on the body, and old ASP.NET pages are one form.
func (c *chrome) drop(n *html.Node) bool {
	if !c.suspect(n) {
		return false
	}
	if c.title != nil && contains(n, c.title) {
		return false
	}
	return c.linkShare(n).text <= c.total/2
}

func (c *chrome) suspect(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	case atom.Nav, atom.Menu:
		return true
	case atom.Header, atom.Footer:
		return within(n.Parent, atom.Blockquote) == nil && (n.DataAtom == atom.Footer || !contains(c.scope, n) || isElement(c.scope, atom.Body))
	case atom.Aside:
		return !contains(c.scope, n) || isElement(c.scope, atom.Body)
	case atom.Button, atom.Label:
		return !opensPanel(n)
	case atom.Form:
		return first(n, func(e *html.Node) bool { return isElement(e, atom.P, atom.Article) }) == nil || c.linkShare(n).text < 400
	case atom.A:
		return isSkipLink(n)
	}
	if slices.Contains(frameRoles, attr(n, "role")) {
		return true
	}
	words := classWords(n)
	if words.any(frameWords) || !c.known && words.any(smallWords) && c.proseLen(n) < 300 && first(n, isQuote) == nil {
		return true
	}
	return c.lists && c.isLinkList(n)
}

// isQuote reports a quotation; what others wrote elsewhere is quoted in boxes called "social".
func isQuote(n *html.Node) bool { return isElement(n, atom.Blockquote) }

// opensPanel reports whether a button is the heading of an accordion.
func opensPanel(n *html.Node) bool {
	return hasAttr(n, "aria-controls") || hasAttr(n, "aria-expanded") ||
		within(n.Parent, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Dt) != nil
}

var frameRoles = []string{"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"}

// frameWords are names of classes and ids that templates give to their frame and to nothing else.
var frameWords = listOf(
	"cookie", "cookies", "cookiebanner", "consent", "gdpr", "cookieinformation", "coi",
	"breadcrumb", "breadcrumbs", "brodkrumme", "broedkrumme", "brødkrumme", "you are here",
	"sharethis", "addthis", "del siden", "delsiden", "share buttons", "social share", "skip link", "skiplink", "skip to content",
	"related posts", "relatedposts", "relaterede", "relateret", "laes ogsaa",
	"newsletter", "nyhedsbrev", "comments", "comment respond", "respond", "comment form", "disqus",
	"pagination", "pager", "post navigation", "nav links", "navheader", "navfooter", "navbar",
	"sidebar", "sidemenu", "submenu", "topmenu", "leftmenu", "mainmenu", "sitemenu",
	"readspeaker", "adgangforalle", "sidefod", "sidehoved", "advertisement", "searchform", "search form", "sitefooter", "reportbug",
)

// smallWords are names that templates also give to parts of their texts; such a part is frame when it holds no
// prose to speak of.
var smallWords = listOf(
	"share", "sharing", "social", "some", "sr only", "visually hidden", "screen reader text", "element invisible",
	"related", "read more", "subscribe", "signup", "prev next", "next prev", "menu", "nav", "navigation", "print", "toolbar",
	"page tools", "pagetools", "annonce", "banner", "promo", "login", "popup", "modal", "footer", "tags", "tag list", "feedback", "rating",
	"paywall", "byline", "authors", "screen reader", "entry details", "citation", "galleys",
)

// proseLen counts the characters of paragraphs below n that are not links.
func (c *chrome) proseLen(n *html.Node) int { return c.linkShare(n).prose }

var skipText = regexp.MustCompile(`(?i)^(gå|hop|spring|skip|jump|direkte|hopp|gehe|zum)\s.{0,20}(indhold|content|navigation|menu|innehåll|innhold|inhalt|main|søg)`)

func isSkipLink(n *html.Node) bool {
	return strings.HasPrefix(attr(n, "href"), "#") && skipText.MatchString(inlineText(n))
}

// isLinkList reports whether nearly all text of a list or box stands in three links or more.
func (c *chrome) isLinkList(n *html.Node) bool {
	if !isElement(n, atom.Ul, atom.Ol, atom.Dl, atom.Div, atom.Section, atom.Table, atom.Td) {
		return false
	}
	s, least := c.linkShare(n), 80
	if n.DataAtom == atom.Td { // the menu of a layout table, with its heading
		least = 60
	}
	return s.links >= 3 && s.inLinks*100 > s.text*least
}

// share counts the characters below an element, those of them in links and those of paragraphs outside links,
// and its links.
type share struct{ text, inLinks, prose, links int }

// linkShare counts each element once, however many boxes around it ask.
func (c *chrome) linkShare(n *html.Node) share {
	if s, ok := c.shares[n]; ok {
		return s
	}
	var s share
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.Type == html.TextNode:
			s.text += utf8.RuneCountInString(strings.TrimSpace(child.Data))
		case child.Type == html.ElementNode && !unseen(child):
			of := c.linkShare(child)
			s.text, s.inLinks, s.prose, s.links = s.text+of.text, s.inLinks+of.inLinks, s.prose+of.prose, s.links+of.links
		}
	}
	switch n.DataAtom {
	case atom.A:
		s.inLinks, s.links = s.text, 1
	case atom.P:
		s.prose = s.text - s.inLinks
	}
	if c.shares == nil {
		c.shares = map[*html.Node]share{}
	}
	c.shares[n] = s
	return s
}

// textLen counts the characters below n without space around text nodes.
func textLen(n *html.Node) int {
	if n.Type == html.TextNode {
		return utf8.RuneCountInString(strings.TrimSpace(n.Data))
	}
	if n.Type == html.ElementNode && unseen(n) {
		return 0
	}
	size := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		size += textLen(c)
	}
	return size
}
