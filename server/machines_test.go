package server_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"smaabornsviden/server"
	"smaabornsviden/server/servertest"
)

func TestAnyQuestionIsAFeed(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]struct {
		title string
		items int
	}{
		"/feed.atom":                       {"Småbørnsviden", 50},
		"/feed.rss?q=leg&type=forskning":   {"Småbørnsviden: leg (Forskning)", 13},
		"/feed.atom?emne=overgange":        {"Småbørnsviden (Overgange og opstart)", 2},
		"/feed.atom?kilde=lindeby&side=7":  {"Småbørnsviden (Lindeby Kommune)", 2},
		"/feed.rss?q=xyzzy&utm_source=rss": {"Småbørnsviden: xyzzy", 0},
		"/en/feed.atom?q=leg&type=debat":   {"Småbørnsviden: leg (Debate)", 1},
		"/en/feed.rss?emne=overgange":      {"Småbørnsviden (Transitions and settling in)", 2},
	} {
		w := get(h, target)
		f, err := gofeed.NewParser().Parse(w.Body)
		if err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %v", target, w.Code, err)
		}
		if f.Title != want.title || len(f.Items) != want.items {
			t.Errorf("%s: %q with %d items, want %+v", target, f.Title, len(f.Items), want)
		}
		english := strings.HasPrefix(target, "/en/")
		if lang := "da"; f.Language != lang && !english || english && f.Language != "en" {
			t.Errorf("%s is in %q", target, f.Language)
		}
		for _, item := range f.Items {
			if strings.Contains(item.Link, "/en/dokument/") != english {
				t.Errorf("%s leads to %s", target, item.Link)
			}
			if page := get(h, strings.TrimPrefix(item.Link, "http://localhost")); page.Code != http.StatusOK {
				t.Errorf("%s: %s leads to %d", target, item.Link, page.Code)
			}
		}
		if tag := w.Header().Get("ETag"); get(h, target, "If-None-Match", tag).Code != http.StatusNotModified {
			t.Errorf("%s: asked again with %s it answers in full", target, tag)
		}
	}
	for _, target := range []string{"/feed.atom?q=010203-1234", "/feed.rss?q=010203-1234"} {
		if kind := get(h, target).Header().Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s: what goes wrong is told as %s", target, kind)
		}
	}
	if w := get(h, "/feed.atom?q=010203-1234"); w.Code != http.StatusBadRequest || strings.Contains(w.Body.String(), "010203") {
		t.Errorf("a CPR number: %d", w.Code)
	}
}

func TestBrowsersFindTheSearchAndItsSuggestions(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Base = "https://viden.example/" }).Handler()
	var d struct {
		ShortName string
		URL       []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	w := get(h, "/opensearch.xml")
	if err := xml.Unmarshal(w.Body.Bytes(), &d); err != nil || len([]rune(d.ShortName)) > 16 || len(d.URL) != 5 {
		t.Fatalf("%v %+v", err, d)
	}
	for _, u := range d.URL {
		target := strings.TrimPrefix(strings.ReplaceAll(u.Template, "{searchTerms}", "leg"), "https://viden.example")
		if got := get(h, target); got.Code != http.StatusOK || !strings.HasPrefix(got.Header().Get("Content-Type"), u.Type) {
			t.Errorf("%s: %d %s", u.Template, got.Code, got.Header().Get("Content-Type"))
		}
	}
	var answer []any
	if err := json.Unmarshal(get(h, "/forslag?q=overg").Body.Bytes(), &answer); err != nil || answer[0] != "overg" || answer[1].([]any)[0] != "Overgange og opstart" {
		t.Errorf("%v %v", answer, err)
	}
	if got := get(h, "/forslag?q=010203-1234"); strings.Contains(got.Body.String(), "010203") {
		t.Errorf("the number comes back: %s", got.Body)
	}
}

func TestSitemapLeadsToEveryPageAndRobotsToTheSitemap(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.Base = "https://viden.example" }).Handler()
	var m struct {
		URL []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(get(h, "/sitemap.xml").Body.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	if want := 2*12 + 1 + len(servertest.Topics()) + 10 + 57; len(m.URL) != want {
		t.Errorf("%d pages, want %d", len(m.URL), want)
	}
	for _, u := range m.URL {
		if w := get(h, strings.TrimPrefix(u.Loc, "https://viden.example")); w.Code != http.StatusOK {
			t.Errorf("%s: %d", u.Loc, w.Code)
		}
	}
	robots := get(h, "/robots.txt").Body.String()
	if !strings.Contains(robots, "Sitemap: https://viden.example/sitemap.xml\n") || !strings.Contains(robots, "Disallow: /soeg\n") {
		t.Errorf("robots.txt:\n%s", robots)
	}
}

func TestOurAddressComesFromNoInventedHost(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for host, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080/", "[::1]:8080": "http://[::1]:8080/", "lindeby.localhost:80": "http://lindeby.localhost:80/",
		"viden.example:8080": "http://localhost/", "127.0.0.1.evil.example": "http://localhost/", `evil"><x`: "http://localhost/",
	} {
		r := httptest.NewRequest(http.MethodGet, "/robots.txt", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if body := w.Body.String(); !strings.Contains(body, "Sitemap: "+want) {
			t.Errorf("%s: %s", host, body)
		}
	}
}

func TestScriptForOtherSitesKeepsItsAddress(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	w := get(h, "/indlejr.js")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/javascript; charset=utf-8" || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" || !strings.Contains(w.Body.String(), "smaabornsviden-soeg") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestStatementMadeElsewhereIsLedTo(t *testing.T) {
	h := cannedServer(t, func(o *server.Options) { o.About.Accessibility = "https://was.digst.dk/viden-example" }).Handler()
	if w := get(h, "/was"); w.Code != http.StatusFound || w.Header().Get("Location") != "https://was.digst.dk/viden-example" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestSourcesAreFoundInAnyCase(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target, want := range map[string]int{"/kilde/videncenter": 200, "/kilde/VIDENCENTER": 200, "/kilde/Lindeby": 200, "/kilde/nej": 404, "/emne/Overgange": 200, "/emne/nej": 404} {
		if w := get(h, target); w.Code != want {
			t.Errorf("%s: %d, want %d", target, w.Code, want)
		}
	}
}

func TestAFilterThatIsNoneIsNeverPassedOver(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, filter := range []string{"kilde=findes-ikke", "emne=findes-ikke", "type=roman", "alder=9", "sektor=x", "sprog=xx", "aar=20x0", "fra=20x0", "kile=lindeby", "q=sprog"} {
		for _, path := range []string{"/feed.atom?q=leg&", "/feed.rss?q=leg&", "/api/v1/search?q=leg&", "/api/v1/export?format=csv&q=leg&"} {
			w := get(h, path+filter)
			if w.Code != http.StatusBadRequest || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d %s", path+filter, w.Code, w.Header().Get("Content-Type"))
			}
		}
		page := get(h, "/soeg?q=leg&"+filter)
		name, _, _ := strings.Cut(filter, "=")
		if body := page.Body.String(); page.Code != http.StatusOK || !strings.Contains(body, "Vi har ikke brugt <em>"+name) {
			t.Errorf("/soeg?q=leg&%s: %d, and no word of it", filter, page.Code)
		}
	}
	for _, mark := range []string{"utm_source=brev", "fbclid=x"} {
		page, feed := get(h, "/soeg?q=leg&"+mark), get(h, "/feed.atom?q=leg&"+mark)
		if feed.Code != http.StatusOK || strings.Contains(page.Body.String(), "Vi har ikke brugt") {
			t.Errorf("%s: feed %d, or the page speaks of it", mark, feed.Code)
		}
	}
}

func TestASourceOfTheIndexAloneCanBeAskedFor(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for target := range strings.SplitSeq("/feed.atom?kilde=spoerges /api/v1/search?q=leg&kilde=spoerges", " ") {
		if w := get(h, target); w.Code != http.StatusOK {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}
