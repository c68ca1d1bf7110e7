package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRunWritesTheFeaturesThatTellLanguagesApart(t *testing.T) {
	dir := t.TempDir()
	for name, list := range map[string]string{
		"da": "og\t0.03\nhvad\t0.002\n2024\t0.1", "nb": "og\t0.03\nhva\t0.002", "sv": "och\t0.03", "en": "and\t0.03", "de": "und\t0.03", "nl": "en\t0.03", "fr": "et\t0.03",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+".tsv"), []byte(list+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	if err := run(dir, &out); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"# da nb sv en de other", "=og 0 0 80 80 80 80", "=hvad 0 53 53 53 53 53", "=en 73 73 73 73 73 0"} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("no line %q in\n%s", line, out.String())
		}
	}
	if strings.Contains(out.String(), "2024") {
		t.Error("a number became a word")
	}
}

func TestRunNamesWhatIsMissingOrBroken(t *testing.T) {
	dir := t.TempDir()
	if err := run(dir, &strings.Builder{}); err == nil {
		t.Error("no lists at all gave no error")
	}
	if err := os.WriteFile(filepath.Join(dir, "da.tsv"), []byte("og mange\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, &strings.Builder{}); err == nil || !strings.Contains(err.Error(), "da.tsv") {
		t.Errorf("broken line: error %v; want the file's name", err)
	}
}
