package crawler_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/state"
)

const tdmrep = "/.well-known/tdmrep.json"

// TestAReservationForAHostTakesEffectWithinOneCrawl lets a site reserve some of its pages by a file, then others, then
// none, while its pages stay as they are and are answered with 304.
func TestAReservationForAHostTakesEffectWithinOneCrawl(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forsiden", "/viden/leg", "/viden/sprog", "/nyt", "/viden/fri", "/egen", "/blad.pdf")
	w.page("a.example", "/viden/leg", "Leg i vuggestuen")
	w.page("a.example", "/viden/sprog", "Sprog i dagplejen")
	w.page("a.example", "/nyt", "Nyt fra os")
	w.set("a.example", "/blad.pdf", answer{body: onePage("Et blad om leg og sprog for de mindste."), etag: true, header: map[string]string{"Content-Type": "application/pdf"}})
	w.set("a.example", "/viden/fri", answer{body: article("Til fri brug"), etag: true, header: map[string]string{"tdm-reservation": "0"}})
	w.set("a.example", "/egen", answer{body: article("En side med sit eget forbehold"), etag: true, header: map[string]string{"tdm-reservation": "1"}})
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	for _, step := range []struct {
		name string
		file answer
		want string // the paths of the reserved documents
	}{
		{"no file", answer{status: 404}, "/egen"},
		{"some pages", answer{body: `[{"location": "/viden/", "tdm-reservation": 1}]`}, "/egen /viden/leg /viden/sprog"},
		{"nothing new", answer{body: `[{"location": "/viden/", "tdm-reservation": 1}]`}, "/egen /viden/leg /viden/sprog"},
		{"a server that fails takes nothing back", answer{status: 503}, "/egen /viden/leg /viden/sprog"},
		{"other pages", answer{body: `[{"location": "/nyt$", "tdm-reservation": 1}]`}, "/egen /nyt"},
		{"everything", answer{body: `[{"location": "/", "tdm-reservation": 1}]`}, "/ /blad.pdf /egen /nyt /viden/leg /viden/sprog"},
		{"a page instead of the file", answer{body: "<title>Siden findes ikke</title>"}, "/egen"},
		{"everything again", answer{body: `[{"location": "/", "tdm-reservation": "1"}]`}, "/ /blad.pdf /egen /nyt /viden/leg /viden/sprog"},
		{"the file is gone", answer{status: 410}, "/egen"},
	} {
		w.set("a.example", tdmrep, step.file)
		w.clock.advance(25 * time.Hour)
		crawl(t, o)
		if got := reserved(t, s); got != step.want {
			t.Errorf("%s: reserved are %q, want %q", step.name, got, step.want)
		}
		w.manners(w.take(), crawler.DefaultDelay)
	}
}

func reserved(t *testing.T, s *state.Store) string {
	t.Helper()
	var paths []string
	for address, d := range documents(t, s) {
		if d.TDMReserved {
			paths = append(paths, strings.TrimPrefix(address, "http://a.example"))
		}
	}
	slices.Sort(paths)
	return strings.Join(paths, " ")
}

// TestRobotsForbidsTheFileOfReservationsToo: what may not be asked for says nothing.
func TestRobotsForbidsTheFileOfReservationsToo(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forsiden")
	w.set("a.example", "/robots.txt", answer{body: "User-agent: *\nDisallow: /.well-known/\n", header: map[string]string{"Content-Type": "text/plain"}})
	w.set("a.example", tdmrep, answer{body: `[{"location": "/", "tdm-reservation": 1}]`})
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	if got := reserved(t, s); got != "" {
		t.Errorf("reserved are %q", got)
	}
	w.manners(w.take(), crawler.DefaultDelay, "a.example/.well-known")
}
