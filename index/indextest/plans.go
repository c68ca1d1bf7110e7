package indextest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// planner makes plans by chance out of the terms of some documents, so that most of them find something.
type planner struct {
	*rand.Rand
	analyzer *danish.Analyzer
	docs     []index.Document
}

func newPlanner(a *danish.Analyzer, seed uint64, docs []index.Document) *planner {
	return &planner{rand.New(rand.NewPCG(seed, 2)), a, docs}
}

func (p *planner) one(values ...string) string { return values[p.IntN(len(values))] }

// plan makes one with several groups, and by chance filters, facets, bounds of time and another order.
func (p *planner) plan() index.Plan {
	plan := index.Plan{Size: 1 + p.IntN(40), Explain: p.IntN(2) == 0, IncludeMerged: p.IntN(4) == 0}
	for range p.IntN(5) {
		plan.Groups = append(plan.Groups, p.group())
	}
	if p.IntN(3) == 0 {
		plan.MinShould = p.IntN(4)
	}
	if p.IntN(5) == 0 {
		p.condition(&plan)
	}
	if p.IntN(3) == 0 {
		plan.Offset = p.IntN(30)
	}
	for range p.IntN(3) {
		f := p.filter(p.one(append(slices.Clip(index.Facets), index.ByAuthor)...))
		f.Not = p.IntN(4) == 0
		plan.Filters = append(plan.Filters, f)
	}
	if p.IntN(5) == 0 {
		plan.FromDay = (2005+p.IntN(15))*10000 + 101
	}
	if p.IntN(5) == 0 {
		plan.ToDay = (2010+p.IntN(15))*10000 + 1231
	}
	plan.Sort = index.Sort(p.one("", "", "", string(index.ByNewest), string(index.ByOldest)))
	plan.Facets = slices.Clone(index.Facets[:p.IntN(len(index.Facets)+1)])
	return plan
}

func (p *planner) group() index.Group {
	occurs := []index.Occur{index.Should, index.Should, index.Should, index.Must, index.Not, index.Lift, index.Lift}
	g := index.Group{Occur: occurs[p.IntN(len(occurs))]}
	for range 1 + p.IntN(4) {
		g.Alts = append(g.Alts, p.alt(g.Occur == index.Lift))
	}
	return g
}

// condition puts a plan's groups under a condition.
func (p *planner) condition(plan *index.Plan) {
	var deciding []int
	for i := range plan.Groups {
		switch g := &plan.Groups[i]; g.Occur {
		case index.Must:
			g.Occur = index.Should
			fallthrough
		case index.Should, index.Not:
			deciding = append(deciding, i)
		}
	}
	if len(deciding) == 0 {
		return
	}
	plan.MinShould = 0
	l := p.logic(deciding, 3)
	plan.Logic = &l
}

func (p *planner) logic(groups []int, depth int) index.Logic {
	if depth == 0 || p.IntN(4) == 0 {
		return index.Logic{Group: groups[p.IntN(len(groups))]}
	}
	l := index.Logic{Op: index.LogicOp(p.one(string(index.AllOf), string(index.AnyOf), string(index.AnyOf), string(index.NoneOf)))}
	for range 1 + p.IntN(3) {
		l.Args = append(l.Args, p.logic(groups, depth-1))
	}
	return l
}

// alt takes terms from a document at random: a term, a stack, a phrase of either, a prefix.
func (p *planner) alt(lift bool) index.Alt {
	fields := []index.Field{index.Exact, index.Lemma, index.Lemma, index.Parts, index.Title, index.TitleExact}
	if lift {
		fields = []index.Field{index.Grams, index.Grams, index.Pairs, index.Lemma}
	}
	a := index.Alt{
		Field:  fields[p.IntN(len(fields))],
		Weight: []float64{1, 1, .5, .3, 2, .85, 0}[p.IntN(7)],
	}
	if p.IntN(8) == 0 {
		return p.described(a.Weight)
	}
	places := p.places(a.Field)
	if len(places) == 0 {
		a.Terms = []string{"findesikke"}
		return a
	}
	at := p.IntN(len(places))
	a.Terms = []string{places[at]}
	switch {
	case a.Field.HasPositions() && p.IntN(3) == 0:
		a.Slop = []int{0, 0, 1, 3}[p.IntN(4)]
		a.Terms = p.phrase(places, at, a.Slop)
	case p.IntN(6) == 0:
		a.Terms = []string{prefix(places[at], 3)}
		a.Prefix = true
	}
	if p.IntN(6) == 0 {
		a.Lang = p.one("da", "en", "nb", "sv")
	}
	return a
}

// described asks for what a document at random is described as.
func (p *planner) described(weight float64) index.Alt {
	f := p.filter(p.one(index.Facets...))
	a := index.Alt{Field: index.Field(f.Facet), Weight: weight, Terms: []string{"findesikke"}}
	if len(f.Values) > 0 {
		a.Terms = []string{strings.Join(f.Values, "|")}
	}
	return a
}

// phrase takes words in order from at on, with some left out where the slop allows, and one stacked by chance with
// a word from elsewhere.
func (p *planner) phrase(places []string, at, slop int) []string {
	var words []string
	for range 2 + p.IntN(2) {
		if at < len(places) {
			words = append(words, places[at])
		}
		at++
		if slop > 0 {
			at += p.IntN(2)
		}
	}
	if p.IntN(3) == 0 {
		words[0] += "|" + places[p.IntN(len(places))]
	}
	return words
}

// places are the terms of one field of a document at random, those of one position stacked.
func (p *planner) places(f index.Field) []string {
	d := p.docs[p.IntN(len(p.docs))]
	fields := p.analyzer.Fields(d.Title, d.Words(), d.Lang.Value)
	var places []string
	last := -1
	for name, field := range fields.All() {
		if name != string(f) {
			continue
		}
		for _, t := range field.Terms {
			if f.HasPositions() && t.Pos == last {
				places[len(places)-1] += "|" + t.Text
			} else {
				places = append(places, t.Text)
			}
			last = t.Pos
		}
	}
	return places
}

// prefix is the first n characters of a term.
func prefix(term string, n int) string {
	term, _, _ = strings.Cut(term, "|")
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(term[end:])
		end += size
	}
	return term[:end]
}

func (p *planner) filter(facet string) index.Filter {
	f := index.Filter{Facet: facet}
	for range 1 + p.IntN(2) {
		d := p.docs[p.IntN(len(p.docs))]
		if v := values(&oracleDoc{Document: d}, facet); len(v) > 0 {
			f.Values = append(f.Values, v[p.IntN(len(v))])
		}
	}
	return f
}
