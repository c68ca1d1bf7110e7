package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"
)

// layout changes whenever the same document would be stored in another form.
const layout = "bleve-3"

// generation is one index on disk, or in memory when dir is empty.
type generation struct {
	name     string
	dir      string
	analyzer *danish.Analyzer
	bleve    *scorch.Scorch
	queue    *api.AnalysisQueue
	views    views
	scores   sync.Pool // of *scores
	failure  *failure

	applying sync.Mutex // one batch at a time, so that their order is that of the calls

	lean    sync.WaitGroup
	running sync.RWMutex // held for reading by whoever uses bleve; guards closed
	closed  bool
}

// schema names the shape of the index and of the analysis behind it.
func schema(a *danish.Analyzer) string { return layout + " " + a.Fingerprint() }

// create makes an empty generation; an empty dir means in memory.
func create(name, dir string, o *Options) (*generation, error) {
	g, err := start(name, dir, o)
	if err != nil {
		return nil, err
	}
	if err := g.bleve.SetInternal([]byte(schemaKey), []byte(schema(o.Analyzer))); err != nil {
		return nil, errors.Join(fmt.Errorf("create index %s: %w", dir, err), g.close())
	}
	return g, nil
}

// open opens what create made; ErrMismatch when it was another program or lexicon, ErrDamaged when the files are not
// as they were written.
func open(name, dir string, o *Options) (*generation, error) {
	if err := verify(dir, o); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	g, err := start(name, dir, o)
	if err != nil {
		return nil, err
	}
	written, err := g.internal(schemaKey)
	if err == nil && string(written) != schema(o.Analyzer) {
		err = fmt.Errorf("open index %s, written as %q, wanted %q: %w", dir, written, schema(o.Analyzer), index.ErrMismatch)
	}
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

// count tells how many documents a generation has, whoever wrote it.
func count(dir string, o *Options) (int, error) {
	g, err := start("", dir, o)
	if err != nil {
		return 0, err
	}
	r, err := g.bleve.Reader()
	if err != nil {
		return 0, errors.Join(err, g.close())
	}
	n, err := r.DocCount()
	return int(n), errors.Join(err, r.Close(), g.close())
}

// start starts Bleve on a folder.
func start(name, dir string, o *Options) (*generation, error) {
	g := &generation{
		name: name, dir: dir, analyzer: o.Analyzer,
		views:   views{columns: map[uint64]*columns{}, postings: newPostingsCache(o.cacheBytes())},
		failure: newFailure(o.onFailure()),
	}
	g.scores.New = func() any { return new(scores) }
	g.queue = api.NewAnalysisQueue(1)
	bleve, err := newScorch(dir, o, g.queue, g.failure)
	if err == nil {
		err = openScorch(bleve)
	}
	if err != nil {
		g.queue.Close()
		if errors.Is(err, bolterrors.ErrTimeout) {
			return nil, fmt.Errorf("open index %s: %w", dir, index.ErrHeld)
		}
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	g.bleve = bleve
	if o.Lean && dir != "" {
		g.lean.Go(g.stayLean)
	}
	return g, nil
}

// registering guards Bleve's registry of callbacks, a plain map.
var registering sync.Mutex

// newScorch makes Bleve's index engine without Bleve's mappings and queries on top. The callback is looked up by
// name only while the engine is made, so its name is free again at once.
func newScorch(dir string, o *Options, queue *api.AnalysisQueue, f *failure) (*scorch.Scorch, error) {
	const callback = "smaabornsviden"
	registering.Lock()
	defer registering.Unlock()
	scorch.RegistryAsyncErrorCallbacks[callback] = f.report
	defer delete(scorch.RegistryAsyncErrorCallbacks, callback)
	made, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":                   dir,
		"bolt_timeout":           o.wait().String(),
		"asyncErrorCallbackName": callback,
	}, queue)
	if err != nil {
		return nil, err
	}
	return made.(*scorch.Scorch), nil
}

// openScorch turns what a damaged file makes Bleve and Bolt panic with into an error.
func openScorch(s *scorch.Scorch) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	return s.Open()
}

// use keeps the generation open until done is called.
func (g *generation) use() (done func(), err error) {
	g.running.RLock()
	if g.closed {
		g.running.RUnlock()
		return nil, index.ErrClosed
	}
	return g.running.RUnlock, nil
}

// read calls f with a view of the current snapshot.
func (g *generation) read(ctx context.Context, f func(*view) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done, err := g.use()
	if err != nil {
		return err
	}
	defer done()
	reader, err := g.bleve.Reader()
	if err != nil {
		return fmt.Errorf("read index %s: %w", g.name, err)
	}
	defer reader.Close()
	v, err := g.views.of(reader.(*scorch.IndexSnapshot))
	if err != nil {
		return fmt.Errorf("read index %s: %w", g.name, err)
	}
	return f(v)
}

func (g *generation) internal(key string) ([]byte, error) {
	reader, err := g.bleve.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return reader.GetInternal([]byte(key))
}

// checkpoint is the number of the last batch applied.
func (g *generation) checkpoint(ctx context.Context) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	done, err := g.use()
	if err != nil {
		return 0, err
	}
	defer done()
	at, err := g.internal(seqKey)
	return sequence(at), err
}

// apply makes a batch findable.
func (g *generation) apply(ctx context.Context, b index.Batch) error {
	done, err := g.use()
	if err != nil {
		return err
	}
	defer done()
	if err := g.failure.check(); err != nil {
		return err
	}
	g.applying.Lock()
	defer g.applying.Unlock()
	at, err := g.internal(seqKey)
	if err != nil {
		return fmt.Errorf("apply batch %d: %w", b.Seq, err)
	}
	if now := sequence(at); b.Seq < now {
		return fmt.Errorf("apply batch %d: the index is at %d already", b.Seq, now)
	}
	changes, err := g.changes(ctx, b)
	if err != nil {
		return fmt.Errorf("apply batch %d: %w", b.Seq, err)
	}
	return g.commit(changes, b.Seq)
}

// commit hands a batch to Bleve and waits until it is on disk. Bleve would wait forever for background work that
// has died, and it panics on a segment that a full disk kept it from writing; nothing of the batch is in the index then.
func (g *generation) commit(changes *api.Batch, seq uint64) error {
	committed := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				committed <- fmt.Errorf("bleve broke down: %v", p)
			}
		}()
		committed <- g.bleve.Batch(changes)
	}()
	select {
	case err := <-committed:
		if err != nil {
			return fmt.Errorf("apply batch %d: %w", seq, err)
		}
		return nil
	case <-g.failure.dead:
		return fmt.Errorf("apply batch %d: %w", seq, g.failure.err)
	}
}

// changes analyses a batch on all cores.
func (g *generation) changes(ctx context.Context, b index.Batch) (*api.Batch, error) {
	docs := make([]*analyzed, len(b.Puts))
	errs := make([]error, len(b.Puts))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(b.Puts)) {
		workers.Go(func() {
			var r room
			for i := int(next.Add(1)) - 1; i < len(docs) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				docs[i], errs[i] = r.analyze(g.analyzer, &b.Puts[i])
			}
		})
	}
	workers.Wait()
	if err := errors.Join(append(errs, ctx.Err())...); err != nil {
		return nil, err
	}
	changes := api.NewBatch()
	for _, d := range docs {
		changes.Update(d)
	}
	for _, id := range b.Deletes {
		changes.Delete(id)
	}
	changes.SetInternal([]byte(seqKey), binary.BigEndian.AppendUint64(nil, b.Seq))
	return changes, nil
}

// compact merges all segments into one and leaves deleted documents behind.
func (g *generation) compact(ctx context.Context) error {
	if g.dir == "" {
		return nil // nothing merges in memory
	}
	done, err := g.use()
	if err != nil {
		return err
	}
	defer done()
	merged := make(chan error, 1)
	go func() { merged <- g.bleve.ForceMerge(ctx, nil) }()
	select {
	case err := <-merged:
		if err == nil {
			err = ctx.Err() // Bleve gives up silently
		}
		if err != nil {
			return fmt.Errorf("compact index %s: %w", g.name, err)
		}
		return nil
	case <-g.failure.dead:
		return fmt.Errorf("compact index %s: %w", g.name, g.failure.err)
	}
}

// close waits for what is running and closes. A second call does nothing.
func (g *generation) close() error {
	g.failure.hurry() // a batch may wait for work that is resting, and closing waits for the batch
	g.lean.Wait()
	g.running.Lock()
	defer g.running.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	err := g.bleve.Close()
	g.queue.Close()
	if err != nil {
		return fmt.Errorf("close index %s: %w", g.name, err)
	}
	return nil
}

// bytes is the size on disk.
func (g *generation) bytes() (int64, error) {
	if g.dir == "" {
		return 0, nil
	}
	var total int64
	err := filepath.WalkDir(g.dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreGone(err)
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return ignoreGone(err)
	})
	if err != nil {
		return 0, fmt.Errorf("measure index %s: %w", g.name, err)
	}
	return total, nil
}

// ignoreGone lets pass that a file went away while it was looked at: segments come and go.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
