package pdftext

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// line is a line of text on a page, in the frame of its writing direction.
type line struct {
	Text     string  `json:"t"` // cells of a table row are parted by tabs
	X0       float64 `json:"a"`
	X1       float64 `json:"b"`
	Y        float64 `json:"y"`
	Size     float64 `json:"s"`
	Block    int     `json:"k"`           // lines that flow into each other share a block
	Artifact bool    `json:"f,omitempty"` // marked as a running header or footer
	Dir      int     `json:"d,omitempty"`
	spans    []span
}

// lines puts the glyphs of a page into lines in reading order: what is drawn in the order of reading stays so, and
// what is not is put right. The main writing direction comes first.
func lines(glyphs []glyph) []line {
	all := spans(glyphs)
	var out []line
	for _, dir := range directions(all) {
		var those []span
		for _, s := range all {
			if s.dir == dir {
				those = append(those, s)
			}
		}
		out = appendBlocks(out, ordered(blocksOf(uncolumn(marked(rows(those))))))
	}
	return out
}

// directions are the writing directions of a page, the one with most text first.
func directions(all []span) []int {
	weight := map[int]int{}
	for _, s := range all {
		weight[s.dir] += len(s.words)
	}
	dirs := make([]int, 0, len(weight))
	for d := range weight {
		dirs = append(dirs, d)
	}
	slices.SortFunc(dirs, func(a, b int) int {
		if weight[a] != weight[b] {
			return weight[b] - weight[a]
		}
		return a - b
	})
	return dirs
}

// rows joins spans that follow each other on one base line from left to right.
func rows(spans []span) []line {
	var out []line
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].takes(&s) {
			out[n-1].spans = append(out[n-1].spans, s)
			out[n-1].settle()
			continue
		}
		l := line{spans: []span{s}}
		l.settle()
		out = append(out, l)
	}
	return out
}

func (l *line) takes(s *span) bool {
	last := &l.spans[len(l.spans)-1]
	return last.artifact == s.artifact && s.x0 >= last.x1-backStep*s.size &&
		math.Abs(last.y-s.y) < min(0.45*max(last.size, s.size), 0.8*min(last.size, s.size))
}

// settle works out text and extent from the spans.
func (l *line) settle() {
	first := &l.spans[0]
	l.X0, l.X1, l.Artifact, l.Dir = first.x0, first.x1, first.artifact, first.dir
	longest := 0
	var words []word
	for i := range l.spans {
		s := &l.spans[i]
		at := len(words)
		words = append(words, s.words...)
		words[at].glued = i > 0 && s.x0-l.spans[i-1].x1 < wordGap*max(s.size, l.spans[i-1].size)
		if len(s.words) > longest {
			longest = len(s.words)
			l.Y, l.Size = s.y, s.size
		}
		l.X1 = max(l.X1, s.x1)
	}
	l.Text = spell(words, l.Size)
}

// marked puts list marks that are drawn apart from their item, before or after all the text, in front of it.
func marked(rows []line) []line {
	out := make([]line, 0, len(rows))
	var marks []line
	for _, r := range rows {
		if len(marks) < maxMarks && r.mark() {
			marks = append(marks, r)
			continue
		}
		out = append(out, r)
	}
	for _, m := range marks {
		if i := m.item(out); i >= 0 {
			out[i].spans = append([]span{m.spans[0]}, out[i].spans...)
			out[i].settle()
			continue
		}
		out = append(out, m)
	}
	return out
}

// maxMarks bounds the list marks of a page that are looked at.
const maxMarks = 200

// mark reports whether a line is nothing but a bullet.
func (l *line) mark() bool {
	return len(l.spans) == 1 && len(l.Text) <= 4 && strings.IndexFunc(l.Text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}) < 0
}

// item is the line next to the right of a mark on its base line, -1 without.
func (l *line) item(rows []line) int {
	best := -1
	for i := range rows {
		gap := rows[i].X0 - l.X1
		if math.Abs(rows[i].Y-l.Y) < 0.45*rows[i].Size && gap > -1 && gap < 4*rows[i].Size &&
			(best < 0 || rows[i].X0 < rows[best].X0) {
			best = i
		}
	}
	return best
}

// block is a run of lines that flow into each other, with its extent.
type block struct {
	lines       []line
	x0, x1      float64
	top, bottom float64
	chars       int
}

// blocksOf cuts lines, in the order given, where they stop to flow.
func blocksOf(lines []line) []block {
	var out []block
	for i := range lines {
		l := &lines[i]
		if n := len(out); n > 0 && lines[i-1].flowsInto(l) {
			out[n-1].add(l)
			continue
		}
		b := block{x0: l.X0, x1: l.X1, top: l.Y + 0.8*l.Size, bottom: l.Y}
		b.add(l)
		out = append(out, b)
	}
	return out
}

func (b *block) add(l *line) {
	b.lines = append(b.lines, *l)
	b.chars += len(l.Text)
	b.x0, b.x1 = min(b.x0, l.X0), max(b.x1, l.X1)
	b.top, b.bottom = max(b.top, l.Y+0.8*l.Size), min(b.bottom, l.Y-0.2*l.Size)
}

// flowsInto reports whether m is the next line below l in the same column.
func (l *line) flowsInto(m *line) bool {
	size := max(l.Size, m.Size)
	drop := l.Y - m.Y
	return l.Artifact == m.Artifact && drop > 0.3*size && drop < 2.5*size &&
		min(l.X1, m.X1)-max(l.X0, m.X0) > 0
}

// appendBlocks numbers the blocks and lists their lines.
func appendBlocks(out []line, blocks []block) []line {
	next := 0
	if n := len(out); n > 0 {
		next = out[n-1].Block + 1
	}
	for i, b := range blocks {
		for _, l := range b.lines {
			l.Block = next + i
			out = append(out, l)
		}
	}
	return out
}
