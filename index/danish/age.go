package danish

import "strings"

// numberNames are the numbers that writers spell out, for ages and counts.
var numberNames = map[string]string{
	"et": "1", "en": "1", "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "syv": "7", "otte": "8", "ni": "9",
	"ti": "10", "elleve": "11", "tolv": "12", "tretten": "13", "fjorten": "14", "femten": "15", "seksten": "16",
	"sytten": "17", "atten": "18",
}

// numberWords are the further dictionary forms of number words, so that they meet the digits. "En" and "et"
// are articles first and stay out.
var numberWords = map[string][]string{
	"to": {"2"}, "tre": {"3"}, "fire": {"4"}, "fem": {"5"}, "seks": {"6"}, "syv": {"7"}, "otte": {"8"}, "ni": {"9"}, "ti": {"10"},
	"elleve": {"11"}, "tolv": {"12"}, "tusind": {"1000"}, "tusinde": {"tusind", "1000"},
}

// ageWord recognises words for an age: "3-årige", "0-6-årig", "6årigt", "treårige", "to-treårig". It returns the age with
// digits, "3-årig" or "0-6-årig", and the offset at which "årig" begins.
func ageWord(exact string) (age string, bound int, ok bool) {
	bound = strings.LastIndex(exact, "årig")
	if bound <= 0 || !ageEndings[exact[bound:]] {
		return "", 0, false
	}
	number, ok := digitsOf(strings.TrimSuffix(exact[:bound], "-"))
	return number + "-årig", bound, ok
}

var ageEndings = set(`årig årige åriges årigs årigt`)

// digitsOf writes a number or a span of numbers with digits: "to-tre" is 2-3.
func digitsOf(s string) (string, bool) {
	pieces := strings.Split(s, "-")
	for i, p := range pieces {
		name, spelt := numberNames[p]
		if spelt {
			pieces[i] = name
		} else if p == "" || digits(p, 0) != len(p) {
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

// ageSpan reports whether a word is a span of ages if "år" follows, as in "0-6 år".
func ageSpan(exact string) bool {
	from, to, found := strings.Cut(exact, "-")
	return found && shortNumber(from) && shortNumber(to)
}

func shortNumber(s string) bool { return s != "" && len(s) <= 2 && digits(s, 0) == len(s) }
