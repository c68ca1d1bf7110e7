package pdftext

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// edgeRows is how many rows at the top and at the foot of a page may be furniture: a header of three lines is real.
const edgeRows = 4

// edge is a line near the top or the foot of a page, or along its side.
type edge struct {
	page, line int
	key        string // text in small letters, digits and roman numbers as "#"
	number     int    // of a page number, else 0
}

// withoutFurniture drops running headers, footers and page numbers: lines at the edge that stand in the same place on
// other pages too, with the same text but for numbers, and lines that the file itself marks as such. It returns what it
// dropped, each text once. The pages given are left as they are.
func withoutFurniture(pages [][]line) (kept [][]line, dropped []string) {
	f := furniture{pages: pages, body: bodySize(pages), places: map[string][]edge{}, drop: map[[2]int]bool{}, copies: newCopies(pages)}
	f.collect()
	f.dropMarked()
	for p := range pages {
		f.peel(p, func(i int) float64 { return -pages[p][i].Y })
		f.peel(p, func(i int) float64 { return pages[p][i].Y })
		f.dropSides(p)
	}
	seen := map[string]bool{}
	for p, lines := range pages {
		var rest []line
		for i := range lines {
			if !f.drop[[2]int{p, i}] {
				rest = append(rest, lines[i])
				continue
			}
			if key := fold(lines[i].Text); !seen[key] {
				seen[key] = true
				dropped = append(dropped, key)
			}
		}
		kept = append(kept, rest)
	}
	return kept, dropped
}

type furniture struct {
	pages  [][]line
	body   float64           // size of most of the text
	places map[string][]edge // by key
	drop   map[[2]int]bool   // page and line
	copies *copies
}

func bodySize(pages [][]line) float64 {
	weight := map[float64]int{}
	best := 0.0
	for _, lines := range pages {
		for i := range lines {
			size := math.Round(lines[i].Size*2) / 2
			weight[size] += len(lines[i].Text)
			if weight[size] > weight[best] || weight[size] == weight[best] && size < best {
				best = size
			}
		}
	}
	return best
}

func (f *furniture) collect() {
	for p, lines := range f.pages {
		for i := range lines {
			key := fold(lines[i].Text)
			f.places[key] = append(f.places[key], edge{page: p, line: i, key: key, number: pageNumber(lines[i].Text)})
		}
	}
}

var digits = regexp.MustCompile(`\d+`)

func fold(s string) string {
	return digits.ReplaceAllString(strings.ToLower(strings.Join(strings.Fields(s), " ")), "#")
}

var aNumber = regexp.MustCompile(`(?i)^[-–—|\s]*(?:(?:side|s\.|page|p\.|sida|seite)\s*)?(\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|af|of|av|von)\s*\d{1,4})?[-–—|\s]*$`)

// pageNumber is the number of a line that is nothing but a page number, 0 for others.
func pageNumber(s string) int {
	m := aNumber.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	if n, err := strconv.Atoi(m[1]); err == nil {
		return n
	}
	return roman(m[1])
}

func roman(s string) int {
	values := map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50}
	total, last := 0, 0
	for _, r := range strings.ToLower(s) {
		v := values[r]
		total += v
		if v > last {
			total -= 2 * last
		}
		last = v
	}
	return total
}

// dropMarked drops what the file marks as header or footer, if more than one page has such marks. A letterhead on a
// single page says who wrote it and stays.
func (f *furniture) dropMarked() {
	var marked [][2]int
	onPages := 0
	for p, lines := range f.pages {
		before := len(marked)
		for i := range lines {
			if lines[i].Artifact {
				marked = append(marked, [2]int{p, i})
			}
		}
		if len(marked) > before {
			onPages++
		}
	}
	if onPages < 2 {
		return
	}
	for _, at := range marked {
		f.drop[at] = true
	}
}

// peel drops rows of page p from the outside inwards until one is no furniture. depth orders the lines from outside.
func (f *furniture) peel(p int, depth func(line int) float64) {
	lines := f.pages[p]
	order := make([]int, 0, len(lines))
	for i := range lines {
		if lines[i].Dir == 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(depth(a), depth(b)) })
	for n := 0; n < edgeRows && len(order) > 0; n++ {
		end := 1
		for end < len(order) && math.Abs(depth(order[end])-depth(order[0])) < 2 {
			end++
		}
		row := order[:end]
		if len(row) > maxInRow {
			return
		}
		for _, i := range row {
			if !f.drop[[2]int{p, i}] && !f.recurs(p, i) {
				return
			}
		}
		for _, i := range row {
			f.drop[[2]int{p, i}] = true
		}
		order = order[end:]
	}
}

// recurs reports whether a line stands in the same place on enough other pages. Of many pages, two that look alike
// may be chance; on pages that are copies of each other all lines do, and only page numbers are furniture.
func (f *furniture) recurs(p, i int) bool {
	l := &f.pages[p][i]
	number := pageNumber(l.Text)
	key := fold(l.Text)
	if strings.Contains(key, "#") && number == 0 && l.Size > 1.2*f.body {
		return false // "Kapitel 3" in large letters heads a chapter
	}
	if number > 0 && key != "#" && !strings.Contains(key, "#") {
		return f.counts(p, l, number)
	}
	need := 2
	if len(f.pages) < 4 {
		need = 1
	}
	last := -1
	for _, e := range f.near(key, p) {
		o := &f.pages[e.page][e.line]
		if e.page == p || e.page == last || !samePlace(l, o) || number > 0 && e.number-e.page != number-p {
			continue
		}
		if number == 0 && f.copies.alike(p, e.page) && !goesOn(l.Text, o.Text, e.page-p) {
			continue
		}
		last = e.page
		if need--; need == 0 {
			return true
		}
	}
	return false
}

// near are the lines with a key on the pages around p. Bounded, so that a page of equal lines costs no more than others.
func (f *furniture) near(key string, p int) []edge {
	all := f.places[key]
	start, _ := slices.BinarySearchFunc(all, p-nearPages, func(e edge, page int) int { return cmp.Compare(e.page, page) })
	end, _ := slices.BinarySearchFunc(all, p+nearPages+1, func(e edge, page int) int { return cmp.Compare(e.page, page) })
	return all[start:min(end, start+maxNear)]
}

const (
	nearPages = 40
	maxNear   = 500
	maxInRow  = 12 // more lines side by side are a table
)

// counts reports whether roman page numbers go on by one on a page nearby.
func (f *furniture) counts(p int, l *line, number int) bool {
	for q := max(0, p-2); q < min(len(f.pages), p+3); q++ {
		for i := range f.pages[q][:min(len(f.pages[q]), maxNear)] {
			o := &f.pages[q][i]
			if q != p && samePlace(l, o) && pageNumber(o.Text)-q == number-p {
				return true
			}
		}
	}
	return false
}

// samePlace compares height and size; left and right pages put the same line at different sides.
func samePlace(a, b *line) bool {
	return a.Dir == b.Dir && math.Abs(a.Y-b.Y) < 4 && math.Abs(a.Size-b.Size) < 0.7
}

// dropSides drops turned lines along the side that recur.
func (f *furniture) dropSides(p int) {
	for i := range f.pages[p] {
		if f.pages[p][i].Dir != 0 && f.recurs(p, i) {
			f.drop[[2]int{p, i}] = true
		}
	}
}
