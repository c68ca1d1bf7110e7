package page

import (
	"cmp"
	"io"
	"net/url"
	"slices"

	"smaabornsviden/server/answer"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/tongue"
)

// ProtocolPath is where protocols of searches are made, and below it read.
const ProtocolPath = "/protokol"

// formView is a form of hidden fields with one button.
type formView struct {
	Action, Button, Hint string
	Fields               []linkView // name as Text, value as Href
}

// protocolForm keeps the search that a reader sees.
func protocolForm(t tongue.Tongue, q answer.Question) *formView {
	return &formView{
		Action: t.Path(ProtocolPath), Button: t.Say("Gem søgeprotokol"),
		Hint:   t.Say("Til en systematisk søgning: et fast link med søgningen, kilderne og alle resultater, som kan sammenlignes senere."),
		Fields: fields(q.OnPage(1).Values(answer.PageParams)),
	}
}

func fields(values url.Values) []linkView {
	var out []linkView
	for name, all := range values {
		for _, value := range all {
			out = append(out, linkView{Text: name, Href: value})
		}
	}
	slices.SortFunc(out, func(a, b linkView) int { return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Href, b.Href)) })
	return out
}

// Protocol is the page of a protocol to be written.
type Protocol struct {
	ID      string
	Address string // whole
	Record  protocol.Record
	First   []ProtocolLine // the first documents as they are now
}

// ProtocolLine is a document of a protocol as it is now. The title is empty for one that is gone.
type ProtocolLine struct {
	protocol.Place
	Title, Source, Lang string
}

type protocolView struct {
	frame
	ID, Address  string
	Asked        string
	Made         string
	Count        string
	Sections     []protocol.Section
	Unanswered   string
	Lines        []protocolLineView
	More         string
	Again        string
	SearchNow    string
	AsText, CSV  string
	Lists        []protocolList // of a comparison
	Verdict      string
	Notes        []string
	ProtocolHref string
}

type protocolLineView struct {
	Place, ID, Title, Href, Source, Lang string
	Gone                                 string // where it is told what became of a document that is not here any more
	Cause                                string // who changed it
}

type protocolList struct {
	Heading string
	Lines   []protocolLineView
	More    string
}

// Protocol writes the page of a protocol.
func (p *Pages) Protocol(w io.Writer, pr Protocol) error {
	t := p.in
	v := p.protocolView(pr.ID, pr.Record)
	v.Title = titled(t.Say("Søgeprotokol: %s", v.Asked))
	v.Address = pr.Address
	v.JSON = "/api/v1/protocol/" + pr.ID
	v.AsText, v.CSV = v.JSON+"?format=txt", v.JSON+"?format=csv"
	v.Sections = protocol.Report(pr.Record, t)
	v.Unanswered = t.Say("Punkterne %s i PRISMA-S skriver du selv.", protocol.Unanswered)
	v.Lines = p.protocolLines(pr.First)
	if more := len(pr.Record.Records) - len(pr.First); more > 0 {
		v.More = t.Say("Og %s mere i dataene.", t.Number(more))
	}
	return p.write(w, "protokol", v)
}

func (p *Pages) protocolView(id string, r protocol.Record) protocolView {
	t := p.in
	v := protocolView{frame: p.frame(""), ID: id, Asked: r.Query.Typed, Made: t.Moment(r.Made), Count: t.Counted(r.Total, "resultat", "resultater")}
	if v.Asked == "" {
		v.Asked = t.Say("ingen ord")
	}
	v.NoIndex = true
	v.Canonical = ProtocolPath + "/" + id
	v.ProtocolHref = t.Path(v.Canonical)
	v.Again = t.Path(v.Canonical + "/sammenlign")
	v.SearchNow = t.Path(SearchPath + "?" + r.Query.Params)
	return v
}

func (p *Pages) protocolLines(lines []ProtocolLine) []protocolLineView {
	var out []protocolLineView
	for _, l := range lines {
		view := protocolLineView{Place: p.in.Number(cmp.Or(l.Now, l.Before)) + ".", ID: l.ID, Title: p.in.Say("Findes ikke her mere"), Gone: p.in.Path(DocumentPath(l.ID)), Cause: causeWords(p.in, l.Cause)}
		if l.Title != "" {
			view.Title, view.Href, view.Source, view.Lang = l.Title, p.in.Path(DocumentPath(l.ID)), l.Source, foreign(p.in, l.Lang)
		}
		out = append(out, view)
	}
	return out
}

// Comparison is the page of a protocol held against a later run.
type Comparison struct {
	ID     string
	Record protocol.Record
	protocol.Comparison
	// As far as they are shown.
	New, Gone, Changed, Redescribed []ProtocolLine
}

// Comparison writes the page of a comparison.
func (p *Pages) Comparison(w io.Writer, c Comparison) error {
	t := p.in
	v := p.protocolView(c.ID, c.Record)
	v.Title = titled(t.Say("Sammenligning: %s", v.Asked))
	v.Canonical = ProtocolPath + "/" + c.ID + "/sammenlign"
	v.JSON = "/api/v1/protocol/" + c.ID + "/compare"
	v.Verdict = verdict(t, c.Comparison)
	v.Notes = comparisonNotes(t, c.Comparison)
	for _, list := range []struct {
		heading string
		lines   []ProtocolLine
		all     int
	}{
		{"Nye", c.New, len(c.Comparison.New)},
		{"Væk", c.Gone, len(c.Comparison.Gone)},
		{"Ændret indhold", c.Changed, len(c.Comparison.Changed)},
		{"Samme indhold, beskrevet på en anden måde", c.Redescribed, len(c.Comparison.Redescribed)},
	} {
		if list.all == 0 {
			continue
		}
		view := protocolList{Heading: t.Say(list.heading), Lines: p.protocolLines(list.lines)}
		if more := list.all - len(list.lines); more > 0 {
			view.More = t.Say("Og %s mere i dataene.", t.Number(more))
		}
		v.Lists = append(v.Lists, view)
	}
	return p.write(w, "sammenlign", v)
}

func verdict(t tongue.Tongue, c protocol.Comparison) string {
	if c.Same {
		return t.Say("Søgningen giver præcis det samme som dengang: de samme dokumenter i samme rækkefølge, og ingen af dem er ændret.")
	}
	return t.Say("Siden dengang: %s nye, %s væk, %s ændret.", t.Number(len(c.New)), t.Number(len(c.Gone)), t.Number(len(c.Changed)))
}

// causeWords says who changed a document.
func causeWords(t tongue.Tongue, c protocol.Cause) string {
	switch c {
	case protocol.BySource:
		return t.Say("ændret hos kilden")
	case protocol.ByReading:
		return t.Say("læst på en anden måde af os")
	case protocol.ByBoth:
		return t.Say("siden er en anden, og vi læser den på en anden måde")
	case protocol.ByUnknown:
		return t.Say("årsagen kendes ikke")
	}
	return ""
}

// changeNotes part what the sources have changed from what we have.
func changeNotes(t tongue.Tongue, c protocol.Comparison) []string {
	var notes []string
	add := func(n int, text string) {
		if n > 0 {
			notes = append(notes, t.Say(text, t.Counted(n, "dokument", "dokumenter")))
		}
	}
	by := c.ChangedBy
	add(by.Source, "%s: Kilden har ændret siden.")
	add(by.Reading, "%s: Kilden har ikke ændret siden. Det er os, der læser den på en anden måde end dengang.")
	add(by.Both, "%s: Kildens side er en anden, og vi læser den også på en anden måde. Vi kan ikke se, hvad der gjorde forskellen.")
	add(by.Unknown, "%s: Protokollen er fra før, vi gemte, om det var kilden eller os, der ændrede teksten.")
	add(len(c.Redescribed), "%s: Teksten er den samme, men vi beskriver den på en anden måde, fx med en anden type, alder eller et andet emne. Det tæller ikke som ændret.")
	return notes
}

func comparisonNotes(t tongue.Tongue, c protocol.Comparison) []string {
	notes := []string{t.Say("Dengang %s, nu %s.", t.Counted(c.TotalBefore, "resultat", "resultater"), t.Number(c.Total))}
	notes = append(notes, changeNotes(t, c)...)
	if c.Moved > 0 {
		notes = append(notes, t.Say("%s har skiftet plads i rækkefølgen.", t.Number(c.Moved)))
	}
	switch c.ReadOtherwise {
	case protocol.OtherSoftware:
		notes = append(notes, t.Say("Søgningen bliver læst på en anden måde end dengang: ordlisten eller programmet er et andet."))
	case protocol.OtherCollection:
		notes = append(notes, t.Say("Søgningen bliver læst på en anden måde end dengang: samlingen er en anden, og stavefejl og antallet af ord, der skal være med, afgøres efter den."))
	case protocol.OtherUnknown: // nothing is claimed
	}
	if !c.Whole {
		notes = append(notes, t.Say("Der er flere resultater, end en protokol nævner, så sammenligningen dækker kun de første."))
	}
	return notes
}
