package state_test

import (
	"errors"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

func TestABlockTakesDocumentsOutAndKeepsThemOut(t *testing.T) {
	for _, entry := range []string{"https://a.example/x", "a.example", "WWW.A.example"} {
		s := open(t)
		rows := add(t, s, t0, page("https://a.example/x"), page("https://b.example/"), page("https://a.example.org/"))
		for _, u := range rows {
			record(t, s, read(u, t0, u.URL))
		}
		removed, err := s.Block(t.Context(), t0.Add(time.Hour), entry, "bedt om")
		if err != nil || removed != 1 {
			t.Fatalf("Block(%s) = %d, %v, want 1", entry, removed, err)
		}
		x := rows["https://a.example/x"]
		late := record(t, s, read(x, t0.Add(2*time.Hour), "kom under hentning"))
		again := add(t, s, t0.Add(3*time.Hour), page(x.URL))[x.URL]
		if late.Doc != "" || again.State != state.Refused || again.Reason != state.TakenDown || !again.Due.IsZero() {
			t.Errorf("%s: a taken down page came back: %+v", entry, again)
		}
		if err := s.Recall(t.Context(), t0, true, x.ID); err != nil {
			t.Fatal(err)
		}
		if u, _ := s.URL(t.Context(), x.URL); !u.Due.IsZero() {
			t.Errorf("%s: recalled", entry)
		}
		if n, _ := s.DocumentCounts(t.Context()); n["a"]+n["s"] > 2 || !s.IsBlocked(x.URL) || s.IsBlocked("https://b.example/") {
			t.Errorf("%s: documents %v", entry, n)
		}
		if all, err := s.Blocks(t.Context()); err != nil || len(all) != 1 || all[0].Note != "bedt om" {
			t.Errorf("Blocks = %v, %v", all, err)
		}
		if err := s.Unblock(t.Context(), t0.Add(4*time.Hour), entry); err != nil {
			t.Fatal(err)
		}
		if u, _ := s.URL(t.Context(), x.URL); u.State != state.New || u.Due.IsZero() {
			t.Errorf("%s: after Unblock %+v", entry, u)
		}
	}
}

func TestABlockOfNothingIsAnError(t *testing.T) {
	s := open(t)
	for _, entry := range []string{"", "a b", "ftp://a.example/", "/x"} {
		if _, err := s.Block(t.Context(), t0, entry, ""); !errors.Is(err, state.ErrEntry) {
			t.Errorf("Block(%q): %v, want ErrEntry", entry, err)
		}
	}
	if err := s.Unblock(t.Context(), t0, "a.example"); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("Unblock: %v, want ErrNotFound", err)
	}
}

func TestHostsThatClaimChangesInVainAreNotBelieved(t *testing.T) {
	s := open(t)
	u := add(t, s, t0, page("https://a.example/x"))["https://a.example/x"]
	record(t, s, read(u, t0, "samme"))
	at := t0
	claim := func(title string) (came bool) {
		at = at.Add(time.Hour)
		f := page(u.URL)
		f.Claimed = at
		u = add(t, s, at, f)[u.URL]
		came = !u.Due.After(at)
		at = at.Add(time.Minute)
		record(t, s, read(u, at, title))
		return came
	}
	for n := range 5 {
		if !claim("samme") {
			t.Errorf("claim %d did not bring the visit forward", n+1)
		}
	}
	if claim("samme") {
		t.Error("the sixth claim was believed")
	}
	claim("ny tekst") // its own turn: this time it was true
	if !claim("ny tekst") {
		t.Error("an honest claim did not win the trust back")
	}
}

func TestCopiesOfAPageThatIsTakenDownGoAlong(t *testing.T) {
	for _, entry := range []string{"https://a.example/x", "https://a.example/print/x"} {
		s := open(t)
		rows := add(t, s, t0, page("https://a.example/x"), page("https://a.example/print/x"), page("https://a.example/gammel"), page("https://a.example/y"))
		x, printed, old, y := rows["https://a.example/x"], rows["https://a.example/print/x"], rows["https://a.example/gammel"], rows["https://a.example/y"]
		record(t, s, read(x, t0, "teksten"))
		record(t, s, read(y, t0, "en anden"))
		for u, state := range map[int64]state.State{printed.ID: state.Alias, old.ID: state.Redirect} {
			o := read(printed, t0, "teksten")
			target := page("https://a.example/x")
			o.URL, o.State, o.Document, o.Target = u, state, nil, &target
			record(t, s, o)
		}
		if n, err := s.Block(t.Context(), t0, entry, "bedt om"); err != nil || n != 1 {
			t.Fatalf("Block(%s) = %d, %v, want 1", entry, n, err)
		}
		if n, _ := s.DocumentCounts(t.Context()); n["a"]+n["s"] != 1 || !s.IsBlocked(x.URL) || !s.IsBlocked(printed.URL) || s.IsBlocked(old.URL) {
			t.Errorf("%s: documents %v", entry, n)
		}
		record(t, s, read(printed, t0.Add(time.Hour), "teksten"))
		if n, _ := s.DocumentCounts(t.Context()); n["a"]+n["s"] != 1 {
			t.Errorf("%s: the copy brought the text back", entry)
		}
		if err := s.Unblock(t.Context(), t0.Add(2*time.Hour), entry); err != nil {
			t.Fatal(err)
		}
		for _, u := range []state.URL{x, printed} {
			if u, _ := s.URL(t.Context(), u.URL); u.State != state.New || u.Due.IsZero() {
				t.Errorf("%s: after Unblock %+v", entry, u)
			}
		}
	}
}
