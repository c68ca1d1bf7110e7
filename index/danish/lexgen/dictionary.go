package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"smaabornsviden/index/danish/compound"
)

// dictionary is a word list expanded: every string lower case, with é, è, ê as e and à as a.
type dictionary struct {
	forms     sets // word -> its dictionary forms
	heads     sets // word that can end a compound -> its dictionary forms
	modifiers sets // string with linking element -> the dictionary forms it stands for
	common    map[string]bool
	classes   map[string]compound.Class // of dictionary forms
	readings  readings
}

// sets maps strings to sets of strings.
type sets map[string]map[string]bool

func (s sets) add(key, value string) {
	if s[key] == nil {
		s[key] = map[string]bool{}
	}
	s[key][value] = true
}

// shortest is the shortest string of a set, the first of several.
func (s sets) shortest(key string) string {
	return slices.MinFunc(slices.Collect(maps.Keys(s[key])), shorter)
}

func shorter(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func newDictionary() *dictionary {
	return &dictionary{sets{}, sets{}, sets{}, map[string]bool{}, map[string]compound.Class{}, newReadings()}
}

// entry is a line of the word list.
type entry struct {
	word  string
	flags flags
	stems []string // st: the word is a form of these
	forms []string // al: the irregular forms, which have entries of their own
	verb  bool     // those are the forms of a verb
}

// parseEntry reads a line such as "gik/10 st:gå". Lines that hold no single word give false.
func parseEntry(line string) (entry, bool) {
	if line == "" || line[0] == '#' || line[0] == '\t' {
		return entry{}, false
	}
	var e entry
	fields := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
	for i, f := range fields {
		tag, value, tagged := strings.Cut(f, ":")
		switch {
		case i == 0:
			word, more, _ := strings.Cut(f, "/")
			e.word, e.flags = word, parseFlags(more)
		case !tagged || len(tag) != 2:
			return entry{}, false // several words
		case tag == "st":
			e.stems = append(e.stems, value)
		case tag == "al":
			e.forms = append(e.forms, value)
			// Of all irregular words only verbs have a present participle.
			e.verb = e.verb || strings.HasSuffix(value, "ende")
		}
	}
	return e, e.word != ""
}

// read adds a hunspell word list.
func (d *dictionary) read(r io.Reader, rules affixes) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() {
		return fmt.Errorf("word list: %w", io.ErrUnexpectedEOF)
	}
	for lines.Scan() {
		if e, ok := parseEntry(lines.Text()); ok && !e.flags.has(forbidden) {
			d.add(e, rules)
		}
	}
	return lines.Err()
}

// add expands one entry.
func (d *dictionary) add(e entry, rules affixes) {
	if prefix, ok := strings.CutSuffix(e.word, "-"); ok {
		if e.flags.has(prefixes) && usable(prefix) {
			d.modifiers.add(plain(prefix), plain(prefix))
		}
		return
	}
	lemmas := e.stems
	if len(lemmas) == 0 {
		lemmas = []string{e.word}
	}
	proper := e.flags.has(names)
	for _, lemma := range lemmas {
		if !usable(lemma) {
			continue
		}
		lemma = plain(lemma)
		if !e.flags.has(needAffix) {
			d.form(e.word, lemma, proper, !proper && (e.flags.has(compoundEnd) || len(e.stems) > 0 || e.verb))
		}
		d.expand(e.word, e.flags, rules, 0, func(form string) {
			d.form(form, lemma, proper, !proper)
			d.readings.add(form, lemma, &e)
		})
		d.readings.add(e.word, lemma, &e)
		d.links(e, lemma, rules)
	}
	if compound.Place(plain(e.word)) {
		d.modifiers.add(plain(e.word), plain(e.word))
	}
	d.classify(e)
	d.readings.list(&e)
}

// form notes a word of a dictionary form.
func (d *dictionary) form(word, lemma string, proper, head bool) {
	if !usable(word) {
		return
	}
	word = plain(word)
	d.forms.add(word, lemma)
	if !proper {
		d.common[word] = true
	}
	if head {
		d.heads.add(word, lemma)
	}
}

// expand gives every inflected form of a word; rules that lead to further rules are followed once.
func (d *dictionary) expand(base string, f flags, rules affixes, depth int, give func(string)) {
	for _, flag := range f {
		if noInflection[flag] {
			continue
		}
		for i := range rules[flag] {
			rule := &rules[flag][i]
			form, ok := rule.apply(base)
			if !ok {
				continue
			}
			if !rule.flags.has(needAffix) {
				give(form)
			}
			if depth == 0 && len(rule.flags) > 0 {
				d.expand(form, rule.flags, rules, 1, give)
			}
		}
	}
}

// links notes the strings that an entry becomes as a modifier.
func (d *dictionary) links(e entry, lemma string, rules affixes) {
	for _, flag := range e.flags {
		if !linking[flag] {
			continue
		}
		for i := range rules[flag] {
			m, ok := rules[flag][i].apply(e.word)
			if ok && !strings.HasSuffix(m, "-") && usable(m) {
				d.modifiers.add(plain(m), lemma)
			}
		}
	}
}

// classify notes how a dictionary form inflects.
func (d *dictionary) classify(e entry) {
	if len(e.stems) > 0 || !usable(e.word) {
		return
	}
	c := e.traits()
	nouns := compound.Common | compound.Neuter
	plurals := compound.PluralE | compound.PluralER | compound.PluralZero | compound.PluralOnly
	switch {
	case e.verb && c == 0:
		c = compound.Verb
	case e.flags.has(names) && c&nouns == 0:
		c = compound.Other
	case c&compound.Verb != 0:
		c &= compound.Verb | compound.PastEDE | compound.PastTE
	case c&(nouns|plurals) != 0:
		c = c&(nouns|plurals) | compound.Noun
	case c&compound.Adjective == 0:
		c = compound.Other
	}
	d.classes[plain(e.word)] |= c
}

// usable tells the strings that can be a word for us: letters, digits and hyphens inside.
func usable(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' {
			return false
		}
	}
	return s != "" && s[0] != '-' && s[len(s)-1] != '-'
}

// accents are the letters whose accents writers may leave out.
var accents = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a")

// plain is the form in which the lexicon holds a string.
func plain(s string) string { return accents.Replace(strings.ToLower(s)) }
