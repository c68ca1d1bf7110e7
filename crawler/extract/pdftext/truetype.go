package pdftext

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// trueType is what an embedded TrueType font tells about text when the PDF does not.
type trueType struct {
	codes map[uint32]uint32 // glyph of a byte code, from a symbol or Macintosh table
	runes map[uint32]rune   // code point of a glyph, from a Unicode table
}

// parseTrueType reads the cmap table; a damaged font has none.
func parseTrueType(b []byte) *trueType {
	t := &trueType{codes: map[uint32]uint32{}, runes: map[uint32]rune{}}
	table := sfntTable(b, "cmap")
	if len(table) < 4 {
		return t
	}
	n := int(binary.BigEndian.Uint16(table[2:]))
	for i := 0; i < n && 4+8*i+8 <= len(table); i++ {
		record := table[4+8*i:]
		platform, encoding := binary.BigEndian.Uint16(record), binary.BigEndian.Uint16(record[2:])
		offset := binary.BigEndian.Uint32(record[4:])
		if int64(offset) < int64(len(table)) {
			t.subtable(platform, encoding, table[offset:])
		}
	}
	return t
}

func sfntTable(b []byte, tag string) []byte {
	if len(b) < 12 {
		return nil
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	for i := 0; i < n && 12+16*i+16 <= len(b); i++ {
		record := b[12+16*i:]
		if string(record[:4]) != tag {
			continue
		}
		start, size := int64(binary.BigEndian.Uint32(record[8:])), int64(binary.BigEndian.Uint32(record[12:]))
		if start <= int64(len(b)) {
			return b[start:min(start+size, int64(len(b)))]
		}
	}
	return nil
}

func (t *trueType) subtable(platform, encoding uint16, b []byte) {
	unicode := platform == 0 || platform == 3 && (encoding == 1 || encoding == 10)
	each := func(c, gid uint32) {
		if gid == 0 { // the box for what the font lacks
			return
		}
		if !unicode {
			// Symbol fonts keep their byte codes at U+F000.
			t.codes[c&0xFF] = gid
			return
		}
		// Several characters share a glyph, as the space and the one that does not break: the least is the plain one.
		if old, ok := t.runes[gid]; !ok || rune(c) < old {
			t.runes[gid] = rune(c)
		}
	}
	if len(b) < 2 {
		return
	}
	switch binary.BigEndian.Uint16(b) {
	case 0:
		for c := 0; c < 256 && 6+c < len(b); c++ {
			each(uint32(c), uint32(b[6+c]))
		}
	case 4:
		cmapSegments(b, each)
	case 6:
		trimmed(b, each)
	case 12:
		groups(b, each)
	}
}

// cmapSegments reads format 4, whose last segment is U+FFFF and maps nothing.
func cmapSegments(b []byte, each func(c, gid uint32)) {
	if len(b) < 16 {
		return
	}
	n := int(binary.BigEndian.Uint16(b[6:])) / 2
	if len(b) < 16+8*n {
		return
	}
	// Four arrays of n stand behind each other: ends, starts, deltas, offsets. Behind the ends there is a word of padding.
	at := func(part, i int) int { return 14 + 2*i + part*2*n + 2*min(part, 1) }
	u16 := func(off int) uint32 {
		if off+2 > len(b) {
			return 0
		}
		return uint32(binary.BigEndian.Uint16(b[off:]))
	}
	left := 2 * maxMappings // segments that overlap would take hours
	for i := range n {
		end, start, delta, offset := u16(at(0, i)), u16(at(1, i)), u16(at(2, i)), u16(at(3, i))
		for c := start; c <= end && c != 0xFFFF && left > 0; c++ {
			left--
			gid := c
			if offset != 0 { // counted from where the offset itself stands
				gid = u16(at(3, i) + int(offset) + 2*int(c-start))
				if gid == 0 {
					continue
				}
			}
			each(c, (gid+delta)&0xFFFF)
		}
	}
}

// trimmed reads format 6.
func trimmed(b []byte, each func(c, gid uint32)) {
	if len(b) < 10 {
		return
	}
	first := uint32(binary.BigEndian.Uint16(b[6:]))
	n := int(binary.BigEndian.Uint16(b[8:]))
	for i := 0; i < n && 10+2*i+2 <= len(b); i++ {
		each(first+uint32(i), uint32(binary.BigEndian.Uint16(b[10+2*i:])))
	}
}

// groups reads format 12.
func groups(b []byte, each func(c, gid uint32)) {
	if len(b) < 16 {
		return
	}
	n := int(min(binary.BigEndian.Uint32(b[12:]), maxMappings))
	left := maxMappings // one group may claim four billion
	for i := 0; i < n && 16+12*i+12 <= len(b); i++ {
		g := b[16+12*i:]
		start, end, gid := binary.BigEndian.Uint32(g), binary.BigEndian.Uint32(g[4:]), binary.BigEndian.Uint32(g[8:])
		for c := start; c <= end && left > 0; c++ {
			each(c, gid+c-start)
			left--
		}
	}
}

// builtinEncoding is the encoding inside an embedded font program, nil when there is none to be had.
func (f *file) builtinEncoding(descriptor types.Dict) *[256]string {
	if descriptor == nil {
		return nil
	}
	if src := f.stream(descriptor["FontFile2"]); src != nil {
		return parseTrueType(src).encoding()
	}
	if src := f.stream(descriptor["FontFile"]); src != nil {
		return type1Encoding(src)
	}
	return nil
}

// encoding goes from byte to letter by way of the glyph, since no table of a font leads there at once.
func (t *trueType) encoding() *[256]string {
	var enc [256]string
	found := false
	for c, gid := range t.codes {
		if r, ok := t.runes[gid]; ok {
			enc[c] = string(r)
			found = true
		}
	}
	if !found {
		return nil
	}
	return &enc
}

var type1Put = regexp.MustCompile(`dup\s+(\d{1,3})\s*/([^\s/]+)\s+put`)

// type1Encoding reads "dup 65 /A put" of the clear text of a Type 1 font.
func type1Encoding(src []byte) *[256]string {
	// What follows is encrypted, and its bytes may look like anything.
	if end := bytes.Index(src, []byte("eexec")); end >= 0 {
		src = src[:end]
	}
	var enc [256]string
	found := false
	for _, m := range type1Put.FindAllSubmatch(src, -1) {
		if c, err := strconv.ParseUint(string(m[1]), 10, 8); err == nil {
			enc[c] = glyphText(string(m[2]))
			found = true
		}
	}
	if !found {
		return nil
	}
	return &enc
}

// embeddedCIDs reads text off the TrueType font behind a CID font without ToUnicode.
func (f *file) embeddedCIDs(cid types.Dict) func(uint32) string {
	descriptor := f.dict(cid["FontDescriptor"])
	if descriptor == nil {
		return nil
	}
	src := f.stream(descriptor["FontFile2"])
	if src == nil {
		return nil
	}
	runes := parseTrueType(src).runes
	toGID := f.stream(cid["CIDToGIDMap"])
	return func(c uint32) string {
		if i := 2 * int(c); i+1 < len(toGID) { // without a map a CID is the glyph's number
			c = uint32(toGID[i])<<8 | uint32(toGID[i+1])
		}
		if r, ok := runes[c]; ok {
			return string(r)
		}
		return ""
	}
}
