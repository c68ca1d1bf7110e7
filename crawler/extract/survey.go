package extract

import (
	"cmp"
	"slices"

	"golang.org/x/net/html/atom"
)

type lineKey struct {
	path int32
	line uint64
}

// survey counts over all pages.
type survey struct {
	*Learner
	lines map[lineKey]int // pages that say a line in a place
	parts []partCount     // by path
	frame []bool
}

type partCount struct {
	pages, elements, blocks int
	size, repeated, link    int
}

func newSurvey(l *Learner) *survey {
	s := &survey{Learner: l, lines: map[lineKey]int{}, parts: make([]partCount, len(l.paths.nodes)), frame: make([]bool, len(l.paths.nodes))}
	for _, p := range l.pages {
		met := map[lineKey]bool{}
		for _, b := range p.blocks {
			if key := (lineKey{b.path, b.line}); !met[key] && b.path >= 0 {
				met[key] = true
				s.lines[key]++
			}
		}
		for id, n := range p.counts {
			s.parts[id].pages++
			s.parts[id].elements += n
		}
	}
	for _, p := range l.pages {
		for _, b := range p.blocks {
			s.count(b)
		}
	}
	for id := range s.parts {
		s.frame[id] = s.isFrame(int32(id))
	}
	return s
}

// count adds a block to every element around it.
func (s *survey) count(b blockShape) {
	repeated := s.repeats(b)
	for id := b.path; id >= 0; id = s.paths.nodes[id].parent {
		c := &s.parts[id]
		c.blocks++
		c.size += int(b.size)
		c.link += int(b.link)
		if repeated {
			c.repeated += int(b.size)
		}
	}
}

func (s *survey) repeats(b blockShape) bool {
	return b.path >= 0 && s.lines[lineKey{b.path, b.line}] >= repeatMin
}

// isFrame reports whether a part of the pages belongs to their frame: it says the same on many of them, or it leads
// elsewhere on most that have it.
func (s *survey) isFrame(id int32) bool {
	c := s.parts[id]
	if c.pages < repeatMin+1 || c.pages*100 < len(s.pages)*framePages || isLeaf(s.paths.nodes[id].tag) {
		return false
	}
	if c.repeated*100 >= c.size*frameRepeats {
		return true
	}
	// Links to other pages are part of a text that has some, and part of the frame where every page has them.
	return c.link*100 >= c.size*frameLinks && c.blocks >= 2*c.pages && c.pages*100 >= len(s.pages)*linkPages
}

// isLeaf reports whether an element is a line of a text rather than a part of a page: lines are judged by what they say.
func isLeaf(tag atom.Atom) bool {
	switch tag {
	case atom.Dt, atom.Dd, atom.Th, atom.Summary, atom.Caption, atom.Li, atom.Td, atom.P:
		return true
	}
	return isHeading(tag)
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// oftenIn reports whether a part stands in a holder on most pages that have it. Words that authors share between pages
// are text on the fewer ones.
func (s *survey) oftenIn(part int32, holders []int32) bool {
	for id := s.paths.nodes[part].parent; id >= 0; id = s.paths.nodes[id].parent {
		if slices.Contains(holders, id) {
			return s.parts[part].pages*100 >= s.parts[id].pages*heldPages
		}
	}
	return false
}

func (s *survey) underFrame(id int32) bool {
	for ; id >= 0; id = s.paths.nodes[id].parent {
		if s.frame[id] {
			return true
		}
	}
	return false
}

// holders are the elements in which the pages keep their text, the most used first. A site has one for each of its
// page types.
func (s *survey) holders() []int32 {
	own := s.ownText()
	left := make([]int, 0, len(s.pages))
	for i := range s.pages {
		if own[i].total > 0 {
			left = append(left, i)
		}
	}
	var found []int32
	for len(left)*100 >= len(s.pages)*holderPages && len(left) >= LearnFrom/2 && len(found) < 8 {
		id := s.holder(own, left)
		if id < 0 {
			return found
		}
		found = append(found, id)
		left = slices.DeleteFunc(left, func(i int) bool { return own[i].below[id] > 0 })
	}
	return found
}

// ownShare is how much of a page's own text stands below each path.
type ownShare struct {
	total int
	below map[int32]int
}

func (s *survey) ownText() []ownShare {
	all := make([]ownShare, len(s.pages))
	for i, p := range s.pages {
		o := ownShare{below: map[int32]int{}}
		for _, b := range p.blocks {
			if s.underFrame(b.path) || s.repeats(b) {
				continue
			}
			o.total += int(b.size)
			for id := b.path; id >= 0; id = s.paths.nodes[id].parent {
				o.below[id] += int(b.size)
			}
		}
		all[i] = o
	}
	return all
}

// holder is the deepest single element that holds nearly all own text of most of the pages, -1 when there is none.
func (s *survey) holder(own []ownShare, pages []int) int32 {
	best, bestDepth, bestPages := int32(-1), -1, 0
	shares := map[int32][]int{}
	for _, i := range pages {
		for id, n := range own[i].below {
			if s.pages[i].counts[id] == 1 {
				shares[id] = append(shares[id], n*100/own[i].total)
			}
		}
	}
	for id, list := range shares {
		if len(list)*100 < len(s.pages)*holderPages || len(list) < LearnFrom/2 {
			continue
		}
		slices.Sort(list)
		if list[len(list)/2] < holderShare || list[len(list)/10] < holderShare/2 {
			continue
		}
		depth := s.paths.depth(id)
		// What serves more pages is the rule; among those of equal use the deeper one is closer to the text.
		use := len(list) * 10 / len(pages)
		if use > bestPages || use == bestPages && (depth > bestDepth || depth == bestDepth && s.paths.nodes[id].hash < s.paths.nodes[best].hash) {
			best, bestDepth, bestPages = id, depth, use
		}
	}
	return best
}

// templateLines are the lines that stand among the text of nearly all pages of a kind. What half of them say is a
// heading of their authors: "Relaterede emner".
func (s *survey) templateLines(holders []int32) []Place {
	var all []Place
	for key, n := range s.lines {
		for id := key.path; id >= 0; id = s.paths.nodes[id].parent {
			if slices.Contains(holders, id) && n >= repeatMin && n*100 >= s.parts[id].pages*linePages {
				all = append(all, Place{Path: s.paths.nodes[key.path].hash, Line: key.line})
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line)) })
	return all
}
