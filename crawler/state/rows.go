package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const urlColumns = `id,url,host,source,kind,via,referrer,depth,hops,state,reason,detail,trouble,priority,due,lease,
	etag,last_modified,status,hash,body_hash,target,canonical,doc,held,checks,changes,misses,fails,
	first_miss,first_seen,last_visit,last_ok,last_change,interval,claimed,sketch,pipeline`

// The queries that run at every page or every link.
const (
	urlByURL  = "SELECT " + urlColumns + " FROM url WHERE url=?"
	urlByID   = "SELECT " + urlColumns + " FROM url WHERE id=?"
	urlInsert = `INSERT INTO url(url,host,source,kind,via,referrer,depth,hops,state,reason,priority,due,first_seen,claimed)
		VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	urlSave = `UPDATE url SET state=?,reason=?,detail=?,trouble=?,priority=?,due=?,lease=0,etag=?,last_modified=?,status=?,hash=?,body_hash=?,
		target=?,canonical=?,held=?,checks=?,changes=?,misses=?,fails=?,first_miss=?,last_visit=?,last_ok=?,last_change=?,interval=?,sketch=?,pipeline=? WHERE id=?`
	urlLease   = "UPDATE url SET lease=? WHERE id=?"
	urlDoc     = "UPDATE url SET doc=? WHERE id=?"
	urlLeading = `WITH RECURSIVE leads(id, hop) AS (
			SELECT ?1, 0 UNION SELECT url.id, hop+1 FROM url JOIN leads ON url.target=leads.id AND url.target>0
			WHERE hop<10 AND url.state IN ('alias','redirect'))
		SELECT url FROM url WHERE id IN (SELECT id FROM leads) AND id<>?1 ORDER BY length(url), url LIMIT ?2`
	urlRedirecting = `WITH RECURSIVE leads(id, hop) AS (
			SELECT ?1, 0 UNION SELECT url.id, hop+1 FROM url JOIN leads ON url.target=leads.id AND url.target>0
			WHERE hop<10 AND url.state='redirect')
		SELECT ` + urlColumns + ` FROM url WHERE id IN (SELECT id FROM leads) AND id<>?1 AND doc<>'' ORDER BY url`
	tallyAdd     = `INSERT INTO tally VALUES(?,?,?,?) ON CONFLICT(run,source,name) DO UPDATE SET n=n+excluded.n`
	visitAdd     = `INSERT INTO visit VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(url,at) DO NOTHING`
	outboxAdd    = "INSERT OR REPLACE INTO outbox(doc,op) VALUES(?,?)"
	documentAt   = "SELECT id,url,source,version,hash,created,json FROM document WHERE url=?"
	documentHas  = "SELECT EXISTS(SELECT 1 FROM document WHERE id=?)"
	documentSave = `INSERT INTO document VALUES(?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT(id) DO UPDATE SET
		url=?2,source=?3,version=?4,hash=?5,changed=?7,json=?8`
	bodySave = `INSERT INTO body VALUES(?1,?2,?3,?4) ON CONFLICT(url) DO UPDATE SET header=?2,packed=?3,at=?4`
	hostSave = `UPDATE host SET robots=?,robots_status=?,robots_at=?,robots_ok=?,robots_failing=?,robots_etag=?,robots_modified=?,
		delay=?,next_ok=?,fails=?,open_until=?,last_ok=?,last_error=?,last_error_at=?,probe_at=?,probe_status=?,probe_text=? WHERE id=?`
)

// prepare compiles them once: SQLite spends longer on reading such a query than on running it.
func (s *Store) prepare(ctx context.Context) error {
	s.hot = map[string]*sql.Stmt{}
	for _, query := range []string{
		urlByURL, urlByID, urlInsert, urlSave, urlLease, urlDoc, urlLeading, urlRedirecting, tallyAdd, visitAdd, outboxAdd,
		documentAt, documentHas, documentSave, bodySave, hostSave,
	} {
		var err error
		if s.hot[query], err = s.write.PrepareContext(ctx, query); err != nil {
			return fmt.Errorf("prepare %.40q: %w", query, err)
		}
	}
	return nil
}

// scanner is a *sql.Row or *sql.Rows.
type scanner interface{ Scan(...any) error }

func scanURL(row scanner) (URL, error) {
	var (
		u                                                                                  URL
		due, lease, firstMiss, firstSeen, lastVisit, lastOK, lastChange, interval, claimed int64
		sketch                                                                             int64
		hash, bodyHash                                                                     []byte
	)
	err := row.Scan(&u.ID, &u.URL, &u.Host, &u.Source, &u.Kind, &u.Via, &u.Referrer, &u.Depth, &u.Hops,
		&u.State, &u.Reason, &u.Detail, &u.Trouble, &u.Priority, &due, &lease,
		&u.ETag, &u.LastModified, &u.Status, &hash, &bodyHash, &u.Target, &u.Canonical, &u.Doc, &u.Held,
		&u.Checks, &u.Changes, &u.Misses, &u.Fails,
		&firstMiss, &firstSeen, &lastVisit, &lastOK, &lastChange, &interval, &claimed, &sketch, &u.Pipeline)
	u.Hash, u.BodyHash, u.Sketch = string(hash), string(bodyHash), uint64(sketch)
	u.Due, u.Lease, u.FirstMiss, u.FirstSeen = when(due), when(lease), when(firstMiss), when(firstSeen)
	u.LastVisit, u.LastOK, u.LastChange = when(lastVisit), when(lastOK), when(lastChange)
	u.Interval, u.Claimed = time.Duration(interval)*time.Millisecond, when(claimed)
	return u, err
}

// collect reads all rows of an answer by scan and closes it. It takes what a query returned, its error too.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, classify(err)
		}
		all = append(all, v)
	}
	return all, classify(rows.Err())
}

// column scans rows of one column.
func column[T any](row scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

func scanURLs(rows *sql.Rows, err error) ([]URL, error) { return collect(rows, err, scanURL) }

// counts reads rows of a name and a number.
func counts(rows *sql.Rows, err error) (map[string]int, error) {
	type count struct {
		name string
		n    int
	}
	all, err := collect(rows, err, func(row scanner) (c count, err error) {
		err = row.Scan(&c.name, &c.n)
		return c, err
	})
	byName := map[string]int{}
	for _, c := range all {
		byName[c.name] = c.n
	}
	return byName, err
}

// byURL returns the row of an address; ok is false when it was never seen.
func (t *txn) byURL(address string) (u URL, ok bool, err error) {
	u, err = scanURL(t.row(urlByURL, address))
	if errors.Is(err, sql.ErrNoRows) {
		return URL{}, false, nil
	}
	return u, err == nil, err
}

func (t *txn) byID(id int64) (URL, error) {
	u, err := scanURL(t.row(urlByID, id))
	if errors.Is(err, sql.ErrNoRows) {
		return URL{}, fmt.Errorf("address number %d: %w", id, ErrNotFound)
	}
	return u, err
}

// URL returns the row of a canonical address, or ErrNotFound.
func (s *Store) URL(ctx context.Context, address string) (URL, error) {
	return s.one(ctx, "url=?", address)
}

// URLByID returns a row by its number, or ErrNotFound.
func (s *Store) URLByID(ctx context.Context, id int64) (URL, error) {
	return s.one(ctx, "id=?", id)
}

func (s *Store) one(ctx context.Context, where string, arg any) (URL, error) {
	u, err := scanURL(s.read.QueryRowContext(ctx, "SELECT "+urlColumns+" FROM url WHERE "+where, arg))
	if errors.Is(err, sql.ErrNoRows) {
		return URL{}, fmt.Errorf("address %v: %w", arg, ErrNotFound)
	}
	return u, classify(err)
}

// Twin returns the row with a live document of the same source and text hash as u, other than u itself; ok is false
// when there is none. Of several the one whose address comes first by length, then by bytes.
func (s *Store) Twin(ctx context.Context, u URL, hash string) (twin URL, ok bool, err error) {
	row := s.read.QueryRowContext(ctx, "SELECT "+urlColumns+` FROM url WHERE source=? AND hash=? AND doc<>'' AND state='ok' AND id<>?
		ORDER BY length(url), url LIMIT 1`, u.Source, []byte(hash), u.ID)
	twin, err = scanURL(row)
	if errors.Is(err, sql.ErrNoRows) {
		return URL{}, false, nil
	}
	return twin, err == nil, classify(err)
}

// Claimants returns the rows with a live document that name row id, or an address that leads to it, as their canonical
// address.
func (s *Store) Claimants(ctx context.Context, id int64) ([]URL, error) {
	return scanURLs(s.read.QueryContext(ctx, `WITH RECURSIVE leads(id, hop) AS (
			SELECT ?1, 0 UNION SELECT url.id, hop+1 FROM url JOIN leads ON url.target=leads.id AND url.target>0
			WHERE hop<10 AND url.state IN ('alias','redirect'))
		SELECT `+urlColumns+` FROM url WHERE canonical>0 AND canonical IN (SELECT id FROM leads) AND id<>?1 AND doc<>'' AND state='ok' ORDER BY url LIMIT 100`, id))
}

// Resolve follows aliases and redirects from a row to where they end, over at most ten hops.
func (s *Store) Resolve(ctx context.Context, row int64) (URL, error) {
	return follow(row, func(id int64) (URL, error) { return s.URLByID(ctx, id) })
}

// follow is resolve over any way to get a row.
func follow(row int64, get func(int64) (URL, error)) (URL, error) {
	var u URL
	var err error
	for range 10 {
		if row == 0 {
			return u, nil
		}
		if u, err = get(row); err != nil {
			return URL{}, err
		}
		if u.State != Alias && u.State != Redirect || u.Target == 0 {
			return u, nil
		}
		row = u.Target
	}
	return u, nil
}

// Documented returns up to n rows of a host that have a live document, by id from after on.
func (s *Store) Documented(ctx context.Context, host, after int64, n int) ([]URL, error) {
	return scanURLs(s.read.QueryContext(ctx, "SELECT "+urlColumns+" FROM url WHERE host=? AND doc<>'' AND id>? ORDER BY id LIMIT ?", host, after, n))
}

// Standing returns up to n rows of a source in a state for a reason, by id from after on; an empty reason means any.
func (s *Store) Standing(ctx context.Context, source string, st State, why Reason, after int64, n int) ([]URL, error) {
	return scanURLs(s.read.QueryContext(ctx, "SELECT "+urlColumns+` FROM url
		WHERE source=? AND kind IN ('page','sitemap','feed','oai','record') AND state=? AND (?='' OR reason=?) AND id>? ORDER BY id LIMIT ?`, source, st, why, why, after, n))
}

// URLs returns up to n rows of a source, or of all when it is empty, by id from after on.
func (s *Store) URLs(ctx context.Context, source string, after int64, n int) ([]URL, error) {
	return scanURLs(s.read.QueryContext(ctx, "SELECT "+urlColumns+" FROM url WHERE (?='' OR source=?) AND id>? ORDER BY id LIMIT ?", source, source, after, n))
}

// Known counts which of the addresses have a row.
func (s *Store) Known(ctx context.Context, addresses []string) (int, error) {
	n := 0
	for _, address := range addresses {
		var known bool
		if err := s.read.QueryRowContext(ctx, "SELECT EXISTS(SELECT 1 FROM url WHERE url=?)", address).Scan(&known); err != nil {
			return 0, classify(err)
		}
		if known {
			n++
		}
	}
	return n, nil
}
