package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// siteName is what the page calls its site.
func (p *page) siteName() string {
	if name := p.meta.first("og:site_name", "application-name", "dc.publisher", "dcterms.publisher"); name != "" {
		return name
	}
	for _, pub := range p.ld.objects(p.ld.main, "publisher") {
		if name := pub.str("name"); name != "" {
			return name
		}
	}
	for _, n := range p.ld.nodes {
		for _, t := range n.types() {
			if t == "WebSite" || t == "Organization" {
				return n.str("name")
			}
		}
	}
	return ""
}

// titleCandidate is a title and where it was read.
type titleCandidate struct{ text, rule, quote string }

func (p *page) fillTitle(res *Result) {
	c := p.chooseTitle(res.SiteName)
	res.Title = c.text
	if c.text != "" {
		res.Why["title"] = index.Reason{Rule: c.rule, Quote: c.quote}
	}
	res.Kicker = p.kicker(res)
}

// chooseTitle takes the most deliberate title: library metadata, then structured data, shares, the heading,
// the window title.
func (p *page) chooseTitle(site string) titleCandidate {
	heading := p.heading()
	host := hostName(p.in.URL)
	for _, c := range []titleCandidate{
		{text: p.meta.first("citation_title", "dc.title", "dcterms.title", "eprints.title"), rule: "title-citation"},
		{text: p.ld.headline(), rule: "title-json-ld"},
		{text: p.meta.first("og:title", "twitter:title"), rule: "title-og"},
		{text: heading, rule: "title-h1"},
		{text: p.windowTitle(), rule: "title-window"},
	} {
		text := stripTags(c.text)
		if c.rule != "title-h1" {
			text = cutSite(text, site, heading, host)
		}
		if text == "" || fold(text) == fold(site) && heading != "" && fold(heading) != fold(site) {
			continue
		}
		return titleCandidate{Mask(clip(text, 500)), c.rule, clip(c.text, 200)}
	}
	return titleCandidate{}
}

// headline is the title of the main object; a WebPage's name repeats the window title.
func (ld *jsonLD) headline() string {
	if kindRank(ld.main.types()) < 3 {
		return ""
	}
	if h := ld.main.str("headline"); h != "" {
		return h
	}
	return ld.main.str("name")
}

// heading is the text of the page's h1, of the one in the content where there are several.
func (p *page) heading() string {
	var inMain, all []string
	p.doc.Find("h1").Each(func(_ int, s *goquery.Selection) {
		n := s.Get(0)
		text := inlineText(n)
		if text == "" || hidden(n) {
			return
		}
		all = append(all, text)
		if within(n, atom.Main, atom.Article) != nil {
			inMain = append(inMain, text)
		}
	})
	if len(inMain) > 0 {
		return inMain[0]
	}
	if len(all) > 0 {
		return all[0]
	}
	return ""
}

func (p *page) windowTitle() string {
	n := first(p.root, func(n *html.Node) bool { return isElement(n, atom.Title) && n.Namespace == "" })
	if n == nil || n.FirstChild == nil {
		return ""
	}
	return clean(n.FirstChild.Data)
}

// separators part a title from the name of its site. A lone hyphen between words counts only with space around.
var separators = []string{" | ", " – ", " — ", " - ", " · ", " • ", " » ", " :: ", " / ", " « "}

// cutSite cuts the site's name off a title: when it is known, or when what is left is the page's heading.
func cutSite(title, site, heading, host string) string {
	for _, sep := range separators {
		if head, tail, ok := cutLast(title, sep); ok && isSite(head, tail, site, heading, host) {
			return cutSite(strings.TrimSpace(head), site, heading, host)
		}
		if head, tail, ok := strings.Cut(title, sep); ok && isSite(tail, head, site, heading, host) {
			return cutSite(strings.TrimSpace(tail), site, heading, host)
		}
	}
	return strings.TrimSpace(title)
}

func cutLast(s, sep string) (head, tail string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// isSite reports whether name, the part of a title beside rest, is the name of the site.
func isSite(rest, name, site, heading, host string) bool {
	if fold(rest) == "" || fold(name) == "" {
		return false
	}
	if site != "" && fold(name) == fold(site) || isHost(name, host) {
		return true
	}
	return heading != "" && fold(rest) == fold(heading) && utf8.RuneCountInString(name) <= 60
}

// isHost reports whether a host is named for it: Børnerådet for boerneraadet.dk, VIVE for vive.dk.
func isHost(name, host string) bool {
	for _, spell := range []*strings.Replacer{danishASCII, danishBare} {
		plain := spell.Replace(fold(name))
		for label := range strings.SplitSeq(host, ".") {
			if strings.ReplaceAll(label, "-", "") == plain && plain != "" {
				return true
			}
		}
		if strings.ReplaceAll(strings.ReplaceAll(host, ".", ""), "-", "") == plain {
			return true
		}
	}
	return false
}

var (
	danishASCII = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "ä", "ae", "ö", "oe")
	danishBare  = strings.NewReplacer("æ", "ae", "ø", "o", "å", "a", "ä", "a", "ö", "o")
)
