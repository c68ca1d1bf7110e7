package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"smaabornsviden/crawler/state"
)

// helpSite serves a Debian help package on loopback, with the links as shipped.
type helpSite struct {
	*httptest.Server
	dir      string // folder behind "/"
	requests atomic.Int64
	sitemap  []string // paths, where navigation needs JavaScript
}

func serveHelp(t testing.TB, dir string) *helpSite {
	t.Helper()
	s := &helpSite{dir: dir}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// ServeHTTP gives files as they are: http.FileServer would send visitors of index.html elsewhere.
func (s *helpSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	if r.URL.Path == "/sitemap.xml" && s.sitemap != nil {
		w.Header().Set("Content-Type", "application/xml")
		fmt.Fprint(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for _, p := range s.sitemap {
			fmt.Fprintf(w, "<url><loc>%s%s</loc></url>", s.URL, p)
		}
		fmt.Fprint(w, "</urlset>")
		return
	}
	f, err := os.Open(filepath.Join(s.dir, filepath.FromSlash(path.Clean(r.URL.Path))))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	http.ServeContent(w, r, info.Name(), info.ModTime(), f)
}

// args is the crawl of this site into a data folder, as an operator would type it.
func (s *helpSite) args(t testing.TB, data, id, home, include string) []string {
	t.Helper()
	register := filepath.Join(t.TempDir(), "help.yaml")
	write(t, register, fmt.Sprintf("sources:\n  - id: %s\n    name: Hjælp\n    sector: civilsamfund\n    policy: index\n    home: %q\n    include: [%s]\n", id, s.URL+home, include))
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return []string{"crawl", "-data", data, "-partners", register, "-allow-loopback", u.Host, "-delay", "0s", "-log", "warn"}
}

// titles reads the pages that can be reached from the first ones over links, each with the titles it gives itself. It
// knows nothing of the crawler: it is what the crawler is held against.
func (s *helpSite) titles(t *testing.T, first []string, within string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for queue := slices.Clone(first); len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if _, known := found[at]; known {
			continue
		}
		f, err := os.Open(filepath.Join(s.dir, filepath.FromSlash(at)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		found[at] = []string{clean(doc.Find("title").First().Text())}
		doc.Find("h1, h2").Each(func(_ int, h *goquery.Selection) { found[at] = append(found[at], clean(h.Text())) })
		queue = append(queue, linked(doc, at, within)...)
	}
	return found
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// linked resolves the links of a page, by its base where it names one.
func linked(doc *goquery.Document, at, within string) []string {
	base := &url.URL{Path: at}
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := base.Parse(href); err == nil {
			base = u
		}
	}
	var out []string
	doc.Find("a[href], area[href]").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		u, err := base.Parse(strings.TrimSpace(href))
		if err == nil && u.Host == "" && u.Scheme == "" && strings.HasPrefix(u.Path, within) && strings.HasSuffix(u.Path, ".html") {
			out = append(out, u.Path)
		}
	})
	return out
}

// checkStored holds the crawl state against the pages: every one is a document with a title of its own, or a named
// alias of one.
func (s *helpSite) checkStored(t *testing.T, data string, pages map[string][]string) {
	t.Helper()
	docs := stored(t, data)
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	aliases := 0
	for at, titles := range pages {
		row, err := st.URL(t.Context(), s.URL+(&url.URL{Path: at}).EscapedPath())
		if err != nil {
			t.Errorf("%s: %v", at, err)
			continue
		}
		if row.State == state.Alias || row.State == state.Redirect {
			aliases++
			if row, err = st.URLByID(t.Context(), row.Target); err != nil {
				t.Errorf("%s is an alias of nothing: %v", at, err)
				continue
			}
		}
		doc, ok := docs[row.URL]
		if !ok {
			t.Errorf("%s is %s (%s %s) and no document", at, row.State, row.Reason, row.Detail)
			continue
		}
		if row.URL == s.URL+at && !isTitle(doc.Title, titles, doc.Body) {
			t.Errorf("%s has the title %q, want one of %q", at, doc.Title, titles)
		}
	}
	t.Logf("%d pages: %d documents, %d aliases", len(pages), len(docs), aliases)
}

// isTitle reports whether a title is one of those that a page gives itself, perhaps without words in it that readers
// do not see. A page that gives itself none is named after its text.
func isTitle(title string, given []string, body string) bool {
	if strings.Join(given, "") == "" {
		return title != "" && strings.HasPrefix(clean(body), strings.TrimSuffix(title, "…"))
	}
	return title != "" && slices.ContainsFunc(given, func(whole string) bool {
		for _, word := range strings.Fields(title) {
			_, after, ok := strings.Cut(whole, word)
			if !ok {
				return false
			}
			whole = after
		}
		return true
	})
}

func crawlHelp(t *testing.T, args []string) {
	t.Helper()
	if res := invoke(t, nil, args...); res.code != exitOK {
		t.Fatalf("crawl: exit %d\n%s", res.code, res.stderr)
	}
}

// checkFirst searches and wants a page among the first three.
func checkFirst(t *testing.T, data, words, page string) {
	t.Helper()
	res := invoke(t, nil, "query", "-data", data, "-size", "3", words)
	if res.code != exitOK || !strings.Contains(res.stdout, page) {
		t.Errorf("query %q: exit %d, want %s among the first three:\n%s%s", words, res.code, page, res.stdout, res.stderr)
	}
}

// serveLibreOffice serves that help with a sitemap of its files, since its navigation needs JavaScript.
func serveLibreOffice(t testing.TB) *helpSite {
	t.Helper()
	dir := service(t, "SMAABORNSVIDEN_LIBREOFFICE_HELP")
	site := serveHelp(t, filepath.Dir(dir))
	err := filepath.WalkDir(filepath.Join(dir, "text"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			rel, err := filepath.Rel(site.dir, name)
			site.sitemap = append(site.sitemap, "/"+filepath.ToSlash(rel))
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// BenchmarkCrawlBesideWget crawls the same pages with the program and with wget -r, in one run and by turns. The program
// reads, describes, stores and indexes; wget only saves.
func BenchmarkCrawlBesideWget(b *testing.B) {
	site := serveLibreOffice(b)
	program := binary(b)
	list := filepath.Join(b.TempDir(), "list")
	write(b, list, site.URL+strings.Join(site.sitemap, "\n"+site.URL)+"\n")
	var ours, wgets time.Duration
	var cpu, wgetCPU time.Duration
	for b.Loop() {
		data := filepath.Join(b.TempDir(), "data")
		crawl := exec.Command(program, site.args(b, data, "libreoffice", "/da/text/shared/05/new_help.html", "/da/")...)
		wget := exec.Command("wget", "-q", "-r", "-l", "1", "-P", b.TempDir(), "-i", list)
		for cmd, took := range map[*exec.Cmd][2]*time.Duration{crawl: {&ours, &cpu}, wget: {&wgets, &wgetCPU}} {
			began := time.Now()
			_ = cmd.Run() // wget tells of broken links by its exit code
			*took[0] += time.Since(began)
			*took[1] += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		}
	}
	pages := float64(len(site.sitemap) * b.N)
	b.ReportMetric(pages/ours.Seconds(), "pages/s")
	b.ReportMetric(pages/wgets.Seconds(), "wget-pages/s")
	b.ReportMetric(float64(cpu.Milliseconds())/pages, "cpu-ms/page")
	b.ReportMetric(float64(wgetCPU.Milliseconds())/pages, "wget-cpu-ms/page")
}

// TestLibreOfficeHelpIsFoundWhole crawls 2,500 real Danish pages that nobody here wrote.
func TestLibreOfficeHelpIsFoundWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of real pages")
	}
	site := serveLibreOffice(t)
	data := filepath.Join(t.TempDir(), "data")
	crawlHelp(t, site.args(t, data, "libreoffice", "/da/text/shared/05/new_help.html", "/da/"))
	site.checkStored(t, data, site.titles(t, site.sitemap, "/da/text/"))
	checkFirst(t, data, "brug af autotekst", "/swriter/guide/autotext.html")
	checkFirst(t, data, "rundskrivning flette breve", "mail")
}

// TestGimpHelpSurvivesKills crawls real pages once undisturbed and once with SIGKILL in the middle, and wants the
// same stored documents.
func TestGimpHelpSurvivesKills(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of real pages")
	}
	dir := service(t, "SMAABORNSVIDEN_GIMP_HELP")
	site := serveHelp(t, filepath.Dir(dir))
	whole := filepath.Join(t.TempDir(), "whole")
	crawlHelp(t, site.args(t, whole, "gimp", "/da/index.html", "/da/"))
	site.checkStored(t, whole, site.titles(t, []string{"/da/index.html"}, "/da/"))
	checkFirst(t, whole, "billedlag", "/da/glossary.html")
	undisturbed := site.requests.Load()

	killed := filepath.Join(t.TempDir(), "killed")
	args := site.args(t, killed, "gimp", "/da/index.html", "/da/")
	program := binary(t)
	for _, after := range []int64{5, 100, 300} {
		killAfter(t, exec.Command(program, args...), site, after)
	}
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("crawl after the kills: %v\n%s", err, out)
	}
	if got, want := fingerprint(t, killed), fingerprint(t, whole); got != want {
		t.Error("after kills the stored documents differ from those of an undisturbed crawl")
	}
	checkFirst(t, killed, "billedlag", "/da/glossary.html")
	// Each kill may cost the pages that were under way, and robots.txt and the like.
	if extra := site.requests.Load() - 2*undisturbed; extra > 30 {
		t.Errorf("%d requests more than in an undisturbed crawl", extra)
	}
}

// killAfter starts a crawl and kills it once the site has seen so many more requests.
func killAfter(t *testing.T, cmd *exec.Cmd, site *helpSite, requests int64) {
	t.Helper()
	until := site.requests.Load() + requests
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Minute); site.requests.Load() < until; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Errorf("only %d requests in two minutes", requests-until+site.requests.Load())
			break
		}
	}
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // says that it was killed
}
