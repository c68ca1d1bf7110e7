package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// titles looks for the words that titles are asked for inside the longer words of titles as well, as free words are: "titel:sprog"
// finds "Sprogvurdering". Titles have no field of parts; they have so few words that those with the part can be listed.
func (m *mender) titles(ctx context.Context) error {
	left := maxLonger
	for i := range m.r.units {
		u := &m.r.units[i]
		if u.clause.Field != FieldTitle || u.clause.Phrase || len(u.phrase) != 1 {
			continue
		}
		longer, err := m.titleWords(ctx, u.phrase[0])
		if err != nil {
			return err
		}
		longer = longer[:min(len(longer), left)]
		if len(longer) > 0 && m.r.allowed(m.off, Added{Kind: index.PartOf, For: u.typed, Text: u.phrase[0].Text, Not: u.clause.Not}) {
			u.longer = longer
			left -= len(longer)
		}
	}
	return nil
}

// maxLonger leaves most of a plan's terms to the other words.
const maxLonger = index.MaxTerms / 4

// titleWords are the words of titles that have a word as a part, those of most titles first.
func (m *mender) titleWords(ctx context.Context, t danish.Token) ([]string, error) {
	found := map[string]index.Term{}
	for _, form := range append([]string{t.Text}, danish.PlainAll(t.Lemmas)...) {
		terms, err := m.holding(ctx, form)
		if err != nil {
			return nil, err
		}
		for _, term := range terms {
			if !slices.Contains(t.Lemmas, term.Text) && m.hasPart(danish.Plain(term.Text), t.Lemmas) {
				found[term.Text] = term
			}
		}
	}
	var out []index.Term
	for _, term := range found {
		out = append(out, term)
	}
	slices.SortFunc(out, func(a, b index.Term) int { return cmp.Or(b.Docs-a.Docs, strings.Compare(a.Text, b.Text)) })
	var words []string
	for _, term := range out[:min(len(out), index.MaxExpansions)] {
		words = append(words, term.Text)
	}
	return words, nil
}

// holding are the terms of titles with some letters in them; of an engine that does not walk those that begin with them.
func (m *mender) holding(ctx context.Context, letters string) ([]index.Term, error) {
	if len(letters) < minHalf {
		return nil, nil // "ø" stands in everything
	}
	if engine, ok := m.s.Engine.(walker); ok {
		terms, known, err := engine.Walk(ctx, index.Title, within(letters))
		if known || err != nil {
			return terms, err
		}
	}
	return m.s.Engine.Terms(ctx, index.Title, letters, index.MaxExpansions)
}

// hasPart reports whether a word has a part of one of some dictionary forms.
func (m *mender) hasPart(word string, forms []string) bool {
	tokens := m.s.Analyzer.Tokens(word)
	return len(tokens) == 1 && slices.ContainsFunc(tokens[0].Parts, func(p danish.Part) bool {
		return slices.ContainsFunc(lemmas(p), func(l string) bool { return slices.Contains(forms, l) })
	})
}

// within is an automaton that accepts what holds its letters. A state is how many of them end where the reading is, counted from
// firstState.
type within string

// firstState is where states begin: vellum takes lower numbers for no state.
const firstState = 2

func (w within) Start() int                     { return firstState }
func (w within) IsMatch(state int) bool         { return state == firstState+len(w) }
func (w within) CanMatch(int) bool              { return true }
func (w within) WillAlwaysMatch(state int) bool { return w.IsMatch(state) }

// Accept reads a byte: what is read then ends with as many of the letters as can be.
func (w within) Accept(state int, b byte) int {
	if w.IsMatch(state) {
		return state
	}
	read := string(w[:state-firstState]) + string([]byte{b})
	for n := len(read); n > 0; n-- {
		if strings.HasPrefix(string(w), read[len(read)-n:]) {
			return firstState + n
		}
	}
	return firstState
}
