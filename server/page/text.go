package page

import (
	"io"
	"strings"
	"time"

	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Site is what the pages of text tell about who runs this and how.
type Site struct {
	Operator  string // who runs the site; empty when nobody said
	Contact   string // e-mail or address
	UserAgent string // of the crawl
	Version   string
}

// Text names a page that is mostly text.
type Text string

// The pages of text.
const (
	About   Text = "om"
	Method  Text = "om-metode"
	Robot   Text = "om-robot"
	Privacy Text = "om-privatliv"
	WAS     Text = "was"
)

func (t Text) title() string {
	switch t {
	case About:
		return "Om Småbørnsviden"
	case Method:
		return "Sådan søger vi"
	case Robot:
		return "Om vores robot"
	case Privacy:
		return "Privatliv"
	case WAS:
		return "Tilgængelighedserklæring"
	}
	return siteName
}

type textView struct {
	frame
	Heading string
	Site
	ContactHref string
}

// Text writes a page of text.
func (p *Pages) Text(w io.Writer, t Text, s Site) error {
	heading := p.in.Say(t.title())
	v := textView{frame: p.frame(titled(heading)), Heading: heading, Site: s, ContactHref: contactHref(s.Contact)}
	v.Canonical = p.path
	if t == About {
		v.frame.Title = heading
	}
	return p.write(w, string(t), v)
}

// Help is what the page of help is asked to show: how a text is read. The analysis is empty for a text that was refused.
type Help struct {
	Text     string
	Analysis query.Analysis
	Refused  bool // it looked like a CPR number
	TooLong  bool
	Longest  int // bytes that a text may have
}

type helpView struct {
	frame
	Word     string
	Longest  int
	Readings []readingView
	Added    []addedView
	Refused  bool
	TooLong  bool
}

type readingView struct {
	Word, Lemmas, StandsFor, Split, Parts string
	Stop                                  bool
}

// addedView is what the vocabulary adds, by what it is.
type addedView struct {
	Label, Text string
}

// Help writes the page of help.
func (p *Pages) Help(w io.Writer, h Help) error {
	v := helpView{frame: p.frame(titled(p.in.Say("Hjælp til at søge"))), Word: h.Text, Longest: h.Longest, Refused: h.Refused, TooLong: h.TooLong}
	v.Canonical, v.NoIndex = "/hjaelp", h.Text != ""
	for i := range h.Analysis.Tokens {
		v.Readings = append(v.Readings, p.reading(&h.Analysis.Tokens[i]))
	}
	texts := map[string][]string{}
	for _, a := range h.Analysis.Expansions {
		label := p.in.Say(widenedLabel(a.Kind, a.Lang))
		if texts[label] == nil {
			v.Added = append(v.Added, addedView{Label: label})
		}
		texts[label] = append(texts[label], a.Text)
	}
	for i := range v.Added {
		v.Added[i].Text = strings.Join(texts[v.Added[i].Label], ", ")
	}
	return p.write(w, "hjaelp", v)
}

// reading writes a word of an analysis out: its parts of every level, and the words that it stands for as a piece.
func (p *Pages) reading(t *danish.Token) readingView {
	var parts, whole []string
	for _, part := range t.Parts {
		if part.Lemma == part.Text {
			parts = append(parts, part.Text)
		} else {
			parts = append(parts, part.Text+" ("+part.Lemma+")")
		}
	}
	for _, x := range t.Expansions {
		whole = append(whole, x.Text)
	}
	return readingView{
		Word: t.Surface, Lemmas: p.in.Listed(t.Lemmas), StandsFor: p.in.Listed(whole), Split: strings.Join(t.Split, "·"),
		Parts: strings.Join(parts, ", "), Stop: t.Stop,
	}
}

// News is the page of what is new.
type News struct {
	Since   time.Time // zero when nothing is known about changes
	Changes []Change
	More    bool          // there are more changes than these
	Unread  string        // what was asked for as the day and is none
	Newest  answer.Answer // the newest documents by their own dates
}

// Change is a document that came, changed or went.
type Change struct {
	Kind          string // ny, aendret or fjernet
	ID, Title     string // ID is empty for what cannot be opened any more, Title where it may not be told
	Source        string // name
	At            time.Time
	Before, After string // the sentence that changed, where it is known
	Lang          string // of Title, Before and After; empty where it is not known
}

type newsView struct {
	frame
	Notes   []sentence
	Day     string // Since for machines
	More    string
	Since   string
	Count   string
	Changes []changeView
	Newest  []card
}

type changeView struct {
	Kind, Title, Href, Source, Day, Before, After string
	Lang                                          string // of Title, Before and After, when not that of the page
}

// News writes the page of what is new.
func (p *Pages) News(w io.Writer, n News) error {
	v := newsView{frame: p.frame(titled(p.in.Say("Nyt")))}
	v.Canonical = "/nyt"
	v.Feeds = []linkView{{Text: p.in.Say("Nyt hos Småbørnsviden"), Href: p.in.Path(feedPath)}}
	if !n.Since.IsZero() {
		v.Since, v.Day = p.in.Day(n.Since), n.Since.Format(time.DateOnly)
	}
	if n.Unread != "" {
		v.Notes = append(v.Notes, say(p.in, "Vi har ikke brugt %s. %s", em("siden: "+n.Unread), p.in.Say("Skriv en dag som 2026-11-01.")))
	}
	if n.More {
		v.More = p.in.Say("Her er de %s seneste. Vælg en senere dag, eller følg feedet.", p.in.Number(len(n.Changes)))
	}
	v.Count = changeCount(p.in, n.Changes)
	for _, c := range n.Changes {
		view := changeView{Kind: p.in.Say(changeWords(c.Kind)), Title: c.Title, Source: c.Source, Day: p.in.Day(c.At), Before: c.Before, After: c.After, Lang: foreign(p.in, c.Lang)}
		if c.Kind != "fjernet" && c.ID != "" {
			view.Href = p.in.Path(DocumentPath(c.ID))
		}
		if view.Title == "" {
			view.Title, view.Lang = p.in.Say("Et dokument, som kilden ikke længere vil have fundet"), ""
		}
		v.Changes = append(v.Changes, view)
	}
	for _, h := range n.Newest.Hits {
		v.Newest = append(v.Newest, p.card(h))
	}
	return p.write(w, "nyt", v)
}

// changeCount says how many of each kind there are: "12 nye, 3 ændrede, 1 fjernet".
func changeCount(t tongue.Tongue, changes []Change) string {
	n := map[string]int{}
	for _, c := range changes {
		n[c.Kind]++
	}
	var parts []string
	for _, k := range []struct{ kind, one, many string }{{"ny", "ny", "nye"}, {"aendret", "ændret", "ændrede"}, {"fjernet", "fjernet", "fjernede"}} {
		if n[k.kind] > 0 {
			parts = append(parts, t.Counted(n[k.kind], k.one, k.many))
		}
	}
	return strings.Join(parts, ", ")
}

func changeWords(kind string) string {
	switch kind {
	case "ny":
		return "Ny"
	case "aendret":
		return "Ændret"
	case "fjernet":
		return "Fjernet"
	}
	return kind
}

type embedView struct {
	frame
	Base string
}

// Embed writes the page that shows how to put the search box on a page of one's own. Base is scheme and host of ours.
func (p *Pages) Embed(w io.Writer, base string) error {
	v := embedView{frame: p.frame(titled(p.in.Say("Søgefelt til din side"))), Base: base}
	v.Canonical = "/indlejr"
	return p.write(w, "indlejr", v)
}
