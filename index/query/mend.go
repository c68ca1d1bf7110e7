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
		if u := &r.units[i]; u.gone && u.plain() && !u.off && !u.term {
			if err := m.repair(ctx, u); err != nil {
				return err
			}
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
		if n > 0 && u.plain() {
			if err := m.offer(ctx, u, n); err != nil {
				return err
			}
		}
	}
	return nil
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

// offer asks whether another spelling was meant, where the index has the typed one. A word of Danish is never doubted.
func (m *mender) offer(ctx context.Context, u *unit, docs int) error {
	word := u.token.Text
	if docs > rare || !mayBeMistyped(word) || m.s.Analyzer.Knows(word) {
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
// only this index lacks is not taken for a slip.
func (m *mender) repair(ctx context.Context, u *unit) error {
	word := u.token.Text
	meant, _, err := m.best(ctx, respellings(word))
	if err != nil {
		return err
	}
	if meant == "" && mayBeMistyped(word) && !m.s.Analyzer.Knows(word) {
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
func (m *mender) best(ctx context.Context, candidates []string) (string, int, error) {
	if len(candidates) == 0 {
		return "", 0, nil
	}
	counts, err := m.s.Engine.DocFreq(ctx, index.Exact, candidates)
	if err != nil {
		return "", 0, err
	}
	best, most := "", 0
	for i, n := range counts {
		if n > most {
			best, most = candidates[i], n
		}
	}
	return best, most, nil
}

// maxRespellings bounds the candidates of one word with many vowels.
const maxRespellings = 512

// respellings are the words that are meant when æ, ø and å are written as ae, oe and aa, or as a and o.
func respellings(word string) []string {
	done := []string{""}
	for rest := word; rest != ""; {
		n := 1
		var ways []string
		switch {
		case strings.HasPrefix(rest, "aa"):
			n, ways = 2, []string{"aa", "å"}
		case strings.HasPrefix(rest, "ae"):
			n, ways = 2, []string{"ae", "æ", "åe"}
		case strings.HasPrefix(rest, "oe"):
			n, ways = 2, []string{"oe", "ø", "øe"}
		case rest[0] == 'a':
			ways = []string{"a", "å", "æ"}
		case rest[0] == 'o':
			ways = []string{"o", "ø"}
		default:
			_, n = utf8.DecodeRuneInString(rest)
			ways = []string{rest[:n]}
		}
		if len(done)*len(ways) > maxRespellings {
			ways = ways[:1]
		}
		longer := make([]string, 0, len(done)*len(ways))
		for _, d := range done {
			for _, w := range ways {
				longer = append(longer, d+w)
			}
		}
		done, rest = longer, rest[n:]
	}
	return done[1:] // the first is the word itself
}

// mayBeMistyped: short words have too many neighbours, and numbers are meant as they stand.
func mayBeMistyped(word string) bool {
	return utf8.RuneCountInString(word) >= 4 && utf8.RuneCountInString(word) <= 40 && !strings.ContainsAny(word, "0123456789@./")
}

const letters = "abcdefghijklmnopqrstuvwxyzæøåéü-"

// edits are the words at one edit from a word: a letter too much, too little, another one, or two swapped.
func edits(word string) []string {
	r := []rune(word)
	out := make([]string, 0, 64*len(r))
	for i := range r {
		out = append(out, string(r[:i])+string(r[i+1:]))
		if i > 0 && r[i] != r[i-1] {
			out = append(out, string(r[:i-1])+string(r[i])+string(r[i-1])+string(r[i+1:]))
		}
	}
	for i := 0; i <= len(r); i++ {
		head, tail := string(r[:i]), string(r[i:])
		for _, c := range letters {
			out = append(out, head+string(c)+tail)
			if i < len(r) && c != r[i] {
				out = append(out, head+string(c)+string(r[i+1:]))
			}
		}
	}
	return out
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
