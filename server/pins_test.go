package server_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smaabornsviden/server"
	"smaabornsviden/server/api"
	"smaabornsviden/server/servertest"
)

func pinsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pins.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPinsStandAboveTheResultsAndChangeNothingElse(t *testing.T) {
	docs := servertest.Documents()
	path := pinsFile(t, "pins:\n  - queries: [indkøring i vuggestuen]\n    documents: ["+docs[7].ID+", aaaaaaaaaaaaaaaa]\n    why: Ny vejledning.\n    note: Se også emnet Overgange.\n")
	with := cannedServer(t, func(o *server.Options) { o.Pins = path }).Handler()
	without := cannedServer(t, nil).Handler()
	for query, want := range map[string]int{
		"indkøring i vuggestuen":        1,
		"Vuggestuernes indkøringer":     1, // other inflections, another order, without the common word
		"indkøring":                     0,
		"indkøring vuggestue dagpleje":  0,
		"indkøring i vuggestuen&side=2": 0,
	} {
		q := strings.ReplaceAll(url.QueryEscape(query), "%26side%3D2", "&side=2")
		doc := parse(t, get(with, "/soeg?q="+q).Body)
		if got := doc.Find("aside.pinned").Length(); got != want {
			t.Errorf("%s: %d pinned boxes, want %d", query, got, want)
		}
	}
	doc := parse(t, get(with, "/soeg?q=indk%C3%B8ring+i+vuggestuen").Body)
	box := doc.Find("aside.pinned")
	for _, want := range []string{"Fremhævet af redaktionen", "Ny vejledning.", "Se også emnet Overgange.", docs[7].Title} {
		if !strings.Contains(box.Text(), want) {
			t.Errorf("the box lacks %q: %s", want, box.Text())
		}
	}
	if n := box.Find(".card").Length(); n != 1 {
		t.Errorf("%d cards, want that of the one document that is there", n)
	}
	var a, b api.Result
	decode(t, get(with, "/api/v1/search?q=indk%C3%B8ring+i+vuggestuen"), &a)
	decode(t, get(without, "/api/v1/search?q=indk%C3%B8ring+i+vuggestuen"), &b)
	if a.Pinned == nil || len(a.Pinned.Documents) != 1 || a.Pinned.Documents[0].ID != docs[7].ID || *a.Pinned.Why != "Ny vejledning." {
		t.Errorf("the API gives %+v", a.Pinned)
	}
	if a.Total != b.Total || len(a.Hits) != len(b.Hits) || a.Hits[0].ID != b.Hits[0].ID {
		t.Error("the hits are others than without pins")
	}
}

func TestPinsThatChangeAreToldToThoseWhoKeepAnswers(t *testing.T) {
	now := servertest.Now()
	path := pinsFile(t, "pins:\n  - queries: [leg]\n    note: En.\n")
	h := cannedServer(t, func(o *server.Options) {
		o.Pins, o.Now = path, func() time.Time { return now }
	}).Handler()
	tag := get(h, "/api/v1/search?q=leg").Header().Get("ETag")
	if err := os.WriteFile(path, []byte("pins:\n  - queries: [leg]\n    note: En anden note.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if w := get(h, "/api/v1/search?q=leg", "If-None-Match", tag); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "En anden note.") {
		t.Errorf("after the file has changed: %d", w.Code)
	}
}

func TestAFaultyFileOfPinsIsToldToTheOperator(t *testing.T) {
	path := pinsFile(t, "pins:\n  - queries: [leg]\n")
	h := cannedServer(t, func(o *server.Options) { o.Pins = path }).Handler()
	said := parse(t, ask(h, http.MethodGet, nil).Body).Find("[role=alert]").Text()
	if !strings.Contains(said, "pins.yaml:2: documents: is missing") {
		t.Errorf("the operator reads %q", said)
	}
	if w := get(h, "/soeg?q=leg"); w.Code != http.StatusOK {
		t.Errorf("a search: %d", w.Code)
	}
}
