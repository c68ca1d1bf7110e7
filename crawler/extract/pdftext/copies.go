package pdftext

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// The per cent of the characters of the shorter of two pages that the other has too, from which they are copies: of what lies
// further in than furniture goes, or of all where nothing lies there. A form that is filled in more than once keeps its labels.
const (
	copyShare  = 60
	shortShare = 67
)

// copies tells pages that are one page again, or one form filled in again. What recurs on those is no furniture: furniture
// stands on pages that say different things.
type copies struct {
	pages [][]line
	known map[[2]int]bool
	inner []map[string]int // characters by key, further in than edgeRows from the top and the foot
	whole []map[string]int
}

func newCopies(pages [][]line) *copies {
	return &copies{pages: pages, known: map[[2]int]bool{}, inner: make([]map[string]int, len(pages)), whole: make([]map[string]int, len(pages))}
}

func (c *copies) alike(p, q int) bool {
	pair := [2]int{min(p, q), max(p, q)}
	if known, ok := c.known[pair]; ok {
		return known
	}
	c.weigh(p)
	c.weigh(q)
	if len(c.inner[p]) > 0 && len(c.inner[q]) > 0 {
		c.known[pair] = shared(c.inner[p], c.inner[q]) >= copyShare
	} else {
		c.known[pair] = shared(c.whole[p], c.whole[q]) >= shortShare
	}
	return c.known[pair]
}

func (c *copies) weigh(p int) {
	if c.whole[p] != nil {
		return
	}
	foot, top := innerRows(c.pages[p])
	c.whole[p], c.inner[p] = map[string]int{}, map[string]int{}
	for i := range c.pages[p] {
		l := &c.pages[p][i]
		key, n := fold(l.Text), utf8.RuneCountInString(l.Text)
		c.whole[p][key] += n
		if l.Y > foot && l.Y < top {
			c.inner[p][key] += n
		}
	}
}

// innerRows are the heights between which lies what is further in than furniture goes; none where there is no such thing.
func innerRows(lines []line) (foot, top float64) {
	heights := make([]float64, 0, len(lines))
	for i := range lines {
		heights = append(heights, math.Round(lines[i].Y))
	}
	slices.SortFunc(heights, cmp.Compare[float64])
	heights = slices.Compact(heights)
	if len(heights) <= 2*edgeRows {
		return 0, 0
	}
	return heights[edgeRows-1] + 1, heights[len(heights)-edgeRows] - 1
}

// shared is how many per cent of the characters of the shorter of two pages the other has too.
func shared(a, b map[string]int) int {
	na, nb, both := 0, 0, 0
	for key, n := range a {
		na += n
		both += min(n, b[key])
	}
	for _, n := range b {
		nb += n
	}
	return both * 100 / max(1, min(na, nb))
}

// goesOn reports whether two lines that are the same but for numbers count their pages: one number is apart as the pages are,
// and the others are the same.
func goesOn(a, b string, pages int) bool {
	na, nb := digits.FindAllString(a, -1), digits.FindAllString(b, -1)
	counted := false
	for i := range min(len(na), len(nb)) {
		if na[i] == nb[i] {
			continue
		}
		x, err := strconv.Atoi(na[i])
		y, err2 := strconv.Atoi(nb[i])
		if err != nil || err2 != nil || y-x != pages || counted {
			return false
		}
		counted = true
	}
	return counted
}
