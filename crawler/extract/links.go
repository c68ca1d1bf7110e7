package extract

import (
	"regexp"
	"strconv"
	"strings"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/discover"
)

// absolute resolves an address of the page; what is not http or https becomes "".
func (p *page) absolute(href string) string {
	u, err := canonical.Parse(strings.TrimSpace(href), p.found.Base)
	if err != nil {
		return ""
	}
	return u
}

func (p *page) fillAddresses(res *Result) {
	res.Links = p.withNeighbours(p.found.Links)
	for i := range res.Links {
		res.Links[i].Text = Mask(clean(res.Links[i].Text))
	}
	res.Canonical = p.canonical()
	for _, a := range p.found.Alternates {
		if a.Lang != "" {
			res.Alternates = append(res.Alternates, Alternate{Lang: a.Lang, URL: a.URL})
		}
	}
	for _, feed := range p.found.Feeds {
		res.Feeds = append(res.Feeds, feed.URL)
	}
	res.Refresh = p.refresh()
}

// withNeighbours adds the pages before and after in a series that a page names in its head or header alone: a list that
// grows as one scrolls has no other link to the rest of it.
func (p *page) withNeighbours(links []Link) []Link {
	var more []Link
	for _, u := range p.found.Next {
		more = append(more, Link{URL: u, Rel: "next"})
	}
	for _, u := range p.found.Prev {
		more = append(more, Link{URL: u, Rel: "prev"})
	}
	for _, l := range discover.HeaderLinks(p.in.Header.Values("Link"), p.in.URL) {
		if hasWord(l.Rel, "next") || hasWord(l.Rel, "prev") {
			more = append(more, l)
		}
	}
	known := make(map[string]bool, len(links))
	for _, l := range links {
		known[l.URL] = true
	}
	for _, l := range more {
		if !known[l.URL] {
			known[l.URL] = true
			links = append(links, l)
		}
	}
	return links
}

// canonical returns the address that the page calls its own, in its head or its header. Two different ones are none.
func (p *page) canonical() string {
	all := p.found.Canonical
	for _, l := range discover.HeaderLinks(p.in.Header.Values("Link"), p.in.URL) {
		if hasWord(l.Rel, "canonical") {
			all = append(all, l.URL)
		}
	}
	for _, u := range all {
		if u != all[0] {
			return ""
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.Trim(w, ",") == word {
			return true
		}
	}
	return false
}

var refreshValue = regexp.MustCompile(`(?i)^\s*(\d{1,5})(?:\.\d*)?\s*(?:[;,]\s*)?(?:url\s*=\s*)?["']?([^"']*)`)

// maxRefresh is the delay in seconds up to which a meta refresh moves the reader; beyond it, it is a page that
// renews itself.
const maxRefresh = 10

// refresh reads <meta http-equiv=refresh>. One in <noscript> is none: it speaks to readers without scripts.
func (p *page) refresh() string {
	m := refreshValue.FindStringSubmatch(p.meta.first("refresh"))
	if m == nil || strings.TrimSpace(m[2]) == "" {
		return ""
	}
	if seconds, err := strconv.Atoi(m[1]); err != nil || seconds > maxRefresh {
		return ""
	}
	if u := p.absolute(m[2]); u != p.in.URL {
		return u
	}
	return ""
}
