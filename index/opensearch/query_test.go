package opensearch

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"smaabornsviden/index"

	"github.com/google/go-cmp/cmp"
)

func asked(t *testing.T, p index.Plan) *query {
	t.Helper()
	q, err := newQuery(&p, func(_ index.Field, prefix string) ([]string, error) {
		return []string{prefix + "a", prefix + "b"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	j, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(j)
}

func TestReadingsBecomeTheQueriesThatScoreAsPackageRank(t *testing.T) {
	cases := []struct {
		name string
		alt  index.Alt
		want string
	}{
		{
			"a term",
			index.Alt{Field: index.Lemma, Terms: []string{"barn"}, Weight: .5},
			`{"dis_max":{"queries":[{"term":{"lemma":{"boost":0.5,"value":"barn"}}}]}}`,
		},
		{
			"a stack is the best of its terms",
			index.Alt{Field: index.Lemma, Terms: []string{"a|b"}, Weight: 1},
			`{"dis_max":{"queries":[{"term":{"lemma":{"boost":1,"value":"a"}}},{"term":{"lemma":{"boost":1,"value":"b"}}}]}}`,
		},
		{
			"a phrase",
			index.Alt{Field: index.Exact, Terms: []string{"a", "b"}, Weight: 1},
			`{"dis_max":{"queries":[{"match_phrase":{"exact":{"boost":1,"query":"a b"}}}]}}`,
		},
		{
			"a phrase with room",
			index.Alt{Field: index.Exact, Terms: []string{"a", "b"}, Weight: 1, Slop: 2},
			`{"dis_max":{"queries":[{"span_near":{"boost":1,"clauses":[{"span_term":{"exact":"a"}},{"span_term":{"exact":"b"}}],"in_order":true,"slop":2}}]}}`,
		},
		{
			"a prefix",
			index.Alt{Field: index.Exact, Terms: []string{"sp"}, Weight: 1, Prefix: true},
			`{"dis_max":{"queries":[{"term":{"exact":{"boost":1,"value":"spa"}}},{"term":{"exact":{"boost":1,"value":"spb"}}}]}}`,
		},
		{
			"one language",
			index.Alt{Field: index.Exact, Terms: []string{"a"}, Weight: 1, Lang: "da"},
			`{"bool":{"filter":[{"term":{"facet.sprog":"da"}}],"must":[{"dis_max":{"queries":[{"term":{"exact":{"boost":1,"value":"a"}}}]}}]}}`,
		},
	}
	for _, c := range cases {
		q := asked(t, index.Plan{Groups: []index.Group{{Alts: []index.Alt{c.alt}}}})
		if diff := cmp.Diff(c.want, asJSON(t, q.alt(0, 0))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestWhatNoDocumentCanHaveMatchesNothing(t *testing.T) {
	for _, terms := range [][]string{{"a b"}, {"|"}, {"a b", "c"}} {
		q := asked(t, index.Plan{Groups: []index.Group{{Alts: []index.Alt{{Field: index.Exact, Terms: terms, Weight: 1}}}}})
		if got := asJSON(t, q.group(0)); got != `{"match_none":{}}` {
			t.Errorf("%q became %s", terms, got)
		}
	}
}

func TestPrefixesCountTowardsTheBound(t *testing.T) {
	p := index.Plan{Groups: []index.Group{{Alts: []index.Alt{{Field: index.Exact, Terms: []string{"sp"}, Prefix: true}}}}}
	_, err := newQuery(&p, func(index.Field, string) ([]string, error) { return make([]string, index.MaxTerms+1), nil })
	if !errors.Is(err, index.ErrTooLarge) {
		t.Errorf("%v, want ErrTooLarge", err)
	}
}

func TestCountsLeaveTheirOwnFilterOut(t *testing.T) {
	q := asked(t, index.Plan{
		Facets: []string{index.FacetSource, index.FacetType},
		Filters: []index.Filter{
			{Facet: index.FacetSource, Values: []string{"a"}},
			{Facet: index.FacetLang, Values: []string{"da"}},
			{Facet: index.FacetType, Values: []string{"debat"}, Not: true},
		},
	})
	source, lang := `{"terms":{"facet.kilde":["a"]}}`, `{"terms":{"facet.sprog":["da"]}}`
	debate := `{"bool":{"must_not":[{"terms":{"facet.type":["debat"]}}]}}`
	cases := []struct{ what, got, want string }{
		{"filters that are not counted hold everywhere, and so do those that exclude", asJSON(t, q.plain()), "[" + lang + "," + debate + "]"},
		{"the counted one holds for hits", asJSON(t, q.others("")), "[" + source + "]"},
		{"and for other counts", asJSON(t, q.others(index.FacetType)), "[" + source + "]"},
		{"but not for its own", asJSON(t, q.others(index.FacetSource)), "[]"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, c.got, c.want)
		}
	}
}

func TestCursorsAreWrittenAsTheOrderWantsThem(t *testing.T) {
	cases := []struct {
		sort   index.Sort
		cursor index.Cursor
		want   string
	}{
		{index.ByScore, index.Cursor{Score: 1.5, ID: "a"}, `[1.5,"a"]`},
		{index.ByScore, index.Cursor{ID: "a"}, `[0,"a"]`},
		{index.ByNewest, index.Cursor{Day: 20200101, ID: "a"}, `[20200101,"a"]`},
		{index.ByNewest, index.Cursor{ID: "a"}, `[0,"a"]`},
		{index.ByOldest, index.Cursor{ID: "a"}, `[99999999,"a"]`},
	}
	for _, c := range cases {
		if got := asJSON(t, after(&index.Plan{Sort: c.sort, After: c.cursor})); got != c.want {
			t.Errorf("sort %q, %+v: got %s, want %s", c.sort, c.cursor, got, c.want)
		}
	}
}

func TestFrequenciesAreReadOutOfExplanations(t *testing.T) {
	leaf := func(query string, value, freq float64) explanation {
		return explanation{
			Value: value, Description: "weight(" + query + " in 12) [PerFieldSimilarity], result of:",
			Details: []explanation{{Value: value, Description: fmt.Sprintf("score(freq=%v), computed as boost * idf * tf from:", freq)}},
		}
	}
	root := explanation{Description: "sum of:", Details: []explanation{
		{Description: "max of:", Details: []explanation{leaf("exact:a", 2, 3), leaf(`exact:"a b"`, 1, 1)}},
		leaf("spanNear([exact:a, exact:b], 2, true)", .5, .5),
		{Description: "match on required clause, product of:"},
		{Description: "weight(broken"},
	}}
	found := map[string][]evidence{}
	root.collect(found)
	want := map[string]evidence{}
	for _, r := range []reading{{index.Exact, []string{"a"}, 0}, {index.Exact, []string{"a", "b"}, 0}, {index.Exact, []string{"a", "b"}, 2}} {
		want[r.String()] = evidence{}
		if len(found[r.String()]) != 1 {
			t.Errorf("%s: found %v", &r, found[r.String()])
		}
	}
	if len(found) != len(want) || found["exact:a"][0] != (evidence{2, 3}) {
		t.Errorf("found %v", found)
	}
}

func TestALiteralIsNoPattern(t *testing.T) {
	for given, want := range map[string]string{"børn": "børn", "a.b*": `a\.b\*`, `"#@&<>~`: `\"\#\@\&\<\>\~`, "c++": `c\+\+`} {
		if got := literal(given); got != want {
			t.Errorf("literal(%q) = %q, want %q", given, got, want)
		}
	}
}
