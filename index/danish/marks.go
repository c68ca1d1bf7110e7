package danish

import (
	"slices"
	"strings"
)

// A dictionary form may end in a mark that keeps it apart from another one that is spelt alike: the verb "have·v" from the
// noun "have", the English stem "moder·en" of "moderated" from the Danish "moder", the abbreviation "kl·f" in capitals from "kl". Marks are part of the terms of an index and
// of a plan; readers are shown what Plain leaves.
const (
	markSign    = "·"
	englishMark = markSign + "en"
	capitalMark = markSign + "f" // forkortelse
)

// Plain is a dictionary form without the mark that keeps it apart from others that are spelt alike.
func Plain(lemma string) string {
	if i := strings.Index(lemma, markSign); i > 0 {
		return lemma[:i]
	}
	return lemma
}

// PlainAll is Plain for a list, in which each form stands once. It returns the list itself where none has a mark,
// so the outcome may belong to the analyzer as well, and must not be changed in place.
func PlainAll(lemmas []string) []string {
	for i, l := range lemmas {
		if len(Plain(l)) == len(l) {
			continue
		}
		out := append(make([]string, 0, len(lemmas)), lemmas[:i]...)
		for _, l := range lemmas[i:] {
			out = appendNew(out, Plain(l))
		}
		return out
	}
	return lemmas
}

// nouns drops the verb from the dictionary forms of a part or of a compound where they have the noun that is spelt like
// it: a "børnehave" is no having.
func nouns(lemmas []string) []string {
	kept := lemmas[:0]
	for i, l := range lemmas {
		if i == 0 || len(Plain(l)) == len(l) || !slices.Contains(kept, Plain(l)) {
			kept = append(kept, l)
		}
	}
	return kept
}

// Plain is the token as readers are shown it: without the marks of its dictionary forms.
func (t Token) Plain() Token {
	t.Lemmas = PlainAll(t.Lemmas)
	t.Parts = append([]Part{}, t.Parts...)
	for i := range t.Parts {
		p := &t.Parts[i]
		forms := PlainAll(append([]string{p.Lemma}, p.Alt...))
		p.Lemma, p.Alt = forms[0], forms[1:]
		if len(p.Alt) == 0 {
			p.Alt = nil
		}
	}
	t.Expansions = append([]Expansion(nil), t.Expansions...)
	for i := range t.Expansions {
		t.Expansions[i].Lemmas = PlainAll(t.Expansions[i].Lemmas)
	}
	return t
}
