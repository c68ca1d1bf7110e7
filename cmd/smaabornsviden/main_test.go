package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// service returns the value of an environment variable that names something a test needs. Without it the test is
// skipped, or fails where SMAABORNSVIDEN_REQUIRE says that nothing may be missing.
func service(t testing.TB, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		lacks(t, name+" is not set")
	}
	return value
}

// lacks skips a test for what this machine does not have, or fails it where SMAABORNSVIDEN_REQUIRE says that nothing may be missing.
func lacks(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("SMAABORNSVIDEN_REQUIRE") != "" {
		t.Fatalf("%s, and SMAABORNSVIDEN_REQUIRE forbids skipping", what)
	}
	t.Skip(what)
}

// output collects what a command prints while others read it.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// result is what a command line came to.
type result struct {
	code           int
	stdout, stderr string
}

// invoke runs one command line inside the test.
func invoke(t testing.TB, vars map[string]string, args ...string) result {
	t.Helper()
	return invokeIn(t, strings.NewReader(""), vars, args...)
}

func invokeIn(t testing.TB, stdin io.Reader, vars map[string]string, args ...string) result {
	t.Helper()
	var stdout, stderr output
	env := &environment{stdin: stdin, stdout: &stdout, stderr: &stderr, getenv: func(name string) string { return vars[name] }}
	code := run(t.Context(), env, args)
	return result{code, stdout.String(), stderr.String()}
}

// running is a command that goes on until it is stopped.
type running struct {
	out    *output
	cancel context.CancelFunc
	code   chan int
}

// start runs a command line in the background; stop it, or the test's end does.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	return startWith(t, nil, args...)
}

// startWith is start with environment variables.
func startWith(t *testing.T, vars map[string]string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{out: &output{}, cancel: cancel, code: make(chan int, 1)}
	env := &environment{stdin: strings.NewReader(""), stdout: r.out, stderr: r.out, getenv: func(name string) string { return vars[name] }}
	go func() { r.code <- run(ctx, env, args) }()
	t.Cleanup(func() { r.stop(t) })
	return r
}

// stop ends the command as Ctrl-C does and returns its exit code.
func (r *running) stop(t *testing.T) int {
	t.Helper()
	r.cancel()
	select {
	case code := <-r.code:
		r.code <- code // for the next one to ask
		return code
	case <-time.After(time.Minute):
		t.Errorf("command did not end; it printed:\n%s", r.out)
		return -1
	}
}

// await waits until the command has printed something that matches, and returns the first group of it.
func (r *running) await(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	deadline := time.Now().Add(2 * time.Minute)
	for time.Now().Before(deadline) {
		if m := re.FindStringSubmatch(r.out.String()); m != nil {
			return m[len(m)-1]
		}
		select {
		case code := <-r.code:
			r.code <- code
			t.Fatalf("command ended with %d before it printed %q:\n%s", code, pattern, r.out)
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatalf("command never printed %q:\n%s", pattern, r.out)
	return ""
}

// fetchText reads an answer that has to be a success.
func fetchText(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v: %s", address, res.Status, err, body)
	}
	return string(body)
}

// fetchJSON reads a JSON answer.
func fetchJSON(t *testing.T, address string, into any) {
	t.Helper()
	if body := fetchText(t, address); json.Unmarshal([]byte(body), into) != nil {
		t.Fatalf("GET %s is no JSON of that shape: %s", address, body)
	}
}
