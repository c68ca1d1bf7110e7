package bleveindex

import (
	"cmp"
	"fmt"
	"slices"

	"smaabornsviden/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// facetCounts counts the values of the facets that a plan asks for. Each hit's values are read from the
// columns: that costs a few nanoseconds a hit, however many values there are.
type facetCounts struct {
	asked  []int            // numbers of the facets, in index.Facets
	totals []map[string]int // by the order of asked
}

func newFacetCounts(p *index.Plan) *facetCounts {
	c := &facetCounts{}
	for _, name := range p.Facets {
		c.asked = append(c.asked, slices.Index(index.Facets, name))
		c.totals = append(c.totals, map[string]int{})
	}
	return c
}

// filter is the plan's filters for one segment.
type filter struct {
	facets  []int             // numbers of the facets filtered by
	allowed [][]bool          // for each of them, by ordinal
	authors []*roaring.Bitmap // each has to hold a document
	barred  []bar             // none of them may hold
	others  []*roaring.Bitmap // none may hold a document
	from    int32
	to      int32
	hidden  bool // documents behind a face are let through
}

// bar keeps documents out that have certain values of a facet.
type bar struct {
	facet  int
	values []bool // by ordinal
}

func (p *part) filter(plan *index.Plan) (filter, error) {
	f := filter{from: int32(plan.FromDay), to: int32(plan.ToDay), hidden: plan.IncludeMerged}
	for _, asked := range plan.Filters {
		if asked.Facet == index.ByAuthor {
			docs, err := p.written(asked.Values)
			if err != nil {
				return f, err
			}
			if asked.Not {
				f.others = append(f.others, docs)
			} else {
				f.authors = append(f.authors, docs)
			}
			continue
		}
		number := slices.Index(index.Facets, asked.Facet)
		values := p.facets[number].having(asked.Values)
		if asked.Not {
			f.barred = append(f.barred, bar{number, values})
			continue
		}
		f.facets = append(f.facets, number)
		f.allowed = append(f.allowed, values)
	}
	return f, nil
}

// having tells for each ordinal of a column whether its value is among some.
func (c *facetColumn) having(some []string) []bool {
	out := make([]bool, len(c.values))
	for _, v := range some {
		if ord := slices.Index(c.values, v); ord >= 0 {
			out[ord] = true
		}
	}
	return out
}

// written are the documents of a segment whose authors have any of some keys. There are far more names than values of a facet
// and few are ever asked for, so they have no column: the postings are read.
func (p *part) written(keys []string) (*roaring.Bitmap, error) {
	docs := roaring.New()
	for _, key := range keys {
		list, err := p.list(authorField, key, nil)
		if err != nil {
			return nil, err
		}
		it := list.Iterator(false, false, false, nil)
		for {
			posting, err := it.Next()
			if err != nil {
				return nil, fmt.Errorf("read %s %q: %w", authorField, key, err)
			}
			if posting == nil {
				break
			}
			docs.Add(uint32(posting.Number()))
		}
	}
	return docs, nil
}

// described are the documents of a segment that have a value of a facet; only those in only, when it is given. Walking the
// column takes a millisecond for a million documents.
func (p *part) described(facet index.Field, value string, only *roaring.Bitmap) *postings {
	column := &p.facets[slices.Index(index.Facets, string(facet))]
	ord := slices.Index(column.values, value)
	if ord < 0 {
		return none
	}
	out := &postings{}
	for d := range uint32(p.n) {
		if slices.Contains(column.of(d), uint32(ord)) && (only == nil || only.Contains(d)) {
			out.add(d, 1, 0)
		}
	}
	return out
}

// What a document that the groups match is to the filters, when it is not out for one facet alone.
const (
	isHit = -1
	isOut = -2
)

// verdict is isHit, isOut, or the number of the one facet whose filter keeps a document out; there it still
// counts in that facet.
func (f *filter) verdict(p *part, d uint32) int8 {
	if p.isDead(d) || p.hidden[d] && !f.hidden || !f.inTime(p.day[d]) {
		return isOut
	}
	for _, docs := range f.authors {
		if !docs.Contains(d) {
			return isOut
		}
	}
	if f.bars(p, d) {
		return isOut
	}
	verdict := int8(isHit)
	for i, facet := range f.facets {
		if hasAny(f.allowed[i], p.facets[facet].of(d)) {
			continue
		}
		if verdict != isHit && verdict != int8(facet) {
			return isOut
		}
		verdict = int8(facet)
	}
	return verdict
}

// bars reports whether a document has what was excluded.
func (f *filter) bars(p *part, d uint32) bool {
	for _, docs := range f.others {
		if docs.Contains(d) {
			return true
		}
	}
	for _, b := range f.barred {
		if hasAny(b.values, p.facets[b.facet].of(d)) {
			return true
		}
	}
	return false
}

func (f *filter) inTime(day int32) bool {
	if f.from == 0 && f.to == 0 {
		return true
	}
	return day != 0 && day >= f.from && (f.to == 0 || day <= f.to)
}

func hasAny(wanted []bool, ords []uint32) bool {
	for _, ord := range ords {
		if wanted[ord] {
			return true
		}
	}
	return false
}

// add counts the matches of a segment: hits in every facet, documents kept out by one facet's filter
// in that facet.
func (c *facetCounts) add(p *part, docs []uint32, verdicts []int8) {
	for i, facet := range c.asked {
		column := &p.facets[facet]
		counts := make([]int, len(column.values))
		for j, d := range docs {
			if v := verdicts[j]; v != isHit && int(v) != facet {
				continue
			}
			for _, ord := range column.of(d) {
				counts[ord]++
			}
		}
		for ord, n := range counts {
			if n > 0 {
				c.totals[i][column.values[ord]] += n
			}
		}
	}
}

// facets writes the counts out, most frequent first.
func (c *facetCounts) facets() []index.Facet {
	var out []index.Facet
	for i, facet := range c.asked {
		f := index.Facet{Name: index.Facets[facet], Values: []index.FacetValue{}}
		for value, n := range c.totals[i] {
			f.Values = append(f.Values, index.FacetValue{Value: value, Count: n})
		}
		slices.SortFunc(f.Values, func(a, b index.FacetValue) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		out = append(out, f)
	}
	return out
}
