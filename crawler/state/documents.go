package state

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"smaabornsviden/index"
)

// maxAltURLs bounds the other addresses that a document lists; a page with 500 session addresses is one document.
const maxAltURLs = 10

// stored is a row of the table document.
type stored struct {
	id      string
	url     int64
	source  string
	version uint64
	hash    []byte
	created int64
	json    string
}

// document returns the live document at a row; its id is "" when there is none.
func (t *txn) document(row int64) (stored, error) {
	var d stored
	err := t.row(documentAt, row).
		Scan(&d.id, &d.url, &d.source, &d.version, &d.hash, &d.created, &d.json)
	if errors.Is(err, sql.ErrNoRows) {
		return stored{}, nil
	}
	return d, err
}

// put writes a version of the document at a row unless it says what the stored one says. It returns the version before,
// whose json is "" when there was none.
func (t *txn) put(row int64, d index.Document, by origin, now time.Time, status int) (changed bool, old stored, err error) {
	u, err := t.byID(row)
	if err != nil {
		return false, old, err
	}
	if old, err = t.document(row); err != nil {
		return false, old, err
	}
	if old.id == "" {
		old.created = ms(now)
		if old.id, err = t.freeID(u.URL); err != nil {
			return false, old, err
		}
	}
	d.ID, d.URL, d.Source, d.FirstSeen = old.id, u.URL, u.Source, when(old.created)
	d.LastChecked, d.LastStatus = now.UTC(), status
	if d.AltURLs, err = t.altURLs(row); err != nil {
		return false, old, err
	}
	if err := keep(old, &d, by); err != nil {
		return false, old, err
	}
	changed, err = t.save(old, row, d, now)
	return changed, old, err
}

// keep copies what grouping wrote into the old version: a page does not say it, and a reading must not undo it. What marks the
// version stays where it was not that which has changed.
func keep(old stored, d *index.Document, by origin) error {
	d.PageMark, d.ReadMark = by.page, by.reading
	if old.json == "" {
		return nil
	}
	var was index.Document
	if err := json.Unmarshal([]byte(old.json), &was); err != nil {
		return fmt.Errorf("document %s: %w", old.id, err)
	}
	d.Group, d.Face, d.Merged, d.MoreOf, d.Related = was.Group, was.Face, was.Merged, was.MoreOf, was.Related
	if by.samePage && was.PageMark != "" {
		d.PageMark = was.PageMark
	}
	if by.sameReading && was.ReadMark != "" {
		d.ReadMark = was.ReadMark
	}
	return nil
}

// origin is what a version was made from, beside what its row was made from before: only what has changed can have changed the
// document.
type origin struct {
	page, reading         string
	samePage, sameReading bool
}

// originOf marks what an outcome read. A row whose hash was taken away is read again because something beside its page has
// changed, such as its file: that is another page, though its bytes may be the same.
func originOf(o Outcome, before URL) origin {
	page := sha256.New()
	page.Write([]byte(o.BodyHash))
	if before.BodyHash == "" && before.Doc != "" {
		fmt.Fprint(page, ms(o.At))
	}
	return origin{
		page: mark(page.Sum(nil)), reading: o.Pipeline,
		samePage: before.BodyHash != "" && before.BodyHash == o.BodyHash, sameReading: before.Pipeline == o.Pipeline,
	}
}

// mark is the beginning of a hash: the odds that two versions of one page share it are nil.
func mark(sum []byte) string { return hex.EncodeToString(sum[:8]) }

// save writes a version of d in the place of old.
func (t *txn) save(old stored, row int64, d index.Document, now time.Time) (bool, error) {
	hash, err := Matter(d)
	if err != nil {
		return false, err
	}
	if slices.Equal(hash, old.hash) && old.url == row {
		return false, nil
	}
	text, err := json.Marshal(d)
	if err != nil {
		return false, fmt.Errorf("document %s: %w", d.ID, err)
	}
	version, err := t.announce(d.ID, Put)
	if err != nil {
		return false, err
	}
	err = t.exec(documentSave, d.ID, row, d.Source, version, hash, old.created, ms(now), string(text))
	if err != nil {
		return false, err
	}
	return true, t.exec(urlDoc, d.ID, row)
}

// Matter is the SHA-256 of what a document says: of all its fields but those that a mere visit changes and those that mark a
// version.
func Matter(d index.Document) ([]byte, error) {
	d.FirstSeen, d.LastChecked, d.LastStatus = time.Time{}, time.Time{}, 0
	d.PageMark, d.ReadMark = "", ""
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	sum := sha256.Sum256(text)
	return sum[:], nil
}

// freeID is index.NewID of the address, or of a numbered variant while another document that once lived there keeps it.
func (t *txn) freeID(address string) (string, error) {
	for n := 0; ; n++ {
		id := index.NewID(address)
		if n > 0 {
			id = index.NewID(fmt.Sprintf("%s#%d", address, n))
		}
		var taken bool
		if err := t.row(documentHas, id).Scan(&taken); err != nil || !taken {
			return id, err
		}
	}
}

// altURLs lists the other addresses that lead to the document at a row, the shortest first.
func (t *txn) altURLs(row int64) ([]string, error) {
	rows, err := t.query(urlLeading, row, maxAltURLs)
	return collect(rows, err, column[string])
}

// redirectors returns the rows with a live document that redirects lead from to a row, over at most ten hops.
func (t *txn) redirectors(row int64) ([]URL, error) {
	return scanURLs(t.query(urlRedirecting, row))
}

// resolve follows aliases and redirects from a row to where they end, over at most ten hops.
func (t *txn) resolve(row int64) (URL, error) { return follow(row, t.byID) }

// refresh writes a new version of the document at a row when its other addresses have changed.
func (t *txn) refresh(row int64, now time.Time) (bool, error) {
	old, err := t.document(row)
	if err != nil || old.id == "" {
		return false, err
	}
	var d index.Document
	if err := json.Unmarshal([]byte(old.json), &d); err != nil {
		return false, fmt.Errorf("document %s: %w", old.id, err)
	}
	if d.AltURLs, err = t.altURLs(row); err != nil {
		return false, err
	}
	return t.save(old, row, d, now)
}

// Revise writes a new version of a live document that says something else now, at the address where it lies, and reports
// whether it did. A document that became one of metadata only loses its kept body. ErrNotFound tells that the document went meanwhile.
func (s *Store) Revise(ctx context.Context, now time.Time, d index.Document) (bool, error) {
	changed := false
	err := s.tx(ctx, func(t *txn) error {
		u, ok, err := t.byURL(d.URL)
		if err != nil {
			return err
		}
		if !ok || u.Doc != d.ID {
			return fmt.Errorf("document %s at %s: %w", d.ID, d.URL, ErrNotFound)
		}
		old, err := t.document(u.ID)
		if err != nil {
			return err
		}
		if changed, err = t.save(old, u.ID, d, now); err != nil || !d.MetadataOnly {
			return err
		}
		return t.exec("DELETE FROM body WHERE url=?", u.ID)
	})
	return changed, err
}

// move brings the document from to the row to, in place of into when there was one; its id stays.
func (t *txn) move(from, into stored, to int64, now time.Time) error {
	text := from.json
	if into.id != "" {
		text = into.json
		if err := t.exec("DELETE FROM document WHERE id=?", into.id); err != nil {
			return err
		}
		if _, err := t.announce(into.id, Delete); err != nil {
			return err
		}
		if err := t.untell(into.id); err != nil {
			return err
		}
	}
	var d index.Document
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return fmt.Errorf("document %s: %w", from.id, err)
	}
	u, err := t.byID(to)
	if err != nil {
		return err
	}
	d.ID, d.URL, d.Source, d.FirstSeen = from.id, u.URL, u.Source, when(from.created)
	if d.AltURLs, err = t.altURLs(to); err != nil {
		return err
	}
	if err := t.exec("UPDATE url SET doc='',held=0 WHERE id=?", from.url); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM body WHERE url=?", from.url); err != nil {
		return err
	}
	_, err = t.save(from, to, d, now)
	return err
}

// removal is a document that goes.
type removal struct {
	row    URL
	doc    string
	reason Reason
	run    int64
	at     time.Time
	braked bool // counts for the brake
	merged bool // it lives on in another document
}

// remove takes a document out and announces it. Aliases of its address are looked at again, since one of them may
// now have to speak for itself.
func (t *txn) remove(r removal) error {
	var title, lang string
	err := t.row("DELETE FROM document WHERE id=? RETURNING coalesce(json_extract(json,'$.title'),''), coalesce(json_extract(json,'$.lang.value'),'')", r.doc).Scan(&title, &lang)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err := t.tellRemoved(r, title, lang); err != nil {
		return err
	}
	if _, err := t.announce(r.doc, Delete); err != nil {
		return err
	}
	if err := t.exec("UPDATE url SET doc='',held=0 WHERE id=?", r.row.ID); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM body WHERE url=?", r.row.ID); err != nil {
		return err
	}
	err = t.exec("INSERT INTO removal(at,run,source,doc,url,reason,braked) VALUES(?,?,?,?,?,?,?)",
		ms(r.at), r.run, r.row.Source, r.doc, r.row.ID, r.reason, r.braked)
	if err != nil || r.merged {
		return err
	}
	if err := t.tally(r.run, r.row.Source, "removed", 1); err != nil {
		return err
	}
	return t.recall(r.at, true, "target=? AND target>0 AND state='alias'", r.row.ID)
}

// Document returns a live document by id with the time and status of its last visit, or ErrNotFound.
func (s *Store) Document(ctx context.Context, id string) (index.Document, error) {
	docs, err := s.documents(ctx, "WHERE d.id=?", id)
	if err != nil {
		return index.Document{}, err
	}
	if len(docs) == 0 {
		return index.Document{}, fmt.Errorf("document %s: %w", id, ErrNotFound)
	}
	return docs[0], nil
}

// Documents returns up to n live documents in the order of their ids, those after the id given; "" starts.
// It returns fewer when they are large, and none only at the end.
func (s *Store) Documents(ctx context.Context, after string, n int) ([]index.Document, error) {
	return s.documents(ctx, "WHERE d.id>? ORDER BY d.id LIMIT ?", after, n)
}

func (s *Store) documents(ctx context.Context, where string, args ...any) ([]index.Document, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT d.json, u.last_visit, u.status FROM document d JOIN url u ON u.id=d.url "+where, args...)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var all []index.Document
	for size := 0; size < maxAnswer && rows.Next(); {
		var text []byte
		var visited int64
		var status int
		if err := rows.Scan(&text, &visited, &status); err != nil {
			return nil, classify(err)
		}
		d, err := decode(text, visited, status)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
		size += len(text)
	}
	return all, classify(rows.Err())
}

func decode(text []byte, visited int64, status int) (index.Document, error) {
	var d index.Document
	if err := json.Unmarshal(text, &d); err != nil {
		return d, fmt.Errorf("stored document: %w: %w", ErrCorrupt, err)
	}
	if visited != 0 {
		d.LastChecked, d.LastStatus = when(visited), status
	}
	return d, nil
}

// DocumentAt returns the live document of the address in row id, or ErrNotFound.
func (s *Store) DocumentAt(ctx context.Context, id int64) (index.Document, error) {
	docs, err := s.documents(ctx, "WHERE d.url=?", id)
	if err != nil {
		return index.Document{}, err
	}
	if len(docs) == 0 {
		return index.Document{}, fmt.Errorf("document of address number %d: %w", id, ErrNotFound)
	}
	return docs[0], nil
}

// DocumentCounts returns how many live documents each source has.
func (s *Store) DocumentCounts(ctx context.Context) (map[string]int, error) {
	return counts(s.read.QueryContext(ctx, "SELECT source, count(*) FROM document GROUP BY source"))
}

// Fingerprint is a SHA-256 in hex over the ids and contents of all live documents. Two crawls that found the same
// have the same one, whenever and in whatever order they ran.
func (s *Store) Fingerprint(ctx context.Context) (string, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT id, hash FROM document ORDER BY id")
	if err != nil {
		return "", classify(err)
	}
	defer rows.Close()
	sum := sha256.New()
	for rows.Next() {
		var id string
		var hash []byte
		if err := rows.Scan(&id, &hash); err != nil {
			return "", classify(err)
		}
		fmt.Fprintf(sum, "%s %x\n", id, hash)
	}
	return hex.EncodeToString(sum.Sum(nil)), classify(rows.Err())
}
