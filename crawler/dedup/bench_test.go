package dedup

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
)

// BenchmarkMemoryOfGrouping reports what grouping keeps of a document at its peak, in bytes of live heap, when one in ten
// is a press copy of another: 1,300, of which 300 are the texts of suspects. It was 1,700 when papers kept their relatives, their addresses and the whole of each
// hash, and beside them stood a map of all hashes, in which copies were looked up: 3,000 more.
//
//	go test ./crawler/dedup -run xxx -bench Memory -benchtime 1x
func BenchmarkMemoryOfGrouping(b *testing.B) {
	const documents = 10_000
	for b.Loop() {
		var before, most uint64
		before = heap()
		g := newGrouping()
		for n := range documents {
			d := made(n)
			g.add(read(&d))
		}
		g.order()
		most = max(most, heap())
		g.copies()
		most = max(most, heap())
		for n := range documents {
			d := made(n)
			g.keep(g.byID(d.ID), &d)
		}
		most = max(most, heap())
		start := time.Now()
		g.judge()
		b.ReportMetric(float64(time.Since(start).Microseconds())/documents, "judging-µs/document")
		changes := g.changes()
		most = max(most, heap())
		b.ReportMetric(float64(most-before)/documents, "bytes/document")
		b.ReportMetric(float64(len(changes))/documents, "changed")
	}
}

// heap is what is alive, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// made is the n-th document of 300 words; every tenth has the text of the one before it, in another source.
func made(n int) index.Document {
	text := n
	if n%10 == 9 {
		text--
	}
	r := rand.New(rand.NewPCG(uint64(text), 1))
	var body strings.Builder
	for range 300 {
		fmt.Fprintf(&body, "ord%d ", r.IntN(30_000))
	}
	d := doc(fmt.Sprintf("%010d", n), fmt.Sprint("En titel om sprog og leg i hverdagen ", text), body.String())
	d.Source = fmt.Sprint("partner-", n%70)
	return d
}
