package opensearch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// positionGap is by how many positions the values of a field stand apart, as danish.Fields parts the copies of
// the title and the body.
const positionGap = 100

// maxID is the longest id that OpenSearch takes, in bytes.
const maxID = 512

// encode is a document as the cluster gets it: text as words, stacked alternatives as "a|b". Fields are the room that its text is
// worked out in, which the next document may overwrite.
func encode(a *danish.Analyzer, fields *danish.Fields, d *index.Document) ([]byte, error) {
	if err := checkID(d); err != nil {
		return nil, err
	}
	meta := *d
	meta.Body = ""
	source := object{idField: d.ID, docField: &meta}
	if d.Body != "" {
		source[bodyField] = d.Body
	}
	if d.Merged && !d.Face {
		source[kindField] = behindKind
	}
	day := index.DayOf(d.ShownDate().Time)
	source[dayField], source[oldField] = day, day
	if day == 0 {
		source[oldField] = unknownDayLast
	}
	source["facet"] = facets(d)
	if names := danish.NameKeys(d.Authors); len(names) > 0 {
		source[authorField] = names
	}
	if err := text(a, fields, d, source); err != nil {
		return nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	j, err := json.Marshal(source)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	return j, nil
}

func checkID(d *index.Document) error {
	switch {
	case d.ID == "":
		return fmt.Errorf("document %s has no id", d.URL)
	case len(d.ID) > maxID || strings.HasPrefix(d.ID, markerID):
		return fmt.Errorf("document %s has an id that the index cannot hold: %.40q", d.URL, d.ID)
	}
	return nil
}

func facets(d *index.Document) object {
	all := object{}
	for _, name := range index.Facets {
		if values := d.FacetValues(name); len(values) > 0 {
			all[name] = values
		}
	}
	return all
}

// text adds the text fields and the lists of their terms.
func text(a *danish.Analyzer, fields *danish.Fields, d *index.Document, source object) error {
	terms := object{}
	a.Fill(fields, d.Title, d.Words(), d.Lang.Value)
	for name, f := range fields.All() {
		values, err := writing(index.Field(name))(f)
		if err != nil {
			return fmt.Errorf("field %s: %w", name, err)
		}
		source[name] = values
		if index.Field(name).Matches() {
			terms[name] = distinct(f.Terms)
		}
	}
	source["terms"] = terms
	return nil
}

// writing is how a field is written. A field without terms is written too, as an empty text: once any document of a segment
// lacks a field, Lucene looks the length of every document up by its number there, which costs a sixth of indexing.
func writing(name index.Field) func(*danish.Field) ([]string, error) {
	return func(f *danish.Field) ([]string, error) {
		switch {
		case len(f.Terms) == 0:
			return []string{""}, nil
		case (name == index.Exact || name == index.TitleExact) && f.Length != len(f.Terms):
			return nil, fmt.Errorf("%d terms at %d positions: %s has no alternatives", len(f.Terms), f.Length, name)
		case name.HasPositions():
			return placed(f)
		case name.Matches():
			return counted(f)
		}
		return tallied(f)
	}
}

// placed writes a field with positions: a value for every stretch of neighbouring ones.
func placed(f *danish.Field) ([]string, error) {
	var values []string
	var b strings.Builder
	last, length := f.Terms[0].Pos, 0
	for i, t := range f.Terms {
		if err := checkTerm(t.Text); err != nil {
			return nil, err
		}
		switch step := t.Pos - last; {
		case i == 0:
			length++
		case step == 0:
			b.WriteByte('|')
		case step == 1:
			b.WriteByte(' ')
			length++
		case step == positionGap+1:
			values = append(values, b.String())
			b.Reset()
			length++
		default:
			return nil, fmt.Errorf("%q stands %d positions after the word before; only 0, 1 and %d can be written", t.Text, step, positionGap+1)
		}
		b.WriteString(t.Text)
		last = t.Pos
	}
	if length != f.Length {
		return nil, fmt.Errorf("%d positions, but a length of %d", length, f.Length)
	}
	return append(values, b.String()), nil
}

// counted writes a field without positions. There it only matters how many terms count in the length: the others are
// spread over those as their alternatives.
func counted(f *danish.Field) ([]string, error) {
	if f.Length < 1 || f.Length > len(f.Terms) {
		return nil, fmt.Errorf("%d terms, but a length of %d", len(f.Terms), f.Length)
	}
	var b strings.Builder
	extra := len(f.Terms) - f.Length
	each, more := 1+extra/f.Length, extra%f.Length
	room := 0 // how many terms the stack at work still takes
	for i, t := range f.Terms {
		if err := checkTerm(t.Text); err != nil {
			return nil, err
		}
		if room == 0 {
			room = each
			if more > 0 {
				room, more = room+1, more-1
			}
			if i > 0 {
				b.WriteByte(' ')
			}
		} else {
			b.WriteByte('|')
		}
		room--
		b.WriteString(t.Text)
	}
	return []string{b.String()}, nil
}

// tallied writes a field without positions and alternatives as its distinct terms, "a|3" for one that stands three times: a
// text has three times as many 4-grams as distinct ones.
func tallied(f *danish.Field) ([]string, error) {
	if f.Length != len(f.Terms) {
		return nil, fmt.Errorf("%d terms, but a length of %d", len(f.Terms), f.Length)
	}
	times := make(map[string]int, len(f.Terms))
	order := make([]string, 0, len(f.Terms))
	for _, t := range f.Terms {
		if times[t.Text]++; times[t.Text] == 1 {
			order = append(order, t.Text)
		}
	}
	var b strings.Builder
	for i, term := range order {
		if err := checkTerm(term); err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(term)
		if n := times[term]; n > 1 {
			b.WriteByte('|')
			b.WriteString(strconv.Itoa(n))
		}
	}
	return []string{b.String()}, nil
}

// checkTerm refuses what would come out of the cluster's analyzer as something else.
func checkTerm(term string) error {
	if !writable(term) || len(term) > maxTerm {
		return fmt.Errorf("term %.40q cannot be written", term)
	}
	return nil
}

// writable reports whether a term can stand in the index at all: it is not empty, and holds neither a space nor the mark
// between alternatives.
func writable(term string) bool { return term != "" && !strings.ContainsAny(term, " |") }

// maxTerm is Lucene's longest term in bytes.
const maxTerm = 32766

func distinct(terms []danish.Term) []string {
	all := make([]string, 0, len(terms))
	for _, t := range terms {
		all = append(all, t.Text)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
