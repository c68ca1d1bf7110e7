package describe

import (
	"bytes"
	_ "embed" // for the rules
	"errors"
	"fmt"
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
	Rules []typeRule        `yaml:"rules"`
	Cues  map[string]cueSet `yaml:"cues"`
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
	Sector    []string `yaml:"sector"`
	NotSector []string `yaml:"notsector"`
	Has       []string `yaml:"has"`
	Cue       string   `yaml:"cue"`
	Points    int      `yaml:"points"`
	Not       string   `yaml:"not"` // a set of cues that may not reach NotPoints
	NotPoints int      `yaml:"notpoints"`
}

type cueSet struct {
	At      string   `yaml:"at"`    // where a phrase has to stand: a key of spots, or empty for anywhere
	Signs   []string `yaml:"signs"` // met as they stand: "§"
	Phrases []string `yaml:"phrases"`
}

func loadTypeRules(data []byte, name string) (*typeRules, error) {
	var t typeRules
	if err := decode(data, name, &t); err != nil {
		return nil, err
	}
	for name, set := range t.Cues {
		if _, known := spots[set.At]; !known {
			return nil, fmt.Errorf("%w: cues %q: no place %q", ErrRules, name, set.At)
		}
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

var possessions = []string{"doi", "isbn", "issn", "deadline", "source-type", "published", "authors", "references", "work-doi", "cited"}

func (t *typeRules) check(r typeRule) error {
	conditions := len(r.Kicker) + len(r.Label) + len(r.Opens) + len(r.Title) + len(r.Lead) + len(r.Alone) + len(r.Begins) + len(r.Path) + len(r.Leaf) + len(r.Branch) + len(r.Sector) + len(r.Has) + len(r.Cue)
	set, known := t.Cues[r.Cue]
	switch {
	case r.ID == "":
		return errors.New("no id")
	case r.Type == "" && !slices.Contains(r.Has, "source-type"):
		return errors.New("no type")
	case r.Type != "" && !slices.Contains(index.Types, r.Type):
		return fmt.Errorf("unknown type %q", r.Type)
	case conditions == 0:
		return errors.New("no condition")
	case r.Cue != "" && !known:
		return fmt.Errorf("unknown set of cues %q", r.Cue)
	case r.Cue != "" && (r.Points < 1 || r.Points > len(set.Phrases)+len(set.Signs)):
		return fmt.Errorf("%d points of %q", r.Points, r.Cue)
	}
	if not, known := t.Cues[r.Not]; r.Not != "" && (!known || r.NotPoints < 1 || r.NotPoints > len(not.Phrases)+len(not.Signs)) {
		return fmt.Errorf("not %d points of %q", r.NotPoints, r.Not)
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
	for name, set := range t.Cues {
		for i, text := range set.Phrases {
			if err := p.add(text, owner{table: "cue " + name, row: i}); err != nil {
				return fmt.Errorf("%w: cue %q: %w", ErrRules, name, err)
			}
		}
	}
	return nil
}

// readsText reports whether a rule rests on words of the text, and not only on title, address and what the register says.
func (r *typeRule) readsText() bool {
	return len(r.Lead)+len(r.Opens) > 0 || r.Cue != "" || len(r.Has) > 0 && !slices.Contains(r.Has, "source-type")
}
