// Package bleveindex keeps documents findable on one machine: the contract of package index on Bleve's
// segments, with our own scoring, counting and paging over its public reader.
//
// Bleve gives what is hard to get right: segments, dictionaries, merging, crash safety. Its queries, its BM25, its
// facets and its highlighter are not used: they rank, count or cost otherwise than the contract wants.
package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"

	"github.com/blevesearch/vellum"
	bolt "go.etcd.io/bbolt"
)

// Options are what a Store needs beside its folder.
type Options struct {
	Analyzer *danish.Analyzer // required
	// Replace opens a folder too whose generation cannot be used, written with another schema or lexicon, or damaged, so
	// that Rebuild can put another in its place. Until then it stays where it is, for the program that can read it, and only Outdated, Held,
	// Rebuild and Close work. Without it Open returns the error. An index held by another process is never replaced.
	Replace bool
	// OnFailure is told what goes wrong in the background, from any goroutine. May be nil.
	OnFailure func(error)
	// Wait is how long to wait for another process to let go of the index; 0 means 2 seconds.
	Wait time.Duration
	// CacheBytes bounds the memory for decoded postings; 0 means 64 MiB.
	CacheBytes int
	// Lean lets go of the memory of mapped files several times a second, for a process that writes and hardly searches:
	// otherwise all that merges read counts as its memory until the system wants it back. It does so on Linux only.
	Lean bool
}

func (o *Options) wait() time.Duration {
	if o.Wait > 0 {
		return o.Wait
	}
	return 2 * time.Second
}

func (o *Options) cacheBytes() int {
	if o.CacheBytes > 0 {
		return o.CacheBytes
	}
	return 64 << 20
}

func (o *Options) onFailure() func(error) {
	if o.OnFailure != nil {
		return o.OnFailure
	}
	return func(error) {}
}

// Store is a folder with numbered generations of an index, of which one is in use.
//
//	lock            held while a process has the folder open
//	gen-0007/       the generation in use
//	new-gen-0008/   one being built; removed at the next start if that does not end
//
// A generation gets its name only when it is whole, and the highest number counts; so a crash at any moment
// leaves a folder that opens.
type Store struct {
	folder  folder // empty in memory
	options Options
	lock    *bolt.DB // nil in memory; Bolt's file lock works on every system

	changing chan struct{} // holds one token; taken by who applies, rebuilds or closes

	mu      sync.RWMutex // guards the fields below
	current *generation  // nil while outdated
	number  int
	closed  bool
	// outdated says why the generation in the folder cannot be used, held how many documents it has, 0 when that is unknown.
	outdated error
	held     int
}

var _ index.Engine = (*Store)(nil)

// Open opens the index in a folder, or makes an empty one. It returns ErrHeld when another process has it open,
// ErrMismatch when it was written with another schema or lexicon, and ErrDamaged when its files are not as
// they were written.
func Open(dir string, o Options) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	lock, err := folder(dir).hold(o.wait())
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	s := newStore(folder(dir), o)
	s.lock = lock
	if err := s.openNewest(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

// Memory makes an empty index in memory, for tests and for looking at a handful of documents: nothing is merged
// there, so every batch leaves a segment.
func Memory(o Options) (*Store, error) {
	s := newStore("", o)
	g, err := create(generationName(1), "", &s.options)
	if err != nil {
		return nil, err
	}
	s.current, s.number = g, 1
	return s, nil
}

func newStore(f folder, o Options) *Store {
	s := &Store{folder: f, options: o, changing: make(chan struct{}, 1)}
	s.changing <- struct{}{}
	return s
}

// openNewest cleans up what a crash left, and opens or creates a generation.
func (s *Store) openNewest() error {
	newest, err := s.folder.clean()
	if err != nil {
		return err
	}
	if newest == 0 {
		s.number = 1
		s.current, err = s.build(1, func(*generation) error { return nil })
		return err
	}
	s.number = newest
	s.current, err = open(generationName(newest), s.folder.path(newest), &s.options)
	unusable := errors.Is(err, index.ErrMismatch) || errors.Is(err, ErrDamaged)
	if !unusable || !s.options.Replace {
		return err
	}
	s.outdated = err
	if errors.Is(err, index.ErrMismatch) {
		s.held, err = count(s.folder.path(newest), &s.options)
		return err
	}
	return nil
}

// build makes a generation in a temporary folder, lets fill put documents in, and gives it its name.
func (s *Store) build(number int, fill func(*generation) error) (*generation, error) {
	name := generationName(number)
	temporary, err := s.folder.temporary(number)
	if err != nil {
		return nil, fmt.Errorf("build index %s: %w", name, err)
	}
	g, err := create(name, temporary, &s.options)
	if err != nil {
		return nil, err
	}
	if err := fill(g); err != nil {
		err = errors.Join(err, g.close())
		if temporary != "" {
			err = errors.Join(err, os.RemoveAll(temporary))
		}
		return nil, err
	}
	if temporary == "" {
		return g, nil
	}
	if err := g.close(); err != nil {
		return nil, err
	}
	if err := s.folder.finish(number); err != nil {
		return nil, fmt.Errorf("build index %s: %w", name, err)
	}
	return open(name, s.folder.path(number), &s.options)
}

// Rebuild builds the next generation from what feed applies, beside the one in use, and then puts it in that
// one's place. Searches go on: those that run end on the old generation, which is then closed and removed.
// Apply waits meanwhile. When feed fails or ctx is cancelled, nothing has changed. feed's last batch should carry
// the sequence number up to which its documents are complete: the checkpoint becomes what feed says.
func (s *Store) Rebuild(ctx context.Context, feed func(apply func(index.Batch) error) error) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	next := s.number + 1
	g, err := s.build(next, func(g *generation) error {
		if err := feed(func(b index.Batch) error { return g.apply(ctx, b) }); err != nil {
			return fmt.Errorf("rebuild index: %w", err)
		}
		return g.compact(ctx)
	})
	if err != nil {
		return err
	}
	old := s.swap(g, next)
	if old != nil {
		err = old.close()
	}
	if s.folder != "" {
		err = errors.Join(err, os.RemoveAll(s.folder.path(next-1)))
	}
	return err
}

// swap puts a generation in use and returns the one before.
func (s *Store) swap(g *generation, number int) *generation {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.current
	s.current, s.number, s.outdated = g, number, nil
	return old
}

// Outdated returns why the index in the folder cannot be used, ErrMismatch or ErrDamaged, while it waits for Rebuild, else nil.
func (s *Store) Outdated() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.outdated
}

// Held counts the documents of the index in the folder, whatever it was written with; 0 for one that is damaged.
func (s *Store) Held(ctx context.Context) (int, error) {
	if s.Outdated() == nil {
		return s.Documents(ctx)
	}
	return s.held, nil
}

// usable refuses what only an index of this schema and lexicon can answer or take in.
func (s *Store) usable() error {
	if err := s.Outdated(); err != nil {
		return fmt.Errorf("%w until it is rebuilt: %w", index.ErrUnavailable, err)
	}
	return nil
}

// change waits for the right to change the store, until ctx ends.
func (s *Store) change(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.changing:
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		s.changing <- struct{}{}
		return nil, index.ErrClosed
	}
	return func() { s.changing <- struct{}{} }, nil
}

// Apply implements index.Engine. A document both put and deleted in one batch is deleted.
func (s *Store) Apply(ctx context.Context, b index.Batch) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := s.usable(); err != nil {
		return err
	}
	return s.generation().apply(ctx, b)
}

// generation returns the one in use.
func (s *Store) generation() *generation {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.current
}

// read calls f with the generation in use and a view of it.
func (s *Store) read(ctx context.Context, f func(*generation, *view) error) error {
	return s.retry(func(g *generation) error {
		return g.read(ctx, func(v *view) error { return f(g, v) })
	})
}

// retry calls f with the generation in use, and again when a rebuild had just closed that one.
func (s *Store) retry(f func(*generation) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	for {
		g := s.generation()
		err := f(g)
		if !errors.Is(err, index.ErrClosed) || s.generation() == g {
			return err
		}
	}
}

// Checkpoint implements index.Engine.
func (s *Store) Checkpoint(ctx context.Context) (seq uint64, err error) {
	err = s.retry(func(g *generation) (err error) {
		seq, err = g.checkpoint(ctx)
		return err
	})
	return seq, err
}

// Search implements index.Engine.
func (s *Store) Search(ctx context.Context, p index.Plan) (page index.Page, err error) {
	if err := p.Check(); err != nil {
		return page, fmt.Errorf("search: %w", err)
	}
	err = s.read(ctx, func(g *generation, v *view) (err error) {
		page, err = g.search(ctx, v, &p)
		return err
	})
	if err != nil {
		return index.Page{}, fmt.Errorf("search: %w", err)
	}
	return page, nil
}

// Document implements index.Engine.
func (s *Store) Document(ctx context.Context, id string) (d index.Document, err error) {
	err = s.read(ctx, func(_ *generation, v *view) (err error) {
		d, err = v.document(id)
		return err
	})
	return d, err
}

// Terms implements index.Engine.
func (s *Store) Terms(ctx context.Context, f index.Field, prefix string, n int) (terms []index.Term, err error) {
	if err := checkField(f); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(_ *generation, v *view) (err error) {
		terms, err = v.terms(ctx, f, prefix, n)
		return err
	})
	return terms, err
}

// DocFreq implements index.Engine.
func (s *Store) DocFreq(ctx context.Context, f index.Field, terms []string) (freqs []int, err error) {
	if err := checkField(f); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(_ *generation, v *view) (err error) {
		freqs, err = v.docFreqs(f, terms)
		return err
	})
	return freqs, err
}

// Walk returns the terms of a field that an automaton over their bytes accepts and in how many documents each stands, in byte
// order. They are always known.
func (s *Store) Walk(ctx context.Context, f index.Field, a vellum.Automaton) (terms []index.Term, known bool, err error) {
	if err := checkField(f); err != nil {
		return nil, false, err
	}
	err = s.read(ctx, func(_ *generation, v *view) (err error) {
		terms, err = v.walk(ctx, f, a)
		return err
	})
	return terms, err == nil, err
}

func checkField(f index.Field) error {
	if fieldNumber(f) < 0 {
		return fmt.Errorf("%w: unknown field %q", index.ErrPlan, f)
	}
	return nil
}

// Documents counts the documents, the merged ones too.
func (s *Store) Documents(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(_ *generation, v *view) error {
		n = v.docs
		return nil
	})
	return n, err
}

// Stats implements index.Engine.
func (s *Store) Stats(ctx context.Context) (stats index.Stats, err error) {
	err = s.read(ctx, func(g *generation, v *view) (err error) {
		stats = index.Stats{Documents: v.docs, Generation: g.name, Seq: v.seq, Schema: schema(g.analyzer)}
		stats.Bytes, err = g.bytes()
		return err
	})
	return stats, err
}

// Compact merges the index into one segment, for after many changes. Searches go on.
func (s *Store) Compact(ctx context.Context) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := s.usable(); err != nil {
		return err
	}
	return s.generation().compact(ctx)
}

// Err returns what ended the background work of the generation in use, nil while it is well. After it nothing more
// can be applied: searches go on, and a restart or Rebuild mends it.
func (s *Store) Err() error {
	if g := s.generation(); g != nil {
		return g.failure.check()
	}
	return nil
}

// Close implements index.Engine. It waits for a running Apply or Rebuild, whose contexts end them.
func (s *Store) Close() error {
	<-s.changing
	defer func() { s.changing <- struct{}{} }()
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	var err error
	if g := s.generation(); g != nil {
		err = g.close()
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// document finds a document by its id.
func (v *view) document(id string) (index.Document, error) {
	for _, p := range v.segments {
		docs, err := p.DocNumbers([]string{id})
		if err != nil {
			return index.Document{}, fmt.Errorf("find document %s: %w", id, err)
		}
		for it := docs.Iterator(); it.HasNext(); {
			if doc := it.Next(); !p.isDead(doc) {
				return p.document(doc, true)
			}
		}
	}
	return index.Document{}, fmt.Errorf("document %s: %w", id, index.ErrNotFound)
}
