package danish

// Lists reports whether the lexicon has a typed word as a whole, in some form. A compound of parts that it has, which
// Knows takes for a word, may still be a slip in a word that it lists.
func (a *Analyzer) Lists(typed string) bool {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	_, ok := s.reader.lookup(plain(Fold(typed)))
	return ok
}
