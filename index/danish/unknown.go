package danish

import (
	"strings"
	"unicode/utf8"

	snowdanish "github.com/blevesearch/snowballstem/danish"

	"smaabornsviden/index/danish/compound"
)

// inflections are the endings that an unknown word may have beside a dictionary form that the lexicon knows, and
// the class that form must have; short ones first, so that the longest dictionary form is found.
var inflections = []struct {
	ending string
	class  compound.Class
}{
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

// minStem is the length in letters that an ending must leave.
const minStem = 4

// unknown gives the dictionary form of a word that is in no lexicon and no compound: a known word without an
// ending, the noun on -hed, or else the Snowball stem.
func (r *reader) unknown(word string) string {
	for _, i := range inflections {
		base, ok := strings.CutSuffix(word, i.ending)
		if !ok || utf8.RuneCountInString(base) < minStem {
			continue
		}
		if v, ok := r.lookup(base); ok && v.Class()&i.class != 0 {
			return base
		}
	}
	// Snowball would make adjectives of these: "skalerbarheden" is no form of "skalerbar".
	if i := strings.LastIndex(word, "hed"); i >= minStem && hedEndings[word[i:]] {
		return word[:i+len("hed")]
	}
	return r.stem(word)
}

var hedEndings = set(`hed hedens heden heds heder hederne hedernes heders`)

// stem is the Snowball stem.
func (r *reader) stem(word string) string {
	r.snowball.SetCurrent(word)
	snowdanish.Stem(r.snowball)
	return r.snowball.Current()
}
