package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is learnt of one site. A template shows itself on a dozen pages; more pages make its rarer parts sure.
const (
	// LearnFrom is the number of pages from which a site shows its template.
	LearnFrom = 8
	// LearnMost is the number of pages from which nothing new is learnt; a Learner takes no more.
	LearnMost      = 200
	learnBlocks    = 3000   // of one page
	learnPaths     = 60_000 // of all pages together
	learnDepth     = 60     // elements above a block that count
	learnPageBytes = 2 << 20
)

// The thresholds of a template. They were set on made sites of eight shapes and two real ones (templates_test.go,
// measure_test.go); what they separate lies far apart on all of them, so that half of them or double is no other model.
const (
	repeatMin    = 3  // pages on which the same words in the same place are no coincidence
	linePages    = 70 // per cent of the pages of a kind that say a line of its template
	framePages   = 25 // per cent of the pages that have a part of the frame,
	heldPages    = 60 // or, where it stands in the element that holds the text, of the pages with that
	frameRepeats = 75 // per cent of a part's text that stands on other pages too
	frameLinks   = 80 // per cent of a part's text that are links
	linkPages    = 70 // per cent of the pages that have a part of nothing but links, for that to be frame
	holderShare  = 92 // per cent of a page's own text that its container holds, on the median page
	holderPages  = 20 // per cent of the pages that a container has to serve
)

// Learner gathers the pages of one site of which a Model is to be made. What it learns does not depend on the order in
// which they are added. The zero value is ready; its size is bounded by LearnMost pages.
type Learner struct {
	pages []pageShape
	paths pathTable
}

// pageShape is what is kept of a page: where its blocks stand and a hash of what they say.
type pageShape struct {
	blocks []blockShape
	counts map[int32]int // elements of a path
}

type blockShape struct {
	path       int32
	line       uint64
	size, link int32
}

// pathTable gives each way from the body down to an element a number. Its parent has a smaller one.
type pathTable struct {
	byHash map[uint64]int32
	nodes  []pathNode
}

type pathNode struct {
	parent int32 // -1 for the body
	hash   uint64
	name   string // of the last element: div#content.text
	tag    atom.Atom
}

// Add takes in a page. Pages that are no HTML, are empty or huge, or come after LearnMost others teach nothing.
func (l *Learner) Add(in Input) {
	if len(l.pages) >= LearnMost || len(in.Body) > learnPageBytes || sniff(in) != "html" {
		return
	}
	text, _, _ := decode(in)
	root, limits, err := parse(text)
	if err != nil || len(limits) > 0 {
		return
	}
	if shape := l.shape(root); len(shape.blocks) > 0 {
		l.pages = append(l.pages, shape)
	}
}

// Pages returns how many pages have been taken in.
func (l *Learner) Pages() int { return len(l.pages) }

func (l *Learner) shape(root *html.Node) pageShape {
	box := body(root)
	shape := pageShape{counts: map[int32]int{}}
	seen := map[*html.Node]int32{box: -1}
	title := titleWords(root)
	for _, b := range blocks(box, nil) {
		at, ok := l.paths.of(b.node, seen, shape.counts)
		if !ok || len(shape.blocks) >= learnBlocks {
			continue
		}
		shape.blocks = append(shape.blocks, blockShape{
			path: at, line: lineHash(b.text, title), size: int32(utf8.RuneCountInString(b.text)), link: int32(b.link),
		})
	}
	return shape
}

// of numbers the path of an element and counts the elements on it that were not met on this page.
func (t *pathTable) of(n *html.Node, seen map[*html.Node]int32, counts map[int32]int) (int32, bool) {
	if id, ok := seen[n]; ok {
		return id, true
	}
	if n.Parent == nil {
		return -1, true
	}
	parent, ok := t.of(n.Parent, seen, counts)
	if !ok {
		return 0, false
	}
	id, ok := t.child(parent, n)
	if ok {
		seen[n] = id
		counts[id]++
	}
	return id, ok
}

func (t *pathTable) child(parent int32, n *html.Node) (int32, bool) {
	above := uint64(fnvStart)
	if parent >= 0 {
		above = t.nodes[parent].hash
	}
	h := pathHash(above, n)
	if id, ok := t.byHash[h]; ok {
		return id, true
	}
	if len(t.nodes) >= learnPaths {
		return 0, false
	}
	if t.byHash == nil {
		t.byHash = map[uint64]int32{}
	}
	id := int32(len(t.nodes))
	t.nodes = append(t.nodes, pathNode{parent: parent, hash: h, name: elementName(n), tag: n.DataAtom})
	t.byHash[h] = id
	return id, true
}

// Hashes are kept with the model, so they have to be the same in every process: FNV-1a.
const fnvStart, fnvPrime = 14695981039346656037, 1099511628211

func fnvByte(h uint64, b byte) uint64 { return (h ^ uint64(b)) * fnvPrime }

// pathHash extends the hash of a path by an element: its tag, its id unless that is a number of the page, and its first
// two classes. More classes are states and counters of the page more often than names of the template.
func pathHash(h uint64, n *html.Node) uint64 {
	h = fnvByte(h, '/')
	for i := range len(n.Data) {
		h = fnvByte(h, n.Data[i])
	}
	if id := attr(n, "id"); id != "" && !strings.ContainsAny(id, "0123456789") {
		h = foldHash(fnvByte(h, '#'), id)
	}
	i := 0
	for class := range strings.FieldsSeq(attr(n, "class")) {
		h = foldHash(fnvByte(h, '.'), class)
		if i++; i == 2 {
			break
		}
	}
	if n.DataAtom == atom.Td { // the columns of a layout table have nothing else to tell them apart
		h = fnvByte(h, byte(column(n)))
	}
	return h
}

func column(n *html.Node) int {
	i := 1
	for p := n.PrevSibling; p != nil; p = p.PrevSibling {
		i += btoi(p.Type == html.ElementNode)
	}
	return i
}

// foldHash reads runs of digits as one.
func foldHash(h uint64, s string) uint64 {
	digit := false
	for i := range len(s) {
		b := s[i]
		if '0' <= b && b <= '9' {
			if digit {
				continue
			}
			digit, b = true, '0'
		} else {
			digit = false
		}
		h = fnvByte(h, b)
	}
	return h
}

// elementName writes an element as pathHash reads it.
func elementName(n *html.Node) string {
	var b strings.Builder
	b.WriteString(n.Data)
	if id := attr(n, "id"); id != "" && !strings.ContainsAny(id, "0123456789") {
		b.WriteString("#" + id)
	}
	for i, class := range strings.Fields(attr(n, "class")) {
		if i == 2 {
			break
		}
		b.WriteString("." + class)
	}
	return clip(b.String(), 60)
}

// titleWords is what a page calls itself, as its lines may repeat it; "" when it is too short to be told from other words.
func titleWords(root *html.Node) string {
	n := titleNode(root)
	if n == nil {
		n = first(root, func(n *html.Node) bool { return isElement(n, atom.Title) })
	}
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	if title := clean(b.String()); len(title) >= shortestTitle {
		return title
	}
	return ""
}

// lineHash is the hash of a line's letters with numbers, months and the page's own title folded: "Opdateret 3. maj 2024" and
// "Forside > Leg" are one line on all pages.
func lineHash(text, title string) uint64 {
	h := uint64(fnvStart)
	if title != "" && len(text) > len(title) {
		text = strings.Replace(text, title, " 0 ", 1)
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		word = strings.ToLower(word)
		if isMonth(word) {
			word = "0"
		}
		h = fnvByte(foldHash(h, word), ' ')
	}
	return h
}

func isMonth(word string) bool {
	switch word {
	case "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "okt", "nov", "dec":
		return true
	}
	return false
}

// Learn makes the model of the pages that were added, nil of fewer than LearnFrom.
func (l *Learner) Learn() *Model {
	if len(l.pages) < LearnFrom {
		return nil
	}
	s := newSurvey(l)
	m := &Model{Pages: len(l.pages)}
	holders := s.holders()
	for _, id := range holders {
		m.Holders = append(m.Holders, l.paths.part(id))
	}
	// What lies outside the holders is not read anyway. Left out, it cannot make two models of models that read alike.
	for id := range l.paths.nodes {
		if s.frame[id] && s.oftenIn(int32(id), holders) && !s.underFrame(l.paths.nodes[id].parent) {
			m.Frame = append(m.Frame, l.paths.part(int32(id)))
		}
	}
	m.Lines = s.templateLines(holders)
	slices.SortFunc(m.Frame, compareParts)
	m.index()
	return m
}

func compareParts(a, b Part) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Path, b.Path))
}

// part names a path by its last three elements.
func (t *pathTable) part(id int32) Part {
	p := Part{Path: t.nodes[id].hash}
	var names []string
	for at := id; at >= 0 && len(names) < 3; at = t.nodes[at].parent {
		names = append(names, t.nodes[at].name)
	}
	slices.Reverse(names)
	p.Name = strings.Join(names, " > ")
	return p
}

func (t *pathTable) depth(id int32) int {
	n := 0
	for ; id >= 0; id = t.nodes[id].parent {
		n++
	}
	return n
}
