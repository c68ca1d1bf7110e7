package inbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/inbox"
	"smaabornsviden/server/shelf"
)

// keeper holds letters in memory.
type keeper map[string]shelf.Record

func (k keeper) Put(_ context.Context, r shelf.Record) error {
	k[r.Kind+r.ID] = r
	return nil
}

func (k keeper) Get(_ context.Context, kind, id string) (shelf.Record, error) {
	r, ok := k[kind+id]
	if !ok {
		return r, index.ErrNotFound
	}
	return r, nil
}

func (k keeper) List(_ context.Context, kind string, _ time.Time, _ int) ([]shelf.Record, error) {
	var all []shelf.Record
	for _, r := range k {
		if r.Kind == kind {
			all = append(all, r)
		}
	}
	return all, nil
}

func TestSettlingALetter(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name    string
		letter  inbox.Letter
		outcome inbox.Outcome
		blocked string // what was taken down
	}{
		{"a removal", inbox.Letter{Kind: inbox.Removal, Address: "https://kilde.example/portraet"}, inbox.Granted, "https://kilde.example/portraet"},
		{"a removal of our own page about it", inbox.Letter{Kind: inbox.Removal, Address: "https://viden.example/dokument/abc"}, inbox.Granted, "https://kilde.example/abc"},
		{"a removal of our English page", inbox.Letter{Kind: inbox.Removal, Address: "https://viden.example/en/dokument/abc"}, inbox.Granted, "https://kilde.example/abc"},
		{"somebody else's path", inbox.Letter{Kind: inbox.Removal, Address: "https://kilde.example/dokument/andet"}, inbox.Granted, "https://kilde.example/dokument/andet"},
		{"a removal that is refused", inbox.Letter{Kind: inbox.Removal, Address: "https://kilde.example/portraet"}, inbox.Refused, ""},
		{"a source", inbox.Letter{Kind: inbox.Suggestion, Address: "https://kilde.example/"}, inbox.Granted, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			kept := keeper{}
			taken := ""
			box := inbox.Box{
				Keeper: kept, Now: func() time.Time { return now },
				Document: func(_ context.Context, id string) (index.Document, error) {
					if id != "abc" {
						return index.Document{}, index.ErrNotFound
					}
					return index.Document{ID: id, URL: "https://kilde.example/abc"}, nil
				},
				TakeDown: func(_ context.Context, address, _ string) (int, error) {
					taken = address
					return 1, nil
				},
			}
			l := tt.letter
			l.ID, l.At, l.Text = inbox.NewID(), now.AddDate(0, 0, -1), "om mig"
			rec, err := inbox.Pack(l)
			if err != nil {
				t.Fatal(err)
			}
			kept.Put(t.Context(), rec)
			done, err := box.Settle(t.Context(), " "+l.ID+" ", tt.outcome, "")
			if err != nil {
				t.Fatal(err)
			}
			if taken != tt.blocked || done.Blocked != tt.blocked {
				t.Errorf("took down %q (told %q), want %q", taken, done.Blocked, tt.blocked)
			}
			if left, err := box.Letters(t.Context(), false); err != nil || len(left) != 0 {
				t.Errorf("still waiting: %+v, %v", left, err)
			}
			all, err := box.Letters(t.Context(), true)
			if err != nil || len(all) != 1 || all[0].Outcome != tt.outcome || all[0].Text != "" {
				t.Errorf("all: %+v, %v", all, err)
			}
			if _, err := box.Settle(t.Context(), l.ID, tt.outcome, ""); !errors.Is(err, inbox.ErrSettled) {
				t.Errorf("settled again: %v", err)
			}
		})
	}
}

// A promise that cannot be kept is not made: the letter goes on waiting.
func TestAFailedTakeDownLeavesTheLetterOpen(t *testing.T) {
	for name, takeDown := range map[string]func(context.Context, string, string) (int, error){
		"it fails":              func(context.Context, string, string) (int, error) { return 0, errors.New("disk on fire") },
		"another one does that": nil,
	} {
		kept := keeper{}
		rec, err := inbox.Pack(inbox.Letter{ID: "abcde-fghij", Kind: inbox.Removal, Address: "https://kilde.example/"})
		if err != nil {
			t.Fatal(err)
		}
		kept.Put(t.Context(), rec)
		box := inbox.Box{Keeper: kept, Now: time.Now, TakeDown: takeDown}
		if _, err := box.Settle(t.Context(), "abcde-fghij", inbox.Granted, ""); err == nil {
			t.Errorf("%s: settled", name)
		}
		if left, err := box.Letters(t.Context(), false); err != nil || len(left) != 1 {
			t.Errorf("%s: waiting %v, %v", name, left, err)
		}
	}
}
