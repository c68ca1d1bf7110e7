package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"smaabornsviden/crawler/state"
)

func TestOrdersAreCheckedBeforeAnythingIsOpened(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"block"}, exitUsage, "add, remove or list"},
		{[]string{"block", "drop", "x.dk"}, exitUsage, `got "drop"`},
		{[]string{"block", "add", "x.dk"}, exitUsage, "-reason"},
		{[]string{"block", "add", "-reason", "bedt om"}, exitUsage, "takes 1 arguments, got 0"},
		{[]string{"block", "list", "x.dk"}, exitUsage, "takes 0 arguments"},
		{[]string{"pause", "add", "dea"}, exitUsage, "-reason"},
		{[]string{"block", "list"}, exitFail, "holds nothing yet"},
	} {
		res := invoke(t, nil, append(tt.args, "-data", data)...)
		if res.code != tt.code || !strings.Contains(res.stderr, tt.want) {
			t.Errorf("%v: exit %d, want %d; printed %q, want %q in it", tt.args, res.code, tt.code, res.stderr, tt.want)
		}
	}
}

// shown is everything that readers of a running process can get hold of for some words.
func shown(t *testing.T, page, words string) string {
	t.Helper()
	var all strings.Builder
	for _, path := range []string{"/api/v1/search?q=", "/feed.atom?q=", "/api/v1/export?format=jsonl&q=", "/soeg?q="} {
		res, err := http.Get("http://" + page + path + url.QueryEscape(words))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("GET %s: %s %v %s", path, res.Status, err, body)
		}
		all.Write(body)
	}
	return all.String()
}

// TestABlockedPageIsGoneAtOnceAndStaysGone blocks a page under a running process, by a form of its address that nobody
// stored, and looks at everything that readers see; then lets the sites be crawled again.
func TestABlockedPageIsGoneAtOnceAndStaysGone(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration, twice")
	}
	const words = "tilknytning i vuggestuen"
	data := demoData(t)
	d := start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	page := d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	var found searched
	fetchJSON(t, "http://"+page+"/api/v1/search?q="+url.QueryEscape(words), &found)
	if found.Total == 0 {
		t.Fatal("nothing is found before the block")
	}
	first := found.Hits[0]
	if before := shown(t, page, words); strings.Count(before, first.URL) < 3 {
		t.Fatalf("%s is shown %d times, want in search, feed and export at least", first.URL, strings.Count(before, first.URL))
	}
	res := invoke(t, nil, "block", "add", first.URL+"?utm_source=brev#top", "-reason", "bedt om af ejeren", "-data", data)
	if res.code != exitOK || !strings.Contains(res.stdout, first.URL+" is blocked; documents that left: 1") {
		t.Fatalf("block: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
	gone := func(page string) {
		t.Helper()
		if after := shown(t, page, words); strings.Contains(after, first.URL) {
			t.Errorf("%s is still shown", first.URL)
		}
		res, err := http.Get("http://" + page + "/api/v1/documents/" + url.PathEscape(first.ID))
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusGone {
			t.Errorf("the document answers %s", res.Status)
		}
	}
	gone(page)
	if res := invoke(t, nil, "explain", first.URL, "-data", data); !strings.Contains(res.stdout, string(state.TakenDown)) {
		t.Errorf("explain does not say so:\n%s", res.stdout)
	}
	d.stop(t)

	d = start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	page = d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	gone(page)
	d.stop(t)

	// With nobody at work the command does it itself.
	var all []state.Block
	if res := invoke(t, nil, "block", "list", "-json", "-data", data); json.Unmarshal([]byte(res.stdout), &all) != nil ||
		len(all) != 1 || all[0].Entry != first.URL || all[0].Note != "bedt om af ejeren" {
		t.Errorf("list: %s%s", res.stdout, res.stderr)
	}
	if res := invoke(t, nil, "block", "remove", first.URL, "-data", data); res.code != exitOK {
		t.Errorf("remove: exit %d: %s", res.code, res.stderr)
	}
	if res := invoke(t, nil, "block", "remove", first.URL, "-data", data); res.code != exitFail || !strings.Contains(res.stderr, "not in the crawl state") {
		t.Errorf("second remove: exit %d: %s", res.code, res.stderr)
	}
	if res := invoke(t, nil, "explain", first.URL, "-data", data); !strings.Contains(res.stdout, "  new") {
		t.Errorf("after remove it does not wait for its next visit:\n%s", res.stdout)
	}
	blockHost(t, data)
}

// blockHost blocks a host in a folder that nobody holds.
func blockHost(t *testing.T, data string) {
	t.Helper()
	before := stored(t, data)
	const host = "morgenfroe-fonden.example"
	of := 0
	for address := range before {
		if strings.Contains(address, "://"+host) || strings.Contains(address, "://www."+host) {
			of++
		}
	}
	res := invoke(t, nil, "block", "add", "www."+host, "-reason", "fonden vil ikke være med", "-data", data)
	if res.code != exitOK || of == 0 || len(stored(t, data)) != len(before)-of {
		t.Errorf("block of a host with %d of %d documents: exit %d, %d left\n%s", of, len(before), res.code, len(stored(t, data)), res.stdout+res.stderr)
	}
	res = invoke(t, nil, "status", "-data", data)
	if strings.Contains(res.stdout, "behind") {
		t.Errorf("the index did not follow:\n%s", res.stdout)
	}
}

func TestAPauseIsListedAndTakenBack(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(st.Set(t.Context(), purposeKey, purposeDemo), st.Close()); err != nil {
		t.Fatal(err)
	}
	const id = "l"
	if res := invoke(t, nil, "pause", "add", "ingen", "-reason", "x", "-data", data); res.code != exitFail || !strings.Contains(res.stderr, "no such source") {
		t.Errorf("pause of nobody: exit %d: %s", res.code, res.stderr)
	}
	if res := invoke(t, nil, "pause", "add", id, "-reason", "flytter", "-data", data); res.code != exitOK {
		t.Fatalf("pause: exit %d: %s", res.code, res.stderr)
	}
	if res := invoke(t, nil, "pause", "list", "-data", data); !strings.Contains(res.stdout, "flytter") {
		t.Errorf("list:\n%s", res.stdout)
	}
	if res := invoke(t, nil, "pause", "remove", id, "-data", data); res.code != exitOK {
		t.Errorf("remove: exit %d: %s", res.code, res.stderr)
	}
}
