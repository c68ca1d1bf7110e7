package indextest

import (
	"math"
	"slices"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"

	"github.com/google/go-cmp/cmp"
)

// tolerance is how far scores may lie apart, as a share of the larger one.
const tolerance = 1e-5

func near(a, b float64) bool {
	return math.Abs(a-b) <= tolerance*max(math.Abs(a), math.Abs(b))
}

// approximately compares scores within the tolerance and everything else exactly.
func approximately() cmp.Option { return cmp.Comparer(near) }

func (s suite) scores(t *testing.T) {
	e := s.with(t,
		index.Document{ID: "short", Body: "ab bo"},
		index.Document{ID: "long", Body: "ab ab ab ce di ef ge hi jo ka"},
		index.Document{ID: "none", Body: "ce di ce"},
		index.Document{ID: "empty"},
	)
	// Three documents have the field, with 2, 10 and 3 words.
	c := rank.Collection{Docs: 3, Terms: 15}
	score := func(weight float64, idf, freq float32, length int) float64 {
		return float64(rank.NewScorer(weight, idf, c.Norms()).Score(freq, rank.Quantise(length)))
	}
	weighted := word("ab")
	weighted.Weight = .3
	phrase := c.IDF(2) + c.IDF(1)
	cases := []struct {
		name string
		plan index.Plan
		want map[string]float64
	}{
		{"a word", plan(group(index.Must, word("ab"))), map[string]float64{
			"short": score(1, c.IDF(2), 1, 2), "long": score(1, c.IDF(2), 3, 10),
		}},
		{"a weight", plan(group(index.Must, weighted)), map[string]float64{
			"short": score(.3, c.IDF(2), 1, 2), "long": score(.3, c.IDF(2), 3, 10),
		}},
		{"a phrase", plan(group(index.Must, word("ab", "bo"))), map[string]float64{"short": score(1, phrase, 1, 2)}},
		{"two groups", plan(group(index.Must, word("ab")), group(index.Should, word("bo"))), map[string]float64{
			"short": score(1, c.IDF(2), 1, 2) + score(1, c.IDF(1), 1, 2), "long": score(1, c.IDF(2), 3, 10),
		}},
		{"no group", plan(), map[string]float64{"short": 0, "long": 0, "none": 0, "empty": 0}},
	}
	for _, test := range cases {
		got := map[string]float64{}
		for _, h := range search(t, e, test.plan).Hits {
			got[h.Doc.ID] = h.Score
		}
		if diff := cmp.Diff(test.want, got, approximately()); diff != "" {
			t.Errorf("%s: scores (-want +got)\n%s", test.name, diff)
		}
	}
}

func (s suite) groupMax(t *testing.T) {
	e := s.with(t, Corpus(3, 60)...)
	full, half := word("børn"), word("børn")
	half.Weight = .5
	score := func(groups ...index.Group) float64 {
		page := search(t, e, plan(groups...))
		if len(page.Hits) == 0 {
			t.Fatalf("no hit for %s", show(plan(groups...)))
		}
		return page.Hits[0].Score
	}
	alone := score(group(index.Should, full))
	if got := score(group(index.Should, half, full, half)); !near(got, alone) {
		t.Errorf("a group with weaker alternatives beside scores %v, want %v", got, alone)
	}
	if got := score(group(index.Should, full), group(index.Should, full)); !near(got, 2*alone) {
		t.Errorf("two groups score %v, want twice %v", got, alone)
	}
	if got := score(group(index.Should, full), group(index.Lift, half)); !near(got, 1.5*alone) {
		t.Errorf("a lift of half the weight scores %v, want 1.5 times %v", got, alone)
	}
	p := plan(group(index.Should, half, full, full))
	p.Explain = true
	if why := search(t, e, p).Hits[0].Why; len(why) != 1 || why[0].Alt != 1 {
		t.Errorf("of equal alternatives the first counts: got %+v", why)
	}
}

func (s suite) explain(t *testing.T) {
	docs := Corpus(4, 80)
	e := s.with(t, docs...)
	planner := newPlanner(analyzer(t), 4, docs)
	explained := 0
	for range 60 {
		p := planner.plan()
		p.Explain = true
		for _, h := range search(t, e, p).Hits {
			sum := 0.0
			for _, b := range h.Why {
				sum += b.Score
				explained++
			}
			if !near(sum, h.Score) {
				t.Fatalf("%s: shares of %s add up to %v, its score is %v", show(p), h.Doc.ID, sum, h.Score)
			}
		}
	}
	if explained < 200 {
		t.Errorf("only %d shares were seen", explained)
	}
	p := plan(group(index.Should, word("børn")))
	if h := search(t, e, p).Hits[0]; h.Why != nil {
		t.Errorf("a plan that asks for no explanation got %+v", h.Why)
	}
}

func (s suite) sorting(t *testing.T) {
	e := s.with(t,
		index.Document{ID: "c", Title: "ord", Published: date(20200101)},
		index.Document{ID: "a", Title: "ord", Published: date(20200101)},
		index.Document{ID: "d", Title: "ord ord ord", Published: date(20190101), Updated: date(20240101)},
		index.Document{ID: "b", Title: "ord", Updated: date(20230101)},
		index.Document{ID: "f", Title: "ord"},
		index.Document{ID: "e", Title: "ord"},
	)
	cases := []struct {
		sort index.Sort
		want []string
	}{
		{index.ByScore, []string{"d", "a", "b", "c", "e", "f"}},
		{index.ByNewest, []string{"b", "a", "c", "d", "e", "f"}},
		{index.ByOldest, []string{"d", "a", "c", "b", "e", "f"}},
	}
	for _, c := range cases {
		p := plan(group(index.Must, word("ord")))
		p.Sort = c.sort
		whole := ids(search(t, e, p))
		if diff := cmp.Diff(c.want, whole); diff != "" {
			t.Errorf("sort %q (-want +got)\n%s", c.sort, diff)
		}
		p.Offset, p.Size = 2, 3
		if diff := cmp.Diff(c.want[2:5], ids(search(t, e, p))); diff != "" {
			t.Errorf("sort %q from the third on (-want +got)\n%s", c.sort, diff)
		}
		p.Offset = 6
		if page := search(t, e, p); page.Total != 6 || len(page.Hits) != 0 || !page.Next.IsZero() {
			t.Errorf("sort %q beyond the end: %d hits of %d, next %+v", c.sort, len(page.Hits), page.Total, page.Next)
		}
	}
}

func (s suite) cursor(t *testing.T) {
	docs := Corpus(5, 90)
	e := s.with(t, docs...)
	planner := newPlanner(analyzer(t), 5, docs)
	for _, sort := range []index.Sort{index.ByScore, index.ByNewest, index.ByOldest} {
		plans := []index.Plan{{Size: index.MaxSize}, plan(group(index.Should, word("i"), word("og")))}
		for range 10 {
			plans = append(plans, index.Plan{Groups: planner.plan().Groups})
		}
		for _, p := range plans {
			p.Sort, p.Size = sort, index.MaxSize
			whole := search(t, e, p)
			if !whole.Next.IsZero() {
				t.Fatalf("%s: next %+v after the last hit", show(p), whole.Next)
			}
			p.Size = 7
			if diff := cmp.Diff(ids(whole), pages(t, e, p, whole.Total)); diff != "" {
				t.Errorf("%s: page by page (-whole +paged)\n%s", show(p), diff)
			}
		}
	}
}

// pages follows the cursor to the end.
func pages(t *testing.T, e index.Engine, p index.Plan, total int) []string {
	t.Helper()
	all := []string{}
	for range total/p.Size + 1 {
		page := search(t, e, p)
		all = append(all, ids(page)...)
		if page.Total != total {
			t.Errorf("%s: total %d on a further page, was %d", show(p), page.Total, total)
		}
		if page.Next.IsZero() {
			return all
		}
		p.After = page.Next
	}
	return append(all, "and so on")
}

func (s suite) terms(t *testing.T) {
	e := s.with(t,
		index.Document{ID: "1", Body: "ab abba bo"},
		index.Document{ID: "2", Body: "abba abba åben"},
		index.Document{ID: "3", Body: "ab abba bo"},
		index.Document{ID: "4", Body: "bo åben ny"},
	)
	apply(t, e, index.Batch{Deletes: []string{"3"}, Seq: 2})
	compact(t, e)
	cases := []struct {
		prefix string
		n      int
		want   []index.Term
	}{
		{"ab", 10, []index.Term{{Text: "abba", Docs: 2}, {Text: "ab", Docs: 1}}},
		{"ab", 1, []index.Term{{Text: "abba", Docs: 2}}},
		{"", 4, []index.Term{{Text: "abba", Docs: 2}, {Text: "bo", Docs: 2}, {Text: "åben", Docs: 2}, {Text: "ab", Docs: 1}}},
		{"å", 10, []index.Term{{Text: "åben", Docs: 2}}},
		{"zz", 10, nil},
		{"ab", 0, nil},
	}
	for _, c := range cases {
		got, err := e.Terms(t.Context(), index.Exact, c.prefix, c.n)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("terms with %q, at most %d: %v, %v; want %v", c.prefix, c.n, got, err, c.want)
		}
	}
	asked := []string{"bo", "zz", "abba", "bo"}
	if got, err := e.DocFreq(t.Context(), index.Exact, asked); err != nil || !slices.Equal(got, []int{2, 0, 2, 2}) {
		t.Errorf("document frequencies of %q: %v, %v", asked, got, err)
	}
}
