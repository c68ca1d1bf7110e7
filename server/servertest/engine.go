// Package servertest opens every state of the pages with canned data, for tests, screenshots and the eye.
package servertest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Engine is an index in memory with a simple score. It finds what a plan says and is slow on purpose of being
// short: it reads every document for every search.
type Engine struct {
	entries []entry
	// Fail, when set, is called before every search and stats; its error is returned.
	Fail func(context.Context) error
}

type entry struct {
	doc    index.Document
	fields danish.Fields
}

// NewEngine indexes documents.
func NewEngine(a *danish.Analyzer, docs []index.Document) *Engine {
	e := &Engine{}
	for _, d := range docs {
		e.entries = append(e.entries, entry{d, a.Fields(d.Title, d.Body, d.Lang.Value)})
	}
	return e
}

// Apply is not part of what readers do; the engine stays as it was made.
func (e *Engine) Apply(context.Context, index.Batch) error { return index.ErrClosed }

// Checkpoint is always 1.
func (e *Engine) Checkpoint(context.Context) (uint64, error) { return 1, nil }

// Close does nothing.
func (e *Engine) Close() error { return nil }

// Terms counts the terms of a field by reading every document.
func (e *Engine) Terms(_ context.Context, f index.Field, prefix string, n int) ([]index.Term, error) {
	docs := map[string]int{}
	for _, en := range e.entries {
		seen := map[string]bool{}
		for _, t := range en.terms(f) {
			if !seen[t.Text] && strings.HasPrefix(t.Text, prefix) {
				seen[t.Text] = true
				docs[t.Text]++
			}
		}
	}
	var out []index.Term
	for _, text := range slices.Sorted(maps.Keys(docs)) {
		out = append(out, index.Term{Text: text, Docs: docs[text]})
	}
	slices.SortStableFunc(out, func(a, b index.Term) int { return cmp.Compare(b.Docs, a.Docs) })
	return out[:min(n, len(out))], nil
}

// DocFreq knows no frequencies.
func (e *Engine) DocFreq(_ context.Context, _ index.Field, terms []string) ([]int, error) {
	return make([]int, len(terms)), nil
}

// Document returns a document or index.ErrNotFound.
func (e *Engine) Document(_ context.Context, id string) (index.Document, error) {
	for _, en := range e.entries {
		if en.doc.ID == id {
			return en.doc, nil
		}
	}
	return index.Document{}, index.ErrNotFound
}

// Stats counts the documents.
func (e *Engine) Stats(ctx context.Context) (index.Stats, error) {
	if err := e.failure(ctx); err != nil {
		return index.Stats{}, err
	}
	return index.Stats{Documents: len(e.entries), Generation: "g1", Seq: 1}, nil
}

func (e *Engine) failure(ctx context.Context) error {
	if e.Fail != nil {
		return e.Fail(ctx)
	}
	return ctx.Err()
}

// Search answers a plan.
func (e *Engine) Search(ctx context.Context, p index.Plan) (index.Page, error) {
	if err := e.failure(ctx); err != nil {
		return index.Page{}, err
	}
	page := index.Page{Generation: "g1", Seq: 1}
	counts := make([]map[string]int, len(p.Facets))
	var hits []index.Hit
	for _, en := range e.entries {
		hit, ok := en.match(p)
		if !ok {
			continue
		}
		for i, facet := range p.Facets {
			if counts[i] == nil {
				counts[i] = map[string]int{}
			}
			if passes(en.doc, p, facet) {
				for _, value := range facetValues(en.doc, facet) {
					counts[i][value]++
				}
			}
		}
		if passes(en.doc, p, "") {
			hits = append(hits, hit)
		}
	}
	for i, facet := range p.Facets {
		page.Facets = append(page.Facets, index.Facet{Name: facet, Values: sortedCounts(counts[i])})
	}
	sortHits(hits, p.Sort)
	page.Total = len(hits)
	from := min(p.Offset, len(hits))
	if !p.After.IsZero() {
		from = slices.IndexFunc(hits, func(h index.Hit) bool { return h.Doc.ID == p.After.ID }) + 1
	}
	to := min(from+p.Size, len(hits))
	page.Hits = hits[from:to]
	if to > from && to < len(hits) {
		last := hits[to-1]
		page.Next = index.Cursor{ID: last.Doc.ID}
		if p.Sort == index.ByScore {
			page.Next.Score = last.Score
		} else {
			page.Next.Day = day(last.Doc)
		}
	}
	return page, nil
}

func sortedCounts(counts map[string]int) []index.FacetValue {
	var out []index.FacetValue
	for _, value := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, index.FacetValue{Value: value, Count: counts[value]})
	}
	slices.SortStableFunc(out, func(a, b index.FacetValue) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

func sortHits(hits []index.Hit, order index.Sort) {
	slices.SortStableFunc(hits, func(a, b index.Hit) int {
		byDay := cmp.Compare(day(b.Doc), day(a.Doc))
		switch {
		case order == index.ByScore:
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc.ID, b.Doc.ID))
		case order == index.ByOldest && day(a.Doc) > 0 && day(b.Doc) > 0:
			byDay = -byDay
		}
		return cmp.Or(byDay, cmp.Compare(a.Doc.ID, b.Doc.ID))
	})
}

func day(d index.Document) int {
	date := d.ShownDate()
	if date.IsZero() {
		return 0
	}
	return date.Time.Year()*10000 + int(date.Time.Month())*100 + date.Time.Day()
}

// passes checks the filters, but for those on one facet.
func passes(d index.Document, p index.Plan, except string) bool {
	for _, f := range p.Filters {
		wanted := func(value string) bool { return slices.Contains(f.Values, value) }
		if (f.Facet != except || f.Not) && slices.ContainsFunc(facetValues(d, f.Facet), wanted) == f.Not {
			return false
		}
	}
	at := day(d)
	if p.FromDay == 0 && p.ToDay == 0 {
		return true
	}
	return at > 0 && at >= p.FromDay && (p.ToDay == 0 || at <= p.ToDay)
}

func facetValues(d index.Document, facet string) []string {
	switch facet {
	case index.FacetAge:
		return d.Age.Buckets()
	case index.ByAuthor:
		return danish.NameKeys(d.Authors)
	case index.FacetTopic:
		var slugs []string
		for _, t := range d.Topics {
			slugs = append(slugs, t.Slug)
		}
		return slugs
	}
	if value := facetValue(d, facet); value != "" {
		return []string{value}
	}
	return nil
}

func facetValue(d index.Document, facet string) string {
	switch facet {
	case index.FacetSource:
		return d.Source
	case index.FacetType:
		return cmp.Or(d.Type.Value, "ukendt")
	case index.FacetSector:
		return d.Sector
	case index.FacetLang:
		return d.Lang.Value
	case index.FacetYear:
		if at := day(d); at > 0 {
			return strconv.Itoa(at / 10000)
		}
	}
	return ""
}

func (en entry) match(p index.Plan) (index.Hit, bool) {
	hit := index.Hit{Doc: en.doc}
	shoulds, asked := 0, 0
	has := make([]bool, len(p.Groups))
	for i, g := range p.Groups {
		score, alt := en.score(g)
		has[i] = score > 0
		if p.Logic != nil && g.Occur == index.Not {
			continue
		}
		switch g.Occur {
		case index.Not:
			if score > 0 {
				return hit, false
			}
			continue
		case index.Must:
			if score == 0 {
				return hit, false
			}
		case index.Should:
			asked++
			if score > 0 {
				shoulds++
			}
		}
		if score > 0 {
			hit.Score += score
			hit.Why = append(hit.Why, index.Because{Group: i, Alt: alt, Freq: 1, Score: score})
		}
	}
	if p.Logic != nil {
		return hit, p.Logic.Holds(func(group int) bool { return has[group] })
	}
	return hit, shoulds >= min(asked, max(p.MinShould, 1))
}

func (en entry) score(g index.Group) (best float64, by int) {
	for i, alt := range g.Alts {
		n := float64(en.occurrences(alt))
		if score := alt.Weight * n / (n + 2); score > best {
			best, by = score, i
		}
	}
	return best, by
}

func (en entry) occurrences(alt index.Alt) int { return occurrences(en.terms(alt.Field), alt) }

func (en entry) terms(f index.Field) []danish.Term {
	for name, field := range en.fields.All() {
		if name == string(f) {
			return field.Terms
		}
	}
	return nil
}

func occurrences(terms []danish.Term, alt index.Alt) int {
	at := map[int][]string{}
	for _, t := range terms {
		at[t.Pos] = append(at[t.Pos], t.Text)
	}
	n := 0
	for pos := range at {
		if phraseAt(at, pos, alt) {
			n++
		}
	}
	return n
}

func phraseAt(at map[int][]string, pos int, alt index.Alt) bool {
	for i, stack := range alt.Terms {
		if !slices.ContainsFunc(at[pos+i], func(term string) bool { return fits(term, stack, alt.Prefix) }) {
			return false
		}
	}
	return true
}

func fits(term, stack string, prefix bool) bool {
	for want := range strings.SplitSeq(stack, "|") {
		if term == want || prefix && strings.HasPrefix(term, want) {
			return true
		}
	}
	return false
}
