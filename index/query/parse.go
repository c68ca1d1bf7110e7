// Package query turns what a reader typed into an index.Plan, runs it, and says in words how it was understood.
package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
)

// MaxBytes is the longest query that is answered; a longer one is ErrTooLong.
const MaxBytes = 512

// Clause is one piece of a query: a word, a quoted phrase or a field with its value.
type Clause struct {
	Text   string // the word or phrase without quotes, or the field's value
	Field  string // lower case, empty for free text
	Phrase bool   // stood in quotes: the exact words in this order; of the fields only titles and authors
	Prefix bool   // ended in *
	Not    bool   // -word, NOT, IKKE
	Must   bool   // +word, or an operand of AND or OG
	Or     bool   // joined to the clause before it by OR or ELLER
	Start  int    // byte offset in the query
	End    int
}

// Parse splits a query into clauses. It never fails: a lone quote, colon or operator is read as text or passed over, because
// readers type those by accident more often than on purpose. Notes says where.
//
// Operators are words in capitals (AND, OG, OR, ELLER, NOT, IKKE) and the signs - and + before a word. In small letters "og"
// and "ikke" are ordinary Danish words. OR binds before AND, since a plan is a list of groups of alternatives.
//
// Where parentheses or NOT say what such a list cannot, as in "(leg AND sprog) OR tale", clauses stand for themselves, Not tells what is
// excluded where it stands, and Plan.Logic joins them.
func Parse(q string) []Clause {
	p := parse(q)
	return p.out
}

func parse(q string) *parser {
	p := &parser{in: q, frames: []frame{{}}, shouted: shouted(q)}
	for p.next() {
		start := p.at
		c := p.clause()
		c.Not = c.Not && !p.ellipsis(p.out, start)
		c.Start, c.End = start, p.at
		if name := operator(c); name != "" && !p.shouted {
			p.operate(name, start)
			continue
		}
		if c.Text != "" {
			p.operand(c)
		}
	}
	p.end()
	p.read()
	return p
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

func operator(c Clause) string {
	if c.Phrase || c.Field != "" || c.Not || c.Must || c.Prefix {
		return ""
	}
	switch c.Text {
	case "NOT", "IKKE":
		return opNot
	case "OR", "ELLER", "|":
		return opOr
	case "AND", "OG":
		return opAnd
	case "&":
		return opNone // stands in names: "leg & læring" demands no more than its words do
	}
	return ""
}

// shouted reports whether a query is written in capitals throughout, so that OG is no operator in it but a word. Abbreviations are
// always in capitals: "PPR OG AKT" asks for both.
func shouted(q string) bool {
	long := false
	for word := range strings.FieldsSeq(q) {
		if strings.ContainsFunc(word, unicode.IsLower) {
			return false
		}
		long = long || len(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })) > longestShort
	}
	return long
}

// longestShort is the length in bytes of the longest common abbreviation.
const longestShort = 5

type parser struct {
	in      string
	shouted bool // in capitals throughout
	at      int
	out     []Clause
	bound   []bool // of out: has to be there because of AND
	notes   []Note
	frames  []frame // open parentheses, the query itself first
	pending []op    // operators since the last operand
	cuts    []span  // what Take leaves out
	kept    int     // operands that Take keeps
	signs   []sign  // the query as logic reads it
	logic   *tree   // what the signs say, where no list of clauses does
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
	start := p.at
	c.Text = strings.TrimRight(p.word(), closing(p.in[start:p.at]))
	p.looksLikeField(start)
	p.star(&c, start)
	return c
}

// star reads the * at the end of a word.
func (p *parser) star(c *Clause, start int) {
	rest, ok := strings.CutSuffix(c.Text, "*")
	if !ok || !startsWord(rest) {
		return
	}
	if utf8.RuneCountInString(rest) < shortestPrefix {
		p.note(NoteShortPrefix, start, p.at)
		return
	}
	c.Text, c.Prefix = rest, true
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
	p.note(NoteQuote, p.at, p.at+n)
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
	text, quoted := p.quoted()
	if quoted {
		c.Text = text
	} else {
		value := p.at
		c.Text = strings.TrimRight(p.word(), closing(p.in[value:p.at]))
	}
	if c.Text == "" {
		p.at = start
		return false
	}
	c.Field = name
	switch {
	case name == index.FacetAge:
		p.years()
	case quoted:
		c.Phrase = name == FieldTitle || name == index.ByAuthor
	case name == FieldTitle:
		p.star(c, start)
	}
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
