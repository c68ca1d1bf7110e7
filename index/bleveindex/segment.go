package bleveindex

import (
	"fmt"
	"strconv"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// columns hold, by document number, what is asked of every hit of a segment. A segment never changes but for
// deletions, which the view knows, so its columns are read once and kept as long as the segment is in use:
// a new batch costs the columns of its own documents only. About 100 bytes a document.
type columns struct {
	n      int
	ids    idColumn
	day    []int32 // yyyymmdd of the shown date, 0 when unknown
	hidden []bool  // behind the face of a merged group
	facets []facetColumn
	terms  [][]uint32        // by field: the number of terms
	totals []rank.Collection // by field: the sums of terms
}

// facetColumn holds the values of one facet: those of document d are ords[start[d]:start[d+1]], as
// indexes in values.
type facetColumn struct {
	values []string
	start  []uint32
	ords   []uint32
}

// of returns the ordinals of a document's values.
func (c *facetColumn) of(doc uint32) []uint32 { return c.ords[c.start[doc]:c.start[doc+1]] }

// idColumn holds the external ids one after another.
type idColumn struct {
	text  string
	start []uint32
}

func (c *idColumn) of(doc uint32) string { return c.text[c.start[doc]:c.start[doc+1]] }

// loadColumns reads the columns of a segment.
func loadColumns(s segment.Segment) (*columns, error) {
	n := int(s.Count())
	c := &columns{n: n, day: make([]int32, n), hidden: make([]bool, n)}
	if err := c.loadIDs(s); err != nil {
		return nil, err
	}
	if err := c.loadDays(s); err != nil {
		return nil, err
	}
	err := eachPosting(s, hiddenField, func(_ string, doc uint32, _ uint64) { c.hidden[doc] = true })
	if err != nil {
		return nil, err
	}
	for _, facet := range index.Facets {
		column, err := loadFacet(s, facetPrefix+facet)
		if err != nil {
			return nil, err
		}
		c.facets = append(c.facets, column)
	}
	return c, c.loadCounts(s)
}

func (c *columns) loadIDs(s segment.Segment) error {
	ids := make([]string, c.n)
	total := 0
	err := eachPosting(s, "_id", func(id string, doc uint32, _ uint64) {
		ids[doc] = id
		total += len(id)
	})
	if err != nil {
		return err
	}
	text := make([]byte, 0, total)
	c.ids.start = make([]uint32, 1, c.n+1)
	for _, id := range ids {
		text = append(text, id...)
		c.ids.start = append(c.ids.start, uint32(len(text)))
	}
	c.ids.text = string(text)
	return nil
}

func (c *columns) loadDays(s segment.Segment) error {
	var bad error
	err := eachPosting(s, dayField, func(term string, doc uint32, _ uint64) {
		day, err := strconv.ParseInt(term, 10, 32)
		if err != nil {
			bad = fmt.Errorf("read day %q: %w", term, err)
		}
		c.day[doc] = int32(day)
	})
	if err != nil {
		return err
	}
	return bad
}

func (c *columns) loadCounts(s segment.Segment) error {
	c.terms = make([][]uint32, len(index.Fields))
	c.totals = make([]rank.Collection, len(index.Fields))
	for i := range c.terms {
		c.terms[i] = make([]uint32, c.n)
	}
	return eachPosting(s, countField, func(field string, doc uint32, freq uint64) {
		if i := fieldNumber(index.Field(field)); i >= 0 {
			c.terms[i][doc] = uint32(freq)
			c.totals[i].Docs++
			c.totals[i].Terms += int64(freq)
		}
	})
}

// loadFacet reads the values twice over: once to count, once to place them.
func loadFacet(s segment.Segment, name string) (facetColumn, error) {
	type pair struct{ doc, ord uint32 }
	var pairs []pair
	c := facetColumn{start: make([]uint32, s.Count()+1)}
	err := eachPosting(s, name, func(value string, doc uint32, _ uint64) {
		if len(c.values) == 0 || c.values[len(c.values)-1] != value {
			c.values = append(c.values, value)
		}
		pairs = append(pairs, pair{doc, uint32(len(c.values) - 1)})
		c.start[doc+1]++
	})
	if err != nil {
		return c, err
	}
	for i := 1; i < len(c.start); i++ {
		c.start[i] += c.start[i-1]
	}
	c.ords = make([]uint32, len(pairs))
	next := append([]uint32(nil), c.start...)
	for _, p := range pairs {
		c.ords[next[p.doc]] = p.ord
		next[p.doc]++
	}
	return c, nil
}

// eachPosting visits every posting of a field, deleted documents included, term by term.
func eachPosting(s segment.Segment, field string, visit func(term string, doc uint32, freq uint64)) error {
	dict, err := s.Dictionary(field)
	if err != nil {
		return fmt.Errorf("read terms of %s: %w", field, err)
	}
	terms := iterate(dict, nil, nil, nil)
	var (
		list segment.PostingsList
		it   segment.PostingsIterator
	)
	for {
		entry, err := terms.Next()
		if err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
		if entry == nil {
			return nil
		}
		term := entry.Term
		if list, err = dict.PostingsList([]byte(term), nil, list); err != nil {
			return fmt.Errorf("read %s %q: %w", field, term, err)
		}
		it = list.Iterator(true, false, false, it)
		for {
			p, err := it.Next()
			if err != nil {
				return fmt.Errorf("read %s %q: %w", field, term, err)
			}
			if p == nil {
				break
			}
			visit(term, uint32(p.Number()), p.Frequency())
		}
	}
}

// fieldNumber is the place of a field in index.Fields, -1 for another name.
func fieldNumber(f index.Field) int {
	for i, known := range index.Fields {
		if f == known {
			return i
		}
	}
	return -1
}
