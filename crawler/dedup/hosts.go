package dedup

import "slices"

// leastName is how long in bytes a word of a source's name is that tells it from others.
const leastName = 4

// meet remembers the words of a source's name, also in the genitive.
func (g *grouping) meet(source, name string) {
	if _, known := g.called[source]; known || name == "" {
		return
	}
	var all []uint32
	for _, w := range words(name) {
		if len(w) >= leastName {
			all = append(all, wordOf(w), wordOf(w+"s"))
		}
	}
	g.called[source] = all
}

// wordOf is a word as a laid text has it, without the mark of names.
func wordOf(low string) uint32 { return uint32(hash(low)>>32) &^ 1 }

// local returns what reports whether the words at one place are the name of one host and of the other: "I Lejre Kommune er der
// pasningsgaranti" is for those who live in Lejre, however alike the page of Greve is. What both names have, as "Kommune", tells nothing.
func (g *grouping) local(a, b *paper) func(own, others []uint32) bool {
	of, than := g.called[a.source], g.called[b.source]
	return func(own, others []uint32) bool {
		return a.source != b.source && named(own, of, than) && named(others, than, of)
	}
}

// named reports whether a word is in one list of names and not in another.
func named(text, of, not []uint32) bool {
	return slices.ContainsFunc(text, func(h uint32) bool { return slices.Contains(of, h&^1) && !slices.Contains(not, h&^1) })
}
