package page

import (
	"math"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// whyView explains the place of one hit in plain words, with numbers that add up as they are shown.
type whyView struct {
	Parts []whyPart
	Total string
}

type whyPart struct {
	Text  string
	Score string
}

// newWhy is nil where a hit has no score to explain.
func newWhy(t tongue.Tongue, reasons []answer.Reason) *whyView {
	if len(reasons) == 0 {
		return nil
	}
	scores := make([]float64, len(reasons))
	for i, r := range reasons {
		scores[i] = r.Score
	}
	shown, total := hundredths(scores)
	v := &whyView{Total: decimal(t, total)}
	for i, r := range reasons {
		v.Parts = append(v.Parts, whyPart{Text: r.Words(t), Score: decimal(t, shown[i])})
	}
	return v
}

// hundredths rounds numbers so that they add up to the rounded sum: each is cut off, and what is then missing goes one
// by one to those that lost most.
func hundredths(scores []float64) (shown []int, total int) {
	sum := 0.0
	for _, s := range scores {
		sum += s
		shown = append(shown, int(math.Floor(s*100)))
		total -= shown[len(shown)-1]
	}
	missing := int(math.Round(sum*100)) + total
	total = int(math.Round(sum * 100))
	given := make([]bool, len(shown))
	for range min(missing, len(shown)) {
		most := -1
		for i, s := range scores {
			if !given[i] && (most < 0 || s*100-math.Floor(s*100) > scores[most]*100-math.Floor(scores[most]*100)) {
				most = i
			}
		}
		shown[most]++
		given[most] = true
	}
	return shown, total
}

// decimal writes hundredths as 2,05.
func decimal(t tongue.Tongue, n int) string { return t.Decimal(float64(n)/100, 2) }
