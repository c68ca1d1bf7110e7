package page

import (
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// property is one fact about a document in the words of schema.org, for machines that read the page. It has a value, an address,
// or properties of its own.
type property struct {
	Name  string
	Value string
	Link  string
	Type  string // of schema.org, where Parts tell more
	Parts []property
}

// microdata are the facts that stand on the page in words that only people can tell apart: who brought the work out, the journal
// with volume and pages, the numbers by which others know it, its days and its language.
func microdata(d index.Document) []property {
	var out []property
	add := func(p property) {
		if p.Value != "" || p.Link != "" || len(p.Parts) > 0 {
			out = append(out, p)
		}
	}
	add(property{Name: "datePublished", Value: isoDate(d.Published)})
	add(property{Name: "dateModified", Value: isoDate(d.Updated)})
	if d.Lang.Value != "und" {
		add(property{Name: "inLanguage", Value: d.Lang.Value})
	}
	add(property{Name: "isbn", Value: d.ISBN})
	add(publisher(d.Publisher.Value))
	add(journal(d))
	if schemaType(d) != plainWork {
		add(property{Name: "pageStart", Value: d.Journal.First}) // schema.org knows pages of articles alone
		add(property{Name: "pageEnd", Value: d.Journal.Last})
	}
	for _, p := range doi(d.DOI) {
		add(p)
	}
	return out
}

func isoDate(d index.Date) string {
	if d.IsZero() {
		return ""
	}
	_, iso := dateWords(tongue.Danish, d)
	return iso
}

func publisher(name string) property {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return property{}
	}
	return property{Name: "publisher", Type: "https://schema.org/Organization", Parts: []property{{Name: "name", Value: name}}}
}

// journal is an issue of a volume of a periodical, as one thing of all three kinds, so that none has to be made up where only a
// volume is known.
func journal(d index.Document) property {
	j := d.Journal
	if j.Title == "" {
		return property{}
	}
	p := property{Name: "isPartOf", Type: "https://schema.org/Periodical", Parts: []property{{Name: "name", Value: j.Title}}}
	kinds := []struct{ kind, name, value string }{
		{"", "issn", d.ISSN},
		{" https://schema.org/PublicationVolume", "volumeNumber", j.Volume},
		{" https://schema.org/PublicationIssue", "issueNumber", j.Issue},
	}
	for _, k := range kinds {
		if k.value != "" {
			p.Type += k.kind
			p.Parts = append(p.Parts, property{Name: k.name, Value: k.value})
		}
	}
	return p
}

// doi names the work by its number and by the address that the number stands for.
func doi(number string) []property {
	if number == "" {
		return nil
	}
	return []property{
		{Name: "identifier", Type: "https://schema.org/PropertyValue", Parts: []property{{Name: "propertyID", Value: "doi"}, {Name: "value", Value: number}}},
		{Name: "sameAs", Link: "https://doi.org/" + number},
	}
}
