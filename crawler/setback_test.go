package crawler_test

import (
	"bytes"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/state"
)

// TestAClockThatIsSetBackLosesNothing crawls under a clock that runs ten years ahead and again once it is put right: that
// is told, what is known stays, pages are visited when their interval has passed and not in ten years, what was found and
// not visited yet is visited, and a page that was missing needs two looks a day apart by the right clock.
func TestAClockThatIsSetBackLosesNothing(t *testing.T) {
	const ahead = 10 * 365 * 24 * time.Hour
	w := newWorld(t)
	w.page("a.example", "/", "Forsiden", "/leg", "/sprog", "/borte")
	w.page("a.example", "/leg", "Leg i vuggestuen")
	w.page("a.example", "/sprog", "Sprog i dagplejen")
	w.page("a.example", "/borte", "En side, der forsvinder")
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	o.Revisit = crawler.Due
	crawl(t, o)

	w.clock.advance(ahead)
	w.remove("a.example", "/borte")
	all := o
	all.Revisit = crawler.All
	crawl(t, all)
	w.page("a.example", "/", "Forsiden med nyt", "/leg", "/sprog", "/borte", "/senere")
	w.set("a.example", "/senere", answer{status: 429, header: map[string]string{"Retry-After": "3600"}})
	crawl(t, all)
	before := slices.Sorted(maps.Keys(documents(t, s)))
	if got := standing(t, s, "http://a.example/borte"); got != "missing http-404" {
		t.Fatalf("/borte stands at %q", got)
	}
	w.take()

	w.clock.advance(-ahead + time.Hour)
	w.page("a.example", "/senere", "Det, der kom senere")
	crawl(t, o)
	if !strings.Contains(log.String(), "the clock was set back") || !strings.Contains(log.String(), "by=87") {
		t.Errorf("nobody was told that the clock was set back:\n%s", log.String())
	}
	if after := slices.Sorted(maps.Keys(documents(t, s))); !slices.Equal(before, slices.DeleteFunc(after, func(u string) bool { return strings.HasSuffix(u, "/senere") })) {
		t.Errorf("documents before %q, after %q", before, after)
	}
	w.clock.advance(61 * time.Minute) // what the host asked for
	crawl(t, o)
	if got := standing(t, s, "http://a.example/senere"); got != "ok" {
		t.Errorf("/senere stands at %q", got)
	}
	w.manners(w.take(), crawler.DefaultDelay)
	if got := standing(t, s, "http://a.example/borte"); got != "missing http-404" {
		t.Errorf("/borte stands at %q within a day", got)
	}
	w.clock.advance(25 * time.Hour)
	crawl(t, o)
	w.clock.advance(25 * time.Hour)
	crawl(t, o)
	if got := standing(t, s, "http://a.example/borte"); got != "gone http-404" {
		t.Errorf("/borte stands at %q after two days", got)
	}
	w.take()
	w.clock.advance(91 * 24 * time.Hour)
	crawl(t, o)
	var visited []string
	for _, r := range w.take() {
		visited = append(visited, r.path)
	}
	for _, path := range []string{"/", "/leg", "/sprog", "/senere"} {
		if !slices.Contains(visited, path) {
			t.Errorf("%s was not visited within its longest interval, only %q", path, visited)
		}
	}
}

// TestAClockThatWasLostMovesNothing starts with the clock of a machine whose battery is empty: it is told, and once the
// clock is right everything goes on as if nothing had been.
func TestAClockThatWasLostMovesNothing(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forsiden", "/leg")
	w.page("a.example", "/leg", "Leg i vuggestuen")
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	o.Revisit = crawler.Due
	crawl(t, o)
	due := dueOf(t, s, "http://a.example/leg")
	w.take()
	lost := w.clock.Now().Sub(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	w.clock.advance(-lost)
	crawl(t, o)
	if !strings.Contains(log.String(), "the clock was set back") {
		t.Errorf("nobody was told that the clock was set back:\n%s", log.String())
	}
	if got := dueOf(t, s, "http://a.example/leg"); !got.Equal(due) {
		t.Errorf("/leg is due at %s, was at %s", got, due)
	}
	w.clock.advance(lost)
	crawl(t, o)
	if got := documents(t, s); len(got) != 2 {
		t.Errorf("%d documents, want 2", len(got))
	}
	if got := dueOf(t, s, "http://a.example/leg"); !got.Equal(due) {
		t.Errorf("/leg is due at %s, was at %s", got, due)
	}
}

// TestAClockThatJumpsDuringACrawlLosesNothing sets the clock back by two days in the middle of a crawl.
func TestAClockThatJumpsDuringACrawlLosesNothing(t *testing.T) {
	w := newWorld(t)
	var links []string
	for i := range 20 {
		path := "/side-" + string(rune('a'+i))
		links = append(links, path)
		w.page("a.example", path, "Side "+string(rune('a'+i))+" om leg")
	}
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	o.Revisit = crawler.Due
	w.page("a.example", "/", "Forsiden", "/side-a")
	crawl(t, o)
	w.take()
	w.clock.advance(7 * 24 * time.Hour)
	w.page("a.example", "/", "Forsiden", links...)
	n := 0
	w.hook = func(_, path string) {
		if n++; n == 10 {
			w.clock.advance(-48 * time.Hour)
		}
	}
	crawl(t, o)
	crawl(t, o) // what a host was left aside for
	if got := documents(t, s); len(got) != 21 {
		t.Errorf("%d documents, want 21", len(got))
	}
	seen := map[string]int{}
	for _, r := range w.take() {
		if r.status == 200 {
			if seen[r.path]++; seen[r.path] > 1 {
				t.Errorf("%s was fetched twice", r.path)
			}
		}
	}
}

func dueOf(t *testing.T, s *state.Store, url string) time.Time {
	t.Helper()
	u, err := s.URL(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return u.Due
}
