// Package opensearch keeps documents findable on an OpenSearch cluster: the contract of package index, with the cluster's
// own matching, scores and counts over text that was analysed here.
//
// A search is one request, and what it says comes from one state of the index: each shard holds a marker with
// the number of the last batch, and an answer counts only when the markers of all its shards agree.
//
// It speaks HTTP itself: a dozen calls, all of which may be sent again, need less code than fitting a client
// library's ideas of retries and partial failures to ours.
package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Options say where the cluster is and how an index in it is made.
type Options struct {
	Analyzer *danish.Analyzer // required
	URLs     []string         // nodes, or proxies before them: http://host:9200
	Index    string           // name of the index, which is an alias for its generation; "" means smaabornsviden
	User     string           // for basic authentication, with Password
	Password string
	Token    string // for a bearer token, where there is no User
	CA       []byte // certificates in PEM form that are trusted instead of the system's
	Shards   int    // of a new generation; 0 means 1
	Replicas int    // further copies of each shard of a new generation
	// ReadOnly is for processes that only search: nothing is made, and Apply and Rebuild are refused.
	ReadOnly bool
	// Replace opens an index that was written with another schema or lexicon too, so that Rebuild can put another in its
	// place. Until then it stays as it is for the processes that can read it; here only Outdated, Held, Rebuild, Drop and the Shelf work.
	Replace bool
	// Later lets Open succeed while no node answers. What is wrong with the index is then told at the first contact, by
	// whatever asked; until there was one, everything answers index.ErrUnavailable. With ReadOnly it also waits for an index
	// that it can read, at the start and whenever another took its place: others make those. Meet tells what is waited for.
	Later bool
	// OnUnshaped is told when the index template cannot be put, for want of the right to do so for instance; nil: nobody is. Generations
	// are the same without it.
	OnUnshaped func(error)
	// Patience is how long a search is tried while nodes fail; 0 means 4 seconds.
	Patience time.Duration
	// TermsAge is about how old the words may be that Terms and DocFreq tell from the dictionary which PublishTerms made;
	// 0 asks the cluster each time, and so does whoever finds no dictionary of the generation in use.
	TermsAge time.Duration
}

func (o *Options) shards() int { return max(o.Shards, 1) }

// Store is an index in a cluster. Any number of processes may read it; one may write.
type Store struct {
	options Options
	client  *client

	changing chan struct{} // holds one token; taken by who applies, rebuilds or closes
	current  generation    // what is written to; guarded by changing
	outdated atomic.Pointer[error]

	unmet    atomic.Bool            // there is no index that can be read, as far as is known: see meet.go
	obstacle obstacle               // why; guarded by changing
	fitted   atomic.Pointer[string] // the generation that was found to be of this schema and lexicon last

	words   lookup
	closing chan struct{} // closed when Close begins

	running sync.RWMutex // held for reading by whoever uses the client; guards closed
	closed  bool
}

var _ index.Engine = (*Store)(nil)

// errReadOnly: a process that only searches was asked to change something.
var errReadOnly = errors.New("this process only reads the index")

// Open connects to a cluster, and makes an empty index there when there is none. It returns ErrMismatch when
// the index was written with another schema or lexicon, and the errors of this package for what is wrong with the cluster;
// with Options.Later a cluster that is away is none.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Index == "" {
		o.Index = "smaabornsviden"
	}
	if err := checkName(o.Index); err != nil {
		return nil, err
	}
	c, err := newClient(&o)
	if err != nil {
		return nil, err
	}
	s := &Store{options: o, client: c, changing: make(chan struct{}, 1), closing: make(chan struct{})}
	s.changing <- struct{}{}
	err = s.open(ctx)
	if err != nil && o.Later && ctx.Err() == nil && (errors.Is(err, index.ErrUnavailable) || s.awaits(err)) {
		s.unmet.Store(true)
		return s, nil
	}
	if err != nil {
		c.close()
		return nil, fmt.Errorf("open index %s: %w", o.Index, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	if err := s.checkVersion(ctx); err != nil {
		return err
	}
	g, err := s.inUse(ctx)
	s.current = g
	if err == nil {
		s.fitted.Store(&g.name)
	}
	if errors.Is(err, index.ErrMismatch) && s.options.Replace && !s.options.ReadOnly && s.number(g.name) > 0 {
		s.outdated.Store(&err)
		return nil
	}
	if s.options.ReadOnly || !isMissing(err) {
		return err
	}
	return s.build(ctx, func(generation) error { return nil })
}

// build makes the next generation, lets fill put documents in, and puts it in the place of the current one.
func (s *Store) build(ctx context.Context, fill func(generation) error) error {
	old := s.current.name
	g, err := s.create(ctx, old)
	if err == nil {
		err = fill(g)
	}
	if err == nil {
		err = s.publish(ctx, g, old)
	}
	if err != nil {
		// A cancelled context must not leave the unfinished index behind.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUpLimit)
		defer cancel()
		if g.name != "" {
			err = errors.Join(err, s.remove(ctx, g.name))
		}
		return err
	}
	s.current = g
	s.outdated.Store(nil)
	if old != "" {
		return s.remove(ctx, old)
	}
	return nil
}

// cleanUpLimit bounds how long removing an unfinished generation may take.
const cleanUpLimit = 10 * time.Second

// Rebuild builds the next generation from what feed applies, beside the one in use, and then puts it in that
// one's place. Searches go on, in all processes; Apply waits. When feed fails or ctx is cancelled, nothing has
// changed. The checkpoint becomes what feed's last batch says.
func (s *Store) Rebuild(ctx context.Context, feed func(apply func(index.Batch) error) error) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	err = s.build(ctx, func(g generation) error { return s.load(ctx, g, feed) })
	if err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	return nil
}

// use keeps the store open until done is called.
func (s *Store) use(ctx context.Context) (done func(), err error) {
	s.running.RLock()
	if s.closed {
		s.running.RUnlock()
		return nil, index.ErrClosed
	}
	if ctx.Err() != nil {
		s.running.RUnlock()
		return nil, s.client.ended(ctx, nil)
	}
	if s.unmet.Load() {
		if err := s.met(ctx); err != nil {
			s.running.RUnlock()
			return nil, err
		}
	}
	return s.running.RUnlock, nil
}

// reading is use for what only an index of this schema and lexicon can answer or take in.
func (s *Store) reading(ctx context.Context) (done func(), err error) {
	if err := s.Outdated(); err != nil {
		return nil, fmt.Errorf("%w until it is rebuilt: %w", index.ErrUnavailable, err)
	}
	return s.use(ctx)
}

// Outdated returns ErrMismatch while the index in use was written with another schema or lexicon and waits for Rebuild, else nil.
func (s *Store) Outdated() error {
	if why := s.outdated.Load(); why != nil {
		return *why
	}
	return nil
}

// Held counts the documents of the index in use, whatever it was written with.
func (s *Store) Held(ctx context.Context) (int, error) {
	done, err := s.use(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	var a struct {
		Count int `json:"count"`
	}
	body := object{"query": object{"bool": object{"must_not": object{"term": object{kindField: markerKind}}}}}
	r := request{method: http.MethodPost, path: "/" + s.options.Index + "/_count", body: body}
	if err := s.client.do(ctx, r, &a); err != nil {
		return 0, fmt.Errorf("count documents: %w", err)
	}
	return a.Count, nil
}

// change waits for the right to change the index, until ctx ends.
func (s *Store) change(ctx context.Context) (release func(), err error) {
	done, err := s.use(ctx)
	if err != nil {
		return nil, err
	}
	if s.options.ReadOnly {
		done()
		return nil, errReadOnly
	}
	select {
	case <-ctx.Done():
		done()
		return nil, ctx.Err()
	case <-s.changing:
	}
	return func() {
		s.changing <- struct{}{}
		done()
	}, nil
}

// Apply implements index.Engine. A document both put and deleted in one batch is deleted.
func (s *Store) Apply(ctx context.Context, b index.Batch) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := s.Outdated(); err != nil {
		return fmt.Errorf("apply batch %d: %w", b.Seq, err)
	}
	at, err := s.state(ctx)
	if err != nil {
		return fmt.Errorf("apply batch %d: %w", b.Seq, err)
	}
	if b.Seq < at.first {
		return fmt.Errorf("apply batch %d: the index is at %d already", b.Seq, at.first)
	}
	if err := s.apply(ctx, s.current, b); err != nil {
		return fmt.Errorf("apply batch %d: %w", b.Seq, err)
	}
	return nil
}

// state asks how far the index is.
func (s *Store) state(ctx context.Context) (state, error) {
	body := object{"size": 0, "track_total_hits": false, "aggs": object{progressAgg: progress()}}
	_, st, err := s.ask(ctx, body, "state")
	return st, err
}

// Checkpoint implements index.Engine.
func (s *Store) Checkpoint(ctx context.Context) (uint64, error) {
	done, err := s.reading(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	st, err := s.state(ctx)
	return st.first, err
}

// Search implements index.Engine.
func (s *Store) Search(ctx context.Context, p index.Plan) (index.Page, error) {
	if err := p.Check(); err != nil {
		return index.Page{}, fmt.Errorf("search: %w", err)
	}
	done, err := s.reading(ctx)
	if err != nil {
		return index.Page{}, err
	}
	defer done()
	page, err := s.search(ctx, &p)
	if err != nil {
		return index.Page{}, fmt.Errorf("search: %w", err)
	}
	return page, nil
}

// Document implements index.Engine.
func (s *Store) Document(ctx context.Context, id string) (index.Document, error) {
	done, err := s.reading(ctx)
	if err != nil {
		return index.Document{}, err
	}
	defer done()
	var a answeredHit
	r := request{
		method: http.MethodGet, path: "/" + s.options.Index + "/_doc/" + url.PathEscape(id),
		query: url.Values{"realtime": {"false"}, "_source_includes": {docField + "," + bodyField}}, // what searches see
	}
	err = s.client.do(ctx, r, &a)
	if status(err) == http.StatusNotFound && !errors.Is(err, ErrMissing) || err == nil && a.Source.Doc.ID == "" {
		return index.Document{}, fmt.Errorf("document %s: %w", id, index.ErrNotFound)
	}
	if err != nil {
		return index.Document{}, fmt.Errorf("document %s: %w", id, s.lost(err))
	}
	a.Source.Doc.Body = a.Source.Body
	return a.Source.Doc, nil
}

// Terms implements index.Engine.
func (s *Store) Terms(ctx context.Context, f index.Field, prefix string, n int) ([]index.Term, error) {
	if err := checkField(f); err != nil {
		return nil, err
	}
	done, err := s.reading(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if d := s.dictionary(); d != nil {
		if terms, known := d.terms(f, prefix, n); known {
			return terms, nil
		}
	}
	return s.terms(ctx, f, prefix, n)
}

// Walk returns the terms of a field that an automaton over their bytes accepts and in how many documents each stands, in byte
// order. They are known where this process holds the dictionary that PublishTerms made: the cluster has no such question, and is asked for
// each spelling then.
func (s *Store) Walk(ctx context.Context, f index.Field, a vellum.Automaton) (terms []index.Term, known bool, err error) {
	if err := checkField(f); err != nil {
		return nil, false, err
	}
	done, err := s.reading(ctx)
	if err != nil {
		return nil, false, err
	}
	defer done()
	if d := s.dictionary(); d != nil {
		terms, known = d.walk(f, a)
	}
	return terms, known, nil
}

// DocFreq implements index.Engine.
func (s *Store) DocFreq(ctx context.Context, f index.Field, terms []string) ([]int, error) {
	if err := checkField(f); err != nil {
		return nil, err
	}
	done, err := s.reading(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if d := s.dictionary(); d != nil {
		return s.lookUp(ctx, d, f, terms)
	}
	return s.docFreqs(ctx, f, terms)
}

func checkField(f index.Field) error {
	if !slices.Contains(index.Fields, f) {
		return fmt.Errorf("%w: unknown field %q", index.ErrPlan, f)
	}
	return nil
}

// Documents counts the documents in one request, the merged ones too.
func (s *Store) Documents(ctx context.Context) (int, error) {
	done, err := s.reading(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	page, err := s.search(ctx, &index.Plan{IncludeMerged: true})
	if err != nil {
		return 0, fmt.Errorf("count documents: %w", err)
	}
	return page.Total, nil
}

// Stats implements index.Engine.
func (s *Store) Stats(ctx context.Context) (index.Stats, error) {
	done, err := s.reading(ctx)
	if err != nil {
		return index.Stats{}, err
	}
	defer done()
	page, err := s.search(ctx, &index.Plan{IncludeMerged: true})
	if err != nil {
		return index.Stats{}, fmt.Errorf("index statistics: %w", err)
	}
	stats := index.Stats{Documents: page.Total, Generation: page.Generation, Seq: page.Seq, Schema: schema(s.options.Analyzer)}
	if stats.Bytes, err = s.size(ctx, page.Generation); err != nil {
		return index.Stats{}, fmt.Errorf("index statistics: %w", err)
	}
	return stats, nil
}

// Compact merges each shard into one segment, for after many changes. It may wait half a minute until the
// cluster lets deleted documents go. Searches go on.
func (s *Store) Compact(ctx context.Context) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := s.Outdated(); err != nil {
		return err
	}
	return s.compact(ctx, s.current)
}

// Drop removes the index with all its generations from the cluster, for one that was only made to try something.
func (s *Store) Drop(ctx context.Context) error {
	release, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer release()
	numbers, err := s.existing(ctx)
	for _, n := range numbers {
		err = errors.Join(err, s.remove(ctx, s.generationName(n)))
	}
	return errors.Join(err, s.removeTemplate(ctx), s.Shelf().drop(ctx))
}

// Err is nil: nothing works in the background here, so that each call tells how the cluster is.
func (s *Store) Err() error { return nil }

// Close implements index.Engine. The index stays in the cluster.
func (s *Store) Close() error {
	s.words.end(s.closing)
	s.running.Lock()
	defer s.running.Unlock()
	s.closed = true
	s.client.close()
	return nil
}
