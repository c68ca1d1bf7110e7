package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"smaabornsviden/index"
)

func TestSiteFlagsThatCannotWorkAreRefused(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"-base", "viden.example"}, "no http or https address"},
		{[]string{"-base", "https://viden.example/soeg"}, "more than scheme and host"},
		{[]string{"-base", "ftp://viden.example"}, "no http or https address"},
		{[]string{"-accessibility", "javascript:alert(1)"}, "no http or https address"},
		{[]string{"-limit", "-1"}, "-limit -1 is negative"},
		{[]string{"-contact", "nobody"}, "neither an e-mail address nor a URL"},
	} {
		args := append([]string{"serve", "-data", filepath.Join(t.TempDir(), "data"), "-addr", "127.0.0.1:0"}, tt.args...)
		if res := invoke(t, nil, args...); res.code != exitUsage || !strings.Contains(res.stderr, tt.want) {
			t.Errorf("%v: exit %d, printed %q, want %q", tt.args, res.code, res.stderr, tt.want)
		}
	}
}

func TestAskerIsTheLastAddressThatTheProxyWrote(t *testing.T) {
	for _, tt := range []struct{ name, header, remote, want string }{
		{"one", "192.0.2.7", "127.0.0.1:1", "192.0.2.7"},
		{"the asker wrote one too", "10.0.0.1, 192.0.2.7", "127.0.0.1:1", "192.0.2.7"},
		{"IPv6 by its prefix", "2001:db8:1:2:3:4:5:6", "127.0.0.1:1", "2001:db8:1:2::/64"},
		{"in brackets", "[2001:db8:1:2:3:4:5:6]", "127.0.0.1:1", "2001:db8:1:2::/64"},
		{"mapped", "::ffff:192.0.2.7", "127.0.0.1:1", "192.0.2.7"},
		{"none", "", "192.0.2.9:4711", "192.0.2.9"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = tt.remote
		if tt.header != "" {
			r.Header.Set("X-Forwarded-For", tt.header)
		}
		if got := askerOf(r, "X-Forwarded-For"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestNewsTellsTheStoryOfTheSecondCrawl reads the page after the demonstration's sites have changed.
func TestNewsTellsTheStoryOfTheSecondCrawl(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole demonstration, twice")
	}
	data := demoData(t)
	before := stored(t, data)
	d := start(t, "demo", "-data", data, "-addr", "127.0.0.1:0", "-story", "2")
	address := d.await(t, `http://(127\.0\.0\.1:\d+)/`)
	d.await(t, "documents can be found")
	page := fetchText(t, "http://"+address+"/nyt")
	for _, want := range []string{
		"<strong>Ændret</strong>", "31 familier", "<ins>", "47 familier",
		"<strong>Fjernet</strong>", "tilsyn i dagtilbud", "Et dokument, som kilden ikke længere vil have fundet",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of news lacks %q", want)
		}
	}
	if strings.Contains(page, "pusterum") {
		t.Error("the page of news names what robots.txt has put out of bounds")
	}
	whatWentIsGone(t, "http://"+address, before)
	programme := fetchText(t, "http://"+address+"/indsats/smaaboernscafeer")
	_, families, _ := strings.Cut(programme, "Familier i Lindeby")
	families, _, _ = strings.Cut(families, "</dd>")
	for _, want := range []string{"<strong>31</strong>", `<a href="/dokument/`, "3. juni 2024", "Kilden er ændret siden: se <a", "17. september 2024", "Tallet står der ikke længere"} {
		if !strings.Contains(families, want) {
			t.Errorf("the programme's families lack %q: %s", want, families)
		}
	}
	if n := strings.Count(programme, "ændret siden") + strings.Count(programme, "Vi finder ikke tallet"); n != 2 { // cafés and families, of one document
		t.Errorf("%d figures are said to be told otherwise now", n)
	}
	feedTellsTheChange(t, "http://"+address)
}

// feedTellsTheChange reads a saved search after the second crawl: what changed comes before what stayed, at a later time, and
// the day of the edit is not that of publication.
func feedTellsTheChange(t *testing.T, home string) {
	t.Helper()
	feed := fetchText(t, home+"/feed.atom?q=sm%C3%A5b%C3%B8rnscaf%C3%A9er")
	head, first, _ := strings.Cut(feed, "<entry>")
	first, rest, _ := strings.Cut(first, "</entry>")
	updated := func(text string) string {
		_, at, _ := strings.Cut(text, "<updated>")
		at, _, _ = strings.Cut(at, "</updated>")
		return at
	}
	if !strings.Contains(first, "status efter første år") || strings.Contains(first, "<published>2024-09-17T") {
		t.Errorf("the feed begins with %s", first)
	}
	if updated(first) <= updated(rest) || updated(head) != updated(first) {
		t.Errorf("updated: feed %s, first entry %s, second %s", updated(head), updated(first), updated(rest))
	}
}

// whatWentIsGone asks after the second crawl for everything that the first one found: it is there, or it is said to be gone.
func whatWentIsGone(t *testing.T, home string, before map[string]index.Document) {
	t.Helper()
	told := map[string]string{} // what is said of documents that went, by title
	for _, d := range before {
		r, err := http.Get(home + "/api/v1/documents/" + d.ID)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if r.Header.Get("RateLimit-Limit") != "150" {
			t.Fatalf("the limit is told as %q", r.Header.Get("RateLimit-Limit"))
		}
		switch r.StatusCode {
		case http.StatusOK:
		case http.StatusGone:
			told[d.Title] = string(body)
		default:
			t.Errorf("%s: %d %s", d.Title, r.StatusCode, body)
		}
	}
	named, unnamed := 0, 0
	for title, body := range told {
		switch {
		case strings.Contains(body, title) && strings.Contains(body, `"at-source"`):
			named++
		case !strings.Contains(body, title) && strings.Contains(body, `"not-wanted"`):
			unnamed++
		default:
			t.Errorf("of %q it says %s", title, body)
		}
	}
	if named == 0 || unnamed == 0 {
		t.Errorf("%d documents are gone by name and %d without", named, unnamed)
	}
}
