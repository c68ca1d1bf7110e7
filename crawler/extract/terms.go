package extract

import (
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"smaabornsviden/crawler/identifier"
	"smaabornsviden/index"
)

// fillTerms finds the page's identifiers, licence and access.
func (p *page) fillTerms(res *Result) {
	p.fillDOI(res)
	p.fillISBN(res)
	p.fillISSN(res)
	lines := p.imprintLines(res)
	fillLabelled(res, lines)
	fillShownPublisher(res, lines)
	fillColophonDOI(res)
	p.fillShownDOI(res)
	p.fillLicence(res)
	p.fillAccess(res)
}

// identifiers are values of fields that may hold any identifier, with the field they are from.
func (p *page) identifiers(names ...string) []string {
	out := p.meta.every(names...)
	out = append(out, p.meta.every("dc.identifier", "dcterms.identifier", "dc.identifier.uri")...)
	for _, key := range []string{"identifier", "sameAs", "@id", "url"} {
		out = append(out, p.ld.main.strs(key)...)
	}
	return out
}

// fillDOI takes a DOI from metadata: one in the text mostly names another work, but see fillColophonDOI.
func (p *page) fillDOI(res *Result) {
	values := p.identifiers("citation_doi", "dc.identifier.doi", "prism.doi", "bepress_citation_doi", "doi")
	values = append(values, p.ld.main.strs("doi")...)
	for _, v := range values {
		if doi := identifier.DOI(v); doi != "" {
			res.DOI = doi
			res.Why["doi"] = index.Reason{Rule: "doi-meta", Quote: clip(v, 200)}
			return
		}
	}
}

// fillColophonDOI takes a DOI that the page shows beside the work's own ISBN or ISSN, on its line or the next: there it
// stands for the work as they do. Several of them are a list of works.
func fillColophonDOI(res *Result) {
	if res.DOI != "" || res.ISBN == "" && res.ISSN == "" || !strings.Contains(res.Text, "10.") {
		return
	}
	lines := slices.DeleteFunc(strings.Split(res.Text, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	own := map[string]string{}
	for i, line := range lines {
		if !holds(visibleISBN, line, identifier.ISBN, res.ISBN) && !holds(visibleISSN, line, identifier.ISSN, res.ISSN) {
			continue
		}
		for _, line := range lines[max(0, i-1):min(len(lines), i+2)] {
			for _, at := range visibleDOI.FindAllStringSubmatchIndex(line, 20) {
				if ownPlace(line, "", at[0], res.Title) {
					own[identifier.DOI(strings.TrimRight(line[at[2]:at[3]], ".,;)"))] = line[at[0]:at[1]]
				}
			}
		}
	}
	delete(own, "")
	if len(own) != 1 {
		return
	}
	for doi, quote := range own {
		res.DOI, res.Why["doi"] = doi, index.Reason{Rule: "doi-colophon", Quote: clip(quote, 200)}
	}
}

// holds reports whether a line names a number under its label.
func holds(re *regexp.Regexp, line string, valid func(string) string, number string) bool {
	return number != "" && slices.ContainsFunc(re.FindAllStringSubmatch(line, 20), func(m []string) bool { return valid(m[1]) == number })
}

// visibleISBN finds a labelled number. "ISBN-13: 978-87-..." and "e-ISBN 978 87 ..." are both common.
var visibleISBN = regexp.MustCompile(`\bISBN(?:[- ]?1[03])?(?:\s*\([^)]{1,20}\))?[\s:.]*((?:97[89][- ]?)?[0-9][0-9 -]{7,14}[0-9Xx])`)

func (p *page) fillISBN(res *Result) {
	values := p.identifiers("citation_isbn", "book:isbn", "dc.identifier.isbn", "prism.isbn", "isbn")
	values = append(values, p.ld.main.strs("isbn")...)
	for _, v := range values {
		if isbn := identifier.ISBN(v); isbn != "" {
			res.ISBN, res.Why["isbn"] = isbn, index.Reason{Rule: "isbn-meta", Quote: clip(v, 200)}
			return
		}
	}
}

var visibleISSN = regexp.MustCompile(`(?i)\be?-?ISSN(?:\s*\([^)]{1,20}\))?[\s:.]*([0-9]{4}-?[0-9]{3}[0-9Xx])\b`)

func (p *page) fillISSN(res *Result) {
	values := p.meta.every("citation_issn", "citation_eissn", "dc.source.issn", "prism.issn", "prism.eissn", "issn")
	values = append(values, p.ld.main.strs("issn")...)
	for _, part := range p.ld.objects(p.ld.main, "isPartOf") {
		values = append(values, part.strs("issn")...)
	}
	for _, v := range values {
		if issn := identifier.ISSN(v); issn != "" {
			res.ISSN, res.Why["issn"] = issn, index.Reason{Rule: "issn-meta", Quote: clip(v, 200)}
			return
		}
	}
}

type found struct{ value, quote string }

// distinct returns the valid values that a pattern's first group captures, each once.
func distinct(re *regexp.Regexp, label, text string, valid func(string) string) []found {
	var out []found
	seen := map[string]bool{}
	for _, m := range re.FindAllStringSubmatch(near(text, label), 20) {
		if v := valid(m[1]); v != "" && !seen[v] {
			seen[v] = true
			out = append(out, found{v, clip(clean(m[0]), 100)})
		}
	}
	return out
}

// near cuts out of a text what stands around a label in capitals, so that patterns need not search all of it.
func near(text, label string) string {
	var b strings.Builder
	for i := strings.Index(text, label); i >= 0; i = strings.Index(text, label) {
		b.WriteString(tail(text[:i], 4))
		b.WriteString(strings.ToValidUTF8(text[i:min(len(text), i+60)], ""))
		b.WriteByte('\n')
		text = text[min(len(text), i+len(label)):]
		if b.Len() > 20*64 {
			break
		}
	}
	return b.String()
}

// fillLicence takes what is declared for the page before what is linked, and Creative Commons before prose.
func (p *page) fillLicence(res *Result) {
	for _, v := range p.meta.every("dcterms.license", "dc.rights.license", "dc.rights", "dcterms.rights", "citation_license", "rights", "license") {
		if res.setLicence(v, "licence-meta") {
			return
		}
	}
	for _, v := range append(p.ld.main.strs("license"), p.ld.main.strs("usageInfo")...) {
		if res.setLicence(v, "licence-json-ld") {
			return
		}
	}
	p.linkedLicence(res)
	if res.Licence == "" {
		res.licenceInText(res.Text)
	}
	if res.Licence == "" { // the text goes without colophon and footer
		res.licenceInText(p.creditLines())
	}
	p.reserve(res)
}

// creditLines are the lines of the page that name a licence.
func (p *page) creditLines() string {
	var b strings.Builder
	for _, line := range p.lines() {
		if strings.Contains(line.text, "CC") || strings.Contains(line.text, "reative ") {
			b.WriteString(line.text + "\n")
		}
	}
	return b.String()
}

// linkedLicence takes the address of a licence that a link says to be the page's, or that stands where one is said of the page.
func (p *page) linkedLicence(res *Result) {
	p.doc.Find(`a[rel~="license"][href], link[rel~="license"][href], a[href*="creativecommons.org/licenses/"], a[href*="creativecommons.org/publicdomain/"]`).EachWithBreak(
		func(_ int, s *goquery.Selection) bool {
			if !licensesPage(s) {
				return true
			}
			return !res.setLicence(p.absolute(s.AttrOr("href", "")), "licence-link")
		})
}

// licensesPage reports whether a link to a licence is about the page: by its rel, as a badge, or by the sentence that it stands in.
// One below a picture is about the picture.
func licensesPage(s *goquery.Selection) bool {
	if s.Is("link") {
		return true
	}
	if s.Closest("figure, figcaption, blockquote").Length() > 0 {
		return false
	}
	text := clean(inlineText(s.Get(0)))
	around := clean(inlineText(s.Closest("p, li, td, dd, div, footer, section, article, main, body").Get(0)))
	if s.Is(`[rel~="license"]`) {
		return !mediaWork.MatchString(clip(around, 60)) || ownWork.MatchString(around)
	}
	if text == "" { // a badge
		return len(around) <= 160 && !mediaWork.MatchString(around) && !ofOthers.MatchString(around) || ownWork.MatchString(around) && !ofOthers.MatchString(around)
	}
	for _, sentence := range sentenceEnd.Split(around, -1) {
		if at := strings.Index(sentence, text); at >= 0 {
			return ownTerms(sentence, []int{at, at + len(text)}, around)
		}
	}
	return false
}

// reserve gives way to "alle rettigheder forbeholdes": such a page is under no open licence, whatever else it says. What its
// metadata declares of the work stands, since sites print those words below every page.
func (p *page) reserve(res *Result) {
	rule := res.Why["licence"].Rule
	if rule == "licence-citation" {
		return // citing may be allowed beside it
	}
	if words := reservedRights(res.Text + "\n" + p.owners); words != "" && (res.Licence == "" || rule == "licence-text" || rule == "licence-link") {
		if res.Licence = ""; rule == "" {
			res.setLicence(words, "licence-reserved")
			return
		}
		delete(res.Why, "licence") // the page says both
		return
	}
	if res.Licence == "" || rule != "licence-text" && rule != "licence-link" {
		return
	}
	for _, line := range p.lines() {
		if reserved.MatchString(line.text) {
			res.Licence = ""
			delete(res.Why, "licence")
			return
		}
	}
}

func (r *Result) setLicence(value, rule string) bool {
	value = clean(value)
	if value == "" {
		return false
	}
	r.Licence = clip(licenceName(value), 200)
	r.Why["licence"] = index.Reason{Rule: rule, Quote: clip(value, 200)}
	return true
}

var (
	ccURL  = regexp.MustCompile(`(?i)creativecommons\.org/(licenses|publicdomain)/([a-z+-]+)(?:/([0-9.]+))?`)
	ccText = regexp.MustCompile(`\bCC[ /-]BY(?:[-/](?:NC|SA|ND))*(?: \d\.\d)?\b|\bCC0\b`)
)

// licenceName writes the address of a Creative Commons licence as people do: CC BY-SA 4.0. Anything
// else stays as the source has it.
func licenceName(value string) string {
	m := ccURL.FindStringSubmatch(value)
	if m == nil {
		return value
	}
	name := "CC " + strings.ToUpper(m[2])
	switch {
	case strings.EqualFold(m[2], "zero"):
		name = "CC0"
	case strings.EqualFold(m[1], "publicdomain"):
		return "Public Domain"
	}
	return strings.TrimSpace(name + " " + m[3])
}

// fillAccess reads schema.org's isAccessibleForFree and OpenGraph's content tier.
func (p *page) fillAccess(res *Result) {
	set := func(value, rule, quote string) {
		res.Access, res.Why["access"] = value, index.Reason{Rule: rule, Quote: quote}
	}
	switch free := strings.ToLower(p.ld.main.str("isAccessibleForFree")); free {
	case "false", "http://schema.org/false", "https://schema.org/false", "no", "nej":
		set("abonnement", "access-json-ld", "oplyst af siden: ikke gratis")
		return
	case "true", "http://schema.org/true", "https://schema.org/true", "yes", "ja":
		set("fri", "access-json-ld", "oplyst af siden: gratis")
		return
	}
	switch tier := strings.ToLower(p.meta.first("article:content_tier", "og:article:content_tier")); tier {
	case "locked", "metered":
		set("abonnement", "access-meta", "article:content_tier: "+tier)
	case "free":
		set("fri", "access-meta", "article:content_tier: "+tier)
	}
}
