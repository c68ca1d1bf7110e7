package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// seen is a sight of an ordinary article that was visited an hour ago and has changed since.
func seen(t *testing.T) sight {
	t.Helper()
	sc, err := newScope(partners.Source{ID: "a", Name: "A", Home: "https://a.example/", Policy: partners.Index})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("Pædagogerne arbejder med overgange i vuggestuen. ", 10)
	return sight{
		row: state.URL{
			ID: 7, URL: "https://a.example/artikel", Source: "a", Kind: state.Page, State: state.OK, Doc: "doc",
			Hash: "old", BodyHash: "old", LastVisit: noon.Add(-time.Hour), LastOK: noon.Add(-time.Hour), Depth: 2,
			FirstSeen: noon.Add(-60 * 24 * time.Hour), LastChange: noon.Add(-30 * 24 * time.Hour), Checks: 8, Changes: 1,
		},
		scope: sc, run: state.Run{ID: 1, Started: noon.Add(-time.Minute)}, now: noon,
		page: fetch.Page{Status: 200, Header: http.Header{}, Body: []byte("<p>" + text), ETag: `"2"`},
		read: true, ext: extract.Result{Title: "Overgange", Text: text, Format: "html"},
		hash: "new", mine: noon.Add(-90 * 24 * time.Hour),
		document: index.Document{Title: "Overgange", Body: text},
		random:   0.5, scaled: func(d time.Duration) time.Duration { return d },
	}
}

// elsewhere is another address of the source with a document.
func elsewhere(url string, created time.Time) *rival {
	return &rival{row: state.URL{ID: 9, URL: url, Source: "a", Kind: state.Page, State: state.OK, Doc: "other"}, created: created}
}

func TestDecide(t *testing.T) {
	day := 24 * time.Hour
	inScope := func(s *sight, url string) *place { return &place{url: url, scope: s.scope} }
	old, fresh := noon.Add(-90*day), noon
	for _, tt := range []struct {
		name string
		make func(s *sight)
		want string // state, reason, removal, days until the next visit
	}{
		{"a changed page", func(s *sight) {}, "ok  keep 7d doc"},
		{"a page read for the first time", func(s *sight) { s.row.State, s.row.LastOK, s.row.Checks = state.New, time.Time{}, 0 }, "ok  keep 5d doc"},
		{"an unchanged text", func(s *sight) { s.hash = "old" }, "ok  keep 8d doc"},
		{"the same bytes", func(s *sight) { s.read = false }, "ok  keep 8d"},
		{"304", func(s *sight) { s.page.Status, s.page.NotModified = 304, true }, "ok  keep 8d"},
		{"304 of an alias", func(s *sight) {
			s.page.Status, s.page.NotModified = 304, true
			s.row.State, s.row.Reason = state.Alias, state.Duplicate
		}, "alias duplicate keep 30d"},
		{"304 that nobody asked for", func(s *sight) { s.page.Status, s.page.NotModified, s.row.State = 304, true, state.New }, "failed 304-without-cause keep 0d"},
		{"304 that says noindex", func(s *sight) {
			s.page.Status, s.page.NotModified = 304, true
			s.page.Header.Set("X-Robots-Tag", "noindex")
		}, "refused noindex now 30d"},

		{"304 with a rule that is new", func(s *sight) {
			s.page.Status, s.page.NotModified = 304, true
			s.page.Header.Set("X-Robots-Tag", "nosnippet")
		}, "failed 304-without-cause keep 0d"},
		{"304 with the rules of the page", func(s *sight) {
			s.page.Status, s.page.NotModified = 304, true
			s.page.Header.Set("X-Robots-Tag", "nosnippet")
			s.row.Detail = "X-Robots-Tag: nosnippet"
		}, "ok  keep 8d"},

		{"timeout", func(s *sight) { s.err = fmt.Errorf("x: %w", fetch.ErrTimeout) }, "failed timeout keep 0d"},
		{"private address", func(s *sight) { s.err = fetch.ErrPrivateAddress }, "failed private-address keep 7d"},
		{"an eighth failure", func(s *sight) { s.err, s.row.Fails = fetch.ErrDNS, 7 }, "failed dns keep 1d"},
		{"500", func(s *sight) { s.page.Status = 500 }, "failed server-error keep 0d"},
		{"503 with a day's wait", func(s *sight) { s.page.Status, s.page.RetryAfter = 503, day }, "failed throttled keep 1d"},
		{"403", func(s *sight) { s.page.Status = 403 }, "failed forbidden keep 7d"},
		{"418", func(s *sight) { s.page.Status = 418 }, "failed http-error keep 7d"},
		{"body cut off", func(s *sight) { s.err = fetch.ErrTruncated }, "failed connection keep 0d"},
		{"too large", func(s *sight) { s.err = fetch.ErrTooLarge }, "failed too-large keep 7d"},
		{"reader broke down", func(s *sight) { s.extErr = extract.ErrEmpty }, "failed unreadable keep 0d"},
		{"challenge page", func(s *sight) { s.ext.Title, s.ext.Text = "Just a moment...", "Checking" }, "failed challenge keep 7d"},
		{"an article on challenges", func(s *sight) { s.ext.Title = "Just a moment of play" + s.ext.Text }, "ok  keep 7d doc"},

		{"404, first look", func(s *sight) { s.page.Status = 404 }, "missing http-404 keep 1d"},
		{"404, second look an hour later", func(s *sight) {
			s.page.Status, s.row.Misses, s.row.FirstMiss = 404, 1, noon.Add(-time.Hour)
		}, "missing http-404 keep 1d"},
		{"404, second look a day later", func(s *sight) { s.page.Status, s.row.Misses, s.row.FirstMiss = 404, 1, noon.Add(-day) }, "gone http-404 hold 90d"},
		{"410", func(s *sight) { s.page.Status = 410 }, "gone http-410 hold 90d"},
		{"soft 404", func(s *sight) { s.soft404 = true }, "missing soft-404 keep 1d"},
		{"soft 404, second look", func(s *sight) { s.soft404, s.row.Misses, s.row.FirstMiss = true, 1, noon.Add(-2*day) }, "gone soft-404 hold 90d"},

		{"noindex", func(s *sight) { s.ext.Robots.NoIndex = true }, "refused noindex now 30d"},
		{"unavailable after yesterday", func(s *sight) { s.ext.Robots.UnavailableAfter = noon.Add(-day) }, "refused unavailable-after now 30d"},
		{"unavailable after tomorrow", func(s *sight) { s.ext.Robots.UnavailableAfter = noon.Add(day) }, "ok  keep 1d doc"},
		{"a mere list", func(s *sight) { s.list = true }, "ok list now 3d"},
		{"a file that is not read yet", func(s *sight) { s.extErr, s.ext.Format = extract.ErrUnsupported, "pdf" }, "unsupported content-type hold 30d"},
		{"no text", func(s *sight) { s.ext.Text, s.page.Body = " ", []byte("<p>") }, "unsupported no-text hold 30d"},
		{"a heading over a picture", func(s *sight) {
			s.ext.Text, s.page.Body = "", []byte("<head><title>x</title></head><h1>Sådan ser en legeplads ud</h1><img><script>a b c d</script>")
		}, "ok  keep 7d doc"},
		{"a page without title or text", func(s *sight) { s.ext.Title, s.ext.Text, s.page.Body = "", "", []byte("<p>et to tre fire fem") }, "unsupported no-text hold 30d"},
		{"a shell that asks for scripts", func(s *sight) {
			s.ext.Text, s.page.Body = "", []byte("<noscript>Du skal slå JavaScript til for at se siden</noscript><div id=app>Henter</div><script>x</script>")
		}, "unsupported needs-javascript hold 30d"},
		{"a shell for a script", func(s *sight) { s.ext.Text, s.page.Body = "", []byte("<div id=root></div><SCRIPT src=x>") }, "unsupported needs-javascript hold 30d"},

		{"301 in scope", func(s *sight) { s.page.Status, s.target = 301, inScope(s, "https://a.example/ny") }, "redirect moved keep 30d"},
		{"301 out of scope", func(s *sight) {
			s.page.Status, s.target = 301, &place{url: "https://b.example/", reason: state.OutOfScope}
		}, "refused redirect-out-of-scope hold 30d"},
		{"301 to itself", func(s *sight) { s.page.Status, s.target = 301, inScope(s, s.row.URL) }, "failed redirect-loop keep 0d"},
		{"301 in a circle", func(s *sight) { s.page.Status, s.target, s.loops = 301, inScope(s, "https://a.example/ny"), true }, "failed redirect-loop keep 0d"},
		{"301 to nowhere", func(s *sight) { s.page.Status = 301 }, "failed http-error keep 7d"},
		{"the eleventh redirect", func(s *sight) { s.page.Status, s.target, s.row.Hops = 301, inScope(s, "https://a.example/ny"), 10 }, "refused redirect-chain hold 30d"},
		{"302 of a document", func(s *sight) { s.page.Status, s.target = 302, inScope(s, "https://a.example/login") }, "missing moved keep 1d"},
		{"302 of a document that stays", func(s *sight) {
			s.page.Status, s.target, s.row.Misses, s.row.FirstMiss = 302, inScope(s, "https://a.example/ny"), 1, noon.Add(-day)
		}, "redirect moved keep 30d"},
		{"302 of an address without document", func(s *sight) {
			s.page.Status, s.target, s.row.Doc = 302, inScope(s, "https://a.example/ny"), ""
		}, "redirect moved keep 30d"},
		{"meta refresh", func(s *sight) { s.target = inScope(s, "https://a.example/ny") }, "redirect moved keep 30d"},

		{"canonical elsewhere, not visited", func(s *sight) { s.canonical = inScope(s, "https://a.example/c") }, "ok  keep 7d doc claims"},
		{"canonical is a document like it", func(s *sight) {
			s.canonical, s.elder = inScope(s, "https://a.example/c"), elsewhere("https://a.example/c", fresh)
		}, "alias canonical keep 30d claims"},
		{"canonical out of scope", func(s *sight) { s.canonical = &place{url: "https://b.example/", reason: state.OutOfScope} }, "ok  keep 7d doc"},
		{"an established twin of an established document with the better address", func(s *sight) { s.twin = elsewhere("https://a.example/a", old) }, "alias duplicate keep 30d"},
		{"a fresh twin of an established document", func(s *sight) { s.twin = elsewhere("https://a.example/a", fresh) }, "ok  keep 7d doc absorbs"},
		{"a fresh twin of a fresh document, better address", func(s *sight) { s.mine, s.twin = time.Time{}, elsewhere("https://a.example/a", fresh) }, "alias duplicate keep 30d"},
		{"a fresh twin of a fresh document, worse address", func(s *sight) {
			s.mine, s.twin = time.Time{}, elsewhere("https://a.example/artikel?print=1", fresh)
		}, "ok  keep 7d doc absorbs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := seen(t)
			tt.make(&s)
			if got := told(decide(s)); got != tt.want {
				t.Errorf("decide = %q, want %q", got, tt.want)
			}
		})
	}
}

// told writes an outcome in a line.
func told(o state.Outcome) string {
	removal := map[state.Removal]string{state.Keep: "keep", state.Hold: "hold", state.AtOnce: "now"}[o.Removal]
	line := fmt.Sprintf("%s %s %s %.0fd", o.State, o.Reason, removal, o.Due.Sub(noon).Round(24*time.Hour).Hours()/24)
	for _, part := range []struct {
		on   bool
		name string
	}{{o.Document != nil, " doc"}, {o.Canonical != nil, " claims"}, {len(o.Absorb) > 0, " absorbs"}} {
		if part.on {
			line += part.name
		}
	}
	return line
}

func TestDecideNeverDeletesForAFailure(t *testing.T) {
	for status := 100; status < 600; status++ {
		s := seen(t)
		s.page.Status, s.read = status, false
		o := decide(s)
		if o.Removal != state.Keep && status != http.StatusGone {
			t.Errorf("status %d at the first look removes the document: %s", status, told(o))
		}
	}
	for _, err := range []error{
		fetch.ErrURL, fetch.ErrPrivateAddress, fetch.ErrPort, fetch.ErrDNS, fetch.ErrConnect, fetch.ErrTLS, fetch.ErrTimeout,
		fetch.ErrHeader, fetch.ErrProtocol, fetch.ErrTooLarge, fetch.ErrTruncated, fetch.ErrEncoding, fetch.ErrRedirect, fetch.ErrRedirectLoop,
		fetch.ErrTooManyRedirects, fetch.ErrRefused,
	} {
		s := seen(t)
		s.err = err
		if o := decide(s); o.Removal != state.Keep || o.State != state.Failed || !o.Due.After(noon) {
			t.Errorf("%v: %s", err, told(o))
		}
	}
}

// A page that says when it goes has to be read in full on that day: a 304 would keep it for ever.
func TestAPageThatSaysWhenItGoesIsReadAgainThen(t *testing.T) {
	s := seen(t)
	if o := decide(s); o.ETag == "" || o.BodyHash == "" {
		t.Errorf("an ordinary page has no validators: %+v", o)
	}
	s.ext.Robots.UnavailableAfter = noon.Add(36 * time.Hour)
	o := decide(s)
	if o.ETag != "" || o.LastModified != "" || o.BodyHash != "" || !o.Due.Equal(s.ext.Robots.UnavailableAfter) {
		t.Errorf("due %s, ETag %q, %d bytes of hash", o.Due, o.ETag, len(o.BodyHash))
	}
	s.ext.Robots.UnavailableAfter = noon.Add(365 * 24 * time.Hour)
	if o := decide(s); !o.Due.Before(noon.Add(pageMost)) {
		t.Errorf("due %s", o.Due)
	}
}

func TestTheRulesOfAHeaderAreRememberedForThe304(t *testing.T) {
	s := seen(t)
	s.page.Header.Set("X-Robots-Tag", "max-snippet:50")
	s.page.Header.Set("Tdm-Reservation", "1")
	o := decide(s)
	if o.Detail != "X-Robots-Tag: max-snippet:50; Tdm-Reservation: 1" {
		t.Errorf("detail %q", o.Detail)
	}
	s.row.Detail, s.page.Status, s.page.NotModified = o.Detail, 304, true
	if o := decide(s); o.State != state.OK || o.Detail != s.row.Detail {
		t.Errorf("after the 304: %s, detail %q", told(o), o.Detail)
	}
}

func TestNoFollowKeepsLinksOut(t *testing.T) {
	s := seen(t)
	s.links = []state.Found{{URL: "https://a.example/b"}}
	if o := decide(s); len(o.Links) != 1 {
		t.Errorf("%d links, want 1", len(o.Links))
	}
	s.ext.Robots.NoFollow = true
	if o := decide(s); len(o.Links) != 0 {
		t.Errorf("%d links of a nofollow page, want none", len(o.Links))
	}
	s.ext.Robots.NoFollow, s.ext.Robots.NoIndex = false, true
	if o := decide(s); len(o.Links) != 1 {
		t.Errorf("%d links of a noindex page, want 1", len(o.Links))
	}
}

func TestMetadataPolicyKeepsNoBody(t *testing.T) {
	s := seen(t)
	if decide(s).Body == nil {
		t.Error("no body of an indexed source is kept")
	}
	s.scope.Policy = partners.Metadata
	if decide(s).Body != nil {
		t.Error("a body of a metadata source is kept")
	}
}

// The rules of a list that came with its page come again with every 304, which is no mistake of the server then.
func TestRulesOfAnAnswerStayWithItsRow(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(s *sight)
	}{
		{"a document", func(*sight) {}},
		{"a list", func(s *sight) { s.list = true }},
		{"the same bytes over a row without rules", func(s *sight) { s.read, s.row.Detail = false, "" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := seen(t)
			s.page.Header.Set("X-Robots-Tag", "max-snippet:120")
			tt.make(&s)
			first := decide(s)
			if want := "X-Robots-Tag: max-snippet:120"; first.Detail != want {
				t.Fatalf("detail %q, want %q", first.Detail, want)
			}
			s.row.State, s.row.Reason, s.row.Detail = first.State, first.Reason, first.Detail
			s.page.Status, s.page.NotModified = 304, true
			if next := decide(s); next.State != state.OK || !next.NotModified {
				t.Errorf("304 with the same rules: %s %s", next.State, next.Reason)
			}
		})
	}
}
