package opensearch

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"testing"

	"smaabornsviden/index"
)

// TestASnapshotBringsIndexAndRecordsBack does what README says: snapshot, loss, restore.
func TestASnapshotBringsIndexAndRecordsBack(t *testing.T) {
	o := fresh(t)
	s := open(t, o)
	if err := s.Rebuild(t.Context(), fed(4, 60)); err != nil {
		t.Fatal(err)
	}
	if err := s.Shelf().Put(t.Context(), Record{Kind: "protokol", ID: "1", Time: noon, Body: []byte("gemt")}); err != nil {
		t.Fatal(err)
	}
	if err := s.PublishTerms(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := snapshotState(t, s)
	wait := url.Values{"wait_for_completion": {"true"}}
	repository := fmt.Sprintf("/_snapshot/test-%d", os.Getpid())
	call := func(method, path string, query url.Values, body any) {
		t.Helper()
		if err := s.client.do(t.Context(), request{method: method, path: path, query: query, body: body, once: true}, nil); err != nil {
			t.Fatal(err)
		}
	}
	call(http.MethodPut, repository, nil, object{"type": "fs", "settings": object{"location": o.Index}})
	call(http.MethodPut, repository+"/1", wait, object{"indices": o.Index + "-*", "include_global_state": false})
	if err := s.Drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{Analyzer: o.Analyzer, URLs: o.URLs, Index: o.Index, ReadOnly: true}); err == nil {
		t.Fatal("the index is still there")
	}
	call(http.MethodPost, repository+"/1/_restore", wait, object{"indices": o.Index + "-*"})
	if got := snapshotState(t, open(t, o)); got != before {
		t.Errorf("restored %s, want %s", got, before)
	}
	call(http.MethodDelete, repository+"/1", nil, nil)
	call(http.MethodDelete, repository, nil, nil)
}

// snapshotState is what must come back.
func snapshotState(t *testing.T, s *Store) string {
	t.Helper()
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Shelf().Get(t.Context(), "protokol", "1")
	if err != nil {
		t.Fatal(err)
	}
	head, err := s.dictionaryHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.Search(t.Context(), index.Plan{Size: 3})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(stats.Documents, stats.Generation, stats.Seq, string(r.Body), head.Stamp, page.Hits[0].Doc.ID)
}
