package describe

import (
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

func TestAudienceIsWhomATextSpeaksToNotOf(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, title, body, want string }{
		{"an address", "Søvn", "Læg dit barn på ryggen. Hold værelset køligt.", "Forældre"},
		{"given to a list", "Sprogvurdering", "Vejledningen er til pædagoger, dagplejere og sprogkonsulenter.", "Pædagoger, Dagplejere"},
		{"a title", "Ti råd til frivillige", "Kom til tiden.", "Frivillige"},
		{"a named audience", "Kursus", "Målgruppe: sundhedsplejersker.", "Sundhedsplejersker"},
		{"parents as the subject", "Caféer", "Caféerne er åbne for alle familier. Forældrene siger, at de får venner til barnet.", ""},
		{"what goes to a mother", "Screening", "Besøget går til moren, og skemaet er til at forstå.", ""},
		{"a possessive that only sounds like an address", "Besøg", "Sundhedsplejens besøg i barnets første tid og i graviditeten.", ""},
		{"a new sentence", "Møde", "Vi har råd til det. Forældre kommer klokken tre.", ""},
	} {
		doc := index.Document{Title: tc.title, Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x"})
		if doc.Audience.Value != tc.want || (tc.want == "") != (doc.Audience.Quote == "") {
			t.Errorf("%s: %q (%q), want %q", tc.name, doc.Audience.Value, doc.Audience.Quote, tc.want)
		}
	}
}
