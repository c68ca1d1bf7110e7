package page

import (
	"slices"
	"testing"

	"smaabornsviden/index/danish"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
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

func TestThePageSaysHowLogicWasRead(t *testing.T) {
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	_, u := query.Build(a, "motorik ELLER (leg IKKE dagpleje)")
	for in, want := range map[tongue.Tongue]string{
		tongue.Danish:  "Vi læser søgningen sådan: motorik OR (leg AND NOT dagpleje). Det skal passe helt.",
		tongue.English: "We read the search like this: motorik OR (leg AND NOT dagpleje). It has to fit exactly.",
	} {
		var got []string
		for _, s := range understood(in, answer.Answer{Understood: u}) {
			text := ""
			for _, p := range s {
				text += p.Text
			}
			got = append(got, text)
		}
		if !slices.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
