package crawler_test

import (
	"testing"
	"time"

	"smaabornsviden/crawler/state"
)

func TestWhatWasTakenDownIsNeverFetchedAgain(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	for _, entry := range []string{"http://kommune.example/sundhedspleje", "tidsskrift.example"} {
		if _, err := s.Block(t.Context(), w.clock.Now(), entry, ""); err != nil {
			t.Fatal(err)
		}
	}
	if docs := documents(t, s); len(docs) != 2 {
		t.Errorf("%d documents right after, want 2", len(docs))
	}
	w.take()
	w.clock.advance(48 * time.Hour)
	crawl(t, o)
	for _, r := range w.take() {
		if r.host == "tidsskrift.example" || r.path == "/sundhedspleje" {
			t.Errorf("%s%s was fetched", r.host, r.path)
		}
	}
	if got := standing(t, s, "http://tidsskrift.example/leg"); got != "refused "+string(state.TakenDown) {
		t.Errorf("stands at %q", got)
	}
	if docs := documents(t, s); len(docs) != 2 {
		t.Errorf("%d documents after the next crawl, want 2", len(docs))
	}
}
