package main

import (
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index/danish/compound"
)

// rounds of estimation; costs hardly move after the third.
const rounds = 4

// model is a compound.Lexicon whose costs are estimated from the dictionary forms themselves: words are split with
// the costs so far, the parts are counted, and the counts give new costs.
type model struct {
	d       *dictionary
	pieces  map[string]*piece
	learned map[string]compound.Cost // modifiers that the dictionary does not declare, once seen
	never   sets                     // dictionary forms that words do not have, see readUnlikely
	counts  counts
	letters map[string]uint64 // trigrams and their first two letters in words that are no compounds
}

// piece is a string of the dictionary as a piece of words.
type piece struct {
	compound.Entry
	modifier bool
	headOf   string // dictionary form that stands for the string as a head, "" for none
}

// counts say how often strings were modifiers and dictionary forms were heads.
type counts struct {
	modifiers, heads map[string]uint64
	total            uint64
}

func newModel(d *dictionary) *model {
	m := &model{d: d, pieces: map[string]*piece{}}
	for form := range d.forms {
		p := &piece{}
		class, lemma := d.classes[form]
		p.Class, p.Lemma, p.Proper = class, lemma, !d.common[form]
		if d.heads[form] != nil && !p.Proper {
			p.headOf = d.singulars(d.heads.shortest(form))[0]
		}
		m.pieces[form] = p
	}
	for modifier := range d.modifiers {
		if m.pieces[modifier] == nil {
			m.pieces[modifier] = &piece{}
		}
		m.pieces[modifier].modifier = true
	}
	return m
}

// train estimates all costs.
func (m *model) train() {
	words := m.vocabulary()
	m.counts = counts{total: 2 * uint64(len(words))}
	m.spellFrom(words)
	s := compound.NewSplitter(m)
	for round := range rounds {
		m.price()
		next := counts{modifiers: map[string]uint64{}, heads: map[string]uint64{}, total: 1}
		var simplex []string
		for _, w := range words {
			bounds, cost, ok := s.Best(nil, []byte(w), m.options(w))
			if ok && m.believed(s, w, bounds, cost, round) {
				next.add(m, w, bounds)
			} else {
				simplex = append(simplex, w)
			}
		}
		m.counts = next
		m.spellFrom(simplex)
	}
	m.price()
}

// options are those for a dictionary form.
func (m *model) options(w string) compound.Options { return compound.Options{Class: m.d.classes[w]} }

// believed reports whether a split counts. In the first round, when all pieces cost the same, splits into few and
// long pieces do.
func (m *model) believed(s *compound.Splitter, w string, bounds []int, cost compound.Cost, round int) bool {
	if round > 0 {
		return cost < s.Spelling([]byte(w))
	}
	if len(bounds) > 2 {
		return false
	}
	from := 0
	for _, b := range append(slices.Clone(bounds), len(w)) {
		if utf8.RuneCountInString(w[from:b]) < 3 {
			return false
		}
		from = b
	}
	return true
}

// add counts the parts of a split.
func (c *counts) add(m *model, w string, bounds []int) {
	from := 0
	for _, b := range bounds {
		c.modifiers[w[from:b]]++
		from = b
	}
	c.heads[m.pieces[w[from:]].headOf]++
	c.total += uint64(len(bounds)) + 1
}

// vocabulary lists the dictionary forms that are written with letters only and are no names.
func (m *model) vocabulary() []string {
	var words []string
	for _, w := range slices.Sorted(maps.Keys(m.d.classes)) {
		if m.d.common[w] && onlyLetters(w) {
			words = append(words, w)
		}
	}
	return words
}

func onlyLetters(w string) bool {
	for _, r := range w {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// price turns counts into costs, with half a sighting added to each.
func (m *model) price() {
	for s, p := range m.pieces {
		p.Modifier, p.Head = 0, 0
		if p.modifier {
			p.Modifier = m.cost(m.counts.modifiers[s])
		}
		if p.headOf != "" {
			p.Head = m.cost(m.counts.heads[p.headOf])
		}
	}
	m.learned = map[string]compound.Cost{}
	for s, n := range m.counts.modifiers {
		if p := m.pieces[s]; p == nil || !p.modifier {
			m.learned[s] = m.cost(n) + compound.Undeclared(s[len(s)-1], p != nil && p.Head > 0)
		}
	}
}

func (m *model) cost(n uint64) compound.Cost { return surprise(2*n+1, 2*m.counts.total) }

// Pieces appends what is known of the strings that begin at an offset of a word at this stage of the training.
func (m *model) Pieces(dst []compound.Piece, word []byte, from int) []compound.Piece {
	for end := from + 1; end <= len(word); end++ {
		if e, ok := m.entry(word[from:end]); ok {
			dst = append(dst, compound.Piece{Entry: e, End: end})
		}
	}
	return dst
}

// entry returns what is known of a string.
func (m *model) entry(s []byte) (compound.Entry, bool) {
	learned := m.learned[string(s)]
	p := m.pieces[string(s)]
	if p == nil {
		return compound.Entry{Modifier: learned}, learned > 0
	}
	e := p.Entry
	if e.Modifier == 0 {
		e.Modifier = learned
	}
	return e, true
}

// Unseen is the cost of a piece that was never counted.
func (m *model) Unseen() compound.Cost { return m.cost(0) }

// spellFrom counts the letters of words.
func (m *model) spellFrom(words []string) {
	m.letters = map[string]uint64{}
	for _, w := range words {
		r := []rune("^^" + w + "$")
		for i := 2; i < len(r); i++ {
			m.letters[string(r[i-2:i+1])]++
			m.letters[string(r[i-2:i])]++
		}
	}
}

// Spell returns the cost of the last of three letters, with a tenth of a sighting added to each of 32 letters.
func (m *model) Spell(trigram []byte) compound.Cost {
	_, n := utf8.DecodeLastRune(trigram)
	return surprise(10*m.letters[string(trigram)]+1, 10*m.letters[string(trigram[:len(trigram)-n])]+32)
}
