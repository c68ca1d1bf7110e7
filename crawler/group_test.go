package crawler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/index"
)

// release is a press release of 60 different sentences, with a lead of its own.
func release(lead string) answer {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="da"><head><title>%s</title></head><body><main><article><h1>%s</h1>`, lead, lead)
	for i := range 60 {
		fmt.Fprintf(&b, "<p>Familie nummer %d fik besøg i uge %d af en frivillig, der læste bog %d højt.</p>\n", i, 7*i, 13*i)
	}
	b.WriteString("</article></main></body></html>")
	return answer{body: b.String(), etag: true}
}

func TestRunGroupsCopiesAndLaterReadingsKeepTheGroup(t *testing.T) {
	w := twoSites(t)
	w.set("kommune.example", "/sundhedspleje", release("Frivillige læser højt i kommunen"))
	w.set("tidsskrift.example", "/leg", release("Højtlæsning breder sig"))
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	merged := func() (all []index.Document) {
		for _, d := range documents(t, s) {
			if d.Merged {
				all = append(all, d)
			}
		}
		return all
	}
	pair := merged()
	if len(pair) != 2 || pair[0].Face == pair[1].Face || pair[0].Group != pair[1].Group || len(pair[0].Related) != 1 {
		t.Fatalf("merged: %+v", pair)
	}

	seq := lastSeq(t, s)
	w.clock.advance(time.Hour)
	crawl(t, o)
	if got := lastSeq(t, s); got != seq {
		t.Errorf("%d changes in a run that brought nothing new", got-seq)
	}

	w.set("kommune.example", "/sundhedspleje", answer{status: 410})
	w.clock.advance(time.Hour)
	o.Force = true
	o.Revisit = crawler.All
	crawl(t, o)
	if left := merged(); len(left) != 0 {
		t.Errorf("the copy that is left is still merged: %+v", left)
	}
}
