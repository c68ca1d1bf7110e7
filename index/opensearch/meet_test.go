package opensearch

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"smaabornsviden/index"
)

// TestAReaderWaitsForAnIndexThatItCanRead: none is there, then there is one, then another program puts one of its own in that
// one's place, and takes it back.
func TestAReaderWaitsForAnIndexThatItCanRead(t *testing.T) {
	o := fresh(t)
	server := o
	server.ReadOnly, server.Later, server.Patience = true, true, time.Second
	reader := open(t, server)
	now := time.Now()
	reader.client.now = func() time.Time { return now }
	check := func(when string, want error) {
		t.Helper()
		now = now.Add(meetPause)
		page, err := reader.Search(t.Context(), index.Plan{Size: 1, IncludeMerged: true})
		if !errors.Is(err, want) || want != nil && !errors.Is(err, index.ErrUnavailable) || want == nil && page.Total == 0 {
			t.Errorf("%s: %d hits, %v; want %v", when, page.Total, err, want)
		}
		now = now.Add(meetPause)
		if err := reader.Meet(t.Context()); !errors.Is(err, want) || reader.Met() != (want == nil) {
			t.Errorf("%s: met %t, in the way: %v; want %v", when, reader.Met(), err, want)
		}
	}
	check("no index", ErrMissing)
	s := open(t, o)
	if err := fed(1, 20)(func(b index.Batch) error { return s.Apply(t.Context(), b) }); err != nil {
		t.Fatal(err)
	}
	check("an index was made", nil)

	foreign := generation{s.generationName(9), s.current.markers}
	body := s.shape()
	body["mappings"].(object)["_meta"] = object{"schema": "opensearch-9 another", "markers": s.current.markers}
	body["aliases"] = object{foreign.writeAlias(): object{}}
	r := request{method: http.MethodPut, path: "/" + foreign.name, body: body, write: true}
	if err := s.client.do(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.apply(t.Context(), foreign, index.Batch{Seq: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.publish(t.Context(), foreign, s.current.name); err != nil {
		t.Fatal(err)
	}
	check("an index of another program", index.ErrMismatch)
	if err := s.publish(t.Context(), s.current, foreign.name); err != nil {
		t.Fatal(err)
	}
	check("the index of before", nil)
	if err := s.Rebuild(t.Context(), fed(2, 10)); err != nil {
		t.Fatal(err)
	}
	check("the next generation", nil)
}

func TestAnIndexThatCannotBeReadIsLookedAtSeldom(t *testing.T) {
	asked := 0
	node := fakeNode(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			says(http.StatusOK, aVersion)(w, r)
			return
		}
		asked++
		says(http.StatusOK, `{"smaabornsviden-000001":{"mappings":{"_meta":{"schema":"another","markers":["a"]}}}}`)(w, r)
	})
	o := Options{Analyzer: analyzer(t), URLs: []string{node}, ReadOnly: true}
	if _, err := Open(t.Context(), o); !errors.Is(err, index.ErrMismatch) {
		t.Errorf("a command that looks once: %v, want ErrMismatch", err)
	}
	o.Later = true
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now()
	s.client.now = func() time.Time { return now }
	asked = 0
	for range 5 {
		if _, err := s.Checkpoint(t.Context()); !errors.Is(err, index.ErrUnavailable) || !errors.Is(err, index.ErrMismatch) {
			t.Errorf("%v, want ErrMismatch that is unavailability for readers", err)
		}
	}
	if asked != 1 {
		t.Errorf("the mapping was read %d times in one moment, want once", asked)
	}
}
