package danish

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	snowenglish "github.com/blevesearch/snowballstem/english"
)

// word is all that can be known of a word without its neighbours. It is made once, shared, and never
// changed after.
type word struct {
	exact  string
	lemmas []string
	parts  []Part   // Start and End count bytes of exact
	split  []string // top-level split of exact
	ends   string   // exact between "^" and "$", which its 4-grams are cut from
	grams  int32    // number of 4-grams; none for a stop word
	stop   bool
	begins bool   // the beginning of an elliptical compound: in its key there is a hyphen behind exact
	number string // a number or a span of two, in digits: "0-6", "2,5"
	years  bool   // "årig" in some form, written apart from its number
	// capital is the word in capitals where that is another one: "KL" is not "kl."; nil for most words.
	capital *word
	named   *word // the word as a place where it may be one: "Koge" is Køge; nil for most words
}

// The cache has room for this many words of Danish; texts repeat their words so much that it answers more than nine of
// ten look-ups, and it stays below 20 MB. English texts are fewer.
const (
	danishWords  = 1 << 15
	englishWords = 1 << 13
)

// cache remembers analysed words where their hash puts them, in one of two places; a newer word takes the place of an
// older one. It needs no lock and never grows, which makes a look-up twice as fast as in a map that is shared.
type cache struct {
	seed  maphash.Seed
	slots []atomic.Pointer[word]
}

// newCache returns a cache for a number of words that is a power of two.
func newCache(words int) cache {
	return cache{maphash.MakeSeed(), make([]atomic.Pointer[word], words)}
}

// slot is where a key is looked for first; the neighbour whose number differs in the last bit is the second place.
func (c *cache) slot(key []byte) int {
	return int(maphash.Bytes(c.seed, key) & uint64(len(c.slots)-1))
}

// get returns the word for a key whose slot is known, or nil.
func (c *cache) get(slot int, key []byte) *word {
	if w := c.slots[slot].Load(); w != nil && w.has(key) {
		return w
	}
	if w := c.slots[slot^1].Load(); w != nil && w.has(key) {
		return w
	}
	return nil
}

// has reports whether the word is the one for a key. The key itself is not kept: whatever is remembered, the garbage collector has to
// look at over and over.
func (w *word) has(key []byte) bool {
	n := len(w.exact)
	if w.begins {
		return len(key) == n+1 && key[n] == '-' && w.exact == string(key[:n])
	}
	return w.exact == string(key)
}

// put remembers a word, unless it is no word of a language. What stands in its first place moves to the second.
func (c *cache) put(slot int, w *word) {
	if len(w.exact) > maxWord {
		return
	}
	if before := c.slots[slot].Swap(w); before != nil {
		c.slots[slot^1].Store(before)
	}
}

// cut appends the pieces of a word between offsets.
func cut(pieces []string, word string, bounds []int) []string {
	from := 0
	for _, b := range bounds {
		pieces = append(pieces, word[from:b])
		from = b
	}
	return append(pieces, word[from:])
}

// englishWord analyses one folded English word, given between "^" and "$".
func englishWord(r *reader, ends string) *word {
	w := r.marked(ends)
	if w.stop = stopEnglish[w.exact]; w.stop {
		w.grams = 0
	}
	r.snowball.SetCurrent(strings.TrimSuffix(w.exact, "'s"))
	snowenglish.Stem(r.snowball)
	stem := r.snowball.Current()
	if one := englishPlurals[stem]; one != "" {
		stem = one
	}
	w.lemmas = append(r.list(1), r.join(stem, englishMark))
	return w
}

// englishPlurals are the plurals of English that Snowball leaves apart from their singular, of the words that texts on families have.
var englishPlurals = map[string]string{
	"children": "child", "grandchildren": "grandchild", "schoolchildren": "schoolchild", "stepchildren": "stepchild",
	"women": "woman", "men": "man", "feet": "foot", "teeth": "tooth",
}
