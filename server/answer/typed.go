package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/tongue"
)

// take moves the conditions that are written in the text, such as type:forskning, to the filters of the question. There they
// meet those that were ticked, so that one set holds, is shown and can be lifted, wherever it came from.
func (p *parser) take(q *Question) {
	if len(q.Text) > query.MaxBytes {
		return // it is refused as a whole
	}
	rest, conditions := query.Take(q.Text)
	if len(conditions) == 0 {
		return
	}
	q.Typed, q.Text = q.Text, rest
	for _, c := range conditions {
		if fault := p.condition(q, c); fault != "" {
			at := utf8.RuneCountInString(q.Typed[:c.Start]) + 1
			f := Fault{Kind: fault, Param: "q", Value: q.Typed[c.Start:c.End], Field: c.Field, At: at}
			p.faults = append(p.faults, f)
			q.Unread = append(q.Unread, f)
		}
	}
}

// condition makes a filter of one condition, or says why it cannot.
func (p *parser) condition(q *Question, c query.Clause) FaultKind {
	switch {
	case c.Field == index.FacetYear && c.Not:
		return p.exclude(q, c.Field, query.YearsWithin(c.Text), NotADate)
	case c.Field == index.FacetYear:
		return q.narrow(c.Text)
	case c.Field == index.ByAuthor && !query.IsName(c.Text):
		return NotAName
	}
	values := p.named(c.Field, cleanText(c.Name()))
	if c.Not {
		return p.exclude(q, c.Field, values, NotAChoice)
	}
	if len(values) == 0 {
		return NotAChoice
	}
	for _, v := range values {
		if !slices.Contains(q.Chosen[c.Field], v) {
			q.Chosen[c.Field] = append(q.Chosen[c.Field], v)
		}
	}
	q.takenFrom(c.Field)
	return ""
}

// exclude leaves values of a facet out.
func (p *parser) exclude(q *Question, facet string, values []string, otherwise FaultKind) FaultKind {
	if len(values) == 0 {
		return otherwise
	}
	for _, v := range values {
		if v = excluding + v; !slices.Contains(q.Chosen[facet], v) {
			q.Chosen[facet] = append(q.Chosen[facet], v)
		}
	}
	q.takenFrom(facet)
	return ""
}

// excluding stands before a chosen value that is left out, in questions and in addresses: type=-debat.
const excluding = "-"

// Excluded tells whether a chosen value is left out, and which one it is.
func Excluded(chosen string) (value string, excluded bool) {
	return strings.CutPrefix(chosen, excluding)
}

// named reads a value as the parameter of the facet does, and English labels besides. Where the sources are known, an unknown
// one is a slip: looking for it would find nothing and not say why.
func (p *parser) named(facet, typed string) []string {
	if _, known := p.names.Value(facet, typed); facet == index.FacetSource && p.names.Knows(facet) && !known {
		return p.names.having(facet, typed)
	}
	if values := p.choice(facet, typed); len(values) > 0 {
		return values
	}
	for _, c := range index.Choices(facet) {
		if strings.EqualFold(typed, tongue.English.Say(c.Label)) {
			return []string{c.Slug}
		}
	}
	return nil
}

// narrow bounds the question's dates by a span of years; of two bounds the narrower one holds.
func (q *Question) narrow(years string) FaultKind {
	from, to, ok := query.YearSpan(years)
	if !ok {
		return NotADate
	}
	narrowed := *q
	if first, _, ok := dayBounds(from); ok && first > q.FromDay {
		narrowed.From, narrowed.FromDay = from, first
	}
	if _, last, ok := dayBounds(to); ok && (q.ToDay == 0 || last < q.ToDay) {
		narrowed.To, narrowed.ToDay = to, last
	}
	if narrowed.ToDay != 0 && narrowed.FromDay > narrowed.ToDay {
		return NoOverlap
	}
	*q = narrowed
	q.takenFrom(index.FacetYear)
	return ""
}

func (q *Question) takenFrom(facet string) {
	if !slices.Contains(q.Taken, facet) {
		q.Taken = append(q.Taken, facet)
	}
}

// AsTyped is the text as the reader wrote it, with the conditions that have become filters.
func (q Question) AsTyped() string {
	if q.Typed != "" {
		return q.Typed
	}
	return q.Text
}

// tell completes what was understood by what was taken out of the text before it was searched for. The filters are told as
// they hold, together with those that were ticked.
func (q Question) tell(u *query.Understood) {
	if q.Typed == "" {
		return
	}
	u.Typed, u.Notes = q.Typed, query.Notes(q.Typed)
	for _, facet := range q.Taken {
		if facet == index.FacetYear && q.From+q.To != "" {
			u.Filters = append(u.Filters, facet+":"+q.span())
		}
		for _, v := range q.Chosen[facet] {
			value, excluded := Excluded(v)
			switch {
			case excluded:
				u.Filters = append(u.Filters, excluding+facet+":"+value)
			case facet != index.FacetYear:
				u.Filters = append(u.Filters, facet+":"+value)
			}
		}
	}
	for _, f := range q.Unread {
		u.Unread = append(u.Unread, f.Value)
	}
}

// span writes the dates in force as readers write years.
func (q Question) span() string {
	if q.From == q.To {
		return q.From
	}
	return q.From + "-" + q.To
}

// having are the values whose label has the word that is typed, such as the "VTB" of a longer name, or begins with the words:
// nothing unless there is one alone, since a filter that its writer did not mean hides things.
func (n *Names) having(facet, typed string) []string {
	asked := nameWords(typed)
	if len(asked) == 0 {
		return nil
	}
	var out []string
	for value, label := range n.labels[facet] {
		words := nameWords(label)
		begins := len(asked) <= len(words) && slices.Equal(asked, words[:len(asked)])
		if begins || len(asked) == 1 && slices.Contains(words, asked[0]) {
			out = append(out, value)
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

// nameWords are the words of a name in small letters, without what stands between them.
func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
