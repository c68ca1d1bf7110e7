// Package compound finds the cheapest way to read a Danish word as parts: modifiers with their linking
// elements, then one head.
package compound

import "unicode/utf8"

// Cost is how unlikely something is, in 64ths of a nat. Whole numbers, so that every machine chooses alike.
type Cost int32

// Nat is one natural unit of information: a factor e in likelihood.
const Nat Cost = 64

// Entry is what a lexicon knows of a string as a piece of a word. A cost of zero means "cannot be".
type Entry struct {
	Modifier Cost // as a modifier, with the linking element that the string ends in
	Head     Cost // as the last part
	Proper   bool // only a name
	Lemma    bool // a dictionary form
	Class    Class
}

// Lexicon knows the pieces of words.
type Lexicon interface {
	// Entry returns what is known of a string.
	Entry(piece []byte) (Entry, bool)
	// Spell returns the cost of the last of three letters after the two others. A word begins after
	// "^^" and ends with "$".
	Spell(trigram []byte) Cost
	// Unseen is the cost as a modifier or head of a string that is possible but was never seen.
	Unseen() Cost
}

// The settings were chosen on a fifth of a foreign list of compounds that is kept out of this repository.
const (
	minModifier = 2  // letters
	minHead     = 3  // letters
	maxModifier = 22 // letters
	minUnknown  = 4  // letters of an unknown first part
	minBare     = 3  // letters of a modifier whose linking element the lexicon does not declare

	shortCost   = 4 * Nat // a modifier of two letters
	unknownCost = 4 * Nat // an unknown first part, beside its spelling
	classCost   = 6 * Nat // the head inflects otherwise than the word

	// Margin is by how much a split may cost more than spelling the word letter by letter.
	Margin = 2 * Nat
)

const impossible Cost = 1 << 30

// Splitter splits words. It keeps buffers between calls and serves one goroutine.
type Splitter struct {
	lex    Lexicon
	starts []int  // byte offsets of the letters, and the end
	nodes  []node // cheapest way to each of starts
	spell  []Cost // cost of spelling up to each of starts, without the end
	tri    []byte
}

type node struct {
	cost Cost
	from int
}

// NewSplitter returns a splitter over a lexicon.
func NewSplitter(lex Lexicon) *Splitter { return &Splitter{lex: lex} }

// Options says what is known of a word before it is split.
type Options struct {
	Class   Class // inflection of the whole word; zero when unknown
	Unknown bool  // let the first part be a word that the lexicon does not have
}

// Best returns the cheapest reading of a word as two or more parts: its cost and the byte offsets at which the
// second and further parts begin, appended to dst. There may be no such reading.
func (s *Splitter) Best(dst []int, word []byte, o Options) (bounds []int, cost Cost, ok bool) {
	s.letters(word)
	if len(s.starts)-1 < minModifier+minHead {
		return dst, 0, false
	}
	if o.Unknown {
		s.spelling(word)
	}
	s.modifiers(word, o)
	last, cost := s.head(word, o)
	if last < 0 {
		return dst, 0, false
	}
	return s.trace(dst, last), cost, true
}

// Split appends the offsets of the second and further parts when reading the word as a compound is likelier
// than spelling it as one word and it is no derivation; else it appends nothing.
func (s *Splitter) Split(dst []int, word []byte, o Options) []int {
	bounds, cost, ok := s.Best(dst, word, o)
	if !ok || cost-Margin >= s.Spelling(word) {
		return dst
	}
	if Particle(string(word[:bounds[len(dst)]])) || Derived(string(word[bounds[len(bounds)-1]:])) {
		return dst
	}
	return bounds
}

// Spelling is the cost of a word letter by letter.
func (s *Splitter) Spelling(word []byte) Cost {
	s.letters(word)
	s.spelling(word)
	n := len(s.starts) - 1
	return s.spell[n] + s.ending(word, n)
}

// letters notes where the letters begin.
func (s *Splitter) letters(word []byte) {
	s.starts = s.starts[:0]
	for i := 0; i < len(word); {
		s.starts = append(s.starts, i)
		_, n := utf8.DecodeRune(word[i:])
		i += n
	}
	s.starts = append(s.starts, len(word))
}

// spelling sums the cost of spelling up to each letter.
func (s *Splitter) spelling(word []byte) {
	s.spell = append(s.spell[:0], 0)
	for i := 1; i < len(s.starts); i++ {
		s.spell = append(s.spell, s.spell[i-1]+s.lex.Spell(s.trigram(word, i-3, s.starts[i])))
	}
}

// ending is the cost of ending a word after n letters.
func (s *Splitter) ending(word []byte, n int) Cost {
	t := s.trigram(word, n-2, s.starts[n])
	s.tri = append(t, '$')
	return s.lex.Spell(s.tri)
}

// trigram returns the letters from one to a byte offset, with "^" for those before the word. The result is
// valid until the next call.
func (s *Splitter) trigram(word []byte, first, end int) []byte {
	s.tri = s.tri[:0]
	for ; first < 0; first++ {
		s.tri = append(s.tri, '^')
	}
	s.tri = append(s.tri, word[s.starts[first]:end]...)
	return s.tri
}

// modifiers finds the cheapest way to every letter as a chain of modifiers.
func (s *Splitter) modifiers(word []byte, o Options) {
	n := len(s.starts) - 1
	s.nodes = s.nodes[:0]
	for range n + 1 {
		s.nodes = append(s.nodes, node{impossible, -1})
	}
	s.nodes[0].cost = 0
	for i := 0; i < n; i++ {
		if s.nodes[i].cost >= impossible {
			continue
		}
		for j := i + minModifier; j <= min(n-minHead, i+maxModifier); j++ {
			c, ok := s.modifier(word, i, j)
			if !ok && o.Unknown && i == 0 && j >= minUnknown && !opening(string(word[:s.starts[j]])) {
				c, ok = s.spell[j]+s.ending(word, j)+unknownCost, true
			}
			if !ok {
				continue
			}
			if j-i < minBare {
				c += shortCost
			}
			if t := s.nodes[i].cost + c; t < s.nodes[j].cost {
				s.nodes[j] = node{t, i}
			}
		}
	}
}

// modifier is the cost of the letters i to j as a modifier.
func (s *Splitter) modifier(word []byte, i, j int) (Cost, bool) {
	piece := word[s.starts[i]:s.starts[j]]
	e, ok := s.lex.Entry(piece)
	switch {
	case ok && e.Modifier > 0:
		return e.Modifier, true
	case j-i < minBare:
		return 0, false
	case ok && e.Head > 0 && !e.Proper:
		return s.lex.Unseen() + Undeclared(string(piece), true), true
	case j-i <= minBare:
		return 0, false
	}
	return s.linked(piece)
}

// linked is the cost of a piece as a modifier whose linking element the lexicon does not declare.
func (s *Splitter) linked(piece []byte) (Cost, bool) {
	link := piece[len(piece)-1]
	if link != 's' && link != 'e' {
		return 0, false
	}
	e, ok := s.lex.Entry(piece[:len(piece)-1])
	if !ok || e.Head == 0 || e.Proper {
		return 0, false
	}
	return s.lex.Unseen() + Undeclared(string(piece), false), true
}

// Undeclared is what a modifier costs beyond its frequency when the lexicon does not declare it: either a word
// stands bare, or its last letter is a linking element.
func Undeclared(piece string, bare bool) Cost {
	if !bare && piece[len(piece)-1] == 'e' {
		return 4 * Nat
	}
	return 3 * Nat
}

// head finds the cheapest last part and returns the letter it begins at, or -1.
func (s *Splitter) head(word []byte, o Options) (int, Cost) {
	n := len(s.starts) - 1
	best, cost := -1, impossible
	for i := minModifier; i <= n-minHead; i++ {
		if s.nodes[i].cost >= impossible {
			continue
		}
		piece := word[s.starts[i]:]
		e, ok := s.lex.Entry(piece)
		if !ok || e.Head == 0 || e.Proper || Ending(string(piece)) {
			continue
		}
		t := s.nodes[i].cost + e.Head
		if o.Class != 0 && !(e.Lemma && o.Class.Fits(e.Class)) {
			t += classCost
		}
		if t < cost {
			best, cost = i, t
		}
	}
	return best, cost
}

// trace appends the offsets at which the parts begin that lead to the last one.
func (s *Splitter) trace(dst []int, last int) []int {
	from := len(dst)
	for i := last; i > 0; i = s.nodes[i].from {
		dst = append(dst, s.starts[i])
	}
	for i, j := from, len(dst)-1; i < j; i, j = i+1, j-1 {
		dst[i], dst[j] = dst[j], dst[i]
	}
	return dst
}
