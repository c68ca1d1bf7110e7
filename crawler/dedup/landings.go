package dedup

import (
	"slices"

	"smaabornsviden/index"
)

// fileOpening is how many words of a file may come before its title: a logo, a series, authors and a day.
const fileOpening = 60

// landings relates a page to the file that its text links to when both are of one source and called the same. Where the link says
// that it hands over the page's own work, the crawl has joined the two; "Læs hele rapporten her" may lead to anybody's.
func (g *grouping) landings() {
	for _, p := range g.papers {
		for _, ref := range p.refs {
			if o := g.at(ref); o != nil && o.opening != nil && p.opening == nil && p.source == o.source && o.called(p.title) {
				g.relate(p, o, File, Landing, index.Reason{Rule: "gruppe/fil", Quote: ref})
			}
		}
	}
}

// called reports whether a file has a title, or begins with it.
func (p *paper) called(title string) bool {
	want := words(title)
	if len(want) < leastTitle {
		return false
	}
	for _, in := range [][]string{words(p.title), p.opening} {
		for i := 0; i+len(want) <= len(in); i++ {
			if slices.Equal(in[i:i+len(want)], want) {
				return true
			}
		}
	}
	return false
}
