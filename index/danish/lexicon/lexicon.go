package lexicon

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index/danish/compound"
)

// Prefixes of keys that are no words. Words have none of these bytes.
const (
	editKey    = "\x01" // + edits -> their number
	trigramKey = "\x02" // + three letters -> cost of the last; + two letters -> cost of any letter unseen after them
	unseenKey  = "\x03" // -> cost of a string never seen as a modifier or head
	commonKey  = "\x05" // + a byte -> its code in the transducer, see automaton
	formatKey  = "\x04" // -> version of this format
)

// Format is the version of the layout; a file of another version is refused.
const Format = 1

// ErrFormat is returned for bytes that are no lexicon of this format.
var ErrFormat = errors.New("not a lexicon of this format")

// VerbMark stands behind the dictionary form of a verb where a noun has the same: "have" is a garden, "have·v" is to have.
// No word has such a dot.
const VerbMark = "·v"

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
		number, add, ok := strings.Cut(item, ":")
		cut, err := strconv.Atoi(number)
		if err != nil || !ok {
			return nil, fmt.Errorf("lemma edit %q: %w", key, ErrFormat)
		}
		edits = append(edits, Edit{Cut: cut, Add: add})
	}
	return edits, nil
}

// Lexicon is a loaded lexicon. Looking words up allocates nothing and may be done from many goroutines.
type Lexicon struct {
	fst      *vellum.FST
	states   *automaton
	begin    openings
	edits    [][]Edit
	unseen   compound.Cost
	trigrams trigrams
}

var _ compound.Lexicon = (*Lexicon)(nil)

// Load reads a lexicon. It keeps data and does not copy it.
func Load(data []byte) (*Lexicon, error) {
	fst, err := vellum.Load(data)
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	if format, ok, err := fst.Get([]byte(formatKey)); err != nil || !ok || format != Format {
		return nil, fmt.Errorf("load lexicon: version %d: %w", format, ErrFormat)
	}
	states, err := openAutomaton(data)
	if err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	l := &Lexicon{fst: fst, states: states}
	if err := l.loadTables(); err != nil {
		return nil, fmt.Errorf("load lexicon: %w", err)
	}
	return l, nil
}

// loadTables reads what is not looked up word by word.
func (l *Lexicon) loadTables() error {
	unseen, _, err := l.fst.Get([]byte(unseenKey))
	if err != nil {
		return err
	}
	l.unseen = compound.Cost(unseen)
	err = l.table(commonKey, func(char string, code uint64) error {
		if len(char) != 1 || code >= uint64(len(l.states.common)) {
			return fmt.Errorf("code %d: %w", code, ErrFormat)
		}
		l.states.common[code] = char[0]
		return nil
	})
	if err != nil {
		return err
	}
	l.begin = l.states.openings()
	if err := l.loadTrigrams(); err != nil {
		return err
	}
	return l.loadEdits()
}

// table calls f with what stands behind every key with a prefix of one byte.
func (l *Lexicon) table(prefix string, f func(key string, value uint64) error) error {
	it, err := l.fst.Iterator([]byte(prefix), []byte{prefix[0] + 1})
	for ; err == nil; err = it.Next() {
		key, value := it.Current()
		if err := f(string(key[len(prefix):]), value); err != nil {
			return err
		}
	}
	if errors.Is(err, vellum.ErrIteratorDone) {
		return nil
	}
	return err
}

// loadEdits reads the table of lemma edits.
func (l *Lexicon) loadEdits() error {
	l.edits = make([][]Edit, maxEdits)
	return l.table(editKey, func(key string, number uint64) error {
		edits, err := parseKey(key)
		if err != nil || number >= maxEdits {
			return fmt.Errorf("edits %d: %w", number, ErrFormat)
		}
		l.edits[number] = edits
		return nil
	})
}

// FST gives the transducer, for whoever walks it with an automaton. Keys below a space are tables.
func (l *Lexicon) FST() *vellum.FST { return l.fst }

// Lemmas appends the dictionary forms of a word with value v, the likeliest first.
func (l *Lexicon) Lemmas(dst []string, word string, v Value) []string {
	for _, e := range l.edits[v.edits()] {
		switch {
		case e.Cut > len(word):
		case e.Add == "":
			dst = append(dst, word[:len(word)-e.Cut])
		default:
			dst = append(dst, word[:len(word)-e.Cut]+e.Add)
		}
	}
	return dst
}

// Edits are what makes the dictionary forms of a word with value v, the likeliest first. They are shared and must not be
// changed.
func (l *Lexicon) Edits(v Value) []Edit { return l.edits[v.edits()] }

// Lookup returns the value of a word or piece of words.
func (l *Lexicon) Lookup(word string) (Value, bool) {
	if len(word) < 2 {
		if word == "" {
			return 0, false
		}
		one := &l.begin.letters[word[0]]
		return Value(one.value), one.known
	}
	way := l.begin.at(word[0], word[1])
	value, ok := l.states.rest(way.state, word[2:])
	return Value(way.output + value), ok
}

// Pieces appends what is known of the strings that begin at an offset of a word, shortest first.
func (l *Lexicon) Pieces(dst []compound.Piece, word []byte, from int) []compound.Piece {
	if from >= len(word) {
		return dst
	}
	if one := &l.begin.letters[word[from]]; one.known {
		dst = append(dst, compound.Piece{End: from + 1, Entry: entry(Value(one.value))})
	}
	if from+1 == len(word) {
		return dst
	}
	way := l.begin.at(word[from], word[from+1])
	state, value := way.state, way.output
	for i := from + 2; state != deadState; i++ {
		if l.states.ends(state) {
			last, _ := l.states.final(state)
			dst = append(dst, compound.Piece{End: i, Entry: entry(Value(value + last))})
		}
		if i == len(word) {
			break
		}
		next, out := l.states.step(state, word[i])
		state, value = next, value+out
	}
	return dst
}

func entry(v Value) compound.Entry {
	return compound.Entry{
		Modifier: v.Modifier(), Head: v.Head(), Proper: v.Proper(), Lemma: v.Class() != 0, Class: v.Class(),
	}
}

// Unseen is the cost of a piece that was never seen as such.
func (l *Lexicon) Unseen() compound.Cost { return l.unseen }
