package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestAnAuthorIsAFilterLikeTheOthers(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, c := range []struct {
		q     string
		total int
		told  []string
	}{
		{"forfatter:Aagaard", 1, []string{"forfatter:Aagaard"}},
		{`author:"ågård, per" leg`, 1, []string{"forfatter:ågård, per"}},
		{`forfatter:"Per Lykke"`, 0, []string{"forfatter:Per Lykke"}}, // of two authors
		{"forfatter:Nordmann forfatter:hein", 2, []string{"forfatter:Nordmann", "forfatter:hein"}},
	} {
		r := search(t, h, url.Values{"q": {c.q}}.Encode())
		if r.Total != c.total || !slices.Equal(r.Understood.Filters, c.told) {
			t.Errorf("%s: %d hits, understood %q; want %d, %q", c.q, r.Total, r.Understood.Filters, c.total, c.told)
		}
	}
	if r := search(t, h, "forfatter=S%C3%B8ren+Lykke"); r.Total != 1 || !slices.Contains(r.Hits[0].Authors, "Søren Lykke") {
		t.Errorf("by parameter: %+v", r)
	}
	if w := get(h, "/api/v1/search?q=forfatter:Lyk*"); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "forfatter:Jensen") {
		t.Errorf("part of a word: %d %s", w.Code, w.Body)
	}
	doc := parse(t, get(h, "/soeg?q=leg+forfatter:Aagaard").Body)
	chip := doc.Find(".chip:contains('Forfatter: Aagaard')")
	if href, _ := chip.Attr("href"); chip.Length() != 1 || href != "/soeg?q=leg" {
		t.Errorf("%d chips, the first leads to %q", chip.Length(), href)
	}
	if v, _ := doc.Find("#soeg input[name=forfatter]").Attr("value"); v != "Aagaard" {
		t.Errorf("the next search of the form keeps %q", v)
	}
	if text := parse(t, get(h, "/en/soeg?q=leg+author:Aagaard").Body).Find(".chip").Text(); !strings.Contains(text, "Author: Aagaard") {
		t.Errorf("English chips: %q", text)
	}
}

func TestAProtocolNamesTheAuthorAskedFor(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	_, rec, text := savedProtocol(t, h, "q="+url.QueryEscape(`leg forfatter:"Per Aagaard"`))
	if len(rec.Query.Filters) != 1 || rec.Query.Filters[0].Value != "Per Aagaard" || rec.Total != 1 {
		t.Errorf("filters %+v, %d hits", rec.Query.Filters, rec.Total)
	}
	if !strings.Contains(string(text), "Per Aagaard") || rec.Query.Typed != `leg forfatter:"Per Aagaard"` {
		t.Errorf("typed %q; %s", rec.Query.Typed, text)
	}
}
