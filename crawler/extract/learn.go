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

// templateLines are the lines that stand among the text of nearly all pages of a kind. What half of them say is a
// heading of their authors: "Relaterede emner".
func (s *survey) templateLines(holders []int32) []Place {
	var all []Place
	for key, n := range s.lines {
		for id := key.path; id >= 0; id = s.paths.nodes[id].parent {
			if slices.Contains(holders, id) && n >= repeatMin && n*100 >= s.parts[id].pages*linePages {
				all = append(all, Place{Path: s.paths.nodes[key.path].hash, Line: key.line})
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line)) })
	return all
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

type lineKey struct {
	path int32
	line uint64
}

// survey counts over all pages.
type survey struct {
	*Learner
	lines map[lineKey]int // pages that say a line in a place
	parts []partCount     // by path
	frame []bool
}

type partCount struct {
	pages, elements, blocks int
	size, repeated, link    int
}

func newSurvey(l *Learner) *survey {
	s := &survey{Learner: l, lines: map[lineKey]int{}, parts: make([]partCount, len(l.paths.nodes)), frame: make([]bool, len(l.paths.nodes))}
	for _, p := range l.pages {
		met := map[lineKey]bool{}
		for _, b := range p.blocks {
			if key := (lineKey{b.path, b.line}); !met[key] && b.path >= 0 {
				met[key] = true
				s.lines[key]++
			}
		}
		for id, n := range p.counts {
			s.parts[id].pages++
			s.parts[id].elements += n
		}
	}
	for _, p := range l.pages {
		for _, b := range p.blocks {
			s.count(b)
		}
	}
	for id := range s.parts {
		s.frame[id] = s.isFrame(int32(id))
	}
	return s
}

// count adds a block to every element around it.
func (s *survey) count(b blockShape) {
	repeated := s.repeats(b)
	for id := b.path; id >= 0; id = s.paths.nodes[id].parent {
		c := &s.parts[id]
		c.blocks++
		c.size += int(b.size)
		c.link += int(b.link)
		if repeated {
			c.repeated += int(b.size)
		}
	}
}

func (s *survey) repeats(b blockShape) bool {
	return b.path >= 0 && s.lines[lineKey{b.path, b.line}] >= repeatMin
}

// isFrame reports whether a part of the pages belongs to their frame: it says the same on many of them, or it leads
// elsewhere on most that have it.
func (s *survey) isFrame(id int32) bool {
	c := s.parts[id]
	if c.pages < repeatMin+1 || c.pages*100 < len(s.pages)*framePages || isLeaf(s.paths.nodes[id].tag) {
		return false
	}
	if c.repeated*100 >= c.size*frameRepeats {
		return true
	}
	// Links to other pages are part of a text that has some, and part of the frame where every page has them.
	return c.link*100 >= c.size*frameLinks && c.blocks >= 2*c.pages && c.pages*100 >= len(s.pages)*linkPages
}

// isLeaf reports whether an element is a line of a text rather than a part of a page: lines are judged by what they say.
func isLeaf(tag atom.Atom) bool {
	switch tag {
	case atom.Dt, atom.Dd, atom.Th, atom.Summary, atom.Caption, atom.Li, atom.Td, atom.P:
		return true
	}
	return isHeading(tag)
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// oftenIn reports whether a part stands in a holder on most pages that have it. Words that authors share between pages
// are text on the fewer ones.
func (s *survey) oftenIn(part int32, holders []int32) bool {
	for id := s.paths.nodes[part].parent; id >= 0; id = s.paths.nodes[id].parent {
		if slices.Contains(holders, id) {
			return s.parts[part].pages*100 >= s.parts[id].pages*heldPages
		}
	}
	return false
}

func (s *survey) underFrame(id int32) bool {
	for ; id >= 0; id = s.paths.nodes[id].parent {
		if s.frame[id] {
			return true
		}
	}
	return false
}

// holders are the elements in which the pages keep their text, the most used first. A site has one for each of its
// page types.
func (s *survey) holders() []int32 {
	own := s.ownText()
	left := make([]int, 0, len(s.pages))
	for i := range s.pages {
		if own[i].total > 0 {
			left = append(left, i)
		}
	}
	var found []int32
	for len(left)*100 >= len(s.pages)*holderPages && len(left) >= LearnFrom/2 && len(found) < 8 {
		id := s.holder(own, left)
		if id < 0 {
			return found
		}
		found = append(found, id)
		left = slices.DeleteFunc(left, func(i int) bool { return own[i].below[id] > 0 })
	}
	return found
}

// ownShare is how much of a page's own text stands below each path.
type ownShare struct {
	total int
	below map[int32]int
}

func (s *survey) ownText() []ownShare {
	all := make([]ownShare, len(s.pages))
	for i, p := range s.pages {
		o := ownShare{below: map[int32]int{}}
		for _, b := range p.blocks {
			if s.underFrame(b.path) || s.repeats(b) {
				continue
			}
			o.total += int(b.size)
			for id := b.path; id >= 0; id = s.paths.nodes[id].parent {
				o.below[id] += int(b.size)
			}
		}
		all[i] = o
	}
	return all
}

// holder is the deepest single element that holds nearly all own text of most of the pages, -1 when there is none.
func (s *survey) holder(own []ownShare, pages []int) int32 {
	best, bestDepth, bestPages := int32(-1), -1, 0
	shares := map[int32][]int{}
	for _, i := range pages {
		for id, n := range own[i].below {
			if s.pages[i].counts[id] == 1 {
				shares[id] = append(shares[id], n*100/own[i].total)
			}
		}
	}
	for id, list := range shares {
		if len(list)*100 < len(s.pages)*holderPages || len(list) < LearnFrom/2 {
			continue
		}
		slices.Sort(list)
		if list[len(list)/2] < holderShare || list[len(list)/10] < holderShare/2 {
			continue
		}
		depth := s.paths.depth(id)
		// What serves more pages is the rule; among those of equal use the deeper one is closer to the text.
		use := len(list) * 10 / len(pages)
		if use > bestPages || use == bestPages && (depth > bestDepth || depth == bestDepth && s.paths.nodes[id].hash < s.paths.nodes[best].hash) {
			best, bestDepth, bestPages = id, depth, use
		}
	}
	return best
}

func (t *pathTable) depth(id int32) int {
	n := 0
	for ; id >= 0; id = t.nodes[id].parent {
		n++
	}
	return n
}
