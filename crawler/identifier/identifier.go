// Package identifier reads the numbers of works, DOI, ISBN and ISSN, into the one form in which documents hold them.
package identifier

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var doiShape = regexp.MustCompile(`(?i)^(?:doi:\s*|https?://(?:dx\.|www\.)?doi\.org/|info:doi/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s"<>]+)$`)

// DOI returns the DOI in a value, without resolver and in lower case, or "". The value must be a DOI as a whole.
func DOI(s string) string {
	s = strings.TrimSpace(s)
	if unescaped, err := url.PathUnescape(s); err == nil {
		s = unescaped
	}
	m := doiShape.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	doi := strings.ToLower(strings.TrimRight(visible(m[1]), ".,;)"))
	if strings.HasSuffix(doi, "/") && strings.Count(doi, "/") == 1 {
		return "" // a prefix without a suffix: nothing but the stops of a sentence stood behind it
	}
	return doi
}

// visible leaves out what nobody sees: pages let long addresses break by soft hyphens and spaces of no width, and a number that kept
// them would be no other's equal.
func visible(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s))
}

// ISBN returns the number in a value as digits and X, or "" when its check digit is wrong.
func ISBN(s string) string {
	digits := compact(unlabelled(s, "isbn"))
	switch {
	case len(digits) == 13 && (strings.HasPrefix(digits, "978") || strings.HasPrefix(digits, "979")) && ean(digits):
		return digits
	case len(digits) == 10 && mod11(digits):
		return digits
	}
	return ""
}

// ISSN returns the number in a value as NNNN-NNNN, or "" when its check digit is wrong.
func ISSN(s string) string {
	digits := compact(unlabelled(s, "issn"))
	if len(digits) != 8 || !mod11(digits) {
		return ""
	}
	return digits[:4] + "-" + digits[4:]
}

// unlabelled is a number without what says that it is one: "urn:isbn:", "ISBN:", "ISBN".
func unlabelled(s, label string) string {
	s = strings.TrimSpace(s)
	for _, prefix := range []string{"urn:" + label + ":", label + ":", label} {
		if len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			s = strings.TrimLeft(s[len(prefix):], " :")
		}
	}
	return s
}

// compact drops hyphens and spaces; any other character beside digits and a final X makes the value no number.
func compact(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case (r == 'x' || r == 'X') && i == len(s)-1:
			b.WriteByte('X')
		case r == '-' || r == ' ' || r == '\u2010' || r == '\u2011' || r == '\u2013' || r == '\u00A0':
		default:
			return ""
		}
	}
	return b.String()
}

// mod11 checks ISBN-10 and ISSN: weights fall to 1 at the check digit, X is 10.
func mod11(digits string) bool {
	sum := 0
	for i, c := range []byte(digits) {
		v := int(c - '0')
		if c == 'X' {
			if i != len(digits)-1 {
				return false
			}
			v = 10
		}
		sum += v * (len(digits) - i)
	}
	return sum%11 == 0
}

// ean checks ISBN-13: weights go 1, 3, 1, 3, and there is no digit above 9.
func ean(digits string) bool {
	sum := 0
	for i, c := range []byte(digits) {
		if c == 'X' {
			return false
		}
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return sum%10 == 0
}
