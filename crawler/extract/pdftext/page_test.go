package pdftext

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPageIsReadAsPeopleReadIt has a page for each way in which writers put text on it.
func TestPageIsReadAsPeopleReadIt(t *testing.T) {
	left := []string{"Børn leger sig til sprog, siger", "forskerne bag den nye under-", "søgelse. De har fulgt fire huse", "i et år og talt med alle, der", "arbejder der, om hvad der hjalp.", "Mest betød det faste måltid, og", "det koster ingenting at prøve."}
	right := []string{"I den anden spalte står noget", "helt andet, nemlig om søvn og", "ro på stuen. Gardiner er ikke", "nok i sig selv, for lyset er kun", "en del af det. Lyden fylder mere", "end de fleste tror, og den kan", "dæmpes med tæppefliser."}
	whole := "Børn leger sig til sprog, siger forskerne bag den nye undersøgelse. De har fulgt fire huse i et år og talt med alle, der arbejder der, om hvad der hjalp. Mest betød det faste måltid, og det koster ingenting at prøve."
	second := "I den anden spalte står noget helt andet, nemlig om søvn og ro på stuen. Gardiner er ikke nok i sig selv, for lyset er kun en del af det. Lyden fylder mere end de fleste tror, og den kan dæmpes med tæppefliser."
	var alternate strings.Builder
	for i := range left {
		alternate.WriteString(at(60, 700-12*float64(i), left[i]))
		alternate.WriteString(at(240, 700-12*float64(i), right[i]))
	}
	cases := []struct {
		name, content, want string
		more                []string
	}{
		{"columns drawn one after the other", column(60, 700, left...) + column(240, 700, right...), whole + "\n" + second, nil},
		{"right column drawn first", column(240, 700, right...) + column(60, 700, left...), whole + "\n" + second, nil},
		{"columns drawn line by line", alternate.String(), whole + "\n" + second, nil},
		{"a heading across, drawn last", column(60, 700, left...) + column(240, 700, right...) + at(60, 740, "18|Leg, sprog og søvn i vuggestuen"), "Leg, sprog og søvn i vuggestuen\n" + whole + "\n" + second, nil},
		{"rows of a table", at(60, 700, "Alder") + at(160, 700, "Antal") + at(60, 688, "0-2 år") + at(160, 688, "14"), "Alder\tAntal\n0-2 år\t14", nil},
		{"kerning and gaps", "BT /F1 10 Tf 60 700 Td [(T)80(o)-20( )-278(b)10(ørn)-300(leger)] TJ ET", "To børn leger", nil},
		{"words without spaces", "BT /F1 10 Tf 60 700 Td [(To)-278(børn)-278(leger)] TJ ET", "To børn leger", nil},
		{"letter-spaced with gaps", at(60, 700, "14|L") + at(72, 700, "14|I") + at(80, 700, "14|V") + at(94, 700, "14|S"), "LIVS", nil},
		{"letter-spaced with spaces", at(60, 700, "L I V S K V A L I T E T   I   B Ø R N E H Ø J D E"), "LIVSKVALITET I BØRNEHØJDE", nil},
		{"letter-spaced by operator", "BT /F1 10 Tf 4 Tc 60 700 Td (LEG) Tj ET", "LEG", nil},
		{"an alphabet to choose from", at(60, 700, "A B C D E F"), "A B C D E F", nil},
		{"bold by printing twice", at(60, 700, "Leg") + at(60.3, 700, "Leg"), "Leg", nil},
		{"a raised footnote mark", at(60, 700, "sagde hun") + at(107, 704, "6|1") + at(113, 700, "i går."), "sagde hun1 i går.", nil},
		{"list marks drawn last", column(72, 700, "Leg", "Søvn") + column(60, 700, "•", "•"), "• Leg\n• Søvn", nil},
		{"text along the side", at(60, 700, "Leg er alvor") + "BT /F1 10 Tf 0 1 -1 0 30 300 Tm (Faktaark nr. 3) Tj ET", "Leg er alvor\nFaktaark nr. 3", nil},
		{"a turned page", "BT /F1 10 Tf 0 1 -1 0 100 60 Tm (Leg er) Tj 0 1 -1 0 112 60 Tm (alvor) Tj ET", "Leg er alvor", []string{"/Rotate 90"}},
		{"outside the page", at(60, 700, "inde") + at(700, 700, "ude") + at(60, 900, "over"), "inde", nil},
		{"next line operators", "BT /F1 10 Tf 12 TL 60 700 Td (en) Tj T* (to) Tj (tre) ' 2 1 (fire) \" 0 -12 TD (fem) Tj ET", "en to tre fire fem", nil},
		{"stretched", "BT /F1 10 Tf 50 Tz 60 700 Td (smal) Tj ( tekst) Tj ET", "smal tekst", nil},
		{"saved state", "q BT /F1 30 Tf 60 700 Td (stor) Tj ET Q BT /F1 10 Tf 60 600 Td (lille) Tj ET", "stor\nlille", nil},
		{"an image in the stream", "BI /W 2 /H 2 /BPC 8 /CS /G ID \x00ÿEI (x) Tj\x01 EI\n" + at(60, 700, "efter"), "efter", nil},
		{"an escaped string", at(60, 700, `b\370rn \(0\)\
 og leg`), "børn (0) og leg", nil},
		{"a comment and odd numbers", "% (skjult) Tj\nBT /F1 10. Tf 60 --700 Td 0 1400.5.3 Td <6c6567 2> Tj ET", "leg", nil},
		{"text meant otherwise", "/Span << /ActualText (dagpleje) >> BDC " + at(60, 700, "d") + at(66, 700, "xx") + "EMC " + at(90, 700, "nu"), "dagpleje nu", nil},
		{"text meant as nothing", at(60, 700, "under") + "/Span << /ActualText <FEFF00AD> >> BDC " + at(85, 700, "-") + "EMC " + at(60, 688, "søgelse"), "undersøgelse", nil},
		{"a field filled in", at(60, 700, "Navn:"), "Navn: Ida Årup", []string{`/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /V <FEFF004900640061002000C500720075007000> /Rect [92 696 200 712] >>]`}},
		{"a choice by its parent", at(60, 700, "Hus:"), "Hus: Engblommen", []string{`/Annots [<< /Subtype /Widget /Parent << /FT /Ch /V (Engblommen) >> /Rect [90 696 200 712] >> << /Subtype /Text /Contents (gul seddel) >>]`}},
	}
	for _, c := range cases {
		m := newPDF()
		m.page(c.content, c.more...)
		if diff := cmp.Diff(c.want, readMade(t, m, Options{}).Pages[0]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestFonts(t *testing.T) {
	cases := []struct {
		name, font, show, want string
	}{
		{"differences with ligatures", "/Subtype /Type1 /BaseFont /X /Encoding << /Differences [1 /f_f_i /fi /fl /s_t /uni00E6 /oslash /a.sc /g17] >>", "<0102030405060708>", "ffififlstæøa"},
		{"no encoding: the standard one", "/Subtype /Type1 /BaseFont /Times-Roman", `(b\371rn \256nder \341)`, "børn finder Æ"},
		{"Macintosh", "/Subtype /TrueType /BaseFont /Arial /Encoding /MacRomanEncoding", `(b\277rn \276\214)`, "børn æå"},
		{"Windows", "/Subtype /TrueType /BaseFont /Arial", `(b\370rn \226 \223ja\224)`, "børn – “ja”"},
	}
	for _, c := range cases {
		m := newPDF()
		m.page("BT /F2 10 Tf 60 700 Td "+c.show+" Tj ET", "R:/Font << /F2 << /Type /Font "+c.font+" >> >>")
		if got := readMade(t, m, Options{}).Pages[0]; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

const toUnicode = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <00660066> <0005> <D83DDE00> endbfchar
2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<00F8> <00E50041>] endbfrange
endcmap end end`

func TestCompositeFontIsReadByItsMap(t *testing.T) {
	m := newPDF()
	cmap := m.stream("", toUnicode)
	font := "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode " + cmap +
		" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /DW 500 /W [16 [600 600] 32 33 700] >>] >>"
	m.page("BT /F2 10 Tf 60 700 Td <0001001000110012> Tj [<0020> -400 <0021>] TJ ET", "R:/Font << /F2 "+font+" >>")
	if got, want := readMade(t, m, Options{}).Pages[0], "ffabcø åA"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestType3FontIsReadByItsNamesAndScale(t *testing.T) {
	m := newPDF()
	m.page("BT /F2 10 Tf 60 700 Td (ab) Tj 13 0 Td (ba) Tj ET", "R:/Font << /F2 << /Type /Font /Subtype /Type3 /FontMatrix [.01 0 0 .01 0 0] /FirstChar 97 /Widths [50 50] /Encoding << /Differences [97 /ae /oslash] >> /CharProcs << >> >> >>")
	if got, want := readMade(t, m, Options{}).Pages[0], "æø øæ"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFormsAreReadInPlace(t *testing.T) {
	m := newPDF()
	inner := m.stream("/Type /XObject /Subtype /Form /Matrix [1 0 0 1 0 -12] /Resources << /Font << /F1 "+helveticaFont+" >> >>", at(60, 700, "inden i"))
	m.page(at(60, 700, "Foran,")+"/X Do "+at(60, 676, "bagefter"), "R:/XObject << /X "+inner+" >>")
	if got, want := readMade(t, m, Options{}).Pages[0], "Foran, inden i bagefter"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestParagraphs(t *testing.T) {
	cases := []struct {
		name, content, want string
	}{
		{"white between", column(60, 700, "Den første linje er lang nok til", "at gå videre her.") + column(60, 670, "Den næste begynder her."), "Den første linje er lang nok til at gå videre her.\nDen næste begynder her."},
		{"first line indented", at(60, 700, "Den første linje er lang nok, og") + at(60, 688, "den slutter lige ved kanten her.") + at(72, 676, "Så rykkes der ind, og det er") + at(60, 664, "et nyt afsnit, som alle ved."), "Den første linje er lang nok, og den slutter lige ved kanten her.\nSå rykkes der ind, og det er et nyt afsnit, som alle ved."},
		{"short line before", column(60, 700, "Den første linje er lang nok, og", "så stopper den.", "Her begynder det næste afsnit."), "Den første linje er lang nok, og så stopper den.\nHer begynder det næste afsnit."},
		{"heading in another size", at(60, 700, "16|Leg") + at(60, 684, "Den er vigtig."), "Leg\nDen er vigtig."},
		{"numbered list", column(60, 700, "1. Leg med", "2. Spis med", `a\) syng`), "1. Leg med\n2. Spis med\na) syng"},
		{"a sentence over the column's end", column(60, 700, "her slutter den første spalte med") + column(300, 720, "en sætning, der går videre"), "her slutter den første spalte med en sætning, der går videre"},
	}
	for _, c := range cases {
		m := newPDF()
		m.page(c.content)
		if diff := cmp.Diff(c.want, readMade(t, m, Options{}).Pages[0]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
}

// spalter.pdf is a text of ours in two columns, set by WeasyPrint in Linux Libertine with hyphens, ligatures, a spaced
// heading and running lines; open.pdf is made of it by qpdf with an empty user password.
func TestFileOfWeasyPrint(t *testing.T) {
	doc, err := Read(t.Context(), readFile(t, "testdata/spalter.pdf"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(doc.Pages, " ")
	for _, want := range []string{
		"Rummet som tredje pædagog\nEn effektiv indretning koster ofte mindre, end personalet tror. I fire dagtilbud flyttede pædagogerne reolerne, så de to- og treårige fik små rum i det store rum, og støjen faldt mærkbart.",
		"flere rolige samspil med de 0-6-årige.\nLIVSKVALITET\nBørnehavebørnene",
		"\n• Læg tæppefliser i legekrogene\n• Hæng tegninger op i børnehøjde\nKommunalbestyrelsen",
		"Forskerne understreger, at resultaterne er foreløbige",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if diff := cmp.Diff([]string{"rummet som tredje pædagog", "side # af #"}, doc.Furniture); diff != "" {
		t.Errorf("furniture (-want +got)\n%s", diff)
	}
	if doc.Title != "Rummet som tredje pædagog" || doc.Author != "Ida Årup" || doc.Language != "da" || doc.Total != 2 || doc.Created.Year() != 2024 {
		t.Errorf("%+v", doc)
	}
}

func TestFurniture(t *testing.T) {
	body := []string{"Leg er alvor for små børn.", "Sprog vokser i samspil.", "Søvn er godt for alle.", "Måltidet samler stuen.", "Ude er der højt til loftet."}
	build := func(header, footer func(page int) string) *made {
		m := newPDF()
		for i, text := range body {
			m.page(at(60, 800, header(i+1)) + at(60, 700, text) + at(300, 688, fmt.Sprint(i*i+3)) + at(280, 30, footer(i+1)))
		}
		return m
	}
	same := func(s string) func(int) string { return func(int) string { return s } }
	cases := []struct {
		name           string
		header, footer func(int) string
		first          string
		furniture      []string
	}{
		{"title and number", same("Leg og læring"), func(p int) string { return fmt.Sprint(p) }, body[0] + "\n3", []string{"leg og læring", "#"}},
		{"number beside a text", same("Leg og læring"), func(p int) string { return fmt.Sprintf("Notat 2024 – %d", p+10) }, body[0] + "\n3", []string{"leg og læring", "notat # – #"}},
		{"roman numbers", same("Leg"), func(p int) string { return []string{"", "i", "ii", "iii", "iv", "v"}[p] }, body[0] + "\n3", []string{"leg", "i", "ii", "iii", "iv", "v"}},
		{"numbers that do not count pages", same("Leg"), func(p int) string { return fmt.Sprint(p * p) }, body[0] + "\n3\n1", []string{"leg"}},
		{"headings of chapters in large letters", func(p int) string { return fmt.Sprintf("20|Kapitel %d", p) }, same("fod"), "Kapitel 1\n" + body[0] + "\n3", []string{"fod"}},
		{"different on each page", func(p int) string { return strings.Repeat("x", p) }, func(p int) string { return strings.Repeat("y", p) }, "x\n" + body[0] + "\n3\ny", nil},
	}
	for _, c := range cases {
		doc := readMade(t, build(c.header, c.footer), Options{})
		if doc.Pages[0] != c.first || !cmp.Equal(c.furniture, doc.Furniture) {
			t.Errorf("%s: page %q, furniture %q; want %q, %q", c.name, doc.Pages[0], doc.Furniture, c.first, c.furniture)
		}
	}
	if doc := readMade(t, build(same("Leg"), same("fod")), Options{KeepFurniture: true}); doc.Pages[0] != "Leg\n"+body[0]+"\n3\nfod" {
		t.Errorf("kept: %q", doc.Pages[0])
	}
}

func TestMarkedFurniture(t *testing.T) {
	mark := func(y float64, s string) string {
		return "/Artifact << /Type /Pagination /Subtype /Header >> BDC " + at(60, y, s) + "EMC "
	}
	m := newPDF()
	m.page(mark(800, "Kapitel om leg") + at(60, 700, "Leg er alvor."))
	m.page(mark(790, "Kapitel om mad") + at(60, 700, "Mad er leg."))
	if doc := readMade(t, m, Options{}); doc.Pages[0] != "Leg er alvor." || doc.Pages[1] != "Mad er leg." {
		t.Errorf("%q", doc.Pages)
	}
	alone := newPDF()
	alone.page(mark(800, "Lindeby Kommune") + at(60, 700, "Leg er alvor."))
	if doc := readMade(t, alone, Options{}); doc.Pages[0] != "Lindeby Kommune\nLeg er alvor." {
		t.Errorf("letterhead of a single page: %q", doc.Pages)
	}
}

func TestWordOverTheEndOfAPageGoesToTheFirst(t *testing.T) {
	m := newPDF()
	m.page(at(60, 800, "Hoved") + at(60, 100, "Det viser en ny under-") + at(60, 30, "1"))
	m.page(at(60, 800, "Hoved") + at(60, 700, "søgelse fra Lindeby.") + at(60, 30, "2"))
	doc := readMade(t, m, Options{})
	if diff := cmp.Diff([]string{"Det viser en ny undersøgelse", "fra Lindeby."}, doc.Pages); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
