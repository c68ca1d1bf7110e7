package danish

import (
	"unicode"
	"unicode/utf8"
)

// span is where a word stands in a text.
type span struct{ start, end int }

// scanner finds the words of a text one after the other.
type scanner struct {
	text string
	span // the word found last
}

// next goes to the next word and reports whether there is one.
func (s *scanner) next() bool {
	at := s.end
	for at < len(s.text) {
		r, n := decode(s.text, at)
		if wordRune(r) {
			s.span = span{at, s.wordEnd(at + n)}
			return true
		}
		at += n
	}
	s.span = span{at, at}
	return false
}

// wordEnd returns where the word ends that goes on at an offset.
func (s *scanner) wordEnd(at int) int {
	for at < len(s.text) {
		r, n := decode(s.text, at)
		switch {
		case wordRune(r), combining(r):
			at += n
		case ignorable(r), apostrophe(r), hyphen(r):
			next := s.skip(at)
			if next < 0 {
				return at
			}
			at = next
		default:
			return at
		}
	}
	return at
}

// skip returns the offset of the word character that follows what may stand inside a word, or -1.
func (s *scanner) skip(at int) int {
	joiner := false
	for at < len(s.text) {
		r, n := decode(s.text, at)
		switch {
		case wordRune(r):
			return at
		case combining(r), ignorable(r):
		case (apostrophe(r) || hyphen(r)) && !joiner:
			joiner = true
		default:
			return -1
		}
		at += n
	}
	return -1
}

func decode(s string, at int) (rune, int) {
	if c := s[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[at:])
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
