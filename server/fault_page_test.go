package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestAQueryOfAFaultAloneSaysWhatFitsTheField(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for q, want := range map[string]string{
		`kilde:"Findes Ikke"`: "/kilder",
		"forfatter:Holms*":    "Skriv hele ord af navnet",
		"år:20x0":             "Skriv fx år:2020",
	} {
		w := get(h, "/soeg?q="+url.QueryEscape(q))
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.Contains(body, "ved tegn 1.") || !strings.Contains(body, want) || strings.Contains(body, "Vi kunne ikke læse") {
			t.Errorf("%s: %d %s", q, w.Code, body)
		}
	}
}
