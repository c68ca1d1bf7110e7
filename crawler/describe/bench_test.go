package describe_test

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"smaabornsviden/crawler/extract"
)

// htmlPages leaves out files, whose reading costs far more.
func htmlPages(b *testing.B) []labelled {
	return slices.DeleteFunc(demo(b), func(p labelled) bool { return p.doc.Format != "html" })
}

// spent is the processor time of this process so far: on a machine that others use too, the clock on the wall measures them.
func spent(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func report(b *testing.B, before time.Duration, pages int) {
	b.ReportMetric(float64((spent(b)-before).Microseconds())/float64(b.N*pages), "cpu-µs/page")
}

// BenchmarkDescribe and BenchmarkExtract read the same pages: describing is to cost less than a fifth.
func BenchmarkDescribe(b *testing.B) {
	pages, d := htmlPages(b), describer(b)
	b.ReportAllocs()
	before := spent(b)
	for b.Loop() {
		for i := range pages {
			doc := pages[i].doc
			d.Describe(&doc, pages[i].src)
		}
	}
	report(b, before, len(pages))
}

func BenchmarkExtract(b *testing.B) {
	pages := htmlPages(b)
	b.ReportAllocs()
	before := spent(b)
	for b.Loop() {
		for i := range pages {
			if _, err := extract.HTML(pages[i].in); err != nil {
				b.Fatal(err)
			}
		}
	}
	report(b, before, len(pages))
}

// BenchmarkNew reads the rules and learns their phrases, which every command does when it starts.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		describer(b)
	}
}
