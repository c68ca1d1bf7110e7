package query

import (
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/vocab"
)

// Draft makes the plan that Searcher.Search begins with, as far as that can be told without an index: nothing is
// mended, joined or let go. v may be nil.
func Draft(a *danish.Analyzer, v *vocab.Vocabulary, q string, off []string) (index.Plan, Understood) {
	r := read(a, q)
	if v != nil {
		r.recognise(a, v)
	}
	r.leaveOut(a)
	if v != nil {
		r.widen(a, v, off)
	}
	r.describe(off)
	r.inflect(a, off)
	for i := range r.units {
		if u := &r.units[i]; u.opens() {
			r.open(u, off)
		}
	}
	plan, understood := r.plan(a)
	understood.Asked = plan.MinShould
	return plan, understood
}

// Analysis is how a text is read: its words with their dictionary forms and parts, and what the vocabulary adds.
type Analysis struct {
	Text       string         `json:"text"`
	Tokens     []danish.Token `json:"tokens"`
	Expansions []Added        `json:"expansions"`
}

// Analyse reads a text as the index and the search read it. v may be nil.
func Analyse(a *danish.Analyzer, v *vocab.Vocabulary, text string) Analysis {
	out := Analysis{Text: text, Tokens: a.Tokens(text), Expansions: []Added{}}
	if v == nil {
		return out.plain()
	}
	r := reading{text: text}
	r.words(a, Clause{End: len(text)}, out.Tokens, false)
	r.widen(a, v, nil)
	out.Expansions = append(out.Expansions, r.added...)
	return out.plain()
}

// plain is the analysis as readers are shown it.
func (x Analysis) plain() Analysis {
	for i := range x.Tokens {
		x.Tokens[i] = x.Tokens[i].Plain()
	}
	return x
}
