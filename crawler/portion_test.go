package crawler

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

func TestABatchHoldsNoMoreTextThanTheMemoryForIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes []int
		want  []int // how many changes each batch takes
	}{
		{"short texts stay together", slices.Repeat([]int{1000}, 200), []int{200}},
		{"long texts are spread", []int{batchText / 2, batchText / 2, batchText / 2, 1}, []int{2, 2}},
		{"a text that is too long goes alone", []int{10, 3 * batchText, 10}, []int{1, 1, 1}},
		{"deletions weigh nothing", []int{0, 0, batchText, 0}, []int{4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			changes := make([]state.Change, len(c.sizes))
			for i, size := range c.sizes {
				changes[i].Doc = index.Document{Body: strings.Repeat("x", size)}
			}
			var got []int
			for len(changes) > 0 {
				n := portion(changes)
				got, changes = append(got, n), changes[n:]
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("batches of %v changes, want %v", got, c.want)
			}
		})
	}
}
