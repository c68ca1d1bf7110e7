package discover

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// element is a node of a small XML tree: its attributes, and text and elements in their order.
type element struct {
	name  string // local
	attrs []xml.Attr
	parts []part
}

// part is a piece of text or, when child is not nil, an element.
type part struct {
	text  string
	child *element
}

// parseTree reads a text into a tree whose root stands for the document. Elements that skip names are left out with all
// that is in them: a record may carry a whole article, of which nothing but the head is wanted.
func parseTree(text []byte, skip map[string]bool) (*element, error) {
	root := &element{}
	open := []*element{root}
	for d := newDecoder(text); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(open) == 1 {
			return root, nil
		}
		if err != nil {
			return root, err
		}
		at := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if skip[t.Name.Local] {
				if err := d.Skip(); err != nil {
					return root, err
				}
				continue
			}
			if len(open) > maxNesting {
				return root, fmt.Errorf("%w: elements nest too deep", ErrBroken)
			}
			child := &element{name: t.Name.Local, attrs: t.Copy().Attr}
			at.parts = append(at.parts, part{child: child})
			open = append(open, child)
		case xml.CharData:
			at.parts = append(at.parts, part{text: string(t)})
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// attr returns an attribute by its local name, "" when there is none.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	return attributeOf(e.attrs, name)
}

// all returns the elements at a path of names below e, in order.
func (e *element) all(path ...string) []*element {
	if e == nil {
		return nil
	}
	if len(path) == 0 {
		return []*element{e}
	}
	var out []*element
	for _, p := range e.parts {
		if p.child != nil && p.child.name == path[0] {
			out = append(out, p.child.all(path[1:]...)...)
		}
	}
	return out
}

// first returns the first element at a path, nil when there is none.
func (e *element) first(path ...string) *element {
	if all := e.all(path...); len(all) > 0 {
		return all[0]
	}
	return nil
}

// said returns the text in e and everything in it, but for the elements that without names, with single spaces. The words
// of inline elements are not parted, those of all others are.
func (e *element) said(without ...string) string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	e.say(&b, without)
	return collapse(b.String())
}

func (e *element) say(b *strings.Builder, without []string) {
	for _, p := range e.parts {
		if p.child == nil {
			b.WriteString(p.text)
			continue
		}
		if slices.Contains(without, p.child.name) {
			continue
		}
		parted := !inlineElements[p.child.name]
		if parted {
			b.WriteByte(' ')
		}
		p.child.say(b, without)
		if parted {
			b.WriteByte(' ')
		}
	}
}

// inlineElements are those of JATS and HTML that do not part words.
var inlineElements = map[string]bool{
	"italic": true, "bold": true, "sub": true, "sup": true, "sc": true, "underline": true, "monospace": true, "styled-content": true,
	"ext-link": true, "uri": true, "named-content": true, "i": true, "b": true, "em": true, "strong": true, "span": true, "a": true,
}

// lang returns the language that an element says it is in, "" when it does not.
func (e *element) lang() string { return e.attr("lang") }
