// Package vocab knows the words of the field of early childhood: which of them mean the same, which are near, and what
// they are called in English.
package vocab

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the vocabulary
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"smaabornsviden/index/danish"
)

//go:embed vocabulary.yaml
var file []byte

//go:embed english.txt
var englishWords string

// Relation says how a term stands to the one that was typed.
type Relation int

// The relations.
const (
	Same    Relation = iota // means the same, in Danish
	Near                    // is worth looking for as well
	English                 // is the English for it
	Danish                  // is the Danish for an English term
	Short                   // is its abbreviation, or what an abbreviation stands for
)

// Term is a word or phrase of the vocabulary.
type Term struct {
	Text string
	// Words are the dictionary forms of each of its words, English ones for an English term.
	Words [][]string
	Short bool // an abbreviation, which counts only in capitals
	lang  string
}

// Word is a typed word as a vocabulary compares it.
type Word struct {
	Surface string   // as typed
	Danish  []string // its dictionary forms, read as Danish
	English []string // and read as English
}

// Match is a stretch of typed words that is a term of the vocabulary, with its relatives.
type Match struct {
	From, To int  // words [From, To)
	Short    bool // typed as an abbreviation
	Also     []Relative
}

// Relative is a term that is related to what was typed.
type Relative struct {
	*Term
	Relation Relation
}

// Vocabulary is a list of concepts. It never changes, and may be used from many goroutines.
type Vocabulary struct {
	concepts []concept
	byFirst  map[string][]entry // terms by a dictionary form of their first word
	words    map[string]bool    // Danish terms of one word, in small letters
	readings map[string]string  // the first Danish term of a concept, by the dictionary forms of its names
	english  map[string]bool    // common words of English, by their dictionary forms

	fingerprint string
}

type concept struct {
	id                    string
	same, near, en, short []*Term
	names                 []*Term
}

type entry struct {
	term    *Term
	concept int
}

// Default returns the vocabulary that is built in.
func Default(a *danish.Analyzer) (*Vocabulary, error) { return Load(a, file, "vocabulary.yaml") }

// FileError is one mistake in a vocabulary.
type FileError struct {
	File   string
	Line   int // from 1, 0 when not known
	Reason string
}

func (e *FileError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// line is a text and where it stands in its file.
type line struct {
	text string
	at   int
}

// UnmarshalYAML keeps the line of a text. Numbers such as 0.5 are texts too.
func (l *line) UnmarshalYAML(n ast.Node) error {
	token := n.GetToken()
	l.text, l.at = token.Value, token.Position.Line
	if _, ok := n.(ast.ScalarNode); !ok {
		return fmt.Errorf("line %d: want a text", l.at)
	}
	return nil
}

type fileConcept struct {
	ID    line   `yaml:"id"`
	Da    []line `yaml:"da"`
	Names []line `yaml:"names"`
	Short []line `yaml:"short"`
	Near  []line `yaml:"near"`
	En    []line `yaml:"en"`
}

// Load reads a vocabulary. All mistakes are reported at once, each as a *FileError.
func Load(a *danish.Analyzer, data []byte, name string) (*Vocabulary, error) {
	var f struct {
		Version  int           `yaml:"version"`
		Concepts []fileConcept `yaml:"concepts"`
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&f); err != nil {
		return nil, decodeError(name, err)
	}
	l := loader{a: a, file: name, ids: map[string]bool{}}
	v := &Vocabulary{byFirst: map[string][]entry{}, words: map[string]bool{}, readings: map[string]string{}, english: map[string]bool{}}
	for _, c := range f.Concepts {
		v.concepts = append(v.concepts, l.concept(c))
	}
	if len(f.Concepts) == 0 {
		l.fail(1, "no concepts")
	}
	if len(l.errs) > 0 {
		return nil, errors.Join(l.errs...)
	}
	v.index()
	v.listEnglish(a)
	sum := sha256.Sum256(slices.Concat(data, []byte{0}, []byte(englishWords)))
	v.fingerprint = hex.EncodeToString(sum[:8])
	return v, nil
}

// Fingerprint names the words: two vocabularies with one fingerprint widen a query alike.
func (v *Vocabulary) Fingerprint() string { return v.fingerprint }

func decodeError(name string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return fmt.Errorf("read vocabulary %s: %w", name, err)
	}
	return &FileError{File: name, Line: at.GetToken().Position.Line, Reason: at.GetMessage()}
}

type loader struct {
	a    *danish.Analyzer
	file string
	errs []error
	ids  map[string]bool
}

func (l *loader) fail(line int, format string, args ...any) {
	l.errs = append(l.errs, &FileError{File: l.file, Line: line, Reason: fmt.Sprintf(format, args...)})
}

func (l *loader) concept(c fileConcept) concept {
	id := c.ID.text
	switch {
	case id == "" || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		l.fail(c.ID.at, "id %q is not made of small letters, digits and hyphens", id)
	case l.ids[id]:
		l.fail(c.ID.at, "id %q stands twice", id)
	case len(c.Da) == 0:
		l.fail(c.ID.at, "concept %q has no Danish term", id)
	}
	l.ids[id] = true
	seen := map[string]bool{}
	return concept{
		id:    id,
		same:  l.terms(c.Da, "da", false, seen),
		short: l.terms(c.Short, "da", true, seen),
		near:  l.terms(c.Near, "da", false, seen),
		en:    l.terms(c.En, "en", false, map[string]bool{}),
		names: l.names(c.Names, seen),
	}
}

// names are single words: what is written in several is a term.
func (l *loader) names(lines []line, seen map[string]bool) []*Term {
	terms := l.terms(lines, "da", false, seen)
	for i, t := range terms {
		if len(t.Words) > 1 {
			l.fail(lines[i].at, "name %q has more than one word", t.Text)
		}
	}
	return terms
}

func (l *loader) terms(lines []line, lang string, short bool, seen map[string]bool) []*Term {
	var out []*Term
	for _, text := range lines {
		t := &Term{Text: text.text, Short: short, lang: lang}
		for _, token := range l.a.TokensIn(text.text, lang) {
			t.Words = append(t.Words, token.Lemmas)
		}
		switch {
		case len(t.Words) == 0:
			l.fail(text.at, "%q has no word", text.text)
		case seen[text.text]:
			l.fail(text.at, "%q stands twice in its concept", text.text)
		case short && !capitals(text.text):
			l.fail(text.at, "abbreviation %q is not in capitals", text.text)
		}
		seen[text.text] = true
		out = append(out, t)
	}
	return out
}

func (v *Vocabulary) index() {
	for i, c := range v.concepts {
		for _, name := range c.names {
			for _, form := range name.Words[0] {
				v.readings[form] = c.same[0].Text
			}
		}
		for _, t := range slices.Concat(c.same, c.near) {
			if len(t.Words) == 1 && !t.Short {
				v.words[strings.ToLower(t.Text)] = true
			}
		}
		for _, t := range slices.Concat(c.same, c.short, c.en) {
			for _, first := range t.Words[0] {
				key := t.lang + ":" + first
				v.byFirst[key] = append(v.byFirst[key], entry{t, i})
			}
		}
	}
}

// listEnglish takes in the words of the English terms, and those of the list.
func (v *Vocabulary) listEnglish(a *danish.Analyzer) {
	for _, c := range v.concepts {
		for _, t := range c.en {
			for _, forms := range t.Words {
				v.english[forms[0]] = true
			}
		}
	}
	for text := range strings.Lines(englishWords) {
		if strings.HasPrefix(text, "#") {
			continue
		}
		for word := range strings.FieldsSeq(text) {
			v.english[a.Lemmas(word, "en")[0]] = true
		}
	}
}

// English reports whether a word is a common one of English, by its English dictionary forms. It may be a Danish one as well.
func (v *Vocabulary) English(lemmas []string) bool {
	return slices.ContainsFunc(lemmas, func(l string) bool { return v.english[l] })
}

// Has reports whether a word in small letters is a Danish term by itself, just as it stands.
func (v *Vocabulary) Has(word string) bool { return v.words[word] }

// Words ranges over the Danish terms of one word, in small letters and in no order.
func (v *Vocabulary) Words() iter.Seq[string] { return maps.Keys(v.words) }

// Reading is what a name means, in the words that texts have for it; by the name's dictionary forms, and empty when none is a name.
func (v *Vocabulary) Reading(lemmas []string) string {
	for _, l := range lemmas {
		if r := v.readings[l]; r != "" {
			return r
		}
	}
	return ""
}

// Expand finds the terms in a run of typed words, the longest first, and what they are related to. Stretches do not
// overlap. A stretch that is a Danish term is not read as English.
func (v *Vocabulary) Expand(words []Word) []Match {
	var out []Match
	for at := 0; at < len(words); {
		found, length := v.at(words[at:], "da")
		if length == 0 {
			found, length = v.at(words[at:], "en")
		}
		if length == 0 {
			at++
			continue
		}
		out = append(out, Match{From: at, To: at + length, Short: found[0].term.Short, Also: v.relatives(found, words[at:at+length])})
		at += length
	}
	return out
}

// at returns the longest terms of a language that begin with the first word.
func (v *Vocabulary) at(words []Word, lang string) (found []entry, length int) {
	for _, lemma := range words[0].forms(lang) {
		for _, e := range v.byFirst[lang+":"+lemma] {
			n := len(e.term.Words)
			if n < length || !e.term.begins(words) {
				continue
			}
			if n > length {
				found, length = nil, n
			}
			if !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
	}
	return found, length
}

func (w *Word) forms(lang string) []string {
	if lang == "en" {
		return w.English
	}
	return w.Danish
}

// begins reports whether words begin with the term.
func (t *Term) begins(words []Word) bool {
	if len(words) < len(t.Words) || t.Short && !words[0].abbreviates(t.Text) {
		return false
	}
	for i, forms := range t.Words {
		if !slices.ContainsFunc(words[i].forms(t.lang), func(f string) bool { return slices.Contains(forms, f) }) {
			return false
		}
	}
	return true
}

// abbreviates reports whether a word was typed as an abbreviation in capitals, bare or inflected: "KL", "KL's", "FN’s",
// "SFO'en", "SFOer". "Kl" and "akt" are words of their own.
func (w *Word) abbreviates(short string) bool {
	ending, ok := strings.CutPrefix(w.Surface, short)
	return ok && strings.ToLower(ending) == ending
}

// relatives lists what the concepts of some terms hold beside the terms themselves.
func (v *Vocabulary) relatives(found []entry, typed []Word) []Relative {
	var out []Relative
	add := func(terms []*Term, r Relation, by *Term) {
		for _, t := range terms {
			known := slices.ContainsFunc(out, func(o Relative) bool { return o.lang == t.lang && o.same(t) })
			if t.lang == by.lang && t.same(by) || known || t.is(typed) {
				continue
			}
			out = append(out, Relative{t, r})
		}
	}
	for _, e := range found {
		c := &v.concepts[e.concept]
		same := Same
		switch {
		case e.term.lang == "en":
			same = Danish
		case e.term.Short:
			same = Short
		}
		add(c.same, same, e.term)
		if e.term.lang == "en" {
			continue // near terms of a translation lead too far
		}
		add(c.short, Short, e.term)
		add(c.en, English, e.term)
		add(c.near, Near, e.term)
	}
	return out
}

// is reports whether the term is just what was typed: "leg", which "lege" has as a synonym, to a reader who typed "leg".
func (t *Term) is(typed []Word) bool {
	if len(typed) != len(t.Words) || t.Short {
		return false
	}
	for i, forms := range t.Words {
		if !slices.Contains(typed[i].forms(t.lang), forms[0]) {
			return false
		}
	}
	return true
}

// same reports whether two terms look for the same words.
func (t *Term) same(o *Term) bool {
	return slices.EqualFunc(t.Words, o.Words, func(a, b []string) bool { return a[0] == b[0] })
}

func capitals(text string) bool {
	return strings.ToUpper(text) == text && strings.ContainsFunc(text, unicode.IsLetter)
}
