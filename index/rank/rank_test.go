package rank

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuantiseKeepsFourBits(t *testing.T) {
	cases := []struct {
		length, want int
	}{
		{-1, 0},
		{0, 0},
		{1, 1},
		{23, 23},
		{24, 24},
		{39, 39},
		{40, 40},
		{41, 40},
		{42, 42},
		{55, 54},
		{56, 56},
		{100, 96},
		{640, 600},
		{1000, 984},
		{math.MaxInt32, 2013265944},
	}
	for _, c := range cases {
		if got := Length(Quantise(c.length)); got != c.want {
			t.Errorf("Length(Quantise(%d)) = %d, want %d", c.length, got, c.want)
		}
	}
}

func TestQuantiseNeverFallsAndNeverRoundsUp(t *testing.T) {
	before := byte(0)
	for length := range 100_000 {
		q := Quantise(length)
		if q < before || Length(q) > length || Quantise(Length(q)) != q {
			t.Fatalf("Quantise(%d) = %d after %d, stands for %d", length, q, before, Length(q))
		}
		before = q
	}
}

func TestPhraseFreq(t *testing.T) {
	cases := []struct {
		name      string
		positions [][]uint32
		slop      int
		want      float32
	}{
		{"no words", nil, 0, 0},
		{"one word counts its places", [][]uint32{{3, 9}}, 0, 2},
		{"side by side", [][]uint32{{1, 5}, {2, 8}}, 0, 1},
		{"twice", [][]uint32{{1, 5}, {2, 6}}, 0, 2},
		{"wrong order", [][]uint32{{2}, {1}}, 5, 0},
		{"too far", [][]uint32{{1}, {4}}, 1, 0},
		{"far but allowed", [][]uint32{{1}, {4}}, 2, 1. / 3},
		{"the nearest counts", [][]uint32{{1, 3}, {4}}, 2, 1./3 + 1},
		{"three words with one between", [][]uint32{{1}, {2}, {4}}, 1, .5},
		{"the same word twice needs two places", [][]uint32{{1, 2, 7}, {1, 2, 7}}, 0, 1},
		{"a word is missing", [][]uint32{{1}, nil}, 9, 0},
		{"a title's copies do not join", [][]uint32{{1, 102}, {0, 101}}, 0, 0},
	}
	for _, c := range cases {
		if got := PhraseFreq(c.positions, c.slop); got != c.want {
			t.Errorf("%s: PhraseFreq(%v, %d) = %v, want %v", c.name, c.positions, c.slop, got, c.want)
		}
	}
}

// TestPhraseFreqTakesTheNarrowest compares with trying every combination of places.
func TestPhraseFreqTakesTheNarrowest(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		positions := make([][]uint32, 1+chance.IntN(4))
		for i := range positions {
			for p := range uint32(12) {
				if chance.IntN(3) == 0 {
					positions[i] = append(positions[i], p)
				}
			}
		}
		slop := chance.IntN(5)
		want := float32(0)
		for _, first := range positions[0] {
			if width := narrowest(positions[1:], first) - int(first) - len(positions) + 1; width <= slop {
				want += 1 / (1 + float32(width))
			}
		}
		if got := PhraseFreq(positions, slop); got != want {
			t.Fatalf("PhraseFreq(%v, %d) = %v, want %v", positions, slop, got, want)
		}
	}
}

// narrowest is the smallest last place that the words after some place can end on.
func narrowest(rest [][]uint32, after uint32) int {
	if len(rest) == 0 {
		return int(after)
	}
	best := 1000
	for _, p := range rest[0] {
		if p > after {
			best = min(best, narrowest(rest[1:], p))
		}
	}
	return best
}

func TestPhraseOfManyWords(t *testing.T) {
	var positions [][]uint32
	for i := range uint32(40) {
		positions = append(positions, []uint32{i, 100 + i})
	}
	if got := PhraseFreq(positions, 0); got != 2 {
		t.Errorf("40 words standing twice: PhraseFreq = %v, want 2", got)
	}
}

func TestBestKeepsTheFirstOfEquals(t *testing.T) {
	var b Best
	b.Add(2, 1, 0)
	b.Add(4, 3, .5)
	b.Add(5, 9, .5)
	b.Add(6, 1, .25)
	if want := (Best{Alt: 4, Freq: 3, Score: .5, Found: true}); b != want {
		t.Errorf("best is %+v, want %+v", b, want)
	}
}

func TestExplainAddsUp(t *testing.T) {
	c := Collection{Docs: 100, Terms: 30_000}
	got := c.Explain(.5, c.IDF(7), 3, Quantise(250))
	if product := got.Boost * got.IDF * got.TF; math.Abs(float64(product-got.Score)) > 1e-6 {
		t.Errorf("boost * idf * tf = %v, score = %v", product, got.Score)
	}
	want := "0.9645 = boost 0.50 * idf 2.6002 * tf 0.7418 (freq 3, length 248, average 300.0)"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmptyFieldScoresNothing(t *testing.T) {
	var c Collection
	if got := NewScorer(1, c.IDF(0), c.Norms()).Score(1, 1); got != 0 {
		t.Errorf("score in an empty field = %v, want 0", got)
	}
}

func TestAConstantScoresItsWeight(t *testing.T) {
	for _, freq := range []float32{1, 7} {
		if got := Constant(.5).Score(freq, 100); got != .5 {
			t.Errorf("score of %v occurrences = %v, want .5", freq, got)
		}
	}
}
