package state

import (
	"bytes"
	"time"
	"unicode/utf8"
)

// masked takes the place of the bytes of personal data, one for one, so that nothing shifts. The @ of an address and what
// parts the digits of a number stay: they tell a reader what stood there.
const masked = '*'

// Mask blanks CPR numbers, e-mail addresses, telephone numbers and numbers of employees in a text of any ASCII-based encoding, byte for
// byte. It returns b itself when there is nothing to blank, and never changes b.
func Mask(b []byte) []byte {
	for {
		m := masker{in: b}
		m.mails()
		m.numbers()
		m.staff()
		if m.out == nil {
			return b
		}
		b = m.out // what was blanked may have hidden a neighbour: look again until nothing is found
	}
}

type masker struct {
	in, out []byte
}

func (m *masker) blank(from, to int) {
	if m.out == nil {
		m.out = bytes.Clone(m.in)
	}
	number := digit(m.in[from]) && bytes.IndexByte(m.in[from:to], '@') < 0
	for i := from; i < to; i++ {
		if m.in[i] != '@' && (!number || digit(m.in[i]) || letter(m.in[i])) {
			m.out[i] = masked
		}
	}
}

// mails looks for each @ and takes in what an address may hold on both sides of it.
func (m *masker) mails() {
	for at := 0; ; at++ {
		next := bytes.IndexByte(m.in[at:], '@')
		if next < 0 {
			return
		}
		at += next
		from, to := at, at+1
		for from > 0 && localByte(m.in[from-1]) {
			from--
		}
		for to < len(m.in) && hostByte(m.in[to]) {
			to++
		}
		for to > at && (m.in[to-1] == '.' || m.in[to-1] == '-') {
			to-- // the full stop of the sentence
		}
		if from < at && domain(m.in[at+1:to]) {
			m.blank(from, to)
			at = to - 1
		}
	}
}

func localByte(c byte) bool {
	return letter(c) || digit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c >= utf8.RuneSelf
}

func hostByte(c byte) bool {
	return letter(c) || digit(c) || c == '.' || c == '-' || c >= utf8.RuneSelf
}

// domain asks for a dot and a last label of two letters or more.
func domain(b []byte) bool {
	dot := bytes.LastIndexByte(b, '.')
	if dot < 1 || len(b)-dot-1 < 2 {
		return false
	}
	for _, c := range b[dot+1:] {
		if !letter(c) {
			return false
		}
	}
	return true
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func digit(c byte) bool  { return '0' <= c && c <= '9' }

// numbers looks at each run of digits that starts on its own.
func (m *masker) numbers() {
	for i := 0; i < len(m.in); i++ {
		if !digit(m.in[i]) {
			continue
		}
		if end := m.number(i); end > i {
			m.blank(i, end)
			i = end - 1
			continue
		}
		for i+1 < len(m.in) && digit(m.in[i+1]) {
			i++
		}
	}
}

// number returns the end of a personal number that starts at i, or i.
func (m *masker) number(i int) int {
	if i > 0 && (digit(m.in[i-1]) || letter(m.in[i-1])) {
		return i
	}
	if end := m.abroad(i); end > i {
		return end
	}
	if end := cpr(m.in, i); end > i && !m.introduced(i, "isbn", "issn", "doi", "tlf", "telefon", "+45", "10.") {
		return end
	}
	return m.phone(i)
}

// cpr returns the end of a CPR number at i: a valid day, then four digits, standing alone.
func cpr(b []byte, i int) int {
	if i > 0 && (b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '.' || b[i-1] == '-') {
		return i // part of an address, a file name or a longer number
	}
	end := i + 6
	if end > len(b) || !digits(b[i:end]) || !day(b[i:end]) {
		return i
	}
	if end < len(b) && (b[end] == '-' || b[end] == ' ') {
		end++
	}
	if end+4 > len(b) || !digits(b[end:end+4]) {
		return i
	}
	end += 4
	if end < len(b) && (digit(b[end]) || letter(b[end]) || b[end] == '_' || end+1 < len(b) && (b[end] == '-' || b[end] == '.') && digit(b[end+1])) {
		return i
	}
	return end
}

// staffLabels introduce the number of an employee, as research systems print them.
var staffLabels = [][]byte{
	[]byte("medarbejdernummer"), []byte("medarbejdernr"), []byte("medarbejder-id"), []byte("medarbejderid"), []byte("tjenestenummer"), []byte("tjenestenr"),
	[]byte("personalenummer"), []byte("personalenr"), []byte("lønnummer"), []byte("employee id"), []byte("employeeid"), []byte("employee number"), []byte("staff id"), []byte("staff number"),
}

// staff blanks numbers of employees.
func (m *masker) staff() {
	if !bytes.Contains(m.in, []byte("edarbejder")) && !bytes.Contains(m.in, []byte("mployee")) && !bytes.Contains(m.in, []byte("enummer")) &&
		!bytes.Contains(m.in, []byte("taff ")) && !bytes.Contains(m.in, []byte("enestenr")) {
		return // a page in a thousand goes on
	}
	lower := asciiLower(m.in)
	for _, label := range staffLabels {
		for at := 0; ; {
			next := bytes.Index(lower[at:], label)
			if next < 0 {
				break
			}
			at += next + len(label)
			from := at
			for from < len(m.in) && from < at+3 && bytes.IndexByte([]byte(" .:#"), m.in[from]) >= 0 {
				from++
			}
			to := from
			for to < len(m.in) && (digit(m.in[to]) || letter(m.in[to])) {
				to++
			}
			if n := to - from; n >= 3 && n <= 12 && digit(m.in[to-1]) && digit(m.in[to-2]) {
				m.blank(from, to)
			}
		}
	}
}

// asciiLower is a copy of the same length, which bytes.ToLower does not promise.
func asciiLower(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c | 0x20
		}
	}
	return out
}

func digits(b []byte) bool {
	for _, c := range b {
		if !digit(c) {
			return false
		}
	}
	return true
}

// day reports whether ddmmyy is a day of some century; 29 February needs a leap year in one of them.
func day(b []byte) bool {
	n := func(i int) int { return int(b[i]-'0')*10 + int(b[i+1]-'0') }
	d, m, y := n(0), n(2), n(4)
	if d < 1 || m < 1 || m > 12 {
		return false
	}
	for _, century := range []int{1900, 2000} {
		if d <= time.Date(century+y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
			return true
		}
	}
	return false
}

// introduced reports whether one of the words stands within the 16 bytes before i.
func (m *masker) introduced(i int, words ...string) bool {
	before := bytes.ToLower(m.in[max(0, i-16):i])
	for _, w := range words {
		if bytes.Contains(before, []byte(w)) {
			return true
		}
	}
	return false
}

// abroad returns the end of a number written with +45 or 0045 at i.
func (m *masker) abroad(i int) int {
	at := i
	switch {
	case i > 0 && m.in[i-1] == '+' && bytes.HasPrefix(m.in[i:], []byte("45")):
		at += 2
	case bytes.HasPrefix(m.in[i:], []byte("0045")):
		at += 4
	default:
		return i
	}
	if at < len(m.in) {
		at += gap(m.in, at)
	}
	if end, _ := eight(m.in, at); end > at {
		return end
	}
	return i
}

// phone returns the end of a Danish telephone number at i: eight digits after +45 or a word that says so, or written in
// four pairs as numbers of other kinds are not.
func (m *masker) phone(i int) int {
	end, pairs := eight(m.in, i)
	if end == i || m.in[i] < '2' {
		return i
	}
	if pairs && !pairBefore(m.in, i) && !pairAfter(m.in, end) {
		return end
	}
	if m.introduced(i, "tlf", "telefon", "mobil", "phone", "tel:") {
		return end
	}
	return i
}

// eight returns the end of eight digits at i that may be parted by single spaces, and whether they stand in pairs.
func eight(b []byte, i int) (end int, pairs bool) {
	at, n, gaps := i, 0, [8]bool{}
	for at < len(b) && n < 8 {
		switch w := gap(b, at); {
		case digit(b[at]):
			n++
			at++
		case w > 0 && n > 0 && !gaps[n]:
			gaps[n] = true
			at += w
		default:
			return i, false
		}
	}
	if n < 8 || at < len(b) && (digit(b[at]) || letter(b[at])) {
		return i, false
	}
	return at, gaps == [8]bool{2: true, 4: true, 6: true}
}

// gap returns the width of a space or no-break space at i, 0 when there is none.
func gap(b []byte, i int) int {
	switch {
	case b[i] == ' ' || b[i] == 0xa0:
		return 1
	case b[i] == 0xc2 && i+1 < len(b) && b[i+1] == 0xa0:
		return 2
	}
	return 0
}

// pairBefore and pairAfter tell a row of two-digit numbers from a telephone number.
func pairBefore(b []byte, i int) bool {
	return i >= 2 && b[i-1] == ' ' && digit(b[i-2])
}

func pairAfter(b []byte, end int) bool { return end+1 < len(b) && b[end] == ' ' && digit(b[end+1]) }
