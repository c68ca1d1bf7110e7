package demosite

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

func pdfAnswer(d *doc, path string) answer {
	title := d.Title
	if path == d.Art.Factsheet {
		title = "Faktaark: " + title
	}
	ans := answer{status: 200, kind: "application/pdf", body: onePagePDF(title, exampleLine), modified: released}
	if !d.Modified.IsZero() {
		ans.modified = d.Modified
	}
	return ans
}

// exampleLine stands on every page of every site.
const exampleLine = "Eksempel: opdigtet tekst til demonstration"

// onePagePDF writes a PDF 1.4 of one A4 page: the title in lines of at most 56 characters, then a line of small print.
// It stands in for the documents' files until those are written.
func onePagePDF(title, small string) []byte {
	var content strings.Builder
	content.WriteString("BT /F1 18 Tf 60 760 Td 24 TL\n")
	for _, line := range wrap(title, 56) {
		fmt.Fprintf(&content, "(%s) Tj T*\n", pdfString(line))
	}
	fmt.Fprintf(&content, "/F1 11 Tf (%s) Tj ET\n", pdfString(small))
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (da) >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", content.Len(), content.String()),
		fmt.Sprintf("<< /Title (%s) /Producer (smaabornsviden-demo) >>", pdfString(title)),
	}
	return assemble(objects)
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

// wrap breaks text at spaces into lines of at most n runes where words allow it.
func wrap(text string, n int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line+" "+word)) > n {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
