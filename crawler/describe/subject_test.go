package describe_test

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestATopicIsWhatADocumentIsAboutNotWhatItMentions: the same words count in a title, early or repeated, and not in passing.
func TestATopicIsWhatADocumentIsAboutNotWhatItMentions(t *testing.T) {
	d := describer(t)
	about := strings.Repeat("De vedtog regnskabet, valgte en kasserer og takkede den afgående formand for indsatsen i udvalget. ", 14)
	for _, tc := range []struct {
		name string
		doc  index.Document
		want bool
	}{
		{"in the title", index.Document{Title: "Motorik i hverdagen", Body: about}, true},
		{"early and again", index.Document{Title: "Fra mødet", Body: "Motorik var emnet. Motorikken øves bedst ude. " + about}, true},
		{"repeated later", index.Document{Title: "Fra mødet", Body: about + strings.Repeat("Motorikken blev øvet i salen. ", 8)}, true},
		{"one word late", index.Document{Title: "Fra mødet", Body: about + "En spurgte også til motorik."}, false},
		{"one phrase late", index.Document{Title: "Fra mødet", Body: about + "En spurgte også til fysisk aktivitet."}, false},
		{"words that only support, in the title", index.Document{Title: "Vand og balance", Body: about}, false},
		{"words that only support, repeated", index.Document{Title: "Fra mødet", Body: about + strings.Repeat("Vi løber, og vi hopper. ", 8)}, false},
	} {
		tc.doc.Lang.Value = "da"
		d.Describe(&tc.doc, partners.Source{ID: "x", Name: "X", Sector: "civilsamfund"})
		if got := slices.Contains(slugs(tc.doc.Topics), "krop-og-motorik"); got != tc.want {
			t.Errorf("%s: %v, want %v (%+v)", tc.name, got, tc.want, tc.doc.Topics)
		}
	}
}
