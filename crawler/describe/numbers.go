package describe

import (
	"regexp"
	"strings"
)

var (
	doiForm    = regexp.MustCompile(`(?i)^(?:doi:\s*|https?://(?:dx\.|www\.)?doi\.org/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s"<>]+)$`)
	separators = strings.NewReplacer("-", "", " ", "", "\u2010", "", "\u2013", "", "\u00a0", "")
	tenDigits  = regexp.MustCompile(`^[0-9]{9}[0-9X]$`)
	isbnDigits = regexp.MustCompile(`^97[89][0-9]{10}$`)
	issnDigits = regexp.MustCompile(`^[0-9]{7}[0-9X]$`)
)

// validDOI, validISBN and validISSN are a number that an operator writes in the form that documents hold, or "".
func validDOI(s string) string {
	m := doiForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	return strings.ToLower(m[1])
}

func validISBN(s string) string {
	digits := unlabelled(s, "ISBN")
	if isbnDigits.MatchString(digits) && checked(digits, func(i int) int { return 1 + 2*(i%2) }, 10) ||
		tenDigits.MatchString(digits) && checked(digits, func(i int) int { return 10 - i }, 11) {
		return digits
	}
	return ""
}

func validISSN(s string) string {
	digits := unlabelled(s, "ISSN")
	if !issnDigits.MatchString(digits) || !checked(digits, func(i int) int { return 8 - i }, 11) {
		return ""
	}
	return digits[:4] + "-" + digits[4:]
}

// unlabelled is a number without its label and separators.
func unlabelled(s, label string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	return strings.TrimLeft(separators.Replace(strings.TrimPrefix(s, label)), ": ")
}

// checked reports whether the weighed digits, X for ten, sum up to a multiple.
func checked(digits string, weight func(int) int, multiple int) bool {
	sum := 0
	for i, c := range []byte(digits) {
		value := int(c - '0')
		if c == 'X' {
			value = 10
		}
		sum += value * weight(i)
	}
	return sum%multiple == 0
}
