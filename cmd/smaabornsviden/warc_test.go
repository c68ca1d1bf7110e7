package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"smaabornsviden/crawler/warc"
)

func TestCrawlWritesWhatCameIntoWarcFiles(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, samplePage+"<p>Ring til Anna på 12 34 56 78.")
	}))
	defer site.Close()
	address := site.Listener.Addr().String()
	dir := t.TempDir()
	register := filepath.Join(dir, "r.yaml")
	write(t, register, "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"http://"+address+"/\"}\n")
	folder := filepath.Join(dir, "warc")
	args := []string{"crawl", "-data", filepath.Join(dir, "data"), "-partners", register, "-allow-loopback", address, "-delay", "0s", "-warc", folder}
	if res := invoke(t, nil, args...); res.code != exitOK {
		t.Fatalf("exit %d: %s", res.code, res.stderr)
	}
	names, _ := filepath.Glob(filepath.Join(folder, "*.warc.gz"))
	if len(names) != 1 {
		t.Fatalf("%d files in %s", len(names), folder)
	}
	file, err := os.Open(names[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	kinds := map[string]int{}
	for r := warc.NewReader(file); ; {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kinds[record.Type()]++
		if record.Type() == warc.Info && !strings.Contains(string(record.Block), "unmasked") {
			t.Errorf("the file does not say that it is unmasked: %q", record.Block)
		}
		if home := "http://" + address + "/"; record.Type() == warc.Response && record.Get("WARC-Target-URI") == home {
			kinds["home"]++
			if !strings.Contains(string(record.Block), "12 34 56 78") {
				t.Error("the home page is not as it came")
			}
		}
	}
	if kinds[warc.Info] != 1 || kinds["home"] != 1 || kinds[warc.Response] != kinds[warc.Request] || kinds[warc.Response] < 2 {
		t.Errorf("records %v", kinds)
	}
	args[len(args)-1] = filepath.Join(register, "warc") // below a file
	if res := invoke(t, nil, args...); res.code != exitFail {
		t.Errorf("a folder that cannot be made: exit %d, %s", res.code, res.stderr)
	}
}

func TestRunWritesWarcFilesToo(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, samplePage)
	}))
	defer site.Close()
	address := site.Listener.Addr().String()
	dir := t.TempDir()
	register := filepath.Join(dir, "r.yaml")
	write(t, register, "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"http://"+address+"/\"}\n")
	folder := filepath.Join(dir, "warc")
	vars := map[string]string{"SMAABORNSVIDEN_WARC": folder}
	running := startWith(t, vars, "run", "-data", filepath.Join(dir, "data"), "-partners", register, "-allow-loopback", address, "-delay", "0s", "-addr", "127.0.0.1:0")
	running.await(t, "msg=crawled")
	if code := running.stop(t); code != exitOK {
		t.Errorf("exit %d: %s", code, running.out)
	}
	names, _ := filepath.Glob(filepath.Join(folder, "*.warc.gz"))
	if len(names) != 1 {
		t.Fatalf("%d files in %s: %s", len(names), folder, running.out)
	}
	file, err := os.Open(names[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for r := warc.NewReader(file); ; n++ {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n < 5 {
		t.Errorf("%d records", n)
	}
}
