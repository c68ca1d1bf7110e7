package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/extract"
	"smaabornsviden/index"
	"smaabornsviden/index/bleveindex"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/opensearch"
	"smaabornsviden/index/vocab"
	"smaabornsviden/server"
)

// BenchmarkScale builds an index of real Danish paragraphs put together anew, as command rebuild does, lets changes come in as
// a crawl does, and asks what readers ask with all facets: at 10,000 documents and at each further factor of about three, so that
// one run shows how everything grows. It is for a quiet machine and by hand; deploy/SCALE.md has its figures and the whole command:
//
//	SMAABORNSVIDEN_SCALE=1000000 go test ./cmd/smaabornsviden -run '^$' -bench 'Scale/bleve' -benchtime 1x -timeout 24h
//
// The paragraphs are those of Debian's Danish help pages (SMAABORNSVIDEN_LIBREOFFICE_HELP, SMAABORNSVIDEN_GIMP_HELP). New
// words go on coming as a collection grows (Heaps' law), which repeated text cannot show: each document gets two words of its own.
func BenchmarkScale(b *testing.B) {
	sizes, err := scaleSizes(os.Getenv("SMAABORNSVIDEN_SCALE"))
	if err != nil {
		b.Fatal(err)
	}
	pool := paragraphs(b)
	a, err := danish.New()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("bleve", func(b *testing.B) {
		ix, err := bleveindex.Open(b.TempDir(), bleveindex.Options{Analyzer: a, OnFailure: func(err error) { b.Error(err) }})
		if err != nil {
			b.Fatal(err)
		}
		defer ix.Close()
		climb(b, ix, a, pool, sizes, nil, func() resident { return resident{} })
	})
	b.Run("opensearch", func(b *testing.B) {
		o := opensearch.Options{Analyzer: a, URLs: strings.Split(service(b, "SMAABORNSVIDEN_OPENSEARCH_URL"), ","), Index: "scale", TermsAge: time.Hour, Replace: true}
		ix, err := opensearch.Open(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		defer func() {
			if err := ix.Drop(context.WithoutCancel(b.Context())); err != nil {
				b.Error(err)
			}
			ix.Close()
		}()
		climb(b, ix, a, pool, sizes, func() error { return ix.PublishTerms(b.Context()) }, func() resident { return residentNodes(b, o.URLs[0]) })
	})
}

// paragraphs reads the help pages' paragraphs.
func paragraphs(b *testing.B) []string {
	var pool []string
	for _, variable := range []string{"SMAABORNSVIDEN_LIBREOFFICE_HELP", "SMAABORNSVIDEN_GIMP_HELP"} {
		err := filepath.WalkDir(service(b, variable), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
				return err
			}
			body, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			page, err := extract.HTML(extract.Input{URL: "https://hjaelp.example/" + path, ContentType: "text/html; charset=utf-8", Body: body})
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			for line := range strings.Lines(page.Text) {
				if line = strings.TrimSpace(line); len(line) >= 60 {
					pool = append(pool, line)
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return pool
}

// mixed is the n-th document of a made collection: 6 to 18 paragraphs (about 3 kB), some of them far more frequent than others.
func mixed(n int, pool []string) index.Document {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	pick := func() string { return pool[int(float64(len(pool))*math.Pow(r.Float64(), 1.5))] }
	var body strings.Builder
	for range 6 + r.IntN(13) {
		body.WriteString(pick())
		body.WriteByte('\n')
	}
	fmt.Fprintf(&body, "Navnet %s står her, og %s.\n", madeWord(r), madeWord(r))
	title, _, _ := strings.Cut(pick(), ".")
	sectors, types := index.Choices(index.FacetSector), index.Choices(index.FacetType)
	d := index.Document{
		ID: index.NewID(fmt.Sprintf("https://partner%d.example/%d", n%70, n)), URL: fmt.Sprintf("https://partner%d.example/%d", n%70, n),
		Source: fmt.Sprint("p", n%70), SourceName: fmt.Sprint("Partner ", n%70), Sector: sectors[n%len(sectors)].Slug,
		Title: title, Body: body.String(), Face: true, Format: "html",
	}
	d.Type.Value = types[r.IntN(len(types))].Slug
	d.Lang.Value = "da"
	d.Published = index.Date{Time: time.Date(2000+r.IntN(26), time.Month(1+r.IntN(12)), 1, 0, 0, 0, 0, time.UTC), Precision: index.Month}
	for range r.IntN(4) {
		d.Topics = append(d.Topics, index.Topic{Slug: fmt.Sprint("emne-", r.IntN(24)), Weight: 1})
	}
	if r.IntN(3) > 0 {
		from := 12 * r.IntN(5)
		d.Age = index.AgeSpan{From: from, To: from + 23, Known: true, Certain: true}
	}
	return d
}

func madeWord(r *rand.Rand) string {
	const syllables = "ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to va ve vi vo"
	all := strings.Fields(syllables)
	word := ""
	for range 4 {
		word += all[r.IntN(len(all))]
	}
	return word
}

// scaleQueries are asked of help pages as readers would: one word, several, a compound, a phrase, a mistype, a prefix, filters.
var scaleQueries = []string{
	"q=dokument", "q=billede", "q=tabel", "q=gem+fil", "q=tegn+og+afsnit", "q=sideopsætning", "q=hvordan+indsætter+jeg+et+billede+i+et+dokument",
	"q=%22vælg+kommandoen%22", "q=dokumnet", "q=skrift*", "q=farvevalg+i+lag", "q=celle+formel&type=praksis", "q=udskrift&sort=nyeste",
	"q=regneark+eller+tabel", "q=lag+-maske", "q=menuen+vælg+indstillinger", "q=sidehoved+sidefod", "q=søg+og+erstat", "q=pensel", "q=markering&aar=2020",
}

// climb builds ix at each of the sizes and tells at each step how it does; published is called before searching, and nodes
// tells what other processes have in memory.
func climb(b *testing.B, ix engine, a *danish.Analyzer, pool []string, sizes []int, published func() error, nodes func() resident) {
	words, err := vocab.Default(a)
	if err != nil {
		b.Fatal(err)
	}
	s, err := server.New(server.Options{Engine: ix, Analyzer: a, Vocabulary: words, Timeout: time.Minute})
	if err != nil {
		b.Fatal(err)
	}
	line("%9s %9s %9s %9s %9s %9s %9s %9s %9s %9s %12s %12s", "documents", "rebuild/s", "crawl/s", "batch ms", "bytes/doc", "words s", "p50 ms", "p99 ms", "suggest", "minutes", "program MB", "nodes MB")
	for b.Loop() {
		start := time.Now()
		for _, step := range sizes {
			t := rung{documents: step, rebuilt: rebuildTo(b, ix, pool, step)}
			time.Sleep(sizesLate)
			stats, err := ix.Stats(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			t.bytes = float64(stats.Bytes) / float64(step)
			t.batch = changeSome(b, ix, pool, step)
			if published != nil {
				asked := time.Now()
				if err := published(); err != nil {
					b.Fatal(err)
				}
				t.published = time.Since(asked)
			}
			t.searches, t.suggests = askAll(b, s.Handler())
			t.tell(b, time.Since(start), nodes())
		}
	}
}

// sizesLate is how old the sizes may be that a cluster tells, and a little more.
const sizesLate = 12 * time.Second

// rung is what was measured at one size.
type rung struct {
	documents          int
	rebuilt            time.Duration
	bytes              float64         // on disk for a document, right after the rebuild
	batch              []time.Duration // until a batch of a crawl could be found
	published          time.Duration   // making the dictionary that servers load
	searches, suggests []time.Duration
}

// line prints a line of the table at once: a run of hours that ends early has told what it knew.
func line(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
}

func (t *rung) tell(b *testing.B, since time.Duration, nodes resident) {
	debug.FreeOSMemory()
	rebuilds, crawls := float64(t.documents)/t.rebuilt.Seconds(), crawlBatch/quantile(t.batch, .5).Seconds()
	p50, p99 := ms(quantile(t.searches, .5)), ms(quantile(t.searches, .99))
	line("%9d %9.0f %9.0f %9.0f %9.0f %9.0f %9.1f %9.1f %9.1f %9.1f %12s %12s", t.documents, rebuilds, crawls, ms(quantile(t.batch, .5)), t.bytes,
		t.published.Seconds(), p50, p99, ms(quantile(t.suggests, .5)), since.Minutes(), residentOf(b, "self"), nodes)
	b.ReportMetric(p50, "p50-ms")
	b.ReportMetric(p99, "p99-ms")
	b.ReportMetric(rebuilds, "docs/s")
}

// scaleSizes reads the numbers of documents to measure at: one, up to which every further factor of about three is
// taken too, or several, of which just those are, for who has not the hours.
func scaleSizes(text string) ([]int, error) {
	var sizes []int
	for part := range strings.SplitSeq(cmp.Or(text, "10000"), ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < crawlBatch {
			return nil, fmt.Errorf("SMAABORNSVIDEN_SCALE: %q is not a number of documents from %d on", part, crawlBatch)
		}
		sizes = append(sizes, n)
	}
	if len(sizes) > 1 {
		return sizes, nil
	}
	var all []int
	for _, n := range []int{10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000} {
		if n < sizes[0] {
			all = append(all, n)
		}
	}
	return append(all, sizes[0]), nil
}

// A rebuild reads the outbox in batches of this size, and a busy crawl applies as many.
const crawlBatch = 200

// rebuildTo builds a new generation of the first n documents.
func rebuildTo(b *testing.B, ix engine, pool []string, n int) time.Duration {
	start := time.Now()
	err := ix.Rebuild(b.Context(), func(apply func(index.Batch) error) error {
		for from := 0; from < n; from += crawlBatch {
			if err := apply(someOf(pool, from, min(from+crawlBatch, n), uint64(from)+1)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// changeSome applies what a crawl brings to n documents: batches of which half are new and half replace what is there.
func changeSome(b *testing.B, ix engine, pool []string, n int) []time.Duration {
	var times []time.Duration
	for i := range 9 {
		batch := someOf(pool, n-crawlBatch/2*(1+i%2), n-crawlBatch/2*(i%2), uint64(n+2*i))
		batch.Puts = append(batch.Puts, someOf(pool, n+crawlBatch/2*i, n+crawlBatch/2*(i+1), 0).Puts...)
		start := time.Now()
		if err := ix.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	return times
}

func someOf(pool []string, from, to int, seq uint64) index.Batch {
	batch := index.Batch{Seq: seq}
	for i := from; i < to; i++ {
		batch.Puts = append(batch.Puts, mixed(i, pool))
	}
	return batch
}

// askAll asks every query and types some words, and returns how long each took when the caches were warm.
func askAll(b *testing.B, h http.Handler) (searches, suggests []time.Duration) {
	for round := range 6 {
		for _, q := range scaleQueries {
			took := timed(b, h, "/api/v1/search?"+q)
			if round > 0 { // the first meets cold caches
				searches = append(searches, took)
			}
		}
		for _, typed := range []string{"d", "do", "bill", "skrifttype", "gem fi"} {
			suggests = append(suggests, timed(b, h, "/api/v1/suggest?q="+url.QueryEscape(typed)))
		}
	}
	return searches, suggests
}

func timed(b *testing.B, h http.Handler, address string) time.Duration {
	rec := httptest.NewRecorder()
	start := time.Now()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, address, nil))
	if rec.Code != http.StatusOK {
		b.Fatalf("%s: %d %.300s", address, rec.Code, rec.Body)
	}
	return time.Since(start)
}

func quantile(times []time.Duration, q float64) time.Duration {
	slices.SortFunc(times, cmp.Compare)
	return times[min(len(times)-1, int(q*float64(len(times))))]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// resident is what a process has in memory, in megabytes: of its own, and of files that are mapped, which the system takes back
// when it needs the room.
type resident struct{ own, files int }

func (r resident) String() string {
	if r == (resident{}) {
		return "-"
	}
	return fmt.Sprintf("%d+%d", r.own, r.files)
}

// residentOf reads what the system tells of a process; nothing where it tells nothing.
func residentOf(b *testing.B, pid string) resident {
	text, err := os.ReadFile("/proc/" + pid + "/status")
	if errors.Is(err, fs.ErrNotExist) {
		return resident{}
	}
	if err != nil {
		b.Fatal(err)
	}
	var r resident
	for line := range strings.Lines(string(text)) {
		var kB int
		name, value, _ := strings.Cut(line, ":")
		if _, err := fmt.Sscanf(value, "%d kB", &kB); err != nil {
			continue
		}
		switch name {
		case "RssAnon":
			r.own = kB >> 10
		case "RssFile":
			r.files = kB >> 10
		}
	}
	return r
}

// residentNodes adds up the nodes of a cluster on this machine.
func residentNodes(b *testing.B, address string) resident {
	res, err := http.Get(address + "/_nodes/process")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	var told struct {
		Nodes map[string]struct {
			Process struct {
				ID int `json:"id"`
			} `json:"process"`
		} `json:"nodes"`
	}
	if err := json.NewDecoder(res.Body).Decode(&told); err != nil {
		b.Fatal(err)
	}
	var all resident
	for _, n := range told.Nodes {
		r := residentOf(b, strconv.Itoa(n.Process.ID))
		all.own, all.files = all.own+r.own, all.files+r.files
	}
	return all
}
