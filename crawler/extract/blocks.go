package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a paragraph, heading, list item or table row as it would stand on lines of its own.
type block struct {
	text string     // cleaned; cells of a row parted by "\t"
	link int        // characters of text that are links
	node *html.Node // the innermost block element
}

// blocks reads the text below root in document order. drop leaves out an element with all below it.
func blocks(root *html.Node, drop func(*html.Node) bool) []block {
	r := renderer{drop: drop, node: root}
	r.walk(root)
	r.flush()
	return r.out
}

type renderer struct {
	out  []block
	drop func(*html.Node) bool
	cur  strings.Builder
	link int
	node *html.Node // innermost block element around the walk

	inA, inCell, pre bool
}

func (r *renderer) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
		if unseen(n) || hidden(n) || r.drop != nil && r.drop(n) {
			return
		}
	}
	switch {
	case isElement(n, atom.Br):
		r.lineBreak()
	case isElement(n, atom.Td, atom.Th):
		r.cell(n)
	case isElement(n, atom.A):
		defer func(was bool) { r.inA = was }(r.inA)
		r.inA = true
		r.children(n)
	case isElement(n, atom.Sup):
		r.sup(n)
	case n.Type == html.ElementNode && isBlock(n):
		r.block(n)
	default:
		r.children(n)
	}
}

func (r *renderer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c)
	}
}

func (r *renderer) block(n *html.Node) {
	r.flush()
	outer, pre, inCell := r.node, r.pre, r.inCell
	r.node, r.pre, r.inCell = n, r.pre || n.DataAtom == atom.Pre, false
	r.children(n)
	r.flush()
	r.node, r.pre, r.inCell = outer, pre, inCell
}

// longCell is the length in characters from which a cell with line breaks is prose in a layout table.
const longCell = 100

// cell keeps simple cells of a row on one line. Cells that hold blocks or long texts are layout, and read as such.
func (r *renderer) cell(n *html.Node) {
	inside := func(ok func(*html.Node) bool) bool { return first(n, ok) != nil }
	if inside(isBlock) || inside(func(e *html.Node) bool { return isElement(e, atom.Br) }) && textLen(n) > longCell {
		r.block(n)
		return
	}
	if r.cur.Len() > 0 {
		r.cur.WriteByte('\t')
	}
	defer func(was bool) { r.inCell = was }(r.inCell)
	r.inCell = true
	r.children(n)
	r.cur.WriteByte('\t')
}

// lineBreak begins a new line, but for simple cells.
func (r *renderer) lineBreak() {
	if r.inCell {
		r.text(" ")
		return
	}
	r.flush()
}

// sup parts a footnote mark from its word, so that "indsats2" stays findable as "indsats".
func (r *renderer) sup(n *html.Node) {
	before, _ := utf8.DecodeLastRuneInString(r.cur.String())
	mark := inlineText(n)
	if unicode.IsLetter(before) && mark != "" && strings.Trim(mark, "0123456789,*[]()") == "" {
		r.text(" ")
	}
	r.children(n)
}

func (r *renderer) text(s string) {
	if r.pre {
		r.preformatted(s)
		return
	}
	// A tab of the source is space; tabs in cur part cells.
	s = strings.ReplaceAll(s, "\t", " ")
	r.cur.WriteString(s)
	if r.inA {
		r.link += utf8.RuneCountInString(strings.TrimSpace(s))
	}
}

func (r *renderer) preformatted(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			r.flush()
		}
		r.cur.WriteString(strings.ReplaceAll(line, "\t", " "))
	}
}

func (r *renderer) flush() {
	if r.cur.Len() == 0 {
		r.link = 0
		return
	}
	if text := cleanCells(r.cur.String()); text != "" {
		r.out = append(r.out, block{text: text, link: r.link, node: r.node})
	}
	r.cur.Reset()
	r.link = 0
}

// cleanCells cleans each cell of a row and leaves out empty ones.
func cleanCells(s string) string {
	if !strings.Contains(s, "\t") {
		return clean(s)
	}
	var cells []string
	for cell := range strings.SplitSeq(s, "\t") {
		if cell = clean(cell); cell != "" {
			cells = append(cells, cell)
		}
	}
	return strings.Join(cells, "\t")
}

// size is the number of characters of all blocks.
func size(bs []block) int {
	n := 0
	for _, b := range bs {
		n += utf8.RuneCountInString(b.text)
	}
	return n
}
