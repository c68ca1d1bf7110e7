package compound

import "strings"

// Particle reports whether a first part makes the whole word no compound: "ind" in "indsats". The list also
// has the scraps of one and two letters that look like words but hardly ever begin a compound.
func Particle(part string) bool {
	return particles.has(part) || particles.has(strings.TrimSuffix(part, "s")) && len(part) > 3
}

// BeginsAsParticle reports whether the first two bytes of a word are those of a particle, which spares most words to be asked
// for particles of every length.
func BeginsAsParticle(word string) bool {
	return len(word) >= 2 && particleStarts[word[0]]>>(word[1]%32)&1 == 1
}

// particleStarts are the second bytes of particles by their first ones, in 32 classes.
var particleStarts = func() (starts [256]uint32) {
	for p := range particles.words {
		if len(p) >= 2 {
			starts[p[0]] |= 1 << (p[1] % 32)
		}
	}
	return starts
}()

// Ending reports whether a string looks like a head but is an ending: "hed" in "frihed".
func Ending(part string) bool { return endings.has(part) }

// derived reports whether a last part makes the whole word a derivation and no compound: "skab" in "venskab", "graf" in
// "fotograf". Unlike an ending it may win, so that no worse reading takes its place.
func derived(first, last string) bool {
	return derivations.has(last) || learned.has(last) && combining.has(first)
}

// places are particles that tell a place and are parts of nouns: "udeliv", "indeklima"; with verbs they are none:
// "udeblive", "indebære".
var places = words(`ude inde`)

// Place reports whether a first part is a particle that tells a place.
func Place(part string) bool { return places.has(part) }

// shortHeads are the words of two letters that end compounds.
var shortHeads = words(`by ro ur år æg øl ål`)

// opening returns the length in bytes of the particle of three letters or more that a word begins with, or the length
// of the word. A longer piece that no lexicon has is a derivation ("overbevis"), not the name or foreign word that
// an unknown first part should be.
func opening(word []byte) int {
	for n := 3; n < len(word) && n <= len("gennem"); n++ {
		if particles.has(string(word[:n])) {
			return n
		}
	}
	return len(word)
}

var derivations = words(`skab skabe skabene skaber skaberne skabernes skabers skabet skabets skabs ledes vis`)

// learned are last parts that make learned words after one of combining, and compounds after others: "søjlegraf".
var (
	learned = words(`fon fysik fysisk gen graf grafi grafisk gram log logi logisk meter metri metrisk skop skopi skopisk
		terapeut terapi`)
	combining = words(`auto bio centi deci dia epi ergo etno filo foto fysio geo histo holo horo hydro ideo kilo logo mega meta mikro milli
		musiko neuro para patho peri psyko socio stereo tekno tele teo termo tri typo video zoo øko`)
)

var particles = words(`
	af an bag be bi bort efter for fore frem gen gennem hen her hos ind inde med mis mod ned nede om op oppe over på
	inden neden oven sam sammen til tilbage u ud ude uden und under ved vel videre
	de dis eks ex forud hypo inter kon per pre pro præ tilstede trans
	a ab ad ar as at d di do e ed ek en er es et ge i in is ka ko la le mel ne no o re s sa si so t te ti to vi y æ
	ø å`)

var endings = words(`
	hed heden hedens heder hederne hedernes heders heds lig lige lighed ligheden ligt
	agtig ant bar bare bart dom eau else elsen elser ende ene ens erne et ed en er es
	eri eriet fer ig iger ik inde ion ioner is isme ismen ist isten ister kab
	ler ling linge san slig slige sligt som tein tion tive varende ære`)

// wordList is a short list of words. Most strings have a length and a first byte that no word of it has, and a look at these takes a
// tenth of the time that a map does.
type wordList struct {
	words   map[string]bool
	lengths [256]uint32 // by first byte, as bits
}

func words(list string) *wordList {
	l := &wordList{words: map[string]bool{}}
	for _, w := range strings.Fields(list) {
		l.words[w] = true
		l.lengths[w[0]] |= 1 << min(len(w), 31)
	}
	return l
}

func (l *wordList) has(word string) bool {
	return word != "" && l.lengths[word[0]]>>min(len(word), 31)&1 == 1 && l.words[word]
}
