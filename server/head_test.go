package server_test

import (
	"strings"
	"testing"

	"smaabornsviden/server"
)

// The head of a page names addresses in full where our host is known, and leaves them relative, or out, where it is not.
func TestHeadsNameTheirAddress(t *testing.T) {
	known := cannedServer(t, func(o *server.Options) { o.Base = "https://viden.example/" }).Handler()
	unknown := cannedServer(t, nil).Handler()
	for path, want := range map[string]map[string]string{
		"/": {"link[rel=canonical]": "/", "meta[property='og:url']": "/", "link[hreflang=da]": "/", "link[hreflang=en]": "/en", "link[hreflang=x-default]": "/"},
		"/en/emne/overgange": {
			"link[rel=canonical]": "/en/emne/overgange", "meta[property='og:url']": "/en/emne/overgange", "link[hreflang=da]": "/emne/overgange", "link[hreflang=en]": "/en/emne/overgange",
		},
		"/soeg?q=leg&side=2&ukendt=x": {"link[rel=canonical]": "", "meta[property='og:url']": "/soeg?q=leg&side=2", "link[hreflang=en]": "/en/soeg?q=leg&side=2"},
		"/om/robot":                   {"link[rel=canonical]": "/om/robot", "meta[property='og:url']": "/om/robot"},
	} {
		whole, bare := parse(t, get(known, path).Body), parse(t, get(unknown, path).Body)
		for selector, tail := range want {
			attr := "href"
			if strings.HasPrefix(selector, "meta") {
				attr = "content"
			}
			full, relative := "https://viden.example"+tail, tail
			if tail == "" {
				full = ""
			}
			if attr == "content" {
				relative = "" // og:url has to be whole
			}
			if got := whole.Find(selector).AttrOr(attr, ""); got != full {
				t.Errorf("%s, %s: %q, want %q", path, selector, got, full)
			}
			if got := bare.Find(selector).AttrOr(attr, ""); got != relative {
				t.Errorf("%s, %s without a host: %q, want %q", path, selector, got, relative)
			}
		}
	}
}
