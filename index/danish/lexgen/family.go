package main

import (
	"strings"
	"unicode/utf8"

	"smaabornsviden/index/danish/compound"
)

// suffixes make words of words: the word without the suffix, with what is to be added, is the word it is made of.
var suffixes = []struct {
	suffix, add string
	base        compound.Class
}{
	{"else", "e", compound.Verb},
	{"else", "", compound.Verb},
	{"ning", "e", compound.Verb},
	{"ning", "", compound.Verb},
	{"ing", "e", compound.Verb},
	{"ing", "", compound.Verb},
	{"nde", "", compound.Verb},
	{"t", "", compound.Verb},
	{"r", "", compound.Verb},
	{"rske", "", compound.Verb},
	{"ri", "", compound.Verb},
	{"ske", "", compound.Noun},
	{"inde", "", compound.Noun},
	{"hed", "", compound.Adjective},
	{"hed", "de", compound.Adjective},
	{"bar", "e", compound.Verb},
	{"lig", "", compound.Noun | compound.Verb | compound.Adjective},
	{"lig", "e", compound.Noun | compound.Verb},
	{"elig", "", compound.Noun},
	{"som", "", compound.Noun | compound.Adjective},
	{"som", "e", compound.Verb},
	{"skab", "", compound.Noun | compound.Adjective | compound.Other},
	{"isk", "", compound.Noun},
	{"isk", "i", compound.Noun},
}

// minBase is the length in letters of the shortest word that others are made of.
const minBase = 4

// made returns the dictionary form that a word is derived from: "vejlede" for "vejledning", "nysgerrig" for
// "nysgerrighed". A derivation has the parts of its base and no other ones.
func (d *dictionary) made(word string) (base string, ok bool) {
	for _, s := range suffixes {
		stem, ok := strings.CutSuffix(word, s.suffix)
		if !ok || utf8.RuneCountInString(stem) < minBase {
			continue
		}
		for _, base := range [...]string{stem + s.add, stem + stem[len(stem)-1:] + s.add} {
			if d.classes[base]&s.base != 0 && d.common[base] && verbal(base, s.base) {
				return base, true
			}
		}
	}
	return "", false
}

// verbal reports whether a base that must be a verb looks like an infinitive: other forms of verbs have none of
// these suffixes.
func verbal(base string, class compound.Class) bool {
	return class != compound.Verb || strings.HasSuffix(base, "e")
}

// learned are the endings by which the learned words of one family differ: "kombination" and "kombinere", "fonetik"
// and "fonetisk".
var learned = []string{
	"ation", "ator", "atur", "ering", "isere", "isering", "iker", "itet", "isme", "tion", "tiv", "abel", "ere", "isk", "ion", "ist", "ant",
	"ent", "ans", "ens", "ium", "ik", "iv", "or", "ør", "ur", "at", "al", "el", "um", "us", "i",
}

// minFamily is the length in letters of the shortest stem of a family.
const minFamily = 4

// minRelative is the length in bytes from which a relative of the last part is no accident: "operatør" holds "tør".
const minRelative = 5

// foreign reports whether a word has relatives that show that its last part, which begins at an offset, is none:
// beside "kriminal" stands "kriminel", but no "nel". Relatives that the part has as well speak against it:
// beside "skoleøkonomi" stands "skoleøkonomisk", and "økonomisk"; beside "korrelation" stands "korrelere", but no "relere".
func (d *dictionary) foreign(word string, at int) bool {
	alone, parallel := 0, 0
	for _, ending := range learned {
		stem, ok := strings.CutSuffix(word, ending)
		if !ok || utf8.RuneCountInString(stem) < minFamily {
			continue
		}
		for _, other := range learned {
			relative := stem + other
			if other == ending || d.classes[relative] == 0 || !d.common[relative] {
				continue
			}
			if len(stem) > at && len(relative)-at >= minRelative && d.common[relative[at:]] {
				parallel++
				continue
			}
			alone++
		}
	}
	return alone > 0 && alone >= parallel
}
