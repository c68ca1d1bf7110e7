// Package query turns what a reader typed into an index.Plan, runs it, and says in words how it was understood.
package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxBytes is the longest query that is answered; a longer one is ErrTooLong.
const MaxBytes = 512

// Clause is one piece of a query: a word, a quoted phrase or a field with its value.
type Clause struct {
	Text   string // the word or phrase without quotes, or the field's value
	Field  string // lower case, empty for free text
	Phrase bool   // stood in quotes: the exact words in this order
	Prefix bool   // ended in *
	Not    bool   // -word, NOT, IKKE
	Must   bool   // +word
	Or     bool   // joined to the clause before it by OR or ELLER
	Start  int    // byte offset in the query
	End    int
}

// Parse splits a query into clauses. It never fails: a lone quote, colon or operator is read as text, because
// readers type those by accident more often than on purpose.
//
// Operators are words in capitals (OR, ELLER, NOT, IKKE, AND, OG) and the signs - and + before a word. In small
// letters "og" and "ikke" are ordinary Danish words.
func Parse(q string) []Clause {
	p := parser{in: q}
	var out []Clause
	var not, or bool
	for p.skipSpace() {
		start := p.at
		c := p.clause()
		c.Not = c.Not && !p.ellipsis(out, start)
		switch operator(c, q[start:p.at]) {
		case "not":
			not = true
			continue
		case "or":
			or = len(out) > 0
			continue
		case "and":
			continue
		}
		if c.Text == "" {
			continue
		}
		c.Not = c.Not || not
		c.Or = or && !c.Not
		c.Start, c.End = start, p.at
		not, or = false, false
		out = append(out, c)
	}
	return out
}

// ellipsis reports whether a hyphen at start begins an elliptical piece, as in "forældresamarbejde og -inddragelse".
func (p *parser) ellipsis(before []Clause, start int) bool {
	if len(before) == 0 || p.in[start] != '-' || before[len(before)-1].Phrase {
		return false
	}
	switch before[len(before)-1].Text {
	case "og", "eller", "samt":
		return true
	}
	return false
}

func operator(c Clause, raw string) string {
	if c.Phrase || c.Field != "" {
		return ""
	}
	switch raw {
	case "NOT", "IKKE":
		return "not"
	case "OR", "ELLER", "|":
		return "or"
	case "AND", "OG", "&":
		return "and"
	}
	return ""
}

type parser struct {
	in string
	at int
}

func (p *parser) skipSpace() bool {
	for p.at < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[p.at:])
		if !unicode.IsSpace(r) {
			return true
		}
		p.at += n
	}
	return false
}

func (p *parser) clause() Clause {
	var c Clause
	switch p.in[p.at] {
	case '-', '+':
		if next := p.at + 1; next < len(p.in) && startsWord(p.in[next:]) {
			c.Not, c.Must = p.in[p.at] == '-', p.in[p.at] == '+'
			p.at = next
		}
	}
	if text, ok := p.quoted(); ok {
		c.Text, c.Phrase = text, true
		return c
	}
	if p.field(&c) {
		return c
	}
	c.Text = p.word()
	if rest, ok := strings.CutSuffix(c.Text, "*"); ok && utf8.RuneCountInString(rest) >= 3 {
		c.Text, c.Prefix = rest, true
	}
	return c
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || quoteEnd(r) != 0
}

// quoteEnd returns the sign that closes a quotation opened by r, or 0. Danish text quotes in several ways.
func quoteEnd(r rune) rune {
	switch r {
	case '"', '“', '”', '„':
		return '"'
	case '»', '«':
		return '»'
	}
	return 0
}

func (p *parser) quoted() (string, bool) {
	open, n := utf8.DecodeRuneInString(p.in[p.at:])
	kind := quoteEnd(open)
	if kind == 0 {
		return "", false
	}
	for i, r := range p.in[p.at+n:] {
		if quoteEnd(r) != kind {
			continue
		}
		start := p.at + n
		p.at = start + i + utf8.RuneLen(r)
		return strings.TrimSpace(p.in[start : start+i]), true
	}
	p.at += n // a lone quote: the words after it are words
	return "", true
}

// longestField is enough for every name and its colon; looking further would make hostile queries quadratic.
const longestField = 16

// field reads name:value and name:"several words" for the names that are filters.
func (p *parser) field(c *Clause) bool {
	colon := strings.IndexByte(p.in[p.at:min(len(p.in), p.at+longestField)], ':')
	if colon <= 0 || p.at+colon+1 >= len(p.in) {
		return false
	}
	name, ok := fieldNames[strings.ToLower(p.in[p.at:p.at+colon])]
	if !ok {
		return false
	}
	start := p.at
	p.at += colon + 1
	if text, quoted := p.quoted(); quoted {
		c.Text = text
	} else {
		c.Text = p.word()
	}
	if c.Text == "" {
		p.at = start
		return false
	}
	c.Field = name
	return true
}

func (p *parser) word() string {
	start := p.at
	for p.at < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[p.at:])
		if unicode.IsSpace(r) || quoteEnd(r) != 0 {
			break
		}
		p.at += n
	}
	return p.in[start:p.at]
}
