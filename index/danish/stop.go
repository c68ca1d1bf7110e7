package danish

import "strings"

// stopDanish are the function words of Danish: articles, pronouns, prepositions, conjunctions, auxiliaries and
// the commonest abbreviations. They stay in every field with positions, so that phrases keep them.
var stopDanish = set(`
	ad af alle alt altså at bare begge blandt blev blevet blive bliver bl.a burde bør ca da de dem den denne der
	deres derfor det dette dig din dine disse dit dog du d.v.s dvs efter eks eller en end endnu er et f.eks fik for
	fordi fra fx få får før gennem gør ham han hans har havde have hende hendes her hos hun hvad hvem hver hvilke
	hvilken hvilket hvis hvor hvordan hvorfor hvornår i igen ikke ind ingen ja jeg jer jeres jo kan kom kun kunne
	man med meget mellem men mens mere mig min mine mit mod m.fl m.m m.v mv må måske ned nej nogen noget nogle nok
	nu når nær og også om op os osv over o.a o.l på samt selv sig sin sine sit skal skulle som sådan så til ud uden
	under var ved vi vil ville vor være været vores`)

// stopShapes are the shapes of them.
var stopShapes = shapesOf(stopDanish)

// stopEnglish are the function words of English.
var stopEnglish = set(`
	a about after all also am an and any are as at be because been before being between both but by can could did
	do does doing during each few for from further had has have having he her here hers him his how i if in into is
	it its itself just me more most my no nor not of off on once only or other our ours out over own same she should
	so some such than that the their theirs them then there these they this those through to too under until up very
	was we were what when where which while who whom why will with would you your yours`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// shapes are the lengths in bytes of words by their first bytes. Most words have no shape that a short list of words has, and a
// look at it takes a tenth of the time that a map does.
type shapes [256]uint32

func shapesOf[V any](words map[string]V) *shapes {
	s := &shapes{}
	for w := range words {
		if w != "" {
			s[w[0]] |= 1 << min(len(w), 31)
		}
	}
	return s
}

// begins reports whether a word of the list may begin as another word does.
func (s *shapes) begins(word string) bool { return word != "" && s[word[0]] != 0 }

// has reports whether a word may be in the list.
func (s *shapes) has(word string) bool { return word != "" && s[word[0]]>>min(len(word), 31)&1 == 1 }
