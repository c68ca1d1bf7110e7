// Package topics is the field's list of subjects with the words that tell them, as data checked when it is read.
package topics

import (
	"bytes"
	_ "embed" // for the list
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"
)

//go:embed topics.yaml
var list []byte

// Topic is a subject and the terms that put a document under it.
type Topic struct {
	Slug  string `yaml:"slug"`  // a-z, 0-9 and hyphens; in addresses and facets
	Label string `yaml:"label"` // as readers see it
	About string `yaml:"about"` // a definition of two Danish sentences; empty for themes, whose names say it
	// AboutEnglish is About in English.
	AboutEnglish string `yaml:"about_en"`
	// Terms speak for the topic, Weak ones only support it. Each is one or more words in any inflection; "*word" is
	// met in compounds too, "=word" in this form alone.
	Terms []string `yaml:"terms"`
	Weak  []string `yaml:"weak"`
	// Common is how many of the terms stand in a hundred words of any text of the field: so much says nothing.
	Common float64 `yaml:"common"`
}

// List is all topics and, as a second scheme, the six themes of the curriculum, both in the order they are shown.
type List struct {
	Topics []Topic `yaml:"topics"`
	Themes []Topic `yaml:"themes"`
}

// ErrList: the list of topics breaks a rule of its own.
var ErrList = errors.New("bad list of topics")

// Default returns the list that the program carries.
func Default() (List, error) { return Load(list, "topics.yaml") }

// Raw is the list as it stands in the program, for fingerprints.
func Raw() []byte { return slices.Clone(list) }

// Load reads and checks a list; errors name the file and, for YAML, the line.
func Load(data []byte, name string) (List, error) {
	var l List
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&l); err != nil {
		return List{}, fmt.Errorf("%w: %s: %w", ErrList, name, err)
	}
	for _, scheme := range [][]Topic{l.Topics, l.Themes} {
		if err := check(scheme); err != nil {
			return List{}, fmt.Errorf("%w: %s: %w", ErrList, name, err)
		}
	}
	return l, nil
}

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func check(scheme []Topic) error {
	seen := map[string]bool{}
	for i := range scheme {
		t := &scheme[i]
		switch {
		case !slugShape.MatchString(t.Slug):
			return fmt.Errorf("topic %d: slug %q", i+1, t.Slug)
		case seen[t.Slug]:
			return fmt.Errorf("topic %s stands twice", t.Slug)
		case t.Label == "" || len(t.Terms) == 0:
			return fmt.Errorf("topic %s: label and terms are needed", t.Slug)
		case t.Common < 0 || t.Common > 5:
			return fmt.Errorf("topic %s: common %v is not between 0 and 5", t.Slug, t.Common)
		}
		seen[t.Slug] = true
		if term := twice(t.Terms, t.Weak); term != "" {
			return fmt.Errorf("topic %s: term %q stands twice", t.Slug, term)
		}
	}
	return nil
}

func twice(lists ...[]string) string {
	seen := map[string]bool{}
	for _, term := range slices.Concat(lists...) {
		if term == "" || seen[term] {
			return fmt.Sprintf("%q", term)
		}
		seen[term] = true
	}
	return ""
}

// Topic returns the topic or theme with a slug.
func (l List) Topic(slug string) (Topic, bool) {
	for _, t := range slices.Concat(l.Topics, l.Themes) {
		if t.Slug == slug {
			return t, true
		}
	}
	return Topic{}, false
}
