package page

import (
	"strconv"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// histogram is the years of all hits as bars. It is drawn with attributes of SVG, since the policy of our pages
// allows no style attributes. What it tells stands beside it as text, too.
type histogram struct {
	First, Last   int // years
	Width, Height int
	Bars          []bar
	Words         string
}

type bar struct {
	X, Y, Width, Height int
}

// Shape of the histogram, in units of its own view box.
const (
	barStep      = 10
	barWidth     = 8
	barsHeight   = 40
	histogramMax = 40 // years; older ones are left to the fields
)

// newHistogram is nil for fewer than two years.
func newHistogram(t tongue.Tongue, values []answer.Value) *histogram {
	counts := map[int]int{}
	first, last, most := 9999, 0, 0
	for _, v := range values {
		year, err := strconv.Atoi(v.Value)
		if err != nil || year < 0 || v.Count == 0 { // a year with a sign is one that is left out
			continue
		}
		counts[year] = v.Count
		first, last, most = min(first, year), max(last, year), max(most, v.Count)
	}
	if last == 0 {
		return nil
	}
	first = max(first, last-histogramMax+1)
	for counts[first] == 0 {
		first++ // ends at the last year, which has hits
	}
	if first == last {
		return nil
	}
	h := &histogram{First: first, Last: last, Height: barsHeight}
	for year := h.First; year <= last; year++ {
		n := counts[year]
		if n > 0 {
			height := max(2, n*barsHeight/most) // one hit among hundreds still shows
			h.Bars = append(h.Bars, bar{X: (year - h.First) * barStep, Y: barsHeight - height, Width: barWidth, Height: height})
		}
	}
	h.Width = (last-h.First)*barStep + barWidth
	h.Words = t.Say("Resultater pr. år fra %d til %d, flest i ét år: %s", h.First, last, t.Number(most))
	return h
}
