package dedup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unique"

	"smaabornsviden/index"
)

// paper is what grouping needs to know of a document. All papers are in memory at once, so it is small: what few
// documents have is there for those, and what is only compared is there as a hash.
type paper struct {
	number int32 // among all papers in the order of their ids

	id, source, title, lang, kind string
	day                           int // published, yyyymmdd; 0: unknown
	doi                           string
	shown                         bool   // the DOI was read from the text, not from metadata
	edition                       int    // 0: none is named
	version                       int    // of the title's "version 1.2" or "udgave 2022", rising; 0: none is named
	stem, mark                    uint64 // title without edition, folded and hashed, 0: none; and what it says of the edition
	name                          string // of research: first part of the title, folded: what others call the work
	sketch                        []uint32
	words                         int
	head                          uint64     // of the first words
	shortened                     bool       // the whole of it stands in another text
	numbers                       []string   // of the text, sorted, each once
	addresses                     []uint64   // plain, hashed
	refs, twins                   []string   // plain
	programmes, own               []string   // those it speaks of, those whose page it is
	opening                       []string   // of a file: its first words; nil for a page
	reserved                      bool       // compared with nothing
	places                        []string   // municipalities that it is about
	seated                        bool       // they are its sender's
	municipal                     bool       // of a municipality
	host                          string     // of a municipality's page
	last                          int        // the last day that its first day may mean, yyyymmdd; 0: unknown
	listing                       bool       // leads to others: a front page or a list
	medium                        bool       // of a paper, which prints what others send it
	pin                           *index.Pin // what an operator says; nil for almost all
	before                        uint64     // print of the state
}

// state is what grouping writes into a document.
type state struct {
	group        string
	face, merged bool
	moreOf       int
	related      []index.Relation
}

// print is a hash of all that a state says: states are compared, not kept, since relatives take more room than papers.
func (s state) print() uint64 {
	all := []string{s.group, fmt.Sprint(s.face, s.merged, s.moreOf)}
	for _, r := range s.related {
		all = append(all, r.Kind, r.ID, r.Title, r.Lang, r.Reason.Rule, r.Reason.Quote)
	}
	return hash(all...)
}

// read makes the paper of a document. One whose source reserves text and data mining is compared with nothing.
func read(d *index.Document) *paper {
	if d.TDMReserved {
		return &paper{id: d.ID, reserved: true, before: before(d)}
	}
	whole := textOf(d)
	text := words(whole)
	own := text
	if rest := core(whole); len(rest) < len(whole) { // most texts lead nowhere
		own = words(rest)
	}
	p := &paper{
		id: d.ID, source: shared(d.Source), title: d.Title, lang: shared(d.Lang.Value), kind: shared(d.Type.Value),
		day: index.DayOf(d.Published.Time), doi: strings.ToLower(d.DOI), shown: d.DOIWhy.Rule == "doi-shown", sketch: sketch(own), words: len(text), before: before(d),
		medium: d.Sector == "medie", listing: d.Listing() || d.Type.Rule == "type/forside",
	}
	p.last = lastDay(d)
	if d.Place.Value != "" {
		p.places = strings.Split(shared(d.Place.Value), ", ")
		p.seated = d.Place.Rule == "sted/kilde" || d.Place.Rule == "sted/adresse"
	}
	if p.municipal = d.Sector == municipal; p.municipal {
		p.host = shared(hostOf(d.URL))
	}
	p.head = hash(own[:min(headWords, len(own))]...)
	if d.Format == "pdf" || d.Format == "docx" {
		p.opening = strings.Fields(strings.Join(text[:min(fileOpening, len(text))], " ")) // a copy, or it would hold the whole text
	}
	if p.day != 0 { // without a day they are compared with nothing
		p.numbers = numbers(whole)
	}
	if d.Pinned != (index.Pin{}) {
		pin := d.Pinned // a pointer into the document would hold its text
		p.pin = &pin
	}
	p.edition, _ = strconv.Atoi(strings.TrimSuffix(d.Edition.Value, ". udgave"))
	t := entitled(d.Title)
	if p.mark, p.version = hash(t.mark...), t.version(); t.stem != "" && !t.announces() {
		p.stem = hash(t.stem)
	}
	if p.kind == research {
		p.name = name(d.Title)
	}
	for _, address := range append([]string{d.URL}, d.AltURLs...) {
		p.addresses = append(p.addresses, hash(plain(address)))
	}
	for _, ref := range d.Refs {
		p.refs = append(p.refs, plain(ref))
	}
	for _, twin := range d.Twins {
		if address := plain(twin); !slices.Contains(p.twins, address) { // one that is named twice is one page's word
			p.twins = append(p.twins, address)
		}
	}
	for _, programme := range d.Programmes {
		p.programmes = append(p.programmes, programme.Slug)
		if programme.Quote == d.URL {
			p.own = append(p.own, programme.Slug)
		}
	}
	return p
}

// lastDay is the last day on which a document may have come out: of "2023" the last of December. One that only says when it was brought up to
// date was there by then.
func lastDay(d *index.Document) int {
	came := d.Published
	if came.IsZero() {
		came = d.Updated
	}
	switch day := index.DayOf(came.Time); {
	case came.IsZero():
		return 0
	case came.Precision == index.Year:
		return day/10000*10000 + 1231
	case came.Precision == index.Month:
		return day/100*100 + 31
	default:
		return day
	}
}

// textOf is what is compared of a document.
func textOf(d *index.Document) string {
	if strings.TrimSpace(d.Body) == "" {
		return d.Abstract
	}
	return d.Body
}

func before(d *index.Document) uint64 {
	return state{d.Group, d.Face, d.Merged, d.MoreOf, d.Related}.print()
}

// shared is one string for all documents that have it.
func shared(s string) string { return unique.Make(s).Value() }

// plain makes addresses comparable that differ in what seldom tells pages apart.
func plain(address string) string {
	if strings.HasPrefix(address, "doi:") {
		return strings.ToLower(address)
	}
	address, _, _ = strings.Cut(address, "#")
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// Names shorter than this may stand in any text by chance.
const (
	leastNameWords = 4
	leastNameBytes = 25
)

// name is the part of a title before a colon or dash when that is long enough to be quoted, else the whole title;
// "" when that is too short as well.
func name(title string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(title, " – ", ": "), ": ")
	for _, part := range []string{first, title} {
		all := words(part)
		if joined := strings.Join(all, " "); len(all) >= leastNameWords && len(joined) >= leastNameBytes {
			return joined
		}
	}
	return ""
}
