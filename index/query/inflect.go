package query

import (
	"slices"
	"strings"
	"unicode"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// inflect notes the dictionary forms by which the words of a query meet their other forms: "indsats" finds "indsatser", and as a
// form of "indsætte" it finds "indsatte" as well. Each can be left out; a word that is left with none is looked for just as it
// is written.
func (r *reading) inflect(a *danish.Analyzer, off []string) {
	for i := range r.units {
		if u := &r.units[i]; u.inflects() {
			r.forms(a, u, off)
		}
	}
}

// inflects reports whether other forms of the unit are looked for as well. Numbers have none.
func (u *unit) inflects() bool {
	return !u.off && len(u.phrase) == 0 && !u.split() && strings.ContainsFunc(u.token.Text, unicode.IsLetter)
}

func (r *reading) forms(a *danish.Analyzer, u *unit, off []string) {
	var left []string
	for _, lemma := range u.token.Lemmas {
		if r.allowed(off, inflected(a, u, lemma, u.token.Text)) {
			left = append(left, lemma)
		} else {
			// What stands inside a longer word is another alternative, with a switch of its own.
			u.parted = append(u.parted, lemma)
		}
	}
	u.token.Lemmas = left
	u.bare = len(left) == 0
	u.token.Expansions = slices.DeleteFunc(slices.Clone(u.token.Expansions), func(x danish.Expansion) bool {
		allowed := true
		for _, lemma := range x.Lemmas {
			allowed = r.allowed(off, inflected(a, u, lemma, x.Text)) && allowed
		}
		return !allowed
	})
}

// inflected is a dictionary form as an alternative. A stem that is no word goes by the word that it is the stem of: readers never
// see what they could not look up.
func inflected(a *danish.Analyzer, u *unit, lemma, word string) Added {
	if lemma = danish.Plain(lemma); !a.Knows(lemma) {
		lemma = word
	}
	return Added{Kind: index.Inflected, For: u.typed, Text: lemma, Not: u.clause.Not}
}

// stems are the dictionary forms that are looked for inside longer words.
func (u *unit) stems() []string { return slices.Concat(u.token.Lemmas, u.parted) }

// own asks for the word itself: in all its forms that are left on, inside longer words, and just as written where none is left.
func (u *unit) own(weight float64) []index.Alt {
	t := &u.token
	out := forms(t.Lemmas, t.Text, weight, u.kind, !u.closed)
	if u.bare {
		out = append(out, alt(index.Exact, t.Text, weight, index.AsTyped))
	}
	if u.closed {
		return out
	}
	for _, lemma := range u.parted {
		out = append(out, alt(index.Parts, lemma, weight*weightParts, index.PartOf))
	}
	return out
}
