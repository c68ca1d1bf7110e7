package page

import (
	"io"
	"net/url"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// WhyGone says why a document went.
type WhyGone string

// Why documents go.
const (
	GoneAtSource  WhyGone = "at-source"  // the source does not have it any more
	GoneNotWanted WhyGone = "not-wanted" // the source does not want it found
	GoneLeftOut   WhyGone = "left-out"   // it is not part of the collection any more
	GoneOnRequest WhyGone = "on-request" // somebody asked for it
)

// Gone is the page of a document that went. What must not be told of it, or is not known any more, is empty.
type Gone struct {
	At                 time.Time
	Why                WhyGone
	Source, SourceName string
	Address            string
	Title, Lang        string
	Similar            []index.Document
}

type goneView struct {
	frame
	Heading string
	Name    part // the title
	Lines   []sentence
	Address sentence
	Again   sentence // a search for the title
	Similar []similarView
}

// Gone writes the page of a document that went.
func (p *Pages) Gone(w io.Writer, g Gone) error {
	t := p.in
	heading := t.Say("Dokumentet findes ikke længere")
	v := goneView{frame: p.frame(titled(heading)), Heading: heading, Lines: goneWords(t, g)}
	v.NoIndex = true
	title := strings.Join(strings.Fields(g.Title), " ")
	if title != "" {
		v.Name = part{Text: title, Lang: foreign(t, g.Lang)}
		v.Again = say(t, "Måske findes det et andet sted. %s", link(t.Say("Søg efter titlen"), searchAddress(t, title)))
	}
	if u, err := url.Parse(g.Address); err == nil && u.Host != "" && g.Why == GoneAtSource {
		v.Address = say(t, "Det stod på %s", link(g.Address, p.link(g.Address)))
	}
	for _, d := range g.Similar {
		v.Similar = append(v.Similar, p.similar(d))
	}
	return p.write(w, "gone", v)
}

// goneWords says what became of a document, and when.
func goneWords(t tongue.Tongue, g Gone) []sentence {
	day, source := t.Day(g.At), part{Text: t.Say("kilden")}
	if g.SourceName != "" && g.Source != "" {
		source = part{Text: g.SourceName, Href: t.Path(sourcePath(g.Source)), Lang: t.Lang(g.SourceName)}
	}
	switch g.Why {
	case GoneAtSource:
		return []sentence{say(t, "Dokumentet er væk hos %s. Vi opdagede det %s, og siden har det ikke kunnet findes her.", source, day)}
	case GoneNotWanted:
		return []sentence{say(t, "Efter ønske fra %s kan dokumentet ikke findes her. Vi tog det ud %s.", source, day)}
	case GoneOnRequest:
		return []sentence{say(t, "Vi tog dokumentet ud %s, fordi nogen bad om det.", day)}
	}
	return []sentence{say(t, "Dokumentet hører ikke længere til det, vi søger i. Vi tog det ud %s.", day)}
}

// searchAddress is where a text is searched for.
func searchAddress(t tongue.Tongue, text string) string {
	return address(t, answer.Question{Text: text, Page: 1, Size: answer.PageSize})
}
