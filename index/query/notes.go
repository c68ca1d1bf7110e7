package query

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// NoteKind says what in the writing of a query could not be followed.
type NoteKind string

// The kinds of notes.
const (
	NoteQuote        NoteKind = "quote"          // opened and not closed: its words are plain words
	NoteParenthesis  NoteKind = "parenthesis"    // without its other half: passed over
	NoteDangling     NoteKind = "operator"       // lacks a side: passed over
	NoteOrField      NoteKind = "or-field"       // OR beside a condition, which holds all the same
	NoteMixed        NoteKind = "mixed"          // AND and OR side by side: OR was read first
	NoteUnknownField NoteKind = "unknown-field"  // looked for as words
	NoteEmptyField   NoteKind = "empty-field"    // a known field without a value right behind its colon: its name is a word
	NoteShortPrefix  NoteKind = "short-prefix"   // too few letters before *: looked for as a word
	NoteStarInQuotes NoteKind = "star-in-quotes" // the word is looked for without it
)

// Note is a place in a query that was not read as it was written.
type Note struct {
	Kind  NoteKind `json:"kind"`
	Piece string   `json:"piece"` // as it stands in the query; empty for the whole
	At    int      `json:"at"`    // the character at which it begins, counted from 1; 0 for the whole
}

// shortestPrefix is how many letters have to stand before a *: fewer would become more words than a plan may have.
const shortestPrefix = 3

// Notes lists what in a query could not be read as it is written, in the order of the text.
func Notes(q string) []Note {
	notes := parse(q).notes
	slices.SortStableFunc(notes, func(a, b Note) int { return cmp.Compare(a.At, b.At) })
	return notes
}

func (p *parser) note(kind NoteKind, start, end int) {
	p.notes = append(p.notes, Note{Kind: kind, Piece: p.in[start:end], At: utf8.RuneCountInString(p.in[:start]) + 1})
}

// fieldLike is a word that its writer may have meant as field:value.
var fieldLike = regexp.MustCompile(`^\pL{2,}:`)

// looksLikeField notes a word read from start on that has the form of a field. Addresses have it as well.
func (p *parser) looksLikeField(start int) {
	name := fieldLike.FindString(p.in[start:p.at])
	if name == "" || strings.HasPrefix(p.in[start+len(name):], "//") {
		return
	}
	_, known := fieldNames[strings.ToLower(strings.TrimSuffix(name, ":"))]
	if known && start+len(name) == p.at {
		p.note(NoteEmptyField, start, p.at)
		return
	}
	value := p.in[start+len(name):]
	if r, _ := utf8.DecodeRuneInString(value); !startsWord(value) || quoteEnd(r) == 0 && start+len(name) == p.at {
		return // "Leg: en vej" is a title, no field
	}
	if !known {
		p.note(NoteUnknownField, start, p.at)
	}
}

var unitOfAge = regexp.MustCompile(`^\s+(?i:år)(?:[\s)]|$)`)

// years passes over the unit after an age: alder:0-2 år.
func (p *parser) years() {
	if unit := unitOfAge.FindString(p.in[p.at:]); unit != "" {
		p.at += len(strings.TrimRight(unit, " )\t\n"))
	}
}

var starInside = regexp.MustCompile(`[\pL\pN]\*`)

// starred notes what quotation marks cannot do: a * in them is no sign.
func (p *parser) starred(c *Clause) {
	text := p.in[c.Start:c.End]
	end := c.Start + len(strings.TrimRight(text, closing(text)))
	if c.Phrase && starInside.MatchString(c.Text) {
		p.note(NoteStarInQuotes, c.Start, end)
	}
}
