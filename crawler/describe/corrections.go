package describe

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"smaabornsviden/index"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/topics"
)

// Corrections are what an operator knows better than the rules, read from YAML. The zero value corrects nothing.
type Corrections struct {
	list   []correction
	raw    []byte
	name   string    // of the file
	tree   *ast.File // tells the lines of mistakes
	faults []error   // that were found when it was read; NewWith tells them with what it finds
}

// Decoded reports whether the file could be read as YAML, whatever mistakes it has: NewWith tells all of them at once then.
func (c Corrections) Decoded() bool { return c.raw != nil }

// correction sets values of the documents that all its conditions hold for.
type correction struct {
	URL    string  `yaml:"url"`    // the document at this address
	Prefix string  `yaml:"prefix"` // all addresses that begin so
	Source string  `yaml:"source"` // id in the register
	Title  string  `yaml:"title"`  // the title contains this, in any case
	Set    values  `yaml:"set"`
	Why    string  `yaml:"why"` // shown to readers as the reason
	place  *string // Set.Place with every municipality as the list writes it
}

// values are what is to hold; nil leaves what the rules say, "" or an empty list takes it away.
type values struct {
	Type       *string   `yaml:"type"`
	Age        *[]int    `yaml:"age"` // first and last month, inclusive
	Topics     *[]string `yaml:"topics"`
	Themes     *[]string `yaml:"themes"`
	Audience   *string   `yaml:"audience"`
	Place      *string   `yaml:"place"` // municipalities of the list, parted by commas
	Lang       *string   `yaml:"lang"`  // a code of index.Languages
	Licence    *string   `yaml:"licence"`
	Access     *string   `yaml:"access"`
	Edition    *string   `yaml:"edition"`
	Programmes *[]string `yaml:"programmes"`
	Authors    *[]string `yaml:"authors"`
	Publisher  *string   `yaml:"publisher"`
	Sector     *string   `yaml:"sector"` // a slug of the sectors, of this document in place of its source's
	DOI        *string   `yaml:"doi"`    // in any form that extraction reads, as the other numbers
	ISBN       *string   `yaml:"isbn"`
	ISSN       *string   `yaml:"issn"`
	Published  *string   `yaml:"published"` // 2024, 2024-05 or 2024-05-31, as the other dates
	Updated    *string   `yaml:"updated"`
	Decided    *string   `yaml:"decided"`
	Deadline   *string   `yaml:"deadline"`
	Group      *grouping `yaml:"group"`
}

// grouping is what a document is to another one, or that it stands alone.
type grouping struct {
	As   string `yaml:"as"`   // kopi, udgave, oversaettelse or alene
	With string `yaml:"with"` // the address of the other document; none for alene
}

// corrected is the rule that corrections are shown as.
const corrected = index.Corrected

// ErrCorrections: a file of corrections cannot be used.
var ErrCorrections = errors.New("bad corrections")

// LoadCorrections reads and checks corrections. All mistakes are reported at once, each with file, line and field, but for names that only
// the vocabulary, the programmes and the register have. The corrections that come with an error must not be used; given to NewWith,
// which refuses them, they tell those mistakes too.
func LoadCorrections(data []byte, name string) (Corrections, error) {
	var file struct {
		Corrections []correction `yaml:"corrections"`
	}
	c := Corrections{name: name}
	if err := decode(data, name, &file); err != nil && !errors.Is(err, io.EOF) { // an empty file corrects nothing
		c.faults = []error{fmt.Errorf("%w: %w", ErrCorrections, err)}
		file.Corrections = nil
		if yaml.Unmarshal(data, &file) != nil { // it is more than a field that nobody knows
			return Corrections{}, c.faults[0]
		}
	}
	c.list, c.raw = file.Corrections, append([]byte{}, data...)
	c.tree, _ = parser.ParseBytes(data, 0) // what could be decoded parses; without it mistakes have line 1
	for i, one := range c.list {
		for _, m := range one.mistakes() {
			c.faults = append(c.faults, c.fault(i, m))
		}
	}
	return c, errors.Join(c.faults...)
}

// mistake is what is wrong in a field of a correction.
type mistake struct{ field, reason string }

// fault places a mistake of the i-th correction in its file.
func (c Corrections) fault(i int, m mistake) error {
	return fmt.Errorf("%w: %s:%d: correction %d: %s: %s", ErrCorrections, c.name, c.line(fmt.Sprintf("$.corrections[%d].%s", i, m.field)), i+1, m.field, m.reason)
}

// line finds where a value stands, from 1; a value that is not there is looked for at its parent.
func (c Corrections) line(path string) int {
	for c.tree != nil && strings.ContainsAny(path, ".[") {
		if p, err := yaml.PathString(path); err == nil {
			if node, err := p.FilterFile(c.tree); err == nil && node != nil {
				if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
					node = m.Values[0].Key // the token of a mapping is a colon further down
				}
				return node.GetToken().Position.Line
			}
		}
		path = path[:strings.LastIndexAny(path, ".[")]
	}
	return 1
}

// mistakes are what can be told without the vocabulary.
func (c correction) mistakes() []mistake {
	v := c.Set
	var all []mistake
	wrong := func(is bool, field, format string, args ...any) {
		if is {
			all = append(all, mistake{field, fmt.Sprintf(format, args...)})
		}
	}
	wrong(c.URL == "" && c.Prefix == "" && c.Source == "" && c.Title == "", "url", "url, prefix, source or title is needed")
	wrong(c.URL != "" && !absolute(c.URL), "url", "%q is no address that begins with http:// or https://", c.URL)
	wrong(c.Prefix != "" && !absolute(c.Prefix), "prefix", "%q does not begin with http:// or https:// and a host", c.Prefix)
	wrong(strings.TrimSpace(c.Why) == "", "why", "needed: readers are shown it")
	wrong(v == values{}, "set", "nothing is set")
	wrong(v.Type != nil && !slices.Contains(index.Types, *v.Type), "set.type", "unknown type %q, not one of %s", text(v.Type), strings.Join(index.Types, ", "))
	wrong(v.Lang != nil && !slices.Contains(index.Languages, *v.Lang), "set.lang", "unknown language %q, not one of %s", text(v.Lang), strings.Join(index.Languages, ", "))
	wrong(v.Access != nil && !slices.Contains([]string{"", "fri", "abonnement"}, *v.Access), "set.access", "%q is neither fri nor abonnement", text(v.Access))
	span := deref(v.Age)
	wrong(len(span) != 0 && (len(span) != 2 || span[0] < -9 || span[1] < span[0]), "set.age", "%v is no span of months", span)
	for i, name := range deref(v.Authors) {
		wrong(strings.TrimSpace(name) == "", fmt.Sprintf("set.authors[%d]", i), "an empty name")
	}
	for _, n := range v.numbers() {
		wrong(n.to != nil && *n.to != "" && n.valid(*n.to) == "", "set."+n.field, "%q is no %s", text(n.to), strings.ToUpper(n.field))
	}
	if v.Sector != nil && *v.Sector != "" {
		_, ok := index.Value(index.FacetSector, *v.Sector)
		wrong(!ok, "set.sector", "unknown sector %q", *v.Sector)
	}
	for _, d := range v.dates() {
		if d.to != nil && *d.to != "" {
			_, err := parseDate(*d.to)
			wrong(err != nil, "set."+d.field, "%q is no date of the form 2024, 2024-05 or 2024-05-31", *d.to)
		}
	}
	if g := v.Group; g != nil {
		wrong(!slices.Contains(index.Pins, g.As), "set.group.as", "%q is not one of %s", g.As, strings.Join(index.Pins, ", "))
		wrong(g.As == index.Alone && g.With != "", "set.group.with", "what stands alone has no other")
		wrong(g.As != index.Alone && !absolute(g.With), "set.group.with", "%q is no address that begins with http:// or https://", g.With)
		wrong(g.With != "" && g.With == c.URL, "set.group.with", "%q is the document itself", g.With)
		wrong(c.URL == "" && g.As != index.Alone, "set.group", "of one document only: url is needed")
	}
	return all
}

func absolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// parseDate reads 2024, 2024-05 or 2024-05-31.
func parseDate(s string) (index.Date, error) {
	for _, form := range []struct {
		layout    string
		precision index.Precision
	}{{time.DateOnly, index.Day}, {"2006-01", index.Month}, {"2006", index.Year}} {
		if at, err := time.Parse(form.layout, s); err == nil && at.Year() >= 1500 {
			return index.Date{Time: at, Precision: form.precision}, nil
		}
	}
	return index.Date{}, fmt.Errorf("no date: %q", s)
}

// known checks the slugs and the municipalities that corrections name. senders are municipalities that only the register has.
func (c Corrections) known(all topics.List, records programmes.List, f *facts, senders []string) error {
	errs := slices.Clone(c.faults)
	for i, one := range c.list {
		place, err := f.placesOf(one.Set.Place, senders)
		if err != nil {
			errs = append(errs, c.fault(i, mistake{"set.place", err.Error()}))
		}
		c.list[i].place = place
		for _, list := range []struct {
			field, what string
			slugs       *[]string
			has         func(slug string) bool
		}{
			{"topics", "topic", one.Set.Topics, func(s string) bool { _, ok := all.Topic(s); return ok }},
			{"themes", "theme", one.Set.Themes, func(s string) bool {
				return slices.ContainsFunc(all.Themes, func(t topics.Topic) bool { return t.Slug == s })
			}},
			{"programmes", "programme", one.Set.Programmes, func(s string) bool { _, ok := records.Programme(s); return ok }},
		} {
			for n, slug := range deref(list.slugs) {
				if !list.has(slug) {
					errs = append(errs, c.fault(i, mistake{fmt.Sprintf("set.%s[%d]", list.field, n), fmt.Sprintf("unknown %s %q", list.what, slug)}))
				}
			}
		}
	}
	return errors.Join(errs...)
}

func deref[T any](list *[]T) []T {
	if list == nil {
		return nil
	}
	return *list
}

// placesOf writes the municipalities of a correction as the list has them, parted by commas; "" takes the place away.
func (f *facts) placesOf(written *string, senders []string) (*string, error) {
	if written == nil || strings.TrimSpace(*written) == "" {
		return written, nil
	}
	var names []string
	for part := range strings.SplitSeq(*written, ",") {
		part = strings.TrimSpace(part)
		name := f.municipality(part)
		if own := strings.TrimSuffix(part, " Kommune"); name == "" && slices.Contains(senders, own) {
			name = own
		}
		if name == "" {
			return nil, fmt.Errorf("unknown municipality %q; several are parted by commas", part)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	all := strings.Join(names, ", ")
	return &all, nil
}
