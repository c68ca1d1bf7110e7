package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// stampWords are all the words that the line of times under a heading may have, beside months and numbers.
var stampWords = wordSet(`publiceret udgivet offentliggjort oprettet opdateret sidst senest redigeret ændret kl den d for siden time timer minut minutter min dag dage
	uge uger måned måneder i går dag læsetid læsning kommentar kommentarer og af t s
	mandag tirsdag onsdag torsdag fredag lørdag søndag man tir ons tor fre lør søn
	published posted updated created modified last first on at ago an a hour hours minute minutes mins hr hrs day days week weeks month months yesterday today
	am pm est edt et cst cdt pst pdt gmt utc cet cest bst ist read comment comments and
	monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	january february march april may june july august september october november december oct dec sept aug`)

// stampTelling are those of which a line of times has one at least: a row of figures or a year alone is something else.
var stampTelling = wordSet(`publiceret udgivet offentliggjort oprettet opdateret redigeret ændret siden læsetid published posted updated created modified ago`)

// glued parts words that a page shows apart by style alone: "ESTUpdated", "2019Updated".
var glued = regexp.MustCompile(`([A-ZÆØÅ0-9])([A-ZÆØÅ][a-zæøå])|([a-zæøå0-9])([A-ZÆØÅ])`)

// isStamp reports whether a line only says when a page was published and changed.
func isStamp(text string) bool {
	if len(text) > 120 || !strings.ContainsAny(text, "0123456789") && !strings.Contains(text, "ago") && !strings.Contains(text, "siden") {
		return false
	}
	telling := false
	for word := range strings.FieldsFuncSeq(glued.ReplaceAllString(text, "$1$3 $2$4"), func(r rune) bool { return !unicode.IsLetter(r) }) {
		word = strings.ToLower(word)
		if !stampWords[word] && !isMonth(word) {
			return false
		}
		telling = telling || stampTelling[word]
	}
	return telling
}

// creditLine ends or makes up the line under a picture: who took it.
var creditLine = regexp.MustCompile(`(?i)(?:^|[\s(|/.])(?:foto|photo|photos|billede|credit|file photo|fotograf|arkivfoto|privatfoto)\s?(?:credit|courtesy)?\s?[:/]\s?\S.{0,60}$|\b(?:getty images|ritzau|scanpix|shutterstock|istock|colourbox|unsplash|ap photo)\b.{0,25}$`)

// isCaption reports whether a line stands under a picture and credits it. Without a credit, a caption is text.
func isCaption(text string) bool {
	return len(text) <= 400 && containsOne(text, creditMarks) && creditLine.MatchString(text)
}

// creditMarks are pieces of the words that creditLine looks for; looking for them first spares nearly all lines the expression.
var creditMarks = []string{"oto", "OTO", "redit", "REDIT", "illede", "BILLEDE", "etty", "itzau", "canpix", "hutterstock", "stock", "olourbox", "nsplash"}

func containsOne(text string, pieces []string) bool {
	for _, p := range pieces {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
