package answer

import (
	"strings"
	"testing"

	"smaabornsviden/index"
	"smaabornsviden/server/tongue"
)

// What a parameter may hold is listed as it may be written: by slug or by label.
func TestHintsListSlugsAndLabels(t *testing.T) {
	for param, want := range map[string]string{
		index.FacetType: "forskning, praksis, debat, nyhed, program (Program/indsats), vejledning (Lov/vejledning/strategi)",
		index.FacetAge:  "Før fødslen",
		"sort":          "nyeste (Nyeste først)",
	} {
		fault := Fault{Kind: NotAChoice, Param: param, Value: "x"}
		for _, in := range []tongue.Tongue{tongue.Danish, tongue.English} {
			if got := fault.Hint(in); !strings.Contains(got, want) {
				t.Errorf("%s in %s: %q, want %q", param, in, got, want)
			}
		}
	}
}
