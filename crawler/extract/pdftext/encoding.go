package pdftext

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"
)

//go:embed glyphs.tsv
var glyphTable string

// glyphNames is what glyphs.tsv says: the text of each name, the standard and the symbol encoding, and the widths
// of the standard fonts in thousandths.
type glyphNames struct {
	text     map[string]string
	standard [256]string
	symbol   [256]string
	widths   map[string][standardFonts]float64
}

// The columns of widths in glyphs.tsv.
const (
	helvetica = iota
	helveticaBold
	timesRoman
	timesBold
	timesItalic
	timesBoldItalic
	symbolFont
	standardFonts
	courier = standardFonts // no column: every glyph is 600 wide
)

// names reads the embedded table on first use.
var names = sync.OnceValue(func() *glyphNames {
	n := &glyphNames{text: map[string]string{}, widths: map[string][standardFonts]float64{}}
	for line := range strings.Lines(glyphTable) {
		n.add(strings.Split(strings.TrimRight(line, "\n"), "\t"))
	}
	return n
})

func (n *glyphNames) add(row []string) {
	if len(row) < 2 {
		return
	}
	n.text[row[0]] = codePoints(row[1])
	if len(row) > 2 {
		setCode(&n.standard, row[2], row[0])
	}
	if len(row) > 3 {
		setCode(&n.symbol, row[3], row[0])
	}
	if len(row) > 4 {
		var w [standardFonts]float64
		for i, field := range row[4:] {
			w[i], _ = strconv.ParseFloat(field, 64)
		}
		n.widths[row[0]] = w
	}
}

func setCode(enc *[256]string, code, name string) {
	if c, err := strconv.ParseUint(code, 10, 8); err == nil {
		enc[c] = name
	}
}

// codePoints decodes "0041 0301".
func codePoints(hex string) string {
	var s strings.Builder
	for field := range strings.FieldsSeq(hex) {
		r, err := strconv.ParseUint(field, 16, 32)
		if err == nil {
			s.WriteRune(rune(r))
		}
	}
	return s.String()
}

// glyphText is the text that a glyph name stands for by Adobe's rules: suffixes behind a dot are dropped, parts are
// joined by "_", uniXXXX and uXXXXX name code points. "" when the name says nothing.
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if s, ok := names().text[name]; ok {
		return s
	}
	if strings.Contains(name, "_") {
		var s strings.Builder
		for part := range strings.SplitSeq(name, "_") {
			s.WriteString(glyphText(part))
		}
		return s.String()
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 {
		return uniText(hex)
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if r, err := strconv.ParseUint(hex, 16, 32); err == nil && r <= 0x10FFFF {
			return string(rune(r))
		}
	}
	return smallCapital(name)
}

func uniText(hex string) string {
	var s strings.Builder
	for ; len(hex) >= 4; hex = hex[4:] {
		r, err := strconv.ParseUint(hex[:4], 16, 32)
		if err != nil {
			return ""
		}
		s.WriteRune(rune(r))
	}
	return s.String()
}

// smallCapital reads names such as "Asmall" and "oneoldstyle", which have private code points in Adobe's list.
func smallCapital(name string) string {
	for _, suffix := range []string{"small", "oldstyle"} {
		if base, ok := strings.CutSuffix(name, suffix); ok && base != "" {
			return names().text[base]
		}
	}
	return ""
}

// nameOf is the glyph name of a rune in the standard fonts, for widths. "" when they have none.
var nameOf = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for name := range names().widths {
		m[names().text[name]] = name
	}
	return m
})

// baseEncoding is the text of each code in one of the named encodings.
func baseEncoding(name string) [256]string {
	switch name {
	case "MacRomanEncoding":
		return mapped(charmap.Macintosh)
	case "WinAnsiEncoding":
		enc := mapped(charmap.Windows1252)
		enc[0xAD] = "-" // the specification's second hyphen, not a soft one
		return enc
	case "symbol":
		return named(&names().symbol)
	}
	return named(&names().standard)
}

func mapped(m *charmap.Charmap) [256]string {
	var enc [256]string
	for c := 32; c < 256; c++ {
		if r := m.DecodeByte(byte(c)); r != '�' && r >= ' ' {
			enc[c] = string(r)
		}
	}
	enc[0x7F] = ""
	return enc
}

func named(codes *[256]string) [256]string {
	var enc [256]string
	for c, name := range codes {
		if name != "" {
			enc[c] = glyphText(name)
		}
	}
	return enc
}
