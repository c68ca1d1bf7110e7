// Sharegen draws the picture that a link to a page is shown with where people share it: sign, name and promise of the site.
//
//	go generate ./server/page
//
// The same program gives the same bytes on every machine of one architecture.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Width and height are those that networks cut to.
const width, height = 1200, 630

// shades between background and ink: enough for smooth edges, and few enough for a file of some kilobytes.
const shades = 16

var (
	background = color.RGBA{0x0b, 0x5a, 0x62, 0xff} // the accent of the pages
	ink        = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

// texts are the promise in each language, by the name of the file. They have no zero: the font's has a stroke, and reads as an ø.
var texts = map[string]string{
	"deling.png":    "Find viden om små børn",
	"deling-en.png": "Find knowledge about young children",
}

func main() {
	dir := flag.String("o", "static", "The folder to write into.")
	flag.Parse()
	for name, promise := range texts {
		if err := write(filepath.Join(*dir, name), promise); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func write(file, promise string) error {
	picture, err := paint(promise)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture); err != nil {
		return fmt.Errorf("encode %s: %w", file, err)
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// paint draws where there is ink, then gives every pixel the nearest shade.
func paint(promise string) (*image.Paletted, error) {
	mask := image.NewAlpha(image.Rect(0, 0, width, height))
	sign(mask, 600, 215, 8.2)
	if err := line(mask, gobold.TTF, 104, 445, "Småbørnsviden"); err != nil {
		return nil, err
	}
	if err := line(mask, goregular.TTF, 44, 530, promise); err != nil {
		return nil, err
	}
	out := image.NewPaletted(mask.Rect, palette())
	for i, alpha := range mask.Pix {
		out.Pix[i] = uint8((int(alpha)*(shades-1) + 127) / 255)
	}
	return out, nil
}

func palette() color.Palette {
	var p color.Palette
	for i := range shades {
		mix := func(from, to uint8) uint8 { return uint8((int(from)*(shades-1-i) + int(to)*i) / (shades - 1)) }
		p = append(p, color.RGBA{mix(background.R, ink.R), mix(background.G, ink.G), mix(background.B, ink.B), 0xff})
	}
	return p
}

// line writes a text in the middle, its base line at y.
func line(dst draw.Image, ttf []byte, size float64, y int, text string) error {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		return fmt.Errorf("read font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return fmt.Errorf("scale font: %w", err)
	}
	defer face.Close()
	d := font.Drawer{Dst: dst, Src: image.Opaque, Face: face}
	d.Dot = fixed.P(width/2, y)
	d.Dot.X -= d.MeasureString(text) / 2
	d.DrawString(text)
	return nil
}

// sign is that of the pages, a magnifier over somebody small, with its middle at (x, y); one unit of its drawing is that many
// pixels.
func sign(dst draw.Image, x, y, unit float64) {
	at := func(u, v float64) (float32, float32) { return float32(x + (u-17)*unit), float32(y + (v-16)*unit) }
	r := vector.NewRasterizer(width, height)
	ring(r, at, 14, 13, 10, false)
	ring(r, at, 14, 13, 7, true) // the other way around, which cuts it out
	ring(r, at, 14, 13, 3, false)
	r.Draw(dst, dst.Bounds(), image.Opaque, image.Point{})
	r.Reset(width, height)
	handle(r, at, 20.5, 19.5, 28, 27, 2)
	r.Draw(dst, dst.Bounds(), image.Opaque, image.Point{})
}

// corners of the polygon that stands for a circle: no edge shows at this size.
const corners = 180

func ring(r *vector.Rasterizer, at func(u, v float64) (float32, float32), u, v, radius float64, backwards bool) {
	for i := range corners {
		angle := 2 * math.Pi * float64(i) / corners
		if backwards {
			angle = -angle
		}
		px, py := at(u+radius*math.Cos(angle), v+radius*math.Sin(angle))
		if i == 0 {
			r.MoveTo(px, py)
			continue
		}
		r.LineTo(px, py)
	}
	r.ClosePath()
}

// handle is a line with round ends, half as wide as given on either side.
func handle(r *vector.Rasterizer, at func(u, v float64) (float32, float32), fromU, fromV, toU, toV, half float64) {
	along := math.Atan2(toV-fromV, toU-fromU)
	for i := range corners {
		angle := along + math.Pi/2 + math.Pi*2*float64(i)/corners
		u, v := fromU, fromV
		if i > corners/2 {
			u, v = toU, toV
		}
		px, py := at(u+half*math.Cos(angle), v+half*math.Sin(angle))
		if i == 0 {
			r.MoveTo(px, py)
			continue
		}
		r.LineTo(px, py)
	}
	r.ClosePath()
}
