// Package programmes is the list of programmes of the field, each with what its sources say of it, as data checked when
// it is read.
package programmes

import (
	"bytes"
	_ "embed" // for the list
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed programmes.yaml
var list []byte

// Programme is one programme as a reader may look it up at /indsats/<slug>. What is not known is empty.
type Programme struct {
	Slug    string `yaml:"slug" json:"slug"`
	Name    string `yaml:"name" json:"name"`
	About   string `yaml:"about" json:"about"` // one or two Danish sentences
	History string `yaml:"history" json:"history,omitempty"`
	// Aliases are how texts write the name. One word is met in any inflection, several words as they stand.
	Aliases  []string  `yaml:"aliases" json:"aliases"`
	Pages    []string  `yaml:"pages" json:"pages,omitempty"` // absolute addresses of the programme itself
	Audience string    `yaml:"audience" json:"audience,omitempty"`
	Age      []int     `yaml:"age" json:"age,omitempty"`       // first and last month, inclusive; -9 is the start of pregnancy
	Period   string    `yaml:"period" json:"period,omitempty"` // as the source writes it
	Partners []Partner `yaml:"partners" json:"partners,omitempty"`
	Places   []string  `yaml:"places" json:"places,omitempty"`
	Topics   []string  `yaml:"topics" json:"topics,omitempty"` // slugs of index/topics

	Goals         []string `yaml:"goals" json:"goals,omitempty"`
	Commitments   []string `yaml:"commitments" json:"commitments,omitempty"`
	Contributions []string `yaml:"contributions" json:"contributions,omitempty"` // bidragstyper
	Initiatives   []string `yaml:"initiatives" json:"initiatives,omitempty"`

	Figures []Figure `yaml:"figures" json:"figures,omitempty"`
	Source  Source   `yaml:"source" json:"source"` // of everything but the figures
}

// Partner is an organisation and what it does in a programme.
type Partner struct {
	Name string `yaml:"name" json:"name"`
	Role string `yaml:"role" json:"role"`
}

// Source says where a record was read.
type Source struct {
	Name string `yaml:"name" json:"name"`
	URL  string `yaml:"url" json:"url"`
}

// The kinds of figures: what was meant to be, and what came of it.
const (
	Plan   = "plan"
	Result = "resultat"
)

// Figure is a number as one source tells it. Figures of several sources stand side by side and are never added up.
type Figure struct {
	Kind   string `yaml:"kind" json:"kind"` // Plan or Result
	What   string `yaml:"what" json:"what"`
	Value  string `yaml:"value" json:"value"` // as a Danish reader writes it: "6,46 mio. kr."
	Source string `yaml:"source" json:"source"`
	Date   string `yaml:"date" json:"date,omitempty"` // yyyy, yyyy-mm or yyyy-mm-dd; empty when the source tells none
	// Seen is when the source was read, in the forms of Date: the latest that is known of a number whose source has no date. It
	// is no date of the number, which may be years older.
	Seen string `yaml:"seen" json:"seen,omitempty"`
	// URL is where the document lies in which the figure was read; empty when that is not known.
	URL    string `yaml:"url" json:"url,omitempty"`
	Period string `yaml:"period" json:"period,omitempty"` // the years that the number is of, as the source writes them: "2018-2023"
}

// Of are the figures of a kind, in the order of the record.
func (p Programme) Of(kind string) []Figure {
	var all []Figure
	for _, f := range p.Figures {
		if f.Kind == kind {
			all = append(all, f)
		}
	}
	return all
}

// List is all programmes in the order in which they are shown.
type List []Programme

// ErrList: the list of programmes breaks a rule of its own.
var ErrList = errors.New("bad list of programmes")

// Default returns the list that the program carries.
func Default() (List, error) { return Load(list, "programmes.yaml") }

// Load reads and checks a list; errors name the file and, for YAML, the line.
func Load(data []byte, name string) (List, error) {
	var file struct {
		Programmes List `yaml:"programmes"`
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&file); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrList, name, err)
	}
	seen := map[string]string{}
	for i, p := range file.Programmes {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("%w: %s: programme %d (%s): %w", ErrList, name, i+1, p.Slug, err)
		}
		for _, key := range append([]string{"slug " + p.Slug}, p.Aliases...) {
			if other, taken := seen[strings.ToLower(key)]; taken && other != p.Slug {
				return nil, fmt.Errorf("%w: %s: %q belongs to %s and to %s", ErrList, name, key, other, p.Slug)
			}
			seen[strings.ToLower(key)] = p.Slug
		}
	}
	return file.Programmes, nil
}

// Programme returns the programme with a slug.
func (l List) Programme(slug string) (Programme, bool) {
	i := slices.IndexFunc(l, func(p Programme) bool { return p.Slug == slug })
	if i < 0 {
		return Programme{}, false
	}
	return l[i], true
}

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (p Programme) check() error {
	switch {
	case !slugShape.MatchString(p.Slug):
		return fmt.Errorf("slug %q", p.Slug)
	case p.Name == "" || p.About == "" || len(p.Aliases) == 0 || p.Source.Name == "":
		return errors.New("name, about, aliases and source are needed")
	case len(p.Age) != 0 && (len(p.Age) != 2 || p.Age[0] < -9 || p.Age[1] < p.Age[0]):
		return fmt.Errorf("age %v is no span of months", p.Age)
	}
	for _, address := range append(slices.Clone(p.Pages), p.Source.URL) {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "") {
			return fmt.Errorf("%q is no address", address)
		}
	}
	for _, f := range p.Figures {
		if err := f.check(); err != nil {
			return fmt.Errorf("figure %q: %w", f.What, err)
		}
	}
	return nil
}

func (f Figure) check() error {
	if f.What == "" || f.Value == "" || f.Source == "" {
		return errors.New("what, value and source are needed")
	}
	if f.Kind != Plan && f.Kind != Result {
		return fmt.Errorf("kind %q is neither %s nor %s", f.Kind, Plan, Result)
	}
	if u, err := url.Parse(f.URL); f.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("url %q is no address", f.URL)
	}
	if !isDate(f.Date) {
		return fmt.Errorf("date %q", f.Date)
	}
	if !isDate(f.Seen) {
		return fmt.Errorf("seen %q", f.Seen)
	}
	return nil
}

// isDate reports whether a text is a day, a month or a year, or nothing.
func isDate(s string) bool {
	return s == "" || slices.ContainsFunc([]string{time.DateOnly, "2006-01", "2006"}, func(layout string) bool {
		_, err := time.Parse(layout, s)
		return err == nil
	})
}
