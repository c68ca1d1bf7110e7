package bleveindex

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// childEnv names the folder that a child process writes to until it is killed.
const childEnv = "SMAABORNSVIDEN_TEST_KILLED_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled goes on from the checkpoint, a line for every batch that was applied. Every seventh batch
// is followed by a rebuild.
func writeUntilKilled(dir string) error {
	a, err := danish.New()
	if err != nil {
		return err
	}
	s, err := Open(dir, Options{Analyzer: a})
	if err != nil {
		return err
	}
	ctx := context.Background()
	seq, err := s.Checkpoint(ctx)
	for ; err == nil; seq++ {
		if err = s.Apply(ctx, killedBatch(seq+1)); err != nil {
			return err
		}
		fmt.Println(seq + 1)
		if (seq+1)%7 == 0 {
			err = s.Rebuild(ctx, func(apply func(index.Batch) error) error {
				return apply(index.Batch{Puts: killedDocs(seq + 1), Seq: seq + 1})
			})
			fmt.Println("rebuilt")
		}
	}
	return err
}

// killedBatch puts two documents, replaces one that all batches share and deletes one of the batch before.
func killedBatch(n uint64) index.Batch {
	return index.Batch{Seq: n, Deletes: []string{fmt.Sprintf("b%d", n-1)}, Puts: []index.Document{
		{ID: fmt.Sprintf("a%d", n), Title: "blivende", Body: strings.Repeat("børnehave vuggestue ", 50)},
		{ID: fmt.Sprintf("b%d", n), Title: "kortvarig"},
		{ID: "shared", Title: "fælles", Source: fmt.Sprint("seq", n)},
	}}
}

// killedDocs are all documents after n batches.
func killedDocs(n uint64) []index.Document {
	var docs []index.Document
	for i := uint64(1); i <= n; i++ {
		docs = append(docs, killedBatch(i).Puts[0])
	}
	return append(docs, killedBatch(n).Puts[1:]...)
}

func TestAKilledProcessLosesNothingItHadApplied(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	chance := rand.New(rand.NewPCG(20, 26))
	rebuilt := 0
	for round := range 14 {
		last, rebuilds := writeAndKill(t, dir, 1+chance.IntN(9))
		rebuilt += rebuilds
		s, err := Open(dir, Options{Analyzer: a})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		seq, err := s.Checkpoint(t.Context())
		if err != nil || seq < last {
			t.Errorf("round %d: checkpoint %d, %v; but %d had been applied", round, seq, err, last)
		}
		checkKilled(t, s, seq)
		closeStore(t, s)
	}
	if rebuilt == 0 {
		t.Error("no child lived long enough to rebuild")
	}
}

// writeAndKill starts a child and kills it after it has written some lines.
func writeAndKill(t *testing.T, dir string, lines int) (last uint64, rebuilds int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(out)
	for n := 1; scanner.Scan(); n++ {
		if n == lines {
			_ = child.Process.Kill() // an error means that it has ended, and Wait tells how
		}
		if scanner.Text() == "rebuilt" {
			rebuilds++
		} else if last, err = strconv.ParseUint(scanner.Text(), 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	var exit *exec.ExitError
	if err := child.Wait(); !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("the child was not killed: %v", err)
	}
	return last, rebuilds
}

// checkKilled compares what can be found with the checkpoint.
func checkKilled(t *testing.T, s *Store, seq uint64) {
	t.Helper()
	find := func(word string) index.Page {
		page, err := s.Search(t.Context(), index.Plan{
			Size: 5, Facets: []string{index.FacetSource},
			Groups: []index.Group{{Occur: index.Must, Alts: []index.Alt{{Field: index.Exact, Terms: []string{word}, Weight: 1}}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	if got := find("blivende").Total; got != int(seq) {
		t.Errorf("batch %d: %d documents that stay, want %d", seq, got, seq)
	}
	if page := find("kortvarig"); page.Total != 1 || page.Hits[0].Doc.ID != fmt.Sprint("b", seq) {
		t.Errorf("batch %d: %d documents that go, want only b%d", seq, page.Total, seq)
	}
	if page := find("fælles"); page.Total != 1 || page.Facets[0].Values[0].Value != fmt.Sprint("seq", seq) {
		t.Errorf("batch %d: the shared document is %+v", seq, page.Facets)
	}
}
