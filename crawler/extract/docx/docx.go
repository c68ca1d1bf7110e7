// Package docx reads the text and the properties of Word documents (Office Open XML) within limits.
package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"
)

// What can be wrong with a file; errors of Read wrap one of these.
var (
	ErrNotDOCX   = errors.New("not a Word document")
	ErrLegacy    = errors.New("old binary Word document")
	ErrEncrypted = errors.New("encrypted Word document")
	ErrBroken    = errors.New("broken Word document")
	// ErrTooLarge: a part decompresses to more than Options.MaxPart, as bombs do.
	ErrTooLarge = errors.New("a part is too large for a Word document")
	ErrNoText   = errors.New("no text in the Word document")
)

// Options bound the reading. The zero value is useful.
type Options struct {
	// MaxPart is the most bytes that one part of the file may decompress to. 0 means 64 MiB.
	MaxPart int64
	// MaxText is the most bytes of text that are kept; what follows is cut and Document.Truncated set. 0 means 16 MiB.
	MaxText int
}

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	Title     Kind = "title" // of the style Title
	Heading   Kind = "heading"
	Item      Kind = "item" // of a list
	Row       Kind = "row"  // of a table, cells parted by "\t"
	Note      Kind = "note" // footnote or endnote
)

// Block is a paragraph or a row of a table.
type Block struct {
	Kind  Kind
	Level int // of headings and list items, 1 for the highest
	Text  string
}

// Document is what a file says. Times are UTC, zero when not known.
type Document struct {
	Blocks    []Block // notes come last, in the order in which they are referred to
	Title     string  // of the properties, else the first block of kind Title
	Author    string
	Subject   string
	Keywords  string
	Language  string // as the file claims, such as "da-DK"
	Created   time.Time
	Modified  time.Time
	Pages     int // as the program that wrote the file counted them, 0 when not known
	Truncated bool
}

// Text are the blocks, each on a line.
func (d *Document) Text() string {
	var s strings.Builder
	for i, b := range d.Blocks {
		if i > 0 {
			s.WriteByte('\n')
		}
		s.WriteString(b.Text)
	}
	return s.String()
}

// Read reads a Word document. A Document with properties comes with ErrNoText too.
func Read(data []byte, o Options) (Document, error) {
	if o.MaxPart <= 0 {
		o.MaxPart = 64 << 20
	}
	if o.MaxText <= 0 {
		o.MaxText = 16 << 20
	}
	doc, err := read(data, o)
	if err != nil {
		return doc, fmt.Errorf("read DOCX: %w", err)
	}
	return doc, nil
}

func read(data []byte, o Options) (Document, error) {
	p, err := unpack(data, o.MaxPart)
	if err != nil {
		return Document{}, err
	}
	main, err := p.main()
	if err != nil {
		return Document{}, err
	}
	body, err := p.read(main)
	if err != nil {
		return Document{}, err
	}
	styles, lang, err := p.styles(main)
	if err != nil {
		return Document{}, err
	}
	r := reader{styles: styles, left: o.MaxText}
	if err := r.part(body); err != nil {
		return Document{}, err
	}
	if err := r.readNotes(p, main); err != nil {
		return Document{}, err
	}
	doc := Document{Blocks: r.blocks, Truncated: r.left < 0, Language: lang}
	if err := p.properties(&doc); err != nil {
		return Document{}, err
	}
	return finish(doc)
}

// finish takes the title from the text when the properties have none, and says when there is no text.
func finish(doc Document) (Document, error) {
	for _, b := range doc.Blocks {
		if b.Kind == Title && doc.Title == "" {
			doc.Title = b.Text
		}
	}
	if len(doc.Blocks) == 0 {
		return doc, ErrNoText
	}
	return doc, nil
}

// readNotes appends the footnotes and endnotes that the text refers to.
func (r *reader) readNotes(p *parts, main string) error {
	for _, kind := range []string{"footnote", "endnote"} {
		src, err := p.read(sibling(main, kind+"s.xml"))
		if errors.Is(err, errMissing) {
			continue
		}
		if err != nil {
			return err
		}
		n := reader{styles: r.styles, left: r.left, note: kind}
		if err := n.part(src); err != nil {
			return err
		}
		for _, id := range r.refs[kind] {
			r.blocks = append(r.blocks, n.notes[id]...)
		}
		r.left = n.left
	}
	return nil
}

// newDecoder reads XML as Word writes it: UTF-8, no entities of its own.
func newDecoder(src []byte) *xml.Decoder { return xml.NewDecoder(bytes.NewReader(src)) }
