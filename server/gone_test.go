package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"smaabornsviden/server/api"
	"smaabornsviden/server/servertest"
)

func TestADocumentThatWentSaysSo(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	now := servertest.Documents()[1].ID
	for _, tt := range []struct {
		path string
		code int
		want []string // of the page's text
		to   string
	}{
		{path: "/dokument/vaek", code: 410, want: []string{
			"Dokumentet findes ikke længere", "Indkøring og leg i vuggestuen", "Dokumentet er væk hos Videncenter for Tidlig Barndom", "19. november 2026",
			"Det stod på https://lindeby.example/vaek", "Søg efter titlen", "Lignende dokumenter",
		}},
		{path: "/en/dokument/vaek", code: 410, want: []string{"The document no longer exists", "We noticed it on 19 November 2026"}},
		{path: "/dokument/vaek/ris", code: 410, want: []string{"Dokumentet findes ikke længere"}},
		{path: "/dokument/uoensket", code: 410, want: []string{"Efter ønske fra Videncenter for Tidlig Barndom"}},
		{path: "/dokument/taget-ud", code: 410, want: []string{"Vi tog dokumentet ud 19. november 2026, fordi nogen bad om det."}},
		{path: "/dokument/uden-grund", code: 410, want: []string{"Dokumentet hører ikke længere til det, vi søger i."}},
		{path: "/dokument/samlet-nu", code: 301, to: "/dokument/" + now},
		{path: "/en/dokument/samlet-nu/ris", code: 301, to: "/en/dokument/" + now + "/ris"},
		{path: "/dokument/findes-ikke", code: 404, want: []string{"Siden findes ikke"}},
	} {
		w := get(h, tt.path)
		if w.Code != tt.code || w.Header().Get("Location") != tt.to {
			t.Errorf("%s: %d to %q, want %d to %q", tt.path, w.Code, w.Header().Get("Location"), tt.code, tt.to)
		}
		if cache := w.Header().Get("Cache-Control"); cache != "no-store" && cache != "no-cache" {
			t.Errorf("%s may be kept: %q", tt.path, cache)
		}
		if tt.to != "" {
			continue
		}
		doc := parse(t, w.Body)
		text := strings.Join(strings.Fields(doc.Find("main").Text()), " ")
		for _, want := range tt.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q: %s", tt.path, want, text)
			}
		}
		if doc.Find("meta[name=robots][content=noindex]").Length() != 1 {
			t.Errorf("%s may be indexed", tt.path)
		}
	}
	if title := parse(t, get(h, "/dokument/gone").Body).Find(".lost").AttrOr("lang", ""); title != "en" {
		t.Errorf("an English title is said to be in %q", title)
	}
}

func TestProgramsAreToldWhatBecameOfADocument(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	w := get(h, "/api/v1/documents/vaek")
	var p api.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusGone || p.Type != "/api/v1/problems/gone" || p.Gone == nil {
		t.Fatalf("%d %v %s", w.Code, err, w.Body)
	}
	if p.Gone.Since != "2026-11-19T14:00:00Z" || p.Gone.Reason != "at-source" || *p.Gone.URL != "https://lindeby.example/vaek" || *p.Gone.Title == "" {
		t.Errorf("told %s", w.Body)
	}
	if w.Header().Get("ETag") != "" || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("header %v", w.Header())
	}
	w = get(h, "/api/v1/documents/taget-ud")
	if body := w.Body.String(); w.Code != http.StatusGone || !strings.Contains(body, `"reason": "on-request"`) || !strings.Contains(body, `"source": null`) {
		t.Errorf("what was asked for: %d %s", w.Code, body)
	}
	w = get(h, "/api/v1/documents/samlet-nu")
	if to := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || to != "/api/v1/documents/"+servertest.Documents()[1].ID {
		t.Errorf("%d to %q", w.Code, to)
	}
	if w := get(h, "/api/v1/documents/findes-ikke"); w.Code != http.StatusNotFound {
		t.Errorf("a document that never was: %d", w.Code)
	}
}
