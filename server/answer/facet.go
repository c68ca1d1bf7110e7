package answer

import (
	"cmp"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// Facet is a facet with its values in the order in which readers see them.
type Facet struct {
	Name   string
	Values []Value
}

// Value is a value of a facet; its count leaves out the filter on the same facet.
type Value struct {
	Value  string
	Label  string
	Count  int
	Chosen bool
}

// facets adds labels and choices to what the engine counted. A chosen value is there even with no hits, since it
// must be possible to see and unchoose it.
func facets(q Question, page index.Page, names *Names) []Facet {
	var out []Facet
	for _, name := range Facets {
		f := Facet{Name: name}
		chosen := slices.Clone(q.Chosen[name])
		for _, counted := range countsOf(page, name) {
			i := slices.Index(chosen, counted.Value)
			if i >= 0 {
				chosen = slices.Delete(chosen, i, i+1)
			}
			f.add(counted.Value, counted.Count, i >= 0, page, names)
		}
		for _, value := range chosen {
			count := 0
			if _, excluded := Excluded(value); excluded {
				count = page.Total // no hit has it
			}
			f.add(value, count, true, page, names)
		}
		f.order()
		out = append(out, f)
	}
	return out
}

// notBefore stands before the label of a value that is left out.
const notBefore = "ikke "

// ExcludedLabel is the label of a value that is left out, without the word that says so.
func ExcludedLabel(label string) (bare string, excluded bool) {
	return strings.CutPrefix(label, notBefore)
}

// LabelOf is the Danish label of a chosen value, of one that is left out as well.
func (n *Names) LabelOf(facet, chosen string) string {
	value, excluded := Excluded(chosen)
	label := cmp.Or(n.Label(facet, value), index.Label(facet, value))
	if excluded {
		return notBefore + label
	}
	return label
}

func countsOf(page index.Page, name string) []index.FacetValue {
	for _, f := range page.Facets {
		if f.Name == name {
			return f.Values
		}
	}
	return nil
}

func (f *Facet) add(value string, count int, chosen bool, page index.Page, names *Names) {
	bare, excluded := Excluded(value)
	label := names.Label(f.Name, bare)
	switch {
	case label != "":
	case f.Name == index.FacetSource:
		label = nameOf(bare, page)
	default:
		label = index.Label(f.Name, bare)
	}
	if excluded {
		label = notBefore + label
	}
	f.Values = append(f.Values, Value{Value: value, Label: label, Count: count, Chosen: chosen})
}

// nameOf finds the name of a source that the register does not know on a hit, else falls back to the id.
func nameOf(id string, page index.Page) string {
	for _, h := range page.Hits {
		if h.Doc.Source == id && h.Doc.SourceName != "" {
			return h.Doc.SourceName
		}
	}
	return id
}

// order keeps fixed values in their fixed order and puts years newest first; the rest stays as counted.
func (f *Facet) order() {
	if f.Name == index.FacetYear {
		slices.SortStableFunc(f.Values, func(a, b Value) int { return cmp.Compare(b.Value, a.Value) })
		return
	}
	choices := index.Choices(f.Name)
	if choices == nil {
		return
	}
	place := func(v Value) int {
		return slices.IndexFunc(choices, func(c index.Choice) bool { return c.Slug == v.Value })
	}
	slices.SortStableFunc(f.Values, func(a, b Value) int { return cmp.Compare(place(a), place(b)) })
}
