package demosite

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestTheSecondCrawlFindsExactlyTheStorysChanges(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	type state struct {
		status int
		etag   string
	}
	look := func() map[string]state {
		all := map[string]state{}
		for _, l := range s.Labels() {
			if l.Path != "" {
				resp := c.do(http.MethodHead, l.URL())
				all[l.ID] = state{resp.StatusCode, resp.Header.Get("ETag")}
			}
		}
		return all
	}
	before := look()
	if err := s.SetStory(2); err != nil {
		t.Fatal(err)
	}
	after := look()
	want := map[string]int{"L07": 200, "P01": 410, "T07": 410, "B05": 301}
	for id, now := range after {
		if strings.HasPrefix(id, "V") {
			if now.status != http.StatusServiceUnavailable {
				t.Errorf("%s: %d, want 503 while the host is down", id, now.status)
			}
			continue
		}
		if now.status != before[id].status && now.status != want[id] {
			t.Errorf("%s: %d, want %d", id, now.status, want[id])
		}
	}
	for id, status := range want {
		if after[id].status != status || after[id].etag == before[id].etag {
			t.Errorf("%s: %+v after %+v, want a change to %d", id, after[id], before[id], status)
		}
	}
}

func TestStoryInWords(t *testing.T) {
	s := newServer(t, Options{Story: 2})
	c := newClient(t, s)
	_, page := c.get("http://lindeby-kommune.example/borger/boern-og-familie/smaaboernscafeer-status")
	if !bytes.Contains(page, []byte("47 familier")) || bytes.Contains(page, []byte("31 familier")) || !bytes.Contains(page, []byte("Opdateret 17.09.2024")) {
		t.Error("L07 is not edited")
	}
	if lastmod := sitemap(t, c, "http://lindeby-kommune.example/sitemap.xml")["http://lindeby-kommune.example/borger/boern-og-familie/smaaboernscafeer-status"]; !strings.HasPrefix(lastmod, "2024-09-17") {
		t.Errorf("L07: lastmod %q", lastmod)
	}
	if _, text := s.Article("L07"); !strings.Contains(text, "47 familier") {
		t.Error("the gold text of L07 is not edited")
	}
	resp, _ := c.get("http://stuen-fagblad.example/praksis/ude-hver-dag")
	if loc := resp.Header.Get("Location"); loc != "/praksis/natur/ude-hver-dag" {
		t.Errorf("B05 moved to %q", loc)
	}
	if moved, _ := c.get("http://stuen-fagblad.example/praksis/natur/ude-hver-dag"); moved.StatusCode != http.StatusOK {
		t.Errorf("B05 at its new place: %d", moved.StatusCode)
	}
	_, robots := c.get("http://boernehaanden.example/robots.txt")
	if !bytes.Contains(robots, []byte("Disallow: /portraet/")) || !bytes.Contains(robots, []byte("Disallow: /wp-admin/")) {
		t.Errorf("robots.txt of N:\n%s", robots)
	}
	if down, _ := c.get("http://vtb.example/robots.txt"); down.StatusCode != http.StatusServiceUnavailable || down.Header.Get("Retry-After") == "" {
		t.Errorf("robots.txt of V: %d", down.StatusCode)
	}
}

func TestTheWithdrawnArticleIsADeletedRecordOfToday(t *testing.T) {
	now := time.Date(2026, time.November, 22, 23, 30, 0, 0, time.UTC)
	s := newServer(t, Options{Story: 2, Now: func() time.Time { return now }})
	headers, _, _ := harvest(t, newClient(t, s), "metadataPrefix=oai_dc&from=2026-11-22")
	if len(headers) != 1 || headers[0].Status != "deleted" || !strings.HasSuffix(headers[0].Identifier, "/149") {
		t.Errorf("changed since today: %+v", headers)
	}
}

func TestTheHostComesBackAndTheRestStays(t *testing.T) {
	c := newClient(t, newServer(t, Options{Story: 3}))
	for address, want := range map[string]int{
		"http://vtb.example/": http.StatusOK,
		"http://foraeldrestemmen.example/viewpage.php?page_id=12":      http.StatusGone,
		"http://tidsskrift-smaaboern.example/etsf/article/view/149":    http.StatusGone,
		"http://tidsskrift-smaaboern.example/etsf/article/view/142":    http.StatusOK,
		"http://stuen-fagblad.example/praksis/ude-hver-dag":            http.StatusMovedPermanently,
		"http://boernehaanden.example/portraet/vi-fik-et-pusterum/":    http.StatusOK,
		"http://lindeby-kommune.example/borger/dagtilbud":              http.StatusOK,
		"http://foraeldrestemmen.example/oversigt.php?PHPSESSID=abc12": http.StatusOK,
	} {
		if resp, _ := c.get(address); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, resp.StatusCode, want)
		}
	}
	if err := newServer(t, Options{}).SetStory(0); err == nil {
		t.Error("story 0 is accepted")
	}
}

func TestFaults(t *testing.T) {
	const page = "http://lindeby-kommune.example/borger/boern-og-familie/anonym-raadgivning"
	const robots = "http://lindeby-kommune.example/robots.txt"
	tests := []struct {
		fault        string
		page, robots int
	}{
		{"L=404", 404, 200},
		{"L=500", 500, 200},
		{"L=503", 503, 503},
		{"L=robots", 200, 200},
		{"L=charset", 200, 200},
		{"L=loop", 302, 200},
		{"L=slow", 200, 200},
	}
	for _, tt := range tests {
		f, err := ParseFault(tt.fault)
		if err != nil {
			t.Fatal(err)
		}
		var slept time.Duration
		s := newServer(t, Options{Faults: []Fault{f}, Sleep: func(_ context.Context, d time.Duration) error {
			slept += d
			return nil
		}})
		c := newClient(t, s)
		got, _ := c.get(page)
		gotRobots, body := c.get(robots)
		if got.StatusCode != tt.page || gotRobots.StatusCode != tt.robots {
			t.Errorf("%s: page %d, robots.txt %d; want %d and %d", tt.fault, got.StatusCode, gotRobots.StatusCode, tt.page, tt.robots)
		}
		if (f.Kind == "robots") != bytes.Contains(body, []byte("Disallow: /\n")) {
			t.Errorf("%s: robots.txt says %q", tt.fault, body)
		}
		if f.Kind == "slow" && slept != 10*time.Second {
			t.Errorf("%s: waited %s for two answers, want 10s", tt.fault, slept)
		}
		if f.Kind == "charset" && got.Header.Get("Content-Type") != "text/html; charset=iso-8859-1" {
			t.Errorf("%s: Content-Type %q", tt.fault, got.Header.Get("Content-Type"))
		}
		if other, _ := c.get("http://vtb.example/"); other.StatusCode != http.StatusOK {
			t.Errorf("%s: another site answers %d", tt.fault, other.StatusCode)
		}
		if err := s.SetFault(f, false); err != nil {
			t.Fatal(err)
		}
		if healed, _ := c.get(page); healed.StatusCode != http.StatusOK || len(s.Faults()) != 0 {
			t.Errorf("%s: %d after it was switched off", tt.fault, healed.StatusCode)
		}
	}
}

func TestLoopsGoOnForEver(t *testing.T) {
	s := newServer(t, Options{Faults: []Fault{{Site: "V", Kind: "loop"}}})
	c := newClient(t, s)
	address := s.state().docs["V01"].URL()
	seen := map[string]bool{}
	for range 4 {
		resp, _ := c.get(address)
		loc := resp.Header.Get("Location")
		if resp.StatusCode != http.StatusFound || loc == "" {
			t.Fatalf("%s: %d", address, resp.StatusCode)
		}
		address = "http://vtb.example" + loc
		seen[address] = true
	}
	if len(seen) != 2 {
		t.Errorf("the circle has %d addresses, want 2", len(seen))
	}
	resp, body := c.get("http://vtb.example/udgivelser/rundt/rundt/")
	if !slices.Contains(links(t, "http://vtb.example/udgivelser/rundt/rundt/", resp, body), "http://vtb.example/udgivelser/rundt/rundt/rundt/") {
		t.Error("the path does not grow")
	}
}

// TestBrokenConnections needs a real connection to see one break.
func TestBrokenConnections(t *testing.T) {
	s := newServer(t, Options{Faults: []Fault{{"L", "down"}, {"F", "cut"}}})
	server := httptest.NewUnstartedServer(s.Handler())
	server.Config.ErrorLog = nil
	server.Start()
	defer server.Close()
	get := func(host, path string) (int, error) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		resp, err := server.Client().Do(r)
		if err != nil {
			return 0, err
		}
		defer resp.Body.Close()
		var b bytes.Buffer
		_, err = b.ReadFrom(resp.Body)
		return b.Len(), err
	}
	if _, err := get("lindeby-kommune.example", "/"); err == nil {
		t.Error("down: an answer came")
	}
	if n, err := get("morgenfroe-fonden.example", "/"); err == nil || n == 0 {
		t.Errorf("cut: %d bytes, error %v; want some and an error", n, err)
	}
	if _, err := get("morgenfroe-fonden.example", "/robots.txt"); err != nil {
		t.Errorf("cut: robots.txt: %v", err)
	}
	if log := s.Log(); len(log) < 3 || log[0].Status != 0 {
		t.Errorf("log %+v", log)
	}
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]Fault{
		"V=slow":                      {"V", "slow"},
		"v=404":                       {"V", "404"},
		"vtb=slow":                    {"V", "slow"},
		"vtb.example=down":            {"V", "down"},
		"lindeby=robots":              {"L", "robots"},
		"tidsskrift-smaaboern=503":    {"T", "503"},
		"FORAELDRESTEMMEN=charset":    {"P", "charset"},
		"stuen-fagblad.example=cut":   {"B", "cut"},
		"boernehaanden=loop":          {"N", "loop"},
		"morgenfroe-fonden.exam=500":  {"F", "500"},
		"V=":                          {},
		"V":                           {},
		"=slow":                       {},
		"V=SLOW":                      {},
		"nowhere=slow":                {},
		"V=slow=404":                  {},
		"http://vtb.example/=slow":    {},
		"lindeby-kommune.example/=50": {},
	} {
		got, err := ParseFault(text)
		if got != want || (err == nil) != (want != Fault{}) {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
	kinds := slices.Sorted(maps.Keys(FaultKinds()))
	for _, k := range kinds {
		if _, err := ParseFault("L=" + k); err != nil || FaultKinds()[k] == "" {
			t.Errorf("kind %s: %v", k, err)
		}
	}
	if _, err := New(Options{Faults: []Fault{{"Z", "slow"}}}); err == nil {
		t.Error("a fault of no site is accepted")
	}
}

func TestLogTellsRequestsThatOverlap(t *testing.T) {
	arrived, leave := make(chan struct{}), make(chan struct{})
	s := newServer(t, Options{Faults: []Fault{{"L", "slow"}}, Sleep: func(context.Context, time.Duration) error {
		arrived <- struct{}{}
		<-leave
		return nil
	}})
	c := newClient(t, s)
	var wg sync.WaitGroup
	wg.Go(func() { c.do(http.MethodGet, "http://lindeby-kommune.example/", "User-Agent", "robot") })
	<-arrived
	wg.Go(func() { c.do(http.MethodGet, "http://www.lindeby-kommune.example/nyheder?x=1") })
	<-arrived
	c.do(http.MethodGet, "http://vtb.example/")
	close(leave)
	wg.Wait()
	log := s.Log()
	if len(log) != 3 {
		t.Fatalf("%d entries, want 3", len(log))
	}
	overlaps := map[string]int{}
	for _, r := range log {
		overlaps[r.Host+r.Path] = r.Overlap
	}
	want := map[string]int{"lindeby-kommune.example/": 0, "www.lindeby-kommune.example/nyheder?x=1": 1, "vtb.example/": 0}
	if !maps.Equal(overlaps, want) {
		t.Errorf("overlaps %v, want %v", overlaps, want)
	}
	s.ResetLog()
	if len(s.Log()) != 0 {
		t.Error("the log is not empty")
	}
}
