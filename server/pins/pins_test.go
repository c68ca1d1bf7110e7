package pins_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/pins"
)

const good = `pins:
  - queries: [indkøring, tilvænning i vuggestue]
    documents: [abcdefghijklmnop, "https://kilde.example/side"]
    why: Ny national vejledning.
  - queries: [sprog]
    note: Vi har samlet det om sprog under emnet Sprog.
`

func TestAPinIsFoundByAnyOfItsQueries(t *testing.T) {
	l, err := pins.Parse([]byte(good), "pins.yaml", strings.ToLower)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := l.Find("tilvænning i vuggestue")
	if !ok || len(p.Documents) != 2 || p.Documents[1] != index.NewID("https://kilde.example/side") || p.Why == "" {
		t.Errorf("got %+v, %v", p, ok)
	}
	if _, ok := l.Find("andet"); ok || l.Len() != 2 {
		t.Errorf("%d pins, one for another search: %v", l.Len(), ok)
	}
}

func TestMistakesNameLineAndField(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		line       int
		field      string
	}{
		{"no query", "pins:\n  - note: x\n", 2, "queries"},
		{"nothing to show", "pins:\n  - queries: [a]\n", 2, "documents"},
		{"no reason", "pins:\n  - queries: [a]\n    documents: [abcdefghijklmnop]\n", 2, "why"},
		{"no id", "pins:\n  - queries: [a]\n    why: x\n    documents: [hej]\n", 4, "documents"},
		{"too many", "pins:\n  - queries: [a]\n    why: x\n    documents: [abcdefghijklmnop, abcdefghijklmnoq, abcdefghijklmnor, abcdefghijklmnos]\n", 4, "documents"},
		{"a query twice", "pins:\n  - queries: [a]\n    note: x\n  - queries: [A]\n    note: y\n", 4, "queries"},
		{"an unknown field", "pins:\n  - queries: [a]\n    nte: x\n", 3, "nte"},
		{"a long note", "pins:\n  - queries: [a]\n    note: " + strings.Repeat("x", 501) + "\n", 3, "note"},
		{"no list", "pins: 3\n", 1, "3"},
	} {
		_, err := pins.Parse([]byte(tt.text), "pins.yaml", strings.ToLower)
		var at *pins.FieldError
		if !errors.As(err, &at) || at.Line != tt.line || at.Field != tt.field {
			t.Errorf("%s: %v, want line %d, field %s", tt.name, err, tt.line, tt.field)
		}
	}
}

func TestAFileIsReadAgainWhenItChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pins.yaml")
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	f := pins.NewFile(path, strings.ToLower, func() time.Time { return now })
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
		if err := os.Chtimes(path, now, now); err != nil { // two writes may fall into one tick of the file system
			t.Fatal(err)
		}
	}
	if _, ok := f.Find("sprog"); ok {
		t.Error("found without a file")
	}
	write(good)
	if p, ok := f.Find("Sprog"); !ok || p.Note == "" {
		t.Errorf("after it was written: %+v, %v", p, ok)
	}
	before := f.Stamp()
	write("pins:\n  - queries: [sprog]\n")
	if n, err := f.State(); err == nil || n != 2 {
		t.Errorf("a file with a mistake: %d pins, %v", n, err)
	}
	if _, ok := f.Find("sprog"); !ok {
		t.Error("what was read before does not hold any more")
	}
	write("")
	if n, err := f.State(); err != nil || n != 0 || f.Stamp() == before {
		t.Errorf("an empty file: %d pins, %v", n, err)
	}
	write(good)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if n, err := f.State(); err != nil || n != 0 {
		t.Errorf("no file: %d pins, %v", n, err)
	}
}

// No text makes the parser panic, and what it takes keeps the bounds.
func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("pins:\n  - queries: a\n")
	f.Add("pins: [{queries: [a], note: x}]")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := pins.Parse([]byte(text), "pins.yaml", strings.ToLower)
		if err != nil {
			return
		}
		for _, word := range strings.Fields(text) {
			if p, ok := l.Find(word); ok && (len(p.Queries) == 0 || len(p.Documents) > 3 || len(p.Documents) == 0 && p.Note == "") {
				t.Fatalf("took %+v", p)
			}
		}
	})
}
