package dedup

import (
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index"
)

// paper is what grouping needs to know of a document: it is small, so that all papers fit in memory.
type paper struct {
	id, source, title, lang, kind string
	day                           int // published, yyyymmdd; 0: unknown
	doi                           string
	edition                       int    // 0: none is named
	stem                          string // title without edition, folded
	name                          string // first part of the title, folded: what others call the work
	sketch                        []uint64
	words                         int
	numbers                       []string // of the text, sorted, each once
	addresses, refs, twins        []string // plain
	programmes, own               []string // those it speaks of, those whose page it is
	reserved                      bool     // compared with nothing
	before                        state
}

// state is what grouping writes into a document.
type state struct {
	group        string
	face, merged bool
	moreOf       int
	related      []index.Relation
}

// read makes the paper of a document. One whose source reserves text and data mining is compared with nothing.
func read(d *index.Document) *paper {
	if d.TDMReserved {
		return &paper{id: d.ID, reserved: true, before: state{d.Group, d.Face, d.Merged, d.MoreOf, d.Related}}
	}
	text := words(d.Body)
	if len(text) == 0 {
		text = words(d.Abstract)
	}
	p := &paper{
		id: d.ID, source: d.Source, title: d.Title, lang: d.Lang.Value, kind: d.Type.Value, day: index.DayOf(d.Published.Time),
		doi: d.DOI, sketch: sketch(text), words: len(text), numbers: numbers(text),
		before: state{d.Group, d.Face, d.Merged, d.MoreOf, d.Related},
	}
	p.edition, _ = strconv.Atoi(strings.TrimSuffix(d.Edition.Value, ". udgave"))
	p.stem = stem(d.Title)
	p.name = name(d.Title)
	for _, address := range append([]string{d.URL}, d.AltURLs...) {
		p.addresses = append(p.addresses, plain(address))
	}
	for _, ref := range d.Refs {
		p.refs = append(p.refs, plain(ref))
	}
	for _, twin := range d.Twins {
		p.twins = append(p.twins, plain(twin))
	}
	for _, programme := range d.Programmes {
		p.programmes = append(p.programmes, programme.Slug)
		if programme.Quote == d.URL {
			p.own = append(p.own, programme.Slug)
		}
	}
	return p
}

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

// editionWords stand in titles beside the number of an edition.
var editionWords = map[string]bool{
	"udgave": true, "udg": true, "edition": true, "reviderede": true, "revideret": true, "rev": true, "opdateret": true, "opdaterede": true, "ny": true, "version": true,
}

var ordinals = map[string]bool{"anden": true, "tredje": true, "fjerde": true, "femte": true, "second": true, "third": true, "2nd": true, "3rd": true, "4th": true}

// stem is a title without the words and the number of an edition; "" when nothing is left that tells works apart.
func stem(title string) string {
	all := words(title)
	var kept []string
	for i, w := range all {
		near := i+1 < len(all) && editionWords[all[i+1]] || i+2 < len(all) && editionWords[all[i+1]] && editionWords[all[i+2]]
		if editionWords[w] || near && (ordinals[w] || number(w)) || i > 0 && number(w) && editionWords[all[i-1]] {
			continue
		}
		kept = append(kept, w)
	}
	if len(kept) < 2 {
		return ""
	}
	return strings.Join(kept, " ")
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

func number(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }

// numbers are the numbers of a text that may tell which work it is: of two digits or more, years left out.
func numbers(text []string) []string {
	var all []string
	for _, w := range text {
		year := len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20"))
		if number(w) && len(w) >= 2 && !year {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
