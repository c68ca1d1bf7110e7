package query

import (
	"regexp"
	"strconv"
	"strings"

	"smaabornsviden/index"
)

// fieldNames are the names before a colon that readers may use, with the facet that they filter.
var fieldNames = map[string]string{
	"kilde":  index.FacetSource,
	"source": index.FacetSource,
	"type":   index.FacetType,
	"år":     index.FacetYear,
	"aar":    index.FacetYear,
	"year":   index.FacetYear,
	"sektor": index.FacetSector,
	"sector": index.FacetSector,
	"sprog":  index.FacetLang,
	"lang":   index.FacetLang,
	"emne":   index.FacetTopic,
	"topic":  index.FacetTopic,
	"alder":  index.FacetAge,
	"age":    index.FacetAge,
}

// filter turns field:value into a filter. A value that cannot be read is reported, not searched for.
func (b *builder) filter(c Clause) {
	if c.Field == index.FacetYear {
		from, to, ok := years(c.Text)
		if !ok || c.Not {
			b.unread(c)
			return
		}
		b.plan.FromDay, b.plan.ToDay = from, to
		b.understood.Filters = append(b.understood.Filters, c.Field+":"+c.Text)
		return
	}
	value, ok := index.Value(c.Field, c.Text)
	if !ok || c.Not {
		b.unread(c)
		return
	}
	b.plan.Filters = mergeFilter(b.plan.Filters, index.Filter{Facet: c.Field, Values: []string{value}})
	b.understood.Filters = append(b.understood.Filters, c.Field+":"+value)
}

// unread reports a piece as readers write it: only addresses spell the year's field "aar".
func (b *builder) unread(c Clause) {
	name := c.Field
	if name == index.FacetYear {
		name = "år"
	}
	if c.Not {
		name = "-" + name
	}
	b.understood.Unread = append(b.understood.Unread, name+":"+c.Text)
}

// mergeFilter adds a filter to others; within a facet, values widen.
func mergeFilter(filters []index.Filter, f index.Filter) []index.Filter {
	for i := range filters {
		if filters[i].Facet == f.Facet {
			filters[i].Values = append(filters[i].Values, f.Values...)
			return filters
		}
	}
	return append(filters, f)
}

var yearSpan = regexp.MustCompile(`^(\d{4})?\s*(?:(-|–)\s*(\d{4})?)?$`)

// years reads 2020, 2020-2024, 2020- and -2024 as days from and to.
func years(text string) (from, to int, ok bool) {
	m := yearSpan.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || m[1]+m[3] == "" {
		return 0, 0, false
	}
	first, _ := strconv.Atoi(m[1])
	last, _ := strconv.Atoi(m[3])
	if m[2] == "" {
		last = first
	}
	if first > 0 {
		from = first*10000 + 101
	}
	if last > 0 {
		to = last*10000 + 1231
	}
	return from, to, to == 0 || from <= to
}
