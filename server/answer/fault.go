package answer

import (
	"fmt"

	"smaabornsviden/index"
)

// FaultKind says what is wrong with a parameter.
type FaultKind string

// The kinds of faults.
const (
	Unknown    FaultKind = "unknown"      // there is no such parameter
	Repeated   FaultKind = "repeated"     // stands more than once and may not
	NotAChoice FaultKind = "not-a-choice" // not one of the fixed values
	NotADate   FaultKind = "not-a-date"
	NotANumber FaultKind = "not-a-number"
	TooHigh    FaultKind = "too-high"
	Reversed   FaultKind = "reversed" // from lies after to
)

// Fault is a parameter that could not be used.
type Fault struct {
	Kind  FaultKind
	Param string
	Value string
	Limit int // with TooHigh: the highest number allowed
}

// Hint tells a reader in Danish what to write instead. It does not repeat the value.
func (f Fault) Hint() string {
	switch f.Kind {
	case Unknown:
		return fmt.Sprintf("Parameteren %q findes ikke.", f.Param)
	case Repeated:
		return fmt.Sprintf("Parameteren %q må kun stå én gang.", f.Param)
	case NotADate:
		return "Skriv fx 2020, 2020-05 eller 2020-05-17."
	case NotANumber:
		return fmt.Sprintf("Parameteren %q skal være et helt tal fra 1.", f.Param)
	case TooHigh:
		return fmt.Sprintf("Parameteren %q må højst være %d.", f.Param, f.Limit)
	case Reversed:
		return "Fra-datoen ligger efter til-datoen."
	case NotAChoice:
		return "Vælg mellem: " + choiceList(f.Param) + "."
	}
	return ""
}

func choiceList(param string) string {
	choices := index.Choices(param)
	switch param {
	case "sort":
		choices = Sorts
	case index.FacetYear:
		return "årstal som 2023"
	case index.FacetTopic:
		return "de emner, der står under /emner"
	}
	list := ""
	for i, c := range choices {
		if i > 0 {
			list += ", "
		}
		list += c.Slug
	}
	return list
}
