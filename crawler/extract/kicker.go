package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// kickerWords are names that templates give to the word above a title.
var kickerWords = listOf("kicker", "overline", "eyebrow", "trumpet", "overskrift label", "rubrik", "stikord", "article label", "article type", "content type", "category label", "manchet label")

// kicker is the word above the title: by its class, by its place right above the heading, or the section that
// metadata name.
func (p *page) kicker(res *Result) string {
	h1 := titleNode(p.root)
	if h1 != nil {
		if n := first(p.root, func(n *html.Node) bool { return classWords(n).any(kickerWords) }); n != nil {
			if text := p.undated(inlineText(n)); fitsKicker(text, res.Title) {
				res.Why["kicker"] = index.Reason{Rule: "kicker-class", Quote: attr(n, "class")}
				return text
			}
		}
		if text := p.undated(aboveHeading(h1)); fitsKicker(text, res.Title) {
			res.Why["kicker"] = index.Reason{Rule: "kicker-above", Quote: text}
			return text
		}
	}
	section, from := p.meta.find("article:section", "og:article:section", "dc.type.articletype", "citation_section")
	if section == "" {
		section, from = p.ld.main.str("articleSection"), "json-ld articleSection"
	}
	if fitsKicker(section, res.Title) {
		res.Why["kicker"] = index.Reason{Rule: "kicker-meta", Quote: from}
		return section
	}
	return ""
}

// undated takes the date off a kicker that has one beside it: "Kronik 21/06/2021". A line that a date opens stays as it is.
func (p *page) undated(text string) string {
	if len(text) > 120 {
		return text
	}
	found := findDates(text, p.in.Now)
	if len(found) != 1 || strings.TrimSpace(clockTime.ReplaceAllString(text[found[0].end:], "")) != "" {
		return text
	}
	return strings.TrimRight(leadIn.ReplaceAllString(text[:found[0].start], ""), " |·•,:–-")
}

// fitsKicker reports whether a text is one to four words and not the title again.
func fitsKicker(text, title string) bool {
	return text != "" && utf8.RuneCountInString(text) <= 40 && len(strings.Fields(text)) <= 4 &&
		fold(text) != fold(title) && !strings.ContainsAny(text, "0123456789»>@/[") && !isFrameLine(text)
}

// aboveHeading is the text of the element right before the heading, when it is a line of its own.
func aboveHeading(h1 *html.Node) string {
	for n := h1.PrevSibling; n != nil; n = n.PrevSibling {
		if n.Type != html.ElementNode {
			continue
		}
		if isElement(n, atom.P, atom.Span, atom.Div, atom.Strong) && first(n, func(e *html.Node) bool { return isBlock(e) || isElement(e, atom.A) && attr(e, "href") == "/" }) == nil {
			return inlineText(n)
		}
		return ""
	}
	return ""
}
