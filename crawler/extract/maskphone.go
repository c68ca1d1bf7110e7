package extract

import (
	"regexp"
	"strings"
)

// Phone numbers are masked when they say that they are one, by a label or country code, or are written in
// four pairs as Danish numbers are. Eight digits in a row may be anything and stay.
var (
	labelledPhone = regexp.MustCompile(`(?i)((?:\b(?:tlf|telefon|telefonnummer|telefonnr|tel|mobil|mobilnummer|mobiltlf|mob|phone|fax|sms|vagttelefon)|\bring (?:til|på)|\bkald)\b[\s.:]*(?:nr\.?|nummer|til|på|er)?[\s.:]*)(\+?\(?[0-9][0-9 ().\x{00A0}-]{5,18}[0-9])`)
	codedPhone    = regexp.MustCompile(`(?:\+|\b00)(?:45|46|47|49|44|298|299|358|354)[ \x{00A0}-]?(?:\(0\))?[0-9](?:[ \x{00A0}-]?[0-9]){5,10}`)
	pairedPhone   = regexp.MustCompile(`[2-9][0-9](?:[ \x{00A0}][0-9]{2}){3}`)
	telLink       = regexp.MustCompile(`(?i)\btel:\+?[0-9][0-9 ().-]{4,18}`)
)

// MaskPhone replaces phone numbers.
func MaskPhone(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	s = telLink.ReplaceAllString(s, maskedPhone)
	s = replaceMatches(s, codedPhone, func(start, end int) string {
		if !standsFree(s, start, end) {
			return s[start:end]
		}
		return maskedPhone
	})
	s = maskLabelled(s)
	return replaceMatches(s, pairedPhone, func(start, end int) string {
		if !standsFree(s, start, end) || inSeries(s, start, end) || otherNumber(s[:start]) {
			return s[start:end]
		}
		return maskedPhone
	})
}

func maskLabelled(s string) string {
	all := labelledPhone.FindAllStringSubmatchIndex(s, -1)
	if all == nil {
		return s
	}
	var b strings.Builder
	last := 0
	for _, m := range all {
		number := s[m[4]:m[5]]
		if n := len(digitsOf(number)); n < 6 || n > 15 {
			continue
		}
		b.WriteString(s[last:m[4]])
		b.WriteString(maskedPhone)
		last = m[5]
	}
	b.WriteString(s[last:])
	return b.String()
}

// standsFree reports whether no letter or digit touches the match.
func standsFree(s string, start, end int) bool {
	return !touches(tail(s[:start], 4), true) && !touches(s[end:min(len(s), end+4)], false)
}

func touches(s string, before bool) bool {
	runes := []rune(s)
	if len(runes) == 0 {
		return false
	}
	r := runes[0]
	if before {
		r = runes[len(runes)-1]
	}
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '/' || r == '.' && before
}

// inSeries reports whether more numbers stand beside the match, as in a row of figures.
func inSeries(s string, start, end int) bool {
	before := strings.TrimRight(tail(s[:start], 4), " \u00A0")
	after := strings.TrimLeft(s[end:min(len(s), end+4)], " \u00A0")
	return before != tail(s[:start], 4) && endsDigit(before) || len(after) > 0 && after[0] >= '0' && after[0] <= '9'
}

func endsDigit(s string) bool { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }
