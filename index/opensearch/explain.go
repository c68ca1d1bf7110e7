package opensearch

import (
	"math"
	"strconv"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"
)

// explanation is how the cluster says where a score comes from: a tree, with a weight(...) for each term or phrase
// that the document has.
type explanation struct {
	Value       float64       `json:"value"`
	Description string        `json:"description"`
	Details     []explanation `json:"details"`
}

// evidence is one weight(...) of an explanation.
type evidence struct {
	score, freq float64
}

// collect finds the evidence for each reading, by the way Lucene writes that.
func (e *explanation) collect(found map[string][]evidence) {
	rest, ok := strings.CutPrefix(e.Description, "weight(")
	if !ok {
		for i := range e.Details {
			e.Details[i].collect(found)
		}
		return
	}
	// weight(lemma:barn in 17) [PerFieldSimilarity], result of:
	end := strings.LastIndex(rest, ") [")
	if end < 0 {
		return
	}
	end = strings.LastIndex(rest[:end], " in ")
	for i := range e.Details {
		if freq, ok := e.Details[i].frequency(); ok && end >= 0 {
			found[rest[:end]] = append(found[rest[:end]], evidence{e.Value, freq})
		}
	}
}

// frequency reads "score(freq=2.0), computed as boost * idf * tf from:".
func (e *explanation) frequency() (float64, bool) {
	rest, ok := strings.CutPrefix(e.Description, "score(freq=")
	if !ok {
		return 0, false
	}
	number, _, _ := strings.Cut(rest, ")")
	freq, err := strconv.ParseFloat(number, 64)
	return freq, err == nil
}

// why is each group's share in the score of a hit: the scores as the cluster gives them by name, the
// frequencies out of its explanation.
func (q *query) why(h *answeredHit) []index.Because {
	found := map[string][]evidence{}
	h.Explanation.collect(found)
	var all []index.Because
	for i := range q.plan.Groups {
		var best rank.Best
		for j := range q.plan.Groups[i].Alts {
			if score, matched := h.Matched[named(i, j)]; matched {
				best.Add(j, q.freq(i, j, score, found), float32(score))
			}
		}
		if best.Found {
			all = append(all, index.Because{Group: i, Alt: best.Alt, Freq: float64(best.Freq), Score: float64(best.Score)})
		}
	}
	return all
}

// freq is how often the reading stands that gave an alternative its score: the one whose evidence is nearest.
func (q *query) freq(group, alt int, score float64, found map[string][]evidence) float32 {
	if q.plan.Groups[group].Alts[alt].Field.Facet() {
		return 1
	}
	weightless := q.plan.Groups[group].Alts[alt].Weight == 0
	nearest, freq := math.Inf(1), 0.0
	for _, r := range q.readings[group][alt] {
		for _, e := range found[r.String()] {
			if weightless {
				return float32(e.freq) // all readings count the same: the first one is named
			}
			if d := math.Abs(e.score - score); d < nearest {
				nearest, freq = d, e.freq
			}
		}
	}
	return float32(freq)
}
