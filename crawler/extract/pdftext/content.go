package pdftext

import (
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// glyph is one character as it stands on the page. Coordinates are points in the frame of its writing direction:
// x grows as one reads, y grows upwards.
type glyph struct {
	text     string
	x, y     float64 // of the origin on the base line
	width    float64 // to where the next glyph is expected
	size     float64 // of the font
	dir      int     // writing direction in degrees counter-clockwise, 0 for upright text
	artifact bool    // marked as a running header, footer or page number
}

// state is the part of the graphics state that text needs.
type state struct {
	ctm               matrix
	font              *font
	size              float64
	charSpace         float64
	wordSpace         float64
	stretch           float64 // horizontal scaling, 1 for none
	leading, rise     float64
	textAt, lineStart matrix
}

// mark is one level of marked content.
type mark struct {
	artifact bool
	actual   bool // an ActualText stands for the glyphs within
	text     string
	first    int // glyphs before it
}

// page reads the content of one page into glyphs.
type page struct {
	file    *file
	fonts   map[ref]*font // those that are objects of their own
	glyphs  []glyph
	unnamed int  // glyphs without text
	images  bool // whether something was painted that is no text
	depth   int
	marks   []mark
	deeper  int // open marks beyond maxNesting, of which nothing is known
}

// maxNesting bounds saved states and marks; more than this is no real file.
const maxNesting = 512

// run reads a content stream with its resources, starting with ctm.
func (p *page) run(src []byte, resources types.Dict, ctm matrix) {
	if p.depth > maxForms {
		return
	}
	p.depth++
	defer func() { p.depth-- }()
	in := &interpreter{page: p, resources: resources, lexer: lexer{src: src}}
	in.state = state{ctm: ctm, stretch: 1, textAt: identity, lineStart: identity}
	open := len(p.marks)
	in.run()
	// A mark that the stream leaves open would take in the rest of the page, as a header, say.
	p.deeper = 0
	for len(p.marks) > open {
		p.endMark()
	}
}

// interpreter executes the operators of one content stream.
type interpreter struct {
	state
	page      *page
	resources types.Dict
	lexer     lexer
	saved     []state
	args      []token
}

// maxArgs bounds the operands of one operator; TJ keeps its many in one array.
const maxArgs = 64

func (in *interpreter) run() {
	for {
		t := in.lexer.next()
		if t.kind == endToken {
			return
		}
		if t.kind != operatorToken {
			if len(in.args) < maxArgs {
				in.args = append(in.args, t)
			}
			continue
		}
		if !in.page.file.budget.op() {
			return
		}
		if do := operators[string(t.str)]; do != nil {
			do(in)
		} else if string(t.str) == "Do" {
			in.object() // runs content again, so it cannot stand in the table
		}
		in.args = in.args[:0]
	}
}

// num is the n-th operand, 0 when it is missing.
func (in *interpreter) num(n int) float64 {
	if n < len(in.args) {
		return in.args[n].num
	}
	return 0
}

func (in *interpreter) bytes(n int) []byte {
	if n < len(in.args) {
		return in.args[n].str
	}
	return nil
}

func (in *interpreter) matrix() matrix {
	return matrix{in.num(0), in.num(1), in.num(2), in.num(3), in.num(4), in.num(5)}
}

// operators are those that matter for text.
var operators = map[string]func(*interpreter){
	"q":   (*interpreter).save,
	"Q":   (*interpreter).restore,
	"cm":  func(in *interpreter) { in.ctm = in.matrix().times(in.ctm) },
	"gs":  (*interpreter).extState,
	"BT":  func(in *interpreter) { in.textAt, in.lineStart = identity, identity },
	"Tf":  func(in *interpreter) { in.setFont(string(in.bytes(0)), in.num(1)) },
	"Tc":  func(in *interpreter) { in.charSpace = in.num(0) },
	"Tw":  func(in *interpreter) { in.wordSpace = in.num(0) },
	"Tz":  func(in *interpreter) { in.stretch = in.num(0) / 100 },
	"TL":  func(in *interpreter) { in.leading = in.num(0) },
	"Ts":  func(in *interpreter) { in.rise = in.num(0) },
	"Td":  func(in *interpreter) { in.moveLine(in.num(0), in.num(1)) },
	"TD":  func(in *interpreter) { in.leading = -in.num(1); in.moveLine(in.num(0), in.num(1)) },
	"T*":  func(in *interpreter) { in.moveLine(0, -in.leading) },
	"Tm":  func(in *interpreter) { in.textAt = in.matrix(); in.lineStart = in.textAt },
	"Tj":  func(in *interpreter) { in.show(in.bytes(0)) },
	"'":   func(in *interpreter) { in.moveLine(0, -in.leading); in.show(in.bytes(0)) },
	"\"":  (*interpreter).showSpaced,
	"TJ":  (*interpreter).showAdjusted,
	"BI":  (*interpreter).inlineImage,
	"sh":  func(in *interpreter) { in.page.images = true },
	"BMC": (*interpreter).beginMark,
	"BDC": (*interpreter).beginMark,
	"EMC": func(in *interpreter) { in.page.endMark() },
}

func (in *interpreter) save() {
	if len(in.saved) < maxNesting {
		in.saved = append(in.saved, in.state)
	}
}

// restore keeps the text position, which is no part of the graphics state.
func (in *interpreter) restore() {
	n := len(in.saved)
	if n == 0 {
		return
	}
	at, start := in.textAt, in.lineStart
	in.state = in.saved[n-1]
	in.textAt, in.lineStart = at, start
	in.saved = in.saved[:n-1]
}

func (in *interpreter) resource(kind, name string) types.Object {
	return in.page.file.dict(in.resources[kind])[name]
}

func (in *interpreter) setFont(name string, size float64) {
	in.size = size
	in.font = in.page.font(in.resource("Font", name))
}

// font loads a font once for all pages if it is an object of its own.
func (p *page) font(o types.Object) *font {
	at, shared := o.(ref)
	if t, ok := p.fonts[at]; ok && shared {
		return t
	}
	t := p.file.fontOf(p.file.dict(o))
	if shared {
		p.fonts[at] = t
	}
	return t
}

func (in *interpreter) extState() {
	gs := in.page.file.dict(in.resource("ExtGState", string(in.bytes(0))))
	if a := in.page.file.array(gs["Font"]); len(a) == 2 {
		in.font = in.page.font(a[0])
		in.size, _ = in.page.file.number(a[1])
	}
}

func (in *interpreter) moveLine(x, y float64) {
	in.lineStart = in.lineStart.shift(x, y)
	in.textAt = in.lineStart
}

func (in *interpreter) showSpaced() {
	in.wordSpace, in.charSpace = in.num(0), in.num(1)
	in.moveLine(0, -in.leading)
	in.show(in.bytes(2))
}

func (in *interpreter) showAdjusted() {
	if len(in.args) == 0 {
		return
	}
	for _, t := range in.args[0].arr {
		switch t.kind {
		case stringToken:
			in.show(t.str)
		case numberToken:
			// In thousandths of the font's size, against the direction of writing.
			in.textAt = in.textAt.shift(-t.num/1000*in.size*in.stretch, 0)
		}
	}
}

// show places the glyphs of a string and moves on.
func (in *interpreter) show(s []byte) {
	t := in.font
	if t == nil {
		return
	}
	for len(s) > 0 {
		c, n := t.next(s)
		shown := t.char(c)
		advance := shown.width*in.size + in.charSpace
		if n == 1 && c == ' ' { // by the standard not of a space in two bytes
			advance += in.wordSpace
		}
		advance *= in.stretch
		if !in.place(shown.text, advance) {
			return
		}
		in.textAt = in.textAt.shift(advance, 0)
		s = s[n:]
	}
}

// place adds a glyph at the text position and reports whether there may be more.
func (in *interpreter) place(text string, advance float64) bool {
	if !in.page.file.budget.glyph(len(text)) {
		return false
	}
	if text == "" { // counted, since a page of such glyphs has text that cannot be read
		in.page.unnamed++
		return true
	}
	m := in.textAt.times(in.ctm)
	if !m.finite() {
		return true
	}
	x, y := m.at(0, in.rise)
	dir := direction(m)
	if dir != 0 { // into the frame in which its line runs from left to right, as others do
		sin, cos := math.Sincos(float64(dir) * math.Pi / 180)
		x, y = x*cos+y*sin, y*cos-x*sin
	}
	in.page.glyphs = append(in.page.glyphs, glyph{
		text: text, x: x, y: y, dir: dir,
		width:    advance * math.Hypot(m[0], m[1]),
		size:     math.Abs(in.size) * math.Hypot(m[2], m[3]),
		artifact: in.page.inArtifact(),
	})
	return true
}

// direction is the way the base line runs, in whole degrees; slightly skewed scans count as upright.
func direction(m matrix) int {
	if m[1] == 0 && m[0] > 0 {
		return 0
	}
	deg := int(math.Round(math.Atan2(m[1], m[0]) * 180 / math.Pi))
	if deg >= -2 && deg <= 2 {
		return 0
	}
	return (deg + 360) % 360
}

// object runs a form XObject in place.
func (in *interpreter) object() {
	f := in.page.file
	o := in.resource("XObject", string(in.bytes(0)))
	d := f.dict(o)
	if f.name(d["Subtype"]) != "Form" {
		in.page.images = in.page.images || d != nil
		return
	}
	resources := f.dict(d["Resources"])
	if resources == nil { // as in the first version of PDF
		resources = in.resources
	}
	ctm := in.ctm
	if m := f.numbers(d["Matrix"]); len(m) == 6 {
		ctm = matrix(m).times(ctm)
	}
	in.page.run(f.stream(o), resources, ctm)
}

func (in *interpreter) inlineImage() {
	in.page.images = true
	for {
		t := in.lexer.next()
		if t.kind == endToken {
			return
		}
		if t.kind == operatorToken && string(t.str) == "ID" {
			in.lexer.pos++
			in.lexer.skipImage()
			return
		}
	}
}
