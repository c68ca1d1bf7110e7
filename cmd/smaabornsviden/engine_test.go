package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/opensearch"

	"github.com/google/go-cmp/cmp"
)

// inCluster are the flags that keep the index of a test in the cluster under a name of its own, and that name.
func inCluster(t *testing.T) (flags []string, name string) {
	t.Helper()
	urls := service(t, "SMAABORNSVIDEN_OPENSEARCH_URL")
	name = fmt.Sprintf("test-cmd-%d-%s", os.Getpid(), strings.ToLower(t.Name()[4:8]))
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		s, err := opensearch.Open(ctx, opensearch.Options{Analyzer: a, URLs: strings.Split(urls, ","), Index: name + "-demo", Replace: true})
		if err == nil {
			err = s.Drop(ctx)
		}
		if err != nil {
			t.Errorf("clean up: %v", err)
		}
	})
	return []string{"-engine", "opensearch", "-opensearch-url", urls, "-opensearch-index", name, "-opensearch-shards", "2"}, name
}

// TestReadersSeeNoDifferenceBetweenTheEngines crawls the invented sites into the folder and into the cluster, and asks the
// same of both; and of a server that has nothing but the cluster.
func TestReadersSeeNoDifferenceBetweenTheEngines(t *testing.T) {
	flags, name := inCluster(t)
	dir := t.TempDir()
	folder, cluster := filepath.Join(dir, "folder"), filepath.Join(dir, "cluster")
	demoOnce(t, folder)
	demoOnce(t, cluster, flags...)
	if res := invoke(t, nil, append([]string{"rebuild", "-data", cluster}, flags...)...); res.code != exitOK || !strings.Contains(res.stdout, name+"-demo-000002") {
		t.Errorf("rebuild: exit %d: %s%s", res.code, res.stdout, res.stderr)
	}
	copyFlags := append([]string{}, flags...)
	copyFlags[5] += "-demo" // what the demo calls its index
	first, err := url.Parse(strings.Split(flags[3], ",")[0])
	if err != nil {
		t.Fatal(err)
	}
	door := httptest.NewServer(httputil.NewSingleHostReverseProxy(first)) // can be closed, unlike the cluster
	defer door.Close()
	copyFlags[3] = door.URL
	one := start(t, "serve", "-data", folder, "-addr", "127.0.0.1:0")
	other := start(t, append([]string{"serve", "-data", filepath.Join(dir, "empty"), "-addr", "127.0.0.1:0"}, copyFlags...)...)
	const ready = `er klar: (http://\S+)/`
	atOne, atOther := one.await(t, ready), other.await(t, ready)
	for _, q := range []string{"tilknytning", "sprog i vuggestuen", `"tryg tilknytning"`, "sundhedsplejersken besøger", "børnehav*", "tilknyttning", "leg -sprog"} {
		var want, got searched
		fetchJSON(t, atOne+"/api/v1/search?size=50&q="+url.QueryEscape(q), &want)
		fetchJSON(t, atOther+"/api/v1/search?size=50&q="+url.QueryEscape(q), &got)
		if diff := cmp.Diff(want, got); diff != "" || want.Total == 0 {
			t.Errorf("%s: %d hits (-folder +cluster)\n%s", q, want.Total, diff)
		}
	}
	checkSameStanding(t, atOne, atOther)
	for _, look := range [][]string{{"query", "tilknytning"}, {"status"}} { // with nothing but the cluster, as serve does
		args := append([]string{look[0], "-data", filepath.Join(dir, "none-"+look[0])}, copyFlags...)
		if res := invoke(t, nil, append(args, look[1:]...)...); res.code != exitOK {
			t.Errorf("%s: exit %d: %s", look[0], res.code, res.stderr)
		}
	}
	door.CloseClientConnections()
	door.Close()
	for began := time.Now(); time.Since(began) < standingPause+standingRetry; time.Sleep(500 * time.Millisecond) {
		checkAway(t, atOther) // also once it is to read again how the crawl stands
	}
}

// checkSameStanding asks both servers about the crawl: the one that did not crawl, and has no state of its own, knows as much.
func checkSameStanding(t *testing.T, one, other string) {
	t.Helper()
	type source struct {
		ID, Name, Policy, Sector, Home string
		Documents, Known               int
		Refused                        map[string]int
	}
	var want, got struct{ Sources []source }
	fetchJSON(t, one+"/api/v1/sources", &want)
	fetchJSON(t, other+"/api/v1/sources", &got)
	// An address of nobody's that two sources link to belongs to the one that was read first, in each crawl anew.
	elsewhere := func(all []source) (sum int) {
		for i := range all {
			n := all[i].Refused["out-of-scope"]
			delete(all[i].Refused, "out-of-scope")
			all[i].Known -= n
			sum += n
			if len(all[i].Refused) == 0 {
				all[i].Refused = nil
			}
		}
		return sum
	}
	if one, other := elsewhere(want.Sources), elsewhere(got.Sources); one != other {
		t.Errorf("%d and %d addresses out of scope", one, other)
	}
	// So does how many pages of a trap were under way when it was found out.
	for i := range min(len(want.Sources), len(got.Sources)) {
		w, g := &want.Sources[i], &got.Sources[i]
		if w.Refused["trap"] > 0 && max(w.Known-g.Known, g.Known-w.Known) <= 2 {
			g.Known = w.Known
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want.Sources) == 0 {
		t.Errorf("%d sources (-folder +cluster)\n%s", len(want.Sources), diff)
	}
	news := regexp.MustCompile(`/dokument/[a-z0-9]+`)
	wanted, found := news.FindAllString(fetchText(t, one+"/nyt"), -1), news.FindAllString(fetchText(t, other+"/nyt"), -1)
	slices.Sort(wanted)
	slices.Sort(found)
	if diff := cmp.Diff(wanted, found); diff != "" || len(wanted) < 10 {
		t.Errorf("%d news (-folder +cluster)\n%s", len(wanted), diff)
	}
}

// flaky is an engine that is away the first times it is asked how far it is.
type flaky struct {
	engine
	away  atomic.Int64
	asked atomic.Int64
}

func (f *flaky) Checkpoint(ctx context.Context) (uint64, error) {
	f.asked.Add(1)
	if f.away.Add(-1) >= 0 {
		return 0, fmt.Errorf("ask the index: %w", index.ErrUnavailable)
	}
	return 0, ctx.Err()
}

func TestFeedingWaitsWhileTheIndexIsAway(t *testing.T) {
	st, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	f := &flaky{}
	f.away.Store(3)
	n := &node{state: st, sink: &sink{index: f, log: discardLog()}, log: discardLog()}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- n.feedAgain(ctx, time.Millisecond) }()
	for f.asked.Load() < 4 && len(ended) == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-ended; err != nil || f.asked.Load() < 4 {
		t.Errorf("feeding ended with %v after the index was asked %d times; want it to go on until it was told to end", err, f.asked.Load())
	}
}

// picky is an engine that refuses a document.
type picky struct {
	engine
	poison  string
	applied []index.Batch
}

func (p *picky) Checkpoint(context.Context) (uint64, error) { return 0, nil }

func (p *picky) Apply(_ context.Context, b index.Batch) error {
	for i := range b.Puts {
		if b.Puts[i].ID == p.poison {
			return fmt.Errorf("apply batch %d: %w", b.Seq, &opensearch.RefusedError{ID: p.poison, Reason: "why"})
		}
	}
	p.applied = append(p.applied, b)
	return nil
}

// TestAPoisonDocumentIsToldAndLeftOut: one document must not keep all that come after it out of the index, nor a rebuild from ending.
func TestAPoisonDocumentIsToldAndLeftOut(t *testing.T) {
	var said output
	log := slog.New(slog.NewTextHandler(&said, nil))
	p := &picky{poison: "b"}
	s := &sink{index: p, log: log}
	batch := index.Batch{Puts: []index.Document{{ID: "a"}, {ID: "b"}, {ID: "c"}}, Deletes: []string{"d"}, Seq: 7}
	want := []index.Batch{{Puts: []index.Document{{ID: "a"}, {ID: "c"}}, Deletes: []string{"d", "b"}, Seq: 7}}
	if err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, p.applied); diff != "" || !strings.Contains(said.String(), "document=b") {
		t.Errorf("applied (-want +got)\n%s\nlog: %s", diff, said.String())
	}
	var again output
	err := leavingOut(slog.New(slog.NewTextHandler(&again, nil)), func(refused []string) error {
		p.applied = nil
		g := &newGeneration{apply: func(b index.Batch) error { return p.Apply(t.Context(), b) }, refused: refused}
		return g.Apply(t.Context(), batch)
	})
	if diff := cmp.Diff(want, p.applied); err != nil || diff != "" || !strings.Contains(again.String(), "document=b") {
		t.Errorf("a new generation: %v (-want +got)\n%s\nlog: %s", err, diff, again.String())
	}
	never := func([]string) error { return &opensearch.RefusedError{ID: "b"} }
	if _, ok := poison(leavingOut(log, never)); !ok {
		t.Error("an index that refuses what is left out is tried for ever, or taken for whole")
	}
}

// TestAFolderKnowsWhereItsIndexLies: a shell lacks the environment of the service that crawls.
func TestAFolderKnowsWhereItsIndexLies(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	st, err := state.Open(t.Context(), mustFolder(t, data), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(st.Set(t.Context(), purposeKey, purposeReal), st.Set(t.Context(), engineKey, engineOpenSearch), st.Close()); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"rebuild"}, {"status"}, {"query", "leg"}} {
		res := invoke(t, nil, append([]string{args[0], "-data", data}, args[1:]...)...)
		if res.code != exitFail || !strings.Contains(res.stderr, "lies in OpenSearch") {
			t.Errorf("%s without -engine: exit %d: %s%s", args[0], res.code, res.stdout, res.stderr)
		}
	}
	for _, args := range [][]string{{"-engine", "bleve"}, nil} { // it is known to lie in the folder from then on
		if res := invoke(t, nil, append([]string{"status", "-data", data}, args...)...); res.code != exitOK {
			t.Errorf("status %q: exit %d: %s", args, res.code, res.stderr)
		}
	}
}

// mustFolder makes a data folder, and returns the path of its state.
func mustFolder(t *testing.T, data string) string {
	t.Helper()
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(data, "state.db")
}

func TestFlagsThatTheRunningProcessWouldPassOverAreRefused(t *testing.T) {
	cluster := &ranOn{Engine: engineOpenSearch, URLs: []string{"http://a:9200", "http://b:9200"}, Index: "x", Shards: 1}
	for _, c := range []struct {
		args  string
		on    *ranOn
		makes bool
		want  []string
	}{
		{"", cluster, true, nil},
		{"-engine opensearch -opensearch-url http://b:9200/,http://me:secret@a:9200 -opensearch-index x -opensearch-shards 1", cluster, true, nil},
		{"-engine bleve", cluster, true, []string{"-engine bleve, not opensearch"}},
		{"-engine opensearch -opensearch-url http://a:9200", &ranOn{Engine: engineBleve}, false, []string{"-engine opensearch, not bleve"}},
		{"-opensearch-url http://a:9200", &ranOn{Engine: engineBleve}, true, nil}, // the environment may name a cluster that is not used
		{"-opensearch-url http://c:9200", cluster, false, []string{"-opensearch-url http://c:9200, not http://a:9200,http://b:9200"}},
		{"-opensearch-index y", cluster, false, []string{"-opensearch-index y, not x"}},
		{"-opensearch-shards 3 -opensearch-replicas 2", cluster, true, []string{"-opensearch-shards 3, not 1", "-opensearch-replicas 2, not 0"}},
		{"-opensearch-shards 3", cluster, false, nil},
		{"-engine bleve", nil, true, nil}, // who holds the folder does not tell
	} {
		var e engineFlags
		f := newFlags(command{name: "rebuild"}, &environment{getenv: func(string) string { return "" }, stdout: io.Discard, stderr: io.Discard})
		engineFlag(f, &e)
		if _, err := f.parse(strings.Fields(c.args)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, e.unlike(c.on, c.makes)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.args, diff)
		}
	}
}

func TestACommandForAnotherIndexIsNotGivenToTheRunningProcess(t *testing.T) {
	data := demoData(t)
	start(t, "serve", "-data", data, "-addr", "127.0.0.1:0").await(t, `er klar: (http://\S+)/`)
	for _, name := range []string{"rebuild", "query"} {
		args := []string{name, "-data", data, "-engine", "opensearch", "-opensearch-url", "http://127.0.0.1:1"}
		if name == "query" {
			args = append(args, "leg")
		}
		if res := invoke(t, nil, args...); res.code != exitFail || !strings.Contains(res.stderr, "asked for -engine opensearch, not bleve") || !strings.Contains(res.stderr, "is held by process") {
			t.Errorf("%s: exit %d\n%s%s", name, res.code, res.stdout, res.stderr)
		}
	}
}

// TestTheOldIndexAnswersWhileTheClusterIsRebuilt: the command that replaces an index of another schema leaves it to the servers that can
// read it until the new one is whole; and a folder without documents replaces nothing.
func TestTheOldIndexAnswersWhileTheClusterIsRebuilt(t *testing.T) {
	flags, name := inCluster(t)
	data := filepath.Join(t.TempDir(), "data")
	demoOnce(t, data, flags...)
	at := strings.Split(flags[3], ",")[0] + "/" + name + "-demo"
	back := lose(t, data)
	own := slices.Clone(flags)
	own[5] += "-demo" // a state that was lost does not know that its sites were invented
	refused(t, append([]string{"rebuild", "-data", data}, own...)...)
	back()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, at+"-000001/_mapping", strings.NewReader(`{"_meta": {"schema": "opensearch-0 another", "markers": ["0", "1"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if res, err := http.DefaultClient.Do(req); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("change the schema: %v, %v", res, err)
	}
	done, counted := make(chan struct{}), make(chan map[int]int)
	go func() { counted <- counts(t, at+"/_count", done) }()
	res := invoke(t, nil, append([]string{"rebuild", "-data", data}, flags...)...)
	close(done)
	seen := <-counted
	if res.code != exitOK || !strings.Contains(res.stdout, name+"-demo-000002 is in use") {
		t.Errorf("rebuild: exit %d, want one further generation\n%s%s", res.code, res.stdout, res.stderr)
	}
	if len(seen) != 1 || seen[0] > 0 { // the same documents before and after
		t.Errorf("documents that a server counts during the rebuild, and how often: %v", seen)
	}
}

// counts asks until done how many documents there are, and tells how often each number was the answer; 0 is a failure too.
func counts(t *testing.T, address string, done chan struct{}) map[int]int {
	seen := map[int]int{}
	for {
		var a struct{ Count int }
		if res, err := http.Get(address); err != nil {
			t.Error(err)
		} else {
			if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
				t.Error(err)
			}
			res.Body.Close()
		}
		seen[a.Count]++
		select {
		case <-done:
			return seen
		default:
		}
	}
}
