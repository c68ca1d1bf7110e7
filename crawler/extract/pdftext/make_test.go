package pdftext

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// made is a PDF in the making: objects are numbered from 1, the catalog is 1 and the page tree 2.
type made struct {
	objects []string
	kids    []string
}

func newPDF() *made { return &made{objects: []string{"", ""}} }

// add adds an object and returns the reference to it.
func (m *made) add(object string) string {
	m.objects = append(m.objects, object)
	return fmt.Sprintf("%d 0 R", len(m.objects))
}

func (m *made) stream(dict, content string) string {
	return m.add(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content))
}

const (
	helveticaFont = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
	a4            = "/MediaBox [0 0 595 842]"
)

// page adds a page with Helvetica as /F1; more are further entries of the page, or of its resources if they are
// given with the prefix "R:".
func (m *made) page(content string, more ...string) {
	resources, entries := "/Font << /F1 "+helveticaFont+" >>", ""
	for _, s := range more {
		if r, ok := strings.CutPrefix(s, "R:"); ok {
			resources += " " + r
			continue
		}
		entries += " " + s
	}
	at := m.stream("", latin(content))
	m.kids = append(m.kids, m.add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R %s /Contents %s /Resources << %s >> %s >>", a4, at, resources, entries)))
}

// latin encodes as WinAnsi.
func latin(s string) string {
	b, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

// bytes writes the file; catalog and trailer are further entries of those.
func (m *made) bytes(catalog, trailer string) []byte {
	m.objects[0] = "<< /Type /Catalog /Pages 2 0 R " + catalog + " >>"
	if m.objects[1] == "" {
		m.objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(m.kids, " "), len(m.kids))
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(m.objects))
	for i, o := range m.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(m.objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(m.objects)+1, trailer, xref)
	return b.Bytes()
}

// at shows text at a position in 10 points, or in another size given as "size|text".
func at(x, y float64, text string) string {
	size := "10"
	if s, rest, ok := strings.Cut(text, "|"); ok {
		size, text = s, rest
	}
	return fmt.Sprintf("BT /F1 %s Tf %g %g Td (%s) Tj ET\n", size, x, y, text)
}

// column shows lines below each other.
func column(x, y float64, lines ...string) string {
	var s strings.Builder
	for i, l := range lines {
		s.WriteString(at(x, y-12*float64(i), l))
	}
	return s.String()
}

// readMade reads a made file in this process.
func readMade(t *testing.T, m *made, o Options) Document {
	t.Helper()
	o.InProcess = true
	doc, err := Read(t.Context(), m.bytes("", ""), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
