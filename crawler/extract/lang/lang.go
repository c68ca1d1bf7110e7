// Package lang tells Danish, Norwegian, Swedish, English and German texts apart.
package lang

import (
	"strings"
	"unicode"
)

// Unknown is what Detect answers for texts that are too short or in another language.
const Unknown = "und"

// Guess is a language with its reason.
type Guess struct {
	Lang  string  // da, nb, nn, sv, en, de or Unknown
	Share float64 // the share of the evidence that speaks for Lang, 0 to 1
	Rule  string  // "words", "short", "mixed"
	Quote string  // some of the words that decided
}

// codes are the languages in the order in which ties fall.
var codes = []string{"da", "nb", "nn", "sv", "en", "de"}

// maxWords is how much of a text is read; more does not change the answer.
const maxWords = 3000

// Detect reads the language of a text off its function words.
func Detect(text string) Guess {
	scores := map[string]float64{}
	quotes := map[string][]string{}
	n, hits := 0, 0
	for word := range words(text) {
		n++
		if n > maxWords {
			break
		}
		langs := functionWords[word]
		if len(langs) == 0 {
			continue
		}
		hits++
		for _, l := range langs {
			scores[l] += 1 / float64(len(langs))
			if len(langs) == 1 && len(quotes[l]) < 6 {
				quotes[l] = append(quotes[l], word)
			}
		}
	}
	if n < 8 || hits < 3 {
		return Guess{Lang: Unknown, Rule: "short"}
	}
	best, sum := "", 0.0
	for _, l := range codes {
		sum += scores[l]
		if best == "" || scores[l] > scores[best] {
			best = l
		}
	}
	return Guess{Lang: best, Share: scores[best] / sum, Rule: "words", Quote: strings.Join(quotes[best], " ")}
}

// words yields the words of a text in lower case.
func words(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if !yield(strings.ToLower(w)) {
				return
			}
		}
	}
}
