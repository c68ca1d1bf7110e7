package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// zone is a stretch of a document and the weight of what stands there: a title says more of a document than a
// sentence of its last page.
type zone struct {
	name    string
	text    string
	tokens  []danish.Token
	matches []match // in the order of their first tokens
	works   int     // the token at which a list of references begins, 0 for none
	breaks  []int   // where its lines end, in bytes
	manner  manner
}

// manner is how a zone speaks. It is counted once, since every word of address asks for it.
type manner struct {
	known   bool
	you     int  // how often it says "you"
	parents bool // it has a word for a programme for parents
}

// line is where the line begins and ends that a byte of the text stands on.
func (z *zone) line(at int) (from, to int) {
	i, _ := slices.BinarySearch(z.breaks, at)
	to = len(z.text)
	if i < len(z.breaks) {
		to = z.breaks[i]
	}
	if i > 0 {
		from = z.breaks[i-1] + 1
	}
	return from, to
}

// matchesIn are the matches whose first token lies in a stretch, its end excluded.
func (z *zone) matchesIn(from, to int) []match {
	first := func(m match, at int) int { return m.from - at }
	i, _ := slices.BinarySearchFunc(z.matches, from, first)
	k, _ := slices.BinarySearchFunc(z.matches, to, first)
	return z.matches[i:max(i, k)]
}

// The zones of a document.
const (
	inTitle    = "titel"
	inKicker   = "kicker"
	inKeywords = "emneord"
	inAbstract = "resumé"
	inBody     = "tekst"
)

// scratch is the room that the zones of one document are read in. It goes from document to document, since what is read of
// each is some hundred kilobytes that nobody wants afterwards.
type scratch struct {
	zones   [5]zone
	marks   []*marks
	matches []match
}

// reading is a document read once for all rules. It must be released, and not looked at after that.
type reading struct {
	doc   *index.Document
	room  *scratch
	zones []zone
	words int      // of the body
	path  []string // segments of the address, lower case
}

// maxRead bounds the text that is read, in bytes: what a work of hundreds of pages is, its first pages say.
const maxRead = 120_000

// How many words a lead has, and how many open a text: the lead and a first paragraph.
const (
	leadWords  = 45
	earlyWords = 120
)

func (d *Describer) read(doc *index.Document) *reading {
	room := d.rooms.Get().(*scratch)
	r := &reading{doc: doc, room: room, path: segments(doc.URL)}
	abstract, body := doc.Abstract, ownText(doc)
	if body == "" { // of sources that allow no more, the abstract is the text
		abstract, body = "", doc.Abstract
	}
	n := 0
	for _, in := range [...]struct{ name, text string }{
		{inTitle, doc.Title},
		{inKicker, doc.Kicker},
		{inKeywords, strings.Join(doc.Keywords, "\n")},
		{inAbstract, abstract},
		{inBody, clip(body, maxRead)},
	} {
		if in.text == "" {
			continue
		}
		z := &room.zones[n]
		n++
		z.name, z.text = in.name, in.text
		d.fill(room, z, doc.Lang.Value)
		z.works = 0
		if z.name == inBody {
			z.works = z.references()
			r.words = len(z.tokens)
			if z.works > 0 {
				r.words = z.works
			}
		}
	}
	r.zones = room.zones[:n]
	return r
}

// fill reads the text of a zone.
func (d *Describer) fill(room *scratch, z *zone, lang string) {
	z.tokens = d.danish.AppendTokens(z.tokens[:0], z.text, lang)
	room.marks = d.phrases.read(room.marks[:0], z.tokens, lang)
	room.matches = d.phrases.find(room.matches[:0], room.marks)
	z.matches = compact(z.matches[:0], room.matches)
	z.breaks, z.manner = lineBreaks(z.breaks[:0], z.text), manner{}
}

// lineBreaks appends where the lines of a text end.
func lineBreaks(all []int, text string) []int {
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return all
		}
		at += n
		all = append(all, at)
	}
}

// worksCited are the headings of a list of works.
var worksCited = []string{"litteratur", "litteraturliste", "litteraturhenvisninger", "referencer", "referenceliste", "kilder", "kildeliste", "noter", "henvisninger", "references", "bibliography", "literature", "referanser", "referenser", "källor", "litteraturförteckning"}

// references finds where the works begin that a text refers to: behind a heading on a line of its own, in the later half, with a year
// on the lines that follow. What their titles name, the text is not about.
func (z *zone) references() int {
	for i := len(z.tokens) - 1; i > len(z.tokens)/3; i-- {
		t := &z.tokens[i]
		if !slices.Contains(worksCited, t.Text) || !capital(t.Surface) {
			continue
		}
		before, after := strings.TrimRight(z.text[:t.Start], " \u00a0\t0123456789."), strings.TrimLeft(z.text[t.End:], " \u00a0\t:.")
		if strings.HasSuffix(before, "\n") && strings.HasPrefix(after, "\n") && yearsIn(after) >= 2 {
			return i
		}
	}
	return 0
}

// yearsIn counts the numbers that may be years of publication.
func yearsIn(text string) int {
	n := 0
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c < '0' || c > '9' }) {
		if len(word) == 4 && word >= "1900" && word < "2100" {
			n++
		}
	}
	return n
}

// cited reports whether a match stands among the works that a text refers to.
func (z *zone) cited(m match) bool { return z.works > 0 && m.from > z.works }

// mostKept bounds the tokens that a room keeps for the next document: one work of hundreds of pages must not hold its room
// for good.
const mostKept = 4000

// release gives the room back, without the texts.
func (d *Describer) release(r *reading) {
	for i := range r.room.zones {
		z := &r.room.zones[i]
		if cap(z.tokens) > mostKept {
			z.tokens, z.matches, z.breaks, r.room.marks = nil, nil, nil, nil
		}
		z.text = ""
		clear(z.tokens) // the rest of the room was cleared before
	}
	d.rooms.Put(r.room)
	r.zones, r.room = nil, nil
}

// ownText is what is read of the body: of a page to which the text of its file was joined, the page, which says what the
// work is; of a file alone, all of it. So a document is described alike before and after its file was joined.
func ownText(doc *index.Document) string {
	if len(doc.PageOffsets) > 0 && doc.PageOffsets[0] > 0 && doc.PageOffsets[0] <= len(doc.Body) {
		return doc.Body[:doc.PageOffsets[0]]
	}
	return doc.Body
}

// zone returns a zone by name, empty when the document has none.
func (r *reading) zone(name string) *zone {
	for i := range r.zones {
		if r.zones[i].name == name {
			return &r.zones[i]
		}
	}
	return &zone{name: name}
}

// Weights of the zones; a phrase in the rest of the body counts 1.
const (
	titleWeight    = 5.0
	keywordWeight  = 2.5
	abstractWeight = 2.0
	leadWeight     = 2.4
	earlyWeight    = 1.5
)

// weight is what a phrase at a token counts.
func (r *reading) weight(z *zone, at int) float64 {
	switch {
	case z.name == inTitle:
		return titleWeight
	case z.name == inKeywords:
		return keywordWeight
	case z.name == inAbstract:
		return abstractWeight
	case z.name == inBody && at < leadWords:
		return leadWeight
	case z.name == inBody && at < earlyWords:
		return earlyWeight
	}
	return 1
}

// span is the text of a match itself.
func (z *zone) span(from, to int) string {
	return strings.Join(strings.Fields(z.text[z.tokens[from].Start:z.tokens[to].End]), " ")
}

// clip cuts a text at a character's start.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && text[most]&0xC0 == 0x80 {
		most--
	}
	return text[:most]
}

// segments cuts the path of an address into lower-case pieces, with the first word of a host of three: "nyheder.by.dk/leg" is
// "by.dk/nyheder/leg" elsewhere.
func segments(address string) []string {
	_, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	all := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	if section, domain, _ := strings.Cut(strings.ToLower(host), "."); section != "www" && strings.Contains(domain, ".") {
		return append([]string{section}, all...)
	}
	return all
}
