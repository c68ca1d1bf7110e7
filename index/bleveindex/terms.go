package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"smaabornsviden/index"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// checkEvery is after how many terms a context is asked whether it was cancelled: about a millisecond's worth.
const checkEvery = 1024

// terms lists up to n terms of a field that start with prefix, most frequent first.
func (v *view) terms(ctx context.Context, field index.Field, prefix string, n int) ([]index.Term, error) {
	var start, end []byte
	if prefix != "" {
		start, end = []byte(prefix), afterPrefix(prefix)
	}
	docs := map[string]int{}
	for _, p := range v.segments {
		if err := p.countTerms(ctx, field, nil, start, end, docs); err != nil {
			return nil, err
		}
	}
	terms := make([]index.Term, 0, len(docs))
	for text, count := range docs {
		terms = append(terms, index.Term{Text: text, Docs: count})
	}
	slices.SortFunc(terms, func(a, b index.Term) int {
		return cmp.Or(cmp.Compare(b.Docs, a.Docs), cmp.Compare(a.Text, b.Text))
	})
	return terms[:min(max(n, 0), len(terms))], nil
}

// walk lists the terms of a field that an automaton accepts, in byte order.
func (v *view) walk(ctx context.Context, field index.Field, a segment.Automaton) ([]index.Term, error) {
	docs := map[string]int{}
	for _, p := range v.segments {
		if err := p.countTerms(ctx, field, a, nil, nil, docs); err != nil {
			return nil, err
		}
	}
	terms := make([]index.Term, 0, len(docs))
	for _, text := range slices.Sorted(maps.Keys(docs)) {
		terms = append(terms, index.Term{Text: text, Docs: docs[text]})
	}
	return terms, nil
}

// countTerms adds the live documents of a segment's terms from start to end that an automaton accepts, nil accepting all. Each count is read from the postings: the dictionary
// iterator's own counts include deleted documents, and are wrong after a term of a single document.
func (p *part) countTerms(ctx context.Context, field index.Field, a segment.Automaton, start, end []byte, docs map[string]int) error {
	dict, err := p.Dictionary(string(field))
	if err != nil {
		return fmt.Errorf("read terms of %s: %w", field, err)
	}
	entries := iterate(dict, a, start, end)
	var list segment.PostingsList
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		entry, err := entries.Next()
		if err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
		if entry == nil {
			return nil
		}
		term := entry.Term
		if list, err = dict.PostingsList([]byte(term), p.deleted, list); err != nil {
			return fmt.Errorf("read %s %q: %w", field, term, err)
		}
		if count := list.Count(); count > 0 {
			docs[term] += int(count)
		}
	}
}

// iterate walks a dictionary, without Bleve counting each term's documents where it can do without.
func iterate(dict segment.TermDictionary, a segment.Automaton, start, end []byte) segment.DictionaryIterator {
	type uncounted interface {
		AutomatonIteratorOmitCount(a segment.Automaton, start, end []byte) segment.DictionaryIterator
	}
	if d, ok := dict.(uncounted); ok {
		return d.AutomatonIteratorOmitCount(a, start, end)
	}
	return dict.AutomatonIterator(a, start, end)
}

// afterPrefix is the first string after all that start with prefix; nil when there is none.
func afterPrefix(prefix string) []byte {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}
