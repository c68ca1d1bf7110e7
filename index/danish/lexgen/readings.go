package main

import "smaabornsviden/index/danish/compound"

// readings tell which words are forms of the verb and which of the noun where a dictionary form is both: "haven" is a garden,
// "har" is had, and both have the dictionary form "have".
type readings struct {
	verbs map[[2]string]bool // word and dictionary form: read as a verb
	other map[[2]string]bool // read as anything else
	// irregular are the words that a verb lists as its own, with its dictionary form. They have entries of their own.
	irregular map[[2]string]bool
	// listed are the words of such entries with what they are inflected from: whether that is a verb is known in the end.
	listed map[[2]string]string
}

func newReadings() readings {
	return readings{map[[2]string]bool{}, map[[2]string]bool{}, map[[2]string]bool{}, map[[2]string]string{}}
}

// add notes that a word is a form of an entry with a dictionary form.
func (r *readings) add(word, lemma string, e *entry) {
	key := [2]string{plain(word), lemma}
	switch {
	case len(e.stems) > 0:
		r.listed[key] = plain(e.word)
	case e.verbal():
		r.verbs[key] = true
	default:
		r.other[key] = true
	}
}

// list notes the irregular forms of a verb.
func (r *readings) list(e *entry) {
	for _, word := range e.forms {
		if e.verb {
			r.irregular[[2]string{plain(word), plain(e.word)}] = true
		}
	}
}

// of tells whether a word is a form of a dictionary form as a verb and as anything else. A word of which nothing is known,
// such as the beginning of compounds, is no verb.
func (r *readings) of(word, lemma string) (verb, other bool) {
	key := [2]string{word, lemma}
	verb, other = r.verbs[key], r.other[key]
	if from, ok := r.listed[key]; ok {
		if r.irregular[[2]string{from, lemma}] {
			verb = true
		} else {
			other = true
		}
	}
	return verb, other || !verb
}

// verbal reports whether an entry is that of a verb, by its flags or its irregular forms.
func (e *entry) verbal() bool {
	c := e.traits()
	return c&compound.Verb != 0 || e.verb && c == 0
}

// traits are what the flags of an entry tell of its inflection.
func (e *entry) traits() compound.Class {
	var c compound.Class
	for _, f := range e.flags {
		c |= flagClass[f]
	}
	return c
}
