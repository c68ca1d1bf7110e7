package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site starts a server and a client that may reach it.
func site(t *testing.T, o Options, h http.HandlerFunc) (*Client, string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return client(t, o, server.Listener.Addr().String()), server.URL
}

func client(t *testing.T, o Options, address string) *Client {
	t.Helper()
	o.AllowLoopback = append(o.AllowLoopback, address)
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

// wire starts a server that reads one request header from each connection, then runs say on it.
func wire(t *testing.T, o Options, say func(net.Conn)) (*Client, string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			readHeader(conn)
			say(conn)
			conn.Close()
		}
	}()
	t.Cleanup(func() { ln.Close(); <-done })
	return client(t, o, ln.Addr().String()), "http://" + ln.Addr().String() + "/"
}

func readHeader(conn net.Conn) {
	var got []byte
	buf := make([]byte, 1024)
	for !bytes.Contains(got, []byte("\r\n\r\n")) {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		got = append(got, buf[:n]...)
	}
}

func TestFetchReturnsThePage(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	c, url := site(t, Options{UserAgent: "Prøve/1.0", Now: func() time.Time { return now }}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "Text/HTML; charset=utf-8")
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Set-Cookie", "a=b")
		w.Header().Set("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT")
		io.WriteString(w, "rødgrød")
	})
	got, err := c.Fetch(t.Context(), Request{URL: url + "/å?b#c"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Header["Set-Cookie"]) != 0 {
		t.Errorf("a cookie was kept: %v", got.Header)
	}
	if got.MediaType() != "text/html" {
		t.Errorf("MediaType = %q", got.MediaType())
	}
	got.Header = nil
	want := Page{
		Requested: url + "/å?b#c", URL: url + "/%C3%A5?b", Status: 200, Body: []byte("rødgrød"), ContentType: "Text/HTML; charset=utf-8",
		Bytes: 9, ETag: `"1"`, LastModified: "Sun, 22 Nov 2026 10:00:00 GMT", Addr: strings.TrimPrefix(url, "http://"), Fetched: now,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Page (-want +got):\n%s", diff)
	}
}

func TestRequestsAreSentAsTheyStand(t *testing.T) {
	var got http.Request
	c, url := site(t, Options{UserAgent: "smaabornsviden/1.0 (+https://vi.example)"}, func(w http.ResponseWriter, r *http.Request) { got = *r })
	for _, target := range []string{"/", "/a|b^c?x='y'|z", "/%C3%A6/%2F", "//a/b", "/a?", "/a%20b;v=1?q=%E6&&"} {
		if _, err := c.Fetch(t.Context(), Request{URL: url + target}); err != nil {
			t.Errorf("Fetch %s: %v", target, err)
			continue
		}
		want := strings.ReplaceAll(target, "'", "%27") // the WHATWG form of a query
		if target == "/a|b^c?x='y'|z" {
			want = "/a|b^c?x=%27y%27|z"
		}
		if got.RequestURI != want {
			t.Errorf("the server saw %q, want %q", got.RequestURI, want)
		}
	}
	want := http.Header{
		"User-Agent": {"smaabornsviden/1.0 (+https://vi.example)"}, "Accept": {defaultAccept},
		"Accept-Language": {"da, nb;q=0.8, sv;q=0.7, en;q=0.6, *;q=0.5"}, "Accept-Encoding": {"gzip, br, deflate"},
	}
	if diff := cmp.Diff(want, got.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	if "http://"+got.Host != url {
		t.Errorf("Host = %q, want that of %q", got.Host, url)
	}
}

func TestConditionalRequests(t *testing.T) {
	c, url := site(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/always" || r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "new")
	})
	page, err := c.Fetch(t.Context(), Request{URL: url, ETag: `"1"`, LastModified: "Sun, 22 Nov 2026 10:00:00 GMT"})
	if err != nil || !page.NotModified || page.Status != 304 || len(page.Body) != 0 {
		t.Errorf("known page: %+v, %v; want not modified", page, err)
	}
	page, err = c.Fetch(t.Context(), Request{URL: url, ETag: `"0"`})
	if err != nil || page.NotModified || string(page.Body) != "new" {
		t.Errorf("changed page: %+v, %v; want the new body", page, err)
	}
	if _, err = c.Fetch(t.Context(), Request{URL: url + "/always"}); !errors.Is(err, ErrProtocol) {
		t.Errorf("304 nobody asked for: %v, want ErrProtocol", err)
	}
}

func TestRedirectsAreFollowedHopByHop(t *testing.T) {
	c, url := site(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/1":
			http.Redirect(w, r, "2#del", http.StatusMovedPermanently)
		case "/2":
			w.Header().Set("Location", "/b\xf8rn") // as old servers write it
			w.WriteHeader(http.StatusTemporaryRedirect)
		default:
			io.WriteString(w, r.Header.Get("If-None-Match")+r.Header.Get("Referer")+r.Header.Get("Cookie")+r.URL.Path)
		}
	})
	var asked []string
	page, err := c.Fetch(t.Context(), Request{URL: url + "/1", ETag: `"1"`, Allow: func(to string) error {
		asked = append(asked, to)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	wantHops := []Redirect{{url + "/1", url + "/2", 301}, {url + "/2", url + "/b%C3%B8rn", 307}}
	if diff := cmp.Diff(wantHops, page.Redirects); diff != "" {
		t.Errorf("Redirects (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{url + "/2", url + "/b%C3%B8rn"}, asked); diff != "" {
		t.Errorf("Allow was asked (-want +got):\n%s", diff)
	}
	if string(page.Body) != "/børn" || page.URL != url+"/b%C3%B8rn" || page.Requested != url+"/1" {
		t.Errorf("page = %+v", page)
	}
}

func TestAllowEndsAChain(t *testing.T) {
	c, url := site(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/to", http.StatusFound)
	})
	robots := errors.New("disallowed by robots.txt")
	page, err := c.Fetch(t.Context(), Request{URL: url + "/from", Allow: func(string) error { return robots }})
	if !errors.Is(err, ErrRefused) || !errors.Is(err, robots) || page.Location != url+"/to" || page.Status != 302 {
		t.Errorf("refused hop: %+v, %v", page, err)
	}
	page, err = c.Fetch(t.Context(), Request{URL: url + "/from", Allow: func(string) error { return ErrStay }})
	if err != nil || page.Location != url+"/to" || page.Status != 302 || page.URL != url+"/from" || len(page.Redirects) != 0 {
		t.Errorf("ErrStay: %+v, %v; want the redirect itself", page, err)
	}
}

func TestRedirectsEnd(t *testing.T) {
	var hits atomic.Int32
	c, url := site(t, Options{MaxRedirects: 3}, func(w http.ResponseWriter, r *http.Request) {
		n := hits.Add(1)
		to := map[string]string{
			"/self": "/self", "/a": "/b", "/b": "/a", "/none": "", "/ftp": "ftp://vtb.example/", "/js": "javascript:alert(1)",
			"/file": "file:///etc/passwd", "/broken": "http://[", "/user": "http://a@" + r.Host + "/", "/mail": "mailto:a@b.example",
		}
		if target, ok := to[r.URL.Path]; ok {
			w.Header().Set("Location", target)
		} else {
			w.Header().Set("Location", fmt.Sprintf("/%d", n))
		}
		w.WriteHeader(http.StatusFound)
	})
	for _, tc := range []struct {
		path    string
		want    error
		outcome string
		hits    int32
	}{
		{"/self", ErrRedirectLoop, "redirect-loop", 1},
		{"/a", ErrRedirectLoop, "redirect-loop", 2},
		{"/endless", ErrTooManyRedirects, "too-many-redirects", 4},
		{"/none", ErrRedirect, "redirect", 1},
		{"/broken", ErrRedirect, "url", 1},
		{"/ftp", ErrRedirect, "scheme", 1},
		{"/js", ErrRedirect, "scheme", 1},
		{"/file", ErrRedirect, "scheme", 1},
		{"/mail", ErrRedirect, "scheme", 1},
		{"/user", ErrURL, "url", 1},
	} {
		hits.Store(0)
		_, err := c.Fetch(t.Context(), Request{URL: url + tc.path})
		if !errors.Is(err, tc.want) || Outcome(err) != tc.outcome || hits.Load() != tc.hits {
			t.Errorf("%s: %v (%s) after %d requests; want %v (%s) after %d", tc.path, err, Outcome(err), hits.Load(), tc.want, tc.outcome, tc.hits)
		}
	}
}

func TestPrivateAddressesAreRefusedAlsoAfterARedirect(t *testing.T) {
	secret := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the private server was reached")
	}))
	defer secret.Close()
	_, port, _ := net.SplitHostPort(secret.Listener.Addr().String())
	c, url := site(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusFound)
	})
	for _, to := range []string{
		"http://127.0.0.1:" + port + "/", "http://localhost:" + port + "/", "http://2130706433:" + port + "/", "http://0x7f000001:" + port + "/",
		"http://127.1:" + port + "/", "http://0:" + port + "/", "http://[::1]:" + port + "/", "http://[::ffff:127.0.0.1]:" + port + "/",
		"http://[::ffff:7f00:1]:" + port + "/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/",
		"http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/",
		"http://[fe80::1]/", "http://[fec0::1]/", "http://100.100.100.200/", "http://168.63.129.16/", "http://0.0.0.0:" + port + "/", "http://[::]:" + port + "/",
		"http://224.0.0.1/", "http://255.255.255.255/", "http://192.0.2.1/", "http://[2001:db8::1]/", "http://[2001::1]/", "https://10.0.0.1/",
	} {
		for _, address := range []string{to, url + "/?to=" + to} {
			_, err := c.Fetch(t.Context(), Request{URL: address})
			if !errors.Is(err, ErrPrivateAddress) || Outcome(err) != "private-address" {
				t.Errorf("Fetch(%s): %v (%s), want ErrPrivateAddress", address, err, Outcome(err))
			}
		}
	}
}

func TestTheGuardJudgesTheAddressDialled(t *testing.T) {
	g := newGuard([]string{"127.0.0.1:8081", "[::1]:8081", "10.0.0.1:80", "localhost:80", ""})
	for _, tc := range []struct {
		address string
		want    error
	}{
		{"127.0.0.1:8081", nil},
		{"[::ffff:127.0.0.1]:8081", nil},
		{"[::1]:8081", nil},
		{"127.0.0.1:8082", ErrPrivateAddress},
		{"127.0.0.2:8081", ErrPrivateAddress},
		{"10.0.0.1:80", ErrPrivateAddress}, // on the list, but no loopback address
		{"1.1.1.1:80", nil},
		{"1.1.1.1:443", nil},
		{"1.1.1.1:8080", nil},
		{"[::ffff:1.1.1.1]:443", nil},
		{"[2a00:1450::1]:443", nil},
		{"1.1.1.1:25", ErrPort},
		{"1.1.1.1:22", ErrPort},
		{"[::ffff:10.0.0.1]:443", ErrPrivateAddress},
		{"[fe80::1%eth0]:443", ErrPrivateAddress},
		{"pipe", ErrPrivateAddress},
	} {
		if err := g.safe("tcp", tc.address); !errors.Is(err, tc.want) {
			t.Errorf("safe(%s) = %v, want %v", tc.address, err, tc.want)
		}
	}
}

func TestAnInjectedDialerIsGuardedToo(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host) }))
	defer server.Close()
	address := server.Listener.Addr().String()
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	c := client(t, Options{Dial: dial}, address)
	page, err := c.Fetch(t.Context(), Request{URL: "http://vtb.example/"})
	if err != nil || string(page.Body) != "vtb.example" {
		t.Errorf("listed listener: %q, %v; want the page of vtb.example", page.Body, err)
	}
	closed := client(t, Options{Dial: dial}, "127.0.0.1:1")
	if _, err := closed.Fetch(t.Context(), Request{URL: "http://vtb.example/"}); !errors.Is(err, ErrPrivateAddress) {
		t.Errorf("unlisted listener: %v, want ErrPrivateAddress", err)
	}
}

func TestTheEnvironmentsProxyIsNotUsed(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	defer server.Close()
	address := server.Listener.Addr().String()
	c := client(t, Options{Dial: func(ctx context.Context, network, asked string) (net.Conn, error) {
		if asked != "vtb.example:80" {
			t.Errorf("dialled %s", asked)
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}}, address)
	if _, err := c.Fetch(t.Context(), Request{URL: "http://vtb.example/"}); err != nil {
		t.Error(err)
	}
}

func TestBodiesAreDecoded(t *testing.T) {
	const text = "Småbørn lærer sprog, når nogen taler med dem. Småbørn lærer sprog."
	packed := map[string][]byte{
		"gzip": pack(t, text, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		"br":   pack(t, text, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }),
		"zlib": pack(t, text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		"flate": pack(t, text, func(w io.Writer) io.WriteCloser {
			fw, _ := flate.NewWriter(w, 9)
			return fw
		}),
	}
	packed["twice"] = pack(t, string(packed["br"]), func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	for _, tc := range []struct {
		name, encoding string
		body           []byte
		want           error
	}{
		{"gzip", "gzip", packed["gzip"], nil},
		{"old name", "x-gzip", packed["gzip"], nil},
		{"brotli", "BR", packed["br"], nil},
		{"deflate as zlib", "deflate", packed["zlib"], nil},
		{"deflate as flate", "deflate", packed["flate"], nil},
		{"two layers", "br, gzip", packed["twice"], nil},
		{"plain text called gzip", "gzip", []byte(text), nil},
		{"plain text called brotli", "br", []byte(text), nil},
		{"plain text called deflate", "deflate", []byte(text), nil},
		{"charset in the wrong header", "utf-8", []byte(text), nil},
		{"identity", "identity", []byte(text), nil},
		{"gzip called brotli", "br", packed["gzip"], ErrEncoding},
		{"unknown", "zstd", packed["gzip"], ErrEncoding},
		{"three layers", "gzip, gzip, gzip", packed["gzip"], ErrEncoding},
		{"gzip that ends early", "gzip", packed["gzip"][:40], ErrTruncated},
		{"gzip with a broken sum", "gzip", append(packed["gzip"][:len(packed["gzip"])-1:len(packed["gzip"])-1], 'x'), ErrEncoding},
		{"brotli that ends early", "br", packed["br"][:40], ErrTruncated},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, url := site(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", tc.encoding)
				w.Write(tc.body)
			})
			page, err := c.Fetch(t.Context(), Request{URL: url})
			if !errors.Is(err, tc.want) {
				t.Fatalf("error %v, want %v", err, tc.want)
			}
			if tc.want == nil && (string(page.Body) != text || page.Bytes != int64(len(tc.body))) {
				t.Errorf("body %q, %d bytes on the wire; want %q, %d", page.Body, page.Bytes, text, len(tc.body))
			}
		})
	}
}

func pack(t *testing.T, text string, to func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var b bytes.Buffer
	w := to(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBombsAreCutAtTheLimit(t *testing.T) {
	zeros := strings.Repeat("\x00", 4<<20)
	bomb := pack(t, zeros, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	nested := pack(t, string(bomb), func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	brBomb := pack(t, zeros, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
	for _, tc := range []struct {
		name, encoding string
		body           []byte
	}{
		{"gzip", "gzip", bomb}, {"brotli", "br", brBomb}, {"nested", "gzip, gzip", nested}, {"plain", "", []byte(zeros)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, url := site(t, Options{MaxBytes: 1000, MaxFileBytes: 2000}, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", r.URL.Query().Get("type"))
				w.Header().Set("Content-Encoding", tc.encoding)
				w.(http.Flusher).Flush() // chunked: no length is announced
				w.Write(tc.body)
			})
			for kind, limit := range map[string]int{"text/html": 1000, "application/pdf": 2000} {
				page, err := c.Fetch(t.Context(), Request{URL: url + "?type=" + kind})
				if !errors.Is(err, ErrTooLarge) || len(page.Body) > limit || page.Bytes > int64(limit) {
					t.Errorf("%s: %d bytes, %d on the wire, %v; want at most %d and ErrTooLarge", kind, len(page.Body), page.Bytes, err, limit)
				}
			}
		})
	}
}

func TestAPrefixIsTakenWithoutError(t *testing.T) {
	const text = "User-agent: *\nDisallow: /a\n"
	zipped := pack(t, text, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	c, url := site(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gz" {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zipped)
			return
		}
		io.WriteString(w, text)
	})
	for _, tc := range []struct {
		path  string
		limit int64
		want  string
		cut   bool
	}{
		{"/", 13, text[:13], true}, {"/", int64(len(text)), text, false}, {"/", 1000, text, false}, {"/gz", 1000, text, false},
	} {
		page, err := c.Fetch(t.Context(), Request{URL: url + tc.path, MaxBytes: tc.limit, Prefix: true})
		if err != nil || string(page.Body) != tc.want || page.Cut != tc.cut {
			t.Errorf("%s up to %d: %q, cut %v, %v; want %q, %v", tc.path, tc.limit, page.Body, page.Cut, err, tc.want, tc.cut)
		}
	}
}

func TestAnAnnouncedGiantIsNotRead(t *testing.T) {
	c, url := wire(t, Options{}, func(conn net.Conn) {
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000000\r\n\r\n<p>")
	})
	page, err := c.Fetch(t.Context(), Request{URL: url})
	if !errors.Is(err, ErrTooLarge) || page.Bytes != 0 || page.Status != 200 {
		t.Errorf("%+v, %v; want ErrTooLarge before any byte", page, err)
	}
}

func TestBrokenAnswersAreNamed(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	cookies := strings.Repeat("Set-Cookie: a=b; Path=/\r\n", 10_000)
	for _, tc := range []struct {
		name, say string
		want      error
		outcome   string
		body      string
	}{
		{"body shorter than its length", head + "Content-Length: 100\r\n\r\nhalvt", ErrTruncated, "truncated", "halvt"},
		{"chunk cut off", head + "Transfer-Encoding: chunked\r\n\r\n10\r\nhalvt", ErrTruncated, "truncated", "halvt"},
		{"last chunk missing", head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhalvt\r\n", ErrTruncated, "truncated", "halvt"},
		{"part of a file", "HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx", ErrTruncated, "truncated", ""},
		{"huge header", head + "X-A: " + strings.Repeat("a", 200<<10) + "\r\n\r\n", ErrHeader, "header-too-large", ""},
		{"endless cookies", head + cookies + "\r\n", ErrHeader, "header-too-large", ""},
		{"no answer", "", ErrConnect, "connect", ""},
		{"half a header", head, ErrConnect, "connect", ""},
		{"no HTTP", "220 mail.example ESMTP\r\n", ErrProtocol, "protocol", ""},
		{"HTTP/0.9", "<html>", ErrProtocol, "protocol", ""},
		{"two lengths", head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", ErrProtocol, "protocol", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, url := wire(t, Options{}, func(conn net.Conn) { io.WriteString(conn, tc.say) })
			page, err := c.Fetch(t.Context(), Request{URL: url})
			if !errors.Is(err, tc.want) || Outcome(err) != tc.outcome || string(page.Body) != tc.body {
				t.Errorf("%v (%s), body %q; want %v (%s), %q", err, Outcome(err), page.Body, tc.want, tc.outcome, tc.body)
			}
		})
	}
}

func TestOldServersAreUnderstood(t *testing.T) {
	c, url := wire(t, Options{}, func(conn net.Conn) {
		io.WriteString(conn, "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\ntil enden")
	})
	page, err := c.Fetch(t.Context(), Request{URL: url})
	if err != nil || string(page.Body) != "til enden" {
		t.Errorf("HTTP/1.0 without length: %q, %v", page.Body, err)
	}
}

func TestSlowServersAreLeft(t *testing.T) {
	drip := func(conn net.Conn, text string) {
		io.WriteString(conn, text)
		for {
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	for _, tc := range []struct{ name, say string }{
		{"body byte by byte", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"},
		{"header that does not end", "HTTP/1.1 200 OK\r\nX-A: "},
		{"nothing at all", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, url := wire(t, Options{Timeout: 60 * time.Millisecond}, func(conn net.Conn) { drip(conn, tc.say) })
			_, err := c.Fetch(t.Context(), Request{URL: url})
			if !errors.Is(err, ErrTimeout) || Outcome(err) != "timeout" {
				t.Errorf("%v (%s), want ErrTimeout", err, Outcome(err))
			}
		})
	}
	t.Run("first byte", func(t *testing.T) {
		c, url := wire(t, Options{FirstByte: 30 * time.Millisecond}, func(conn net.Conn) { conn.Read(make([]byte, 1)) })
		if _, err := c.Fetch(t.Context(), Request{URL: url}); !errors.Is(err, ErrTimeout) {
			t.Errorf("%v, want ErrTimeout", err)
		}
	})
}

func TestACancelledFetchIsNoFaultOfTheServer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, url := wire(t, Options{}, func(conn net.Conn) {
		cancel()
		conn.Read(make([]byte, 1))
	})
	_, err := c.Fetch(ctx, Request{URL: url})
	if !errors.Is(err, context.Canceled) || Outcome(err) != "cancelled" {
		t.Errorf("%v (%s), want context.Canceled", err, Outcome(err))
	}
}

func TestNoServerAndNoNameAreTold(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := ln.Addr().String()
	ln.Close()
	c := client(t, Options{}, address)
	if _, err := c.Fetch(t.Context(), Request{URL: "http://" + address}); Outcome(err) != "connect" {
		t.Errorf("closed port: %v (%s), want connect", err, Outcome(err))
	}
	noName := client(t, Options{Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x.example", IsNotFound: true}}
	}}, address)
	if _, err := noName.Fetch(t.Context(), Request{URL: "http://x.example/"}); Outcome(err) != "dns-no-such-host" || !errors.Is(err, ErrDNS) {
		t.Errorf("unknown name: %v (%s), want dns-no-such-host", err, Outcome(err))
	}
	for raw, want := range map[string]string{"mailto:a@b.example": "scheme", "http://": "url", "ftp://x.example/": "scheme", "/a": "url"} {
		if _, err := c.Fetch(t.Context(), Request{URL: raw}); Outcome(err) != want {
			t.Errorf("%s: %v (%s), want %s", raw, err, Outcome(err), want)
		}
	}
}

func TestErrorPagesAreReadButNeverTooLarge(t *testing.T) {
	c, url := site(t, Options{MaxBytes: 10}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write(bytes.Repeat([]byte("x"), maxErrorBody+1))
	})
	page, err := c.Fetch(t.Context(), Request{URL: url})
	if err != nil || page.Status != 503 || !page.Cut || len(page.Body) != maxErrorBody || page.RetryAfter != 2*time.Minute {
		t.Errorf("status %d, %d bytes, cut %v, retry after %v, %v", page.Status, len(page.Body), page.Cut, page.RetryAfter, err)
	}
}

func TestRetryAfterHasTwoForms(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "3": 3 * time.Second, " 86400 ": 24 * time.Hour, "0": 0, "-5": 0, "snart": 0, "3s": 0, "1e9": 0, "NaN": 0,
		"99999999999999999999999": MaxRetryAfter, "31536000": MaxRetryAfter,
		"Sun, 22 Nov 2026 12:01:30 GMT": 90 * time.Second, "Sunday, 22-Nov-26 12:01:30 GMT": 90 * time.Second,
		"Sun, 22 Nov 2026 11:00:00 GMT": 0, "Sun, 22 Nov 2099 12:00:00 GMT": MaxRetryAfter, "22 Nov 2026": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestOneConnectionServesManyPages(t *testing.T) {
	var conns atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/r" {
			http.Redirect(w, r, "/p", http.StatusFound)
		}
		io.WriteString(w, "side")
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	c := client(t, Options{}, server.Listener.Addr().String())
	for _, path := range []string{"/a", "/r", "/b"} {
		if _, err := c.Fetch(t.Context(), Request{URL: server.URL + path}); err != nil {
			t.Error(err)
		}
	}
	if conns.Load() != 1 {
		t.Errorf("%d connections, want 1", conns.Load())
	}
}
