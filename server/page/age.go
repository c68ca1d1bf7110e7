package page

import (
	"strconv"

	"smaabornsviden/index"
)

// ageWords writes the age of the children a document is about: in years where the span is of whole years, else in
// months; nothing when no age is given.
func ageWords(a index.AgeSpan) string {
	if !a.Known || a.From > a.To {
		return ""
	}
	words := ""
	switch {
	case a.From < 0 && a.To <= 0:
		words = "Før fødslen"
	case a.From < 0:
		words = "Før fødslen til " + upTo(a.To)
	case a.From%12 == 0 && (a.To+1)%12 == 0:
		words = between(a.From/12, a.To/12) + " år"
	default:
		words = between(a.From, a.To) + " måneder"
	}
	if !a.Certain && a.From >= 0 {
		return "ca. " + words
	}
	return words
}

func between(from, to int) string {
	if from == to {
		return strconv.Itoa(from)
	}
	return strconv.Itoa(from) + "-" + strconv.Itoa(to)
}

func upTo(months int) string {
	if (months+1)%12 == 0 {
		return strconv.Itoa(months/12) + " år"
	}
	return counted(months, "måned", "måneder")
}
