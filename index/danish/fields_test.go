package danish

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFieldsFilledAgainAreThoseOfTheirTextAlone(t *testing.T) {
	a := analyzer(t)
	var again Fields
	for _, text := range []string{
		"Børne- og ungeområdet i Århus har 0-6-årige børn.", "", "sprogvurdering", "To ord, så tre ord, og så mange flere ord i én sætning.",
	} {
		a.Fill(&again, "Titel", text, "da")
		fresh := a.Fields("Titel", text, "da")
		if diff := cmp.Diff(fresh, again); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestTermsOfOneDocumentOutliveTheNext(t *testing.T) {
	a := analyzer(t)
	var f Fields
	a.Fill(&f, "", "sprog i hverdagen", "da")
	pairs := slices.Clone(f.Pairs.Terms)
	a.Fill(&f, "", "motorik om dagen", "da")
	if want := []Term{{"sprog_hverdag", 2}}; !slices.Equal(pairs, want) {
		t.Errorf("%v, want %v", pairs, want)
	}
}
