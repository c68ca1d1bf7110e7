package lexicon

import (
	"errors"
	"fmt"
	"strings"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index/danish/compound"
)

// Prefixes of keys that are no words. Words have none of these bytes.
const (
	editKey    = "\x01" // + edits -> their number
	trigramKey = "\x02" // + three letters -> cost of the last; + two letters -> cost of any letter unseen after them
	unseenKey  = "\x03" // -> cost of a string never seen as a modifier or head
	formatKey  = "\x04" // -> version of this format
)

// Format is the version of the layout; a file of another version is refused.
const Format = 1

// ErrFormat is returned for bytes that are no lexicon of this format.
var ErrFormat = errors.New("not a lexicon of this format")

// Edit makes a dictionary form out of a word: Cut bytes are taken from its end and Add is put there.
type Edit struct {
	Cut int
	Add string
}

// Key writes the edits of one word as the table holds them.
func Key(edits []Edit) string {
	var b strings.Builder
	for _, e := range edits {
		fmt.Fprintf(&b, "%d:%s|", e.Cut, e.Add)
	}
	return b.String()
}

// parseKey reads what Key wrote.
func parseKey(key string) ([]Edit, error) {
	var edits []Edit
	for item := range strings.SplitSeq(strings.TrimSuffix(key, "|"), "|") {
		var e Edit
		number, add, ok := strings.Cut(item, ":")
		if _, err := fmt.Sscanf(number, "%d", &e.Cut); err != nil || !ok {
			return nil, fmt.Errorf("lemma edit %q: %w", key, ErrFormat)
		}
		e.Add = add
		edits = append(edits, e)
	}
	return edits, nil
}

// Lexicon is a loaded lexicon. It is safe for use from many goroutines; each of them takes a Reader.
type Lexicon struct {
	fst    *vellum.FST
	edits  [][]Edit
	unseen compound.Cost
}

// Load reads a lexicon. It keeps data and does not copy it.
func Load(data []byte) (*Lexicon, error) {
	fst, err := vellum.Load(data)
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	l := &Lexicon{fst: fst}
	if format, ok, err := fst.Get([]byte(formatKey)); err != nil || !ok || format != Format {
		return nil, fmt.Errorf("load lexicon: version %d: %w", format, ErrFormat)
	}
	unseen, _, err := fst.Get([]byte(unseenKey))
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	l.unseen = compound.Cost(unseen)
	return l, l.loadEdits()
}

// loadEdits reads the table of lemma edits.
func (l *Lexicon) loadEdits() error {
	l.edits = make([][]Edit, maxEdits)
	it, err := l.fst.Iterator([]byte(editKey), []byte(trigramKey))
	for ; err == nil; err = it.Next() {
		key, number := it.Current()
		edits, err := parseKey(string(key[len(editKey):]))
		if err != nil || number >= maxEdits {
			return fmt.Errorf("load lexicon: edits %d: %w", number, ErrFormat)
		}
		l.edits[number] = edits
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return fmt.Errorf("load lexicon: %w", err)
	}
	return nil
}

// FST gives the transducer, for whoever walks it with an automaton. Keys below a space are tables.
func (l *Lexicon) FST() *vellum.FST { return l.fst }

// Lemmas appends the dictionary forms of a word with value v, the likeliest first.
func (l *Lexicon) Lemmas(dst []string, word string, v Value) []string {
	for _, e := range l.edits[v.edits()] {
		if e.Cut <= len(word) {
			dst = append(dst, word[:len(word)-e.Cut]+e.Add)
		}
	}
	return dst
}

// Reader looks strings up without allocating. It serves one goroutine and is a compound.Lexicon.
type Reader struct {
	l   *Lexicon
	fst *vellum.Reader
	key []byte
}

var _ compound.Lexicon = (*Reader)(nil)

// Reader returns a new reader.
func (l *Lexicon) Reader() *Reader {
	r, err := l.fst.Reader()
	if err != nil {
		panic(err) // it only makes room beside a transducer that is loaded
	}
	return &Reader{l: l, fst: r}
}

// Lookup returns the value of a word or piece of words.
func (r *Reader) Lookup(word []byte) (Value, bool) {
	if len(word) == 0 || word[0] < ' ' {
		return 0, false
	}
	v, ok, err := r.fst.Get(word)
	return Value(v), ok && err == nil
}

// Entry returns what the lexicon knows of a string as a piece of a word.
func (r *Reader) Entry(piece []byte) (compound.Entry, bool) {
	v, ok := r.Lookup(piece)
	if !ok {
		return compound.Entry{}, false
	}
	return compound.Entry{
		Modifier: v.Modifier(), Head: v.Head(), Proper: v.Proper(), Lemma: v.Class() != 0, Class: v.Class(),
	}, true
}

// Unseen is the cost of a piece that was never seen as such.
func (r *Reader) Unseen() compound.Cost { return r.l.unseen }

// never is the cost of a letter after two letters that never stand together: one of 32 letters, all alike.
const never = compound.Cost(222)

// Spell returns the cost of the last of three letters after the two others.
func (r *Reader) Spell(trigram []byte) compound.Cost {
	r.key = append(append(r.key[:0], trigramKey...), trigram...)
	if v, ok, err := r.fst.Get(r.key); err == nil && ok {
		return compound.Cost(v)
	}
	r.key = r.key[:len(r.key)-lastWidth(trigram)]
	if v, ok, err := r.fst.Get(r.key); err == nil && ok {
		return compound.Cost(v)
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
