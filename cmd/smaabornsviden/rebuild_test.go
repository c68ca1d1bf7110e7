package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"smaabornsviden/crawler/state"

	"github.com/google/go-cmp/cmp"
)

// written is how many changes the store has told the index of, and which run was the last.
func written(t *testing.T, data string) (seq uint64, runs int) {
	t.Helper()
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if seq, err = st.LastSeq(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := st.Runs(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return seq, len(all)
}

// TestRebuildDescribesByTheRulesAsTheyAreNow: what an operator corrects holds after a rebuild, no site is asked for anything, and
// the index in use takes in the documents that changed and no others.
func TestRebuildDescribesByTheRulesAsTheyAreNow(t *testing.T) {
	data := demoData(t)
	rebuild := func(want string, flags ...string) string {
		t.Helper()
		res := invoke(t, nil, append([]string{"rebuild", "-data", data}, flags...)...)
		if res.code != exitOK || !strings.Contains(res.stdout, want) {
			t.Fatalf("rebuild %v: exit %d, want %q\n%s%s", flags, res.code, want, res.stdout, res.stderr)
		}
		return res.stdout
	}
	found := func(query string) bool {
		res := invoke(t, nil, "query", "-data", data, "-json", query)
		return strings.Contains(res.stdout, "14-2-mio-kr")
	}
	const release = "http://morgenfroe-fonden.example/nyheder/14-2-mio-kr-til-smaaboernscafeer-i-otte-kommuner"
	before, runs := written(t, data)
	first := rebuild("0 documents are described anew", "-changed")

	fix := "corrections:\n  - {url: \"" + release + "\", set: {type: program}, why: Siden er programmets egen.}\n"
	if err := os.WriteFile(filepath.Join(data, correctionsFile), []byte(fix), 0o666); err != nil {
		t.Fatal(err)
	}
	const pending = "readers still see another type: smaabornsviden rebuild -changed takes them in"
	if res := invoke(t, nil, "explain", "-data", data, release); !strings.Contains(res.stdout, pending) {
		t.Errorf("explain shows a correction as if it held already:\n%s", res.stdout)
	}
	if res := invoke(t, nil, "explain", "-data", data, strings.TrimPrefix(release, "http://")+"?utm_source=brev#top"); res.code != exitOK || !strings.Contains(res.stdout, pending) {
		t.Errorf("explain of another form of the address: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
	second := rebuild("1 documents are described anew", "-changed")
	if res := invoke(t, nil, "explain", "-data", data, release); strings.Contains(res.stdout, "readers still see") {
		t.Errorf("explain says that a correction does not hold yet:\n%s", res.stdout)
	}
	if generation := func(s string) string { _, line, _ := strings.Cut(s, "\n"); return line }; generation(first) != generation(second) {
		t.Errorf("the index in use was replaced: %q, then %q", first, second)
	}
	if after, now := written(t, data); after != before+1 || now != runs {
		t.Errorf("%d changes for the index and %d crawls, want one change and no crawl", after-before, now-runs)
	}
	if !found("14,2 mio. kr. type:program") {
		t.Error("the corrected type is not found")
	}

	write(t, filepath.Join(data, correctionsFile), fix+"  - {url: \"http://morgenfroe-fonden.example/findes-ikke\", set: {type: debat}, why: Forkert.}\n  - {source: nogen, set: {type: debat}, why: Forkert.}\n"+
		"  - {url: \"http://www.morgenfroe-fonden.example/nyheder/14-2-mio-kr-til-smaaboernscafeer-i-otte-kommuner/?utm_source=x#top\", set: {group: {as: kopi, with: \"http://morgenfroe-fonden.example/heller-ikke\"}}, why: Samme.}\n")
	res := invoke(t, nil, "rebuild", "-data", data, "-changed")
	for _, want := range []string{"corrections.yaml:3: correction 2 holds for no stored document (url http://morgenfroe-fonden.example/findes-ikke)", "correction 3 holds for no stored document (source nogen)", "correction 4: set.group.with: no stored document is at http://morgenfroe-fonden.example/heller-ikke"} {
		if !strings.Contains(res.stderr, want) {
			t.Errorf("rebuild does not say %q:\n%s", want, res.stderr)
		}
	}
	if strings.Contains(res.stderr, "correction 1 ") || strings.Contains(res.stderr, "correction 4 holds") {
		t.Errorf("rebuild says that a correction in force holds for nothing:\n%s", res.stderr)
	}
	write(t, filepath.Join(data, correctionsFile), "corrections: [{}]")
	if res := invoke(t, nil, "rebuild", "-data", data, "-changed"); res.code == exitOK {
		t.Errorf("rebuild with a broken file: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}

	if err := os.Remove(filepath.Join(data, correctionsFile)); err != nil {
		t.Fatal(err)
	}
	rebuild("1 documents are described anew")
	if found("14,2 mio. kr. type:program") || !found("14,2 mio. kr. type:nyhed") {
		t.Error("a correction that was taken back still holds after a rebuild")
	}
	if after, now := written(t, data); after != before+3 || now != runs {
		t.Errorf("%d changes for the index and %d crawls, want three changes and no crawl", after-before, now-runs)
	}

	register := filepath.Join(t.TempDir(), "partners.yaml")
	if err := os.WriteFile(register, []byte("sources:\n  - {id: a, name: A, sector: viden, policy: index, home: \"http://a.example/\"}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	res = invoke(t, nil, "rebuild", "-data", data, "-partners", register)
	if res.code != exitOK || !strings.Contains(res.stderr, "described as before, since the register has no source") || !strings.Contains(res.stdout, "is in use with") || !strings.Contains(res.stdout, "no document is described anew: ") {
		t.Errorf("with a register of other sources: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
}

// TestARunningCrawlerMakesWayForARebuild: the process that crawls by schedule takes corrections in without being restarted, asks
// the site for nothing, and goes on by them.
func TestARunningCrawlerMakesWayForARebuild(t *testing.T) {
	var asked atomic.Int64
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, samplePage)
	}))
	defer site.Close()
	address := site.Listener.Addr().String()
	data, register := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "r.yaml")
	write(t, register, "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"http://"+address+"/\"}\n")
	running := start(t, "run", "-data", data, "-partners", register, "-allow-loopback", address, "-delay", "0s", "-addr", "127.0.0.1:0")
	running.await(t, "msg=crawled")
	before := asked.Load()
	write(t, filepath.Join(data, correctionsFile), "corrections:\n  - {source: x, set: {type: debat}, why: Siden mener noget.}\n")
	for _, want := range []string{"1 documents are described anew", "0 documents are described anew"} {
		if res := invoke(t, nil, "rebuild", "-data", data, "-changed"); res.code != exitOK || !strings.Contains(res.stdout, want) {
			t.Errorf("rebuild: exit %d, want %q\n%s%s", res.code, want, res.stdout, res.stderr)
		}
	}
	if res := invoke(t, nil, "explain", "-data", data, "http://"+address+"/"); !strings.Contains(res.stdout, "* type = debat (rettelse: Siden mener noget.)") {
		t.Errorf("the correction does not show: %s", res.stdout)
	}
	if n := asked.Load(); n != before {
		t.Errorf("%d requests for a rebuild", n-before)
	}
	write(t, filepath.Join(data, correctionsFile), "corrections: [{}]")
	if res := invoke(t, nil, "explain", "-data", data, "http://"+address+"/"); res.code != exitOK || !strings.Contains(res.stdout, "corrections.yaml cannot be used as it is now: bad corrections") || !strings.Contains(res.stdout, "* type = debat") {
		t.Errorf("explain with a broken file: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
	if code := running.stop(t); code != exitOK {
		t.Errorf("exit %d: %s", code, running.out)
	}

	write(t, filepath.Join(data, correctionsFile), "")
	write(t, register, "sources:\n  - {id: x, name: En anden, sector: fond, policy: index, home: \"http://andet.example/\"}\n")
	if res := invoke(t, nil, "rebuild", "-data", data, "-partners", register, "-changed"); res.code != exitOK || !strings.Contains(res.stderr, "means another site by x, which is andet.example there and 127.0.0.1 here") || !strings.Contains(res.stdout, "no document is described anew") {
		t.Errorf("with a register of other hosts: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
}

// lose puts the crawl state of a data folder away and another, without documents, in its place.
func lose(t *testing.T, data string) (back func()) {
	t.Helper()
	away := t.TempDir()
	move := func(from, to string) {
		files, err := filepath.Glob(filepath.Join(from, "state.db*"))
		for _, f := range files {
			if err == nil {
				err = os.Rename(f, filepath.Join(to, filepath.Base(f)))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	move(data, away)
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err == nil {
		err = st.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		move(data, t.TempDir())
		move(away, data)
	}
}

// refused runs a command that must leave the index as it is, and name how many documents are stored and in the index.
func refused(t *testing.T, args ...string) {
	t.Helper()
	res := invoke(t, nil, args...)
	if res.code != exitFail || !strings.Contains(res.stderr, "has 0 documents, the index in use has ") || !strings.Contains(res.stderr, "rebuild -empty") {
		t.Errorf("%s: exit %d\n%s%s", args[0], res.code, res.stdout, res.stderr)
	}
}

func TestNothingStoredReplacesNoIndex(t *testing.T) {
	data := demoData(t)
	back := lose(t, data)
	refused(t, "rebuild", "-data", data)
	refused(t, "query", "-data", data, "leg")
	back()
	if res := invoke(t, nil, "query", "-data", data, "tilknytning"); res.code != exitOK || strings.HasPrefix(res.stdout, "0 ") {
		t.Errorf("with the state back: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
	lose(t, data)
	if res := invoke(t, nil, "rebuild", "-data", data, "-empty"); res.code != exitOK || !strings.Contains(res.stdout, "with 0 documents") {
		t.Errorf("-empty: exit %d\n%s%s", res.code, res.stdout, res.stderr)
	}
}

// TestADamagedIndexIsMadeAnewOnce: by whichever command comes first, as one of another layout is.
func TestADamagedIndexIsMadeAnewOnce(t *testing.T) {
	data := demoData(t)
	for i, args := range [][]string{{"query", "-data", data, "-json", "tilknytning"}, {"rebuild", "-data", data}, {"rebuild", "-data", data, "-changed"}} {
		found, err := filepath.Glob(filepath.Join(data, "index", "gen-*"))
		if err != nil || len(found) != 1 {
			t.Fatalf("generations: %v, %v", found, err)
		}
		if err := os.Truncate(filepath.Join(found[0], "root.bolt"), 100); err != nil {
			t.Fatal(err)
		}
		if res := invoke(t, nil, args...); res.code != exitOK || strings.Contains(res.stdout, "with 0 documents") || strings.Contains(res.stdout, `"total":0,`) {
			t.Errorf("%v: exit %d\n%s%s", args, res.code, res.stdout, res.stderr)
		}
		made, err := filepath.Glob(filepath.Join(data, "index", "gen-*"))
		if want := []string{filepath.Join(data, "index", fmt.Sprintf("gen-%04d", i+2))}; err != nil || !cmp.Equal(made, want) {
			t.Errorf("%v: generations %v, %v, want %v", args, made, err, want)
		}
	}
}
