package pdftext

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestHyphens(t *testing.T) {
	text := func(lines ...string) [][]line {
		var out []line
		for _, l := range lines {
			out = append(out, line{Text: l})
		}
		return [][]line{out}
	}
	witnesses := text("for de 0-6-årige er det godt", "en tv-avis og en cd-rom ses", "hvor tog går og undersøgelse ses", "en dansk-norsk og en svensk-finsk ses")
	joiner := func(left, right string) bool { return left+right == "vedtog" || left+right == "børnehave" }
	cases := []struct {
		name, line, next string
		joiner           func(string, string) bool
		want             string
	}{
		{"a word", "den nye under-", "søgelse viser", nil, "den nye undersøgelse viser"},
		{"another hyphen", "den nye under‐", "søgelse viser", nil, "den nye undersøgelse viser"},
		{"a soft hyphen", "den nye under\u00AD", "Søgelse", nil, "den nye underSøgelse"},
		{"seen with its hyphen", "for de 0-6-", "årige er", nil, "for de 0-6-årige er"},
		{"its halves seen with hyphens", "en dansk-", "finsk bog", nil, "en dansk-finsk bog"},
		{"suspended", "børne-", "og ungeområdet", nil, "børne- og ungeområdet"},
		{"suspended number", "0-", "til 6-årige", nil, "0- til 6-årige"},
		{"not suspended", "her-", "til", nil, "hertil"},
		{"the end of a word the lexicon knows", "kommunen vedt-", "og planen", joiner, "kommunen vedtog planen"},
		{"the lexicon says two words", "en tåge-", "horn", joiner, "en tåge-horn"},
		{"the lexicon says one word", "en børne-", "have", joiner, "en børnehave"},
		{"an abbreviation", "en ADHD-", "diagnose", nil, "en ADHD-diagnose"},
		{"no vowel", "et cpr-", "nummer", nil, "et cpr-nummer"},
		{"years", "i 2015-", "2020 var", nil, "i 2015-2020 var"},
		{"names", "Anne-", "Marie siger", nil, "Anne-Marie siger"},
		{"capitals seen solid", "EN NY UNDER-", "SØGELSE", nil, "EN NY UNDERSØGELSE"},
		{"a dash", "leg –", "og læring", nil, "leg – og læring"},
		{"a dash written as hyphen", "leg -", "og læring", nil, "leg - og læring"},
		{"no hyphen", "leg", "og læring", nil, "leg og læring"},
	}
	for _, c := range cases {
		if got := newHyphens(witnesses, c.joiner).join(c.line, c.next); got != c.want {
			t.Errorf("%s: %q | %q = %q, want %q", c.name, c.line, c.next, got, c.want)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	for s, want := range map[string]int{
		"12": 12, "Side 3 af 12": 3, "– 4 –": 4, "iv": 4, "xii": 12, "s. 7": 7, "3/12": 3, "page 9 of 10": 9,
		"12345": 0, "Side": 0, "1. Leg": 0, "": 0, "12 kr.": 0,
	} {
		if got := pageNumber(s); got != want {
			t.Errorf("pageNumber(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for s, want := range map[string]time.Time{
		"D:20230530123456+02'00'": time.Date(2023, 5, 30, 10, 34, 56, 0, time.UTC),
		"D:20230530123456Z":       time.Date(2023, 5, 30, 12, 34, 56, 0, time.UTC),
		"20230530":                time.Date(2023, 5, 30, 0, 0, 0, 0, time.UTC),
		"D:2023":                  time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC),
		"D:202":                   {}, "D:20231399": {}, "D:19700101": {}, "i går": {}, "": {},
	} {
		if got := parseDate(s); !got.Equal(want) {
			t.Errorf("parseDate(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestLexer(t *testing.T) {
	cases := []struct {
		src  string
		want []token
	}{
		{"12 -.5 +3 --4 1.2.3 .", []token{{num: 12, kind: numberToken}, {num: -.5, kind: numberToken}, {num: 3, kind: numberToken}, {num: -4, kind: numberToken}, {num: 1.2, kind: numberToken}, {kind: numberToken}}},
		{`(a\(b\)(c)\101\n\` + "\r\n" + `d)`, []token{{kind: stringToken, str: []byte("a(b)(c)A\nd")}}},
		{"<48 6 5>", []token{{kind: stringToken, str: []byte("He")}}},
		{"<486>", []token{{kind: stringToken, str: []byte("H`")}}},
		{"/A#20B/C", []token{{kind: nameToken, str: []byte("A B")}, {kind: nameToken, str: []byte("C")}}},
		{"[1 [2]] % x\nTj", []token{{kind: arrayToken, arr: []token{{kind: numberToken, num: 1}, {kind: arrayToken, arr: []token{{kind: numberToken, num: 2}}}}}, {kind: operatorToken, str: []byte("Tj")}}},
		{"<</K(v)>>", []token{{kind: dictToken, arr: []token{{kind: nameToken, str: []byte("K")}, {kind: stringToken, str: []byte("v")}}}}},
		{"(open", []token{{kind: stringToken, str: []byte("open")}}},
	}
	for _, c := range cases {
		l := lexer{src: []byte(c.src)}
		var got []token
		for tok := l.next(); tok.kind != endToken; tok = l.next() {
			got = append(got, tok)
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(token{})); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.src, diff)
		}
	}
}

func TestGlyphNames(t *testing.T) {
	for name, want := range map[string]string{
		"ae": "æ", "oslash": "ø", "Aring": "Å", "f_f_i": "ffi", "uni00E600F8": "æø", "u1F600": "😀", "a.sc": "a", "Asmall": "A",
		"oneoldstyle": "1", "g17": "", "uniXYZW": "", ".notdef": "", "c_t": "ct", "hyphen": "-", "quotedblbase": "„",
	} {
		if got := clean(glyphText(name)); got != want {
			t.Errorf("glyphText(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestTextStrings(t *testing.T) {
	cases := []struct {
		in   []byte
		want string
	}{
		{[]byte("b\xf8rn"), "børn"},
		{[]byte("\xfe\xff\x00b\x00\xf8"), "bø"},
		{[]byte("\xff\xfeb\x00\xf8\x00"), "bø"},
		{[]byte("\xef\xbb\xbfbø"), "bø"},
		{[]byte("bø"), "bø"},
		{[]byte("\x8dleg\x8e \x84"), "“leg” —"},
	}
	for _, c := range cases {
		if got := textString(c.in); got != c.want {
			t.Errorf("textString(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestTrueTypeTables builds fonts with a cmap table of each format.
func TestTrueTypeTables(t *testing.T) {
	be := func(v ...uint16) []byte {
		var b []byte
		for _, x := range v {
			b = append(b, byte(x>>8), byte(x))
		}
		return b
	}
	font := func(platform, encoding uint16, sub []byte) []byte {
		table := append(be(0, 1, platform, encoding, 0, 12), sub...)
		head := append([]byte("\x00\x01\x00\x00"), be(1, 0, 0, 0)...)
		head = append(head, "cmap"...)
		head = append(head, be(0, 0, 0, 28, 0, uint16(len(table)))...)
		return append(head, table...)
	}
	cases := []struct {
		name string
		data []byte
		gid  uint32
		want rune
	}{
		{"format 4 by delta", font(3, 1, be(4, 32, 0, 4, 0, 0, 0, 'c', 0xFFFF, 0, 'a', 0xFFFF, 0x10000-'a'+5, 1, 0, 0)), 6, 'b'},
		{"format 6", font(0, 3, be(6, 14, 0, 'x', 2, 7, 8)), 8, 'y'},
		{"format 12", font(3, 10, be(12, 0, 0, 28, 0, 0, 0, 1, 1, 0xF600, 1, 0xF601, 0, 3)), 4, 0x1F601},
	}
	for _, c := range cases {
		if got := parseTrueType(c.data).runes[c.gid]; got != c.want {
			t.Errorf("%s: glyph %d is %q, want %q", c.name, c.gid, got, c.want)
		}
		for n := range c.data {
			parseTrueType(c.data[:n]) // must not read beyond the end
		}
	}
}

func TestType1Encoding(t *testing.T) {
	enc := type1Encoding([]byte("/Encoding 256 array\ndup 65 /ae put dup 300 /x put\nreadonly def eexec dup 66 /B put"))
	if enc == nil || enc[65] != "æ" || enc[66] != "" {
		t.Errorf("%v", enc)
	}
}

func TestArabicAndHebrewAreReadFromTheRight(t *testing.T) {
	cases := []struct{ seen, want string }{
		{"דליה יה", "הי הילד"},
		{"12 סשר 2024", "2024 רשס 12"},
		{"(כלאד) EU Ø בא", "אב EU Ø (דאלכ)"},
		{"\uFEF0\uFEE0\uFECB", "على"},
		{"leg og læring", "leg og læring"},
		{"leg og א", "leg og א"},
	}
	for _, c := range cases {
		var words []word
		for i, s := range strings.Fields(c.seen) {
			words = append(words, word{text: s, x0: 50 * float64(i), x1: 50*float64(i) + 45})
		}
		if got := spell(words, 10); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.seen, got, c.want)
		}
	}
}
