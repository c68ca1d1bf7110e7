package danish

import (
	"strings"
	"unicode/utf8"
)

// danishWord analyses one folded Danish word, given between "^" and "$", by what kind of word it is.
func danishWord(r *reader, ends string) *word {
	if piece, ok := strings.CutSuffix(ends, "-$"); ok {
		return r.beginning(piece + "$")
	}
	w := r.marked(ends)
	if w.stop = stopShapes.has(w.exact) && stopDanish[w.exact]; w.stop {
		w.grams = 0
	}
	r.read(w, signsOf(w.exact))
	if len(w.exact) <= maxHomograph && homographShapes.begins(w.exact) {
		r.inCapitals(w)
	}
	if namedShapes.has(w.exact) && namedAlike[w.exact] {
		r.named(w)
	}
	return w
}

// homographs are words that mean something else in capitals: "kl." is a time, KL the municipalities. Most abbreviations are
// the same word in small letters, and readers type them so: "sfo", "tv".
var homographs = set(`akt kl pa søm`)

// homographShapes are the shapes of them.
var homographShapes = shapesOf(homographs)

// maxHomograph is the length in bytes of the longest of them with an ending behind an apostrophe.
const maxHomograph = 10

// inCapitals makes the reading of a word in capitals where that is another word.
func (r *reader) inCapitals(w *word) {
	bare, _ := cutApostrophe(w.exact)
	if !homographs[bare] {
		return
	}
	c := r.word()
	*c = *w
	c.lemmas, c.parts, c.split, c.stop = append(r.list(1), r.join(bare, capitalMark)), nil, nil, false
	w.capital = c
}

// read analyses a word with such signs in it.
func (r *reader) read(w *word, has signs) {
	exact := w.exact
	switch {
	case len(exact) > maxWord, has&addressSigns != 0:
		w.lemmas = append(r.list(1), exact)
		return
	case has&apostrophes != 0:
		if bare, ending := cutApostrophe(exact); ending != "" {
			w.lemmas = r.abbreviation(bare, ending)
			return
		}
	}
	if has&digitSigns == 0 {
		r.simple(w)
		return
	}
	w.number = numberOf(exact)
	r.joined(w)
}

// signs are the kinds of characters in a word beside letters.
type signs uint8

const (
	addressSigns signs = 1 << iota // . / @
	digitSigns                     // digits and hyphens
	apostrophes
)

// signsOf looks at a word once, since most words have none of these signs.
func signsOf(exact string) (has signs) {
	for i := range len(exact) {
		has |= byteSigns[exact[i]]
	}
	return has
}

var byteSigns = func() (kinds [256]signs) {
	for _, c := range []byte("./@") {
		kinds[c] = addressSigns
	}
	for _, c := range []byte("0123456789-") {
		kinds[c] = digitSigns
	}
	kinds['\''] = apostrophes
	return kinds
}()

// marked makes a word with its 4-grams, unless it is too long for a word.
func (r *reader) marked(ends string) *word {
	w := r.word()
	w.ends, w.exact = ends, ends[1:len(ends)-1]
	if len(w.exact) <= maxWord {
		w.grams = int32(max(1, utf8.RuneCountInString(ends)-gramSize+1))
	}
	return w
}

// beginning analyses the beginning of an elliptical compound: it may be a modifier that is no word, "børne-".
func (r *reader) beginning(ends string) *word {
	w := danishWord(r, ends)
	w.begins = true
	bare := plain(w.exact)
	v, known := r.lex.Lookup(bare)
	if known && v.Modifier() > 0 && !v.Word() {
		w.lemmas = r.forms(bare, v)
	}
	return w
}

// simple analyses a word of letters.
func (r *reader) simple(w *word) {
	bare := plain(w.exact)
	lemmas, bounds, spelling := r.lemmas(bare)
	w.lemmas = lemmas
	if w.number = numberNamed(bare); w.number != "" {
		w.lemmas = withDigits(w.lemmas, bare)
	}
	age, bound, ok := ageWord(bare)
	w.years = bound == 0
	if ok {
		w.lemmas = appendNew(w.lemmas, age)
		w.parts = r.ageParts(bare, bound)
		bounds = append(r.seams[:0], bound)
	} else if len(bounds) > 0 {
		seam := bounds[r.top(spelling, bounds)]
		w.parts = r.parts(spelling, bounds)
		bounds = append(r.seams[:0], seam)
	}
	if len(w.parts) == 2 {
		countedUnit(w)
	}
	r.place(w, bare, bounds)
}

// countedUnit gives "tusinddages" the dictionary form of "1000-dages".
func countedUnit(w *word) {
	if !numberShapes.has(w.parts[0].Text) {
		return
	}
	number, unit := numberNames[w.parts[0].Text], units[w.parts[1].Text]
	if number == "" || unit == "" {
		return
	}
	w.lemmas = []string{number + "-" + unit}
	w.parts[0].Lemma, w.parts[0].Alt = number, nil
	w.parts[1].Lemma, w.parts[1].Alt = unit, nil
}

// withDigits adds its digits to the dictionary forms of a number word.
func withDigits(lemmas []string, word string) []string {
	if n := roundNumbers[word]; n != "" {
		return []string{n, strings.TrimSuffix(word, "e")}
	}
	if n := numberNames[word]; decimal(n) && !strings.Contains(n, ",") {
		return appendNew(lemmas, n)
	}
	return lemmas
}

// place brings parts and split from a spelling without accents to the word as it is written.
func (r *reader) place(w *word, bare string, bounds []int) {
	if len(bounds) == 0 {
		return
	}
	if len(bare) == len(w.exact) {
		w.split = cut(r.list(len(bounds)+1), w.exact, bounds)
		for i := range w.parts {
			w.parts[i].Text = w.exact[w.parts[i].Start:w.parts[i].End]
		}
		return
	}
	origin := make([]int, 0, len(bare)+1)
	for i, c := range w.exact {
		for range len(plain(string(c))) {
			origin = append(origin, i)
		}
	}
	origin = append(origin, len(w.exact))
	for i := range w.parts {
		p := &w.parts[i]
		p.Start, p.End = origin[p.Start], origin[p.End]
		p.Text = w.exact[p.Start:p.End]
	}
	moved := make([]int, len(bounds))
	for i, b := range bounds {
		moved[i] = origin[b]
	}
	w.split = cut(r.list(len(moved)+1), w.exact, moved)
}

// endings are what may follow the apostrophe of an abbreviation: the forms of a noun.
var endings = set(`s en ens er ers erne ernes et ets e es r n`)

// cutApostrophe parts an inflected abbreviation, "sfo'en", from its ending. The ending is empty for other words.
func cutApostrophe(exact string) (bare, ending string) {
	i := strings.LastIndexByte(exact, '\'')
	if i <= 0 || !endings[exact[i+1:]] {
		return exact, ""
	}
	return exact[:i], exact[i+1:]
}

// cutEnding reports whether what follows the n bytes of an abbreviation is an ending, with or without an apostrophe of
// any kind.
func cutEnding(surface string, n int) bool {
	if r, size := utf8.DecodeRuneInString(surface[n:]); apostrophe(r) {
		return endings[surface[n+size:]]
	}
	return bareEnding(surface, n)
}

// abbreviation gives the dictionary forms of a word inflected with an apostrophe. What no lexicon has is not stemmed:
// an abbreviation has no endings of its own. Decades keep their plural, since the 1980'erne are not 1980.
func (r *reader) abbreviation(bare, ending string) []string {
	if digits(bare, 0) == len(bare) && strings.HasPrefix(ending, "er") {
		return []string{bare + "'er"}
	}
	if v, ok := r.lookup(plain(bare)); ok {
		return appendNew(r.forms(plain(bare), v), plain(bare))
	}
	return []string{plain(bare)}
}

// joined analyses a word with hyphens or digits.
func (r *reader) joined(w *word) {
	if base, plural := decade(w.exact); plural {
		w.lemmas = []string{base + "'er"}
		return
	}
	if age, bound, ok := ageWord(w.exact); ok {
		w.lemmas = []string{age}
		w.parts = r.ageParts(w.exact, bound)
		w.split = []string{strings.TrimSuffix(w.exact[:bound], "-"), w.exact[bound:]}
		return
	}
	pieces := segments(w.exact)
	if len(pieces) < 2 {
		w.lemmas = []string{plain(w.exact)}
		return
	}
	if strings.Contains(w.number, "-") {
		w.lemmas = []string{w.number} // "to-tre"
		return
	}
	w.lemmas = r.joinedLemmas(placesIn(plain(w.exact)))
	if name := smallNumbers[w.exact[:pieces[0].end]]; name != "" && len(pieces) == 2 {
		// "2-sprogede" is "tosprogede", where the lexicon has that.
		spelt := name + plain(w.exact[pieces[1].start:])
		if v, ok := r.lookup(spelt); ok {
			w.lemmas = appendNew(w.lemmas, r.forms(spelt, v)...)
		}
	}
	pieces = r.countedDays(w, pieces)
	for _, p := range pieces {
		w.split = append(w.split, w.exact[p.start:p.end])
		w.parts = r.segment(w.parts, w.exact[p.start:p.end], p)
	}
}

// smallNumbers are the numbers that words begin with in letters as often as in digits.
var smallNumbers = map[string]string{
	"1": "en", "2": "to", "3": "tre", "4": "fire", "5": "fem", "6": "seks", "7": "syv", "8": "otte", "9": "ni", "10": "ti",
}

// countedDays handles a word that begins with a number and what it counts, "1000-dages" or "1000-dages-programmet": both
// are one part, "1000-dag". It returns the pieces that are left.
func (r *reader) countedDays(w *word, pieces []span) []span {
	number, noun := w.exact[:pieces[0].end], w.exact[pieces[1].start:pieces[1].end]
	unit := units[noun]
	if unit == "" || !decimal(number) {
		return pieces
	}
	lemma, level := number+"-"+unit, 1
	if len(pieces) == 2 {
		w.lemmas = []string{lemma}
		w.split = append(w.split, number, noun)
	} else {
		level = 2
		w.split = append(w.split, w.exact[:pieces[1].end])
		w.parts = append(w.parts, Part{Text: w.split[0], Lemma: lemma, Start: 0, End: pieces[1].end, Level: 1})
	}
	w.parts = append(w.parts, Part{Text: number, Lemma: number, Start: 0, End: pieces[0].end, Level: level},
		Part{Text: noun, Lemma: unit, Start: pieces[1].start, End: pieces[1].end, Level: level})
	return pieces[2:]
}

// decade parts "1980erne" into digits and the ending of a plural.
func decade(exact string) (base string, plural bool) {
	n := digits(exact, 0)
	return exact[:n], n > 1 && n < len(exact) && exact[n] == 'e' && endings[exact[n:]]
}

// segments are the pieces of a word between its hyphens; numbers joined by hyphens, such as "0-6", are one.
func segments(exact string) []span {
	var pieces []span
	from := 0
	for i := 0; i <= len(exact); i++ {
		if i < len(exact) && (exact[i] != '-' || isDigit(exact, i-1) && isDigit(exact, i+1)) {
			continue
		}
		if i > from {
			pieces = append(pieces, span{from, i})
		}
		from = i + 1
	}
	return pieces
}

func isDigit(s string, at int) bool {
	return at >= 0 && at < len(s) && '0' <= s[at] && s[at] <= '9'
}

// joinedLemmas are the dictionary forms of a word with hyphens: as the lexicon has it with them, and as it would be
// written without, so that "e-mail" is "email" and "sprog-vurdering" is "sprogvurdering". Hyphens beside
// digits stay.
func (r *reader) joinedLemmas(bare string) []string {
	var lemmas []string
	if v, ok := r.lookup(bare); ok {
		lemmas = r.forms(bare, v)
	}
	before, run := closed(bare)
	last := bare[strings.LastIndexByte(bare, '-')+1:]
	if v, ok := r.lookup(run); ok || run == last {
		if ok {
			return appendNew(lemmas, prefixed(before, r.forms(run, v))...)
		}
		heads, _, _ := r.lemmas(run)
		return appendNew(lemmas, prefixed(before, heads)...)
	}
	heads, _, _ := r.lemmas(last)
	return appendNew(lemmas, prefixed(before+strings.TrimSuffix(run, last), heads)...)
}

// closed writes a word without the hyphens between letters and returns its last run of letters, which
// inflects, and what stands before.
func closed(bare string) (before, run string) {
	var b strings.Builder
	from := 0
	for i := range len(bare) {
		if bare[i] != '-' {
			b.WriteByte(bare[i])
			continue
		}
		if isDigit(bare, i-1) || isDigit(bare, i+1) {
			b.WriteByte('-')
			from = b.Len()
		}
	}
	return b.String()[:from], b.String()[from:]
}

func prefixed(before string, words []string) []string {
	if before == "" {
		return words
	}
	for i, w := range words {
		words[i] = before + w
	}
	return words
}

// segment appends one piece of a word with hyphens and the parts of that piece. Single letters are no parts.
func (r *reader) segment(dst []Part, text string, at span) []Part {
	if utf8.RuneCountInString(text) < 2 {
		return dst
	}
	if !letters(text) {
		return append(dst, Part{Text: text, Lemma: text, Start: at.start, End: at.end, Level: 1})
	}
	piece := &word{exact: text}
	r.simple(piece)
	piece.lemmas = nouns(piece.lemmas)
	dst = append(dst, Part{Text: text, Lemma: piece.lemmas[0], Alt: piece.lemmas[1:], Start: at.start, End: at.end, Level: 1})
	for _, p := range piece.parts {
		p.Start, p.End, p.Level = p.Start+at.start, p.End+at.start, p.Level+1
		dst = append(dst, p)
	}
	return dst
}
