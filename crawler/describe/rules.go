package describe

import (
	"bytes"
	_ "embed" // for the rules
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/goccy/go-yaml"

	"smaabornsviden/index"
)

//go:embed types.yaml
var typesFile []byte

// ErrRules: a file of rules breaks a rule of its own.
var ErrRules = errors.New("bad rules")

// typeRules are the ordered rules for the type of a document, and the sets of cues they count.
type typeRules struct {
	Rules []typeRule         `yaml:"rules"`
	Cues  map[string]*cueSet `yaml:"cues"`

	tables map[string]*cueSet // by the table of their phrases
}

// typeRule gives a type when all its conditions hold.
type typeRule struct {
	ID        string   `yaml:"id"`
	Type      string   `yaml:"type"` // a slug of index.Types; empty: the source's own
	Kicker    []string `yaml:"kicker"`
	Label     []string `yaml:"label"`
	Opens     []string `yaml:"opens"`
	Title     []string `yaml:"title"`
	Lead      []string `yaml:"lead"`
	Alone     []string `yaml:"alone"`
	Begins    []string `yaml:"begins"`
	Path      []string `yaml:"path"`
	Leaf      []string `yaml:"leaf"`
	Branch    []string `yaml:"branch"`
	Folder    []string `yaml:"folder"`
	Sector    []string `yaml:"sector"`
	NotSector []string `yaml:"notsector"`
	Has       []string `yaml:"has"`
	Cues      []points `yaml:"cues"`    // sets that all have to reach their points
	Without   []points `yaml:"without"` // sets of which none may reach them
}

// cueSet are words that speak for a kind of text; points are how many of them a text has.
type cueSet struct {
	At      string   `yaml:"at"`    // where a phrase has to stand: a key of spots, or empty for anywhere
	Signs   []string `yaml:"signs"` // met as they stand: "§"
	Phrases []string `yaml:"phrases"`
	First   []string `yaml:"first"` // with Then: phrases of one of these and one of those behind it
	Then    []string `yaml:"then"`
	Per     int      `yaml:"per"` // with it each place counts, not each phrase, and a text of more words than this needs more points

	name string
	at   int // among all sets
}

// points are a set of cues and how many it takes, written "metode 3".
type points struct {
	set  string
	most int
}

// UnmarshalYAML reads "metode 3". It takes the decoder's function, not bytes: for bytes the library writes the whole file
// out again at every value, which was three quarters of a second at each start.
func (p *points) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return fmt.Errorf("read a set of cues with its points: %w", err)
	}
	if _, err := fmt.Sscanf(text, "%s %d", &p.set, &p.most); err != nil {
		return fmt.Errorf("no set of cues with its points: %q", text)
	}
	return nil
}

func loadTypeRules(data []byte, name string) (*typeRules, error) {
	var t typeRules
	if err := decode(data, name, &t); err != nil {
		return nil, err
	}
	t.tables = map[string]*cueSet{}
	for _, name := range slices.Sorted(maps.Keys(t.Cues)) {
		set := t.Cues[name]
		if _, known := spots[set.At]; !known {
			return nil, fmt.Errorf("%w: cues %q: no place %q", ErrRules, name, set.At)
		}
		set.name, set.at = name, len(t.tables)
		t.tables["cue "+name] = set
	}
	ids := map[string]bool{}
	for _, r := range t.Rules {
		if err := t.check(r); err != nil {
			return nil, fmt.Errorf("%w: %s: rule %q: %w", ErrRules, name, r.ID, err)
		}
		if ids[r.ID] {
			return nil, fmt.Errorf("%w: %s: rule %q stands twice", ErrRules, name, r.ID)
		}
		ids[r.ID] = true
	}
	return &t, nil
}

// decode reads YAML that may hold no unknown fields. The library panics at some malformed tags, which an operator's
// corrections may have.
func decode(data []byte, name string, into any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %s: no YAML that can be read: %v", ErrRules, name, p)
		}
	}()
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrRules, name, err)
	}
	return nil
}

var possessions = []string{"doi", "isbn", "issn", "deadline", "source-type", "published", "authors", "references", "work-doi", "cited", "quoted-title", "journal-line"}

func (t *typeRules) check(r typeRule) error {
	conditions := len(r.Kicker) + len(r.Label) + len(r.Opens) + len(r.Title) + len(r.Lead) + len(r.Alone) + len(r.Begins) + len(r.Path) + len(r.Leaf) + len(r.Branch) + len(r.Folder) + len(r.Sector) + len(r.Has) + len(r.Cues)
	switch {
	case r.ID == "":
		return errors.New("no id")
	case r.Type == "" && !slices.Contains(r.Has, "source-type"):
		return errors.New("no type")
	case r.Type != "" && !slices.Contains(index.Types, r.Type):
		return fmt.Errorf("unknown type %q", r.Type)
	case conditions == 0:
		return errors.New("no condition")
	}
	for _, p := range slices.Concat(r.Cues, r.Without) {
		set, known := t.Cues[p.set]
		if !known {
			return fmt.Errorf("unknown set of cues %q", p.set)
		}
		if p.most < 1 || set.Per == 0 && p.most > len(set.phrases())+len(set.Signs) {
			return fmt.Errorf("%d points of %q", p.most, p.set)
		}
	}
	for _, sector := range slices.Concat(r.Sector, r.NotSector) {
		if _, ok := index.Value(index.FacetSector, sector); !ok {
			return fmt.Errorf("unknown sector %q", sector)
		}
	}
	for _, has := range r.Has {
		if !slices.Contains(possessions, has) {
			return fmt.Errorf("unknown possession %q", has)
		}
	}
	return nil
}

// learn makes the phrases of the rules known.
func (t *typeRules) learn(p *phrases) error {
	for i, r := range t.Rules {
		for _, in := range []struct {
			table string
			all   []string
		}{{"kicker", r.Kicker}, {"label", r.Label}, {"opens", r.Opens}, {"title", r.Title}, {"lead", r.Lead}, {"alone", r.Alone}, {"begins", r.Begins}} {
			for _, text := range in.all {
				if err := p.add(text, owner{table: in.table, row: i}); err != nil {
					return fmt.Errorf("%w: rule %q: %w", ErrRules, r.ID, err)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Cues)) { // phrases are found in the order in which they were learnt
		for i, text := range t.Cues[name].phrases() {
			if err := p.add(text, owner{table: "cue " + name, row: i}); err != nil {
				return fmt.Errorf("%w: cue %q: %w", ErrRules, name, err)
			}
		}
	}
	return nil
}

// readsText reports whether a rule rests on words of the text, and not only on title, address and what the register says.
func (r *typeRule) readsText() bool {
	return len(r.Lead)+len(r.Opens)+len(r.Cues) > 0 || len(r.Has) > 0 && !slices.Contains(r.Has, "source-type")
}

// phrases are those of a set, with the pairs that it makes.
func (s *cueSet) phrases() []string {
	all := slices.Clone(s.Phrases)
	for _, first := range s.First {
		for _, then := range s.Then {
			all = append(all, first+" "+then)
		}
	}
	return all
}
