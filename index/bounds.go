package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrPlan: the plan asks for something that no engine has, such as an unknown field or facet.
var ErrPlan = errors.New("plan not valid")

// Facets lists every facet.
var Facets = []string{FacetSource, FacetType, FacetYear, FacetSector, FacetLang, FacetTopic, FacetAge}

// Check reports what every engine refuses before it looks anything up: ErrTooLarge beyond the bounds, ErrPlan
// for what makes no sense. Terms that a prefix becomes are counted when the engine has found them.
func (p *Plan) Check() error {
	if p.Size < 0 || p.Offset < 0 || p.MinShould < 0 {
		return fmt.Errorf("%w: negative size, offset or minimum", ErrPlan)
	}
	// A plan without a size still starts somewhere; parted so that no sum overflows.
	if p.Size > MaxSize || p.Offset > MaxReach-max(p.Size, 1) {
		return fmt.Errorf("%w: size %d of %d, up to %d of %d", ErrTooLarge, p.Size, MaxSize, uint(p.Offset)+uint(p.Size), MaxReach)
	}
	if p.Sort != ByScore && p.Sort != ByNewest && p.Sort != ByOldest {
		return fmt.Errorf("%w: unknown sort %q", ErrPlan, p.Sort)
	}
	if err := p.checkFacets(); err != nil {
		return err
	}
	return p.checkGroups()
}

func (p *Plan) checkFacets() error {
	asked := slices.Clone(p.Facets)
	for _, f := range p.Filters {
		if f.Facet != ByAuthor {
			asked = append(asked, f.Facet)
		}
	}
	for _, name := range asked {
		if !slices.Contains(Facets, name) {
			return fmt.Errorf("%w: unknown facet %q", ErrPlan, name)
		}
	}
	return nil
}

func (p *Plan) checkGroups() error {
	groups, terms := 0, 0
	for i := range p.Groups {
		g := &p.Groups[i]
		if g.Occur != Lift {
			groups++
		}
		for j := range g.Alts {
			if err := g.Alts[j].check(g.Occur); err != nil {
				return fmt.Errorf("group %d alternative %d: %w", i, j, err)
			}
			terms += g.Alts[j].size()
		}
	}
	if err := p.checkLogic(); err != nil {
		return err
	}
	if groups > MaxGroups || terms > MaxTerms {
		return fmt.Errorf("%w: %d groups of %d, %d terms of %d", ErrTooLarge, groups, MaxGroups, terms, MaxTerms)
	}
	return nil
}

func (a *Alt) check(o Occur) error {
	switch {
	case !slices.Contains(Fields, a.Field) && !a.Field.Facet():
		return fmt.Errorf("%w: unknown field %q", ErrPlan, a.Field)
	case o < Should || o > Lift:
		return fmt.Errorf("%w: unknown occurrence %d", ErrPlan, o)
	case len(a.Terms) == 0:
		return fmt.Errorf("%w: no terms", ErrPlan)
	case len(a.Terms) > 1 && !a.Field.HasPositions():
		return fmt.Errorf("%w: a phrase on %s, which has no positions", ErrPlan, a.Field)
	case a.Prefix && (len(a.Terms) != 1 || a.Terms[0] == ""):
		return fmt.Errorf("%w: a prefix needs one term", ErrPlan)
	case a.Prefix && a.Field.Facet():
		return fmt.Errorf("%w: a prefix of values of %s", ErrPlan, a.Field)
	case !(a.Weight >= 0) || a.Weight > maxWeight || a.Slop < 0:
		return fmt.Errorf("%w: weight %v, slop %d", ErrPlan, a.Weight, a.Slop)
	case o != Lift && !a.Field.Matches():
		return fmt.Errorf("%w: %s only orders, so it belongs in a group that lifts", ErrPlan, a.Field)
	case a.readings() > MaxExpansions:
		return fmt.Errorf("%w: a phrase with %d readings of %d", ErrTooLarge, a.readings(), MaxExpansions)
	}
	return nil
}

// maxWeight keeps scores far from overflow; real weights lie in (0, 10].
const maxWeight = 1e6

// HasPositions reports whether phrases can be asked of the field.
func (f Field) HasPositions() bool { return f == Exact || f == Lemma || f == Title || f == TitleExact }

// Matches reports whether the field decides what is found; the others only order it.
func (f Field) Matches() bool { return f != Grams && f != Pairs }

// Facet reports whether the field is a facet, of which whole values are asked.
func (f Field) Facet() bool { return slices.Contains(Facets, string(f)) }

// Readings are the terms or phrases that the alternative stands for: one for each way to take one of the stacked
// alternatives at each place, so "a|b c" is read as "a c" and as "b c". The best reading counts. A place
// without any term has no reading.
func (a *Alt) Readings() [][]string {
	readings := [][]string{nil}
	for _, place := range a.Terms {
		var longer [][]string
		for _, r := range readings {
			for term := range strings.SplitSeq(place, "|") {
				if term != "" {
					longer = append(longer, append(slices.Clip(r), term))
				}
			}
		}
		readings = longer
	}
	return readings
}

// readings counts Readings without making them, up to just beyond MaxExpansions.
func (a *Alt) readings() int {
	n := 1
	for _, place := range a.Terms {
		n = min(n*(strings.Count(place, "|")+1), MaxExpansions+1)
	}
	return n
}

// size is the number of terms in all readings.
func (a *Alt) size() int { return a.readings() * len(a.Terms) }

// DayOf is a date as yyyymmdd, 0 for an unknown one.
func DayOf(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.UTC().Date()
	return y*10000 + int(m)*100 + d
}
