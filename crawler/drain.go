package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// ErrIndexAhead: the index has applied changes that the state does not know; one of the two folders is another's, or the
// state was lost. The index has to be rebuilt.
var ErrIndexAhead = errors.New("index is ahead of the crawl state")

// batchSize is how many changes one batch holds at most: enough to spread the cost of a commit, few enough to keep
// memory bounded and searches fresh.
const batchSize = 200

// batchText is how many bytes of texts a batch holds at most, one that is larger excepted: the index takes up to 70 times
// as much memory for it. 200 pages of a site are rarely longer.
const batchText = 512 << 10

// Sink is what takes changes in: an index.Engine, or a generation of one that is being built.
type Sink interface {
	Checkpoint(ctx context.Context) (uint64, error)
	Apply(ctx context.Context, b index.Batch) error
}

// Drain brings an index up to date with the outbox and returns how many changes it applied. It goes on where the index
// stands, so that after a crash nothing is lost, and what is applied twice changes nothing. An empty index becomes whole.
func Drain(ctx context.Context, store *state.Store, engine Sink) (int, error) {
	seq, err := engine.Checkpoint(ctx)
	if err != nil {
		return 0, fmt.Errorf("index checkpoint: %w", err)
	}
	last, err := store.LastSeq(ctx)
	if err != nil {
		return 0, err
	}
	if seq > last {
		return 0, fmt.Errorf("index at %d, state at %d: %w", seq, last, ErrIndexAhead)
	}
	applied := 0
	for {
		changes, err := store.Outbox(ctx, seq, batchSize)
		if err != nil {
			return applied, fmt.Errorf("read outbox: %w", err)
		}
		if len(changes) == 0 {
			return applied, nil
		}
		for len(changes) > 0 {
			n := portion(changes)
			b := batch(changes[:n])
			if err := engine.Apply(ctx, b); err != nil {
				return applied, fmt.Errorf("apply changes up to %d: %w", b.Seq, err)
			}
			seq, changes = b.Seq, changes[n:]
			applied += n
		}
	}
}

// portion is how many of the changes, from the first on, one batch takes: at least one.
func portion(changes []state.Change) int {
	size := 0
	for i := range changes {
		size += len(changes[i].Doc.Body)
		if i > 0 && size > batchText {
			return i
		}
	}
	return len(changes)
}

// batch turns changes into a batch.
func batch(changes []state.Change) index.Batch {
	b := index.Batch{Seq: changes[len(changes)-1].Seq}
	for _, c := range changes {
		if c.Op == state.Delete {
			b.Deletes = append(b.Deletes, c.ID)
		} else {
			b.Puts = append(b.Puts, c.Doc)
		}
	}
	return b
}

// A feed that finds busyFeed changes or more waits twice as long for the next ones, up to longestPause times its pause: each
// batch becomes a segment of the index, and merging many small ones costs more than all the rest of a crawl.
const (
	busyFeed     = 8
	longestPause = 16
)

// nextPause is the wait before the next batch after one of n changes that was waited for last.
func nextPause(n int, last, pause time.Duration) time.Duration {
	if n < busyFeed {
		return pause
	}
	return min(2*last, longestPause*pause)
}

// Feed keeps an index up to date until ctx ends, then drains once more what is there within grace and returns the error
// of ctx. It waits for a change, then for pause, and longer while much comes in, so that changes that come together are
// applied together.
func Feed(ctx context.Context, store *state.Store, engine Sink, clock Clock, pause, grace time.Duration) error {
	if clock == nil {
		clock = systemClock{}
	}
	wait := pause
	for ctx.Err() == nil {
		n, err := Drain(ctx, store, engine)
		if err != nil && ctx.Err() == nil {
			return err
		}
		wait = nextPause(n, wait, pause)
		seq, err := engine.Checkpoint(ctx)
		if err == nil {
			err = store.WaitOutbox(ctx, seq)
		}
		if err == nil {
			err = sleep(ctx, clock, wait)
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if _, err := Drain(last, store, engine); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return context.Cause(ctx)
}
