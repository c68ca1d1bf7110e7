package query

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// candidate is a spelling that some document has.
type candidate struct {
	text string
	docs int
	odds float64 // that it was meant, against other candidates
	slip float64 // the odds of the slip alone
	// reach is docs, or for a word of the lexicon what its parts make up for them; told of words at two slips alone.
	reach float64
}

// A word in at most rare documents is worth a question when a word at one edit is in oftener times as many, and in
// more than rare ones.
const (
	rare    = 2
	oftener = 10
)

// offerLetters asks whether a word was meant with Danish letters, where no Danish text has it without them or hardly any:
// "born" is found in an English text, and "børn" was meant. Who typed another word of the query with such letters has them.
func (m *mender) offerLetters(ctx context.Context, u *unit) (offered bool, err error) {
	if strings.ContainsAny(m.r.text, "æøåÆØÅ") || m.besideEnglish(u) || u.native > rare && m.s.Analyzer.Lists(u.token.Text) {
		return false, nil
	}
	meant, err := m.likeliest(ctx, respelt(u.token.Text), func(word string) bool { return !danish.IsStop(word) })
	if meant.docs == 0 || meant.docs < oftener*u.native || err != nil {
		return false, err
	}
	m.ask(u, meant)
	return true, nil
}

// besideEnglish reports whether another word of the query is one of English texts alone.
func (m *mender) besideEnglish(u *unit) bool {
	return slices.ContainsFunc(m.r.units, func(v unit) bool { return v.start != u.start && v.foreign && v.docs > 0 && v.native == 0 })
}

// ask offers the query with another word in the place of a typed one.
func (m *mender) ask(u *unit, meant candidate) {
	q := m.r.text
	m.r.offers = append(m.r.offers, Offer{Word: u.typed, Meant: meant.text, Query: q[:u.start] + meant.text + q[u.end:], Docs: meant.docs})
}

// offer asks whether another spelling was meant, where the typed one is in the index or in the lexicon.
func (m *mender) offer(ctx context.Context, u *unit) error {
	word := u.token.Text
	if u.docs > rare {
		return nil
	}
	if len(u.guesses) > 0 {
		for _, g := range u.guesses {
			m.ask(u, g)
		}
		return nil
	}
	meant, err := m.weighed(ctx, guesses{respelt(word), word}, nil)
	if err != nil || meant.docs <= rare || meant.docs < oftener*u.docs {
		return err
	}
	m.ask(u, meant)
	return nil
}

// repair puts the spelling that was meant in the place of a word.
func (m *mender) repair(ctx context.Context, u *unit) error {
	meant, bare, err := m.meant(ctx, u)
	if meant == "" || err != nil {
		return err
	}
	tokens := m.s.Analyzer.Tokens(meant)
	if len(tokens) != 1 {
		return nil
	}
	docs, err := m.docs(ctx, tokens[0])
	if err != nil {
		return err
	}
	mended := unit{clause: u.clause, token: tokens[0]}
	if docs == 0 && !mended.compound() && !m.term(meant) || !m.allowed(index.Repaired, u.typed, meant) {
		return nil
	}
	u.token, u.kind = tokens[0], index.Repaired
	u.docs, u.gone, u.off = docs, docs == 0, tokens[0].Stop
	m.bare = m.bare || bare
	return nil
}

// meant looks for the spelling that was meant: with Danish letters first, then at one edit. A word of Danish that only
// this index lacks is not taken for a slip, nor is an inflection of a word that it has. A compound that neither index nor
// lexicon has is taken for one all the same when a word at one edit is in the index: of the two explanations a slip is
// the likelier one.
func (m *mender) meant(ctx context.Context, u *unit) (spelling string, bare bool, err error) {
	word := u.token.Text
	ways := respelt(word)
	c, err := m.likeliest(ctx, ways, nil)
	if c.text == "" && err == nil && u.gone {
		c, err = m.listed(ctx, u, ways)
	}
	if c.text != "" || err != nil {
		return c.text, true, err
	}
	if !mayBeMistyped(word) || m.s.Analyzer.Lists(word) || u.english {
		return "", false, nil
	}
	known := m.spelled(word)
	c, err = m.weighed(ctx, guesses{slipped: word}, func(meant string) bool {
		return (u.gone || !m.formOf(meant, u.token.Lemmas)) && (!known || relinked(word, meant) || m.spelled(meant))
	})
	if c.text == "" && err == nil && u.gone {
		ways, err = m.slipsInLists(word)
		if err == nil {
			c, err = m.listed(ctx, u, ways)
		}
	}
	if c.text != "" && m.likesName(u, c.slip) {
		u.guesses = []candidate{c}
		return "", false, nil
	}
	if c.text != "" || err != nil || !u.gone {
		return c.text, false, err
	}
	meant, err := m.farther(ctx, u)
	if meant == "" && err == nil && !known {
		meant, err = m.mistypedPart(ctx, word, false)
	}
	walks := false
	if meant == "" && err == nil {
		walks, err = m.walks(ctx, word)
	}
	if meant == "" && err == nil && walks && len(u.guesses) == 0 {
		meant, err = m.mistypedCompound(ctx, u)
	}
	if meant == "" && err == nil && walks && !known {
		meant, err = m.mistypedPart(ctx, word, true)
	}
	return meant, false, err
}

// listed chooses among candidates that no text has as they stand: a word of the lexicon or the vocabulary that documents
// have in another form, or else a compound of the lexicon whose parts they have. The latter is no better than the compound that was typed,
// unless that has a part that no document has.
func (m *mender) listed(ctx context.Context, u *unit, ways []slip) (candidate, error) {
	var best candidate
	compounds := false
	if !m.s.Analyzer.Lists(u.token.Text) {
		whole, err := m.wholeParts(ctx, u)
		if err != nil {
			return best, err
		}
		compounds = !whole
	}
	for _, w := range ways {
		if tooShort(w) || !m.s.Analyzer.Lists(w.meant) && !m.term(w.meant) {
			continue
		}
		tokens := m.s.Analyzer.Tokens(w.meant)
		if len(tokens) != 1 {
			continue
		}
		docs, err := m.docs(ctx, tokens[0])
		if err != nil {
			return best, err
		}
		c := candidate{text: w.meant, docs: docs, slip: w.odds, odds: w.odds * math.Sqrt(float64(docs))}
		if docs == 0 && compounds && best.docs == 0 {
			found, err := m.wholeParts(ctx, &unit{token: tokens[0]})
			if err != nil {
				return best, err
			}
			if found || m.term(w.meant) {
				c.odds = w.odds
			}
		}
		if c.odds > best.odds || docs > 0 && best.docs == 0 {
			best = c
		}
	}
	return best, nil
}

// term reports whether the vocabulary has a word: its relatives may be found though no document has the word.
func (m *mender) term(word string) bool { return m.s.Vocabulary != nil && m.s.Vocabulary.Has(word) }

// wholeParts reports whether a word is a compound and some document has each of its parts.
func (m *mender) wholeParts(ctx context.Context, u *unit) (bool, error) {
	parts := u.topParts()
	for _, p := range parts {
		n, err := m.docs(ctx, danish.Token{Text: p.Text, Lemmas: lemmas(p)})
		if n == 0 || err != nil {
			return false, err
		}
	}
	return len(parts) > 1, nil
}

// tooShort leaves out the less likely slips in short words, which have too many neighbours.
func tooShort(w slip) bool { return w.odds < oddsNear && utf8.RuneCountInString(w.meant) < shortest }

// shortest is how many letters a word has in which any slip may be mended.
const shortest = 6

// spelled reports whether a word, or each of the words that hyphens join in it, is one of Danish.
func (m *mender) spelled(word string) bool {
	for piece := range strings.SplitSeq(word, "-") {
		if piece != "" && !m.s.Analyzer.Knows(piece) {
			return false
		}
	}
	return true
}

// relinked reports whether two words differ by the s or e between the halves of a compound alone.
func relinked(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for i := minHalf; i+minHalf <= len(a); i++ {
		if links(rune(b[i])) && len(b) == len(a)+1 && a[:i] == b[:i] && a[i:] == b[i+1:] {
			return true
		}
	}
	return false
}

func respelt(word string) []slip {
	var out []slip
	for _, w := range respellings(word) {
		out = append(out, slip{w, oddsDanish})
	}
	return out
}

// likeliest weighs the ways in which a word may have been mistyped by how common the words are that were meant then. The
// zero candidate is returned when no document has one. Candidates that stand in a text go before those of which only
// other forms do, and of those only the likelier slips are looked up, which halves the time. accept may be nil.
func (m *mender) likeliest(ctx context.Context, ways []slip, accept func(string) bool) (candidate, error) {
	return m.weighed(ctx, guesses{spelt: ways}, accept)
}

// weighed is likeliest for guesses of any kind.
func (m *mender) weighed(ctx context.Context, g guesses, accept func(string) bool) (candidate, error) {
	best, err := m.commonest(ctx, index.Exact, g, 0, accept)
	if best.docs > 0 || err != nil {
		return best, err
	}
	return m.commonest(ctx, index.Lemma, g, oddsNear, accept)
}

// commonest is the best candidate in one field among guesses with at least some odds.
func (m *mender) commonest(ctx context.Context, f index.Field, g guesses, least float64, accept func(string) bool) (candidate, error) {
	var best candidate
	ways, counts, err := m.counted(ctx, f, g)
	if err != nil {
		return best, err
	}
	for i, n := range counts {
		c := candidate{text: ways[i].meant, docs: n, slip: ways[i].odds, odds: ways[i].odds * math.Sqrt(float64(n))}
		if c.odds > best.odds && ways[i].odds >= least && !tooShort(ways[i]) && (accept == nil || accept(c.text)) {
			best = c
		}
	}
	return best, nil
}

func (m *mender) formOf(word string, lemmas []string) bool {
	return slices.ContainsFunc(m.s.Analyzer.Lemmas(word, "da"), func(l string) bool { return slices.Contains(lemmas, l) })
}

// minPart is the length in bytes that both halves of a compound must have for one of them to vouch for the other.
const minPart = 5

// mistypedPart mends the half of a compound that the index does not know, or both of them in a very long word. A word of two
// known halves is no slip. Of several ways to cut it the likeliest is taken, the longest head first.
func (m *mender) mistypedPart(ctx context.Context, word string, both bool) (string, error) {
	cuts := halves(word)
	var words []string
	for _, c := range cuts {
		words = append(words, c.head, c.tail)
	}
	known, err := m.known(ctx, words)
	if err != nil {
		return "", err
	}
	for i, c := range cuts {
		if known[2*i] && known[2*i+1] && c.least() >= minPart {
			return "", nil
		}
	}
	walks, err := m.walks(ctx, word)
	if err != nil {
		return "", err
	}
	if walks && !strings.Contains(word, "-") && m.cutting != word {
		m.cutting, m.heads = word, nil
	}
	meant, best := "", 0.0
	for i, c := range cuts {
		if !walks && c.least() < minPart || both == (known[2*i] || known[2*i+1]) || !c.mayBeMended(known[2*i], known[2*i+1]) {
			continue
		}
		head, err := m.half(ctx, c.head, known[2*i])
		if err != nil {
			return "", err
		}
		if head.odds == 0 {
			continue
		}
		tail, err := m.half(ctx, c.tail, known[2*i+1])
		if err != nil {
			return "", err
		}
		if odds := head.odds * tail.odds; odds > best {
			meant, best = head.text+c.link+tail.text, odds
		}
		if !walks && meant != "" {
			break // each half is thousands of questions
		}
	}
	return meant, nil
}

// half is a half of a compound as it was meant; the zero candidate when that cannot be told.
func (m *mender) half(ctx context.Context, typed string, known bool) (candidate, error) {
	if known {
		return candidate{text: typed, odds: 1}, nil
	}
	if !mayBeMistyped(typed) {
		return candidate{}, nil
	}
	return m.weighed(ctx, guesses{slipped: typed}, nil)
}

// cut is a word cut in two.
type cut struct{ head, link, tail string }

// least is the length in bytes of the shorter half.
func (c cut) least() int { return min(len(c.head), len(c.tail)) }

// mayBeMended: a short half has to be known and can vouch for a long one alone, and of two unknown halves each has to be long.
func (c cut) mayBeMended(head, tail bool) bool {
	switch {
	case head && tail:
		return c.least() >= minPart
	case head || tail:
		return c.least() >= minPart || len(c.head)+len(c.tail) >= minPart+longPart
	}
	return c.link == "" && c.least() >= minPart && len(c.head)+len(c.tail) >= 2*longPart
}

// longPart is the length in bytes of a half that a short one can vouch for.
const longPart = 7

// halves are the ways to cut a word in two: at its hyphens, or else anywhere, the longest head first.
func halves(word string) []cut {
	var cuts []cut
	for i := range word {
		if word[i] == '-' {
			cuts = append(cuts, cut{word[:i], "-", word[i+1:]})
		}
	}
	if len(cuts) > 0 {
		return cuts
	}
	for i := range word {
		if i >= minPart-1 && len(word)-i >= minPart-1 {
			cuts = append(cuts, cut{word[:i], "", word[i:]})
		}
	}
	slices.Reverse(cuts)
	return cuts
}

// known tells which words stand in some document.
func (m *mender) known(ctx context.Context, words []string) ([]bool, error) {
	out := make([]bool, len(words))
	if len(words) == 0 {
		return out, nil
	}
	counts, err := m.s.Engine.DocFreq(ctx, index.Exact, words)
	for i, n := range counts {
		out[i] = n > 0 || m.s.Analyzer.Lists(words[i])
	}
	return out, err
}
