package page

import (
	"net/url"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
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
	Authors       string
	Snippet       []answer.Piece
	PDFPage       string
	Before, After bool
	Missing       string // words of the query that the document lacks
	Notice        string
	Why           *whyView
	About         string // address of the page about the document
	COinS         string // for reference managers
	Address       string // where the link leads, for eyes and paper
}

type dateView struct {
	Text string // "Udgivet ", or all there is to say
	Day  string
	ISO  string
}

func (p *Pages) card(h answer.Hit) card {
	d := h.Doc
	c := card{
		Type:    typeLabel(d),
		Flags:   flags(d, p.now()),
		Lang:    foreign(d.Lang.Value),
		Title:   h.Title,
		Source:  d.SourceName,
		Sector:  sectorLabel(d.Sector),
		Dates:   dates(d),
		Age:     ageWords(d.Age),
		Format:  formatWords(d),
		Authors: listed(d.Authors),
		Snippet: h.Snippet,
		Before:  h.Before,
		After:   h.After,
		Notice:  d.Notice,
		Why:     newWhy(h.Why),
		About:   documentPath(d.ID),
		COinS:   cite.COinS(d),
	}
	if c.Source == "" {
		c.Source = d.Source
	}
	if len(c.Title) == 0 {
		c.Title = []answer.Piece{{Text: "Uden titel"}}
		c.Lang = ""
	}
	if h.PDFPage > 0 {
		c.PDFPage = "Side " + number(h.PDFPage) + ":"
	}
	c.Href, c.Address = p.address(d.URL)
	return c
}

// address gives the link of a document and a short form of it to read. Only web addresses become links.
func (p *Pages) address(canonical string) (href, shown string) {
	u, err := url.Parse(canonical)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", ""
	}
	shown = strings.TrimPrefix(u.Host, "www.")
	steps := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	for _, step := range steps {
		shown += " › " + step
	}
	return p.link(canonical), shown
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

// foreign is the value of the lang attribute for text that is not Danish.
func foreign(lang string) string {
	if lang == "da" || lang == "und" {
		return ""
	}
	return lang
}

// oldRule is the age from which a law or guideline carries its year: it may no longer hold.
const oldRule = 5

func flags(d index.Document, now time.Time) []string {
	var out []string
	add := func(flag string) {
		if flag != "" {
			out = append(out, flag)
		}
	}
	add(langFlag(d.Lang.Value))
	if d.Access.Value == "abonnement" {
		add("Kræver abonnement")
	}
	add(d.Edition.Value)
	if shown := d.ShownDate(); d.Type.Value == "vejledning" && !shown.IsZero() && shown.Time.AddDate(oldRule, 0, 0).Before(now) {
		add("Fra " + shown.Time.Format("2006"))
	}
	if d.MoreOf > 0 {
		add(counted(d.MoreOf, "anden udgave", "andre udgaver"))
	}
	return out
}

// dates tells what each date is. The day of a crawl never stands in for one.
func dates(d index.Document) []dateView {
	var out []dateView
	add := func(label string, date index.Date) {
		if date.IsZero() {
			return
		}
		words, iso := dateWords(date)
		out = append(out, dateView{Text: label + " ", Day: words, ISO: iso})
	}
	add("Udgivet", d.Published)
	if !sameDay(d.Published, d.Updated) {
		add("Opdateret", d.Updated)
	}
	add("Vedtaget", d.Decided)
	if len(out) == 0 {
		out = append(out, dateView{Text: "Dato ukendt"})
	}
	add("Frist", d.Deadline)
	return out
}

func sameDay(a, b index.Date) bool {
	return !a.IsZero() && a.Time.Equal(b.Time) && a.Precision == b.Precision
}
