package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// deployed is one process that crawls and two that only answer, on one cluster.
type deployed struct {
	crawler, one, two string // addresses
	data              string // the crawler's folder
}

const deployedPages = 6

func deploy(t *testing.T) deployed {
	t.Helper()
	flags, _ := inCluster(t)
	flags[5] += "-demo" // the name that is cleaned up
	site, register := smallSite(t, deployedPages)
	dir := t.TempDir()
	d := deployed{data: filepath.Join(dir, "crawler")}
	vars := map[string]string{
		"SMAABORNSVIDEN_PARTNERS": register, "SMAABORNSVIDEN_ALLOW_LOOPBACK": site, "SMAABORNSVIDEN_DELAY": "0s",
		"SMAABORNSVIDEN_CONTACT": "drift@viden.example", "SMAABORNSVIDEN_LIMIT": "0",
	}
	begin := func(command, data string) string {
		args := append([]string{command, "-data", data, "-addr", "127.0.0.1:0"}, flags...)
		return "http://" + startWith(t, vars, args...).await(t, `er klar: http://(\S+)/`)
	}
	d.crawler = begin("run", d.data)
	awaitTotal(t, d.crawler, deployedPages+1)
	d.one, d.two = begin("serve", filepath.Join(dir, "one")), begin("serve", filepath.Join(dir, "two"))
	return d
}

// send fills in a form as a browser does, and returns the status and where it leads.
func send(t *testing.T, address string, pairs ...string) (status int, leads string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode, res.Header.Get("Location")
}

// decided carries out a decision on the operator's page of a server.
func decided(t *testing.T, server string, pairs ...string) {
	t.Helper()
	if status, leads := send(t, server+"/drift", pairs...); status != http.StatusSeeOther || !strings.HasSuffix(leads, "gjort=1") {
		t.Errorf("%q on /drift: %d to %q", pairs, status, leads)
	}
}

func finds(t *testing.T, server, address string) bool {
	t.Helper()
	var found searched
	fetchJSON(t, server+"/api/v1/search?size=50&q=leg", &found)
	return slices.ContainsFunc(found.Hits, func(h struct{ ID, URL, Title, Source, Type, Published, Snippet string }) bool {
		return h.URL == address
	})
}

// TestWhatReadersLeaveOnOneServerIsKnownToAll writes to one server what another shows and the process that crawls acts upon.
func TestWhatReadersLeaveOnOneServerIsKnownToAll(t *testing.T) {
	if testing.Short() {
		t.Skip("three processes on a cluster")
	}
	d := deploy(t)
	var found searched
	fetchJSON(t, d.one+"/api/v1/search?size=50&q=leg", &found)
	if len(found.Hits) != deployedPages+1 {
		t.Fatalf("%d documents are found", len(found.Hits))
	}
	checkSuggestion(t, d)
	checkRemoval(t, d, found.Hits[1].ID, found.Hits[1].URL)
	checkSharedProtocol(t, d)
	checkBlock(t, d, found.Hits[2].URL)
}

func checkSuggestion(t *testing.T, d deployed) {
	t.Helper()
	status, receipt := send(t, d.one+"/foreslaa-kilde", "adresse", "https://ny-kilde.example/", "navn", "Den nye kilde", "rolle", "kilde", "tekst", "De skriver om leg.")
	_, number, ok := strings.Cut(receipt, "?nummer=")
	if status != http.StatusSeeOther || !ok {
		t.Fatalf("suggesting a source: %d to %q", status, receipt)
	}
	if !strings.Contains(fetchText(t, d.two+receipt), number) {
		t.Error("the other server does not know the suggestion")
	}
	listed := invoke(t, nil, "inbox", "-data", d.data)
	if !strings.Contains(listed.stdout, number) || !strings.Contains(listed.stdout, "De skriver om leg.") {
		t.Errorf("the process that crawls lists:\n%s%s", listed.stdout, listed.stderr)
	}
	const note = "Siden er lukket."
	if res := invoke(t, nil, "inbox", "refuse", number, "-note", note, "-data", d.data); res.code != exitOK {
		t.Errorf("inbox refuse: exit %d: %s", res.code, res.stderr)
	}
	if !strings.Contains(fetchText(t, d.one+receipt), note) {
		t.Error("the reader is not told why")
	}
}

// checkRemoval asks one server to take a document down, and grants that on the other one: the process that crawls does it.
func checkRemoval(t *testing.T, d deployed, id, address string) {
	t.Helper()
	status, receipt := send(t, d.one+"/fjern", "adresse", d.one+"/dokument/"+id, "rolle", "person", "tekst", "Mit barn er nævnt.")
	_, number, ok := strings.Cut(receipt, "?nummer=")
	if status != http.StatusSeeOther || !ok {
		t.Fatalf("asking for a removal: %d to %q", status, receipt)
	}
	const done = "Dokumentet er fjernet herfra"
	if said := fetchText(t, d.two+receipt); !strings.Contains(said, number) || strings.Contains(said, done) {
		t.Error("the other server does not know what was asked")
	}
	if !finds(t, d.two, address) {
		t.Error("the document is gone before anybody decided so")
	}
	decided(t, d.two, "handling", "imoedekom", "hvad", number)
	for _, server := range []string{d.crawler, d.one, d.two} {
		if finds(t, server, address) {
			t.Errorf("%s is still found", address)
		}
		if !strings.Contains(fetchText(t, server+receipt), done) {
			t.Error("the reader is not told that it is done")
		}
	}
	if blocks := invoke(t, nil, "block", "list", "-data", d.data); !strings.Contains(blocks.stdout, number) {
		t.Errorf("the process that crawls has no such block:\n%s%s", blocks.stdout, blocks.stderr)
	}
}

func checkSharedProtocol(t *testing.T, d deployed) {
	t.Helper()
	status, leads := send(t, d.one+"/protokol", "q", "leg")
	id, ok := strings.CutPrefix(leads, "/protokol/")
	if status != http.StatusSeeOther || !ok {
		t.Fatalf("keeping a protocol: %d to %q", status, leads)
	}
	if first, other := fetchText(t, d.one+"/api/v1/protocol/"+id), fetchText(t, d.two+"/api/v1/protocol/"+id); first != other || first == "" {
		t.Errorf("two servers have different protocols:\n%s\n%s", first, other)
	}
	fetchText(t, d.two+leads)
	fetchText(t, d.two+leads+"/sammenlign")
	decided(t, d.two, "handling", "slet-protokol", "hvad", id)
	res, err := http.Get(d.one + leads)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("a protocol that was removed: %s", res.Status)
	}
}

// checkBlock takes an address down and lets it come back, each from another server.
func checkBlock(t *testing.T, d deployed, address string) {
	t.Helper()
	decided(t, d.one, "handling", "bloker", "hvad", address, "hvorfor", "ejeren bad om det")
	if finds(t, d.two, address) || finds(t, d.crawler, address) {
		t.Error("the blocked address is still found")
	}
	decided(t, d.two, "handling", "ophaev", "hvad", address)
	decided(t, d.one, "handling", "hent", "hvad", "lille")
	eventually(t, "the address is found again", func() bool { return finds(t, d.two, address) })
	if status, _ := send(t, d.two+"/drift", "handling", "pause", "hvad", "ukendt", "hvorfor", "flytter"); status != http.StatusConflict {
		t.Errorf("pausing a source that nobody knows: %d", status)
	}
}
