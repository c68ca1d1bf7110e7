package server_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server"
	"smaabornsviden/server/servertest"
)

// cannedServer is the canned site with changes.
func cannedServer(t testing.TB, change func(*server.Options)) *server.Server {
	t.Helper()
	o, err := servertest.Options(servertest.Documents())
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&o)
	}
	return mustServer(t, o)
}

func mustServer(t testing.TB, o server.Options) *server.Server {
	t.Helper()
	s, err := server.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func do(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	return do(h, http.MethodGet, target, header...)
}

func TestNewWantsEngineAndAnalyzer(t *testing.T) {
	if _, err := server.New(server.Options{}); err == nil {
		t.Error("New without an engine gives no error")
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, target := range []string{"/", "/soeg?q=leg", "/soeg?q=010203-1234", "/findes-ikke", "/api/v1/search?q=leg", "/api/v1/search?x=1", "/healthz", "/version", "/static/nej.css"} {
		got := get(h, target).Header()
		policy := got.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self';", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: policy %q lacks %s", target, policy, part)
			}
		}
		for _, forbidden := range []string{"unsafe", "*", "http:", "https:", "data:"} {
			if strings.Contains(policy, forbidden) {
				t.Errorf("%s: policy %q allows %s", target, policy, forbidden)
			}
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "strict-origin",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": resourcePolicy(target),
		} {
			if got.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got.Get(name), want)
			}
		}
		if got.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", target)
		}
		if len(got.Get("X-Request-Id")) != 16 {
			t.Errorf("%s: request id %q", target, got.Get("X-Request-Id"))
		}
	}
}

// resourcePolicy: pages of other sites may read the API.
func resourcePolicy(target string) string {
	if strings.HasPrefix(target, "/api/v1/") {
		return "cross-origin"
	}
	return "same-origin"
}

func TestRequestIDOfTheClientIsNotTrusted(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	if got := get(h, "/", "X-Request-Id", "evil").Header().Get("X-Request-Id"); got == "evil" {
		t.Error("the client chose its request id")
	}
}

func TestAccessLogHasPathAndNoQueryAndNoAddress(t *testing.T) {
	var log bytes.Buffer
	h := cannedServer(t, func(o *server.Options) {
		o.Log = slog.New(slog.NewJSONHandler(&log, nil))
	}).Handler()
	for _, target := range []string{"/soeg?q=hemmelig", "/api/v1/search?q=hemmelig&type=roman", "/soeg?q=010203-1234", "/010203-1234", "/soeg?q=" + strings.Repeat("hemmelig", 100)} {
		get(h, target, "User-Agent", "secret-agent", "Referer", "https://hemmelig.example/")
	}
	text := log.String()
	for _, forbidden := range []string{"hemmelig", "010203", "192.0.2.1", "secret-agent"} {
		if strings.Contains(text, forbidden) {
			t.Errorf("log holds %q:\n%s", forbidden, text)
		}
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 5 || !strings.Contains(lines[0], `"path":"/soeg","status":200`) || !strings.Contains(lines[3], `"path":"(withheld)","status":404`) {
		t.Errorf("log is not one line per request:\n%s", text)
	}
}

func TestErrorOfTheEngineIsLoggedWithoutTheQuery(t *testing.T) {
	var log bytes.Buffer
	h := cannedServer(t, func(o *server.Options) {
		o.Log = slog.New(slog.NewJSONHandler(&log, nil))
		o.Engine.(*servertest.Engine).Fail = func(context.Context) error { return errors.New("disk on fire") }
	}).Handler()
	w := get(h, "/soeg?q="+url.QueryEscape(`hemmelig "uro"`))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("status %d, want 500", w.Code)
	}
	text := log.String()
	if !strings.Contains(text, "disk on fire") || strings.Contains(text, "hemmelig") || strings.Contains(text, "uro") {
		t.Errorf("log should hold the fault and not the query:\n%s", text)
	}
	if strings.Contains(w.Body.String(), "disk on fire") {
		t.Error("readers see the fault of the engine")
	}
}

func TestPanicBecomesAnErrorPage(t *testing.T) {
	var log bytes.Buffer
	s := cannedServer(t, func(o *server.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.Engine.(*servertest.Engine).Fail = func(context.Context) error { panic("hemmelig") }
	})
	for target, contentType := range map[string]string{"/soeg?q=leg": "text/html; charset=utf-8", "/api/v1/search?q=leg": "application/problem+json"} {
		w := get(s.Handler(), target, "Accept-Encoding", "gzip")
		if w.Code != http.StatusInternalServerError || w.Header().Get("Content-Type") != contentType || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %v", target, w.Code, w.Header())
		}
		if !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) {
			t.Errorf("%s: the page does not tell the code that is in the log", target)
		}
	}
	if text := log.String(); !strings.Contains(text, "msg=panic") || strings.Contains(text, "hemmelig") {
		t.Errorf("log should tell of the panic and not its value:\n%s", text)
	}
}

func TestDeadlineIsOurOwn503(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) {
		o.Timeout = time.Millisecond
		o.Engine.(*servertest.Engine).Fail = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	}).Handler()
	for _, target := range []string{"/soeg?q=leg", "/api/v1/search?q=leg", "/healthz"} {
		w := get(h, target)
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: %d, want 503", target, w.Code)
		}
		if w.Header().Get("Retry-After") == "" && target != "/healthz" {
			t.Errorf("%s: no Retry-After", target)
		}
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, target := range []string{"/", "/soeg?q=leg", "/soeg", "/api/v1/search?q=leg", "/api/v1/search?q=", "/healthz", "/version", "/intet"} {
		g, hd := get(h, target), do(h, http.MethodHead, target)
		if hd.Code != g.Code || hd.Header().Get("Content-Type") != g.Header().Get("Content-Type") {
			t.Errorf("%s: HEAD gives %d %s, GET %d %s", target, hd.Code, hd.Header().Get("Content-Type"), g.Code, g.Header().Get("Content-Type"))
		}
		if hd.Body.Len() > 0 {
			t.Errorf("%s: HEAD has a body of %d bytes", target, hd.Body.Len())
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, target := range []string{"/", "/soeg", "/api/v1/search"} {
		w := do(h, http.MethodPost, target)
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s: %d, Allow %q", target, w.Code, w.Header().Get("Allow"))
		}
	}
}

func TestFirstPageWeighsLittle(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	total := 0
	doc := parse(t, get(h, "/soeg?q=leg").Body)
	targets := []string{"/soeg?q=leg"}
	for _, attr := range []string{"link[rel=stylesheet]", "link[rel=icon]", "script"} {
		href, ok := doc.Find(attr).Attr("href")
		if !ok {
			href, _ = doc.Find(attr).Attr("src")
		}
		targets = append(targets, href)
	}
	for _, target := range targets {
		w := get(h, target, "Accept-Encoding", "gzip")
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", target, w.Code)
		}
		total += w.Body.Len()
	}
	if total > 60_000 {
		t.Errorf("first page weighs %d bytes compressed, want less than 60 kB", total)
	}
}

func TestCompressionIsWholeAndVaries(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	plain, packed := get(h, "/version"), get(h, "/version", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(packed.Header().Get("Vary"), "Accept-Encoding") {
		t.Fatalf("header %v", packed.Header())
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil || string(got) != plain.Body.String() {
		t.Errorf("unpacked %q, %v, want %q", got, err, plain.Body)
	}
}

func TestAssetsAreCachedForeverUnderTheirHash(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	href, _ := parse(t, get(h, "/").Body).Find("link[rel=stylesheet]").Attr("href")
	w := get(h, href)
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%s: %d %v", href, w.Code, w.Header())
	}
	for _, target := range []string{"/static/stil.css", "/static/", "/static/../server.go", "/static/stil.000000000000.css"} {
		if w := get(h, target); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", target, w.Code)
		}
	}
}

func TestHealthAsksTheEngine(t *testing.T) {
	down := false
	h := cannedServer(t, func(o *server.Options) {
		o.Engine.(*servertest.Engine).Fail = func(context.Context) error {
			if down {
				return index.ErrClosed
			}
			return nil
		}
	}).Handler()
	for _, tc := range []struct {
		down   bool
		code   int
		status string
	}{{false, 200, "ok"}, {true, 503, "unavailable"}, {false, 200, "ok"}} {
		down = tc.down
		w := get(h, "/healthz")
		var got struct {
			Status    string
			Documents int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if w.Code != tc.code || got.Status != tc.status || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("down %v: %d %+v %v", tc.down, w.Code, got, w.Header())
		}
	}
}

func TestVersionTellsTheBuild(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Version = server.Version{Version: "v1.2.3", Revision: "abc"} }).Handler()
	var got server.Version
	if err := json.Unmarshal(get(h, "/version").Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "v1.2.3" || got.Revision != "abc" || got.Analyzer == "" {
		t.Errorf("version %+v", got)
	}
}

// serving is a server that runs on loopback, and the result of Serve once it ends.
func serving(t *testing.T, s *server.Server) (base string, stop context.CancelFunc, ended chan error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	return "http://" + ln.Addr().String(), cancel, ended
}

func TestServeLetsRunningRequestsFinish(t *testing.T) {
	began, finish := make(chan struct{}), make(chan struct{})
	s := cannedServer(t, func(o *server.Options) {
		o.Engine.(*servertest.Engine).Fail = func(context.Context) error {
			began <- struct{}{}
			<-finish
			return nil
		}
	})
	base, stop, ended := serving(t, s)
	answered := make(chan int, 1)
	go func() {
		resp, err := http.Get(base + "/healthz")
		if err != nil {
			answered <- 0
			return
		}
		defer resp.Body.Close()
		answered <- resp.StatusCode
	}()
	<-began
	stop()
	close(finish)
	if code := <-answered; code != http.StatusOK {
		t.Errorf("the running request ended with %d, want 200", code)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve ended with %v", err)
	}
}

func TestServeTellsWhenTheListenerFails(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	if err := cannedServer(t, nil).Serve(t.Context(), ln); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Serve on a closed listener gives %v, want net.ErrClosed", err)
	}
}

func TestHugeHeaderIsRefused(t *testing.T) {
	base, stop, ended := serving(t, cannedServer(t, nil))
	resp, err := http.Get(base + "/soeg?q=" + strings.Repeat("a", 64<<10))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d, want 431", resp.StatusCode)
	}
	stop()
	<-ended
}
