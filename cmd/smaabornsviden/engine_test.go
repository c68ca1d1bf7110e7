package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		s, err := opensearch.Open(ctx, opensearch.Options{Analyzer: a, URLs: strings.Split(urls, ","), Index: name + "-demo", Discard: true})
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
}

func TestAServerWithoutItsClusterSaysSo(t *testing.T) {
	res := invoke(t, nil, "serve", "-data", t.TempDir(), "-addr", "127.0.0.1:0", "-engine", "opensearch", "-opensearch-url", "http://127.0.0.1:1")
	if res.code != exitFail || !strings.Contains(res.stderr, "no OpenSearch node answers") {
		t.Errorf("exit %d: %s", res.code, res.stderr)
	}
}
