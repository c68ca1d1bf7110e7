package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index/danish"
)

// older are words for those whom no vague word for small children means.
type older struct {
	ID      string   `yaml:"id"`
	Weight  float64  `yaml:"weight"`
	Phrases []string `yaml:"phrases"`
}

// goOn are the words that may follow "de mindste" where it stands for children; a noun says whom else it is of: "de mindste kommuner".
var goOn = []string{
	"i", "på", "med", "til", "fra", "af", "for", "ved", "hos", "om", "under", "uden", "og", "eller", "men", "at", "som", "der", "når", "hvor", "mens", "kan", "skal", "må", "vil", "er", "var",
	"har", "havde", "bliver", "blev", "får", "fik", "går", "gik", "leger", "lærer", "sover", "spiser", "græder", "synger", "også", "ikke", "ofte", "selv", "altid", "gerne", "især", "tit", "først",
}

// standsAlone reports whether a word such as "de mindste" has no noun of its own.
func (z *zone) standsAlone(m match) bool {
	p := ageParser{tokens: z.tokens, text: z.text}
	next := p.next(m.to)
	return next == nil || slices.Contains(goOn, next.Text)
}

// leastChildren is how many words for children tell what a text is about that says "de mindste".
const leastChildren = 2

// ofChildren reports whether a document speaks of children elsewhere than by a word that may be of anybody.
func (r *reading) ofChildren(d *Describer) bool {
	for i := range r.zones {
		for _, m := range r.zones[i].matches {
			if m.table == "stage" && !d.stages[m.row].Alone {
				return true
			}
		}
	}
	return r.childish() >= leastChildren
}

// childish counts the words for children in a document; "børn og unge" is a name of half the municipality.
func (r *reading) childish() int {
	n := 0
	for i := range r.zones {
		z := &r.zones[i]
		for k := range z.tokens {
			followed := k+2 < len(z.tokens) && z.tokens[k+1].Text == "og" && strings.HasPrefix(z.tokens[k+2].Text, "ung")
			if childish(&z.tokens[k]) && !followed && (z.works == 0 || k < z.works) {
				n++
			}
		}
	}
	return n
}

// tooOld is how strongly a document speaks of those above the ages that are looked for, by words and by numbers, counted as
// candidates are.
func (d *Describer) tooOld(r *reading) float64 {
	score, count := 0.0, 0
	add := func(z *zone, at int, weight float64) {
		if z.works == 0 || at < z.works {
			score += weight * r.weight(z, at) / (1 + .35*float64(count))
			count++
		}
	}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == "older" && !z.ofParents(m) {
				add(z, m.from, d.older[m.row].Weight)
			}
		}
		p := ageParser{tokens: z.tokens, text: z.text}
		for k := range z.tokens {
			if p.aboveRange(k) {
				add(z, k, weightRange)
			}
		}
	}
	return score
}

// ofParents: "unge mødre" have small children, and "børn og unge" is all of them.
func (z *zone) ofParents(m match) bool {
	if m.to+1 < len(z.tokens) && slices.ContainsFunc(headLemmas(&z.tokens[m.to+1]), func(l string) bool {
		return slices.Contains([]string{"mor", "far", "forælder", "familie", "par", "gravid", "barn", "mother", "father", "parent", "child"}, l)
	}) {
		return true
	}
	return m.from >= 2 && slices.Contains([]string{"og", "eller", "and"}, z.tokens[m.from-1].Text) && childish(&z.tokens[m.from-2])
}

// leastOld is the age in years, and the class of school, from which nobody is a small child.
const (
	leastOld   = 8
	oldestOld  = 30 // beyond it stand grown-ups and numbers of anything
	leastClass = 3
)

// aboveRange reads a span of years or of school classes, or an age, that is above the range: "13-15-årige", "15-24 år", "7.-10. klasse".
func (p *ageParser) aboveRange(i int) bool {
	head, rest, ok := leadingNumber(p.tokens[i].Text)
	if !ok || head.from < leastClass {
		return false
	}
	if unitOf(strings.TrimPrefix(rest, "-")) == years && rest != "" {
		return head.from >= leastOld && head.to <= oldestOld && !glued(p.tokens[i].Text, head)
	}
	n, ok := p.number(i, head, rest)
	if !ok {
		return false
	}
	next := p.next(n.last)
	if next == nil && n.last+1 < len(p.tokens) && strings.TrimSpace(p.between(n.last)) == "." {
		next = &p.tokens[n.last+1] // an ordinal
	}
	switch {
	case next == nil:
		return false
	case classWord(next):
		return true
	case !n.ranged || unitOf(next.Text) != years:
		return false
	}
	return n.from >= leastOld && n.to <= oldestOld && !p.lasts(i) && !p.time(i, n.last+1) && !p.ofThing(i, n.last+1)
}

func classWord(t *danish.Token) bool {
	return t.Text == "klasse" || t.Text == "klasser" || t.Text == "klasserne" || t.Text == "klassetrin"
}
