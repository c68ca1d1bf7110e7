package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/shelf"
)

// Errors of a Box.
var (
	// ErrSettled: a letter was settled before.
	ErrSettled = errors.New("letter is settled already")
	// ErrNoCrawl: this process cannot take a document down for good, since another one crawls.
	ErrNoCrawl = errors.New("only the process that crawls can take down documents")
)

// Keeper is what a Box needs of the place where letters lie.
type Keeper interface {
	Put(ctx context.Context, r shelf.Record) error
	Get(ctx context.Context, kind, id string) (shelf.Record, error)
	List(ctx context.Context, kind string, since time.Time, n int) ([]shelf.Record, error)
}

// Box is the operator's side of the letters.
type Box struct {
	Keeper Keeper
	// Document finds a document by id, for letters that name our own page about it.
	Document func(ctx context.Context, id string) (index.Document, error)
	// TakeDown blocks an address for good and returns how many documents went; nil when another process crawls.
	TakeDown func(ctx context.Context, address, why string) (int, error)
	Now      func() time.Time
}

// mostListed bounds how many letters of a kind are read at once.
const mostListed = 1000

// Letters returns the letters that wait, or all of them, newest first within a kind.
func (b Box) Letters(ctx context.Context, all bool) ([]Letter, error) {
	var out []Letter
	for _, kind := range Kinds {
		recs, err := b.Keeper.List(ctx, string(kind), time.Time{}, mostListed)
		if err != nil {
			return nil, err
		}
		for _, rec := range recs {
			l, err := Unpack(rec)
			if err != nil {
				return nil, err
			}
			if all || l.Open() {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// Settled is what settling a letter came to.
type Settled struct {
	Letter    Letter
	Blocked   string // the address that was taken down, with a removal that was granted
	Documents int    // that went with it
}

// Settle closes a letter. A removal that is granted takes its address down first: what is promised is done when the
// letter says so. Errors: index.ErrNotFound, ErrSettled, ErrNoCrawl, those of the keeper and of TakeDown.
func (b Box) Settle(ctx context.Context, number string, o Outcome, note string) (Settled, error) {
	l, err := b.find(ctx, number)
	if err != nil {
		return Settled{}, err
	}
	done := Settled{}
	if l.Kind == Removal && o == Granted {
		if done.Blocked, err = b.target(ctx, l.Address); err != nil {
			return Settled{}, err
		}
		if b.TakeDown == nil {
			return Settled{}, ErrNoCrawl
		}
		if done.Documents, err = b.TakeDown(ctx, done.Blocked, "letter "+l.ID); err != nil {
			return Settled{}, fmt.Errorf("take down %s: %w", done.Blocked, err)
		}
	}
	done.Letter = l.Settle(b.Now(), o, note)
	rec, err := Pack(done.Letter)
	if err != nil {
		return done, err
	}
	return done, b.Keeper.Put(ctx, rec)
}

func (b Box) find(ctx context.Context, number string) (Letter, error) {
	number = strings.ToLower(strings.TrimSpace(number))
	for _, kind := range Kinds {
		rec, err := b.Keeper.Get(ctx, string(kind), number)
		if errors.Is(err, index.ErrNotFound) {
			continue
		}
		if err != nil {
			return Letter{}, err
		}
		l, err := Unpack(rec)
		if err == nil && !l.Open() {
			err = fmt.Errorf("letter %s: %w", number, ErrSettled)
		}
		return l, err
	}
	return Letter{}, fmt.Errorf("letter %s: %w", number, index.ErrNotFound)
}

// target is the address that a letter is about: that of the document, when the letter names our page about it.
func (b Box) target(ctx context.Context, address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	path := strings.TrimPrefix(u.Path, "/en")
	id, ours := strings.CutPrefix(path, "/dokument/")
	if !ours || strings.Contains(id, "/") {
		return address, nil
	}
	d, err := b.Document(ctx, id)
	if errors.Is(err, index.ErrNotFound) {
		return address, nil // another site may have such a path, or the document has gone since
	}
	return d.URL, err
}
