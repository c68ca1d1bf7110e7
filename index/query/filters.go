package query

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// FieldTitle is the field whose words are looked for; all others are conditions on documents.
const FieldTitle = "titel"

// fieldNames are the names before a colon that readers may use, with the facet that they filter
// or the field that they ask.
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

	"titel":     FieldTitle,
	"title":     FieldTitle,
	"forfatter": index.ByAuthor,
	"author":    index.ByAuthor,
}

// filter turns field:value into a filter. A value that cannot be read is reported, not searched for.
func (b *builder) filter(c Clause) {
	if c.Field == index.FacetYear && !c.Not {
		from, to, ok := years(c.Text)
		if !ok {
			b.unread(c)
			return
		}
		b.plan.FromDay, b.plan.ToDay = narrower(b.plan.FromDay, from, b.plan.ToDay, to)
		b.understood.Filters = append(b.understood.Filters, c.Field+":"+c.Text)
		return
	}
	values := valuesOf(c)
	if len(values) == 0 {
		b.unread(c)
		return
	}
	sign := ""
	if c.Not {
		sign = "-"
	}
	for _, v := range values {
		b.understood.Filters = append(b.understood.Filters, sign+c.Field+":"+v)
	}
	if c.Field == index.ByAuthor {
		values = []string{danish.NameKey(values[0])}
	}
	b.plan.Filters = mergeFilter(b.plan.Filters, index.Filter{Facet: c.Field, Values: values, Not: c.Not})
}

// valuesOf are the values of a facet that a condition names; nothing when it names none.
func valuesOf(c Clause) []string {
	switch c.Field {
	case index.ByAuthor:
		if !IsName(c.Text) {
			return nil
		}
		return []string{c.Name()}
	case index.FacetAge:
		if buckets := AgeBuckets(c.Text); buckets != nil {
			return buckets
		}
	case index.FacetYear:
		return YearsWithin(c.Text)
	}
	if value, ok := index.Value(c.Field, c.Text); ok {
		return []string{value}
	}
	return nil
}

// Name is the value of a field as filters read it. A name that stood in quotes keeps them, since danish.NameKey takes it as it
// is written.
func (c Clause) Name() string {
	if c.Phrase && c.Field == index.ByAuthor {
		return `"` + c.Text + `"`
	}
	return c.Text
}

// IsName reports whether a text can be looked for among authors: it holds a letter or digit, and no asterisk, since names are
// found by whole words.
func IsName(text string) bool { return danish.NameKey(text) != "" && !strings.Contains(text, "*") }

var yearsOfAge = regexp.MustCompile(`^(\d)(?:\s*[-–]\s*(\d))?(?:\s*(?i:år|years?))?$`)

// AgeBuckets reads "0-2", "4" and "0-2 år" as the values of the age facet for such a span; the one for the whole span is a
// choice of its own. nil means that the text is no such span.
func AgeBuckets(typed string) []string {
	m := yearsOfAge.FindStringSubmatch(strings.TrimSpace(typed))
	if m == nil {
		return nil
	}
	from, _ := strconv.Atoi(m[1])
	to := from
	if m[2] != "" {
		to, _ = strconv.Atoi(m[2])
	}
	if from > to || to > 6 {
		return nil
	}
	span := index.AgeSpan{From: from * 12, To: to*12 + 11, Known: true}
	return slices.DeleteFunc(span.Buckets(), func(b string) bool { return b == index.WholeAge })
}

// narrower is the span of days that two spans share; 0 is an open end.
func narrower(from1, from2, to1, to2 int) (from, to int) {
	to = min(to1, to2)
	if to == 0 {
		to = max(to1, to2)
	}
	return max(from1, from2), to
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

// mostYears bounds a span of years that is taken year by year.
const mostYears = 50

// YearsWithin are the years of a span that has both ends: years are excluded one by one. nil means that it is no such span, or
// that it is longer than anybody needs.
func YearsWithin(text string) []string {
	from, to, ok := YearSpan(text)
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if !ok || err1 != nil || err2 != nil || last-first >= mostYears {
		return nil
	}
	var out []string
	for y := first; y <= last; y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// mergeFilter adds a filter to others; within a facet, values widen.
func mergeFilter(filters []index.Filter, f index.Filter) []index.Filter {
	for i := range filters {
		if filters[i].Facet == f.Facet && filters[i].Not == f.Not {
			filters[i].Values = append(filters[i].Values, f.Values...)
			return filters
		}
	}
	return append(filters, f)
}

var yearSpan = regexp.MustCompile(`^(\d{4})?\s*(?:(-|–)\s*(\d{4})?)?$`)

// YearSpan reads 2020, 2020-2024, 2020- and -2024 as the first and the last year, either empty when open.
func YearSpan(text string) (from, to string, ok bool) {
	m := yearSpan.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || m[1]+m[3] == "" {
		return "", "", false
	}
	from, to = m[1], m[3]
	if m[2] == "" {
		to = from
	}
	return from, to, from == "" || to == "" || from <= to
}

// years reads a span of years as days from and to.
func years(text string) (from, to int, ok bool) {
	first, last, ok := YearSpan(text)
	if n, _ := strconv.Atoi(first); n > 0 {
		from = n*10000 + 101
	}
	if n, _ := strconv.Atoi(last); n > 0 {
		to = n*10000 + 1231
	}
	return from, to, ok
}
