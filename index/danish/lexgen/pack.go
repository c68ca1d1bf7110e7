package main

import (
	"maps"
	"math"
	"slices"
	"strings"

	"smaabornsviden/index/danish/compound"
	"smaabornsviden/index/danish/lexicon"
)

// maxLemmas is how many dictionary forms a word keeps; more than three have two words in a thousand.
const maxLemmas = 3

// packer makes the contents of the file.
type packer struct {
	m      *model
	c      *chooser
	values map[string]lexicon.Value
	tables lexicon.Tables
	number map[string]int // of lemma edits
}

// pack turns a trained model into the contents of a lexicon file.
func pack(m *model, c *chooser) (map[string]lexicon.Value, lexicon.Tables) {
	p := &packer{m: m, c: c, values: map[string]lexicon.Value{}, number: map[string]int{}}
	words := map[string]bool{}
	for w := range m.pieces {
		words[w] = true
	}
	for w := range m.learned {
		words[w] = true
	}
	// In order, since edits are numbered as they come.
	for _, w := range slices.Sorted(maps.Keys(words)) {
		p.values[w] = p.value(w)
	}
	p.tables.Unseen = m.Unseen()
	p.tables.Trigrams = m.trigrams()
	return p.values, p.tables
}

func (p *packer) value(word string) lexicon.Value {
	d := p.m.d
	e, _ := p.m.entry([]byte(word))
	f := lexicon.Fields{
		Edits:    p.edits(word, p.m.lemmas(word)),
		Modifier: e.Modifier, Head: e.Head, Proper: e.Proper, Class: e.Class,
		Word: d.forms[word] != nil,
	}
	if compound.Ending(word) {
		f.Head = 0
	}
	if f.Word {
		f.Bounds = p.c.split(word)
	}
	return lexicon.Pack(f)
}

// edits returns the number of the edits that make the lemmas of a word.
func (p *packer) edits(word string, lemmas []string) int {
	var edits []lexicon.Edit
	for _, l := range lemmas {
		n := compound.SharedPrefix(word, l)
		plain := lexicon.Edit{Cut: len(word) - n, Add: l[n:]}
		verb, other := p.m.d.readings.of(word, l)
		if !verb || !p.m.d.nounAndVerb(l) {
			edits = append(edits, plain)
			continue
		}
		if other {
			edits = append(edits, plain)
		}
		edits = append(edits, lexicon.Edit{Cut: plain.Cut, Add: plain.Add + lexicon.VerbMark})
	}
	key := lexicon.Key(edits)
	if n, ok := p.number[key]; ok {
		return n
	}
	p.number[key] = len(p.tables.Edits)
	p.tables.Edits = append(p.tables.Edits, edits)
	return p.number[key]
}

// nounAndVerb reports whether a dictionary form is that of a noun and of a verb. Only then does it matter which of them a
// word is a form of: with adjectives verbs share their participles.
func (d *dictionary) nounAndVerb(lemma string) bool {
	return d.classes[lemma]&compound.Noun != 0 && d.classes[lemma]&compound.Verb != 0
}

// lemmas lists the dictionary forms of a word, or of the word that a modifier stands for, the most productive first.
func (m *model) lemmas(word string) []string {
	found := map[string]bool{}
	for l := range m.d.forms[word] {
		found[l] = true
	}
	if len(found) == 0 && m.d.modifiers[word] != nil {
		found[m.d.standsFor(word)] = true
	}
	if len(found) == 0 {
		found[m.bare(word)] = true
	}
	found = m.unlikely(word, m.d.allSingulars(found))
	lemmas := slices.SortedFunc(maps.Keys(found), func(a, b string) int {
		if na, nb := m.likely(a, word), m.likely(b, word); na != nb {
			return nb - na
		}
		return shorter(a, b)
	})
	return lemmas[:min(len(lemmas), maxLemmas)]
}

// unlikely takes from the dictionary forms of a word those that it is not: what the word list gives by mistake, a longer
// word that ends in another of the forms ("lægger" is no form of "kortlægge"), and those that are listed. To leave out all
// imperatives of rare verbs beside their nouns ("vej" for "veje") made the order of results worse by .002.
func (m *model) unlikely(word string, found map[string]bool) map[string]bool {
	kept := map[string]bool{}
	for l := range found {
		if m.never[word] != nil && m.never[word][l] && len(found) > 1 {
			continue
		}
		if !m.mistaken(l, word, found) {
			kept[l] = true
		}
	}
	return kept
}

// mistaken reports whether another of the dictionary forms of a word is the end of this one, and the word begins otherwise.
func (m *model) mistaken(lemma, word string, found map[string]bool) bool {
	for other := range found {
		if len(other) > 2 && len(other) < len(lemma) && strings.HasSuffix(lemma, other) && compound.SharedPrefix(word, lemma) < len(lemma)-len(other) {
			return true
		}
		// "Kortlægger" of the same mistake would be "kortkortlægge".
		if rest, ok := strings.CutSuffix(lemma, other); ok && rest != "" && strings.HasPrefix(other, rest) && other != lemma {
			return true
		}
	}
	return false
}

// uses is how often a dictionary form is a part of others.
func (m *model) uses(lemma string) int {
	return int(m.counts.heads[lemma] + m.counts.modifiers[lemma])
}

// standsFor is the dictionary form that a modifier stands for: "billede" for "billed-", which the word list also
// has as a prefix of its own. Only what nothing but a prefix is stands for itself.
func (d *dictionary) standsFor(modifier string) string {
	best := d.modifiers.shortest(modifier)
	for _, lemma := range slices.Sorted(maps.Keys(d.modifiers[modifier])) {
		if d.classes[lemma] != 0 && (d.classes[best] == 0 || shorter(lemma, best) < 0) {
			best = lemma
		}
	}
	return best
}

// likely ranks the dictionary forms of a word: the word itself first, since imperatives and the like are rare, then
// those that are often parts of words.
func (m *model) likely(lemma, word string) int {
	if lemma == word {
		return math.MaxInt32
	}
	return m.uses(lemma)
}

// bare is the dictionary form behind a modifier that was learned: the string without its linking element.
func (m *model) bare(modifier string) string {
	for _, link := range []string{"s", "e"} {
		if w, ok := strings.CutSuffix(modifier, link); ok && m.d.forms[w] != nil {
			return m.d.forms.shortest(w)
		}
	}
	return modifier
}

// trigrams gives the table of spelling costs.
func (m *model) trigrams() map[string]compound.Cost {
	table := map[string]compound.Cost{}
	for s := range m.letters {
		if len([]rune(s)) == 2 {
			table[s] = surprise(1, 10*m.letters[s]+32)
		} else {
			table[s] = m.Spell([]byte(s))
		}
	}
	return table
}
