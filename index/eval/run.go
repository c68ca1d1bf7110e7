package eval

import (
	"context"
	"fmt"
	"io"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// batchSize is how many documents of a collection go into the index at a time.
const batchSize = 500

// Load puts a corpus into an engine.
func Load(ctx context.Context, e index.Engine, corpus io.Reader) error {
	var batch index.Batch
	flush := func() error {
		batch.Seq++
		err := e.Apply(ctx, batch)
		batch.Puts = batch.Puts[:0]
		return err
	}
	err := ReadCorpus(corpus, func(d Doc) error {
		doc := index.Document{ID: d.ID, Source: "eval", Title: d.Title, Body: d.Body, Lang: index.Derived{Value: "da"}}
		batch.Puts = append(batch.Puts, doc)
		if len(batch.Puts) < batchSize {
			return nil
		}
		return flush()
	})
	if err != nil {
		return fmt.Errorf("load corpus: %w", err)
	}
	return flush()
}

// Answer runs queries the way a reader's search runs, each returning up to depth documents (at most index.MaxSize).
func Answer(ctx context.Context, s query.Searcher, queries []Query, depth int) (Run, error) {
	run := Run{}
	for _, q := range queries {
		text := q.Text[:min(len(q.Text), query.MaxBytes)]
		ans, err := s.Search(ctx, query.Request{Text: text, Size: depth, NoBody: true})
		if err != nil {
			return nil, fmt.Errorf("query %s: %w", q.ID, err)
		}
		for _, h := range ans.Page.Hits {
			run[q.ID] = append(run[q.ID], Scored{h.Doc.ID, h.Score})
		}
	}
	return run, nil
}
