package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/opensearch"
	"smaabornsviden/server"
)

// door is a proxy before a cluster, with none behind it until one is put there.
type door struct {
	url    string
	behind atomic.Pointer[http.Handler]
}

func newDoor(t *testing.T) *door {
	t.Helper()
	d := &door{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := d.behind.Load(); h != nil {
			(*h).ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(srv.Close)
	d.url = srv.URL
	return d
}

func (d *door) lead(to http.Handler) { d.behind.Store(&to) }

// awayPages are what a reader or a program asks while the cluster is away, and what the answer says.
var awayPages = map[string]string{
	"/soeg?q=leg":                "Søgningen er nede et øjeblik",
	"/en/soeg?q=leg":             "The search is down for a moment",
	"/api/v1/search?q=leg":       "unavailable",
	"/soeg?q=leg&source=ukendt":  "Søgningen er nede et øjeblik",
	"/soeg?q=sprog+i+vuggestuen": "Søgningen er nede et øjeblik",
}

// checkAway asks a server whose cluster is away for everything, and for the front page, which goes without figures.
func checkAway(t *testing.T, at string) {
	t.Helper()
	for path, want := range awayPages {
		res, err := http.Get(at + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(string(body), want) {
			t.Fatalf("%s without a cluster: %s, Retry-After %q, %v; want %q in\n%.600s", path, res.Status, res.Header.Get("Retry-After"), err, want, body)
		}
	}
	fetchText(t, at+"/")
}

// foreign answers as a cluster does whose index another program wrote.
func foreign(index string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			fmt.Fprint(w, `{"version":{"distribution":"opensearch","number":"3.8.0"}}`)
			return
		}
		fmt.Fprintf(w, `{"%s-000001":{"mappings":{"_meta":{"schema":"another","markers":["a"]}}}}`, index)
	})
}

// TestAServerWithoutItsClusterTellsReaders starts a server while nothing answers behind two proxies: readers are told, and so
// are they while the index is one that this program cannot read; the operator is told of each once.
func TestAServerWithoutItsClusterTellsReaders(t *testing.T) {
	t.Parallel() // it waits most of the time
	one, two := newDoor(t), newDoor(t)
	server := start(t, "serve", "-data", t.TempDir(), "-addr", "127.0.0.1:0", "-engine", "opensearch", "-opensearch-url", one.url+","+two.url)
	at := server.await(t, `er klar: (http://\S+)/`)
	for range 3 {
		checkAway(t, at)
	}
	server.await(t, `(no OpenSearch node answers)`)
	var looks atomic.Int64
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		looks.Add(1)
		foreign("smaabornsviden").ServeHTTP(w, r)
	})
	one.lead(counted)
	two.lead(counted)
	server.await(t, `written as \W+another\W+, wanted .*(smaabornsviden rebuild with the data folder)`)
	for range 3 {
		checkAway(t, at)
	}
	for before := looks.Load(); looks.Load() < before+4; time.Sleep(10 * time.Millisecond) { // two a look
	}
	if said := server.out.String(); strings.Count(said, "the index cannot be read; readers are told") != 2 {
		t.Errorf("want one warning for each of two troubles:\n%s", said)
	}
	if code := server.stop(t); code != exitOK {
		t.Errorf("exit %d: %s", code, server.out)
	}
}

func TestWhatHasNotChangedIsToldAgainInCaseTheShelfWasLost(t *testing.T) {
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	p := publisher{last: []byte("a"), at: at}
	for _, c := range []struct {
		body  string
		after time.Duration
		want  bool
	}{{"a", standingPause, true}, {"b", standingPause, false}, {"a", standingAgain, false}} {
		if got := p.isTold([]byte(c.body), at.Add(c.after)); got != c.want {
			t.Errorf("%s %v later is told: %t, want %t", c.body, c.after, got, c.want)
		}
	}
}

func TestWhatIsCrawledWaitsForWhatAnOperatorMends(t *testing.T) {
	for err, want := range map[error]bool{
		opensearch.ErrUnreachable: true, opensearch.ErrRed: true, opensearch.ErrReadOnly: true, opensearch.ErrShut: true,
		opensearch.ErrAuth: true, opensearch.ErrTLS: true, // a password that was changed must not end the crawl
		index.ErrMismatch: false, opensearch.ErrVersion: false, errors.New("a mistake of ours"): false, nil: false,
	} {
		if got := waits(err); got != want {
			t.Errorf("%v: waits %t, want %t", err, got, want)
		}
	}
}

func TestTroubleThatGoesOnIsToldSeldom(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	s := seldom{now: func() time.Time { return now }}
	at := func(port int) error { return fmt.Errorf("from port %d: %w", port, opensearch.ErrUnreachable) }
	for i, step := range []struct {
		after time.Duration
		err   error
		want  bool
	}{
		{0, nil, false},
		{0, at(1), true},
		{time.Second, at(2), false},
		{time.Second, opensearch.ErrRed, true},
		{time.Second, at(3), true},
		{seldomPause, at(4), true},
		{time.Second, nil, false},
		{time.Second, at(5), true},
		{time.Second, fmt.Errorf("open: %w: %w", index.ErrUnavailable, index.ErrMismatch), true},
	} {
		now = now.Add(step.after)
		if got := s.due(step.err); got != step.want {
			t.Errorf("step %d, %v: %t, want %t", i, step.err, got, step.want)
		}
	}
}

// TestACrawlBegunWithoutItsClusterGoesOn starts the demonstration while nothing answers behind two proxies. It crawls, and answers
// readers; once there is a cluster, an index of another lexicon in it is not fed.
func TestACrawlBegunWithoutItsClusterGoesOn(t *testing.T) {
	t.Parallel() // it waits most of the time
	one, two := newDoor(t), newDoor(t)
	demo := start(t, "demo", "-data", t.TempDir(), "-addr", "127.0.0.1:0", "-engine", "opensearch", "-opensearch-url", one.url+","+two.url)
	at := demo.await(t, `er klar: (http://\S+)/`)
	checkAway(t, at)
	demo.await(t, `(Ctrl-C)`)
	for range 10 {
		checkAway(t, at)
	}
	one.lead(foreign("smaabornsviden-demo"))
	two.lead(foreign("smaabornsviden-demo"))
	code := <-demo.code
	demo.code <- code
	if code != exitFail || !strings.Contains(demo.out.String(), "smaabornsviden rebuild with the data folder") {
		t.Errorf("exit %d with an index of another lexicon:\n%s", code, demo.out)
	}
}

// TestWhatWasCrawledWithoutAClusterIsFoundOnceThereIsOne does the same with a real one.
func TestWhatWasCrawledWithoutAClusterIsFoundOnceThereIsOne(t *testing.T) {
	flags, _ := inCluster(t)
	first, err := url.Parse(strings.Split(flags[3], ",")[0])
	if err != nil {
		t.Fatal(err)
	}
	d := newDoor(t)
	flags[3] = d.url
	demo := start(t, append([]string{"demo", "-data", filepath.Join(t.TempDir(), "data"), "-addr", "127.0.0.1:0"}, flags...)...)
	at := demo.await(t, `er klar: (http://\S+)/`)
	demo.await(t, `(waits in the outbox)`)
	demo.await(t, `(Ctrl-C)`)
	checkAway(t, at)
	flags[5] += "-demo" // what the demo calls its index
	server := start(t, append([]string{"serve", "-data", filepath.Join(t.TempDir(), "server"), "-addr", "127.0.0.1:0"}, flags...)...)
	atServer := server.await(t, `er klar: (http://\S+)/`)
	checkAway(t, atServer)
	d.lead(httputil.NewSingleHostReverseProxy(first))
	awaitFound(t, at, demo)
	awaitFound(t, atServer, server) // which has met a cluster without an index, before one was made
	for _, p := range []*running{demo, server} {
		if code := p.stop(t); code != exitOK {
			t.Errorf("exit %d: %s", code, p.out)
		}
	}
}

// awaitFound waits until a process finds something in what was crawled.
func awaitFound(t *testing.T, at string, p *running) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		res, err := http.Get(at + "/api/v1/search?q=tilknytning")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode == http.StatusOK && !strings.Contains(string(body), `"total":0`) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("nothing is found a minute after the cluster came: %s %.300s\n%s", res.Status, body, p.out)
		}
	}
}

// redCluster answers as a cluster does that has lost a shard of the index of the lexicon in use.
func redCluster(t *testing.T) string {
	t.Helper()
	var schema string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, `{"version":{"distribution":"opensearch","number":"3.8.0"}}`)
		case strings.HasSuffix(r.URL.Path, "/_mapping"):
			fmt.Fprintf(w, `{"smaabornsviden-000001":{"mappings":{"_meta":{"schema":%q,"markers":["a"]}}}}`, schema)
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, `{"error":{"type":"search_phase_execution_exception","reason":"all shards failed"}}`)
		}
	}))
	t.Cleanup(srv.Close)
	// What it refuses tells which lexicon it wants.
	res := invoke(t, nil, "query", "-data", t.TempDir(), "-engine", "opensearch", "-opensearch-url", srv.URL, "leg")
	_, after, found := strings.Cut(res.stderr, `wanted "`)
	if schema, _, _ = strings.Cut(after, `"`); !found {
		t.Fatalf("query of another lexicon: exit %d: %s", res.code, res.stderr)
	}
	return srv.URL
}

func TestLookingIntoAClusterNeedsNoDataAndNamesItsTrouble(t *testing.T) {
	t.Parallel() // it waits most of the time
	at := redCluster(t)
	for _, args := range [][]string{{"query", "leg"}, {"status"}} {
		res := invoke(t, nil, append([]string{args[0], "-data", filepath.Join(t.TempDir(), "none"), "-engine", "opensearch", "-opensearch-url", at}, args[1:]...)...)
		if res.code != exitFail || !strings.Contains(res.stderr, "a shard of the index is lost (red)") {
			t.Errorf("%s: exit %d: %s", args[0], res.code, res.stderr)
		}
	}
}

func TestHowTheCrawlStandsIsKnownWhileItCannotBeRead(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	var away error
	var limited bool
	asked := 0
	s := &sharedStanding{now: func() time.Time { return now }, get: func(ctx context.Context, _, _ string) (opensearch.Record, error) {
		asked++
		_, limited = ctx.Deadline()
		return opensearch.Record{Body: []byte(`{"status":{"Sources":[{"ID":"vtb","Name":"Vores Tid"}]}}`)}, away
	}}
	away = index.ErrUnavailable
	if _, err := s.status(t.Context()); err == nil || !limited {
		t.Errorf("never told, and away: %v, with a limit of its own: %t", err, limited)
	}
	now, away = now.Add(standingRetry), nil
	want, err := s.status(t.Context())
	if err != nil || len(want.Sources) != 1 {
		t.Fatal(want, err)
	}
	now, away, asked = now.Add(standingPause), index.ErrUnavailable, 0
	for range 5 {
		got, err := s.status(t.Context())
		if err != nil || len(got.Sources) != 1 || got.Sources[0] != (server.Source{ID: "vtb", Name: "Vores Tid"}) {
			t.Errorf("while the cluster is away: %v, %v", got, err)
		}
	}
	if asked != 1 {
		t.Errorf("the cluster was asked %d times in a moment, want once", asked)
	}
	if _, err := s.read(t.Context()); err == nil {
		t.Error("the operator is not told that what holds cannot be read")
	}
}
