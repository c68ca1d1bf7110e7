package query

import (
	"math/bits"
	"sync"
	"unicode/utf8"
)

// automaton accepts the words at a few edits from one word, the swap of two neighbours being one edit. It implements
// vellum.Automaton. What happens in it depends on the word only by where in the next few letters of it a letter stands, so that all
// words share the tables of their edits, and making one for a word takes microseconds. A table of states for each word, a
// kilobyte a state, took as long as the walk over the lexicon.
//
// A state is 0 when nothing is accepted any more, or else has the shape, the letters of the word that lie behind, and the place in the bytes of a
// letter: how many are still to come of one that the word has not, or maxBytes and more for the nodes of those that it has.
type automaton struct {
	edits *edits
	n     int // letters of the word
	width int // n and one
	// seen has for each class of letters, 0 being those that the word has not, at each of its letters which of the next it is, by bits.
	seen []uint8
	// next leads from a byte to a class of letters; below zero to a node with the further bytes, or past so many bytes.
	next [][256]int16
}

// maxBytes is more than the bytes that can follow the first one of a letter.
const maxBytes = utf8.UTFMax

// Fields of a state. A query is far shorter than the letters that fit.
const (
	placeBits  = 16
	offsetBits = 16
	fieldMask  = 1<<16 - 1
)

func newAutomaton(word string, e *edits) *automaton {
	letters := []rune(word)
	a := &automaton{edits: e, n: len(letters), width: len(letters) + 1}
	a.next = append(a.next, [256]int16{})
	for b := 0xc0; b < 0x100; b++ {
		a.next[0][b] = -int16(utf8Rest(byte(b)))
	}
	a.seen = make([]uint8, a.width, a.width*min(a.width, 20))
	for i, r := range letters {
		class := a.class(r)
		for offset := max(0, i-e.window+1); offset <= i; offset++ {
			a.seen[class*a.width+offset] |= 1 << (i - offset)
		}
	}
	return a
}

// utf8Rest is how many bytes follow the first one of a letter.
func utf8Rest(b byte) int {
	switch {
	case b < 0xc0:
		return 0
	case b < 0xe0:
		return 1
	case b < 0xf0:
		return 2
	}
	return 3
}

// class is the class of a letter of the word, which is made when it is the first of its kind.
func (a *automaton) class(r rune) int {
	b := utf8.AppendRune(nil, r)
	node := 0
	for i := range len(b) - 1 {
		to := a.next[node][b[i]]
		if to > -maxBytes {
			rest := [256]int16{}
			for c := range rest {
				rest[c] = -int16(len(b) - 2 - i) // a letter that the word has not
			}
			to = -maxBytes - int16(len(a.next))
			a.next[node][b[i]] = to
			a.next = append(a.next, rest)
		}
		node = int(-to - maxBytes)
	}
	last := b[len(b)-1]
	if class := a.next[node][last]; class > 0 {
		return int(class)
	}
	class := len(a.seen) / a.width
	a.next[node][last] = int16(class)
	a.seen = append(a.seen, make([]uint8, a.width)...)
	return class
}

// Start implements vellum.Automaton.
func (a *automaton) Start() int { return 1 << (placeBits + offsetBits) }

// IsMatch implements vellum.Automaton.
func (a *automaton) IsMatch(state int) bool {
	left := a.n - state>>placeBits&fieldMask
	return state&fieldMask == 0 && left < a.edits.window && a.edits.accepts[state>>(placeBits+offsetBits)]>>left&1 != 0
}

// CanMatch implements vellum.Automaton.
func (a *automaton) CanMatch(state int) bool { return state != 0 }

// WillAlwaysMatch implements vellum.Automaton.
func (a *automaton) WillAlwaysMatch(int) bool { return false }

// Accept implements vellum.Automaton. At the first byte that tells that the word has not the letter the letter is taken, and the rest of its
// bytes passed over.
func (a *automaton) Accept(state int, b byte) int {
	place := state & fieldMask
	if place > 0 && place < maxBytes {
		return state - 1
	}
	node := 0
	if place > 0 {
		node = place - maxBytes
	}
	switch to := int(a.next[node][b]); {
	case to >= 0:
		return a.take(state-place, to)
	case to <= -maxBytes:
		return state - place - to
	default:
		if state = a.take(state-place, 0); state != 0 {
			state -= to
		}
		return state
	}
}

// take is the state after a letter of some class.
func (a *automaton) take(state, class int) int {
	if state == 0 {
		return 0
	}
	shape, offset := state>>(placeBits+offsetBits), state>>placeBits&fieldMask
	s := a.edits.steps[shape<<a.edits.window|int(a.seen[class*a.width+offset])]
	offset += int(s.by)
	if s.shape == 0 || offset > a.n {
		return 0
	}
	return int(s.shape)<<(placeBits+offsetBits) | offset<<placeBits
}

// beginnings accepts what is near any beginning of the word of an automaton, and some more.
type beginnings struct{ *automaton }

// IsMatch implements vellum.Automaton.
func (b beginnings) IsMatch(state int) bool { return state != 0 && state&fieldMask == 0 }

// edits are the tables that the automata of all words share: the universal Levenshtein automaton of Mihov and Schulz (2004). A shape
// is how the letters that may have been reached lie to each other.
type edits struct {
	most    int // edits
	window  int // letters within which those lie that may have been reached
	steps   []shapeStep
	accepts []uint8 // by shape: after how many letters that are left a word may end, by bits
}

// shapeStep is what a letter leads to: another shape, beginning some letters on.
type shapeStep struct {
	shape uint16
	by    uint8
}

// oneSlip and twoSlips are the tables for as many edits.
var (
	oneSlip  = sync.OnceValue(func() *edits { return newEdits(1) })
	twoSlips = sync.OnceValue(func() *edits { return newEdits(2) })
)

// reached are the letters that may have been reached: a byte for each count of edits, and beside it one for letters of which the one
// behind was read first and they are to follow. The bits of a byte are places in the word.
type reached uint64

func newEdits(most int) *edits {
	e := &edits{most: most, window: 2*most + 1}
	shapes := []reached{0, 1}
	known := map[reached]uint16{0: 0, 1: 1}
	for i := 0; i < len(shapes); i++ {
		for seen := range 1 << e.window {
			to, by := shapes[i].after(uint(seen), most)
			id, ok := known[to]
			if !ok {
				id = uint16(len(shapes))
				known[to], shapes = id, append(shapes, to)
			}
			e.steps = append(e.steps, shapeStep{id, by})
		}
		e.accepts = append(e.accepts, shapes[i].ends(most))
	}
	return e
}

// spot is one letter that may have been reached.
func spot(at, edits int, swapped bool) reached {
	row := 2 * edits
	if swapped {
		row++
	}
	return 1 << (8*row + at)
}

// after is what may have been reached after a letter that is those of the next which seen has, and how much further on it begins.
func (s reached) after(seen uint, most int) (reached, uint8) {
	var to reached
	for rest := uint64(s); rest != 0; rest &= rest - 1 {
		row, at := bits.TrailingZeros64(rest)/8, bits.TrailingZeros64(rest)%8
		used, swapped := row/2, row%2 == 1
		if swapped {
			if seen>>at&1 != 0 {
				to |= spot(at+2, used, false)
			}
			continue
		}
		for left := 0; used+left <= most; left++ { // letters left out before it
			if seen>>(at+left)&1 != 0 {
				to |= spot(at+left+1, used+left, false)
			}
		}
		if used == most {
			continue
		}
		to |= spot(at, used+1, false) | spot(at+1, used+1, false) // one too much, another one
		if seen>>(at+1)&1 != 0 {
			to |= spot(at, used+1, true)
		}
	}
	return to.least(most).first()
}

// least leaves out what can be reached from another letter with fewer edits as well; without that there were many times as many shapes.
func (s reached) least(most int) reached {
	for few := range most {
		row := uint64(s) >> (16 * few) & 0xff
		swapped := uint64(s) >> (16*few + 8) & 0xff
		for more := few + 1; more <= most; more++ {
			row |= row<<1 | row>>1
			s &^= reached(row&0xff) << (16 * more)
			s &^= reached(swapped) << (16*more + 8)
		}
	}
	return s
}

// first moves the first letter that may have been reached to the beginning.
func (s reached) first() (reached, uint8) {
	all := uint64(s)
	for width := 32; width >= 8; width /= 2 {
		all |= all >> width
	}
	if all&0xff == 0 {
		return 0, 0
	}
	by := bits.TrailingZeros64(all & 0xff)
	return s >> by, uint8(by)
}

// ends tells after how many letters that are left a word may end there, by bits.
func (s reached) ends(most int) (left uint8) {
	for used := range most + 1 {
		for at := range 8 {
			for missing := 0; used+missing <= most && at+missing < 8; missing++ {
				if s&spot(at, used, false) != 0 {
					left |= 1 << (at + missing)
				}
			}
		}
	}
	return left
}
