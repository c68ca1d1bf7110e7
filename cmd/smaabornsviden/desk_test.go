package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAShortDriftTokenIsRefused(t *testing.T) {
	res := invoke(t, map[string]string{tokenVariableOfDrift: "hemmeligt"}, "serve", "-data", filepath.Join(t.TempDir(), "data"), "-addr", "127.0.0.1:0")
	if res.code != exitUsage || !strings.Contains(res.stderr, "less than 16 characters") || strings.Contains(res.stderr, "hemmeligt") {
		t.Errorf("exit %d, printed %q", res.code, res.stderr)
	}
}

// TestTheOperatorsPageOfTheDemonstration takes decisions with a browser's forms, and pins a document by a file.
func TestTheOperatorsPageOfTheDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration")
	}
	data := demoData(t)
	d := start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	address := "http://" + d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	decide := func(pairs ...string) string {
		t.Helper()
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		res, err := http.PostForm(address+"/drift", form)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.Status
	}
	// It has fetched when it began, and fetches no more: there is no button for what it would refuse.
	desk := fetchText(t, address+"/drift")
	if strings.Contains(desk, `value="hent"`) || !strings.Contains(desk, `value="pause"`) || !strings.Contains(desk, "begynd »smaabornsviden demo« igen") {
		t.Error("the demonstration's desk offers to fetch, or does not say what does")
	}
	if status := decide("handling", "hent"); !strings.HasPrefix(status, "409") {
		t.Errorf("fetch: %s", status)
	}
	var found searched
	fetchJSON(t, address+"/api/v1/search?q=vuggestue", &found)
	doc := found.Hits[0]
	source := doc.Source

	if status := decide("handling", "pause", "hvad", source, "hvorfor", "flytter"); !strings.HasPrefix(status, "200") {
		t.Errorf("pause: %s", status)
	}
	if page := fetchText(t, address+"/drift"); !strings.Contains(page, "På pause siden") || !strings.Contains(page, "flytter") {
		t.Error("the pause does not show")
	}
	if status := decide("handling", "genoptag", "hvad", source); !strings.HasPrefix(status, "200") {
		t.Errorf("resume: %s", status)
	}
	if status := decide("handling", "bloker", "hvad", doc.URL, "hvorfor", "ønske"); !strings.HasPrefix(status, "200") {
		t.Errorf("block: %s", status)
	}
	if res, err := http.Get(address + "/dokument/" + doc.ID); err != nil || res.StatusCode != http.StatusGone {
		t.Errorf("the blocked document's page: %v, %v", res, err)
	}
	if status := decide("handling", "hent"); !strings.HasPrefix(status, "409") {
		t.Errorf("a crawl by a process that crawls once: %s", status)
	}

	fetchJSON(t, address+"/api/v1/search?q=tilknytning", &found)
	pin := "pins:\n  - queries: [tilknytning]\n    documents: [" + found.Hits[0].ID + "]\n    why: Ny forskning.\n"
	if err := os.WriteFile(filepath.Join(data, "pins.yaml"), []byte(pin), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the pin shows", func() bool {
		return strings.Contains(fetchText(t, address+"/soeg?q=tilknytning"), "Ny forskning.")
	})
}

// eventually waits for what another goroutine or the clock brings about.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Errorf("waited in vain: %s", what)
}
