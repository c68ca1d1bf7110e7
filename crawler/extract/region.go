package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The shares, in per cent, were set on 60 articles and 500 Danish help pages (see measure_test.go); between
// 75 and 90 the figures move by less than one point.
const (
	matchShare  = 30 // of a block's word triples that the generic text has too
	regionShare = 95 // of the matched text that the region holds
	proseShare  = 85 // of the text beside a region that has to be prose to belong to it
	proseLength = 40 // characters from which a block can be prose
	proseLinks  = 20 // of a block's characters that may be links in prose
)

// textRegion is the deepest element that holds nearly all blocks in which generic text was found again, grown as
// long as what stands beside it reads like more of the same. nil when less than half of the generic text was found again.
func textRegion(own, generic []block) *html.Node {
	known := map[string]bool{}
	for _, b := range generic {
		for _, t := range triples(b.text) {
			known[t] = true
		}
	}
	weight := map[*html.Node]int{} // matched characters at or below a node
	total := 0
	for _, b := range own {
		if !matches(b.text, known) {
			continue
		}
		n := utf8.RuneCountInString(b.text)
		total += n
		for up := b.node; up != nil; up = up.Parent {
			weight[up] += n
		}
	}
	if total*2 < size(generic) || total == 0 {
		return nil
	}
	region := own[0].node
	for region.Parent != nil && weight[region]*100 < total*regionShare {
		region = region.Parent
	}
	region = deepest(region, weight, total)
	for up := region.Parent; up != nil && isProse(beside(own, up, region)); up = region.Parent {
		region = up
	}
	return region
}

// growOwn widens a region in the element that the page itself calls its text: the price list, the opening hours or the list of
// what to bring beside it are what readers come for, and the generic text has none of them. Beside a lone paragraph, which is
// all that was found of a short page, everything that leads nowhere is text; beside more of them lists and tables are.
func growOwn(own []block, box, region *html.Node) *html.Node {
	if region == nil || box == nil || !contains(box, region) {
		return region
	}
	lone := len(below(region, own)) == 1
	for up := region.Parent; up != nil && region != box; up = up.Parent {
		if more := beside(own, up, region); !isMatter(more, lone) {
			break
		}
		region = up
	}
	return region
}

// matterBox is the element that the page calls its text, else the one that holds a region together with the page's heading;
// nil where that is the whole body.
func matterBox(box, region *html.Node) *html.Node {
	if !isElement(box, atom.Body) || region == nil {
		return box
	}
	title := titleNode(box)
	for up := region.Parent; up != nil && title != nil && !isElement(up, atom.Body); up = up.Parent {
		if contains(up, title) {
			return up
		}
	}
	return nil
}

// isMatter reports whether most of some blocks is running text, headings, or rows and items that are no links; with loose set
// also any other line that is no link.
func isMatter(bs []block, loose bool) bool {
	all, matter := 0, 0
	for _, b := range bs {
		n := utf8.RuneCountInString(b.text)
		all += n
		if b.link*100 < proseLinks*n && (loose || n >= proseLength || isEntry(b.node)) {
			matter += n
		}
	}
	return matter*100 >= all*proseShare
}

// isEntry reports a heading, an item or a row.
func isEntry(n *html.Node) bool {
	return isHeading(n.DataAtom) || isElement(n, atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Table, atom.Tbody)
}

// deepest goes down from an element as long as one child still holds the region's share.
func deepest(n *html.Node, weight map[*html.Node]int, total int) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if weight[c]*100 >= total*regionShare {
			return deepest(c, weight, total)
		}
	}
	return n
}

// beside are the blocks below outer that are not below inner.
func beside(bs []block, outer, inner *html.Node) []block {
	var out []block
	for _, b := range bs {
		if contains(outer, b.node) && !contains(inner, b.node) {
			out = append(out, b)
		}
	}
	return out
}

// isProse reports whether most of some blocks is running text. No blocks are, so that a region grows through
// wrappers that hold nothing else.
func isProse(bs []block) bool {
	all, prose := 0, 0
	for _, b := range bs {
		n := utf8.RuneCountInString(b.text)
		all += n
		if n >= proseLength && b.link*100 < proseLinks*n {
			prose += n
		}
	}
	return prose*100 >= all*proseShare
}

func below(n *html.Node, bs []block) []block {
	var out []block
	for _, b := range bs {
		if contains(n, b.node) {
			out = append(out, b)
		}
	}
	return out
}

func matches(text string, known map[string]bool) bool {
	ts := triples(text)
	hits := 0
	for _, t := range ts {
		hits += btoi(known[t])
	}
	return hits > 0 && hits*100 >= len(ts)*matchShare
}

// triples are the runs of three words of a text, or the text itself when it is shorter.
func triples(text string) []string {
	words := strings.Fields(strings.ToLower(text))
	if len(words) < 3 {
		return []string{strings.Join(words, " ")}
	}
	out := make([]string, 0, len(words)-2)
	for i := range len(words) - 2 {
		out = append(out, strings.Join(words[i:i+3], " "))
	}
	return out
}

// describeNode writes an element the way a selector would: div#content.text.
func describeNode(n *html.Node) string {
	out := n.Data
	if id := attr(n, "id"); id != "" {
		out += "#" + id
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		out += "." + class
	}
	return clip(out, 80)
}
