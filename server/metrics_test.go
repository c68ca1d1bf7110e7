package server_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"smaabornsviden/server"
	"smaabornsviden/server/servertest"
)

func TestMetricsCountRoutesForThisMachineAlone(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Token = "et langt kodeord" }).Handler()
	get(h, "/soeg?q=hemmelig")
	get(h, "/dokument/hemmelig")
	get(h, "/hemmelig")
	ask := func(from string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.Host, r.RemoteAddr = "127.0.0.1:8080", from
		for i := 0; i+1 < len(header); i += 2 {
			if header[i] == "host" {
				r.Host = header[i+1]
				continue
			}
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	w := ask("127.0.0.1:5000")
	text := w.Body.String()
	for _, want := range []string{
		`smaabornsviden_request_seconds_count{code="200",route="/soeg"} 1`, `smaabornsviden_request_seconds_count{code="404",route="/dokument/{id}"} 1`,
		`smaabornsviden_request_seconds_count{code="404",route="none"} 1`, `smaabornsviden_request_seconds_bucket{code="200",route="/soeg",le="+Inf"} 1`,
		"smaabornsviden_documents 57", "smaabornsviden_index_seq 1", "smaabornsviden_letters_waiting 2", "smaabornsviden_sources_failing 1",
		"smaabornsviden_documents_held 4", "smaabornsviden_index_trouble 0", "go_goroutines ", "process_resident_memory_bytes ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if w.Code != http.StatusOK || strings.Contains(text, "hemmelig") {
		t.Errorf("%d, and what was asked for stands in it: %s", w.Code, text)
	}
	for _, w := range []*httptest.ResponseRecorder{ask("192.0.2.7:5000"), ask("127.0.0.1:5000", "X-Forwarded-For", "192.0.2.7"), ask("127.0.0.1:5000", "Forwarded", "for=192.0.2.7"), ask("127.0.0.1:5000", "host", "ond.example:8080")} {
		if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "request_seconds") {
			t.Errorf("others get %d", w.Code)
		}
	}
	for _, way := range []string{"Bearer et langt kodeord", "Basic " + base64.StdEncoding.EncodeToString([]byte("drift:et langt kodeord"))} {
		if w := ask("192.0.2.7:5000", "Authorization", way); w.Code != http.StatusOK {
			t.Errorf("the operator's token as %s: %d", way, w.Code)
		}
	}
	for _, name := range []string{"localhost", "localhost:8080", "[::1]:8080"} {
		if w := ask("[::1]:5000", "host", name); w.Code != http.StatusOK {
			t.Errorf("this machine as %s: %d", name, w.Code)
		}
	}
	if w := ask("192.0.2.7:5000", "Authorization", "Bearer "); w.Code != http.StatusNotFound {
		t.Errorf("an empty token: %d", w.Code)
	}
}

// What cannot be read is missing, not 0.
func TestMetricsLeaveOutWhatTheEngineDoesNotTell(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) {
		o.Engine.(*servertest.Engine).Fail = func(context.Context) error { return errors.New("disk on fire") }
		o.Trouble = func() error { return errors.New("disk on fire") }
	}).Handler()
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:5000"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if text := w.Body.String(); w.Code != http.StatusOK || strings.Contains(text, "smaabornsviden_documents ") || !strings.Contains(text, "smaabornsviden_index_trouble 1") {
		t.Errorf("%d %s", w.Code, text)
	}
}
