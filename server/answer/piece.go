package answer

import (
	"html"
	"strings"
	"unicode"

	"smaabornsviden/index/snippet"
)

// Piece is a stretch of text that is marked or not.
type Piece struct {
	Text string
	Mark bool
}

// pieces cuts text at its marks; joined again they give the text. Of a compound only the part that matched is marked.
func pieces(text string, marks []snippet.Mark) []Piece {
	var out []Piece
	at := 0
	add := func(end int, mark bool) {
		if end > at {
			out = append(out, Piece{text[at:end], mark})
			at = end
		}
	}
	for _, m := range marks {
		start, end := m.Start, m.End
		if m.PartEnd > 0 {
			start, end = m.PartStart, m.PartEnd
		}
		add(start, false)
		add(end, true)
	}
	add(len(text), false)
	return out
}

// Plain joins pieces as text.
func Plain(ps []Piece) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.Text)
	}
	return b.String()
}

// HTML joins pieces as HTML in which everything is escaped but <mark>.
func HTML(ps []Piece) string {
	var b strings.Builder
	for _, p := range ps {
		if p.Mark {
			b.WriteString("<mark>" + html.EscapeString(p.Text) + "</mark>")
			continue
		}
		b.WriteString(html.EscapeString(p.Text))
	}
	return b.String()
}

// oneLine makes a title fit for one line: single spaces, no control or direction characters.
func oneLine(title string) string {
	return strings.Join(strings.Fields(strings.Map(showable, title)), " ")
}

// plain replaces line breaks in a passage, byte for byte so that marks stay true.
func plain(passage string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, passage)
}

// showable drops what could make a title read otherwise than it is written: controls and bidirectional overrides.
func showable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
}
