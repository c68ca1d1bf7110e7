package query

import (
	"strings"
	"testing"

	"smaabornsviden/index"
)

// gramsOf are the 4-grams that a plan looks for.
func gramsOf(p index.Plan) string {
	var out []string
	for _, g := range p.Groups {
		if a := g.Alts[0]; a.Field == index.Grams {
			out = append(out, a.Terms...)
		}
	}
	return strings.Join(out, " ")
}

func TestAnEnglishWordThatNoDanishTextHasLiftsByItsDanishLetters(t *testing.T) {
	for _, tt := range []struct{ query, want, not string }{
		{"kindergarten", "rneh", "kind"},
		{"kindergarten and school", "skol", "hool"},
		{"børnehave", "rneh", "kind"},
		{"Kinderdijk", "kind", "rneh"}, // the vocabulary has nothing for it
	} {
		s := searcher(t, "Skolen og børnehaven.", "Overgang fra børnehave til skole.", "en|A school and a kindergarten.")
		ans, _ := search(t, s, tt.query)
		if got := gramsOf(ans.Plan); !strings.Contains(got, tt.want) || strings.Contains(got, tt.not) {
			t.Errorf("%q looks for %s, want %s and not %s", tt.query, got, tt.want, tt.not)
		}
	}
}

func TestATermWrittenApartIsOneWhereTextsHaveItsSynonym(t *testing.T) {
	s := searcher(t, "Om fødselsdepression.", "En depression.", "Efter fødslen.")
	ans, ids := search(t, s, "efterfødsels depression")
	if w := ans.Understood.Words; len(w) != 1 || w[0].Kind != index.Joined || !strings.HasPrefix(ids, "a") {
		t.Errorf("finds %s by %+v, want the text with the synonym by the compound", ids, w)
	}
}
