package discover

import (
	"strings"
)

// jatsSkipped are the parts of a JATS article that a finding aid has no business with: its text, its references and
// what others write to it. Some journals put all of that into their records.
var jatsSkipped = map[string]bool{
	"body": true, "back": true, "floats-group": true, "sub-article": true, "response": true, "processing-meta": true,
}

// fromJATS tells a JATS article (NISO Z39.96, and its forerunner at the NLM) in the fields of Dublin Core. They say more
// than the journal's own Dublin Core: which of several dates is that of publication, which address is the page and which
// a file, who are people and who a group.
func fromJATS(metadata []byte) (map[string][]OAIText, error) {
	tree, err := parseTree(metadata, jatsSkipped)
	if err != nil {
		return nil, err
	}
	article := tree.first("article")
	meta := article.first("front", "article-meta")
	f := fields{}
	f.jatsTitles(article, meta)
	f.jatsAuthors(meta)
	f.jatsDate(meta)
	f.jatsPlaces(article, meta)
	f.jatsTexts(article, meta)
	f.jatsIssue(article, meta)
	return f, nil
}

// fields are the fields of a work by the names of Dublin Core.
type fields map[string][]OAIText

// add notes a value, unless it is empty.
func (f fields) add(name, lang, value string) {
	if value = collapse(value); value != "" {
		f[name] = append(f[name], OAIText{Lang: lang, Value: value})
	}
}

func (f fields) jatsTitles(article, meta *element) {
	f.add("language", "", article.lang())
	group := meta.first("title-group")
	f.add("title", article.lang(), titled(group.first("article-title"), group.first("subtitle")))
	for _, t := range group.all("trans-title-group") {
		f.add("title", t.lang(), titled(t.first("trans-title"), t.first("trans-subtitle")))
	}
	for _, t := range group.all("trans-title") { // as it stood before version 1.0
		f.add("title", t.lang(), titled(t, nil))
	}
}

// titled joins title and subtitle. Footnotes and their marks are no part of either.
func titled(title, sub *element) string {
	t, s := title.said("fn", "xref"), sub.said("fn", "xref")
	if t == "" || s == "" {
		return t + s
	}
	if strings.HasSuffix(t, ":") || strings.HasSuffix(t, "?") {
		return t + " " + s
	}
	return t + ": " + s
}

// jatsAuthors names the authors, not editors and translators. What else stands beside a name (addresses, e-mail,
// numbers of employees) is left where it is.
func (f fields) jatsAuthors(meta *element) {
	for _, c := range meta.all("contrib-group", "contrib") {
		if kind := c.attr("contrib-type"); kind != "" && !strings.HasPrefix(kind, "author") {
			continue
		}
		at := c
		if alternatives := c.first("name-alternatives"); alternatives != nil {
			at = alternatives
		}
		name := at.first("name")
		switch {
		case name != nil:
			f.add("creator", "", familyFirst(name.first("surname").said(), name.first("given-names").said()))
		case at.first("string-name") != nil:
			f.add("creator", "", at.first("string-name").said("xref"))
		default:
			f.add("corporate", "", at.first("collab").said("contrib-group", "xref", "email"))
		}
	}
}

// familyFirst writes a name as Dublin Core has it.
func familyFirst(family, given string) string {
	if family == "" || given == "" {
		return family + given
	}
	return family + ", " + given
}

// jatsDates are the dates of publication by how well they tell when readers could first read it.
var jatsDates = []string{"pub", "epub", "epub-ppub", "ppub", "publication", "collection", ""}

func (f fields) jatsDate(meta *element) {
	for _, want := range jatsDates {
		for _, d := range meta.all("pub-date") {
			kind := d.attr("date-type")
			if kind == "" {
				kind = d.attr("pub-type")
			}
			if kind != want {
				continue
			}
			if date := jatsDay(d); date != "" {
				f.add("date", "", date)
				return
			}
		}
	}
}

// jatsDay writes a date as far as it is known: 2019, 2019-05 or 2019-05-30.
func jatsDay(d *element) string {
	if iso := d.attr("iso-8601-date"); len(iso) >= len("2019") {
		return iso[:min(len(iso), len("2019-05-30"))]
	}
	year, month, day := d.first("year").said(), d.first("month").said(), d.first("day").said()
	switch {
	case len(year) != 4:
		return ""
	case month == "" || len(month) > 2:
		return year // a month may be a word
	case day == "" || len(day) > 2:
		return year + "-" + twoDigits(month)
	}
	return year + "-" + twoDigits(month) + "-" + twoDigits(day)
}

func twoDigits(n string) string { return strings.Repeat("0", 2-len(n)) + n }

// jatsPlaces are the addresses and numbers: the page before the files.
func (f fields) jatsPlaces(article, meta *element) {
	for _, file := range []bool{false, true} {
		for _, uri := range meta.all("self-uri") {
			kind := uri.attr("content-type")
			if isFile := kind != "" && !strings.Contains(kind, "html"); isFile != file {
				continue
			}
			address := uri.attr("href")
			if address == "" {
				address = uri.said()
			}
			if file {
				f.add("relation", "", address)
			} else {
				f.add("identifier", "", address)
			}
		}
	}
	for _, id := range meta.all("article-id") {
		if kind := id.attr("pub-id-type"); kind == "doi" || kind == "uri" {
			f.add("identifier", "", id.said())
		}
	}
	journal := article.first("front", "journal-meta")
	for _, n := range journal.all("issn") {
		f.add("source", "", n.said())
	}
	for _, t := range append(journal.all("journal-title-group", "journal-title"), journal.all("journal-title")...) {
		f.add("source", t.lang(), t.said())
	}
}

// jatsIssue is where in the journal the article stands. Dublin Core has no names for that, see OAIRecord.DC.
func (f fields) jatsIssue(article, meta *element) {
	journal := article.first("front", "journal-meta")
	for _, t := range append(journal.all("journal-title-group", "journal-title"), journal.all("journal-title")...) {
		f.add("journal", t.lang(), t.said())
	}
	f.add("volume", "", meta.first("volume").said())
	f.add("issue", "", meta.first("issue").said())
	f.add("firstpage", "", meta.first("fpage").said())
	f.add("lastpage", "", meta.first("lpage").said())
	if meta.first("fpage") == nil {
		f.add("firstpage", "", meta.first("elocation-id").said())
	}
	for _, p := range journal.all("publisher", "publisher-name") {
		f.add("publisher", p.lang(), p.said())
	}
}

// jatsTexts are abstracts, keywords, section and terms.
func (f fields) jatsTexts(article, meta *element) {
	for _, a := range meta.all("abstract") {
		// The others are pictures, lists of points and words for the cover.
		if kind := a.attr("abstract-type"); kind == "" || strings.Contains(kind, "summary") {
			lang := a.lang()
			if lang == "" {
				lang = article.lang()
			}
			f.add("description", lang, abstractOf(a))
		}
	}
	for _, a := range meta.all("trans-abstract") {
		f.add("description", a.lang(), abstractOf(a))
	}
	for _, group := range meta.all("kwd-group") {
		for _, k := range append(group.all("kwd"), group.all("compound-kwd", "compound-kwd-part")...) {
			f.add("subject", group.lang(), k.said())
		}
	}
	for _, s := range meta.all("article-categories", "subj-group", "subject") {
		f.add("type", "", s.said())
	}
	for _, l := range meta.all("permissions", "license") {
		f.add("rights", "", l.attr("href"))
		f.add("rights", "", l.first("license_ref").said())
	}
	f.add("rights", "", meta.first("permissions", "copyright-statement").said())
}

// abstractOf is an abstract without the heading that says that it is one; those of its parts say something.
func abstractOf(a *element) string {
	var b strings.Builder
	for _, p := range a.parts {
		switch {
		case p.child == nil:
			b.WriteString(p.text)
		case p.child.name != "title":
			b.WriteString(" " + p.child.said("xref") + " ")
		}
	}
	return b.String()
}
