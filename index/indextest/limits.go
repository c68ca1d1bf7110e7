package indextest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"smaabornsviden/index"
)

func (s suite) bounds(t *testing.T) {
	var words []string
	for a := 'a'; a <= 'j'; a++ {
		for b := 'a'; b <= 'g'; b++ {
			words = append(words, fmt.Sprintf("pr%c%cx", a, b))
		}
	}
	e := s.with(t, index.Document{ID: "1", Body: strings.Join(words, " ")}, index.Document{ID: "2", Body: words[69]})
	prefix := index.Alt{Field: index.Exact, Terms: []string{"pr"}, Weight: 1, Prefix: true}
	prefixes := func(n int) index.Plan {
		return plan(group(index.Should, slices.Repeat([]index.Alt{prefix}, n)...))
	}
	cases := []struct {
		name string
		plan index.Plan
		want error
	}{
		{"as many expansions as allowed", prefixes(index.MaxTerms / index.MaxExpansions), nil},
		{"too many expansions", prefixes(index.MaxTerms/index.MaxExpansions + 1), index.ErrTooLarge},
		{"too many terms", plan(group(index.Should, slices.Repeat([]index.Alt{word("ab")}, index.MaxTerms+1)...)), index.ErrTooLarge},
		{"too many groups", plan(slices.Repeat([]index.Group{group(index.Should, word("ab"))}, index.MaxGroups+1)...), index.ErrTooLarge},
		{"a long page", index.Plan{Size: index.MaxSize + 1}, index.ErrTooLarge},
		{"a deep page", index.Plan{Offset: index.MaxReach - index.MaxSize + 1, Size: index.MaxSize}, index.ErrTooLarge},
		{"the deepest page", index.Plan{Offset: index.MaxReach - index.MaxSize, Size: index.MaxSize}, nil},
		{"the last hit within reach", index.Plan{Offset: index.MaxReach - 1, Size: 1}, nil},
		{"an unknown field", plan(group(index.Should, index.Alt{Field: "body", Terms: []string{"a"}})), index.ErrPlan},
		{"an unknown facet", index.Plan{Facets: []string{"farve"}}, index.ErrPlan},
	}
	for _, c := range cases {
		if _, err := e.Search(t.Context(), c.plan); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := e.Terms(t.Context(), "body", "a", 1); err == nil {
		t.Error("terms of an unknown field: no error")
	}
	// A prefix becomes its most frequent terms: the last of the 70 words is in, since two documents have it.
	page := search(t, e, plan(group(index.Must, prefix)))
	if got := sorted(page); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("hits of a prefix with 70 words: %v, want both", got)
	}
}

// calls are all methods that take a context.
func calls(e index.Engine) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Apply":      func(ctx context.Context) error { return e.Apply(ctx, index.Batch{Seq: 5, Deletes: []string{"x"}}) },
		"Checkpoint": func(ctx context.Context) error { _, err := e.Checkpoint(ctx); return err },
		"Search":     func(ctx context.Context) error { _, err := e.Search(ctx, index.Plan{Size: 1}); return err },
		"Document":   func(ctx context.Context) error { _, err := e.Document(ctx, "x"); return err },
		"Terms":      func(ctx context.Context) error { _, err := e.Terms(ctx, index.Exact, "a", 1); return err },
		"DocFreq":    func(ctx context.Context) error { _, err := e.DocFreq(ctx, index.Exact, []string{"a"}); return err },
		"Stats":      func(ctx context.Context) error { _, err := e.Stats(ctx); return err },
	}
}

func (s suite) cancelled(t *testing.T) {
	e := s.with(t, Corpus(1, 10)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range calls(e) {
		if err := call(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v, want context.Canceled", name, err)
		}
	}
	if seq, err := e.Checkpoint(t.Context()); seq != 1 || err != nil {
		t.Errorf("checkpoint after cancelled calls = %d, %v; want 1", seq, err)
	}
}

func (s suite) closed(t *testing.T) {
	e := s.with(t, Corpus(1, 10)...)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for name, call := range calls(e) {
		if err := call(t.Context()); !errors.Is(err, index.ErrClosed) {
			t.Errorf("%s after Close: %v, want ErrClosed", name, err)
		}
	}
}

// concurrent lets searches run while batches are applied. Batch n puts document n and replaces the one they all
// share, so a page tells which batches it has seen.
func (s suite) concurrent(t *testing.T) {
	const batches, searchers = 20, 3
	e := s.open(t)
	done := make(chan struct{})
	var searching sync.WaitGroup
	for i := range searchers {
		searching.Go(func() {
			chance := rand.New(rand.NewPCG(uint64(i), 3))
			for {
				select {
				case <-done:
					return
				default:
					checkWhole(t, e, chance)
				}
			}
		})
	}
	for n := uint64(1); n <= batches; n++ {
		batch := index.Batch{Seq: n, Puts: []index.Document{
			{ID: fmt.Sprintf("n%02d", n), Title: "ord", Source: "each"},
			{ID: "shared", Title: "ord", Source: fmt.Sprintf("seq%d", n)},
		}}
		if n%5 == 0 {
			batch.Deletes = []string{fmt.Sprintf("n%02d", n-1)}
		}
		if err := e.Apply(t.Context(), batch); err != nil {
			t.Errorf("apply batch %d: %v", n, err)
		}
		page, err := e.Search(t.Context(), index.Plan{Size: 1})
		if err != nil || page.Seq != n {
			t.Errorf("search after batch %d has seen %d, %v", n, page.Seq, err)
		}
	}
	close(done)
	searching.Wait()
}

// checkWhole searches once and compares the page with the batch that it names.
func checkWhole(t *testing.T, e index.Engine, chance *rand.Rand) {
	p := plan(group(index.Must, word("ord")))
	p.Facets = []string{index.FacetSource}
	p.Size = chance.IntN(index.MaxSize)
	page, err := e.Search(t.Context(), p)
	if err != nil {
		t.Errorf("search while batches are applied: %v", err)
		return
	}
	n := int(page.Seq)
	wantEach := n - n/5
	want := fmt.Sprintf("kilde each=%d seq%d=1", wantEach, n)
	if wantEach == 1 {
		want = fmt.Sprintf("kilde each=1 seq%d=1", n)
	}
	if n == 0 {
		want = "kilde"
	}
	if got := counts(page.Facets); got != want || page.Total != min(n, 1)*(wantEach+1) {
		t.Errorf("page of batch %d: %s, total %d; want %s", n, got, page.Total, want)
	}
}
