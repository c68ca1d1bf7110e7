package dedup

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// copyLikeness is the share of word triples that two texts have in common when one is a copy of the other. On the pages
// of the demonstration press copies with leads and ends of their own reach 0.69 to 0.86, two other texts at most 0.09,
// and a page with a quoted pledge 0.05 (sketches of 128). The threshold lies between, nearer to the copies: to merge
// wrongly hides a document, to miss a copy only shows it twice.
const copyLikeness = .45

// ownLikeness holds between two pages of one source, which may share the text of a template: the pages of forty day
// nurseries differ in names and hours, and each is wanted.
const ownLikeness = .90

// leastTitle is how many words a title has to have before the same one is no chance, as "Kontakt" or "Om os" would be.
const leastTitle = 3

// manyHave bounds the documents that a triple may lead to: what more have is a phrase of the trade or of a footer.
const manyHave = 60

// lead says that a triple stands in a document.
type lead struct {
	hash  uint32
	paper int32
}

// copies suspects near-duplicates in one language. Candidates have a lead in common.
func (g *grouping) copies() {
	var all []lead
	for _, p := range g.papers {
		for _, h := range leads(p.sketch) {
			all = append(all, lead{h, p.number})
		}
	}
	slices.SortFunc(all, func(a, b lead) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.paper, b.paper)) })
	var others []int32
	for _, p := range g.papers {
		others = others[:0]
		for _, h := range leads(p.sketch) {
			holders := holding(all, h)
			if len(holders) > manyHave {
				continue
			}
			for _, l := range holders {
				if l.paper > p.number {
					others = append(others, l.paper)
				}
			}
		}
		slices.Sort(others)
		for _, n := range slices.Compact(others) {
			o := g.papers[n]
			least := copyLikeness
			if p.source == o.source {
				least = ownLikeness
			}
			if like := likeness(p.sketch, o.sketch); like >= least && min(len(p.sketch), len(o.sketch)) >= leastText && p.lang == o.lang && !edited(p, o) {
				g.suspect(p, o, like)
			}
		}
	}
	g.suspicions()
}

func sameTitle(a, b *paper) bool {
	title := words(a.title)
	return len(title) >= leastTitle && slices.Equal(title, words(b.title))
}

// edited: two editions of a work may be near-duplicates too, and are editions.
func edited(a, b *paper) bool {
	return a.source == b.source && a.edition != b.edition && a.stem != 0 && a.stem == b.stem
}

// holding are the leads of one hash, out of all in order.
func holding(all []lead, h uint32) []lead {
	from, _ := slices.BinarySearchFunc(all, h, func(l lead, h uint32) int { return cmp.Compare(l.hash, h) })
	to := from
	for to < len(all) && all[to].hash == h {
		to++
	}
	return all[from:to]
}

// editions relates works of one source whose titles differ only in the edition.
func (g *grouping) editions() {
	var named []*paper
	for _, p := range g.papers {
		if p.stem != 0 {
			named = append(named, p)
		}
	}
	slices.SortFunc(named, func(a, b *paper) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.stem, b.stem), cmp.Compare(a.number, b.number))
	})
	for i, p := range named {
		for _, o := range named[i+1:] {
			if o.source != p.source || o.stem != p.stem {
				break
			}
			if o.edition != p.edition {
				g.relate(p, o, Edition, Edition, index.Reason{Rule: "gruppe/udgave", Quote: o.title})
			}
		}
	}
}

// translations relates pages that name each other as the same in another language, articles with one DOI, and works of
// one source and day that tell the same numbers in two languages.
func (g *grouping) translations() {
	byDOI, byDay := map[string][]*paper{}, map[string][]*paper{}
	for _, p := range g.papers {
		for _, address := range p.twins {
			if o := g.at(address); o != nil && o.lang != p.lang {
				g.relate(p, o, Twin, Twin, index.Reason{Rule: "gruppe/hreflang", Quote: address})
			}
		}
		if p.doi != "" {
			byDOI[p.doi] = append(byDOI[p.doi], p)
		}
		if p.day != 0 && p.numbers != nil {
			key := fmt.Sprint(p.source, " ", p.day)
			byDay[key] = append(byDay[key], p)
		}
	}
	each(byDOI, func(a, b *paper) {
		why := index.Reason{Rule: "gruppe/doi", Quote: a.doi}
		switch {
		case a.shown && tells(a) && speaksOf(a, b):
			g.relate(a, b, Research, mention(a), index.Reason{Rule: "omtale/doi", Quote: a.doi})
		case b.shown && tells(b) && speaksOf(b, a):
			g.relate(b, a, Research, mention(b), index.Reason{Rule: "omtale/doi", Quote: a.doi})
		case (a.shown || b.shown) && (tells(a) || tells(b)): // two that tell of a work that we do not have
		case a.lang != b.lang:
			g.relate(a, b, Twin, Twin, why)
		case !a.shown && !b.shown || alike(a, b):
			g.relate(a, b, Copy, Copy, why)
		}
	})
	each(byDay, func(a, b *paper) {
		if a.lang == b.lang || !known(a) || !known(b) {
			return
		}
		if common := sameNumbers(a.numbers, b.numbers); common != nil {
			g.relate(a, b, Twin, Twin, index.Reason{Rule: "gruppe/samme-tal", Quote: strings.Join(common, ", ")})
		}
	})
}

// tells reports whether a document is of a kind that speaks of works and is none: the DOI in its text may be that of the
// work it speaks of, however it is put.
func tells(p *paper) bool { return p.kind == "nyhed" || p.kind == "debat" || p.kind == "praksis" }

// alike reports whether two documents whose DOI stands in the text are one work by their titles or texts too: a page about
// the data of an article may ask to be cited by the article's number.
func alike(a, b *paper) bool {
	const leastCommon = .20
	title, other := words(a.title), words(b.title)
	common := 0
	for _, w := range title {
		if slices.Contains(other, w) {
			common++
		}
	}
	return 2*common >= max(len(title), len(other)) || likeness(a.sketch, b.sketch) >= leastCommon
}

func known(p *paper) bool { return p.lang != "" && p.lang != "und" }

// each visits all pairs of papers under one key, in a fixed order.
func each(all map[string][]*paper, visit func(a, b *paper)) {
	var keys []string
	for key, papers := range all {
		if len(papers) > 1 && len(papers) <= manyHave {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		for i, a := range all[key] {
			for _, b := range all[key][i+1:] {
				visit(a, b)
			}
		}
	}
}

func both(a, b []string) []string {
	var common []string
	for _, x := range a {
		if _, found := slices.BinarySearch(b, x); found {
			common = append(common, x)
		}
	}
	return common
}

// references relates a document to the research whose DOI its text gives. A bare link to the page says only that somebody may want to go
// there; one whose words are the title is a quotation.
func (g *grouping) references() {
	byDOI := map[string]*paper{}
	for _, p := range g.papers {
		if p.doi != "" {
			byDOI["doi:"+p.doi] = p
		}
	}
	for _, p := range g.papers {
		for _, ref := range p.refs {
			if o := byDOI[ref]; speaksOf(p, o) {
				g.relate(p, o, Research, mention(p), index.Reason{Rule: "omtale/henvisning", Quote: ref})
			}
		}
	}
}

// speaksOf: only research is spoken of in this sense, and research that cites research is a reference list.
func speaksOf(p, o *paper) bool {
	return o != nil && o.kind == research && p.kind != research
}

// mention is what it is to research that a document speaks of it: a reader who looks for practice wants no news.
func mention(p *paper) string {
	switch p.kind {
	case "praksis":
		return Mentioned
	case "nyhed", "debat":
		return Told
	}
	return Elsewhere
}

// quotations relates a document to the research whose title stands in its text, and keeps the texts of suspects.
func (g *grouping) quotations(docs iter.Seq2[index.Document, error]) error {
	named := map[uint64][]*paper{}
	for _, p := range g.papers {
		if p.kind == research && p.name != "" {
			first := strings.Fields(p.name)[:leastNameWords]
			named[hash(first...)] = append(named[hash(first...)], p)
		}
	}
	for d, err := range docs {
		if err != nil {
			return fmt.Errorf("group documents: %w", err)
		}
		p := g.byID(d.ID)
		if p == nil || p.reserved {
			continue
		}
		g.keep(p, &d)
		if p.kind == research {
			continue
		}
		text, lines := inLines(d.Body)
		for i := 0; i+leastNameWords <= len(text); i++ {
			for _, o := range named[hash(text[i:i+leastNameWords]...)] {
				if n := strings.Count(o.name, " ") + 1; i+n <= len(text) && strings.Join(text[i:i+n], " ") == o.name && inProse(lines, i, i+quoted(text[i:], words(o.title), n)) {
					g.relate(p, o, Research, mention(p), index.Reason{Rule: "omtale/titel", Quote: o.title})
				}
			}
		}
	}
	return nil
}

// inLines are the words of a text and, for each, the number of its line.
func inLines(text string) (all []string, lines []int) {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		for _, w := range words(line) {
			all, lines = append(all, w), append(lines, n)
		}
		n++
	}
	return all, lines
}

// quoted is how many words at the start of a text are the title: all of it, or the n that others call the work by.
func quoted(text, title []string, n int) int {
	if len(title) > n && len(text) >= len(title) && slices.Equal(text[:len(title)], title) {
		return len(title)
	}
	return n
}

// leastAround is how many words beside the title make a sentence of its line; "Læs også: " makes none.
const leastAround = 3

// inProse reports whether the words from one number to another stand in a sentence, and not as an entry of a list or a menu that has
// nothing else on its line.
func inProse(lines []int, from, to int) bool {
	first, last := from, to
	for first > 0 && lines[first-1] == lines[from] {
		first--
	}
	for last < len(lines) && lines[last] == lines[to-1] {
		last++
	}
	return last-first >= to-from+leastAround
}

// programmes relates documents that speak of one programme: by its record, or by linking to its page. News and debate
// come and go; the others are what the programme has left behind.
func (g *grouping) programmes() {
	bySlug := map[string][]*paper{}
	for _, p := range g.papers {
		for _, slug := range p.programmes {
			bySlug[slug] = append(bySlug[slug], p)
		}
		for _, ref := range p.refs {
			if o := g.at(ref); o != nil && o.kind == "program" && sharesName(p, o) {
				g.relate(p, o, Programme, Programme, index.Reason{Rule: "indsats/henvisning", Quote: ref})
			}
		}
	}
	var slugs []string
	for slug := range bySlug {
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs)
	for _, slug := range slugs {
		g.hub(slug, bySlug[slug])
	}
}

// hub relates every document of a programme to the programme's own page or, where there is none, to the newest: as many
// relations as documents, not as pairs.
func (g *grouping) hub(slug string, members []*paper) {
	if len(members) < 2 {
		return
	}
	center := slices.MinFunc(members, func(a, b *paper) int {
		if own := rank(b, slug) - rank(a, slug); own != 0 {
			return own
		}
		if a.day != b.day {
			return b.day - a.day
		}
		return strings.Compare(a.id, b.id)
	})
	for _, p := range members {
		g.relate(p, center, Programme, Programme, index.Reason{Rule: "indsats/navn", Quote: slug})
	}
	g.behind(slug, members)
}

// mostBehind bounds the pairs of practice and research that one programme makes.
const mostBehind = 20

// behind relates the practice of a programme to the research about it, the newest of both first.
func (g *grouping) behind(slug string, members []*paper) {
	newest := slices.SortedFunc(slices.Values(members), func(a, b *paper) int {
		return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.id, b.id))
	})
	pairs := 0
	for _, o := range newest {
		for _, p := range newest {
			if o.kind == research && p.kind == "praksis" && pairs < mostBehind {
				g.relate(p, o, Research, Mentioned, index.Reason{Rule: "omtale/indsats", Quote: slug})
				pairs++
			}
		}
	}
}

func rank(p *paper, slug string) int {
	switch {
	case slices.Contains(p.own, slug):
		return 2
	case p.kind == "program":
		return 1
	}
	return 0
}

// sharesName reports whether two titles have a long word in common: "småbørnscaféerne" and "Småbørnscaféer 2022-2026".
func sharesName(a, b *paper) bool {
	const long = 9 // bytes of the common beginning
	for _, x := range words(a.title) {
		for _, y := range words(b.title) {
			n := 0
			for n < len(x) && n < len(y) && x[n] == y[n] {
				n++
			}
			if n >= long && 4*n >= 3*max(len(x), len(y)) {
				return true
			}
		}
	}
	return false
}

// newer orders editions: by number, else by day.
func newer(a, b *paper) int {
	if a.edition != b.edition && a.edition != 0 && b.edition != 0 {
		return b.edition - a.edition
	}
	if a.day != b.day {
		return b.day - a.day
	}
	return b.edition - a.edition
}
