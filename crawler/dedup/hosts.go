package dedup

import (
	"net/url"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// leastName is how long in bytes a word of a source's name is that tells it from others.
const leastName = 4

// municipal is the sector of sources that are there for those who live in one place.
const municipal = "kommune"

// meet remembers the words of a source's name, also in the genitive.
func (g *grouping) meet(d *index.Document) {
	if _, met := g.called[d.Source]; met || d.SourceName == "" {
		return
	}
	var all []uint32
	for _, w := range words(d.SourceName) {
		if len(w) >= leastName {
			all = append(all, wordOf(w), wordOf(w+"s"))
		}
	}
	g.called[d.Source] = all
}

// wordOf is a word as a laid text has it, without marks.
func wordOf(low string) uint32 { return uint32(hash(low)>>32) &^ marks }

// home is what a document may call the place that it is for: its municipalities, also in the genitive, and its host, which addresses of
// mail have too, such as "faxe" and "faxekommune".
func (p *paper) home() []uint32 {
	var all []uint32
	for _, place := range p.places {
		for _, w := range words(place) {
			all = append(all, wordOf(w), wordOf(w+"s"))
		}
	}
	labels := strings.Split(p.host, ".")
	for _, label := range labels[:max(0, len(labels)-1)] {
		for _, w := range words(label) {
			all = append(all, wordOf(w), wordOf(strings.TrimSuffix(w, municipal)))
		}
	}
	return all
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// local returns what reports whether each text has at a place the name of its own host: "I Lejre Kommune er der pasningsgaranti" is for
// those who live in Lejre, however alike the page of Greve is. What both names have, as "Kommune", tells nothing.
func (g *grouping) local(a, b *paper) func(gap) bool {
	if a.source == b.source {
		return nowhere
	}
	of, than := g.called[a.source], g.called[b.source]
	if !a.municipal || !b.municipal {
		return func(p gap) bool { return p.small() && p.renamed() && p.names(of, than) }
	}
	of, than = slices.Concat(of, a.home()), slices.Concat(than, b.home())
	if sentOut(a, b) { // whose leads are each municipality's own, while the text is the sender's
		return func(p gap) bool { return p.small() && p.before != 0 && (p.names(of, than) || p.towns()) }
	}
	return func(p gap) bool { return p.names(of, than) || p.small() && p.towns() }
}

func nowhere(gap) bool { return false }

// names reports whether each side has a word of its own list, which is not in the other.
func (p gap) names(of, than []uint32) bool {
	return named(p.own, of, than) && named(p.others, than, of)
}

// named reports whether a word is in one list of names and not in another.
func named(text, of, not []uint32) bool {
	return slices.ContainsFunc(text, func(h uint32) bool { return slices.Contains(of, h&^marks) && !slices.Contains(not, h&^marks) })
}

// Words beside the name of a town: "i Faxe", "Faxe Kommune".
var (
	beforeTowns = []uint32{wordOf("i"), wordOf("fra"), wordOf("på"), wordOf("til"), wordOf("for"), wordOf("omkring")}
	afterTowns  = []uint32{wordOf("kommune"), wordOf("kommunes")}
)

// towns reports whether each side begins with another name where towns are named. Whether they are towns no list has to say: where two
// municipalities have each its own name, whatever it is of, each speaks of its own.
func (p gap) towns() bool {
	if p.own[0]&p.others[0]&capital == 0 || !renamed(p.own, p.others) || !renamed(p.others, p.own) {
		return false
	}
	last := p.own[len(p.own)-1]
	return slices.Contains(beforeTowns, p.before&^marks) || slices.Contains(afterTowns, p.after&^marks) || slices.Contains(afterTowns, last&^marks)
}

// sentOut reports whether two texts may be one press release, by their kind or by their days: what a municipality tells its people to do
// stands there for years and mostly has none.
func sentOut(a, b *paper) bool {
	return passing(a) && passing(b) || a.day != 0 && b.day != 0 && near(a, b, 0)
}

// apart reports whether two documents are of different places, and so never copies of each other: each is wanted by those who look for its
// place. A press release has the place of its event; that of a municipality that brings it is only where it stands.
func apart(a, b *paper) bool {
	if len(a.places) == 0 || len(b.places) == 0 || slices.ContainsFunc(a.places, func(place string) bool { return slices.Contains(b.places, place) }) {
		return false
	}
	return !a.seated && !b.seated || !sentOut(a, b)
}
