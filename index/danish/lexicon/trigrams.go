package lexicon

import "smaabornsviden/index/danish/compound"

// trigrams are the costs of letters after two others, out of the transducer: to take a word apart, each of its letters
// is asked for, and three steps through states cost ten times what one look into a table does. A slot holds the bytes of the letters in
// its upper part and the cost in its lowest; a key whose slot is taken lies in the next free one.
type trigrams []uint64

const (
	trigramSlots = 1 << 15 // three times as many as there are trigrams in Danish
	trigramBytes = 6       // of three letters of the alphabet
	letterCost   = 1<<16 - 1
)

// never is the cost of a letter after two letters that never stand together: one of 32 letters, all alike.
const never = compound.Cost(222)

// loadTrigrams fills the table.
func (l *Lexicon) loadTrigrams() error {
	l.trigrams = make(trigrams, trigramSlots)
	room := trigramSlots / 2
	return l.table(trigramKey, func(letters string, cost uint64) error {
		if room--; room < 0 || len(letters) > trigramBytes || cost > letterCost {
			return ErrFormat
		}
		key := packed([]byte(letters))
		slot := l.trigrams.slot(key)
		l.trigrams[slot] = key<<16 | cost
		return nil
	})
}

// packed writes up to six bytes as a number.
func packed(letters []byte) (key uint64) {
	for _, b := range letters {
		key = key<<8 | uint64(b)
	}
	return key
}

// slot is where a key lies or belongs. There always is a free one, since the table is never more than half full.
func (t trigrams) slot(key uint64) int {
	slot := key * 0x9E3779B97F4A7C15 >> 49 // Fibonacci hashing: the 15 uppermost bits are the best mixed ones
	for t[slot] != 0 && t[slot]>>16 != key {
		slot = (slot + 1) % trigramSlots
	}
	return int(slot)
}

// cost is what the table has for some letters.
func (t trigrams) cost(letters []byte) (compound.Cost, bool) {
	if len(letters) > trigramBytes {
		return 0, false
	}
	entry := t[t.slot(packed(letters))]
	return compound.Cost(entry & letterCost), entry != 0
}

// Spell returns the cost of the last of three letters after the two others.
func (l *Lexicon) Spell(trigram []byte) compound.Cost {
	if c, ok := l.trigrams.cost(trigram); ok {
		return c
	}
	if c, ok := l.trigrams.cost(trigram[:len(trigram)-lastWidth(trigram)]); ok {
		return c
	}
	return never
}

// lastWidth is the length in bytes of the last letter.
func lastWidth(letters []byte) int {
	n := 1
	for n < len(letters) && letters[len(letters)-n]&0xC0 == 0x80 {
		n++
	}
	return n
}
