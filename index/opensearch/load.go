package opensearch

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"smaabornsviden/index"
)

// loadsAtOnce is how many requests fill a new generation together: a shard works on one with one core, and while it does, the
// next documents are analysed here.
const loadsAtOnce = 3

// load fills a generation that nobody searches yet. No batch of it has to be seen before the last one, so that
// the cluster makes segments as large as its memory allows, and batches are written beside each other.
//
// The log of changes is written through all the same: a node that started again having lost five seconds of it would leave
// a generation with holes that nobody sees, for the sake of a hundredth of the time. And copies are filled along, since a
// generation without any would be lost with one node, after days of work.
func (s *Store) load(ctx context.Context, g generation, feed func(apply func(index.Batch) error) error) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	l := loading{store: s, g: g, slots: make(chan struct{}, loadsAtOnce), fail: fail}
	err := feed(func(b index.Batch) error { return l.add(ctx, &b) })
	l.sending.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause // feed may have passed over it
	}
	if err != nil {
		return err
	}
	if err := s.bulk(ctx, g, g.markerItems(l.seq), l.seq); err != nil {
		return err
	}
	if err := s.awaitHistory(ctx, g, l.documents); err != nil {
		return err
	}
	return s.merge(ctx, g)
}

// loading is a generation being filled.
type loading struct {
	store     *Store
	g         generation
	seq       uint64 // of the last batch
	documents int
	slots     chan struct{} // one for each request under way
	sending   sync.WaitGroup
	fail      context.CancelCauseFunc
}

// add starts to write a batch, and waits until there is room for more.
func (l *loading) add(ctx context.Context, b *index.Batch) error {
	items, err := l.store.items(ctx, b)
	if err != nil {
		return fmt.Errorf("apply batch %d: %w", b.Seq, err)
	}
	l.seq, l.documents = b.Seq, l.documents+len(b.Puts)
	// The cluster remembers what was deleted for a minute only: no earlier put may come after that.
	alone := len(b.Deletes) > 0
	if alone {
		l.sending.Wait()
	}
	for some := range requests(items) {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case l.slots <- struct{}{}:
		}
		l.sending.Go(func() {
			defer func() { <-l.slots }()
			if err := l.store.settle(ctx, l.g, some, b.Seq, true); err != nil {
				l.fail(fmt.Errorf("apply batch %d: %w", b.Seq, err))
			}
		})
	}
	if alone {
		l.sending.Wait()
	}
	return context.Cause(ctx)
}

// requests cuts items into what one request carries.
func requests(items []item) iter.Seq[[]item] {
	return func(yield func([]item) bool) {
		for len(items) > 0 {
			n, size := 0, 0
			for n < len(items) && (n == 0 || size+len(items[n].source) <= bulkBytes) {
				size += len(items[n].source)
				n++
			}
			if !yield(slices.Clip(items[:n])) {
				return
			}
			items = items[n:]
		}
	}
}
