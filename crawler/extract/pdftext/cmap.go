package pdftext

// cmap maps character codes to text (ToUnicode) or to CIDs (the encoding of a composite font).
type cmap struct {
	text   map[uint32]string
	cids   []cidRange
	spaces []codeSpace
	whole  bool // every code is its own text or CID: Identity
}

type cidRange struct{ lo, hi, cid uint32 }

// codeSpace says that codes of this many bytes between lo and hi exist.
type codeSpace struct {
	bytes  int
	lo, hi uint32
}

// maxMappings bounds one CMap: there are no more code points in the basic plane.
const maxMappings = 1 << 16

// parseCMap reads the mappings of a CMap stream; what it does not know is passed over.
func parseCMap(src []byte) *cmap {
	m := &cmap{text: map[uint32]string{}}
	l := lexer{src: src}
	var args []token
	for {
		t := l.next()
		switch t.kind {
		case endToken:
			return m
		case operatorToken:
			m.apply(string(t.str), args)
			args = args[:0]
		default:
			// Sections have at most 100 rows by the specification, but not by all writers.
			if len(args) < 3*maxMappings {
				args = append(args, t)
			}
		}
	}
}

func (m *cmap) apply(op string, args []token) {
	switch op {
	case "endbfchar":
		for ; len(args) >= 2; args = args[2:] {
			m.set(code(args[0].str), unicodeOf(args[1]))
		}
	case "endbfrange":
		for ; len(args) >= 3; args = args[3:] {
			m.setRange(code(args[0].str), code(args[1].str), args[2])
		}
	case "endcodespacerange":
		for ; len(args) >= 2; args = args[2:] {
			m.spaces = append(m.spaces, codeSpace{len(args[0].str), code(args[0].str), code(args[1].str)})
		}
	case "endcidrange":
		for ; len(args) >= 3; args = args[3:] {
			m.addCIDs(code(args[0].str), code(args[1].str), args[2].num)
		}
	case "endcidchar":
		for ; len(args) >= 2; args = args[2:] {
			m.addCIDs(code(args[0].str), code(args[0].str), args[1].num)
		}
	}
}

func (m *cmap) addCIDs(lo, hi uint32, cid float64) {
	if len(m.cids) < maxMappings && lo <= hi && cid >= 0 && cid < maxMappings {
		m.cids = append(m.cids, cidRange{lo, hi, uint32(cid)})
	}
}

// unicodeOf is the target of a mapping: UTF-16 or, rarely, a glyph name.
func unicodeOf(t token) string {
	if t.kind == nameToken {
		return glyphText(string(t.str))
	}
	return utf16Text(t.str)
}

func (m *cmap) set(c uint32, text string) {
	if len(m.text) < maxMappings {
		m.text[c] = text
	}
}

func (m *cmap) setRange(lo, hi uint32, target token) {
	if hi < lo || hi-lo >= maxMappings {
		return
	}
	if target.kind == arrayToken {
		for i, t := range target.arr {
			if uint32(i) <= hi-lo {
				m.set(lo+uint32(i), unicodeOf(t))
			}
		}
		return
	}
	if target.kind != stringToken || len(target.str) == 0 {
		return
	}
	for c := lo; ; c++ {
		m.set(c, utf16Text(plus(target.str, c-lo)))
		if c == hi {
			return
		}
	}
}

// plus adds n to the last bytes of b, with carry.
func plus(b []byte, n uint32) []byte {
	out := append([]byte(nil), b...)
	for i := len(out) - 1; i >= 0 && n > 0; i-- {
		n += uint32(out[i])
		out[i] = byte(n)
		n >>= 8
	}
	return out
}

// code is a big-endian character code.
func code(b []byte) uint32 {
	var c uint32
	for _, x := range b {
		c = c<<8 | uint32(x)
	}
	return c
}

// split takes the first code off s: its value and length. Without code spaces, codes have two bytes.
func (m *cmap) split(s []byte) (uint32, int) {
	if m == nil || len(m.spaces) == 0 {
		n := min(2, len(s))
		return code(s[:n]), n
	}
	for n := 1; n <= min(4, len(s)); n++ {
		c := code(s[:n])
		for _, space := range m.spaces {
			if space.bytes == n && c >= space.lo && c <= space.hi {
				return c, n
			}
		}
	}
	n := min(max(m.spaces[0].bytes, 1), len(s))
	return code(s[:n]), n
}

// cid is the CID of a code.
func (m *cmap) cid(c uint32) uint32 {
	if m == nil || m.whole || len(m.cids) == 0 {
		return c
	}
	for _, r := range m.cids {
		if c >= r.lo && c <= r.hi {
			return r.cid + c - r.lo
		}
	}
	return 0
}
