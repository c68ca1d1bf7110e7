package bleveindex

import (
	"runtime"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/indextest"
)

// TestTheTermsOfABatchTakeLittleMemory holds what decides about a crawl's peak: all documents of a batch are in memory at once.
// They took 116 times the bytes of these texts before terms without places shared their entries, now 70 times.
func TestTheTermsOfABatchTakeLittleMemory(t *testing.T) {
	s := memory(t, analyzer(t))
	defer closeStore(t, s)
	b := index.Batch{Seq: 1, Puts: indextest.Corpus(5, 300)}
	text := 0
	for i := range b.Puts {
		text += len(b.Puts[i].Title) + len(b.Puts[i].Body)
	}
	if _, err := s.current.changes(t.Context(), b); err != nil { // fills the caches of words
		t.Fatal(err)
	}
	before := heapBytes()
	changes, err := s.current.changes(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	took := heapBytes() - before
	runtime.KeepAlive(changes)
	t.Logf("%.0f bytes for each byte of text", float64(took)/float64(text))
	if took > 90*int64(text) {
		t.Errorf("%d bytes for %d bytes of text, want at most 90 times as many", took, text)
	}
}

func heapBytes() int64 {
	runtime.GC()
	runtime.GC() // empties pools
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
