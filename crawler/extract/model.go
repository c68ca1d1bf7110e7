package extract

import (
	"encoding/json"
	"fmt"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// Model is what the pages of one site have in common: the lines and parts of its template, and the elements in which it
// keeps its texts. It is made by a Learner, and does not change.
type Model struct {
	Pages   int     `json:"pages"`             // that it was learnt from
	Holders []Part  `json:"holders,omitempty"` // elements that hold the text, the most used first
	Frame   []Part  `json:"frame,omitempty"`   // elements of the template
	Lines   []Place `json:"lines,omitempty"`   // lines of the template that stand among the text

	holders map[uint64]int
	frame   map[uint64]bool
	lines   map[Place]bool
}

// Part is an element of a site's pages: the hash of the way down to it, and its last names for people to read.
type Part struct {
	Path uint64 `json:"path,string"`
	Name string `json:"name"`
}

// Place is a line in one place of a site's pages, both as hashes: what a model keeps of foreign texts cannot be read.
type Place struct {
	Path uint64 `json:"path,string"`
	Line uint64 `json:"line,string"`
}

func (m *Model) index() {
	m.holders, m.frame, m.lines = map[uint64]int{}, map[uint64]bool{}, map[Place]bool{}
	for i, p := range m.Holders {
		m.holders[p.Path] = i
	}
	for _, p := range m.Frame {
		m.frame[p.Path] = true
	}
	for _, p := range m.Lines {
		m.lines[p] = true
	}
}

// UnmarshalJSON makes a stored model ready to read pages.
func (m *Model) UnmarshalJSON(text []byte) error {
	type plain Model // without this method
	if err := json.Unmarshal(text, (*plain)(m)); err != nil {
		return err
	}
	m.index()
	return nil
}

// ParseModel reads what Model.String wrote.
func ParseModel(text string) (*Model, error) {
	m := new(Model)
	if err := json.Unmarshal([]byte(text), m); err != nil {
		return nil, fmt.Errorf("parse site model: %w", err)
	}
	return m, nil
}

// String writes the model as JSON.
func (m *Model) String() string {
	out, err := json.Marshal(m)
	if err != nil {
		return "" // strings and numbers always marshal
	}
	return string(out)
}

// Version names what the model says; two models that read every page alike have one. A nil model has "".
func (m *Model) Version() string {
	if m == nil {
		return ""
	}
	h := uint64(fnvStart)
	add := func(n uint64) {
		for i := range 8 {
			h = fnvByte(h, byte(n>>(8*i)))
		}
	}
	for _, list := range [][]Part{m.Holders, m.Frame} {
		add(uint64(len(list)))
		for _, p := range list {
			add(p.Path)
		}
	}
	for _, p := range m.Lines {
		add(p.Path)
		add(p.Line)
	}
	return strconv.FormatUint(h, 36)
}

// modelReader finds the places of a model on one page.
type modelReader struct {
	m     *Model
	paths map[*html.Node]uint64
	box   *html.Node // the body
}

func (r *modelReader) path(n *html.Node) uint64 {
	if n == r.box || n == nil {
		return fnvStart
	}
	if h, ok := r.paths[n]; ok {
		return h
	}
	h := pathHash(r.path(n.Parent), n)
	r.paths[n] = h
	return h
}

// ByModel is the rule of a text that was read by the site's model.
const ByModel = "text-model"

// minModel is the least text in characters for which a model is believed; a page of less is read as any other.
const minModel = 40

// modelText reads the page by what is known of its site: all of the element that holds its text, but for the lines and
// parts of the template. It reports false where the page is none of those that the model knows.
func (p *page) modelText(doc *html.Node) ([]block, index.Reason, bool) {
	m := p.in.Model
	if m == nil {
		return nil, index.Reason{}, false
	}
	r := modelReader{m: m, paths: map[*html.Node]uint64{}, box: body(doc)}
	holder, rank := r.holder(r.box, len(m.Holders))
	if holder == nil {
		return nil, index.Reason{}, false
	}
	c := chrome{title: titleNode(holder), total: textLen(holder), scope: holder, known: true}
	bs := withoutFrameLines(blocks(holder, func(n *html.Node) bool { return m.frame[r.path(n)] || c.drop(n) }))
	kept := r.withoutTemplate(bs, titleWords(doc))
	if size(kept) < minModel {
		return nil, index.Reason{}, false
	}
	return kept, index.Reason{Rule: ByModel, Quote: m.Holders[rank].Name}, true
}

// withoutTemplate leaves out the lines of the template. Headings that a journal asks of every author ("Metode") recur on
// its pages as those of a box do ("Læs også"); what tells them apart is whose text they stand over.
func (r *modelReader) withoutTemplate(bs []block, title string) []block {
	template := make([]bool, len(bs))
	for i, b := range bs {
		template[i] = r.m.lines[Place{r.path(b.node), lineHash(b.text, title)}]
	}
	kept := make([]block, 0, len(bs))
	for i, b := range bs {
		if !template[i] || r.headsText(bs, template, i) {
			kept = append(kept, b)
		}
	}
	return kept
}

// headsText reports whether a block is a heading over text of the page: what follows it, below further headings of its
// section perhaps, is no template. An h1 that recurs heads no section, it is the name of the site.
func (r *modelReader) headsText(bs []block, template []bool, i int) bool {
	level := bs[i].node.DataAtom
	if !isHeading(level) || level == atom.H1 {
		return false
	}
	for j := i + 1; j < len(bs); j++ {
		switch tag := bs[j].node.DataAtom; {
		case !isHeading(tag):
			return !template[j] && !r.frameBetween(bs[i].node, bs[j].node)
		case tag.String() <= level.String():
			return false
		}
	}
	return false
}

// frameBetween reports whether a part of the template stands between two elements, the second after the first.
func (r *modelReader) frameBetween(from, to *html.Node) bool {
	for n := after(from); n != nil && n != to; {
		switch {
		case contains(n, to):
			n = n.FirstChild
		case n.Type == html.ElementNode && r.m.frame[r.path(n)] && textLen(n) > 0:
			return true
		default:
			n = after(n)
		}
	}
	return false
}

// after is the node that follows in document order what lies below n.
func after(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

// holder finds the element on the page that holds the text on most pages of the site.
func (r *modelReader) holder(n *html.Node, best int) (found *html.Node, rank int) {
	rank = best
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || r.m.frame[r.path(c)] {
			continue
		}
		if at, ok := r.m.holders[r.path(c)]; ok && at < rank {
			found, rank = c, at
		}
		if deeper, at := r.holder(c, rank); deeper != nil {
			found, rank = deeper, at
		}
	}
	return found, rank
}
