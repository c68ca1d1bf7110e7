package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"smaabornsviden/crawler/hell"
	"smaabornsviden/crawler/state"
	"smaabornsviden/index"
)

// restless is a partner whose pages change from one chapter to the next, and whose server fails now and then.
type restless struct {
	*httptest.Server

	mu       sync.Mutex // guards what follows
	chapter  int
	faults   *rand.Rand // nil: none
	requests int
	after    func(n int) // called with the number of each request, outside mu
}

const restlessPages = 60

func serveRestless(t *testing.T) *restless {
	t.Helper()
	s := &restless{chapter: 1}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *restless) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// fault says what goes wrong with a request: nothing 99 times of 100.
func (s *restless) fault() int {
	if s.faults == nil || s.faults.IntN(100) > 0 {
		return 0
	}
	return 1 + s.faults.IntN(3)
}

func (s *restless) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	n, after, chapter, fault := s.requests, s.after, s.chapter, s.fault()
	s.mu.Unlock()
	if after != nil {
		after(n)
	}
	switch fault {
	case 1:
		http.Error(w, "fejl", http.StatusInternalServerError)
		return
	case 2:
		panic(http.ErrAbortHandler) // the connection breaks before the answer
	case 3:
		w.Header().Set("Content-Length", "50000")
		_, _ = io.WriteString(w, hell.Article("Afbrudt")) // and here in the middle of it
		return
	}
	status, target, text := restlessPage(r.URL.Path, chapter)
	switch {
	case target != "":
		http.Redirect(w, r, target, status)
	case status != http.StatusOK:
		http.Error(w, "væk", status)
	default:
		tag := fnv.New64a()
		_, _ = io.WriteString(tag, text)
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, tag.Sum64()))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
	}
}

// restlessPage is what the site has at a path in a chapter: articles that are edited, moved and taken away, copies, print
// views, redirects, and pages that never were.
func restlessPage(path string, chapter int) (status int, target, text string) {
	var n int
	if path == "/" {
		var links []string
		for i := range restlessPages {
			links = append(links, fmt.Sprintf("/artikel-%s", letters(i)))
			if i%6 == 0 {
				links = append(links, "/kopi-"+letters(i), "/udskriv-"+letters(i), "/gammel-"+letters(i), "/intet-"+letters(i))
			}
		}
		return http.StatusOK, "", hell.Article("Forsiden", links...)
	}
	kind, name, _ := strings.Cut(strings.TrimPrefix(path, "/"), "-")
	if n = number(name); n < 0 {
		return http.StatusNotFound, "", ""
	}
	title := "Artikel om " + name
	if n%5 == chapter {
		title += fmt.Sprintf(" i udgave %d", chapter) // edited in this chapter, and back again in the next
	}
	article := hell.Article(title, "/intet-"+name, "/artikel-"+letters((n+7)%restlessPages))
	moved, gone := n%11 == 3 && chapter > 1, n%13 == 5 && chapter > 2
	switch {
	case kind == "artikel" && gone:
		return http.StatusGone, "", ""
	case kind == "artikel" && moved:
		return http.StatusMovedPermanently, "/flyttet-" + name, ""
	case kind == "artikel", kind == "kopi" && !moved && !gone, kind == "flyttet" && moved:
		return http.StatusOK, "", article
	case kind == "udskriv":
		return http.StatusOK, "", strings.Replace(article, "<head>", `<head><link rel="canonical" href="/artikel-`+name+`">`, 1)
	case kind == "gammel":
		return http.StatusFound, "/artikel-" + name, ""
	}
	return http.StatusNotFound, "", ""
}

// letters spells a number, so that addresses are no pattern; number reads it back, -1 for what is none.
func letters(n int) string { return string([]byte{'a' + byte(n/8), 'k' + byte(n%8)}) }

func number(name string) int {
	if len(name) != 2 || name[0] < 'a' || name[1] < 'k' || name[1] > 'r' {
		return -1
	}
	if n := int(name[0]-'a')*8 + int(name[1]-'k'); n < restlessPages {
		return n
	}
	return -1
}

// kills is how many kills the test makes: few, unless SMAABORNSVIDEN_LONG asks for all.
func kills() int {
	if os.Getenv("SMAABORNSVIDEN_LONG") != "" {
		return 50
	}
	return 6
}

// TestAKilledCrawlHasTheIndexOfAnUndisturbedOne lets the program crawl a site over three chapters of its life, once in
// peace and once with SIGKILL at random moments while one request in a hundred fails. Stored documents and the content
// of the index are the same after each chapter.
func TestAKilledCrawlHasTheIndexOfAnUndisturbedOne(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program again and again")
	}
	const chapters = 3
	seed := uint64(20261122)
	random := rand.New(rand.NewPCG(seed, 1))
	site := serveRestless(t)
	dir := t.TempDir()
	register := filepath.Join(dir, "site.yaml")
	write(t, register, fmt.Sprintf("sources:\n  - {id: urolig, name: Urolig, sector: kommune, policy: index, home: %q, list: [/]}\n", site.URL+"/"))
	program := binary(t)
	host, err := url.Parse(site.URL)
	if err != nil {
		t.Fatal(err)
	}
	crawl := func(data string) *exec.Cmd {
		return exec.CommandContext(t.Context(), program, "crawl", "-all", "-data", data, "-partners", register, "-allow-loopback", host.Host, "-delay", "0s", "-patience", "1s", "-log", "error")
	}
	calm, rough := filepath.Join(dir, "calm"), filepath.Join(dir, "rough")
	killed := 0
	for chapter := 1; chapter <= chapters; chapter++ {
		site.set(func() { site.chapter, site.faults = chapter, nil })
		settle(t, crawl, calm)
		site.set(func() { site.faults = rand.New(rand.NewPCG(seed, uint64(chapter)+1)) })
		for killed < kills()*chapter/chapters {
			killed += killOnce(t, site, crawl(rough), random)
		}
		site.set(func() { site.faults = nil })
		settle(t, crawl, rough)
		if a, b := fingerprint(t, calm), fingerprint(t, rough); a != b {
			t.Errorf("chapter %d, after %d kills: other documents are stored\n%s", chapter, killed, difference(stored(t, calm), stored(t, rough)))
		}
		if a, b := indexContent(t, calm), indexContent(t, rough); a != b {
			t.Errorf("chapter %d, after %d kills: the index has another content\n%s", chapter, killed, lineDifference(a, b))
		}
	}
	content := indexContent(t, rough)
	if len(stored(t, rough)) < restlessPages/2 || !strings.Contains(content, "sprog: ") {
		t.Errorf("there was little to compare:\n%.2000s", content)
	}
	t.Logf("%d kills, %d requests, %d documents", killed, site.requests, len(stored(t, rough)))
}

// settle crawls in peace until a crawl has nothing left to do over.
func settle(t *testing.T, crawl func(string) *exec.Cmd, data string) {
	t.Helper()
	for range 2 { // what failed and what was being moved when the last kill came is looked at once more
		if out, err := crawl(data).CombinedOutput(); err != nil {
			t.Fatalf("crawl: %v\n%s", err, out)
		}
	}
}

// killOnce kills a crawl after some requests, or after some time, which may be while it starts or ends. It returns 1 when
// the crawl had not ended before.
func killOnce(t *testing.T, site *restless, cmd *exec.Cmd, random *rand.Rand) int {
	t.Helper()
	now := make(chan struct{})
	var once sync.Once
	fire := func() { once.Do(func() { close(now) }) }
	first := 0
	site.set(func() { first, site.after = site.requests, nil })
	if random.IntN(2) == 0 {
		wanted := 1 + random.IntN(40)
		site.set(func() {
			site.after = func(n int) {
				if n-first >= wanted {
					fire()
				}
			}
		})
		time.AfterFunc(20*time.Second, fire) // a crawl with fewer requests has ended long before
	} else {
		time.AfterFunc(time.Duration(random.IntN(1200))*time.Millisecond, fire)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatalf("crawl ended by itself: %v", err)
		}
		return 0
	case <-now:
	}
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		return 0
	}
	return 1
}

// indexContent writes down everything that the index of a data folder answers with: its documents, the terms of every
// field with their counts, and hits with their scores.
func indexContent(t *testing.T, data string) string {
	t.Helper()
	n, err := openNode(t.Context(), inFolder(data), "status", purposeAny, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	var out strings.Builder
	ids := map[string]bool{}
	for after := ""; ; {
		docs, err := n.state.Documents(t.Context(), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) == 0 {
			break
		}
		for _, d := range docs {
			after, ids[d.ID] = d.ID, true
			got, err := n.index.Document(t.Context(), d.ID)
			if err != nil {
				t.Errorf("%s is stored and not in the index: %v", d.URL, err)
				continue
			}
			matter, err := state.Matter(got)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "document %s %s %s\n", d.ID, d.URL, hex.EncodeToString(matter))
		}
	}
	stats, err := n.index.Stats(t.Context())
	if err != nil || stats.Documents != len(ids) {
		t.Errorf("%d documents in the index, %d stored; %v", stats.Documents, len(ids), err)
	}
	for _, f := range index.Fields {
		terms, err := n.index.Terms(t.Context(), f, "", 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(terms)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "terms of field %v: %d %x\n", f, len(terms), sha256.Sum256(text))
	}
	for _, word := range []string{"leg", "sprog", "tryghed", "udgave", "vuggestue"} {
		page, err := n.index.Search(t.Context(), index.Plan{Groups: []index.Group{{Occur: index.Must, Alts: []index.Alt{{Field: index.Lemma, Terms: []string{word}, Weight: 1}}}}, Size: 100})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s: %d", word, page.Total)
		for _, h := range page.Hits {
			fmt.Fprintf(&out, " %s=%.6f", h.Doc.ID, h.Score)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// difference names the documents that one folder has and the other has not, or not so.
func difference(a, b map[string]index.Document) string {
	var out []string
	for address, d := range a {
		switch other, ok := b[address]; {
		case !ok:
			out = append(out, "only in peace: "+address)
		case other.ID != d.ID || other.Title != d.Title || !slices.Equal(other.AltURLs, d.AltURLs):
			out = append(out, fmt.Sprintf("%s: %s %q %v in peace, %s %q %v after kills", address, d.ID, d.Title, d.AltURLs, other.ID, other.Title, other.AltURLs))
		}
	}
	for address := range b {
		if _, ok := a[address]; !ok {
			out = append(out, "only after kills: "+address)
		}
	}
	return strings.Join(out, "\n")
}

func lineDifference(a, b string) string {
	var out []string
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for _, line := range as {
		if !slices.Contains(bs, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range bs {
		if !slices.Contains(as, line) {
			out = append(out, "+ "+line)
		}
	}
	return strings.Join(out, "\n")
}
