// Package state keeps in one SQLite file what the crawler knows: hosts, addresses, bodies, documents and the
// outbox that feeds the index; it is the truth from which everything else can be made again.
package state

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	sqlite "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Errors that callers decide on.
var (
	ErrNotFound = errors.New("not in the crawl state")
	ErrCorrupt  = errors.New("crawl state is damaged")
	ErrForeign  = errors.New("file is not a crawl state of smaabornsviden")
	ErrNewer    = errors.New("crawl state was written by a newer program")
	ErrLocked   = errors.New("crawl state is held by another process")
	ErrFull     = errors.New("no room left for the crawl state")
	ErrReadOnly = errors.New("crawl state cannot be written")
	ErrIO       = errors.New("crawl state's file could not be read or written to")
)

// applicationID marks our files in SQLite's header: "SmBv".
const applicationID = 0x536d4276

//go:embed schema.sql files.sql schema2.sql news.sql newslang.sql operator.sql barren.sql lost.sql
var migrations embed.FS

// steps are the files that bring a schema from version i to i+1. A released step is never changed.
var steps = []string{"schema.sql", "schema2.sql", "files.sql", "operator.sql", "news.sql", "newslang.sql", "barren.sql", "lost.sql"}

// Store is an open crawl state. All methods may be called from any goroutine.
//
// An address that waits costs 327 bytes in the file and next to none in memory: a million of them, of 200 hosts, made the
// heap grow by 1.8 MB; a lease then took 1.4 ms on a loaded machine with two cores (go test ./crawler/state -run xxx -bench Million
// -benchtime 1x).
type Store struct {
	write *sql.DB // one connection: SQLite has one writer, and queueing here beats SQLITE_BUSY there
	read  reader
	path  string
	hot   map[string]*sql.Stmt // by query, of write

	packers sync.Pool // of *flate.Writer
	known   knownURLs
	blocks  blockList
	pauses  pauseList

	mu     sync.Mutex // guards hosts, seq and moved
	hosts  map[string]int64
	seq    uint64        // newest outbox seq known to be committed
	moved  chan struct{} // closed and replaced when seq rises
	masker func([]byte) []byte
}

// Options are the settings of Open; the zero value is usable.
type Options struct {
	// Mask blanks personal data in bodies before they are stored; nil means Mask of this package.
	Mask func([]byte) []byte
	// NoSync gives up durability of the last commits on a power cut, for throw-away states. A kill of the
	// process loses nothing either way.
	NoSync bool
}

// Open opens or creates the crawl state in the file at path. One process at a time may have it open: the leases of
// a process that died are taken back here.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("open crawl state %s: %w", path, err)
	}
	s := &Store{path: path, hosts: map[string]int64{}, moved: make(chan struct{}), masker: o.Mask}
	if s.masker == nil {
		s.masker = Mask
	}
	if err := s.open(ctx, o); err != nil {
		_ = s.Close() // the first error tells more
		return nil, fmt.Errorf("open crawl state %s: %w", path, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, o Options) error {
	sync := "FULL"
	if o.NoSync {
		sync = "OFF"
	}
	var err error
	if s.write, err = sql.Open("sqlite", dsn(s.path, "synchronous("+sync+")", false)); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	s.write.SetMaxIdleConns(1)
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.read.DB, err = sql.Open("sqlite", dsn(s.path, "query_only(1)", true)); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	if err := s.prepare(ctx); err != nil {
		return classify(err)
	}
	return s.recover(ctx)
}

// dsn names the file as a URI, since a path may hold '?' or '%'.
func dsn(path, pragma string, reader bool) string {
	// Each connection has a cache of its own, in kilobytes. Only the writer, which looks up every link, gains by a large
	// one; four readers with as much made a crawl grow by 50 MB with the file, and twice as much for all by 17 MB.
	cache := "cache_size(-8000)"
	if reader {
		cache = "cache_size(-500)"
	}
	q := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", pragma,
		"temp_store(MEMORY)", cache, "journal_size_limit(67108864)",
	}}
	if !reader {
		q.Set("_txlock", "immediate")
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}

// migrate brings the file to the newest schema, each step in its own transaction.
func (s *Store) migrate(ctx context.Context) error {
	version, app, err := s.header(ctx)
	if err != nil {
		return classify(err)
	}
	if app != applicationID && (app != 0 || version != 0) {
		return ErrForeign
	}
	if version > len(steps) {
		return fmt.Errorf("schema %d, this program knows %d: %w", version, len(steps), ErrNewer)
	}
	for v := version; v < len(steps); v++ {
		if err := s.step(ctx, v); err != nil {
			return fmt.Errorf("migrate to schema %d: %w", v+1, classify(err))
		}
	}
	return nil
}

func (s *Store) header(ctx context.Context) (version, app int, err error) {
	if err = s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, 0, err
	}
	if err = s.write.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, 0, err
	}
	if app != 0 || version != 0 {
		return version, app, nil
	}
	// A foreign database may have neither mark, but then it has tables.
	var tables int
	err = s.write.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables)
	if err == nil && tables > 0 {
		return 0, 0, ErrForeign
	}
	return 0, 0, err
}

func (s *Store) step(ctx context.Context, v int) error {
	text, err := migrations.ReadFile(steps[v])
	if err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	marks := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, v+1)
	if _, err := tx.ExecContext(ctx, string(text)+marks); err != nil {
		return err
	}
	return tx.Commit()
}

// recover takes back leases of a process that died and learns where the outbox ends.
func (s *Store) recover(ctx context.Context) error {
	if _, err := s.write.ExecContext(ctx, "UPDATE url SET lease=0 WHERE lease>0"); err != nil {
		return classify(err)
	}
	seq, err := s.lastSeq(ctx)
	if err != nil {
		return err
	}
	s.seq = seq
	if err := s.loadBlocks(ctx); err != nil {
		return err
	}
	return s.loadPauses(ctx)
}

// Close releases the file. Running calls end with an error.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read.DB, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Check reads the whole file for damage and returns ErrCorrupt with what SQLite found; it takes long on a large file.
func (s *Store) Check(ctx context.Context) error {
	var first string
	if err := s.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&first); err != nil {
		return classify(err)
	}
	if first != "ok" {
		return fmt.Errorf("%w: %s", ErrCorrupt, first)
	}
	return nil
}

// Value returns what Set stored under key, "" when nothing was.
func (s *Store) Value(ctx context.Context, key string) (string, error) {
	var v string
	err := s.read.QueryRowContext(ctx, "SELECT value FROM kv WHERE key=?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, classify(err)
}

// Set stores a value under key.
func (s *Store) Set(ctx context.Context, key, value string) error {
	_, err := s.write.ExecContext(ctx, "INSERT INTO kv VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", key, value)
	return classify(err)
}

// tx runs f in the one write transaction; an error of f rolls everything back.
func (s *Store) tx(ctx context.Context, f func(t *txn) error) error {
	sqltx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return classify(err)
	}
	defer sqltx.Rollback()
	t := &txn{Tx: sqltx, s: s, ctx: ctx}
	if err = f(t); err == nil {
		err = sqltx.Commit()
	}
	if err != nil {
		s.known.forget() // it may have learnt of rows that are not there now
		return classify(err)
	}
	s.committed(t)
	return nil
}

// committed shares with the store what a transaction learnt, now that it is true.
func (s *Store) committed(t *txn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for origin, id := range t.hosts {
		s.hosts[origin] = id
	}
	if t.seq > s.seq {
		s.seq = t.seq
		close(s.moved)
		s.moved = make(chan struct{})
	}
}

// txn is one write transaction. It lives as long as one call of Store.tx, which is why it may carry a context.
type txn struct {
	*sql.Tx
	s     *Store
	ctx   context.Context
	hosts map[string]int64 // hosts made here
	seq   uint64           // newest outbox seq made here
}

// exec, query and row run a query within the transaction, compiled ahead where it is one of the hot ones.
func (t *txn) exec(query string, args ...any) error {
	_, err := t.result(query, args...)
	return err
}

func (t *txn) result(query string, args ...any) (sql.Result, error) {
	if stmt := t.s.hot[query]; stmt != nil {
		return t.StmtContext(t.ctx, stmt).ExecContext(t.ctx, args...)
	}
	return t.ExecContext(t.ctx, query, args...)
}

func (t *txn) query(query string, args ...any) (*sql.Rows, error) {
	if stmt := t.s.hot[query]; stmt != nil {
		return t.StmtContext(t.ctx, stmt).QueryContext(t.ctx, args...)
	}
	return t.QueryContext(t.ctx, query, args...)
}

func (t *txn) row(query string, args ...any) *sql.Row {
	if stmt := t.s.hot[query]; stmt != nil {
		return t.StmtContext(t.ctx, stmt).QueryRowContext(t.ctx, args...)
	}
	return t.QueryRowContext(t.ctx, query, args...)
}

// classify gives SQLite's errors the names that callers decide on and keeps the others.
func classify(err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	names := map[int]error{
		lib.SQLITE_CORRUPT: ErrCorrupt, lib.SQLITE_NOTADB: ErrForeign,
		lib.SQLITE_BUSY: ErrLocked, lib.SQLITE_LOCKED: ErrLocked,
		lib.SQLITE_FULL: ErrFull, lib.SQLITE_IOERR: ErrIO, lib.SQLITE_READONLY: ErrReadOnly, lib.SQLITE_CANTOPEN: ErrReadOnly,
	}
	name, ok := names[e.Code()&0xff]
	if !ok || errors.Is(err, name) {
		return err
	}
	return fmt.Errorf("%w: %w", name, err)
}

// ms and when turn times into the milliseconds of the tables and back; 0 is never.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func when(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
