package page

import (
	"testing"

	"smaabornsviden/index/query"
	"smaabornsviden/server/tongue"
)

func TestEveryNoteIsTold(t *testing.T) {
	for kind, q := range map[query.NoteKind]string{
		query.NoteQuote: `leg "sprog`, query.NoteParenthesis: "(leg", query.NoteDangling: "leg AND", query.NoteOrField: "leg OR type:debat",
		query.NoteMixed: "leg AND sprog OR tale", query.NoteUnknownField: "foo:bar", query.NoteShortPrefix: "sp*",
		query.NoteEmptyField:   "forfatter:",
		query.NoteStarInQuotes: `"tidlig inds*"`,
	} {
		notes := query.Notes(q)
		if len(notes) != 1 || notes[0].Kind != kind {
			t.Errorf("Notes(%q) = %+v, want %s", q, notes, kind)
		}
		for _, in := range []tongue.Tongue{tongue.Danish, tongue.English} {
			if got := syntax(in, notes); len(got) != 1 {
				t.Errorf("%s: %d sentences, want one", kind, len(got))
			}
		}
	}
}
