package crawler

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"smaabornsviden/crawler/dedup"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// groupedKey is under what the store remembers up to which change documents have been grouped, and by which rules.
const groupedKey = "grouped"

// Group finds copies, editions, translations and relatives among all stored documents and writes what has changed; it
// returns how many documents that were. When no document has changed since it was last done, it does nothing. A run
// ends with it; not while one is under way.
func (c *Crawler) Group(ctx context.Context) (int, error) {
	changed, err := c.group(ctx)
	if err != nil {
		return changed, fmt.Errorf("group documents: %w", err)
	}
	return changed, nil
}

func (c *Crawler) group(ctx context.Context) (changed int, err error) {
	stand, err := c.stand(ctx)
	if err != nil {
		return 0, err
	}
	before, err := c.o.State.Value(ctx, groupedKey)
	if err != nil || before == stand {
		return 0, err
	}
	changes, err := dedup.Group(c.documents(ctx))
	if err != nil {
		return 0, err
	}
	for _, change := range changes {
		done, err := c.regroup(ctx, change)
		if err != nil {
			return changed, err
		}
		changed += btoi(done)
	}
	if stand, err = c.stand(ctx); err != nil {
		return changed, err
	}
	return changed, c.o.State.Set(ctx, groupedKey, stand)
}

// stand names the documents as they are and the rules that group them.
func (c *Crawler) stand(ctx context.Context) (string, error) {
	seq, err := c.o.State.LastSeq(ctx)
	return fmt.Sprint(dedup.Version, " ", seq), err
}

// regroup writes one change into its document as it is now.
func (c *Crawler) regroup(ctx context.Context, change dedup.Change) (bool, error) {
	d, err := c.o.State.Document(ctx, change.ID)
	if errors.Is(err, state.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	change.Apply(&d)
	return c.o.State.Revise(ctx, c.o.Clock.Now(), d)
}

// documents goes through all stored documents in the order of their ids.
func (c *Crawler) documents(ctx context.Context) iter.Seq2[index.Document, error] {
	return func(yield func(index.Document, error) bool) {
		for after := ""; ; {
			docs, err := c.o.State.Documents(ctx, after, rereadPage)
			if err != nil {
				yield(index.Document{}, err)
				return
			}
			if len(docs) == 0 {
				return
			}
			for _, d := range docs {
				after = d.ID
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}
