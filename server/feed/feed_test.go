package feed_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/feed"
	"smaabornsviden/server/tongue"
)

func sample() feed.Feed {
	seen := time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)
	return feed.Feed{
		Title: "leg & læring", Self: "https://viden.example/feed.atom?q=leg", Page: "https://viden.example/soeg?q=leg", Base: "https://viden.example",
		Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		Docs: []index.Document{
			{
				ID: "aaaa", Title: "Leg <b>ude</b>", URL: "https://lindeby.example/leg", Source: "lindeby", SourceName: "Lindeby Kommune", FirstSeen: seen,
				Published: index.Date{Time: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC), Precision: index.Day}, Type: index.Derived{Value: "praksis"},
				Abstract: strings.Repeat("Børnene leger. ", 40), Lang: index.Derived{Value: "da"},
			},
			{ID: "bbbb", Title: "", URL: "javascript:alert(1)", SourceName: "X", Abstract: "hemmeligt", SnippetMax: -1},
		},
	}
}

func TestBothFormatsSayTheSame(t *testing.T) {
	for name, write := range map[string]func(*strings.Builder) error{
		"atom": func(b *strings.Builder) error { return feed.Atom(b, sample()) },
		"rss":  func(b *strings.Builder) error { return feed.RSS(b, sample()) },
	} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := gofeed.NewParser().ParseString(b.String())
		if err != nil {
			t.Fatalf("%s: %v in %s", name, err, b.String())
		}
		first, second := got.Items[0], got.Items[1]
		if got.Title != "leg & læring" || len(got.Items) != 2 || first.Title != "Leg <b>ude</b>" || first.GUID != "urn:smaabornsviden:aaaa" || first.Link != "https://viden.example/dokument/aaaa" {
			t.Errorf("%s: %+v %+v", name, got, first)
		}
		if n := len([]rune(first.Description)); n > 240 || n < 100 {
			t.Errorf("%s: a summary of %d characters", name, n)
		}
		if second.Title != "Uden titel" || second.Description != "" || strings.Contains(b.String(), "javascript") {
			t.Errorf("%s: %+v", name, second)
		}
	}
}

func TestAFeedSaysNoMoreOfATextThanItsSourceAllows(t *testing.T) {
	text := strings.Repeat("Børnene leger ude hver dag. ", 40)
	for name, c := range map[string]struct {
		d    index.Document
		want string // the beginning of the summary, empty for none
		most int
	}{
		"an abstract":            {index.Document{Abstract: "Kort sagt.", Body: text}, "Kort sagt.", 240},
		"no abstract":            {index.Document{Body: text}, "Børnene leger", 240},
		"the title stands first": {index.Document{Title: "Leg ude", Body: "Leg ude\n" + text}, "Børnene leger", 240},
		"a limit":                {index.Document{Body: text, SnippetMax: 30}, "Børnene leger", 30},
		"no snippet":             {index.Document{Body: text, SnippetMax: -1}, "", 0},
		"no snippet, abstract":   {index.Document{Abstract: "Kort sagt.", Body: text, SnippetMax: -1}, "", 0},
		"metadata only":          {index.Document{Body: text, MetadataOnly: true}, "", 0},
		"reserved":               {index.Document{Body: text, TDMReserved: true}, "", 0},
		"nothing":                {index.Document{}, "", 0},
	} {
		got := answer.Opening(c.d)
		if !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") || len([]rune(got)) > c.most {
			t.Errorf("%s: %q, want to begin with %q and at most %d characters", name, got, c.want, c.most)
		}
	}
}

func FuzzFeed(f *testing.F) {
	f.Add("Titel ]]> <x>", "\x00\xff")
	f.Fuzz(func(t *testing.T, title, name string) {
		s := sample()
		s.Title, s.Docs[0].Title, s.Docs[0].SourceName, s.Docs[0].Authors = title, title, name, []string{name}
		for _, write := range []func(*strings.Builder) error{
			func(b *strings.Builder) error { return feed.Atom(b, s) }, func(b *strings.Builder) error { return feed.RSS(b, s) },
		} {
			var b strings.Builder
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			if _, err := gofeed.NewParser().ParseString(b.String()); err != nil {
				t.Errorf("%v in %s", err, b.String())
			}
		}
	})
}

// Feed readers read aloud, too: a title and its summary name their language where it is not that of the feed.
func TestFeedsNameTheLanguageOfForeignDocuments(t *testing.T) {
	for _, tt := range []struct {
		feed tongue.Tongue
		doc  string
		attr string
	}{
		{tongue.Danish, "da", ""},
		{tongue.Danish, "nb", ` xml:lang="nb"`},
		{tongue.Danish, "und", ""},
		{tongue.English, "en", ""},
		{tongue.English, "da", ` xml:lang="da"`},
		{tongue.English, "und", ` xml:lang="da"`}, // as on the pages: most are Danish
	} {
		s := sample()
		s.Tongue, s.Docs[0].Lang.Value, s.Docs[0].Abstract = tt.feed, tt.doc, "Kort sagt."
		var atom, rss strings.Builder
		if err := errors.Join(feed.Atom(&atom, s), feed.RSS(&rss, s)); err != nil {
			t.Fatal(err)
		}
		title, untitled := "<title"+tt.attr+">Leg &lt;b", "<title>"+tt.feed.Say("Uden titel") // which is in our own words
		for text, wants := range map[string][]string{
			atom.String(): {title, untitled, "<summary" + tt.attr + ">Kort sagt."},
			rss.String():  {title, untitled, "<description" + tt.attr + ">Kort sagt."},
		} {
			for _, want := range wants {
				if !strings.Contains(text, want) {
					t.Errorf("feed in %s, document in %s: no %s in %s", tt.feed, tt.doc, want, text)
				}
			}
		}
	}
}
