package query

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// mend looks the words of a query up in the index. Words that no document has are mended, words that were written
// apart are joined where the index has the compound, and a compound that it does not have is looked for as its
// parts. All of it is noted, and nothing is done that the reader has switched off.
func (s Searcher) mend(ctx context.Context, r *reading, off []string) error {
	m := mender{s: s, r: r, off: off}
	if err := m.look(ctx); err != nil {
		return err
	}
	for i := range r.units {
		if u := &r.units[i]; (u.gone || u.stray) && u.plain() && !u.off && !u.term {
			if err := m.repair(ctx, u); err != nil {
				return err
			}
		}
	}
	if m.bare && !strings.ContainsAny(r.text, "æøåÆØÅ") {
		if err := m.letters(ctx); err != nil {
			return err
		}
	}
	if err := m.join(ctx); err != nil {
		return err
	}
	for i := range r.units {
		if u := &r.units[i]; !u.off && u.gone && u.compound() {
			u.whole = !r.allowed(off, Added{Kind: index.Split, For: u.typed, Text: strings.Join(u.token.Split, " ")})
		}
	}
	return nil
}

type mender struct {
	s   Searcher
	r   *reading
	off []string
	// bare says that a word turned out to be typed without Danish letters.
	bare bool
}

// allowed notes an alternative and reports whether the reader has left it on.
func (m *mender) allowed(k index.Kind, typed, text string) bool {
	return m.r.allowed(m.off, Added{Kind: k, For: typed, Text: text})
}

// look marks the words that no document has in any form, and offers other spellings of rare ones.
func (m *mender) look(ctx context.Context) error {
	for i := range m.r.units {
		u := &m.r.units[i]
		if u.off || len(u.phrase) > 0 || u.clause.Prefix {
			continue
		}
		n, err := m.docs(ctx, u.token)
		if err != nil {
			return err
		}
		u.gone = n == 0
		if n == 0 || !u.plain() || m.s.Analyzer.Knows(u.token.Text) {
			continue
		}
		if u.stray, err = m.unwritten(ctx, u.token.Text); err != nil {
			return err
		}
		if err := m.offer(ctx, u, n); err != nil {
			return err
		}
	}
	return nil
}

// unwritten reports whether no document has a word just as it is typed.
func (m *mender) unwritten(ctx context.Context, word string) (bool, error) {
	known, err := m.known(ctx, []string{word})
	return err == nil && !known[0], err
}

// docs is how many documents have the commonest dictionary form of a word, by itself or as a part, of what an
// elliptical piece stands for, or of the word read as English.
func (m *mender) docs(ctx context.Context, t danish.Token) (int, error) {
	forms := slices.Clone(t.Lemmas)
	for _, x := range t.Expansions {
		forms = append(forms, x.Lemmas...)
	}
	forms = append(forms, m.s.Analyzer.Lemmas(t.Text, "en")...)
	most := 0
	for _, f := range []index.Field{index.Lemma, index.Parts} {
		counts, err := m.s.Engine.DocFreq(ctx, f, forms)
		if err != nil {
			return 0, err
		}
		most = max(most, slices.Max(append(counts, 0)))
	}
	return most, nil
}

// A word in at most rare documents is worth a question when a word at one edit is in oftener times as many.
const (
	rare    = 2
	oftener = 10
)

// offer asks whether another spelling was meant, where the index has the typed one.
func (m *mender) offer(ctx context.Context, u *unit, docs int) error {
	word := u.token.Text
	if docs > rare || u.stray || !mayBeMistyped(word) {
		return nil
	}
	meant, n, err := m.best(ctx, append(respellings(word), edits(word)...))
	if err != nil || n < oftener*docs {
		return err
	}
	q := m.r.text
	start, end := u.token.Start, u.token.End
	m.r.offers = append(m.r.offers, Offer{Word: u.typed, Meant: meant, Query: q[:start] + meant + q[end:], Docs: n})
	return nil
}

// repair looks for the spelling that was meant: with Danish letters first, then at one edit. A word of Danish that
// only this index lacks is not taken for a slip. A stray word, whose stem may have met another word's by accident ("valge"
// for "vælge" meets "valg"), gets its Danish letters and no more.
func (m *mender) repair(ctx context.Context, u *unit) error {
	word := u.token.Text
	meant, _, err := m.best(ctx, respellings(word))
	if err != nil {
		return err
	}
	bare := meant != ""
	if meant == "" && u.gone && mayBeMistyped(word) && !m.s.Analyzer.Knows(word) {
		if meant, err = m.mistyped(ctx, word); err != nil {
			return err
		}
	}
	if meant == "" {
		return nil
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
	if docs == 0 && !mended.compound() || !m.allowed(index.Repaired, u.typed, meant) {
		return nil
	}
	u.token, u.kind = tokens[0], index.Repaired
	u.gone = docs == 0
	m.bare = m.bare || bare
	return nil
}

// letters looks for the other words of a query that was typed without Danish letters in their Danish spelling as well:
// beside "storrelse", "andre" may be "ændre". The typed word stays, since documents have it.
func (m *mender) letters(ctx context.Context) error {
	for i := range m.r.units {
		u := &m.r.units[i]
		if !u.plain() || u.off || u.term || u.kind != "" || len(u.apart) > 0 {
			continue
		}
		meant, _, err := m.best(ctx, respellings(u.token.Text))
		if err != nil {
			return err
		}
		tokens := m.s.Analyzer.Tokens(meant)
		if len(tokens) != 1 || !m.allowed(index.Repaired, u.typed, meant) {
			continue
		}
		u.also = append(u.also, forms(tokens[0].Lemmas, meant, weightLemma, index.Repaired)...)
	}
	return nil
}

// mistyped returns the word at one edit that most documents have, or else the compound with a part at one edit.
func (m *mender) mistyped(ctx context.Context, word string) (string, error) {
	meant, _, err := m.best(ctx, edits(word))
	if meant != "" || err != nil {
		return meant, err
	}
	return m.mistypedPart(ctx, word)
}

// minPart is the length in bytes that both halves of a compound must have for one of them to vouch for the other.
const minPart = 5

// mistypedPart mends one half of a compound whose other half the index knows. A word of two known halves is no slip.
func (m *mender) mistypedPart(ctx context.Context, word string) (string, error) {
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
		head, tail := known[2*i], known[2*i+1]
		if head && tail {
			return "", nil
		}
		if tail {
			c.head, err = m.mendedHalf(ctx, c.head)
		} else if head {
			c.tail, err = m.mendedHalf(ctx, c.tail)
		}
		if err != nil {
			return "", err
		}
		if (head || tail) && c.head != "" && c.tail != "" {
			return c.head + c.link + c.tail, nil
		}
	}
	return "", nil
}

func (m *mender) mendedHalf(ctx context.Context, half string) (string, error) {
	meant, _, err := m.best(ctx, edits(half))
	return meant, err
}

// cut is a word cut in two.
type cut struct{ head, link, tail string }

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
		if i >= minPart && len(word)-i >= minPart {
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
		out[i] = n > 0
	}
	return out, err
}

// best returns the candidate that most documents have and how many, nothing when none has one; the first of equals.
// Candidates that stand in a text go before those of which only other forms do.
func (m *mender) best(ctx context.Context, candidates []string) (string, int, error) {
	best, most := "", 0
	for _, f := range []index.Field{index.Exact, index.Lemma} {
		if len(candidates) == 0 || most > 0 {
			break
		}
		counts, err := m.s.Engine.DocFreq(ctx, f, candidates)
		if err != nil {
			return "", 0, err
		}
		for i, n := range counts {
			if n > most {
				best, most = candidates[i], n
			}
		}
	}
	return best, most, nil
}

// join replaces two adjacent words by the compound that they make, where a document has it.
func (m *mender) join(ctx context.Context) error {
	r := m.r
	for i := 0; i+1 < len(r.units); i++ {
		left, right := &r.units[i], &r.units[i+1]
		if !joinable(left, right) {
			continue
		}
		joined, err := m.joined(ctx, left.token.Text, right.token.Text)
		if err != nil {
			return err
		}
		typed := left.typed + " " + right.typed
		if joined == nil || !m.allowed(index.Joined, typed, joined.Text) {
			continue
		}
		r.units[i] = unit{clause: left.clause, token: *joined, kind: index.Joined, typed: typed, apart: []danish.Token{left.token, right.token}}
		r.units = slices.Delete(r.units, i+1, i+2)
	}
	return nil
}

// joinable reports whether two words may be a compound written apart. The second may be a common word, as in "børne
// have"; then the first must not be one.
func joinable(left, right *unit) bool {
	return left.plain() && right.plain() && !left.off && left.kind != index.Joined &&
		mayBePart(left.token.Text) && mayBePart(right.token.Text) && len(right.token.Expansions) == 0
}

func mayBePart(word string) bool {
	return utf8.RuneCountInString(word) >= 3 && !strings.ContainsAny(word, "0123456789@./-'")
}

// joined returns the compound of two words that some document has, with the linking element that most have.
func (m *mender) joined(ctx context.Context, left, right string) (*danish.Token, error) {
	var best *danish.Token
	most := 0
	for _, link := range []string{"", "s", "e"} {
		tokens := m.s.Analyzer.Tokens(left + link + right)
		if len(tokens) != 1 {
			continue
		}
		counts, err := m.s.Engine.DocFreq(ctx, index.Lemma, tokens[0].Lemmas)
		if err != nil {
			return nil, err
		}
		if n := slices.Max(append(counts, 0)); n > most {
			best, most = &tokens[0], n
		}
	}
	return best, nil
}
