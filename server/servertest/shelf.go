package servertest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server"
	"smaabornsviden/server/shelf"
)

// Shelf keeps records in memory.
type Shelf struct {
	// Fail, when set, is returned by every call.
	Fail error

	mu      sync.Mutex // guards records
	records map[[2]string]shelf.Record
}

var _ server.Shelf = (*Shelf)(nil)

// NewShelf makes a shelf with records on it.
func NewShelf(records ...shelf.Record) *Shelf {
	s := &Shelf{records: map[[2]string]shelf.Record{}}
	for _, r := range records {
		s.records[[2]string{r.Kind, r.ID}] = r
	}
	return s
}

// Put stores a record.
func (s *Shelf) Put(_ context.Context, r shelf.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records[[2]string{r.Kind, r.ID}] = r
	return s.Fail
}

// Add stores a record that is not there yet.
func (s *Shelf) Add(ctx context.Context, r shelf.Record) error {
	if _, err := s.Get(ctx, r.Kind, r.ID); err == nil {
		return shelf.ErrExists
	}
	return s.Put(ctx, r)
}

// Get returns a record or index.ErrNotFound.
func (s *Shelf) Get(_ context.Context, kind, id string) (shelf.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.records[[2]string{kind, id}]
	switch {
	case s.Fail != nil:
		return r, s.Fail
	case !ok:
		return r, index.ErrNotFound
	}
	return r, nil
}

// List returns records of a kind, newest first.
func (s *Shelf) List(_ context.Context, kind string, since time.Time, n int) ([]shelf.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []shelf.Record
	for _, r := range s.records {
		if r.Kind == kind && !r.Time.Before(since) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b shelf.Record) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.ID, b.ID)) })
	return all[:min(n, len(all))], s.Fail
}

// Remove takes a record away.
func (s *Shelf) Remove(_ context.Context, kind, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.records, [2]string{kind, id})
	return s.Fail
}
