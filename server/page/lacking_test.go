package page

import (
	"slices"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

func TestEveryPageSaysThatResultsMayLackWords(t *testing.T) {
	whole, lacks := []answer.Hit{{}}, []answer.Hit{{}, {Missing: []string{"sove"}}}
	research := answer.Question{Chosen: map[string][]string{index.FacetType: {"forskning"}}}
	for name, tc := range map[string]struct {
		ans  answer.Answer
		want []string
	}{
		"first page":       {answer.Answer{Hits: whole, Total: 56, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11}}, []string{"11 af 56 resultater har alle ordene. Resten mangler et eller flere."}},
		"later page":       {answer.Answer{Hits: lacks, Total: 56, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11}}, []string{"11 af 56 resultater har alle ordene. Resten mangler et eller flere."}},
		"let go":           {answer.Answer{Hits: lacks, Total: 1234, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11, LetGo: []string{"sove"}}}, []string{"11 af 1.234 resultater har alle ordene. Resten mangler et eller flere.", "Ingen af resultaterne har sove."}},
		"in no text":       {answer.Answer{Hits: lacks, Total: 12, Understood: query.Understood{Asked: 3, Needed: 1, LetGo: []string{"Autisme", "sove"}, Words: []query.Word{{Text: "autisme", Missing: true}, {Text: "sove"}}}}, []string{"Ingen tekst i samlingen har Autisme, heller ikke i andre former.", "Ingen af resultaterne har sove."}},
		"parts alone":      {answer.Answer{Hits: whole, Total: 43, Understood: query.Understood{Asked: 1, Needed: 1, Pieces: true, Words: []query.Word{{Text: "skærm tid"}}}}, []string{"Ingen tekst i samlingen har hele ordet. Vi viser tekster, der har en del af det."}},
		"none has all":     {answer.Answer{Hits: lacks, Total: 56, Understood: query.Understood{Asked: 2, Needed: 1}}, []string{"Ingen af resultaterne har alle ordene. Det står ved dem, hvad de mangler."}},
		"nothing let go":   {answer.Answer{Hits: whole, Total: 11, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11}}, nil},
		"all words needed": {answer.Answer{Hits: whole, Total: 56, Understood: query.Understood{Asked: 2, Needed: 2, Complete: 56}}, nil},
		"parts":            {answer.Answer{Hits: whole, Total: 27, Understood: query.Understood{Asked: 1, Needed: 1, Complete: 2, Pieces: true}}, []string{"Få tekster har hele ordet. Vi viser også tekster, der kun har en del af det."}},
		"parts together":   {answer.Answer{Hits: whole, Total: 7, Understood: query.Understood{Asked: 1, Needed: 1, Complete: 2, Near: true}}, []string{"Få tekster har hele ordet. Vi viser også tekster, der har dets dele tæt på hinanden."}},
		"filter":           {answer.Answer{Question: research, Hits: whole, Total: 30, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11}}, []string{"Et resultat behøver ikke have alle ordene. Det står ved dem, der mangler nogle."}},
		"filter and lack":  {answer.Answer{Question: research, Hits: lacks, Total: 30, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11}}, []string{"Nogle af resultaterne har ikke alle ordene. Det står ved dem."}},
		"typed filter":     {answer.Answer{Hits: whole, Total: 30, Understood: query.Understood{Asked: 2, Needed: 1, Complete: 11, Filters: []string{"type:forskning"}}}, []string{"Et resultat behøver ikke have alle ordene. Det står ved dem, der mangler nogle."}},
	} {
		u := tc.ans.Understood
		tc.ans.Loosened = u.Needed < u.Asked || u.Pieces || u.Near
		var got []string
		for _, s := range lacking(tongue.Danish, tc.ans) {
			text := ""
			for _, p := range s {
				text += p.Text
			}
			got = append(got, text)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: said %q, want %q", name, got, tc.want)
		}
	}
}
