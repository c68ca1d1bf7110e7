package bleveindex

import (
	"context"
	"fmt"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"
)

// clause is a group of a plan with its alternatives looked up in a view.
type clause struct {
	group    int // index in Plan.Groups
	occur    index.Occur
	readings []reading
}

// reading is one term or one plain phrase of an alternative.
type reading struct {
	alt    int // index in Group.Alts
	field  index.Field
	words  []string // one for a term
	slop   int
	lang   string // only documents of this language; empty for all
	scorer rank.Scorer
}

// query is a plan made ready for one view.
type query struct {
	plan      *index.Plan
	view      *view
	clauses   []clause // in the order of the plan, without those that can neither match nor add
	must      int      // Must groups
	should    int      // Should groups
	minShould int
	nothing   bool // a Must group stands nowhere, so no document can match
}

// matchesAll reports whether there is no group that a document has to match.
func (q *query) matchesAll() bool { return q.must == 0 && q.should == 0 }

// resolve looks the plan's terms up. Readings with a word that no document has are left out: they match nothing.
func resolve(ctx context.Context, p *index.Plan, v *view) (*query, error) {
	q := &query{plan: p, view: v, minShould: p.MinShould}
	left := index.MaxTerms
	for i := range p.Groups {
		c, err := v.clause(ctx, i, &p.Groups[i], &left)
		if err != nil {
			return nil, err
		}
		switch c.occur {
		case index.Must:
			q.must++
			q.nothing = q.nothing || len(c.readings) == 0
		case index.Should:
			q.should++
		}
		if len(c.readings) > 0 {
			q.clauses = append(q.clauses, c)
		}
	}
	if q.minShould == 0 && q.should > 0 && q.must == 0 {
		q.minShould = 1
	}
	return q, nil
}

// clause looks a group up; left is how many terms the plan may still have.
func (v *view) clause(ctx context.Context, number int, g *index.Group, left *int) (clause, error) {
	c := clause{group: number, occur: g.Occur}
	for i := range g.Alts {
		a := &g.Alts[i]
		phrases, err := v.phrases(ctx, a)
		if err != nil {
			return c, err
		}
		for _, words := range phrases {
			if *left -= len(words); *left < 0 {
				return c, fmt.Errorf("%w: more than %d terms with those that prefixes become", index.ErrTooLarge, index.MaxTerms)
			}
			r, found, err := v.reading(i, a, words)
			if err != nil {
				return c, err
			}
			if found {
				c.readings = append(c.readings, r)
			}
		}
	}
	return c, nil
}

// phrases are the readings of an alternative as word lists; a prefix is read as its most frequent terms.
func (v *view) phrases(ctx context.Context, a *index.Alt) ([][]string, error) {
	if !a.Prefix {
		return a.Readings(), nil
	}
	terms, err := v.terms(ctx, a.Field, a.Terms[0], index.MaxExpansions)
	if err != nil {
		return nil, err
	}
	phrases := make([][]string, 0, len(terms))
	for _, t := range terms {
		phrases = append(phrases, []string{t.Text})
	}
	return phrases, nil
}

// reading prepares the scorer of one phrase; found is false when a word of it stands nowhere.
func (v *view) reading(alt int, a *index.Alt, words []string) (r reading, found bool, err error) {
	if a.Field.Facet() {
		return reading{alt: alt, field: a.Field, words: words, lang: a.Lang, scorer: rank.Constant(a.Weight)}, true, nil
	}
	docFreqs := make(map[string]int, len(words))
	for _, w := range words {
		df, err := v.docFreq(a.Field, w)
		if err != nil || df == 0 {
			return reading{}, false, err
		}
		docFreqs[w] = df
	}
	f := &v.fields[fieldNumber(a.Field)]
	idf := f.PhraseIDF(words, a.Slop, func(word string) int { return docFreqs[word] })
	return reading{
		alt: alt, field: a.Field, words: words, slop: a.Slop, lang: a.Lang,
		scorer: rank.NewScorer(a.Weight, idf, f.norms),
	}, true, nil
}
