package danish

import "unicode/utf8"

// gramSize is the length of a gram in characters; 3 and 5 rank worse.
const gramSize = 4

// Grams returns the character 4-grams of a folded word with its ends marked: "leg" gives "^leg", "leg$".
// A word too short for one gives itself with its ends marked.
func Grams(folded string) []string {
	ends := "^" + folded + "$"
	var grams []string
	for start, end := 0, firstGram(ends); ; start, end = start+width(ends, start), end+width(ends, end) {
		grams = append(grams, ends[start:end])
		if end == len(ends) {
			return grams
		}
	}
}

// firstGram returns where the first 4-gram of a word between its marks ends.
func firstGram(ends string) int {
	end := 0
	for range gramSize {
		if end < len(ends) {
			end += width(ends, end)
		}
	}
	return end
}

// width is the number of bytes of the character at an offset.
func width(s string, at int) int {
	if s[at] < utf8.RuneSelf {
		return 1
	}
	_, n := utf8.DecodeRuneInString(s[at:])
	return n
}

// pairMark stands between the lemmas of a pair: no word contains it, and it is no space, since an
// engine may split at spaces.
const pairMark = "_"

// Pair is the term of the pairs field for two lemmas that follow each other, stop words between them
// left out. Both are the likeliest lemma of their word.
func Pair(a, b string) string { return a + pairMark + b }

// IsStop reports whether a folded word is a Danish function word. Function words are indexed like all
// others; they only count for little.
func IsStop(folded string) bool { return stopDanish[folded] }

// Fold brings a typed word to the form in which the exact field holds it: lower case, NFC, without
// soft hyphens and zero-width marks, with the plain apostrophe and hyphen.
func Fold(typed string) string { return string(fold(nil, typed)) }
