package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// unitCommand is what a systemd unit of the example deployment starts, without the program's path.
func unitCommand(t *testing.T, unit string, replace ...string) []string {
	t.Helper()
	text := readDeploy(t, unit)
	_, after, found := strings.Cut(text, "\nExecStart=")
	line, _, _ := strings.Cut(after, "\n")
	words := strings.Fields(strings.NewReplacer(replace...).Replace(line))
	if !found || len(words) < 2 {
		t.Fatalf("%s starts %q", unit, line)
	}
	return words[1:]
}

func readDeploy(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// deployEnvironment is the environment file of the example with another cluster, no secrets, and what a test's site needs.
func deployEnvironment(t *testing.T, set map[string]string) map[string]string {
	t.Helper()
	vars := map[string]string{}
	for line := range strings.Lines(readDeploy(t, "environment")) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if ok && !strings.HasPrefix(name, "#") {
			vars[name] = value
		}
	}
	for name, value := range set {
		if value == "" {
			delete(vars, name)
			continue
		}
		vars[name] = value
	}
	return vars
}

// smallSite serves some pages about one subject, and returns a register that names it.
func smallSite(t *testing.T, pages int) (address, register string) {
	t.Helper()
	dir := t.TempDir()
	links := ""
	for i := range pages {
		links += fmt.Sprintf(`<li><a href="/side%d.html">Side %d</a></li>`, i, i)
		page := fmt.Sprintf(`<!doctype html><html lang="da"><title>Leg og sprog %d</title><main><h1>Leg og sprog %d</h1>%s</main>`, i, i,
			strings.Repeat(fmt.Sprintf("<p>Afsnit %d handler om, hvordan børnene leger med sproget i vuggestuen, når de voksne tager sig tid.</p>", i), 4))
		writeTestFile(t, filepath.Join(dir, fmt.Sprintf("side%d.html", i)), page)
	}
	writeTestFile(t, filepath.Join(dir, "index.html"), `<!doctype html><html lang="da"><title>Forside</title><main><p>Her er alle siderne om leg og sprog i vuggestuen.</p><ul>`+links+`</ul></main>`)
	site := serveHelp(t, dir)
	register = filepath.Join(dir, "register.yaml")
	writeTestFile(t, register, fmt.Sprintf("sources:\n  - id: lille\n    name: En lille side\n    sector: civilsamfund\n    policy: index\n    home: %q\n", site.URL+"/index.html"))
	return strings.TrimPrefix(site.URL, "http://"), register
}

func writeTestFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// threeNodes starts a cluster of three for this test alone.
func threeNodes(t *testing.T) (urls string, pids []int) {
	t.Helper()
	service(t, "SMAABORNSVIDEN_OPENSEARCH_URL") // where there is one, three can be started
	port := freePorts(t)
	script := func(args ...string) string {
		cmd := exec.Command("../../.ci/opensearch/cluster", args...)
		cmd.Env = append(os.Environ(), "SMAABORNSVIDEN_OPENSEARCH_HEAP=256m")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("cluster %v: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	urls = script("start", "3", port)
	t.Cleanup(func() { script("stop", port) })
	for line := range strings.Lines(script("pids", port)) {
		pid, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, pid)
	}
	return urls, pids
}

// freePorts is a port from which on the script's three nodes find what they need: that port and two more, and as many for themselves 100 further.
// They lie below those that systems hand out to whoever asks for any.
func freePorts(t *testing.T) string {
	t.Helper()
	for range 100 {
		first := 10_000 + mathrand.IntN(20_000)
		if isFree(first) && isFree(first+1) && isFree(first+2) && isFree(first+100) && isFree(first+101) && isFree(first+102) {
			return strconv.Itoa(first)
		}
	}
	t.Fatal("no ports are free")
	return ""
}

func isFree(port int) bool {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// nginxOf starts nginx with the example's configuration on free ports before two servers, and returns a client that trusts its certificate.
func nginxOf(t *testing.T, servers [2]string) (address string, client *http.Client) {
	t.Helper()
	program := service(t, "SMAABORNSVIDEN_NGINX")
	dir := t.TempDir()
	certificate, key := ownCertificate(t, "viden.example")
	writeTestFile(t, filepath.Join(dir, "front.pem"), string(certificate))
	writeTestFile(t, filepath.Join(dir, "front.key"), string(key))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listening := l.Addr().String()
	conf := strings.NewReplacer("listen 443", "listen "+listening, "/etc/smaabornsviden/", dir+"/",
		"127.0.0.1:8081", servers[0], "127.0.0.1:8082", servers[1], "http {", "http {\n"+ownFolders(dir)).Replace(readDeploy(t, "nginx.conf"))
	writeTestFile(t, filepath.Join(dir, "nginx.conf"), conf)
	globals := "daemon off; pid " + dir + "/nginx.pid;"
	if os.Getuid() == 0 {
		globals += " user root;" // a worker that changed its user could not read a test's folder
	}
	l.Close() // nginx takes the port over
	cmd := exec.Command(program, "-p", dir, "-e", "stderr", "-c", filepath.Join(dir, "nginx.conf"), "-g", globals)
	var said output
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		if t.Failed() {
			t.Logf("nginx said: %s", said.String())
		}
	})
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, listening)
	}
	return "https://viden.example", &http.Client{Transport: &http.Transport{DialContext: dial, TLSClientConfig: &tls.Config{RootCAs: pool}}}
}

// ownFolders keeps what nginx buffers out of the system's folders.
func ownFolders(dir string) string {
	var b strings.Builder
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		fmt.Fprintf(&b, "  %s_temp_path %s/%s;\n", kind, dir, kind)
	}
	return b.String()
}

// ownCertificate is a certificate that vouches for itself, with its key, in PEM form.
func ownCertificate(t *testing.T, name string) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	bytesOfKey, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: bytesOfKey})
}

// reader asks the same search again and again, and remembers what went wrong.
type reader struct {
	mu      sync.Mutex
	asked   int
	longest time.Duration
	wrong   []string
	stop    chan struct{}
	ended   sync.WaitGroup
}

func newReader(client *http.Client, address string, want int) *reader {
	r := &reader{stop: make(chan struct{})}
	r.ended.Go(func() {
		for {
			select {
			case <-r.stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
			start := time.Now()
			trouble := askOnce(client, address, want)
			r.mu.Lock()
			r.asked++
			r.longest = max(r.longest, time.Since(start))
			if trouble != "" {
				r.wrong = append(r.wrong, trouble)
			}
			r.mu.Unlock()
		}
	})
	return r
}

func askOnce(client *http.Client, address string, want int) string {
	res, err := client.Get(address + "/api/v1/search?q=vuggestue")
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || !bytes.Contains(body, fmt.Appendf(nil, `"total": %d,`, want)) {
		return fmt.Sprintf("%s %v: %.200s", res.Status, err, body)
	}
	return ""
}

// more waits until some further searches were answered, so that what happened before has met them.
func (r *reader) more(t *testing.T) {
	t.Helper()
	count := func() int { r.mu.Lock(); defer r.mu.Unlock(); return r.asked }
	from := count()
	for end := time.Now().Add(time.Minute); count() < from+10; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("searches stopped")
		}
	}
}

func (r *reader) end(t *testing.T) {
	t.Helper()
	close(r.stop)
	r.ended.Wait()
	t.Logf("%d searches, the longest %v", r.asked, r.longest)
	if len(r.wrong) > 0 {
		t.Errorf("%d of %d searches went wrong, the first: %s", len(r.wrong), r.asked, r.wrong[0])
	}
}

// TestTheExampleDeployment starts what folder deploy describes: three nodes, one crawler, two servers, nginx before them; the
// command lines are those of the units. Readers search all the while, and lose no answer to anything that is taken away.
func TestTheExampleDeployment(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a cluster")
	}
	service(t, "SMAABORNSVIDEN_NGINX")
	urls, nodes := threeNodes(t)
	const pages = 12
	site, register := smallSite(t, pages)
	home := t.TempDir()
	vars := deployEnvironment(t, map[string]string{
		"SMAABORNSVIDEN_OPENSEARCH_URL": urls, "SMAABORNSVIDEN_OPENSEARCH_CA": "", "SMAABORNSVIDEN_OPENSEARCH_USER": "",
		"SMAABORNSVIDEN_PARTNERS": register, "SMAABORNSVIDEN_ALLOW_LOOPBACK": site, "SMAABORNSVIDEN_DELAY": "0s",
		"SMAABORNSVIDEN_LIMIT": "0", // one reader here asks for many
	})
	unit := func(name, instance string) []string {
		return unitCommand(t, name, "/var/lib/smaabornsviden", home, "127.0.0.1:8080", "127.0.0.1:0", "127.0.0.1:%i", "127.0.0.1:0", "%i", instance)
	}
	const ready = `er klar: http://(\S+)/`
	crawler := startWith(t, vars, unit("smaabornsviden-crawler.service", "")...)
	inside := crawler.await(t, ready)
	awaitTotal(t, "http://"+inside, pages+1)
	first := startWith(t, vars, unit("smaabornsviden-server@.service", "8081")...)
	second := startWith(t, vars, unit("smaabornsviden-server@.service", "8082")...)
	checkOrder(t, "http://"+first.await(t, ready), "http://"+inside)
	address, client := nginxOf(t, [2]string{first.await(t, ready), second.await(t, ready)})
	for end := time.Now().Add(time.Minute); askOnce(client, address, pages+1) != ""; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(askOnce(client, address, pages+1))
		}
	}
	readers := newReader(client, address, pages+1)
	readers.more(t)
	first.stop(t)
	readers.more(t)
	vars["SMAABORNSVIDEN_DATA"] = filepath.Join(home, "crawler")
	if res := invoke(t, vars, "rebuild"); res.code != exitOK {
		t.Errorf("rebuild: exit %d: %s", res.code, res.stderr)
	}
	readers.more(t)
	if err := syscall.Kill(nodes[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	readers.more(t)
	readers.end(t)
	for _, inner := range []string{"/metrics", "/drift", "/drift/"} {
		res, err := client.Get(address + inner)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("%s is open to everybody: %s", inner, res.Status)
		}
	}
}

// checkOrder decides something on the operator's page of a server, and looks for it on that of the process that crawls.
func checkOrder(t *testing.T, server, crawler string) {
	t.Helper()
	const why = "kilden bygger om"
	res, err := http.PostForm(server+"/drift", url.Values{"handling": {"pause"}, "hvad": {"lille"}, "hvorfor": {why}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || res.Request.URL.RawQuery != "gjort=1" {
		t.Errorf("pausing a source on a server: %s at %s, %v\n%.2000s", res.Status, res.Request.URL, err, body)
	}
	if !strings.Contains(fetchText(t, crawler+"/drift"), why) {
		t.Error("the process that crawls knows of no pause")
	}
}

func awaitTotal(t *testing.T, address string, want int) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		trouble := askOnce(http.DefaultClient, address, want)
		if trouble == "" {
			return
		}
		if time.Now().After(end) {
			t.Fatal(trouble)
		}
	}
}
