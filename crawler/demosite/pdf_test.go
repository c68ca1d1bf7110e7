package demosite

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"testing"
)

func TestEveryFileIsAPDFWhoseTableIsTrue(t *testing.T) {
	s := newServer(t, Options{})
	c := newClient(t, s)
	files := 0
	for _, site := range s.state().sites {
		for _, d := range site.docs {
			if d.PDFPath == "" {
				continue
			}
			files++
			resp, body := c.get(d.PDFURL())
			if resp.Header.Get("Content-Type") != "application/pdf" || !bytes.Contains(body, []byte(exampleLine)) {
				t.Errorf("%s: %s", d.ID, resp.Header.Get("Content-Type"))
			}
			if problem := badXref(body); problem != "" {
				t.Errorf("%s: %s", d.ID, problem)
			}
		}
	}
	if files != 23 {
		t.Errorf("%d files, want 23", files)
	}
}

// badXref checks that startxref points to the table and each entry to its object.
func badXref(pdf []byte) string {
	start := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(pdf)
	if start == nil {
		return "no startxref"
	}
	at, err := strconv.Atoi(string(start[1]))
	if err != nil || at >= len(pdf) || !bytes.HasPrefix(pdf[at:], []byte("xref\n")) {
		return "startxref points elsewhere"
	}
	for i, entry := range regexp.MustCompile(`(\d{10}) 00000 n \n`).FindAllSubmatch(pdf[at:], -1) {
		offset, err := strconv.Atoi(string(entry[1]))
		if err != nil || !bytes.HasPrefix(pdf[offset:], fmt.Appendf(nil, "%d 0 obj\n", i+1)) {
			return fmt.Sprintf("object %d is not where the table says", i+1)
		}
	}
	return ""
}

func TestPDFTextIsEscaped(t *testing.T) {
	if got, want := pdfString(`a (b) \ – å 漢`), "a \\(b\\) \\\\ \x96 \xe5 \x1a"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFilesAreAsLongAsTheirPagesSay: every file has a text of its own, and where a page names a number of pages it is the file's.
func TestFilesAreAsLongAsTheirPagesSay(t *testing.T) {
	w, err := newWorld(1, released)
	if err != nil {
		t.Fatal(err)
	}
	for id, d := range w.docs {
		if d.PDFPath == "" {
			continue
		}
		if len(d.paper) == 0 && id != scannedPaper {
			t.Errorf("the file of %s has no text", id)
		}
		n, least := sheets(pdfFile(d, false)), 4
		if d.Art.Pages != 0 {
			least = d.Art.Pages
		}
		if n < least || d.Art.Pages != 0 && n != d.Art.Pages {
			t.Errorf("the file of %s has %d pages, its page says %d", id, n, d.Art.Pages)
		}
	}
	if n := sheets(pdfFile(w.docs["V02"], true)); n != 2 {
		t.Errorf("the fact sheet of two pages has %d", n)
	}
}

func sheets(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page /")) }

// TestTheStrategyIsTagged: every mark belongs to one element, and only the strategy's file has any.
func TestTheStrategyIsTagged(t *testing.T) {
	w, err := newWorld(1, released)
	if err != nil {
		t.Fatal(err)
	}
	pdf := pdfFile(w.docs[taggedPaper], false)
	marks, spots := bytes.Count(pdf, []byte(" BDC\n")), bytes.Count(pdf, []byte("/Type /MCR"))
	if marks < 20 || marks != spots {
		t.Errorf("%d marks, %d of them in the tree", marks, spots)
	}
	if ends := bytes.Count(pdf, []byte("EMC\n")); ends != marks+sheets(pdf) {
		t.Errorf("%d ends for %d marks and %d footers", ends, marks, sheets(pdf))
	}
	if !bytes.Contains(pdf, []byte("/S /H1 ")) || !bytes.Contains(pdf, []byte("/Marked true")) {
		t.Error("no heading or no word that the file is marked")
	}
	if bytes.Contains(pdfFile(w.docs["F04"], false), []byte("BDC")) {
		t.Error("the evaluation is tagged too")
	}
}

func TestLongWordsAreBrokenBetweenSyllablesWithBothHyphens(t *testing.T) {
	ts := &typesetter{}
	lines := ts.lines("undersøgelserne og vuggestuepædagogerne", 60, 10)
	var ends []string
	for _, l := range lines {
		if r := []rune(l); r[len(r)-1] == '-' || r[len(r)-1] == '\u00ad' {
			ends = append(ends, string(r[len(r)-1]))
		}
	}
	if len(ends) < 2 || ends[0] != "-" || ends[1] != "\u00ad" {
		t.Errorf("lines %q", lines)
	}
}
