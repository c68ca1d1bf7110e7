package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index"
)

// walker is an engine that walks the terms of a field with an automaton. Another engine is asked for every spelling by
// itself, which takes ten times as long.
type walker interface {
	// Walk returns the terms that the automaton accepts and in how many documents each stands, in byte order. It is not known where the
	// engine cannot tell at the moment.
	Walk(ctx context.Context, f index.Field, a vellum.Automaton) (terms []index.Term, known bool, err error)
}

// guesses are words that may have been meant.
type guesses struct {
	spelt   []slip // these
	slipped string // and all that are one slip away from this one; empty for none
}

// counted gives the guesses that stand in a field, and in how many documents each does. They are in the order in which slips
// lists them, since of two that are as likely the first is taken.
func (m *mender) counted(ctx context.Context, f index.Field, g guesses) ([]slip, []int, error) {
	ways, counts, err := m.walked(ctx, f, g.slipped)
	if err != nil {
		return nil, nil, err
	}
	asked := g.spelt
	if counts == nil && g.slipped != "" {
		asked = append(slices.Clip(asked), slips(g.slipped)...)
	}
	if len(asked) == 0 {
		return ways, counts, nil
	}
	words := make([]string, len(asked))
	for i := range asked {
		words[i] = asked[i].meant
	}
	freqs, err := m.s.Engine.DocFreq(ctx, f, words)
	if err != nil {
		return nil, nil, err
	}
	return append(slices.Clip(asked), ways...), append(freqs, counts...), nil
}

// walked finds the terms of a field one slip away from a word. No counts are returned when the engine cannot walk.
func (m *mender) walked(ctx context.Context, f index.Field, word string) (ways []slip, counts []int, err error) {
	engine, ok := m.s.Engine.(walker)
	if !ok || word == "" {
		return nil, nil, nil
	}
	var terms []index.Term
	known := true
	if len(word) < len(m.cutting) && strings.HasPrefix(m.cutting, word) {
		terms, known, err = m.headsNear(ctx, engine, f, word)
	} else {
		terms, known, err = engine.Walk(ctx, f, m.automaton(word))
	}
	if err != nil || !known {
		return nil, nil, err
	}
	docs := map[string]int{}
	for _, t := range terms {
		docs[t.Text] = t.Docs
	}
	ways = slipsTo(word, func(yield func(string) bool) {
		for _, t := range terms {
			if !yield(t.Text) {
				return
			}
		}
	})
	counts = make([]int, len(ways))
	for i := range ways {
		counts[i] = docs[ways[i].meant]
	}
	return ways, counts, nil
}

// headsNear are the terms of a field one slip away from a head of the word that is cut. All heads are walked for at once, since most
// of a walk goes over the first letters, and a long word has thirty heads.
func (m *mender) headsNear(ctx context.Context, engine walker, f index.Field, head string) ([]index.Term, bool, error) {
	terms, walked := m.heads[f]
	if !walked {
		all := newAutomaton(m.cutting, oneSlip())
		found, known, err := engine.Walk(ctx, f, beginnings{all})
		if err != nil || !known {
			return nil, false, err
		}
		if m.heads == nil {
			m.heads = map[index.Field][]index.Term{}
		}
		terms, m.heads[f] = found, found
	}
	near := m.automaton(head)
	var out []index.Term
	for _, t := range terms {
		if d := len(t.Text) - len(head); d <= maxRune && d >= -maxRune && vellum.AutomatonContains(near, []byte(t.Text)) {
			out = append(out, t)
		}
	}
	return out, true, nil
}

// slipsInLists are the words of the lexicon and the vocabulary one slip away from a word.
func (m *mender) slipsInLists(word string) ([]slip, error) {
	if strings.ContainsAny(word, accented) {
		return slips(word), nil // the lexicon has its words without accents, so that the automaton would count them as slips
	}
	words, err := m.s.Analyzer.Walk(m.automaton(word))
	if err != nil {
		return nil, fmt.Errorf("walk the lexicon: %w", err)
	}
	if m.s.Vocabulary != nil {
		for term := range m.s.Vocabulary.Words() {
			words = append(words, term)
		}
	}
	slices.Sort(words)
	return slipsTo(word, slices.Values(slices.Compact(words))), nil
}

// accented are the letters that the lexicon has without their accents.
const accented = "éèêà"

// automaton accepts the words one slip away from a word, and the word. It is kept, since several fields are walked with it.
func (m *mender) automaton(word string) *automaton {
	if near := m.near[word]; near != nil {
		return near
	}
	if m.near == nil {
		m.near = map[string]*automaton{}
	}
	near := newAutomaton(word, oneSlip())
	m.near[word] = near
	return near
}

// slipsTo are those of some words that slips would list, in its order and with the best of the odds that it would give to each.
func slipsTo(word string, meant func(yield func(string) bool)) []slip {
	type placed struct {
		slip
		at int
	}
	typed := []rune(word)
	var found []placed
	for m := range meant {
		if d := len(m) - len(word); d > maxRune || d < -maxRune || m == word {
			continue // most terms of the vocabulary
		}
		if odds, at := slipTo(typed, []rune(m)); odds > 0 {
			found = append(found, placed{slip{m, odds}, at})
		}
	}
	slices.SortFunc(found, func(a, b placed) int { return a.at - b.at })
	out := make([]slip, len(found))
	for i := range found {
		out[i] = found[i].slip
	}
	return out
}

// maxRune is the length in bytes of the longest letter.
const maxRune = 4

// slipTo are the odds that a word was typed for another, 0 when it is not one slip away or has letters that no slip makes, and
// where slips lists it.
func slipTo(typed, meant []rune) (odds float64, at int) {
	n := len(typed)
	head, tail := shared(typed, meant)
	switch len(meant) {
	case n - 1:
		return likeliestOf(n-1-tail, head, func(i int) (float64, int) { return tooMuch(typed, i), place(i, 0, 0) })
	case n + 1:
		return likeliestOf(n-tail, head, func(i int) (float64, int) {
			c := strings.IndexRune(letters, meant[i])
			if c < 0 {
				return 0, 0
			}
			return tooLittle(typed, i, meant[i]), place(n+i, 0, c)
		})
	case n:
		c := strings.IndexRune(letters, meant[min(head, n-1)])
		if head+tail == n-1 && c >= 0 {
			return mistaken(meant[head], typed[head]), place(head, 2, c)
		}
		if head+tail == n-2 && typed[head] == meant[head+1] && typed[head+1] == meant[head] {
			return oddsSwapped, place(head+1, 1, 0)
		}
	}
	return 0, 0
}

// shared are how many letters two words share at their beginnings and at their ends.
func shared(a, b []rune) (head, tail int) {
	n := min(len(a), len(b))
	for head < n && a[head] == b[head] {
		head++
	}
	for tail < n && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head, tail
}

// likeliestOf is the best of the slips at the letters from one to another, the first of several: in a run of equal letters it cannot
// be told which one is too much.
func likeliestOf(from, to int, slip func(i int) (float64, int)) (odds float64, at int) {
	for i := from; i <= to; i++ {
		if o, p := slip(i); o > odds {
			odds, at = o, p
		}
	}
	return odds, at
}

// place orders slips as the list of them is: by letter, then by kind, then by the letter that was meant.
func place(letter, kind, meant int) int { return (letter*4+kind)*len(letters) + meant }
