package crawler_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler"
	"smaabornsviden/crawler/extract/pdftext"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/crawler/state"
)

// The environment that makes the test binary a crawler that can be killed.
const (
	childState = "CRAWLER_TEST_STATE"
	childAddr  = "CRAWLER_TEST_ADDR"
	childHosts = "CRAWLER_TEST_HOSTS"
)

// killDelay is the wait between requests in the child, whose clock is the real one.
const killDelay = 5 * time.Millisecond

func TestMain(m *testing.M) {
	if os.Getenv(pdftext.ChildVariable) != "" {
		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
	}
	if path := os.Getenv(childState); path != "" {
		if err := childCrawl(path, os.Getenv(childAddr), strings.Fields(os.Getenv(childHosts))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func childCrawl(path, addr string, hosts []string) error {
	ctx := context.Background()
	s, err := state.Open(ctx, path, state.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := partners.Load([]byte(registerYAML(hosts)), "test.yaml")
	if err != nil {
		return err
	}
	client := fetch.New(fetch.Options{
		UserAgent: "smaabornsviden/1.0 (+https://smaabornsviden.example)", AllowLoopback: []string{addr},
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, addr)
		},
	})
	c, err := crawler.New(crawler.Options{
		Register: r, Fetch: client, State: s, Agent: "smaabornsviden", SharedAddress: true,
		Revisit: crawler.All, Delay: killDelay, Workers: 4,
	})
	if err != nil {
		return err
	}
	_, err = c.Run(ctx)
	return err
}

// tangle is three hosts with twins, redirects, canonical addresses and pages that are not there.
func tangle(t *testing.T) (*world, []string) {
	w := newWorld(t)
	w.under(func() { w.now = time.Now })
	hosts := []string{"a.example", "b.example", "c.example"}
	for _, host := range hosts {
		var links []string
		for i := range 16 {
			path := "/artikel/" + name(i)
			links = append(links, path, "/flyttet/"+name(i))
			w.page(host, path, "Artikel om "+name(i)+" hos "+host, "/findes-ej/"+name(i))
			w.set(host, "/flyttet/"+name(i), answer{status: 301, header: map[string]string{"Location": path}})
			if i%4 == 0 {
				links = append(links, "/kopi/"+name(i), "/print/"+name(i))
				w.page(host, "/kopi/"+name(i), "Artikel om "+name(i)+" hos "+host)
				w.set(host, "/print/"+name(i), answer{body: strings.Replace(article("Print af artikel om "+name(i)), "<head>", `<head><link rel="canonical" href="`+path+`">`, 1)})
			}
		}
		w.page(host, "/", "Forside for "+host, links...)
	}
	return w, hosts
}

func TestAKilledCrawlEndsWithTheDocumentsOfAnUndisturbedOne(t *testing.T) {
	w, hosts := tangle(t)
	calm := filepath.Join(t.TempDir(), "calm.db")
	w.child(calm, hosts, 0)
	undisturbed := w.take()
	w.manners(undisturbed, killDelay)

	rough := filepath.Join(t.TempDir(), "rough.db")
	kills := 0
	for _, after := range []int{3, 17, 30, 41, 55} {
		if w.child(rough, hosts, after) {
			break
		}
		kills++
	}
	w.child(rough, hosts, 0)
	log := w.take()
	if kills < 3 {
		t.Errorf("only %d kills came in time", kills)
	}
	if extra := len(log) - len(undisturbed); extra > kills*(4+3+3) {
		// What was in flight is asked again, and what each host says of itself.
		t.Errorf("%d more requests than without the %d kills", extra, kills)
	}
	if a, b := storedFingerprint(t, calm), storedFingerprint(t, rough); a != b {
		t.Error("the killed crawl ended with other documents")
	}
}

func storedFingerprint(t *testing.T, path string) string {
	t.Helper()
	s, err := state.Open(t.Context(), path, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(documents(t, s)); n != 3*17 && n != 3*(17+4) {
		t.Errorf("%d documents", n)
	}
	return fingerprint(t, s)
}

// child crawls in another process, which is killed after so many requests; 0 lets it end. It reports whether it ended
// by itself.
func (w *world) child(path string, hosts []string, killAfter int) bool {
	w.t.Helper()
	self, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd := exec.CommandContext(w.t.Context(), self)
	cmd.Env = append(os.Environ(), childState+"="+path, childAddr+"="+w.server.Listener.Addr().String(), childHosts+"="+strings.Join(hosts, " "))
	cmd.Stderr = os.Stderr
	kill := make(chan struct{})
	n := 0
	w.mu.Lock()
	w.hook = func(string, string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if n++; n == killAfter {
			close(kill)
		}
	}
	w.mu.Unlock()
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			w.t.Fatalf("child: %v", err)
		}
		return true
	case <-kill:
		if err := cmd.Process.Kill(); err != nil {
			w.t.Fatal(err)
		}
		<-done
		return false
	}
}
