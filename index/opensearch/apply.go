package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// bulkBytes is how much one request of a batch carries: more gains nothing and fills the cluster's queues.
const bulkBytes = 4 << 20

// item is one change of a batch, or a marker.
type item struct {
	id      string
	routing string
	source  []byte // nil deletes
}

// apply makes a batch findable in a generation. The order makes a crash harmless: first all documents, then the markers
// that say so, then all of it becomes visible. What was written before a crash is written once more
// after it, under the same versions.
func (s *Store) apply(ctx context.Context, g generation, b index.Batch) error {
	items, err := s.items(ctx, &b)
	if err != nil {
		return err
	}
	if err := s.bulk(ctx, g, items, b.Seq); err != nil {
		return err
	}
	if err := s.bulk(ctx, g, g.markerItems(b.Seq), b.Seq); err != nil {
		return err
	}
	return s.refresh(ctx, g)
}

// items are the changes of a batch, one for each document: the last put counts, and a delete counts more.
func (s *Store) items(ctx context.Context, b *index.Batch) ([]item, error) {
	sources, err := s.encode(ctx, b.Puts)
	if err != nil {
		return nil, err
	}
	var items []item
	place := map[string]int{}
	add := func(it item) {
		if at, ok := place[it.id]; ok {
			items[at] = it
			return
		}
		place[it.id] = len(items)
		items = append(items, it)
	}
	for i := range b.Puts {
		add(item{id: b.Puts[i].ID, source: sources[i]})
	}
	for _, id := range b.Deletes {
		if id != "" && len(id) <= maxID {
			add(item{id: id})
		}
	}
	return items, nil
}

// encode analyses documents on all cores.
func (s *Store) encode(ctx context.Context, docs []index.Document) ([][]byte, error) {
	sources, errs := make([][]byte, len(docs)), make([]error, len(docs))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		workers.Go(func() {
			var fields danish.Fields
			for i := int(next.Add(1)) - 1; i < len(docs) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				var err error
				if sources[i], err = encode(s.options.Analyzer, &fields, &docs[i]); err != nil {
					errs[i] = &RefusedError{ID: docs[i].ID, Reason: err.Error()}
				}
			}
		})
	}
	workers.Wait()
	return sources, errors.Join(append(errs, ctx.Err())...)
}

// bulk writes items until each one is acknowledged.
func (s *Store) bulk(ctx context.Context, g generation, items []item, seq uint64) error {
	for some := range requests(items) {
		if err := s.settle(ctx, g, some, seq, false); err != nil {
			return err
		}
	}
	return nil
}

// settle writes the items of one request, those that the cluster had no room for again and again until the
// patience ends; together says that other batches are under way.
func (s *Store) settle(ctx context.Context, g generation, items []item, seq uint64, together bool) error {
	deadline := time.Now().Add(max(writePatience, s.client.patience))
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		body, err := lines(items, seq)
		if err != nil {
			return err
		}
		var a bulkAnswer
		r := request{
			method: http.MethodPost, path: "/" + g.writeAlias() + "/_bulk", body: body, lines: true, write: true,
			query: url.Values{"require_alias": {"true"}}, // never make an index that somebody has removed
		}
		if err := s.client.do(ctx, r, &a); err != nil {
			return err
		}
		left, err := a.unsettled(items, together)
		if len(left) == 0 {
			return err
		}
		if time.Now().Add(pause).After(deadline) {
			return fmt.Errorf("write %d documents: %w", len(left), err)
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		items = left
	}
}

// lines writes items as a bulk request has them. The version is the batch's number: an older batch never
// overwrites a newer one, and the same may come again.
func lines(items []item, seq uint64) ([]byte, error) {
	var b bytes.Buffer
	for _, it := range items {
		meta := object{"_id": it.id, "version": seq, "version_type": "external_gte"}
		if it.routing != "" {
			meta["routing"] = it.routing
		}
		verb := "index"
		if it.source == nil {
			verb = "delete"
		}
		action, err := json.Marshal(object{verb: meta})
		if err != nil {
			return nil, err
		}
		b.Write(action)
		b.WriteByte('\n')
		if it.source != nil {
			b.Write(it.source)
			b.WriteByte('\n')
		}
	}
	return b.Bytes(), nil
}

// bulkAnswer tells about each item in the order sent, under the name of what was done.
type bulkAnswer struct {
	Errors bool `json:"errors"`
	Items  []map[string]struct {
		Status int      `json:"status"`
		Error  *failure `json:"error"`
	} `json:"items"`
}

// unsettled are the items that may succeed later, with the error of one of them; or no items and what is
// wrong for good. Deleting what is not there has no error. Of batches that are under way together, a later one may have
// written a document already: nothing is wrong with that.
func (a *bulkAnswer) unsettled(items []item, together bool) ([]item, error) {
	if len(a.Items) != len(items) {
		return nil, fmt.Errorf("OpenSearch answers for %d documents of %d", len(a.Items), len(items))
	}
	var left []item
	var reason error
	for i, results := range a.Items {
		for _, r := range results {
			if r.Error == nil || together && r.Error.Type == "version_conflict_engine_exception" {
				continue
			}
			e := &responseError{status: r.Status, kind: r.Error.Type, reason: r.Error.Reason}
			if !e.passing() {
				return nil, refusal(items[i].id, e, r.Error)
			}
			left = append(left, items[i])
			reason = e
		}
	}
	return left, reason
}

// refusal is an error that stays: of the index when that is blocked, else of the document.
func refusal(id string, e *responseError, f *failure) error {
	if e.Unwrap() != nil {
		return fmt.Errorf("write document %s: %w", id, e)
	}
	reason := f.Type + ": " + f.Reason
	for c := range f.causes() {
		reason += ": " + c.Reason
	}
	return &RefusedError{ID: id, Reason: reason}
}

// refresh makes all that was written visible, in every copy of every shard. A copy on a node that just died fails until
// the cluster has taken it off its list.
func (s *Store) refresh(ctx context.Context, g generation) error {
	deadline := time.Now().Add(max(writePatience, s.client.patience))
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		var a struct {
			Shards struct {
				Failed int `json:"failed"`
			} `json:"_shards"`
		}
		r := request{method: http.MethodPost, path: "/" + g.name + "/_refresh", write: true}
		if err := s.client.do(ctx, r, &a); err != nil || a.Shards.Failed == 0 {
			return err
		}
		if time.Now().Add(pause).After(deadline) {
			return fmt.Errorf("refresh of %s: %d shards did not: %w", g.name, a.Shards.Failed, ErrRed)
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// markerID begins the ids of markers.
const markerID = "marker:"

// markerItems are the markers of all shards for a batch. Their texts are empty: see writing.
func (g generation) markerItems(seq uint64) []item {
	source := object{kindField: markerKind, seqField: seq}
	for _, f := range index.Fields {
		source[string(f)] = ""
	}
	encoded, err := json.Marshal(source)
	if err != nil {
		panic(err) // numbers and short strings
	}
	var items []item
	for _, routing := range g.markers {
		items = append(items, item{id: markerID + routing, routing: routing, source: encoded})
	}
	return items
}
