package danish

import (
	"strings"
	"sync"

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
	grams  int      // number of 4-grams; none for a stop word
	stop   bool
	number string // a number or a span of two, in digits: "0-6", "2,5"
}

// Danish is looked up far more often than it changes, and texts repeat their words: a cache of this many
// words answers more than nine of ten look-ups and stays below 20 MB.
const cacheWords = 1 << 15

// cache remembers analysed words in two generations: when the young one is full it becomes the old one,
// so that words in use survive and memory stays bounded.
type cache struct {
	mu         sync.RWMutex // guards young and old
	young, old map[string]*word
}

// get returns the word for a key, or nil.
func (c *cache) get(key []byte) *word {
	c.mu.RLock()
	w, ok := c.young[string(key)]
	if ok {
		c.mu.RUnlock()
		return w
	}
	w = c.old[string(key)]
	c.mu.RUnlock()
	if w != nil {
		c.put(string(key), w)
	}
	return w
}

// put remembers a word, unless it is no word of a language.
func (c *cache) put(key string, w *word) {
	if len(key) > maxWord {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.young) >= cacheWords || c.young == nil {
		c.old, c.young = c.young, make(map[string]*word, cacheWords)
	}
	c.young[key] = w
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
	w.lemmas = append(r.list(1), r.snowball.Current())
	return w
}
