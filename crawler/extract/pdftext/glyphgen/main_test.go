package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// given writes a glyph list and the metrics of all fonts, of which Helvetica and Symbol have glyphs.
func given(t *testing.T) (list, afm string) {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	list = put("list.txt", "# a comment\naring;00E5\nfi;FB01\nalpha;03B1\ntwo;0041 030A\nhira;3042\nbroken;xyz\n")
	metrics := map[string]string{
		"Helvetica": "StartCharMetrics 3\nC 229 ; WX 556 ; N aring ; B 0 0 1 1 ;\nC -1 ; WX 500 ; N fi ; B 0 0 1 1 ;\nC 5 ; WX 9 ; N unlisted ;\n",
		"Symbol":    "C 97 ; WX 631 ; N alpha ; B 0 0 1 1 ;\nno metrics\n",
	}
	for _, font := range fonts {
		put(font+".afm", metrics[font])
	}
	return list, dir
}

func TestRowsHaveTextCodesAndWidths(t *testing.T) {
	list, afm := given(t)
	var out strings.Builder
	if err := run(list, afm, &out); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"alpha\t03B1\t\t97\t\t\t\t\t\t\t631",
		"aring\t00E5\t229\t\t556",
		"fi\tFB01\t\t\t500", // without a code of its own
		"two\t0041 030A",
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
}

func TestAMissingFileIsAnError(t *testing.T) {
	list, afm := given(t)
	if err := os.Remove(filepath.Join(afm, "Symbol.afm")); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][2]string{"list": {list + "x", afm}, "metrics": {list, afm}} {
		if err := run(args[0], args[1], &strings.Builder{}); err == nil {
			t.Errorf("no error without the file of the %s", name)
		}
	}
}
