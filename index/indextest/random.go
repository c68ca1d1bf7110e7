package indextest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"

	gocmp "github.com/google/go-cmp/cmp"
)

// How much the comparison with the reference takes: a few seconds for an engine on this machine.
const (
	randomDocs  = 240
	randomPlans = 340
)

func (s suite) random(t *testing.T) {
	a := analyzer(t)
	oracle, engine := NewOracle(a), s.open(t)
	batches := history(randomDocs)
	for _, b := range batches {
		apply(t, engine, b)
		apply(t, oracle, b)
	}
	planner := newPlanner(a, 11, Corpus(21, randomDocs))
	var plans []index.Plan
	for range randomPlans {
		plans = append(plans, planner.plan())
	}
	kinds := map[string]int{}
	answers := make([]answer, len(plans))
	for i, p := range plans {
		answers[i] = oracle.answer(t, p)
		count(kinds, p, answers[i])
		if got := search(t, engine, p).Total; got != len(answers[i].hits) {
			t.Errorf("plan %d before compaction %s: total %d, want %d", i, show(p), got, len(answers[i].hits))
		}
	}
	compact(t, engine)
	for i, p := range plans {
		if diff := answers[i].difference(p, search(t, engine, p)); diff != "" {
			t.Errorf("plan %d %s:\n%s", i, show(p), diff)
		}
	}
	enough(t, kinds)
}

// answer is all that the reference finds for a plan.
type answer struct {
	hits   []index.Hit
	facets []index.Facet
}

func (o *Oracle) answer(t *testing.T, p index.Plan) answer {
	t.Helper()
	hits, facets, err := o.all(&p)
	if err != nil {
		t.Fatalf("reference answers %s: %v", show(p), err)
	}
	return answer{hits, facets}
}

// history puts documents in several batches, replaces some and deletes some.
func history(n int) []index.Batch {
	docs := Corpus(21, n)
	changed := Corpus(22, n)
	var batches []index.Batch
	for chunk := range slices.Chunk(docs, 50) {
		batches = append(batches, index.Batch{Seq: uint64(len(batches) + 1), Puts: chunk})
	}
	last := index.Batch{Seq: uint64(len(batches) + 1)}
	for i := range docs {
		switch i % 9 {
		case 3:
			changed[i].ID = docs[i].ID
			last.Puts = append(last.Puts, changed[i])
		case 7:
			last.Deletes = append(last.Deletes, docs[i].ID)
		}
	}
	return append(batches, last)
}

// difference says how a page differs from the answer, "" when it does not. Hits whose scores are as good as
// equal may stand in any order.
func (a answer) difference(p index.Plan, got index.Page) string {
	all := a.hits
	if got.Total != len(all) {
		return fmt.Sprintf("total %d, want %d", got.Total, len(all))
	}
	if diff := gocmp.Diff(a.facets, got.Facets); diff != "" {
		return "facets (-want +got)\n" + diff
	}
	want := all[min(p.Offset, len(all)):]
	want = want[:min(p.Size, len(want))]
	if len(want) != len(got.Hits) {
		return fmt.Sprintf("%d hits, want %d", len(got.Hits), len(want))
	}
	if (len(want) > 0 && p.Offset+len(want) < len(all)) == got.Next.IsZero() {
		return fmt.Sprintf("next is %+v after %d of %d hits", got.Next, p.Offset+len(want), len(all))
	}
	known := map[string]index.Hit{}
	for _, h := range all {
		known[h.Doc.ID] = h
	}
	for i, h := range got.Hits {
		if diff := differs(p, want[i], h, known[h.Doc.ID]); diff != "" {
			return fmt.Sprintf("hit %d, %s: %s", i, h.Doc.ID, diff)
		}
	}
	return ""
}

// differs compares the hit at some place with the one that should be there, and with what the reference knows of it.
func differs(p index.Plan, place, got, known index.Hit) string {
	switch {
	case known.Doc.ID == "":
		return "is no hit"
	case !near(known.Score, got.Score):
		return fmt.Sprintf("score %v, want %v", got.Score, known.Score)
	case p.Sort == index.ByScore && !near(place.Score, got.Score):
		return fmt.Sprintf("score %v at this place, want %v", got.Score, place.Score)
	case p.Sort != index.ByScore && place.Doc.ID != got.Doc.ID:
		return "should be " + place.Doc.ID
	case p.Explain != (got.Why != nil) && len(known.Why) > 0:
		return "explanation missing or not asked for"
	}
	return whyDiffers(known.Why, got.Why)
}

// whyDiffers compares explanations. Of alternatives that score alike any may be named.
func whyDiffers(want, got []index.Because) string {
	if got == nil {
		return ""
	}
	if len(want) != len(got) {
		return fmt.Sprintf("explained by %+v, want %+v", got, want)
	}
	slices.SortFunc(got, func(a, b index.Because) int { return cmp.Compare(a.Group, b.Group) })
	for i := range want {
		same := want[i].Group == got[i].Group && near(want[i].Score, got[i].Score)
		if want[i].Alt == got[i].Alt {
			same = same && math.Abs(want[i].Freq-got[i].Freq) < 1e-4
		}
		if !same {
			return fmt.Sprintf("explained by %+v, want %+v", got[i], want[i])
		}
	}
	return ""
}

// count notes what a plan asks for, so that the comparison can be seen to cover it.
func count(kinds map[string]int, p index.Plan, found answer) {
	if len(found.hits) > 0 {
		kinds["found"]++
	}
	for _, g := range p.Groups {
		for _, a := range g.Alts {
			kinds[string(a.Field)]++
			if len(a.Terms) > 1 {
				kinds["phrase"]++
			}
			if a.Prefix {
				kinds["prefix"]++
			}
			if strings.Contains(a.Terms[0], "|") {
				kinds["stack"]++
			}
		}
	}
	if len(p.Filters) > 0 {
		kinds["filter"]++
	}
}

func enough(t *testing.T, kinds map[string]int) {
	t.Helper()
	for _, kind := range []string{"found", "exact", "lemma", "parts", "grams", "pairs", "title", "title_exact", "phrase", "prefix", "stack", "filter"} {
		if kinds[kind] < 30 {
			t.Errorf("only %d of %d plans have %s", kinds[kind], randomPlans, kind)
		}
	}
}
