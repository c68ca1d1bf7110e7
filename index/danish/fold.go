package danish

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold appends the folded form of a word: see Fold.
func fold(dst []byte, raw string) []byte {
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c < utf8.RuneSelf:
			dst = append(dst, lowerASCII(c))
			i++
		case c == 0xC3 && i+1 < len(raw) && raw[i+1] >= 0x80:
			// Latin-1 letters, æøå among them: capitals lie 32 below, but for the signs × and ß.
			d := raw[i+1]
			if d <= 0x9E && d != 0x97 {
				d += 0x20
			}
			dst = append(dst, 0xC3, d)
			i += 2
		default:
			r, n := utf8.DecodeRuneInString(raw[i:])
			if combining(r) {
				return foldSlow(dst, raw[i:])
			}
			dst = appendFolded(dst, r)
			i += n
		}
	}
	return dst
}

// foldSlow goes on where a combining mark stands: what is written is composed with it.
func foldSlow(dst []byte, rest string) []byte {
	for _, r := range rest {
		dst = appendFolded(dst, r)
	}
	return norm.NFC.Append(dst[:0:0], dst...)
}

func lowerASCII(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 0x20
	case c == '`':
		return '\''
	}
	return c
}

// appendFolded appends what one character is folded to.
func appendFolded(dst []byte, r rune) []byte {
	switch {
	case ignorable(r):
		return dst
	case apostrophe(r):
		return append(dst, '\'')
	case hyphen(r):
		return append(dst, '-')
	case r >= 0xFB00 && r <= 0xFB04:
		// The ligatures of typesetters, common in text out of PDF files.
		return append(dst, ligatures[r-0xFB00]...)
	case r == utf8.RuneError:
		return utf8.AppendRune(dst, utf8.RuneError)
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

var ligatures = [...]string{"ff", "fi", "fl", "ffi", "ffl"}

// ignorable characters stand inside words without being part of them: soft hyphen, zero-width space and
// joiners, word joiner, byte order mark.
func ignorable(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF
}

func apostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', 'ʼ', '′':
		return true
	}
	return false
}

// hyphen tells the hyphens, and the dashes that writers put in their place between numbers.
func hyphen(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2013 }

func combining(r rune) bool { return r >= 0x300 && r < 0x370 }

// offsets maps every byte offset of the folded form of a word to the byte offset in the word as written;
// the end of the folded form maps to the end of the word.
func offsets(raw string) []int {
	origin := make([]int, 0, len(raw)+1)
	var folded []byte
	for start := 0; start < len(raw); {
		end := start + width(raw, start)
		for end < len(raw) {
			r, n := utf8.DecodeRuneInString(raw[end:])
			if !combining(r) && !ignorable(r) {
				break
			}
			end += n
		}
		folded = fold(folded[:0], raw[start:end])
		for range folded {
			origin = append(origin, start)
		}
		start = end
	}
	return append(origin, len(raw))
}
