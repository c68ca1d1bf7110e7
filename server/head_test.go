package server_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"smaabornsviden/server"
	"smaabornsviden/server/servertest"
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

// Who shares a page shares its one address: of the host that the operator named, else of this machine where a browser on it asks.
func TestPagesSayByWhatTheyAreShared(t *testing.T) {
	doc := "/dokument/" + servertest.Documents()[0].ID
	for _, tt := range []struct{ base, host, path, url, kind string }{
		{"", "127.0.0.1:8080", "/", "http://127.0.0.1:8080/", "website"},
		{"", "localhost:8080", "/en", "http://localhost:8080/en", "website"},
		{"", "127.0.0.1:8080", doc + "?liste=x", "http://127.0.0.1:8080" + doc, "article"},
		{"", "127.0.0.1:8080", "/en" + doc, "http://127.0.0.1:8080/en" + doc, "article"},
		{"", "opdigtet.example", doc, "", "article"}, // whoever asks may have made it up
		{"https://viden.example", "127.0.0.1:8080", doc, "https://viden.example" + doc, "article"},
		{"", "127.0.0.1:8080", "/soeg?q=leg&ukendt=x", "http://127.0.0.1:8080/soeg?q=leg", "website"},
	} {
		h := cannedServer(t, func(o *server.Options) { o.Base = tt.base }).Handler()
		r := httptest.NewRequest(http.MethodGet, tt.path, nil)
		r.Host = tt.host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		page := parse(t, w.Body)
		if got := page.Find("meta[property='og:url']").AttrOr("content", ""); got != tt.url {
			t.Errorf("%+v: og:url %q", tt, got)
		}
		if got := page.Find("meta[property='og:type']").AttrOr("content", ""); got != tt.kind {
			t.Errorf("%+v: og:type %q", tt, got)
		}
	}
}

// Every feed of a page is offered in both formats, and both answer.
func TestPagesOfferTheirFeedsInBothFormats(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for path, tail := range map[string]string{
		"/soeg?q=leg&type=debat&side=2": "?q=leg&type=debat", "/en/soeg?q=leg": "?q=leg", "/emne/overgange": "?emne=overgange", "/kilde/videncenter": "?kilde=videncenter", "/nyt": "",
	} {
		prefix := ""
		if strings.HasPrefix(path, "/en/") {
			prefix = "/en"
		}
		doc := parse(t, get(h, path).Body)
		for kind, file := range map[string]string{"atom": "/feed.atom", "rss": "/feed.rss"} {
			link := doc.Find("link[rel=alternate][type='application/" + kind + "+xml']")
			href := link.AttrOr("href", "")
			if link.Length() != 1 || href != prefix+file+tail || get(h, href).Code != http.StatusOK {
				t.Errorf("%s: %d of %s, %q", path, link.Length(), kind, href)
			}
		}
	}
}

// A shared link is shown with a picture of our own, in the language of the page.
func TestASharedLinkHasAPictureOfOurs(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Base = "https://viden.example" }).Handler()
	seen := map[string]bool{}
	for _, path := range []string{"/", "/en", "/dokument/" + servertest.Documents()[0].ID} {
		doc := parse(t, get(h, path).Body)
		address := doc.Find("meta[property='og:image']").AttrOr("content", "")
		at, ours := strings.CutPrefix(address, "https://viden.example/static/")
		if !ours || doc.Find("meta[property='og:image:alt']").AttrOr("content", "") == "" {
			t.Fatalf("%s is shared with %q", path, address)
		}
		w := get(h, "/static/"+at)
		picture, err := png.DecodeConfig(bytes.NewReader(w.Body.Bytes()))
		if err != nil || picture.Width != 1200 || picture.Height != 630 || w.Header().Get("Content-Type") != "image/png" || w.Body.Len() > 20_000 {
			t.Errorf("%s: %v %v, %d bytes, %v", address, picture, err, w.Body.Len(), w.Header())
		}
		seen[address] = true
	}
	if len(seen) != 2 {
		t.Errorf("%d pictures for two languages", len(seen))
	}
	if at := parse(t, get(cannedServer(t, nil).Handler(), "/").Body).Find("meta[property='og:image']"); at.Length() > 0 {
		t.Error("a picture is named where our host is not known")
	}
}
