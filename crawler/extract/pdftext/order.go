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
	o := order{blocks: blocks, waits: make([]int, n), after: make([][]int, n)}
	for i := range blocks {
		for j := range blocks {
			if i != j && blocks[i].before(&blocks[j]) {
				o.waits[j]++
				o.after[i] = append(o.after[i], j)
			}
		}
	}
	for last := -1; len(o.out) < n; {
		next := o.following(last)
		if small := o.small(last, next); small >= 0 {
			o.place(small)
			continue
		}
		o.place(next)
		last = next
	}
	return o.out
}

// order is the state of a topological sort.
type order struct {
	blocks []block
	waits  []int   // how many must come before, placed for those that are out
	after  [][]int // who waits for each
	out    []block
}

const placed = -1

func (o *order) place(i int) {
	o.waits[i] = placed
	for _, j := range o.after[i] {
		if o.waits[j] != placed {
			o.waits[j]--
		}
	}
	o.out = append(o.out, o.blocks[i])
}

// following is the next block in drawing order after last that waits for nothing, else the first such one; when all
// wait for each other, the first of them.
func (o *order) following(last int) int {
	if i := slices.Index(o.waits[last+1:], 0); i >= 0 {
		return last + 1 + i
	}
	if i := slices.Index(o.waits, 0); i >= 0 {
		return i
	}
	return slices.IndexFunc(o.waits, func(w int) bool { return w != placed })
}

// smallBlock is the most bytes of a block that may be put between two others in passing, such as a page's header or
// a caption that is drawn after all the text.
const smallBlock = 250

// small is a small block that the one after last waits for: skipping that one would tear the text apart. -1 when
// there is none.
func (o *order) small(last, next int) int {
	for i := last + 1; i < len(o.blocks) && i != next; i++ {
		if o.waits[i] == placed {
			continue
		}
		for j := range o.blocks {
			if o.waits[j] == 0 && o.blocks[j].chars < smallBlock && slices.Contains(o.after[j], i) {
				return j
			}
		}
		return -1
	}
	return -1
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
