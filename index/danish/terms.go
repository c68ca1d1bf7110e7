package danish

import "unicode/utf8"

// gramSize is the length of a gram in characters; 3 and 5 rank worse.
const gramSize = 4

// Grams returns the character 4-grams of a folded word with its ends marked: "leg" gives "^leg", "leg$".
// A word too short for one gives itself with its ends marked.
func Grams(folded string) []string {
	return appendGrams(nil, "^"+folded+"$")
}

// appendGrams appends the 4-grams of a word with its ends marked.
func appendGrams(grams []string, marked string) []string {
	end := 0
	for range gramSize {
		if end == len(marked) {
			return append(grams, marked)
		}
		end += width(marked, end)
	}
	for start := 0; ; start += width(marked, start) {
		grams = append(grams, marked[start:end])
		if end == len(marked) {
			return grams
		}
		end += width(marked, end)
	}
}

// width is the number of bytes of the character at an offset.
func width(s string, at int) int {
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
