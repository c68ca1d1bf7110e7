package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Host is what is known about one origin.
type Host struct {
	ID     int64
	Origin string // scheme://host[:port]
	Robots RobotsFile
	Delay  time.Duration // between requests, as last decided
	NextOK time.Time     // no request before

	Fails       int // failures of the whole host in a row
	OpenUntil   time.Time
	LastOK      time.Time
	LastError   string
	LastErrorAt time.Time
	Probe       Probe
}

// RobotsFile is the last robots.txt of a host.
type RobotsFile struct {
	Body               []byte // of the last answer that counted
	Status             int    // of the last attempt; 0 when no answer came
	At                 time.Time
	OK                 time.Time // last attempt that gave an answer below 500
	Failing            time.Time // since when none did; zero while they do
	ETag, LastModified string
}

// Probe is what a host answers to an address that cannot exist.
type Probe struct {
	At     time.Time
	Status int
	Text   string // extracted; kept only when Status says that all is well
}

const hostColumns = `id,origin,robots,robots_status,robots_at,robots_ok,robots_failing,robots_etag,robots_modified,
	delay,next_ok,fails,open_until,last_ok,last_error,last_error_at,probe_at,probe_status,probe_text`

func scanHost(row scanner) (Host, error) {
	var (
		h                                                                                   Host
		robotsAt, robotsOK, delay, nextOK, openUntil, lastOK, lastErrorAt, probeAt, failing int64
	)
	err := row.Scan(&h.ID, &h.Origin, &h.Robots.Body, &h.Robots.Status, &robotsAt, &robotsOK, &failing, &h.Robots.ETag, &h.Robots.LastModified,
		&delay, &nextOK, &h.Fails, &openUntil, &lastOK, &h.LastError, &lastErrorAt, &probeAt, &h.Probe.Status, &h.Probe.Text)
	h.Robots.At, h.Robots.OK, h.Delay = when(robotsAt), when(robotsOK), time.Duration(delay)*time.Millisecond
	h.NextOK, h.OpenUntil, h.LastOK, h.LastErrorAt = when(nextOK), when(openUntil), when(lastOK), when(lastErrorAt)
	h.Probe.At, h.Robots.Failing = when(probeAt), when(failing)
	return h, err
}

// HostByID returns a host by its number, or ErrNotFound.
func (s *Store) HostByID(ctx context.Context, id int64) (Host, error) {
	h, err := scanHost(s.read.QueryRowContext(ctx, "SELECT "+hostColumns+" FROM host WHERE id=?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return Host{}, fmt.Errorf("host number %d: %w", id, ErrNotFound)
	}
	return h, classify(err)
}

// Hosts returns all hosts by origin.
func (s *Store) Hosts(ctx context.Context) ([]Host, error) {
	return s.hostRows(ctx, "SELECT "+hostColumns+" FROM host ORDER BY origin")
}

// HostsDue returns the hosts that have an address due at now, of the named sources or of all when none is named.
func (s *Store) HostsDue(ctx context.Context, now time.Time, sources []string) ([]Host, error) {
	filter, args := sourceFilter(sources)
	// A host costs one seek in url_due per priority class, however many addresses wait.
	query := "SELECT " + hostColumns + ` FROM host WHERE EXISTS (SELECT 1 FROM (` + priorities + `)
		JOIN url ON url.host=host.id AND url.priority=p AND url.due>0 AND url.due<=?` + filter + `) ORDER BY origin`
	return s.hostRows(ctx, query, append([]any{ms(now)}, args...)...)
}

// HostsUnchecked returns the hosts with live documents whose robots.txt was last asked for at or before a time, of the
// named sources or of all when none is named.
func (s *Store) HostsUnchecked(ctx context.Context, before time.Time, sources []string) ([]Host, error) {
	filter, args := sourceFilter(sources)
	return s.hostRows(ctx, "SELECT "+hostColumns+` FROM host WHERE robots_at<=? AND EXISTS (
		SELECT 1 FROM url WHERE url.host=host.id AND doc<>''`+filter+`) ORDER BY origin`, append([]any{ms(before)}, args...)...)
}

// HostNext is when a host has something to be visited for, and from when on it may be asked for it.
type HostNext struct {
	Origin    string
	Due       time.Time // of the address that is due first; zero when none ever is
	Checked   time.Time // last attempt at robots.txt, where the host has live documents; else zero
	NotBefore time.Time // the host's own wait: its delay, a Retry-After, the peace that it gets after failures
}

// HostsNext tells of every host when it is to be visited next, by the addresses of the named sources or of all when none
// is named. A host costs a few seeks, however many addresses it has.
func (s *Store) HostsNext(ctx context.Context, sources []string) ([]HostNext, error) {
	filter, args := sourceFilter(sources)
	rows, err := s.read.QueryContext(ctx, `SELECT origin, max(next_ok,open_until),
		(SELECT min(first) FROM (SELECT (SELECT min(due) FROM url WHERE url.host=host.id AND url.priority=p AND due>0`+filter+`) first FROM (`+priorities+`))),
		CASE WHEN EXISTS (SELECT 1 FROM url WHERE url.host=host.id AND doc<>''`+filter+`) THEN robots_at END
		FROM host ORDER BY origin`, append(args, args...)...)
	return collect(rows, err, func(row scanner) (h HostNext, err error) {
		var notBefore int64
		var due, checked sql.NullInt64
		err = row.Scan(&h.Origin, &notBefore, &due, &checked)
		h.Due, h.Checked, h.NotBefore = when(due.Int64), when(checked.Int64), when(notBefore)
		return h, err
	})
}

func (s *Store) hostRows(ctx context.Context, query string, args ...any) ([]Host, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	return collect(rows, err, scanHost)
}

// SaveHost stores all of h but its origin.
func (s *Store) SaveHost(ctx context.Context, h Host) error {
	return s.tx(ctx, func(t *txn) error { return t.saveHost(h) })
}

func (t *txn) saveHost(h Host) error {
	return t.exec(hostSave,
		h.Robots.Body, h.Robots.Status, ms(h.Robots.At), ms(h.Robots.OK), ms(h.Robots.Failing), h.Robots.ETag, h.Robots.LastModified,
		h.Delay.Milliseconds(), ms(h.NextOK), h.Fails, ms(h.OpenUntil), ms(h.LastOK), h.LastError, ms(h.LastErrorAt),
		ms(h.Probe.At), h.Probe.Status, h.Probe.Text, h.ID)
}

// hostID returns the number of an origin, making the host when it is new.
func (t *txn) hostID(origin string) (int64, error) {
	if origin == "" {
		return 0, nil
	}
	if id, ok := t.hosts[origin]; ok {
		return id, nil
	}
	t.s.mu.Lock()
	id, ok := t.s.hosts[origin]
	t.s.mu.Unlock()
	if ok {
		return id, nil
	}
	err := t.row("INSERT INTO host(origin) VALUES(?) ON CONFLICT(origin) DO UPDATE SET origin=origin RETURNING id", origin).Scan(&id)
	if err != nil {
		return 0, err
	}
	if t.hosts == nil {
		t.hosts = map[string]int64{}
	}
	t.hosts[origin] = id
	return id, nil
}
