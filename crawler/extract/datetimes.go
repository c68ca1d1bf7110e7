package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// spellTimes writes the day of a <time> into its line where readers see less than that: "5. marts" or "for to år siden" is
// <time datetime="2024-03-05">. A line without a label of its own gets what the element is called for one.
func (p *page) spellTimes(bs []block) {
	at := map[*html.Node][]int{}
	for i := range bs {
		at[bs[i].node] = append(at[bs[i].node], i)
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if isElement(c, atom.Time) {
				p.spellTime(bs, at, c)
			} else if c.Type == html.ElementNode {
				walk(c)
			}
		}
	}
	walk(p.root)
}

func (p *page) spellTime(bs []block, at map[*html.Node][]int, t *html.Node) {
	day, ok := parseDate(attr(t, "datetime"), p.in.Now)
	shown := clean(inlineText(t))
	if !ok || day.Precision != index.Day || shown == "" || len(findDates(shown, p.in.Now)) > 0 || clockShown.MatchString(shown) || ofEvent(t) {
		return
	}
	box := t
	for box != nil && at[box] == nil {
		box = box.Parent
	}
	for _, i := range at[box] {
		before, after, ok := strings.Cut(bs[i].text, shown)
		if !ok {
			continue
		}
		if strings.TrimSpace(before) == "" {
			before = labelOfTime(t)
		}
		bs[i].text = before + day.Time.Format("2006-01-02") + after
		return
	}
}

// clockShown is an hour: what begins at one is an event, and its page came out on another day.
var clockShown = regexp.MustCompile(`(?i)\bkl\b|\d[.:]\d\d`)

// labelOfTime is the label that the names of an element stand for, "" when they say nothing.
func labelOfTime(t *html.Node) string {
	said := names(" " + strings.ToLower(attr(t, "itemprop")) + string(classWords(t)))
	switch {
	case said.any(publishedNames) || hasAttr(t, "pubdate"): // "published updated" until somebody changes the page
		return "Publiceret "
	case said.any(changedNames):
		return "Opdateret "
	}
	return ""
}

var (
	changedNames   = listOf("updated", "modified", "datemodified")
	publishedNames = listOf("published", "datepublished", "pubdate", "posted", "publiceret", "udgivet")
)

// eventNames are what templates call the day on which something takes place.
var eventNames = listOf("event", "events", "event date", "event time", "start date", "startdate", "end date", "enddate", "arrangement", "arrangementer")

// ofEvent reports whether an element, or the box around it, holds the day of an event by its name.
func ofEvent(n *html.Node) bool {
	for range 2 {
		if n == nil || isElement(n, atom.Main, atom.Article, atom.Body) {
			return false
		}
		if names(" "+strings.ToLower(attr(n, "itemprop"))+" ").any(eventNames) || classWords(n).any(eventNames) {
			return true
		}
		n = n.Parent
	}
	return false
}

// stuck is a label whose date begins without a space: the page parts the two by style alone.
var stuck = regexp.MustCompile(`(?i)^(udgivelsesdato|publiceringsdato|publiceret|udgivet|offentliggjort|oprettet|dato|(?:(?:sidst|senest)\s)?(?:opdateret|ændret|revideret|redigeret)|[a-zæøå]{2,20}frist|deadline|published|(?:last\s)?updated):?(\d{1,2}[./-]|\d{4}-\d)`)

// unstick parts such labels from their dates.
func unstick(bs []block) {
	for i := range bs {
		if len(bs[i].text) <= 200 && strings.ContainsAny(bs[i].text, "0123456789") {
			bs[i].text = stuck.ReplaceAllString(bs[i].text, "$1: $2")
		}
	}
}
