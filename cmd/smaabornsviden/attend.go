package main

import (
	"context"
	"errors"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/opensearch"
)

// seldomPause is how long the same trouble is not told again: an outage of a night is some lines of the log, not thousands.
const seldomPause = 10 * time.Minute

// seldom decides whether trouble that goes on is worth another line of the log.
type seldom struct {
	now  func() time.Time
	told string
	at   time.Time
}

// due reports whether to tell an error: one of another kind than was told last, or the same after seldomPause. nil begins anew.
func (s *seldom) due(err error) bool {
	if err == nil {
		s.told = ""
		return false
	}
	kind, now := trouble(err), s.now()
	if kind == s.told && now.Sub(s.at) < seldomPause {
		return false
	}
	s.told, s.at = kind, now
	return true
}

// trouble names what is wrong with an index: texts of errors also say at which port, and differ each time.
func trouble(err error) string {
	for _, kind := range []error{
		opensearch.ErrAuth, opensearch.ErrTLS, opensearch.ErrVersion, opensearch.ErrMissing, index.ErrMismatch,
		opensearch.ErrReadOnly, opensearch.ErrRed, opensearch.ErrBusy, index.ErrUnavailable,
	} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	return err.Error()
}

// attendPause is how soon a server notices by itself that its cluster is there.
const attendPause = 2 * time.Second

// attend looks for the index while a process that only answers has none that it can read, and tells the operator; readers are told that
// the search is down meanwhile. It ends with ctx.
func (n *node) attend(ctx context.Context) error {
	if n.cluster == nil || !n.onlyReads {
		<-ctx.Done()
		return nil
	}
	told := seldom{now: time.Now}
	for {
		met := n.cluster.Met()
		err := n.cluster.Meet(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case told.due(err):
			n.log.Warn("the index cannot be read; readers are told that the search is down", "error", remedied(err))
		case err == nil && !met:
			n.log.Info("the index can be read; readers are answered")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(attendPause):
		}
	}
}
