package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// style is what a paragraph style means.
type style struct {
	kind  Kind
	level int
}

func (s style) block(text string) Block {
	if s.kind == "" {
		s.kind = Paragraph
	}
	return Block{Kind: s.kind, Level: s.level, Text: text}
}

// styleSheet is the part of styles.xml that says what is a heading or a list.
type styleSheet struct {
	Defaults struct {
		Lang struct {
			Val string `xml:"val,attr"`
		} `xml:"rPrDefault>rPr>lang"`
	} `xml:"docDefaults"`
	Styles []styleEntry `xml:"style"`
}

type styleEntry struct {
	ID      string    `xml:"styleId,attr"`
	Name    value     `xml:"name"`
	BasedOn value     `xml:"basedOn"`
	Outline *value    `xml:"pPr>outlineLvl"`
	List    *struct{} `xml:"pPr>numPr"`
}

type value struct {
	Val string `xml:"val,attr"`
}

// styles reads what the styles mean, and the language of the document. Headings are known by their outline level or by
// their built-in name, which Word keeps in English whatever the language of its user.
func (p *parts) styles(main string) (map[string]style, string, error) {
	src, err := p.read(sibling(main, "styles.xml"))
	if errors.Is(err, errMissing) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	var sheet styleSheet
	if err := xml.Unmarshal(src, &sheet); err != nil {
		return nil, "", fmt.Errorf("%w: styles: %w", ErrBroken, err)
	}
	entries := map[string]*styleEntry{}
	for i := range sheet.Styles {
		entries[sheet.Styles[i].ID] = &sheet.Styles[i]
	}
	meanings := map[string]style{}
	for id := range entries {
		meanings[id] = meaning(entries, id)
	}
	return meanings, sheet.Defaults.Lang.Val, nil
}

// meaning follows the style and the ones it is based on until one says what it is.
func meaning(entries map[string]*styleEntry, id string) style {
	for range 12 {
		e := entries[id]
		if e == nil {
			break
		}
		if s := e.own(); s.kind != "" {
			return s
		}
		id = e.BasedOn.Val
	}
	return style{}
}

func (e *styleEntry) own() style {
	name := strings.ToLower(e.Name.Val)
	if name == "title" {
		return style{kind: Title}
	}
	if rest, ok := strings.CutPrefix(name, "heading "); ok {
		if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
			return style{kind: Heading, level: n}
		}
	}
	if e.Outline != nil {
		if n, err := strconv.Atoi(e.Outline.Val); err == nil && n >= 0 && n < 9 {
			return style{kind: Heading, level: n + 1}
		}
	}
	if e.List != nil {
		return style{kind: Item, level: 1}
	}
	return style{}
}
