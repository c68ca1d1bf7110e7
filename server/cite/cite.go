// Package cite writes documents as references: APA text, RIS, BibTeX, CSL-JSON, CSV and JSON lines.
package cite

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// kind is what a document is called in the worlds of references.
type kind struct {
	ris, bibtex, csl string
}

// kindOf reads what a document is off its type and its numbers: every ISBN makes a report; a volume, or for research a journal, a
// DOI or an ISSN, makes an article of a journal, and other research is a report. News and debate stay what they are in magazines with volumes.
func kindOf(d index.Document) kind {
	news := d.Type.Value == "nyhed" || d.Type.Value == "debat"
	switch {
	case d.ISBN != "":
		return kind{"RPRT", "techreport", "report"}
	case d.Journal.Volume != "" && !news:
		return kind{"JOUR", "article", "article-journal"}
	case d.Type.Value == "forskning" && (d.ISSN != "" || d.DOI != "" || d.Journal.Title != ""):
		return kind{"JOUR", "article", "article-journal"}
	case d.Type.Value == "forskning":
		return kind{"RPRT", "techreport", "report"}
	case news:
		return kind{"NEWS", "misc", "article-newspaper"}
	case d.Format == "pdf" || d.Format == "docx":
		return kind{"RPRT", "techreport", "report"}
	}
	return kind{"ELEC", "misc", "webpage"}
}

// name is a person with given and family names, or anything else as a literal.
type name struct {
	family, given, literal string
}

// bodies are words that only names of organisations have.
var bodies = []string{
	"kommune", "fond", "fonden", "center", "centret", "videncenter", "styrelsen", "ministeriet", "ministerium", "universitet",
	"institut", "instituttet", "forening", "foreningen", "forbund", "rådet", "råd", "tænketank", "tænketanken", "projekt", "a/s",
	"aps", "department", "university", "redaktionen", "m.fl.", "region", "danmark",
}

// particles belong to the family name that follows them.
var particles = []string{"af", "von", "van", "de", "der", "den", "la", "le", "du", "ten", "zu", "al"}

// nameOf splits "Ida Marie Holm" before its last word, since Danish double names are rarely family names. Names that
// look like an organisation, or have more than five words, stay whole.
func nameOf(author string) name {
	author = strings.Join(strings.Fields(author), " ")
	if family, given, ok := strings.Cut(author, ", "); ok && given != "" && !isBody(author) {
		return name{family: family, given: given}
	}
	words := strings.Fields(author)
	if len(words) < 2 || len(words) > 5 || isBody(author) {
		return name{literal: author}
	}
	last := len(words) - 1
	for last > 1 && slices.Contains(particles, words[last-1]) {
		last--
	}
	return name{family: strings.Join(words[last:], " "), given: strings.Join(words[:last], " ")}
}

func isBody(author string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(author)) {
		if slices.Contains(bodies, strings.Trim(word, ",.()")) || strings.ContainsAny(word, "0123456789&") {
			return true
		}
	}
	return false
}

// inverted is "Holm, Ida Marie".
func (n name) inverted() string {
	if n.literal != "" {
		return n.literal
	}
	return n.family + ", " + n.given
}

// apa is "Holm, I. M.".
func (n name) apa() string {
	if n.literal != "" {
		return n.literal
	}
	var initials []string
	for word := range strings.FieldsSeq(n.given) {
		if slices.Contains(particles, word) { // "Bo von Eyben Skov" is no B. V. E.
			initials = append(initials, word)
			continue
		}
		var parts []string
		for piece := range strings.SplitSeq(word, "-") {
			if r := []rune(piece); len(r) > 0 {
				parts = append(parts, string(unicode.ToUpper(r[0]))+".")
			}
		}
		initials = append(initials, strings.Join(parts, "-"))
	}
	return n.family + ", " + strings.Join(initials, " ")
}

// plain makes a value fit for one line: no control characters, single spaces.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))), " ")
}

func title(d index.Document) string {
	if t := plain(d.Title); t != "" {
		return t
	}
	return "Uden titel"
}

func source(d index.Document) string {
	if d.SourceName != "" {
		return plain(d.SourceName)
	}
	return d.Source
}

// publisher is who brought a document out.
func publisher(d index.Document) string {
	if p := plain(d.Publisher.Value); p != "" {
		return p
	}
	return source(d)
}

// named is the publisher where the work itself names one that the reference has not said yet: of an article its journal's name
// is on every line, and the source that merely stands in for a publisher adds nothing to it.
func named(d index.Document) string {
	if d.Publisher.Rule == index.SourcePublisher || publisher(d) == container(d) {
		return ""
	}
	return plain(d.Publisher.Value)
}

// container is what holds a document: its journal, else the site it stands on.
func container(d index.Document) string {
	if j := plain(d.Journal.Title); j != "" {
		return j
	}
	return source(d)
}

// pages are "5-24" with a dash of one's choice; a single page stands alone.
func pages(d index.Document, dash string) string {
	first, last := plain(d.Journal.First), plain(d.Journal.Last)
	if first == "" || last == "" || first == last {
		return first
	}
	return first + dash + last
}

// resume is the abstract, where its licence lets it be passed on whole.
func resume(d index.Document) string {
	if text, whole := answer.Resume(d); whole && answer.FreeLicence(d.Licence.Value) {
		return plain(text)
	}
	return ""
}

// isoDate writes as much of a date as is known.
func isoDate(d index.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Precision == index.Year:
		return d.Time.Format("2006")
	case d.Precision == index.Month:
		return d.Time.Format("2006-01")
	}
	return d.Time.Format(time.DateOnly)
}

// apaDate is the year alone for an article of a journal, as APA writes it, and for all else as much as is known.
func apaDate(t tongue.Tongue, d index.Document) string {
	date := d.ShownDate()
	if kindOf(d).ris == "JOUR" && !date.IsZero() {
		return strconv.Itoa(date.Time.Year())
	}
	return dateIn(t, date)
}

// APA is APAIn in Danish.
func APA(d index.Document, accessed time.Time) string { return APAIn(tongue.Danish, d, accessed) }

// APAIn writes a reference as text after APA's seventh edition, in the words of a language. Accessed is the day of reading.
func APAIn(t tongue.Tongue, d index.Document, accessed time.Time) string {
	var b strings.Builder
	who := apaAuthors(t, d)
	if who == "" {
		who = publisher(d)
	}
	b.WriteString(strings.TrimSuffix(who, ".") + ". (" + apaDate(t, d) + "). " + ended(titleIn(t, d)))
	if e := editionIn(t, plain(d.Edition.Value)); e != "" && !strings.Contains(strings.ToLower(title(d)), strings.ToLower(plain(d.Edition.Value))) {
		b.WriteString(" (" + e + ").") // a title that says it already is left as the source writes it
	}
	if where := apaPlace(d); where != who {
		b.WriteString(" " + ended(where))
	}
	if d.DOI != "" {
		return b.String() + " https://doi.org/" + plain(d.DOI)
	}
	return b.String() + " " + retrieved(t, accessed) + " " + plain(d.URL)
}

// apaPlace is where the work came out: of an article the journal with volume, issue and pages, of a report its publisher, of all
// else the site.
func apaPlace(d index.Document) string {
	switch kindOf(d).ris {
	case "RPRT":
		return publisher(d)
	case "JOUR":
	default:
		return container(d)
	}
	place := container(d)
	volume, issue := plain(d.Journal.Volume), plain(d.Journal.Issue)
	switch {
	case volume != "" && issue != "":
		place += ", " + volume + "(" + issue + ")"
	case volume+issue != "":
		place += ", " + volume + issue
	}
	if p := pages(d, "–"); p != "" {
		place += ", " + p
	}
	return place
}

// ended ends a text with a full stop, unless it ends with a sign of its own.
func ended(text string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// authorsOf are the authors of a document, each on one line, and whether its source says that there are others than those.
// Every format goes by it: APA says "m.fl.", BibTeX "others" and CSL-JSON a name of that word, which programs turn into the
// "et al." of a style. RIS and what is embedded into pages have no sign for it that would not pass for a person, so RIS says
// it in a note, tables and the API in a field, and the others not at all.
func authorsOf(d index.Document) (authors []string, more bool) {
	for _, a := range d.Authors {
		if a = plain(a); a != "" {
			authors = append(authors, a)
		}
	}
	return authors, d.AuthorsMore && len(authors) > 0
}

// apaListed is how many authors a reference lists at most; of more it has the first ones but one, and the last.
const apaListed = 20

// apaAuthors lists the authors as APA does. Where others are left out by the source, the last one is not known.
func apaAuthors(t tongue.Tongue, d index.Document) string {
	authors, more := authorsOf(d)
	names := make([]string, 0, len(authors))
	for _, a := range authors {
		names = append(names, nameOf(a).apa())
	}
	n := len(names)
	switch {
	case more:
		return strings.Join(names[:min(n, apaListed-1)], ", ") + andOthers(t)
	case n < 2:
		return strings.Join(names, "")
	case n > apaListed:
		return strings.Join(names[:apaListed-1], ", ") + ", … " + names[n-1]
	}
	return strings.Join(names[:n-1], ", ") + " & " + names[n-1]
}
