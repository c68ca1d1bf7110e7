package pdftext

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// reading puts the words of a line of Arabic or Hebrew, which lie on the page from left to right as they are seen, into
// the order in which they are read. Numbers and Latin words within the line keep theirs. It says whether the line was one
// of these; others stay as they are.
func reading(words []word) ([]word, bool) {
	right, left := 0, 0
	for i := range words {
		r, l := letters(words[i].text)
		right, left = right+r, left+l
	}
	if right <= left {
		return words, false
	}
	out := make([]word, 0, len(words))
	for end := len(words); end > 0; {
		start := end - 1
		if rightToLeft(words[start].text) {
			w := words[start]
			w.text = mirrored(w.text)
			out = append(out, w)
			end = start
			continue
		}
		for start > 0 && !rightToLeft(words[start-1].text) {
			start--
		}
		out = append(out, words[start:end]...)
		end = start
	}
	return out, true
}

// letters counts the letters of scripts that run to the left and those of others.
func letters(s string) (right, left int) {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew):
			right++
		case unicode.IsLetter(r):
			left++
		}
	}
	return right, left
}

func rightToLeft(s string) bool {
	right, left := letters(s)
	return right > left
}

// brackets look to the other side in text that runs to the left.
var brackets = strings.NewReplacer("(", ")", ")", "(", "[", "]", "]", "[", "«", "»", "»", "«")

// mirrored turns a word round, with the numbers in it kept, and takes the shapes that letters have at the start,
// in the middle and at the end of words back to the letters.
func mirrored(s string) string {
	runes := []rune(brackets.Replace(s))
	slices.Reverse(runes)
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && unicode.IsDigit(runes[j]) {
			j++
		}
		slices.Reverse(runes[i:j])
		i = max(j, i+1)
	}
	return norm.NFKC.String(string(runes))
}
