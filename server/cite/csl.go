package cite

import (
	"time"

	"smaabornsviden/index"
)

// Item is a reference as CSL-JSON.
type Item struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"`
	Title          string    `json:"title"`
	Author         []CSLName `json:"author,omitempty"`
	Issued         *CSLDate  `json:"issued,omitempty"`
	Accessed       *CSLDate  `json:"accessed,omitempty"`
	ContainerTitle string    `json:"container-title,omitempty"`
	Volume         string    `json:"volume,omitempty"`
	Issue          string    `json:"issue,omitempty"`
	Page           string    `json:"page,omitempty"`
	Publisher      string    `json:"publisher,omitempty"`
	Edition        string    `json:"edition,omitempty"`
	DOI            string    `json:"DOI,omitempty"`
	ISBN           string    `json:"ISBN,omitempty"`
	ISSN           string    `json:"ISSN,omitempty"`
	Abstract       string    `json:"abstract,omitempty"`
	Language       string    `json:"language,omitempty"`
	URL            string    `json:"URL,omitempty"`
}

// CSLName is a person, or an organisation as Literal.
type CSLName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Literal string `json:"literal,omitempty"`
}

// CSLDate holds year, month and day, as much as is known.
type CSLDate struct {
	Parts [][]int `json:"date-parts"`
}

// CSL makes the CSL-JSON of a document. Accessed is the day of reading.
func CSL(d index.Document, accessed time.Time) Item {
	k := kindOf(d)
	item := Item{
		ID: d.ID, Type: k.csl, Title: title(d), Edition: plain(d.Edition.Value),
		DOI: d.DOI, ISBN: d.ISBN, ISSN: d.ISSN, Abstract: resume(d), URL: plain(d.URL),
		Issued: cslDate(d.ShownDate()),
	}
	if d.Lang.Value != "und" {
		item.Language = d.Lang.Value
	}
	if !accessed.IsZero() {
		item.Accessed = cslDate(index.Date{Time: accessed, Precision: index.Day})
	}
	switch k.csl {
	case "article-journal":
		item.Volume, item.Issue, item.Page = plain(d.Journal.Volume), plain(d.Journal.Issue), pages(d, "-")
		fallthrough
	case "article-newspaper", "webpage":
		item.ContainerTitle, item.Publisher = container(d), named(d)
	default:
		item.Publisher = publisher(d)
	}
	authors, more := authorsOf(d)
	for _, a := range authors {
		n := nameOf(a)
		item.Author = append(item.Author, CSLName{Family: n.family, Given: n.given, Literal: n.literal})
	}
	if more {
		item.Author = append(item.Author, CSLName{Literal: others}) // pandoc writes "et al." for it
	}
	return item
}

func cslDate(d index.Date) *CSLDate {
	if d.IsZero() {
		return nil
	}
	parts := []int{d.Time.Year()}
	if d.Precision != index.Year {
		parts = append(parts, int(d.Time.Month()))
		if d.Precision != index.Month {
			parts = append(parts, d.Time.Day())
		}
	}
	return &CSLDate{Parts: [][]int{parts}}
}
