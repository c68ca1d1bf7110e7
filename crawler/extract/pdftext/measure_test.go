package pdftext

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TestMeasureMade sets the invented articles of the demonstration sites in several layouts, with two programs, and
// compares what is read back with the articles by runs of four words. Poppler, if named, is the yardstick; it keeps
// running headers and page numbers, which are no part of the articles.
func TestMeasureMade(t *testing.T) {
	setters := []struct {
		env  string
		set  func(t *testing.T, program, layout, dir string, articles []article) string
		kind []string
	}{
		{"SMAABORNSVIDEN_WEASYPRINT", weasyprint, []string{"plain", "justified", "columns", "ligatures", "spread"}},
		{"SMAABORNSVIDEN_SOFFICE", soffice, []string{"plain", "columns", "ligatures"}},
	}
	articles := readArticles(t)
	gold := goldWords(articles)
	for _, s := range setters {
		t.Run(s.env, func(t *testing.T) {
			program := os.Getenv(s.env)
			if program == "" {
				t.Skipf("%s does not name the program", s.env)
			}
			for _, kind := range s.kind {
				dir := t.TempDir()
				path := s.set(t, program, kind, dir, articles)
				keep(t, path, s.env+"-"+kind+".pdf")
				measureMade(t, path, kind, gold)
			}
		})
	}
}

// keep copies a made file to the folder named, for a look at it.
func keep(t *testing.T, path, name string) {
	if dir := os.Getenv("SMAABORNSVIDEN_KEEP"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), readFile(t, path), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func measureMade(t *testing.T, path, kind string, gold []string) {
	doc, err := Read(t.Context(), readFile(t, path), Options{})
	if err != nil {
		t.Errorf("%s: %v", kind, err)
		return
	}
	got := wordsIn(strings.Join(doc.Pages, "\n"))
	f1 := shingles(got, 4).f1(shingles(gold, 4))
	t.Logf("%-10s %3d pages  words F1 %.4f  4-gram F1 %.4f", kind, doc.Total, shingles(got, 1).f1(shingles(gold, 1)), f1)
	if f1 < 0.99 {
		t.Errorf("%s: 4-gram F1 %.4f, want 0.99", kind, f1)
	}
	t.Log(differences(got, gold, 15))
	if program := os.Getenv("SMAABORNSVIDEN_PDFTOTEXT"); program != "" {
		for _, raw := range []bool{false, true} {
			p := wordsIn(poppler(t, program, path, raw))
			t.Logf("%-10s pdftotext raw=%v: 4-gram F1 %.4f", kind, raw, shingles(p, 4).f1(shingles(gold, 4)))
		}
	}
}

// TestMeasureManuals compares what is read from real manuals with what poppler reads. Running headers stay in, since
// poppler keeps them.
func TestMeasureManuals(t *testing.T) {
	program, pattern := os.Getenv("SMAABORNSVIDEN_PDFTOTEXT"), os.Getenv("SMAABORNSVIDEN_MANUALS")
	if program == "" || pattern == "" {
		t.Skip("SMAABORNSVIDEN_PDFTOTEXT does not name pdftotext, or SMAABORNSVIDEN_MANUALS no files (a pattern)")
	}
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	for _, path := range paths {
		doc, err := Read(t.Context(), readFile(t, path), Options{KeepFurniture: true})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		got := wordsIn(strings.Join(doc.Pages, "\n"))
		for _, raw := range []bool{false, true} {
			want := wordsIn(poppler(t, program, path, raw))
			f1 := shingles(got, 4).f1(shingles(want, 4))
			t.Logf("%s: %d words, pdftotext raw=%v: 4-gram agreement %.4f", filepath.Base(path), len(got), raw, f1)
			if f1 < 0.98 {
				t.Errorf("%s: agreement %.4f, want 0.98", path, f1)
			}
			if !raw {
				t.Log(differences(got, want, 12))
			}
		}
	}
}

// poppler reads a file with pdftotext and joins words at line ends as we do.
func poppler(t *testing.T, program, path string, raw bool) string {
	t.Helper()
	args := []string{"-enc", "UTF-8"}
	if raw {
		args = append(args, "-raw")
	}
	out, err := exec.Command(program, append(args, path, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var pages [][]line
	for page := range strings.SplitSeq(string(out), "\f") {
		var lines []line
		for text := range strings.SplitSeq(page, "\n") {
			if text = strings.TrimSpace(clean(text)); text != "" {
				lines = append(lines, line{Text: text})
			}
		}
		pages = append(pages, lines)
	}
	h := newHyphens(pages, nil)
	var all string
	var text strings.Builder
	for _, lines := range pages {
		for _, l := range lines {
			if _, _, ok := parted(all, l.Text); ok && lower(l.Text) {
				all = h.join(all, l.Text)
				continue
			}
			text.WriteString(all + "\n")
			all = l.Text
		}
	}
	return text.String() + all
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wordsIn are the runs of letters and digits, in small letters.
func wordsIn(s string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, softHyphen, "")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// bag counts runs of words.
type bag map[string]int

func shingles(words []string, n int) bag {
	b := bag{}
	for i := 0; i+n <= len(words); i++ {
		b[strings.Join(words[i:i+n], " ")]++
	}
	return b
}

func (b bag) size() int {
	n := 0
	for _, c := range b {
		n += c
	}
	return n
}

// f1 is twice the common part over both sizes.
func (b bag) f1(other bag) float64 {
	common := 0
	for s, n := range b {
		common += min(n, other[s])
	}
	return 2 * float64(common) / float64(b.size()+other.size())
}

// differences shows some places where the words differ.
func differences(got, want []string, n int) string {
	var out strings.Builder
	a, b := shingles(got, 4), shingles(want, 4)
	show := func(label string, words []string, mine, other bag) {
		shown := 0
		for i := 0; i+4 <= len(words) && shown < n; i++ {
			if s := strings.Join(words[i:i+4], " "); mine[s] > other[s] {
				fmt.Fprintf(&out, "%s %s\n", label, strings.Join(words[max(0, i-1):min(len(words), i+6)], " "))
				i += 5
				shown++
			}
		}
	}
	show("only here:", got, a, b)
	show("only there:", want, b, a)
	return out.String()
}

// article is an article of the demonstration sites as elements of text.
type article struct {
	parts []part
}

type part struct {
	tag  string // h1, h2, h3, p or li
	text string
}

func readArticles(t *testing.T) []article {
	t.Helper()
	paths, err := filepath.Glob("../../demosite/content/*.html")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	var all []article
	for _, path := range paths {
		_, body, ok := bytes.Cut(readFile(t, path)[3:], []byte("\n---\n"))
		if !ok {
			t.Fatalf("%s: no front matter", path)
		}
		doc, err := html.Parse(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		a := article{parts: []part{{"h1", strings.TrimSuffix(filepath.Base(path), ".html")}}}
		a.walk(doc)
		all = append(all, a)
	}
	return all
}

func (a *article) walk(n *html.Node) {
	switch n.DataAtom {
	case atom.H2, atom.H3, atom.P, atom.Li:
		if text := strings.Join(strings.Fields(strings.ReplaceAll(textOf(n), softHyphen, "")), " "); text != "" {
			a.parts = append(a.parts, part{n.Data, text})
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		a.walk(c)
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var s strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.WriteString(textOf(c))
	}
	if n.DataAtom == atom.Br {
		s.WriteByte(' ')
	}
	return s.String()
}

func goldWords(articles []article) []string {
	var words []string
	for _, a := range articles {
		for _, p := range a.parts {
			words = append(words, wordsIn(p.text)...)
		}
	}
	return words
}

var styles = map[string]string{
	"plain":     `body { font: 11pt "DejaVu Serif" }`,
	"justified": `body { font: 10pt "DejaVu Serif"; text-align: justify; hyphens: auto }`,
	"columns":   `body { font: 9.5pt "DejaVu Sans"; text-align: justify; hyphens: auto; columns: 2; column-gap: 6mm }`,
	"ligatures": `body { font: 11pt "Linux Libertine O"; font-variant-ligatures: common-ligatures discretionary-ligatures;
		text-align: justify; hyphens: auto; columns: 2 } h1 { column-span: all }`,
	"spread": `body { font: 10pt "DejaVu Serif"; hyphens: auto; columns: 3; column-gap: 5mm } h1, h2 { letter-spacing: .25em }`,
}

func weasyprint(t *testing.T, program, layout, dir string, articles []article) string {
	var s strings.Builder
	s.WriteString(`<!DOCTYPE html><html lang="da"><meta charset="utf-8"><title>Samling</title><style>
		@page { size: A4; margin: 25mm 20mm; @top-left { content: "Samling af artikler" } @bottom-right { content: "Side " counter(page) " af " counter(pages) } }
		` + styles[layout] + `</style><body>`)
	for _, a := range articles {
		for _, p := range a.parts {
			fmt.Fprintf(&s, "<%s>%s</%s>\n", p.tag, html.EscapeString(p.text), p.tag)
		}
	}
	in, out := filepath.Join(dir, "in.html"), filepath.Join(dir, "out.pdf")
	write(t, in, s.String())
	run(t, program, in, out)
	return out
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, program string, args ...string) {
	t.Helper()
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// soffice sets a flat OpenDocument text.
func soffice(t *testing.T, program, layout, dir string, articles []article) string {
	font, columns := "DejaVu Sans", "1"
	if layout != "plain" {
		columns = "2"
	}
	if layout == "ligatures" {
		font = "Linux Libertine O"
	}
	var s strings.Builder
	fmt.Fprintf(&s, flatHead, font, columns)
	for _, a := range articles {
		for _, p := range a.parts {
			style := map[string]string{"h1": "H", "h2": "H", "h3": "H"}[p.tag]
			if style == "" {
				style = "P"
			}
			fmt.Fprintf(&s, `<text:p text:style-name="%s">%s</text:p>`+"\n", style, html.EscapeString(p.text))
		}
	}
	s.WriteString(`</text:section></office:text></office:body></office:document>`)
	in := filepath.Join(dir, "out.fodt")
	write(t, in, s.String())
	run(t, program, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, in)
	return filepath.Join(dir, "out.pdf")
}

const flatHead = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="%[1]s" fo:font-family="'%[1]s'"
 fo:font-size="10pt" fo:language="da" fo:country="DK" fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style></office:styles>
<office:automatic-styles>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="2mm"/><style:text-properties fo:hyphenate="true"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:margin-top="4mm"/><style:text-properties fo:font-size="14pt" fo:font-weight="bold" fo:hyphenate="false"/></style:style>
<style:style style:name="S" style:family="section"><style:section-properties><style:columns fo:column-count="%[2]s" fo:column-gap="6mm"/></style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p>Samling af artikler</text:p></style:header><style:footer><text:p>Side <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text><text:section text:style-name="S" text:name="A">
`
