package indextest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/rank"
)

// Oracle is the contract in its plainest form: it keeps documents in a map and reads all of them for every
// plan, straight from what danish.Fields returns and with the scores of package rank. Engines are compared
// with it; it also serves where a test needs a small engine.
type Oracle struct {
	analyzer *danish.Analyzer

	mu     sync.RWMutex // guards the fields below
	docs   map[string]*oracleDoc
	seq    uint64
	closed bool
}

var _ index.Engine = (*Oracle)(nil)

// oracleDoc is a document with its terms.
type oracleDoc struct {
	index.Document
	fields map[index.Field]*oracleField
}

// oracleField is a text field of a document.
type oracleField struct {
	places map[string][]uint32 // of each term, ascending
	freq   map[string]int
	length int
	terms  int
}

// NewOracle returns an empty one.
func NewOracle(a *danish.Analyzer) *Oracle {
	return &Oracle{analyzer: a, docs: map[string]*oracleDoc{}}
}

// Apply implements index.Engine.
func (o *Oracle) Apply(ctx context.Context, b index.Batch) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.usable(ctx); err != nil {
		return err
	}
	if b.Seq < o.seq {
		return fmt.Errorf("apply batch %d: the index is at %d already", b.Seq, o.seq)
	}
	if i := slices.IndexFunc(b.Puts, func(d index.Document) bool { return d.ID == "" }); i >= 0 {
		return fmt.Errorf("apply batch %d: document %s has no id", b.Seq, b.Puts[i].URL)
	}
	for i := range b.Puts {
		o.docs[b.Puts[i].ID] = o.read(b.Puts[i])
	}
	for _, id := range b.Deletes {
		delete(o.docs, id)
	}
	o.seq = b.Seq
	return nil
}

func (o *Oracle) read(d index.Document) *oracleDoc {
	out := &oracleDoc{Document: d, fields: map[index.Field]*oracleField{}}
	fields := o.analyzer.Fields(d.Title, d.Words(), d.Lang.Value)
	for name, f := range fields.All() {
		of := &oracleField{places: map[string][]uint32{}, freq: map[string]int{}, length: f.Length, terms: len(f.Terms)}
		for _, t := range f.Terms {
			of.freq[t.Text]++
			places := of.places[t.Text]
			if len(places) == 0 || places[len(places)-1] != uint32(t.Pos) {
				of.places[t.Text] = append(places, uint32(t.Pos))
			}
		}
		out.fields[index.Field(name)] = of
	}
	return out
}

func (o *Oracle) usable(ctx context.Context) error {
	if o.closed {
		return index.ErrClosed
	}
	return ctx.Err()
}

// Checkpoint implements index.Engine.
func (o *Oracle) Checkpoint(ctx context.Context) (uint64, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.seq, o.usable(ctx)
}

// Document implements index.Engine.
func (o *Oracle) Document(ctx context.Context, id string) (index.Document, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if err := o.usable(ctx); err != nil {
		return index.Document{}, err
	}
	d := o.docs[id]
	if d == nil {
		return index.Document{}, fmt.Errorf("document %s: %w", id, index.ErrNotFound)
	}
	return d.Document, nil
}

// Terms implements index.Engine.
func (o *Oracle) Terms(ctx context.Context, f index.Field, prefix string, n int) ([]index.Term, error) {
	if !slices.Contains(index.Fields, f) {
		return nil, fmt.Errorf("%w: unknown field %q", index.ErrPlan, f)
	}
	o.mu.RLock()
	defer o.mu.RUnlock()
	if err := o.usable(ctx); err != nil {
		return nil, err
	}
	return o.terms(f, prefix, n), nil
}

func (o *Oracle) terms(f index.Field, prefix string, n int) []index.Term {
	counts := map[string]int{}
	for _, d := range o.docs {
		for text := range d.fields[f].freq {
			if strings.HasPrefix(text, prefix) {
				counts[text]++
			}
		}
	}
	terms := []index.Term{}
	for text, docs := range counts {
		terms = append(terms, index.Term{Text: text, Docs: docs})
	}
	slices.SortFunc(terms, func(a, b index.Term) int {
		return cmp.Or(cmp.Compare(b.Docs, a.Docs), cmp.Compare(a.Text, b.Text))
	})
	return terms[:min(n, len(terms))]
}

// DocFreq implements index.Engine.
func (o *Oracle) DocFreq(ctx context.Context, f index.Field, terms []string) ([]int, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if err := o.usable(ctx); err != nil {
		return nil, err
	}
	freqs := make([]int, len(terms))
	for i, t := range terms {
		freqs[i] = o.docFreq(f, t)
	}
	return freqs, nil
}

func (o *Oracle) docFreq(f index.Field, term string) int {
	n := 0
	for _, d := range o.docs {
		if d.fields[f].freq[term] > 0 {
			n++
		}
	}
	return n
}

// Stats implements index.Engine.
func (o *Oracle) Stats(ctx context.Context) (index.Stats, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return index.Stats{Documents: len(o.docs), Generation: "oracle", Seq: o.seq, Schema: o.analyzer.Fingerprint()}, o.usable(ctx)
}

// Close implements index.Engine.
func (o *Oracle) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	return nil
}

// Search implements index.Engine.
func (o *Oracle) Search(ctx context.Context, p index.Plan) (index.Page, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if err := o.usable(ctx); err != nil {
		return index.Page{}, err
	}
	hits, facets, err := o.all(&p)
	if err != nil {
		return index.Page{}, err
	}
	page := index.Page{Total: len(hits), Facets: facets, Hits: []index.Hit{}, Generation: "oracle", Seq: o.seq}
	rest := hits
	if p.After.IsZero() {
		rest = rest[min(p.Offset, len(rest)):]
	} else {
		rest = slices.DeleteFunc(slices.Clone(rest), func(h index.Hit) bool { return !after(p.Sort, h, p.After) })
	}
	shown := rest[:min(p.Size, len(rest))]
	for _, h := range shown {
		if !p.WithBody {
			h.Doc.Body = ""
		}
		if !p.Explain {
			h.Why = nil
		}
		page.Hits = append(page.Hits, h)
	}
	if len(shown) > 0 && len(shown) < len(rest) {
		page.Next = cursor(p.Sort, shown[len(shown)-1])
	}
	return page, nil
}

// all returns every hit in order, explained, and the facets.
func (o *Oracle) all(p *index.Plan) ([]index.Hit, []index.Facet, error) {
	if err := p.Check(); err != nil {
		return nil, nil, err
	}
	groups, err := o.prepare(p)
	if err != nil {
		return nil, nil, err
	}
	hits := []index.Hit{}
	counts := make([]map[string]int, len(p.Facets))
	for i := range counts {
		counts[i] = map[string]int{}
	}
	for _, d := range o.docs {
		why, ok := match(p, groups, d)
		if !ok || !inTime(p, d) || hidden(p, d) {
			continue
		}
		for i, facet := range p.Facets {
			if passes(p, d, facet) {
				for _, v := range values(d, facet) {
					counts[i][v]++
				}
			}
		}
		if passes(p, d, "") {
			hits = append(hits, scored(d, why))
		}
	}
	slices.SortFunc(hits, func(a, b index.Hit) int { return compare(p.Sort, a, b) })
	return hits, facets(p.Facets, counts), nil
}

func scored(d *oracleDoc, why []index.Because) index.Hit {
	total := 0.0
	for _, b := range why {
		total += b.Score
	}
	return index.Hit{Doc: d.Document, Score: rank.Round(total), Why: why}
}

// oracleReading is a plain term or phrase of an alternative.
type oracleReading struct {
	*index.Alt
	number int
	words  []string
	scorer rank.Scorer
}

// prepare reads each group as plain terms and phrases.
func (o *Oracle) prepare(p *index.Plan) ([][]oracleReading, error) {
	groups := make([][]oracleReading, len(p.Groups))
	terms := 0
	for i := range p.Groups {
		for j := range p.Groups[i].Alts {
			a := &p.Groups[i].Alts[j]
			readings := a.Readings()
			if a.Prefix {
				readings = nil
				for _, t := range o.terms(a.Field, a.Terms[0], index.MaxExpansions) {
					readings = append(readings, []string{t.Text})
				}
			}
			for _, words := range readings {
				terms += len(words)
				groups[i] = append(groups[i], oracleReading{a, j, words, o.scorer(a, words)})
			}
		}
	}
	if terms > index.MaxTerms {
		return nil, index.ErrTooLarge
	}
	return groups, nil
}

func (o *Oracle) scorer(a *index.Alt, words []string) rank.Scorer {
	if a.Field.Facet() {
		return rank.Constant(a.Weight)
	}
	var c rank.Collection
	for _, d := range o.docs {
		if n := d.fields[a.Field].terms; n > 0 {
			c.Docs++
			c.Terms += int64(n)
		}
	}
	idf := c.PhraseIDF(words, a.Slop, func(word string) int { return o.docFreq(a.Field, word) })
	return rank.NewScorer(a.Weight, idf, c.Norms())
}

// match reports whether the groups let a document through, and each group's best alternative.
func match(p *index.Plan, groups [][]oracleReading, d *oracleDoc) (why []index.Because, ok bool) {
	shoulds, matched, musts := 0, 0, 0
	has := make([]bool, len(groups))
	for i, readings := range groups {
		best := bestOf(readings, d)
		occur := p.Groups[i].Occur
		has[i] = best.Found
		switch {
		case p.Logic != nil && occur == index.Not:
			continue
		case occur == index.Should:
			shoulds++
			if best.Found {
				matched++
			}
		case occur == index.Must:
			musts++
			if !best.Found {
				return nil, false
			}
		case occur == index.Not && best.Found:
			return nil, false
		}
		if best.Found {
			why = append(why, index.Because{Group: i, Alt: best.Alt, Freq: float64(best.Freq), Score: float64(best.Score)})
		}
	}
	switch {
	case p.Logic != nil:
		return why, p.Logic.Holds(func(group int) bool { return has[group] })
	case shoulds == 0 && musts == 0:
		return why, true
	case p.MinShould == 0 && musts == 0:
		return why, matched > 0
	}
	return why, matched >= p.MinShould
}

func bestOf(readings []oracleReading, d *oracleDoc) rank.Best {
	var best rank.Best
	for _, r := range readings {
		if r.Lang != "" && r.Lang != d.Lang.Value {
			continue
		}
		if r.Field.Facet() {
			if slices.Contains(values(d, string(r.Field)), r.words[0]) {
				best.Add(r.number, 1, r.scorer.Score(1, 0))
			}
			continue
		}
		f := d.fields[r.Field]
		if freq := freqOf(f, r.words, r.Slop); freq > 0 {
			best.Add(r.number, freq, r.scorer.Score(freq, rank.Quantise(f.length)))
		}
	}
	return best
}

func freqOf(f *oracleField, words []string, slop int) float32 {
	if len(words) == 1 {
		return float32(f.freq[words[0]])
	}
	var places [][]uint32
	for _, w := range words {
		places = append(places, f.places[w])
	}
	return rank.PhraseFreq(places, slop)
}

// values are a document's values for a facet, or for ByAuthor.
func values(d *oracleDoc, facet string) []string {
	var all []string
	switch facet {
	case index.FacetSource:
		all = []string{d.Source}
	case index.FacetType:
		all = []string{d.Type.Value}
	case index.FacetSector:
		all = []string{d.Sector}
	case index.FacetLang:
		all = []string{d.Lang.Value}
	case index.FacetYear:
		if t := d.ShownDate().Time; !t.IsZero() {
			all = []string{strconv.Itoa(t.Year())}
		}
	case index.FacetTopic:
		for _, t := range d.Topics {
			all = append(all, t.Slug)
		}
	case index.FacetAge:
		all = d.Age.Buckets()
	case index.ByAuthor:
		all = danish.NameKeys(d.Authors)
	}
	return slices.DeleteFunc(all, func(v string) bool { return v == "" })
}

// passes reports whether all filters but those of one facet let a document through.
func passes(p *index.Plan, d *oracleDoc, except string) bool {
	for _, f := range p.Filters {
		if f.Facet == except && !f.Not {
			continue
		}
		any := func(v string) bool { return slices.Contains(f.Values, v) }
		if slices.ContainsFunc(values(d, f.Facet), any) == f.Not {
			return false
		}
	}
	return true
}

func inTime(p *index.Plan, d *oracleDoc) bool {
	if p.FromDay == 0 && p.ToDay == 0 {
		return true
	}
	day := index.DayOf(d.ShownDate().Time)
	return day != 0 && day >= p.FromDay && (p.ToDay == 0 || day <= p.ToDay)
}

func hidden(p *index.Plan, d *oracleDoc) bool { return d.Merged && !d.Face && !p.IncludeMerged }

func facets(names []string, counts []map[string]int) []index.Facet {
	var out []index.Facet
	for i, name := range names {
		f := index.Facet{Name: name, Values: []index.FacetValue{}}
		for _, v := range slices.Sorted(maps.Keys(counts[i])) {
			f.Values = append(f.Values, index.FacetValue{Value: v, Count: counts[i][v]})
		}
		slices.SortStableFunc(f.Values, func(a, b index.FacetValue) int { return b.Count - a.Count })
		out = append(out, f)
	}
	return out
}

// compare is the order of hits.
func compare(s index.Sort, a, b index.Hit) int {
	dayA, dayB := index.DayOf(a.Doc.ShownDate().Time), index.DayOf(b.Doc.ShownDate().Time)
	byID := strings.Compare(a.Doc.ID, b.Doc.ID)
	switch {
	case s == index.ByScore:
		return cmp.Or(cmp.Compare(b.Score, a.Score), byID)
	case dayA == 0 && dayB != 0:
		return 1
	case dayA != 0 && dayB == 0:
		return -1
	case s == index.ByNewest:
		return cmp.Or(cmp.Compare(dayB, dayA), byID)
	}
	return cmp.Or(cmp.Compare(dayA, dayB), byID)
}

// after reports whether a hit stands strictly after a cursor.
func after(s index.Sort, h index.Hit, c index.Cursor) bool {
	at := index.Hit{Score: c.Score, Doc: index.Document{ID: c.ID}}
	if c.Day > 0 {
		at.Doc.Published.Time = dayTime(c.Day)
	}
	return compare(s, h, at) > 0
}

func cursor(s index.Sort, h index.Hit) index.Cursor {
	if s == index.ByScore {
		return index.Cursor{Score: h.Score, ID: h.Doc.ID}
	}
	return index.Cursor{Day: index.DayOf(h.Doc.ShownDate().Time), ID: h.Doc.ID}
}
