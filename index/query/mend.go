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
	for _, step := range []func(context.Context) error{m.titles, m.look, m.names, m.join, m.repairAll, m.letters, m.joinMended, m.offers} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	for i := range r.units {
		if u := &r.units[i]; !u.off && u.gone && u.compound() {
			u.whole = !r.allowed(off, u.asParts())
			var err error
			if u.pieces, err = m.pieces(ctx, u.token.Parts, 1); err != nil {
				return err
			}
		}
	}
	r.keepOne()
	return nil
}

// pieces are the parts of a compound that documents may have: those of one level, and of a part that no document has the
// parts of its own, since the parts of "sprogvurderingsskema" are no nearer to a text that knows no "sprogvurdering".
func (m *mender) pieces(ctx context.Context, parts []danish.Part, level int) ([]danish.Part, error) {
	var out []danish.Part
	for i, p := range parts {
		if p.Level != level {
			continue
		}
		end := i + 1
		for end < len(parts) && parts[end].Level > level {
			end++
		}
		docs, err := m.docs(ctx, danish.Token{Text: p.Text, Lemmas: lemmas(p)})
		if err != nil {
			return nil, err
		}
		if inner := parts[i+1 : end]; docs == 0 && len(inner) > 1 {
			below, err := m.pieces(ctx, inner, level+1)
			if err != nil {
				return nil, err
			}
			out = append(out, below...)
			continue
		}
		out = append(out, p)
	}
	return out, nil
}

type mender struct {
	s   Searcher
	r   *reading
	off []string
	// bare says that a word turned out to be typed without Danish letters.
	bare bool
	near map[string]*automaton // made of words: see automaton
	// cutting is the word that was cut in two last, and heads are the terms near its beginnings, by field: see headsNear.
	cutting string
	heads   map[index.Field][]index.Term
	// walking is whether the engine walks its terms, nil before it was asked.
	walking *bool
}

// allowed notes an alternative and reports whether the reader has left it on.
func (m *mender) allowed(k index.Kind, typed, text string) bool {
	return m.r.allowed(m.off, Added{Kind: k, For: typed, Text: text})
}

// look counts the documents that have each word in some form, and marks the words that none has.
func (m *mender) look(ctx context.Context) error {
	for i := range m.r.units {
		u := &m.r.units[i]
		if u.off || len(u.phrase) > 0 || u.clause.Prefix {
			continue
		}
		var err error
		if u.docs, u.native, err = m.counts(ctx, u.token); err != nil {
			return err
		}
		u.gone = u.docs == 0
		if u.gone || !u.plain() || m.s.Analyzer.Lists(u.token.Text) {
			continue
		}
		if u.stray, err = m.unwritten(ctx, u.token.Text); err != nil {
			return err
		}
	}
	return nil
}

// names puts the words that texts have for a thing in the place of a name for it that no text has: "1000-dages-programmet"
// is read as "1000 dage". Its parts near each other would find programmes of whatever kind.
func (m *mender) names(ctx context.Context) error {
	if m.s.Vocabulary == nil {
		return nil
	}
	for i := 0; i < len(m.r.units); i++ {
		u := m.r.units[i]
		reading := ""
		if u.gone && u.plain() && !u.off && u.kind == "" {
			reading = m.s.Vocabulary.Reading(u.token.Lemmas)
		}
		if reading == "" || !m.allowed(index.Repaired, u.typed, reading) {
			continue
		}
		var read []unit
		for _, t := range m.s.Analyzer.Tokens(reading) {
			docs, err := m.docs(ctx, t)
			if err != nil {
				return err
			}
			read = append(read, unit{
				clause: u.clause, start: u.start, end: u.end, token: t, kind: index.Repaired, typed: u.typed,
				docs: docs, gone: docs == 0, off: t.Stop,
			})
		}
		m.r.units = slices.Replace(m.r.units, i, i+1, read...)
		i += len(read) - 1
	}
	return nil
}

// repairAll mends the words that no document has. A word of the lexicon that only this index lacks is meant as it stands: the
// reader of "moderne" is asked about "møderne", and gets no other word unasked.
func (m *mender) repairAll(ctx context.Context) error {
	for i := range m.r.units {
		u := &m.r.units[i]
		if (u.gone || u.stray) && u.plain() && !u.off && !u.term && u.kind == "" && !m.s.Analyzer.Lists(u.token.Text) && !m.inEnglish(u) {
			if err := m.repair(ctx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// inEnglish reports whether a word is a common one of English among others. One by itself may be Danish without its letters.
func (m *mender) inEnglish(u *unit) bool {
	return u.english && slices.ContainsFunc(m.r.units, func(v unit) bool { return v.start != u.start && v.english && v.foreign })
}

// offers asks about the words that are looked for as they were typed. Words that are joined are asked about no more: the
// reader of "børne have" did not mean "børn have".
func (m *mender) offers(ctx context.Context) error {
	for i := range m.r.units {
		u := &m.r.units[i]
		if !u.plain() || u.off || u.term || u.kind != "" || u.stray || !mayBeMistyped(u.token.Text) {
			continue
		}
		offered, err := m.offerLetters(ctx, u)
		if err != nil {
			return err
		}
		if offered || u.english || len(u.guesses) == 0 && m.s.Analyzer.Lists(u.token.Text) != u.gone {
			continue // common words are right, and rare ones that the lexicon has are meant
		}
		if err := m.offer(ctx, u); err != nil {
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
	most, _, err := m.counts(ctx, t)
	return most, err
}

// counts is docs, and beside it how many documents have the word as a Danish one.
func (m *mender) counts(ctx context.Context, t danish.Token) (most, native int, err error) {
	forms := slices.Clone(t.Lemmas)
	for _, x := range t.Expansions {
		forms = append(forms, x.Lemmas...)
	}
	own := len(forms)
	forms = append(forms, m.s.Analyzer.Lemmas(t.Text, "en")...)
	for _, f := range []index.Field{index.Lemma, index.Parts} {
		counts, err := m.s.Engine.DocFreq(ctx, f, forms)
		if err != nil {
			return 0, 0, err
		}
		native = max(native, slices.Max(append(counts[:own:own], 0)))
		most = max(most, slices.Max(append(counts, 0)))
	}
	return most, native, nil
}

// letters looks for the other words of a query that was typed without Danish letters in their Danish spelling as well:
// beside "storrelse", "andre" may be "ændre". The typed word stays, since documents have it.
func (m *mender) letters(ctx context.Context) error {
	if !m.bare || strings.ContainsAny(m.r.text, "æøåÆØÅ") {
		return nil
	}
	for i := range m.r.units {
		u := &m.r.units[i]
		if !u.plain() || u.off || u.term || u.kind != "" || len(u.apart) > 0 {
			continue
		}
		meant, err := m.likeliest(ctx, respelt(u.token.Text), nil)
		if err != nil {
			return err
		}
		tokens := m.s.Analyzer.Tokens(meant.text)
		if len(tokens) != 1 || !m.allowed(index.Repaired, u.typed, meant.text) {
			continue
		}
		u.also = append(u.also, forms(tokens[0].Lemmas, meant.text, weightLemma, index.Repaired, true)...)
	}
	return nil
}

// join replaces two adjacent words by the compound that they make, where a document has it. It goes before repair, so that
// "børne have" is not read as "børn have".
func (m *mender) join(ctx context.Context) error {
	r := m.r
	for i := 0; i+1 < len(r.units); i++ {
		left, right := &r.units[i], &r.units[i+1]
		if !joinable(left, right) && !m.torn(left, right) {
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
		docs, err := m.docs(ctx, *joined)
		if err != nil {
			return err
		}
		r.units[i] = unit{
			clause: left.clause, start: left.start, end: right.end, token: *joined, kind: index.Joined, typed: typed,
			docs: docs, gone: docs == 0, apart: []danish.Token{left.token, right.token},
		}
		r.units = slices.Delete(r.units, i+1, i+2)
	}
	return nil
}

// joinMended joins words of which one was mended.
func (m *mender) joinMended(ctx context.Context) error {
	if !slices.ContainsFunc(m.r.units, func(u unit) bool { return u.kind == index.Repaired }) {
		return nil
	}
	return m.join(ctx)
}

// joinable reports whether two words may be a compound written apart. The second may be a common word, as in "børne
// have"; then the first must not be one.
func joinable(left, right *unit) bool {
	return left.plain() && right.plain() && !left.off && left.kind != index.Joined &&
		mayBePart(left.token.Text) && mayBePart(right.token.Text) && len(right.token.Expansions) == 0
}

// torn reports whether a common or short word stands before what is no word by itself, as in "to sprogede".
func (m *mender) torn(left, right *unit) bool {
	return left.plain() && right.plain() && left.kind == "" && !right.off && len(right.token.Expansions) == 0 &&
		utf8.RuneCountInString(left.token.Text) >= 2 && !strings.ContainsAny(left.token.Text+right.token.Text, notInParts) &&
		mayBePart(right.token.Text) && !m.s.Analyzer.Lists(right.token.Text)
}

// notInParts are signs that no part of a compound has.
const notInParts = "0123456789@./-'"

func mayBePart(word string) bool {
	return utf8.RuneCountInString(word) >= 3 && !strings.ContainsAny(word, notInParts)
}

// joined returns the compound of two words that some document has, with the linking element that most have. Where none has,
// the first word tells: "børne" is no word by itself, so only the compound of the lexicon can be meant. All are asked for at
// once: on a cluster every question is a journey.
func (m *mender) joined(ctx context.Context, left, right string) (*danish.Token, error) {
	var compounds []danish.Token
	var forms []string
	for _, link := range []string{"", "s", "e"} {
		if tokens := m.s.Analyzer.Tokens(left + link + right); len(tokens) == 1 {
			compounds = append(compounds, tokens[0])
			forms = append(forms, tokens[0].Lemmas...)
		}
	}
	counts, err := m.s.Engine.DocFreq(ctx, index.Lemma, forms)
	if err != nil {
		return nil, err
	}
	var best *danish.Token
	most := 0
	for i := range compounds {
		own := counts[:len(compounds[i].Lemmas)]
		counts = counts[len(own):]
		if n := slices.Max(append([]int{0}, own...)); n > most {
			best, most = &compounds[i], n
		}
	}
	if best == nil {
		best = m.listedAmong(compounds, m.s.Analyzer.Lists(left))
	}
	return best, nil
}

// listedAmong is the first of some compounds that the vocabulary has, whose relatives documents may have, or else, unless their first word
// is one by itself, the lexicon; nil when they have none.
func (m *mender) listedAmong(compounds []danish.Token, word bool) *danish.Token {
	for i := range compounds {
		if c := &compounds[i]; m.term(c.Text) || !word && m.s.Analyzer.Lists(c.Text) {
			return c
		}
	}
	return nil
}
