package answer

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

func TestQueriesPointToWhatTheyName(t *testing.T) {
	p := NewPointers(analyzer(t))
	days := Pointer{Slug: "de-foerste-1000-dage", Label: "De første 1.000 dage"}
	language := Pointer{Slug: "sprog", Label: "Sprog"}
	pledge := Pointer{Programme: true, Slug: "smaabornsloeftet", Label: "Småbørnsløftet"}
	p.Add(days, "1.000 dage")
	p.Add(language, "sprog")
	p.Add(pledge, "Småbørnsløftet")
	for query, want := range map[string][]Pointer{
		"1000 dage":                         {days},
		"hvad er 1.000 dage":                {days},
		"sproget":                           {language},
		"sprog i vuggestuen":                nil, // one word among others names no topic
		"småbørnsløftet":                    {pledge},
		"evaluering af Småbørnsløftets mål": {pledge}, // a name is a name wherever it stands
		"småbornsløftet":                    nil,
		"":                                  nil,
		"???":                               nil,
	} {
		if diff := cmp.Diff(want, p.Find(query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestHintsAreOfferedWhereTheyLeaveSomething(t *testing.T) {
	a := analyzer(t)
	facets := []Facet{
		{Name: index.FacetType, Values: []Value{{Value: "forskning", Count: 4}, {Value: "debat", Count: 0}}},
		{Name: index.FacetAge, Values: []Value{{Value: "3-5-aar", Count: 3}, {Value: "1-2-aar", Count: 9}}},
	}
	for text, want := range map[string][]FilterChip{
		"forskning om leg 3-5 år": {{index.FacetType, "forskning"}, {index.FacetAge, "3-5-aar"}},
		"leg for 3-5-årige":       {{index.FacetAge, "3-5-aar"}},
		"debat om leg":            nil,
		"forskning":               nil, // it is what is searched for
		"leg 1-2 år":              nil, // all hits are of that age
		"leg":                     nil,
	} {
		_, understood := query.Draft(a, nil, text, nil)
		ans := Answer{Question: Question{Text: text}, Total: 9, Facets: facets, Understood: understood}
		if diff := cmp.Diff(want, ans.hints()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
