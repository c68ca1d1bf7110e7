package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// reader turns the XML of a part into blocks. Elements are told apart by their local names, since the strict and the
// usual variant of the format differ in namespaces only.
type reader struct {
	d      *xml.Decoder
	styles map[string]style
	blocks []Block
	left   int // bytes of text that may still be kept, negative once text was cut
	depth  int
	refs   map[string][]string // ids of notes by kind, in the order of the references
	note   string              // "footnote" or "endnote" in a part of notes
	notes  map[string][]Block  // by id
}

// maxDepth bounds elements within each other. Tables in tables in text boxes stay far below.
const maxDepth = 200

// skipped hold no text that a reader of the document sees: formatting, deleted text, field codes, and the second
// copy of a drawing for older programs.
var skipped = map[string]bool{
	"sectPr": true, "tblPr": true, "tblGrid": true, "trPr": true, "tcPr": true, "sdtPr": true, "del": true, "moveFrom": true,
	"delText": true, "instrText": true, "delInstrText": true, "Fallback": true, "docPr": true, "annotationRef": true,
}

func (r *reader) part(src []byte) error {
	r.d = newDecoder(src)
	if err := r.each(r.flow); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

// each visits the child elements of the one that was opened last, up to its end. visit must read its element to the end.
func (r *reader) each(visit func(xml.StartElement) error) error {
	return r.content(visit, func([]byte) {})
}

func (r *reader) content(visit func(xml.StartElement) error, text func([]byte)) error {
	if r.depth >= maxDepth {
		return r.d.Skip()
	}
	r.depth++
	defer func() { r.depth-- }()
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) && r.depth == 1 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			text(t)
		case xml.StartElement:
			if skipped[t.Name.Local] {
				err = r.d.Skip()
			} else {
				err = visit(t)
			}
			if err != nil {
				return err
			}
		}
	}
}

// flow reads what stands among paragraphs: paragraphs, tables, and containers of them.
func (r *reader) flow(e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		return r.paragraph()
	case "tbl":
		return r.table()
	case "footnote", "endnote":
		return r.noteBody(e)
	}
	return r.each(r.flow)
}

// noteBody keeps the blocks of a note under its id. Separators are notes with a type.
func (r *reader) noteBody(e xml.StartElement) error {
	before := len(r.blocks)
	if err := r.each(r.flow); err != nil {
		return err
	}
	var own []Block
	for _, b := range r.blocks[before:] {
		own = append(own, Block{Kind: Note, Text: b.Text})
	}
	r.blocks = r.blocks[:before]
	if r.note != "" && attr(e, "type") == "" {
		if r.notes == nil {
			r.notes = map[string][]Block{}
		}
		r.notes[attr(e, "id")] = own
	}
	return nil
}

// paragraph is what is gathered while a paragraph is read.
type paragraph struct {
	text  []byte
	style style
	after []Block // of text boxes anchored in it
}

func (r *reader) paragraph() error {
	p := &paragraph{}
	if err := r.each(func(e xml.StartElement) error { return r.inline(p, e) }); err != nil {
		return err
	}
	r.add(p.style.block(tidy(string(p.text))))
	r.blocks = append(r.blocks, p.after...)
	return nil
}

// add keeps a block that has text, as far as the limit goes.
func (r *reader) add(b Block) {
	if b.Text == "" || r.left < 0 {
		return
	}
	r.left -= len(b.Text)
	if r.left < 0 {
		b.Text = strings.ToValidUTF8(b.Text[:len(b.Text)+r.left], "")
	}
	r.blocks = append(r.blocks, b)
}

// inline reads what stands in a paragraph.
func (r *reader) inline(p *paragraph, e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "pPr":
		return r.paragraphStyle(p)
	case "r":
		return r.run(p)
	case "t":
		return r.content(r.ignore, func(b []byte) { p.write(string(b), r.left) })
	case "tab", "br", "cr", "ptab":
		p.write(" ", r.left)
	case "noBreakHyphen":
		p.write("-", r.left)
	case "sym":
		p.write(symbol(attr(e, "char")), r.left)
	case "footnoteReference", "endnoteReference":
		r.refer(strings.TrimSuffix(name, "Reference"), attr(e, "id"))
	case "txbxContent":
		return r.textBox(p)
	}
	return r.each(func(e xml.StartElement) error { return r.inline(p, e) })
}

func (r *reader) ignore(xml.StartElement) error { return r.d.Skip() }

// write keeps text up to what may still be kept, and a little more so that the cut is noticed.
func (p *paragraph) write(s string, left int) {
	if len(p.text) <= left {
		p.text = append(p.text, s...)
	}
}

// run reads a run of text; hidden ones are left out.
func (r *reader) run(p *paragraph) error {
	hidden := false
	before := len(p.text)
	err := r.each(func(e xml.StartElement) error {
		if e.Name.Local == "rPr" {
			return r.each(func(e xml.StartElement) error {
				if e.Name.Local == "vanish" && attr(e, "val") != "0" && attr(e, "val") != "false" {
					hidden = true
				}
				return r.d.Skip()
			})
		}
		return r.inline(p, e)
	})
	if hidden {
		p.text = p.text[:before]
	}
	return err
}

func (r *reader) refer(kind, id string) {
	if r.refs == nil {
		r.refs = map[string][]string{}
	}
	r.refs[kind] = append(r.refs[kind], id)
}

// textBox reads the paragraphs of a box; they follow the paragraph that the box is anchored in.
func (r *reader) textBox(p *paragraph) error {
	before := len(r.blocks)
	err := r.each(r.flow)
	p.after = append(p.after, r.blocks[before:]...)
	r.blocks = r.blocks[:before]
	return err
}

func (r *reader) paragraphStyle(p *paragraph) error {
	return r.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = r.styles[attr(e, "val")]
		case "outlineLvl":
			if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
				p.style = style{kind: Heading, level: n + 1}
			}
		case "numPr":
			if p.style.kind == "" || p.style.kind == Paragraph {
				p.style = style{kind: Item, level: 1}
			}
			return r.each(func(e xml.StartElement) error { return r.listLevel(p, e) })
		}
		return r.d.Skip()
	})
}

// listLevel reads the level of a list item. A list with number 0 is none: it takes the style's numbering away.
func (r *reader) listLevel(p *paragraph, e xml.StartElement) error {
	n, err := strconv.Atoi(attr(e, "val"))
	switch {
	case err != nil || p.style.kind != Item:
	case e.Name.Local == "ilvl" && n >= 0 && n < 9:
		p.style.level = n + 1
	case e.Name.Local == "numId" && n == 0:
		p.style = style{}
	}
	return r.d.Skip()
}

// table reads rows; all text of a cell becomes one line.
func (r *reader) table() error {
	return r.each(func(e xml.StartElement) error {
		if e.Name.Local == "tr" {
			return r.row()
		}
		return r.flow(e)
	})
}

func (r *reader) row() error {
	var cells []string
	err := r.each(func(e xml.StartElement) error { return r.cell(&cells, e) })
	if text := strings.Trim(strings.Join(cells, "\t"), "\t"); text != "" {
		r.add(Block{Kind: Row, Text: text})
	}
	return err
}

// cell reads a cell, also one inside a container such as a content control.
func (r *reader) cell(cells *[]string, e xml.StartElement) error {
	if e.Name.Local != "tc" {
		return r.each(func(e xml.StartElement) error { return r.cell(cells, e) })
	}
	before := len(r.blocks)
	left := r.left
	err := r.each(r.flow)
	var text []string
	for _, b := range r.blocks[before:] {
		text = append(text, strings.ReplaceAll(b.Text, "\t", " "))
	}
	r.blocks = r.blocks[:before]
	r.left = left // counted with the row
	*cells = append(*cells, strings.Join(text, " "))
	return err
}

// attr is an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// symbol is the character of a symbol font; only bullets and arrows mean something outside of it.
func symbol(hex string) string {
	r, err := strconv.ParseUint(hex, 16, 32)
	switch {
	case err != nil:
		return ""
	case r == 0xF0B7 || r == 0xF0A7:
		return "•"
	case r == 0xF0E0:
		return "→"
	case r >= 0xE000 && r < 0xF900 || r > 0x10FFFF:
		return ""
	}
	return string(rune(r))
}

// tidy folds white space and drops soft hyphens.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00AD", "")), " ")
}
