package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/snippet"
)

// Fragment names a passage on the page of a source, so that a browser opens the page there (the text directive of URL
// fragments). Start stands on the page; Prefix and Suffix stand right before and after it where Start alone would not be
// the only place. The zero value names nothing.
type Fragment struct {
	Prefix, Start, Suffix string
}

// IsZero reports whether nothing is named.
func (f Fragment) IsZero() bool { return f.Start == "" }

// Bounds of a fragment, in words. Fewer than leastNamed words stand in menus and headings, too, which we do not have.
const (
	leastNamed  = 3
	namedBefore = 2
	namedAfter  = 6
	aroundNamed = 4
)

// fragmentOf names the words around the first mark of a passage. They are taken from one line of the body, since browsers
// look for them within one block, and only as they stand there. Only web pages are opened at a passage.
func fragmentOf(d index.Document, passage snippet.Snippet) Fragment {
	if d.Format != "html" && d.Format != "" || len(passage.Marks) == 0 || d.SnippetMax < 0 {
		return Fragment{}
	}
	end := passage.Offset + len(passage.Text)
	if end > len(d.Body) || d.Body[passage.Offset:end] != passage.Text {
		return Fragment{}
	}
	mark := passage.Marks[0]
	l := lineAround(d.Body, passage.Offset+mark.Start, passage.Offset+mark.End)
	from, to := l.back(l.at, namedBefore), l.on(l.end, namedAfter)
	from, to = l.bare(from, to)
	start := l.text[from:to]
	if len(strings.Fields(start)) < leastNamed {
		return Fragment{}
	}
	if strings.Count(d.Body, start) == 1 {
		return Fragment{Start: start}
	}
	before, after := l.back(from, aroundNamed), l.on(to, aroundNamed)
	before, _ = l.bare(before, from)
	_, after = l.bare(to, after)
	before, after = min(before, from), max(after, to)
	if strings.Count(d.Body, l.text[before:after]) != 1 {
		return Fragment{}
	}
	return Fragment{Prefix: strings.TrimSpace(l.text[before:from]), Start: start, Suffix: strings.TrimSpace(l.text[to:after])}
}

// line is a stretch of a body without breaks and without signs that a page may show otherwise, and the mark in it.
type line struct {
	text    string
	at, end int
}

// lineAround finds the line that holds a mark. A single space is the only space that is certain to stand on the page.
func lineAround(body string, at, end int) line {
	from, to := at, end
	for from > 0 {
		r, n := utf8.DecodeLastRuneInString(body[:from])
		if !onPage(r) {
			break
		}
		from -= n
	}
	for to < len(body) {
		r, n := utf8.DecodeRuneInString(body[to:])
		if !onPage(r) {
			break
		}
		to += n
	}
	return line{text: body[from:to], at: at - from, end: end - from}
}

func onPage(r rune) bool {
	return r == ' ' || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(`.,;:!?()"'-–»«’”“%/&`, r)
}

// back is where so many words before a place begin; a place within a word counts that word as none.
func (l line) back(at, words int) int {
	for at > 0 && l.text[at-1] != ' ' {
		at--
	}
	for ; words > 0 && at > 0; words-- {
		at = strings.LastIndexByte(strings.TrimRight(l.text[:at], " "), ' ') + 1
	}
	return at
}

// on is where so many words after a place end.
func (l line) on(at, words int) int {
	at = l.wordEnd(at)
	for ; words > 0 && at < len(l.text); words-- {
		for at < len(l.text) && l.text[at] == ' ' {
			at++
		}
		at = l.wordEnd(at)
	}
	return at
}

func (l line) wordEnd(at int) int {
	if i := strings.IndexByte(l.text[at:], ' '); i >= 0 {
		return at + i
	}
	return len(l.text)
}

// bare leaves out signs and spaces at both ends: browsers match whole words.
func (l line) bare(from, to int) (int, int) {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	first := strings.IndexFunc(l.text[from:to], letter)
	if first < 0 {
		return from, from
	}
	last := strings.LastIndexFunc(l.text[from:to], letter)
	_, n := utf8.DecodeRuneInString(l.text[from+last:])
	return from + first, from + last + n
}

const hexDigits = "0123456789ABCDEF"

// Directive writes the fragment for an address, with the sign # before it. Everything but letters, digits, dots and
// underscores is written in percent: a dash, a comma and an ampersand mean something in it.
func (f Fragment) Directive() string {
	if f.IsZero() {
		return ""
	}
	var b strings.Builder
	b.WriteString("#:~:text=")
	if f.Prefix != "" {
		percent(&b, f.Prefix)
		b.WriteString("-,")
	}
	percent(&b, f.Start)
	if f.Suffix != "" {
		b.WriteString(",-")
		percent(&b, f.Suffix)
	}
	return b.String()
}

func percent(b *strings.Builder, text string) {
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
}
