package query

import (
	"regexp"
	"strconv"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// fieldNames are the names before a colon that readers may use, with the facet that they filter.
var fieldNames = map[string]string{
	"kilde":  index.FacetSource,
	"source": index.FacetSource,
	"type":   index.FacetType,
	"år":     index.FacetYear,
	"aar":    index.FacetYear,
	"year":   index.FacetYear,
	"sektor": index.FacetSector,
	"sector": index.FacetSector,
	"sprog":  index.FacetLang,
	"lang":   index.FacetLang,
	"emne":   index.FacetTopic,
	"topic":  index.FacetTopic,
	"alder":  index.FacetAge,
	"age":    index.FacetAge,
}

// Weights of the channels. The first four decide what matches; a group's best one counts. The last three
// are summed onto the score of what matches (relevance study: exact x.2, 4-grams x.3, pairs x.3).
const (
	weightLemma  = 1.0
	weightPhrase = 2.0
	weightParts  = 0.5
	weightPrefix = 0.6
	liftExact    = 0.2
	liftGrams    = 0.3
	liftPairs    = 0.3
)

// Understood is a query as it was read, in terms a reader can check.
type Understood struct {
	Typed   string   `json:"typed"`
	Words   []Word   `json:"words"`             // what the search looks for, in order
	Ignored []string `json:"ignored,omitempty"` // too common to decide anything
	Filters []string `json:"filters,omitempty"` // field:value pieces of the query, as typed
	Unread  []string `json:"unread,omitempty"`  // pieces that could not be read, such as år:20x0
	// Asked is how many words a hit had to hold, Needed how many it had to hold in the end: Search asks for
	// fewer when no document has them all.
	Asked  int      `json:"asked,omitempty"`
	Needed int      `json:"needed,omitempty"`
	LetGo  []string `json:"let_go,omitempty"` // words that none of the hits shown contains
}

// Word is one group of the plan as readers know it.
type Word struct {
	Text  string   `json:"text"`
	Not   bool     `json:"not,omitempty"`
	Exact bool     `json:"exact,omitempty"`
	Forms []string `json:"forms,omitempty"` // dictionary forms and other alternatives looked for
}

// Build makes the plan of a parsed query. It fills Groups, MinShould and the filters that the query itself
// names; the caller adds filters, facets, page and order.
func Build(a *danish.Analyzer, q string) (index.Plan, Understood) {
	b := builder{a: a, understood: Understood{Typed: q}}
	clauses := Parse(q)
	b.all(clauses, false)
	if !b.hasPositive() && len(b.understood.Ignored) > 0 {
		// Nothing but common words: they are all there is to go by.
		b.understood.Ignored = nil
		b.all(clauses, true)
	}
	b.lifts()
	b.plan.MinShould = minShould(b.shoulds)
	return b.plan, b.understood
}

// minShould asks for every word: coverage comes first, and Search lets words go visibly when nothing has them all.
func minShould(shoulds int) int { return shoulds }

type builder struct {
	a          *danish.Analyzer
	plan       index.Plan
	understood Understood
	shoulds    int
	prefixes   int
	run        []danish.Token // adjacent plain words, for pairs
	lifted     []index.Group
}

func (b *builder) hasPositive() bool {
	for _, g := range b.plan.Groups {
		if g.Occur != index.Not {
			return true
		}
	}
	return false
}

func (b *builder) all(clauses []Clause, keepStops bool) {
	for _, c := range clauses {
		switch {
		case c.Field != "":
			b.filter(c)
		case c.Phrase:
			b.phrase(c)
		default:
			b.words(c, keepStops)
		}
		if c.Phrase || c.Field != "" || c.Not {
			b.endRun()
		}
	}
	b.endRun()
}

// filter turns field:value into a filter. A value that cannot be read is reported, not searched for.
func (b *builder) filter(c Clause) {
	if c.Field == index.FacetYear {
		from, to, ok := years(c.Text)
		if !ok || c.Not {
			b.unread(c)
			return
		}
		b.plan.FromDay, b.plan.ToDay = from, to
		b.understood.Filters = append(b.understood.Filters, c.Field+":"+c.Text)
		return
	}
	value, ok := index.Value(c.Field, c.Text)
	if !ok || c.Not {
		b.unread(c)
		return
	}
	b.addFilter(c.Field, value)
	b.understood.Filters = append(b.understood.Filters, c.Field+":"+value)
}

func (b *builder) unread(c Clause) {
	b.understood.Unread = append(b.understood.Unread, c.Field+":"+c.Text)
}

func (b *builder) addFilter(facet, value string) {
	for i := range b.plan.Filters {
		if b.plan.Filters[i].Facet == facet {
			b.plan.Filters[i].Values = append(b.plan.Filters[i].Values, value)
			return
		}
	}
	b.plan.Filters = append(b.plan.Filters, index.Filter{Facet: facet, Values: []string{value}})
}

var yearSpan = regexp.MustCompile(`^(\d{4})?\s*(?:(-|–)\s*(\d{4})?)?$`)

// years reads 2020, 2020-2024, 2020- and -2024 as days from and to.
func years(text string) (from, to int, ok bool) {
	m := yearSpan.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || m[1]+m[3] == "" {
		return 0, 0, false
	}
	first, _ := strconv.Atoi(m[1])
	last, _ := strconv.Atoi(m[3])
	if m[2] == "" {
		last = first
	}
	if first > 0 {
		from = first*10000 + 101
	}
	if last > 0 {
		to = last*10000 + 1231
	}
	return from, to, to == 0 || from <= to
}

// phrase asks for the words exactly as written, in order.
func (b *builder) phrase(c Clause) {
	var terms []string
	for _, t := range b.a.Tokens(c.Text) {
		terms = append(terms, t.Text)
	}
	if len(terms) == 0 {
		return
	}
	alt := index.Alt{Field: index.Exact, Terms: terms, Weight: weightPhrase, Kind: index.AsTyped, Text: c.Text}
	b.add(c, index.Group{Text: c.Text, Alts: []index.Alt{alt}}, Word{Text: c.Text, Exact: true})
}

// words makes a group of every token of a clause; "e-mail" or "0-6-årige" may be several.
func (b *builder) words(c Clause, keepStops bool) {
	for _, t := range b.a.Tokens(c.Text) {
		if t.Stop && !keepStops && !c.Must && !c.Not && !c.Prefix {
			b.understood.Ignored = append(b.understood.Ignored, t.Text)
			continue
		}
		group, forms := b.group(t, c.Prefix && b.roomForPrefix(t.Text))
		b.add(c, group, Word{Text: t.Text, Forms: forms})
		if !c.Not {
			b.run = append(b.run, t)
			b.liftWord(t)
		}
	}
}

// maxPrefixes leaves half of a plan's terms to the other words. Later prefixes are searched for as plain words.
const maxPrefixes = index.MaxTerms / index.MaxExpansions / 2

func (b *builder) roomForPrefix(word string) bool {
	if b.prefixes == maxPrefixes {
		b.understood.Unread = append(b.understood.Unread, word+"*")
		return false
	}
	b.prefixes++
	return true
}

func (b *builder) group(t danish.Token, prefix bool) (index.Group, []string) {
	g := index.Group{Text: t.Text}
	var forms []string
	add := func(alt index.Alt) {
		g.Alts = append(g.Alts, alt)
	}
	for _, lemma := range t.Lemmas {
		kind := index.Inflected
		if lemma == t.Text {
			kind = index.AsTyped
		}
		add(index.Alt{Field: index.Lemma, Terms: []string{lemma}, Weight: weightLemma, Kind: kind, Text: lemma})
		add(index.Alt{Field: index.Parts, Terms: []string{lemma}, Weight: weightParts, Kind: index.PartOf, Text: lemma})
		forms = append(forms, lemma)
	}
	add(index.Alt{Field: index.Exact, Terms: []string{t.Text}, Weight: weightLemma, Kind: index.AsTyped, Text: t.Text})
	if prefix {
		add(index.Alt{Field: index.Exact, Terms: []string{t.Text}, Weight: weightPrefix, Kind: index.PrefixOf, Prefix: true, Text: t.Text + "*"})
	}
	return g, forms
}

func (b *builder) add(c Clause, g index.Group, w Word) {
	switch {
	case c.Not:
		g.Occur = index.Not
		w.Not = true
	case c.Must:
		g.Occur = index.Must
	}
	last := len(b.plan.Groups) - 1
	if c.Or && last >= 0 && b.plan.Groups[last].Occur == g.Occur {
		b.plan.Groups[last].Alts = append(b.plan.Groups[last].Alts, g.Alts...)
		b.plan.Groups[last].Text += " eller " + g.Text
		b.understood.Words[last].Text += " eller " + w.Text
		b.understood.Words[last].Forms = append(b.understood.Words[last].Forms, w.Forms...)
		return
	}
	if len(b.plan.Groups) == index.MaxGroups {
		b.understood.Ignored = append(b.understood.Ignored, g.Text)
		return
	}
	if g.Occur == index.Should {
		b.shoulds++
	}
	b.plan.Groups = append(b.plan.Groups, g)
	b.understood.Words = append(b.understood.Words, w)
}

// liftWord adds what orders hits without adding any: the word exactly as typed and its 4-grams.
func (b *builder) liftWord(t danish.Token) {
	b.lift(index.Exact, t.Text, liftExact, index.AsTyped)
	for _, gram := range danish.Grams(t.Text) {
		b.lift(index.Grams, gram, liftGrams, index.GramOf)
	}
}

func (b *builder) endRun() {
	for i := 1; i < len(b.run); i++ {
		left, right := b.run[i-1].Lemmas, b.run[i].Lemmas
		if len(left) > 0 && len(right) > 0 {
			b.lift(index.Pairs, danish.Pair(left[0], right[0]), liftPairs, index.PairOf)
		}
	}
	b.run = nil
}

func (b *builder) lift(field index.Field, term string, weight float64, kind index.Kind) {
	b.lifted = append(b.lifted, index.Group{
		Occur: index.Lift,
		Alts:  []index.Alt{{Field: field, Terms: []string{term}, Weight: weight, Kind: kind}},
	})
}

// lifts appends the lift groups, as many as the bound on terms leaves room for: long queries keep all their words.
func (b *builder) lifts() {
	terms := 0
	for _, g := range b.plan.Groups {
		for _, alt := range g.Alts {
			terms += len(alt.Terms)
			if alt.Prefix {
				terms += index.MaxExpansions
			}
		}
	}
	room := max(0, index.MaxTerms-terms)
	b.plan.Groups = append(b.plan.Groups, b.lifted[:min(room, len(b.lifted))]...)
}
