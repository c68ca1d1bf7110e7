package query

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Errors of Search that callers turn into words for readers.
var (
	ErrTooLong = errors.New("query too long")
	ErrCPR     = errors.New("query looks like a CPR number")
)

// Request is one search as it comes from a page, the API or the terminal.
type Request struct {
	Text    string
	Filters []index.Filter
	FromDay int // yyyymmdd, 0 for open
	ToDay   int
	Sort    index.Sort
	Offset  int
	Size    int
	After   index.Cursor
	Facets  []string
	NoBody  bool // the bodies of the hits are not needed
}

// Answer is what a search found and how the query was understood.
type Answer struct {
	Plan       index.Plan // as it was run last
	Understood Understood
	Page       index.Page
}

// Searcher runs requests against one engine.
type Searcher struct {
	Engine   index.Engine
	Analyzer *danish.Analyzer
}

// Search parses, plans and runs a request.
//
// All words have to be there. When no document has them all, fewer are asked for until something is found;
// Understood.Needed and LetGo say so, and nothing is loosened silently.
func (s Searcher) Search(ctx context.Context, r Request) (Answer, error) {
	if len(r.Text) > MaxBytes {
		return Answer{}, ErrTooLong
	}
	if LooksLikeCPR(r.Text) {
		return Answer{}, ErrCPR
	}
	plan, understood := Build(s.Analyzer, r.Text)
	ans := Answer{Plan: withRequest(plan, r), Understood: understood}
	ans.Understood.Asked = ans.Plan.MinShould
	for {
		page, err := s.Engine.Search(ctx, ans.Plan)
		if err != nil {
			return Answer{}, fmt.Errorf("search %q: %w", r.Text, err)
		}
		ans.Page = page
		if page.Total > 0 || ans.Plan.MinShould <= 1 {
			break
		}
		ans.Plan.MinShould--
	}
	ans.Understood.Needed = ans.Plan.MinShould
	ans.Understood.LetGo = letGo(ans)
	return ans, nil
}

func withRequest(p index.Plan, r Request) index.Plan {
	for _, f := range r.Filters {
		p.Filters = mergeFilter(p.Filters, f)
	}
	if r.FromDay != 0 || r.ToDay != 0 {
		p.FromDay, p.ToDay = r.FromDay, r.ToDay
	}
	p.Sort, p.Offset, p.Size, p.After = r.Sort, r.Offset, r.Size, r.After
	p.Facets, p.Explain, p.WithBody = r.Facets, true, !r.NoBody
	return p
}

// mergeFilter adds a filter of the page to those of the query; within a facet, values widen.
func mergeFilter(filters []index.Filter, f index.Filter) []index.Filter {
	for i := range filters {
		if filters[i].Facet == f.Facet {
			filters[i].Values = append(filters[i].Values, f.Values...)
			return filters
		}
	}
	return append(filters, f)
}

// letGo names the words that no shown hit contains after the search asked for fewer than were typed.
func letGo(ans Answer) []string {
	if ans.Page.Total == 0 || ans.Understood.Needed >= ans.Understood.Asked {
		return nil
	}
	found := map[int]bool{}
	for _, h := range ans.Page.Hits {
		for _, b := range h.Why {
			found[b.Group] = true
		}
	}
	var out []string
	for i, g := range ans.Plan.Groups {
		if g.Occur == index.Should && !found[i] {
			out = append(out, g.Text)
		}
	}
	return out
}

var cprShape = regexp.MustCompile(`(?:^|[^\d])(\d{2})(\d{2})(\d{2})[-– ]?\d{4}(?:[^\d]|$)`)

// LooksLikeCPR reports whether text holds something in the form of a Danish personal identity number:
// a valid day and month, a year, and four digits. Such a query is refused before anything sees it.
func LooksLikeCPR(text string) bool {
	for _, m := range cprShape.FindAllStringSubmatch(text, -1) {
		day, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		if day >= 1 && day <= 31 && month >= 1 && month <= 12 {
			return true
		}
	}
	return false
}

// String gives the words and phrases that count towards the match, for headings.
func (u Understood) String() string {
	var parts []string
	for _, w := range u.Words {
		text := w.Text
		if w.Exact {
			text = `"` + text + `"`
		}
		if w.Not {
			text = "ikke " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}
