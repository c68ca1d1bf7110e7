package lexicon

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// automaton walks the bytes of a vellum transducer of version 1. Vellum's own reader starts at the root for every string
// and cannot be asked for all beginnings of a word at once, which is what taking compounds apart needs: this
// one makes that ten times faster. It allocates nothing and may be shared.
//
// A file ends with the address of the root state. A state is read backwards from its address:
//
//	1nCCCCCC                one way on, by byte C (as a code, or 0 and the byte follows); when n is 0,
//	                        sizes, distance to the next state and output follow, else the next state
//	                        begins right below and the output is 0
//	0fNNNNNN                N ways on (or 0 and the number follows), sizes, then the bytes, the distances and
//	                        the outputs of the ways; f tells that a key ends here, with an output of its own
//
// Sizes are one byte: the size of distances, then that of outputs. Numbers are little-endian.
type automaton struct {
	data   []byte
	root   int
	common [64]byte // bytes by code
}

const (
	emptyState = 0 // where a key ends and nothing follows
	deadState  = 1 // no state
	footer     = 16
)

// openAutomaton reads the footer of a transducer.
func openAutomaton(data []byte) (*automaton, error) {
	if len(data) < 2*footer || binary.LittleEndian.Uint64(data) != 1 {
		return nil, fmt.Errorf("transducer: %w", ErrFormat)
	}
	root := binary.LittleEndian.Uint64(data[len(data)-8:])
	if root >= uint64(len(data)) {
		return nil, fmt.Errorf("transducer root: %w", ErrFormat)
	}
	return &automaton{data: data, root: int(root)}, nil
}

// step goes on from a state by one byte. The state is deadState when there is no such way.
func (a *automaton) step(state int, b byte) (next int, output uint64) {
	if state <= deadState {
		return deadState, 0
	}
	if top := a.data[state]; top&0x80 != 0 {
		return a.single(state, top, b)
	}
	return a.multiple(state, b)
}

// single goes on from a state with one way.
func (a *automaton) single(at int, top, b byte) (next int, output uint64) {
	char := a.common[top&0x3F]
	if top&0x3F == 0 {
		at--
		char = a.data[at]
	}
	if char != b {
		return deadState, 0
	}
	if top&0x40 != 0 {
		return at - 1, 0
	}
	at--
	distances, outputs := int(a.data[at]>>4), int(a.data[at]&15)
	at -= distances
	distance := a.number(at, distances)
	at -= outputs
	output = a.number(at, outputs)
	if distance == 0 {
		return emptyState, output
	}
	return at - int(distance), output
}

// ways reads the head of a state with several ways: the offset below the sizes, the number of ways and the sizes.
func (a *automaton) ways(state int) (at, n, distances, outputs int) {
	at, n = state, int(a.data[state]&0x3F)
	if n == 0 {
		at--
		n = int(a.data[at])
		if n == 1 {
			n = 256
		}
	}
	at--
	return at, n, int(a.data[at] >> 4), int(a.data[at] & 15)
}

// multiple goes on from a state with several ways.
func (a *automaton) multiple(state int, b byte) (next int, output uint64) {
	at, n, distances, outputs := a.ways(state)
	way := bytes.IndexByte(a.data[at-n:at], b)
	if way < 0 {
		return deadState, 0
	}
	at -= n * (1 + distances)
	distance := a.number(at+way*distances, distances)
	if outputs > 0 {
		at -= n * outputs
		output = a.number(at+way*outputs, outputs)
		if a.data[state]&0x40 != 0 {
			at -= outputs
		}
	}
	if distance == 0 {
		return emptyState, output
	}
	return at - int(distance), output
}

// ends reports whether a key ends in a state that is not dead.
func (a *automaton) ends(state int) bool { return state == emptyState || a.data[state]&0xC0 == 0x40 }

// final reports whether a key ends in a state, and the output that is added then.
func (a *automaton) final(state int) (output uint64, ok bool) {
	if state <= deadState {
		return 0, state == emptyState
	}
	if top := a.data[state]; top&0x80 != 0 || top&0x40 == 0 {
		return 0, false
	}
	at, n, distances, outputs := a.ways(state)
	return a.number(at-n*(1+distances+outputs)-outputs, outputs), true
}

// number reads a number of so many bytes. The footer makes sure that eight can be read.
func (a *automaton) number(at, size int) uint64 {
	return binary.LittleEndian.Uint64(a.data[at:]) & (1<<(8*size) - 1)
}

// get returns the value of a key.
func (a *automaton) get(key []byte) (uint64, bool) {
	state, output := a.root, uint64(0)
	for _, b := range key {
		next, out := a.step(state, b)
		if next == deadState {
			return 0, false
		}
		state, output = next, output+out
	}
	last, ok := a.final(state)
	return output + last, ok
}

// rest returns what is added to a value by the rest of a key, from a state on. It is step after step in one piece: every word of a
// text that is new goes through here.
func (a *automaton) rest(state int, key string) (value uint64, ok bool) {
	data := a.data
	for i := range len(key) {
		if state <= deadState {
			return 0, false
		}
		top := data[state]
		if top&0x80 == 0 {
			next, out := a.multiple(state, key[i])
			state, value = next, value+out
			continue
		}
		at, char := state, a.common[top&0x3F]
		if top&0x3F == 0 {
			at--
			char = data[at]
		}
		if char != key[i] {
			return 0, false
		}
		if top&0x40 != 0 {
			state = at - 1
			continue
		}
		sizes := int(data[at-1])
		at -= 1 + sizes>>4
		distance := int(a.number(at, sizes>>4))
		if sizes &= 15; sizes > 0 {
			at -= sizes
			value += a.number(at, sizes)
		}
		state = emptyState
		if distance > 0 {
			state = at - distance
		}
	}
	last, ok := a.final(state)
	return value + last, ok
}

// openings are the states behind the first two bytes of a word. Every look-up begins there, in the states with the most
// ways on, and taking a word apart begins anew at each of its letters.
type openings struct {
	row     [256]uint8 // of a first byte, from 1; 0 where no word begins with it
	ways    [][256]way
	letters [256]letter // the words of one byte
}

// letter is what a transducer has for one byte.
type letter struct {
	value uint64
	known bool
}

// way is where a transducer stands after some bytes, and the output on the way there.
type way struct {
	output uint64
	state  int
}

// openings walks to all of them.
func (a *automaton) openings() openings {
	dead := [256]way{}
	for i := range dead {
		dead[i].state = deadState
	}
	o := openings{ways: [][256]way{dead}}
	for first := ' '; first < 256; first++ { // what stands below a space is no word
		state, output := a.step(a.root, byte(first))
		if state == deadState {
			continue
		}
		o.row[first] = uint8(len(o.ways))
		if last, ok := a.final(state); ok {
			o.letters[first] = letter{output + last, true}
		}
		ways := dead
		for second := range ways {
			if next, out := a.step(state, byte(second)); next != deadState {
				ways[second] = way{output + out, next}
			}
		}
		o.ways = append(o.ways, ways)
	}
	return o
}

func (o *openings) at(first, second byte) way { return o.ways[o.row[first]][second] }
