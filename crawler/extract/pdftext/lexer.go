package pdftext

import (
	"bytes"
	"strconv"
)

// tokenKind says what a token of a content stream or CMap is.
type tokenKind byte

const (
	endToken tokenKind = iota
	numberToken
	stringToken
	nameToken
	arrayToken
	dictToken
	operatorToken
	closeToken // ] or >>
)

// token is one operand or operator.
type token struct {
	kind tokenKind
	num  float64
	str  []byte  // of strings, names and operators, decoded
	arr  []token // of arrays; of dictionaries key, value, key, value ...
}

// maxDepth bounds arrays and dictionaries within each other; real files have two or three levels.
const maxDepth = 16

// lexer reads tokens of PDF syntax. It never fails: what makes no sense is passed over.
type lexer struct {
	src   []byte
	pos   int
	depth int
}

func (l *lexer) next() token {
	l.space()
	if l.pos >= len(l.src) {
		return token{}
	}
	switch c := l.src[l.pos]; c {
	case '(':
		return l.literal()
	case '<':
		if l.peek(1) == '<' {
			return l.group(2, dictToken)
		}
		return l.hex()
	case '[':
		return l.group(1, arrayToken)
	case '>':
		l.pos++
		if l.pos < len(l.src) && l.src[l.pos] == '>' {
			l.pos++
		}
		return token{kind: closeToken}
	case ']':
		l.pos++
		return token{kind: closeToken}
	case '{', '}', ')': // of PostScript, or left over: an operator that nobody knows
		l.pos++
		return token{kind: operatorToken, str: l.src[l.pos-1 : l.pos]}
	case '/':
		return l.name()
	}
	return l.word()
}

func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.src) {
		return l.src[l.pos+n]
	}
	return 0
}

// space passes white space and comments.
func (l *lexer) space() {
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c <= ' ':
			l.pos++
		case c == '%':
			end := bytes.IndexAny(l.src[l.pos:], "\r\n")
			if end < 0 {
				l.pos = len(l.src)
				return
			}
			l.pos += end
		default:
			return
		}
	}
}

// group reads an array or a dictionary up to its end or the end of the source. Beyond maxDepth a bracket ends the group that it
// stands in: a file of nothing but brackets must not fill the stack.
func (l *lexer) group(open int, kind tokenKind) token {
	l.pos += open
	if l.depth >= maxDepth {
		return token{kind: closeToken}
	}
	l.depth++
	defer func() { l.depth-- }()
	t := token{kind: kind}
	for {
		e := l.next()
		if e.kind == endToken || e.kind == closeToken {
			return t
		}
		t.arr = append(t.arr, e)
	}
}

// word reads a number or an operator.
func (l *lexer) word() token {
	start := l.pos
	for l.pos < len(l.src) && !delimiter(l.src[l.pos]) {
		l.pos++
	}
	w := l.src[start:l.pos]
	if c := w[0]; c <= '9' && (c >= '0' || c == '-' || c == '+' || c == '.') {
		return token{kind: numberToken, num: number(w)}
	}
	return token{kind: operatorToken, str: w}
}

func delimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return c <= ' '
}

// number reads what writers of numbers produce, also "--3", "1.2.3" and "4-5", of which the first sensible part counts.
func number(w []byte) float64 {
	neg := false
	for len(w) > 0 && (w[0] == '-' || w[0] == '+') {
		neg = neg || w[0] == '-'
		w = w[1:]
	}
	end, dot := 0, false
	for end < len(w) && (w[end] >= '0' && w[end] <= '9' || w[end] == '.' && !dot) {
		dot = dot || w[end] == '.'
		end++
	}
	v, err := strconv.ParseFloat(string(w[:end]), 64)
	if err != nil {
		return 0
	}
	if neg {
		return -v
	}
	return v
}

// name reads /Name, with #xx undone.
func (l *lexer) name() token {
	l.pos++
	start := l.pos
	for l.pos < len(l.src) && !delimiter(l.src[l.pos]) {
		l.pos++
	}
	w := l.src[start:l.pos]
	if bytes.IndexByte(w, '#') < 0 {
		return token{kind: nameToken, str: w}
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) && hexValue(w[i+1]) >= 0 && hexValue(w[i+2]) >= 0 {
			out = append(out, byte(hexValue(w[i+1])<<4|hexValue(w[i+2])))
			i += 2
			continue
		}
		out = append(out, w[i])
	}
	return token{kind: nameToken, str: out}
}

// hex reads <48 65 6c>; a missing last digit is 0.
func (l *lexer) hex() token {
	l.pos++
	var out []byte
	half := -1
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		v := hexValue(c)
		switch {
		case v < 0:
		case half < 0:
			half = v
		default:
			out = append(out, byte(half<<4|v))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return token{kind: stringToken, str: out}
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// literal reads (text with \(escapes\) and (balanced) brackets).
func (l *lexer) literal() token {
	l.pos++
	var out []byte
	open := 1
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		l.pos++
		switch c {
		case '\\':
			out = l.escape(out)
			continue
		case '(':
			open++
		case ')':
			open--
		}
		if open == 0 {
			break
		}
		out = append(out, c)
	}
	return token{kind: stringToken, str: out}
}

// escape appends what the characters after a backslash stand for.
func (l *lexer) escape(out []byte) []byte {
	if l.pos >= len(l.src) {
		return out
	}
	c := l.src[l.pos]
	l.pos++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r': // an escaped end of line is none, however many bytes it has
		if l.peek(0) == '\n' {
			l.pos++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	v := c - '0' // three digits may say more than a byte holds; the standard drops the rest
	for n := 0; n < 2 && l.pos < len(l.src) && l.src[l.pos] >= '0' && l.src[l.pos] <= '7'; n++ {
		v = v<<3 | (l.src[l.pos] - '0')
		l.pos++
	}
	return append(out, v)
}

// skipImage passes the bytes of an inline image, from behind ID to behind EI. Image data may contain the letters EI, so
// white space must stand before them and what follows must look like content again.
func (l *lexer) skipImage() {
	for l.pos < len(l.src) {
		i := bytes.Index(l.src[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.src)
			return
		}
		at := l.pos + i
		l.pos = at + 2
		if at > 0 && l.src[at-1] <= ' ' && looksLikeContent(l.src[l.pos:]) {
			return
		}
	}
}

func looksLikeContent(b []byte) bool {
	if len(b) > 0 && b[0] > ' ' {
		return false
	}
	for _, c := range b[:min(len(b), 12)] {
		if c > '~' || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
