package danish

// Knows reports whether a typed word is one of Danish: the lexicon has it or all parts that it is made of. A word that
// it does not know may be a name, a foreign word or a misspelling.
func (a *Analyzer) Knows(typed string) bool {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	word := plain(Fold(typed))
	if _, ok := s.reader.lookup(word); ok {
		return true
	}
	return letters(word) && len(word) <= maxWord && len(s.reader.knownParts(word)) > 0
}
