package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestThePicturesInUseAreThoseThatAreDrawn holds the committed pictures against what the program draws, pixel for pixel, but for rounding.
func TestThePicturesInUseAreThoseThatAreDrawn(t *testing.T) {
	for name, promise := range texts {
		file, err := os.ReadFile(filepath.Join("..", "static", name))
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		used, ok := decoded.(*image.Paletted)
		if !ok {
			t.Fatalf("%s has no palette", name)
		}
		drawn, err := paint(promise)
		if err != nil {
			t.Fatal(err)
		}
		if used.Bounds() != drawn.Bounds() {
			t.Fatalf("%s is of %v, want %v", name, used.Bounds(), drawn.Bounds())
		}
		for i, shade := range drawn.Pix {
			// Another architecture may round an edge to the next shade.
			if got := used.Pix[i]; max(got, shade)-min(got, shade) > 1 {
				t.Fatalf("%s: pixel %d is of shade %d, want %d", name, i, got, shade)
			}
		}
	}
}
