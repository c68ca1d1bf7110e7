package cite

import (
	"net/url"
	"strings"

	"smaabornsviden/index"
)

// Tag is a meta element that reference managers read.
type Tag struct {
	Name, Content string
}

// Highwire are the citation_ elements that Zotero and Google Scholar read off a page about one document.
func Highwire(d index.Document) []Tag {
	var out []Tag
	add := func(name, content string) {
		if content = plain(content); content != "" {
			out = append(out, Tag{"citation_" + name, content})
		}
	}
	k := kindOf(d)
	add("title", title(d))
	authors, _ := authorsOf(d)
	for _, a := range authors {
		add("author", nameOf(a).inverted())
	}
	if date := d.ShownDate(); !date.IsZero() {
		add("publication_date", highwireDate(date))
	}
	switch k.ris {
	case "JOUR":
		add("journal_title", container(d))
		add("volume", d.Journal.Volume)
		add("issue", d.Journal.Issue)
		add("firstpage", d.Journal.First)
		add("lastpage", d.Journal.Last)
		add("publisher", named(d))
	case "RPRT":
		add("technical_report_institution", publisher(d))
	default:
		add("publisher", publisher(d))
	}
	add("doi", d.DOI)
	add("isbn", d.ISBN)
	add("issn", d.ISSN)
	add("language", d.Lang.Value)
	for _, keyword := range d.Keywords {
		add("keywords", keyword)
	}
	add("pdf_url", pdfAddress(d))
	add("public_url", d.URL)
	return out
}

// pdfAddress is where the PDF itself lies; empty where only the page that leads to it is known, since readers of the
// element fetch a file.
func pdfAddress(d index.Document) string {
	if d.Format != "pdf" {
		return ""
	}
	for _, address := range append([]string{d.URL}, d.AltURLs...) {
		u, err := url.Parse(address)
		if err == nil && strings.HasSuffix(strings.ToLower(u.Path), ".pdf") {
			return address
		}
	}
	return ""
}

func highwireDate(d index.Date) string {
	switch d.Precision {
	case index.Year:
		return d.Time.Format("2006")
	case index.Month:
		return d.Time.Format("2006/01")
	}
	return d.Time.Format("2006/01/02")
}

// COinS is the title attribute of a span of class Z3988, by which reference managers read a list of documents.
func COinS(d index.Document) string {
	v := url.Values{"ctx_ver": {"Z39.88-2004"}, "rfr_id": {"info:sid/smaabornsviden"}}
	set := func(key, value string) {
		if value = plain(value); value != "" {
			v.Add(key, value)
		}
	}
	authors, _ := authorsOf(d)
	if k := kindOf(d); k.ris == "JOUR" {
		set("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal")
		set("rft.genre", "article")
		set("rft.atitle", title(d))
		set("rft.jtitle", container(d))
		set("rft.volume", d.Journal.Volume)
		set("rft.issue", d.Journal.Issue)
		set("rft.spage", d.Journal.First)
		set("rft.epage", d.Journal.Last)
		set("rft.issn", d.ISSN)
		for _, a := range authors {
			set("rft.au", nameOf(a).inverted())
		}
	} else {
		set("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc")
		set("rft.type", coinsType(k))
		set("rft.title", title(d))
		set("rft.publisher", publisher(d))
		for _, a := range authors {
			set("rft.creator", nameOf(a).inverted())
		}
	}
	set("rft.date", isoDate(d.ShownDate()))
	set("rft.language", d.Lang.Value)
	set("rft_id", d.URL)
	if d.DOI != "" {
		set("rft_id", "info:doi/"+d.DOI)
	}
	return v.Encode()
}

// coinsType is the word by which Zotero finds the type of an item in the generic format.
func coinsType(k kind) string {
	switch k.csl {
	case "report":
		return "report"
	case "article-newspaper":
		return "newspaperArticle"
	}
	return "webpage"
}
