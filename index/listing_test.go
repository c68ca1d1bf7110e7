package index

import (
	"strings"
	"testing"
)

func TestAPageThatLeadsToOthersIsAListing(t *testing.T) {
	links := []string{"https://x.example/a", "https://x.example/b", "https://x.example/c", "https://x.example/d", "https://x.example/e"}
	for _, tc := range []struct {
		name string
		doc  Document
		want bool
	}{
		{"a front page", Document{URL: "https://x.example/"}, true},
		{"one without a slash", Document{URL: "https://x.example"}, true},
		{"one of a language", Document{URL: "https://x.example/da/"}, true},
		{"a file at the root", Document{URL: "https://x.example/", Format: "pdf"}, false},
		{"a list of links", Document{URL: "https://x.example/viden", Body: strings.Repeat("ord ", 40), Refs: links}, true},
		{"a text with links", Document{URL: "https://x.example/viden", Body: strings.Repeat("ord ", 200), Refs: links}, false},
		{"a short text with a link", Document{URL: "https://x.example/viden", Body: "Læs rapporten her", Refs: links[:1]}, false},
		{"a list of works", Document{URL: "https://x.example/viden", Body: "kort", Refs: []string{"doi:10.1/a", "doi:10.1/b", "doi:10.1/c", "doi:10.1/d", "doi:10.1/e"}}, false},
	} {
		if got := tc.doc.Listing(); got != tc.want {
			t.Errorf("%s: %t", tc.name, got)
		}
	}
}
