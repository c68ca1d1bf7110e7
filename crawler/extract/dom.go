package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attr returns the value of an attribute, "" when it is missing.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func isElement(n *html.Node, tags ...atom.Atom) bool {
	return n.Type == html.ElementNode && slices.Contains(tags, n.DataAtom)
}

// within returns the nearest ancestor of n (n itself included) that is one of the elements, or nil.
func within(n *html.Node, tags ...atom.Atom) *html.Node {
	for ; n != nil; n = n.Parent {
		if isElement(n, tags...) {
			return n
		}
	}
	return nil
}

// contains reports whether b is a or lies below it.
func contains(a, b *html.Node) bool {
	for ; b != nil; b = b.Parent {
		if a == b {
			return true
		}
	}
	return false
}

// first returns the first element below n, in document order, that ok accepts.
func first(n *html.Node, ok func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && ok(c) {
			return c
		}
		if found := first(c, ok); found != nil {
			return found
		}
	}
	return nil
}

// inlineText is the cleaned text below n on one line, without scripts and hidden parts.
func inlineText(n *html.Node) string {
	var b strings.Builder
	writeInline(&b, n)
	return clean(b.String())
}

func writeInline(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if n.Type == html.ElementNode && (unseen(n) || hidden(n)) {
		return
	}
	block := n.Type == html.ElementNode && (isBlock(n) || isElement(n, atom.Br, atom.Td, atom.Th))
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeInline(b, c)
	}
	if block {
		b.WriteByte(' ')
	}
}

// isBlock reports whether a browser begins the element on a new line.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
		atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav,
		atom.Ol, atom.Optgroup, atom.Option, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table,
		atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}

// unseen reports elements whose content is no text of the page.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Svg,
		atom.Math, atom.Canvas, atom.Audio, atom.Video, atom.Select, atom.Textarea, atom.Input, atom.Datalist,
		atom.Head, atom.Map, atom.Progress, atom.Meter, atom.Noembed, atom.Noframes, atom.Rp, atom.Rt:
		return true
	}
	return n.Data == "svg" || n.Data == "math"
}

// hidden reports whether the page hides the element and nothing on it can open it again. Accordions and tabs are
// closed with the same means, and pages hide themselves until a script or a consent dialog lets them show; that
// content counts.
func hidden(n *html.Node) bool {
	if !hasAttr(n, "hidden") && !hiddenStyle(attr(n, "style")) && attr(n, "aria-hidden") != "true" {
		return false
	}
	return !isPanel(n) && !holdsPage(n)
}

// holdsPage reports whether an element is or holds what a page has once.
func holdsPage(n *html.Node) bool {
	once := func(e *html.Node) bool { return isElement(e, atom.Body, atom.Main, atom.Article, atom.H1) }
	return once(n) || first(n, once) != nil
}

func hiddenStyle(style string) bool {
	if style == "" {
		return false
	}
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// isPanel reports whether a hidden element is the closed part of an accordion or a tab.
func isPanel(n *html.Node) bool {
	if attr(n, "hidden") == "until-found" || hasAttr(n, "aria-labelledby") {
		return true
	}
	if role := attr(n, "role"); role == "tabpanel" || role == "region" {
		return true
	}
	return classWords(n).any(panelWords)
}

var panelWords = listOf("accordion", "collapse", "collapsible", "panel", "foldeud", "toggle", "tab", "expandable", "faq")

// names are the words of an element's class and id, lower case, each between spaces.
type names string

// classWords splits class and id at everything that is no letter, and at camel humps.
func classWords(n *html.Node) names {
	raw := attr(n, "class") + " " + attr(n, "id")
	if raw == " " {
		return " "
	}
	var b strings.Builder
	b.WriteByte(' ')
	lower := false
	for _, r := range raw {
		switch {
		case 'A' <= r && r <= 'Z':
			if lower {
				b.WriteByte(' ')
			}
			b.WriteRune(r + 'a' - 'A')
			lower = false
		case 'a' <= r && r <= 'z' || r > 127:
			b.WriteRune(r)
			lower = true
		default:
			b.WriteByte(' ')
			lower = false
		}
	}
	b.WriteByte(' ')
	return names(b.String())
}

// has reports whether a word, or words parted by a space that follow each other, are among the names.
func (s names) has(words string) bool { return strings.Contains(string(s), " "+words+" ") }

// wordList is a list of names to look for, each between spaces.
type wordList []string

func listOf(words ...string) wordList {
	for i, w := range words {
		words[i] = " " + w + " "
	}
	return words
}

// any reports whether one of a list is among the names.
func (s names) any(list wordList) bool {
	if len(s) < 3 {
		return false
	}
	for _, w := range list {
		if strings.Contains(string(s), w) {
			return true
		}
	}
	return false
}
