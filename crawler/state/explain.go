package state

import (
	"context"
	"errors"
	"time"
)

// Story is all that is known about one address, for a person who asks why it is, or is not, in the index.
type Story struct {
	URL      URL
	Host     Host   // zero where the address is never fetched
	Found    string // address of the page that named it first
	LeadsTo  string // address that an alias or a redirect leads to
	Claims   string // canonical address that it names, when not its own
	Visits   []Visit
	Version  uint64 // of the live document, 0 when there is none
	Created  time.Time
	Changed  time.Time
	Removals []Removed
}

// Visit is one look at an address.
type Visit struct {
	At     time.Time
	Run    int64
	Status int
	State  State
	Reason Reason
	Bytes  int64
	Took   time.Duration
}

// Removed is a document that once was at an address.
type Removed struct {
	At     time.Time
	Doc    string
	Reason Reason
}

// Explain tells the story of a canonical address, or returns ErrNotFound.
func (s *Store) Explain(ctx context.Context, address string) (Story, error) {
	u, err := s.URL(ctx, address)
	if err != nil {
		return Story{}, err
	}
	story := Story{URL: u}
	if u.Host != 0 {
		if story.Host, err = s.HostByID(ctx, u.Host); err != nil {
			return story, err
		}
	}
	if err := errors.Join(s.address(ctx, u.Referrer, &story.Found), s.address(ctx, u.Target, &story.LeadsTo),
		s.address(ctx, u.Canonical, &story.Claims)); err != nil {
		return story, err
	}
	if story.Visits, err = s.visits(ctx, u.ID); err != nil {
		return story, err
	}
	if story.Removals, err = s.removals(ctx, u.ID); err != nil {
		return story, err
	}
	return story, s.version(ctx, &story)
}

// address writes the address of a row to to; a row that does not exist leaves it empty.
func (s *Store) address(ctx context.Context, id int64, to *string) error {
	if id == 0 {
		return nil
	}
	u, err := s.URLByID(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	*to = u.URL
	return err
}

func (s *Store) visits(ctx context.Context, id int64) ([]Visit, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT at,run,status,state,reason,bytes,ms FROM visit WHERE url=? ORDER BY at DESC", id)
	return collect(rows, err, func(row scanner) (v Visit, err error) {
		var at, took int64
		err = row.Scan(&at, &v.Run, &v.Status, &v.State, &v.Reason, &v.Bytes, &took)
		v.At, v.Took = when(at), time.Duration(took)*time.Millisecond
		return v, err
	})
}

func (s *Store) removals(ctx context.Context, id int64) ([]Removed, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT at,doc,reason FROM removal WHERE url=? ORDER BY id DESC LIMIT 20", id)
	return collect(rows, err, func(row scanner) (r Removed, err error) {
		var at int64
		err = row.Scan(&at, &r.Doc, &r.Reason)
		r.At = when(at)
		return r, err
	})
}

func (s *Store) version(ctx context.Context, story *Story) error {
	if story.URL.Doc == "" {
		return nil
	}
	var created, changed int64
	err := s.read.QueryRowContext(ctx, "SELECT version,created,changed FROM document WHERE id=?", story.URL.Doc).Scan(&story.Version, &created, &changed)
	story.Created, story.Changed = when(created), when(changed)
	return classify(err)
}
