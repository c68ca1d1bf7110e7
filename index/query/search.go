package query

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/vocab"
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
	// Off switches alternatives off, by Added.ID or by kind.
	Off []string
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
	// Vocabulary widens queries by the words of the field; nil widens nothing.
	Vocabulary *vocab.Vocabulary
}

// Search parses, plans and runs a request.
//
// All words have to be there. When fewer than enough documents have them all, fewer and fewer words are asked for, and
// in the end parts of compounds by themselves. Understood.Needed, Complete and LetGo say so, and nothing is loosened
// silently. Filters and order do not change how much is asked for, unless a filter leaves nothing; so a facet's count
// is the total that a reader gets who chooses it.
func (s Searcher) Search(ctx context.Context, r Request) (Answer, error) {
	if len(r.Text) > MaxBytes {
		return Answer{}, ErrTooLong
	}
	if LooksLikeCPR(r.Text) {
		return Answer{}, ErrCPR
	}
	ans, err := s.search(ctx, r)
	if err != nil {
		return Answer{}, fmt.Errorf("search %q: %w", r.Text, err)
	}
	return ans, nil
}

func (s Searcher) search(ctx context.Context, r Request) (Answer, error) {
	read := read(s.Analyzer, r.Text)
	if s.Vocabulary != nil {
		read.recognise(s.Analyzer, s.Vocabulary)
	}
	read.leaveOut(s.Analyzer)
	if err := s.mend(ctx, &read, r.Off); err != nil {
		return Answer{}, err
	}
	if s.Vocabulary != nil {
		read.widen(s.Analyzer, s.Vocabulary, r.Off)
	}
	read.describe(r.Off)
	read.inflect(s.Analyzer, r.Off)
	if err := s.inside(ctx, &read, r.Off); err != nil {
		return Answer{}, err
	}
	plan, understood := read.plan(s.Analyzer)
	if err := s.temper(ctx, plan.Groups); err != nil {
		return Answer{}, err
	}
	ans := Answer{Plan: plan, Understood: understood}
	ans.Understood.Asked = plan.MinShould
	if err := s.loosen(ctx, &read, &ans, r.Off); err != nil {
		return Answer{}, err
	}
	ans.Plan = withRequest(ans.Plan, r)
	if err := s.run(ctx, &ans); err != nil {
		return Answer{}, err
	}
	ans.Understood.Needed = ans.Plan.MinShould
	ans.Understood.LetGo = letGo(ans)
	return ans, nil
}

// loosen asks for fewer words, one at a time, until enough documents are found or one word is left. Where that
// finds hardly anything, parts of compounds do, but for those that the reader has switched off.
func (s Searcher) loosen(ctx context.Context, r *reading, ans *Answer, off []string) error {
	for first := true; ; first = false {
		total, err := s.count(ctx, ans.Plan)
		if err != nil {
			return err
		}
		if first {
			ans.Understood.Complete = total
		}
		switch {
		case total >= enough:
			return nil
		case ans.Plan.MinShould <= 1:
			// Where every word has to be there, a part of one is not enough.
			if ans.Plan.MinShould == 1 && total < fewest(ans.Plan.Groups) {
				ans.Understood.Pieces = r.openParts(ans.Plan.Groups, off)
				ans.Understood.Added = r.added
			}
			return nil
		}
		ans.Plan.MinShould--
	}
}

// fewest is how many documents have to be found if parts of compounds are not to stand for the whole: one where the parts
// near each other are looked for already.
func fewest(groups []index.Group) int {
	for i := range groups {
		if g := &groups[i]; g.Occur == index.Should && g.Alts[0].Kind == index.Split {
			return 1
		}
	}
	return few
}

// openParts lets the parts of compounds match by themselves, notes the compounds, and tells whether there are any that the
// reader has left on. The parts of the others go on lifting.
func (r *reading) openParts(groups []index.Group, off []string) bool {
	any := false
	for i := range groups {
		if compound, ok := r.opens[i]; ok && r.allowed(off, compound) {
			groups[i].Occur, any = index.Should, true
		}
	}
	return any
}

// run searches; when a filter leaves nothing, for fewer words.
func (s Searcher) run(ctx context.Context, ans *Answer) error {
	for {
		page, err := s.Engine.Search(ctx, ans.Plan)
		if err != nil {
			return err
		}
		ans.Page = page
		if page.Total > 0 || ans.Plan.MinShould <= 1 {
			return nil
		}
		ans.Plan.MinShould--
	}
}

// count tells how many documents a plan finds without filters.
func (s Searcher) count(ctx context.Context, p index.Plan) (int, error) {
	p.Groups = matching(p.Groups)
	p.Filters, p.FromDay, p.ToDay = nil, 0, 0
	page, err := s.Engine.Search(ctx, p)
	return page.Total, err
}

// matching are the groups that decide what is found.
func matching(groups []index.Group) []index.Group {
	for i, g := range groups {
		if g.Occur == index.Lift {
			return groups[:i]
		}
	}
	return groups
}

func withRequest(p index.Plan, r Request) index.Plan {
	for _, f := range r.Filters {
		p.Filters = mergeFilter(p.Filters, f)
	}
	p.FromDay, p.ToDay = narrower(p.FromDay, r.FromDay, p.ToDay, r.ToDay)
	p.Sort, p.Offset, p.Size, p.After = r.Sort, r.Offset, r.Size, r.After
	p.Facets, p.WithBody = r.Facets, !r.NoBody
	p.Explain, p.NoFreqs = true, true // readers are told which words count and for how much, not how often each stands
	return p
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
		if g.Occur == index.Should && !found[i] && g.Text != "" && !slices.Contains(out, g.Text) {
			out = append(out, g.Text)
		}
	}
	return out
}
