package demosite

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// pdfAnswer is a document's file as the site serves it.
func pdfAnswer(d *doc, path string) answer {
	ans := answer{status: 200, kind: "application/pdf", body: pdfFile(d, path == d.Art.Factsheet), modified: released}
	if !d.Modified.IsZero() {
		ans.modified = d.Modified
	}
	return ans
}

// exampleLine stands on every page of every site.
const exampleLine = "Eksempel: opdigtet tekst til demonstration"

// Documents whose files are set in two columns, written with tags, and a scan.
const (
	twoColumnPaper = "F08"
	taggedPaper    = "L09"
	scannedPaper   = "V12"
)

// pdfFile writes the file of a document, or its fact sheet. Where no paper is written the file is a title page.
func pdfFile(d *doc, factsheet bool) []byte {
	title, blocks, columns := d.Title, d.paper, 1
	switch {
	case factsheet:
		title, blocks = "Faktaark: "+d.Title, d.sheet
	case d.ID == scannedPaper:
		return scanPDF(d.Title, 4)
	case d.ID == twoColumnPaper:
		columns = 2
	}
	if len(blocks) == 0 {
		blocks = []paperBlock{{paperTitle, []string{title}}}
	}
	example := paperBlock{paperSmall, []string{exampleLine}}
	blocks = slices.Concat(blocks[:1], []paperBlock{example}, blocks[1:])
	if d.ID == taggedPaper {
		return taggedPDF(title, d.SiteName, blocks)
	}
	return textPDF(title, typeset(blocks, columns, d.SiteName))
}

// textPDF writes a PDF 1.4 of pages in Helvetica.
func textPDF(title string, contents []string) []byte {
	objects, kids := textObjects(contents, "")
	return finish(objects, kids, title)
}

// textObjects are the objects of pages in Helvetica and the references to the pages. More is written into every page, with its
// number where it asks for one.
func textObjects(contents []string, more string) (objects, kids []string) {
	objects = []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (da) >>",
		"", // the pages, once their numbers are known
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
	}
	for i, c := range contents {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		extra := strings.ReplaceAll(more, "%d", strconv.Itoa(i))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> %s >>", sheetWidth, sheetHeight, n+1, extra),
			stream("", c))
	}
	return objects, kids
}

// scanPDF writes pages that are pictures only: grey strokes where lines of text would stand.
func scanPDF(title string, pages int) []byte {
	const width, height = 120, 170
	pixels := bytes.Repeat([]byte{0xf4}, width*height)
	for y := 15; y < height-15; y += 5 {
		for x := 14; x < width-14-(y*7)%23; x++ {
			if x*y%9 != 0 {
				pixels[y*width+x] = 0x50
			}
		}
	}
	picture := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8", width, height)
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", stream(picture, string(pixels))}
	var kids []string
	for range pages {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /XObject << /I1 3 0 R >> >> >>", sheetWidth, sheetHeight, n+1),
			stream("", fmt.Sprintf("q %d 0 0 %d 0 0 cm /I1 Do Q\n", sheetWidth, sheetHeight)))
	}
	return finish(objects, kids, title)
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// finish adds the tree of pages and the properties.
func finish(objects, kids []string, title string) []byte {
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids))
	info := fmt.Sprintf("<< /Title (%s) /Subject (%s) /Producer (smaabornsviden-demo) >>", pdfString(title), exampleLine)
	return assemble(append(objects, info))
}

// assemble numbers the objects from 1 and writes the cross-reference table; the last object is the Info.
func assemble(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, len(objects), xref)
	return b.Bytes()
}

// pdfString encodes text in WinAnsi, which is windows-1252, and escapes what ends a string.
func pdfString(s string) string {
	encoded, err := encoding.ReplaceUnsupported(charmap.Windows1252.NewEncoder()).String(s)
	if err != nil {
		return ""
	}
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(encoded)
}
