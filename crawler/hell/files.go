package hell

import (
	"fmt"
	"strings"
)

// files are sites whose PDF and Word files are the trouble.
func files() []Behaviour {
	return []Behaviour{pdfs(), words()}
}

// pdf joins objects, numbered from 1, to a file with a cross-reference table.
func pdf(trailer string, objects ...string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, 0, len(objects))
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.String()
}

func stream(content string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
}

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"

// shows is a file of one page with the content given.
func shows(content string) string {
	return pdf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> >>",
		helvetica, stream(content), form("/X Do /X Do", "/X 6 0 R"))
}

func form(content, others string) string {
	return fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 4 0 R >> /XObject << %s >> >> /Length %d >>\nstream\n%s\nendstream", others, len(content), content)
}

// mirrors is a file whose page shows a form ten times, which shows another ten times, twelve deep.
func mirrors() string {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> >>",
		helvetica, stream("BT /F1 12 Tf 60 700 Td (Spejle om leg) Tj ET " + strings.Repeat("/X Do ", 10)),
	}
	for i := range 12 {
		objects = append(objects, form("BT /F1 9 Tf 1 1 Td (spejl) Tj ET "+strings.Repeat("/X Do ", 10), fmt.Sprintf("/X %d 0 R", 7+min(i, 10))))
	}
	return pdf("", objects...)
}

func onePage(line string) string { return shows("BT /F1 12 Tf 60 700 Td (" + line + ") Tj ET") }

func pdfs() Behaviour {
	of := func(text string) page { return body("application/pdf", text) }
	good := onePage("En fil om motorik og sprog for de mindste")
	return Behaviour{
		Name: "pdf", Does: "has files that are broken, locked, endless, empty, or that lead in rings",
		Want: map[string]string{
			"/": ok, "/god.pdf": ok, "/vroevl.pdf": "unsupported content-type", "/afbrudt.pdf": ok, "/laast.pdf": "unsupported content-type",
			"/ring.pdf": "unsupported content-type", "/tom.pdf": ok, "/former.pdf": ok, "/lang.pdf": ok, "/spejle.pdf": ok,
		},
		pages: map[string]page{
			"/god.pdf": of(good), "/vroevl.pdf": of("%PDF-1.7\n" + strings.Repeat("vrøvl\n", 1000)), "/afbrudt.pdf": of(strings.Replace(good, "startxref", "startxxxx", 1)),
			"/laast.pdf": of(pdf("/Encrypt << /Filter /Standard /V 4 /R 4 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) /P -4 /Length 128 >> /ID [<00> <00>]",
				"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>")),
			"/ring.pdf": of(pdf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R >>")),
			"/tom.pdf":  of(shows("0 0 100 100 re f")), "/former.pdf": of(shows("BT /F1 12 Tf 60 700 Td (Former i former om leg) Tj ET /X Do")),
			"/spejle.pdf": of(mirrors()),
			"/lang.pdf": func(a *ask) {
				of(shows(strings.Repeat("BT /F1 12 Tf 60 700 Td (Det samme igen og igen om leg) Tj ET\n", 20_000)))(a)
			},
		},
	}
}

func words() Behaviour {
	const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	return Behaviour{
		Name: "word", Does: "has Word files that are none", Want: map[string]string{"/": ok, "/vroevl.docx": "unsupported content-type", "/tom.docx": "unsupported content-type"},
		pages: map[string]page{
			"/vroevl.docx": body(docx, "PK\x03\x04"+strings.Repeat("\xff", 5000)),
			"/tom.docx":    body(docx, "PK\x05\x06"+strings.Repeat("\x00", 18)),
		},
	}
}
