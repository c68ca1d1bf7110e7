package shelf_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/server/shelf"
)

var t0 = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, path string, o shelf.Options) *shelf.Shelf {
	t.Helper()
	s, err := shelf.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func letter(id string, at time.Time, body string) shelf.Record {
	return shelf.Record{Kind: "brev", ID: id, Time: at, Body: []byte(body)}
}

func TestRecordsOutliveTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "et sted?", "readers.db")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, shelf.Options{})
	want := letter("a", t0, "æøå\x00")
	if err := s.Put(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, path, shelf.Options{}).Get(t.Context(), "brev", "a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAddRefusesWhatIsThereAndPutReplacesIt(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "readers.db"), shelf.Options{})
	if err := s.Add(t.Context(), letter("a", t0, "1")); err != nil {
		t.Fatal(err)
	}
	if err := s.Add(t.Context(), letter("a", t0, "2")); !errors.Is(err, shelf.ErrExists) {
		t.Errorf("second Add: %v, want ErrExists", err)
	}
	if err := s.Put(t.Context(), letter("a", t0, "3")); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(t.Context(), "brev", "a"); err != nil || string(got.Body) != "3" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func TestListIsOfOneKindNewestFirst(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "readers.db"), shelf.Options{})
	for _, r := range []shelf.Record{
		letter("b", t0, ""), letter("a", t0, ""), letter("c", t0.Add(time.Hour), ""), letter("d", t0.Add(-time.Hour), ""),
		{Kind: "andet", ID: "x", Time: t0},
	} {
		if err := s.Put(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		since time.Time
		n     int
		want  string
	}{
		{time.Time{}, 10, "c a b d"},
		{t0, 10, "c a b"},
		{t0, 2, "c a"},
	} {
		all, err := s.List(t.Context(), "brev", tt.since, tt.n)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, r := range all {
			ids = append(ids, r.ID)
		}
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("since %v, at most %d: %s, want %s", tt.since, tt.n, got, tt.want)
		}
	}
}

func TestARemovedRecordIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readers.db")
	s := open(t, path, shelf.Options{})
	if err := s.Put(t.Context(), letter("a", t0, "en hemmelighed")); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is none, which is no error
		if err := s.Remove(t.Context(), "brev", "a"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Get(t.Context(), "brev", "a"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("Get: %v, want index.ErrNotFound", err)
	}
	s.Close() // writes the log back into the file
	if raw, err := os.ReadFile(path); err != nil || bytes.Contains(raw, []byte("hemmelighed")) {
		t.Errorf("the file still holds what was removed (%v)", err)
	}
}

func TestAFullShelfTakesNothingMore(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "readers.db"), shelf.Options{MaxBytes: 100_000})
	if err := s.Put(t.Context(), letter("a", t0, strings.Repeat("x", 60_000))); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), letter("b", t0, strings.Repeat("x", 60_000))); !errors.Is(err, shelf.ErrFull) {
		t.Errorf("Put beyond the room: %v, want ErrFull", err)
	}
	if err := s.Remove(t.Context(), "brev", "a"); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), letter("b", t0, strings.Repeat("x", 60_000))); err != nil {
		t.Errorf("room that was given back is not used: %v", err)
	}
}

func TestWhatCannotBeNamedIsRefused(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "readers.db"), shelf.Options{})
	for _, r := range []shelf.Record{{Kind: "", ID: "a"}, {Kind: "Brev", ID: "a"}, {Kind: "brev"}, {Kind: "brev", ID: strings.Repeat("x", 201)}} {
		if err := s.Put(t.Context(), r); err == nil {
			t.Errorf("%+v is taken", r)
		}
	}
}

func TestForeignFilesAreLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readers.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := shelf.Open(t.Context(), path, shelf.Options{}); err == nil {
		t.Error("a text file is opened as a shelf")
	}
}
