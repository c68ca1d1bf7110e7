package query

import "testing"

func TestOperatorsInSmallLettersAreOfferedInCapitals(t *testing.T) {
	s := searcher(t, "Leg.", "Leg og sprog.", "Vuggestue. Dagpleje.")
	for q, want := range map[string]string{
		"leg ikke sprog":                       "leg IKKE sprog",
		"vuggestue eller dagpleje":             "vuggestue ELLER dagpleje",
		"leg eller sprog ikke dagpleje":        "leg ELLER sprog IKKE dagpleje",
		"leg IKKE sprog":                       "",
		"leg og sprog":                         "",
		"ikke leg":                             "",
		"leg ikke":                             "",
		"\"leg ikke sprog\"":                   "",
		"børn der ikke sover":                  "",
		"hvad gør jeg når mit barn ikke sover": "",
	} {
		if ans, _ := search(t, s, q); ans.Understood.Operators != want {
			t.Errorf("%s: offered %q, want %q", q, ans.Understood.Operators, want)
		}
	}
}
