package extract

import (
	"time"

	"smaabornsviden/index"
)

// Fill writes what was read into a document. It leaves alone what extraction cannot know: ids, source,
// type, topics, group and visits. URL stays the caller's choice, since Canonical is only a claim.
func (r Result) Fill(d *index.Document) {
	d.Title, d.Kicker, d.Authors, d.AuthorsWhy = r.Title, r.Kicker, r.Authors, r.Why["authors"]
	d.AuthorsMore = r.AuthorsMore
	d.Publisher, d.Journal = r.derived("publisher", r.Publisher), r.Journal
	d.Abstract, d.Body = r.Abstract, r.Text
	d.Published, d.Updated, d.Decided, d.Deadline = r.Published, r.Updated, r.Decided, r.Deadline
	d.Lang = r.derived("lang", r.Lang)
	d.Licence = r.derived("licence", r.Licence)
	d.Access = r.derived("access", r.Access)
	d.Format, d.DOI, d.ISBN, d.ISSN, d.Keywords = r.Format, r.DOI, r.ISBN, r.ISSN, r.Keywords
	d.DOIWhy, d.ISBNWhy, d.ISSNWhy, d.KeywordsWhy = r.Why["doi"], r.Why["isbn"], r.Why["issn"], r.Why["keywords"]
	d.SnippetMax, d.NoArchive, d.TDMReserved = r.Robots.MaxSnippet, r.Robots.NoArchive, r.TDM
}

func (r Result) derived(name, value string) index.Derived {
	if value == "" {
		return index.Derived{}
	}
	return index.Derived{Value: value, Reason: r.Why[name]}
}

// Printed is a result as the extract command prints it. Dates are RFC 3339, or empty when unknown.
type Printed struct {
	URL         string                  `json:"url"`
	Format      string                  `json:"format"`
	Charset     string                  `json:"charset"`
	Title       string                  `json:"title"`
	Kicker      string                  `json:"kicker"`
	Authors     []string                `json:"authors"`
	Publisher   string                  `json:"publisher,omitempty"`
	Journal     index.Journal           `json:"journal,omitzero"`
	Published   string                  `json:"published"`
	Updated     string                  `json:"updated"`
	Decided     string                  `json:"decided"`
	Deadline    string                  `json:"deadline"`
	Lang        string                  `json:"lang"`
	Description string                  `json:"description"`
	Abstract    string                  `json:"abstract"`
	Text        string                  `json:"text"`
	Keywords    []string                `json:"keywords"`
	Links       []string                `json:"links"`
	Canonical   string                  `json:"canonical"`
	Alternates  map[string]string       `json:"alternates,omitempty"`
	DOI         string                  `json:"doi,omitempty"`
	ISBN        string                  `json:"isbn,omitempty"`
	ISSN        string                  `json:"issn,omitempty"`
	Licence     string                  `json:"licence,omitempty"`
	Access      string                  `json:"access,omitempty"`
	NoIndex     bool                    `json:"noindex,omitempty"`
	NoFollow    bool                    `json:"nofollow,omitempty"`
	SnippetMax  int                     `json:"snippet_max,omitempty"`
	TDMReserved bool                    `json:"tdm_reserved,omitempty"`
	Limits      []Limit                 `json:"limits,omitempty"`
	Why         map[string]index.Reason `json:"why"`
}

// Print makes the form that the extract command writes as JSON. Links stand once each, in page order.
func (r Result) Print() Printed {
	out := Printed{
		URL: r.URL, Format: r.Format, Charset: r.Charset, Title: r.Title, Kicker: r.Kicker, Authors: emptyNotNil(r.Authors),
		Publisher: r.Publisher, Journal: r.Journal,
		Published: rfc3339(r.Published), Updated: rfc3339(r.Updated), Decided: rfc3339(r.Decided), Deadline: rfc3339(r.Deadline),
		Lang: r.Lang, Description: r.Description, Abstract: r.Abstract, Text: r.Text, Keywords: emptyNotNil(r.Keywords),
		Links: r.linkURLs(), Canonical: r.Canonical, DOI: r.DOI, ISBN: r.ISBN, ISSN: r.ISSN, Licence: r.Licence, Access: r.Access,
		NoIndex: r.Robots.NoIndex, NoFollow: r.Robots.NoFollow, SnippetMax: r.Robots.MaxSnippet, TDMReserved: r.TDM, Limits: r.Limits,
		Why: r.reasons(),
	}
	for _, a := range r.Alternates {
		if out.Alternates == nil {
			out.Alternates = map[string]string{}
		}
		out.Alternates[a.Lang] = a.URL
	}
	return out
}

// reasons are those of Why and of the dates, under one roof.
func (r Result) reasons() map[string]index.Reason {
	out := map[string]index.Reason{}
	for name, why := range r.Why {
		out[name] = why
	}
	for name, d := range map[string]index.Date{"published": r.Published, "updated": r.Updated, "decided": r.Decided, "deadline": r.Deadline} {
		if !d.IsZero() {
			out[name] = d.Reason
		}
	}
	return out
}

func (r Result) linkURLs() []string {
	out := []string{}
	seen := map[string]bool{}
	for _, l := range r.Links {
		if !seen[l.URL] {
			seen[l.URL] = true
			out = append(out, l.URL)
		}
	}
	return out
}

func rfc3339(d index.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(time.RFC3339)
}

func emptyNotNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
