package page

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// ageWords writes the age of the children a document is about: in years where the span is of whole years, else in
// months; nothing when no age is given.
func ageWords(t tongue.Tongue, a index.AgeSpan) string {
	if !a.Known || a.From > a.To {
		return ""
	}
	words := ""
	switch {
	case a.From < 0 && a.To <= 0:
		words = t.Say("Før fødslen")
	case a.From < 0 && a.To == 11: // "til 0 år" would say the opposite
		words = t.Say("Før fødslen og det første år")
	case a.From < 0:
		words = t.Say("Før fødslen til %s", upTo(t, a.To))
	case a.From%12 == 0 && (a.To+1)%12 == 0:
		words = t.Say("%s år", between(a.From/12, a.To/12))
	default:
		words = t.Say("%s måneder", between(a.From, a.To))
	}
	switch {
	case a.Certain:
		return words
	case a.From < 0: // words that begin as a sentence does
		first, size := utf8.DecodeRuneInString(words)
		return t.Say("Formentlig %s", string(unicode.ToLower(first))+words[size:])
	}
	return t.Say("ca. %s", words)
}

func between(from, to int) string {
	if from == to {
		return strconv.Itoa(from)
	}
	return strconv.Itoa(from) + "-" + strconv.Itoa(to)
}

func upTo(t tongue.Tongue, months int) string {
	if (months+1)%12 == 0 {
		return t.Say("%s år", strconv.Itoa(months/12))
	}
	return t.Counted(months, "måned", "måneder")
}
