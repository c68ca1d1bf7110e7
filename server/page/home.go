package page

import (
	"io"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
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
	v := homeView{frame: p.frame("Småbørnsviden – find viden om de 0-6-årige")}
	v.Description = "Søg i viden om børn fra 0 til 6 år: forskning, praksis, debat, nyheder, programmer og love fra danske kilder."
	v.Hero = true
	v.Crawling = c.Crawling
	v.Coverage = coverage(c)
	v.Browse = browse(c)
	return p.write(w, "home", v)
}

func coverage(c Collection) string {
	switch {
	case c.Documents < 0:
		return ""
	case c.Documents == 0 && c.Crawling:
		return "Vi er ved at hente de første dokumenter. Prøv igen om lidt."
	case c.Documents == 0:
		return "Her er endnu ingen dokumenter."
	}
	text := counted(c.Documents, "dokument", "dokumenter")
	if n := len(values(c.Facets, index.FacetSource)); n > 0 {
		text += " fra " + counted(n, "kilde", "kilder")
	}
	text += "."
	if !c.LastCrawl.IsZero() {
		text += " Senest opdateret " + day(c.LastCrawl) + "."
	}
	return text
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
func browse(c Collection) []browseList {
	var out []browseList
	for _, list := range []struct{ facet, heading string }{
		{index.FacetTopic, "Efter emne"},
		{index.FacetAge, "Efter alder"},
		{index.FacetType, "Efter type"},
		{index.FacetSource, "Efter kilde"},
	} {
		b := browseList{Heading: list.heading}
		all := values(c.Facets, list.facet)
		for _, v := range all[:min(len(all), browseSources)] {
			q := answer.Question{Page: 1, Size: answer.PageSize, Chosen: map[string][]string{list.facet: {v.Value}}}
			b.Links = append(b.Links, browseLink{
				Text: v.Label, Href: address(q), Count: number(v.Count), Unit: unit(v.Count, "dokument", "dokumenter"),
			})
		}
		if len(b.Links) > 0 {
			out = append(out, b)
		}
	}
	return out
}
