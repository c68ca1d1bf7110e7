package extract

import (
	"regexp"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// Bounds of what names a publisher or journal, and of a number in it, in bytes.
const (
	maxImprint = 200
	maxNumber  = 30
)

// said is a value with the name under which the page has it.
type said struct{ name, value string }

// fillPublisher takes library metadata first, then structured data.
func (p *page) fillPublisher(res *Result) {
	ways := []struct {
		rule  string
		found []said
	}{
		{"publisher-citation", p.meta.said(
			"citation_publisher", "citation_technical_report_institution", "citation_dissertation_institution", "bepress_citation_publisher", "eprints.publisher",
		)},
		{"publisher-dc", p.meta.said("dc.publisher", "dcterms.publisher", "dc.publisher.corporatename")},
		{"publisher-json-ld", p.ldSaid(p.ld.main, "publisher")},
	}
	for _, w := range ways {
		for _, s := range w.found {
			if name := Imprint(s.value); name != "" {
				res.Publisher = name
				res.Why["publisher"] = index.Reason{Rule: w.rule, Quote: s.name + ": " + name}
				return
			}
		}
	}
}

// Imprint is the name of a publisher or journal in a value, cleaned; "" for addresses and whole sentences.
func Imprint(value string) string {
	value = Mask(clean(value))
	if len(value) > maxImprint || strings.Contains(value, "://") || strings.ContainsAny(value, "<>@") || strings.Trim(value, " -–.,;:|") == "" {
		return ""
	}
	return value
}

// ldSaid are the names of the things of a property, with references followed.
func (p *page) ldSaid(n ldNode, key string) []said {
	var out []said
	for _, o := range p.ld.objects(n, key) {
		if name := o.str("name"); name != "" {
			out = append(out, said{key, name})
		}
	}
	return out
}

// said lists the values of some names, each with its name.
func (m metaTags) said(names ...string) []said {
	var out []said
	for _, name := range names {
		for _, v := range m.all[name] {
			out = append(out, said{name, v})
		}
	}
	return out
}

// fillJournal reads where in a journal the work stands. Library metadata and structured data mend each other's gaps: systems
// mostly have both, each half filled in.
func (p *page) fillJournal(res *Result) {
	tags, ld := p.journalTags(), p.ldJournal()
	rule := "journal-citation"
	if len(tags.title) == 0 {
		rule = "journal-json-ld"
	}
	var quotes []string
	pick := func(field *string, fit func(string) string, found ...said) {
		for _, s := range found {
			if v := fit(s.value); v != "" && *field == "" {
				*field = v
				quotes = append(quotes, s.name+": "+v)
			}
		}
	}
	j := &res.Journal
	pick(&j.Title, Imprint, slices.Concat(tags.title, ld.title)...)
	if j.Title == "" {
		return // a number without its journal says nothing
	}
	pick(&j.Volume, Number, slices.Concat(tags.volume, ld.volume)...)
	pick(&j.Issue, Number, slices.Concat(tags.issue, ld.issue)...)
	pick(&j.First, Number, slices.Concat(tags.first, ld.first)...)
	pick(&j.Last, Number, slices.Concat(tags.last, ld.last)...)
	if j.First == "" {
		pick(&j.First, firstPage, slices.Concat(tags.pages, ld.pages)...)
		pick(&j.Last, lastPage, slices.Concat(tags.pages, ld.pages)...)
	}
	j.Reason = index.Reason{Rule: rule, Quote: clip(strings.Join(quotes, "; "), 300)}
}

// imprint is what a page has of a journal, each from its best name to its worst.
type imprint struct{ title, volume, issue, first, last, pages []said }

// journalTags are the names of Highwire, PRISM, Bepress, EPrints and of the Dublin Core that OJS writes. The bare dc.source may
// be anything, so it counts only beside a number that only journals have.
func (p *page) journalTags() imprint {
	m := p.meta
	i := imprint{
		title:  m.said("citation_journal_title", "prism.publicationname", "bepress_citation_journal_title", "eprints.publication"),
		volume: m.said("citation_volume", "prism.volume", "bepress_citation_volume", "eprints.volume", "dc.source.volume"),
		issue:  m.said("citation_issue", "prism.number", "prism.issueidentifier", "bepress_citation_issue", "eprints.number", "dc.source.issue"),
		first:  m.said("citation_firstpage", "prism.startingpage", "bepress_citation_firstpage"),
		last:   m.said("citation_lastpage", "prism.endingpage", "bepress_citation_lastpage"),
		pages:  m.said("citation_pages", "prism.pagerange", "eprints.pagerange", "dc.identifier.pagenumber"),
	}
	if len(m.said("dc.source.issn", "dc.source.volume", "dc.source.issue")) > 0 {
		i.title = append(i.title, m.said("dc.source")...)
	}
	return i
}

// issues are the types of schema.org that hold works; a work may also be said to be part of its web site.
var issues = []string{"Periodical", "PublicationIssue", "PublicationVolume", "Newspaper", "ComicSeries", "BookSeries"}

// ldJournal follows isPartOf from the work through issue and volume to the journal.
func (p *page) ldJournal() imprint {
	var i imprint
	add := func(list *[]said, n ldNode, keys ...string) {
		for _, key := range keys {
			if v := n.str(key); v != "" {
				*list = append(*list, said{key, v})
			}
		}
	}
	add(&i.first, p.ld.main, "pageStart")
	add(&i.last, p.ld.main, "pageEnd")
	add(&i.pages, p.ld.main, "pagination")
	at := []ldNode{p.ld.main}
	for range maxLDDepth {
		var next []ldNode
		for _, n := range at {
			for _, part := range p.ld.objects(n, "isPartOf") {
				types := part.types()
				if !slices.ContainsFunc(types, func(t string) bool { return slices.Contains(issues, t) }) {
					continue
				}
				add(&i.volume, part, "volumeNumber")
				add(&i.issue, part, "issueNumber")
				if !slices.Contains(types, "PublicationIssue") && !slices.Contains(types, "PublicationVolume") {
					add(&i.title, part, "name")
				}
				next = append(next, part)
			}
		}
		if at = next[:min(len(next), 4)]; len(at) == 0 {
			return i
		}
	}
	return i
}

// numberWords stand before numbers where systems fill a form's field with its label.
var numberWords = regexp.MustCompile(`(?i)^(?:vol(?:ume)?|årg(?:ang)?|bind|nr|no|num(?:ber)?|issue|hefte|pages?|pp?|s(?:ide(?:r)?)?)\b[.:]?\s*`)

// Number is a volume, an issue or a page as sources write it, without the word before it; "" for what is no such thing, such as
// a sentence, or the 0 that systems write for nothing.
func Number(value string) string {
	value = clean(value)
	for range 2 {
		if rest := numberWords.ReplaceAllString(value, ""); rest != "" {
			value = rest
		}
	}
	if len(value) > maxNumber || value == "0" || strings.ContainsAny(value, "<>@:;{}\\") || !strings.ContainsFunc(value, isAlnum) {
		return ""
	}
	return value
}

func isAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// pageSpan is "5-24" with any dash; anything longer is no span of pages.
var pageSpan = regexp.MustCompile(`^([A-Za-z]{0,3}[0-9]{1,6})(?:\s*(?:-|–|—|--)\s*([A-Za-z]{0,3}[0-9]{1,6}))?$`)

// Span parts a span of pages; both are empty for what is none, the last one for a single page.
func Span(value string) (first, last string) {
	m := pageSpan.FindStringSubmatch(Number(value))
	if m == nil {
		return "", ""
	}
	return m[1], m[2]
}

func firstPage(value string) string { first, _ := Span(value); return first }

func lastPage(value string) string { _, last := Span(value); return last }
