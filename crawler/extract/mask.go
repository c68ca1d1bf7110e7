package extract

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// What stands in the place of personal data. None of them matches a mask again.
const (
	maskedEmail = "[e-mail]"
	maskedPhone = "[telefon]"
	maskedCPR   = "[CPR]"
	maskedStaff = "[nr.]"
)

// Mask takes e-mail addresses, phone numbers, numbers of employees and CPR-like numbers out of a text, and names what was
// blanked in a kept body. Masking twice changes nothing. It may be used on raw HTML as well: what it writes is harmless in text and attributes.
func Mask(s string) string {
	if !strings.ContainsAny(s, "@%0123456789(&[*") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.Lines(s) {
		b.WriteString(maskLine(line))
	}
	return b.String()
}

// maskLine asks the patterns only where they can match: a number of a phone or person has six digits or more.
func maskLine(line string) string {
	line = maskStaff(nameStars(MaskEmail(line)))
	if countDigits(line) < 6 {
		return line
	}
	return MaskPhone(MaskCPR(line))
}

// staffNumber is the number of an employee, as research systems and rosters print it. A name for it stands before it.
var staffNumber = regexp.MustCompile(`(?i)\b((?:medarbejder|tjeneste|personale|løn)-?(?:nummer|nr\.?|id)|(?:employee|staff)[ -]?(?:id|number|no\.?))([\s:.#]{1,3})([a-zæøå]{0,6}\d{2,12}|\*{3,12})`)

func maskStaff(s string) string {
	if !strings.ContainsAny(s, "0123456789*") || !staffNumber.MatchString(s) {
		return s
	}
	return staffNumber.ReplaceAllString(s, "$1$2"+maskedStaff)
}

// In kept bodies the bytes of personal data are stars; the @ and what parts digits are still there.
var (
	starredMail   = regexp.MustCompile(`\*+@\*+`)
	starredNumber = regexp.MustCompile(`\+?\*(?:[ \x{00A0}\x{2010}-\x{2013}-]?\*)*`)
	starredCPR    = regexp.MustCompile(`^\*{6}[ \x{00A0}]?[-\x{2010}-\x{2013}]?[ \x{00A0}]?\*{4}$`)
)

// nameStars puts the names of masked things in the place of stars. Stars that part paragraphs stay.
func nameStars(s string) string {
	if !strings.Contains(s, "**") && !strings.Contains(s, "*@*") || strings.Trim(s, "* \u00a0\n") == "" {
		return s
	}
	s = starredMail.ReplaceAllString(s, maskedEmail)
	return starredNumber.ReplaceAllStringFunc(s, func(m string) string {
		switch n := strings.Count(m, "*"); {
		case starredCPR.MatchString(m):
			return maskedCPR
		case n >= 8 && n <= 12:
			return maskedPhone
		}
		return m
	})
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// email is what browsers and mail programs take for an address. "(at)" is how Danish pages hide one.
var email = regexp.MustCompile(`(?i)[a-z0-9æøåäö][a-z0-9æøåäö._%+-]{0,63}\s?(?:@|\(at\)|\[at\]|\(a\)|&#64;|&#x40;|%40)\s?[a-z0-9æøåäö-]{1,63}(?:\.[a-z0-9æøåäö-]{1,63}){0,4}\.[a-z]{2,18}\b`)

// MaskEmail replaces e-mail addresses.
func MaskEmail(s string) string {
	if !holdsAt(s) {
		return s
	}
	return email.ReplaceAllString(s, maskedEmail)
}

// atSigns are the ways to write an @ that email knows. Brackets stand in every other line of a text, so that looking
// for them alone would not spare the expression.
var atSigns = []string{"@", "(at)", "[at]", "(a)", "&#64;", "&#x40;", "%40"}

// holdsAt reports whether a text holds an @ in one of its forms.
func holdsAt(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '@':
			return true
		case '(', '[', '&', '%':
			for _, sign := range atSigns[1:] {
				if len(s)-i >= len(sign) && strings.EqualFold(s[i:i+len(sign)], sign) {
					return true
				}
			}
		}
	}
	return false
}

// cprShape is six digits of a date and four more, together or parted by a hyphen or space.
var cprShape = regexp.MustCompile(`[0-9]{6}[ \x{00A0}]?[-\x{2010}-\x{2013}]?[ \x{00A0}]?[0-9]{4}`)

// MaskCPR replaces what may be a Danish personal number: a valid date, standing alone, not labelled as
// an ISBN, DOI, phone or account number. Since 2007 the check digit need not fit, so it is not looked at.
func MaskCPR(s string) string {
	return replaceMatches(s, cprShape, func(start, end int) string {
		m := s[start:end]
		if !standsAlone(s, start, end) || !cprDate(digitsOf(m)) || otherNumber(s[:start]) {
			return m
		}
		return maskedCPR
	})
}

// HasCPR reports whether a text holds what MaskCPR would replace.
func HasCPR(s string) bool { return MaskCPR(s) != s }

// replaceMatches rewrites each match of a pattern, which is told by its place in s.
func replaceMatches(s string, re *regexp.Regexp, rewrite func(start, end int) string) string {
	all := re.FindAllStringIndex(s, -1)
	if all == nil {
		return s
	}
	var b strings.Builder
	last := 0
	for _, m := range all {
		b.WriteString(s[last:m[0]])
		b.WriteString(rewrite(m[0], m[1]))
		last = m[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

// standsAlone reports whether no letter, digit or joining sign touches the number: "10.1234/010203-1234" and
// "1010203-12345" are other things.
func standsAlone(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, size := utf8.DecodeRuneInString(s[end:])
	if isNumberPart(before) || before == '+' || unicode.IsLetter(after) || unicode.IsDigit(after) {
		return false
	}
	// "0102031234." ends a sentence, "010203-1234.5" is a decimal.
	next, _ := utf8.DecodeRuneInString(s[end+size:])
	return !strings.ContainsRune(".,-/_", after) || !unicode.IsDigit(next)
}

func isNumberPart(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-/._#=%", r))
}

// cprDate reports whether ten digits begin with a date that exists in the century the seventh digit
// stands for.
func cprDate(d string) bool {
	if len(d) != 10 {
		return false
	}
	day, month, year := number(d[:2]), number(d[2:4]), number(d[4:6])
	switch seventh := d[6]; {
	case seventh <= '3', (seventh == '4' || seventh == '9') && year >= 37:
		year += 1900
	case seventh == '4' || seventh == '9' || year <= 57:
		year += 2000
	default:
		year += 1800
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Day() == day && t.Month() == time.Month(month)
}

func number(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return n
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// otherLabel ends a text that names the number which follows as a book's, an article's, a shop's or a phone's.
var otherLabel = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:isbn(?:[- ]?1[03])?|issn|doi|ean|gln|cvr|tlf|telefon|mobil|fax)(?:[- ]?(?:nr|nummer|no))?[\s.:]*$`)

func otherNumber(before string) bool { return otherLabel.MatchString(tail(before, 30)) }

// tail returns the last n bytes or a little less, from the start of a character.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}
