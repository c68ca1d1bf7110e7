package pdftext

import (
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// font turns character codes into text and widths.
type font struct {
	composite bool
	encoding  *cmap               // of composite fonts: codes to CIDs
	unicode   *cmap               // ToUnicode, nil without
	enc       [256]string         // of simple fonts: text of each code
	embedded  func(uint32) string // text by the embedded font program, nil without
	widths    map[uint32]float64  // in em, by code of simple and by CID of composite fonts
	width     float64             // of what widths does not name
	cache     map[uint32]char
}

// char is what one character code shows.
type char struct {
	text  string
	width float64 // in em
}

// fontOf is the font of a resource dictionary by name, nil when there is none.
func (f *file) fontOf(d types.Dict) *font {
	if d == nil {
		return nil
	}
	t := &font{widths: map[uint32]float64{}, cache: map[uint32]char{}}
	f.readToUnicode(t, d["ToUnicode"])
	switch f.name(d["Subtype"]) {
	case "Type0":
		f.composite(t, d)
	case "Type3":
		f.simpleEncoding(t, d)
		scale := 0.001
		if m := f.numbers(d["FontMatrix"]); len(m) == 6 && m[0] != 0 {
			scale = m[0]
		}
		f.simpleWidths(t, d, scale)
	default:
		f.simpleEncoding(t, d)
		f.simpleWidths(t, d, 0.001)
		if len(t.widths) == 0 {
			t.standardWidths(f.name(d["BaseFont"]))
		}
	}
	return t
}

func (f *file) readToUnicode(t *font, o types.Object) {
	if strings.HasPrefix(f.name(o), "Identity") {
		t.unicode = &cmap{whole: true}
		return
	}
	if src := f.stream(o); src != nil {
		t.unicode = parseCMap(src)
	}
}

// simpleEncoding settles the text of the 256 codes: a base encoding, then the differences.
func (f *file) simpleEncoding(t *font, d types.Dict) {
	base := f.name(d["Encoding"])
	encoding, _ := f.get(d["Encoding"]).(types.Dict)
	if encoding != nil {
		base = f.name(encoding["BaseEncoding"])
	}
	var builtin *[256]string
	if base == "" {
		builtin = f.builtinEncoding(f.dict(d["FontDescriptor"]))
	}
	switch {
	case base != "":
		t.enc = baseEncoding(base)
	case builtin != nil:
		t.enc = *builtin
	case strings.Contains(f.name(d["BaseFont"]), "Symbol"):
		t.enc = baseEncoding("symbol")
	case f.name(d["Subtype"]) == "TrueType":
		t.enc = baseEncoding("WinAnsiEncoding")
	case f.name(d["Subtype"]) != "Type3":
		t.enc = baseEncoding("StandardEncoding")
	}
	f.differences(t, encoding["Differences"])
}

func (f *file) differences(t *font, o types.Object) {
	c := 0
	for _, e := range f.array(o) {
		switch v := f.get(e).(type) {
		case types.Integer:
			c = int(v)
		case types.Name:
			if c >= 0 && c < 256 {
				t.differ(c, string(v))
			}
			c++
		}
	}
}

// differ names a glyph. A name that says nothing, such as "g17", leaves what the base encoding has, unless that code
// was empty anyway.
func (t *font) differ(c int, name string) {
	if text := glyphText(name); text != "" || name == ".notdef" {
		t.enc[c] = text
	}
}

func (f *file) simpleWidths(t *font, d types.Dict, scale float64) {
	first, _ := f.number(d["FirstChar"])
	if descriptor := f.dict(d["FontDescriptor"]); descriptor != nil {
		missing, _ := f.number(descriptor["MissingWidth"])
		t.width = missing * scale
	}
	for i, o := range f.array(d["Widths"]) {
		c := int(first) + i
		if w, ok := f.number(o); ok && c >= 0 && c < 256 {
			t.widths[uint32(c)] = w * scale
		}
	}
}

// standardWidths are for the 14 fonts that need no widths, and the best guess for others without.
func (t *font) standardWidths(base string) {
	column := standardFont(base)
	t.width = 0.556
	if column == courier {
		t.width = 0.6
		return
	}
	for c, text := range t.enc {
		if w, ok := names().widths[nameOf()[text]]; ok && w[column] > 0 {
			t.widths[uint32(c)] = w[column] / 1000
		}
	}
}

// standardFont is the column of widths for a font by what its name says.
func standardFont(base string) int {
	name := strings.ToLower(base)
	if _, rest, ok := strings.Cut(name, "+"); ok {
		name = rest
	}
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(name, p) {
				return true
			}
		}
		return false
	}
	bold, italic := has("bold", "black", "heavy"), has("italic", "oblique")
	switch {
	case has("courier", "mono"):
		return courier
	case has("symbol"):
		return symbolFont
	case !has("times", "serif", "roman", "garamond", "georgia", "minion", "palatino") || has("sans"):
		if bold {
			return helveticaBold
		}
		return helvetica
	case bold && italic:
		return timesBoldItalic
	case bold:
		return timesBold
	case italic:
		return timesItalic
	}
	return timesRoman
}

// composite reads a Type0 font: its encoding and the widths of its descendant.
func (f *file) composite(t *font, d types.Dict) {
	t.composite = true
	t.width = 1
	t.encoding = f.compositeEncoding(d["Encoding"])
	descendants := f.array(d["DescendantFonts"])
	if len(descendants) == 0 {
		return
	}
	cid := f.dict(descendants[0])
	if w, ok := f.number(cid["DW"]); ok {
		t.width = w / 1000
	}
	f.cidWidths(t, f.array(cid["W"]))
	name := f.name(d["Encoding"])
	switch {
	case t.unicode != nil:
	case strings.Contains(name, "UCS2") || strings.Contains(name, "UTF16"):
		t.unicode = &cmap{whole: true} // codes of these encodings are UTF-16
	default:
		t.embedded = f.embeddedCIDs(cid)
	}
}

func (f *file) compositeEncoding(o types.Object) *cmap {
	if src := f.stream(o); src != nil {
		return parseCMap(src)
	}
	return &cmap{whole: true}
}

// cidWidths reads "c [w1 w2 ...]" and "first last w".
func (f *file) cidWidths(t *font, w types.Array) {
	for i := 0; i+1 < len(w) && len(t.widths) < maxMappings; {
		first, ok := f.number(w[i])
		if !ok || first < 0 || first >= maxMappings {
			i++
			continue
		}
		if list := f.array(w[i+1]); list != nil {
			for k, o := range list {
				v, _ := f.number(o)
				t.widths[uint32(first)+uint32(k)] = v / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last, _ := f.number(w[i+1])
		v, _ := f.number(w[i+2])
		for c := first; c <= min(last, maxMappings); c++ {
			t.widths[uint32(c)] = v / 1000
		}
		i += 3
	}
}

// next takes the first character off the bytes of a string; n is how many bytes it took.
func (t *font) next(s []byte) (c uint32, n int) {
	if t.composite {
		return t.encoding.split(s)
	}
	return uint32(s[0]), 1
}

// char is what a code shows; it is worked out once for each code.
func (t *font) char(c uint32) char {
	if known, ok := t.cache[c]; ok {
		return known
	}
	id := c
	if t.composite {
		id = t.encoding.cid(c)
	}
	w, ok := t.widths[id]
	if !ok {
		w = t.width
	}
	shown := char{text: clean(t.text(c, id)), width: w}
	if len(t.cache) < maxMappings {
		t.cache[c] = shown
	}
	return shown
}

func (t *font) text(c, id uint32) string {
	if t.unicode != nil {
		if t.unicode.whole {
			return string(rune(c))
		}
		// Some writers map everything they could not name to 0 or to the replacement character.
		if s, ok := t.unicode.text[c]; ok && strings.Trim(s, "\x00\uFFFD") != "" {
			return s
		}
	}
	if !t.composite && c < 256 && t.enc[c] != "" {
		return t.enc[c]
	}
	if t.embedded != nil {
		return t.embedded(id)
	}
	return ""
}

// ligatures are the forms that fonts have one glyph for and readers have several letters for.
var ligatures = strings.NewReplacer(
	"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
	"\uF0B7", "•", "\uF0A7", "▪", "\uF0D8", "►", // bullets of Symbol and Wingdings in Word's private codes
	"\u00A0", " ", "\u2002", " ", "\u2003", " ", "\u2009", " ", "\u202F", " ",
)

// clean takes apart ligatures and drops what is no text: controls and private code points. U+0002 and U+FFFE stay
// as the soft hyphens that some writers mean by them.
func clean(s string) string {
	s = ligatures.Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x02 || r == 0xFFFE:
			return 0xAD
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r >= 0x7F && r < 0xA0 || r >= 0xE000 && r < 0xF900 || r >= 0xFFF0 && r <= 0xFFFF:
			return -1
		case r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF:
			return -1
		}
		return r
	}, s)
}
