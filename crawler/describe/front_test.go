package describe

import (
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestAPageThatLeadsToOthersIsNoWork: what stands on a front page or in a list is said of the pages behind; the register names no lists.
func TestAPageThatLeadsToOthersIsNoWork(t *testing.T) {
	d := describer(t)
	const body = "Prøv vores materialer\nSådan gør I hver dag\nVores erfaringer fra stuen\nVejledning om søvn, 1. udgave"
	links := []string{"https://x.example/a", "https://x.example/b", "https://x.example/c", "https://x.example/d", "https://x.example/e"}
	for _, tc := range []struct {
		name, url, home, want string
		refs                  []string
		edition               bool
	}{
		{"a front page", "https://x.example/", "https://x.example/", "ukendt", nil, false},
		{"another host of it", "https://www.x.example", "https://y.example/", "ukendt", nil, false},
		{"a home below the root", "https://x.example/boern/", "https://x.example/boern", "ukendt", nil, false},
		{"a list", "https://x.example/viden/alt", "https://x.example/", "ukendt", links, false},
		{"a text", "https://x.example/viden/alt", "https://x.example/", "praksis", links[:1], true},
	} {
		doc := index.Document{Title: "Småbørnsliv", Body: body, Refs: tc.refs, Lang: index.Derived{Value: "da"}, URL: tc.url}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: "civilsamfund", Home: tc.home})
		if doc.Type.Value != tc.want || (doc.Edition.Value != "") != tc.edition {
			t.Errorf("%s: %s by %s (%s), edition %q, want %s", tc.name, doc.Type.Value, doc.Type.Rule, doc.Type.Quote, doc.Edition.Value, tc.want)
		}
	}
}
