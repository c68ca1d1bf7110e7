package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// termsSite is a partner whose pages each ask for something else.
type termsSite struct {
	mu      sync.Mutex
	robots  string
	headers map[string]http.Header // by path
	metas   map[string]string
}

func (s *termsSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path == "/robots.txt" {
		io.WriteString(w, s.robots)
		return
	}
	meta, ok := s.metas[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	maps.Copy(w.Header(), s.headers[r.URL.Path])
	name := strings.Trim(r.URL.Path, "/")
	fmt.Fprintf(w, `<!doctype html><html lang="da"><head><title>Bambuslege %s</title>%s</head><body><main><article><h1>Bambuslege %[1]s</h1>`, name, meta)
	for i := range 5 {
		fmt.Fprintf(w, "<p>Afsnit %d om %s: pædagogerne i vuggestuen leger bambuslege med børnene hver eneste dag, også når det regner.</p>", i, name)
	}
	io.WriteString(w, "</article></main><nav>")
	for _, path := range slices.Sorted(maps.Keys(s.metas)) {
		fmt.Fprintf(w, `<a href="%s">videre</a> `, path)
	}
	io.WriteString(w, "</nav></body></html>")
}

// given is what readers are given of a search: snippets by path, and the texts of export and feed.
type given struct {
	snippets     map[string]string
	export, feed string
}

func (s given) paths() []string { return slices.Sorted(maps.Keys(s.snippets)) }

// askFor serves a data folder and searches it in every way in which texts leave.
func askFor(t *testing.T, data, words string) given {
	t.Helper()
	serving := start(t, "serve", "-data", data, "-addr", "127.0.0.1:0")
	defer serving.stop(t)
	base := serving.await(t, `(http://127\.0\.0\.1:\d+)/`)
	var found struct {
		Hits []struct{ URL, Snippet string }
	}
	fetchJSON(t, base+"/api/v1/search?size=100&q="+words, &found)
	s := given{snippets: map[string]string{}}
	for _, h := range found.Hits {
		u, err := url.Parse(h.URL)
		if err != nil {
			t.Fatal(err)
		}
		s.snippets[u.Path] = strings.NewReplacer("<mark>", "", "</mark>", "").Replace(h.Snippet)
	}
	s.export = fetchText(t, base+"/api/v1/export?format=jsonl&q="+words)
	s.feed = fetchText(t, base+"/feed.atom?q="+words)
	return s
}

// TestWhatASiteAsksForHoldsFromThePageToTheReader: the rules of each page in results, exports and feeds, and after the
// site has changed its mind.
func TestWhatASiteAsksForHoldsFromThePageToTheReader(t *testing.T) {
	const meta = `<meta name="robots" content="%s">`
	site := &termsSite{
		robots: "User-agent: *\nDisallow: /lukket\n",
		metas: map[string]string{
			"/": "", "/frit": "", "/lukket": "", "/stille": "", "/reserveret": "", "/vaek": "",
			"/kort":       fmt.Sprintf(meta, "max-snippet:40"),
			"/tavs":       fmt.Sprintf(meta, "nosnippet"),
			"/uden":       fmt.Sprintf(meta, "noindex"),
			"/udloebet":   fmt.Sprintf(meta, "unavailable_after: 2020-01-01"),
			"/senere":     fmt.Sprintf(meta, "unavailable_after: 2099-01-01"),
			"/mineret":    `<meta name="tdm-reservation" content="1">`,
			"/fremmed":    `<meta name="googlebot" content="noindex">`,
			"/vores":      `<meta name="smaabornsviden" content="noindex">`,
			"/uarkiveret": fmt.Sprintf(meta, "noarchive"),
		},
		headers: map[string]http.Header{
			"/stille":     {"X-Robots-Tag": {"nosnippet"}},
			"/reserveret": {"Tdm-Reservation": {"1"}},
		},
	}
	server := httptest.NewServer(site)
	defer server.Close()
	address := server.Listener.Addr().String()
	dir := t.TempDir()
	register, data := filepath.Join(dir, "r.yaml"), filepath.Join(dir, "data")
	yaml := "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"http://" + address + "/\", list: [/]}\n"
	write(t, register, yaml)
	crawl := func(sources ...string) {
		t.Helper()
		args := append([]string{"crawl", "-data", data, "-partners", register, "-allow-loopback", address, "-delay", "0s"}, sources...)
		if res := invoke(t, nil, args...); res.code != exitOK {
			t.Fatalf("crawl: exit %d: %s", res.code, res.stderr)
		}
	}
	crawl()
	got := askFor(t, data, "bambuslege")
	want := []string{"/fremmed", "/frit", "/kort", "/mineret", "/reserveret", "/senere", "/stille", "/tavs", "/uarkiveret", "/vaek"}
	if !slices.Equal(got.paths(), want) {
		t.Errorf("found %v, want %v", got.paths(), want)
	}
	for path, limit := range map[string]int{"/kort": 40, "/tavs": 0, "/stille": 0} {
		if n := utf8.RuneCountInString(got.snippets[path]); n > limit {
			t.Errorf("%s: a snippet of %d characters, at most %d are allowed: %q", path, n, limit, got.snippets[path])
		}
	}
	if got.snippets["/frit"] == "" {
		t.Error("a page without rules has no snippet")
	}
	for _, path := range []string{"/mineret", "/reserveret"} {
		if strings.Contains(got.export, path+`"`) {
			t.Errorf("%s is exported although its mining is reserved", path)
		}
	}
	for _, out := range []string{got.export, got.feed} {
		if !strings.Contains(out, "/frit") {
			t.Errorf("no /frit in %.200s", out)
		}
	}
	// A feed tells titles and addresses; no word of a page that wants no snippet.
	if strings.Contains(got.feed+got.export, "om tavs:") || strings.Contains(got.feed+got.export, "om stille:") {
		t.Error("a text without snippet leaves by feed or export")
	}

	site.mu.Lock()
	site.robots = "User-agent: *\nDisallow: /lukket\nDisallow: /frit\n"
	site.metas["/senere"] = fmt.Sprintf(meta, "noindex")
	site.metas["/kort"] = fmt.Sprintf(meta, "nosnippet")
	delete(site.metas, "/vaek")
	site.mu.Unlock()
	crawl("x")
	got = askFor(t, data, "bambuslege")
	want = []string{"/fremmed", "/kort", "/mineret", "/reserveret", "/stille", "/tavs", "/uarkiveret", "/vaek"} // a 404 needs a second look
	if !slices.Equal(got.paths(), want) {
		t.Errorf("after the site changed its mind found %v, want %v", got.paths(), want)
	}
	for _, path := range []string{"/frit", "/senere"} {
		if strings.Contains(got.export, path+`"`) || strings.Contains(got.feed, path+`"`) {
			t.Errorf("%s is still in export or feed", path)
		}
	}
	if got.snippets["/kort"] != "" {
		t.Errorf("/kort has the snippet %q", got.snippets["/kort"])
	}

	if res := invoke(t, nil, "block", "-data", data, "-reason", "ejeren har bedt om det", "add", "http://"+address+"/fremmed"); res.code != exitOK {
		t.Fatalf("block: exit %d: %s", res.code, res.stderr)
	}
	if got = askFor(t, data, "bambuslege"); slices.Contains(got.paths(), "/fremmed") || strings.Contains(got.export+got.feed, `/fremmed"`) {
		t.Errorf("after it was taken down /fremmed is found: %v", got.paths())
	}

	write(t, register, strings.Replace(yaml, "policy: index", "policy: never, why: partneren har sagt nej", 1)+
		"  - {id: y, name: Y, sector: kommune, policy: index, home: \"http://"+address+"/y/\", include: [/y/]}\n")
	crawl()
	if got = askFor(t, data, "bambuslege"); len(got.snippets) > 0 || strings.Contains(got.export+got.feed, "Bambuslege") {
		t.Errorf("after the partner said no found %v", got.paths())
	}
}
