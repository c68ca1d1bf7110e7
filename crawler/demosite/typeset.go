package demosite

import (
	"fmt"
	"strings"
	"unicode"
)

// Measures of a sheet of A4, in points.
const (
	sheetWidth, sheetHeight = 595, 842
	sheetMargin             = 60
	gutter                  = 25
	bottom                  = 90
	footerAt                = 45
	bodySize                = 10.5
)

// typesetter sets a paper line by line, in one column or two.
type typesetter struct {
	columns int
	footer  string // on every page, with the page's number

	pages  []string
	out    strings.Builder // of the page being set
	column int
	y      float64
	broken int // words broken at a line's end, which end in a hyphen and a soft hyphen by turns

	tags *tagging // nil for a file without tags
}

// style is how one kind of block is set.
type style struct {
	font          string
	size          float64
	before, after float64
	wide          bool // across both columns
}

var styles = map[string]style{
	paperTitle:   {"F2", 20, 0, 10, true},
	paperSmall:   {"F1", 9, 0, 4, true},
	paperSpaced:  {"F2", 13, 10, 12, true},
	paperHeading: {"F2", 12, 12, 4, false},
	paperItem:    {"F1", bodySize, 0, 3, false},
	paperRow:     {"F1", bodySize, 0, 3, true},
	paperText:    {"F1", bodySize, 0, 7, false},
}

// typeset returns the content streams of the pages of a paper.
func typeset(blocks []paperBlock, columns int, footer string) []string {
	t := &typesetter{columns: columns, footer: footer}
	return t.set(blocks)
}

func (t *typesetter) set(blocks []paperBlock) []string {
	t.newPage()
	for _, b := range blocks {
		t.beginElement(b.kind)
		t.block(b)
		t.endElement()
	}
	t.endPage()
	return t.pages
}

func (t *typesetter) newPage() {
	t.out.Reset()
	t.column, t.y = 0, sheetHeight-sheetMargin
}

func (t *typesetter) endPage() {
	t.closeMark()
	t.artifact(func() {
		t.show("F1", 8, sheetMargin, footerAt, fmt.Sprintf("%s · Side %d", t.footer, len(t.pages)+1))
	})
	t.pages = append(t.pages, t.out.String())
}

// width is how long a line may be.
func (t *typesetter) width() float64 {
	return (sheetWidth - 2*sheetMargin - float64(t.columns-1)*gutter) / float64(t.columns)
}

func (t *typesetter) left() float64 {
	return sheetMargin + float64(t.column)*(t.width()+gutter)
}

// block sets one block. What goes across both columns stands at the head of the first page only.
func (t *typesetter) block(b paperBlock) {
	s := styles[b.kind]
	wide := s.wide && len(t.pages) == 0 && t.column == 0
	switch b.kind {
	case paperPage:
		t.endPage()
		t.newPage()
		return
	case paperRow:
		t.row(b.cells, s)
		return
	case paperSpaced:
		b.cells = []string{strings.Join(strings.Split(b.cells[0], ""), " ")}
	case paperItem:
		b.cells = []string{"• " + b.cells[0]}
	}
	width := t.width()
	if wide {
		width = sheetWidth - 2*sheetMargin
	}
	t.y -= s.before
	for _, line := range t.lines(b.cells[0], width, s.size) {
		t.line(s, line)
	}
	t.y -= s.after
}

// line sets a line at the next free place.
func (t *typesetter) line(s style, text string) {
	if t.y -= s.size * 1.3; t.y < bottom {
		t.nextColumn()
		t.y -= s.size * 1.3
	}
	t.show(s.font, s.size, t.left(), t.y, text)
}

// nextColumn goes on beside what is set, else on the next page.
func (t *typesetter) nextColumn() {
	if t.column++; t.column < t.columns {
		t.y = sheetHeight - sheetMargin
		if len(t.pages) == 0 {
			t.y -= 110 // the title stands there
		}
		return
	}
	t.endPage()
	t.newPage()
}

// row sets the cells of a table beside each other.
func (t *typesetter) row(cells []string, s style) {
	width := t.width() / float64(len(cells))
	for i := 0; ; i++ {
		any := false
		for n, cell := range cells {
			lines := t.lines(cell, width-12, s.size)
			if i >= len(lines) {
				continue
			}
			if !any {
				any = true
				t.y -= s.size * 1.3
			}
			t.show(s.font, s.size, t.left()+float64(n)*width, t.y, lines[i])
		}
		if !any {
			break
		}
	}
	t.y -= s.after
}

func (t *typesetter) show(font string, size, x, y float64, text string) {
	t.openMark()
	fmt.Fprintf(&t.out, "BT /%s %g Tf %.2f %.2f Td (%s) Tj ET\n", font, size, x, y, pdfString(text))
}

// lines breaks a text at spaces, and long words at a syllable.
func (t *typesetter) lines(text string, width, size float64) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		for {
			if whole := strings.TrimSpace(line + " " + word); helvetica(whole)*size <= width {
				line = whole
				break
			}
			head, tail := t.split(word, func(head string) bool { return helvetica(strings.TrimSpace(line+" "+head))*size <= width })
			if head == "" && line == "" {
				line = word // no wider line will come
				break
			}
			line = strings.TrimSpace(line + " " + head)
			out, line, word = append(out, line), "", tail
		}
	}
	return append(out, line)
}

// split breaks a long word between a vowel and a consonant, as late as fits.
func (t *typesetter) split(word string, fits func(string) bool) (head, tail string) {
	runes := []rune(word)
	for at := len(runes) - 4; at >= 4 && len(runes) >= 9; at-- {
		if !isVowel(runes[at-1]) || isVowel(runes[at]) || !isVowel(runes[at+1]) || !allLetters(runes[:at+2]) {
			continue
		}
		hyphen := []string{"-", "\u00ad"}[t.broken%2]
		if head = string(runes[:at]) + hyphen; fits(head) {
			t.broken++
			return head, string(runes[at:])
		}
	}
	return "", word
}

func isVowel(r rune) bool { return strings.ContainsRune("aeiouyæøå", unicode.ToLower(r)) }

func allLetters(runes []rune) bool {
	for _, r := range runes {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// helvetica is the width of a text in Helvetica at one point. Letters beyond ASCII are near enough an n.
func helvetica(text string) float64 {
	n := 0
	for _, r := range text {
		switch {
		case ' ' <= r && int(r-' ') < len(helveticaWidths):
			n += helveticaWidths[r-' ']
		case r == 'æ':
			n += 889
		case r == 'Æ' || r == '—':
			n += 1000
		default:
			n += 611
		}
	}
	return float64(n) / 1000
}

// helveticaWidths are the widths of the characters from space to tilde in thousandths, as Adobe's font metrics say.
var helveticaWidths = []int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}
