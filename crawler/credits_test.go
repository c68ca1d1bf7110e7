package crawler_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
)

// What a page says of its making comes through a crawl, the store and a second reading as it was, on one line each.
func TestWhoWroteAndBroughtOutAWorkIsKept(t *testing.T) {
	const metas = `<head><meta name="citation_author" content="Holm,
 Anna&#10;TY  - BOOK"><meta name="citation_author" content="Bo {Berg} &quot;B&quot;"><meta name="citation_publisher" content="Forlaget
}{ &amp; Søn"><meta name="citation_journal_title" content="Leg\læring"><meta name="citation_volume" content="Årg. 10"><meta name="citation_issue" content="2
"><meta name="citation_firstpage" content="5"><meta name="citation_lastpage" content="24">`
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/artikel", "/side")
	w.set("a.example", "/artikel", answer{body: strings.Replace(article("Om leg"), "<head>", metas, 1)})
	w.page("a.example", "/side", "Om sprog")
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	want := index.Document{
		Authors: []string{"Anna TY - BOOK Holm", `Bo {Berg} "B"`}, AuthorsWhy: index.Reason{Rule: "authors-citation"},
		Publisher: index.Derived{Value: "Forlaget }{ & Søn", Reason: index.Reason{Rule: "publisher-citation", Quote: "citation_publisher: Forlaget }{ & Søn"}},
		Journal: index.Journal{Title: `Leg\læring`, Volume: "10", Issue: "2", First: "5", Last: "24", Reason: index.Reason{
			Rule: "journal-citation", Quote: `citation_journal_title: Leg\læring; citation_volume: 10; citation_issue: 2; citation_firstpage: 5; citation_lastpage: 24`,
		}},
	}
	for _, pipeline := range []string{"1", "2"} {
		o.Pipeline = pipeline
		crawl(t, o)
		docs := documents(t, s)
		d := docs["http://a.example/artikel"]
		got := index.Document{Authors: d.Authors, AuthorsWhy: index.Reason{Rule: d.AuthorsWhy.Rule}, Publisher: d.Publisher, Journal: d.Journal}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("reading %s (-want +got):\n%s", pipeline, diff)
		}
		if p := docs["http://a.example/side"].Publisher; p.Value != "a" || p.Rule != index.SourcePublisher {
			t.Errorf("reading %s: a page that names nobody is brought out by %+v", pipeline, p)
		}
	}
}
