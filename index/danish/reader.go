package danish

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index/danish/compound"
	"smaabornsviden/index/danish/lexicon"
)

// reader looks words up and takes them apart. It keeps buffers and serves one goroutine.
type reader struct {
	lex    *lexicon.Lexicon
	words  *lexicon.Reader
	split  *compound.Splitter
	folded []byte
}

func newReader(lex *lexicon.Lexicon) *reader {
	words := lex.Reader()
	return &reader{lex: lex, words: words, split: compound.NewSplitter(words)}
}

// minSplit is the length in letters from which an unknown word may be a compound.
const minSplit = 6

// minHead is what a stem must leave of the head of a compound, in bytes.
const minHead = 2

// maxLevel bounds the hierarchy of parts; four levels hold a compound of sixteen words.
const maxLevel = 4

// lookup returns the lexicon's value of a word, if it has it as a word and not only as a piece.
func (r *reader) lookup(plain string) (lexicon.Value, bool) {
	v, ok := r.words.Lookup(r.bytes(plain))
	return v, ok && v.Word()
}

func (r *reader) bytes(s string) []byte {
	r.folded = append(r.folded[:0], s...)
	return r.folded
}

// bounds returns the offsets at which the second and further parts of a word begin; nothing for a word that is
// no compound.
func (r *reader) bounds(plain string) []int {
	if v, ok := r.lookup(plain); ok {
		return v.Bounds(nil)
	}
	return r.unknownBounds(plain)
}

// unknownBounds is bounds for a word that the lexicon does not have.
func (r *reader) unknownBounds(plain string) []int {
	if utf8.RuneCountInString(plain) < minSplit || len(plain) > maxWord || !letters(plain) {
		return nil
	}
	return r.split.Split(nil, r.bytes(plain), compound.Options{Unknown: true})
}

// maxWord is the longest word in bytes that is looked at closely; what is longer is no word of a language.
const maxWord = 100

// lemmas returns the dictionary forms of a word of letters, its split, and the spelling that both are for: the word
// itself, or what it is with å, æ and ø for aa, ae and oe. Both spellings have the same length.
func (r *reader) lemmas(plain string) (lemmas []string, bounds []int, spelling string) {
	if v, ok := r.lookup(plain); ok {
		lemmas = r.lex.Lemmas(nil, plain, v)
		if v.Proper() {
			lemmas = r.nameSpellings(lemmas)
		}
		return lemmas, v.Bounds(nil), plain
	}
	if spelling, ok := r.danishSpelling(plain); ok {
		lemmas, bounds, _ = r.lemmas(spelling)
		return lemmas, bounds, spelling
	}
	bounds = r.unknownBounds(plain)
	if len(bounds) == 0 {
		return []string{r.unknown(plain)}, nil, plain
	}
	last := bounds[len(bounds)-1]
	v, _ := r.lookup(plain[last:]) // a head is always a word of the lexicon
	for _, head := range r.lex.Lemmas(nil, plain[last:], v) {
		lemmas = append(lemmas, plain[:last]+head)
	}
	// The stem meets those forms of the word that were not taken apart, if it leaves a word of the head.
	if stem := r.unknown(plain); len(stem) >= last+minHead {
		lemmas = appendNew(lemmas, stem)
	}
	return lemmas, bounds, plain
}

// appendNew appends what is not there yet.
func appendNew(list []string, items ...string) []string {
next:
	for _, item := range items {
		for _, have := range list {
			if have == item {
				continue next
			}
		}
		list = append(list, item)
	}
	return list
}

// parts appends the parts of a compound, each followed by its own parts. Offsets count from at.
func (r *reader) parts(dst []Part, word string, bounds []int, at, level int) []Part {
	from := 0
	for i := 0; i <= len(bounds) && len(bounds) > 0; i++ {
		to, head := len(word), true
		if i < len(bounds) {
			to, head = bounds[i], false
		}
		dst = r.part(dst, word[from:to], head, at+from, level)
		from = to
	}
	return dst
}

// part appends one part and its own parts. A particle inside a compound is none.
func (r *reader) part(dst []Part, text string, head bool, at, level int) []Part {
	if compound.Particle(text) {
		return dst
	}
	lemmas := r.partLemmas(text, head)
	dst = append(dst, Part{Text: text, Lemma: lemmas[0], Alt: lemmas[1:], Start: at, End: at + len(text), Level: level})
	if level == maxLevel || utf8.RuneCountInString(text) < minSplit {
		return dst
	}
	return r.parts(dst, text, r.partBounds(text, lemmas[0], head), at, level+1)
}

// partLemmas are the dictionary forms of a part. A modifier may end in a linking element.
func (r *reader) partLemmas(text string, head bool) []string {
	v, ok := r.words.Lookup(r.bytes(text))
	if ok && (v.Word() || !head) {
		return r.lex.Lemmas(nil, text, v)
	}
	if bare := strings.TrimRight(text, "s"); !head && bare != text {
		if v, ok := r.lookup(bare); ok {
			return r.lex.Lemmas(nil, bare, v)
		}
	}
	if bare, linked := strings.CutSuffix(text, "e"); !head && linked {
		if v, ok := r.lookup(bare); ok {
			return r.lex.Lemmas(nil, bare, v)
		}
	}
	lemmas, _, _ := r.lemmas(text)
	return lemmas
}

// partBounds are the bounds of a part. A modifier with a linking element is split as its dictionary form is.
func (r *reader) partBounds(text, lemma string, head bool) []int {
	if _, ok := r.lookup(text); !ok && !head && strings.HasPrefix(text, lemma) {
		return r.bounds(lemma)
	}
	return r.bounds(text)
}

// letters reports whether a word is made of letters only.
func letters(word string) bool {
	for _, c := range word {
		if !unicode.IsLetter(c) {
			return false
		}
	}
	return true
}

// plain drops the accents that writers may leave out: é, è, ê and à, never the dots and rings of Danish letters.
func plain(word string) string {
	return accents.Replace(word)
}

var accents = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a")
