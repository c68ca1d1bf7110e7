package rank

import "fmt"

// Best keeps the best alternative of a group for one document. Its zero value has seen none.
type Best struct {
	Alt   int // index of the alternative
	Freq  float32
	Score float32
	Found bool // an alternative matched
}

// Add takes an alternative that matched. The first of equals stays, so that every engine names the same one.
func (b *Best) Add(alt int, freq, score float32) {
	if !b.Found || score > b.Score {
		*b = Best{Alt: alt, Freq: freq, Score: score, Found: true}
	}
}

// Sum adds the shares of the groups to the score of a hit. Lucene sums in double precision and rounds once;
// the same here keeps hits that tie there tied here.
func Sum(shares []float32) float64 {
	total := 0.0
	for _, s := range shares {
		total += float64(s)
	}
	return Round(total)
}

// Round is the last step of Sum, for who adds up the shares while finding them.
func Round(total float64) float64 { return float64(float32(total)) }

// Explanation says how the score of one alternative came about.
type Explanation struct {
	Score         float32 `json:"score"` // Boost * IDF * TF
	Boost         float32 `json:"boost"`
	IDF           float32 `json:"idf"`
	TF            float32 `json:"tf"` // in [0, 1): freq / (freq + K1 * (1 - B + B * Length / AverageLength))
	Freq          float32 `json:"freq"`
	Length        int     `json:"length"` // as quantised
	AverageLength float32 `json:"average_length"`
}

// Explain works out a score with every number that went into it.
func (c Collection) Explain(boost float64, idf, freq float32, length byte) Explanation {
	norms := c.Norms()
	return Explanation{
		Score:         NewScorer(boost, idf, norms).Score(freq, length),
		Boost:         float32(boost),
		IDF:           idf,
		TF:            1 - 1/(1+freq*norms[length]),
		Freq:          freq,
		Length:        Length(length),
		AverageLength: c.AverageLength(),
	}
}

// String writes the explanation as one line.
func (e Explanation) String() string {
	return fmt.Sprintf("%.4f = boost %.2f * idf %.4f * tf %.4f (freq %.4g, length %d, average %.1f)",
		e.Score, e.Boost, e.IDF, e.TF, e.Freq, e.Length, e.AverageLength)
}
