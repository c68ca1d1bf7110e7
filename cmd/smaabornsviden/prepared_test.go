package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"smaabornsviden/crawler/extract/pdftext"
	"smaabornsviden/index"
	"smaabornsviden/index/bleveindex"
	"smaabornsviden/index/query"
)

// shared is a folder for what is dear to make and the same for all tests. The first that asks for such a thing makes it.
var shared string

var (
	crawledDemo  = sync.OnceValues(crawlDemo)
	builtProgram = sync.OnceValues(buildProgram)
)

// TestMain also lets the test program be the child that reads PDF files, as main does.
func TestMain(m *testing.M) {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
	}
	var err error
	if shared, err = os.MkdirTemp("", "smaabornsviden-test-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(shared)
	os.Exit(code)
}

// demoData is a data folder of the test's own, in which the demonstration was crawled once. A test that is about what a crawl
// finds crawls for itself, with demoOnce.
func demoData(t testing.TB) string {
	t.Helper()
	crawled, err := crawledDemo()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(data, os.DirFS(crawled)); err != nil {
		t.Fatal(err)
	}
	return data
}

func crawlDemo() (string, error) {
	data := filepath.Join(shared, "demo")
	var out output
	env := &environment{stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" }}
	// In no test's context: the folder outlives the test that asks for it first.
	if code := run(context.Background(), env, []string{"demo", "-data", data, "-addr", "127.0.0.1:0", "-exit"}); code != exitOK {
		return "", fmt.Errorf("demo: exit %d\n%s", code, &out)
	}
	return data, nil
}

// binary is the path of the program, for tests that kill it or ask what it takes.
func binary(t testing.TB) string {
	t.Helper()
	path, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func buildProgram() (string, error) {
	path := filepath.Join(shared, "smaabornsviden")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
}

// searcherOver searches some documents, held in memory.
func searcherOver(t testing.TB, docs []index.Document) query.Searcher {
	t.Helper()
	a, v, err := language()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bleveindex.Memory(bleveindex.Options{Analyzer: a})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	seq := uint64(0)
	for part := range slices.Chunk(docs, 500) { // as many as a batch of the crawler's has at most
		seq++
		if err := engine.Apply(t.Context(), index.Batch{Puts: part, Seq: seq}); err != nil {
			t.Fatal(err)
		}
	}
	return query.Searcher{Engine: engine, Analyzer: a, Vocabulary: v}
}
