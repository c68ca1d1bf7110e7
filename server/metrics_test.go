package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestMetricsCountRoutesForThisMachineAlone(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	get(h, "/soeg?q=hemmelig")
	get(h, "/dokument/hemmelig")
	get(h, "/hemmelig")
	ask := func(from string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr = from
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	w := ask("127.0.0.1:5000")
	text := w.Body.String()
	for _, want := range []string{
		`smaabornsviden_request_seconds_count{route="/soeg",code="200"} 1`, `smaabornsviden_request_seconds_count{route="/dokument/{id}",code="404"} 1`,
		`smaabornsviden_request_seconds_count{route="none",code="404"} 1`, `smaabornsviden_request_seconds_bucket{route="/soeg",code="200",le="+Inf"} 1`,
		"smaabornsviden_documents 57",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if w.Code != http.StatusOK || strings.Contains(text, "hemmelig") {
		t.Errorf("%d, and what was asked for stands in it: %s", w.Code, text)
	}
	for _, w := range []*httptest.ResponseRecorder{ask("192.0.2.7:5000"), ask("127.0.0.1:5000", "X-Forwarded-For", "192.0.2.7"), ask("127.0.0.1:5000", "Forwarded", "for=192.0.2.7")} {
		if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "request_seconds") {
			t.Errorf("others get %d", w.Code)
		}
	}
}
