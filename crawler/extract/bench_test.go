package extract

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkHTML reads one page of each kind: an article of a trade paper, a help page with a long table, and an old page
// of nested tables.
func BenchmarkHTML(b *testing.B) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) == 0 {
		b.Fatalf("testdata: %d pages, %v", len(files), err)
	}
	for _, file := range files {
		b.Run(filepath.Base(file), func(b *testing.B) {
			body, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := HTML(Input{URL: "https://stuen.example/side", Body: body, Now: november}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
