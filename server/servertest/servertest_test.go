package servertest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandlerOpensEachStateUnderItsName(t *testing.T) {
	states, err := States()
	if err != nil {
		t.Fatal(err)
	}
	h := Handler(states)
	seen := map[string]bool{}
	for _, s := range states {
		if seen[s.Name] || strings.ContainsAny(s.Name, ". _æøå") {
			t.Errorf("state %q stands twice or is no host name", s.Name)
		}
		seen[s.Name] = true
	}
	for host, want := range map[string]int{"findes-ikke.localhost:8090": http.StatusNotFound, "localhost:8090": http.StatusOK, "cpr.localhost:8090": http.StatusBadRequest} {
		path := "/"
		for _, s := range states {
			if strings.HasPrefix(host, s.Name+".") {
				path = s.Path
			}
		}
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", host, w.Code, want)
		}
	}
}
