package dedup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"smaabornsviden/index"
)

// A copy of fewer words than leastText, or of a part of the text, has too few triples for a share of them to tell. It is
// looked for under its title and its first words, and then the texts themselves are laid beside each other. The figures
// were set on testdata/copies.yaml, where copies share at least 85 % of the words of the shorter text, and texts
// with the same quotation under one title at most 69 %. What a share cannot tell is a template that each host fills in:
// there names and numbers differ between the same neighbours: in short texts once is enough, in long ones a lead or an end of
// the host's own differs so too, but is longer.
const (
	namedShare = .80 // under one title
	leastTiny  = 27  // words; of what is shorter, one sentence in three
	tinyShare  = .90 // has to be the same but for a word or two
	begunShare = .90 // under titles of their own, with the same first words
	leastWhole = 40  // words; undated texts with the same first words are shorter by template
	nearDays   = 31  // between the days of two hosts that bring one text
	mostSlots  = 2   // a long copy may have a name or number corrected
)

// suspect is a pair that may be copies: whether it is, their texts tell.
type suspect struct {
	a, b *paper
	like float64 // of long texts; 0: found by title or first words
}

// suspicions pairs texts of different sources that have their title or their first words in common.
func (g *grouping) suspicions() {
	byTitle, byHead := map[uint64][]*paper{}, map[uint64][]*paper{}
	for _, p := range g.papers {
		if len(p.sketch) == 0 {
			continue
		}
		if title := words(p.title); len(title) >= leastTitle {
			byTitle[hash(title...)] = append(byTitle[hash(title...)], p)
		}
		byHead[p.head] = append(byHead[p.head], p)
	}
	for _, by := range []map[uint64][]*paper{byTitle, byHead} {
		each(by, func(a, b *paper) {
			if a.source != b.source && a.lang == b.lang && overlap(a.sketch, b.sketch) {
				g.suspect(a, b, 0)
			}
		})
	}
}

// suspect has the texts of a pair kept when the documents are gone through again. A pair under several keys is kept once
// for each; the likeness of long texts comes first.
func (g *grouping) suspect(a, b *paper, like float64) {
	g.suspects = append(g.suspects, suspect{a, b, like})
	g.texts[a], g.texts[b] = laid{}, laid{}
}

// overlap reports whether at least half of one sketch can be in the other text, as far as sketches tell.
func overlap(a, b []uint32) bool {
	most := func(s []uint32) uint32 {
		if len(s) < sketchSize {
			return ^uint32(0) // all triples of the text
		}
		return s[len(s)-1]
	}
	limit := min(most(a), most(b))
	within := func(s []uint32) []uint32 {
		n, _ := slices.BinarySearch(s, limit)
		return s[:n]
	}
	a, b = within(a), within(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	common := 0
	for _, h := range a {
		if _, found := slices.BinarySearch(b, h); found {
			common++
		}
	}
	return 2*common >= len(a)
}

// keep remembers the texts of suspects.
func (g *grouping) keep(p *paper, d *index.Document) {
	if _, wanted := g.texts[p]; wanted {
		g.texts[p] = lay(core(textOf(d)))
	}
}

// judge relates the suspects that are copies. Their relations stand before the others: what is one work need not be said
// to speak of one programme.
func (g *grouping) judge() {
	slices.SortFunc(g.suspects, func(x, y suspect) int {
		return cmp.Or(cmp.Compare(x.a.number, y.a.number), cmp.Compare(x.b.number, y.b.number), cmp.Compare(y.like, x.like))
	})
	others := g.pairs
	g.pairs = nil
	one := newSettlers(g.papers)
	for _, s := range g.suspects {
		if apart(s.a, s.b) {
			continue
		}
		if why, ok := s.copies(g.texts[s.a], g.texts[s.b], g.local(s.a, s.b)); ok && one.joins(s.a, s.b) {
			g.relate(s.a, s.b, Copy, Copy, why)
		}
	}
	g.pairs = append(g.pairs, others...)
	g.suspects, g.texts = nil, nil
}

// copies decides on two texts, and marks the shorter of two as shortened. Local tells where each has its own host's name.
func (s suspect) copies(a, b laid, local func(gap) bool) (index.Reason, bool) {
	see := beside(a, b, local)
	shorter, longer := s.a, s.b
	if len(a.words) > len(b.words) {
		shorter, longer = longer, shorter
	}
	shortest := min(len(a.words), len(b.words))
	switch {
	case s.like > 0:
		return index.Reason{Rule: "gruppe/kopi", Quote: fmt.Sprintf("%.0f %% af ordfølgerne er ens", 100*s.like)}, see.slots <= s.mostSlots() && !see.local
	case see.renamed > 0 || see.local:
		return index.Reason{}, false
	case sameTitle(s.a, s.b) && see.share >= leastNamed(shortest):
	case s.begun(a, b, see, shortest):
	default:
		return index.Reason{}, false
	}
	why := index.Reason{Rule: "gruppe/kort-kopi", Quote: fmt.Sprintf("%.0f %% af ordene står i samme rækkefølge i begge", 100*see.share)}
	if 4*shortest < 3*max(len(a.words), len(b.words)) {
		shorter.shortened = true
		why = index.Reason{Rule: "gruppe/forkortet", Quote: fmt.Sprintf("%.0f %% af den korte tekst står i »%s«", 100*see.share, longer.title)}
	}
	return why, true
}

// mostSlots is how many names and numbers a copy may have otherwise. Two pages of one source with titles of their own are two, such as those
// of its day nurseries, though all that differs is a name and a telephone; so are pages of two municipalities.
func (s suspect) mostSlots() int {
	if s.a.source == s.b.source {
		if !slices.Equal(words(s.a.title), words(s.b.title)) {
			return 0
		}
		return mostSlots
	}
	if s.a.municipal && s.b.municipal && !sentOut(s.a, s.b) {
		return 0
	}
	return mostSlots
}

// leastNamed is the share that texts of one title have to have in common.
func leastNamed(words int) float64 {
	if words < leastTiny {
		return tinyShare
	}
	return namedShare
}

// begun reports whether a host brings a text, or the beginning of it, under a title of its own. The titles have to speak
// of what both have: those of a digest, or over what a pay wall leaves, do not; and parts of a series are numbered.
func (s suspect) begun(a, b laid, see sight, shortest int) bool {
	return s.a.head == s.b.head && see.replaced == 0 && see.share >= begunShare && near(s.a, s.b, shortest) &&
		slices.Equal(digits(s.a.title), digits(s.b.title)) && a.told(s.b.title, shortest) && b.told(s.a.title, shortest) && a.told(s.a.title, shortest) && b.told(s.b.title, shortest)
}

// near reports whether two texts are of about one time; an undated one has to be long enough to do without.
func near(a, b *paper, shortest int) bool {
	if a.day == 0 || b.day == 0 {
		return shortest >= leastWhole
	}
	return max(date(a.day).Sub(date(b.day)), date(b.day).Sub(date(a.day))) <= nearDays*24*time.Hour
}

// date is a day of the form yyyymmdd.
func date(day int) time.Time {
	return time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, time.UTC)
}

// digits are the words of a title that have some.
func digits(title string) []string {
	return slices.DeleteFunc(words(title), func(w string) bool { return !strings.ContainsAny(w, "0123456789") })
}
