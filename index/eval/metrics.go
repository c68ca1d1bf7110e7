package eval

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Scores are the metrics of one query, or their means over many.
type Scores struct {
	NDCG10    float64 // normalised discounted cumulative gain at 10 (Järvelin and Kekäläinen 2002), gain = grade
	MRR10     float64 // reciprocal rank of the first relevant document among the first 10
	Recall10  float64
	Recall100 float64
	ZeroHit   float64 // 1 when nothing was returned
}

// Score measures one query's answer against its judgements; a query without relevant documents has no score and
// must be left out.
func Score(grades map[string]int, ranked []Scored) Scores {
	var s Scores
	if len(ranked) == 0 {
		s.ZeroHit = 1
	}
	var dcg float64
	for i, d := range ranked[:min(100, len(ranked))] {
		grade := grades[d.ID]
		if grade == 0 {
			continue
		}
		s.Recall100++
		if i >= 10 {
			continue
		}
		s.Recall10++
		dcg += float64(grade) / math.Log2(float64(i+2))
		if s.MRR10 == 0 {
			s.MRR10 = 1 / float64(i+1)
		}
	}
	s.NDCG10 = dcg / idealDCG(grades)
	s.Recall10 /= float64(len(grades))
	s.Recall100 /= float64(len(grades))
	return s
}

func idealDCG(grades map[string]int) float64 {
	var sorted []int
	for _, g := range grades {
		sorted = append(sorted, g)
	}
	slices.Sort(sorted)
	slices.Reverse(sorted)
	var dcg float64
	for i, g := range sorted[:min(10, len(sorted))] {
		dcg += float64(g) / math.Log2(float64(i+2))
	}
	return dcg
}

// Mean averages the scores of queries.
func Mean(scores []Scores) Scores {
	var m Scores
	for _, s := range scores {
		m.NDCG10 += s.NDCG10
		m.MRR10 += s.MRR10
		m.Recall10 += s.Recall10
		m.Recall100 += s.Recall100
		m.ZeroHit += s.ZeroHit
	}
	n := max(1, float64(len(scores)))
	return Scores{m.NDCG10 / n, m.MRR10 / n, m.Recall10 / n, m.Recall100 / n, m.ZeroHit / n}
}

// Judge scores a run on the judged queries of one split ("dev", "test" or "all"), in the order of their ids. Queries
// that the run does not name count as answered with nothing.
func Judge(qrels Qrels, run Run, split string) (ids []string, scores []Scores) {
	for id := range qrels {
		if split == "all" || Split(id) == split {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		scores = append(scores, Score(qrels[id], run[id]))
	}
	return ids, scores
}

// permutations is how often signs are flipped: enough to tell p = .001 from p = .002.
const permutations = 10000

// Permutation returns the mean difference in nDCG@10 between two runs on the same queries and the two-sided p-value
// of the paired sign-flip permutation test (Fisher 1935; Smucker, Allan and Carterette, CIKM 2007). It always
// draws the same flips, so a figure can be repeated.
func Permutation(a, b []Scores) (difference, p float64) {
	var diffs []float64
	for i := range a {
		difference += a[i].NDCG10 - b[i].NDCG10
		if d := a[i].NDCG10 - b[i].NDCG10; d != 0 {
			diffs = append(diffs, d)
		}
	}
	if len(diffs) == 0 {
		return 0, 1
	}
	rng := rand.New(rand.NewPCG(1, 2))
	extreme := 0
	for range permutations {
		if math.Abs(flipped(rng, diffs)) >= math.Abs(difference)-1e-12 {
			extreme++
		}
	}
	return difference / float64(len(a)), float64(extreme+1) / float64(permutations+1)
}

func flipped(rng *rand.Rand, diffs []float64) float64 {
	var sum float64
	var bits uint64
	for i, d := range diffs {
		if i%64 == 0 {
			bits = rng.Uint64()
		}
		if bits&1 == 0 {
			d = -d
		}
		sum += d
		bits >>= 1
	}
	return sum
}
