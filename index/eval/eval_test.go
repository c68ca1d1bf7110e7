package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func ranked(ids string) []Scored {
	var out []Scored
	for i, id := range strings.Fields(ids) {
		out = append(out, Scored{id, float64(100 - i)})
	}
	return out
}

func TestScoreEqualsHandComputedValues(t *testing.T) {
	log := math.Log2
	tests := []struct {
		name   string
		grades map[string]int
		ranked string
		want   Scores
	}{
		{"perfect", map[string]int{"a": 2, "b": 1}, "a b c", Scores{1, 1, 1, 1, 0}},
		{"swapped", map[string]int{"a": 2, "b": 1}, "b a", Scores{(1 + 2/log(3)) / (2 + 1/log(3)), 1, 1, 1, 0}},
		{"third", map[string]int{"a": 1}, "x y a", Scores{1 / log(4), 1.0 / 3, 1, 1, 0}},
		{"beyond ten", map[string]int{"a": 1}, "1 2 3 4 5 6 7 8 9 10 a", Scores{0, 0, 0, 1, 0}},
		{"missing", map[string]int{"a": 1}, "x", Scores{}},
		{"nothing", map[string]int{"a": 1}, "", Scores{ZeroHit: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Score(tt.grades, ranked(tt.ranked))
			if diff := cmp.Diff(tt.want, got, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })); diff != "" {
				t.Errorf("Score (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPermutationTellsChanceFromDifference(t *testing.T) {
	var better, worse, same []Scores
	for i := range 40 {
		better = append(better, Scores{NDCG10: 0.6 + float64(i%5)/50})
		worse = append(worse, Scores{NDCG10: 0.5 + float64(i%3)/50})
		same = append(same, Scores{NDCG10: 0.5 + float64((i+1)%3)/50})
	}
	if d, p := Permutation(better, worse); d < 0.1 || p > 0.001 {
		t.Errorf("better against worse: difference %.3f, p %.4f; want above 0.1 and p below 0.001", d, p)
	}
	if _, p := Permutation(same, worse); p < 0.3 {
		t.Errorf("chance: p %.4f, want no significance", p)
	}
	if d, p := Permutation(worse, worse); d != 0 || p != 1 {
		t.Errorf("equal: %v, %v; want 0, 1", d, p)
	}
}

func TestReadersNameTheLine(t *testing.T) {
	if _, err := ReadQueries(strings.NewReader("q1\tord\nuden tab\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("ReadQueries: %v, want an error at line 2", err)
	}
	if _, err := ReadQrels(strings.NewReader("q 0 d x\n")); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("ReadQrels: %v, want an error at line 1", err)
	}
	if err := ReadCorpus(strings.NewReader("{}\n"), func(Doc) error { return nil }); err == nil {
		t.Error("ReadCorpus took a document without id")
	}
}

func TestRunsSurviveWritingAndReading(t *testing.T) {
	queries := []Query{{"q1", "a"}, {"q2", "b"}}
	run := Run{"q1": ranked("a b"), "q2": ranked("c")}
	var b strings.Builder
	if err := WriteRun(&b, queries, run, "t"); err != nil {
		t.Fatal(err)
	}
	got, err := ReadRun(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(run, got); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
}

func TestSplitIsTheFixedDivision(t *testing.T) {
	dev := 0
	for i := range 1000 {
		if Split(string(rune('a'+i%26))+strings.Repeat("x", i/26)) == "dev" {
			dev++
		}
	}
	if dev < 230 || dev > 370 {
		t.Errorf("%d of 1000 ids are dev, want about 300", dev)
	}
}
