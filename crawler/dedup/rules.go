package dedup

import (
	"cmp"
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

// holding are the leads of one hash, out of all in order.
func holding(all []lead, h uint32) []lead {
	from, _ := slices.BinarySearchFunc(all, h, func(l lead, h uint32) int { return cmp.Compare(l.hash, h) })
	to := from
	for to < len(all) && all[to].hash == h {
		to++
	}
	return all[from:to]
}

// tells reports whether a document is of a kind that speaks of works and is none: the DOI in its text may be that of the
// work it speaks of, however it is put.
func tells(p *paper) bool { return passing(p) || p.kind == "praksis" }

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
func each[K cmp.Ordered](all map[K][]*paper, visit func(a, b *paper)) {
	var keys []K
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

// programmes relates documents that speak of one programme: by its record, or by linking to its page. News and debate
// come and go; the others are what the programme has left behind.
//
// Who is shown through another has that one's relatives: readers would be led to a copy.
func (g *grouping) programmes() {
	merged, faces := g.merged()
	bySlug := map[string][]*paper{}
	for _, p := range g.papers {
		if face := faces[merged.root(p)]; face != nil && face != p {
			continue
		}
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

// behind relates the practice of a programme to the research about it, the newest of both first. No research is behind what was there before
// it: that the two speak of one programme is said already.
func (g *grouping) behind(slug string, members []*paper) {
	newest := slices.SortedFunc(slices.Values(members), func(a, b *paper) int {
		return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.id, b.id))
	})
	pairs := 0
	for _, o := range newest {
		for _, p := range newest {
			if o.kind == research && p.kind == "praksis" && !comesFirst(p, o) && pairs < mostBehind {
				g.relate(p, o, Research, Mentioned, index.Reason{Rule: "omtale/indsats", Quote: slug})
				pairs++
			}
		}
	}
}

// comesFirst reports whether a paper came out before another, by the days that both say.
func comesFirst(p, o *paper) bool { return p.last != 0 && o.day != 0 && p.last < o.day }

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
	others := words(b.title)
	for _, x := range words(a.title) {
		for _, y := range others {
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
