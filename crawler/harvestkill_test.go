package crawler_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/state"
)

// longWorld has a list of six parts with two works each: a page of the source and one elsewhere, and at the end a record
// that takes the first away again.
func longWorld(t *testing.T) *world {
	w := newWorld(t)
	w.page(oaiHost, "/artikel/", "Alle artikler")
	w.set(oaiHost, oaiWho, identify("2026-11-22T08:00:00Z", "YYYY-MM-DD", "persistent"))
	w.set(oaiHost, oaiForms, formats("oai_dc"))
	const parts = 6
	for i := range parts {
		path, token := oaiWhole, fmt.Sprint("del", i+1)
		if i > 0 {
			path = oaiResume + fmt.Sprint("del", i)
		}
		records := []string{
			dc(fmt.Sprint("oai:t:p", i), "2026-11-01", fmt.Sprintf("http://tidsskrift.example/artikel/%d", i), "Leg"),
			dc(fmt.Sprint("oai:t:r", i), "2026-11-01", fmt.Sprintf("http://arkiv.example/%d", i), "Sprog", "<dc:description>Om sprog.</dc:description>"),
		}
		if i == parts-1 {
			token = ""
			records = append(records, deletedRecord("oai:t:r0", "2026-11-02"))
		}
		w.page(oaiHost, fmt.Sprintf("/artikel/%d", i), "Leg på "+words[i]+" måder")
		w.set(oaiHost, path, listRecords(token, records...))
	}
	return w
}

// TestAHarvestThatIsKilledAnywhereGoesOnWhereItWas ends the process, as far as its store can tell, at every request in
// turn: what was recorded before stands, what comes after is not written any more.
func TestAHarvestThatIsKilledAnywhereGoesOnWhereItWas(t *testing.T) {
	w := longWorld(t)
	calm := openState(t)
	crawl(t, w.options(calm, load(t, providerYAML)))
	undisturbed := w.take()
	if n := len(paths(undisturbed, "/oai")); n != 8 {
		t.Fatalf("%d questions without a kill, want 8", n)
	}
	want, changes := fingerprint(t, calm), lastSeq(t, calm)
	step := 1
	if testing.Short() {
		step = 4 // for the race detector, under which each takes seconds
	}
	for n := 1; n <= len(undisturbed); n += step {
		path := filepath.Join(t.TempDir(), "state.db")
		killed, err := state.Open(t.Context(), path, state.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		seen := 0
		w.under(func() {
			w.hook = func(string, string) {
				if seen++; seen == n {
					killed.Close()
					stop()
				}
			}
		})
		c, err := crawler.New(w.options(killed, load(t, providerYAML)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Run(ctx); err == nil {
			t.Fatalf("killed at request %d: no error", n)
		}
		stop()
		w.under(func() { w.hook = nil })
		again, err := state.Open(t.Context(), path, state.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		crawl(t, w.options(again, load(t, providerYAML)))
		asked := map[string]int{}
		for _, address := range paths(w.take(), "/oai") {
			asked[address]++
		}
		repeated := 0
		for _, times := range asked {
			repeated += times - 1
		}
		if len(asked) != 8 || repeated > 1 {
			t.Errorf("killed at request %d: questions %v, want 8, at most one of them twice", n, asked)
		}
		// The record that was taken away again leaves two changes; a part that is read twice leaves no third.
		if got := fingerprint(t, again); got != want || lastSeq(t, again) != changes {
			t.Errorf("killed at request %d: other documents, or %d changes instead of %d", n, lastSeq(t, again), changes)
		}
		if _, ok := documents(t, again)["http://arkiv.example/0"]; ok {
			t.Errorf("killed at request %d: the deleted record is there", n)
		}
		again.Close()
	}
}

// TestAKilledHarvestWhoseTokenHasExpiredStartsItsWindowAgain: nothing is lost, and what is told again changes nothing.
func TestAKilledHarvestWhoseTokenHasExpiredStartsItsWindowAgain(t *testing.T) {
	w := longWorld(t)
	path := filepath.Join(t.TempDir(), "state.db")
	killed, err := state.Open(t.Context(), path, state.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	w.hook = func(_, path string) {
		if strings.HasSuffix(path, "del3") {
			killed.Close()
			stop()
		}
	}
	c, err := crawler.New(w.options(killed, load(t, providerYAML)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Run(ctx); err == nil {
		t.Fatal("no error")
	}
	good := w.hosts[oaiHost][oaiResume+"del3"]
	w.set(oaiHost, oaiResume+"del3", oaiAnswer("2026-11-22T08:00:00Z", `<error code="badResumptionToken">expired</error>`))
	lost := false
	w.under(func() {
		w.hook = func(_, path string) {
			if strings.HasSuffix(path, "del3") && !lost {
				lost = true
			} else if lost {
				w.set(oaiHost, oaiResume+"del3", good)
			}
		}
	})
	again, err := state.Open(t.Context(), path, state.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	crawl(t, w.options(again, load(t, providerYAML)))
	docs := documents(t, again)
	if len(docs) != 11 {
		t.Errorf("%d documents, want 11", len(docs))
	}
	if seq := lastSeq(t, again); seq != 13 {
		t.Errorf("%d changes, want 13: twelve documents, one of them removed", seq)
	}
}
