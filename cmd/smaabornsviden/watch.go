package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"strconv"
	"sync"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/state"
)

// watcher turns the events of a crawl into progress on the terminal.
type watcher struct {
	progress *progress
	names    map[string]string

	mu      sync.Mutex // guards the fields below
	order   []string
	sources map[string]*following
}

// following is what is known of one source during a crawl.
type following struct {
	began, last time.Time
	visited     int
	done, left  int
	note        string
}

func newWatcher(w io.Writer, names map[string]string) *watcher {
	return &watcher{progress: newProgress(w), names: names, sources: map[string]*following{}}
}

// event takes in one event; it is what crawler.Options.Progress wants.
func (w *watcher) event(e crawler.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.sources[e.Source]
	now := time.Now()
	if f == nil {
		f = &following{began: now}
		w.sources[e.Source] = f
		w.order = append(w.order, e.Source)
	}
	f.done, f.left, f.last = e.Done, e.Left, now
	switch e.Kind {
	case crawler.Visited:
		f.visited++
		f.note = ""
	case crawler.Aside:
		f.note = e.Note
	}
}

func (w *watcher) bars(over bool) []bar {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]bar, 0, len(w.order))
	for _, id := range w.order {
		f := w.sources[id]
		b := bar{name: cmp.Or(w.names[id], id), done: f.done, left: f.left, note: f.note, over: over || f.left == 0}
		if seconds := f.last.Sub(f.began).Seconds(); seconds > 0 {
			b.rate = float64(f.visited) / seconds
		}
		out = append(out, b)
	}
	return out
}

// redraw is how often bars are drawn on a terminal.
const redraw = 200 * time.Millisecond

// show draws until stop is closed, and then once more.
func (w *watcher) show(stop <-chan struct{}) {
	tick := time.NewTicker(redraw)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			w.progress.show(w.bars(false), now)
		case <-stop:
			w.progress.finish(w.bars(true))
			return
		}
	}
}

// printReport writes the table of a crawl: a row per source that has anything to tell.
func printReport(w io.Writer, r crawler.Report) {
	rows := [][]string{{"source", "found", "fetched", "unchanged", "indexed", "errors", "bytes", "seconds", "not taken, by reason"}}
	for _, s := range r.Sources {
		if s.Found == 0 && s.Fetched == 0 {
			continue
		}
		rows = append(rows, []string{
			s.ID, strconv.Itoa(s.Found), strconv.Itoa(s.Fetched), strconv.Itoa(s.Unchanged), strconv.Itoa(s.Indexed),
			strconv.Itoa(sum(s.Errors)), size(s.Bytes), strconv.FormatFloat(s.Seconds, 'f', 1, 64), taken(s),
		})
	}
	table(w, rows)
	for _, s := range r.Sources {
		for _, note := range s.Notes {
			fmt.Fprintf(w, "%s: %s\n", s.ID, note)
		}
		if s.Held > 0 {
			fmt.Fprintf(w, "%s: %d removals are held for a person; crawl -force lets them pass\n", s.ID, s.Held)
		}
	}
}

func taken(s crawler.SourceReport) string {
	out := counted(words(s.Refused))
	if len(s.Errors) > 0 {
		out += "; errors: " + counted(words(s.Errors))
	}
	if s.Left > 0 {
		out += fmt.Sprintf("; %d left for the next crawl", s.Left)
	}
	return out
}

func words(counts map[state.Reason]int) map[string]int {
	out := map[string]int{}
	for reason, n := range counts {
		out[string(reason)] = n
	}
	return out
}

func sum(counts map[state.Reason]int) int {
	n := 0
	for c := range maps.Values(counts) {
		n += c
	}
	return n
}
