package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"smaabornsviden/index"
)

// FileText is what was read from a file.
type FileText struct {
	URL      URL
	Document index.Document
}

// OwnFile returns a file that has been read, for a page that offers it as its own. It is ErrNotFound when the file was
// not read yet, or when another page with a document offers it too: then it stands for itself.
func (s *Store) OwnFile(ctx context.Context, page int64, address string) (FileText, error) {
	u, err := s.URL(ctx, address)
	if err != nil {
		return FileText{}, err
	}
	pages, err := s.FilePages(ctx, u.ID)
	if err != nil {
		return FileText{}, err
	}
	if slices.ContainsFunc(pages, func(p URL) bool { return p.ID != page }) {
		return FileText{}, ErrNotFound
	}
	var text []byte
	err = s.read.QueryRowContext(ctx, "SELECT json FROM filetext WHERE url=?", u.ID).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return FileText{}, ErrNotFound
	}
	if err != nil {
		return FileText{}, classify(err)
	}
	d, err := decode(text, 0, 0)
	return FileText{URL: u, Document: d}, err
}

// FilePages returns the pages with a live document that offer a file as their own text.
func (s *Store) FilePages(ctx context.Context, file int64) ([]URL, error) {
	return scanURLs(s.read.QueryContext(ctx, "SELECT "+urlColumns+` FROM url
		WHERE id IN (SELECT page FROM claim WHERE file=?) AND state='ok' AND doc<>'' ORDER BY id LIMIT 20`, file))
}

// StalePages returns up to n pages whose document was made before one of their files said what it says now.
func (s *Store) StalePages(ctx context.Context, n int) ([]int64, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT DISTINCT page FROM claim WHERE stale=1 ORDER BY page LIMIT ?", n)
	return collect(rows, err, column[int64])
}

// Fresh notes that a page need not be made anew for its files.
func (s *Store) Fresh(ctx context.Context, page int64) error {
	return s.tx(ctx, func(t *txn) error { return t.exec("UPDATE claim SET stale=0 WHERE page=?", page) })
}

// files writes what was read from the row as a file, and which files the row offers as a page. A visit that does not
// count changes neither.
func (w *recording) files() error {
	if w.o.State == Failed || w.o.State == Missing || w.o.NotModified {
		return nil
	}
	if err := w.fileText(); err != nil {
		return err
	}
	return w.claims()
}

func (w *recording) fileText() error {
	var text string
	if w.o.File != nil {
		b, err := json.Marshal(w.o.File)
		if err != nil {
			return err
		}
		text = string(b)
	}
	var old string
	if err := w.t.row("SELECT json FROM filetext WHERE url=?", w.row.ID).Scan(&old); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if text == old {
		return nil
	}
	err := w.t.exec("DELETE FROM filetext WHERE url=?", w.row.ID)
	if err == nil && text != "" {
		err = w.t.exec("INSERT INTO filetext VALUES(?,?)", w.row.ID, text)
	}
	return errorOr(err, func() error { return w.t.exec("UPDATE claim SET stale=1 WHERE file=?", w.row.ID) })
}

// claims brings the files that the page offers in line with the outcome: only a page with a document has any.
func (w *recording) claims() error {
	before, err := w.claimed()
	if err != nil {
		return err
	}
	var now []int64
	if w.o.State == OK && w.o.Document != nil {
		for _, f := range w.o.Files {
			id, err := w.ledger.add(f)
			if err != nil {
				return err
			}
			if id != w.row.ID && !slices.Contains(now, id) {
				now = append(now, id)
			}
		}
	}
	if len(before)+len(now) == 0 {
		return nil
	}
	if err := w.t.exec("UPDATE claim SET stale=0 WHERE page=?", w.row.ID); err != nil {
		return err
	}
	for _, id := range before {
		if !slices.Contains(now, id) {
			if err := w.disclaim(id); err != nil {
				return err
			}
		}
	}
	for _, id := range now {
		if !slices.Contains(before, id) {
			if err := w.claim(id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *recording) claimed() ([]int64, error) {
	rows, err := w.t.query("SELECT file FROM claim WHERE page=?", w.row.ID)
	return collect(rows, err, column[int64])
}

// claim adds a file to the page. Others that offer it too are made anew without it.
func (w *recording) claim(file int64) error {
	if err := w.t.exec("INSERT INTO claim VALUES(?,?,0)", w.row.ID, file); err != nil {
		return err
	}
	if err := w.t.exec("UPDATE claim SET stale=1 WHERE file=? AND page<>?", file, w.row.ID); err != nil {
		return err
	}
	u, err := w.t.byID(file)
	if err != nil || u.State == Alias && u.Target == w.row.ID {
		return err
	}
	return w.seeAgain(u)
}

// disclaim takes a file from the page; what else offers it may have it now.
func (w *recording) disclaim(file int64) error {
	if err := w.t.exec("DELETE FROM claim WHERE page=? AND file=?", w.row.ID, file); err != nil {
		return err
	}
	if err := w.t.exec("UPDATE claim SET stale=1 WHERE file=?", file); err != nil {
		return err
	}
	u, err := w.t.byID(file)
	if err != nil {
		return err
	}
	return w.seeAgain(u)
}

// seeAgain has a file fetched in full that was visited before it was decided whose it is.
func (w *recording) seeAgain(u URL) error {
	if u.LastVisit.IsZero() || u.Host == 0 || u.State == Refused {
		return nil
	}
	w.t.s.known.drop(u.URL)
	w.ledger.due(u.Host, Found{Source: u.Source})
	if err := w.t.exec("UPDATE url SET body_hash=NULL WHERE id=?", u.ID); err != nil { // the same bytes mean something else now
		return err
	}
	return w.t.recall(w.o.At, true, "id=?", u.ID)
}
