package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// pack makes a package of parts; a body is wrapped as word/document.xml.
func pack(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if body != "" {
		add("word/document.xml", `<w:document `+space+`><w:body>`+body+`</w:body></w:document>`)
	}
	for name, text := range parts {
		add(name, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func TestBlocks(t *testing.T) {
	styles := `<w:styles ` + space + `>
		<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="da-DK"/></w:rPr></w:rPrDefault></w:docDefaults>
		<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
		<w:style w:styleId="Overskrift2"><w:name w:val="heading 2"/></w:style>
		<w:style w:styleId="Egen"><w:name w:val="Egen overskrift"/><w:basedOn w:val="Overskrift2"/></w:style>
		<w:style w:styleId="Liste"><w:name w:val="Liste"/><w:pPr><w:numPr/></w:pPr></w:style>
		<w:style w:styleId="Ring"><w:name w:val="a"/><w:basedOn w:val="Ring"/></w:style></w:styles>`
	styled := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	cases := []struct {
		name, body string
		want       []Block
	}{
		{"paragraphs", para("Et.") + `<w:p/>` + para("To."), []Block{{Paragraph, 0, "Et."}, {Paragraph, 0, "To."}}},
		{"runs make words", `<w:p><w:r><w:t>sprog</w:t></w:r><w:r><w:t xml:space="preserve">udvikling </w:t></w:r><w:r><w:t>nu</w:t></w:r></w:p>`, []Block{{Paragraph, 0, "sprogudvikling nu"}}},
		{"tabs, breaks, hyphens", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>0</w:t><w:noBreakHyphen/><w:t>6</w:t><w:softHyphen/><w:t>år</w:t></w:r></w:p>`, []Block{{Paragraph, 0, "a b 0-6år"}}},
		{"title and headings", styled("Titel", "T") + styled("Overskrift2", "H") + styled("Egen", "E"), []Block{{Title, 0, "T"}, {Heading, 2, "H"}, {Heading, 2, "E"}}},
		{"a style based on itself", styled("Ring", "a"), []Block{{Paragraph, 0, "a"}}},
		{"outline level of a paragraph", `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>H</w:t></w:r></w:p>`, []Block{{Heading, 1, "H"}}},
		{"list", styled("Liste", "a") + `<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>b</w:t></w:r></w:p>`, []Block{{Item, 1, "a"}, {Item, 2, "b"}}},
		{"list taken away", `<w:p><w:pPr><w:pStyle w:val="Liste"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`, []Block{{Paragraph, 0, "a"}}},
		{
			"table", `<w:tbl><w:tblPr/><w:tr><w:tc>` + para("Alder") + `</w:tc><w:tc>` + para("0-2") + para("år") + `</w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc>` + para("x") + `</w:tc></w:tr></w:tbl>`,
			[]Block{{Row, 0, "Alder\t0-2 år"}, {Row, 0, "x"}},
		},
		{
			"table in a table", `<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>` + para("a") + `</w:tc><w:tc>` + para("b") + `</w:tc></w:tr></w:tbl></w:tc><w:sdt><w:sdtContent><w:tc>` + para("c") + `</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>`,
			[]Block{{Row, 0, "a b\tc"}},
		},
		{"deleted, moved and hidden text", `<w:p><w:del><w:r><w:delText>væk</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>væk</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>nyt</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> vist</w:t></w:r></w:p>`, []Block{{Paragraph, 0, "nyt vist"}}},
		{"fields show their result", `<w:p><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:fldSimple w:instr="DATE"><w:r><w:t>i dag</w:t></w:r></w:fldSimple><w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink></w:p>`, []Block{{Paragraph, 0, "i dag link"}}},
		{
			"text box, once", `<w:p><w:r><w:t>ved</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + para("boks") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + para("boks") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			[]Block{{Paragraph, 0, "ved"}, {Paragraph, 0, "boks"}},
		},
		{"symbols", `<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="00E6"/><w:sym w:char="F021"/></w:r></w:p>`, []Block{{Paragraph, 0, "•æ"}}},
		{"content control", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + para("felt") + `</w:sdtContent></w:sdt>`, []Block{{Paragraph, 0, "felt"}}},
	}
	for _, c := range cases {
		doc, err := Read(pack(t, c.body, map[string]string{"word/styles.xml": styles}), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, doc.Blocks); diff != "" {
			t.Errorf("%s: %s (-want +got)\n%s", c.name, c.body, diff)
		}
		if doc.Language != "da-DK" {
			t.Errorf("%s: language %q", c.name, doc.Language)
		}
	}
}

func TestNotesFollowInTheOrderOfTheirReferences(t *testing.T) {
	body := `<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="3"/><w:t>b</w:t><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r></w:p>`
	notes := `<w:footnotes ` + space + `><w:footnote w:type="separator" w:id="0">` + para("skel") + `</w:footnote><w:footnote w:id="2">` + para("to") + `</w:footnote><w:footnote w:id="3">` + para("tre") + `</w:footnote><w:footnote w:id="9">` + para("uden henvisning") + `</w:footnote></w:footnotes>`
	ends := `<w:endnotes ` + space + `><w:endnote w:id="2">` + para("slut") + `</w:endnote></w:endnotes>`
	doc, err := Read(pack(t, body, map[string]string{"word/footnotes.xml": notes, "word/endnotes.xml": ends}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := doc.Text(), "ab\ntre\nto\nslut"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestProperties(t *testing.T) {
	core := `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title> Fælles  om
		overgange </dc:title><dc:creator>Ida Å</dc:creator><cp:keywords>dagtilbud, leg</cp:keywords><dc:language>da</dc:language>
		<dcterms:created>2023-05-30T12:00:00Z</dcterms:created><dcterms:modified>1601-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>`
	doc, err := Read(pack(t, para("x"), map[string]string{"docProps/core.xml": core, "docProps/app.xml": `<Properties><Pages>12</Pages></Properties>`}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := Document{
		Blocks: []Block{{Paragraph, 0, "x"}}, Title: "Fælles om overgange", Author: "Ida Å", Keywords: "dagtilbud, leg",
		Language: "da", Created: time.Date(2023, 5, 30, 12, 0, 0, 0, time.UTC), Pages: 12,
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestMainPartIsFoundByItsRelation(t *testing.T) {
	rels := `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`
	doc, err := Read(pack(t, "", map[string]string{"_rels/.rels": rels, "word/document2.xml": `<document><body><p><r><t>æ</t></r></p></body></document>`}), Options{})
	if err != nil || doc.Text() != "æ" {
		t.Errorf("text %q, error %v", doc.Text(), err)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	old := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\x00o\x00r\x00d\x00"
	cases := []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrNotDOCX},
		{"a web page", []byte("<html>"), ErrNotDOCX},
		{"old format", []byte(old), ErrLegacy},
		{"encrypted", []byte(old + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), ErrEncrypted},
		{"cut off", pack(t, para("x"), nil)[:100], ErrBroken},
		{"a spreadsheet", pack(t, "", map[string]string{"xl/workbook.xml": "<x/>"}), ErrNotDOCX},
		{"XML cut off", pack(t, "", map[string]string{"word/document.xml": "<document><body><p>"}), ErrBroken},
		{"no text", pack(t, "<w:p/>", nil), ErrNoText},
		{"a bomb", pack(t, para(strings.Repeat("0", 2<<20)), nil), ErrTooLarge},
		{"a bomb beside the text", pack(t, para("x"), map[string]string{"word/styles.xml": strings.Repeat(" ", 2<<20)}), ErrTooLarge},
	}
	for _, c := range cases {
		if _, err := Read(c.data, Options{MaxPart: 1 << 20}); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
		}
	}
}

func TestTextIsCutAtTheLimit(t *testing.T) {
	doc, err := Read(pack(t, strings.Repeat(para("ææææ"), 10)+`<w:tbl><w:tr><w:tc>`+para("x")+`</w:tc></w:tr></w:tbl>`, nil), Options{MaxText: 21})
	if err != nil || !doc.Truncated || doc.Text() != "ææææ\nææææ\næææ"[:len("ææææ\nææææ\nææ")] {
		t.Errorf("%q, truncated %v, error %v", doc.Text(), doc.Truncated, err)
	}
}

func TestDeepNestingEnds(t *testing.T) {
	deep := strings.Repeat("<w:sdt>", 5000) + para("x") + strings.Repeat("</w:sdt>", 5000)
	doc, err := Read(pack(t, deep+para("y"), nil), Options{})
	if err != nil || doc.Text() != "y" {
		t.Errorf("%q, error %v", doc.Text(), err)
	}
}

// overgange.docx is a text of ours, saved by LibreOffice.
func TestFileOfLibreOffice(t *testing.T) {
	doc, err := Read(readFile(t, "testdata/overgange.docx"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Block{
		{Heading, 1, "Fælles om overgange"},
		{Paragraph, 0, "Når et barn skifter fra vuggestue til børnehave, følger der både forventning og uro med. Notatet samler, hvad fire huse har prøvet af i et år."},
		{Heading, 2, "Tre greb, der virkede"},
		{Item, 1, "Besøg med den samme voksne tre gange"},
		{Item, 1, "En lille mappe med billeder, sange og ord"},
		{Item, 2, "på alle familiens sprog"},
		{Item, 1, "Samtale efter 14 dage"},
		{Row, 0, "Hus\tBørn\tBesøg"},
		{Row, 0, "Engblommen\t24\t3"},
		{Row, 0, "Mælkebøtten\t31\t2"},
		{Heading, 2, "Hvad er usikkert?"},
		{Paragraph, 0, "Tallene er små, og der er ingen sammenligningsgruppe. Alligevel peger de 0-6-årige samme vej."},
		{Note, 0, "Se bilaget om metode."},
	}
	if diff := cmp.Diff(want, doc.Blocks); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if doc.Title != "Fælles om overgange" || doc.Author != "Dagtilbud Eksempel" {
		t.Errorf("title %q, author %q", doc.Title, doc.Author)
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// FuzzBody feeds XML to the reader: no panic, valid UTF-8, no more text than allowed, no line breaks within a block.
func FuzzBody(f *testing.F) {
	f.Add(`<document><body><p><r><t>a</t></r></p><tbl><tr><tc><p><r><t>b</t></r></p></tc></tr></tbl></body></document>`)
	f.Add(`<p><footnoteReference id="1"/><txbxContent><p><t>x</t></p></txbxContent></p>`)
	f.Add(`<footnotes><footnote id="1"><p><r><t>&#xD;&lt;</t></r></p></footnote></footnotes>`)
	f.Fuzz(func(t *testing.T, src string) {
		const limit = 200
		data := pack(t, "", map[string]string{"word/document.xml": src, "word/footnotes.xml": src, "word/styles.xml": src, "docProps/core.xml": src})
		doc, err := Read(data, Options{MaxPart: 1 << 16, MaxText: limit})
		if err != nil && len(doc.Blocks) > 0 {
			t.Fatalf("text with error %v", err)
		}
		total := 0
		for _, b := range doc.Blocks {
			total += len(b.Text)
			if b.Text == "" || !utf8.ValidString(b.Text) || strings.ContainsAny(b.Text, "\r\n\v\f") {
				t.Errorf("block %q", b.Text)
			}
		}
		if total > limit {
			t.Errorf("%d bytes of text", total)
		}
	})
}

// FuzzRead feeds whole files to the reader.
func FuzzRead(f *testing.F) {
	f.Add(readFile(f, "testdata/overgange.docx"))
	f.Add(pack(f, para("x"), nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(data, Options{MaxPart: 1 << 20})
		if err == nil && (doc.Text() == "" || !utf8.ValidString(doc.Text()+doc.Title+doc.Author)) {
			t.Errorf("no error, but %q", doc.Text())
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := readFile(b, "testdata/overgange.docx")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
