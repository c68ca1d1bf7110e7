package pdftext

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsWrongIsSaid(t *testing.T) {
	text := newPDF()
	text.page(at(60, 700, "Leg"))
	whole := text.bytes("", "")
	scan := newPDF()
	image := scan.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "x")
	scan.page("/X Do", "R:/XObject << /X "+image+" >>")
	blank := newPDF()
	blank.page("")
	silent := newPDF()
	silent.page("BT /F2 10 Tf (ab) Tj ET", "R:/Font << /F2 << /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /Encoding << /Differences [97 /g1 /g2] >> >> >>")
	cycle := newPDF()
	cycle.objects[1] = "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
	cases := []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrNotPDF},
		{"a web page", []byte("<!DOCTYPE html><title>Siden findes ikke</title>"), ErrNotPDF},
		{"head only", []byte("%PDF-1.7\n"), ErrBroken},
		{"cut in half", whole[:len(whole)/2], ErrBroken},
		{"no pages", newPDF().bytes("", ""), ErrBroken},
		{"a page tree that is its own child", cycle.bytes("", ""), ErrBroken},
		{"a password", readFile(t, "testdata/laast.pdf"), ErrEncrypted},
		{"a scan", scan.bytes("", ""), ErrNoText},
		{"a blank page", blank.bytes("", ""), ErrNoText},
		{"glyphs without meaning", silent.bytes("", ""), ErrNoText},
	}
	for _, c := range cases {
		for _, here := range []bool{true, false} {
			if _, err := Read(t.Context(), c.data, Options{InProcess: here}); !errors.Is(err, c.want) {
				t.Errorf("%s, in process %v: error %v, want %v", c.name, here, err, c.want)
			}
		}
	}
}

func TestScanStillHasItsProperties(t *testing.T) {
	m := newPDF()
	m.page("0 0 0 0 re /Sh sh")
	info := m.add("<< /Title (Gammel rapport) >>")
	doc, err := Read(t.Context(), m.bytes("", "/Info "+info), Options{})
	if !errors.Is(err, ErrNoText) || doc.Title != "Gammel rapport" || doc.Total != 1 || doc.Textless != 1 {
		t.Errorf("%+v, error %v", doc, err)
	}
}

// aaben.pdf and laast.pdf are a page of ours, encrypted by qpdf with 256-bit AES: with an empty and with a real
// user password. The first forbids copying.
func TestEmptyPasswordIsTried(t *testing.T) {
	doc, err := Read(t.Context(), readFile(t, "testdata/aaben.pdf"), Options{})
	if err != nil || !strings.Contains(doc.Pages[0], "Børn leger") || !doc.NoCopy || doc.Title != "Prøve" {
		t.Errorf("%+v, error %v", doc, err)
	}
}

func TestDamageIsReadAround(t *testing.T) {
	m := newPDF()
	m.page(at(60, 700, "Første side"))
	m.kids = append(m.kids, "99 0 R")
	m.page(at(60, 700, "Anden side"))
	data := m.bytes("", "")
	data = bytes.Replace(data, []byte("\nxref\n"), []byte("\nxxxx\n"), 1) // the table is gone
	doc, err := Read(t.Context(), data, Options{})
	if err != nil || !cmp.Equal(doc.Pages, []string{"Første side", "Anden side"}) {
		t.Errorf("%q, error %v", doc.Pages, err)
	}
}

func TestDamagedStreamIsReadUpToTheDamage(t *testing.T) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	for i := range 3000 {
		fmt.Fprint(z, at(60, float64(i%800), fmt.Sprintf("ord%d", i*7919)))
	}
	z.Close()
	content := b.Bytes()
	copy(content[len(content)/2:], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
	m := newPDF()
	stream := m.stream("/Filter /FlateDecode", string(content))
	m.page("", "/Contents "+stream)
	doc := readMade(t, m, Options{})
	if !strings.Contains(doc.Pages[0], "ord7919") {
		t.Errorf("%.100q", doc.Pages[0])
	}
}

func TestProperties(t *testing.T) {
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"><rdf:Description xmlns:xmp="x" xmp:ModifyDate="2024-02-01T10:00:00+01:00">
		<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Leg &amp; læring</rdf:li></rdf:Alt></dc:title>
		<dc:creator><rdf:Seq><rdf:li>Ida Årup</rdf:li><rdf:li>Bo Ø</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`
	m := newPDF()
	m.page(at(60, 700, "Leg"))
	meta := m.stream("/Type /Metadata /Subtype /XML", xmp)
	info := m.add(`<< /Title <FEFF00C6006C0064007200650020> /Subject (b\370rn \204leg\223) /CreationDate (D:20230530123456+02'00') /ModDate (D:2023) >>`)
	doc, err := Read(t.Context(), m.bytes("/Lang (da-DK) /Metadata "+meta, "/Info "+info), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := Document{
		Pages: []string{"Leg"}, Total: 1, Title: "Leg & læring", Author: "Ida Årup; Bo Ø", Subject: "børn —legfi",
		Language: "da-DK", Created: time.Date(2023, 5, 30, 10, 34, 56, 0, time.UTC), Modified: time.Date(2024, 2, 1, 9, 0, 0, 0, time.UTC),
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPagesBeyondTheLimitAreCounted(t *testing.T) {
	m := newPDF()
	for range 5 {
		m.page(at(60, 700, "Leg"))
	}
	doc := readMade(t, m, Options{MaxPages: 2})
	if len(doc.Pages) != 2 || doc.Total != 5 || doc.Truncated != "pages" {
		t.Errorf("%+v", doc)
	}
}

func TestBombIsNotDecoded(t *testing.T) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(bytes.Repeat([]byte(" "), 8<<20))
	z.Close()
	m := newPDF()
	m.page(at(60, 700, "Leg"))
	bomb := m.stream("/Filter /FlateDecode", b.String())
	m.page("", "/Contents "+bomb)
	doc := readMade(t, m, Options{MaxStream: 1 << 20})
	if doc.Pages[0] != "Leg" || doc.Truncated != "decoded bytes" {
		t.Errorf("%+v", doc)
	}
}

// TestHostileContentEnds has streams that would keep a careless reader busy for years.
func TestHostileContentEnds(t *testing.T) {
	bounds := Options{}.limits()
	bounds.Ops, bounds.Glyphs = 100_000, 100_000
	nested := newPDF()
	last := nested.stream("/Subtype /Form", at(1, 1, "x"))
	for range 40 {
		last = nested.stream("/Subtype /Form /Resources << /XObject << /X "+last+" >> >>", strings.Repeat("/X Do ", 50))
	}
	nested.page("/X Do", "R:/XObject << /X "+last+" >>")
	self := newPDF()
	self.objects = append(self.objects, "<< /Subtype /Form /Resources << /XObject << /X 3 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream")
	self.page(at(60, 700, "Leg")+"/X Do", "R:/XObject << /X 3 0 R >>")
	many := newPDF()
	many.page("BT /F1 1 Tf " + strings.Repeat("(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ", 10_000) + "ET")
	deep := newPDF()
	deep.page(strings.Repeat("[", 100_000) + strings.Repeat("q /A BMC ", 50_000) + at(1, 1, "x"))
	huge := newPDF()
	huge.page("1e300 0 0 1e300 0 0 cm 1e300 0 0 1e300 0 0 cm " + at(1, 1, "x"))
	for name, m := range map[string]*made{"forms within forms": nested, "a form within itself": self, "many glyphs": many, "deep nesting": deep, "infinite": huge} {
		r, err := readHere(t.Context(), m.bytes("", ""), bounds, "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: stopped by %q after %d glyphs", name, r.Over, r.Named)
	}
}

func TestChildThatHangsIsKilled(t *testing.T) {
	program := filepath.Join(t.TempDir(), "hang")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nexec sleep 60\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Read(t.Context(), []byte("%PDF-"), Options{Program: program, Timeout: 50 * time.Millisecond})
	if !errors.Is(err, ErrTimeout) {
		t.Errorf("error %v, want %v", err, ErrTimeout)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, []byte("%PDF-"), Options{Program: program}); !errors.Is(err, ErrTimeout) {
		t.Errorf("cancelled: error %v, want %v", err, ErrTimeout)
	}
}

func TestChildThatTakesTooMuchMemoryEndsItself(t *testing.T) {
	_, err := Read(t.Context(), readFile(t, "testdata/spalter.pdf"), Options{MaxMemory: 1 << 20})
	if !errors.Is(err, ErrMemory) {
		t.Errorf("error %v, want %v", err, ErrMemory)
	}
}

func TestChildThatFailsIsSaid(t *testing.T) {
	for _, program := range []string{"/bin/false", "/bin/true", "/bin/echo", filepath.Join(t.TempDir(), "missing")} {
		if _, err := Read(t.Context(), []byte("%PDF-"), Options{Program: program}); !errors.Is(err, ErrChild) {
			t.Errorf("%s: error %v, want %v", program, err, ErrChild)
		}
	}
}

func TestChildDoesNotStartChildren(t *testing.T) {
	t.Setenv(ChildVariable, "1")
	if _, err := Read(t.Context(), []byte("%PDF-"), Options{}); !errors.Is(err, ErrChild) {
		t.Errorf("error %v, want %v", err, ErrChild)
	}
}

func TestChildRefusesWhatIsNoOrder(t *testing.T) {
	for _, in := range []string{"", "{}\n%PDF-", "x\n", `{"time":0}` + "\n"} {
		if code := Child(strings.NewReader(in), &bytes.Buffer{}); code != exitBadInput {
			t.Errorf("Child(%q) = %d", in, code)
		}
	}
}

// FuzzRead feeds whole files: no panic, valid UTF-8, no page larger than the glyphs allow.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"testdata/spalter.pdf", "testdata/aaben.pdf"} {
		f.Add(readFile(f, name))
	}
	m := newPDF()
	m.page(at(60, 700, "Leg"))
	f.Add(m.bytes("", ""))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data) })
}

// FuzzContent feeds content streams, form XObjects and maps of characters.
func FuzzContent(f *testing.F) {
	f.Add(at(60, 700, "Leg")+"BI ID x EI /X Do", toUnicode)
	f.Add("BT /F2 10 Tf 1 0 .1 1 60 700 Tm [<0010> -300 (ab)] TJ /Span << /ActualText (x) >> BDC (y) ' EMC ET", "1 beginbfrange <00> <ff> [<0041> /ae] endbfrange")
	f.Add("q Q Q cm gs sh \" ' TJ Tj Td 1 0 0 -1 0 0 Tm << << [ ( <", "1 begincidrange <0000> <ffff> 1 endcidrange")
	f.Fuzz(func(t *testing.T, content, cmap string) {
		m := newPDF()
		cm := m.stream("", cmap)
		form := m.stream("/Subtype /Form", content)
		font := "<< /Subtype /Type0 /Encoding " + cm + " /ToUnicode " + cm + " /DescendantFonts [<< /W [0 [500]] >>] >>"
		stream := m.stream("", content)
		m.page("", "/Contents "+stream, "R:/Font << /F2 "+font+" >> /XObject << /X "+form+" >>")
		m.page(at(60, 700, "Leg"))
		fuzzed(t, m.bytes("", ""))
	})
}

func fuzzed(t *testing.T, data []byte) {
	const glyphs = 20_000
	bounds := Options{MaxStream: 1 << 20, MaxPages: 20}.limits()
	bounds.Ops, bounds.Glyphs = 50_000, glyphs
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	r, err := readHere(ctx, data, bounds, "")
	if err != nil {
		return
	}
	doc := compose(&r, Options{})
	size := 0
	for _, s := range append([]string{doc.Title, doc.Author, doc.Subject, doc.Keywords, doc.Language}, doc.Pages...) {
		size += len(s)
		if s != strings.ToValidUTF8(s, "") {
			t.Errorf("not UTF-8: %q", s)
		}
	}
	// A glyph may stand for 8 bytes of text, each of which may be followed by a space or tab.
	if size > 16*glyphs+5*maxLine {
		t.Errorf("%d bytes of text", size)
	}
}

func BenchmarkRead(b *testing.B) {
	data := readFile(b, "testdata/spalter.pdf")
	for _, here := range []bool{true, false} {
		b.Run(fmt.Sprintf("inprocess=%v", here), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read(b.Context(), data, Options{InProcess: here}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkManuals reads the files that SMAABORNSVIDEN_MANUALS names.
func BenchmarkManuals(b *testing.B) {
	pattern := os.Getenv("SMAABORNSVIDEN_MANUALS")
	paths, err := filepath.Glob(pattern)
	if pattern == "" || err != nil {
		b.Skip("SMAABORNSVIDEN_MANUALS names no files (a pattern)")
	}
	for _, path := range paths {
		data := readFile(b, path)
		b.Run(filepath.Base(path), func(b *testing.B) {
			pages := 0
			for b.Loop() {
				doc, err := Read(b.Context(), data, Options{})
				if err != nil {
					b.Fatal(err)
				}
				pages += len(doc.Pages)
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
