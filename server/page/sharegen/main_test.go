package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestThePicturesInUseAreThoseThatAreDrawn holds the committed pictures against what the program draws, pixel for pixel.
func TestThePicturesInUseAreThoseThatAreDrawn(t *testing.T) {
	for name, promise := range texts {
		file, err := os.ReadFile(filepath.Join("..", "static", name))
		if err != nil {
			t.Fatal(err)
		}
		used, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		drawn, err := paint(promise)
		if err != nil {
			t.Fatal(err)
		}
		if used.Bounds() != drawn.Bounds() {
			t.Fatalf("%s is of %v, want %v", name, used.Bounds(), drawn.Bounds())
		}
		for y := range height {
			for x := range width {
				if used.At(x, y) != drawn.At(x, y) {
					t.Fatalf("%s: pixel %d, %d is %v, want %v", name, x, y, used.At(x, y), drawn.At(x, y))
				}
			}
		}
	}
}
