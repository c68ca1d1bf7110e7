package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"smaabornsviden/index"
)

// Shelf keeps records beside the documents that all processes on a cluster share: what the crawl tells about its sources,
// what readers leave for the operator, protocols. They outlive every generation, since nothing here can be made again from the crawl state.
// Records are found by kind and id, and listed by time; nothing in them is searched.
type Shelf struct{ store *Store }

// Record is one thing on a Shelf.
type Record struct {
	Kind string // small letters and hyphens
	ID   string // unique in its kind, at most 200 bytes
	Time time.Time
	Body []byte // whatever its kind means by it; at most some megabytes
}

// ErrExists: there is such a record already, and it was to be a new one.
var ErrExists = errors.New("record exists already")

// Shelf gives the store's records. A process that only reads the index may write them.
func (s *Store) Shelf() Shelf { return Shelf{s} }

var goodKind = regexp.MustCompile(`^[a-z][a-z-]{0,39}$`)

const maxIDBytes = 200 // the cluster's own limit is 512, kind included

// shelved is a record as it lies in the cluster.
type shelved struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Time int64  `json:"time"` // milliseconds since 1970
	Body []byte `json:"body"`
}

func (d *shelved) record() Record {
	return Record{Kind: d.Kind, ID: d.ID, Time: time.UnixMilli(d.Time).UTC(), Body: d.Body}
}

// alias is the name under which records are read and written; the index behind it may be changed by hand one day.
func (h Shelf) alias() string { return h.store.options.Index + "-shelf" }

func (h Shelf) path(kind, id string) string {
	return "/" + h.alias() + "/_doc/" + url.PathEscape(kind+":"+id)
}

// Put stores a record in the place of one of the same kind and id. Once it returns, List sees it.
func (h Shelf) Put(ctx context.Context, r Record) error { return h.write(ctx, r, url.Values{}) }

// Add stores a record, or returns ErrExists.
func (h Shelf) Add(ctx context.Context, r Record) error {
	return h.write(ctx, r, url.Values{"op_type": {"create"}})
}

func (h Shelf) write(ctx context.Context, r Record, query url.Values) error {
	if !goodKind.MatchString(r.Kind) || r.ID == "" || len(r.ID) > maxIDBytes {
		return fmt.Errorf("record of kind %q with id %.50q: want a kind of small letters and an id of 1 to %d bytes", r.Kind, r.ID, maxIDBytes)
	}
	done, err := h.store.use(ctx)
	if err != nil {
		return err
	}
	defer done()
	query.Set("refresh", "true")
	query.Set("require_alias", "true") // else the cluster would make up an index with a mapping of its own
	req := request{
		method: http.MethodPut, path: h.path(r.Kind, r.ID), query: query, once: true,
		body: shelved{r.Kind, r.ID, r.Time.UnixMilli(), r.Body},
	}
	err = h.store.client.do(ctx, req, nil)
	if isMissing(err) {
		if err = h.make(ctx); err == nil {
			err = h.store.client.do(ctx, req, nil)
		}
	}
	if status(err) == http.StatusConflict {
		err = ErrExists
	}
	if err != nil {
		return fmt.Errorf("store %s %s: %w", r.Kind, r.ID, h.store.lost(err))
	}
	return nil
}

// make creates the index of records. Two processes may try at once: the second finds it there.
func (h Shelf) make(ctx context.Context) error {
	body := object{
		// Copies follow the number of nodes by themselves: on one node none, else one.
		"settings": object{"index": object{"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
		"mappings": object{"dynamic": "strict", "properties": object{
			"kind": object{"type": "keyword"}, "id": object{"type": "keyword"}, "time": object{"type": "date", "format": "epoch_millis"},
			"body": object{"type": "binary"},
		}},
		"aliases": object{h.alias(): object{"is_write_index": true}},
	}
	err := h.store.client.do(ctx, request{method: http.MethodPut, path: "/" + h.alias() + "-1", body: body}, nil)
	var answered *responseError
	if errors.As(err, &answered) && answered.kind == "resource_already_exists_exception" {
		return nil
	}
	return err
}

// Get returns a record, or index.ErrNotFound.
func (h Shelf) Get(ctx context.Context, kind, id string) (Record, error) {
	done, err := h.store.use(ctx)
	if err != nil {
		return Record{}, err
	}
	defer done()
	var a struct {
		Source shelved `json:"_source"`
	}
	err = h.store.client.do(ctx, request{method: http.MethodGet, path: h.path(kind, id), once: true}, &a)
	if status(err) == http.StatusNotFound { // no such record, or none ever
		err = index.ErrNotFound
	}
	if err != nil {
		return Record{}, fmt.Errorf("%s %s: %w", kind, id, h.store.lost(err))
	}
	return a.Source.record(), nil
}

// List returns up to n records of a kind that are of since or later, newest first; ties by id.
func (h Shelf) List(ctx context.Context, kind string, since time.Time, n int) ([]Record, error) {
	done, err := h.store.use(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	filter := []object{{"term": object{"kind": kind}}}
	if !since.IsZero() {
		filter = append(filter, object{"range": object{"time": object{"gte": since.UnixMilli()}}})
	}
	body := object{
		"size": n, "query": object{"bool": object{"filter": filter}},
		"sort": []object{{"time": "desc"}, {"id": "asc"}},
	}
	var a struct {
		Hits struct {
			Hits []struct {
				Source shelved `json:"_source"`
			} `json:"hits"`
		} `json:"hits"`
	}
	err = h.store.client.do(ctx, request{method: http.MethodPost, path: "/" + h.alias() + "/_search", body: body, once: true}, &a)
	if isMissing(err) {
		return nil, nil // nobody has stored anything yet
	}
	if err != nil {
		return nil, fmt.Errorf("list records of kind %s: %w", kind, h.store.lost(err))
	}
	records := make([]Record, 0, len(a.Hits.Hits))
	for i := range a.Hits.Hits {
		records = append(records, a.Hits.Hits[i].Source.record())
	}
	return records, nil
}

// Remove takes a record away; that there is none is no error.
func (h Shelf) Remove(ctx context.Context, kind, id string) error {
	done, err := h.store.use(ctx)
	if err != nil {
		return err
	}
	defer done()
	r := request{method: http.MethodDelete, path: h.path(kind, id), query: url.Values{"refresh": {"true"}}, once: true}
	if err := h.store.client.do(ctx, r, nil); err != nil && status(err) != http.StatusNotFound {
		return fmt.Errorf("remove %s %s: %w", kind, id, err)
	}
	return nil
}

// drop removes the index of records; that there is none is no error.
func (h Shelf) drop(ctx context.Context) error {
	err := h.store.client.do(ctx, request{method: http.MethodDelete, path: "/" + h.alias() + "-1", once: true}, nil)
	if isMissing(err) {
		return nil
	}
	return err
}
