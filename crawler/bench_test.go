package crawler_test

import (
	"testing"
)

// BenchmarkCrawl visits a site of 400 linked pages with no delay; a page costs fetch, reading, decision and commit.
func BenchmarkCrawl(b *testing.B) {
	w := newWorld(b)
	var links []string
	for i := range 200 {
		links = append(links, "/artikel/"+name(i))
	}
	for i := range 200 {
		w.page("a.example", "/artikel/"+name(i), "Artikel om "+name(i), links[i/2:min(len(links), i/2+30)]...)
	}
	w.page("a.example", "/", "Forside", links[:40]...)
	for b.Loop() {
		s := openState(b)
		o := w.options(s, register(b, "a.example"))
		o.Delay = -1
		crawl(b, o)
		s.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/201, "µs/page")
}
