package danish

import "strings"

// slab hands out the memory of analysed words in large pieces: a text has a new word every few dozen bytes, and making
// room for each of its lists one by one would cost more than looking it up.
type slab struct {
	words   []word
	strings []string
	parts   []Part
	text    strings.Builder // never grown when full, but replaced: the strings that it gave stay as they are
}

const (
	slabWords   = 128
	slabStrings = 2048
	slabParts   = 256
	slabText    = 8192 // bytes
)

// join returns the two strings as one.
func (s *slab) join(a, b string) string {
	from := s.room(len(a) + len(b))
	s.text.WriteString(a)
	s.text.WriteString(b)
	return s.text.String()[from:]
}

// hold returns a copy of bytes as a string.
func (s *slab) hold(b []byte) string {
	from := s.room(len(b))
	s.text.Write(b)
	return s.text.String()[from:]
}

// room makes room for n bytes of text and returns where they will stand.
func (s *slab) room(n int) int {
	if s.text.Cap()-s.text.Len() < n {
		s.text = strings.Builder{}
		s.text.Grow(max(n, slabText))
	}
	return s.text.Len()
}

// word returns an empty word.
func (s *slab) word() *word {
	if len(s.words) == 0 {
		s.words = make([]word, slabWords)
	}
	w := &s.words[0]
	s.words = s.words[1:]
	return w
}

// list returns an empty list with room for n strings. Appending more moves it elsewhere and harms nobody.
func (s *slab) list(n int) []string {
	if n > slabStrings {
		return make([]string, 0, n)
	}
	if len(s.strings) < n {
		s.strings = make([]string, slabStrings)
	}
	l := s.strings[:0:n]
	s.strings = s.strings[n:]
	return l
}

// keep returns a copy of parts.
func (s *slab) keep(parts []Part) []Part {
	n := len(parts)
	if len(s.parts) < n {
		s.parts = make([]Part, max(n, slabParts))
	}
	kept := s.parts[:n:n]
	s.parts = s.parts[n:]
	copy(kept, parts)
	return kept
}
