package danish

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold appends the folded form of a word: see Fold.
func fold(dst []byte, raw string) []byte {
	if raw != "" && (raw[0] < 'a' || raw[0] > 'z') {
		if n := capitals(raw); n > 0 && n < len(raw) && bareEnding(raw, n) {
			return append(append(fold(dst, raw[:n]), '\''), raw[n:]...)
		}
	}
	from := len(dst)
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '.' || c == ':':
			return foldDotted(dst[:from], raw)
		case c < utf8.RuneSelf:
			dst = append(dst, lower[c])
			i++
		case c == 0xC3 && i+1 < len(raw) && raw[i+1] >= 0x80 && raw[i+1] <= 0xBF:
			dst = append(dst, 0xC3, lowerLatin(raw[i+1]))
			i += 2
		default:
			r, n := utf8.DecodeRuneInString(raw[i:])
			if combining(r) {
				return foldSlow(dst, raw[i:])
			}
			if decimals := fractions[r]; decimals != "" {
				dst = appendFraction(dst, i > 0 && isDigit(raw, i-1), decimals)
			} else {
				dst = appendFolded(dst, r)
			}
			i += n
		}
	}
	return dst
}

// lowerLatin is the second byte of a small letter of Latin-1, æøå among them: capitals lie 32 below, but for the signs × and ß.
func lowerLatin(second byte) byte {
	if second <= 0x9E && second != 0x97 {
		return second + 0x20
	}
	return second
}

// foldDotted folds a number, an abbreviation or an address: what has dots or colons.
func foldDotted(dst []byte, raw string) []byte {
	raw = bareAddress(raw)
	for i, r := range raw {
		switch {
		case r == '.' && i > 0:
			dst = foldDot(dst, raw, i)
		case combining(r):
			return foldSlow(dst, raw[i:])
		case r < utf8.RuneSelf:
			dst = append(dst, lower[r])
		default:
			dst = appendFolded(dst, r)
		}
	}
	return dst
}

// capitals is the length in bytes of the capitals that a word begins with, two or more of them and no small letter
// between them; 0 for other words. "SFOen" is folded like "SFO'en".
func capitals(raw string) int {
	count := 0
	for i, r := range raw {
		if !unicode.IsUpper(r) {
			if count < 2 {
				return 0
			}
			return i
		}
		count++
	}
	if count < 2 {
		return 0
	}
	return len(raw)
}

// bareEnding reports whether the ending of an abbreviation stands right behind its n bytes of capitals. After two of them
// only an s does: "LSet" is a name.
func bareEnding(raw string, n int) bool {
	return raw[n:] == "s" || n > 2 && endings[raw[n:]]
}

// bareAddress takes what does not tell web addresses apart from an address: scheme, "www." and the slash at the end.
// Any other word is returned as it is.
func bareAddress(raw string) string {
	for {
		rest := raw
		if i := strings.Index(raw, "://"); i >= 0 && i+3 < len(raw) {
			rest = raw[i+3:]
		}
		if len(rest) > 4 && strings.EqualFold(rest[:4], "www.") {
			rest = rest[4:]
		}
		if len(rest) > 1 && rest[len(rest)-1] == '/' {
			rest = rest[:len(rest)-1]
		}
		if rest == raw {
			return raw
		}
		raw = rest
	}
}

// foldDot folds a dot inside a word: between digits it goes with three digits after it ("1.000" is 1000) and is a
// decimal comma otherwise.
func foldDot(dst []byte, raw string, at int) []byte {
	end := digits(raw, at+1)
	before := raw[at-1]
	switch {
	case end == at+1 || before < '0' || before > '9' || strings.ContainsAny(raw, "/@_"):
		return append(dst, '.')
	case end == at+4:
		return dst
	}
	return append(dst, ',')
}

// foldSlow goes on where a combining mark stands: what is written is composed with it.
func foldSlow(dst []byte, rest string) []byte {
	for _, r := range rest {
		dst = appendFolded(dst, r)
	}
	return norm.NFC.Append(dst[:0:0], dst...)
}

// lower folds what is one byte: every byte of a text passes here, and a table has no branches.
var lower = func() (folded [utf8.RuneSelf]byte) {
	for c := range folded {
		folded[c] = byte(c)
	}
	for c := 'A'; c <= 'Z'; c++ {
		folded[c] += 'a' - 'A'
	}
	folded['`'] = '\''
	return folded
}()

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

// fractions are the signs that writers put behind whole numbers, as decimals: "2½" is 2,5.
var fractions = map[rune]string{'½': ",5", '¼': ",25", '¾': ",75"}

// appendFraction appends decimals, behind a nought where no whole number stands before them.
func appendFraction(dst []byte, afterDigit bool, decimals string) []byte {
	if !afterDigit {
		dst = append(dst, '0')
	}
	return append(dst, decimals...)
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
		r, _ := utf8.DecodeRuneInString(raw[start:])
		if raw[start] == '.' && start > 0 {
			folded = foldDot(folded[:0], raw, start)
		} else if fractions[r] != "" {
			folded = appendFraction(folded[:0], isDigit(raw, start-1), fractions[r])
		} else {
			folded = fold(folded[:0], raw[start:end])
		}
		for range folded {
			origin = append(origin, start)
		}
		start = end
	}
	return append(origin, len(raw))
}
