package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// TestAQuotationIsShownPieceByPiece: only the words of the source stand in quotation marks.
func TestAQuotationIsShownPieceByPiece(t *testing.T) {
	for _, tc := range []struct {
		tongue      tongue.Tongue
		rule, quote string
		want        quotation
	}{
		{tongue.Danish, "type/praksis-hus", "Vi øver os i at vente · Hvad gør I · og 4 andre · kildens sektor: Kommune", quotation{[]string{"Vi øver os i at vente", "Hvad gør I"}, "og 4 andre steder", "kildens sektor: Kommune"}},
		{tongue.English, "type/praksis-hus", "Vi øver os · og 1 anden · kildens sektor: Kommune", quotation{[]string{"Vi øver os"}, "and 1 other place", "the source’s sector: Municipality"}},
		{tongue.Danish, "type/nyhed-sti", "/nyheder/", quotation{Beside: "adressen: /nyheder/"}},
		{tongue.Danish, "sted/adresse", "www.lindeby.example", quotation{Beside: "adressen: www.lindeby.example"}},
		{tongue.Danish, "maalgruppe/arbejde", "til stuemødet · I skal bruge: sand", quotation{Spans: []string{"til stuemødet", "I skal bruge: sand"}}},
		{tongue.Danish, "date-line", "Rapport · Maj 2020", quotation{Spans: []string{"Rapport · Maj 2020"}}},
		{tongue.Danish, index.Corrected, "Siden · er programmets", quotation{Spans: []string{"Siden · er programmets"}}},
		{tongue.Danish, "type/ingen-regel", "", quotation{}},
	} {
		if diff := cmp.Diff(tc.want, quotationOf(tc.tongue, index.Reason{Rule: tc.rule, Quote: tc.quote})); diff != "" {
			t.Errorf("%s %q: %s", tc.rule, tc.quote, diff)
		}
	}
}
