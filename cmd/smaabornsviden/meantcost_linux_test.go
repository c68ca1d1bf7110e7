package main

import (
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// BenchmarkMeantOfEachMisspelling asks the demonstration what was meant by each of some 290 misspellings, one and two slips in words
// and compounds, and reports what the dearest, the hundredth and the middle one cost: each the least of five times on the
// processor clock of its thread, since a mean over easy words hides the dear ones and a busy machine makes every other clock lie. Run it with
//
//	go test -run '^$' -bench MeantOfEachMisspelling -benchtime 1x ./cmd/smaabornsviden
func BenchmarkMeantOfEachMisspelling(b *testing.B) {
	s, _ := judgedCorpus(b)
	var words []string
	for _, line := range append(spelling(b, "misspelt.tsv"), spelling(b, "further.tsv")...) {
		typed, _, _ := strings.Cut(line, "\t")
		words = append(words, typed)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	least := make([]time.Duration, len(words))
	for b.Loop() {
		for i, typed := range words {
			least[i] = time.Hour
			for range 5 {
				start := threadTime(b)
				if _, err := s.Meant(b.Context(), typed); err != nil {
					b.Fatal(err)
				}
				least[i] = min(least[i], threadTime(b)-start)
			}
		}
	}
	for i := range 6 {
		at := slices.Index(least, slices.Max(least[i:]))
		least[i], least[at], words[i], words[at] = least[at], least[i], words[at], words[i]
		b.Logf("%6.2f ms %s", least[i].Seconds()*1000, words[i])
	}
	slices.Sort(least)
	for i, c := range map[string]int{"p50-ms": len(least) / 2, "p99-ms": len(least) * 99 / 100, "worst-ms": len(least) - 1} {
		b.ReportMetric(float64(least[c].Microseconds())/1000, i)
	}
	b.ReportMetric(0, "ns/op") // of all words together it tells nothing
	b.Logf("%d words", len(words))
}

// threadTime is the processor time that this thread has used. The usage that Getrusage tells of a thread is as old as the last tick.
func threadTime(tb testing.TB) time.Duration {
	const clockThreadCPU = 3
	var t syscall.Timespec
	if _, _, err := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, clockThreadCPU, uintptr(unsafe.Pointer(&t)), 0); err != 0 {
		tb.Fatal(err)
	}
	return time.Duration(t.Nano())
}
