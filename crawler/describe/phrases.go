package describe

import (
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/index/danish"
)

// phrases finds many phrases in analysed text in one pass. A phrase is one or more words: a plain word is met in any
// inflection, "=word" in this form alone, "*word" in compounds that contain it too, "#" is any number.
type phrases struct {
	danish *danish.Analyzer
	exact  map[string]int32 // forms, by what they are worth in a phrase
	lemma  map[string]int32
	part   map[string]int32
	first  map[int32][]int32 // phrases by the id of their first word
	list   []phrase
	next   int32
}

// phrase is what a text has to say: at each place one of several ids.
type phrase struct {
	words [][]int32
	owner owner
}

// owner says whose phrase it is and what it counts there.
type owner struct {
	table  string // "topic", "theme", "cue", "type" ...
	row    int    // in that table
	weight float64
}

// match is a phrase found in tokens from to to, both inclusive. Whole is false when it was met inside a compound.
type match struct {
	owner
	from, to int
	whole    bool
}

const anyNumber int32 = 1

// maxPhrase bounds the words of a phrase.
const maxPhrase = 8

func newPhrases(a *danish.Analyzer) *phrases {
	return &phrases{
		danish: a, exact: map[string]int32{}, lemma: map[string]int32{}, part: map[string]int32{},
		first: map[int32][]int32{}, next: anyNumber + 1,
	}
}

// add makes a phrase known.
func (p *phrases) add(text string, o owner) error {
	ph := phrase{owner: o}
	for word := range strings.FieldsSeq(text) {
		places, err := p.places(word)
		if err != nil {
			return fmt.Errorf("phrase %q: %w", text, err)
		}
		ph.words = append(ph.words, places...)
	}
	if len(ph.words) == 0 || len(ph.words) > maxPhrase {
		return fmt.Errorf("phrase %q: not one to %d words", text, maxPhrase)
	}
	at := int32(len(p.list))
	p.list = append(p.list, ph)
	for _, id := range ph.words[0] {
		p.first[id] = append(p.first[id], at)
	}
	return nil
}

// places are the places that a word of a phrase takes, mostly one: "før- og" would be two.
func (p *phrases) places(word string) ([][]int32, error) {
	if word == "#" {
		return [][]int32{{anyNumber}}, nil
	}
	if form, ok := strings.CutPrefix(word, "="); ok {
		return [][]int32{p.id(nil, p.exact, danish.Fold(form))}, nil
	}
	word, inCompounds := strings.CutPrefix(word, "*")
	tokens := p.danish.Tokens(word)
	if len(tokens) == 0 {
		return nil, fmt.Errorf("%q is no word", word)
	}
	var places [][]int32
	for _, t := range tokens {
		ids := p.id(nil, p.exact, t.Text)
		ids = p.id(ids, p.lemma, meant(t)...)
		ids = p.id(ids, p.lemma, p.danish.Lemmas(word, "en")...)
		if inCompounds {
			ids = p.id(ids, p.part, t.Text)
			ids = p.id(ids, p.part, meant(t)...)
		}
		places = append(places, distinct(ids))
	}
	return places, nil
}

// meant are the dictionary forms of a word of a phrase. Phrases are written in dictionary forms: "far" means the father,
// although the form may also be of the verb "fare".
func meant(t danish.Token) []string {
	if slices.Contains(t.Lemmas, t.Text) {
		return []string{t.Text}
	}
	return t.Lemmas
}

// id appends the numbers of forms, new ones for those that no phrase had yet.
func (p *phrases) id(ids []int32, forms map[string]int32, all ...string) []int32 {
	for _, form := range all {
		id, ok := forms[form]
		if !ok {
			id = p.next
			p.next++
			forms[form] = id
		}
		ids = append(ids, id)
	}
	return ids
}

func distinct(ids []int32) []int32 {
	var out []int32
	seen := map[int32]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// marks are the ids that a token has; those from whole on come from the parts of a compound.
type marks struct {
	ids   []int32
	whole int
}

func (m marks) has(ids []int32) (found, whole bool) {
	for i, id := range m.ids {
		for _, want := range ids {
			if id == want {
				return true, i < m.whole
			}
		}
	}
	return false, false
}

// read gives every token its ids. Most tokens have none: they are words that no phrase knows.
func (p *phrases) read(tokens []danish.Token) []marks {
	all := make([]marks, len(tokens))
	arena := make([]int32, 0, 2*len(tokens)+16)
	for i := range tokens {
		from := len(arena)
		var whole int
		arena, whole = p.mark(arena, &tokens[i])
		all[i] = marks{ids: arena[from:len(arena):len(arena)], whole: whole}
	}
	return all
}

func (p *phrases) mark(ids []int32, t *danish.Token) ([]int32, int) {
	from := len(ids)
	if id, ok := p.exact[t.Text]; ok {
		ids = append(ids, id)
	}
	for _, l := range t.Lemmas {
		if id, ok := p.lemma[l]; ok {
			ids = append(ids, id)
		}
	}
	if startsWithDigit(t.Text) {
		ids = append(ids, anyNumber)
	}
	whole := len(ids) - from
	for i := range t.Parts {
		if id, ok := p.part[t.Parts[i].Lemma]; ok {
			ids = append(ids, id)
		}
	}
	return ids, whole
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// find returns every phrase in the tokens, in the order of their first words.
func (p *phrases) find(all []marks) []match {
	var out []match
	for i := range all {
		for _, id := range all[i].ids {
			for _, at := range p.first[id] {
				if m, ok := p.at(all, i, at); ok {
					out = append(out, m)
				}
			}
		}
	}
	return compact(out)
}

func (p *phrases) at(all []marks, i int, at int32) (match, bool) {
	ph := &p.list[at]
	if i+len(ph.words) > len(all) {
		return match{}, false
	}
	m := match{owner: ph.owner, from: i, to: i + len(ph.words) - 1, whole: true}
	for k, ids := range ph.words {
		found, whole := all[i+k].has(ids)
		if !found {
			return match{}, false
		}
		m.whole = m.whole && whole
	}
	return m, true
}

// compact drops a phrase that was found twice in one place by two of its forms, and one that lies within a longer one
// of its table: in "samarbejde med forældre" no other "samarbejde" is meant.
func compact(all []match) []match {
	out := all[:0:0]
	for i, m := range all {
		if !within(all, i) {
			out = append(out, m)
		}
	}
	return out
}

// within looks around match i, since matches stand in the order of their first words.
func within(all []match, i int) bool {
	m := all[i]
	for k := i - 1; k >= 0 && all[k].from+maxPhrase > m.from; k-- {
		if o := all[k]; o.table == m.table && o.to >= m.to && (o.owner == m.owner || o.to-o.from > m.to-m.from) {
			return true
		}
	}
	for k := i + 1; k < len(all) && all[k].from == m.from; k++ {
		if o := all[k]; o.table == m.table && o.to > m.to {
			return true
		}
	}
	return false
}
