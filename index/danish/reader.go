package danish

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"

	"smaabornsviden/index/danish/compound"
	"smaabornsviden/index/danish/lexicon"
)

// reader looks words up and takes them apart. It keeps buffers and serves one goroutine.
type reader struct {
	lex      *lexicon.Lexicon
	split    *compound.Splitter
	snowball *snowballstem.Env
	bytes    []byte // a word to take apart
	found    []Part // the parts of a word while they are found
	seams    []int  // the bounds of a word
	slab
}

func newReader(lex *lexicon.Lexicon) *reader {
	return &reader{lex: lex, split: compound.NewSplitter(lex), snowball: snowballstem.NewEnv("")}
}

// minSplit is the length in letters from which an unknown word may be a compound.
const minSplit = 6

// maxCut is what a stem may lack of the dictionary form, in bytes.
const maxCut = 2

// maxLevel bounds the hierarchy of parts; four levels hold a compound of sixteen words.
const maxLevel = 4

// lookup returns the lexicon's value of a word, if it has it as a word and not only as a piece.
func (r *reader) lookup(plain string) (lexicon.Value, bool) {
	v, ok := r.lex.Lookup(plain)
	return v, ok && v.Word()
}

// forms returns the dictionary forms of a word that the lexicon has with a value.
func (r *reader) forms(word string, v lexicon.Value) []string {
	edits := r.lex.Edits(v)
	lemmas := r.list(len(edits) + 1) // most callers add one
	for _, e := range edits {
		switch {
		case e.Cut > len(word):
		case e.Add == "":
			lemmas = append(lemmas, word[:len(word)-e.Cut])
		default:
			lemmas = append(lemmas, r.join(word[:len(word)-e.Cut], e.Add))
		}
	}
	return lemmas
}

// bounds appends the offsets at which the second and further parts of a word begin; nothing for a word that is
// no compound.
func (r *reader) bounds(dst []int, plain string) []int {
	if v, ok := r.lookup(plain); ok {
		return v.Bounds(dst)
	}
	return r.unknownBounds(dst, plain)
}

// unknownBounds is bounds for a word that the lexicon does not have.
func (r *reader) unknownBounds(dst []int, plain string) []int {
	if !splittable(plain) || r.likened(plain) {
		return dst
	}
	r.bytes = append(r.bytes[:0], plain...)
	bounds := r.split.Split(dst, r.bytes, compound.Options{Unknown: true})
	if len(bounds) == len(dst)+1 && r.inflects(plain) && !r.begins(plain[:bounds[len(dst)]]) {
		return dst // "slovakerne" are of "slovak", and not of some "slova"
	}
	return bounds
}

// inflects reports whether a word is one of the lexicon with an ending.
func (r *reader) inflects(plain string) bool { return r.uninflected(plain) != "" }

// begins reports whether a word can begin with a piece, with or without a linking element.
func (r *reader) begins(piece string) bool {
	if _, ok := r.lex.Lookup(piece); ok {
		return true
	}
	_, ok := r.lex.Lookup(piece[:len(piece)-1])
	return ok && (piece[len(piece)-1] == 's' || piece[len(piece)-1] == 'e')
}

// likened reports whether a word is an adjective on -lig of a simple noun, which is no compound even where its end is a word:
// "ordenlig" is of "orden" and not "enlig".
func (r *reader) likened(plain string) bool {
	for _, ending := range [...]string{"lig", "lige", "ligt"} {
		base, ok := strings.CutSuffix(plain, ending)
		if !ok {
			continue
		}
		v, ok := r.lookup(base)
		var room [maxBounds]int
		return ok && v.Class()&compound.Noun != 0 && len(v.Bounds(room[:0])) == 0
	}
	return false
}

// splittable reports whether a word may be a compound at all.
func splittable(plain string) bool {
	return utf8.RuneCountInString(plain) >= minSplit && len(plain) <= maxWord && letters(plain)
}

// maxBounds is how many seams are found without making room for more.
const maxBounds = 8

// maxWord is the longest word in bytes that is looked at closely; what is longer is no word of a language.
const maxWord = 100

// lemmas returns the dictionary forms of a word of letters, its split, and the spelling that both are for: the word
// itself, or what it is with å, æ and ø for aa, ae and oe. Both spellings have the same length. The bounds are valid until
// the next call.
func (r *reader) lemmas(plain string) (lemmas []string, bounds []int, spelling string) {
	if v, ok := r.lookup(plain); ok {
		lemmas = r.forms(plain, v)
		if v.Proper() {
			lemmas = r.nameSpellings(lemmas)
			if name := places[plain]; name != "" {
				lemmas = r.alsoPlace(lemmas, name)
			}
		}
		if r.seams = v.Bounds(r.seams[:0]); len(r.seams) == 1 {
			r.seams = r.counted(r.seams, plain)
		}
		return lemmas, r.seams, plain
	}
	if name := places[plain]; name != "" {
		return r.placeLemmas(name), nil, plain
	}
	if spelling, ok := r.danishSpelling(plain); ok {
		lemmas, bounds, _ = r.lemmas(spelling)
		return lemmas, bounds, spelling
	}
	r.seams = r.unknownBounds(r.seams[:0], plain)
	bounds = r.seams
	if len(bounds) == 0 {
		return r.outside(plain), nil, plain
	}
	bounds = r.counted(bounds, plain)
	r.seams = bounds
	last := bounds[len(bounds)-1]
	v, _ := r.lookup(plain[last:]) // a head is always a word of the lexicon
	lemmas = nouns(r.forms(plain[last:], v))
	for i, head := range lemmas {
		lemmas[i] = r.join(plain[:last], head)
	}
	// The stem meets those forms of the word that were not taken apart, where it leaves a word of the head
	// ("kernekrafterne" has "kraft") and takes an ending, not a piece of the word: "børnefaglig" is no "børnefag".
	if stem := r.unknown(plain); len(stem) > last && len(stem) >= len(lemmas[0])-maxCut {
		// A dictionary form on -s is no genitive: a "sprogindsats" is nothing "sprogindsat".
		if v, ok := r.lookup(stem[last:]); ok && v.Class() != 0 && !(lemmas[0] == plain && plain == stem+"s") {
			lemmas = appendNew(lemmas, stem)
		}
	}
	return lemmas, bounds, plain
}

// counted brings a number to what it counts: "treårsalderen" is the "alder" of "tre år", not a number of "årsalder".
func (r *reader) counted(bounds []int, plain string) []int {
	first := bounds[0]
	if len(bounds) > 1 || !numberShapes.has(plain[:first]) || numberNames[plain[:first]] == "" {
		return bounds
	}
	v, ok := r.lookup(plain[first:])
	if !ok {
		return bounds
	}
	var room [maxBounds]int
	if inner := v.Bounds(room[:0]); len(inner) == 1 && r.linked(plain[first:first+inner[0]]) {
		bounds = append(bounds, first+inner[0])
	}
	return bounds
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

// parts returns the parts of a compound, each followed by its own parts.
func (r *reader) parts(word string, bounds []int) []Part {
	r.found = r.found[:0]
	var room [maxBounds]int
	r.findParts(word, append(room[:0], bounds...), 0, 1)
	return r.keep(r.found)
}

// findParts finds the parts of a compound that begins at an offset of the whole word: the two sides of its top-level
// seam, and their parts.
func (r *reader) findParts(word string, bounds []int, at, level int) {
	if len(bounds) == 0 {
		return
	}
	k := r.top(word, bounds)
	seam := bounds[k]
	r.findPart(word[:seam], bounds[:k], false, at, level)
	rest := bounds[k+1:]
	for i := range rest {
		rest[i] -= seam
	}
	r.findPart(word[seam:], rest, true, at+seam, level)
}

// top returns which of the seams of a compound is the uppermost: the one after the last linking s, since an s closes
// all that stands before it (børnehave|s|leder), else the last one, since most compounds grow to the right.
func (r *reader) top(word string, bounds []int) int {
	for k := len(bounds) - 1; k >= 0; k-- {
		from := 0
		if k > 0 {
			from = bounds[k-1]
		}
		if r.linked(word[from:bounds[k]]) {
			return k
		}
	}
	return len(bounds) - 1
}

// linked reports whether a modifier ends in a linking s.
func (r *reader) linked(modifier string) bool {
	bare, s := strings.CutSuffix(modifier, "s")
	if !s {
		return false
	}
	_, ok := r.lookup(bare)
	return ok
}

// findPart adds one part and its own parts, whose bounds are known when the lattice found them at once. A particle
// inside a compound is none.
func (r *reader) findPart(text string, bounds []int, head bool, at, level int) {
	if !head && compound.Particle(text) && !compound.Place(text) {
		return
	}
	v, ok := r.lex.Lookup(text)
	lemmas := nouns(r.partLemmas(text, v, ok, head))
	if head && lightVerbs[Plain(lemmas[0])] && !slices.Contains(lemmas, "tag") {
		return
	}
	r.found = append(r.found, Part{Text: text, Lemma: lemmas[0], Alt: lemmas[1:], Start: at, End: at + len(text), Level: level})
	if level == maxLevel {
		return
	}
	if len(bounds) == 0 {
		var room [maxBounds]int
		if ok && v.Word() {
			bounds = v.Bounds(room[:0])
		} else {
			bounds = r.partBounds(room[:0], text, Plain(lemmas[0]), head)
		}
	}
	r.findParts(text, bounds, at, level+1)
}

// lightVerbs are the verbs that say nothing as the last part of another ("fastgøre", "navngive"): who looks for them has not
// typed a word to search for. The seam stays.
var lightVerbs = set(`finde give gøre holde sætte tage`)

// partLemmas are the dictionary forms of a part, given what the lexicon has of it. A modifier may end in a linking element.
func (r *reader) partLemmas(text string, v lexicon.Value, ok, head bool) []string {
	if ok && (v.Word() || !head) {
		lemmas := r.forms(text, v)
		if head {
			return lemmas
		}
		if v.Class()&compound.Noun == 0 {
			lemmas = unlinked(lemmas, text)
		}
		return withoutKin(lemmas, text)
	}
	for _, link := range [...]string{"s", "e"} {
		bare, linked := strings.CutSuffix(text, link)
		if v, ok := r.lookup(bare); ok && linked && !head {
			return r.forms(bare, v)
		}
	}
	lemmas, _, _ := r.lemmas(text)
	return lemmas
}

// kin are the short forms of three long words, which the lexicon has as dictionary forms of both.
var kin = map[string]string{"moder": "mor", "fader": "far", "broder": "bror"}

// withoutKin drops the short form from the dictionary forms of a modifier that is the long one: who looks for "mor" is not
// after "modersmål", but after "mødregruppe".
func withoutKin(lemmas []string, modifier string) []string {
	short := kin[strings.TrimSuffix(modifier, "s")]
	if short == "" {
		return lemmas
	}
	// A copy: what came in may be the remembered forms of the modifier as a word of its own, whose last would become empty.
	return slices.DeleteFunc(slices.Clone(lemmas), func(l string) bool { return l == short })
}

// unlinked drops a modifier that is no noun from its dictionary forms where it is a noun with a linking s: "tids" in
// "tidsrum" is "tid", even if there is an adverb "tids".
func unlinked(lemmas []string, modifier string) []string {
	bare, linked := strings.CutSuffix(modifier, "s")
	if !linked || !slices.Contains(lemmas, bare) {
		return lemmas
	}
	return slices.DeleteFunc(slices.Clone(lemmas), func(l string) bool { return l == modifier })
}

// partBounds are the bounds of a part that is no word. A modifier with a linking element is split as its dictionary form is.
func (r *reader) partBounds(dst []int, text, lemma string, head bool) []int {
	if head {
		return r.unknownBounds(dst, text)
	}
	if strings.HasPrefix(text, lemma) {
		return r.bounds(dst, lemma)
	}
	// "Billed-" is not spelt like "billede", but has its parts: none.
	if v, ok := r.lookup(lemma); ok {
		return compound.Within(v.Bounds(dst), compound.SharedPrefix(text, lemma))
	}
	return r.unknownBounds(dst, text)
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
	for i := 1; i < len(word); i++ {
		if c := word[i]; word[i-1] == 0xC3 && (c == 0xA9 || c == 0xA8 || c == 0xAA || c == 0xA0) {
			return accents.Replace(word)
		}
	}
	return word
}

var accents = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a")
