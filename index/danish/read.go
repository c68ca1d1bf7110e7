package danish

import (
	"strings"
	"unicode/utf8"
)

// reading is one word at its place in a text.
type reading struct {
	span
	word       *word
	fragment   fragment
	expansions []expansion
}

// fragment tells a piece of an elliptical compound.
type fragment int8

const (
	whole     fragment = iota
	beginning          // "børne-" in "børne- og ungeområdet"
	ending             // "-inddragelse" in "forældresamarbejde og -inddragelse"
)

// expansion is a whole word that a piece stands for.
type expansion struct {
	word *word
	lent span // where the missing piece stands in the text
}

// scratch is what one call needs and the next call can use again.
type scratch struct {
	reader      *reader
	folded      []byte // the word at hand
	marked      []byte // the same between its marks
	pieces      []int  // indices of the readings that may stand for other words
	title, body []reading
}

// read appends the words of a text.
func (a *Analyzer) read(s *scratch, readings []reading, text, lang string) []reading {
	english := lang == "en"
	s.pieces = s.pieces[:0]
	sc := scanner{text: text}
	named := false // whether there is a word that may be a place
	for {
		var ok bool
		if s.folded, ok = sc.next(s.folded[:0]); !ok {
			break
		}
		r := reading{span: sc.span}
		if english {
			r.word = a.english.word(s, englishWord)
		} else {
			r.fragment = fragmentAt(text, sc.span)
			if r.fragment == beginning {
				s.folded = append(s.folded, '-')
			}
			r.word = a.danish.word(s, danishWord)
			if c := r.word.capital; c != nil && capitals(text[sc.start:sc.end]) > 0 {
				r.word = c
			}
			if r.word.named != nil {
				r.word, named = atPlace(r.word, text[sc.start:sc.end]), true
			}
			if r.fragment != whole || r.word.number != "" || r.word.years {
				s.pieces = append(s.pieces, len(readings))
			}
		}
		readings = append(readings, r)
		if named {
			ofPlace(readings)
		}
		if !english && sc.start > 0 && text[sc.start-1] == '/' {
			a.slashed(s, readings)
		}
	}
	if len(s.pieces) > 0 {
		a.expand(s, text, readings)
	}
	return readings
}

// slashed reads "mor/barn-relation" as "mor-barn-relation" as well: the first of two words parted by a slash stands for the
// whole when the second has a hyphen.
func (a *Analyzer) slashed(s *scratch, readings []reading) {
	last := len(readings) - 1
	if last == 0 {
		return
	}
	left, right := &readings[last-1], &readings[last]
	if left.end+1 != right.start || !strings.Contains(right.word.exact, "-") || left.word.number != "" {
		return
	}
	s.folded = append(append(append(s.folded[:0], left.word.exact...), '-'), right.word.exact...)
	left.expansions = append(left.expansions, expansion{a.danish.word(s, danishWord), right.span})
}

// word returns the word that s.folded holds, from the cache or newly analysed.
func (c *cache) word(s *scratch, analyse func(*reader, string) *word) *word {
	slot := c.slot(s.folded)
	if w := c.get(slot, s.folded); w != nil {
		return w
	}
	// One string serves as the word and for its 4-grams.
	s.marked = append(append(append(s.marked[:0], '^'), s.folded...), '$')
	ends := s.reader.hold(s.marked)
	w := analyse(s.reader, ends)
	c.put(slot, w)
	return w
}

// fragmentAt tells whether a word is written with a hyphen and a gap on one side.
func fragmentAt(text string, at span) fragment {
	if n := hyphenAt(text, at.end); n > 0 && !wordFollows(text, at.end+n) {
		return beginning
	}
	if hyphenBefore(text, at.start) && !isDigit(text, at.start) {
		return ending
	}
	return whole
}

// hyphenAt is the length in bytes of a hyphen at an offset with the soft hyphens around it, 0 when there is none. A dash
// that stands close to the word is a hyphen, too: writers know one sign.
func hyphenAt(text string, at int) int {
	if at >= len(text) || text[at] < utf8.RuneSelf && text[at] != '-' {
		return 0 // most words
	}
	end := skipIgnorable(text, at)
	if end >= len(text) {
		return 0
	}
	if text[end] == '-' {
		return skipIgnorable(text, end+1) - at
	}
	if text[end] < utf8.RuneSelf {
		return 0
	}
	if r, n := utf8.DecodeRuneInString(text[end:]); hyphen(r) {
		return skipIgnorable(text, end+n) - at
	}
	return 0
}

// skipIgnorable returns the offset behind soft hyphens and the like.
func skipIgnorable(text string, at int) int {
	for at < len(text) && text[at] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !ignorable(r) {
			break
		}
		at += n
	}
	return at
}

func wordFollows(text string, at int) bool { return at < len(text) && wordAt(text, at) > 0 }

// hyphenBefore reports whether a hyphen with a gap before it stands right before an offset.
func hyphenBefore(text string, at int) bool {
	if at == 0 || text[at-1] == ' ' {
		return false // most words
	}
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:at])
		at -= n
		if ignorable(r) {
			continue
		}
		return hyphen(r) && r < 0x2012 && (at == 0 || gapBefore(text[at-1]))
	}
	return false
}

// gapBefore reports whether a byte may stand before the hyphen of a piece.
func gapBefore(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '(' || c == '/' }
