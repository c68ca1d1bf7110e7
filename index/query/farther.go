package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
)

// Two slips in one word are mended in long words alone: those have so few neighbours that what was meant can be told.
const (
	longWord     = 8  // letters from which on two slips are looked for
	veryLongWord = 11 // and from which on unlikely ones are mended, too

	// oddsTwice is what two slips are less likely than one, oddsFirst what a slip in the first letter is less likely than another.
	oddsTwice = 0.3
	oddsFirst = 0.3

	// Odds from which on a word is mended unasked, in long and in very long words, and from which on it is asked about. Two
	// neighbouring keys or two vowels are .075, as is any slip beside a letter left out .03.
	mendLong     = 0.1
	mendVeryLong = 0.05
	askLong      = 0.015
	askEmpty     = 0.3 // where no document has it
	askKnown     = 0.3 // where the typed word could be a compound of words that the lexicon has

	// clear is how much likelier than any other word one has to be that is put in the place of another unasked.
	clear = 3
	// maxGuesses bounds the words that are counted.
	maxGuesses = 12
)

// farther looks for the word that was meant by one that has two slips in it, or one slip that leads to no word of the index. What
// is clear is returned to be mended, the rest is kept to be asked about.
func (m *mender) farther(ctx context.Context, u *unit) (spelling string, err error) {
	word := u.token.Text
	if !m.mayBeFar(u) {
		return "", nil
	}
	found, err := m.guessed(ctx, word)
	if err != nil || len(found) == 0 {
		return "", err
	}
	best := found[0]
	if best.reach > 0 && !m.spelled(word) && best.odds >= mendFrom(word) && !m.likesName(u, best.odds/oddsTwice) && m.isClear(found) {
		return best.text, nil
	}
	u.guesses = m.worthAsking(u, found)
	return "", nil
}

// worthAsking are the one or two words to ask about: the one that is likeliest to lead somewhere, and before it the one that is
// likeliest to have been meant. Of words that no document has only those count that hardly anything else can have been; a name
// has many neighbours among them.
func (m *mender) worthAsking(u *unit, found []candidate) []candidate {
	found = slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return c.reach == 0 && (isName(u) || c.odds < askEmpty) })
	if len(found) == 0 {
		return nil
	}
	likeliest := slices.MaxFunc(found, func(a, b candidate) int { return cmp.Compare(a.odds, b.odds) })
	if likeliest.odds > clear*found[0].odds {
		return []candidate{likeliest, found[0]}
	}
	return found[:1]
}

// mayBeFar: in short words only one slip is looked for, and a name among numbers or signs is none.
func (m *mender) mayBeFar(u *unit) bool {
	word := u.token.Text
	return mayBeMistyped(word) && utf8.RuneCountInString(word) >= shortest && !strings.ContainsAny(word, "-'"+accented)
}

// isName reports whether a word may be a name: it begins with a capital and goes on in small letters.
func isName(u *unit) bool {
	r, n := utf8.DecodeRuneInString(u.token.Surface)
	return unicode.IsUpper(r) && strings.ToLower(u.token.Surface[n:]) == u.token.Surface[n:]
}

// likesName reports whether a slip is too unlikely to mend a word unasked that may be a name. Many write the first word of a query
// with a capital, so there it tells nothing; a word that is the whole query is a name as often as not.
func (m *mender) likesName(u *unit, odds float64) bool {
	switch {
	case !isName(u):
		return false
	case len(m.r.units) == 1:
		return odds < oddsDoubled && utf8.RuneCountInString(u.token.Text) < longWord || odds < oddsLeftOut
	}
	return u.start > 0 && odds < oddsNear
}

// mendFrom are the odds of two slips from which on a word is mended unasked.
func mendFrom(word string) float64 {
	if utf8.RuneCountInString(word) >= veryLongWord {
		return mendVeryLong
	}
	return mendLong
}

// isClear reports whether the first of some words is far likelier than those that are no form of it.
func (m *mender) isClear(found []candidate) bool {
	own := m.s.Analyzer.Lemmas(found[0].text, "da")
	for _, c := range found[1:] {
		if c.weight()*clear > found[0].weight() && !m.formOf(c.text, own) {
			return false
		}
	}
	return true
}

// weight orders words that may have been meant: those that some document has go before those of the lexicon alone.
func (c candidate) weight() float64 { return c.odds * math.Sqrt(c.reach+lexiconDocs) }

// What words weigh that no document has, in documents: those of the lexicon, and compounds of which documents have the parts.
const (
	lexiconDocs = 0.05
	partsDocs   = 0.5
)

// guessed are the words of index, lexicon and vocabulary at up to two slips from a word, the likeliest first.
func (m *mender) guessed(ctx context.Context, word string) ([]candidate, error) {
	near := m.farAutomaton(word)
	docs := map[string]int{}
	if engine, ok := m.s.Engine.(walker); ok {
		terms, known, err := engine.Walk(ctx, index.Exact, near)
		if err != nil {
			return nil, err
		}
		for _, t := range terms {
			if known {
				docs[t.Text] = t.Docs
			}
		}
	}
	listed, err := m.s.Analyzer.Walk(near)
	if err != nil {
		return nil, fmt.Errorf("walk the lexicon: %w", err)
	}
	if m.s.Vocabulary != nil {
		for term := range m.s.Vocabulary.Words() {
			listed = append(listed, term)
		}
	}
	for _, w := range listed {
		docs[w] += 0
	}
	return m.weighFar(ctx, word, docs)
}

// weighFar orders words by how likely it is that they were meant, and counts the documents of those that stand in none as they are.
func (m *mender) weighFar(ctx context.Context, word string, docs map[string]int) ([]candidate, error) {
	typed := []rune(word)
	least := askLong
	if m.spelled(word) {
		least = askKnown
	}
	var found []candidate
	for meant, n := range docs {
		if d := len(meant) - len(word); meant == word || d > 2*maxRune || d < -2*maxRune {
			continue
		}
		if odds := farOdds(typed, []rune(meant)); odds >= least {
			found = append(found, candidate{text: meant, docs: n, odds: odds, reach: float64(n)})
		}
	}
	likeliest := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), strings.Compare(a.text, b.text))
	}
	slices.SortFunc(found, likeliest)
	found = found[:min(len(found), maxGuesses)]
	for i := range found {
		if err := m.reach(ctx, &found[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, likeliest)
	return found, nil
}

// reach counts the documents that a search for a word would find, where none has it just as it is.
func (m *mender) reach(ctx context.Context, c *candidate) error {
	tokens := m.s.Analyzer.Tokens(c.text)
	if c.docs > 0 || len(tokens) != 1 {
		return nil
	}
	docs, err := m.docs(ctx, tokens[0])
	if err != nil {
		return err
	}
	c.docs, c.reach = docs, float64(docs)
	if docs > 0 {
		return nil
	}
	whole, err := m.wholeParts(ctx, &unit{token: tokens[0]})
	if whole || m.term(c.text) {
		c.reach = partsDocs
	}
	return err
}

// walks reports whether the engine walks its terms: one that does not would be asked for hundreds of spellings of every piece.
func (m *mender) walks(ctx context.Context, word string) (bool, error) {
	if m.walking != nil {
		return *m.walking, nil
	}
	known := false
	if engine, ok := m.s.Engine.(walker); ok {
		var err error
		if _, known, err = engine.Walk(ctx, index.Exact, m.automaton(word)); err != nil {
			return false, err
		}
	}
	m.walking = &known
	return known, nil
}

// mistypedCompound looks for the compound that was meant by a word with one slip in it, though neither index nor lexicon has it as a
// whole: all words at one slip are taken apart, and documents have to have each of the parts. The linking forms of words,
// "børne" and "sundheds", are known to nothing but the reader of compounds.
func (m *mender) mistypedCompound(ctx context.Context, u *unit) (string, error) {
	word := u.token.Text
	if utf8.RuneCountInString(word) < veryLongWord || !m.mayBeFar(u) {
		return "", nil
	}
	ways := likelySlips(word, oddsNear)
	known := m.spelled(word)
	if known {
		// A compound of known words is right but for the letters of a foreign keyboard: "bornehavelærer".
		if whole, err := m.wholeParts(ctx, u); whole || err != nil {
			return "", err
		}
		ways = respelt(word)
	}
	var best candidate
	near := m.s.Analyzer.Near(word)
	for _, w := range ways {
		if w.odds < oddsNear || w.odds <= best.odds || !near.Knows(w.meant) {
			continue
		}
		reach, err := m.compoundReach(ctx, w.meant)
		if err != nil {
			return "", err
		}
		if reach > 0 {
			best = candidate{text: w.meant, odds: w.odds, reach: reach}
		}
	}
	if best.text != "" && (known || isName(u) || best.odds < oddsLeftOut) {
		u.guesses, best.text = []candidate{best}, ""
	}
	return best.text, nil
}

// compoundReach is above 0 when documents have each part of a compound, and none of the parts is short.
func (m *mender) compoundReach(ctx context.Context, word string) (float64, error) {
	tokens := m.s.Analyzer.Tokens(word)
	if len(tokens) != 1 {
		return 0, nil
	}
	c := unit{token: tokens[0]}
	for _, p := range c.topParts() {
		if len(p.Text) < minPart {
			return 0, nil
		}
	}
	whole, err := m.wholeParts(ctx, &c)
	if !whole || err != nil {
		return 0, err
	}
	return partsDocs, nil
}

// farAutomaton accepts the words two slips away from a long word, one slip from another.
func (m *mender) farAutomaton(word string) *automaton {
	if utf8.RuneCountInString(word) < longWord {
		return m.automaton(word)
	}
	return newAutomaton(word, twoSlips())
}

// farOdds are the odds that one word was typed for another with at most two slips, 0 when it takes more.
func farOdds(typed, meant []rune) float64 {
	head, tail := shared(typed, meant)
	first := 1.0
	if head == 0 {
		first = oddsFirst
	}
	n, k := len(typed), len(meant)
	tail = min(tail, n-head, k-head)
	once := oddsOf(typed, head, n-tail, meant[head:k-tail], 1)
	if len(typed) < longWord || once > 0 { // a wrong letter is no letter too much beside one too little
		return first * once
	}
	return first * oddsTwice * oddsOf(typed, head, n-tail, meant[head:k-tail], 2)
}

// oddsOf are the best odds that what stands from one letter to another was typed for what was meant with so many slips.
func oddsOf(typed []rune, from, to int, meant []rune, slips int) float64 {
	for from < to && len(meant) > 0 && typed[from] == meant[0] && slips == 0 {
		from, meant = from+1, meant[1:]
	}
	if from == to && len(meant) == 0 {
		return 1
	}
	if slips == 0 || to-from-len(meant) > slips || len(meant)-(to-from) > slips {
		return 0
	}
	best := 0.0
	if from < to && len(meant) > 0 && typed[from] == meant[0] {
		best = oddsOf(typed, from+1, to, meant[1:], slips)
	}
	if from < to {
		best = max(best, tooMuch(typed, from)*oddsOf(typed, from+1, to, meant, slips-1))
	}
	if len(meant) > 0 {
		best = max(best, tooLittle(typed, from, meant[0])*oddsOf(typed, from, to, meant[1:], slips-1))
	}
	if from < to && len(meant) > 0 && typed[from] != meant[0] {
		best = max(best, mistaken(meant[0], typed[from])*oddsOf(typed, from+1, to, meant[1:], slips-1))
	}
	if to-from > 1 && len(meant) > 1 && typed[from] == meant[1] && typed[from+1] == meant[0] {
		best = max(best, oddsSwapped*oddsOf(typed, from+2, to, meant[2:], slips-1))
	}
	return best
}
