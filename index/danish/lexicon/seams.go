package lexicon

// Seams is what a lexicon has inside one word, kept to ask about many other spellings of it. Taking each of the two thousand words
// at one slip from a long compound apart from its first letter on costs ten times as much as looking at the slip alone.
type Seams struct {
	lex  *Lexicon
	word string
	// before are the pieces that are open after so many bytes of the word, begun where those before them end.
	before [][]open
	// behind tells after how many bytes the rest of the word can be made of pieces.
	behind []bool
}

// open is a piece that has been read up to some byte.
type open struct {
	begin  int // byte offset in the word
	state  int
	output uint64
}

// Seams finds the pieces of a word, in whatever order they can follow each other.
func (l *Lexicon) Seams(word string) Seams {
	n := len(word)
	s := Seams{l, word, make([][]open, n+1), make([]bool, n+2)}
	begins := make([]bool, n+2) // where pieces end that follow each other from the first byte on
	begins[0] = true
	ends := make([][]int, n)
	for i := range n {
		p := open{begin: i, state: l.states.root}
		for at := i; ; at++ {
			if begins[i] {
				s.before[at] = append(s.before[at], p)
			}
			if p.ends(l, at) {
				ends[i] = append(ends[i], at)
				begins[at] = begins[at] || begins[i]
				begins[at+1] = begins[at+1] || begins[i] && at < n && link(word[at])
			}
			if at == n || !p.read(l, word[at]) {
				break
			}
		}
	}
	s.behind[n] = true
	for i := n - 1; i >= 0; i-- {
		for _, at := range ends[i] {
			s.behind[i] = s.behind[i] || s.goesOn(word[at:], at)
		}
	}
	return s
}

// goesOn reports whether the rest of a word can be made of pieces, which is that of the word itself from an offset on. An s or e between
// two pieces need not be declared.
func (s *Seams) goesOn(rest string, at int) bool {
	return s.behind[at] || rest != "" && link(rest[0]) && s.behind[at+1]
}

// read goes on by one byte, if the lexicon has anything that begins so.
func (p *open) read(l *Lexicon, b byte) bool {
	next, output := l.states.step(p.state, b)
	p.state, p.output = next, p.output+output
	return next != deadState
}

// minPiece is the length in bytes of the shortest piece of a compound.
const minPiece = 2

// ends reports whether the piece can end at a byte offset.
func (p *open) ends(l *Lexicon, at int) bool {
	if at-p.begin < minPiece || !l.states.ends(p.state) {
		return false
	}
	last, _ := l.states.final(p.state)
	v := Value(p.output + last)
	return v.Modifier() > 0 || v.Head() > 0
}

// Hold reports whether another spelling may be a word of the lexicon or made of several: the pieces that stand where it differs
// from the word have to be there. What they cost nobody has asked.
func (s *Seams) Hold(spelling string) bool {
	head, tail := 0, 0
	n := min(len(s.word), len(spelling))
	for head < n && s.word[head] == spelling[head] {
		head++
	}
	for tail < n-head && s.word[len(s.word)-1-tail] == spelling[len(spelling)-1-tail] {
		tail++
	}
	for _, p := range s.before[head] {
		if s.closes(p, spelling, head, len(spelling)-tail) {
			return true
		}
	}
	return false
}

// closes reports whether a piece that is open at a byte of a spelling ends behind another, from which on the spelling is the word's
// own, where further pieces follow. One that ends between the two may have any follow it.
func (s *Seams) closes(p open, spelling string, at, end int) bool {
	moved := len(s.word) - len(spelling)
	if p.ends(s.lex, at) && (at == len(spelling) || link(spelling[at])) {
		return true
	}
	for at < len(spelling) && p.read(s.lex, spelling[at]) {
		at++
		if p.ends(s.lex, at) && (at < end || s.goesOn(spelling[at:], at+moved)) {
			return true
		}
	}
	// A word of the lexicon need be no piece of others.
	return p.begin == 0 && at == len(spelling) && p.state != deadState && s.lex.states.ends(p.state)
}

// link reports whether a letter may link two pieces.
func link(b byte) bool { return b == 's' || b == 'e' }
