package dedup

import "smaabornsviden/index"

// pin lets what an operator says of a document's group win: who stands alone shares no group, and two documents that an
// operator relates are to each other what the operator says and not what the rules found. Other relations stay.
func (g *grouping) pin() {
	var pinned []pair
	said := map[[2]*paper]bool{}
	for _, p := range g.papers {
		if p.pin == nil || p.pin.As == index.Alone {
			continue
		}
		if o := g.at(plain(p.pin.With)); o != nil && o != p {
			pinned = append(pinned, pair{p, o, p.pin.As, p.pin.As, p.pin.Reason})
			said[[2]*paper{p, o}], said[[2]*paper{o, p}] = true, true
		}
	}
	for _, x := range g.pairs {
		if binds(x.kind) && (alone(x.a) || alone(x.b) || said[[2]*paper{x.a, x.b}]) {
			continue
		}
		pinned = append(pinned, x)
	}
	g.pairs = pinned
}

func alone(p *paper) bool { return p.pin != nil && p.pin.As == index.Alone }
