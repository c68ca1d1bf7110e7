package opensearch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"smaabornsviden/index"
)

// meetPause is how long an index that cannot be read is not looked at again: each reader's search would otherwise ask anew.
const meetPause = time.Second

// obstacle is what was found when the index was looked at last.
type obstacle struct {
	err error
	at  time.Time
}

// Met reports whether there is an index that can be read, as far as is known: false after Open with Options.Later, until one is met.
func (s *Store) Met() bool { return !s.unmet.Load() }

// Meet looks for the index that Options.Later waits for, and returns what is wrong with it; nil once it can be read. While one
// is in use it asks nothing of the cluster.
func (s *Store) Meet(ctx context.Context) error {
	done, err := s.use(ctx)
	if err != nil {
		return err
	}
	done()
	return nil
}

// met opens the index that could not be read until now. One asks, the others wait for what that one finds.
func (s *Store) met(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ctx.Err(), ErrUnreachable)
	case <-s.changing:
	}
	defer func() { s.changing <- struct{}{} }()
	if !s.unmet.Load() {
		return nil
	}
	if s.obstacle.err != nil && s.client.now().Sub(s.obstacle.at) < meetPause {
		return s.obstacle.err
	}
	err := s.open(ctx)
	if err == nil {
		s.obstacle = obstacle{}
		s.unmet.Store(false)
		return nil
	}
	err = fmt.Errorf("open index %s: %w", s.options.Index, err)
	if s.options.ReadOnly && !errors.Is(err, index.ErrUnavailable) {
		err = fmt.Errorf("%w: %w", index.ErrUnavailable, err) // whatever is wrong, readers can only come again
	}
	if ctx.Err() == nil { // a reader who gave up found nothing out
		s.obstacle = obstacle{err, s.client.now()}
	}
	return err
}

// awaits reports whether an error is that of an index which others have still to make.
func (s *Store) awaits(err error) bool {
	return s.options.Later && s.options.ReadOnly && (errors.Is(err, index.ErrMismatch) || errors.Is(err, ErrMissing))
}

// fits looks at a generation that has not answered before: what the alias stands for may have been made by another program since.
// Only who reads has to know; who writes makes the generations.
func (s *Store) fits(ctx context.Context, generation string) error {
	if last := s.fitted.Load(); !s.options.ReadOnly || last != nil && *last == generation {
		return nil
	}
	g, err := s.inUse(ctx)
	if err == nil {
		s.fitted.Store(&g.name)
	}
	return err
}

// lost is what an error of reading is to whoever reads. When there is no index to read any more, a process that waits for
// one waits again; and a password or a certificate that holds no longer is mended by an operator, while readers come again later.
func (s *Store) lost(err error) error {
	switch {
	case s.awaits(err):
		s.unmet.Store(true)
	case errors.Is(err, ErrAuth), errors.Is(err, ErrTLS):
	default:
		return err
	}
	return fmt.Errorf("%w: %w", index.ErrUnavailable, err)
}
