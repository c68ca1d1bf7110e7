package crawler_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/state"
)

func TestABlockMeansTheAddressInWhateverFormItIsWritten(t *testing.T) {
	r := load(t, `sources:
  - {id: a, name: A, sector: fond, policy: index, home: "https://www.småbørn.example/", aliases: [gammel.example], drop_params: [b]}
`)
	tests := map[string]string{
		"https://www.xn--smbrn-nra8k.example/side":     "https://www.xn--smbrn-nra8k.example/side",
		"http://småbørn.example/side?utm_source=x#top": "https://www.xn--smbrn-nra8k.example/side",
		"  www.småbørn.example/side?b=2 ":              "https://www.xn--smbrn-nra8k.example/side",
		"https://gammel.example/side":                  "https://www.xn--smbrn-nra8k.example/side",
		"Småbørn.example":                              "xn--smbrn-nra8k.example",
		"www.småbørn.example":                          "xn--smbrn-nra8k.example",
		"http://andre.example:80/a/../b":               "http://andre.example/b",
		"https://www.xn--smbrn-nra8k.example/":         "https://www.xn--smbrn-nra8k.example/",
		"mailto:a@b.example":                           "",
		"":                                             "",
		"to ord":                                       "",
		"ftp://småbørn.example/side":                   "",
		"javascript:alert(1)":                          "",
		"https://www.xn--smbrn-nra8k.example/" + strings.Repeat("a", 1<<16): "",
	}
	for what, want := range tests {
		s := openState(t)
		d, err := crawler.NewDesk(r, s, &fakeClock{now: t0})
		if err != nil {
			t.Fatal(err)
		}
		taken, err := d.Block(t.Context(), what, "bedt om")
		if want == "" {
			if !errors.Is(err, state.ErrEntry) {
				t.Errorf("Block(%.80q) = %+v, %v, want ErrEntry", what, taken, err)
			}
			continue
		}
		if err != nil || taken.Entry != want {
			t.Errorf("Block(%q) = %q, %v, want %q", what, taken.Entry, err, want)
		}
		if err := d.Unblock(t.Context(), what); err != nil {
			t.Errorf("Unblock(%q): %v", what, err)
		}
	}
}

func TestABlockTellsWhatWentAndWhatStays(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/x", "/kopi", "/flyttet")
	w.page("a.example", "/x", "Artikel om x")
	w.page("a.example", "/kopi", "Artikel om x")
	w.set("a.example", "/flyttet", answer{status: 301, header: map[string]string{"Location": "/x"}})
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	d, err := crawler.NewDesk(o.Register, s, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := d.Block(t.Context(), "http://a.example/flyttet", "gammel")
	if err != nil || moved.Documents != 0 || moved.LeadsTo != "http://a.example/x" && moved.LeadsTo != "http://a.example/kopi" {
		t.Errorf("block of a redirect: %+v, %v", moved, err)
	}
	taken, err := d.Block(t.Context(), "a.example/x", "bedt om")
	if err != nil || taken.Documents != 1 || len(taken.Along) != 1 {
		t.Errorf("block of a page with a copy: %+v, %v", taken, err)
	}
	w.clock.advance(48 * time.Hour)
	crawl(t, o)
	if docs := documents(t, s); len(docs) != 1 {
		t.Errorf("%d documents after the next crawl, want the front page alone: %v", len(docs), docs)
	}
}

func TestAPausedSourceIsLeftAloneFromTheNextRequestOn(t *testing.T) {
	w := newWorld(t)
	w.site("a.example", 40)
	w.page("b.example", "/", "En anden partner")
	s := openState(t)
	o := w.options(s, register(t, "a.example", "b.example"))
	d, err := crawler.NewDesk(o.Register, s, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Pause(t.Context(), "c", ""); !errors.Is(err, crawler.ErrNoSource) {
		t.Errorf("Pause of nobody: %v, want ErrNoSource", err)
	}
	asked := 0
	w.under(func() {
		w.hook = func(host, path string) {
			if host != "a.example" {
				return
			}
			if asked++; asked == 10 {
				if err := d.Pause(context.Background(), "a", "de flytter server"); err != nil {
					t.Error(err)
				}
			}
		}
	})
	rep := crawl(t, o)
	if asked != 10 || rep.Sources[1].Indexed != 1 {
		t.Errorf("%d requests to the paused source, want 10; the other has %d documents, want 1", asked, rep.Sources[1].Indexed)
	}
	if notes := strings.Join(rep.Sources[0].Notes, " "); !strings.Contains(notes, "sat på pause 2026-11-22: de flytter server") {
		t.Errorf("notes %q", notes)
	}
	kept := rep.Sources[0].Indexed
	w.clock.advance(48 * time.Hour)
	if rep = crawl(t, o); asked != 10 || rep.Sources[0].Indexed != kept {
		t.Errorf("in the next run %d requests, %d documents, want 10 and %d", asked, rep.Sources[0].Indexed, kept)
	}
	named := o
	named.Sources = []string{"a"}
	if _, err := crawler.New(named); !errors.Is(err, crawler.ErrPaused) {
		t.Errorf("crawl of a paused source: %v, want ErrPaused", err)
	}
	if err := d.Resume(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if rep = crawl(t, o); rep.Sources[0].Indexed != 41 {
		t.Errorf("%d documents after Resume, want 41", rep.Sources[0].Indexed)
	}
}

// stillClock is a clock that stands still in the long sleeps of a watch, and tells of them.
type stillClock struct {
	*fakeClock
	asleep chan struct{}
}

func (c stillClock) After(d time.Duration) <-chan time.Time {
	if d < time.Minute {
		return c.fakeClock.After(d)
	}
	c.asleep <- struct{}{}
	return nil
}

func TestAWatchGoesOnAtOnceWhenASourceIsResumed(t *testing.T) {
	w := newWorld(t)
	w.site("a.example", 5)
	w.page("b.example", "/", "En anden partner")
	s := openState(t)
	o := w.options(s, register(t, "a.example", "b.example"))
	clock := stillClock{fakeClock: w.clock, asleep: make(chan struct{}, 10)}
	o.Clock, o.Revisit = clock, crawler.Due
	d, err := crawler.NewDesk(o.Register, s, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Pause(t.Context(), "a", "de flytter server"); err != nil {
		t.Fatal(err)
	}
	c, err := crawler.New(o)
	if err != nil {
		t.Fatal(err)
	}
	reports := make(chan crawler.Report, 10)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- c.Watch(ctx, func(r crawler.Report) { reports <- r }) }()
	if r := <-reports; r.Sources[0].Indexed != 0 {
		t.Errorf("%d documents of a paused source", r.Sources[0].Indexed)
	}
	<-clock.asleep
	clock.advance(2 * time.Minute) // the watch's next look would be in a quarter of an hour
	if err := d.Resume(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	select {
	case r := <-reports:
		if r.Sources[0].Indexed != 6 {
			t.Errorf("%d documents after Resume, want 6", r.Sources[0].Indexed)
		}
	case <-ctx.Done():
		t.Error("the watch slept on after Resume")
	}
	stop()
	<-ended
}
