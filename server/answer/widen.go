package answer

import (
	"slices"
	"strings"

	"smaabornsviden/index"
)

// Widening is the parameter that says what the search may add to the words typed.
const Widening = "udvid"

// Everything, as the value of Widening, leaves out all that the search would add.
const Everything = "nej"

// inflections are the one kind that Everything leaves on: who wants the words alone wants them in Danish, which inflects. They
// can be switched off by themselves.
const inflections = index.Inflected

// widenings are the kinds of alternatives that can be switched off.
var widenings = []index.Kind{
	inflections, index.PartOf, index.Split, index.Joined, index.Synonym, index.Near, index.Translated, index.Repaired, index.Abbreviated,
	index.Described,
}

// WideningPattern is what a value of Widening looks like, as a regular expression.
func WideningPattern() string {
	var kinds []string
	for _, k := range widenings {
		kinds = append(kinds, string(k))
	}
	return "^(|ja|" + Everything + "|-(" + strings.Join(kinds, "|") + ")(:.*)?)$"
}

// off reads what to leave out: "nej", or a minus before an id or a kind.
func (p *parser) off() []string {
	var out []string
	for _, typed := range p.values[Widening] {
		typed = cleanText(typed)
		id, minus := strings.CutPrefix(typed, "-")
		kind, _, _ := strings.Cut(id, ":")
		switch {
		case typed == "" || strings.EqualFold(typed, "ja"):
			continue
		case strings.EqualFold(typed, Everything):
			id = Everything
		case !minus || !slices.Contains(widenings, index.Kind(kind)):
			p.fault(NotAChoice, Widening, typed)
			continue
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return withEverything(out)
}

// withEverything drops what Everything leaves out anyway.
func withEverything(off []string) []string {
	if !slices.Contains(off, Everything) {
		return off
	}
	out := []string{Everything}
	for _, id := range off {
		if kind, _, _ := strings.Cut(id, ":"); index.Kind(kind) == inflections {
			out = append(out, id)
		}
	}
	return out
}

// off is what a search is told to leave out.
func (q Question) off() []string {
	if !slices.Contains(q.Off, Everything) {
		return q.Off
	}
	out := slices.DeleteFunc(slices.Clone(q.Off), func(id string) bool { return id == Everything })
	for _, k := range widenings {
		if k != inflections {
			out = append(out, string(k))
		}
	}
	return out
}

// LeavingOut is the question without an alternative, from its first page.
func (q Question) LeavingOut(id string) Question {
	q.Page, q.After = 1, nil
	if !slices.Contains(q.Off, id) {
		q.Off = withEverything(append(slices.Clip(q.Off), id))
	}
	return q
}

// TakingIn is the question with an alternative of a kind again, from its first page. What was left out along with it
// comes back, too.
func (q Question) TakingIn(id string, kind index.Kind) Question {
	q.Page, q.After = 1, nil
	q.Off = slices.DeleteFunc(slices.Clone(q.Off), func(off string) bool {
		return off == id || off == string(kind) || off == Everything && kind != inflections
	})
	if len(q.Off) == 0 {
		q.Off = nil
	}
	return q
}

// Asking is the question with other words, from its first page and with nothing left out.
func (q Question) Asking(text string) Question {
	q.Text, q.Page, q.After, q.Off = text, 1, nil, nil
	return q
}
