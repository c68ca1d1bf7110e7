package danish

import (
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	snowenglish "github.com/blevesearch/snowballstem/english"
)

// word is all that can be known of a word without its neighbours. It is made once, shared, and never
// changed after.
type word struct {
	exact  string
	lemmas []string
	parts  []Part   // Start and End count bytes of exact
	split  []string // top-level split of exact
	grams  []string
	stop   bool
	years  bool // a span of ages when "år" follows: "0-6"
}

// Danish is looked up far more often than it changes, and texts repeat their words: a cache of this many
// words answers more than nine of ten look-ups and stays below 20 MB.
const cacheWords = 1 << 14

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

// cut parts a word at offsets.
func cut(word string, bounds []int) []string {
	pieces := make([]string, 0, len(bounds)+1)
	from := 0
	for _, b := range bounds {
		pieces = append(pieces, word[from:b])
		from = b
	}
	return append(pieces, word[from:])
}

// englishWord analyses one folded English word.
func englishWord(_ *reader, exact string) *word {
	bare := strings.TrimSuffix(exact, "'s")
	env := snowballstem.NewEnv(bare)
	snowenglish.Stem(env)
	return &word{exact: exact, lemmas: []string{env.Current()}, grams: wordGrams(exact, stopEnglish[exact]), stop: stopEnglish[exact]}
}

// wordGrams are the 4-grams of a word that is neither a stop word nor too long for a word.
func wordGrams(exact string, stop bool) []string {
	if stop || len(exact) > maxWord {
		return nil
	}
	return Grams(exact)
}
