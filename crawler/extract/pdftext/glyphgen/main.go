// Command glyphgen makes glyphs.tsv, the glyph names and standard widths that package pdftext embeds, of Adobe's
// glyph list and the metrics of the standard fonts:
//
//	go run ./crawler/extract/pdftext/glyphgen -list glyphlist.txt -afm Core14_AFMs > crawler/extract/pdftext/glyphs.tsv
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// fonts are the columns of widths. The oblique cuts of Helvetica are as wide as the upright ones, and
// every glyph of Courier is 600.
var fonts = []string{"Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Symbol"}

// glyph is one row: the text it stands for, its codes in the standard and the symbol encoding and its widths.
type glyph struct {
	text     string
	standard string
	symbol   string
	widths   [7]string
}

func main() {
	list := flag.String("list", "glyphlist.txt", "The Adobe Glyph List is read from `file`.")
	afm := flag.String("afm", "Core14_AFMs", "The metrics are read from `folder`.")
	flag.Parse()
	if err := run(*list, *afm, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(list, afm string, out io.Writer) error {
	glyphs := map[string]*glyph{}
	if err := eachLine(list, func(line string) { addName(glyphs, line) }); err != nil {
		return err
	}
	for i, font := range fonts {
		path := filepath.Join(afm, font+".afm")
		if err := eachLine(path, func(line string) { addWidth(glyphs, line, i) }); err != nil {
			return err
		}
	}
	return write(out, glyphs)
}

func eachLine(path string, do func(string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		do(strings.TrimSpace(lines.Text()))
	}
	return lines.Err()
}

// addName reads "name;0041 0301". Scripts that no file in a Latin alphabet names glyphs of are left out, and so are private
// code points.
func addName(glyphs map[string]*glyph, line string) {
	name, codes, ok := strings.Cut(line, ";")
	if !ok || strings.HasPrefix(line, "#") {
		return
	}
	for code := range strings.FieldsSeq(codes) {
		r, err := strconv.ParseUint(code, 16, 32)
		if err != nil || !wanted(r) {
			return
		}
	}
	glyphs[name] = &glyph{text: codes}
}

func wanted(r uint64) bool {
	return r < 0x590 || r >= 0x1E00 && r < 0x2E80 || r >= 0xFB00 && r < 0xFB07
}

// addWidth reads "C 32 ; WX 278 ; N space ; ...".
func addWidth(glyphs map[string]*glyph, line string, font int) {
	f := strings.Fields(line)
	if len(f) < 8 || f[0] != "C" || f[3] != "WX" || f[6] != "N" {
		return
	}
	g := glyphs[f[7]]
	if g == nil {
		return
	}
	g.widths[font] = f[4]
	switch {
	case f[1] == "-1":
	case fonts[font] == "Symbol":
		g.symbol = f[1]
	default:
		g.standard = f[1]
	}
}

func write(out io.Writer, glyphs map[string]*glyph) error {
	names := make([]string, 0, len(glyphs))
	for name := range glyphs {
		names = append(names, name)
	}
	slices.Sort(names)
	w := bufio.NewWriter(out)
	for _, name := range names {
		g := glyphs[name]
		row := append([]string{name, g.text, g.standard, g.symbol}, g.widths[:]...)
		fmt.Fprintln(w, strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
	return w.Flush()
}
