package discover

import (
	"slices"
	"strings"
)

// modsSkipped may hold anything, personal data too.
var modsSkipped = map[string]bool{"extension": true, "recordInfo": true}

// fromMODS tells a MODS record (Library of Congress, version 3) in the fields of Dublin Core. What stands in relatedItem
// is another work's: of the journal or book that holds this one its name and numbers are taken.
func fromMODS(metadata []byte) (map[string][]OAIText, error) {
	tree, err := parseTree(metadata, modsSkipped)
	if err != nil {
		return nil, err
	}
	mods := tree.first("mods")
	if mods == nil {
		mods = tree.first("modsCollection", "mods")
	}
	f := fields{}
	f.modsTitles(mods)
	f.modsNames(mods)
	f.modsDate(mods)
	f.modsPlaces(mods)
	f.modsTexts(mods)
	f.modsIssue(mods)
	return f, nil
}

func (f fields) modsTitles(mods *element) {
	// The title proper before its translations, whatever their order.
	for _, proper := range []bool{true, false} {
		for _, t := range mods.all("titleInfo") {
			kind := t.attr("type")
			if (kind == "") != proper || kind == "abbreviated" || kind == "uniform" {
				continue
			}
			title := collapse(t.first("nonSort").said() + " " + t.first("title").said())
			if sub := t.first("subTitle").said(); sub != "" {
				title += ": " + sub
			}
			f.add("title", t.lang(), title)
		}
	}
}

// modsAuthors are what providers call an author in the code of MARC, in English and in Danish.
var modsAuthors = []string{"", "aut", "cre", "author", "creator", "forfatter", "http://id.loc.gov/vocabulary/relators/aut"}

// modsNames names the authors. Everything else about them stays out.
func (f fields) modsNames(mods *element) {
	for _, n := range mods.all("name") {
		if !authored(n) {
			continue
		}
		var family, given, whole []string
		for _, part := range n.all("namePart") {
			switch part.attr("type") {
			case "family":
				family = append(family, part.said())
			case "given":
				given = append(given, part.said())
			case "":
				whole = append(whole, part.said())
			}
		}
		switch kind := n.attr("type"); {
		case kind == "corporate" || kind == "conference":
			f.add("corporate", "", strings.Join(whole, ", "))
		case len(family)+len(given) > 0:
			f.add("creator", "", familyFirst(strings.Join(family, " "), strings.Join(given, " ")))
		default:
			f.add("creator", "", strings.Join(whole, " "))
		}
	}
}

func authored(name *element) bool {
	terms := name.all("role", "roleTerm")
	return len(terms) == 0 || slices.ContainsFunc(terms, func(t *element) bool {
		return slices.Contains(modsAuthors, strings.ToLower(t.said()))
	})
}

func (f fields) modsDate(mods *element) {
	for _, name := range []string{"dateIssued", "copyrightDate"} {
		for _, d := range mods.all("originInfo", name) {
			if d.attr("point") == "end" {
				continue
			}
			// A time of day says when it was filed; the day is what is wanted.
			date, _, _ := strings.Cut(d.said(), "T")
			f.add("date", "", date)
			if len(f["date"]) > 0 {
				return
			}
		}
	}
}

func (f fields) modsPlaces(mods *element) {
	var files []string
	for _, u := range mods.all("location", "url") {
		if u.attr("access") == "raw object" || u.attr("access") == "preview" {
			files = append(files, u.said())
			continue
		}
		f.add("identifier", "", u.said())
	}
	for _, id := range mods.all("identifier") {
		switch kind := strings.ToLower(id.attr("type")); kind {
		case "doi", "uri", "isbn", "hdl", "handle":
			f.add("identifier", "", id.said())
		case "issn":
			f.add("source", "", id.said())
		}
	}
	for _, file := range files {
		f.add("relation", "", file)
	}
	for _, host := range mods.all("relatedItem") {
		if kind := host.attr("type"); kind != "host" && kind != "series" {
			continue
		}
		for _, id := range host.all("identifier") {
			if strings.EqualFold(id.attr("type"), "issn") {
				f.add("source", "", id.said())
			}
		}
		f.add("source", host.first("titleInfo").lang(), host.first("titleInfo", "title").said())
	}
}

// modsIssue is who brought the work out, and where in its journal it stands. A series has volumes too, but is no journal.
func (f fields) modsIssue(mods *element) {
	for _, p := range mods.all("originInfo", "publisher") {
		f.add("publisher", p.lang(), p.said())
	}
	for _, host := range mods.all("relatedItem") {
		details := append(host.all("part", "detail"), mods.all("part", "detail")...)
		isSerial := func(id *element) bool { return strings.EqualFold(id.attr("type"), "issn") }
		if host.attr("type") != "host" || len(f["journal"]) > 0 || len(details) == 0 && !slices.ContainsFunc(host.all("identifier"), isSerial) {
			continue // a book that holds a chapter is no journal
		}
		f.add("journal", host.first("titleInfo").lang(), host.first("titleInfo", "title").said())
		for _, d := range details {
			if kind := d.attr("type"); kind == "volume" || kind == "issue" {
				f.add(kind, "", d.first("number").said())
			}
		}
		for _, e := range append(host.all("part", "extent"), mods.all("part", "extent")...) {
			if unit := e.attr("unit"); unit == "pages" || unit == "page" || unit == "" {
				f.add("firstpage", "", e.first("start").said())
				f.add("lastpage", "", e.first("end").said())
				f.add("pages", "", e.first("list").said())
			}
		}
	}
}

func (f fields) modsTexts(mods *element) {
	for _, a := range mods.all("abstract") {
		f.add("description", a.lang(), a.said())
	}
	for _, l := range mods.all("language", "languageTerm") {
		f.add("language", "", l.said())
	}
	for _, s := range mods.all("subject", "topic") {
		f.add("subject", "", s.said())
	}
	for _, g := range mods.all("genre") {
		f.add("type", "", g.said())
	}
	for _, a := range mods.all("accessCondition") {
		f.add("rights", "", a.attr("href"))
		f.add("rights", "", a.said())
	}
}
