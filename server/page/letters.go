package page

import (
	"io"

	"smaabornsviden/server/inbox"
	"smaabornsviden/server/tongue"
)

// LetterForm is a form for a letter to the operator, empty or as it came back.
type LetterForm struct {
	Letter inbox.Letter
	Faults map[string]inbox.Fault // by field; empty for a form that nobody filled in yet
	// Problem is why a form that was filled in right was not taken.
	Problem LetterProblem
	Receipt *inbox.Letter // the letter whose number was asked for
	Unknown bool          // a number was asked for that no letter has
	Closed  bool          // this site takes no letters; Contact says where to write
	Contact string
}

// LetterProblem is why a letter was not taken though its fields were right.
type LetterProblem string

// The problems.
const (
	FromElsewhere LetterProblem = "from-elsewhere" // another site's page sent it
	TooManyForms  LetterProblem = "too-many"
	FormTooLarge  LetterProblem = "too-large"
	NotStored     LetterProblem = "not-stored"
)

func (p LetterProblem) words() string {
	switch p {
	case FromElsewhere:
		return "Formularen blev sendt fra en anden side. Send den herfra."
	case TooManyForms:
		return "Vi har fået mange henvendelser på kort tid. Vent en time, og prøv igen."
	case FormTooLarge:
		return "Der er for meget tekst til, at vi kan tage imod det. Skriv kortere, og prøv igen."
	case NotStored:
		return "Noget gik galt hos os, og vi har ikke gemt din henvendelse. Prøv igen om lidt."
	}
	return ""
}

type letterView struct {
	frame
	Heading     string
	Removal     bool
	Closed      bool
	Contact     string
	ContactHref string
	Problem     string
	Faults      []linkView // to the fields
	Receipt     []part
	Action      string
	Address     fieldView
	Name        fieldView
	Words       fieldView
	Mail        fieldView
	Roles       []choiceView
	RoleFault   string
}

type fieldView struct {
	Value, Fault string
	Most         int
}

type choiceView struct {
	Value, Label string
	Chosen       bool
}

// LetterPath is where letters of a kind are written.
func LetterPath(k inbox.Kind) string { return "/" + string(k) }

// Letter writes the page on which readers write to the operator.
func (p *Pages) Letter(w io.Writer, f LetterForm) error {
	l := f.Letter
	heading := p.in.Say("Få noget fjernet")
	if l.Kind == inbox.Suggestion {
		heading = p.in.Say("Foreslå en kilde")
	}
	fault := func(name string) string { return faultWords(p.in, name, f.Faults[name]) }
	v := letterView{
		frame: p.frame(titled(heading)), Heading: heading, Removal: l.Kind == inbox.Removal,
		Closed: f.Closed, Contact: f.Contact, ContactHref: contactHref(f.Contact),
		Action:  p.in.Path(LetterPath(l.Kind)),
		Address: fieldView{l.Address, fault("adresse"), inbox.MaxAddress},
		Name:    fieldView{l.Name, fault("navn"), inbox.MaxName},
		Words:   fieldView{l.Text, fault("tekst"), inbox.MaxText},
		Mail:    fieldView{l.Contact, fault("mail"), inbox.MaxContact},
	}
	v.Canonical = LetterPath(l.Kind)
	v.RoleFault = fault("rolle")
	if f.Problem != "" {
		v.Problem = p.in.Say(f.Problem.words())
	}
	for _, r := range inbox.Roles[l.Kind] {
		v.Roles = append(v.Roles, choiceView{r.Slug, p.in.Say(r.Label), r.Slug == l.Role})
	}
	for _, name := range []string{"adresse", "navn", "rolle", "tekst", "mail"} {
		if words := fault(name); words != "" {
			v.Faults = append(v.Faults, linkView{Text: words, Href: "#" + name})
		}
	}
	if len(v.Faults) > 0 {
		v.Title = p.in.Say("Fejl: %s", v.Title) // read aloud first
	}
	v.Receipt = receipt(p.in, f)
	v.NoIndex = v.Receipt != nil || v.Problem != "" || len(v.Faults) > 0
	return p.write(w, "letter", v)
}

// receipt says where a letter stands; nil when none was asked for.
func receipt(t tongue.Tongue, f LetterForm) []part {
	lines := func(said ...string) []part {
		var all []part
		for _, text := range said {
			all = append(all, part{Text: text})
		}
		return all
	}
	switch {
	case f.Unknown:
		return lines(t.Say("Vi har ingen henvendelse med det nummer."))
	case f.Receipt == nil:
		return nil
	}
	l := f.Receipt
	number, keep := t.Say("Din henvendelse har nummer %s.", l.ID), t.Say("Gem adressen på denne side, hvis du vil se, hvad vi beslutter.")
	settled := t.Day(l.Settled)
	switch {
	case l.Open() && l.Kind == inbox.Removal:
		return lines(t.Say("Tak. Vi har modtaget din henvendelse."), number, t.Say("Vi svarer senest %s.", t.Day(l.Due())), keep)
	case l.Open():
		return lines(t.Say("Tak. Vi har modtaget dit forslag."), number, keep)
	case l.Outcome == inbox.Granted && l.Kind == inbox.Removal:
		return lines(number, t.Say("Vi afgjorde den %s: Dokumentet er fjernet herfra, og vi henter det ikke igen.", settled))
	case l.Outcome == inbox.Granted:
		return lines(number, t.Say("Vi afgjorde den %s: Vi tager kilden med.", settled))
	}
	said := lines(number, t.Say("Vi afgjorde den %s: Vi gør det ikke.", settled))
	if l.Note != "" {
		said = append(said, part{Text: t.Say("Begrundelse:")}, part{Text: l.Note, Lang: t.Lang(l.Note)})
	}
	return said
}

// faultWords tells what to do about a field.
func faultWords(t tongue.Tongue, field string, f inbox.Fault) string {
	name := t.Say(letterFields[field])
	switch f {
	case inbox.Missing:
		return t.Say("Skriv adressen på det, det drejer sig om.")
	case inbox.TooLong:
		return t.Say("%s er for lang.", name)
	case inbox.NotAddress:
		return t.Say("Skriv adressen, som den står øverst i din browser, fx https://www.eksempel.dk/side.")
	case inbox.NotMail:
		return t.Say("Skriv én mailadresse, fx navn@eksempel.dk, eller lad feltet være tomt.")
	case inbox.NotChosen:
		return t.Say("Vælg, hvem du er.")
	case inbox.CPR:
		return t.Say("%s lignede et CPR-nummer. Skriv ikke CPR-numre. Vi har ikke gemt det.", name)
	}
	return ""
}

var letterFields = map[string]string{"adresse": "Adressen", "navn": "Navnet", "tekst": "Teksten", "mail": "Mailadressen"}
