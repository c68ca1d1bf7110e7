package pdftext

// beginMark opens marked content: running headers are marked /Artifact, and ActualText says what glyphs stand for.
func (in *interpreter) beginMark() {
	p := in.page
	if len(p.marks) >= maxNesting {
		p.deeper++
		return
	}
	m := mark{first: len(p.glyphs)}
	if len(in.args) > 1 {
		var kind string
		kind, m.text, m.actual = in.properties(in.args[1])
		m.artifact = string(in.args[0].str) == "Artifact" && kind == "Pagination"
	}
	p.marks = append(p.marks, m)
}

// properties are the type and the ActualText of a property list, given in place or by name.
func (in *interpreter) properties(t token) (kind, text string, actual bool) {
	if t.kind == nameToken {
		f := in.page.file
		d := f.dict(in.resource("Properties", string(t.str)))
		return f.name(d["Type"]), f.text(d["ActualText"]), d["ActualText"] != nil
	}
	for i := 0; i+1 < len(t.arr); i += 2 {
		switch string(t.arr[i].str) {
		case "Type":
			kind = string(t.arr[i+1].str)
		case "ActualText":
			text, actual = textString(t.arr[i+1].str), true
		}
	}
	return kind, text, actual
}

// endMark closes the innermost mark and puts its ActualText in the place of its glyphs.
func (p *page) endMark() {
	n := len(p.marks)
	if p.deeper > 0 || n == 0 {
		p.deeper = max(p.deeper-1, 0)
		return
	}
	m := p.marks[n-1]
	p.marks = p.marks[:n-1]
	if !m.actual || m.first >= len(p.glyphs) {
		return
	}
	first, last := p.glyphs[m.first], p.glyphs[len(p.glyphs)-1]
	p.glyphs = p.glyphs[:m.first]
	first.text = clean(m.text)
	if last.dir == first.dir && sameLine(&first, &last) && last.x >= first.x {
		first.width = last.x + last.width - first.x
	}
	if first.text != "" && p.file.budget.glyph(len(first.text)) {
		p.glyphs = append(p.glyphs, first)
	}
}

func (p *page) inArtifact() bool {
	for _, m := range p.marks {
		if m.artifact {
			return true
		}
	}
	return false
}
