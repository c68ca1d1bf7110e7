package lexicon

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index/danish/compound"
)

// Tables are what goes into a file beside the words.
type Tables struct {
	Edits    [][]Edit                 // by number
	Trigrams map[string]compound.Cost // see Reader.Spell
	Unseen   compound.Cost
}

// Write writes a lexicon. The same contents give the same bytes.
func Write(w io.Writer, values map[string]Value, t Tables) error {
	all := make(map[string]uint64, len(values)+len(t.Trigrams)+len(t.Edits))
	for word, v := range values {
		if word == "" || word[0] < ' ' {
			return fmt.Errorf("write lexicon: %q cannot be a word", word)
		}
		all[word] = uint64(v)
	}
	if len(t.Edits) > maxEdits {
		return fmt.Errorf("write lexicon: %d kinds of lemma edits, at most %d fit", len(t.Edits), maxEdits)
	}
	for i, e := range t.Edits {
		all[editKey+Key(e)] = uint64(i)
	}
	for letters, cost := range t.Trigrams {
		all[trigramKey+letters] = uint64(cost)
	}
	if err := addCommon(all); err != nil {
		return fmt.Errorf("write lexicon: %w", err)
	}
	all[unseenKey] = uint64(t.Unseen)
	all[formatKey] = Format

	// A large registry finds more equal tails: the file becomes a tenth smaller.
	b, err := vellum.New(w, &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 200_000, RegistryMRUSize: 4})
	if err != nil {
		return fmt.Errorf("write lexicon: %w", err)
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if err := b.Insert([]byte(key), all[key]); err != nil {
			return fmt.Errorf("write lexicon: %q: %w", key, err)
		}
	}
	return b.Close()
}

// addCommon adds the codes that the transducer has for common bytes. They are asked of the writer itself: a transducer
// of one key of one byte has the byte's code in its root state.
func addCommon(all map[string]uint64) error {
	for char := range 256 {
		var w bytes.Buffer
		b, err := vellum.New(&w, &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: 1, RegistryMRUSize: 1})
		if err != nil {
			return err
		}
		if err := b.Insert([]byte{byte(char)}, 0); err != nil {
			return err
		}
		if err := b.Close(); err != nil {
			return err
		}
		states, err := openAutomaton(w.Bytes())
		if err != nil {
			return err
		}
		if code := states.data[states.root] & 0x3F; code > 0 {
			all[commonKey+string([]byte{byte(char)})] = uint64(code)
		}
	}
	return nil
}
