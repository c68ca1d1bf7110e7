package page

import (
	"testing"

	"pgregory.net/rapid"

	"smaabornsviden/server/tongue"
)

func TestShownSharesAddUpToTheShownScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float64Range(0, 40), 1, 20).Draw(t, "scores")
		shown, total := hundredths(scores)
		sum := 0
		for i, n := range shown {
			sum += n
			if d := float64(n) - scores[i]*100; d > 1.001 || d < -1.001 {
				t.Fatalf("%g is shown as %d hundredths", scores[i], n)
			}
		}
		if sum != total {
			t.Fatalf("%v add up to %d, shown is %d", shown, sum, total)
		}
	})
}

func TestSharesAreWrittenTheDanishWay(t *testing.T) {
	for n, want := range map[int]string{0: "0,00", 5: "0,05", 205: "2,05", 1234: "12,34"} {
		if got := decimal(tongue.Danish, n); got != want {
			t.Errorf("decimal(%d) = %s, want %s", n, got, want)
		}
	}
}
