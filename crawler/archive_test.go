package crawler_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/warc"
	"smaabornsviden/index"
)

// archived crawls with an archive and returns its folder.
func archived(t *testing.T, w *world, o crawler.Options, r *partners.Register) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "warc")
	a, err := crawler.NewArchive(dir, r, "smaabornsviden", "smaabornsviden/1.0 (+https://smaabornsviden.example/om/robot)", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	a.Reserved = crawler.StoredReservations(o.State)
	client := fetch.New(fetch.Options{
		UserAgent: "smaabornsviden/1.0", Dial: w.dial, AllowLoopback: []string{w.server.Listener.Addr().String()}, Record: a.Record,
	})
	defer client.Close()
	o.Fetch = client
	crawl(t, o)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// warcRecords reads every record of a folder.
func warcRecords(t *testing.T, dir string) []warc.Record {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files in %s, %v", len(names), dir, err)
	}
	var all []warc.Record
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for r := warc.NewReader(file); ; {
			record, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			all = append(all, record)
		}
	}
	return all
}

// archiveWorld has pages of every kind that an archive treats in its own way.
func archiveWorld(t *testing.T) *world {
	w := newWorld(t)
	w.set("a.example", "/robots.txt", answer{body: "User-agent: *\nDisallow: /hemmelig\n"})
	w.page("a.example", "/", "Forside", "/leg", "/pakket", "/flyttet", "/stille", "/stille-meta", "/forbeholdt", "/forbeholdt/mere", "/forbeholdt/fri", "/spaerret.pdf", "/aaben.pdf", "/hemmelig", "/væk", "http://b.example/")
	w.page("a.example", "/leg", "Leg i vuggestuen")
	w.set("a.example", "/pakket", answer{body: packed(t, article("Pakket side om sprog")), header: map[string]string{"Content-Encoding": "gzip"}})
	w.set("a.example", "/flyttet", answer{status: 301, header: map[string]string{"Location": "http://www.a.example/leg"}, body: "flyttet"})
	w.set("a.example", "/stille", answer{body: article("Stille side"), header: map[string]string{"X-Robots-Tag": "noarchive"}})
	w.set("a.example", "/stille-meta", answer{body: strings.Replace(article("Stille meta"), "<head>", `<head><META NAME=Robots content="NoArchive, max-snippet:50">`, 1)})
	w.set("a.example", "/forbeholdt", answer{body: article("Forbeholdt side"), header: map[string]string{"tdm-reservation": "1"}})
	w.set("a.example", "/.well-known/tdmrep.json", answer{body: `[{"location": "/forbeholdt/", "tdm-reservation": 1}]`, header: map[string]string{"Content-Type": "application/json"}})
	w.page("a.example", "/forbeholdt/mere", "Mere forbeholdt")
	w.set("a.example", "/forbeholdt/fri", answer{body: article("Fri efter eget udsagn"), header: map[string]string{"tdm-reservation": "0"}})
	for path, permissions := range map[string]string{"/spaerret.pdf": "-60", "/aaben.pdf": "-44"} {
		w.set("a.example", path, answer{header: map[string]string{"Content-Type": "application/pdf"}, body: "%PDF-1.4\n5 0 obj\n<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P " +
			permissions + " >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt 5 0 R >>\n%%EOF"})
	}
	w.page("b.example", "/", "Kun metadata")
	return w
}

func packed(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const archiveYAML = `sources:
  - {id: a, name: A, sector: fond, policy: index, home: "http://a.example/", lang: [da]}
  - {id: b, name: B, sector: fond, policy: metadata, home: "http://b.example/", lang: [da]}
`

func TestTheArchiveHoldsEveryAnswerButThoseWhoseOwnersWantNoCopy(t *testing.T) {
	w := archiveWorld(t)
	r := load(t, archiveYAML)
	s := openState(t)
	dir := archived(t, w, w.options(s, r), r)
	asked := map[string]int{}
	for _, line := range w.take() {
		asked["http://"+line.host+line.path]++
	}
	requests, withheld := map[string]int{}, map[string]string{}
	for _, record := range warcRecords(t, dir) {
		address := record.Get("WARC-Target-URI")
		switch record.Type() {
		case warc.Request:
			requests[address]++
		case warc.Metadata:
			_, why, _ := strings.Cut(string(record.Block), "withheld: ")
			withheld[address], _, _ = strings.Cut(why, "\r\n")
		case warc.Response:
			if bytes.Contains(record.Block, []byte("Stille")) || bytes.Contains(record.Block, []byte("Kun metadata")) {
				t.Errorf("%s is kept", address)
			}
		}
	}
	if diff := cmp.Diff(asked, requests); diff != "" {
		t.Errorf("the server's log and the archive differ (-log +archive):\n%s", diff)
	}
	want := map[string]string{
		"http://a.example/stille": "noarchive", "http://a.example/stille-meta": "noarchive", "http://a.example/forbeholdt": "tdm-reservation",
		"http://a.example/forbeholdt/mere": "tdm-reservation",
		"http://b.example/":                "metadata-only", "http://a.example/spaerret.pdf": "no-copy",
	}
	for address := range withheld {
		if strings.HasPrefix(address, "http://b.example/") && address != "http://b.example/" {
			delete(withheld, address) // its nonsense page and the places where a sitemap may lie
		}
	}
	if diff := cmp.Diff(want, withheld); diff != "" {
		t.Errorf("withheld (-want +got):\n%s", diff)
	}
}

func TestASecondCrawlIsRecordedAsRevisits(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/leg")
	w.page("a.example", "/leg", "Leg")
	r := register(t, "a.example")
	s := openState(t)
	o := w.options(s, r)
	crawl(t, o)
	dir := archived(t, w, o, r)
	revisits := 0
	for _, record := range warcRecords(t, dir) {
		if record.Type() == warc.Revisit {
			revisits++
			if !strings.HasPrefix(string(record.Block), "HTTP/1.1 304 Not Modified\r\n") {
				t.Errorf("revisit of %s: %q", record.Get("WARC-Target-URI"), record.Block)
			}
		}
	}
	if revisits != 2 {
		t.Errorf("%d revisits, want 2", revisits)
	}
}

// replay answers from an archive as the sites did.
func replay(t *testing.T, records []warc.Record) *httptest.Server {
	t.Helper()
	answers := map[string][]byte{}
	for _, r := range records {
		if r.Type() == warc.Response {
			answers[r.Get("WARC-Target-URI")] = r.Block
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		block, ok := answers["http://"+req.Host+req.URL.RequestURI()]
		if !ok {
			http.NotFound(rw, req)
			return
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), req)
		if err != nil {
			t.Errorf("%s: %v", req.URL, err)
			return
		}
		defer resp.Body.Close()
		for name, values := range resp.Header {
			rw.Header()[name] = values
		}
		rw.WriteHeader(resp.StatusCode)
		if _, err := io.Copy(rw, resp.Body); err != nil {
			t.Errorf("%s: %v", req.URL, err)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestACrawlOverTheArchiveMakesTheSameDocuments(t *testing.T) {
	w := archiveWorld(t)
	for _, path := range []string{"/stille", "/stille-meta", "/forbeholdt", "/forbeholdt/mere", "/spaerret.pdf"} {
		w.remove("a.example", path) // what is not kept cannot be replayed
	}
	r := register(t, "a.example")
	s := openState(t)
	dir := archived(t, w, w.options(s, r), r)
	first := documents(t, s)
	if len(first) < 3 {
		t.Fatalf("%d documents", len(first))
	}
	server := replay(t, warcRecords(t, dir))
	client := fetch.New(fetch.Options{
		UserAgent: "smaabornsviden/1.0", AllowLoopback: []string{server.Listener.Addr().String()},
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
		},
	})
	t.Cleanup(client.Close)
	again := openState(t)
	o := w.options(again, r)
	o.Fetch = client
	crawl(t, o)
	dates := cmpopts.IgnoreFields(index.Document{}, "FirstSeen", "LastChecked", "ID")
	if diff := cmp.Diff(first, documents(t, again), dates); diff != "" {
		t.Errorf("documents of the crawl and of its replay (-crawl +replay):\n%s", diff)
	}
}

// TestTheWarcFilesOfACrawlPassWarcio has the reference implementation check what we write.
func TestTheWarcFilesOfACrawlPassWarcio(t *testing.T) {
	warcio := os.Getenv("SMAABORNSVIDEN_WARCIO")
	if warcio == "" {
		if os.Getenv("SMAABORNSVIDEN_REQUIRE") != "" {
			t.Fatal("SMAABORNSVIDEN_WARCIO is not set")
		}
		t.Skip("SMAABORNSVIDEN_WARCIO does not name PyPI's warcio")
	}
	w := archiveWorld(t)
	r := load(t, archiveYAML)
	s := openState(t)
	o := w.options(s, r)
	dirs := []string{archived(t, w, o, r), archived(t, w, o, r)} // the second has revisits
	for _, dir := range dirs {
		names, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
		for _, name := range names {
			out, err := exec.CommandContext(t.Context(), warcio, "check", "-v", name).CombinedOutput()
			if err != nil || !bytes.Contains(out, []byte("digest pass")) || bytes.Contains(out, []byte("fail")) {
				t.Errorf("warcio check: %v\n%s", err, out)
			}
			out, err = exec.CommandContext(t.Context(), warcio, "index", "-f", "warc-type,warc-target-uri,http:status,length", name).CombinedOutput()
			lines := bytes.Count(out, []byte("\n"))
			file, openErr := os.Open(name)
			if openErr != nil {
				t.Fatal(openErr)
			}
			n := 0
			for reader := warc.NewReader(file); ; n++ {
				if _, err := reader.Next(); err != nil {
					break
				}
			}
			file.Close()
			if err != nil || lines != n {
				t.Errorf("warcio index finds %d records, our reader %d: %v\n%s", lines, n, err, out)
			}
		}
	}
}
