package query

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
)

// The operators, apart from the signs before a word.
const (
	opNone = "none"
	opAnd  = "and"
	opOr   = "or"
	opNot  = "not"
)

// op is an operator that waits for its right-hand side.
type op struct {
	name       string
	start, end int
}

// span is a stretch of the query in bytes.
type span struct{ start, end int }

// frame is what stands between two parentheses, or the whole query.
type frame struct {
	open  int  // byte offset of the parenthesis
	title bool // titel: stands before it, or before one around it
	from  int  // byte offset of that field, or of the parenthesis
	first int  // how many clauses stand before it
	not   bool // an exclusion stands before it, or before one around it
	must  bool // a + stands before it, or before one around it
}

// next goes to where the next clause begins: past space, and past parentheses, which group but are no text.
func (p *parser) next() bool {
	for p.at < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[p.at:])
		switch {
		case unicode.IsSpace(r):
		case r == '(':
			p.open(p.at)
		case r == ')':
			p.close(p.at)
		case r == '-' && strings.HasPrefix(p.in[p.at:], "-("):
			p.pending = append(p.pending, op{opNot, p.at, p.at + n})
			p.sign(signNot)
		case r == '+' && strings.HasPrefix(p.in[p.at:], "+("):
			p.open(p.at + n)
			p.top().must, p.top().from = true, p.at
			p.at += n
		case p.titles():
			continue
		default:
			return true
		}
		p.at += n
	}
	return false
}

func (p *parser) open(at int) {
	f := p.top()
	p.sign(signOpen)
	p.frames = append(p.frames, frame{open: at, from: at, first: len(p.out), title: f.title, must: f.must, not: f.not || p.waits(opNot)})
}

// titles goes past "titel:(", with or without a sign: the field holds for all that stands in the group.
func (p *parser) titles() bool {
	at := p.at
	sign := p.in[at]
	if sign == '-' || sign == '+' {
		at++ // who names the title means it, + or not
	}
	name, rest, ok := strings.Cut(p.in[at:min(len(p.in), at+longestField)], ":")
	if !ok || !strings.HasPrefix(rest, "(") || fieldNames[strings.ToLower(name)] != FieldTitle {
		return false
	}
	if sign == '-' {
		p.pending = append(p.pending, op{opNot, p.at, at})
		p.sign(signNot)
	}
	from := p.at
	p.at = at + len(name) + 1
	p.open(p.at)
	p.top().title, p.top().from = true, from
	p.at++
	return true
}

// close ends a group.
func (p *parser) close(at int) {
	if len(p.frames) == 1 {
		p.note(NoteParenthesis, at, at+1)
		return
	}
	p.sign(signClose)
	done := *p.top()
	p.frames = p.frames[:len(p.frames)-1]
	if done.title && done.first == len(p.out) {
		p.note(NoteDangling, done.from, done.open+1)
	}
}

func (p *parser) top() *frame { return &p.frames[len(p.frames)-1] }

// trailing closes the parentheses that a word ends with.
func (p *parser) trailing(c Clause) {
	if c.Phrase || c.End == 0 {
		return
	}
	text := p.in[c.Start:c.End]
	for i := len(strings.TrimRight(text, closing(text))); i < len(text); i++ {
		if text[i] == ')' {
			p.close(c.Start + i)
		}
	}
}

// closing is the sign to cut from the end of a word: a parenthesis that the word itself did not open.
func closing(word string) string {
	if strings.Count(word, ")") > strings.Count(word, "(") {
		return ")"
	}
	return ""
}

func (p *parser) waits(name string) bool {
	for _, o := range p.pending {
		if o.name == name {
			return true
		}
	}
	return false
}

// endOf is where a clause ends, without parentheses that it does not open.
func (p *parser) endOf(c Clause) int {
	text := p.in[c.Start:c.End]
	return c.Start + len(strings.TrimRight(text, closing(text)))
}

// operate takes an operator in. One without a left-hand side does nothing, and says so.
func (p *parser) operate(name string, start int) {
	defer p.trailing(Clause{Start: start, End: p.at})
	if name == opNone {
		return
	}
	joins := name != opNot
	if !joins && p.waits(opNot) {
		p.note(NoteDangling, start, p.at) // twice no is no yes here
		p.cuts = append(p.cuts, span{start, p.at})
		return
	}
	if joins && (len(p.out) == 0 || p.waits(opAnd) || p.waits(opOr)) {
		p.note(NoteDangling, start, p.at)
		p.cuts = append(p.cuts, span{start, p.at})
		return
	}
	if joins && p.out[len(p.out)-1].filters() && name == opAnd && p.kept == 0 {
		p.cuts = append(p.cuts, span{start, p.at})
		return
	}
	p.pending = append(p.pending, op{name, start, p.at})
	p.signs = append(p.signs, sign{kind: signOf(name), start: start, end: p.at})
}

// operand takes a clause in and lets the operators before it work.
func (p *parser) operand(c Clause) {
	f := p.top()
	c.Must = c.Must || f.must
	if f.title && c.Field == "" {
		c.Field = FieldTitle
	}
	p.starred(&c)
	and, or := p.waits(opAnd), p.waits(opOr)
	if c.Not && !c.filters() {
		p.sign(signNot)
	}
	c.Not = c.Not || f.not || p.waits(opNot)
	if c.filters() {
		p.filter(c, or)
		return
	}
	or = or && !p.orField()
	last := len(p.out) - 1
	for last >= 0 && p.out[last].filters() {
		last-- // conditions stand outside of what the operators join
	}
	excluded := last >= 0 && p.out[last].Not
	c.Or = or && last >= 0 && !c.Not && !excluded
	if and && last >= 0 {
		p.require(last)
	}
	bound := and && last >= 0 || c.Or && p.bound[last]
	c.Must = c.Must || bound && !c.Not
	p.kept++
	p.pending = nil
	p.signs = append(p.signs, sign{kind: signClause, clause: len(p.out)})
	p.out, p.bound = append(p.out, c), append(p.bound, bound)
	p.trailing(c)
}

// require makes an operand of AND, with the alternatives that OR has joined to it, something that has to be there.
func (p *parser) require(i int) {
	for ; i >= 0; i-- {
		c := &p.out[i]
		if c.filters() {
			continue
		}
		c.Must, p.bound[i] = !c.Not, true
		if !c.Or {
			return
		}
	}
}

// filter takes a condition in. Conditions always hold, so an AND before one adds nothing, and an OR cannot be kept.
func (p *parser) filter(c Clause, or bool) {
	if last := len(p.out) - 1; or && !(p.out[last].Field == c.Field && p.out[last].Not == c.Not && c.widens(p.top())) {
		p.noteOr()
	}
	p.dropSigns(signAnd, signOr, signNot)
	for _, o := range p.pending {
		p.cuts = append(p.cuts, span{o.start, o.end})
	}
	end := c.End
	if !strings.HasSuffix(p.in[c.Start:c.End], `"`) {
		end = p.endOf(c)
	}
	p.cuts = append(p.cuts, span{c.Start, end})
	p.pending = nil
	p.out, p.bound = append(p.out, c), append(p.bound, false)
	p.trailing(c)
}

// widens reports whether OR between two conditions on one field is what they mean anyhow: any of several values will do, of those
// that are excluded together none.
func (c Clause) widens(f *frame) bool { return c.Field != index.FacetYear && (!c.Not || f.not) }

// orField notes an OR between a condition and the word after it, and drops it: conditions always hold.
func (p *parser) orField() (dropped bool) {
	if !p.waits(opOr) || !p.out[len(p.out)-1].filters() {
		return false
	}
	p.noteOr()
	p.dropSigns(signOr)
	kept := p.pending[:0]
	for _, o := range p.pending {
		if o.name == opOr {
			p.cuts = append(p.cuts, span{o.start, o.end})
			continue
		}
		kept = append(kept, o)
	}
	p.pending = kept
	return true
}

func (p *parser) noteOr() {
	for _, o := range p.pending {
		if o.name == opOr {
			p.note(NoteOrField, o.start, o.end)
		}
	}
}

// end tells what the query left open.
func (p *parser) end() {
	for _, o := range p.pending {
		p.note(NoteDangling, o.start, o.end)
		p.cuts = append(p.cuts, span{o.start, o.end})
	}
	for i := len(p.frames) - 1; i > 0; i-- {
		p.note(NoteParenthesis, p.frames[i].open, p.frames[i].open+1)
		p.close(0)
	}
}

// filters reports whether a clause is a condition on documents, not something to look for in them.
func (c Clause) filters() bool { return c.Field != "" && c.Field != FieldTitle }

// emptyGroup is what is left of a group of conditions.
var emptyGroup = regexp.MustCompile(`[-+]?\(\s*\)`)

// Take parts a query into what is looked for and the conditions in it, such as type:forskning, that readers can set and
// lift as filters as well. Operators that would be left without a side go with them.
func Take(q string) (rest string, conditions []Clause) {
	p := parse(q)
	for _, c := range p.out {
		if c.filters() {
			conditions = append(conditions, c)
		}
	}
	if len(conditions) == 0 {
		return q, nil
	}
	kept := []byte(q)
	for _, s := range p.cuts {
		for i := s.start; i < s.end; i++ {
			kept[i] = ' '
		}
	}
	for text := ""; text != string(kept); {
		text, kept = string(kept), emptyGroup.ReplaceAll(kept, []byte(" "))
	}
	rest = strings.Join(strings.Fields(string(kept)), " ")
	if strings.Trim(rest, "() ") == "" {
		return "", conditions
	}
	return rest, conditions
}
