// Package shelf keeps in one SQLite file what readers leave: letters to the operator, and protocols of their searches.
package shelf

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"smaabornsviden/index"
)

// Errors that callers decide on. A record that is not there is index.ErrNotFound, as in every store of this program.
var (
	ErrExists  = errors.New("record exists already")
	ErrFull    = errors.New("no room left for what readers leave")
	ErrForeign = errors.New("file is not a shelf of smaabornsviden")
)

// Record is one thing on a shelf, found by kind and id and listed by time; nothing in it is searched.
type Record struct {
	Kind string // small letters and hyphens
	ID   string // unique in its kind, at most 200 bytes
	Time time.Time
	Body []byte // whatever its kind means by it
}

// Shelf is an open file. Its methods may be called from any goroutine.
type Shelf struct {
	db   *sql.DB
	most int64
}

// defaultMost is room for some thousand protocols of a hundred thousand hits, and for far more usual ones.
const defaultMost = 4 << 30

// Options are the settings of Open; the zero value is usable.
type Options struct {
	// MaxBytes bounds the file: strangers write into it. 0 means 4 GiB.
	MaxBytes int64
}

// applicationID marks our files in SQLite's header: "SmBs".
const applicationID = 0x536d4273

const schema = `CREATE TABLE record (
	kind TEXT    NOT NULL,
	id   TEXT    NOT NULL,
	time INTEGER NOT NULL, -- unix milliseconds
	body BLOB    NOT NULL,
	PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX record_time ON record (kind, time);`

// Open opens or creates the shelf in the file at path.
func Open(ctx context.Context, path string, o Options) (*Shelf, error) {
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMost
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	// Letters name people, so the file is for nobody but us; SQLite gives its side files the same mode.
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open shelf %s: %w", path, err)
	}
	f.Close()
	// One connection: what readers leave is little, and one writer needs no waiting for locks.
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("open shelf %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	s := &Shelf{db: db, most: o.MaxBytes}
	if err := s.prepare(ctx); err != nil {
		_ = db.Close() // the first error tells more
		return nil, fmt.Errorf("open shelf %s: %w", path, err)
	}
	return s, nil
}

// prepare makes the table in a new file and refuses files of others.
func (s *Shelf) prepare(ctx context.Context) error {
	var app, tables int
	if err := s.db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return err
	}
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return err
	}
	switch {
	case app == applicationID:
		return nil
	case app != 0 || tables > 0:
		return ErrForeign
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("%s PRAGMA application_id=%d;", schema, applicationID)); err != nil {
		return err
	}
	return tx.Commit()
}

// Close releases the file.
func (s *Shelf) Close() error { return s.db.Close() }

var goodKind = regexp.MustCompile(`^[a-z][a-z-]{0,39}$`)

const maxIDBytes = 200

// Put stores a record in the place of one of the same kind and id. ErrFull tells that the file may not grow.
func (s *Shelf) Put(ctx context.Context, r Record) error {
	return s.write(ctx, r, "INSERT INTO record VALUES(?1,?2,?3,?4) ON CONFLICT(kind,id) DO UPDATE SET time=?3,body=?4")
}

// Add stores a record, or returns ErrExists.
func (s *Shelf) Add(ctx context.Context, r Record) error {
	return s.write(ctx, r, "INSERT INTO record VALUES(?1,?2,?3,?4) ON CONFLICT(kind,id) DO NOTHING")
}

func (s *Shelf) write(ctx context.Context, r Record, query string) error {
	if !goodKind.MatchString(r.Kind) || r.ID == "" || len(r.ID) > maxIDBytes {
		return fmt.Errorf("record of kind %q with id %.50q: want a kind of small letters and an id of 1 to %d bytes", r.Kind, r.ID, maxIDBytes)
	}
	if err := s.room(ctx, int64(len(r.Body))); err != nil {
		return fmt.Errorf("store %s %s: %w", r.Kind, r.ID, err)
	}
	body := r.Body
	if body == nil {
		body = []byte{} // NULL is something else
	}
	res, err := s.db.ExecContext(ctx, query, r.Kind, r.ID, r.Time.UnixMilli(), body)
	if err == nil {
		var n int64
		if n, err = res.RowsAffected(); err == nil && n == 0 {
			err = ErrExists
		}
	}
	if err != nil {
		return fmt.Errorf("store %s %s: %w", r.Kind, r.ID, err)
	}
	return nil
}

// room reports whether the file may take so many bytes more. Pages that removals left free are used again first.
func (s *Shelf) room(ctx context.Context, more int64) error {
	var used int64
	err := s.db.QueryRowContext(ctx, `SELECT (c.page_count - f.freelist_count) * p.page_size
		FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size p`).Scan(&used)
	if err == nil && used+more > s.most {
		err = ErrFull
	}
	return err
}

// Get returns a record, or index.ErrNotFound.
func (s *Shelf) Get(ctx context.Context, kind, id string) (Record, error) {
	r := Record{Kind: kind, ID: id}
	var at int64
	err := s.db.QueryRowContext(ctx, "SELECT time,body FROM record WHERE kind=? AND id=?", kind, id).Scan(&at, &r.Body)
	if errors.Is(err, sql.ErrNoRows) {
		err = index.ErrNotFound
	}
	if err != nil {
		return Record{}, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	r.Time = time.UnixMilli(at).UTC()
	return r, nil
}

// List returns up to n records of a kind that are of since or later, newest first; ties by id.
func (s *Shelf) List(ctx context.Context, kind string, since time.Time, n int) ([]Record, error) {
	from := int64(0)
	if !since.IsZero() {
		from = since.UnixMilli()
	}
	rows, err := s.db.QueryContext(ctx, "SELECT id,time,body FROM record WHERE kind=? AND time>=? ORDER BY time DESC, id LIMIT ?", kind, from, n)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", kind, err)
	}
	defer rows.Close()
	var all []Record
	for rows.Next() {
		r := Record{Kind: kind}
		var at int64
		if err := rows.Scan(&r.ID, &at, &r.Body); err != nil {
			return nil, fmt.Errorf("list %s: %w", kind, err)
		}
		r.Time = time.UnixMilli(at).UTC()
		all = append(all, r)
	}
	return all, rows.Err()
}

// Remove takes a record away; that there is none is no error.
func (s *Shelf) Remove(ctx context.Context, kind, id string) error {
	if _, err := s.db.ExecContext(ctx, "DELETE FROM record WHERE kind=? AND id=?", kind, id); err != nil {
		return fmt.Errorf("remove %s %s: %w", kind, id, err)
	}
	return nil
}
