package pdftext

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Measures of the layout in parts of the font size.
const (
	wordGap   = 0.18 // more white than this parts words; kerning stays below, a narrow space is 0.2
	spanGap   = 0.9  // more white than this may be a gutter or the border of a cell
	cellGap   = 1.8  // more white than this is one, unless prose is justified in a narrow column
	backStep  = 0.6  // a glyph this far to the left of the last one's end starts anew
	sameShift = 0.15 // two equal glyphs this close are one, printed twice to look bold
)

// span is a run of glyphs on one base line, drawn one after the other, without a wide gap.
type span struct {
	text     string
	x0, x1   float64
	y        float64
	size     float64
	dir      int
	artifact bool
}

// spans cuts the glyphs of a page into runs, in the order in which they were drawn.
func spans(glyphs []glyph) []span {
	var out []span
	for start := 0; start < len(glyphs); {
		end := start + 1
		for end < len(glyphs) && continues(&glyphs[end-1], &glyphs[end]) {
			end++
		}
		s := spanOf(glyphs[start:end])
		if s.text != "" && !printedTwice(out, &s) {
			out = append(out, s)
		}
		start = end
	}
	return out
}

// continues reports whether b goes on where a ended.
func continues(a, b *glyph) bool {
	if a.dir != b.dir || a.artifact != b.artifact || !sameLine(a, b) {
		return false
	}
	size := max(a.size, b.size)
	gap := b.x - a.x - a.width
	return gap < spanGap*size && (gap > -backStep*size || overprint(a, b))
}

// sameLine allows for raised and lowered characters.
func sameLine(a, b *glyph) bool {
	return math.Abs(a.y-b.y) < min(0.45*max(a.size, b.size), 0.8*min(a.size, b.size))
}

func overprint(a, b *glyph) bool {
	return a.text == b.text && math.Abs(a.x-b.x) < sameShift*a.size && math.Abs(a.y-b.y) < sameShift*a.size
}

// printedTwice looks for s among the last spans.
func printedTwice(done []span, s *span) bool {
	for i := len(done) - 1; i >= max(0, len(done)-40); i-- {
		d := &done[i]
		if d.dir == s.dir && d.text == s.text &&
			math.Abs(d.x0-s.x0) < 2*sameShift*s.size && math.Abs(d.y-s.y) < 2*sameShift*s.size {
			return true
		}
	}
	return false
}

// spanOf spells the glyphs of one run.
func spanOf(glyphs []glyph) span {
	words := wordsOf(glyphs)
	if len(words) == 0 {
		return span{}
	}
	first, last := words[0], words[len(words)-1]
	s := span{x0: first.x0, x1: last.x1, dir: glyphs[0].dir, artifact: glyphs[0].artifact}
	s.y, s.size = baseLine(glyphs)
	s.text = joinWords(words, s.size)
	return s
}

// baseLine is the base line and size of most of the text, so that a raised footnote mark does not count.
func baseLine(glyphs []glyph) (y, size float64) {
	best := 0
	for i := 0; i < len(glyphs); {
		n, j := 0, i
		for j < len(glyphs) && glyphs[j].y == glyphs[i].y && glyphs[j].size == glyphs[i].size {
			n += len(strings.TrimSpace(glyphs[j].text))
			j++
		}
		if n > best {
			best, y, size = n, glyphs[i].y, glyphs[i].size
		}
		i = j
	}
	return y, size
}

// word is a run of glyphs without white between them.
type word struct {
	text   string
	x0, x1 float64
}

func wordsOf(glyphs []glyph) []word {
	var words []word
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			words[len(words)-1].text = text.String()
			text.Reset()
		}
	}
	var last *glyph
	for i := range glyphs {
		g := &glyphs[i]
		switch {
		case strings.TrimSpace(g.text) == "":
			flush()
			continue
		case last != nil && overprint(last, g):
			continue
		case text.Len() > 0 && g.x-words[len(words)-1].x1 > wordGap*g.size:
			flush()
		}
		if text.Len() == 0 {
			words = append(words, word{x0: g.x})
		}
		text.WriteString(g.text)
		words[len(words)-1].x1 = g.x + g.width
		last = g
	}
	flush()
	return words
}

// joinWords puts spaces between words and takes them out of letter-spaced ones.
func joinWords(words []word, size float64) string {
	var s strings.Builder
	for i := 0; i < len(words); {
		if i > 0 {
			s.WriteByte(' ')
		}
		n := spacedRun(words[i:], size)
		if n == 0 {
			s.WriteString(strings.Join(strings.Fields(words[i].text), " "))
			i++
			continue
		}
		s.WriteString(closeUp(words[i:i+n], size))
		i += n
	}
	return s.String()
}

// minSpaced is the shortest run of single letters that counts as a spaced word: "L I V S", but not "a b c".
const minSpaced = 4

// spacedRun is how many of the words, from the first on, are the letters of spaced words; 0 when there are too few. Now
// and then two letters stand close, as in "A V".
func spacedRun(words []word, size float64) int {
	n, pairs := 0, 0
	for n < len(words) {
		letters := utf8.RuneCountInString(words[n].text)
		if letters > 2 || !isLetters(words[n].text) || n > 0 && words[n].x0-words[n-1].x1 > spanGap*size {
			break
		}
		pairs += letters - 1
		n++
	}
	if n < minSpaced || 4*pairs > n || alphabet(words[:n]) {
		return 0
	}
	return n
}

func isLetters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

// alphabet reports whether the letters ascend, as in a register of letters to choose from.
func alphabet(words []word) bool {
	for i := 1; i < len(words); i++ {
		if words[i].text <= words[i-1].text {
			return false
		}
	}
	return true
}

// closeUp joins spaced letters; where the white is clearly wider than between most of them a new word begins.
func closeUp(words []word, size float64) string {
	gaps := make([]float64, 0, len(words))
	for i := 1; i < len(words); i++ {
		gaps = append(gaps, words[i].x0-words[i-1].x1)
	}
	slices.Sort(gaps)
	limit := max(1.5*gaps[len(gaps)/2], gaps[len(gaps)/2]+0.12*size)
	var s strings.Builder
	for i, w := range words {
		if i > 0 && w.x0-words[i-1].x1 > limit {
			s.WriteByte(' ')
		}
		s.WriteString(w.text)
	}
	return s.String()
}
