package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"smaabornsviden/crawler/hell"
)

// madeSite has so many pages of its own text as it is asked to have, each leading to the next ones, with ETags.
type madeSite struct {
	*httptest.Server
	pages int

	mu     sync.Mutex // guards what follows
	asked  map[string]int
	double int   // pages sent whole more than once since forget
	whole  int   // answers with a body
	bytes  int64 // of them
}

func serveMade(b *testing.B, pages int) *madeSite {
	b.Helper()
	s := &madeSite{pages: pages, asked: map[string]int{}}
	s.Server = httptest.NewServer(s)
	b.Cleanup(s.Close)
	return s
}

func (s *madeSite) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked, s.double, s.whole, s.bytes = map[string]int{}, 0, 0, 0
}

func (s *madeSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/side-")
	n, err := strconv.ParseUint(name, 36, 32)
	if r.URL.Path == "/" {
		n, err = 0, nil
	}
	if err != nil || int(n) > s.pages {
		http.NotFound(w, r)
		return
	}
	tag := fnv.New64a()
	_, _ = io.WriteString(tag, name)
	etag := fmt.Sprintf(`"%x"`, tag.Sum64())
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var links []string
	for i := range 20 { // a menu that all pages share, and what comes next
		links = append(links, "/side-"+strconv.FormatInt(int64(1+i), 36), "/side-"+strconv.FormatInt(min(int64(n)+int64(i)+1, int64(s.pages)), 36))
	}
	text := hell.Article("Artikel "+name+" om hverdagen", links...)
	s.mu.Lock()
	if s.asked[name]++; s.asked[name] > 1 {
		s.double++
	}
	s.whole++
	s.bytes += int64(len(text))
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, text) // a crawler that has had enough is its own affair
}

// crawl runs the program over the site and returns what it used.
func (s *madeSite) crawl(b *testing.B, program, data string) (peak peakMemory, cpu time.Duration) {
	b.Helper()
	register := filepath.Join(b.TempDir(), "made.yaml")
	write(b, register, fmt.Sprintf("sources:\n  - {id: lavet, name: Lavet, sector: kommune, policy: index, home: %q}\n", s.URL+"/"))
	u, err := url.Parse(s.URL)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(program, "crawl", "-all", "-data", data, "-partners", register, "-allow-loopback", u.Host, "-delay", "0s", "-log", "error")
	peak, _ = runMeasured(b, cmd)
	return peak, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// BenchmarkSecondCrawl crawls a site twice with the program and holds the second crawl, in which every page answers 304,
// against the first one. When it was written: no page fetched twice, no body the second time, 0.074 of the first crawl's
// processor time, 0.063 without what the program costs that does nothing.
//
//	go test ./cmd/smaabornsviden -run xxx -bench SecondCrawl -benchtime 1x
func BenchmarkSecondCrawl(b *testing.B) {
	program := binary(b)
	site := serveMade(b, 2500)
	var first, second, start time.Duration
	for b.Loop() {
		data := filepath.Join(b.TempDir(), "data")
		site.forget()
		_, cpu := site.crawl(b, program, data)
		first += cpu
		b.ReportMetric(float64(site.double), "duplicate-GETs")
		if site.whole != site.pages+1 {
			b.Errorf("%d pages were sent, want %d", site.whole, site.pages+1)
		}
		site.forget()
		_, cpu = site.crawl(b, program, data)
		second += cpu
		b.ReportMetric(float64(site.whole), "second-bodies")
		idle := exec.Command(program, "status", "-data", data) // what the program costs that does nothing
		runMeasured(b, idle)
		start += idle.ProcessState.UserTime() + idle.ProcessState.SystemTime()
	}
	b.ReportMetric(float64(second)/float64(first), "second/first-cpu")
	b.ReportMetric(float64(second-start)/float64(first-start), "without-start")
	b.ReportMetric(first.Seconds()*1000/float64(b.N*site.pages), "first-cpu-ms/page")
	b.ReportMetric(second.Seconds()*1000/float64(b.N*site.pages), "second-cpu-ms/page")
}

// BenchmarkMemoryOverTenTimesThePages crawls a site and one ten times as large, and reports the peak of each, with and
// without the mapped files of program and index, which the system takes back when it needs the room: 166 and 203 MB, 121
// and 128 MB without. The live heap is 40 to 60 MB at either size. What grew before was not the crawl but its end, when
// copies are looked for, and the caches of the state's connections.
//
//	go test ./cmd/smaabornsviden -run xxx -bench MemoryOver -benchtime 1x
func BenchmarkMemoryOverTenTimesThePages(b *testing.B) {
	program := binary(b)
	for b.Loop() {
		for _, pages := range []int{1000, 10_000} {
			site := serveMade(b, pages)
			peak, _ := site.crawl(b, program, filepath.Join(b.TempDir(), "data"))
			b.ReportMetric(float64(peak.own>>20), fmt.Sprintf("MB-at-%d", pages))
			b.ReportMetric(float64(peak.anon>>20), fmt.Sprintf("MB-of-no-file-at-%d", pages))
			site.Close()
		}
	}
}
