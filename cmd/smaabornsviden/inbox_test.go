package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestAGrantedRemovalTakesTheDocumentDown goes the whole way: a reader's form, the operator's command, the search, and
// the next crawl, which does not bring the document back.
func TestAGrantedRemovalTakesTheDocumentDown(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration, twice")
	}
	data := demoData(t)
	d := start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	address := "http://" + d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	var found searched
	search := address + "/api/v1/search?q=pusterum"
	fetchJSON(t, search, &found)
	if found.Total == 0 {
		t.Fatal("the portrait is not found")
	}
	doc := found.Hits[0]
	before := found.Total

	// The reader names our own page about the document.
	form := url.Values{"adresse": {address + "/dokument/" + doc.ID}, "rolle": {"person"}, "tekst": {"Mit barn er nævnt."}}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(address+"/fjern", form)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	receipt := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(receipt, "/fjern?nummer=") {
		t.Fatalf("the form: %s to %q", res.Status, receipt)
	}
	number := strings.TrimPrefix(receipt, "/fjern?nummer=")

	listed := invoke(t, nil, "inbox", "-data", data)
	if listed.code != exitOK || !strings.Contains(listed.stdout, number) || !strings.Contains(listed.stdout, "Mit barn er nævnt.") {
		t.Fatalf("inbox: exit %d\n%s%s", listed.code, listed.stdout, listed.stderr)
	}
	if res := invoke(t, nil, "inbox", "refuse", number, "-data", data); res.code != exitUsage || !strings.Contains(res.stderr, "-note") {
		t.Errorf("refused without saying why: exit %d\n%s", res.code, res.stderr)
	}
	granted := invoke(t, nil, "inbox", "grant", number, "-data", data)
	if granted.code != exitOK || !regexp.MustCompile(`is blocked; documents that left: [1-9]`).MatchString(granted.stdout) {
		t.Fatalf("inbox grant: exit %d\n%s%s", granted.code, granted.stdout, granted.stderr)
	}
	if again := invoke(t, nil, "inbox", "grant", number, "-data", data); again.code != exitFail || !strings.Contains(again.stderr, "settled already") {
		t.Errorf("granted twice: exit %d\n%s", again.code, again.stderr)
	}

	gone := func(when string) {
		t.Helper()
		fetchJSON(t, search, &found)
		for _, h := range found.Hits {
			if h.URL == doc.URL {
				t.Errorf("%s: the document is still found", when)
			}
		}
		if strings.Contains(fetchText(t, address+"/nyt"), doc.Title) {
			t.Errorf("%s: the page of news names it", when)
		}
	}
	gone("after the command")
	if found.Total >= before {
		t.Errorf("%d hits, %d before", found.Total, before)
	}
	if said := fetchText(t, address+receipt); !strings.Contains(said, "Dokumentet er fjernet herfra") {
		t.Error("the reader is not told")
	}
	if left := invoke(t, nil, "inbox", "-data", data, "-all"); strings.Contains(left.stdout, "Mit barn") {
		t.Errorf("what the reader wrote is still kept:\n%s", left.stdout)
	}
	if code := d.stop(t); code != exitOK {
		t.Fatalf("exit %d", code)
	}
	d = start(t, "demo", "-data", data, "-addr", "127.0.0.1:0")
	address = "http://" + d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	search = address + "/api/v1/search?q=pusterum"
	gone("after the next crawl")
}
