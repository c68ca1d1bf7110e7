package danish

import (
	"slices"
	"strings"
)

// placeNames are the names of municipalities, towns, islands and parts of the country that are written in several ways, with Danish
// letters or without, and those that the lexicon does not have. Names that are common words ("Vejen", "Odder") are not among them.
const placeNames = `
	aabenraa aabybro aalborg aalestrup aarhus aarup allerød asnæs avedøre bagsværd birkerød bjæverskov broager brædstrup brøndby brøndbyerne brøndbyvester
	brøndbyøster brønderslev brønshøj brørup christiansø dragør espergærde faaborg fanø farsø frederiksværk fuglebjerg furesø færøerne glumsø grenaa
	græsted grønland gråsten gundsømagle haarby halsnæs hammershøj hellebæk helsingør herfølge hillerød hjordkær hjørring holbæk hornbæk hornslet humlebæk
	hundige høje-taastrup højby højslev hørning hørsholm ishøj jægerspris kibæk kokkedal korsør kvistgård københavn køge langå lillebælt læsø løgstrup løgstør løgten
	løgumkloster løkken midtfyn midtsjælland morsø munkebo møldrup mårslet nexø nivå norddjurs nordfyn nordsjælland nykøbing næsby næstved nødebo
	nørrebro nørresundby oksbøl præstø rebild ringkøbing rudkøbing ryomgård rødby rødbyhavn rødding rødekro rødkærsbro rødovre rønne rønnede sakskøbing
	samsø sjælland skælskør skærbæk skævinge skørping smørum smørumnedre solbjerg solrød sorø stenløse storebælt storkøbenhavn strøby støvring svejbæk
	syddanmark syddjurs sydfyn sydjylland sydsjælland sæby søborg søften søllested sønderborg sønderjylland søndersø sørup taastrup thyborøn tølløse
	tønder tørring tårnby vallensbæk vestfyn vesthimmerland vestjylland vestsjælland videbæk værløse ærø ærøskøbing ølgod ølsted ølstykke
	øresund ørsted østbirk østerbro østfyn østjylland østsjælland åbyhøj ålsgårde årslev taarbæk`

// places are the names by every spelling of them, with the s of the genitive and without: Kobenhavn, Koebenhavn and Københavns are
// København, Arhus and Århus are Aarhus.
var places = func() map[string]string {
	all := map[string]string{}
	for _, name := range strings.Fields(placeNames) {
		for _, s := range spellings(strings.ReplaceAll(name, "aa", "å")) {
			all[s] = name
			if !strings.HasSuffix(s, "s") {
				all[s+"s"] = name
			}
		}
	}
	return all
}()

// bareLetters are what writers put for the Danish letters.
var bareLetters = map[rune][]string{'æ': {"æ", "ae", "a"}, 'ø': {"ø", "oe", "o"}, 'å': {"å", "aa", "a"}}

// spellings are all the ways to write a name.
func spellings(name string) []string {
	all := []string{""}
	for _, c := range name {
		letters, ok := bareLetters[c]
		if !ok {
			letters = []string{string(c)}
		}
		var longer []string
		for _, before := range all {
			for _, l := range letters {
				longer = append(longer, before+l)
			}
		}
		all = longer
	}
	return all
}

// namedAlike are common words that are spelt like a place without Danish letters: with a capital, or before "Kommune", the place may be meant.
var namedAlike = set(`koge koges lokken asnas`)

// namedShapes are the shapes of them.
var namedShapes = shapesOf(namedAlike)

// placeLemmas are the dictionary forms of a place: its name, and with å where that is written aa.
func (r *reader) placeLemmas(name string) []string {
	lemmas := append(r.list(2), name)
	if strings.Contains(name, "aa") {
		lemmas = append(lemmas, strings.ReplaceAll(name, "aa", "å"))
	}
	return lemmas
}

// alsoPlace adds the place to the dictionary forms of a name: before them where it is that place, so that "Århus Kommune" and "Aarhus
// Kommune" are the same pair, and behind them where it may be another name ("Fano").
func (r *reader) alsoPlace(lemmas []string, name string) []string {
	forms := r.placeLemmas(name)
	if slices.Contains(forms, lemmas[0]) {
		return appendNew(forms, lemmas...)
	}
	return appendNew(lemmas, forms...)
}

// named makes the reading of a word that may be a place as well.
func (r *reader) named(w *word) {
	c := r.word()
	*c = *w
	c.lemmas = appendNew(append(r.list(len(w.lemmas)+2), w.lemmas...), r.placeLemmas(places[plain(w.exact)])...)
	w.named = c
}

// atPlace is the word as a place where it is written as one: with a capital.
func atPlace(w *word, surface string) *word {
	if w.named != nil && surface[0] >= 'A' && surface[0] <= 'Z' {
		return w.named
	}
	return w
}

// ofPlace reads the word before "Kommune" as a place.
func ofPlace(readings []reading) {
	last := len(readings) - 1
	if last > 0 && readings[last-1].word.named != nil && readings[last].word.lemmas[0] == "kommune" {
		readings[last-1].word = readings[last-1].word.named
	}
}

// placesIn writes the places in a word with hyphens as they are in the lexicon, with å: "Ringkobing-Skjern", "Lyngby-Taarbæk". The
// word is returned as it is when there is none.
func placesIn(bare string) string {
	if name := places[bare]; name != "" {
		return strings.ReplaceAll(name, "aa", "å")
	}
	pieces := strings.Split(bare, "-")
	found := false
	for i, p := range pieces {
		if name := places[p]; name != "" {
			pieces[i], found = strings.ReplaceAll(name, "aa", "å"), true
		}
	}
	if !found {
		return bare
	}
	return strings.Join(pieces, "-")
}
