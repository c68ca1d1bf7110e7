// Package indextest holds the suite that every engine passes: the promises of index.Engine one by one, and
// random plans against a reference that reads every document.
package indextest

import (
	"context"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Compactor is an engine that can merge away what deleted documents leave behind. The suite compares scores after
// deletions only once it was asked to, since an engine may count deleted documents until then.
type Compactor interface {
	Compact(ctx context.Context) error
}

// Run checks every promise of the contract on engines that open returns: each a new and empty one, closed by
// the suite.
func Run(t *testing.T, open func(t *testing.T) index.Engine) {
	s := suite{open: func(t *testing.T) index.Engine {
		e := open(t)
		t.Cleanup(func() {
			if err := e.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
		return e
	}}
	tests := []struct {
		name string
		run  func(*testing.T)
	}{
		{"an empty index answers", s.empty},
		{"a document comes back as it was put", s.put},
		{"a put replaces", s.replace},
		{"a delete removes", s.remove},
		{"a batch is applied in order", s.batchOrder},
		{"a batch may be applied again", s.replay},
		{"the sequence number never falls", s.sequence},
		{"matching", s.matching},
		{"phrases", s.phrases},
		{"scores are those of package rank", s.scores},
		{"a group counts its best alternative", s.groupMax},
		{"the shares add up to the score", s.explain},
		{"filters and facets", s.facets},
		{"authors", s.authors},
		{"only faces are shown", s.merged},
		{"sorting", s.sorting},
		{"cursor pages equal one long page", s.cursor},
		{"terms and document frequencies", s.terms},
		{"bounds", s.bounds},
		{"a cancelled context ends", s.cancelled},
		{"a closed index says so", s.closed},
		{"searches see whole batches", s.concurrent},
		{"random plans equal the reference", s.random},
	}
	for _, test := range tests {
		t.Run(test.name, test.run)
	}
}

type suite struct {
	open func(t *testing.T) index.Engine
}

// analyzer returns the analyzer that the engines index with.
func analyzer(t *testing.T) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// with opens an engine that holds some documents as batch 1.
func (s suite) with(t *testing.T, docs ...index.Document) index.Engine {
	t.Helper()
	e := s.open(t)
	apply(t, e, index.Batch{Puts: docs, Seq: 1})
	return e
}

func apply(t *testing.T, e index.Engine, b index.Batch) {
	t.Helper()
	if err := e.Apply(t.Context(), b); err != nil {
		t.Fatalf("apply batch %d: %v", b.Seq, err)
	}
}

// compact merges deleted documents away where an engine would count them otherwise.
func compact(t *testing.T, e index.Engine) {
	t.Helper()
	if c, ok := e.(Compactor); ok {
		if err := c.Compact(t.Context()); err != nil {
			t.Fatalf("compact: %v", err)
		}
	}
}

func search(t *testing.T, e index.Engine, p index.Plan) index.Page {
	t.Helper()
	page, err := e.Search(t.Context(), p)
	if err != nil {
		t.Fatalf("search %s: %v", show(p), err)
	}
	return page
}

// ids are the documents of a page in order.
func ids(p index.Page) []string {
	all := []string{}
	for _, h := range p.Hits {
		all = append(all, h.Doc.ID)
	}
	return all
}

// word is an alternative that asks for a word as written, or for a phrase of several.
func word(terms ...string) index.Alt {
	return index.Alt{Field: index.Exact, Terms: terms, Weight: 1, Kind: index.AsTyped}
}

// titled asks for words of the title as they are written.
func titled(terms ...string) index.Alt {
	return index.Alt{Field: index.TitleExact, Terms: terms, Weight: 1, Kind: index.AsTyped}
}

func group(o index.Occur, alts ...index.Alt) index.Group {
	return index.Group{Occur: o, Alts: alts}
}

// plan is a plan of groups with room for all hits of a small corpus.
func plan(groups ...index.Group) index.Plan { return index.Plan{Groups: groups, Size: 50} }

func date(day int) index.Date {
	return index.Date{Time: dayTime(day), Precision: index.Day}
}

// dayTime is the way back from index.DayOf.
func dayTime(day int) time.Time {
	return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, time.UTC)
}
