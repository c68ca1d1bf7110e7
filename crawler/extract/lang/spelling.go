package lang

import (
	"slices"
	"strings"
)

// Danish and bokmål share whole sentences, and the table tells short ones apart by chance. Up to closeWords words, and where the two lie
// within closeMargin of each other, words decide that only one of them spells so.
const (
	closeWords  = 40
	closeMargin = 60
)

var (
	danishOnly = set(`af findes finde fundet nogle nogen noget meget efter bliver blive blev uge uger ugers bog bøger bogen sprog sproget leg legede tryk
		interview viden ude uden mad maden gade vide børn børnene børns forældre forældrene hvad syg sygt sygdom hjælp hjælpe mig dig sig jer jeres
		hedder nu dagtilbud nyt køn søge søg søger bruge bruges brug læse læser læs
		pædagog pædagogen pædagoger pædagogisk pædagogiske vuggestue vuggestuen dagpleje dagplejen børnehave børnehaven undersøgelse undersøgelsen uddannelse arbejde arbejder
		mellem imellem fælles vej veje opgave opgaver foråret tilmelding kommunerne netop måde måder ret skov skoven haven`)
	bokmalOnly = set(`av finnes finne funnet noen noe mye etter blir bli uke uker bok bøker språk språket lek leke leker leken trykk intervju viten ute uten mat maten gate vite
		barna barnas foreldre foreldrene hva syk sykt sykdom hjelp hjelpe meg deg seg dere heter opp
		søke søk søker bruker lese leser les barnehage barnehagen barnehager barnehagene undersøkelse undersøkelsen utdanning arbeid arbeider mellom felles
		liten sju fram vei veier oppgave oppgaver lastes viktig viktige viktigste skog skogen hagen`)
)

// spellings counts the words of a text that only Danish and only bokmål spell so.
func spellings(text string) (danish, bokmal int) {
	for _, word := range words(text) {
		da := danishOnly[word] || ends(word, "tion", "tionen", "tioner", "hed", "heden")
		nb := bokmalOnly[word] || ends(word, "sjon", "sjonen", "sjoner", "het", "heten")
		if da == nb {
			continue // both have it
		}
		if da {
			danish++
		} else {
			bokmal++
		}
	}
	return danish, bokmal
}

// ends reports whether a word is longer than one of some endings, and has it.
func ends(word string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(end string) bool { return len(word) > len(end)+2 && strings.HasSuffix(word, end) })
}

// DetectAs is Detect for a text whose page says in which language it is: that decides between Danish and bokmål where the text does not.
func DetectAs(text, declared string) Guess {
	g, near := detect(text)
	if !near || g.Rule == "other" {
		return g
	}
	switch danish, bokmal := spellings(text); {
	case danish > bokmal:
		g.Lang, g.Rule = "da", "spelling"
	case bokmal > danish:
		g.Lang, g.Rule = "nb", "spelling"
	case declared == "da" || declared == "nb":
		g.Lang, g.Rule = declared, "declared"
	default:
		g.Lang, g.Rule = Unknown, "unclear"
	}
	return g
}
