package query

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	var err error
	if err = s.temper(ctx, plan.Groups); err != nil {
		return Answer{}, err
	}
	ans := Answer{Plan: plan, Understood: understood}
	ans.Understood.Asked = plan.MinShould
	if err = s.loosen(ctx, &read, &ans, r.Off); err != nil {
		return Answer{}, err
	}
	ans.Plan = withRequest(ans.Plan, r)
	if err = s.run(ctx, &ans); err != nil {
		return Answer{}, err
	}
	ans.Understood.Needed = ans.Plan.MinShould
	if ans.Understood.Complete, err = s.complete(ctx, &ans); err != nil {
		return Answer{}, err
	}
	if ans.Understood.LetGo, err = s.letGo(ctx, &ans); err != nil {
		return Answer{}, err
	}
	ans.Understood.Offers, err = s.findable(ctx, &ans, r.Off)
	return ans, err
}

// loosen asks for fewer words, one at a time, until enough documents are found or one word is left. Where that finds hardly
// anything, parts of compounds do, but for those that the reader has switched off.
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
			return s.looseParts(ctx, r, ans, total, off)
		}
		ans.Plan.MinShould--
	}
}

// looseParts takes the parts of compounds for the whole. Those of one that few documents have may stand near each other, which
// says the same in other words; either of them alone says something else. Only of a compound that nothing has, nor its parts near each
// other, the more telling part is better than nothing. Where every word has to be there, a part of one is not enough.
func (s Searcher) looseParts(ctx context.Context, r *reading, ans *Answer, total int, off []string) error {
	if ans.Plan.MinShould != 1 || total >= few {
		return nil
	}
	near := ans.Plan
	near.Groups = slices.Clone(near.Groups)
	opened := openNear(r, near.Groups, off)
	ans.Understood.Added = r.added
	if opened {
		with, err := s.count(ctx, near)
		if err != nil {
			return err
		}
		if with > total {
			ans.Plan, ans.Understood.Near, total = near, true, with
			// What stands for a word now counts for it in the number of complete documents as on their cards.
			near.MinShould = ans.Understood.Asked
			if ans.Understood.Complete, err = s.count(ctx, near); err != nil {
				return err
			}
		}
	}
	if total > 0 {
		return nil
	}
	var err error
	ans.Understood.Pieces, err = s.openPart(ctx, r, ans.Plan.Groups)
	return err
}

// openNear lets the parts of compounds that documents have stand for them near each other, and notes it. The whole word counts for so
// much more then that a document that has it goes before those that have the parts, however often.
func openNear(r *reading, groups []index.Group, off []string) bool {
	any := false
	for _, i := range slices.Sorted(maps.Keys(r.beside)) {
		u := r.beside[i]
		if !r.allowed(off, u.asParts()) {
			continue
		}
		groups[i].Alts = slices.Clone(groups[i].Alts)
		for j := range groups[i].Alts {
			groups[i].Alts[j].Weight *= weightWhole
		}
		groups[i].Alts, any = append(groups[i].Alts, u.together(weightBeside)...), true
	}
	return any
}

// openPart lets parts of each compound that no document has match by themselves: the rarest that documents have, and others that are
// no common words. The rest go on lifting.
func (s Searcher) openPart(ctx context.Context, r *reading, groups []index.Group) (opened bool, err error) {
	all, err := s.documents(ctx)
	if err != nil {
		return false, err
	}
	docs := map[int]int{}
	rarest := map[*unit]int{}
	for i, u := range r.opens {
		if docs[i], err = s.commonestOf(ctx, groups[i].Alts); err != nil {
			return false, err
		}
		if n := rarest[u]; docs[i] > 0 && (n == 0 || docs[i] < n) {
			rarest[u] = docs[i]
		}
	}
	for i, u := range r.opens {
		if n := docs[i]; n > 0 && (n == rarest[u] || float64(n) < commonPart*float64(all)) {
			groups[i].Occur, opened = index.Should, true
		}
	}
	return opened, nil
}

// commonestOf is in how many documents the commonest of some words stands.
func (s Searcher) commonestOf(ctx context.Context, alts []index.Alt) (int, error) {
	most := 0
	for _, a := range alts {
		docs, err := s.Engine.DocFreq(ctx, a.Field, a.Terms)
		if err != nil {
			return 0, err
		}
		most = max(most, slices.Max(docs))
	}
	return most, nil
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

// complete is how many of the hits have all words: the number without filters, where there are none.
func (s Searcher) complete(ctx context.Context, ans *Answer) (int, error) {
	p, u := ans.Plan, ans.Understood
	switch {
	case u.Complete == 0 || len(p.Filters) == 0 && p.FromDay == 0 && p.ToDay == 0:
		return u.Complete, nil
	case u.Needed == u.Asked:
		return ans.Page.Total, nil
	}
	only := index.Plan{Groups: matching(p.Groups), MinShould: u.Asked, Filters: p.Filters, FromDay: p.FromDay, ToDay: p.ToDay, IncludeMerged: p.IncludeMerged}
	page, err := s.Engine.Search(ctx, only)
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

// letGo names the words that no hit contains after the search asked for fewer than were typed. What a shown hit has is found; the
// rest is asked for, so that it does not depend on the page.
func (s Searcher) letGo(ctx context.Context, ans *Answer) ([]string, error) {
	if ans.Page.Total == 0 || ans.Understood.Needed >= ans.Understood.Asked {
		return nil, nil
	}
	found := map[int]bool{}
	for _, h := range ans.Page.Hits {
		for _, b := range h.Why {
			found[b.Group] = true
		}
	}
	var out []string
	for i, g := range ans.Plan.Groups {
		if g.Occur != index.Should || found[i] || g.Text == "" || slices.Contains(out, g.Text) {
			continue
		}
		with, err := s.anyHas(ctx, ans.Plan, i)
		if err != nil {
			return nil, err
		}
		if !with {
			out = append(out, g.Text)
		}
	}
	return out, nil
}

// anyHas reports whether any hit of a plan, on whatever page, has one of its groups that need not be there.
func (s Searcher) anyHas(ctx context.Context, p index.Plan, group int) (bool, error) {
	p = counting(p)
	p.Groups = slices.Clone(p.Groups)
	p.Groups[group].Occur = index.Must
	p.MinShould = max(p.MinShould-1, 0)
	page, err := s.Engine.Search(ctx, p)
	return page.Total > 0, err
}

// counting is a plan that only counts.
func counting(p index.Plan) index.Plan {
	return index.Plan{Groups: matching(p.Groups), MinShould: p.MinShould, Logic: p.Logic, Filters: p.Filters, FromDay: p.FromDay, ToDay: p.ToDay}
}

// findable are the offers that lead somewhere: who is asked about another word finds it, under the filters that are set.
func (s Searcher) findable(ctx context.Context, ans *Answer, off []string) ([]Offer, error) {
	var out []Offer
	for _, o := range ans.Understood.Offers {
		p, _ := Draft(s.Analyzer, s.Vocabulary, o.Meant, off)
		p = counting(p)
		p.Filters, p.FromDay, p.ToDay = ans.Plan.Filters, ans.Plan.FromDay, ans.Plan.ToDay
		page, err := s.Engine.Search(ctx, p)
		if err != nil {
			return nil, err
		}
		if page.Total == 0 {
			continue
		}
		if len(p.Filters) > 0 || p.FromDay > 0 || p.ToDay > 0 {
			o.Docs = page.Total
		}
		out = append(out, o)
	}
	return out, nil
}
