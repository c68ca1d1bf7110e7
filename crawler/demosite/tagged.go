package demosite

import (
	"fmt"
	"strings"
)

// tagging remembers which marks on which pages are one paragraph, so that a reading aid knows headings and paragraphs that
// go on over a page's end. Word processors write such files, and they hold the text in pieces of their own.
type tagging struct {
	elements []element
	within   bool // a block is being set
	open     bool // its mark on this page has begun
	marks    int  // on this page
}

// element is a heading or a paragraph and where it stands.
type element struct {
	tag   string
	spots []spot
}

// spot is a marked stretch of a page's content.
type spot struct{ page, mark int }

// tagOf is the standard structure type of a block.
func tagOf(kind string) string {
	switch kind {
	case paperTitle:
		return "H1"
	case paperHeading, paperSpaced:
		return "H2"
	}
	return "P"
}

func (t *typesetter) beginElement(kind string) {
	if t.tags != nil && kind != paperPage {
		t.tags.elements = append(t.tags.elements, element{tag: tagOf(kind)})
		t.tags.within = true
	}
}

func (t *typesetter) endElement() {
	t.closeMark()
	if t.tags != nil {
		t.tags.within = false
	}
}

// openMark begins the block's mark on this page, unless it has.
func (t *typesetter) openMark() {
	if t.tags == nil || !t.tags.within || t.tags.open {
		return
	}
	e := &t.tags.elements[len(t.tags.elements)-1]
	e.spots = append(e.spots, spot{len(t.pages), t.tags.marks})
	fmt.Fprintf(&t.out, "/%s << /MCID %d >> BDC\n", e.tag, t.tags.marks)
	t.tags.marks++
	t.tags.open = true
}

func (t *typesetter) closeMark() {
	if t.tags != nil && t.tags.open {
		t.out.WriteString("EMC\n")
		t.tags.open = false
	}
}

// artifact sets what is no part of the text, and ends the marks of a page.
func (t *typesetter) artifact(set func()) {
	if t.tags == nil {
		set()
		return
	}
	within := t.tags.within
	t.tags.within = false
	t.out.WriteString("/Artifact BMC\n")
	set()
	t.out.WriteString("EMC\n")
	t.tags.within, t.tags.marks = within, 0
}

// taggedPDF is textPDF with a tree of headings and paragraphs.
func taggedPDF(title, footer string, blocks []paperBlock) []byte {
	t := &typesetter{columns: 1, footer: footer, tags: &tagging{}}
	contents := t.set(blocks)
	objects, kids := textObjects(contents, "/Tabs /S /StructParents %d")
	root := len(objects) + 1
	objects[0] = fmt.Sprintf("<< /Type /Catalog /Pages 2 0 R /Lang (da) /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R >>", root)
	objects = append(objects, structure(t.tags.elements, kids, root)...)
	return finish(objects, kids, title)
}

// structure are the objects of the tree: its root, one element for the document and one for each block.
func structure(elements []element, pages []string, root int) []string {
	document, first := root+1, root+2
	var kids, objects []string
	owners := make([][]string, len(pages)) // of the marks of each page
	for i, e := range elements {
		self := fmt.Sprintf("%d 0 R", first+i)
		kids = append(kids, self)
		var spots []string
		for _, s := range e.spots {
			spots = append(spots, fmt.Sprintf("<< /Type /MCR /Pg %s /MCID %d >>", pages[s.page], s.mark))
			owners[s.page] = append(owners[s.page], self)
		}
		objects = append(objects, fmt.Sprintf("<< /Type /StructElem /S /%s /P %d 0 R /K [%s] >>", e.tag, document, strings.Join(spots, " ")))
	}
	var tree []string
	for page, all := range owners {
		tree = append(tree, fmt.Sprintf("%d [%s]", page, strings.Join(all, " ")))
	}
	return append([]string{
		fmt.Sprintf("<< /Type /StructTreeRoot /K %d 0 R /ParentTree << /Nums [%s] >> /ParentTreeNextKey %d >>", document, strings.Join(tree, " "), len(pages)),
		fmt.Sprintf("<< /Type /StructElem /S /Document /P %d 0 R /K [%s] >>", root, strings.Join(kids, " ")),
	}, objects...)
}
