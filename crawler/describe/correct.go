package describe

import (
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/crawler/identifier"
	"smaabornsviden/index"
)

// restore takes back what corrections have set of what extraction had found: they may be gone. Derived values need no
// restoring, the rules speak again.
func restore(d *index.Document) {
	was := d.Replaced
	for _, field := range was.Fields {
		switch field {
		case "lang":
			d.Lang = was.Lang
		case "licence":
			d.Licence = was.Licence
		case "access":
			d.Access = was.Access
		case "authors":
			d.Authors, d.AuthorsWhy, d.AuthorsMore = was.Authors, was.AuthorsWhy, was.AuthorsMore
		case "publisher":
			d.Publisher = was.Publisher
		case "doi", "isbn", "issn":
			value, why := number(d, field)
			*value, *why = numberOf(&was, field).Value, numberOf(&was, field).Reason
		default:
			if at := date(d, field); at != nil {
				*at = *dateOf(&was, field)
			}
		}
	}
	for _, v := range []*index.Derived{&d.Licence, &d.Access} {
		if v.Rule == corrected { // set by a version that did not remember what it replaced
			*v = index.Derived{}
		}
	}
	d.Replaced, d.Pinned, d.NoDate = index.Replaced{}, index.Pin{}, index.Reason{}
}

// date is a date of a document by its field; nil when there is no such date.
func date(d *index.Document, field string) *index.Date {
	switch field {
	case "published":
		return &d.Published
	case "updated":
		return &d.Updated
	case "decided":
		return &d.Decided
	case "deadline":
		return &d.Deadline
	}
	return nil
}

func dateOf(was *index.Replaced, field string) *index.Date {
	switch field {
	case "published":
		return &was.Published
	case "updated":
		return &was.Updated
	case "decided":
		return &was.Decided
	}
	return &was.Deadline
}

// replace remembers once what extraction had found in a field.
func replace(d *index.Document, field string) {
	was := &d.Replaced
	if slices.Contains(was.Fields, field) {
		return
	}
	was.Fields = append(was.Fields, field)
	switch field {
	case "lang":
		was.Lang = d.Lang
	case "licence":
		was.Licence = d.Licence
	case "access":
		was.Access = d.Access
	case "authors":
		was.Authors, was.AuthorsWhy, was.AuthorsMore = d.Authors, d.AuthorsWhy, d.AuthorsMore
	case "publisher":
		was.Publisher = d.Publisher
	case "doi", "isbn", "issn":
		value, why := number(d, field)
		*numberOf(was, field) = index.Derived{Value: *value, Reason: *why}
	default:
		*dateOf(was, field) = *date(d, field)
	}
}

// found shows what extraction had found where a correction stands now.
func found(was index.Replaced) []Fired {
	var all []Fired
	for _, field := range was.Fields {
		switch field {
		case "lang":
			all = append(all, single("lang", was.Lang)...)
		case "authors":
			if len(was.Authors) > 0 {
				all = append(all, Fired{Field: field, Value: strings.Join(was.Authors, "; "), Reason: was.AuthorsWhy})
			}
		case "publisher":
			all = append(all, single(field, was.Publisher)...)
		case "doi", "isbn", "issn":
			all = append(all, single(field, *numberOf(&was, field))...)
		case "licence", "access": // these are described, and shown, before they are corrected
		default:
			all = append(all, dated(field, *dateOf(&was, field))...)
		}
	}
	for i := range all {
		all[i].Won = false
	}
	return all
}

// number is a number of a document by its field, with its reason.
func number(d *index.Document, field string) (*string, *index.Reason) {
	switch field {
	case "doi":
		return &d.DOI, &d.DOIWhy
	case "isbn":
		return &d.ISBN, &d.ISBNWhy
	}
	return &d.ISSN, &d.ISSNWhy
}

func numberOf(was *index.Replaced, field string) *index.Derived {
	switch field {
	case "doi":
		return &was.DOI
	case "isbn":
		return &was.ISBN
	}
	return &was.ISSN
}

type numberField struct {
	field string
	to    *string
	valid func(string) string // the number as it is stored, "" for none
}

func (v values) numbers() []numberField {
	return []numberField{{"doi", v.DOI, identifier.DOI}, {"isbn", v.ISBN, identifier.ISBN}, {"issn", v.ISSN, identifier.ISSN}}
}

type dateField struct {
	field string
	to    *string
}

func (v values) dates() []dateField {
	return []dateField{{"published", v.Published}, {"updated", v.Updated}, {"decided", v.Decided}, {"deadline", v.Deadline}}
}

// prepare corrects what extraction has found, before the rules build on it, and pins the group.
func (c Corrections) prepare(d *index.Document) []Fired {
	var all []Fired
	for _, one := range c.list {
		if one.holds(d) {
			all = append(all, one.prepare(d)...)
		}
	}
	if !d.ShownDate().IsZero() { // one date was taken away, and another is there
		d.NoDate = index.Reason{}
	}
	return all
}

func (c correction) prepare(d *index.Document) []Fired {
	why := index.Reason{Rule: corrected, Quote: c.Why}
	var all []Fired
	note := func(field, value string) {
		all = append(all, Fired{Field: field, Value: value, Reason: why, Won: true})
	}
	if c.Set.Lang != nil {
		replace(d, "lang")
		d.Lang = index.Derived{Value: *c.Set.Lang, Reason: why}
		note("lang", *c.Set.Lang)
	}
	if c.Set.Authors != nil {
		replace(d, "authors")
		d.Authors, d.AuthorsWhy, d.AuthorsMore = *c.Set.Authors, why, false
		note("authors", strings.Join(*c.Set.Authors, "; "))
	}
	if c.Set.Publisher != nil {
		replace(d, "publisher")
		d.Publisher = index.Derived{Value: *c.Set.Publisher, Reason: why}
		note("publisher", *c.Set.Publisher)
	}
	if c.Set.Sector != nil { // the source gives it anew each time, so nothing has to be remembered
		d.Sector, _ = index.Value(index.FacetSector, *c.Set.Sector) // checked at start
		d.SectorWhy = why
		note("sector", d.Sector)
	}
	for _, set := range c.Set.numbers() {
		if set.to == nil {
			continue
		}
		replace(d, set.field)
		value, reason := number(d, set.field)
		*value, *reason = set.valid(*set.to), why // checked at start; "" is no number
		note(set.field, *value)
	}
	for _, set := range c.Set.dates() {
		if set.to == nil {
			continue
		}
		replace(d, set.field)
		day, _ := parseDate(*set.to) // checked at start; "" is no date
		day.Reason = why
		*date(d, set.field) = day
		note(set.field, *set.to)
		if *set.to == "" { // a date that is none cannot keep its reason
			d.NoDate = why
		}
	}
	if g := c.Set.Group; g != nil {
		d.Pinned = index.Pin{As: g.As, With: g.With, Reason: why}
		note("group", strings.TrimSpace(g.As+" "+g.With))
	}
	return all
}

// apply corrects what rules have said and returns what was set; a later correction wins over an earlier one.
func (c Corrections) apply(d *index.Document) []Fired {
	var all []Fired
	for _, one := range c.list {
		if one.holds(d) {
			all = append(all, one.set(d)...)
		}
	}
	return all
}

// spanned writes a span as rules do; "" for none.
func spanned(span []int) string {
	if len(span) != 2 {
		return ""
	}
	return fmt.Sprintf("%d..%d", span[0], span[1])
}

func (c correction) holds(d *index.Document) bool {
	return (c.URL == "" || at(d, c.URL)) &&
		(c.Prefix == "" || strings.HasPrefix(d.URL, c.Prefix)) &&
		(c.Source == "" || c.Source == d.Source) &&
		(c.Title == "" || strings.Contains(strings.ToLower(d.Title), strings.ToLower(c.Title)))
}

func (c correction) set(d *index.Document) []Fired {
	why := index.Reason{Rule: corrected, Quote: c.Why}
	var all []Fired
	note := func(field, value string) {
		all = append(all, Fired{Field: field, Value: value, Reason: why, Won: true})
	}
	for _, one := range []struct {
		field string
		to    *string
		of    *index.Derived
		kept  bool // extraction has a say in it
	}{
		{"type", c.Set.Type, &d.Type, false},
		{"audience", c.Set.Audience, &d.Audience, false},
		{"place", c.place, &d.Place, false},
		{"licence", c.Set.Licence, &d.Licence, true},
		{"access", c.Set.Access, &d.Access, true},
		{"edition", c.Set.Edition, &d.Edition, false},
	} {
		if one.to == nil {
			continue
		}
		if one.kept {
			replace(d, one.field)
		}
		*one.of = index.Derived{Value: *one.to, Reason: why}
		note(one.field, *one.to)
	}
	if span := c.Set.Age; span != nil {
		d.Age = index.AgeSpan{Reason: why}
		if len(*span) == 2 {
			d.Age = index.AgeSpan{From: (*span)[0], To: (*span)[1], Known: true, Certain: true, Reason: why}
		}
		note("age", spanned(*span))
	}
	for _, one := range []struct {
		field string
		to    *[]string
		of    *[]index.Topic
	}{{"topic", c.Set.Topics, &d.Topics}, {"theme", c.Set.Themes, &d.Themes}, {"programme", c.Set.Programmes, &d.Programmes}} {
		if one.to == nil {
			continue
		}
		*one.of = nil
		for _, slug := range *one.to {
			*one.of = append(*one.of, index.Topic{Slug: slug, Weight: 1, Reason: why})
		}
		note(one.field, strings.Join(*one.to, ", "))
	}
	return all
}
