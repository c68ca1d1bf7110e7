package query

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Suggestion is a query that begins as the typed one does.
type Suggestion struct {
	Text string `json:"text"`
	Docs int    `json:"docs"` // documents that have its last word
}

// minSuggest is how many letters of a word say enough to complete it.
const minSuggest = 2

// Suggest completes the last word of what has been typed so far by words of the index, those of most documents
// first, at most n. Pieces of filters, phrases and finished words are not completed.
func (s Searcher) Suggest(ctx context.Context, typed string, n int) ([]Suggestion, error) {
	start := strings.LastIndexAny(typed, " \t") + 1
	last := typed[start:]
	if len(typed) > MaxBytes || LooksLikeCPR(typed) || strings.ContainsAny(last, `:"»«“”*@/`) || strings.ContainsAny(last, "0123456789") {
		return nil, nil
	}
	sign := last[:len(last)-len(strings.TrimLeft(last, "+-"))]
	prefix := danish.Fold(last[len(sign):])
	if utf8.RuneCountInString(prefix) < minSuggest {
		return nil, nil
	}
	terms, err := s.Engine.Terms(ctx, index.Exact, prefix, 2*n)
	if err != nil {
		return nil, fmt.Errorf("suggest for %q: %w", typed, err)
	}
	var out []Suggestion
	for _, t := range terms {
		if len(out) < n && !danish.IsStop(t.Text) {
			out = append(out, Suggestion{Text: typed[:start] + sign + t.Text, Docs: t.Docs})
		}
	}
	return out, nil
}
