package bleveindex

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// hit is a document that may be shown.
type hit struct {
	score float64
	day   int32
	part  *part
	doc   uint32
}

func (h *hit) id() string { return h.part.ids.of(h.doc) }

// order compares hits as the plan sorts them: negative when a comes first. Ids are compared last, and only
// for ties.
type order struct{ sort index.Sort }

func (o order) compare(a, b *hit) int {
	if c := o.compareKeys(a.score, b.score, a.day, b.day); c != 0 {
		return c
	}
	return strings.Compare(a.id(), b.id())
}

// compareKeys leaves the ids out. An unknown day, 0, always comes last.
func (o order) compareKeys(scoreA, scoreB float64, dayA, dayB int32) int {
	switch o.sort {
	case index.ByNewest:
		return cmp.Compare(dayB, dayA)
	case index.ByOldest:
		if (dayA == 0) != (dayB == 0) {
			return cmp.Compare(dayB, dayA)
		}
		return cmp.Compare(dayA, dayB)
	}
	return cmp.Compare(scoreB, scoreA)
}

// after reports whether a hit stands strictly after a cursor.
func (o order) after(h *hit, c index.Cursor) bool {
	if k := o.compareKeys(h.score, c.Score, h.day, int32(c.Day)); k != 0 {
		return k > 0
	}
	return h.id() > c.ID
}

// cursor names a hit's place.
func (o order) cursor(h *hit) index.Cursor {
	if o.sort == index.ByScore {
		return index.Cursor{Score: h.score, ID: h.id()}
	}
	return index.Cursor{Day: int(h.day), ID: h.id()}
}

// top keeps the first hits seen so far: a heap with the last of them at its root.
type top struct {
	order
	keep  int
	after index.Cursor
	hits  []hit
	more  bool // hits after those kept were seen
}

func newTop(p *index.Plan) *top {
	t := &top{order: order{p.Sort}, keep: p.Size, after: p.After}
	if p.After.IsZero() && p.Size > 0 {
		t.keep += p.Offset
	}
	return t
}

// add takes a hit in.
func (t *top) add(h hit) {
	if t.keep == 0 || !t.after.IsZero() && !t.order.after(&h, t.after) {
		return
	}
	if len(t.hits) < t.keep {
		heap.Push(t, h)
		return
	}
	t.more = true
	if t.compare(&h, &t.hits[0]) < 0 {
		t.hits[0] = h
		heap.Fix(t, 0)
	}
}

// page returns the hits of the page in order, and the cursor to go on with.
func (t *top) page(offset int) ([]hit, index.Cursor) {
	slices.SortFunc(t.hits, func(a, b hit) int { return t.compare(&a, &b) })
	hits := t.hits
	if t.after.IsZero() {
		hits = hits[min(offset, len(hits)):]
	}
	if !t.more || len(hits) == 0 {
		return hits, index.Cursor{}
	}
	return hits, t.cursor(&hits[len(hits)-1])
}

// Len, Less, Swap, Push and Pop are for the heap.
func (t *top) Len() int           { return len(t.hits) }
func (t *top) Less(i, j int) bool { return t.compare(&t.hits[i], &t.hits[j]) > 0 }
func (t *top) Swap(i, j int)      { t.hits[i], t.hits[j] = t.hits[j], t.hits[i] }
func (t *top) Push(x any)         { t.hits = append(t.hits, x.(hit)) }
func (t *top) Pop() any           { panic("top only grows") }
