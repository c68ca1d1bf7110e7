package pdftext

import "slices"

// maxOrdered bounds the blocks of a page that are compared with each other; beyond it the drawing order stands.
const maxOrdered = 600

// ordered puts blocks into reading order: what stands above or to the left comes first, and where neither says
// anything the order of drawing does. Most pages are drawn as they are read and stay as they are.
func ordered(blocks []block) []block {
	n := len(blocks)
	if n < 2 || n > maxOrdered {
		return blocks
	}
	waits := make([]int, n) // how many must come before
	after := make([][]int, n)
	for i := range blocks {
		for j := range blocks {
			if i != j && blocks[i].before(&blocks[j]) {
				waits[j]++
				after[i] = append(after[i], j)
			}
		}
	}
	out := make([]block, 0, n)
	for last := -1; len(out) < n; {
		last = following(waits, last)
		waits[last] = placed
		for _, j := range after[last] {
			if waits[j] != placed {
				waits[j]--
			}
		}
		out = append(out, blocks[last])
	}
	return out
}

const placed = -1

// following is the next block in drawing order after last that waits for nothing, else the first such one; when all
// wait for each other, the first of them.
func following(waits []int, last int) int {
	if i := slices.Index(waits[last+1:], 0); i >= 0 {
		return last + 1 + i
	}
	if i := slices.Index(waits, 0); i >= 0 {
		return i
	}
	return slices.IndexFunc(waits, func(w int) bool { return w != placed })
}

// before reports whether b must be read before c: it stands above it in the same column, or beside it to the left.
func (b *block) before(c *block) bool {
	across := min(b.x1, c.x1) - max(b.x0, c.x0)
	down := min(b.top, c.top) - max(b.bottom, c.bottom)
	if across > 0.25*min(b.x1-b.x0, c.x1-c.x0) {
		return b.top > c.top && down < 0.25*min(b.top-b.bottom, c.top-c.bottom)
	}
	return b.x0 < c.x0 && across <= 1 && down > 0.5*min(b.top-b.bottom, c.top-c.bottom)
}
