package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/indextest"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/google/go-cmp/cmp"
)

func TestContractOnDisk(t *testing.T) {
	a := analyzer(t)
	indextest.Run(t, func(t *testing.T) index.Engine { return openStore(t, t.TempDir(), Options{Analyzer: a}) })
}

// TestContractInMemory also shows that scores are exact with deleted documents not yet merged away, since nothing is
// merged in memory, and that nothing depends on the cache, since it is too small for anything.
func TestContractInMemory(t *testing.T) {
	a := analyzer(t)
	indextest.Run(t, func(t *testing.T) index.Engine {
		s, err := Memory(Options{Analyzer: a, CacheBytes: 1})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func analyzer(t testing.TB) *danish.Analyzer {
	t.Helper()
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func openStore(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func memory(t testing.TB, a *danish.Analyzer) *Store {
	t.Helper()
	s, err := Memory(Options{Analyzer: a})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeStore(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func apply(t testing.TB, s *Store, b index.Batch) {
	t.Helper()
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// everything is a page with all facets.
func everything(t testing.TB, s *Store) index.Page {
	t.Helper()
	page, err := s.Search(t.Context(), index.Plan{Size: index.MaxSize, Facets: index.Facets, WithBody: true})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func names(t testing.TB, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestAnIndexOutlivesItsProcess(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	s := openStore(t, dir, Options{Analyzer: a})
	apply(t, s, index.Batch{Seq: 7, Puts: indextest.Corpus(1, 60)})
	before := everything(t, s)
	closeStore(t, s)
	s = openStore(t, dir, Options{Analyzer: a})
	defer closeStore(t, s)
	if diff := cmp.Diff(before, everything(t, s)); diff != "" {
		t.Errorf("page after a restart (-before +after)\n%s", diff)
	}
}

func TestASecondOpenerIsTold(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	s := openStore(t, dir, Options{Analyzer: a})
	defer closeStore(t, s)
	second, err := Open(dir, Options{Analyzer: a, Wait: 50 * time.Millisecond, Replace: true})
	if !errors.Is(err, index.ErrHeld) || second != nil {
		t.Errorf("second opener: %v, want ErrHeld", err)
	}
	if got := names(t, dir); got != "gen-0001 lock" {
		t.Errorf("folder after a second opener: %s", got)
	}
}

func TestABrokenLockIsMadeAnew(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, lockName), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	closeStore(t, openStore(t, dir, Options{Analyzer: a}))
}

func TestAFileInTheWayIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "index")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, Options{Analyzer: analyzer(t)}); err == nil {
		t.Error("opened a file as a folder")
	}
}

// TestAnotherSchemaIsRefusedOrReplaced: what a program of another layout can read lies there until the new generation is whole.
func TestAnotherSchemaIsRefusedOrReplaced(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	s := openStore(t, dir, Options{Analyzer: a})
	apply(t, s, index.Batch{Seq: 7, Puts: indextest.Corpus(1, 5)})
	if err := s.current.bleve.SetInternal([]byte(schemaKey), []byte("another")); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	if _, err := Open(dir, Options{Analyzer: a}); !errors.Is(err, index.ErrMismatch) {
		t.Errorf("open an index with another schema: %v, want ErrMismatch", err)
	}
	s = openStore(t, dir, Options{Analyzer: a, Replace: true})
	if held, err := s.Held(t.Context()); held != 5 || err != nil || !errors.Is(s.Outdated(), index.ErrMismatch) {
		t.Errorf("before the rebuild: %d documents, %v, outdated: %v", held, err, s.Outdated())
	}
	if _, err := s.Search(t.Context(), index.Plan{}); !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("search before the rebuild: %v, want ErrUnavailable", err)
	}
	if err := s.Apply(t.Context(), index.Batch{Seq: 8}); !errors.Is(err, index.ErrMismatch) {
		t.Errorf("apply before the rebuild: %v, want ErrMismatch", err)
	}
	wrong := errors.New("the store is gone")
	err := s.Rebuild(t.Context(), func(apply func(index.Batch) error) error {
		return errors.Join(apply(index.Batch{Seq: 8}), wrong)
	})
	if got := names(t, dir); !errors.Is(err, wrong) || got != "gen-0001 lock" {
		t.Errorf("folder after a rebuild that failed with %v: %s", err, got)
	}
	closeStore(t, s)
	s = openStore(t, dir, Options{Analyzer: a, Replace: true})
	defer closeStore(t, s)
	err = s.Rebuild(t.Context(), func(apply func(index.Batch) error) error {
		if got := names(t, dir); !strings.HasPrefix(got, "gen-0001 ") {
			t.Errorf("folder during the rebuild: %s", got)
		}
		return apply(index.Batch{Seq: 8, Puts: indextest.Corpus(1, 6)})
	})
	if err != nil || s.Outdated() != nil {
		t.Fatalf("rebuild: %v, outdated: %v", err, s.Outdated())
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Documents != 6 || stats.Seq != 8 || stats.Generation != "gen-0002" {
		t.Errorf("rebuilt index: %+v, %v", stats, err)
	}
	if got := names(t, dir); got != "gen-0002 lock" {
		t.Errorf("folder afterwards: %s", got)
	}
}

func TestADamagedIndexIsRefusedOrReplaced(t *testing.T) {
	a := analyzer(t)
	damages := []struct {
		name, file string
		do         func(b []byte) []byte // nil removes the file
	}{
		{"root.bolt cut short", "root.bolt", func(b []byte) []byte { return b[:len(b)/16] }},
		{"root.bolt empty pages", "root.bolt", func(b []byte) []byte { clear(b[:len(b)/2]); return b }},
		{"root.bolt gone", "root.bolt", nil},
		{"segment cut short", "*.zap", func(b []byte) []byte { return b[:len(b)-5000] }},
		{"segment empty", "*.zap", func(b []byte) []byte { return nil }},
		{"segment with one bit turned", "*.zap", func(b []byte) []byte { b[len(b)/2] ^= 4; return b }},
		{"segment gone", "*.zap", nil},
	}
	for _, d := range damages {
		dir := t.TempDir()
		s := openStore(t, dir, Options{Analyzer: a})
		apply(t, s, index.Batch{Seq: 1, Puts: indextest.Corpus(1, 20)})
		closeStore(t, s)
		damage(t, filepath.Join(dir, "gen-0001", d.file), d.do)
		if _, err := Open(dir, Options{Analyzer: a}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: open: %v, want ErrDamaged", d.name, err)
		}
		s = openStore(t, dir, Options{Analyzer: a, Replace: true})
		err := s.Rebuild(t.Context(), func(apply func(index.Batch) error) error {
			return apply(index.Batch{Seq: 1, Puts: indextest.Corpus(1, 20)})
		})
		if err != nil {
			t.Errorf("%s: rebuild: %v", d.name, err)
		} else if stats, err := s.Stats(t.Context()); err != nil || stats.Documents != 20 || stats.Generation != "gen-0002" {
			t.Errorf("%s: rebuilt index: %+v, %v", d.name, stats, err)
		}
		closeStore(t, s)
	}
}

func damage(t *testing.T, pattern string, do func([]byte) []byte) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	if do == nil {
		err = os.Remove(files[0])
	} else if b, rerr := os.ReadFile(files[0]); rerr == nil {
		err = os.WriteFile(files[0], do(b), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenCleansUpAfterACrash(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	s := openStore(t, dir, Options{Analyzer: a})
	apply(t, s, index.Batch{Seq: 7, Puts: indextest.Corpus(1, 5)})
	closeStore(t, s)
	// As if a rebuild had ended right before it removed the old generation, and another one had just begun.
	if err := os.Rename(filepath.Join(dir, "gen-0001"), filepath.Join(dir, "gen-0012")); err != nil {
		t.Fatal(err)
	}
	for _, leftover := range []string{"gen-0011", "new-gen-0013"} {
		if err := os.MkdirAll(filepath.Join(dir, leftover), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, leftover, "root.bolt"), []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s = openStore(t, dir, Options{Analyzer: a})
	defer closeStore(t, s)
	if page := everything(t, s); page.Generation != "gen-0012" || page.Seq != 7 {
		t.Errorf("opened %s at %d, want gen-0012 at 7", page.Generation, page.Seq)
	}
	if got := names(t, dir); got != "gen-0012 lock" {
		t.Errorf("folder after a crash: %s", got)
	}
}

func TestRebuildSwapsUnderRunningSearches(t *testing.T) {
	a := analyzer(t)
	dir := t.TempDir()
	for name, s := range map[string]*Store{"disk": openStore(t, dir, Options{Analyzer: a}), "memory": memory(t, a)} {
		t.Run(name, func(t *testing.T) {
			defer closeStore(t, s)
			apply(t, s, index.Batch{Seq: 3, Puts: indextest.Corpus(1, 40)})
			done := make(chan struct{})
			var searching sync.WaitGroup
			for range 3 {
				searching.Go(func() { searchUntil(t, s, done) })
			}
			for n := range 4 {
				rebuild(t, s, uint64(10+n), indextest.Corpus(uint64(n), 50))
			}
			close(done)
			searching.Wait()
			if page := everything(t, s); page.Generation != "gen-0005" || page.Seq != 13 {
				t.Errorf("after four rebuilds: %s at %d", page.Generation, page.Seq)
			}
		})
	}
	if got := names(t, dir); got != "gen-0005 lock" {
		t.Errorf("folder after four rebuilds: %s", got)
	}
}

// rebuild feeds documents in two batches.
func rebuild(t *testing.T, s *Store, seq uint64, docs []index.Document) {
	err := s.Rebuild(t.Context(), func(apply func(index.Batch) error) error {
		half := len(docs) / 2
		if err := apply(index.Batch{Puts: docs[:half]}); err != nil {
			return err
		}
		return apply(index.Batch{Puts: docs[half:], Seq: seq})
	})
	if err != nil {
		t.Error(err)
	}
}

// searchUntil expects whole generations: the 40 documents of the first or the 50 of a later one.
func searchUntil(t *testing.T, s *Store, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		page, err := s.Search(t.Context(), index.Plan{Size: 5, IncludeMerged: true})
		want := 50
		if page.Generation == "gen-0001" {
			want = 40
		}
		if err != nil || page.Total != want || len(page.Hits) != 5 {
			t.Errorf("search during a rebuild: %d of %d documents in %s, %v", page.Total, want, page.Generation, err)
			return
		}
	}
}

func TestAFailedRebuildChangesNothing(t *testing.T) {
	a, dir := analyzer(t), t.TempDir()
	s := openStore(t, dir, Options{Analyzer: a})
	defer closeStore(t, s)
	apply(t, s, index.Batch{Seq: 3, Puts: indextest.Corpus(1, 40)})
	before := everything(t, s)
	broken := errors.New("no more documents")
	ctx, cancel := context.WithCancel(t.Context())
	for want, feed := range map[error]func(func(index.Batch) error) error{
		broken: func(apply func(index.Batch) error) error {
			return errors.Join(apply(index.Batch{Seq: 1, Puts: indextest.Corpus(2, 3)}), broken)
		},
		context.Canceled: func(apply func(index.Batch) error) error {
			cancel()
			return apply(index.Batch{Seq: 1, Puts: indextest.Corpus(2, 3)})
		},
	} {
		if err := s.Rebuild(ctx, feed); !errors.Is(err, want) && !errors.Is(err, context.Canceled) {
			t.Errorf("rebuild: %v, want %v", err, want)
		}
	}
	if diff := cmp.Diff(before, everything(t, s)); diff != "" {
		t.Errorf("page after failed rebuilds (-before +after)\n%s", diff)
	}
	if got := names(t, dir); got != "gen-0001 lock" {
		t.Errorf("folder after failed rebuilds: %s", got)
	}
	apply(t, s, index.Batch{Seq: 4})
}

func TestApplyWaitsForARebuildAsLongAsItsContext(t *testing.T) {
	s := memory(t, analyzer(t))
	defer closeStore(t, s)
	err := s.Rebuild(t.Context(), func(func(index.Batch) error) error {
		ctx, cancel := context.WithCancel(t.Context())
		waited := make(chan error)
		go func() { waited <- s.Apply(ctx, index.Batch{Seq: 1}) }()
		cancel()
		if err := <-waited; !errors.Is(err, context.Canceled) {
			t.Errorf("apply during a rebuild: %v, want to wait until cancelled", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, index.Batch{Seq: 1})
}

func TestCompactLeavesOneSegmentWithoutTheDeleted(t *testing.T) {
	s := openStore(t, t.TempDir(), Options{Analyzer: analyzer(t)})
	defer closeStore(t, s)
	docs := indextest.Corpus(1, 70)
	for i := range 6 {
		apply(t, s, index.Batch{Seq: uint64(i + 1), Puts: docs[i*10 : i*10+10]})
	}
	apply(t, s, index.Batch{Seq: 7, Deletes: []string{docs[0].ID, docs[59].ID}})
	// Bleve does not write a lone segment again, and its own merger may have left one by now.
	apply(t, s, index.Batch{Seq: 8, Puts: docs[60:]})
	before := everything(t, s)
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, everything(t, s)); diff != "" {
		t.Errorf("page after compacting (-before +after)\n%s", diff)
	}
	g := s.current
	if n := len(g.views.last.segments); n != 1 || g.views.last.segments[0].n != 68 {
		t.Errorf("%d segments, the first with %d documents; want one with 68", n, g.views.last.segments[0].n)
	}
	if n := len(g.views.columns); n != 1 {
		t.Errorf("columns of %d segments are kept, want 1", n)
	}
}

func TestACancelledCompactEnds(t *testing.T) {
	s := openStore(t, t.TempDir(), Options{Analyzer: analyzer(t)})
	defer closeStore(t, s)
	apply(t, s, index.Batch{Seq: 1, Puts: indextest.Corpus(1, 10)})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.current.compact(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("compact: %v, want context.Canceled", err)
	}
	if err := s.Compact(t.Context()); err != nil {
		t.Errorf("compact after a cancelled one: %v", err)
	}
}

func TestADeadBackgroundIsSeen(t *testing.T) {
	var told []error
	a := analyzer(t)
	s, err := Memory(Options{Analyzer: a, OnFailure: func(err error) { told = append(told, err) }})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	apply(t, s, index.Batch{Seq: 1, Puts: indextest.Corpus(1, 10)})
	s.current.failure.report(scorch.NewScorchError("persister", "disk full", scorch.ErrPersist), "x")
	if err := s.Err(); err != nil || len(told) != 1 {
		t.Errorf("after an error that Bleve tries again: %v, told %v", err, told)
	}
	s.current.failure.report(scorch.NewScorchError("merger", "panic: nil", scorch.ErrAsyncPanic), "x")
	if err := s.Err(); !errors.Is(err, scorch.ErrAsyncPanic) || len(told) != 2 {
		t.Errorf("after a panic in the background: %v, told %v", err, told)
	}
	if err := s.Apply(t.Context(), index.Batch{Seq: 2}); !errors.Is(err, scorch.ErrAsyncPanic) {
		t.Errorf("apply after a panic in the background: %v", err)
	}
	if page := everything(t, s); page.Total == 0 {
		t.Error("no search after a panic in the background")
	}
	rebuild(t, s, 5, indextest.Corpus(2, 10))
	if err := s.Err(); err != nil {
		t.Errorf("after a rebuild: %v", err)
	}
	apply(t, s, index.Batch{Seq: 6})
}

func TestGenerationNames(t *testing.T) {
	for n, name := range map[int]string{1: "gen-0001", 9999: "gen-9999", 10000: "gen-10000"} {
		if got := generationName(n); got != name {
			t.Errorf("generationName(%d) = %s, want %s", n, got, name)
		}
		if got, ok := generationNumber(name); got != n || !ok {
			t.Errorf("generationNumber(%s) = %d, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "gen-", "gen-1", "gen-0000", "gen-00001", "gen--001", "new-gen-0001", "lock", "gen-0x01"} {
		if n, ok := generationNumber(name); ok {
			t.Errorf("generationNumber(%s) = %d, want none", name, n)
		}
	}
}

func TestPlacesComeBack(t *testing.T) {
	s := memory(t, analyzer(t))
	defer closeStore(t, s)
	// "ord" stands 60 times, further and further apart, so that distances take one and two bytes.
	var body strings.Builder
	for i := range 60 {
		body.WriteString("ord " + strings.Repeat("fyld ", i*5))
	}
	apply(t, s, index.Batch{Seq: 1, Puts: []index.Document{{ID: "1", Title: "titel", Body: body.String()}}})
	for slop, want := range map[int]float64{0: 0, 10: 1./6 + 1./11} {
		page, err := s.Search(t.Context(), index.Plan{Size: 1, Explain: true, Groups: []index.Group{{Alts: []index.Alt{
			{Field: index.Exact, Terms: []string{"ord", "ord"}, Slop: slop, Weight: 1},
		}}}})
		if err != nil {
			t.Fatal(err)
		}
		got := -1.0
		if len(page.Hits) > 0 {
			got = page.Hits[0].Why[0].Freq
		}
		if diff := got - (want + 1); diff > 1e-6 || diff < -1e-6 {
			t.Errorf("slop %d: frequency %v, want %v", slop, got, want+1)
		}
	}
}

func TestTheCacheStaysBounded(t *testing.T) {
	c := newPostingsCache(4000)
	put := func(segment uint64, term string, n int) {
		c.put(postingsKey{segment, index.Exact, term}, makePostings(n))
	}
	put(1, "too large alone", 200)
	if c.used != 0 {
		t.Errorf("a list of more than a quarter was kept: %d bytes", c.used)
	}
	for i := range 100 {
		put(uint64(i%2), fmt.Sprint(i), 50)
		if c.used > c.limit || c.order.Len() != len(c.byKey) {
			t.Fatalf("%d bytes of %d, %d lists, %d keys", c.used, c.limit, c.order.Len(), len(c.byKey))
		}
	}
	if c.get(postingsKey{1, index.Exact, "99"}) == nil || c.get(postingsKey{0, index.Exact, "0"}) != nil {
		t.Error("the last list is gone or the first is still there")
	}
	c.keep(map[uint64]*columns{1: {}})
	for key := range c.byKey {
		if key.segment != 1 {
			t.Errorf("a list of segment %d is kept after it went", key.segment)
		}
	}
	c.keep(nil)
	if c.used != 0 || c.order.Len() != 0 {
		t.Errorf("%d bytes in %d lists are left of no segments", c.used, c.order.Len())
	}
}
