package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Lost is a document that readers could once open.
type Lost struct {
	Doc    string
	At     time.Time // when it went
	Reason Reason    // TakenDown also where its address was taken down later
	Source string
	// Address, Title and Lang are empty where the source or somebody named in it does not want it found any more; Title and Lang
	// also when news of it is too old to be kept.
	Address, Title, Lang string
	// Now is the id of the live document that stands where its address leads today; empty when there is none.
	Now string
}

// lostColumns are of the last removal of each document.
const lostColumns = `SELECT r.doc,r.at,r.reason,r.source,coalesce(u.id,0),coalesce(u.url,''),
	coalesce((SELECT title FROM news n WHERE n.doc=r.doc AND n.kind=?1 ORDER BY n.id DESC LIMIT 1),''),
	coalesce((SELECT lang FROM news n WHERE n.doc=r.doc AND n.kind=?1 ORDER BY n.id DESC LIMIT 1),'')
	FROM removal r LEFT JOIN url u ON u.id=r.url
	WHERE NOT EXISTS(SELECT 1 FROM document d WHERE d.id=r.doc)`

// Lost tells what became of a document that is not there any more. ErrNotFound: it is there, or there never was one of this id.
func (s *Store) Lost(ctx context.Context, doc string) (Lost, error) {
	l, row, err := scanLost(s.read.QueryRowContext(ctx, lostColumns+" AND r.doc=?2 ORDER BY r.id DESC LIMIT 1", Went, doc))
	if errors.Is(err, sql.ErrNoRows) {
		return Lost{}, fmt.Errorf("what became of document %s: %w", doc, ErrNotFound)
	}
	if err != nil {
		return Lost{}, classify(err)
	}
	return s.led(ctx, l, row)
}

// LostLately returns the documents that went last, newest first and at most n.
func (s *Store) LostLately(ctx context.Context, n int) ([]Lost, error) {
	type lost struct {
		Lost
		row int64
	}
	rows, err := s.read.QueryContext(ctx, lostColumns+` AND r.id=(SELECT max(id) FROM removal l WHERE l.doc=r.doc) ORDER BY r.id DESC LIMIT ?2`, Went, n)
	found, err := collect(rows, err, func(row scanner) (l lost, err error) {
		l.Lost, l.row, err = scanLost(row)
		return l, err
	})
	if err != nil {
		return nil, err
	}
	all := make([]Lost, 0, len(found))
	for _, l := range found {
		led, err := s.led(ctx, l.Lost, l.row)
		if err != nil {
			return nil, err
		}
		all = append(all, led)
	}
	return all, nil
}

func scanLost(row scanner) (l Lost, url int64, err error) {
	var at int64
	err = row.Scan(&l.Doc, &at, &l.Reason, &l.Source, &url, &l.Address, &l.Title, &l.Lang)
	l.At = when(at)
	return l, url, err
}

// led finds what stands at the address of a lost document today, and takes out what must not be told of it.
func (s *Store) led(ctx context.Context, l Lost, row int64) (Lost, error) {
	if l.Reason == TakenDown || s.blocks.covers(l.Address) {
		return Lost{Doc: l.Doc, At: l.At, Reason: TakenDown, Source: l.Source}, nil
	}
	u, err := follow(row, func(id int64) (URL, error) { return s.URLByID(ctx, id) })
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Lost{}, err
	}
	if !plainlyGone(l.Reason) {
		l.Address, l.Title, l.Lang = "", "", ""
	}
	l.Now = u.Doc
	return l, nil
}
