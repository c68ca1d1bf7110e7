package danish

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is where a word stands in a text.
type span struct{ start, end int }

// scanner finds the words of a text one after the other. A word is made of letters and digits; apostrophes and
// hyphens join it where letters or digits stand on both sides, dots and commas inside numbers and
// abbreviations. Addresses of pages and of people are one word.
type scanner struct {
	text string
	span // the word found last
}

// next goes to the next word, appends its folded form and reports whether there is one. Nearly all words are made of the letters of
// Danish and stand before a space or a full stop: they are read once for both.
func (s *scanner) next(dst []byte) (folded []byte, ok bool) {
	text, at := s.text, s.end
	for at < len(text) && foldedBytes[text[at]] == 0 && (text[at] < utf8.RuneSelf || wordAt(text, at) == 0) {
		at += width(text, at)
	}
	s.span = span{at, at}
	if at == len(text) {
		return dst, false
	}
	folded, end := foldLetters(dst, text, at)
	if !ends(text, end) || mixedCase(text[at:end]) {
		end = s.wordEnd(at)
		folded = fold(dst, text[at:end])
	}
	s.end = end
	return folded, true
}

// foldedBytes are what letters and digits of one byte are folded to, 0 for all other bytes.
var foldedBytes = func() (folded [256]byte) {
	for c, is := range asciiWord {
		if is {
			folded[c] = lower[c]
		}
	}
	return folded
}()

// foldLetters appends the folded form of the letters and digits of Danish from an offset on, and returns where they end.
func foldLetters(dst []byte, s string, at int) ([]byte, int) {
	for at < len(s) {
		if c := foldedBytes[s[at]]; c != 0 {
			dst = append(dst, c)
			at++
			continue
		}
		if s[at] != 0xC3 || wordAt(s, at) == 0 {
			break
		}
		dst = append(dst, 0xC3, lowerLatin(s[at+1]))
		at += 2
	}
	return dst, at
}

// ends reports whether a word ends at an offset, whatever it is: nothing follows that could join it to what stands behind.
func ends(s string, at int) bool {
	if at == len(s) || s[at] <= ' ' {
		return true
	}
	switch c := s[at]; c {
	case '.', ',', ':':
		return at+1 == len(s) || s[at+1] <= ' '
	case ';', '!', '?', ')', '"':
		return true
	}
	return false
}

// mixedCase reports whether a word may be an abbreviation in capitals with an ending behind it: see capitals.
func mixedCase(word string) bool {
	small := func(c byte) bool { return 'a' <= c && c <= 'z' }
	return !small(word[0]) && len(word) > 1 && !small(word[1])
}

// wordEnd returns where the word ends that begins at an offset.
func (s *scanner) wordEnd(start int) int {
	at := start
	for at < len(s.text) {
		c := s.text[at]
		if asciiWord[c] {
			at++
			continue
		}
		if c <= ' ' {
			return at // nearly every word ends here
		}
		if n := wordAt(s.text, at); n > 0 {
			at += n
			continue
		}
		next := s.joined(start, at)
		if next < 0 {
			return at
		}
		at = next
	}
	return at
}

// joined returns how far the word that began at start goes on at something that is neither letter nor digit,
// or -1 when it ends there.
func (s *scanner) joined(start, at int) int {
	switch c := s.text[at]; {
	case (c == '.' || c == ',' || c == ':') && (at+1 == len(s.text) || s.text[at+1] <= ' '):
		return -1 // the end of a sentence or clause: no address or number goes on at a space
	case c == '.' || c == ',' || c == '_' || c == '@' || c == ':' || c == '+':
		if end := addressEnd(s.text, start, at); end > at {
			return end
		}
		return s.dotted(start, at)
	case c == '-' || c == '\'' || c == '`' || c >= utf8.RuneSelf:
		return s.skip(at)
	}
	return -1
}

// dotted goes on at a dot or comma inside a number or an abbreviation.
func (s *scanner) dotted(start, at int) int {
	if c := s.text[at]; c != '.' && c != ',' {
		return -1
	}
	if end := numberEnd(s.text, start, at); end > at {
		return end
	}
	if end := abbreviationEnd(s.text, start); end > at {
		return end
	}
	return -1
}

// skip returns the offset of the letter or digit that follows what may stand inside a word, or the offset behind
// a combining mark, or -1.
func (s *scanner) skip(at int) int {
	joiner := false
	for at < len(s.text) {
		if wordAt(s.text, at) > 0 {
			return at
		}
		r, n := utf8.DecodeRuneInString(s.text[at:])
		switch {
		case combining(r):
			return at + n
		case ignorable(r):
		case (apostrophe(r) || hyphen(r)) && !joiner:
			joiner = true
		default:
			return -1
		}
		at += n
	}
	return -1
}

// asciiWord tells the letters and digits among the bytes.
var asciiWord = func() (is [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") {
		is[c] = true
	}
	return is
}()

// wordAt returns the length in bytes of the letter or digit at an offset, 0 when it is something else.
func wordAt(s string, at int) int {
	c := s[at]
	if c < utf8.RuneSelf {
		if asciiWord[c] {
			return 1
		}
		return 0
	}
	if c == 0xC3 && at+1 < len(s) && s[at+1]&0xC0 == 0x80 {
		// Half of Unicode's Latin-1, æøå among it: letters but for × and ÷.
		if s[at+1] == 0x97 || s[at+1] == 0xB7 {
			return 0
		}
		return 2
	}
	r, n := utf8.DecodeRuneInString(s[at:])
	if r >= '¼' && r <= '¾' || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return n
	}
	return 0
}

// numberEnd returns where a number ends whose first digits stand from start to a dot or comma at an offset: three
// digits after each dot ("1.250.000"), or one dot or comma ("3,5"). It returns 0 for anything else, dates
// and chapters among them.
func numberEnd(s string, start, at int) int {
	if digits(s, start) != at || start > 1 && s[start-1] == '.' && isDigit(s, start-2) {
		return 0
	}
	end, groups, thousands := at, 0, at-start <= 3
	for end < len(s) && (s[end] == '.' || s[end] == ',' && groups == 0) {
		next := digits(s, end+1)
		if next == end+1 {
			break
		}
		thousands = thousands && s[end] == '.' && next-end == 4
		groups++
		end = next
	}
	switch {
	case thousands && end+1 < len(s) && s[end] == ',' && digits(s, end+1) > end+1:
		return digits(s, end+1)
	case thousands || groups == 1:
		return end
	}
	return 0
}

// digits returns where the digits end that begin at an offset.
func digits(s string, at int) int {
	for at < len(s) && '0' <= s[at] && s[at] <= '9' {
		at++
	}
	return at
}

// abbreviationEnd returns where an abbreviation of small letters and dots ends, without its last dot: "f.eks",
// "m.m", "d.v.s". It returns 0 for other words, such as those of a sentence after which the space is missing.
func abbreviationEnd(s string, start int) int {
	end, longest := start, 2
	for {
		next := end
		for next < len(s) && 'a' <= s[next] && s[next] <= 'z' {
			next++
		}
		if next == end || next-end > longest || next < len(s) && wordAt(s, next) > 0 {
			return 0
		}
		if next+1 >= len(s) || s[next] != '.' || wordAt(s, next+1) == 0 {
			return next
		}
		end, longest = next+1, 4
	}
}

// addressEnd returns where the address ends that begins at start and goes on at an offset with a character that
// no word has: "https://", "emu.dk/dagtilbud", "post@kommune.dk". It returns 0 when there is none.
func addressEnd(s string, start, at int) int {
	if strings.HasPrefix(s[at:], "://") {
		return pathEnd(s, at+len("://"))
	}
	name := nameEnd(s, start)
	if name < len(s) && s[name] == '@' {
		if end := nameEnd(s, name+1); known(s[name+1 : end]) {
			return end
		}
		return 0
	}
	if !known(s[start:name]) {
		return 0
	}
	if name < len(s) && s[name] == '/' {
		return pathEnd(s, name)
	}
	return name
}

// maxName is the longest host or name of an address in bytes; without it, a text of dots would be read over and over.
const maxName = 320

// nameEnd returns where a host or the name in an e-mail address ends: letters, digits and .-_+%, no dot at the end.
func nameEnd(s string, at int) int {
	for limit := at + maxName; at < len(s) && at < limit; {
		n := wordAt(s, at)
		if n == 0 && strings.IndexByte(".-_+%", s[at]) >= 0 {
			n = 1
		}
		if n == 0 {
			break
		}
		at += n
	}
	for at > 0 && (s[at-1] == '.' || s[at-1] == '-') {
		at--
	}
	return at
}

// pathEnd returns where the rest of a web address ends: at a space, quote or bracket, but not with punctuation.
func pathEnd(s string, at int) int {
	end := at
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if r <= ' ' || unicode.IsSpace(r) || strings.ContainsRune("<>\"'()[]{}|\\^`´“”„«»’…", r) {
			break
		}
		at += n
		if strings.IndexByte(".,;:!?*", byte(min(r, utf8.RuneSelf))) < 0 {
			end = at
		}
	}
	return end
}

// known reports whether a name ends like a host that people write about.
func known(host string) bool {
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && hostEndings[host[dot+1:]]
}

var hostEndings = set(`dk com org net eu no se de uk info nu gov edu io int fo gl is fi nl dev app example`)
