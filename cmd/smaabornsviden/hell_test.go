package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"smaabornsviden/crawler/hell"
	"smaabornsviden/crawler/state"
)

// Bounds of a crawl of hell. They are limits, many times what is needed, and no measurements.
const (
	hellDelay  = 10 * time.Millisecond
	hellMemory = 400 << 20 // bytes
	hellFile   = 1 << 30   // of the process that reads one PDF: pdftext's own bound
	hellTime   = 8 * time.Minute
)

// TestHellEndsAsItShould crawls all bad partners at once with the program itself, twice, beside one good partner. Every
// bad one ends as its behaviour says, within bounded memory and time, and the good one is found whole and treated well.
func TestHellEndsAsItShould(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred bad sites, crawled twice")
	}
	if runtime.GOOS != "linux" {
		t.Skip("the bad sites need a loopback address each, which only Linux has")
	}
	sites, err := hell.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer sites.Close()
	nice := servePolite(t, 60)
	dir := t.TempDir()
	register, data, ca := filepath.Join(dir, "hell.yaml"), filepath.Join(dir, "data"), filepath.Join(dir, "ca.pem")
	write(t, register, sites.Register()+nice.register())
	write(t, ca, string(sites.Authority()))
	program := binary(t)
	args := []string{
		"crawl", "-all", "-data", data, "-partners", register, "-allow-loopback", strings.Join(append(sites.Addresses(), nice.Listener.Addr().String()), ","),
		"-delay", hellDelay.String(), "-timeout", "6s", "-patience", "4s", "-workers", "32", "-contact", "https://smaabornsviden.example/om", "-log", "warn",
	}
	for crawl := 1; crawl <= 2; crawl++ {
		out := crawlHell(t, program, ca, args)
		checkHell(t, sites, data, crawl)
		nice.check(t, data, crawl)
		if strings.Contains(out, "panic") || strings.Contains(out, "0101701234") || strings.Contains(out, "ida@kommune") {
			t.Errorf("crawl %d printed what it should not:\n%s", crawl, out)
		}
		sites.Next()
	}
	checkHellRequests(t, sites)
	checkHellExplained(t, data, register, sites)
}

// crawlHell runs the program within its bounds and returns what it printed.
func crawlHell(t *testing.T, program, ca string, args []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), hellTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "SSL_CERT_FILE="+ca)
	began := time.Now()
	peak, out := runMeasured(t, cmd)
	t.Logf("peak memory %d MB, that of a child that reads a file %d MB, %s of processor time, %s", peak.own>>20, peak.child>>20,
		cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), time.Since(began).Round(time.Second))
	if peak.own > hellMemory || peak.child > hellFile {
		t.Errorf("peak memory %d and %d MB, want at most %d and %d", peak.own>>20, peak.child>>20, hellMemory>>20, hellFile>>20)
	}
	return out
}

// checkHell holds what is stored against what the behaviours say.
func checkHell(t *testing.T, sites *hell.Server, data string, crawl int) {
	t.Helper()
	st, err := state.Open(t.Context(), filepath.Join(data, "state.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	counts, err := st.DocumentCounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range hell.Behaviours() {
		want := b.Want
		if crawl == 2 && b.Then != nil {
			want = b.Then
		}
		for path, standing := range want {
			if got := stands(t, st, sites.URL(b.Name, path)); got.short != standing {
				t.Errorf("crawl %d, %s (%s): %s is %q (%s), want %q", crawl, b.Name, b.Does, path, got.short, got.detail, standing)
			}
		}
		if b.Documents > 0 && counts[b.Name] != b.Documents {
			t.Errorf("crawl %d, %s (%s): %d documents, want %d", crawl, b.Name, b.Does, counts[b.Name], b.Documents)
		}
		for path, title := range b.Titles {
			u, err := st.URL(t.Context(), sites.URL(b.Name, path))
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			if d, err := st.DocumentAt(t.Context(), u.ID); err != nil || d.Title != title {
				t.Errorf("crawl %d, %s (%s): %s has the title %q, want %q; %v", crawl, b.Name, b.Does, path, d.Title, title, err)
			}
		}
	}
}

type stand struct{ short, detail string }

func stands(t *testing.T, st *state.Store, address string) stand {
	t.Helper()
	u, err := st.URL(t.Context(), address)
	if err != nil {
		return stand{short: "unknown"}
	}
	return stand{strings.TrimSpace(string(u.State) + " " + string(u.Reason)), u.Detail + " trouble:" + string(u.Trouble)}
}

// checkHellRequests holds the sites' own logs against what the behaviours allow.
func checkHellRequests(t *testing.T, sites *hell.Server) {
	t.Helper()
	for _, b := range hell.Behaviours() {
		asked := sites.Requests(b.Name)
		most := b.Most
		if most == 0 {
			most = 40
		}
		if len(asked) > most {
			t.Errorf("%s (%s): %d requests, want at most %d", b.Name, b.Does, len(asked), most)
		}
		for i, r := range asked {
			if slices.Contains(b.Never, r.Path) {
				t.Errorf("%s (%s): %s was asked for", b.Name, b.Does, r.Path)
			}
			if !strings.Contains(r.UserAgent, "smaabornsviden/") || !strings.Contains(r.UserAgent, "+https://smaabornsviden.example/om") {
				t.Errorf("%s: user agent %q does not say who asks", b.Name, r.UserAgent)
			}
			if i > 0 && b.Gap > 0 && r.Start.Sub(asked[i-1].End) < b.Gap {
				t.Errorf("%s (%s): %s came %s after %s, want %s", b.Name, b.Does, r.Path, r.Start.Sub(asked[i-1].End), asked[i-1].Path, b.Gap)
			}
		}
	}
}

// checkHellExplained asks the program itself why things are as they are.
func checkHellExplained(t *testing.T, data, register string, sites *hell.Server) {
	t.Helper()
	for address, want := range map[string]string{
		sites.URL("tls-udloebet", "/"): "tls", sites.URL("bombe", "/en"): "too-large", sites.URL("noindex", "/none"): "noindex", sites.URL("langsom-krop", "/side"): "timeout",
	} {
		res := invoke(t, nil, "explain", "-json", "-data", data, address)
		var told struct {
			Story struct {
				URL  struct{ State, Reason, Trouble string }
				Host struct{ LastError string }
			}
		}
		if err := json.Unmarshal([]byte(res.stdout), &told); err != nil || res.code != exitOK {
			t.Errorf("explain %s: exit %d, %v: %s%s", address, res.code, err, res.stdout, res.stderr)
			continue
		}
		if got := told.Story; got.URL.Reason != want && got.Host.LastError != want {
			t.Errorf("explain %s: %+v, want %s", address, got, want)
		}
	}
	res := invoke(t, nil, "status", "-json", "-data", data)
	var report statusReport
	if err := json.Unmarshal([]byte(res.stdout), &report); err != nil {
		t.Fatal(err)
	}
	if report.Behind != 0 || report.Documents != report.Stored || report.LastRun.Ended.IsZero() {
		t.Errorf("after hell: %+v", report)
	}
}

// polite is a good partner with a log of its own.
type polite struct {
	*httptest.Server
	pages int

	mu  sync.Mutex // guards log
	log []hell.Request
}

func servePolite(t *testing.T, pages int) *polite {
	t.Helper()
	p := &polite{pages: pages}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *polite) register() string {
	return fmt.Sprintf("  - id: god-partner\n    name: En god partner\n    sector: kommune\n    policy: index\n    home: %q\n    list: [/]\n", p.URL+"/")
}

func (p *polite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	answer := httptest.NewRecorder()
	p.serve(answer, r)
	// Before the answer goes out: once it is there, the crawler's clock may go on.
	line := hell.Request{Path: r.URL.RequestURI(), UserAgent: r.UserAgent(), Start: began, End: time.Now(), Status: answer.Code}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // a crawler that was killed needs no answer
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, line)
}

func (p *polite) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		fmt.Fprint(w, "User-agent: *\nDisallow: /hemmelig\n")
		return
	}
	tag := fmt.Sprintf(`"%s"`, r.URL.Path)
	w.Header().Set("ETag", tag)
	var n int
	_, err := fmt.Sscanf(r.URL.Path, "/artikel/%d", &n)
	switch {
	case r.URL.Path != "/" && (err != nil || n < 1 || n > p.pages):
		http.NotFound(w, r)
		return
	case r.Header.Get("If-None-Match") == tag:
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, hell.Article(fmt.Sprintf("Artikel %d om trivsel", n)))
	fmt.Fprint(w, "<a href=/hemmelig>Kun for os</a>")
	for i := n + 1; i <= min(n+5, p.pages); i++ {
		fmt.Fprintf(w, "<a href=/artikel/%d>Næste</a>", i)
	}
}

// check wants every page of the good partner found, and its log without a breach of manners.
func (p *polite) check(t *testing.T, data string, crawl int) {
	t.Helper()
	found := 0
	for address := range stored(t, data) {
		if strings.HasPrefix(address, p.URL+"/") {
			found++
		}
	}
	if found != p.pages {
		t.Errorf("crawl %d: the good partner has %d documents, want %d", crawl, found, p.pages)
	}
	p.mu.Lock()
	log := p.log
	p.log = nil
	p.mu.Unlock()
	checkManners(t, log, hellDelay, "/hemmelig")
	for _, r := range log {
		if crawl == 2 && r.Status == http.StatusOK && r.Path != "/robots.txt" {
			t.Errorf("crawl 2: %s was sent whole although nothing changed", r.Path)
		}
	}
}

// checkManners holds a host's log against what we promise: a pause after each answer, one request at a time, nothing
// asked for twice that was answered in full, nothing that robots.txt forbids.
func checkManners(t *testing.T, log []hell.Request, gap time.Duration, forbidden ...string) {
	t.Helper()
	slices.SortStableFunc(log, func(a, b hell.Request) int { return a.Start.Compare(b.Start) })
	seen := map[string]bool{}
	for i, r := range log {
		if i > 0 && r.Start.Sub(log[i-1].End) < gap {
			t.Errorf("%s came %s after the end of %s, want %s", r.Path, r.Start.Sub(log[i-1].End), log[i-1].Path, gap)
		}
		if r.Status == http.StatusOK && seen[r.Path] {
			t.Errorf("%s was fetched twice", r.Path)
		}
		seen[r.Path] = seen[r.Path] || r.Status == http.StatusOK
		for _, f := range forbidden {
			if strings.HasPrefix(r.Path, f) {
				t.Errorf("%s was fetched although robots.txt forbids it", r.Path)
			}
		}
	}
}

// TestPrivateAddressesAreNeverReached registers partners at addresses of this machine and its network, in every spelling,
// with a listener behind those of this machine that counts whoever comes.
func TestPrivateAddressesAreNeverReached(t *testing.T) {
	var mu sync.Mutex
	came := 0
	var ports []string
	for _, address := range []string{"127.0.0.1:0", "[::1]:0"} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Logf("%s: %v", address, err) // a machine without IPv6
			continue
		}
		defer l.Close()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		ports = append(ports, port)
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				c.Close()
				mu.Lock()
				came++
				mu.Unlock()
			}
		}()
	}
	homes := []string{
		"http://169.254.169.254/", "http://[::ffff:a9fe:a9fe]/", "http://[::ffff:10.0.0.1]/", "http://10.1/", "http://[fd00:ec2::254]/", "http://[fe80::1]/", "http://0.0.0.0/", "http://100.64.0.1/", "http://192.168.1.1/", "http://168.63.129.16/",
	}
	for _, port := range ports {
		for _, host := range []string{"localhost", "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::]", "127.1"} {
			homes = append(homes, "http://"+host+":"+port+"/")
		}
	}
	var yaml strings.Builder
	yaml.WriteString("sources:\n")
	for i, home := range homes {
		fmt.Fprintf(&yaml, "  - {id: p%d, name: P, sector: fond, policy: index, home: %q}\n", i, home)
	}
	dir := t.TempDir()
	register, data := filepath.Join(dir, "p.yaml"), filepath.Join(dir, "data")
	write(t, register, yaml.String())
	res := invoke(t, nil, "crawl", "-data", data, "-partners", register, "-contact", "a@b.example", "-patience", "1s", "-timeout", "3s", "-workers", "32")
	if res.code != exitOK {
		t.Fatalf("crawl: exit %d: %s", res.code, res.stderr)
	}
	mu.Lock()
	defer mu.Unlock()
	if came > 0 {
		t.Errorf("%d connections to this machine", came)
	}
	if res := invoke(t, nil, "explain", "-data", data, homes[0]); !strings.Contains(res.stdout, "its host is in trouble: private-address") {
		t.Errorf("explain does not say why:\n%s%s", res.stdout, res.stderr)
	}
	if docs := stored(t, data); len(docs) > 0 {
		t.Errorf("documents from private addresses: %v", docs)
	}
}
