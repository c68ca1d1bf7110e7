package danish

// reading is one word at its place in a text.
type reading struct {
	span
	word       *word
	expansions []*word // whole words that an elliptical piece stands for
}

// scratch is what one call needs and the next call can use again.
type scratch struct {
	reader   *reader
	folded   []byte
	readings []reading
}

// read finds the words of a text. The readings are valid until the scratch is used again.
func (a *Analyzer) read(s *scratch, text, lang string) []reading {
	s.readings = s.readings[:0]
	known, analyse := &a.danish, a.danishWord
	if lang == "en" {
		known, analyse = &a.english, a.englishWord
	}
	sc := scanner{text: text}
	for sc.next() {
		s.folded = fold(s.folded[:0], text[sc.start:sc.end])
		w := known.get(s.folded)
		if w == nil {
			w = analyse(s.reader, string(s.folded))
			known.put(w.exact, w)
		}
		s.readings = append(s.readings, reading{span: sc.span, word: w})
	}
	return s.readings
}
