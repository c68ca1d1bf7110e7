package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// ldNode is one object of JSON-LD. A nil node answers every question with nothing.
type ldNode map[string]any

// jsonLD is what a page says about itself in schema.org's words.
type jsonLD struct {
	nodes []ldNode
	byID  map[string]ldNode
	main  ldNode // the thing the page is about: an article, report, grant ... or the page itself
}

// Bounds of JSON-LD: scripts read, objects kept, depth of the walk.
const (
	maxScripts = 50
	maxThings  = 500
	maxLDDepth = 12
)

func readJSONLD(doc *goquery.Document, address string) jsonLD {
	ld := jsonLD{byID: map[string]ldNode{}}
	doc.Find("script[type]").EachWithBreak(func(i int, s *goquery.Selection) bool {
		kind, _, _ := strings.Cut(strings.ToLower(s.AttrOr("type", "")), ";")
		if strings.TrimSpace(kind) == "application/ld+json" {
			for _, v := range decodeLoose(s.Text()) {
				ld.collect(v, 0)
			}
		}
		return i < maxScripts
	})
	ld.choose(address)
	return ld
}

// collect keeps the objects that describe the page: top level, graph, main entity. What stands in lists or as
// part of something describes other pages.
func (ld *jsonLD) collect(v any, depth int) {
	if depth > maxLDDepth || len(ld.nodes) >= maxThings {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			ld.collect(item, depth+1)
		}
	case map[string]any:
		n := ldNode(v)
		ld.nodes = append(ld.nodes, n)
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			ld.byID[id] = n
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			switch v[key].(type) {
			case map[string]any, []any:
				ld.collect(v[key], depth+1)
			}
		}
	}
}

// choose picks the main object: the best kind first, and of one kind that which names the page's address.
func (ld *jsonLD) choose(address string) {
	best := 0
	for _, n := range ld.nodes {
		rank := kindRank(n.types())
		if rank > 0 && n.names(address) {
			rank += 10
		}
		if rank > best {
			best, ld.main = rank, n
		}
	}
}

// kindRank orders types by how much they are a work; 0 is none.
func kindRank(types []string) int {
	best := 0
	for _, t := range types {
		rank := 0
		switch {
		case strings.HasSuffix(t, "Article"), t == "Report", t == "BlogPosting", t == "Book", t == "Thesis", t == "Chapter",
			t == "PodcastEpisode", t == "Legislation", t == "Guide", t == "Course", t == "Review":
			rank = 4
		case t == "Grant", t == "MonetaryGrant", t == "Event", t == "Dataset", t == "CreativeWork", t == "Project", t == "ResearchProject":
			rank = 3
		case t == "FAQPage", t == "QAPage", t == "HowTo":
			rank = 2
		case t == "WebPage", t == "AboutPage", t == "ItemPage":
			rank = 1
		}
		best = max(best, rank)
	}
	return best
}

func (n ldNode) types() []string {
	var out []string
	for _, t := range n.strs("@type") {
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		out = append(out, t)
	}
	return out
}

// names reports whether the object says that it stands at the address.
func (n ldNode) names(address string) bool {
	for _, key := range []string{"url", "@id", "mainEntityOfPage"} {
		u, _, _ := strings.Cut(n.str(key), "#")
		if u != "" && strings.TrimSuffix(u, "/") == strings.TrimSuffix(address, "/") {
			return true
		}
	}
	return false
}

// str returns the first text of a property, cleaned.
func (n ldNode) str(key string) string {
	if all := n.strs(key); len(all) > 0 {
		return all[0]
	}
	return ""
}

// strs returns all texts of a property. Objects stand for their value, name, address or id.
func (n ldNode) strs(key string) []string {
	return ldStrings(n[key], 0)
}

func ldStrings(v any, depth int) []string {
	switch v := v.(type) {
	case string:
		if s := clean(html.UnescapeString(v)); s != "" {
			return []string{s}
		}
	case json.Number:
		return []string{v.String()}
	case bool:
		return []string{fmt.Sprint(v)}
	case []any:
		var out []string
		for _, item := range v {
			if depth < maxLDDepth && len(out) < maxThings {
				out = append(out, ldStrings(item, depth+1)...)
			}
		}
		return out
	case map[string]any:
		for _, key := range []string{"@value", "name", "value", "url", "@id"} {
			if depth < maxLDDepth && v[key] != nil {
				return ldStrings(v[key], depth+1)
			}
		}
	}
	return nil
}

// objects returns the objects of a property, with references by @id followed.
func (ld *jsonLD) objects(n ldNode, key string) []ldNode {
	var out []ldNode
	items, ok := n[key].([]any)
	if !ok {
		items = []any{n[key]}
	}
	for _, item := range items {
		switch item := item.(type) {
		case map[string]any:
			if id, ok := item["@id"].(string); ok && item["name"] == nil && ld.byID[id] != nil {
				out = append(out, ld.byID[id])
				continue
			}
			out = append(out, item)
		case string:
			out = append(out, ldNode{"name": item})
		}
	}
	return out
}

// decodeLoose reads JSON as it is found on pages: in comments or CDATA, several values in a row, line breaks
// inside strings, commas too many. What cannot be read at all is left out.
func decodeLoose(s string) []any {
	s = strings.TrimSpace(s)
	if out, ok := decodeAll(s); ok {
		return out
	}
	mended := mendJSON(s)
	if out, ok := decodeAll(mended); ok {
		return out
	}
	out, _ := decodeAll(html.UnescapeString(mended))
	return out
}

func decodeAll(s string) (out []any, whole bool) {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			return out, false
		}
		out = append(out, v)
	}
	return out, true
}

var jsonWrapping = regexp.MustCompile(`<!--|-->|//\s*<!\[CDATA\[|//\s*\]\]>|<!\[CDATA\[|\]\]>|/\*|\*/`)

// mendJSON drops comment marks around the value, escapes control characters inside strings, and drops a
// semicolon or comma before a closing bracket or the end.
func mendJSON(s string) string {
	s = strings.Trim(jsonWrapping.ReplaceAllString(s, ""), " \t\r\n;")
	var out bytes.Buffer
	inString, escaped := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case inString && c < ' ':
			fmt.Fprintf(&out, `\u%04x`, c)
			escaped = false
			continue
		case inString:
			inString = c != '"' || escaped
			escaped = c == '\\' && !escaped
		case c == '"':
			inString = true
		case c == ',' && closes(s[i+1:]):
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

func closes(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\n,")
	return rest == "" || rest[0] == '}' || rest[0] == ']'
}
