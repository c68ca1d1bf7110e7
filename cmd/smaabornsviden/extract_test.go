package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// templateWords are what the texts of templatePage differ in: numbers are not enough to tell lines apart.
var templateWords = strings.Fields("leg sprog søvn mad sang bevægelse natur bøger venner tal musik dans omsorg trøst regler farver vand sand klodser dyr")

// templatePage is a page of a site whose frame has no names to tell it by.
func templatePage(n int, links string) string {
	var text strings.Builder
	for i := range 6 {
		word := func(k int) string { return templateWords[(n*k+i*7+n/20)%len(templateWords)] }
		fmt.Fprintf(&text, "<p>Afsnittet om %s fortæller, hvordan børn møder %s og %s, og hvad de voksne gør, når %s fylder mere end %s i gruppen.</p>", word(1), word(3), word(7), word(9), word(11))
	}
	return fmt.Sprintf(`<html lang="da"><head><meta charset="utf-8"><title>Leg %d</title></head><body><div class="a"><div class="b">%s</div>
<div class="c"><h1>Leg %d</h1>%s</div><div class="d"><p>Vi samler viden om leg for alle, der arbejder med små børn, og du er velkommen til at bruge den.</p></div></div></body></html>`, n, links, n, text.String())
}

func TestExtractReadsAFileByWhatWasLearntOfItsSite(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/leg/%d", &n); err != nil && r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		var links strings.Builder
		for i := range 40 {
			fmt.Fprintf(&links, `<a href="/leg/%d">Leg %d</a> `, i+1, i+1)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, templatePage(n, links.String()))
	}))
	defer site.Close()
	address := site.Listener.Addr().String()
	dir := t.TempDir()
	register, data, file := filepath.Join(dir, "r.yaml"), filepath.Join(dir, "data"), filepath.Join(dir, "ny.html")
	write(t, register, "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"http://"+address+"/\"}\n")
	write(t, file, templatePage(77, ""))
	res := invoke(t, nil, "crawl", "-data", data, "-partners", register, "-allow-loopback", address, "-delay", "0s")
	if res.code != exitOK {
		t.Fatalf("crawl: exit %d: %s", res.code, res.stderr)
	}
	const boilerplate = "du er velkommen til at bruge den"
	url := "http://" + address + "/leg/77"
	res = invoke(t, nil, "extract", file, "-url", url, "-learnt", data)
	if !strings.Contains(res.stdout, `"rule": "text-model"`) || strings.Contains(res.stdout, boilerplate) || !strings.Contains(res.stdout, "Afsnittet om") {
		t.Errorf("exit %d, not read by the model:\n%s%s", res.code, res.stdout, res.stderr)
	}
	if res = invoke(t, nil, "extract", file, "-url", url); strings.Contains(res.stdout, "text-model") {
		t.Errorf("read by a model that nobody asked for:\n%s", res.stdout)
	}
	res = invoke(t, nil, "extract", file, "-learnt", data)
	if res.code != exitFail || !strings.Contains(res.stderr, "nothing has been learnt") {
		t.Errorf("file of an unknown site: exit %d: %s", res.code, res.stderr)
	}
	res = invoke(t, nil, "extract", file, "-url", url, "-learnt", filepath.Join(dir, "nowhere"))
	if res.code != exitFail || !strings.Contains(res.stderr, "no crawl has been made") {
		t.Errorf("no data folder: exit %d: %s", res.code, res.stderr)
	}
}

func TestExtractTellsWhereDatesCameFrom(t *testing.T) {
	page := strings.Replace(samplePage, "<p>Læs mere", "<p>Sidst opdateret 3. juni 2024</p><p>Ansøgningsfrist: 1. juli 2024</p><p>Læs mere", 1)
	res := invokeIn(t, strings.NewReader(page), nil, "extract", "-")
	for _, want := range []string{`"quote": "article:published_time: 2024-05-30T08:00:00+02:00"`, `"quote": "Sidst opdateret 3. juni 2024"`, `"quote": "Ansøgningsfrist: 1. juli 2024"`} {
		if !strings.Contains(res.stdout, want) {
			t.Errorf("no %s in\n%s%s", want, res.stdout, res.stderr)
		}
	}
}

func TestExtractPrintsEveryDateWithItsReason(t *testing.T) {
	file := filepath.Join(t.TempDir(), "politik.html")
	write(t, file, `<html><head><title>Politik for leg</title></head><body><main><h1>Politik for leg</h1><p>Publiceret 14. marts 2024</p>
<p>Vedtaget af byrådet i Holbæk Kommune den 12. marts 2024</p><p>Send dit høringssvar senest den 2. maj 2024.</p><p>Opdateret 20. marts 2024</p></main></body></html>`)
	res := invoke(t, nil, "extract", file)
	for _, want := range []string{`"published": "2024-03-14`, `"decided": "2024-03-12`, `"updated": "2024-03-20`, `"deadline": "2024-05-02`, `"quote": "Vedtaget af byrådet i Holbæk Kommune den 12. marts 2024"`} {
		if !strings.Contains(res.stdout, want) {
			t.Errorf("no %s in\n%s%s", want, res.stdout, res.stderr)
		}
	}
}
