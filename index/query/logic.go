package query

import (
	"slices"
	"strings"

	"smaabornsviden/index"
)

// sign is a piece of a query's logic: a parenthesis, an operator, or a clause by its number.
type sign struct {
	kind       signKind
	clause     int
	start, end int // of AND and OR
}

type signKind int

// The kinds of signs.
const (
	signOpen signKind = iota
	signClose
	signAnd
	signOr
	signNot
	signClause
)

func signOf(operator string) signKind {
	switch operator {
	case opAnd:
		return signAnd
	case opOr:
		return signOr
	}
	return signNot
}

func (p *parser) sign(kind signKind) { p.signs = append(p.signs, sign{kind: kind}) }

// tree is what the operators and parentheses of a query say together.
type tree struct {
	op     index.LogicOp
	clause Clause // for index.OfGroup
	args   []tree
}

// dropSigns takes operators back that stand beside a condition: conditions always hold and are no operands.
func (p *parser) dropSigns(kinds ...signKind) {
	from := len(p.signs)
	for from > 0 && (p.signs[from-1].kind == signAnd || p.signs[from-1].kind == signOr || p.signs[from-1].kind == signNot) {
		from--
	}
	last := slices.DeleteFunc(p.signs[from:], func(s sign) bool { return slices.Contains(kinds, s.kind) })
	p.signs = p.signs[:from+len(last)]
}

// read reads the signs as a tree. Where that says more than a list of clauses can, p.logic is the tree, and the clauses stand for
// themselves: Not is what stands under an odd number of exclusions.
func (p *parser) read() {
	r := logicReader{signs: p.signs, clauses: slices.Clone(p.out)}
	t := r.all(false)
	if r.mixed.kind != signOpen {
		p.note(NoteMixed, r.mixed.start, r.mixed.end)
	}
	if t != nil && !t.listed() {
		p.logic, p.out = t, r.clauses
	}
}

// logicReader reads signs by recursive descent. OR binds before AND, as everywhere in queries, and words side by side are joined by AND:
// who writes this much logic asks for a set, not for what fits best.
type logicReader struct {
	signs   []sign
	at      int
	clauses []Clause
	mixed   sign // the first OR that stands beside an AND, without parentheses that tell which comes first
}

// all reads up to the end of a group. not says that it stands under an odd number of exclusions.
func (r *logicReader) all(not bool) *tree {
	var args []tree
	var or sign
	and := false
	for r.at < len(r.signs) && !r.is(signClose) {
		bound := false
		for r.is(signAnd) || r.is(signOr) {
			bound = true
			and = and || r.is(signAnd)
			r.at++
		}
		first := r.at
		t, at := r.any(not)
		if or.kind == signOpen {
			or = at
		}
		alone := r.at == first+1 && r.signs[first].kind == signClause
		if alone && !bound && !r.is(signAnd) {
			r.clauses[r.signs[first].clause].Must = false // it may be a common word, which is left out
		}
		if t != nil {
			args = append(args, *t)
		}
	}
	if and && r.mixed.kind == signOpen {
		r.mixed = or
	}
	return join(index.AllOf, args)
}

// any reads alternatives, and tells of the first OR between them.
func (r *logicReader) any(not bool) (t *tree, or sign) {
	var args []tree
	for {
		if t := r.one(not); t != nil {
			args = append(args, *t)
		}
		if !r.is(signOr) {
			return join(index.AnyOf, args), or
		}
		if or.kind == signOpen {
			or = r.signs[r.at]
		}
		r.at++
	}
}

// one reads a clause or a group, excluded or not.
func (r *logicReader) one(not bool) *tree {
	if r.at == len(r.signs) {
		return nil
	}
	switch s := r.signs[r.at]; s.kind {
	case signNot:
		r.at++
		if t := r.one(!not); t != nil {
			return &tree{op: index.NoneOf, args: []tree{*t}}
		}
		return nil
	case signOpen:
		r.at++
		t := r.all(not)
		if r.is(signClose) {
			r.at++
		}
		return t
	case signClause:
		r.at++
		c := &r.clauses[s.clause]
		c.Or, c.Not, c.Must = false, not, !not
		return &tree{clause: *c}
	}
	return nil
}

func (r *logicReader) is(k signKind) bool { return r.at < len(r.signs) && r.signs[r.at].kind == k }

// join joins what there is to join, and takes groups in that are joined the same way.
func join(op index.LogicOp, args []tree) *tree {
	var flat []tree
	for _, a := range args {
		if a.op == op {
			flat = append(flat, a.args...)
			continue
		}
		flat = append(flat, a)
	}
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return &flat[0]
	}
	return &tree{op: op, args: flat}
}

// listed reports whether a list of clauses says the same: words, alternatives of words, and words that are excluded from the whole.
func (t *tree) listed() bool {
	if t.op != index.AllOf {
		return t.listItem()
	}
	return !slices.ContainsFunc(t.args, func(a tree) bool { return !a.listItem() })
}

func (t *tree) listItem() bool {
	if t.op == index.NoneOf {
		t = &t.args[0]
	}
	compound := func(a tree) bool { return a.op != index.OfGroup }
	return t.op == index.OfGroup || t.op == index.AnyOf && !slices.ContainsFunc(t.args, compound)
}

// String writes the tree as a query that says the same.
func (t *tree) String() string {
	switch t.op {
	case index.OfGroup:
		return t.clause.String()
	case index.NoneOf:
		return "NOT " + t.args[0].within()
	}
	var parts []string
	for i := range t.args {
		parts = append(parts, t.args[i].within())
	}
	return strings.Join(parts, " "+strings.ToUpper(string(t.op))+" ")
}

func (t *tree) within() string {
	if t.op == index.AllOf || t.op == index.AnyOf {
		return "(" + t.String() + ")"
	}
	return t.String()
}

// String is the clause as it could be typed, without sign.
func (c Clause) String() string {
	text := c.Text
	if c.Phrase {
		text = `"` + text + `"`
	}
	if c.Prefix {
		text += "*"
	}
	if c.Field != "" {
		text = c.Field + ":" + text
	}
	return text
}

// condition is a tree over the groups that its clauses have become. Common words have become none, and are left out; ok is false when
// nothing is left.
func (t *tree) condition(groups map[int][]int) (l index.Logic, ok bool) {
	l.Op = t.op
	if t.op == index.OfGroup {
		for _, g := range groups[t.clause.Start] {
			l.Args = append(l.Args, index.Logic{Group: g})
		}
		l.Op = index.AllOf
	}
	for i := range t.args {
		if arg, ok := t.args[i].condition(groups); ok {
			l.Args = append(l.Args, arg)
		}
	}
	if len(l.Args) == 1 && l.Op != index.NoneOf {
		return l.Args[0], true
	}
	return l, len(l.Args) > 0
}

// decide puts a plan under the condition of a tree: groups that had to be there count where they are.
func (b *builder) decide(t *tree) {
	if t == nil {
		return
	}
	l, ok := t.condition(b.groups)
	if !ok {
		return
	}
	b.plan.Logic, b.plan.MinShould, b.understood.Logic = &l, 0, t.String()
	for i := range b.plan.Groups {
		if g := &b.plan.Groups[i]; g.Occur == index.Must {
			g.Occur, b.understood.Words[i].Must = index.Should, false
		}
	}
}
