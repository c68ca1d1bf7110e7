package crawler_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// shelf is an index that only keeps; the methods that drain does not call are those of the nil Engine.
type shelf struct {
	index.Engine
	mu      sync.Mutex
	docs    map[string]string // title by id
	seq     uint64
	batches int
	fail    error // of the next Apply, which then changes nothing
}

func (s *shelf) Apply(_ context.Context, b index.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fail; err != nil {
		s.fail = nil
		return err
	}
	if s.docs == nil {
		s.docs = map[string]string{}
	}
	for _, d := range b.Puts {
		s.docs[d.ID] = d.Title
	}
	for _, id := range b.Deletes {
		delete(s.docs, id)
	}
	s.seq, s.batches = b.Seq, s.batches+1
	return nil
}

func (s *shelf) Checkpoint(context.Context) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq, nil
}

func (s *shelf) titles() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Values(s.docs))
}

func storedTitles(t *testing.T, s *state.Store) []string {
	t.Helper()
	var titles []string
	for _, d := range documents(t, s) {
		titles = append(titles, d.Title)
	}
	slices.Sort(titles)
	return titles
}

func drain(t *testing.T, s *state.Store, e index.Engine) int {
	t.Helper()
	n, err := crawler.Drain(t.Context(), s, e)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDrainBringsAnIndexUpToDate(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	var kept shelf
	if n := drain(t, s, &kept); n != 6 {
		t.Errorf("%d changes, want 6", n)
	}
	if n := drain(t, s, &kept); n != 0 {
		t.Errorf("%d changes the second time", n)
	}

	w.set("kommune.example", "/sundhedspleje", answer{status: 410})
	w.page("kommune.example", "/dagtilbud", "Overgange, ny udgave", "/")
	w.clock.advance(time.Hour)
	crawl(t, o)
	kept.fail = errors.New("disk on fire")
	if _, err := crawler.Drain(t.Context(), s, &kept); err == nil {
		t.Fatal("an error of the index was swallowed")
	}
	if n := drain(t, s, &kept); n != 2 {
		t.Errorf("%d changes after the second crawl, want 2", n)
	}
	var wiped shelf
	drain(t, s, &wiped)
	if diff := cmp.Diff(storedTitles(t, s), kept.titles()); diff != "" {
		t.Errorf("incremental index (-stored +indexed):\n%s", diff)
	}
	if diff := cmp.Diff(storedTitles(t, s), wiped.titles()); diff != "" {
		t.Errorf("index from nothing (-stored +indexed):\n%s", diff)
	}
}

func TestDrainRefusesAnIndexThatKnowsMore(t *testing.T) {
	ahead := shelf{seq: 99, docs: map[string]string{"a": "kept"}}
	if _, err := crawler.Drain(t.Context(), openState(t), &ahead); !errors.Is(err, crawler.ErrIndexAhead) {
		t.Errorf("Drain = %v, want ErrIndexAhead", err)
	}
	if len(ahead.docs) != 1 {
		t.Error("the index was emptied")
	}
}

func TestFeedIndexesDuringTheCrawl(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	var kept shelf
	ctx, stop := context.WithCancel(t.Context())
	fed := make(chan error, 1)
	go func() { fed <- crawler.Feed(ctx, s, &kept, w.clock, time.Second, time.Minute) }()
	crawl(t, w.options(s, register(t, "kommune.example", "tidsskrift.example")))
	stop()
	if err := <-fed; !errors.Is(err, context.Canceled) {
		t.Errorf("Feed = %v", err)
	}
	if diff := cmp.Diff(storedTitles(t, s), kept.titles()); diff != "" {
		t.Errorf("index after the feed ended (-stored +indexed):\n%s", diff)
	}
}

func TestWatchVisitsPagesWhenTheyAreDue(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	runs, _ := w.watch(o, 60*24*time.Hour)
	visits := map[string]int{}
	for _, r := range w.take() {
		visits[r.path]++
	}
	// After five days, then at longer and longer intervals: on about days 0, 5, 11, 19, 28, 37 and 48.
	if n := visits["/sundhedspleje"]; n < 5 || n > 8 {
		t.Errorf("a page that never changes was visited %d times in 60 days", n)
	}
	if runs > 300 {
		t.Errorf("%d runs in 60 days", runs)
	}
}

func TestWatchLeavesADeadHostInPeace(t *testing.T) {
	w := twoSites(t)
	s := openState(t)
	o := w.options(s, register(t, "kommune.example", "tidsskrift.example"))
	crawl(t, o)
	w.setDown("kommune.example", true)
	w.take()
	before := fingerprint(t, s)
	w.watch(o, 10*24*time.Hour)
	if n := w.dials["kommune.example"]; n == 0 || n > 10*30 {
		t.Errorf("the dead host was tried %d times in ten days", n)
	}
	if fingerprint(t, s) != before {
		t.Error("documents changed")
	}
	log := w.take()
	w.manners(slices.DeleteFunc(log, func(r request) bool { return r.path == "/robots.txt" }), time.Second)
	if len(log) == 0 {
		t.Error("the living host was not visited")
	}
}
