package crawler_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// onePage is a PDF of one page that shows a line of text.
func onePage(line string) string {
	content := fmt.Sprintf("BT /F1 12 Tf 60 700 Td (%s) Tj ET", line)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
	}
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.String()
}

func pdfAnswer(line string) answer {
	return answer{header: map[string]string{"Content-Type": "application/pdf"}, body: onePage(line), etag: true}
}

func landing(title string, files ...string) answer {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="da"><title>%s</title><main><h1>%s</h1><p>Her kan du hente det hele om %s, og her er en tekst om det, som er lang nok til at være en side for sig.</p>`, title, title, title)
	for _, f := range files {
		fmt.Fprintf(&b, `<p><a href="%s">Hent rapporten (PDF)</a></p>`, f)
	}
	return answer{body: b.String(), etag: true}
}

const (
	home   = "http://a.example/"
	work   = "http://a.example/rapport"
	report = "http://a.example/rapport.pdf"
)

func TestAFileBelongsToThePageThatOffersItInWhateverOrderTheyCome(t *testing.T) {
	for name, links := range map[string]string{
		"page first": `<a href="/rapport">Rapporten</a>`,
		"file first": `<a href="/rapport.pdf">Se her</a> <a href="/rapport">Rapporten</a>`,
	} {
		w := newWorld(t)
		w.set("a.example", "/", answer{body: "<!doctype html><title>Forside</title><h1>Forside</h1><p>Velkommen til os alle sammen her.</p>" + links})
		w.set("a.example", "/rapport", landing("Motorik", "/rapport.pdf"))
		w.set("a.example", "/rapport.pdf", pdfAnswer("Kun filen taler om krybetunneller for de mindste."))
		s := openState(t)
		crawl(t, w.options(s, register(t, "a.example")))
		docs := documents(t, s)
		d := docs[work]
		if len(docs) != 2 || !strings.Contains(d.Body, "krybetunneller") || !strings.Contains(d.Body, "hente det hele") {
			t.Errorf("%s: %d documents, body %q", name, len(docs), d.Body)
			continue
		}
		if d.Format != "pdf" || d.Pages != 1 || len(d.PageOffsets) != 1 || !strings.HasPrefix(d.Body[d.PageOffsets[0]:], "Kun filen") {
			t.Errorf("%s: format %q, %d pages at %v", name, d.Format, d.Pages, d.PageOffsets)
		}
		if got := standing(t, s, report); got != "alias file" {
			t.Errorf("%s: the file stands at %q", name, got)
		}
		seen := map[string]int{}
		for _, r := range w.take() {
			seen[r.path]++
		}
		if seen["/rapport"] != 1 || seen["/rapport.pdf"] != 1 {
			t.Errorf("%s: fetched %v", name, seen)
		}
	}
}

func TestAFileThatSeveralPagesOfferOrNoneStandsForItself(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/rapport", "/andet", "/alene.pdf")
	w.set("a.example", "/rapport", landing("Motorik", "/rapport.pdf"))
	w.set("a.example", "/andet", landing("Noget andet", "/rapport.pdf"))
	w.set("a.example", "/rapport.pdf", pdfAnswer("Kun filen taler om krybetunneller for de mindste."))
	w.set("a.example", "/alene.pdf", pdfAnswer("En fil for sig selv om sang og rytmik."))
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	docs := documents(t, s)
	if len(docs) != 5 || strings.Contains(docs[work].Body, "krybetunneller") || !strings.Contains(docs[report].Body, "krybetunneller") {
		t.Errorf("%d documents, file %q, page %q", len(docs), docs[report].Body, docs[work].Body)
	}
	if d := docs["http://a.example/alene.pdf"]; d.Format != "pdf" || d.Pages != 1 {
		t.Errorf("a file of its own: %+v", d)
	}
}

func TestAPageFollowsWhatBecomesOfItsFile(t *testing.T) {
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/rapport")
	w.set("a.example", "/rapport", landing("Motorik", "/rapport.pdf"))
	w.set("a.example", "/rapport.pdf", pdfAnswer("Kun filen taler om krybetunneller for de mindste."))
	s := openState(t)
	o := w.options(s, register(t, "a.example"))
	crawl(t, o)
	steps := []struct {
		name, path string
		answer     answer
		want       string
	}{
		{"changed file", "/rapport.pdf", pdfAnswer("Nu taler filen om balancebomme i stedet for det andet."), "balancebomme"},
		{"removed file", "/rapport.pdf", answer{status: 410}, ""},
		{"new file", "/rapport.pdf", pdfAnswer("Filen er tilbage og taler om gyngestativer."), "gyngestativer"},
	}
	for _, step := range steps {
		w.set("a.example", step.path, step.answer)
		w.clock.advance(48 * time.Hour)
		crawl(t, o)
		d := documents(t, s)[work]
		if step.want != "" && !strings.Contains(d.Body, step.want) || strings.Contains(d.Body, "krybetunneller") {
			t.Errorf("%s: body %q", step.name, d.Body)
		}
		if step.want == "" && (d.Format != "html" || d.Pages != 0) {
			t.Errorf("%s: format %q, %d pages", step.name, d.Format, d.Pages)
		}
	}
	w.set("a.example", "/rapport", landing("Motorik"))
	w.clock.advance(48 * time.Hour)
	crawl(t, o)
	if docs := documents(t, s); strings.Contains(docs[work].Body, "gyngestativer") || len(docs) != 3 {
		t.Errorf("a file that is no longer offered: %d documents, page %q; file %s", len(docs), docs[work].Body, standing(t, s, report))
	}
}

// aaben.pdf is readable by everybody and forbids copying.
func TestNothingIsShownOfAFileThatForbidsIt(t *testing.T) {
	locked, err := os.ReadFile("extract/pdftext/testdata/aaben.pdf")
	if err != nil {
		t.Fatal(err)
	}
	kind := map[string]string{"Content-Type": "application/pdf"}
	w := newWorld(t)
	w.page("a.example", "/", "Forside", "/laast.pdf", "/rapport", "/fri", "/tekst")
	w.set("a.example", "/laast.pdf", answer{header: kind, body: string(locked)})
	w.set("a.example", "/rapport", landing("Motorik", "/rapport.pdf"))
	w.set("a.example", "/rapport.pdf", answer{body: onePage("Kun filen taler om krybetunneller for de mindste."), header: map[string]string{"Content-Type": "application/pdf", "X-Robots-Tag": "nosnippet, noarchive"}})
	w.set("a.example", "/tekst", landing("Sprog", "/sprog.pdf"))
	w.set("a.example", "/sprog.pdf", answer{body: onePage("Kun denne fil taler om rim og remser for de store."), header: map[string]string{"Content-Type": "application/pdf", "X-Robots-Tag": "max-snippet: 40", "Tdm-Reservation": "1"}})
	w.set("a.example", "/fri", landing("Leg", "/leg.pdf"))
	w.set("a.example", "/leg.pdf", pdfAnswer("Kun denne fil taler om gynger."))
	s := openState(t)
	crawl(t, w.options(s, register(t, "a.example")))
	docs := documents(t, s)
	for path, want := range map[string]string{"/laast.pdf": "-1 true false", "/rapport": "-1 true false", "/tekst": "40 false true", "/fri": "0 false false"} {
		d := docs["http://a.example"+path]
		if got := fmt.Sprint(d.SnippetMax, d.NoArchive, d.TDMReserved); got != want || d.Format != "pdf" || d.Body == "" {
			t.Errorf("%s (%s, %d bytes of text): snippet, noarchive, tdm are %s, want %s", path, d.Format, len(d.Body), got, want)
		}
	}
}
