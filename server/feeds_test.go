package server_test

import (
	"strings"
	"testing"
	"time"

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
