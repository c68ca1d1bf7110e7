package opensearch

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"smaabornsviden/index"

	"github.com/google/go-cmp/cmp"
)

// shelf is a shelf of its own, seen by a process that writes the index and by one that only reads it.
func shelf(t *testing.T) (writer, reader Shelf) {
	t.Helper()
	o := fresh(t)
	w := open(t, o)
	o.ReadOnly = true
	r := open(t, o)
	return w.Shelf(), r.Shelf()
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestRecordsAreSharedByAllProcesses(t *testing.T) {
	writer, reader := shelf(t)
	if got, err := reader.List(t.Context(), "protokol", time.Time{}, 10); err != nil || len(got) != 0 {
		t.Errorf("an empty shelf lists %v, %v", got, err)
	}
	if _, err := reader.Get(t.Context(), "protokol", "a"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("an empty shelf: %v, want not found", err)
	}
	records := make([]Record, 4)
	for i, id := range []string{"a", "æ/ø å?#%", "c", strings.Repeat("x", maxIDBytes)} {
		records[i] = Record{Kind: "protokol", ID: id, Time: noon.Add(time.Duration(i) * time.Second), Body: []byte{0, byte(i), 0xff}}
		if err := reader.Add(t.Context(), records[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Put(t.Context(), Record{Kind: "andet", ID: "a", Time: noon, Body: []byte("andet")}); err != nil {
		t.Fatal(err)
	}
	if got, err := writer.Get(t.Context(), "protokol", records[1].ID); err != nil || !cmp.Equal(got, records[1]) {
		t.Errorf("got %v, %v, want %v", got, err, records[1])
	}
	got, err := writer.List(t.Context(), "protokol", records[1].Time, 2)
	if want := []Record{records[3], records[2]}; err != nil || !cmp.Equal(got, want) {
		t.Errorf("listed %v, %v", got, err)
	}
	if got, err := writer.List(t.Context(), "protokol", records[1].Time, 9); err != nil || len(got) != 3 {
		t.Errorf("%d since the second, %v; want it and what came later", len(got), err)
	}
}

func TestARecordIsReplacedOrKept(t *testing.T) {
	writer, reader := shelf(t)
	first := Record{Kind: "indbakke", ID: "1", Time: noon, Body: []byte("før")}
	second := first
	second.Body = []byte("efter")
	if err := errors.Join(reader.Add(t.Context(), first), reader.Put(t.Context(), second)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Add(t.Context(), first); !errors.Is(err, ErrExists) {
		t.Errorf("a second record of the same id: %v, want ErrExists", err)
	}
	if got, err := writer.Get(t.Context(), "indbakke", "1"); err != nil || string(got.Body) != "efter" {
		t.Errorf("got %q, %v", got.Body, err)
	}
	for range 2 { // the second time there is nothing to remove
		if err := writer.Remove(t.Context(), "indbakke", "1"); err != nil {
			t.Error(err)
		}
	}
	if got, err := reader.List(t.Context(), "indbakke", time.Time{}, 9); err != nil || len(got) != 0 {
		t.Errorf("after its removal: %v, %v", got, err)
	}
}

func TestProcessesThatStoreFirstAtOnceMakeOneShelf(t *testing.T) {
	writer, reader := shelf(t)
	var all sync.WaitGroup
	for i := range 8 {
		h := []Shelf{writer, reader}[i%2]
		all.Go(func() {
			if err := h.Add(t.Context(), Record{Kind: "ordre", ID: fmt.Sprint(i), Time: noon}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := writer.List(t.Context(), "ordre", time.Time{}, 20); err != nil || len(got) != 8 {
		t.Errorf("%d records, %v; want 8", len(got), err)
	}
}

func TestRecordsOutliveARebuild(t *testing.T) {
	writer, reader := shelf(t)
	if err := reader.Put(t.Context(), Record{Kind: "protokol", ID: "1", Time: noon}); err != nil {
		t.Fatal(err)
	}
	if err := writer.store.Rebuild(t.Context(), fed(3, 40)); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Get(t.Context(), "protokol", "1"); err != nil {
		t.Error(err)
	}
}

func TestRecordsThatCannotBeNamedAreRefused(t *testing.T) {
	s := &Store{}
	for _, r := range []Record{{Kind: "", ID: "1"}, {Kind: "A", ID: "1"}, {Kind: "a", ID: ""}, {Kind: "a", ID: strings.Repeat("x", maxIDBytes+1)}} {
		if err := s.Shelf().Put(t.Context(), r); err == nil {
			t.Errorf("kind %q, id of %d bytes was taken", r.Kind, len(r.ID))
		}
	}
}
