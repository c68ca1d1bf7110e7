package state

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// Pause is a source that a person has told us to leave alone for a while.
type Pause struct {
	Source string
	At     time.Time
	Note   string
}

// pauseList holds all entries in memory: it is asked before every visit.
type pauseList struct {
	mu       sync.RWMutex
	entries  map[string]Pause
	released chan struct{} // closed at the next release; nil while nobody has asked for it
}

// release wakes whoever waits for one.
func (l *pauseList) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.released != nil {
		close(l.released)
		l.released = nil
	}
}

// Released returns a channel that is closed when a source is next let be visited again, or a block taken back: who waits
// for the next address to fall due looks again then.
func (s *Store) Released() <-chan struct{} {
	s.pauses.mu.Lock()
	defer s.pauses.mu.Unlock()
	if s.pauses.released == nil {
		s.pauses.released = make(chan struct{})
	}
	return s.pauses.released
}

// Pause leaves a source alone from the next request on, also in a run that is under way, until Resume: nothing of it is
// fetched, not even robots.txt. What is known of it stays, in the index too.
func (s *Store) Pause(ctx context.Context, now time.Time, source, note string) error {
	_, err := s.write.ExecContext(ctx, "INSERT INTO paused VALUES(?1,?2,?3) ON CONFLICT(source) DO UPDATE SET at=?2,note=?3", source, ms(now), note)
	if err != nil {
		return fmt.Errorf("pause %s: %w", source, classify(err))
	}
	return s.loadPauses(ctx)
}

// Resume lets a source be visited again: what fell due meanwhile is due now. ErrNotFound tells that it was not paused.
func (s *Store) Resume(ctx context.Context, source string) error {
	res, err := s.write.ExecContext(ctx, "DELETE FROM paused WHERE source=?", source)
	if err != nil {
		return fmt.Errorf("resume %s: %w", source, classify(err))
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return fmt.Errorf("resume %s: %w", source, ErrNotFound)
	}
	if err := s.loadPauses(ctx); err != nil {
		return err
	}
	s.pauses.release()
	return nil
}

// Pauses returns all paused sources in their order.
func (s *Store) Pauses() []Pause {
	s.pauses.mu.RLock()
	defer s.pauses.mu.RUnlock()
	return slices.SortedFunc(maps.Values(s.pauses.entries), func(a, b Pause) int {
		if a.Source < b.Source {
			return -1
		}
		return 1
	})
}

// IsPaused reports whether a source is to be left alone.
func (s *Store) IsPaused(source string) bool {
	_, paused := s.PauseOf(source)
	return paused
}

// PauseOf returns the pause of a source, if it is paused.
func (s *Store) PauseOf(source string) (Pause, bool) {
	s.pauses.mu.RLock()
	defer s.pauses.mu.RUnlock()
	p, paused := s.pauses.entries[source]
	return p, paused
}

// loadPauses makes the list in memory what the table says.
func (s *Store) loadPauses(ctx context.Context) error {
	rows, err := s.write.QueryContext(ctx, "SELECT source,at,note FROM paused")
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	entries := map[string]Pause{}
	for rows.Next() {
		var p Pause
		var at int64
		if err := rows.Scan(&p.Source, &at, &p.Note); err != nil {
			return classify(err)
		}
		p.At = when(at)
		entries[p.Source] = p
	}
	if err := rows.Err(); err != nil {
		return classify(err)
	}
	s.pauses.mu.Lock()
	defer s.pauses.mu.Unlock()
	s.pauses.entries = entries
	return nil
}
