package query

import (
	"context"
	"fmt"
)

// Meant is what a reader seems to have meant to type: the query with its misspelled words mended and its parted compounds
// joined, empty when there are none.
func (s Searcher) Meant(ctx context.Context, typed string) (string, error) {
	if len(typed) > MaxBytes || LooksLikeCPR(typed) {
		return "", nil
	}
	r := read(s.Analyzer, typed)
	if s.Vocabulary != nil {
		r.recognise(s.Analyzer, s.Vocabulary)
	}
	if err := s.mend(ctx, &r, nil); err != nil {
		return "", fmt.Errorf("mend %q: %w", typed, err)
	}
	out, at := "", 0
	for i := range r.units {
		u := &r.units[i]
		if u.kind == "" || u.end <= u.start {
			continue
		}
		if u.start < at {
			out += " " + u.token.Text // a further word of what one name stands for
			continue
		}
		out += typed[at:u.start] + u.token.Text
		at = u.end
	}
	if out == "" {
		return "", nil
	}
	return out + typed[at:], nil
}
