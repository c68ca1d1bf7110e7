package danish

import (
	"math"
	"strings"

	"smaabornsviden/index/danish/compound"
)

// twoLetters is the letter that two others are written for where there are no Danish ones, "" for any other two. Both
// have two bytes, so that offsets stay.
func twoLetters(a, b byte) string {
	switch {
	case a == 'a' && b == 'a':
		return "å"
	case a == 'a' && b == 'e':
		return "æ"
	case a == 'o' && b == 'e':
		return "ø"
	}
	return ""
}

// maxVariants bounds how many spellings of one word are tried.
const maxVariants = 8

// variants are the spellings of a word with æ, ø and å in place of ae, oe and aa: all of them replaced first, then
// some.
func variants(word string) []string {
	var at []int
	for i := 0; i+1 < len(word); i++ {
		if twoLetters(word[i], word[i+1]) != "" {
			at = append(at, i)
			i++
		}
	}
	all := 1<<len(at) - 1
	if len(at) == 0 || all > maxVariants {
		return nil
	}
	var spellings []string
	for chosen := all; chosen > 0; chosen-- {
		b := []byte(word)
		for k, i := range at {
			if chosen>>k&1 == 1 {
				copy(b[i:], twoLetters(word[i], word[i+1]))
			}
		}
		spellings = append(spellings, string(b))
	}
	return spellings
}

// danishSpelling returns the spelling with Danish letters of a word that the lexicon does not have, where the lexicon
// or the parts of a compound vouch for it. "Doer" is in the lexicon and stays.
func (r *reader) danishSpelling(word string) (string, bool) {
	spellings := variants(word)
	for _, s := range spellings {
		if _, ok := r.lookup(s); ok {
			return s, true
		}
	}
	if len(spellings) == 0 {
		return "", false
	}
	best, cost := "", r.partsCost(word)
	for _, s := range spellings {
		if c := r.partsCost(s); c < cost {
			best, cost = s, c
		}
	}
	return best, best != ""
}

// partsCost is the cost of a word as a compound of parts that the lexicon has, or more than any when it is none.
func (r *reader) partsCost(word string) compound.Cost {
	if len(r.knownParts(word)) == 0 {
		return math.MaxInt32
	}
	_, cost, _ := r.split.Best(nil, r.bytes, compound.Options{})
	return cost
}

// knownParts splits a word into parts that the lexicon has, all of them.
func (r *reader) knownParts(word string) []int {
	if !splittable(word) {
		return nil
	}
	r.bytes = append(r.bytes[:0], word...)
	return r.split.Split(nil, r.bytes, compound.Options{})
}

// nameSpellings adds to the dictionary forms of a name those with å for aa, unless that is a common word: Aarhus is
// Århus too, and writers of names know no rule.
func (r *reader) nameSpellings(lemmas []string) []string {
	for _, l := range lemmas {
		for _, s := range variants(l) {
			if v, ok := r.lookup(s); strings.Contains(l, "aa") && (!ok || v.Proper()) {
				lemmas = appendNew(lemmas, s)
				break
			}
		}
	}
	return lemmas
}
