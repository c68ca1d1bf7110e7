// Package answer turns the parameters of a search into the one answer that the page and the API write.
package answer

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// PageSize is the number of hits on a page unless the API asks for another.
const PageSize = 10

// Facets are the facets of a search in the order in which readers see them. Their names are also the names of
// the parameters that choose values.
var Facets = []string{
	index.FacetTopic, index.FacetAge, index.FacetType, index.FacetSector, index.FacetSource, index.FacetYear, index.FacetLang,
}

// filtering are the names of all filters with values, and of their parameters: the facets and what nobody counts.
var filtering = append(slices.Clip(Facets), index.ByAuthor)

// Question is a search as its address states it.
type Question struct {
	Text     string              // without the conditions in it, which are among Chosen, From and To
	Typed    string              // as it stood when it held conditions, else empty
	Unread   []Fault             // conditions of the text that could not be taken as filters
	Chosen   map[string][]string // chosen values by facet name, and names as typed by index.ByAuthor
	From, To string              // as written: yyyy, yyyy-mm or yyyy-mm-dd; empty for open
	FromDay  int                 // yyyymmdd, 0 for open
	ToDay    int
	Sort     string // a slug of Sorts; empty means the order that suits the question
	Page     int    // from 1
	Size     int
	After    *Cursor // instead of Page; nil for none
	// Off are alternatives that the search leaves out: ids of query.Added, kinds, or Everything.
	Off []string
	// List are the ids of a reading list that goes along with a search; they change nothing about what is found.
	List []string

	Taken []string // facets that the text has conditions for
}

// Params says how the parameters that differ between page and API are called. An empty Size or Cursor means
// that there is no such choice.
type Params struct {
	Page   string
	Alias  string // another name of Page, which does where Page has no value
	Size   string
	Cursor string
	List   string   // carries a reading list
	Others []string // that the caller reads itself
	none   bool     // nothing but Others
}

// The parameter names of the search page and of the API.
var (
	PageParams = Params{Page: "side", Alias: "page", List: Listed}
	APIParams  = Params{Page: "page", Size: "size", Cursor: "cursor"}
)

// Sorts are the orders that a reader can choose, under the slugs used in addresses.
var Sorts = []index.Choice{
	{Slug: "relevans", Label: "Mest relevante"},
	{Slug: string(index.ByNewest), Label: "Nyeste først"},
	{Slug: string(index.ByOldest), Label: "Ældste først"},
}

// Parse reads a question. What cannot be read is left out of it and told as a Fault: the page shows faults
// and goes on, the API refuses. names lets kilde= and emne= take labels as well as ids; nil is fine.
// The error is query.ErrCPR when any parameter looks like a CPR number; then nothing else is returned, so that
// nothing can be shown or logged.
func Parse(values url.Values, params Params, names *Names) (Question, []Fault, error) {
	p := parser{values: values, names: names}
	if p.holdsCPR() {
		return Question{}, nil, query.ErrCPR
	}
	q := Question{Text: cleanText(p.one("q")), Chosen: map[string][]string{}}
	for _, facet := range filtering {
		q.Chosen[facet] = p.choices(facet)
	}
	p.span(&q)
	p.take(&q)
	q.Sort = p.sort()
	q.Off = p.off()
	if params.List != "" {
		q.List = p.list(params.List)
	}
	q.Size = PageSize
	if params.Size != "" {
		q.Size = p.number(params.Size, PageSize, index.MaxSize)
	}
	q.Page = p.number(p.pageName(params), 1, index.MaxReach/q.Size)
	if params.Cursor != "" {
		p.cursor(params, &q)
	}
	p.unknown(params)
	return q, p.faults, nil
}

// pageName is the one of the two names of the page's number that stands in the address; of both the other is told.
func (p *parser) pageName(params Params) string {
	alias := p.values.Get(params.Alias)
	switch {
	case params.Alias == "" || alias == "":
		return params.Page
	case p.values.Get(params.Page) == "":
		return params.Alias
	}
	p.faults = append(p.faults, Fault{Kind: Unknown, Param: params.Alias, Value: cleanText(alias), Instead: params.Page})
	return params.Page
}

type parser struct {
	values url.Values
	names  *Names
	faults []Fault
}

func (p *parser) holdsCPR() bool {
	for name, values := range p.values {
		if query.LooksLikeCPR(name) || slices.ContainsFunc(values, query.LooksLikeCPR) {
			return true
		}
	}
	return false
}

func (p *parser) fault(kind FaultKind, param, value string) {
	p.faults = append(p.faults, Fault{Kind: kind, Param: param, Value: cleanText(value)})
}

// one returns the first value of a parameter that stands once.
func (p *parser) one(param string) string {
	values := p.values[param]
	if len(values) == 0 {
		return ""
	}
	if len(values) > 1 {
		p.fault(Repeated, param, values[1])
	}
	return strings.TrimSpace(values[0])
}

// choices reads the values of a facet, as slugs or as Danish labels. Empty ones come from forms and mean nothing.
func (p *parser) choices(facet string) []string {
	var out []string
	for _, typed := range p.values[facet] {
		typed = cleanText(typed)
		if typed == "" {
			continue
		}
		value, excluded := Excluded(typed)
		slugs := p.choice(facet, value)
		if len(slugs) == 0 {
			p.fault(NotAChoice, facet, typed)
		}
		for _, slug := range slugs {
			if excluded {
				slug = excluding + slug
			}
			if !slices.Contains(out, slug) {
				out = append(out, slug)
			}
		}
	}
	return out
}

// choice reads one value; an age in years may stand for several buckets. Nothing means that it is no choice.
func (p *parser) choice(facet, typed string) []string {
	if value, named := p.names.Value(facet, typed); named {
		return []string{value}
	}
	switch facet {
	case index.FacetYear:
		if _, _, ok := dayBounds(typed); !ok || len(typed) != len("2006") {
			return nil
		}
	case index.FacetTopic, index.FacetSource:
		// Where all values have names, one without a name is none: it would silently find nothing.
		if p.names.Knows(facet) {
			return nil
		}
	case index.FacetAge:
		if buckets := query.AgeBuckets(typed); buckets != nil {
			return buckets
		}
	}
	if slug, ok := index.Value(facet, typed); ok {
		return []string{slug}
	}
	return nil
}

func (p *parser) span(q *Question) {
	if typed := p.one("fra"); typed != "" {
		first, _, ok := dayBounds(typed)
		if ok {
			q.From, q.FromDay = typed, first
		} else {
			p.fault(NotADate, "fra", typed)
		}
	}
	if typed := p.one("til"); typed != "" {
		_, last, ok := dayBounds(typed)
		if ok {
			q.To, q.ToDay = typed, last
		} else {
			p.fault(NotADate, "til", typed)
		}
	}
	if q.FromDay != 0 && q.ToDay != 0 && q.FromDay > q.ToDay {
		p.fault(Reversed, "fra", q.From)
		q.From, q.To, q.FromDay, q.ToDay = "", "", 0, 0
	}
}

func (p *parser) sort() string {
	typed := p.one("sort")
	if typed == "" {
		return ""
	}
	for _, s := range Sorts {
		if strings.EqualFold(typed, s.Slug) || strings.EqualFold(typed, s.Label) {
			return s.Slug
		}
	}
	p.fault(NotAChoice, "sort", typed)
	return ""
}

// number reads a whole number from 1 to limit.
func (p *parser) number(param string, standard, limit int) int {
	typed := p.one(param)
	if typed == "" {
		return standard
	}
	n, err := strconv.Atoi(typed)
	switch {
	case err != nil || n < 1:
		p.fault(NotANumber, param, typed)
		return standard
	case n > limit:
		p.faults = append(p.faults, Fault{Kind: TooHigh, Param: param, Value: typed, Limit: limit})
		return standard
	}
	return n
}

// cursor reads a cursor. It takes the place of a page and belongs to one question.
func (p *parser) cursor(params Params, q *Question) {
	typed := p.one(params.Cursor)
	if typed == "" {
		return
	}
	c, ok := parseCursor(typed)
	if !ok || c.Asked != q.fingerprint() || p.values.Get(params.Page) != "" {
		p.fault(NotACursor, params.Cursor, "")
		return
	}
	q.After = &c
}

// known are the parameters that a search takes.
func (params Params) known() []string {
	if params.none {
		return params.Others
	}
	known := append([]string{"q", "fra", "til", "sort", Widening, params.Page, params.Alias, params.Size, params.Cursor, params.List}, filtering...)
	known = append(known, params.Others...)
	return slices.DeleteFunc(known, func(name string) bool { return name == "" })
}

// called are what the parameters are called elsewhere: on the page, in the API, in English.
var called = map[string]string{
	"side": "page", "antal": "size", "query": "q", "search": "q", "topic": index.FacetTopic, "age": index.FacetAge, "source": index.FacetSource,
	"sector": index.FacetSector, "lang": index.FacetLang, "language": index.FacetLang, "year": index.FacetYear,
	"author": index.ByAuthor, "from": "fra", "to": "til", "order": "sort", "expand": Widening,
}

func (p *parser) unknown(params Params) {
	known := params.known()
	var names []string
	for name := range p.values {
		if !slices.Contains(known, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		f := Fault{Kind: Unknown, Param: cleanText(name)}
		if instead := called[strings.ToLower(name)]; slices.Contains(known, instead) {
			f.Instead = instead
		}
		p.faults = append(p.faults, f)
	}
}

// cleanText makes typed text fit to search for and to show: valid UTF-8, no control characters, no outer space.
// Invalid UTF-8 is read as Latin-1, which is how links on old Danish pages spell æ, ø and å.
func cleanText(s string) string {
	if !utf8.ValidString(s) {
		runes := make([]rune, len(s))
		for i := range len(s) {
			runes[i] = rune(s[i])
		}
		s = string(runes)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

// IsEmpty reports whether the question asks for nothing: no text and no filter.
func (q Question) IsEmpty() bool { return q.Text == "" && !q.Filtered() }

// Filtered reports whether any filter is set.
func (q Question) Filtered() bool {
	for _, values := range q.Chosen {
		if len(values) > 0 {
			return true
		}
	}
	return q.From != "" || q.To != ""
}

// Order is the order in force: the chosen one, else by relevance, else, where there is no text to be relevant
// to, the newest first.
func (q Question) Order() string {
	switch {
	case q.Sort != "":
		return q.Sort
	case q.Text == "":
		return string(index.ByNewest)
	}
	return Sorts[0].Slug
}

// Values writes the question as parameters, those at their standard left out. Encode sorts them, so that one
// question has one address.
func (q Question) Values(params Params) url.Values {
	v := url.Values{}
	set := func(name, value, standard string) {
		if value != standard {
			v.Set(name, value)
		}
	}
	set("q", q.Text, "")
	for facet, values := range q.Chosen {
		if len(values) > 0 {
			v[facet] = values
		}
	}
	for _, id := range q.Off {
		if id == Everything {
			v.Add(Widening, id)
			continue
		}
		v.Add(Widening, "-"+id)
	}
	if params.List != "" && len(q.List) > 0 {
		v[params.List] = q.List
	}
	set("fra", q.From, "")
	set("til", q.To, "")
	if q.Sort != "" {
		standard := q
		standard.Sort = ""
		set("sort", q.Sort, standard.Order())
	}
	set(params.Page, strconv.Itoa(q.Page), "1")
	if params.Cursor != "" && q.After != nil {
		v.Set(params.Cursor, q.After.String())
	}
	if params.Size != "" {
		set(params.Size, strconv.Itoa(q.Size), strconv.Itoa(PageSize))
	}
	return v
}

// OnPage is the question for another page.
func (q Question) OnPage(n int) Question {
	q.Page, q.After = n, nil
	return q
}

// SortedBy is the question in another order, from its first page.
func (q Question) SortedBy(slug string) Question {
	q.Sort, q.Page, q.After = slug, 1, nil
	return q
}

// Without is the question without one chosen value, from its first page. The facet may also be "fra" or "til".
func (q Question) Without(facet, value string) Question {
	q.Page, q.After = 1, nil
	switch facet {
	case "fra":
		q.From, q.FromDay = "", 0
		return q
	case "til":
		q.To, q.ToDay = "", 0
		return q
	}
	chosen := map[string][]string{}
	for name, values := range q.Chosen {
		for _, v := range values {
			if name != facet || v != value {
				chosen[name] = append(chosen[name], v)
			}
		}
	}
	q.Chosen = chosen
	return q
}

// Unfiltered is the question with its text and order alone.
func (q Question) Unfiltered() Question {
	return Question{Text: q.Text, Sort: q.Sort, Off: q.Off, List: q.List, Page: 1, Size: q.Size}
}

// FilterChip is one filter in force.
type FilterChip struct {
	Facet string // a facet name, "fra" or "til"
	Value string
}

// Chips lists the filters in force in the order of Facets, then the authors, then the dates.
func (q Question) Chips() []FilterChip {
	var out []FilterChip
	for _, facet := range filtering {
		for _, value := range q.Chosen[facet] {
			out = append(out, FilterChip{facet, value})
		}
	}
	if q.From != "" {
		out = append(out, FilterChip{"fra", q.From})
	}
	if q.To != "" {
		out = append(out, FilterChip{"til", q.To})
	}
	return out
}
