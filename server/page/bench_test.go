package page_test

import (
	"io"
	"net/url"
	"testing"

	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/page"
	"smaabornsviden/server/servertest"
)

// BenchmarkResults writes a full page of ten cards and all filters, without the search before it.
func BenchmarkResults(b *testing.B) {
	o, err := servertest.Options(servertest.Documents())
	if err != nil {
		b.Fatal(err)
	}
	q, _, err := answer.Parse(url.Values{"q": {"leg"}}, answer.PageParams, nil)
	if err != nil {
		b.Fatal(err)
	}
	f := answer.Finder{Searcher: query.Searcher{Engine: o.Engine, Analyzer: o.Analyzer}}
	ans, err := f.Find(b.Context(), q, nil)
	if err != nil {
		b.Fatal(err)
	}
	pages, err := page.New(page.Options{Now: servertest.Now})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := pages.Results(io.Discard, page.Results{Answer: ans}); err != nil {
			b.Fatal(err)
		}
	}
}
