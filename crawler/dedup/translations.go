package dedup

import (
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// translations relates pages that name each other as the same in another language, articles with one DOI, and works of
// one source and day that tell the same numbers in two languages.
func (g *grouping) translations() {
	g.namedTwins()
	byDOI, byDay := map[string][]*paper{}, map[string][]*paper{}
	for _, p := range g.papers {
		if p.doi != "" {
			byDOI[p.doi] = append(byDOI[p.doi], p)
		}
		if p.day != 0 && p.numbers != nil {
			key := fmt.Sprint(p.source, " ", p.day)
			byDay[key] = append(byDay[key], p)
		}
	}
	each(byDOI, g.sameDOI)
	g.sameDay(byDay)
}

// claim says that a page in one language names a page as itself in another.
type claim struct {
	page *paper
	lang string // of those that name it
}

// namedTwins relates the pages that hreflang tells of. Where a page has no translation, systems name the front page of the other language
// in its place: what several pages of one language name is the translation of the one that it names back, or of none.
func (g *grouping) namedTwins() {
	named := map[claim]int{}
	g.eachTwin(func(p, o *paper, _ string) { named[claim{o, p.lang}]++ })
	g.eachTwin(func(p, o *paper, address string) {
		if g.names(o, p) || named[claim{o, p.lang}] == 1 && !g.answers(o, p.lang) && p.listing == o.listing {
			g.relate(p, o, Twin, Twin, index.Reason{Rule: "gruppe/hreflang", Quote: address})
		}
	})
}

// eachTwin visits the pages that a page names as itself in another language.
func (g *grouping) eachTwin(visit func(p, o *paper, address string)) {
	for _, p := range g.papers {
		for _, address := range p.twins {
			if o := g.at(address); o != nil && o != p && o.lang != p.lang {
				visit(p, o, address)
			}
		}
	}
}

// names reports whether a page names another as itself.
func (g *grouping) names(p, o *paper) bool {
	return slices.ContainsFunc(p.twins, func(address string) bool { return g.at(address) == o })
}

// answers reports whether a page names one of a language as itself.
func (g *grouping) answers(p *paper, lang string) bool {
	return slices.ContainsFunc(p.twins, func(address string) bool { o := g.at(address); return o != nil && o != p && o.lang == lang })
}

// sameDOI relates two documents that have one DOI.
func (g *grouping) sameDOI(a, b *paper) {
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
}

// sameDay relates documents of one source and day in two languages that tell the same numbers. Of several in one language, such as a report
// and the news of it, the one that shares the most is meant.
func (g *grouping) sameDay(byDay map[string][]*paper) {
	type found struct {
		a, b   *paper
		common []string
	}
	var all []found
	best := map[claim]int{}
	each(byDay, func(a, b *paper) {
		if a.lang == b.lang || !known(a) || !known(b) || !sameSort(a, b) {
			return
		}
		if common := sameNumbers(a.numbers, b.numbers); common != nil {
			all = append(all, found{a, b, common})
			n := closeness(a, b, common)
			best[claim{a, b.lang}], best[claim{b, a.lang}] = max(best[claim{a, b.lang}], n), max(best[claim{b, a.lang}], n)
		}
	})
	for _, f := range all {
		if n := closeness(f.a, f.b, f.common); n == best[claim{f.a, f.b.lang}] && n == best[claim{f.b, f.a.lang}] {
			g.relate(f.a, f.b, Twin, Twin, index.Reason{Rule: "gruppe/samme-tal", Quote: strings.Join(f.common, ", ")})
		}
	}
}

// closeness is by how much two documents may be one: by their numbers, then by whether both or none is news.
func closeness(a, b *paper, common []string) int {
	n := 2 * weigh(common)
	if passing(a) == passing(b) {
		n++
	}
	return n
}

// sameSort: news of a work and the work in another language have its numbers in common too.
func sameSort(a, b *paper) bool {
	return passing(a) == passing(b) || a.kind == "" || b.kind == "" || a.kind == unknown || b.kind == unknown
}
