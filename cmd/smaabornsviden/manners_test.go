package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/demosite"
	"smaabornsviden/crawler/hell"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/robots"
)

// TestTheDemonstrationKeepsItsManners crawls the invented sites, at the first and the second crawl of their story, and
// holds their own log against what we promise: pauses, one request at a time, nothing fetched twice, nothing forbidden.
func TestTheDemonstrationKeepsItsManners(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration, twice")
	}
	data := filepath.Join(t.TempDir(), "data")
	for story := 1; story <= 2; story++ {
		server := demoHere(t, data, story)
		byHost := map[string][]hell.Request{}
		for _, r := range server.Log() {
			// From start to start: the log ends a request when its handler does, which may be after the crawler has it.
			byHost[r.Host] = append(byHost[r.Host], hell.Request{Path: r.Path, UserAgent: r.UserAgent, Start: r.Time, End: r.Time, Status: r.Status})
		}
		if len(byHost) < 7 {
			t.Errorf("story %d: %d hosts were visited, want at least 7", story, len(byHost))
		}
		for host, log := range byHost {
			checkManners(t, log, crawler.DefaultDelay/demoClock)
			checkAllowed(t, server, host, log)
		}
	}
}

// demoHere runs the demonstration up to the end of its crawl and returns its sites.
func demoHere(t *testing.T, data string, story int) *demosite.Server {
	t.Helper()
	o := demoFlags{data: inFolder(data), addr: "127.0.0.1:0", sites: "127.0.0.1:0", story: story, exit: true}
	d, err := newDemo(o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	n, err := openNode(t.Context(), o.data, "demo", purposeDemo, discardLog())
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	if n.register, err = partners.Load(d.server.Register(), "demo register"); err != nil {
		t.Fatal(err)
	}
	env := &environment{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}
	if err := d.run(t.Context(), env, n, o); err != nil {
		t.Fatal(err)
	}
	return d.server
}

// checkAllowed reads a host's robots.txt as anybody would and looks for requests that it forbids.
func checkAllowed(t *testing.T, server *demosite.Server, host string, log []hell.Request) {
	t.Helper()
	answer := httptest.NewRecorder()
	server.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://"+host+"/robots.txt", nil))
	if answer.Code != http.StatusOK {
		return
	}
	rules := robots.Parse(answer.Body.Bytes())
	for _, r := range log {
		if ok, why := rules.Allowed(agentToken, "http://"+host+r.Path); !ok && r.Path != "/robots.txt" {
			t.Errorf("%s%s was fetched although robots.txt forbids it: %s", host, r.Path, why)
		}
	}
	if wait := rules.CrawlDelay(agentToken); wait > crawler.DefaultDelay {
		checkManners(t, log, wait/demoClock)
	}
}
