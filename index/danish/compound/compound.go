// Package compound finds the cheapest way to read a Danish word as parts: modifiers with their linking
// elements, then one head.
package compound

import (
	"slices"
	"unicode/utf8"
)

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

// Piece is a string inside a word with what is known of it.
type Piece struct {
	Entry
	End int // byte offset in the word after the string
}

// Lexicon knows the pieces of words.
type Lexicon interface {
	// Pieces appends what is known of the strings that begin at an offset of a word, shortest first.
	Pieces(dst []Piece, word []byte, from int) []Piece
	// Spell returns the cost of the last of three letters after the two others. A word begins after
	// "^^" and ends with "$".
	Spell(trigram []byte) Cost
	// Unseen is the cost as a modifier or head of a string that is possible but was never seen.
	Unseen() Cost
}

// The settings were chosen on a fifth of a foreign list of compounds that is kept out of this repository.
const (
	minModifier = 2  // letters
	minHead     = 3  // letters, but for the words in shortHeads
	maxModifier = 22 // letters

	minShortHead   = 2 // letters
	minUnknown     = 4 // letters of an unknown first part
	minStrangeHead = 4 // letters of the head behind it
	minBare        = 3 // letters of a modifier whose linking element the lexicon does not declare

	shortCost   = 2 * Nat // a modifier of two letters at the beginning, or a head of two
	innerCost   = 4 * Nat // a modifier of two letters inside
	unknownCost = 4 * Nat // an unknown first part, beside its spelling
	classCost   = 6 * Nat // the head inflects otherwise than the word
	elisionCost = 2 * Nat // a linking s that is left out before an s

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
	pieces []Piece
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
	if len(s.starts)-1 < minModifier+minShortHead {
		return dst, 0, false
	}
	if o.Unknown {
		s.spelling(word)
	}
	last, cost := s.walk(word, o)
	if last < 0 {
		return dst, 0, false
	}
	return s.trace(dst, last), cost, true
}

// Split appends the offsets of the second and further parts when reading the word as a compound is likelier
// than spelling it as one word and it is no derivation; else it appends nothing.
func (s *Splitter) Split(dst []int, word []byte, o Options) []int {
	bounds, cost, ok := s.Best(dst, word, o)
	if !ok {
		return dst
	}
	if !o.Unknown {
		s.spelling(word)
	}
	if n := len(s.starts) - 1; cost-Margin >= s.spell[n]+s.ending(word, n) {
		return dst
	}
	return s.compounded(dst, word, bounds[len(dst):], o.Class)
}

// compounded appends the bounds that make a word a compound: not those after a particle, and none before a derivation.
func (s *Splitter) compounded(dst []int, word []byte, bounds []int, class Class) []int {
	first, last := word[:bounds[0]], bounds[len(bounds)-1]
	if derived(string(word[:last]), string(word[last:])) || s.strange(word, bounds) {
		return dst
	}
	if class == 0 {
		class = s.class(word, last)
	}
	if Particle(string(first)) && !(Place(string(first)) && (class == 0 || class&Noun != 0)) {
		bounds = bounds[1:]
	}
	return append(dst, bounds...)
}

// strange reports whether a word is an unknown first part before a head of few letters: "vygotsky" is a name and no sky.
func (s *Splitter) strange(word []byte, bounds []int) bool {
	if len(bounds) > 1 || utf8.RuneCount(word[bounds[0]:]) >= minStrangeHead {
		return false
	}
	s.pieces = s.lex.Pieces(s.pieces[:0], word, 0)
	return !slices.ContainsFunc(s.pieces, func(p Piece) bool {
		// With its linking element cut off, too: "kaktuss-" is known by "kaktus".
		return p.End == bounds[0] || p.End == bounds[0]-1 && links[word[bounds[0]-1]]
	})
}

// links are the letters that may link the parts of a compound.
var links = [256]bool{'s': true, 'e': true}

// class is how the last part of a word inflects, 0 when that is not known.
func (s *Splitter) class(word []byte, last int) Class {
	s.pieces = s.lex.Pieces(s.pieces[:0], word, last)
	if n := len(s.pieces); n > 0 && s.pieces[n-1].End == len(word) {
		return s.pieces[n-1].Class
	}
	return 0
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

// walk finds the cheapest way to every letter as a chain of modifiers, and from there on with a head: it returns
// the letter at which the head of the cheapest reading begins, or -1.
func (s *Splitter) walk(word []byte, o Options) (last int, cost Cost) {
	n := len(s.starts) - 1
	s.nodes = s.nodes[:0]
	for range n + 1 {
		s.nodes = append(s.nodes, node{impossible, -1})
	}
	s.nodes[0].cost = 0
	last, cost = -1, impossible
	for i := 0; i <= n-minShortHead; i++ {
		if s.nodes[i].cost >= cost {
			continue // not reached, or already dearer than a whole reading
		}
		s.pieces = s.lex.Pieces(s.pieces[:0], word, s.starts[i])
		s.modifiers(word, i, o)
		if i < minModifier {
			continue
		}
		if c, ok := s.head(word, i, o); ok && s.nodes[i].cost+c < cost {
			last, cost = i, s.nodes[i].cost+c
		}
	}
	return last, cost
}

// modifiers goes on from a letter with every modifier that begins there.
func (s *Splitter) modifiers(word []byte, i int, o Options) {
	n, k := len(s.starts)-1, 0
	unknown := 0 // bytes that an unknown first part may have
	if o.Unknown && i == 0 {
		unknown = opening(word)
	}
	var before Entry // of the piece without its last letter
	for j := i + 1; j <= min(n-minShortHead, i+maxModifier); j++ {
		var e Entry
		for k < len(s.pieces) && s.pieces[k].End < s.starts[j] {
			k++
		}
		if k == len(s.pieces) && before.Head == 0 && s.starts[j] > unknown {
			break // nothing that the lexicon has begins here and is so long
		}
		if k < len(s.pieces) && s.pieces[k].End == s.starts[j] {
			e = s.pieces[k].Entry
		}
		c := s.modifier(e, before, word[s.starts[j]-1], j-i)
		if c > 0 && i > 0 && j-i < minBare {
			c += innerCost - shortCost
		}
		if j-i >= minModifier && k+1 < len(s.pieces) && word[s.starts[j]] == 's' && s.pieces[k+1].End == s.starts[j]+1 && s.pieces[k].End == s.starts[j] {
			c = elided(c, e, s.pieces[k+1].Entry)
		}
		before = e
		if c == 0 && j >= minUnknown && s.starts[j] <= unknown {
			c = s.spell[j] + s.ending(word, j) + unknownCost
		}
		if t := s.nodes[i].cost + c; c > 0 && t < s.nodes[j].cost {
			s.nodes[j] = node{t, i}
		}
	}
}

// modifier is the cost of a piece as a modifier, 0 for never: as the lexicon declares it, or as a bare word, or as a
// word with its last letter for a linking element.
func (s *Splitter) modifier(e, before Entry, last byte, letters int) Cost {
	switch {
	case letters < minModifier:
		return 0
	case e.Modifier > 0 && letters < minBare:
		return e.Modifier + shortCost
	case e.Modifier > 0:
		return e.Modifier
	case letters >= minBare && e.Head > 0 && !e.Proper:
		return s.lex.Unseen() + Undeclared(last, true)
	case letters > minBare && (last == 's' || last == 'e') && before.Head > 0 && !before.Proper:
		return s.lex.Unseen() + Undeclared(last, false)
	}
	return 0
}

// elided is the cost of a modifier that stands before an s, given the piece that has this s as its linking element:
// writers need no second s in "platformspil". Only then can the head win that has the s.
func elided(c Cost, bare, linked Entry) Cost {
	if bare.Head == 0 || bare.Proper || linked.Modifier == 0 {
		return c
	}
	if e := linked.Modifier + elisionCost; c == 0 || e < c {
		return e
	}
	return c
}

// Undeclared is what a modifier costs beyond its frequency when the lexicon does not declare it: either a word
// stands bare, or its last letter is a linking element.
func Undeclared(last byte, bare bool) Cost {
	if !bare && last == 'e' {
		return 4 * Nat
	}
	return 3 * Nat
}

// head is the cost of all that stands from a letter on as the last part.
func (s *Splitter) head(word []byte, i int, o Options) (Cost, bool) {
	if len(s.pieces) == 0 || s.pieces[len(s.pieces)-1].End != len(word) {
		return 0, false
	}
	e := s.pieces[len(s.pieces)-1].Entry
	if e.Head == 0 || e.Proper || Ending(string(word[s.starts[i]:])) {
		return 0, false
	}
	if n := len(s.starts) - 1; i > n-minHead {
		if !shortHeads.has(string(word[s.starts[i]:])) {
			return 0, false
		}
		// So short a string must be a head in every way: "lommeur" is "ur", "tekstur" is not.
		if o.Class != 0 && !o.Class.Fits(e.Class) {
			return 0, false
		}
		e.Head += shortCost
	}
	if o.Class != 0 && !(e.Lemma && o.Class.Fits(e.Class)) {
		return e.Head + classCost, true
	}
	return e.Head, true
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
