package pdftext

import (
	"fmt"
	"math"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// leaf is a page of the page tree with what it inherits.
type leaf struct {
	dict      types.Dict
	resources types.Dict
	box       [4]float64 // left, bottom, right, top; zero when unknown
	rotate    int
}

// walker collects the leaves of the page tree in order.
type walker struct {
	file   *file
	seen   map[ref]bool // branches
	leaves []leaf
	total  int // pages, also those beyond the limit
}

// maxTree bounds the depth of the page tree; balanced ones of 100,000 pages have five levels.
const maxTree = 64

// pages lists the pages up to the limit, and how many there are in all.
func (f *file) pages() ([]leaf, int, error) {
	w := walker{file: f, seen: map[ref]bool{}}
	if err := f.guard(func() { w.visit(f.catalog()["Pages"], leaf{}, 0) }); err != nil {
		return nil, 0, err
	}
	if w.total == 0 {
		return nil, 0, fmt.Errorf("%w: no pages", ErrBroken)
	}
	return w.leaves, w.total, nil
}

// guard turns a panic of pdfcpu, or of ours, over a malformed object into an error.
func (f *file) guard(do func()) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", ErrBroken, v)
		}
	}()
	do()
	return nil
}

// ref is the number of an object, the key for what is read once.
type ref = types.IndirectRef

func (f *file) catalog() types.Dict {
	if f.ctx.Root == nil {
		return nil
	}
	return f.dict(*f.ctx.Root)
}

func (w *walker) visit(o types.Object, from leaf, depth int) {
	d := w.file.dict(o)
	if d == nil || depth > maxTree || !w.file.budget.op() {
		return
	}
	w.inherit(&from, d)
	kids := w.file.array(d["Kids"])
	// A page may stand in the tree twice, as where one form is bound in for each child; a branch that does leads round in a ring.
	if at, ok := o.(ref); ok && kids != nil {
		if w.seen[at] {
			return
		}
		w.seen[at] = true
	}
	if kids == nil {
		w.total++
		if len(w.leaves) < w.file.budget.limits.Pages {
			from.dict = d
			w.leaves = append(w.leaves, from)
		}
		return
	}
	for _, kid := range kids {
		w.visit(kid, from, depth+1)
	}
}

func (w *walker) inherit(l *leaf, d types.Dict) {
	if r := w.file.dict(d["Resources"]); r != nil {
		l.resources = r
	}
	for _, name := range []string{"MediaBox", "CropBox"} {
		if b := w.file.numbers(d[name]); len(b) == 4 {
			l.box = [4]float64{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
		}
	}
	if deg, ok := w.file.number(d["Rotate"]); ok {
		l.rotate = int(deg)
	}
}

// read turns one page into its glyphs, upright, with the values of its form fields. When something makes no sense
// half-way, what was read before stays.
func (f *file) read(l leaf, fonts map[ref]*font) *page {
	p := &page{file: f, fonts: fonts}
	turn := rotation(l.rotate)
	_ = f.guard(func() { p.run(f.contents(l.dict["Contents"]), l.resources, turn) })
	p.crop(l.box, turn)
	_ = f.guard(func() { p.fields(l.dict["Annots"], turn) })
	return p
}

// contents joins the content streams of a page; a token never crosses from one to the next.
func (f *file) contents(o types.Object) []byte {
	parts := f.array(o)
	if parts == nil {
		return f.stream(o)
	}
	var all []byte
	for _, part := range parts {
		all = append(all, f.stream(part)...)
		all = append(all, '\n')
	}
	return all
}

// crop drops upright glyphs that no reader sees because they lie outside the page, such as printers' marks.
func (p *page) crop(box [4]float64, turn matrix) {
	x0, y0 := turn.at(box[0], box[1])
	x1, y1 := turn.at(box[2], box[3])
	x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	if x1-x0 < 36 || y1-y0 < 36 {
		return
	}
	kept := p.glyphs[:0]
	for _, g := range p.glyphs {
		if g.dir != 0 || g.x > x0-g.size && g.x < x1 && g.y > y0-g.size && g.y < y1 {
			kept = append(kept, g)
		}
	}
	p.glyphs = kept
}

// fields adds the values of text fields and choices, and texts typed onto the page, where they stand.
func (p *page) fields(annots types.Object, turn matrix) {
	for _, o := range p.file.array(annots) {
		if !p.file.budget.op() {
			return
		}
		d := p.file.dict(o)
		value := ""
		switch p.file.name(d["Subtype"]) {
		case "Widget":
			value = p.file.fieldValue(d)
		case "FreeText":
			value = p.file.text(d["Contents"])
		}
		if value = clean(value); strings.TrimSpace(value) != "" {
			p.addField(value, p.file.numbers(d["Rect"]), turn)
		}
	}
}

// fieldValue is what a text field or choice holds; type and value may be inherited from the field's parents.
func (f *file) fieldValue(d types.Dict) string {
	kind, value := "", types.Object(nil)
	for range 8 {
		if d == nil {
			break
		}
		if kind == "" {
			kind = f.name(d["FT"])
		}
		if value == nil {
			value = f.get(d["V"])
		}
		d = f.dict(d["Parent"])
	}
	if kind != "Tx" && kind != "Ch" {
		return ""
	}
	if list := f.array(value); list != nil {
		var all []string
		for _, o := range list {
			all = append(all, f.text(o))
		}
		return strings.Join(all, ", ")
	}
	return f.text(value)
}

func (p *page) addField(value string, rect []float64, turn matrix) {
	if len(rect) != 4 || !p.file.budget.glyph(len(value)) {
		return
	}
	x0, y0 := turn.at(rect[0], rect[1])
	x1, y1 := turn.at(rect[2], rect[3])
	size := min(max(math.Abs(y1-y0)*0.6, 6), 12)
	p.glyphs = append(p.glyphs, glyph{
		text: value, x: min(x0, x1), y: max(y0, y1) - size*1.1, width: math.Abs(x1 - x0), size: size,
	})
}
