package query

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cprShape is day, month and year in the ways that people write them, the year in two digits or four, and four digits behind, which
// may be parted in the middle. Between the parts of the date stands the same sign twice or none, or every DOI such as
// 10.1016/0140-6736 would be a person.
var cprShape = regexp.MustCompile(`^(?:(\d{2})(\d{2})(?:(?:18|19|20)?\d{2})|(\d{2})\.(\d{2})\.(?:(?:18|19|20)?\d{2})|(\d{2})/(\d{2})/(?:(?:18|19|20)?\d{2})|(\d{2})\p{Pd}(\d{2})\p{Pd}(?:(?:18|19|20)?\d{2})|(\d{2})\s+(\d{2})\s+(?:(?:18|19|20)?\d{2}))` +
	`[^\pL\d]{0,3}\d{2} ?\d{2}(?:\D|$)`)

// LooksLikeCPR reports whether text holds something in the form of a Danish personal identity number:
// a valid day and month, a year, and four digits, in whatever way they are parted. Such a query is refused before
// anything sees it, and rather one too many than one too few.
func LooksLikeCPR(text string) bool {
	return looksLikeCPR(text) || strings.Contains(text, "%") && looksLikeCPR(unescaped(text))
}

// unescaped reads the signs that an address was given twice, such as %2D in 010190%2D1234.
func unescaped(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil {
		return ""
	}
	return plain
}

func looksLikeCPR(text string) bool {
	text = bare(text)
	for i := range text {
		if i > 0 && digit(text[i-1]) || !digit(text[i]) {
			continue
		}
		if m := cprShape.FindStringSubmatch(text[i:]); m != nil && dayAndMonth(m[1:]) {
			return true
		}
	}
	return false
}

// bare makes digits and signs the plain ones and drops what nobody sees, such as soft hyphens.
func bare(text string) string {
	if ascii(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, norm.NFKC.String(text))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// dayAndMonth reports whether the pair that matched can be a day and a month. Who has no number yet is given one whose day is 60 more.
func dayAndMonth(pairs []string) bool {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == "" {
			continue
		}
		day, _ := strconv.Atoi(pairs[i])
		month, _ := strconv.Atoi(pairs[i+1])
		return (day >= 1 && day <= 31 || day >= 61 && day <= 91) && month >= 1 && month <= 12
	}
	return false
}
