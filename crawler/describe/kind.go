package describe

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// evidence is what the type rules look at, gathered once.
type evidence struct {
	*reading
	src  partners.Source
	said map[string]map[int]string // "kicker", "label", "title", "lead": rule -> quote
	cues map[string][]cue          // set -> where its phrases were met

	leaf   []string // the last piece of the address
	branch []string // the last two
	sets   map[string]*cueSet
	speech []stretch // what the body has others say
}

func (d *Describer) gather(r *reading, src partners.Source) *evidence {
	e := &evidence{reading: r, src: src, leaf: end(r.path, 1), branch: end(r.path, 2), sets: d.types.Cues, said: map[string]map[int]string{}, cues: map[string][]cue{}}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			e.take(z, m)
		}
		if z.name == inBody {
			e.speech = speech(z.text)
			e.countCues(d.types, z)
		}
	}
	d.gatherDateLine(e)
	return e
}

// gatherDateLine reads the line under the heading that the date was found in: "Rapport · Maj 2020 · 64 sider" says what the page is,
// and stands outside its text.
func (d *Describer) gatherDateLine(e *evidence) {
	if e.doc.Published.Rule != "date-line" && e.doc.Published.Rule != "date-label" {
		return
	}
	z := zone{name: inBody, text: e.doc.Published.Quote}
	d.fill(e.room, &z, e.doc.Lang.Value)
	for _, m := range z.matches {
		e.take(&z, m)
	}
}

// take keeps a match that speaks in its zone.
func (e *evidence) take(z *zone, m match) {
	speaks := false
	switch m.table {
	case "kicker":
		speaks = z.name == inKicker
	case "title":
		speaks = z.name == inTitle
	case "lead":
		speaks = z.name == inTitle || z.name == inBody && m.from < leadWords
	case "label":
		speaks = (z.name == inTitle || z.name == inBody) && m.whole && m.from == 0 && labels(z, m.to)
	case "alone":
		speaks = z.name == inTitle && m.whole && m.from == 0 && (m.to == len(z.tokens)-1 || labels(z, m.to))
	case "begins":
		speaks = z.name == inTitle && m.whole && m.from == 0
	case "opens":
		speaks = z.name == inBody && m.whole && m.from < leadWords && opensText(z, m)
	}
	if !speaks {
		return
	}
	if e.said[m.table] == nil {
		e.said[m.table] = map[int]string{}
	}
	if e.said[m.table][m.row] == "" {
		e.said[m.table][m.row] = z.quote(m.from, m.to)
	}
}

// labels reports whether a colon or a dash follows a token that opens a title or a lead: "Kronik: ..." is labelled, "Kronik
// over ..." is not.
func labels(z *zone, to int) bool {
	rest := strings.TrimLeft(z.text[z.tokens[to].End:], " \u00a0")
	return startsWithOne(rest, []string{":", "–", "—", "- ", "|"})
}

// opensText reports whether a match opens one of the first two lines and that line names no more than a kind, a date and a name.
func opensText(z *zone, m match) bool {
	start, end := z.tokens[m.from].Start, z.tokens[m.to].End
	if !opensLine(z, m) || strings.Count(z.text[:start], "\n") > 1 {
		return false
	}
	line, _, _ := strings.Cut(z.text[start:], "\n")
	rest := strings.TrimLeft(line[min(len(line), end-start):], " \u00a0")
	return len(line) <= shortLine && (rest == "" || !lower(rest) || strings.HasPrefix(rest, "nr"))
}

func lower(s string) bool {
	c := s[0]
	return c >= 'a' && c <= 'z' || strings.HasPrefix(s, "æ") || strings.HasPrefix(s, "ø") || strings.HasPrefix(s, "å")
}

// frontPage is the rule that says of a source's home page that it is of no type.
const frontPage = "type/forside"

// sameAddress compares without scheme, "www." and a last slash, as a register is written by hand.
func sameAddress(address, home string) bool {
	plain := func(s string) string {
		_, rest, _ := strings.Cut(s, "://")
		return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
	}
	return home != "" && plain(address) == plain(home)
}

// kind is the type of a document by the first rule that holds, and all rules that hold, in order.
func (d *Describer) kind(e *evidence) (index.Derived, []Fired) {
	if e.doc.Front() && e.doc.Listing() || sameAddress(e.doc.URL, e.src.Home) {
		return index.Derived{Value: Unknown, Reason: index.Reason{Rule: frontPage, Quote: e.doc.URL}}, nil
	}
	listing := e.doc.Listing()
	var all []Fired
	for i := range d.types.Rules {
		r := &d.types.Rules[i]
		if listing && r.readsText() {
			continue // what a list says, the pages behind it say
		}
		quote, ok := e.holds(r, i)
		if !ok {
			continue
		}
		value := r.Type
		if value == "" {
			value = e.src.Type
		}
		all = append(all, Fired{Field: "type", Value: value, Reason: index.Reason{Rule: "type/" + r.ID, Quote: quote}, Won: len(all) == 0})
	}
	if len(all) == 0 {
		return index.Derived{Value: Unknown, Reason: index.Reason{Rule: index.NoRule}}, nil
	}
	return index.Derived{Value: all[0].Value, Reason: all[0].Reason}, all
}

// holds reports whether all conditions of rule i hold, and quotes the words on which it rests.
func (e *evidence) holds(r *typeRule, i int) (quote string, ok bool) {
	if slices.Contains(r.NotSector, e.src.Sector) || len(r.Sector) > 0 && !slices.Contains(r.Sector, e.src.Sector) {
		return "", false
	}
	if slices.ContainsFunc(r.Cues, e.lacks) || slices.ContainsFunc(r.Without, e.meets) {
		return "", false
	}
	var quotes []string
	for _, c := range []struct {
		asked bool
		quote string
	}{
		{len(r.Kicker) > 0, e.said["kicker"][i]},
		{len(r.Label) > 0, e.said["label"][i]},
		{len(r.Opens) > 0, e.said["opens"][i]},
		{len(r.Title) > 0, e.said["title"][i]},
		{len(r.Lead) > 0, e.said["lead"][i]},
		{len(r.Alone) > 0, e.said["alone"][i]},
		{len(r.Begins) > 0, e.said["begins"][i]},
		{len(r.Path) > 0, inPath(r.Path, e.path)},
		{len(r.Leaf) > 0, inPath(r.Leaf, e.leaf)},
		{len(r.Branch) > 0, inPath(r.Branch, e.branch)},
		{len(r.Folder) > 0, inPath(r.Folder, e.path[:max(0, len(e.path)-1)])},
		{len(r.Has) > 0, e.has(r.Has)},
		{len(r.Cues) > 0, e.cued(r.Cues)},
		{len(r.Sector) > 0, e.inSector(r.Sector)},
	} {
		if !c.asked {
			continue
		}
		if c.quote == "" {
			return "", false
		}
		quotes = append(quotes, c.quote)
	}
	return pieced(quotes), true
}

// inPath quotes the piece of the address that is one of the words.
func inPath(words, path []string) string {
	for _, s := range path {
		for _, w := range words {
			if rest, ok := strings.CutPrefix(s, w); ok && (rest == "" || rest[0] == '-' && numbers(rest[1:])) {
				return "/" + s + "/"
			}
		}
	}
	return ""
}

// end is the last pieces of an address, years and numbers left out. "/om-os/nyheder/ny-leder" is no page about the house.
func end(path []string, pieces int) []string {
	path = slices.DeleteFunc(slices.Clone(path), numbers)
	return path[max(0, len(path)-pieces):]
}

// numbers reports whether a piece is made of digits and hyphens: "nyheder-2021".
func numbers(s string) bool { return strings.Trim(s, "0123456789-") == "" }

func (e *evidence) has(names []string) string {
	for _, name := range names {
		value := ""
		switch name {
		case "doi":
			value = e.doc.DOI
		case "work-doi":
			value = e.workDOI()
		case "cited":
			value = e.citation()
		case "isbn":
			value = e.doc.ISBN
		case "issn":
			value = e.doc.ISSN
		case "quoted-title":
			value = quotedTitle(e.doc.Title)
		case "journal-line":
			value = journalLine.FindString(clip(e.zone(inBody).text, journalReach))
		case "deadline":
			value = e.doc.Deadline.Quote
		case "published":
			value = e.doc.Published.Quote
		case "authors":
			value = strings.Join(e.doc.Authors, ", ")
		case "references":
			if z := e.zone(inBody); z.works > 0 {
				return z.span(z.works, z.works)
			}
		case "source-type":
			if e.src.Type != "" {
				return e.src.Name
			}
		}
		if value != "" {
			return inDanish[name] + value
		}
	}
	return ""
}

// journalReach is how far down a text the line with its journal may stand, in bytes.
const journalReach = 600

// journalLine is where an article stands in its journal: "2011, 32, 114-131", "årg. 14, nr. 2".
var journalLine = regexp.MustCompile(`\b(?:19|20)\d\d, ?\d{1,3}(?:\(\d+\))?, ?(?:s\. ?)?\d+ ?[-–] ?\d+|(?:^|[ ,;(\n])(?:[Vv]ol\.|[Åå]rg\.|[Åå]rgang) ?\d+[,.;:(] ?(?:[Nn]r|[Nn]o|\d)`)

// quotedTitle is a title that is what somebody said: »…«.
func quotedTitle(title string) string {
	mark, size := utf8.DecodeRuneInString(title)
	marks := closing[mark]
	if marks == "" || size+closed(title, mark, marks) < len(title) {
		return ""
	}
	return title
}

// inDanish is what a possession is called before readers; a date, and what stands for those who cite, says by itself what it is.
var inDanish = map[string]string{"doi": "DOI ", "work-doi": "DOI ", "isbn": "ISBN ", "issn": "ISSN ", "authors": "forfatter: "}

// workDOI is the document's own DOI, when it has the form of a publication as well: authors with a year, or a journal. A DOI that only
// stands in the text may be that of the work a news item tells of, unless its line is how the document's own author is cited.
func (e *evidence) workDOI() string {
	d := e.doc
	if d.DOI == "" || d.DOIWhy.Rule == "" || d.DOIWhy.Rule == "doi-shown" && !citesAuthor(d) {
		return ""
	}
	if d.Journal.IsZero() && (len(d.Authors) == 0 || d.Published.IsZero()) {
		return ""
	}
	return d.DOI
}

// citesAuthor reports whether the line with the DOI names the first author's surname and a year: "Lund, B. (2015). Leg. doi: 10.…".
func citesAuthor(d *index.Document) bool {
	if len(d.Authors) == 0 {
		return false
	}
	names := strings.Fields(d.Authors[0])
	return len(names) > 0 && strings.Contains(d.DOIWhy.Quote, names[len(names)-1]+",") && strings.Contains(d.DOIWhy.Quote, "(") && yearsIn(d.DOIWhy.Quote) > 0
}

// citation quotes what the page says for those who cite it, in the metadata that libraries read.
func (e *evidence) citation() string {
	for _, why := range []index.Reason{e.doc.AuthorsWhy, e.doc.Publisher.Reason, e.doc.Journal.Reason} {
		if strings.HasSuffix(why.Rule, "-citation") {
			return why.Quote
		}
	}
	return ""
}

func (e *evidence) inSector(sectors []string) string {
	if slices.Contains(sectors, e.src.Sector) {
		return "kildens sektor: " + index.Label(index.FacetSector, e.src.Sector)
	}
	return ""
}
