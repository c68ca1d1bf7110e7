package page

import (
	"strings"
	"testing"

	"smaabornsviden/index/programmes"
	"smaabornsviden/server/tongue"
)

// TestANumberSaysByWhomAndFromWhenItIs: a number without a date says so and when its source was read, never that as its date.
func TestANumberSaysByWhomAndFromWhenItIs(t *testing.T) {
	for _, tc := range []struct {
		figure          programmes.Figure
		danish, english string
	}{
		{programmes.Figure{Source: "Fonden", Date: "2022-09-01"}, "ifølge Fonden, 1. september 2022", "according to Fonden, 1 September 2022"},
		{programmes.Figure{Source: "Fonden", Date: "2022", Seen: "2026-11"}, "ifølge Fonden, 2022", "according to Fonden, 2022"},
		{programmes.Figure{Source: "Fonden", Seen: "2026-11"}, "ifølge Fonden, uden dato, set november 2026", "according to Fonden, undated, seen November 2026"},
		{programmes.Figure{Source: "Fonden", Seen: "2026-11", Period: "2020-2023"}, "ifølge Fonden, uden dato, set november 2026 (2020-2023)", "according to Fonden, undated, seen November 2026 (2020-2023)"},
		{programmes.Figure{Source: "Fonden"}, "ifølge Fonden, uden dato", "according to Fonden, undated"},
	} {
		for in, want := range map[tongue.Tongue]string{tongue.Danish: tc.danish, tongue.English: tc.english} {
			var got strings.Builder
			for _, p := range (&Pages{in: in}).figures([]programmes.Figure{tc.figure}, nil)[0].Origin {
				got.WriteString(p.Text)
			}
			if got.String() != want {
				t.Errorf("%+v: %q, want %q", tc.figure, got.String(), want)
			}
		}
	}
}
