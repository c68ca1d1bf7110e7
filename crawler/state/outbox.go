package state

import (
	"context"
	"fmt"

	"smaabornsviden/index"
)

// Op is what happened to a document.
type Op int

// The operations.
const (
	Put Op = iota
	Delete
)

// Change is one entry of the outbox. Only the newest change of a document is kept, so a reader that starts at 0 sees
// every live document once.
type Change struct {
	Seq uint64
	ID  string
	Op  Op
	Doc index.Document // for Put
}

// announce writes the change of a document to the outbox and returns its seq.
func (t *txn) announce(id string, op Op) (uint64, error) {
	res, err := t.result(outboxAdd, id, op)
	if err != nil {
		return 0, err
	}
	seq, err := res.LastInsertId()
	t.seq = uint64(seq)
	return t.seq, err
}

// maxAnswer bounds the bytes of documents or bodies that one call returns, so that n large ones do not fill the
// memory: a call returns fewer than n, but at least one.
const maxAnswer = 8 << 20

// Outbox returns up to n changes after seq, in order, fewer when they are large. Documents come as they are now: a later change of one of them
// has a higher seq and is met again.
func (s *Store) Outbox(ctx context.Context, after uint64, n int) ([]Change, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT o.seq, o.doc, o.op, coalesce(d.json,''), coalesce(u.last_visit,0), coalesce(u.status,0)
		FROM outbox o LEFT JOIN document d ON d.id=o.doc LEFT JOIN url u ON u.id=d.url
		WHERE o.seq>? ORDER BY o.seq LIMIT ?`, after, n)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var all []Change
	for size := 0; size < maxAnswer && rows.Next(); {
		c, err := scanChange(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
		size += len(c.Doc.Body)
	}
	return all, classify(rows.Err())
}

func scanChange(row scanner) (Change, error) {
	var c Change
	var text []byte
	var visited int64
	var status int
	if err := row.Scan(&c.Seq, &c.ID, &c.Op, &text, &visited, &status); err != nil {
		return c, classify(err)
	}
	if c.Op == Delete {
		return c, nil
	}
	if len(text) == 0 {
		return c, fmt.Errorf("outbox %d names document %s, which is not stored: %w", c.Seq, c.ID, ErrCorrupt)
	}
	var err error
	c.Doc, err = decode(text, visited, status)
	return c, err
}

// LastSeq returns the seq of the newest change, 0 when there was none yet.
func (s *Store) LastSeq(ctx context.Context) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq, ctx.Err()
}

// lastSeq reads what SQLite's own counter says, which also knows changes whose rows were replaced.
func (s *Store) lastSeq(ctx context.Context) (uint64, error) {
	var seq uint64
	err := s.write.QueryRowContext(ctx, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='outbox'),0)").Scan(&seq)
	return seq, classify(err)
}

// WaitOutbox returns when there is a change after seq, or with the error of ctx.
func (s *Store) WaitOutbox(ctx context.Context, after uint64) error {
	for {
		s.mu.Lock()
		seq, moved := s.seq, s.moved
		s.mu.Unlock()
		if seq > after {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
