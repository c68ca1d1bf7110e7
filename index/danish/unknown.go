package danish

import (
	"strings"
	"unicode/utf8"

	snowdanish "github.com/blevesearch/snowballstem/danish"

	"smaabornsviden/index/danish/compound"
)

// inflections are the endings that an unknown word may have beside a dictionary form that the lexicon knows, and
// the class that form must have; short ones first, so that the longest dictionary form is found.
var inflections = []inflection{
	{"s", compound.Noun | compound.Adjective},
	{"t", compound.Adjective},
	{"e", compound.Adjective},
	{"en", compound.Noun},
	{"et", compound.Noun},
	{"er", compound.Noun},
	{"es", compound.Adjective},
	{"st", compound.Adjective},
	{"ens", compound.Noun},
	{"ets", compound.Noun},
	{"ers", compound.Noun},
	{"ene", compound.Noun},
	{"ere", compound.Adjective},
	{"est", compound.Adjective},
	{"ste", compound.Adjective},
	{"erne", compound.Noun},
	{"enes", compound.Noun},
	{"este", compound.Adjective},
	{"stes", compound.Adjective},
	{"eres", compound.Adjective},
	{"ernes", compound.Noun},
	{"estes", compound.Adjective},
}

type inflection struct {
	ending string
	class  compound.Class
}

// inflectionsOn are the inflections by their last byte: a word can have few of them.
var inflectionsOn = func() (on [256][]inflection) {
	for _, i := range inflections {
		last := i.ending[len(i.ending)-1]
		on[last] = append(on[last], i)
	}
	return on
}()

// minStem is the length in letters that an ending must leave.
const minStem = 4

// outside gives the dictionary forms of a word that the lexicon does not have as one and that is no compound: those of
// the modifier that it is ("børne" in "børne have"), those of the word behind a particle ("fortidlig" is like "tidlig"
// and not like "fortid"), or else what its endings tell.
func (r *reader) outside(word string) []string {
	if v, ok := r.lex.Lookup(word); ok && v.Modifier() > 0 {
		return r.forms(word, v)
	}
	longest := min(len(word)-minBehind, maxParticle)
	if !compound.BeginsAsParticle(word) {
		longest = 0
	}
	for n := longest; n >= minParticle; n-- {
		if !compound.Particle(word[:n]) {
			continue
		}
		if v, ok := r.lookup(word[n:]); ok && v.Head() > 0 {
			return prefixed(word[:n], r.forms(word[n:], v))
		}
	}
	return append(r.list(1), r.unknown(word))
}

// The lengths in bytes of particles that a word may begin with, and of what must stand behind them.
const (
	minParticle = 2
	maxParticle = 8
	minBehind   = 5
)

// unknown gives the dictionary form of a word that is in no lexicon and no compound: a known word without an
// ending, the noun on -hed, or else the Snowball stem.
func (r *reader) unknown(word string) string {
	if word == "" {
		return ""
	}
	if base := r.uninflected(word); base != "" {
		return base
	}
	// Snowball would cut these off: "skalerbarheden" is no form of "skalerbar".
	for _, s := range derivations {
		tail := max(0, len(word)-len(s.suffix)-maxEnding)
		if i := lastIndex(word[tail:], s.suffix); i >= max(0, minStem-tail) && s.endings[word[tail+i+len(s.suffix):]] {
			return word[:tail+i+len(s.suffix)]
		}
	}
	return r.stem(word)
}

// uninflected is the known word that a word is with an ending, "" for most words.
func (r *reader) uninflected(word string) string {
	for _, i := range inflectionsOn[word[len(word)-1]] {
		base, ok := strings.CutSuffix(word, i.ending)
		if !ok || utf8.RuneCountInString(base) < minStem {
			continue
		}
		if v, ok := r.lookup(base); ok && v.Class()&i.class != 0 {
			return base
		}
	}
	return ""
}

// lastIndex is strings.LastIndex, for a few bytes twice as fast.
func lastIndex(s, sub string) int {
	for i := len(s) - len(sub); i >= 0; i-- {
		if s[i] == sub[0] && s[i:i+len(sub)] == sub {
			return i
		}
	}
	return -1
}

// derivations are suffixes that make words, with the endings of inflection behind them.
var derivations = func() (all []derivation) {
	nouns := set(`en ens er ers erne ernes et ets s n ns r rs rne rnes`)
	adjectives := set(`t e es ts ere eres est este estes s`)
	nouns[""], adjectives[""] = true, true
	for _, s := range strings.Fields("hed else ning skab") {
		all = append(all, derivation{s, nouns})
	}
	for _, s := range strings.Fields("agtig lig ig isk som bar løs") {
		all = append(all, derivation{s, adjectives})
	}
	return all
}()

// maxEnding is the length in bytes of the longest ending behind a derivation: "ernes".
const maxEnding = 5

type derivation struct {
	suffix  string
	endings map[string]bool
}

// stem is the Snowball stem.
func (r *reader) stem(word string) string {
	r.snowball.SetCurrent(word)
	snowdanish.Stem(r.snowball)
	return r.snowball.Current()
}
