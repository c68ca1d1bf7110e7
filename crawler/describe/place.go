package describe

import (
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// Several municipalities are a document's places when it names them as one list and none of them far more than the others; a list
// of more than mostPlaces tells how widely something is spread, and not where it is.
const (
	mostPlaces  = 5
	leadOfOne   = 1.5 // how far a single one has to stand above all others
	leadInAList = 2.0 // how far those of one list may stand apart
)

// place are the municipalities that a document is about, parted by commas: its sender's own, the one named far more than others, or
// those named together.
func (d *Describer) place(r *reading, src partners.Source) index.Derived {
	if name := d.facts.sender(src); name != "" {
		return index.Derived{Value: name, Reason: index.Reason{Rule: "sted/kilde", Quote: src.Name}}
	}
	least := 3.0
	if src.Sector == "kommune" {
		least = leadWeight // a municipality that names a town in its opening is at home there
	}
	if name, host := d.facts.host(r.doc.URL, src); name != "" {
		return index.Derived{Value: name, Reason: index.Reason{Rule: "sted/adresse", Quote: host}}
	}
	if name := d.facts.dateline(r.doc); name != "" {
		return index.Derived{Value: name, Reason: index.Reason{Rule: "sted/linje", Quote: r.doc.Published.Quote}}
	}
	people := r.called()
	all := r.tally("place", func(z *zone, m match) (float64, string) { return d.named(r, z, m, people) })
	if len(all) == 0 || all[0].score < least {
		return index.Derived{}
	}
	if len(all) == 1 || all[0].score >= leadInAList*all[1].score {
		return index.Derived{Value: d.facts.Places[all[0].row].Name, Reason: index.Reason{Rule: all[0].rule, Quote: all[0].quote}}
	}
	if together := r.together(all, least); len(together) > 0 {
		return d.places(together)
	}
	if all[0].score < leadOfOne*all[1].score {
		return index.Derived{}
	}
	return index.Derived{Value: d.facts.Places[all[0].row].Name, Reason: index.Reason{Rule: all[0].rule, Quote: all[0].quote}}
}

// places writes several municipalities in the order in which the text names them.
func (d *Describer) places(all []tally) index.Derived {
	var names, quotes []string
	for _, t := range all {
		names = append(names, d.facts.Places[t.row].Name)
		quotes = append(quotes, t.quote)
	}
	return index.Derived{Value: strings.Join(names, ", "), Reason: index.Reason{Rule: "sted/flere", Quote: pieced(quotes)}}
}

// together are the municipalities named as one list, in the list's order; none where others are named as much beside them.
func (r *reading) together(all []tally, least float64) []tally {
	for _, list := range r.lists() {
		var inside []tally
		for _, row := range list {
			at := slices.IndexFunc(all, func(t tally) bool { return t.row == row })
			if at >= 0 && all[at].score >= least && leadInAList*all[at].score >= all[0].score {
				inside = append(inside, all[at])
			}
		}
		rival := slices.ContainsFunc(all, func(t tally) bool {
			return !slices.Contains(inside, t) && leadOfOne*t.score > all[0].score
		})
		if len(inside) == len(list) && len(list) <= mostPlaces && !rival {
			return inside
		}
	}
	return nil
}

// lists are the municipalities that stand as lists, each row once: "Vejen og Varde Kommuner", "Ishøj Kommune og Albertslund Kommune".
func (r *reading) lists() [][]int {
	var all [][]int
	for i := range r.zones {
		z := &r.zones[i]
		var list []int
		last := -1
		for _, m := range z.matches {
			if m.table != "place" || m.from <= last || !capital(z.tokens[m.from].Surface) {
				continue
			}
			if last < 0 || !z.listed(last, m.from) {
				all, list = append(all, list), nil
			}
			if last = m.to; !slices.Contains(list, m.row) {
				list = append(list, m.row)
			}
		}
		all = append(all, list)
	}
	return slices.DeleteFunc(all, func(list []int) bool { return len(list) < 2 })
}

// listed reports whether nothing but "og", "kommune" and the marks of a list stand between two names.
func (z *zone) listed(from, to int) bool {
	if to-from > 4 {
		return false
	}
	for k := from; k < to; k++ {
		if word := z.word(k); k > from && word != "og" && word != "samt" && word != "and" && word != "i" && !strings.HasPrefix(word, "kommune") {
			return false
		}
		if between := strings.TrimSpace(z.between(k)); between != "" && between != "," && between != "/" && between != "&" {
			return false
		}
	}
	return true
}

// sender is the municipality that a source is, "" where it is none: one of the list or, of a register with invented or foreign ones,
// the proper name before "Kommune".
func (f *facts) sender(src partners.Source) string {
	if src.Sector != "kommune" {
		return ""
	}
	if name := f.municipality(src.Name); name != "" {
		return name
	}
	name, _, ok := strings.Cut(src.Name, " Kommune")
	if !ok || slices.ContainsFunc(strings.Fields(name), func(w string) bool { return !capital(w) }) {
		return ""
	}
	return name
}

// host is the municipality whose own site a page is on, by the name of its host: "faxekommune.dk", "sundhedspleje.aarhus.dk". Pages of
// others have such names too, so that the register has to say that the source is a municipality's.
func (f *facts) host(address string, src partners.Source) (name, host string) {
	if src.Sector != "kommune" {
		return "", ""
	}
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ = strings.Cut(rest, "/")
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	parts := strings.Split(host, ".")
	if len(parts) < 2 || parts[len(parts)-1] != "dk" {
		return "", ""
	}
	own := strings.ReplaceAll(strings.TrimSuffix(parts[len(parts)-2], "kommune"), "-", "")
	for _, pl := range f.Places {
		if slices.Contains(inAddresses(pl.Name), own) {
			return pl.Name, host
		}
	}
	return "", ""
}

// inAddresses are the ways in which a name is spelt where only the letters of English are allowed.
func inAddresses(name string) []string {
	name = strings.ReplaceAll(strings.ToLower(name), "-", "")
	return []string{
		strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa").Replace(name), strings.NewReplacer("æ", "ae", "ø", "o", "å", "a").Replace(name), name,
	}
}

// dateline is the municipality that a newspaper puts before the day: "Slagelse - 26. august 2021 kl. 09:44".
func (f *facts) dateline(doc *index.Document) string {
	if doc.Published.Rule != "date-line" {
		return ""
	}
	name, rest, found := strings.Cut(doc.Published.Quote, " - ")
	if !found || rest == "" || rest[0] < '0' || rest[0] > '9' {
		return ""
	}
	return f.municipality(name)
}

// municipality is the name in the list that is meant by a name as people write it: "Københavns Kommune", "Sundhedsplejen i Vejle
// Kommune"; "" where none is.
func (f *facts) municipality(written string) string {
	name, _, whole := strings.Cut(written, " Kommune")
	for _, pl := range f.Places {
		for _, form := range append([]string{pl.Name}, pl.Also...) {
			if name == form || name == form+"s" || whole && (strings.HasSuffix(name, " i "+form) || strings.HasSuffix(name, ", "+form)) {
				return pl.Name
			}
		}
	}
	return ""
}

// What a mention of a municipality counts.
const (
	placeNamed   = 1.0
	placeWhere   = 1.3 // "i Aarhus": in the opening of a text it is at home there
	placeOfOne   = .5  // "Bo Lund fra Odense"
	placeSure    = 2.0 // "Holbæk Kommune"
	placeInField = 3.0 // "Sted: Børnebiblioteket, Kolding"
)

// named is what one mention of a municipality counts, and by which rule: names begin with a capital, and "Kommune" makes them sure.
func (d *Describer) named(r *reading, z *zone, m match, people []string) (float64, string) {
	if !capital(z.tokens[m.from].Surface) {
		return 0, ""
	}
	within := slices.Contains([]string{"i", "på", "omkring", "in"}, z.word(z.firstOfList(m.from)-1))
	switch {
	case z.formerly(m):
		return placeOfOne, "sted/kommunenavn"
	case z.municipal(m) && z.word(m.from-1) == "fra" && slices.Contains([]string{"høringssvar", "svar", "tal", "data", "henvendelse", "henvendelser"}, z.word(m.from-2)):
		return placeNamed, "sted/kommunenavn"
	case z.municipal(m):
		if r.words <= leastLong { // once in a short text is what it is of
			return placeInField, "sted/kommunenavn"
		}
		return placeSure, "sted/kommunenavn"
	case z.surname(m) || z.ofInstitute(m) || z.ofLandscape(m):
		return 0, ""
	case !within && slices.Contains(people, z.tokens[m.from].Text):
		return 0, ""
	case z.inField(m, wheres) && !slices.Contains([]string{"og", "en", "et", "and", "one"}, z.word(m.from-2)): // "ni i Jylland og en på Bornholm"
		return placeInField, "sted/felt"
	case d.facts.Places[m.row].Ambiguous && z.word(m.from-1) != "i":
		return 0, ""
	case z.ofPerson(m):
		return placeOfOne, "sted/kommunenavn"
	case within && !z.seat(m):
		return placeWhere, "sted/i-byen"
	}
	return placeNamed, "sted/kommunenavn"
}

// longestList is how many words the list of municipalities has that a name is looked for in; all of them are some 130.
const longestList = 40

// firstOfList is the token at which the list of names begins that a name stands in: "Randers" of "i Randers og Horsens".
func (z *zone) firstOfList(at int) int {
	least := max(0, at-longestList)
	for k := at - 1; k > least; k-- {
		between := strings.TrimSpace(z.between(k))
		joins := (z.word(k) == "og" || z.word(k) == "samt" || z.word(k) == "and") && between == ""
		switch {
		case joins:
			continue
		case capital(z.tokens[k].Surface) && z.hasMatch("place", k) && (between == "," || between == ""):
			at = k
		default:
			return at
		}
	}
	return at
}

// called are the names of places that somebody in the document is called by: where it has "Anna Fanø", "Fanø" alone is she.
func (r *reading) called() []string {
	var names []string
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == "place" && capital(z.tokens[m.from].Surface) && z.surname(m) && !z.municipal(m) && !slices.Contains(names, z.tokens[m.from].Text) {
				names = append(names, z.tokens[m.from].Text)
			}
		}
	}
	return names
}

// wheres are the labels of a field that tells where something is.
var wheres = []string{"sted", "hvor", "adresse", "mødested", "lokation", "kommune", "by", "where", "place", "venue"}

// seat reports whether a name stands before "i", whose owner may be from anywhere: "Teknologihuset i Odense".
func (z *zone) seat(m match) bool {
	return m.from >= 2 && capital(z.tokens[m.from-2].Surface) && !opens(z.text[:z.tokens[m.from-2].Start])
}

// ofPerson recognises where somebody lives, works or comes from: "fra Odense", "der bor i Aarhus".
func (z *zone) ofPerson(m match) bool {
	switch z.word(m.from - 1) {
	case "fra", "from":
		return true
	case "i", "på", "ved", "in":
		if m.from >= 3 && strings.HasPrefix(z.between(m.from-3), ",") && isCalling(z.tokens[m.from-2].Text) {
			return true // "Anna Holm, vuggestuepædagog i Aarhus"
		}
		return slices.Contains([]string{
			"forsker", "forskere", "professor", "researchers", "bor", "boede", "boet", "født", "opvokset", "bosat", "arbejder", "arbejdede", "uddannet", "studerer", "studerede", "læste", "læser", "ansat", "kandidat", "lives", "born", "based", "hjemme",
		}, z.word(m.from-2))
	}
	return false
}

// isCalling reports whether a word says what somebody works as.
func isCalling(word string) bool {
	return slices.ContainsFunc([]string{"pædagog", "leder", "forsker", "lektor", "professor", "læge", "sygeplejerske", "sundhedsplejerske", "dagplejer", "lærer", "psykolog", "rådgiver", "konsulent", "direktør", "chef", "formand", "forperson", "far", "mor"}, func(w string) bool {
		return strings.HasSuffix(word, w)
	})
}

// formerly recognises where somebody worked before: "kommer fra en stilling som dagtilbudschef i Vejle Kommune".
func (z *zone) formerly(m match) bool {
	const far = 9
	for k := m.from - 1; k >= max(0, m.from-far) && !opens(z.text[:z.tokens[k+1].Start]); k-- {
		if slices.Contains([]string{"stilling", "tidligere", "forhenværende", "fhv", "fratræder", "forlader", "formerly", "former"}, z.word(k)) {
			return true
		}
	}
	return false
}

// surname reports whether the name of a place stands behind a given name or an initial, as in "Anna Fanø" and "A. Herning".
func (z *zone) surname(m match) bool {
	if m.from == 0 {
		return false
	}
	before := &z.tokens[m.from-1]
	switch between := z.between(m.from - 1); {
	case between == ". ":
		return utf8.RuneCountInString(before.Surface) == 1 && capital(before.Surface)
	case between != " ":
		return false
	}
	return writtenAsName(before.Surface) && !before.Stop && !slices.Contains(placing, before.Text) && !strings.HasSuffix(before.Text, "kommune")
}

// placing are words with a capital that may stand before the name of a place.
var placing = []string{
	"i", "på", "fra", "ved", "til", "hos", "om", "omkring", "nær", "nord", "syd", "øst", "vest", "nordlige", "sydlige", "gammel", "ny", "nye", "hele", "region", "kommunen", "byen", "øen", "midt", "stor", "greater", "in", "at", "from", "kommunerne",
}

// institutes are what a place may lend its name to, far beyond itself; those that end otherwise begin so.
var institutes = []string{
	"universitet", "university", "professionshøjskole", "erhvervsakademi", "seminarium", "hospital", "sygehus", "stift", "folkeblad", "avis", "dagblad", "festival", "business", "school", "amts", "tekniske", "museum", "museet", "katedralskole", "forlag", "press",
}

// ofInstitute reports whether a place stands in the name of an institute: "Aalborg Universitet".
func (z *zone) ofInstitute(m match) bool {
	if z.word(m.from-1) == "of" && slices.Contains([]string{"university", "college", "hospital", "school", "bishop"}, z.word(m.from-2)) {
		return true
	}
	if m.to+1 >= len(z.tokens) || z.between(m.to) != " " {
		return false
	}
	next := z.tokens[m.to+1]
	return capital(next.Surface) && startsWithOne(next.Text, institutes)
}

// islands lend their names to municipalities, and landscapes are those beside them that lend them to none.
var (
	islands    = []string{"lolland", "langeland", "samsø", "ærø", "læsø", "fanø", "bornholm"}
	landscapes = []string{"falster", "falsters", "møn", "fyn", "als", "mors", "amager", "sjælland", "jylland", "tåsinge"}
)

// ofLandscape recognises "på Lolland og Falster", which is two municipalities and not the one that has the name of the first island.
func (z *zone) ofLandscape(m match) bool {
	if !slices.Contains(islands, z.tokens[m.from].Text) {
		return false
	}
	for _, step := range []int{-1, 1} {
		near := m.from + step
		joined := slices.Contains([]string{"og", "eller", "samt"}, z.word(near))
		if joined {
			near += step
		}
		if !slices.Contains(landscapes, z.word(near)) {
			continue
		}
		first, last := min(near, m.from), max(near, m.from)
		if between := strings.TrimSpace(z.text[z.tokens[first].End:z.tokens[last].Start]); joined && !strings.ContainsAny(between, ".;:()\n") || slices.Contains([]string{"-", "–", "/", "&", ","}, between) {
			return true
		}
	}
	return false
}

// municipal reports whether "Kommune" makes a name sure: right behind it, or at one end of a list that the name stands in, of
// which no name leads: "Herlev, Vejle og Skive Kommune", "kommunerne Vejle og Skive".
func (z *zone) municipal(m match) bool {
	if strings.Contains(z.tokens[m.to].Text, "kommune") { // "Bornholms Regionskommune"
		return true
	}
	if end := m.to + 1; end < len(z.tokens) && (strings.HasPrefix(z.tokens[end].Text, "kommune") || strings.HasPrefix(z.tokens[end].Text, "municipalit")) {
		return true
	}
	// "Jelling, Vejle Kommune" is no list but tells where Jelling is: one that nothing joins must be of "kommuner".
	behind, joined := z.listEnd(m.to, 1)
	if word := z.word(behind); strings.HasPrefix(word, "kommuner") || joined && strings.HasPrefix(word, "kommune") {
		return true
	}
	before, _ := z.listEnd(m.from, -1)
	word := z.word(before)
	return word == "kommuner" || word == "kommunerne"
}

// listEnd walks from a name over the others of its list, forwards or backwards, and returns the token behind the last one and
// whether an "og" was among them.
func (z *zone) listEnd(at, step int) (end int, joined bool) {
	for range longestList {
		at += step
		if at < 0 || at >= len(z.tokens) {
			return at, joined
		}
		between := strings.TrimSpace(z.between(min(at, at-step)))
		switch word := z.tokens[at].Text; {
		case between != "" && between != "," && between != "/" && between != "&":
			return -1, false
		case strings.HasPrefix(word, "kommune"):
			if between != "" {
				return -1, false
			}
			return at, joined
		case word == "og" || word == "samt" || word == "eller":
			if between != "" { // behind a comma it begins a clause
				return -1, false
			}
			joined = true
		case !capital(z.tokens[at].Surface):
			return -1, false
		default:
			joined = joined || between == "/" || between == "&"
		}
	}
	return -1, false
}
