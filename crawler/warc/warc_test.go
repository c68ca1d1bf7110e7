package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var day = time.Date(2026, 11, 22, 8, 0, 0, 123456789, time.UTC)

func exchange(uri, payload string) Exchange {
	return Exchange{
		URI: uri, IP: "192.0.2.1", Date: day,
		RequestHead:  RequestHead("GET", "/leg?a=1", "vuggestue.example", http.Header{"User-Agent": {"smaabornsviden"}}),
		ResponseHead: ResponseHead(200, http.Header{"Content-Type": {"text/html"}, "Etag": {`"1"`}}),
		Payload:      []byte(payload),
	}
}

func create(t testing.TB, o Options) *Writer {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	o.Now = func() time.Time { return day }
	w, err := Create(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// files returns the names in a folder, in order.
func files(t testing.TB, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// readAll reads records up to an error.
func readAll(data []byte) ([]Record, error) {
	r := NewReader(bytes.NewReader(data))
	var all []Record
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, record)
	}
}

func read(t testing.TB, name string) []Record {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := readAll(data)
	if err != nil {
		t.Fatalf("%s after %d records: %v", name, len(all), err)
	}
	return all
}

func TestAnExchangeIsAnAnswerAndItsRequest(t *testing.T) {
	w := create(t, Options{Info: []Field{{"software", "prøve"}}})
	if err := w.Write(exchange("http://vuggestue.example/leg?a=1", "<p>Leg")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	names := files(t, w.o.Dir)
	if len(names) != 1 || filepath.Base(names[0]) != "smaabornsviden-20261122080000123-00001.warc.gz" {
		t.Fatalf("files %v", names)
	}
	all := read(t, names[0])
	if len(all) != 3 {
		t.Fatalf("%d records, want 3", len(all))
	}
	if got := string(all[0].Block); got != "format: WARC File Format 1.1\r\nsoftware: prøve\r\n" {
		t.Errorf("warcinfo says %q", got)
	}
	response, request := all[1], all[2]
	want := map[string]string{
		"WARC-Type": "response", "WARC-Date": "2026-11-22T08:00:00.123456Z", "WARC-Target-URI": "http://vuggestue.example/leg?a=1",
		"WARC-IP-Address": "192.0.2.1", "Content-Type": "application/http; msgtype=response", "Content-Length": "61",
		// printf '<p>Leg' | openssl sha1 -binary | base32
		"WARC-Payload-Digest": "sha1:5GN25HOYCNL5OAK5SZEPHAUD53MHCYFR",
	}
	got := map[string]string{}
	for name := range want {
		got[name] = response.Get(name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("response (-want +got):\n%s", diff)
	}
	if got, want := string(response.Block), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nEtag: \"1\"\r\n\r\n<p>Leg"; got != want {
		t.Errorf("block %q, want %q", got, want)
	}
	if got, want := string(request.Block), "GET /leg?a=1 HTTP/1.1\r\nHost: vuggestue.example\r\nUser-Agent: smaabornsviden\r\n\r\n"; got != want {
		t.Errorf("request %q, want %q", got, want)
	}
	if request.Get("WARC-Concurrent-To") != response.Get("WARC-Record-ID") {
		t.Error("the request does not name its answer")
	}
	if id := response.Get("WARC-Record-ID"); !regexp.MustCompile(`^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>$`).MatchString(id) {
		t.Errorf("id %q is no UUID", id)
	}
}

func TestWhatAnAnswerBecomes(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Exchange)
		want   map[string]string
		block  string
	}{
		"304 is a revisit": {
			func(e *Exchange) { e.NotModified, e.Payload, e.ResponseHead = true, nil, ResponseHead(304, nil) },
			map[string]string{"WARC-Type": "revisit", "WARC-Profile": profileNotModified, "WARC-Payload-Digest": ""},
			"HTTP/1.1 304 Not Modified\r\n\r\n",
		},
		"what may not be kept is named": {
			func(e *Exchange) { e.Withheld = "noarchive" },
			map[string]string{"WARC-Type": "metadata", "Content-Type": "application/warc-fields"},
			"withheld: noarchive\r\nanswer: HTTP/1.1 200 OK\r\npayloadLength: 4\r\n",
		},
		"a cut body says why": {
			func(e *Exchange) { e.Truncated, e.ResponseHead = "length", ResponseHead(200, nil) },
			map[string]string{"WARC-Type": "response", "WARC-Truncated": "length"},
			"HTTP/1.1 200 OK\r\n\r\nkrop",
		},
		"a status without a name": {
			func(e *Exchange) { e.ResponseHead = ResponseHead(599, nil) },
			map[string]string{"WARC-Type": "response"},
			"HTTP/1.1 599\r\n\r\nkrop",
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := exchange("http://a.example/", "krop")
			tt.change(&e)
			w := create(t, Options{})
			if err := w.Write(e); err != nil {
				t.Fatal(err)
			}
			got := read(t, files(t, w.o.Dir)[0])[1]
			for field, want := range tt.want {
				if got.Get(field) != want {
					t.Errorf("%s = %q, want %q", field, got.Get(field), want)
				}
			}
			if string(got.Block) != tt.block {
				t.Errorf("block %q, want %q", got.Block, tt.block)
			}
		})
	}
}

func TestFilesEndAtTheirSizeAndNoneIsEverOpenedAgain(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		w := create(t, Options{Dir: dir, MaxBytes: 5000})
		var parallel sync.WaitGroup
		for i := range 40 {
			parallel.Go(func() {
				if err := w.Write(exchange(fmt.Sprintf("http://a.example/%d", i), strings.Repeat("x", i))); err != nil {
					t.Error(err)
				}
			})
		}
		parallel.Wait()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]int{}
	names := files(t, dir)
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || info.Size() > 5000 || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %d bytes, mode %s, %v", name, info.Size(), info.Mode(), err)
		}
		all := read(t, name)
		if all[0].Type() != Info || all[0].Get("WARC-Filename") != filepath.Base(name) {
			t.Errorf("%s begins with %v", name, all[0].Fields)
		}
		for _, r := range all[1:] {
			seen[r.Type()+" "+r.Get("WARC-Target-URI")]++
		}
	}
	if len(seen) != 80 || len(names) < 6 {
		t.Errorf("%d records in %d files, want 80 in at least 6", len(seen), len(names))
	}
	for record, n := range seen {
		if n != 2 {
			t.Errorf("%s stands %d times, want 2", record, n)
		}
	}
}

// TestACutFileLosesItsLastRecordAlone cuts at every byte, as a kill may.
func TestACutFileLosesItsLastRecordAlone(t *testing.T) {
	w := create(t, Options{})
	for i := range 3 {
		if err := w.Write(exchange(fmt.Sprintf("http://a.example/%d", i), "krop")); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(files(t, w.o.Dir)[0])
	if err != nil {
		t.Fatal(err)
	}
	whole, err := readAll(data)
	if err != nil || len(whole) != 7 {
		t.Fatalf("%d records, %v", len(whole), err)
	}
	ends := memberEnds(t, data)
	for n := range len(data) {
		got, err := readAll(data[:n])
		want := 0
		for _, end := range ends {
			if end <= n {
				want++
			}
		}
		atBorder := n == 0 || want > 0 && ends[want-1] == n
		if len(got) != want || atBorder != (err == nil) || err != nil && !errors.Is(err, ErrCut) {
			t.Fatalf("cut at %d: %d records and %v, want %d", n, len(got), err, want)
		}
		if diff := cmp.Diff(whole[:want], got); want > 0 && diff != "" {
			t.Fatalf("cut at %d:\n%s", n, diff)
		}
	}
}

// memberEnds finds where the gzip members end, by the standard library alone.
func memberEnds(t *testing.T, data []byte) []int {
	t.Helper()
	var ends []int
	in := bytes.NewReader(data)
	z, err := gzip.NewReader(in)
	for err == nil {
		z.Multistream(false)
		if _, err := io.Copy(io.Discard, z); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, len(data)-in.Len())
		err = z.Reset(in)
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return ends
}

func TestAFullDiskLeavesWholeRecords(t *testing.T) {
	w := create(t, Options{})
	if err := w.Write(exchange("http://a.example/1", "en")); err != nil {
		t.Fatal(err)
	}
	name := files(t, w.o.Dir)[0]
	whole := w.file
	w.file, _ = os.Open(name) // cannot be written, like a full disk
	if err := w.Write(exchange("http://a.example/2", "to")); err == nil {
		t.Fatal("no error for a write that failed")
	}
	w.file.Close()
	w.file = whole
	if err := w.Write(exchange("http://a.example/3", "tre")); err != nil {
		t.Fatal(err)
	}
	if all := read(t, name); len(all) != 5 || all[3].Get("WARC-Target-URI") != "http://a.example/3" {
		t.Errorf("%d records", len(all))
	}
}

func TestACrawlThatFetchedNothingLeavesNoFile(t *testing.T) {
	w := create(t, Options{})
	for range 2 {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if names := files(t, w.o.Dir); len(names) != 0 {
		t.Errorf("left %v", names)
	}
	if err := w.Write(exchange("http://a.example/", "")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("write after close: %v", err)
	}
}

func TestAFolderThatCannotBeMadeIsAnErrorAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(Options{Dir: filepath.Join(file, "warc")}); err == nil {
		t.Error("no error")
	}
}

func TestReaderNamesWhatIsWrong(t *testing.T) {
	whole := newRecord(Response, day, "application/http; msgtype=response", []byte("HTTP/1.1 200 OK\r\n\r\nkrop"), Field{"WARC-Payload-Digest", digest([]byte("krop"))})
	var b bytes.Buffer
	whole.appendTo(&b)
	text := b.String()
	for _, tt := range []struct {
		name, data string
		want       error
	}{
		{"as it was written", text, nil},
		{"version 1.0 of another tool", "WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", nil},
		{"bare line ends", "WARC/1.1\nContent-Length: 1\n\nx\r\n\r\n", nil},
		{"changed body", strings.Replace(text, "krop", "krap", 1), ErrDigest},
		{"another payload's digest", strings.Replace(text, digest([]byte("krop")), digest([]byte("hale")), 1), ErrDigest},
		{"a web page", "<!doctype html>", ErrCut},
		{"a web page of lines", "<!doctype html>\n<p>\n", ErrFormat},
		{"no length", "WARC/1.1\r\n\r\n", ErrFormat},
		{"a length that lies", "WARC/1.1\r\nContent-Length: 900000000\r\n\r\nx", ErrCut},
		{"a negative length", "WARC/1.1\r\nContent-Length: -1\r\n\r\nx", ErrFormat},
		{"a length too short", "WARC/1.1\r\nContent-Length: 1\r\n\r\nxyzzy", ErrFormat},
		{"a line without end", "WARC/1.1\r\nX: " + strings.Repeat("x", 1<<17), ErrFormat},
		{"a header without end", "WARC/1.1\r\n" + strings.Repeat("X: y\r\n", 1<<18), ErrFormat},
		{"no field", "WARC/1.1\r\nhej\r\n\r\n", ErrFormat},
		{"not gzip after all", "\x1f\x8bxxxxxxxxxxxxxxxxxxxx", ErrFormat},
	} {
		if _, err := readAll([]byte(tt.data)); !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// FuzzWriter: whatever addresses, fields and bodies come from foreign servers, what is written is read back as it was,
// and cut anywhere it still gives the records before.
func FuzzWriter(f *testing.F) {
	f.Add("http://a.example/", "X-Robots-Tag", "noarchive", []byte("<p>Leg"), uint16(40))
	f.Add("http://a.example/\r\nWARC-Type: x", "A\r\nB", "c\r\n\r\nd", []byte("WARC/1.1\r\n\r\n"), uint16(900))
	f.Add("", ":", "\x00", []byte{}, uint16(0))
	f.Fuzz(func(t *testing.T, uri, name, value string, payload []byte, at uint16) {
		e := exchange(uri, "")
		e.ResponseHead, e.Payload = ResponseHead(200, http.Header{name: {value}}), payload
		var b bytes.Buffer
		z := gzip.NewWriter(nil)
		records := e.records()
		for i := range records {
			if err := records[i].member(z, &b); err != nil {
				t.Fatal(err)
			}
		}
		if len(uri) > maxLine/2 {
			return // no address that is fetched is half as long
		}
		got, err := readAll(b.Bytes())
		if err != nil || len(got) != 2 {
			t.Fatalf("%d records, %v", len(got), err)
		}
		if !bytes.Equal(got[0].Block, records[0].Block) || !bytes.Equal(got[0].Payload(), payload) || got[0].Type() != Response {
			t.Fatalf("read back %q, wrote %q", got[0].Block, records[0].Block)
		}
		if got[0].Get("WARC-Target-URI") != oneLine(uri) || got[1].Get("WARC-Concurrent-To") != got[0].Get("WARC-Record-ID") {
			t.Fatalf("fields %v", got[0].Fields)
		}
		cut := b.Bytes()[:int(at)%b.Len()]
		if rest, err := readAll(cut); len(rest) > 1 || len(cut) > 0 && err == nil && len(rest) != 1 {
			t.Fatalf("cut to %d of %d: %d records, %v", len(cut), b.Len(), len(rest), err)
		}
	})
}

// FuzzReader: nothing breaks the reader, and a record that it gives can be written and read again unchanged.
func FuzzReader(f *testing.F) {
	var packed bytes.Buffer
	e := exchange("http://a.example/", "<p>Leg")
	for _, r := range e.records() {
		if err := r.member(gzip.NewWriter(nil), &packed); err != nil {
			f.Fatal(err)
		}
		var plain bytes.Buffer
		r.appendTo(&plain)
		f.Add(plain.Bytes())
	}
	f.Add(packed.Bytes())
	f.Add([]byte("WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, _ := readAll(data)
		for _, r := range all {
			var b bytes.Buffer
			r.appendTo(&b)
			again, err := readAll(b.Bytes())
			if err != nil || len(again) != 1 || !cmp.Equal(again[0], r) {
				t.Fatalf("read %+v, then %+v, %v", r, again, err)
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	w := create(b, Options{})
	page := strings.Repeat("<p>Pædagogerne i vuggestuen læser højt for de mindste hver dag.</p>\n", 400)
	e := exchange("http://a.example/", page)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if err := w.Write(e); err != nil {
			b.Fatal(err)
		}
	}
}
