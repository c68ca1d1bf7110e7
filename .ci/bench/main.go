// Command bench crawls LibreOffice's Danish help with smaabornsviden and with colly and go-trafilatura, in one run and by
// turns, and prints what each page cost in CPU time. It is a module of its own because colly pulls a dozen modules in
// that the program does not need. Run it with
//
//	go build -o /tmp/smaabornsviden ./cmd/smaabornsviden && go run -C .ci/bench -mod=mod . -program /tmp/smaabornsviden
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"
	"github.com/markusmobius/go-trafilatura"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// start is a page of the help from which our crawler begins; the rest it finds in the sitemap.
const start = "/da/text/shared/05/new_help.html"

func main() {
	dir := flag.String("pages", "/usr/share/libreoffice/help/da", "folder of the help, with a folder text in it")
	rounds := flag.Int("rounds", 3, "how often each crawls the site")
	role := flag.String("role", "", "what a child process does: ours or colly")
	site := flag.String("site", "", "address of the site, for a child process")
	program := flag.String("program", "", "smaabornsviden binary whose whole crawl, index included, is measured too")
	profile := flag.String("profile", "", "file for the CPU profile of ours, for a child process")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			log.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	err := run(*role, *site, *dir, *program, *rounds)
	if err != nil {
		log.Fatal(err)
	}
}

func run(role, site, dir, program string, rounds int) error {
	switch role {
	case "ours":
		return ours(site)
	case "colly":
		return rival(site)
	}
	return compare(dir, program, rounds)
}

// compare serves the site and lets child processes crawl it, so that the server's time counts for nobody.
func compare(dir, program string, rounds int) error {
	paths, err := pagesOf(dir)
	if err != nil {
		return err
	}
	server := httptest.NewServer(handler(dir, paths))
	defer server.Close()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	crawlers := []string{"colly", "ours"}
	if program != "" {
		crawlers = append(crawlers, "program")
	}
	cpu := map[string]time.Duration{}
	for range rounds {
		for _, name := range crawlers {
			took, err := measure(name, self, program, server.URL)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			cpu[name] += took
		}
	}
	n := float64(len(paths) * rounds)
	for _, name := range crawlers {
		fmt.Printf("%-8s %6.2f ms CPU/page  %.2fx colly + go-trafilatura\n", name, float64(cpu[name].Microseconds())/1000/n, float64(cpu[name])/float64(cpu["colly"]))
	}
	return nil
}

// measure runs one crawl in a child and returns its CPU time.
func measure(name, self, program, site string) (time.Duration, error) {
	cmd := exec.Command(self, "-role", name, "-site", site)
	if profile := os.Getenv("BENCH_PROFILE"); name == "ours" && profile != "" {
		cmd.Args = append(cmd.Args, "-profile", profile)
	}
	if name == "program" {
		data, err := os.MkdirTemp("", "bench-")
		if err != nil {
			return 0, err
		}
		defer os.RemoveAll(data)
		register := filepath.Join(data, "register.yaml")
		if err := os.WriteFile(register, []byte(registerOf(site)), 0o644); err != nil {
			return 0, err
		}
		cmd = exec.Command(program, "crawl", "-data", filepath.Join(data, "data"), "-partners", register, "-allow-loopback", strings.TrimPrefix(site, "http://"), "-delay", "0s", "-log", "warn")
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return 0, err
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

func pagesOf(dir string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(filepath.Join(dir, "text"), func(name string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			rel, err := filepath.Rel(filepath.Dir(dir), name)
			paths = append(paths, "/"+filepath.ToSlash(rel))
			return err
		}
		return err
	})
	return paths, err
}

// handler serves the pages and names them in a sitemap: the help's own navigation needs a browser.
func handler(dir string, paths []string) http.Handler {
	files := http.FileServer(http.Dir(filepath.Dir(dir)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/sitemap.xml" {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		fmt.Fprint(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for _, p := range paths {
			fmt.Fprintf(w, "<url><loc>http://%s%s</loc></url>", r.Host, p)
		}
		fmt.Fprint(w, "</urlset>")
	})
}

func registerOf(site string) string {
	return fmt.Sprintf("sources:\n  - id: help\n    name: Hjælp\n    sector: civilsamfund\n    policy: index\n    home: %q\n    include: [/da/]\n", site+start)
}

// ours is the crawler with its durable state and everything that it reads out of a page, without an index.
func ours(site string) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store, err := state.Open(ctx, filepath.Join(dir, "state.db"), state.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	register, err := partners.Load([]byte(registerOf(site)), "register.yaml")
	if err != nil {
		return err
	}
	client := fetch.New(fetch.Options{UserAgent: "smaabornsviden/1.0", AllowLoopback: []string{strings.TrimPrefix(site, "http://")}})
	c, err := crawler.New(crawler.Options{Register: register, Fetch: client, State: store, Agent: "smaabornsviden", Delay: -1, Extract: extract.Page})
	if err != nil {
		return err
	}
	_, err = c.Run(ctx)
	return err
}

// rival is colly as its documentation shows it, with the main text of every page written as a line of JSON.
func rival(site string) error {
	out, err := os.CreateTemp("", "bench-*.jsonl")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	var mu sync.Mutex // guards out
	c := colly.NewCollector(colly.Async(true))
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 2}); err != nil {
		return err
	}
	c.OnXML("//urlset/url/loc", func(e *colly.XMLElement) { _ = e.Request.Visit(e.Text) })
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		if to := e.Request.AbsoluteURL(e.Attr("href")); strings.HasPrefix(to, site+"/da/") && strings.HasSuffix(strings.SplitN(to, "#", 2)[0], ".html") {
			_ = e.Request.Visit(to) // says that it was visited
		}
	})
	c.OnHTML("html", func(e *colly.HTMLElement) {
		line, err := json.Marshal(read(e))
		if err != nil {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = out.Write(append(line, '\n'))
	})
	if err := c.Visit(site + "/sitemap.xml"); err != nil {
		return err
	}
	c.Wait()
	return out.Close()
}

func read(e *colly.HTMLElement) map[string]string {
	u, err := url.Parse(e.Request.URL.String())
	if err != nil {
		return nil
	}
	res, err := trafilatura.ExtractDocument(e.DOM.Nodes[0].Parent, trafilatura.Options{OriginalURL: u})
	if err != nil {
		return map[string]string{"url": u.String()}
	}
	return map[string]string{"url": u.String(), "title": res.Metadata.Title, "text": res.ContentText}
}
