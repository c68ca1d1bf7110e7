package index

import "strconv"

// FacetValues are a document's values for a facet: what filters compare and what is counted. There are none when
// nothing is known.
func (d *Document) FacetValues(facet string) []string {
	var values []string
	switch facet {
	case FacetSource:
		values = []string{d.Source}
	case FacetType:
		values = []string{d.Type.Value}
	case FacetSector:
		values = []string{d.Sector}
	case FacetLang:
		values = []string{d.Lang.Value}
	case FacetYear:
		if date := d.ShownDate(); !date.IsZero() {
			values = []string{strconv.Itoa(date.Time.UTC().Year())}
		}
	case FacetTopic:
		for _, t := range d.Topics {
			values = append(values, t.Slug)
		}
	case FacetAge:
		values = d.Age.Buckets()
	}
	if len(values) == 1 && values[0] == "" {
		return nil
	}
	return values
}
