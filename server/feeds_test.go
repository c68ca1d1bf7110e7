package server_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"smaabornsviden/index"
	"smaabornsviden/server/servertest"
)

func TestEntriesWithoutAnAbstractBeginAsTheirTexts(t *testing.T) {
	docs := servertest.Documents()[:2]
	docs[0].Abstract, docs[0].Body, docs[0].SnippetMax = "", "Legen begynder i det små. "+docs[0].Body, 0
	docs[1].Abstract, docs[1].Body, docs[1].SnippetMax = "", "Hemmelig tekst. "+docs[1].Body, -1
	for i := range docs {
		docs[i].TDMReserved, docs[i].MetadataOnly = false, false
	}
	o, err := servertest.Options(docs)
	if err != nil {
		t.Fatal(err)
	}
	h := mustServer(t, o).Handler()
	for _, path := range []string{"/feed.atom", "/feed.rss"} {
		text := get(h, path).Body.String()
		if !strings.Contains(text, ">Legen begynder i det små.") || strings.Contains(text, "Hemmelig") {
			t.Errorf("%s: %s", path, text)
		}
	}
}

// Who follows a search wants what is new here, however old it is by its own date.
func TestFeedsBeginWithWhatTheCrawlMetLast(t *testing.T) {
	docs := servertest.Documents()
	late := &docs[len(docs)-1]
	late.Title, late.Body = "Leg fra dengang", "Gammel tekst om leg."
	late.Published = index.Date{Time: time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC), Precision: index.Year}
	late.FirstSeen = servertest.Now()
	o, err := servertest.Options(docs)
	if err != nil {
		t.Fatal(err)
	}
	h := mustServer(t, o).Handler()
	for _, path := range []string{"/feed.atom", "/feed.atom?q=leg", "/feed.rss?q=leg", "/feed.atom?kilde=" + late.Source} {
		text := get(h, path).Body.String()
		_, entries, _ := strings.Cut(text, "<entry>")
		if strings.Contains(path, "rss") {
			_, entries, _ = strings.Cut(text, "<item>")
		}
		_, title, _ := strings.Cut(entries, "<title>")
		if title, _, _ = strings.Cut(title, "<"); title != "Leg fra dengang" {
			t.Errorf("%s begins with %q", path, title)
		}
	}
}

// A saved search tells that a document has changed: at the time of the change, under the id it has always had, before what
// is older, and however many others came later than the document did.
func TestFeedsTellWhenADocumentChanged(t *testing.T) {
	docs := servertest.Documents()
	seen := servertest.Now().AddDate(0, -2, 0)
	for i := range docs {
		docs[i].FirstSeen = seen.Add(time.Duration(i) * time.Minute)
	}
	first := docs[0] // of more than a feed holds, so that it is left out as long as it stays as it is
	if len(docs) <= 50 {
		t.Fatalf("%d documents", len(docs))
	}
	o, err := servertest.Options(docs)
	if err != nil {
		t.Fatal(err)
	}
	at := servertest.Now().AddDate(0, 0, -1)
	changed := map[string]time.Time{}
	o.Altered = func(_ context.Context, ids []string) (map[string]time.Time, error) {
		some := map[string]time.Time{}
		for _, id := range ids {
			if t, ok := changed[id]; ok {
				some[id] = t
			}
		}
		return some, nil
	}
	h := mustServer(t, o).Handler()
	read := func(path string) *gofeed.Feed {
		f, err := gofeed.NewParser().ParseString(get(h, path).Body.String())
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	for _, path := range []string{"/feed.atom", "/feed.atom?q=leg", "/feed.rss?q=leg", "/en/feed.atom?q=leg"} {
		clear(changed)
		before := read(path)
		changed[first.ID] = at
		after := read(path)
		item := after.Items[0]
		if item.GUID != "urn:smaabornsviden:"+first.ID || before.Items[0].GUID == item.GUID {
			t.Errorf("%s begins with %s", path, item.GUID)
			continue
		}
		if after.FeedType == "atom" {
			if !item.UpdatedParsed.Equal(at) || !after.UpdatedParsed.Equal(at) || !item.PublishedParsed.Equal(first.Published.Time) {
				t.Errorf("%s: updated %s, published %s, feed %s", path, item.Updated, item.Published, after.Updated)
			}
		} else if !item.PublishedParsed.Equal(at) || !after.UpdatedParsed.Equal(at) {
			t.Errorf("%s: %s, built %s", path, item.Published, after.Updated)
		}
		if second := after.Items[1]; second.GUID != before.Items[0].GUID || second.Updated != before.Items[0].Updated || second.Published != before.Items[0].Published {
			t.Errorf("%s: what did not change is told otherwise: %+v", path, second)
		}
	}
}
