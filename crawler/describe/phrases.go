package describe

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"smaabornsviden/index/danish"
)

// phrases finds many phrases in analysed text in one pass. A phrase is one or more words: a plain word is met in any
// inflection, "=word" in this form alone, "*word" in compounds that contain it too, "#" is any number.
type phrases struct {
	danish *danish.Analyzer
	forms  map[string]*form
	first  [][]int32 // phrases by the id of their first word
	list   []phrase
	next   int32

	danishWords, englishWords memo
}

// form holds the ids of a word as it stands, as a dictionary form and as a part of a compound; 0 for none. One look-up
// answers for all three, and most words are their own dictionary form.
type form struct{ exact, lemma, part int32 }

func asExact(f *form) *int32 { return &f.exact }
func asLemma(f *form) *int32 { return &f.lemma }
func asPart(f *form) *int32  { return &f.part }

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
	name   bool // the whole name of what the row is
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
	return &phrases{danish: a, forms: map[string]*form{}, next: anyNumber + 1}
}

// add makes a phrase known.
func (p *phrases) add(text string, o owner) error {
	if apart := doctors.Replace(text); apart != text {
		if err := p.add(apart, o); err != nil {
			return err
		}
	}
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
	for int(p.next) > len(p.first) {
		p.first = append(p.first, nil)
	}
	for _, id := range ph.words[0] {
		p.first[id] = append(p.first[id], at)
	}
	return nil
}

// doctors write "ph.d." as the two words that it is where a sentence begins with it: "Ph.d.-forsvar" is "ph", "d" and "forsvar".
var doctors = strings.NewReplacer("*ph.d.-", "=ph =d ", "ph.d.-", "=ph =d ", "*ph.d.", "=ph =d", "ph.d.", "=ph =d")

// places are the places that a word of a phrase takes, mostly one: "før- og" would be two.
func (p *phrases) places(word string) ([][]int32, error) {
	if word == "#" {
		return [][]int32{{anyNumber}}, nil
	}
	if form, ok := strings.CutPrefix(word, "="); ok {
		return [][]int32{p.id(nil, asExact, danish.Fold(form))}, nil
	}
	word, inCompounds := strings.CutPrefix(word, "*")
	tokens := p.danish.Tokens(word)
	if len(tokens) == 0 {
		return nil, fmt.Errorf("%q is no word", word)
	}
	var places [][]int32
	for _, t := range tokens {
		ids := p.id(nil, asExact, t.Text)
		ids = p.id(ids, asLemma, meant(t)...)
		english := danish.PlainAll(p.danish.Lemmas(word, "en"))
		ids = p.id(ids, asLemma, slices.DeleteFunc(slices.Clone(english), func(lemma string) bool { return graded(t.Text, lemma) })...)
		if inCompounds {
			ids = p.id(ids, asPart, t.Text)
			ids = p.id(ids, asPart, meant(t)...)
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
	// A copy: what the analyzer gives it remembers, and a word that lost a form here would lose it in the index.
	return slices.DeleteFunc(slices.Clone(danish.PlainAll(t.Lemmas)), func(lemma string) bool { return graded(t.Text, lemma) })
}

// id appends the numbers of forms, new ones for those that no phrase had yet.
func (p *phrases) id(ids []int32, as func(*form) *int32, all ...string) []int32 {
	for _, word := range all {
		f := p.forms[word]
		if f == nil {
			f = &form{}
			p.forms[word] = f
		}
		id := as(f)
		if *id == 0 {
			*id = p.next
			p.next++
		}
		ids = append(ids, *id)
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

// marks are the ids that a word has; those from whole on come from the parts of a compound.
type marks struct {
	ids   []int32
	whole int
}

func (m *marks) has(ids []int32) (found, whole bool) {
	for i, id := range m.ids {
		for _, want := range ids {
			if id == want {
				return true, i < m.whole
			}
		}
	}
	return false, false
}

// maxMemo bounds the words whose marks are remembered. A text of 600 words has some 300 different ones, and texts of one field
// share most of them.
const maxMemo = 1 << 16

// memo remembers the marks of words in one language: what a word is depends on nothing else. A word that no phrase knows,
// as most are, has nil.
type memo struct {
	mu    sync.RWMutex
	words map[string]*marks // by danish.Token.Text
}

func (m *memo) get(word string) (*marks, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	found, ok := m.words[word]
	return found, ok
}

func (m *memo) put(word string, found *marks) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words == nil || len(m.words) >= maxMemo {
		m.words = map[string]*marks{}
	}
	m.words[word] = found
}

// read appends the marks of every token of a text in a language.
func (p *phrases) read(all []*marks, tokens []danish.Token, lang string) []*marks {
	known := &p.danishWords
	if lang == "en" { // the analyser has these two
		known = &p.englishWords
	}
	for i := range tokens {
		found, ok := known.get(tokens[i].Text)
		if !ok {
			found = p.mark(&tokens[i])
			known.put(tokens[i].Text, found)
		}
		all = append(all, found)
	}
	return all
}

// mark looks a word up among the words of all phrases; nil for none.
func (p *phrases) mark(t *danish.Token) *marks {
	var ids []int32
	own := p.forms[t.Text]
	if own != nil && own.exact != 0 {
		ids = append(ids, own.exact)
	}
	for _, l := range t.Lemmas {
		if f := p.forms[danish.Plain(l)]; f != nil && f.lemma != 0 && !graded(t.Text, danish.Plain(l)) {
			ids = append(ids, f.lemma)
		}
	}
	if startsWithDigit(t.Text) {
		ids = append(ids, anyNumber)
	}
	whole := len(ids)
	for i := range t.Parts {
		if f := p.forms[danish.Plain(t.Parts[i].Lemma)]; f != nil && f.part != 0 {
			ids = append(ids, f.part)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return &marks{ids: ids, whole: whole}
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// startsWithOne reports whether a text starts with one of some beginnings.
func startsWithOne(s string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(s, b) })
}

// find appends every phrase in the tokens, in the order of their first words.
func (p *phrases) find(out []match, all []*marks) []match {
	for i, m := range all {
		if m == nil {
			continue
		}
		for _, id := range m.ids {
			for _, at := range p.first[id] {
				if m, ok := p.at(all, i, at); ok {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

func (p *phrases) at(all []*marks, i int, at int32) (match, bool) {
	ph := &p.list[at]
	if i+len(ph.words) > len(all) {
		return match{}, false
	}
	all, inside := all[i:i+len(ph.words)], false
	for k := len(all) - 1; k >= 0; k-- { // from behind: the first word is there, and many phrases share it
		if all[k] == nil {
			return match{}, false
		}
		found, whole := all[k].has(ph.words[k])
		if !found {
			return match{}, false
		}
		inside = inside || !whole
	}
	return match{owner: ph.owner, from: i, to: i + len(all) - 1, whole: !inside}, true
}

// compact appends all but a phrase that was found twice in one place by two of its forms, one that only supports what the same words
// speak for, and one that lies within a longer one of its table: in "samarbejde med forældre" no other "samarbejde" is meant.
func compact(out, all []match) []match {
	for i, m := range all {
		if !within(all, i) {
			out = append(out, m)
		}
	}
	return out
}

// speaksFor reports whether a match says more strongly what another says: "leg" is a form of the verb too, which only supports.
func (m match) speaksFor(other match) bool { return m.row == other.row && m.weight > other.weight }

// within looks around match i, since matches stand in the order of their first words.
func within(all []match, i int) bool {
	m := all[i]
	for k := i - 1; k >= 0 && all[k].from+maxPhrase > m.from; k-- {
		if o := all[k]; o.table == m.table && o.to >= m.to && (o.owner == m.owner || o.to-o.from > m.to-m.from || o.speaksFor(m)) {
			return true
		}
	}
	for k := i + 1; k < len(all) && all[k].from == m.from; k++ {
		if o := all[k]; o.table == m.table && (o.to > m.to || o.to == m.to && o.speaksFor(m)) {
			return true
		}
	}
	return false
}
