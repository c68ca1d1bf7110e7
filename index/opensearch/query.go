package opensearch

import (
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/index"
)

// query is a plan as the cluster's query language says it.
type query struct {
	plan     *index.Plan
	readings [][][]reading // by group and alternative
}

// reading is one term or one plain phrase of an alternative.
type reading struct {
	field index.Field
	words []string
	slop  int
}

// newQuery reads each alternative as plain terms and phrases. expand lists the terms of a prefix.
func newQuery(p *index.Plan, expand func(f index.Field, prefix string) ([]string, error)) (*query, error) {
	q := &query{plan: p, readings: make([][][]reading, len(p.Groups))}
	left := index.MaxTerms
	for i := range p.Groups {
		q.readings[i] = make([][]reading, len(p.Groups[i].Alts))
		for j := range p.Groups[i].Alts {
			a := &p.Groups[i].Alts[j]
			phrases := a.Readings()
			if a.Prefix {
				terms, err := expand(a.Field, a.Terms[0])
				if err != nil {
					return nil, err
				}
				phrases = slices.Collect(slices.Chunk(terms, 1))
			}
			for _, words := range phrases {
				if left -= len(words); left < 0 {
					return nil, fmt.Errorf("%w: more than %d terms with those that prefixes become", index.ErrTooLarge, index.MaxTerms)
				}
				if !slices.ContainsFunc(words, func(w string) bool { return !writable(w) }) {
					q.readings[i][j] = append(q.readings[i][j], reading{a.Field, words, a.Slop})
				}
			}
		}
	}
	return q, nil
}

// named is the name under which the cluster tells the score of an alternative.
func named(group, alt int) string { return fmt.Sprintf("%d.%d", group, alt) }

// nothing matches no document.
var nothing = object{"match_none": object{}}

// groups are the plan's groups without its filters.
func (q *query) groups() object {
	var must, should, not []object
	lift := q.anchors()
	if q.plan.Logic != nil {
		return q.logical(lift)
	}
	for i := range q.plan.Groups {
		g := q.group(i)
		switch q.plan.Groups[i].Occur {
		case index.Must:
			must = append(must, g)
		case index.Should:
			should = append(should, g)
		case index.Not:
			not = append(not, g)
		case index.Lift:
			lift = append(lift, g)
		}
	}
	least := q.plan.MinShould
	switch {
	case len(must) == 0 && len(should) == 0:
		least = 0
	case least > len(should):
		return nothing
	case least == 0 && len(must) == 0:
		least = 1
	}
	deciding := object{"bool": object{"must": must, "should": should, "minimum_should_match": least}}
	if len(must) == 0 && len(should) == 0 {
		deciding = object{"constant_score": object{"filter": object{"match_all": object{}}, "boost": 0}}
	}
	return object{"bool": object{
		"must": []object{deciding}, "should": lift, "minimum_should_match": 0,
		"must_not": append(not, q.unseen()),
		"filter":   q.plain(),
	}}
}

// logical is the groups under a condition. They stand in it twice: once to score what they match, once to decide.
func (q *query) logical(lift []object) object {
	for i := range q.plan.Groups {
		if q.plan.Groups[i].Occur != index.Not {
			lift = append(lift, q.group(i))
		}
	}
	filters := append(q.plain(), q.unnamed().logic(q.plan.Logic))
	return object{"bool": object{"should": lift, "minimum_should_match": 0, "must_not": []object{q.unseen()}, "filter": filters}}
}

// unnamed is the query with groups that tell nothing of their scores.
func (q *query) unnamed() *query {
	plan := *q.plan
	plan.Explain = false
	return &query{plan: &plan, readings: q.readings}
}

// logic is a condition as filters.
func (q *query) logic(l *index.Logic) object {
	if l.Op == index.OfGroup {
		return q.group(l.Group)
	}
	args := []object{}
	for i := range l.Args {
		args = append(args, q.logic(&l.Args[i]))
	}
	switch {
	case l.Op == index.AllOf:
		return all(args)
	case l.Op == index.NoneOf:
		return object{"bool": object{"must_not": args}}
	case len(args) == 0:
		return nothing
	}
	return object{"bool": object{"should": args, "minimum_should_match": 1}}
}

// anchors are terms that no document has, one for each field of phrases. A shard that has no word of a phrase keeps
// its field's statistics to itself, and the averages would leave its documents out; for a term it never does.
func (q *query) anchors() []object {
	var fields []index.Field
	for _, group := range q.readings {
		for _, alt := range group {
			if len(alt) > 0 && len(alt[0].words) > 1 && !slices.Contains(fields, alt[0].field) {
				fields = append(fields, alt[0].field)
			}
		}
	}
	anchors := []object{}
	for _, f := range fields {
		anchors = append(anchors, object{"term": object{string(f): object{"value": "|"}}})
	}
	return anchors
}

// unseen are the documents that are no hits of their own accord.
func (q *query) unseen() object {
	kinds := []string{markerKind}
	if !q.plan.IncludeMerged {
		kinds = append(kinds, behindKind)
	}
	return object{"terms": object{kindField: kinds}}
}

// group is the best of its alternatives.
func (q *query) group(number int) object {
	alts := []object{}
	for j := range q.plan.Groups[number].Alts {
		if len(q.readings[number][j]) > 0 {
			alts = append(alts, q.alt(number, j))
		}
	}
	if len(alts) == 0 {
		return nothing
	}
	return object{"dis_max": object{"queries": alts}}
}

// alt is the best of the readings of an alternative, in documents of its language.
func (q *query) alt(group, number int) object {
	a := &q.plan.Groups[group].Alts[number]
	readings := []object{}
	for _, r := range q.readings[group][number] {
		readings = append(readings, q.weighted(&r, a.Weight))
	}
	best := object{"queries": readings}
	whole := object{"dis_max": best}
	if a.Lang != "" {
		best = object{
			"must":   []object{whole},
			"filter": []object{{"term": object{facetPrefix + index.FacetLang: a.Lang}}},
		}
		whole = object{"bool": best}
	}
	if q.plan.Explain {
		best["_name"] = named(group, number)
	}
	return whole
}

// weighted is a reading with a weight. The cluster does not explain what counts nothing, so for an
// explanation it is asked to score first and to multiply by nothing then.
func (q *query) weighted(r *reading, weight float64) object {
	if weight > 0 || !q.plan.Explain {
		return r.query(weight)
	}
	return object{"function_score": object{"query": r.query(1), "weight": 0, "boost_mode": "multiply"}}
}

// query is a term, a phrase, or an ordered span where the words may stand apart: Lucene scores these as
// package rank does.
func (r *reading) query(weight float64) object {
	field := string(r.field)
	switch {
	case r.field.Facet():
		value := object{"term": object{facetPrefix + field: r.words[0]}}
		return object{"constant_score": object{"filter": value, "boost": weight}}
	case len(r.words) == 1:
		return object{"term": object{field: object{"value": r.words[0], "boost": weight}}}
	case r.slop == 0:
		return object{"match_phrase": object{field: object{"query": strings.Join(r.words, " "), "boost": weight}}}
	}
	clauses := make([]object, 0, len(r.words))
	for _, w := range r.words {
		clauses = append(clauses, object{"span_term": object{field: w}})
	}
	return object{"span_near": object{"clauses": clauses, "slop": r.slop, "in_order": true, "boost": weight}}
}

// String is the reading as Lucene writes it in an explanation.
func (r *reading) String() string {
	field := string(r.field)
	switch {
	case len(r.words) == 1:
		return field + ":" + r.words[0]
	case r.slop == 0:
		return field + `:"` + strings.Join(r.words, " ") + `"`
	}
	words := make([]string, 0, len(r.words))
	for _, w := range r.words {
		words = append(words, field+":"+w)
	}
	return fmt.Sprintf("spanNear([%s], %d, true)", strings.Join(words, ", "), r.slop)
}

// plain are the filters that hold for hits and for all counts alike.
func (q *query) plain() []object {
	filters := []object{}
	for _, f := range q.plan.Filters {
		if f.Not || !slices.Contains(q.plan.Facets, f.Facet) {
			filters = append(filters, filter(f))
		}
	}
	p := q.plan
	if p.FromDay == 0 && p.ToDay == 0 {
		return filters
	}
	days := object{"gte": max(p.FromDay, 1)}
	if p.ToDay != 0 {
		days["lte"] = p.ToDay
	}
	return append(filters, object{"range": object{dayField: days}})
}

// others are the filters of counted facets but one: what the counts of that one obey, all of them for "".
func (q *query) others(facet string) []object {
	filters := []object{}
	for _, f := range q.plan.Filters {
		if !f.Not && f.Facet != facet && slices.Contains(q.plan.Facets, f.Facet) {
			filters = append(filters, filter(f))
		}
	}
	return filters
}

func filter(f index.Filter) object {
	if f.Not {
		f.Not = false
		return object{"bool": object{"must_not": []object{filter(f)}}}
	}
	if len(f.Values) == 0 {
		return nothing
	}
	if f.Facet == index.ByAuthor {
		return object{"terms": object{authorField: f.Values}}
	}
	return object{"terms": object{facetPrefix + f.Facet: f.Values}}
}

// all joins filters that must all hold.
func all(filters []object) object { return object{"bool": object{"filter": filters}} }

// maxFacetValues bounds how many values a facet may have.
const maxFacetValues = 10_000

// Names of aggregations.
const (
	progressAgg = "progress"
	valuesAgg   = "values"
)

func facetAgg(i int) string { return fmt.Sprintf("facet%d", i) }

// body is the whole request: hits, total, facets, and how far each shard has come.
func (q *query) body() object {
	p := q.plan
	aggs := object{progressAgg: progress()}
	for i, name := range p.Facets {
		aggs[facetAgg(i)] = object{"filter": all(q.others(name)), "aggs": object{
			valuesAgg: object{"terms": object{"field": facetPrefix + name, "size": maxFacetValues, "shard_size": maxFacetValues}},
		}}
	}
	body := object{
		"query": q.groups(), "aggs": aggs, "track_total_hits": true, "size": p.Size,
		"sort": order(p.Sort), "track_scores": true, "_source": q.shown(),
		"timeout": searchLimit.String(),
	}
	if filters := q.others(""); len(filters) > 0 {
		body["post_filter"] = all(filters)
	}
	switch {
	case !p.After.IsZero():
		body["search_after"] = after(p)
		body["size"] = p.Size + 1 // tells whether anything follows
	case p.Size > 0:
		body["from"] = p.Offset
	}
	if p.Size == 0 {
		body["size"] = 0
		delete(body, "search_after")
	}
	if p.Explain {
		// The scores of alternatives come by their names; an explanation is asked for only for what it alone tells, since
		// the cluster would score each hit anew for it.
		body["explain"] = !p.NoFreqs
		body["include_named_queries_score"] = true
	}
	return body
}

// shown are the stored fields that hits are made of.
func (q *query) shown() []string {
	if q.plan.WithBody {
		return []string{docField, bodyField}
	}
	return []string{docField}
}

// progress counts markers: the state of the index that answers, from the very snapshots that answer.
func progress() object {
	return object{"global": object{}, "aggs": object{
		"markers": object{"filter": object{"term": object{kindField: markerKind}}, "aggs": object{
			"generations": object{"terms": object{"field": "_index", "size": 2}},
			"first":       object{"min": object{"field": seqField}},
			"last":        object{"max": object{"field": seqField}},
		}},
	}}
}

// order is the sort of a plan; ties always fall back to the id.
func order(s index.Sort) []object {
	id := object{idField: "asc"}
	switch s {
	case index.ByNewest:
		return []object{{dayField: "desc"}, id}
	case index.ByOldest:
		return []object{{oldField: "asc"}, id}
	}
	return []object{{"_score": "desc"}, id}
}

// after is a cursor in the words of order.
func after(p *index.Plan) []any {
	c := p.After
	switch {
	case p.Sort == index.ByScore:
		return []any{c.Score, c.ID}
	case p.Sort == index.ByOldest && c.Day == 0:
		return []any{unknownDayLast, c.ID}
	}
	return []any{c.Day, c.ID}
}
