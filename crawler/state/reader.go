package state

import (
	"context"
	"database/sql"
	"sync"
)

// maxPrepared bounds the queries that a reader keeps compiled; the code has some fifty.
const maxPrepared = 200

// reader is the reading side of the store. It keeps queries compiled: SQLite spends longer on reading most of them than
// on running them.
type reader struct {
	*sql.DB

	mu    sync.Mutex // guards stmts
	stmts map[string]*sql.Stmt
}

// QueryContext is that of sql.DB.
func (r *reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := r.prepared(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return r.DB.QueryContext(ctx, query, args...)
}

// QueryRowContext is that of sql.DB.
func (r *reader) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := r.prepared(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return r.DB.QueryRowContext(ctx, query, args...)
}

// prepared returns the compiled query, nil when it cannot be compiled now: running it then tells why.
func (r *reader) prepared(ctx context.Context, query string) *sql.Stmt {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.stmts[query]; s != nil {
		return s
	}
	if len(r.stmts) >= maxPrepared {
		return nil
	}
	s, err := r.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	if r.stmts == nil {
		r.stmts = map[string]*sql.Stmt{}
	}
	r.stmts[query] = s
	return s
}
