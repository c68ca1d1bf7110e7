package danish

import "smaabornsviden/index/danish/lexicon"

// Knows reports whether a typed word is one of Danish: the lexicon has it or all parts that it is made of. A word that
// it does not know may be a name, a foreign word or a misspelling.
func (a *Analyzer) Knows(typed string) bool {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	return s.reader.knows(plain(Fold(typed)))
}

// knows is Knows of a folded word without accents.
func (r *reader) knows(word string) bool {
	if _, ok := r.lookup(word); ok {
		return true
	}
	return letters(word) && len(word) <= maxWord && len(r.knownParts(word)) > 0
}

// Spellings tells of the spellings near one word which of them Knows takes for words of Danish. It serves one goroutine.
type Spellings struct {
	a     *Analyzer
	seams lexicon.Seams
}

// Near is for asking about many spellings of a folded word without accents, each a letter or two away from it: of two thousand of a long
// compound hardly any need be taken apart.
func (a *Analyzer) Near(word string) Spellings { return Spellings{a, a.lex.Seams(word)} }

// Knows is Analyzer.Knows of a spelling that is folded and has no accents.
func (n *Spellings) Knows(spelling string) bool {
	if !n.seams.Hold(spelling) {
		return false
	}
	s := n.a.scratch.Get().(*scratch)
	defer n.a.scratch.Put(s)
	return s.reader.knows(spelling)
}
