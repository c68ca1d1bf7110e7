package pdftext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of glyphs without white between them.
type word struct {
	text   string
	x0, x1 float64
	glued  bool // to the word before: only its font or height begins anew
	loose  bool // only a gap is before it, though spaces are drawn on this page
}

// wordsOf cuts glyphs at spaces and gaps; drawn says whether spaces are drawn on this page.
func wordsOf(glyphs []glyph, drawn bool) []word {
	var words []word
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			words[len(words)-1].text = text.String()
			text.Reset()
		}
	}
	var last *glyph
	spaced := true
	for i := range glyphs {
		g := &glyphs[i]
		switch {
		case strings.TrimSpace(g.text) == "":
			if !squeezed(glyphs, i, last) {
				flush()
				spaced = true
			}
			continue
		case last != nil && overprint(last, g):
			continue
		case text.Len() > 0 && g.x-words[len(words)-1].x1 > wordGap*g.size:
			flush()
		}
		if text.Len() == 0 {
			words = append(words, word{x0: g.x, loose: drawn && !spaced})
		}
		text.WriteString(g.text)
		words[len(words)-1].x1 = g.x + g.width
		last, spaced = g, false
	}
	flush()
	return words
}

// squeezed reports whether the space glyph i takes no room between its neighbours; some typesetting programs leave
// such inside words.
func squeezed(glyphs []glyph, i int, last *glyph) bool {
	g := &glyphs[i]
	return last != nil && i+1 < len(glyphs) && g.width < 0.03*g.size &&
		glyphs[i+1].x-last.x-last.width < 0.03*g.size
}

// spell joins the words of a line: letter-spaced ones closed up, dot leaders and wide gaps as tabs.
func spell(words []word, size float64) string {
	if read, turned := reading(words); turned {
		return plain(read)
	}
	var s strings.Builder
	for i := 0; i < len(words); {
		if i > 0 {
			s.WriteString(between(&words[i-1], &words[i], size))
		}
		if n := leader(words[i:]); n > 0 {
			s.WriteByte('\t')
			i += n
			continue
		}
		if n := spacedRun(words[i:], size); n > 0 {
			s.WriteString(closeUp(words[i:i+n], size))
			i += n
			continue
		}
		s.WriteString(strings.Join(strings.Fields(words[i].text), " "))
		i++
	}
	return cells(s.String())
}

// plain joins words that are in reading order already, so that their places no longer tell how far apart they are.
func plain(words []word) string {
	texts := make([]string, 0, len(words))
	for _, w := range words {
		texts = append(texts, w.text)
	}
	return strings.Join(texts, " ")
}

// between is what parts two words of a line.
func between(a, b *word, size float64) string {
	switch {
	case b.x0-a.x1 > cellGap*size:
		return "\t"
	case b.glued:
		return ""
	}
	return " "
}

// minLeader is the fewest dots that lead to a page number; fewer are an ellipsis.
const minLeader = 4

// leader is how many of the words, from the first on, are the dots of a table of contents.
func leader(words []word) int {
	n, dots := 0, 0
	for n < len(words) && strings.Trim(words[n].text, "._…·") == "" {
		dots += len(words[n].text)
		n++
	}
	if dots < minLeader || n == 0 {
		return 0
	}
	return n
}

// cells tidies the white around tabs.
func cells(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var kept []string
	for cell := range strings.SplitSeq(s, "\t") {
		if cell = strings.TrimSpace(cell); cell != "" {
			kept = append(kept, cell)
		}
	}
	return strings.Join(kept, "\t")
}

// minSpaced is the shortest run of single letters that counts as a spaced word: "L I V S", but not "a b c".
const minSpaced = 4

// spacedRun is how many of the words, from the first on, are the letters of spaced words; 0 when there are too few. Now
// and then two letters stand close, as in "A V". Where spaces are drawn, letters without one between them belong
// together however few they are.
func spacedRun(words []word, size float64) int {
	n, pairs, loose, letters := 0, 0, 0, 0
	for n < len(words) {
		text := strings.TrimFunc(words[n].text, unicode.IsPunct)
		length := utf8.RuneCountInString(text)
		if length == 0 || length > 2 || !alphanumeric(text) || n > 0 && words[n].x0-words[n-1].x1 > cellGap*size {
			break
		}
		if n > 0 && words[n].loose {
			loose++
		}
		if isLetters(text) {
			letters++
		}
		pairs += length - 1
		n++
	}
	switch {
	case alphabet(words[:n]):
	case loose > 0 && 2*loose >= n-1 && 3*pairs <= n:
		return n
	case n >= minSpaced && 4*pairs <= n && letters == n:
		return n
	}
	return 0
}

func isLetters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

func alphanumeric(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
}

// alphabet reports whether the letters ascend, as in a register of letters to choose from.
func alphabet(words []word) bool {
	for i := 1; i < len(words); i++ {
		if words[i].text <= words[i-1].text {
			return false
		}
	}
	return len(words) >= minSpaced
}

// closeUp joins spaced letters. A new word begins where a space is drawn between letters that otherwise have none, or
// where the white is clearly wider than between most of them.
func closeUp(words []word, size float64) string {
	var loose, all []float64
	for i := 1; i < len(words); i++ {
		gap := words[i].x0 - words[i-1].x1
		all = append(all, gap)
		if words[i].loose {
			loose = append(loose, gap)
		}
	}
	gaps := all
	if len(loose) > 0 {
		gaps = loose
	}
	slices.Sort(gaps)
	limit := max(1.5*gaps[len(gaps)/2], gaps[len(gaps)/2]+0.12*size)
	var s strings.Builder
	for i, w := range words {
		if i > 0 && (w.x0-words[i-1].x1 > limit || len(loose) > 0 && !w.loose) {
			s.WriteByte(' ')
		}
		s.WriteString(w.text)
	}
	return s.String()
}
