package extract

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

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
	p.fillKeywords(res)
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

func (p *page) fillKeywords(res *Result) {
	var out []string
	seen := map[string]bool{}
	rule, lists := "keywords-meta", p.meta.every("citation_keywords", "dc.subject", "dcterms.subject", "article:tag", "keywords", "news_keywords")
	if len(lists) == 0 {
		rule = "keywords-json-ld"
	}
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
	if len(out) > 0 {
		res.Keywords, res.Why["keywords"] = out, index.Reason{Rule: rule, Quote: clip(clean(strings.Join(lists, "; ")), 200)}
	}
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
