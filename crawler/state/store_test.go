package state_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

var t0 = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

// open returns a store in a folder of the test.
func open(t *testing.T) *state.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "state.db"))
}

func openAt(t *testing.T, path string) *state.Store {
	t.Helper()
	s, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// page is an address of source "a" as the register or a link would name it.
func page(url string) state.Found {
	return state.Found{URL: url, Origin: "https://a.example", Source: "a", Kind: state.Page, Via: state.ViaStart, Priority: state.Links}
}

// add makes rows and returns them by address.
func add(t *testing.T, s *state.Store, now time.Time, found ...state.Found) map[string]state.URL {
	t.Helper()
	if _, err := s.Add(t.Context(), 1, now, found); err != nil {
		t.Fatal(err)
	}
	rows := map[string]state.URL{}
	for _, f := range found {
		rows[f.URL] = row(t, s, f.URL)
	}
	return rows
}

func row(t *testing.T, s *state.Store, url string) state.URL {
	t.Helper()
	u, err := s.URL(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func record(t *testing.T, s *state.Store, o state.Outcome) state.Recorded {
	t.Helper()
	done, err := s.Record(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// read is the outcome of a page that was read and became a document.
func read(u state.URL, at time.Time, title string) state.Outcome {
	return state.Outcome{
		URL: u.ID, Run: 1, Epoch: t0, At: at, State: state.OK, Status: 200, Fetched: true, Read: true,
		Hash: "hash of " + title, BodyHash: "body of " + title, Due: at.Add(7 * 24 * time.Hour),
		Document: &index.Document{Title: title, Body: "Tekst om " + title},
	}
}

func document(t *testing.T, s *state.Store, id string) index.Document {
	t.Helper()
	d, err := s.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func outbox(t *testing.T, s *state.Store, after uint64) []state.Change {
	t.Helper()
	all, err := s.Outbox(t.Context(), after, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOpenKeepsWhatWasStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder?with 100%", "state.db")
	s := openAt(t, path)
	u := add(t, s, t0, page("https://a.example/"))["https://a.example/"]
	record(t, s, read(u, t0, "forside"))
	if err := s.Set(t.Context(), "key", "value"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	if d := document(t, s, index.NewID("https://a.example/")); d.Title != "forside" || d.LastStatus != 200 {
		t.Errorf("document after reopening = %+v", d)
	}
	if v, err := s.Value(t.Context(), "key"); v != "value" || err != nil {
		t.Errorf("Value = %q, %v", v, err)
	}
	if seq, _ := s.LastSeq(t.Context()); seq != 1 {
		t.Errorf("LastSeq after reopening = %d, want 1", seq)
	}
}

func TestOpenNamesWhatIsWrong(t *testing.T) {
	damaged := func(t *testing.T, path string) {
		s := openAt(t, path)
		var found []state.Found
		for i := range 300 {
			found = append(found, page("https://a.example/"+string(rune('a'+i%26))+time.Duration(i).String()))
		}
		add(t, s, t0, found...)
		s.Close()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 4096; i < len(b); i++ {
			b[i] = 0x5a
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name  string
		write func(t *testing.T, path string)
		want  error
	}{
		{"another file", func(t *testing.T, path string) {
			os.WriteFile(path, []byte("# not a database, but long enough to be read as one"), 0o644)
		}, state.ErrForeign},
		{"damaged pages", damaged, state.ErrCorrupt},
		{"a folder", func(t *testing.T, path string) { os.Mkdir(path, 0o755) }, state.ErrReadOnly},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.db")
			tt.write(t, path)
			s, err := state.Open(t.Context(), path, state.Options{})
			if err == nil {
				defer s.Close()
				err = s.Check(t.Context())
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("Open = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestFullDiskLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s, err := state.OpenBounded(t.Context(), path, 60)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	u := add(t, s, t0, page("https://a.example/"))["https://a.example/"]
	record(t, s, read(u, t0, "forside"))
	big := read(u, t0.Add(time.Hour), "større")
	big.Document.Body = string(make([]byte, 1<<20))
	_, err = s.Record(t.Context(), big)
	if !errors.Is(err, state.ErrFull) {
		t.Fatalf("Record on a full disk = %v, want ErrFull", err)
	}
	if d := document(t, s, index.NewID("https://a.example/")); d.Title != "forside" {
		t.Errorf("document after a failed write = %q", d.Title)
	}
	if got := outbox(t, s, 0); len(got) != 1 {
		t.Errorf("outbox after a failed write has %d rows, want 1", len(got))
	}
}

func TestLeasesOfADeadProcessAreTakenBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s := openAt(t, path)
	u := add(t, s, t0, page("https://a.example/"))["https://a.example/"]
	lease := func(s *state.Store) int {
		got, err := s.Lease(t.Context(), state.LeaseRequest{Host: u.Host, Now: t0, Until: t0.Add(time.Hour), N: 5})
		if err != nil {
			t.Fatal(err)
		}
		return len(got)
	}
	if a, b := lease(s), lease(s); a != 1 || b != 0 {
		t.Errorf("leases = %d, then %d; want 1, then 0", a, b)
	}
	s.Close() // as good as a kill: nothing is written on Close
	if n := lease(openAt(t, path)); n != 1 {
		t.Errorf("leases after a restart = %d, want 1", n)
	}
}

func TestLeaseGivesHighPriorityFirstThenLongestDue(t *testing.T) {
	s := open(t)
	for i, f := range []struct {
		path string
		p    state.Priority
	}{{"/old", state.Revisits}, {"/b", state.Links}, {"/a", state.Links}, {"/sitemap.xml", state.Listings}, {"/start", state.Starts}} {
		p := page("https://a.example" + f.path)
		p.Priority = f.p
		add(t, s, t0.Add(time.Duration(i)*time.Second), p)
	}
	later := page("https://a.example/later")
	later.Priority = state.Listings
	u := add(t, s, t0.Add(time.Hour), later)
	got, err := s.Lease(t.Context(), state.LeaseRequest{Host: u[later.URL].Host, Now: t0.Add(time.Minute), Until: t0.Add(time.Hour), N: 10})
	if err != nil {
		t.Fatal(err)
	}
	var order string
	for _, u := range got {
		order += u.URL[len("https://a.example"):] + " "
	}
	if want := "/sitemap.xml /start /b /a /old "; order != want {
		t.Errorf("order = %s, want %s", order, want)
	}
}

func TestWaitOutboxWakesAtACommit(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page("https://a.example/"))["https://a.example/"]
	done := make(chan error, 1)
	go func() { done <- s.WaitOutbox(t.Context(), 0) }()
	record(t, s, read(u, t0, "forside"))
	if err := <-done; err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.WaitOutbox(ctx, 99); !errors.Is(err, context.Canceled) {
		t.Errorf("WaitOutbox of a cancelled context = %v", err)
	}
}

func TestWhatWasRolledBackIsNotRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s, err := state.OpenBounded(t.Context(), path, 70)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	u := add(t, s, t0, page("https://a.example/"))["https://a.example/"]
	o := read(u, t0, "forside")
	next := page("https://a.example/b")
	o.Links, o.Canonical = []state.Found{next}, &next
	small := *o.Document
	o.Document.Body = string(make([]byte, 1<<20))
	if _, err := s.Record(t.Context(), o); !errors.Is(err, state.ErrFull) {
		t.Fatalf("Record on a full disk = %v", err)
	}
	o.Document = &small
	record(t, s, o)
	if b := row(t, s, next.URL); b.State != state.New {
		t.Errorf("the link is %+v", b)
	}
}
