package server_test

import (
	"net/http"
	"strings"
	"testing"

	"smaabornsviden/server"
)

func TestASlashTooManyLeadsToThePage(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{
		"/emner/": "/emner", "/en/emner/": "/en/emner", "/soeg/?q=leg+og+s%C3%B8vn": "/soeg?q=leg+og+s%C3%B8vn", "/om/metode/": "/om/metode", "/emne/overgange/": "/emne/overgange",
		"/findes-ikke/": "", "/drift/": "", "/metrics/": "", "//ond.example/": "", "/emner//": "",
	} {
		w := get(h, target)
		code := http.StatusMovedPermanently
		if want == "" {
			code = http.StatusNotFound
		}
		if w.Code != code || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", target, w.Code, w.Header().Get("Location"), want)
		}
	}
}

func TestAListSaysWhatItDoesNotKnow(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]string{
		"/laeseliste?id=a,b":         "1 værdi i adressen kan ikke læses",
		"/laeseliste?id=ukendt":      "1 dokument på listen kender vi ikke",
		"/laeseliste?id=a,b&id=vaek": "1 dokument på listen kender vi ikke",
	} {
		if got := parse(t, get(h, target).Body).Find(".note").Text(); !strings.Contains(got, want) || strings.Contains(got, "Der er plads til") {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
}

// Readers learn that a source is left alone; why is the operator's alone.
func TestAPausedSourceSaysSo(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Desk = &desk{} }).Handler()
	text := strings.Join(strings.Fields(parse(t, get(h, "/kilde/stuen").Body).Find("dl.facts").Text()), " ")
	pauses, err := (&desk{}).Pauses(t.Context())
	if err != nil || len(pauses) == 0 {
		t.Fatalf("%v, %v", pauses, err)
	}
	if pauses[0].What == "stuen" && (!strings.Contains(text, "På pause siden") || strings.Contains(text, "Næste besøg") || strings.Contains(text, pauses[0].Why)) {
		t.Errorf("a paused source: %s", text)
	}
	if other := parse(t, get(h, "/kilde/videncenter").Body).Find("dl.facts").Text(); strings.Contains(other, "På pause") || !strings.Contains(other, "robots.txt") {
		t.Errorf("another source: %s", other)
	}
}
