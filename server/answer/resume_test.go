package answer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"smaabornsviden/index"
)

func TestResumeIsWholeOnlyUnderAFreeLicence(t *testing.T) {
	long := strings.Repeat("æøå og mere ", 60)
	for _, tc := range []struct {
		name    string
		licence string
		max     int
		whole   bool
		limit   int // characters; 0: nothing at all
	}{
		{"CC BY", "CC BY 4.0", 0, true, 9999},
		{"CC BY by address", "https://creativecommons.org/licenses/by/4.0/", 0, true, 9999},
		{"CC BY-SA by address", "http://creativecommons.org/licenses/by-sa/3.0", 0, true, 9999},
		{"CC0", "CC0 1.0", 0, true, 9999},
		{"not commercial", "CC BY-NC 4.0", 0, false, snippetLimit},
		{"not commercial by address", "https://creativecommons.org/licenses/by-nc-nd/4.0/", 0, false, snippetLimit},
		{"no derivatives", "CC BY-ND", 0, false, snippetLimit},
		{"none known", "", 0, false, snippetLimit},
		{"all rights reserved", "Alle rettigheder forbeholdes", 0, false, snippetLimit},
		{"limit of the source", "", 60, false, 60},
		{"none allowed", "CC BY 4.0", -1, false, 0},
	} {
		got, whole := Resume(index.Document{Abstract: long, Licence: index.Derived{Value: tc.licence}, SnippetMax: tc.max})
		if n := utf8.RuneCountInString(got); n > tc.limit || whole != tc.whole || (tc.limit > 0) != (n > 0) || !utf8.ValidString(got) {
			t.Errorf("%s: %d characters, whole %v, want at most %d, %v", tc.name, n, whole, tc.limit, tc.whole)
		}
	}
}
