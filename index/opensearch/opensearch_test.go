package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/indextest"

	"github.com/google/go-cmp/cmp"
)

// cluster is the URLs of a running cluster; .ci/opensearch/cluster starts one.
func cluster(t *testing.T) []string {
	t.Helper()
	urls := os.Getenv("SMAABORNSVIDEN_OPENSEARCH_URL")
	if urls != "" {
		return strings.Split(urls, ",")
	}
	const why = "SMAABORNSVIDEN_OPENSEARCH_URL names no cluster; .ci/opensearch/cluster start makes one"
	if os.Getenv("SMAABORNSVIDEN_REQUIRE") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
	return nil
}

func analyzer(t *testing.T) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var opened atomic.Int64

// fresh returns options for an index of its own, which is removed at the end.
func fresh(t *testing.T) Options {
	t.Helper()
	o := Options{
		Analyzer: analyzer(t), URLs: cluster(t), Shards: 3,
		Index: fmt.Sprintf("test-%d-%d", os.Getpid(), opened.Add(1)),
	}
	t.Cleanup(func() { removeAll(t, o) })
	return o
}

// removeAll removes every generation of an index.
func removeAll(t *testing.T, o Options) {
	ctx := context.WithoutCancel(t.Context())
	c, err := newClient(&o)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.close()
	s := &Store{options: o, client: c}
	numbers, err := s.existing(ctx)
	for _, n := range numbers {
		err = errors.Join(err, s.remove(ctx, s.generationName(n)))
	}
	err = errors.Join(err, s.removeTemplate(ctx), s.Shelf().drop(ctx))
	if err != nil {
		t.Errorf("clean up: %v", err)
	}
}

func TestContract(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine {
		s, err := Open(t.Context(), fresh(t))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func open(t *testing.T, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// fed are batches of the made-up corpus, the last one under seq.
func fed(seq uint64, docs int) func(apply func(index.Batch) error) error {
	return func(apply func(index.Batch) error) error {
		for some := range slices.Chunk(indextest.Corpus(3, docs), 40) {
			if err := apply(index.Batch{Puts: some, Seq: seq}); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestRebuildSwapsUnderSearchesWithoutAFailure(t *testing.T) {
	o := fresh(t)
	s := open(t, o)
	if err := fed(1, 40)(func(b index.Batch) error { return s.Apply(t.Context(), b) }); err != nil {
		t.Fatal(err)
	}
	o.ReadOnly = true
	reader := open(t, o) // as another process has it
	done := make(chan struct{})
	var searching sync.WaitGroup
	var searches atomic.Int64
	for range 3 {
		searching.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				searches.Add(1)
				page, err := reader.Search(t.Context(), index.Plan{Size: 20, IncludeMerged: true, Facets: index.Facets})
				if want := map[uint64]int{1: 40, 2: 80, 3: 120}[page.Seq]; err != nil || page.Total != want {
					t.Errorf("search during a rebuild: %d hits of batch %d, %v", page.Total, page.Seq, err)
				}
			}
		})
	}
	for seq := uint64(2); seq <= 3; seq++ {
		if err := s.Rebuild(t.Context(), fed(seq, int(seq)*40)); err != nil {
			t.Errorf("rebuild: %v", err)
		}
	}
	close(done)
	searching.Wait()
	if searches.Load() < 10 {
		t.Errorf("only %d searches ran", searches.Load())
	}
	numbers, err := s.existing(t.Context())
	if err != nil || !slices.Equal(numbers, []int{3}) {
		t.Errorf("generations left: %v, %v; want only the third", numbers, err)
	}
	if at, err := reader.Checkpoint(t.Context()); at != 3 || err != nil {
		t.Errorf("checkpoint after rebuilding: %d, %v", at, err)
	}
}

func TestARebuildThatFailsChangesNothing(t *testing.T) {
	s := open(t, fresh(t))
	if err := s.Apply(t.Context(), index.Batch{Puts: []index.Document{{ID: "a", Title: "ord"}}, Seq: 1}); err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("the store is gone")
	err := s.Rebuild(t.Context(), func(apply func(index.Batch) error) error {
		return errors.Join(apply(index.Batch{Seq: 2}), wrong)
	})
	if !errors.Is(err, wrong) {
		t.Errorf("rebuild: %v, want what its feed said", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = s.Rebuild(ctx, func(apply func(index.Batch) error) error {
		cancel()
		return apply(index.Batch{Seq: 2})
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled rebuild: %v", err)
	}
	numbers, err := s.existing(t.Context())
	if err != nil || !slices.Equal(numbers, []int{1}) {
		t.Errorf("generations after two failures: %v, %v; want the first", numbers, err)
	}
	if err := s.Apply(t.Context(), index.Batch{Deletes: []string{"a"}, Seq: 2}); err != nil {
		t.Errorf("apply afterwards: %v", err)
	}
}

// TestAnIndexOfAnotherSchemaIsRefusedOrReplaced: while it is replaced, a server of the program that wrote it finds all of its documents, in
// each search, until it finds all of the new ones.
func TestAnIndexOfAnotherSchemaIsRefusedOrReplaced(t *testing.T) {
	o := fresh(t)
	s := open(t, o)
	if err := fed(7, 40)(func(b index.Batch) error { return s.Apply(t.Context(), b) }); err != nil {
		t.Fatal(err)
	}
	server := o
	server.ReadOnly = true
	reader := open(t, server) // opened before the schema changed
	writeOver(t, s)
	if _, err := Open(t.Context(), o); !errors.Is(err, index.ErrMismatch) {
		t.Errorf("open: %v, want ErrMismatch", err)
	}

	o.Replace, server.Replace = true, true
	if _, err := Open(t.Context(), server); !errors.Is(err, index.ErrMismatch) {
		t.Errorf("open by a server: %v, want ErrMismatch", err)
	}
	next := open(t, o)
	if held, err := next.Held(t.Context()); held != 40 || err != nil || !errors.Is(next.Outdated(), index.ErrMismatch) {
		t.Errorf("before the rebuild: %d documents, %v, outdated: %v", held, err, next.Outdated())
	}
	if err := next.Apply(t.Context(), index.Batch{Seq: 8}); !errors.Is(err, index.ErrMismatch) {
		t.Errorf("apply before the rebuild: %v, want ErrMismatch", err)
	}
	wrong := errors.New("the store is gone")
	err := next.Rebuild(t.Context(), func(apply func(index.Batch) error) error {
		return errors.Join(apply(index.Batch{Seq: 8}), wrong)
	})
	if numbers, _ := s.existing(t.Context()); !errors.Is(err, wrong) || !slices.Equal(numbers, []int{1}) || next.Outdated() == nil {
		t.Errorf("after a rebuild that failed with %v: generations %v, outdated: %v", err, numbers, next.Outdated())
	}

	seen, done := make(chan map[int]int), make(chan struct{})
	go func() { seen <- totals(t, reader, done) }()
	err = next.Rebuild(t.Context(), fed(8, 80))
	close(done)
	if found := <-seen; err != nil || found[40] < 3 || found[80] < 1 || len(found) != 2 {
		t.Errorf("numbers of hits during the rebuild: %v, %v; want 40, then 80", found, err)
	}
	if stats, err := next.Stats(t.Context()); err != nil || stats.Generation != o.Index+"-000002" || stats.Documents != 80 || next.Outdated() != nil {
		t.Errorf("afterwards: %+v, %v, outdated: %v", stats, err, next.Outdated())
	}
	if numbers, err := s.existing(t.Context()); err != nil || !slices.Equal(numbers, []int{2}) {
		t.Errorf("generations left: %v, %v; want the second", numbers, err)
	}
}

// writeOver lets the index in use say that another program wrote it.
func writeOver(t *testing.T, s *Store) {
	t.Helper()
	meta := object{"_meta": object{"schema": "opensearch-0 another", "markers": s.current.markers}}
	r := request{method: "PUT", path: "/" + s.current.name + "/_mapping", body: meta}
	if err := s.client.do(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
}

// totals searches until done and tells how often each number of hits was found; searches that failed count as -1.
func totals(t *testing.T, reader *Store, done chan struct{}) map[int]int {
	found := map[int]int{}
	for {
		page, err := reader.Search(t.Context(), index.Plan{Size: 20, IncludeMerged: true, Facets: index.Facets})
		if err != nil {
			page.Total = -1
		}
		found[page.Total]++
		select {
		case <-done:
			return found
		default:
		}
	}
}

func TestAReaderMakesAndChangesNothing(t *testing.T) {
	o := fresh(t)
	o.ReadOnly, o.Patience = true, 100*time.Millisecond
	if _, err := Open(t.Context(), o); !errors.Is(err, ErrMissing) {
		t.Errorf("open for reading without an index: %v, want ErrMissing", err)
	}
	writer := o
	writer.ReadOnly = false
	open(t, writer)
	if err := open(t, o).Apply(t.Context(), index.Batch{Seq: 1}); !errors.Is(err, errReadOnly) {
		t.Errorf("apply by a reader: %v", err)
	}
}

func TestAReadOnlyIndexIsNamed(t *testing.T) {
	s := open(t, fresh(t))
	block := func(value any) {
		r := request{method: "PUT", path: "/" + s.current.name + "/_settings", body: object{"index.blocks.read_only_allow_delete": value}}
		if err := s.client.do(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	block(true)
	if err := s.Apply(t.Context(), index.Batch{Puts: []index.Document{{ID: "a"}}, Seq: 1}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("apply to a blocked index: %v, want ErrReadOnly", err)
	}
	block(nil)
	if err := s.Apply(t.Context(), index.Batch{Puts: []index.Document{{ID: "a"}}, Seq: 1}); err != nil {
		t.Errorf("apply after the block: %v", err)
	}
}

func TestARedIndexIsNamed(t *testing.T) {
	o := fresh(t)
	o.Patience = 200 * time.Millisecond
	s := open(t, o)
	// An index whose shards may lie on no node has none alive.
	name := s.generationName(9)
	r := request{method: "PUT", path: "/" + name, query: url.Values{"wait_for_active_shards": {"0"}}, body: object{
		"settings": object{"index.routing.allocation.require._name": "nobody"},
	}}
	if err := s.client.do(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.publish(t.Context(), generation{name: name}, s.current.name); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Search(t.Context(), index.Plan{Size: 1}); !errors.Is(err, ErrRed) {
		t.Errorf("search: %v, want ErrRed", err)
	}
}

func TestOtherShardCountsGiveTheSameScores(t *testing.T) {
	p := index.Plan{Size: 100, Groups: []index.Group{
		{Alts: []index.Alt{{Field: index.Exact, Terms: []string{"i"}, Weight: 1}}},
		{Alts: []index.Alt{{Field: index.Exact, Terms: []string{"børn", "og"}, Weight: 2}}},
	}}
	scores := func(shards int) []index.Hit {
		o := fresh(t)
		o.Shards = shards
		s := open(t, o)
		if err := fed(1, 120)(func(b index.Batch) error { return s.Apply(t.Context(), b) }); err != nil {
			t.Fatal(err)
		}
		page, err := s.Search(t.Context(), p)
		if err != nil || page.Total == 0 {
			t.Fatalf("%d hits, %v", page.Total, err)
		}
		return page.Hits
	}
	if diff := cmp.Diff(scores(1), scores(5)); diff != "" {
		t.Errorf("hits (-one shard +five)\n%s", diff)
	}
}
