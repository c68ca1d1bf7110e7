//go:build unix

package danish

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/registry"
)

// BenchmarkAgainstBleve runs the whole chain and Bleve's own Danish analyzer in turns on the same texts, so that what
// else the machine does hits both alike: into fields that are filled again and again, as the writers of both engines do it, and
// into new ones for each text.
func BenchmarkAgainstBleve(b *testing.B) {
	a := analyzer(b)
	inBothWays(b, func() *Analyzer { return a })
}

// BenchmarkColdAgainstBleve is BenchmarkAgainstBleve with an analyzer that has seen no text: each text is read once, by both
// in turns.
func BenchmarkColdAgainstBleve(b *testing.B) {
	inBothWays(b, func() *Analyzer { return analyzer(b) })
}

func inBothWays(b *testing.B, next func() *Analyzer) {
	b.Run("filled", func(b *testing.B) {
		var fields Fields
		againstBleve(b, next, func(a *Analyzer, text string) { a.Fill(&fields, "", text, "da") })
	})
	b.Run("new", func(b *testing.B) {
		againstBleve(b, next, func(a *Analyzer, text string) { a.Fields("", text, "da") })
	})
}

// againstBleve measures both in turns on one core; next gives the analyzer of a round, and its making counts as ours. Time is that of the
// processor, so that a machine with much else to do gives the same figures.
func againstBleve(b *testing.B, next func() *Analyzer, analyse func(*Analyzer, string)) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	texts, bytes := articles(b)
	stock, err := registry.NewCache().AnalyzerNamed(da.AnalyzerName)
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs time.Duration
	for b.Loop() {
		start := cpuTime(b)
		a := next()
		for _, text := range texts {
			analyse(a, text)
			middle := cpuTime(b)
			stock.Analyze([]byte(text))
			end := cpuTime(b)
			ours, theirs, start = ours+middle-start, theirs+end-middle, end
		}
	}
	rate := func(d time.Duration) float64 { return float64(bytes) * float64(b.N) / 1e6 / d.Seconds() }
	b.ReportMetric(rate(ours), "ours-MB/s")
	b.ReportMetric(rate(theirs), "bleve-MB/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "times-bleve")
}

// cpuTime is what the process has used of its processor.
func cpuTime(tb testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
