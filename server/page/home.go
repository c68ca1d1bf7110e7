package page

import (
	"io"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Collection is what the front page tells about what can be found.
type Collection struct {
	Documents int            // -1 when not known
	Facets    []answer.Facet // over all documents
	LastCrawl time.Time      // zero when unknown; told in its own time zone
	Crawling  bool
}

// browseSources is how many sources the front page lists; the filters of a search list all.
const browseSources = 12

type homeView struct {
	frame
	Coverage string
	Browse   []browseList
}

type browseList struct {
	Heading string
	Links   []browseLink
}

type browseLink struct {
	Text, Href, Count, Unit string
}

// Home writes the front page.
func (p *Pages) Home(w io.Writer, c Collection) error {
	v := homeView{frame: p.frame(siteName + " – " + p.in.Say("find viden om de 0-6-årige"))}
	v.Description = p.in.Say("Søg i viden om børn fra 0 til 6 år: forskning, praksis, debat, nyheder, programmer og love fra danske kilder.")
	v.Canonical = "/"
	v.Hero = true
	v.Crawling = c.Crawling
	v.Coverage = coverage(p.in, c)
	v.Browse = browse(p.in, c)
	return p.write(w, "home", v)
}

func coverage(t tongue.Tongue, c Collection) string {
	switch {
	case c.Documents < 0:
		return ""
	case c.Documents == 0 && c.Crawling:
		return t.Say("Vi er ved at hente de første dokumenter. Prøv igen om lidt.")
	case c.Documents == 0:
		return t.Say("Her er endnu ingen dokumenter.")
	}
	text := t.Counted(c.Documents, "dokument", "dokumenter")
	if n := len(values(c.Facets, index.FacetSource)); n > 0 {
		text = t.Say("%s fra %s", text, t.Counted(n, "kilde", "kilder"))
	}
	text += "."
	if shown := shownDocuments(c.Facets); shown > 0 && shown < c.Documents {
		text += " " + t.Say("Udgaver og kopier af samme tekst står samlet, så de bliver til %s.", t.Counted(shown, "resultat", "resultater"))
	}
	if !c.LastCrawl.IsZero() {
		text += " " + t.Say("Senest opdateret %s.", t.Day(c.LastCrawl))
	}
	return text
}

// shownDocuments is how many results there are for everything: each has one source, and groups stand as one result.
func shownDocuments(facets []answer.Facet) int {
	n := 0
	for _, v := range values(facets, index.FacetSource) {
		n += v.Count
	}
	return n
}

func values(facets []answer.Facet, name string) []answer.Value {
	for _, f := range facets {
		if f.Name == name {
			return f.Values
		}
	}
	return nil
}

// browse gives readers without a word in mind a way in: by type and by source.
func browse(t tongue.Tongue, c Collection) []browseList {
	var out []browseList
	for _, list := range []struct{ facet, heading string }{
		{index.FacetTopic, "Efter emne"},
		{index.FacetAge, "Efter alder"},
		{index.FacetType, "Efter type"},
		{index.FacetSource, "Efter kilde"},
	} {
		b := browseList{Heading: t.Say(list.heading)}
		all := values(c.Facets, list.facet)
		for _, v := range all[:min(len(all), browseSources)] {
			q := answer.Question{Page: 1, Size: answer.PageSize, Chosen: map[string][]string{list.facet: {v.Value}}}
			b.Links = append(b.Links, browseLink{
				Text: v.Label, Href: address(t, q), Count: t.Number(v.Count), Unit: t.Unit(v.Count, "resultat", "resultater"),
			})
		}
		if len(b.Links) > 0 {
			out = append(out, b)
		}
	}
	return out
}
