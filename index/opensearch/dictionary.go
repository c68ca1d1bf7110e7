package opensearch

import (
	"bytes"
	"container/heap"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index"
)

// dictionary is the words of a generation and in how many documents each stands, at one moment. Suggestions and mended
// spellings ask for hundreds of words while a reader types: counting them on the cluster reads every document that has one, and
// grows with the collection; looking them up here does not.
type dictionary struct {
	head   dictionaryHead
	fields map[index.Field]*vellum.FST
}

// dictionaryHead tells what a dictionary was made of. It is put on the shelf last, so that whoever reads it finds the rest.
type dictionaryHead struct {
	Generation string         `json:"generation"`
	Seq        uint64         `json:"seq"`
	Stamp      string         `json:"stamp"` // in the ids of its parts
	Parts      map[string]int `json:"parts"` // how many, by field
	Sums       map[string]sum `json:"sums"`  // of the parts put together, by field
	Terms      map[string]int `json:"terms"` // how many, by field
	Made       time.Time      `json:"made"`
	Format     int            `json:"format"` // dictionaryFormat
}

type sum = string // SHA-256 in hexadecimal digits

const (
	dictionaryKind   = "dictionary"
	dictionaryHeadID = "head"
	dictionaryFormat = 1
	dictionaryPart   = 8 << 20 // bytes of a record; one request may have 100 MB

	bucketsByDefault = 65_535           // that a cluster allows an answer
	mostAtOnce       = 500_000          // terms of one answer: some 30 MB of JSON
	listingLimit     = 10 * time.Minute // of one answer: all documents are read for it
)

// dictionaryFields are those that words are looked up in, beside what orders.
var dictionaryFields = []index.Field{index.Exact, index.Lemma, index.Parts}

// PublishTerms makes the dictionary of the generation in use and puts it on the shelf for all processes, unless the one there tells
// the same. It reads the words of all documents once for each answer, which holds as many as the cluster's search.max_buckets
// allows: some seconds for a hundred thousand documents and 65,535 words, the default. Raise it where there are millions.
func (s *Store) PublishTerms(ctx context.Context) error {
	done, err := s.use(ctx)
	if err != nil {
		return err
	}
	defer done()
	at, err := s.state(ctx)
	if err != nil {
		return fmt.Errorf("publish terms: %w", err)
	}
	old, err := s.dictionaryHead(ctx)
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return fmt.Errorf("publish terms: %w", err)
	}
	if err == nil && old.Generation == at.generation && old.Seq == at.last {
		return nil
	}
	if err := s.publishTerms(ctx, at, old); err != nil {
		return fmt.Errorf("publish terms: %w", err)
	}
	return nil
}

func (s *Store) publishTerms(ctx context.Context, at state, old dictionaryHead) error {
	now := time.Now()
	head := dictionaryHead{
		Generation: at.generation, Seq: at.last, Stamp: fmt.Sprintf("%s-%d-%d", at.generation, at.last, now.UnixNano()), Made: now.UTC(),
		Parts: map[string]int{}, Sums: map[string]sum{}, Terms: map[string]int{}, Format: dictionaryFormat,
	}
	atOnce, err := s.termsAtOnce(ctx)
	if err != nil {
		return err
	}
	for _, f := range dictionaryFields {
		file, n, err := s.collect(ctx, f, atOnce)
		if err != nil {
			return fmt.Errorf("collect terms of %s: %w", f, err)
		}
		digest := sha256.Sum256(file)
		head.Sums[string(f)], head.Terms[string(f)] = hex.EncodeToString(digest[:]), n
		for part := range slices.Chunk(file, dictionaryPart) {
			id := head.part(f, head.Parts[string(f)])
			if err := s.Shelf().Put(ctx, Record{Kind: dictionaryKind, ID: id, Time: now, Body: part}); err != nil {
				return err
			}
			head.Parts[string(f)]++
		}
	}
	body, err := json.Marshal(head)
	if err != nil {
		return err
	}
	if err := s.Shelf().Put(ctx, Record{Kind: dictionaryKind, ID: dictionaryHeadID, Time: now, Body: body}); err != nil {
		return err
	}
	return s.removeParts(ctx, old)
}

// removeParts takes the parts of a dictionary away that another has followed. A process that was just reading it tries again.
func (s *Store) removeParts(ctx context.Context, old dictionaryHead) error {
	for f, parts := range old.Parts {
		for i := range parts {
			if err := s.Shelf().Remove(ctx, dictionaryKind, old.part(index.Field(f), i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *dictionaryHead) part(f index.Field, i int) string {
	return fmt.Sprintf("%s/%s/%d", h.Stamp, f, i)
}

// termsAtOnce is how many terms one answer of the cluster may hold. Who may not read its settings gets the default.
func (s *Store) termsAtOnce(ctx context.Context) (int, error) {
	var set map[string]scope
	r := request{method: http.MethodGet, path: "/_cluster/settings", query: url.Values{
		"include_defaults": {"true"}, "filter_path": {"*.search.max_buckets"},
	}}
	err := s.client.do(ctx, r, &set)
	if code := status(err); code == http.StatusForbidden || code == http.StatusUnauthorized {
		return atOnce(nil), nil
	}
	return atOnce(set), err
}

// scope is what is set for one span of time, as far as it is asked for.
type scope struct {
	Search struct {
		MaxBuckets string `json:"max_buckets"`
	} `json:"search"`
}

// atOnce reads the setting: what is set until the cluster restarts wins, then what is set for good. Some buckets are left
// for what every answer tells beside its terms.
func atOnce(set map[string]scope) int {
	allowed := bucketsByDefault
	for _, span := range []string{"transient", "persistent", "defaults"} {
		if n, err := strconv.Atoi(set[span].Search.MaxBuckets); err == nil {
			allowed = n
			break
		}
	}
	const others = 500
	return min(max(allowed-others, allowed/2, 1), mostAtOnce)
}

// collect reads all terms of a field in byte order, and how many documents have each, into an FST.
func (s *Store) collect(ctx context.Context, f index.Field, atOnce int) (file []byte, n int, err error) {
	var b bytes.Buffer
	builder, err := vellum.New(&b, nil)
	if err != nil {
		return nil, 0, err
	}
	var after object
	for {
		source := object{"terms": object{"field": listedFrom(f)}}
		composite := object{"size": atOnce, "sources": []object{{"t": source}}}
		if after != nil {
			composite["after"] = after
		}
		body := object{
			"size": 0, "track_total_hits": false, "query": all(nil),
			"aggs": object{progressAgg: progress(), valuesAgg: object{"composite": composite}},
		}
		a, _, err := s.askFor(ctx, listingLimit, body, "terms")
		if err != nil {
			return nil, 0, err
		}
		var page struct {
			After   object `json:"after_key"`
			Buckets []struct {
				Key struct {
					T string `json:"t"`
				} `json:"key"`
				Count uint64 `json:"doc_count"`
			} `json:"buckets"`
		}
		if err := json.Unmarshal(a.Aggregations[valuesAgg], &page); err != nil {
			return nil, 0, err
		}
		for _, t := range page.Buckets {
			if err := builder.Insert([]byte(t.Key.T), t.Count); err != nil {
				return nil, 0, err
			}
			n++
		}
		if after = page.After; after == nil || len(page.Buckets) == 0 {
			break
		}
	}
	if err := builder.Close(); err != nil {
		return nil, 0, err
	}
	return b.Bytes(), n, nil
}

func (s *Store) dictionaryHead(ctx context.Context) (dictionaryHead, error) {
	r, err := s.Shelf().Get(ctx, dictionaryKind, dictionaryHeadID)
	if err != nil {
		return dictionaryHead{}, err
	}
	var h dictionaryHead
	if err := json.Unmarshal(r.Body, &h); err != nil {
		return dictionaryHead{}, fmt.Errorf("read the dictionary's head: %w", err)
	}
	if h.Format != dictionaryFormat {
		return dictionaryHead{}, fmt.Errorf("dictionary of format %d: %w", h.Format, index.ErrNotFound)
	}
	return h, nil
}

// errTorn: parts of a dictionary were replaced while it was read, or are damaged.
var errTorn = errors.New("the dictionary does not fit its sums")

// readDictionary loads the dictionary on the shelf, unless it is the one that is held already.
func (s *Store) readDictionary(ctx context.Context, held *dictionary) (*dictionary, error) {
	head, err := s.dictionaryHead(ctx)
	if err != nil || held != nil && held.head.Stamp == head.Stamp {
		return held, err
	}
	d := &dictionary{head: head, fields: map[index.Field]*vellum.FST{}}
	for _, f := range dictionaryFields {
		var file []byte
		for i := range head.Parts[string(f)] {
			r, err := s.Shelf().Get(ctx, dictionaryKind, head.part(f, i))
			if err != nil {
				return held, err
			}
			file = append(file, r.Body...)
		}
		digest := sha256.Sum256(file)
		if hex.EncodeToString(digest[:]) != head.Sums[string(f)] {
			return held, fmt.Errorf("terms of %s: %w", f, errTorn)
		}
		if d.fields[f], err = vellum.Load(file); err != nil {
			return held, fmt.Errorf("terms of %s: %w", f, err)
		}
	}
	return d, nil
}

// docs is how many documents have a term; whether the dictionary knows the field.
func (d *dictionary) docs(f index.Field, term string) (n int, known bool) {
	fst := d.fields[f]
	if fst == nil {
		return 0, false
	}
	count, _, err := fst.Get([]byte(term)) // an error would be a damaged file, which its sum excludes
	return int(count), err == nil
}

// walk lists the terms that an automaton accepts, as Store.Walk does; whether the dictionary knows the field.
func (d *dictionary) walk(f index.Field, a vellum.Automaton) (found []index.Term, known bool) {
	fst := d.fields[f]
	if fst == nil {
		return nil, false
	}
	it, err := fst.Search(a, nil, nil)
	for ; err == nil; err = it.Next() {
		term, count := it.Current()
		found = append(found, index.Term{Text: string(term), Docs: int(count)})
	}
	return found, errors.Is(err, vellum.ErrIteratorDone)
}

// terms lists up to n terms that start with prefix, as Store.Terms does; whether the dictionary knows the field.
func (d *dictionary) terms(f index.Field, prefix string, n int) (found []index.Term, known bool) {
	fst := d.fields[f]
	if fst == nil {
		return nil, false
	}
	it, err := fst.Iterator([]byte(prefix), nil)
	if prefix == "" {
		it, err = fst.Iterator(nil, nil)
	}
	var best mostFrequent
	for ; err == nil; err = it.Next() {
		term, count := it.Current()
		if !strings.HasPrefix(string(term), prefix) {
			break
		}
		best.offer(term, int(count), n)
	}
	if err != nil && !errors.Is(err, vellum.ErrIteratorDone) {
		return nil, false
	}
	return best.sorted(), true
}

// mostFrequent keeps the terms that most documents have, the rarest on top; of equals, the last in byte order.
type mostFrequent []index.Term

func (m mostFrequent) Len() int           { return len(m) }
func (m mostFrequent) Less(i, j int) bool { return before(m[j], m[i]) }
func (m mostFrequent) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *mostFrequent) Push(x any)        { *m = append(*m, x.(index.Term)) }
func (m *mostFrequent) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}

// before reports whether a is listed before b.
func before(a, b index.Term) bool {
	if a.Docs != b.Docs {
		return a.Docs > b.Docs
	}
	return a.Text < b.Text
}

func (m *mostFrequent) offer(term []byte, docs, n int) {
	if len(*m) >= n && (n <= 0 || docs <= (*m)[0].Docs) {
		return // terms come in byte order: one of the same count is listed after those that are held
	}
	if len(*m) >= n {
		heap.Pop(m)
	}
	heap.Push(m, index.Term{Text: string(term), Docs: docs})
}

func (m mostFrequent) sorted() []index.Term {
	if len(m) == 0 {
		return nil
	}
	terms := slices.Clone(m)
	slices.SortFunc(terms, func(a, b index.Term) int {
		if before(a, b) {
			return -1
		}
		return 1
	})
	return terms
}
