package danish

import (
	"errors"

	"github.com/blevesearch/vellum"

	"smaabornsviden/index/danish/lexicon"
)

// Lists reports whether the lexicon has a typed word as a whole, in some form. A compound of parts that it has, which
// Knows takes for a word, may still be a slip in a word that it lists.
func (a *Analyzer) Lists(typed string) bool {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	_, ok := s.reader.lookup(plain(Fold(typed)))
	return ok
}

// Walk returns the words of the lexicon that an automaton accepts, in byte order.
func (a *Analyzer) Walk(automaton vellum.Automaton) ([]string, error) {
	var words []string
	// Keys below a space are tables.
	it, err := a.lex.FST().Search(automaton, []byte(" "), nil)
	for ; err == nil; err = it.Next() {
		if key, value := it.Current(); lexicon.Value(value).Word() {
			words = append(words, string(key))
		}
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return nil, err
	}
	return words, nil
}
