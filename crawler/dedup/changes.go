package dedup

import (
	"cmp"
	"slices"

	"smaabornsviden/index"
)

// changes turns pairs into groups and relations, and leaves out the documents that say all that already.
func (g *grouping) changes() []Change {
	bound := newForest(g.papers)
	for _, p := range g.pairs {
		if binds(p.kind) {
			bound.join(p.a, p.b)
		}
	}
	merged, faces := g.merged()
	related := g.related()
	var out []Change
	for _, p := range g.papers {
		c := Change{ID: p.id, Related: related[p]}
		if bound.size(p) > 1 {
			c.Group = bound.root(p).id
		}
		if copies := merged.size(p); copies > 1 {
			c.Merged, c.Face = true, faces[merged.root(p)] == p
			if c.Face {
				c.MoreOf = copies - 1
			}
		}
		// Most documents are as they were, and what is written is indexed again.
		if (state{c.Group, c.Face, c.Merged, c.MoreOf, c.Related}).print() != p.before {
			out = append(out, c)
		}
	}
	return out
}

// merged are the documents that are shown as one, and who stands for them.
func (g *grouping) merged() (*forest, map[*paper]*paper) {
	merged, edited := newForest(g.papers), map[*paper]bool{}
	for _, p := range g.pairs {
		if merges(p.kind) {
			merged.join(p.a, p.b)
		}
		if p.kind == Edition { // of editions the newest is shown, of copies the first
			edited[p.a], edited[p.b] = true, true
		}
	}
	return merged, faces(merged.trees(), edited)
}

// faces picks who stands for each merged group: the newest edition; of copies the first that was published, which is
// mostly the sender's own; of one day the sender's before that of a paper, then the longest.
func faces(trees map[*paper][]*paper, edited map[*paper]bool) map[*paper]*paper {
	out := map[*paper]*paper{}
	for root, members := range trees {
		editions := slices.ContainsFunc(members, func(p *paper) bool { return edited[p] })
		out[root] = slices.MinFunc(members, func(a, b *paper) int {
			if editions {
				if n := newer(a, b); n != 0 {
					return n
				}
			}
			if a.shortened != b.shortened { // the whole text stands for its beginning, whoever was first
				return cmp.Compare(btoi(a.shortened), btoi(b.shortened))
			}
			return cmp.Or(cmp.Compare(dated(a), dated(b)), cmp.Compare(btoi(a.medium), btoi(b.medium)), cmp.Compare(b.words, a.words), cmp.Compare(a.id, b.id))
		})
	}
	return out
}

func btoi(truth bool) int {
	if truth {
		return 1
	}
	return 0
}

// dated is the day of publication; undated documents come last.
func dated(p *paper) int {
	if p.day == 0 {
		return 99999999
	}
	return p.day
}

// related lists the relatives of each paper: one entry per kind and relative, what binds first, bounded.
func (g *grouping) related() map[*paper][]index.Relation {
	out := map[*paper][]index.Relation{}
	add := func(p, o *paper, kind string, why index.Reason) {
		known := slices.ContainsFunc(out[p], func(r index.Relation) bool {
			return r.ID == o.id && (r.Kind == kind || binds(r.Kind) || r.Kind == Landing) // of a copy it need not be said that it is of the programme too
		})
		if !known {
			out[p] = append(out[p], index.Relation{Kind: kind, ID: o.id, Title: o.title, Lang: o.lang, Reason: why})
		}
	}
	for _, p := range g.pairs {
		add(p.a, p.b, p.kind, p.why)
		add(p.b, p.a, p.back, p.why)
	}
	for p, all := range out {
		slices.SortStableFunc(all, func(a, b index.Relation) int {
			return cmp.Or(cmp.Compare(order(a.Kind), order(b.Kind)), cmp.Compare(a.ID, b.ID))
		})
		out[p] = all[:min(maxRelated, len(all))]
	}
	return out
}

func order(kind string) int {
	return slices.Index([]string{Edition, Twin, Copy, File, Landing, Research, Mentioned, Told, Elsewhere, Programme}, kind)
}

// forest is a set of trees of papers that belong together, by their numbers.
type forest struct {
	papers        []*paper
	parent, sizes []int32 // of a root: itself, and how many papers its tree has
}

func newForest(papers []*paper) *forest {
	f := &forest{papers: papers, parent: make([]int32, len(papers)), sizes: make([]int32, len(papers))}
	for i := range papers {
		f.parent[i], f.sizes[i] = int32(i), 1
	}
	return f
}

func (f *forest) root(p *paper) *paper {
	n := p.number
	for f.parent[n] != n {
		n = f.parent[n]
	}
	return f.papers[n]
}

func (f *forest) size(p *paper) int { return int(f.sizes[f.root(p).number]) }

// join keeps the paper with the least id as root, so that a group's name does not hang on the order of pairs.
func (f *forest) join(a, b *paper) {
	a, b = f.root(a), f.root(b)
	if a == b {
		return
	}
	if b.number < a.number {
		a, b = b, a
	}
	f.parent[b.number] = a.number
	f.sizes[a.number] += f.sizes[b.number]
}

// settlers joins copies, but not what is of different places by way of a third that is of none.
type settlers struct {
	*forest
	placed map[*paper][]*paper // by root: the papers whose place is known
}

func newSettlers(papers []*paper) settlers {
	return settlers{newForest(papers), map[*paper][]*paper{}}
}

// joins reports whether two papers may be one, and makes them so.
func (s settlers) joins(a, b *paper) bool {
	x, y := s.root(a), s.root(b)
	if x == y {
		return true
	}
	all, others := s.of(x), s.of(y)
	for _, p := range all {
		if slices.ContainsFunc(others, func(o *paper) bool { return apart(p, o) }) {
			return false
		}
	}
	s.join(x, y)
	s.placed[s.root(x)] = slices.Concat(all, others)
	return true
}

func (s settlers) of(root *paper) []*paper {
	if s.size(root) == 1 && len(root.places) > 0 {
		return []*paper{root}
	}
	return s.placed[root]
}

// trees are the papers of each root that has others, by id.
func (f *forest) trees() map[*paper][]*paper {
	out := map[*paper][]*paper{}
	for _, p := range f.papers {
		if r := f.root(p); f.size(r) > 1 {
			out[r] = append(out[r], p)
		}
	}
	return out
}
