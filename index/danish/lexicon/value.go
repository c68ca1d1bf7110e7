// Package lexicon is the file format of the Danish lexicon: one finite state transducer from strings to packed
// values, with the tables that the values refer to under keys of their own.
package lexicon

import "smaabornsviden/index/danish/compound"

// Value is what the lexicon holds for one string.
//
//	bits  0-11  number of the lemma edits
//	bits 12-17  cost as a modifier, in quarter nats, 0 for never
//	bits 18-23  cost as a head, likewise
//	bits 24-38  lengths in bytes of the first three parts of a split, 0 for none
//	bit  39     a word; otherwise only a piece of words
//	bit  40     only a name
//	bits 41-52  inflection class
type Value uint64

const (
	editBits  = 12
	costBits  = 6
	splitBits = 5
	maxSplits = 3

	modifierAt = editBits
	headAt     = modifierAt + costBits
	splitAt    = headAt + costBits
	wordAt     = splitAt + maxSplits*splitBits
	properAt   = wordAt + 1
	classAt    = properAt + 1

	maxEdits = 1 << editBits
	maxCost  = 1<<costBits - 1
	maxPart  = 1<<splitBits - 1

	// grain is the unit in which costs are stored: a quarter nat, since finer ones change no split in a thousand.
	grain = compound.Nat / 4
)

// Fields are the contents of a Value.
type Fields struct {
	Edits    int // number of the lemma edits, see Edit
	Modifier compound.Cost
	Head     compound.Cost
	Bounds   []int // byte offsets at which the second and further parts begin
	Word     bool
	Proper   bool
	Class    compound.Class
}

// Pack makes a value. Costs are rounded; bounds beyond the third and behind a part of more than 31 bytes are
// dropped, which leaves a longer last part.
func Pack(f Fields) Value {
	v := Value(f.Edits) | Value(quantise(f.Modifier))<<modifierAt | Value(quantise(f.Head))<<headAt
	from := 0
	for i, b := range f.Bounds {
		if i == maxSplits || b-from > maxPart {
			break
		}
		v |= Value(b-from) << (splitAt + i*splitBits)
		from = b
	}
	if f.Word {
		v |= 1 << wordAt
	}
	if f.Proper {
		v |= 1 << properAt
	}
	return v | Value(f.Class)<<classAt
}

// quantise rounds a cost to what a value can hold; only 0 becomes 0.
func quantise(c compound.Cost) compound.Cost {
	if c == 0 {
		return 0
	}
	return min(max((c+grain/2)/grain, 1), maxCost)
}

// Round gives a cost as it reads after Pack.
func Round(c compound.Cost) compound.Cost { return quantise(c) * grain }

func (v Value) edits() int { return int(v & (maxEdits - 1)) }

// Modifier is the cost as a modifier, 0 when the string is none.
func (v Value) Modifier() compound.Cost { return compound.Cost(v>>modifierAt&maxCost) * grain }

// Head is the cost as the last part of a compound, 0 when the string is none.
func (v Value) Head() compound.Cost { return compound.Cost(v>>headAt&maxCost) * grain }

// Word reports whether the string is a word by itself.
func (v Value) Word() bool { return v>>wordAt&1 == 1 }

// Proper reports whether the string is only a name.
func (v Value) Proper() bool { return v>>properAt&1 == 1 }

// Class is how the word inflects; 0 when it is no dictionary form.
func (v Value) Class() compound.Class { return compound.Class(v >> classAt) }

// Bounds appends the byte offsets at which the second and further parts begin.
func (v Value) Bounds(dst []int) []int {
	at := 0
	for i := range maxSplits {
		n := int(v >> (splitAt + i*splitBits) & maxPart)
		if n == 0 {
			break
		}
		at += n
		dst = append(dst, at)
	}
	return dst
}
