package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/index"
	"smaabornsviden/index/opensearch"
)

// Feeding takes changes in soon after they are made, several together.
const (
	feedPause = 300 * time.Millisecond // searches see a page that much after it was stored, and up to 16 times that while a crawl brings many
	feedGrace = 3 * time.Second        // at the end; what is not drained then comes at the next start
	feedRetry = 5 * time.Second        // between attempts while a cluster is away
	feedWell  = 2 * time.Minute        // who feeds for so long has a cluster: an attempt takes a minute
)

// sink passes changes on to the index in turn with rebuilding it.
type sink struct {
	index engine
	log   *slog.Logger
	mu    sync.Mutex // held by who changes the index
}

// Checkpoint implements crawler.Sink.
func (s *sink) Checkpoint(ctx context.Context) (uint64, error) { return s.index.Checkpoint(ctx) }

// Apply implements crawler.Sink. A batch that a rebuild has overtaken is in the index already.
func (s *sink) Apply(ctx context.Context, b index.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, err := s.index.Checkpoint(ctx)
	if err != nil || b.Seq <= at {
		return err
	}
	for left := 0; ; left++ {
		err := s.index.Apply(ctx, b)
		id, ok := poison(err)
		if !ok || left > len(b.Puts) {
			return err
		}
		s.log.Error("the index refuses a document; it goes without it", "document", id, "error", err)
		b = without(b, id)
	}
}

// poison is the document that the index will never take, if that is what is wrong: one must not keep all others out.
func poison(err error) (id string, ok bool) {
	var refused *opensearch.RefusedError
	if !errors.As(err, &refused) {
		return "", false
	}
	return refused.ID, true
}

// without is a batch in which a document is taken away instead of put: what the index has of it by now is older.
func without(b index.Batch, id string) index.Batch {
	puts := make([]index.Document, 0, len(b.Puts))
	for i := range b.Puts {
		if b.Puts[i].ID != id {
			puts = append(puts, b.Puts[i])
		}
	}
	if len(puts) < len(b.Puts) {
		b.Deletes = append(slices.Clone(b.Deletes), id)
	}
	b.Puts = puts
	return b
}

// catchUp takes in what the crawl state has and the index lacks.
func (n *node) catchUp(ctx context.Context) error {
	_, err := crawler.Drain(ctx, n.state, n.sink)
	return err
}

// feed keeps the index up to date until ctx ends. While a cluster is away or takes nothing, crawling goes on: what it
// finds waits in the outbox.
func (n *node) feed(ctx context.Context) error { return n.feedAgain(ctx, feedRetry) }

func (n *node) feedAgain(ctx context.Context, wait time.Duration) error {
	told := seldom{now: time.Now}
	for {
		began := time.Now()
		err := crawler.Feed(ctx, n.state, n.sink, nil, feedPause, feedGrace)
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case !waits(err):
			return remedied(err)
		}
		if time.Since(began) > feedWell {
			told.due(nil) // it took changes in since: this is another outage
		}
		if told.due(err) {
			n.log.Warn("the index takes nothing in; what is crawled waits in the outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// waits reports whether what an index could not take in may wait in the outbox for it: an operator has to see to it, or nobody, and
// what is crawled meanwhile is not lost.
func waits(err error) bool {
	for _, trouble := range []error{index.ErrUnavailable, opensearch.ErrReadOnly, opensearch.ErrAuth, opensearch.ErrTLS} {
		if errors.Is(err, trouble) {
			return true
		}
	}
	return false
}

// remedied adds what to do about an index that cannot be fed, whether that shows at the start or when its cluster comes back.
func remedied(err error) error {
	switch {
	case errors.Is(err, crawler.ErrIndexAhead):
		return fmt.Errorf("%w: was state.db lost? smaabornsviden rebuild makes the index anew from what is stored", err)
	case errors.Is(err, index.ErrMismatch):
		return fmt.Errorf("%w: smaabornsviden rebuild with the data folder of the crawler makes it anew, or start the program that wrote it", err)
	case errors.Is(err, opensearch.ErrMissing):
		return fmt.Errorf("%w: smaabornsviden run, crawl or rebuild makes it; is -opensearch-index right?", err)
	}
	return err
}

// errNothingStored: an index would be replaced by an empty one.
var errNothingStored = errors.New("nothing is stored to make the index of")

// enough refuses to replace an index that has documents by one of none: the state was lost, or is that of a server without any.
func (n *node) enough(ctx context.Context) error {
	counts, err := n.state.DocumentCounts(ctx)
	if err != nil {
		return err
	}
	for _, stored := range counts {
		if stored > 0 {
			return nil
		}
	}
	held, err := n.index.Held(ctx)
	if err != nil || held == 0 {
		return err
	}
	return fmt.Errorf("%w: data folder %s has 0 documents, the index in use has %d. Name the data folder of the crawler with -data, or put its state.db back; only smaabornsviden rebuild -empty makes the index empty", errNothingStored, n.folder.dir, held)
}

// rebuild makes a new generation of the index from the stored documents; searches go on meanwhile. When none is stored, an
// index that has some is left as it is, unless it may be empty.
func (n *node) rebuild(ctx context.Context, empty bool) (rebuilt, error) {
	n.sink.mu.Lock()
	defer n.sink.mu.Unlock()
	if !empty {
		if err := n.enough(ctx); err != nil {
			return rebuilt{}, err
		}
	}
	if err := n.fillAnew(ctx); err != nil {
		return rebuilt{}, err
	}
	if n.cluster != nil {
		if err := n.cluster.PublishTerms(ctx); err != nil { // servers ask the cluster until there are some
			n.log.Warn("the new generation's words are not published yet", "error", err)
		}
	}
	stats, err := n.index.Stats(ctx)
	return rebuilt{Documents: stats.Documents, Generation: stats.Generation}, err
}

// mostPoison is how many documents a rebuild leaves out before it gives up: so many are no accident.
const mostPoison = 20

// fillAnew makes a new generation, without documents that the index refuses.
func (n *node) fillAnew(ctx context.Context) error {
	return leavingOut(n.log, func(refused []string) error {
		return n.index.Rebuild(ctx, func(apply func(index.Batch) error) error {
			_, err := crawler.Drain(ctx, n.state, &newGeneration{apply: apply, refused: refused})
			return err
		})
	})
}

// leavingOut fills an index again without each document that it refuses: others are on their way by the time that one is.
func leavingOut(log *slog.Logger, fill func(refused []string) error) error {
	var refused []string
	for {
		err := fill(refused)
		id, ok := poison(err)
		if !ok || len(refused) == mostPoison || slices.Contains(refused, id) {
			return err
		}
		log.Error("the index refuses a document; it is made once more without it", "document", id, "error", err)
		refused = append(refused, id)
	}
}

// newGeneration is a generation under construction: it starts empty.
type newGeneration struct {
	apply   func(index.Batch) error
	seq     uint64
	refused []string // documents that the index does not take
}

// Checkpoint implements crawler.Sink.
func (g *newGeneration) Checkpoint(context.Context) (uint64, error) { return g.seq, nil }

// Apply implements crawler.Sink.
func (g *newGeneration) Apply(_ context.Context, b index.Batch) error {
	g.seq = b.Seq
	for _, id := range g.refused {
		b = without(b, id)
	}
	return g.apply(b)
}
