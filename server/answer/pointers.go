package answer

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Pointer is a page of ours about what a query names: a topic or a programme.
type Pointer struct {
	Programme bool // else a topic
	Slug      string
	Label     string
}

// Pointers knows the names of topics and programmes in any inflection. Its zero value knows none.
type Pointers struct {
	a     *danish.Analyzer
	names []named
}

type named struct {
	to    Pointer
	words [][]string // the dictionary forms that each word may have
}

// mostPointers is how many pages a query can point to.
const mostPointers = 2

// NewPointers makes Pointers that know nothing yet.
func NewPointers(a *danish.Analyzer) *Pointers { return &Pointers{a: a} }

// Add makes the names of a page known.
func (p *Pointers) Add(to Pointer, names ...string) {
	for _, name := range names {
		if words := p.words(name); len(words) > 0 {
			p.names = append(p.names, named{to, words})
		}
	}
}

// words reads a text as the dictionary forms of its words. Function words say nothing about what is named, unless
// there is nothing else.
func (p *Pointers) words(text string) [][]string {
	var all, telling [][]string
	for _, t := range p.a.Tokens(text) {
		if len(t.Lemmas) == 0 {
			continue
		}
		all = append(all, t.Lemmas)
		if !t.Stop {
			telling = append(telling, t.Lemmas)
		}
	}
	if len(telling) > 0 {
		return telling
	}
	return all
}

// standsIn is where a name stands in a query, -1 for nowhere. A word is met in any of its forms.
func (n named) standsIn(asked [][]string) int {
	for at := 0; at+len(n.words) <= len(asked); at++ {
		same := true
		for i, forms := range n.words {
			same = same && slices.ContainsFunc(forms, func(f string) bool { return slices.Contains(asked[at+i], f) })
		}
		if same {
			return at
		}
	}
	return -1
}

// Find lists the pages that a query names: those whose name is the whole query first, then those whose name stands in
// it. A topic of one word has to be the whole query, since such words stand in queries about other things; what a programme
// calls itself is a name wherever it stands.
func (p *Pointers) Find(query string) []Pointer {
	if p == nil || query == "" {
		return nil
	}
	asked := p.words(query)
	var whole, within []Pointer
	for _, n := range p.names {
		switch {
		case n.standsIn(asked) < 0:
		case len(n.words) == len(asked):
			whole = append(whole, n.to)
		case len(n.words) > 1 || n.to.Programme:
			within = append(within, n.to)
		}
	}
	var out []Pointer
	for _, to := range append(whole, within...) {
		if !slices.Contains(out, to) && len(out) < mostPointers {
			out = append(out, to)
		}
	}
	return out
}

// named is the part of a query that may name something: what is searched for, without fields and what is left out.
func (ans Answer) named() string {
	var words []string
	for _, w := range ans.Understood.Words {
		text := w.Text
		if w.Kind == index.Split {
			text = w.Typed // of all its parts the same
		}
		if !w.Not && (len(words) == 0 || words[len(words)-1] != text) {
			words = append(words, text)
		}
	}
	return strings.Join(words, " ")
}

// hints are filters that the words of a question speak of: "forskning om leg 3-5 år" names a type and an age, and documents
// that are described so are lifted. Filters are offered and never applied, and only where they would leave something.
func (ans Answer) hints() []FilterChip {
	q := ans.Question
	var out []FilterChip
	for _, a := range ans.Understood.Added {
		if a.Kind != index.Described || len(q.Chosen[a.Facet]) > 0 {
			continue
		}
		for value := range strings.SplitSeq(a.Value, "|") {
			chip, n := FilterChip{a.Facet, value}, ans.count(a.Facet, value)
			if n > 0 && n < ans.Total && !slices.Contains(out, chip) {
				out = append(out, chip)
			}
		}
	}
	return out
}

func (ans Answer) count(facet, value string) int {
	for _, f := range ans.Facets {
		if f.Name != facet {
			continue
		}
		for _, v := range f.Values {
			if v.Value == value {
				return v.Count
			}
		}
	}
	return 0
}

// With is the question with one more value of a facet, from its first page.
func (q Question) With(facet, value string) Question {
	chosen := map[string][]string{}
	for name, values := range q.Chosen {
		chosen[name] = slices.Clone(values)
	}
	if !slices.Contains(chosen[facet], value) {
		chosen[facet] = append(chosen[facet], value)
	}
	q.Chosen, q.Page, q.After = chosen, 1, nil
	return q
}
