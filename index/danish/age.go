package danish

import (
	"strconv"
	"strings"
)

// numberNames are the numbers that writers spell out, for ages and counts: those up to a hundred and a few more.
var numberNames = func() map[string]string {
	names := map[string]string{
		"nul": "0", "et": "1", "en": "1", "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "syv": "7", "otte": "8", "ni": "9",
		"ti": "10", "elleve": "11", "tolv": "12", "tretten": "13", "fjorten": "14", "femten": "15", "seksten": "16",
		"sytten": "17", "atten": "18", "nitten": "19", "hundrede": "100", "tusind": "1000", "tusinde": "1000",
		"halvanden": "1,5", "halvandet": "1,5",
	}
	ones := strings.Fields("en to tre fire fem seks syv otte ni")
	for i, ten := range strings.Fields("tyve tredive fyrre halvtreds treds halvfjerds firs halvfems") {
		tens := strconv.Itoa(i + 2)
		names[ten] = tens + "0"
		for k, one := range ones {
			names[one+"og"+ten] = tens + strconv.Itoa(k+1)
		}
	}
	return names
}()

// roundNumbers are numbers that are written in letters and in digits alike: the digits are their first dictionary form,
// so that "tusind dage" and "1.000 dage" are the same pair, too.
var roundNumbers = map[string]string{"hundrede": "100", "tusind": "1000", "tusinde": "1000"}

// units are the words for time that numbers count, with their dictionary forms: "1000 dage" and "1000-dages" are the
// same "1000-dag".
var units = map[string]string{
	"dag": "dag", "dage": "dag", "dages": "dag", "dags": "dag",
	"uge": "uge", "uger": "uge", "ugers": "uge", "uges": "uge",
	"måned": "måned", "måneder": "måned", "måneders": "måned", "måneds": "måned",
	"time": "time", "timer": "time", "timers": "time", "times": "time",
	"minut": "minut", "minutter": "minut", "minutters": "minut", "minuts": "minut",
}

// ageWord recognises words for an age: "3-årige", "0-6-årig", "6årigt", "treårige", "to-treårig". It returns the age with
// digits, "3-årig" or "0-6-årig", and the offset at which "årig" begins, -1 for words that do not end so.
func ageWord(exact string) (age string, bound int, ok bool) {
	bound = ageBound(exact)
	if bound <= 0 {
		return "", bound, false
	}
	number, ok := digitsOf(strings.TrimSuffix(exact[:bound], "-"))
	return number + "-årig", bound, ok
}

// ageBound returns where the ending of a word for an age begins, -1 for other words.
func ageBound(exact string) int {
	for end := len(exact); end > len(exact)-3 && end >= len("årig"); end-- {
		if exact[end-1] != 'g' || !strings.HasSuffix(exact[:end], "årig") {
			continue
		}
		switch exact[end:] {
		case "", "e", "es", "s", "t":
			return end - len("årig")
		}
	}
	return -1
}

// digitsOf writes a number or a span of numbers with digits: "to-tre" is 2-3.
func digitsOf(s string) (string, bool) {
	pieces := strings.Split(s, "-")
	for i, p := range pieces {
		name, spelt := numberNames[plain(p)]
		if spelt {
			pieces[i] = name
		} else if !decimal(p) {
			return "", false
		}
	}
	return strings.Join(pieces, "-"), true
}

// ageParts are the parts of a word for an age: its number, and "årig", which also counts as "år".
func (r *reader) ageParts(exact string, bound int) []Part {
	number := strings.TrimSuffix(exact[:bound], "-")
	first := Part{Text: number, Lemma: number, Start: 0, End: len(number), Level: 1}
	if n, ok := digitsOf(number); ok && n != number {
		first.Alt = []string{n}
	}
	return []Part{first, {Text: exact[bound:], Lemma: "årig", Alt: []string{"år"}, Start: bound, End: len(exact), Level: 1}}
}

// decimal reports whether a string is a number, with decimals or without.
func decimal(s string) bool {
	n := digits(s, 0)
	if n > 0 && n < len(s)-1 && s[n] == ',' {
		n = digits(s, n+1)
	}
	return n > 0 && n == len(s)
}

// numberOf writes a word that is a number, or a span of two, with digits; it is empty for any other word.
func numberOf(exact string) string {
	if strings.Count(exact, "-") > 1 {
		return ""
	}
	number, _ := digitsOf(exact)
	return number
}

// numberShapes are the shapes of number words.
var numberShapes = shapesOf(numberNames)

// article reports whether a word is one more often than a number.
func article(word string) bool { return word == "en" || word == "et" }

// numberNamed is numberOf for a word of letters that is no article.
func numberNamed(word string) string {
	if !numberShapes.has(word) || article(word) || len(word) >= minTens && !mayBeTens(word) {
		return ""
	}
	return numberNames[word]
}

// minTens is the length in bytes of the shortest of "toogtyve" and the like.
const minTens = 8

// mayBeTens reports whether a word of at least that length may be a number: it has "og" behind one of the ones, or begins as "hundrede" and
// "halvtreds" do. Half of all words have the shape of some number.
func mayBeTens(word string) bool {
	return word[2:4] == "og" || word[3:5] == "og" || word[4:6] == "og" || word[0] == 'h'
}

// age reports whether a number or span can be an age in years.
func age(number string) bool {
	from, to, _ := strings.Cut(number, "-")
	return len(from) <= 3 && len(to) <= 3 && digits(from, 0) <= 2 && digits(to, 0) <= 2
}
