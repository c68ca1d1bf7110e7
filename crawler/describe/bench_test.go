package describe_test

import (
	"slices"
	"testing"

	"smaabornsviden/crawler/extract"
)

// htmlPages leaves out files, whose reading costs far more.
func htmlPages(b *testing.B) []labelled {
	return slices.DeleteFunc(demo(b), func(p labelled) bool { return p.doc.Format != "html" })
}

// BenchmarkDescribe and BenchmarkExtract read the same pages: describing is to cost less than a fifth.
func BenchmarkDescribe(b *testing.B) {
	pages, d := htmlPages(b), describer(b)
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
	pages := htmlPages(b)
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
