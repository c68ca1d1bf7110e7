package crawler

import (
	"iter"
	"slices"
	"strings"

	"smaabornsviden/crawler/dedup"
	"smaabornsviden/crawler/extract"
	"smaabornsviden/crawler/fetch"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// newDocument makes the document of a page from what was read of it and from the terms of its source. What kind of
// document it is, package describe says; id, address and dates of visits are the store's to set.
func newDocument(src partners.Source, ext extract.Result, page fetch.Page) index.Document {
	d := index.Document{
		Source: src.ID,
		Title:  ext.Title, Kicker: ext.Kicker, Authors: ext.Authors, AuthorsWhy: ext.Why["authors"], AuthorsMore: ext.AuthorsMore, Abstract: ext.Abstract, Body: ext.Text,
		Publisher: derived(ext, "publisher", ext.Publisher), Journal: ext.Journal,
		Published: ext.Published, Updated: ext.Updated, Deadline: ext.Deadline,
		Lang:    derived(ext, "lang", ext.Lang),
		Licence: derived(ext, "licence", ext.Licence),
		Access:  derived(ext, "access", ext.Access),
		Format:  ext.Format, Bytes: int64(len(page.Body)), PageOffsets: ext.PageOffsets, Pages: ext.Pages, Notice: ext.Notice,
		DOI: ext.DOI, ISBN: ext.ISBN, ISSN: ext.ISSN, Keywords: ext.Keywords,
		DOIWhy: ext.Why["doi"], ISBNWhy: ext.Why["isbn"], ISSNWhy: ext.Why["issn"], KeywordsWhy: ext.Why["keywords"],
		Refs: dedup.Refs(ext.Text, anchors(ext.Links)), Twins: twins(ext),
		NoArchive: ext.Robots.NoArchive, TDMReserved: ext.TDM,
		SnippetMax: snippetMax(src.SnippetMax, ext.Robots),
	}
	if d.Title == "" {
		d.Title = firstLine(ext.Text)
	}
	if d.Abstract == "" && strings.TrimSpace(d.Body) == "" {
		d.Abstract = ext.Description
	}
	if src.Policy == partners.Metadata {
		d = onlyMetadata(d)
	}
	return d
}

func anchors(links []extract.Link) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, l := range links {
			if !yield(l.URL, l.Text) {
				return
			}
		}
	}
}

// twins are the addresses of the page in other languages.
func twins(ext extract.Result) []string {
	var all []string
	for _, a := range ext.Alternates {
		if a.URL != ext.URL && a.Lang != "x-default" && !slices.Contains(all, a.URL) {
			all = append(all, a.URL)
		}
	}
	return all
}

func derived(ext extract.Result, name, value string) index.Derived {
	if value == "" {
		return index.Derived{}
	}
	return index.Derived{Value: value, Reason: ext.Why[name]}
}

// snippetMax joins what the register and the page allow; the stricter holds. 0 is no limit, -1 none at all.
func snippetMax(register int, page extract.MetaRobots) int {
	limit := page.MaxSnippet
	if page.NoSnippet {
		limit = -1
	}
	switch {
	case register == 0, limit < 0:
		return limit
	case limit == 0, register < 0:
		return register
	}
	return min(register, limit)
}

// onlyMetadata keeps of a document what the policy "metadata" allows: an abstract only under a licence that lets
// anybody pass it on.
func onlyMetadata(d index.Document) index.Document {
	d.MetadataOnly, d.Body, d.PageOffsets = true, "", nil
	if !open(d.Licence.Value) {
		d.Abstract = ""
	}
	return d
}

// open reports whether a licence lets anybody pass a text on, unchanged and for any purpose.
func open(licence string) bool {
	l := strings.ToLower(strings.ReplaceAll(licence, "_", "-"))
	l = strings.ReplaceAll(l, " ", "-")
	for _, restricted := range []string{"-nc", "-nd", "noncommercial", "noderiv"} {
		if strings.Contains(l, restricted) {
			return false
		}
	}
	for _, free := range []string{"cc-by", "cc0", "licenses/by/", "licenses/by-sa/", "publicdomain/zero"} {
		if strings.Contains(l, free) {
			return true
		}
	}
	return false
}

// firstLine stands in for a title that a page does not have.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	const most = 120
	if len(line) <= most {
		return line
	}
	if cut := strings.LastIndexByte(line[:most], ' '); cut > 0 {
		return line[:cut] + " …"
	}
	return strings.ToValidUTF8(line[:most], "")
}
