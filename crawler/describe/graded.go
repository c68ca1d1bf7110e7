package describe

import (
	"slices"
	"strings"
)

// irregular are the degrees of adjectives that do not begin like their dictionary form, or whose endings nouns have too.
var irregular = map[string]string{
	"yngre": "ung", "yngst": "ung", "yngste": "ung", "yngstes": "ung", "mindre": "lille", "mindst": "lille", "mindste": "lille", "mindstes": "lille",
	"ældre": "gammel", "ældst": "gammel", "ældste": "gammel", "ældstes": "gammel", "større": "stor", "størst": "stor", "største": "stor",
	"bedre": "god", "bedst": "god", "bedste": "god", "længere": "lang", "længst": "lang", "længste": "lang", "værre": "ond", "værst": "ond", "værste": "ond",
	"færre": "få", "færrest": "få", "flere": "mange", "flest": "mange", "fleste": "mange",
	"younger": "young", "youngest": "young", "earlier": "early", "earliest": "early", "smaller": "small", "smallest": "small", "better": "good", "best": "good",
}

// degrees are the endings of comparatives and superlatives.
var degrees = []string{"ere", "est", "este", "estes", "re", "st", "ste"}

// graded reports whether a word is a comparative or superlative of a dictionary form. A phrase in the positive does not mean it, nor
// the other way round: "de yngste" are not "de unge", and "tidligere indsatser" were no "tidlig indsats".
func graded(word, lemma string) bool {
	if word == lemma {
		return false
	}
	if irregular[word] != "" {
		return true
	}
	ending, began := strings.CutPrefix(word, lemma)
	return began && slices.Contains(degrees, ending)
}
