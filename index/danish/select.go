package danish

// Select reads a text like TokensIn, but writes out only the tokens that want asks for, by the folded word, its
// dictionary forms and its parts, and those that are elliptical pieces. Token.Pos counts all words.
func (a *Analyzer) Select(text, lang string, want func(text string, lemmas []string, parts []Part) bool) []Token {
	s := a.scratch.Get().(*scratch)
	defer a.scratch.Put(s)
	s.body = a.read(s, s.body[:0], text, lang)
	var tokens []Token
	for i := range s.body {
		r := &s.body[i]
		if len(r.expansions) > 0 || want(r.word.exact, r.word.lemmas, r.word.parts) {
			tokens = append(tokens, token(text, i, r))
		}
	}
	return tokens
}
