package extract

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden answers in testdata")

// TestPagesAreReadAsTheirGoldenAnswersSay compares the whole printed result of each page in testdata.
func TestPagesAreReadAsTheirGoldenAnswersSay(t *testing.T) {
	addresses := map[string]string{
		"fagblad":    "https://stuen.example/debat/leg-er-ikke-spildtid",
		"kommune":    "https://lindeby.example/borger/sundhedspleje",
		"tidsskrift": "https://eks.example/article/view/107",
		"gammel":     "https://www.foraeldrestemmen.example/viewpage.php?page_id=33",
	}
	for name, address := range addresses {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			res, err := HTML(Input{URL: address, Body: body, Agent: "smaabornsviden", Now: november})
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, filepath.Join("testdata", name+".json"), res.Print())
		})
	}
}

func compareGolden(t *testing.T, file string, got Printed) {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, buf.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(buf.String(), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
