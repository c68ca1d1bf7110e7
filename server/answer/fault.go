package answer

import (
	"net/url"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/tongue"
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
	Reversed   FaultKind = "reversed"     // from lies after to
	NoOverlap  FaultKind = "no-overlap"   // years in the text that share no day with the dates in force
	NotAName   FaultKind = "not-a-name"   // an author in the text without a letter, or with an asterisk
	NotAnID    FaultKind = "not-an-id"    // names no document
	TooMany    FaultKind = "too-many"     // more values than Limit
	NotACursor FaultKind = "not-a-cursor" // not one of ours, of another question, or beside a page
)

// Fault is a parameter that could not be used.
type Fault struct {
	Kind  FaultKind
	Param string
	Value string
	Limit int // with TooHigh and TooMany: the highest number allowed
	// Instead is, with Unknown, what the parameter is called here; empty where there is none of the kind.
	Instead string
	// Field is the field of a condition in the text, with Param q; Value is the condition as it stands there.
	Field string
	At    int // with Field: the character at which the condition begins, counted from 1
}

// visitMarks are parameters that newsletters and other sites hang on the links they lead readers with.
var visitMarks = []string{"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "mkt_tok", "ref"}

// Harmless reports whether the parameter means nothing to a search, so that leaving it out needs no word.
func (f Fault) Harmless() bool {
	return f.Kind == Unknown && (strings.HasPrefix(f.Param, "utm_") || slices.Contains(visitMarks, f.Param))
}

// Only reports the parameters that are not among those allowed, and those that stand twice. The error is
// query.ErrCPR when any parameter looks like a CPR number.
func Only(values url.Values, allowed ...string) ([]Fault, error) {
	p := parser{values: values}
	if p.holdsCPR() {
		return nil, query.ErrCPR
	}
	for _, name := range allowed {
		p.one(name)
	}
	p.unknown(Params{none: true, Others: allowed})
	return p.faults, nil
}

// Hint tells a reader what to write instead. It does not repeat the value.
func (f Fault) Hint(t tongue.Tongue) string {
	switch f.Kind {
	case Unknown:
		if f.Instead != "" {
			return t.Say("%q hedder %q her.", f.Param, f.Instead)
		}
		return t.Say("%q findes ikke.", f.Param)
	case Repeated:
		return t.Say("%q må kun stå én gang.", f.Param)
	case NotADate:
		if f.Field != "" {
			return t.Say("Skriv fx år:2020 eller år:2020-2024.")
		}
		return t.Say("Skriv fx 2020, 2020-05 eller 2020-05-17.")
	case NotANumber:
		return t.Say("%q skal være et helt tal fra 1.", f.Param)
	case NotAnID:
		return t.Say("Det er ikke et dokuments id.")
	case TooMany:
		return t.Say("%q må højst stå %d gange.", f.Param, f.Limit)
	case TooHigh:
		return t.Say("%q må højst være %d.", f.Param, f.Limit)
	case Reversed:
		return t.Say("Fra-datoen ligger efter til-datoen.")
	case NotACursor:
		return t.Say("Brug next_cursor fra et tidligere svar på den samme søgning, uden page.")
	case NoOverlap:
		return t.Say("Årene ligger uden for de andre datoer i søgningen.")
	case NotAName:
		return t.Say(`Skriv hele ord af navnet, fx forfatter:Jensen eller forfatter:"Anne Jensen".`)
	case NotAChoice:
		if f.Field != "" {
			return t.Say("Vælg mellem: %s.", labelList(t, f.Field))
		}
		return t.Say("Vælg mellem: %s.", t.Say(choiceList(f.Param)))
	}
	return ""
}

// labelList names the choices as a reader sees them and may type them in the text; parameters are told by choiceList.
func labelList(t tongue.Tongue, field string) string {
	choices := index.Choices(field)
	if len(choices) == 0 || field == index.FacetYear {
		return t.Say(choiceList(field))
	}
	var labels []string
	for _, c := range choices {
		labels = append(labels, t.Say(c.Label))
	}
	return strings.Join(labels, ", ")
}

func choiceList(param string) string {
	choices := index.Choices(param)
	switch param {
	case "sort":
		choices = Sorts
	case "lang":
		return "da, en"
	case Widening:
		return "ja, nej, eller minus foran noget fra understood.added, fx -synonym:opstart"
	case "format":
		return "ris, bibtex, csl, csv, csv-da, jsonl; for en protokol json, txt, csv"
	case index.FacetYear:
		return "årstal som 2023"
	case index.FacetSource:
		return "de kilder, der står under /kilder"
	case index.FacetTopic:
		return "de emner, der står under /emner"
	}
	var list []string
	for _, c := range choices {
		list = append(list, spelt(c))
	}
	return strings.Join(list, ", ")
}

// spelt is a value as an address may name it: by its slug, or by its label where that is more than the slug in other letters.
func spelt(c index.Choice) string {
	if strings.EqualFold(c.Slug, c.Label) {
		return c.Slug
	}
	return c.Slug + " (" + c.Label + ")"
}
