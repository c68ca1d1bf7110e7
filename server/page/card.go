package page

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
	"smaabornsviden/server/tongue"
)

// card is one hit as it is shown.
type card struct {
	Type          string
	Flags         []string
	Lang          string // of title and snippet, when not Danish
	Href          string
	Title         []answer.Piece
	Source        string
	Sector        string
	Dates         []dateView
	Age           string
	Format        string
	Authors       byline
	Snippet       []answer.Piece
	PDFPage       string
	Before, After bool
	Missing       string // words of the query that the document lacks
	Notice        string
	Why           *whyView
	About         string // address of the page about the document
	COinS         string // for reference managers
	Address       string // where the link leads, for eyes and paper
	ID            string // of the card on the page
	Reference     string // address of the file for reference managers
	Listing       *listing
	Licence       string
	DOI           string
	Related       []relatedView
	Access        string
	Similar       string // address of similar documents; empty where none may be named
}

type dateView struct {
	Text string // "Udgivet ", or all there is to say
	Day  string
	ISO  string
}

func (p *Pages) card(h answer.Hit) card {
	d := h.Doc
	c := card{
		Type:    p.in.Say(typeLabel(d)),
		Flags:   flags(p.in, d, p.now()),
		Lang:    foreign(p.in, d.Lang.Value),
		Title:   h.Title,
		Source:  d.SourceName,
		Sector:  p.in.Say(sectorLabel(d.Sector)),
		Dates:   dates(p.in, d),
		Age:     ageWords(p.in, d.Age),
		Format:  formatWords(p.in, d),
		Authors: newByline(p.in, d),
		Snippet: h.Snippet,
		Before:  h.Before,
		After:   h.After,
		Notice:  d.Notice,
		Why:     newWhy(p.in, h.Why),
		About:   p.in.Path(DocumentPath(d.ID)),
		COinS:   cite.COinS(d),
		ID:      cardID(d.ID),
		DOI:     d.DOI,
		Licence: d.Licence.Value,
		Related: p.pairs(d),
	}
	if h.Closed {
		c.Flags = append(c.Flags, p.in.Say("Lukket kilde: opdateres ikke"))
	}
	if d.Access.Value == "fri" {
		c.Access = p.in.Say(accessWords(d.Access.Value))
	}
	if !d.TDMReserved {
		c.Similar = c.About + "#lignende"
	}
	c.Related = append(olderEditions(p.in, h), c.Related...)
	c.Reference = DocumentPath(d.ID) + "/ris"
	c.Listing = lonely(p.in, nil, d.ID)
	if c.Source == "" {
		c.Source = d.Source
	}
	if len(c.Title) == 0 {
		c.Title = []answer.Piece{{Text: p.in.Say("Uden titel")}}
		c.Lang = ""
	}
	if h.PDFPage > 0 {
		c.PDFPage = p.in.Say("Side %s i filen:", p.in.Number(h.PDFPage))
	}
	if c.Href, c.Address = p.address(d.URL); c.Href != "" && !strings.Contains(c.Href, "#") {
		c.Href += h.Fragment.Directive()
	}
	return c
}

// byline is the authors as a card names them: "A, B og C", from the sixth on "m.fl.".
type byline struct {
	Names []linkView
	And   int // the name before which "og" stands; 0 for none
	More  bool
}

// cardAuthors is how many authors a card names.
const cardAuthors = 5

func newByline(t tongue.Tongue, d index.Document) byline {
	b := byline{}
	b.Names, b.More = authors(t, d, cardAuthors)
	if !b.More && len(b.Names) > 1 {
		b.And = len(b.Names) - 1
	}
	return b
}

// olderEditions are the other editions behind a hit, each with its year.
func olderEditions(t tongue.Tongue, h answer.Hit) []relatedView {
	var out []relatedView
	for _, o := range h.Older {
		heading := "Anden udgave"
		shown := h.Doc.ShownDate()
		switch {
		case !shown.IsZero() && !o.Date.IsZero() && o.Date.Time.Before(shown.Time):
			heading = "Ældre udgave"
		case !shown.IsZero() && !o.Date.IsZero() && o.Date.Time.After(shown.Time):
			heading = "Nyere udgave"
		}
		heading = t.Say(heading)
		if !o.Date.IsZero() {
			heading += " (" + o.Date.Time.Format("2006") + ")"
		}
		out = append(out, relatedView{Heading: heading, Links: []linkView{{Text: o.Title, Lang: foreign(t, o.Lang), Href: t.Path(DocumentPath(o.ID))}}})
	}
	return out
}

// pairs are the research behind a practice, and the practice and news in which research is mentioned: what a reader of the one wants
// to know of the other. One of each is enough on a card; the page about the document has all.
func (p *Pages) pairs(d index.Document) []relatedView {
	var out []relatedView
	for _, r := range related(p.in, d, nil) {
		if r.Heading == p.in.Say("Omtalt i praksis") || r.Heading == p.in.Say("Omtalt i nyheder og debat") || r.Heading == p.in.Say("Forskningen bag") {
			r.Links = r.Links[:1]
			out = append(out, r)
		}
	}
	return out
}

// address gives the link of a document and a short form of it to read. Only web addresses become links.
func (p *Pages) address(canonical string) (href, shown string) {
	u, err := url.Parse(canonical)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", ""
	}
	shown = strings.TrimPrefix(spelled(u.Host), "www.")
	steps := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	for _, step := range steps {
		shown += " › " + step
	}
	return p.link(canonical), shown
}

// nordic are the letters beside ASCII that a host is shown with. Others stay encoded: a letter that only looks like an "a" would
// let one site pass for another.
const nordic = "æøåäöéüÿ"

// spelled is a host as people write it: småbørnsløftet.dk, not xn--smbrnslftet-y8a2we.dk.
func spelled(host string) string {
	name, err := idna.Display.ToUnicode(host)
	foreign := func(r rune) bool { return r >= utf8.RuneSelf && !strings.ContainsRune(nordic, r) }
	if err != nil || strings.ContainsFunc(name, foreign) {
		return host
	}
	return name
}

func typeLabel(d index.Document) string {
	if d.Type.Value == "" {
		return index.Label(index.FacetType, "ukendt")
	}
	return index.Label(index.FacetType, d.Type.Value)
}

func sectorLabel(sector string) string {
	if sector == "" {
		return ""
	}
	return index.Label(index.FacetSector, sector)
}

// foreign is the value of the lang attribute for text that is not in the language of the page. A text whose language is
// not known is taken for Danish, since most are.
func foreign(t tongue.Tongue, lang string) string {
	if lang == "und" || lang == "" {
		lang = string(tongue.Danish)
	}
	if lang == string(t) {
		return ""
	}
	return lang
}

// oldRule is the age from which a law or guideline carries its year: it may no longer hold.
const oldRule = 5

func flags(t tongue.Tongue, d index.Document, now time.Time) []string {
	var out []string
	add := func(flag string) {
		if flag != "" {
			out = append(out, flag)
		}
	}
	if d.Lang.Value != string(t) {
		add(t.Say(langFlag(t, d.Lang.Value)))
	}
	if d.Access.Value == "abonnement" {
		add(t.Say("Kræver abonnement"))
	}
	add(d.Edition.Value)
	if shown := d.ShownDate(); d.Type.Value == "vejledning" && !shown.IsZero() && shown.Time.AddDate(oldRule, 0, 0).Before(now) {
		add(t.Say("Fra %s", shown.Time.Format("2006")))
	}
	if d.MoreOf > 0 {
		add(t.Counted(d.MoreOf, "anden udgave", "andre udgaver"))
	}
	return out
}

// dates tells what each date is. The day of a crawl never stands in for one.
func dates(t tongue.Tongue, d index.Document) []dateView {
	var out []dateView
	add := func(label string, date index.Date) {
		if date.IsZero() {
			return
		}
		words, iso := dateWords(t, date)
		out = append(out, dateView{Text: t.Say(label) + " ", Day: words, ISO: iso})
	}
	add("Udgivet", d.Published)
	if !sameDay(d.Published, d.Updated) {
		add("Opdateret", d.Updated)
	}
	add("Vedtaget", d.Decided)
	if len(out) == 0 {
		out = append(out, dateView{Text: t.Say("Dato ukendt")})
	}
	add("Frist", d.Deadline)
	return out
}

func sameDay(a, b index.Date) bool {
	return !a.IsZero() && a.Time.Equal(b.Time) && a.Precision == b.Precision
}
