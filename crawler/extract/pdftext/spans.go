package pdftext

import (
	"math"
	"slices"
	"strings"
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
	words    []word
	x0, x1   float64
	y        float64
	size     float64
	dir      int
	artifact bool
}

// spans cuts the glyphs of a page into runs, in the order in which they were drawn.
func spans(glyphs []glyph) []span {
	var out []span
	drawn := drawsSpaces(glyphs)
	for start := 0; start < len(glyphs); {
		end := start + 1
		for end < len(glyphs) && continues(&glyphs[end-1], &glyphs[end]) {
			end++
		}
		s := spanOf(glyphs[start:end], drawn)
		if len(s.words) > 0 && !printedTwice(out, &s) {
			out = append(out, s)
		}
		start = end
	}
	return out
}

// drawsSpaces reports whether the spaces between words are drawn as glyphs, rather than left out. Danish has one
// to every five or six letters.
func drawsSpaces(glyphs []glyph) bool {
	spaces := 0
	for i := range glyphs {
		if strings.TrimSpace(glyphs[i].text) == "" {
			spaces++
		}
	}
	return 12*spaces > len(glyphs)
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
		if d.dir == s.dir && math.Abs(d.x0-s.x0) < 2*sameShift*s.size &&
			math.Abs(d.y-s.y) < 2*sameShift*s.size && slices.EqualFunc(d.words, s.words, sameText) {
			return true
		}
	}
	return false
}

// spanOf spells the glyphs of one run.
func spanOf(glyphs []glyph, drawn bool) span {
	words := wordsOf(glyphs, drawn)
	if len(words) == 0 {
		return span{}
	}
	first, last := words[0], words[len(words)-1]
	s := span{words: words, x0: first.x0, x1: last.x1, dir: glyphs[0].dir, artifact: glyphs[0].artifact}
	s.y, s.size = baseLine(glyphs)
	return s
}

func sameText(a, b word) bool { return a.text == b.text }

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
