package extract_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"smaabornsviden/crawler/extract"
)

// wordFile packs the body of a Word document.
func wordFile(f *testing.F, body string) []byte {
	f.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}

// What may bring a "<" into the text of a page by right: an entity, and elements whose content is no markup.
var rawText = regexp.MustCompile(`(?i)&|<(?:xmp|plaintext|title|textarea|script|style|noscript|iframe|noembed|noframes|svg|math|template|select|!|\?)`)

var looksLikeTag = regexp.MustCompile(`<[A-Za-z][^<>]*>|</[A-Za-z]`)

// FuzzPage: whatever the bytes and whatever they are said to be, reading them ends soon, and its text is UTF-8 in NFC,
// bounded by the bytes that came, and free of markup.
func FuzzPage(f *testing.F) {
	pdf := "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n" +
		"4 0 obj\n<</Length 44>>\nstream\nBT /F 12 Tf 20 200 Td (Leg i haven) Tj ET      \nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF"
	f.Add([]byte(pdf), "application/pdf")
	f.Add([]byte(pdf), "text/html")
	f.Add(wordFile(f, `<w:p><w:r><w:t>Leg i &lt;haven&gt;</w:t></w:r></w:p>`), "application/octet-stream")
	f.Add([]byte("PK\x03\x04 ikke en fil"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	f.Add([]byte("<main><h1>Leg</h1><p>Børnene leger i haven hele dagen, og de voksne ser til.</main>"), "text/html; charset=windows-1252")
	f.Add([]byte("\x1f\x8b\x08"), "application/pdf")
	fuzzing := flag.Lookup("test.fuzz").Value.String() != ""
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		if len(body) > 50_000 || fuzzing && bytes.Contains(body, []byte("%PDF")) {
			return // a PDF is read by a child process; its reader is fuzzed without one in package pdftext
		}
		began := time.Now()
		res, err := extract.Page(t.Context(), extract.Input{URL: "https://made.example/x", ContentType: contentType, Body: body, Kept: body})
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("reading %d bytes took %s", len(body), took)
		}
		if err != nil && res.Text != "" && !errors.Is(err, extract.ErrNoText) {
			t.Errorf("text %q with error %v", res.Text, err)
		}
		if !utf8.ValidString(res.Text) || !norm.NFC.IsNormalString(res.Text) || strings.ContainsRune(res.Text, 0) {
			t.Errorf("text %q", res.Text)
		}
		if res.Format == "html" && len(res.Text) > 8*len(body)+100 {
			t.Errorf("%d bytes of text out of %d", len(res.Text), len(body))
		}
		// Without control characters a "<" and the word after it may look like a tag; a tag stands in the body as it is.
		if tag := looksLikeTag.FindString(res.Text); tag != "" && res.Format == "html" && !rawText.Match(body) && bytes.Contains(body, []byte(tag)) {
			t.Errorf("text %q holds the markup %q", res.Text, tag)
		}
		for at := range res.PageOffsets {
			if res.PageOffsets[at] > len(res.Text) || at > 0 && res.PageOffsets[at] < res.PageOffsets[at-1] {
				t.Errorf("page offsets %v in %d bytes", res.PageOffsets, len(res.Text))
			}
		}
	})
}
