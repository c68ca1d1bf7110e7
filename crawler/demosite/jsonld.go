package demosite

import (
	"strings"
	"time"
)

// object is a JSON-LD node; html/template writes it as JSON with sorted keys.
type object = map[string]any

// jsonLD is what the site's system says about a document in schema.org's words; nil on systems that
// say nothing.
func (w *world) jsonLD(s *site, d *doc) any {
	switch s.ID {
	case "F":
		return []object{articleLD(s, d, "Article"), organization(s)}
	case "V":
		return publicationLD(s, d)
	case "N":
		return yoastGraph(s, d)
	case "B":
		return newsLD(s, d)
	}
	return nil
}

func organization(s *site) object {
	return object{"@context": "https://schema.org", "@type": "Organization", "name": s.Name, "url": s.url("/")}
}

// articleLD is the node that most systems write, of the given type.
func articleLD(s *site, d *doc, kind string) object {
	o := object{
		"@context": "https://schema.org", "@type": kind, "headline": d.Art.Title, "mainEntityOfPage": s.url(d.Path),
		"inLanguage": pageLang(d), "publisher": object{"@type": "Organization", "name": s.Name},
	}
	if d.Art.Lead != "" {
		o["description"] = d.Art.Lead
	}
	if !d.Date.IsZero() {
		o["datePublished"] = d.Date.Format(time.RFC3339)
		o["dateModified"] = d.Modified.Format(time.RFC3339)
	}
	if people := persons(d.Art.Authors); len(people) > 0 {
		o["author"] = people
	}
	return o
}

// pageLang is the language of a page; a scan without text has a page in Danish.
func pageLang(d *doc) string {
	if d.Lang == "none" {
		return "da"
	}
	return d.Lang
}

func persons(names []string) []object {
	var people []object
	for _, name := range names {
		people = append(people, object{"@type": "Person", "name": name})
	}
	return people
}

// publicationLD describes a report or an article of the knowledge centre; its days have no time.
func publicationLD(s *site, d *doc) object {
	kind := "Report"
	switch {
	case d.Art.Abstract == "":
		kind = "NewsArticle"
	case strings.HasPrefix(d.Art.PublicationType, "Forskning"):
		kind = "ScholarlyArticle"
	}
	o := articleLD(s, d, kind)
	delete(o, "dateModified")
	o["datePublished"] = d.Date.Format(time.DateOnly)
	if d.Art.Abstract != "" {
		o["abstract"] = d.Art.Abstract
	}
	if d.Art.ISBN != "" {
		o["isbn"] = d.Art.ISBN
	}
	if d.PDFPath != "" {
		o["encoding"] = object{"@type": "MediaObject", "contentUrl": s.url(d.PDFPath), "encodingFormat": "application/pdf"}
	}
	return o
}

// yoastGraph is the graph that a common WordPress plugin writes.
func yoastGraph(s *site, d *doc) object {
	page := s.url(d.Path)
	a := articleLD(s, d, "Article")
	delete(a, "@context")
	a["@id"] = page + "#article"
	a["isPartOf"] = object{"@id": page}
	web := object{
		"@type": "WebPage", "@id": page, "url": page, "name": d.Art.Title + " - " + s.Name, "inLanguage": "da-DK",
		"datePublished": d.Date.Format(time.RFC3339), "dateModified": d.Modified.Format(time.RFC3339),
		"breadcrumb": object{"@id": page + "#breadcrumb"},
	}
	var trail []object
	for i, c := range append(s.crumbs(d.Path), item{Title: d.Art.Title}) {
		step := object{"@type": "ListItem", "position": i + 1, "name": c.Title}
		if c.Href != "" {
			step["item"] = s.url(c.Href)
		}
		trail = append(trail, step)
	}
	return object{"@context": "https://schema.org", "@graph": []object{
		a, web, {"@type": "BreadcrumbList", "@id": page + "#breadcrumb", "itemListElement": trail}, organization(s),
	}}
}

// newsLD says of every article whether it is free, and of a closed one which part is not.
func newsLD(s *site, d *doc) object {
	o := articleLD(s, d, "NewsArticle")
	o["articleSection"] = d.Art.Section
	o["isAccessibleForFree"] = !d.Art.Paywall
	if d.Art.Paywall {
		o["hasPart"] = object{"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywalled"}
	}
	return o
}
