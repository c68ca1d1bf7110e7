package describe_test

import (
	"testing"

	"smaabornsviden/crawler/extract"
)

// BenchmarkDescribe and BenchmarkExtract read the same pages: describing is to cost less than a fifth.
func BenchmarkDescribe(b *testing.B) {
	pages, d := demo(b), describer(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := range pages {
			doc := pages[i].doc
			d.Describe(&doc, pages[i].src)
		}
	}
	b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkExtract(b *testing.B) {
	pages := demo(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := range pages {
			if _, err := extract.HTML(pages[i].in); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
}
