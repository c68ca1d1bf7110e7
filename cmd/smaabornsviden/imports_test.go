package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of rooms: which of our packages a package may import, itself and test files aside.
// A "/*" takes in everything below a folder. The rules behind it: crawler and server never meet, no engine is
// imported outside cmd and its own tests, and index imports nothing of ours.
var allowed = map[string][]string{
	"cmd/smaabornsviden":       {"*"},
	"cmd/smaabornsviden/*":     {"crawler/describe", "crawler/partners", "index", "index/programmes", "index/topics"},
	"crawler":                  {"crawler/*", "index"},
	"crawler/partners":         {"index"}, // the slugs of types, sectors and languages
	"crawler/canonical":        {},
	"crawler/robots":           {"crawler/canonical"},
	"crawler/discover":         {"crawler/canonical"},
	"crawler/fetch":            {"crawler/canonical"},
	"crawler/extract":          {"crawler/canonical", "crawler/discover", "crawler/extract/*", "crawler/fetch", "crawler/identifier", "index", "index/danish"},
	"crawler/extract/*":        {"index/danish"},
	"crawler/extract/lang/gen": {"crawler/extract/lang"},
	"crawler/describe":         {"crawler/identifier", "crawler/partners", "index", "index/danish", "index/programmes", "index/topics", "index/vocab"},
	"crawler/identifier":       {},
	"crawler/dedup":            {"index"},
	"crawler/state":            {"index"},
	"crawler/demosite":         {},
	"crawler/hell":             {},
	"crawler/warc":             {},
	"index":                    {},
	"index/danish":             {"index/danish/*"},
	"index/danish/*":           {"index/danish/*"},
	"index/vocab":              {"index/danish"},
	"index/topics":             {},
	"index/programmes":         {},
	"index/query":              {"index", "index/danish", "index/vocab"},
	"index/rank":               {"index"},
	"index/snippet":            {"index", "index/danish"},
	"index/bleveindex":         {"index", "index/danish", "index/rank"},
	"index/opensearch":         {"index", "index/danish", "index/rank"},
	"index/indextest":          {"index", "index/danish", "index/query", "index/rank"},
	"index/eval":               {"index", "index/danish", "index/query"},
	"server":                   {"index", "index/danish", "index/programmes", "index/query", "index/snippet", "index/topics", "index/vocab", "server/*"},
	"server/servertest":        {"index", "index/danish", "index/programmes", "index/query", "index/topics", "server", "server/*"}, // canned states of every page
	"server/*":                 {"index", "index/danish", "index/programmes", "index/query", "index/snippet", "index/topics", "index/vocab", "server/*"},
}

const module = "smaabornsviden/"

type listed struct {
	ImportPath string
	Imports    []string
}

// TestPackagesImportOnlyWhatTheTableOfRoomsAllows keeps the architecture: it reads the imports as the go command
// sees them, so nothing has to be built.
func TestPackagesImportOnlyWhatTheTableOfRoomsAllows(t *testing.T) {
	for _, pkg := range list(t) {
		room := strings.TrimPrefix(pkg.ImportPath, module)
		may, ok := rules(room)
		if !ok {
			t.Errorf("%s stands in no row of the table of rooms", room)
			continue
		}
		for _, imported := range pkg.Imports {
			other, ours := strings.CutPrefix(imported, module)
			if ours && !slices.ContainsFunc(may, func(pattern string) bool { return matches(pattern, other) }) {
				t.Errorf("%s imports %s, but may import %v of ours", room, other, may)
			}
		}
	}
}

// TestProgramIsNotLinkedWithTablesForDatesItReadsItself keeps out what each start of the program would pay for: the module in the
// place of go-htmldate has to be changed when go-trafilatura asks for more of it, not left out.
func TestProgramIsNotLinkedWithTablesForDatesItReadsItself(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if strings.Contains(string(out), "github.com/markusmobius/go-dateparser") {
		t.Error("go-dateparser is linked: 170 ms and 78 MB at each start")
	}
}

func list(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return pkgs
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

// rules finds a room's row: its own, or that of a folder above it that ends in "/*".
func rules(room string) ([]string, bool) {
	if may, ok := allowed[room]; ok {
		return may, true
	}
	for above := room; strings.Contains(above, "/"); {
		above = above[:strings.LastIndexByte(above, '/')]
		if may, ok := allowed[above+"/*"]; ok {
			return may, true
		}
	}
	return nil, false
}

func matches(pattern, room string) bool {
	if below, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(room, below)
	}
	return pattern == room
}
