package crawler

import (
	"slices"
	"strings"

	"smaabornsviden/crawler/canonical"
	"smaabornsviden/crawler/state"
)

// family names the pattern that an address shares with others, and reports whether it is one of a kind: only addresses
// that count up or that carry parameters can go on for ever.
func family(address string) (key string, many bool) {
	key = canonical.Pattern(address)
	_, rest, _ := strings.Cut(address, "://")
	return key, strings.Contains(key, "?") || key != rest
}

// clan names the family of families that all addresses with parameters below one path make up. A list that can be
// narrowed in ten ways has a thousand families, and each would spend its budget.
func clan(key string) (string, bool) {
	path, _, ok := strings.Cut(key, "?")
	return path + "?*", ok
}

// The budget of a family: this many fetches without yield are spent before its yield counts.
const (
	familyCredit   = 30
	barrenCredit   = 12 // pages in a row with nothing of their own, not even a link: no archive is like that
	clanCredit     = 90
	familyYield    = 4 // then one page in so many has to be new
	familySketches = 8
	sketchNear     = 8 // bits in which near copies differ at most
)

// spent reports whether a family has shown that it does not end and brings nothing.
func spent(p state.Pattern) bool {
	return wasted(p, familyCredit) || p.Barren >= barrenCredit && p.Useful*familyYield < p.Fetched
}

// spentTogether reports whether a family is refused for what its clan has shown, as long as it has not done better itself.
func spentTogether(p, clan state.Pattern) bool {
	return wasted(clan, clanCredit) && (p.Useful == 0 || p.Useful*familyYield < p.Fetched)
}

func wasted(p state.Pattern, credit int) bool {
	return p.Fetched-p.Useful >= credit && p.Useful*familyYield < p.Fetched
}

// brought is what one page of a family brought.
type brought struct {
	document bool   // it became one
	sketch   uint64 // of its text
	exits    uint64 // hash of its links that lead out of the family
	leads    bool   // one of those leads to what was not known
}

// learn notes a page of a family. It is useful when it became a document unlike the last ones or led to something else that is
// new, and barren when it has not even other ways out than the last one: every page of an archive leads to its own articles,
// known or not, and the empty months of a calendar to nothing but each other.
func learn(p state.Pattern, b brought) state.Pattern {
	p.Fetched++
	fresh := b.fresh(p)
	if fresh {
		p.Sketches = append(p.Sketches[max(0, len(p.Sketches)-familySketches+1):len(p.Sketches):len(p.Sketches)], b.sketch)
	}
	switch {
	case fresh || b.leads:
		p.Useful++
		p.Barren = 0
	case b.exits == p.Exits:
		p.Barren++
	default:
		p.Barren = 0
	}
	p.Exits = b.exits
	return p
}

// fresh reports whether a page became a document unlike the last ones of its family.
func (b brought) fresh(p state.Pattern) bool {
	near := func(known uint64) bool { return distance(known, b.sketch) <= sketchNear }
	return b.document && b.sketch != 0 && !slices.ContainsFunc(p.Sketches, near)
}

// clanOf is clan for a family that may have none, which then stands for itself.
func clanOf(key string) string {
	if all, ok := clan(key); ok {
		return all
	}
	return key
}
