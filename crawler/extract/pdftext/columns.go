package pdftext

import "slices"

// Some writers draw the lines of two columns alternately, left and right, as if they were one. A gutter is then
// the white that many lines in a row share, with prose on both sides.
const (
	minGutterRows = 6    // fewer rows are a table
	minProse      = 11.0 // width of a column of prose, in font sizes
)

// maxColumns bounds how often a part is cut again.
const maxColumns = 4

// uncolumn cuts rows at their gutters and puts the left column before the right one.
func uncolumn(rows []line) []line { return splitColumns(rows, maxColumns) }

func splitColumns(rows []line, left int) []line {
	x, ok := gutter(rows)
	if !ok || left == 0 {
		return rows
	}
	var out, lefts, rights []line
	flush := func() {
		out = append(out, splitColumns(lefts, left-1)...)
		out = append(out, splitColumns(rights, left-1)...)
		lefts, rights = nil, nil
	}
	for _, r := range rows {
		switch {
		case r.X1 <= x:
			lefts = append(lefts, r)
		case r.X0 >= x:
			rights = append(rights, r)
		default:
			a, b, cut := r.cut(x)
			if !cut {
				// A heading across both columns ends the part above it.
				flush()
				out = append(out, r)
				continue
			}
			lefts, rights = append(lefts, a), append(rights, b)
		}
	}
	flush()
	return out
}

// cut parts a row at a gap that x lies in.
func (l *line) cut(x float64) (a, b line, ok bool) {
	for i := 1; i < len(l.spans); i++ {
		if l.spans[i-1].x1 <= x && x <= l.spans[i].x0 {
			a, b = line{spans: l.spans[:i:i]}, line{spans: l.spans[i:]}
			a.settle()
			b.settle()
			return a, b, true
		}
	}
	return a, b, false
}

// gutter is the middle of the white that most rows share, if there are enough of them and prose on both sides.
func gutter(rows []line) (float64, bool) {
	type edge struct {
		x    float64
		step int
	}
	var edges []edge
	for i := range rows {
		for j := 1; j < len(rows[i].spans); j++ {
			a, b := rows[i].spans[j-1].x1, rows[i].spans[j].x0
			if b > a {
				edges = append(edges, edge{a, 1}, edge{b, -1})
			}
		}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		switch {
		case a.x < b.x || a.x == b.x && a.step > b.step:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	best, open, x := 0, 0, 0.0
	for i, e := range edges {
		open += e.step
		if open > best {
			best, x = open, (e.x+edges[i+1].x)/2
		}
	}
	if best < minGutterRows || !prose(rows, x) {
		return 0, false
	}
	return x, true
}

// prose reports whether most of the rows that x cuts are filled on both sides, as text is and tables are not.
func prose(rows []line, x float64) bool {
	cut, filled := 0, 0
	for i := range rows {
		a, b, ok := rows[i].cut(x)
		if !ok {
			continue
		}
		cut++
		if a.X1-a.X0 > minProse*a.Size && b.X1-b.X0 > minProse*b.Size && len(a.spans) <= 2 && len(b.spans) <= 2*maxColumns {
			filled++
		}
	}
	return 2*filled > cut
}
