package cite

import (
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// dateIn writes as much of a date as is known, as references do in a language: 8. april 2024 and 2024, April 8.
func dateIn(t tongue.Tongue, d index.Date) string {
	switch {
	case d.IsZero() && t == tongue.English:
		return "n.d."
	case d.IsZero():
		return "u.å."
	case t != tongue.English || d.Precision == index.Year:
		return t.Date(d)
	case d.Precision == index.Month:
		return d.Time.Format("2006, January")
	}
	return d.Time.Format("2006, January 2")
}

// retrieved says when a page was read, up to its address.
func retrieved(t tongue.Tongue, at time.Time) string {
	if t == tongue.English {
		return "Retrieved " + at.Format("January 2, 2006") + ", from"
	}
	return "Hentet " + t.Day(at) + " fra"
}

// andOthers stands behind the names of a reference whose source leaves some out.
func andOthers(t tongue.Tongue) string {
	if t == tongue.English {
		return ", et al."
	}
	return " m.fl."
}

func titleIn(t tongue.Tongue, d index.Document) string {
	if plain(d.Title) == "" {
		return t.Say("Uden titel")
	}
	return title(d)
}

// editionIn writes "3. udgave" as "3rd ed." in English; an edition of other words stays as the source has it.
func editionIn(t tongue.Tongue, edition string) string {
	number, ok := strings.CutSuffix(edition, ". udgave")
	n, err := strconv.Atoi(number)
	if t != tongue.English || !ok || err != nil {
		return edition
	}
	return ordinal(n) + " ed."
}

func ordinal(n int) string {
	ending := "th"
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		ending = "st"
	case n%10 == 2:
		ending = "nd"
	case n%10 == 3:
		ending = "rd"
	}
	return strconv.Itoa(n) + ending
}
