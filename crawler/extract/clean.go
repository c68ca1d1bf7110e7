package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean makes a line of text fit to store: NFC, no control or invisible characters, single spaces.
// A soft hyphen says where a word may break and is not part of it.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// invisible reports characters that no reader sees: controls, soft hyphen, zero-width and
// direction marks, byte order mark, icons of private fonts.
func invisible(r rune) bool {
	switch {
	case r == '\u00AD', r == '\u034F', r == '\u180E', r == '\uFEFF':
		return true
	case '\u200B' <= r && r <= '\u200F', '\u202A' <= r && r <= '\u202E', '\u2060' <= r && r <= '\u206F':
		return true
	case '\uFFF9' <= r && r <= '\uFFFB':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Co, r)
}

func isBlank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !invisible(r) }) < 0
}

// fold is the form in which two titles or lines are compared: lower case, letters and digits only.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// clip shortens a quote to n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return string(runes[:n-1]) + "…"
}
