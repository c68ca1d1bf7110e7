package describe

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/topics"
)

// Corrections are what an operator knows better than the rules, read from YAML. The zero value corrects nothing.
type Corrections struct {
	list []correction
	raw  []byte
}

// correction sets values of the documents that all its conditions hold for.
type correction struct {
	URL    string `yaml:"url"`    // the document at this address
	Prefix string `yaml:"prefix"` // all addresses that begin so
	Source string `yaml:"source"` // id in the register
	Title  string `yaml:"title"`  // the title contains this, in any case
	Set    values `yaml:"set"`
	Why    string `yaml:"why"` // shown to readers as the reason
}

// values are what is to hold; nil leaves what the rules say, "" or an empty list takes it away.
type values struct {
	Type       *string   `yaml:"type"`
	Age        *[]int    `yaml:"age"` // first and last month, inclusive
	Topics     *[]string `yaml:"topics"`
	Audience   *string   `yaml:"audience"`
	Place      *string   `yaml:"place"`
	Licence    *string   `yaml:"licence"`
	Access     *string   `yaml:"access"`
	Edition    *string   `yaml:"edition"`
	Programmes *[]string `yaml:"programmes"`
}

// corrected is the rule that corrections are shown as.
const corrected = index.Corrected

// ErrCorrections: a file of corrections cannot be used.
var ErrCorrections = errors.New("bad corrections")

// LoadCorrections reads and checks corrections; errors name the file and the line or the number of the entry.
func LoadCorrections(data []byte, name string) (Corrections, error) {
	var file struct {
		Corrections []correction `yaml:"corrections"`
	}
	if err := decode(data, name, &file); err != nil {
		return Corrections{}, fmt.Errorf("%w: %w", ErrCorrections, err)
	}
	for i, c := range file.Corrections {
		if err := c.check(); err != nil {
			return Corrections{}, fmt.Errorf("%w: %s: correction %d: %w", ErrCorrections, name, i+1, err)
		}
	}
	return Corrections{list: file.Corrections, raw: slices.Clone(data)}, nil
}

func (c correction) check() error {
	v := c.Set
	switch {
	case c.URL == "" && c.Prefix == "" && c.Source == "" && c.Title == "":
		return errors.New("url, prefix, source or title is needed")
	case c.Why == "":
		return errors.New("why is needed: readers are shown it")
	case v == values{}:
		return errors.New("nothing is set")
	case v.Type != nil && !slices.Contains(index.Types, *v.Type):
		return fmt.Errorf("unknown type %q", *v.Type)
	case v.Access != nil && !slices.Contains([]string{"", "fri", "abonnement"}, *v.Access):
		return fmt.Errorf("access %q is neither fri nor abonnement", *v.Access)
	case v.Age != nil && len(*v.Age) != 0 && (len(*v.Age) != 2 || (*v.Age)[0] < -9 || (*v.Age)[1] < (*v.Age)[0]):
		return fmt.Errorf("age %v is no span of months", *v.Age)
	}
	return nil
}

// known checks the slugs that corrections name.
func (c Corrections) known(all topics.List, records programmes.List) error {
	for i, one := range c.list {
		for _, slug := range deref(one.Set.Topics) {
			if _, ok := all.Topic(slug); !ok {
				return fmt.Errorf("%w: correction %d: unknown topic %q", ErrCorrections, i+1, slug)
			}
		}
		for _, slug := range deref(one.Set.Programmes) {
			if _, ok := records.Programme(slug); !ok {
				return fmt.Errorf("%w: correction %d: unknown programme %q", ErrCorrections, i+1, slug)
			}
		}
	}
	return nil
}

func deref(list *[]string) []string {
	if list == nil {
		return nil
	}
	return *list
}

// apply corrects a document and returns what was set; a later correction wins over an earlier one.
func (c Corrections) apply(d *index.Document) []Fired {
	var all []Fired
	for _, one := range c.list {
		if one.holds(d) {
			all = append(all, one.set(d)...)
		}
	}
	return all
}

func (c correction) holds(d *index.Document) bool {
	return (c.URL == "" || c.URL == d.URL) &&
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
	}{
		{"type", c.Set.Type, &d.Type},
		{"audience", c.Set.Audience, &d.Audience},
		{"place", c.Set.Place, &d.Place},
		{"licence", c.Set.Licence, &d.Licence},
		{"access", c.Set.Access, &d.Access},
		{"edition", c.Set.Edition, &d.Edition},
	} {
		if one.to != nil {
			*one.of = index.Derived{Value: *one.to, Reason: why}
			note(one.field, *one.to)
		}
	}
	if span := c.Set.Age; span != nil {
		d.Age = index.AgeSpan{Reason: why}
		if len(*span) == 2 {
			d.Age = index.AgeSpan{From: (*span)[0], To: (*span)[1], Known: true, Certain: true, Reason: why}
		}
		note("age", fmt.Sprint(*span))
	}
	for _, one := range []struct {
		field string
		to    *[]string
		of    *[]index.Topic
	}{{"topic", c.Set.Topics, &d.Topics}, {"programme", c.Set.Programmes, &d.Programmes}} {
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
