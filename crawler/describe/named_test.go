package describe

import (
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

func TestNoneOfAListOfMunicipalitiesLeads(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, title, body, want string }{
		{"one", "Forsøg i Skive Kommune", "Forsøget er nyt.", "Skive"},
		{"a list with one Kommune", "Forsøg i Guldborgsund, Haderslev, Vejle og Skive Kommune", "Forsøget er nyt.", ""},
		{"a list in the text", "Forsøg", "Guldborgsund, Haderslev, Vejle og Skive Kommune er med i forsøget.", ""},
		{"a list of kommuner", "Forsøg", "Gladsaxe, Herlev og Ballerup kommuner er med i forsøget.", ""},
		{"a list in the genitive", "Forsøg", "Det er Gladsaxe, Herlev og Ballerup Kommunes forsøg.", ""},
		{"two", "Forsøg i Vejle og Skive Kommune", "Forsøget er nyt.", ""},
		{"two and a slash", "Forsøg i Vejle/Skive Kommune", "Forsøget er nyt.", ""},
		{"three joined by commas", "Forsøg i Gladsaxe, Herlev, Ballerup Kommuner", "Forsøget er nyt.", ""},
		{"kommunerne in front", "Forsøg i kommunerne Vejle, Odder og Skive", "Forsøget er nyt.", ""},
		{"one of the list is told more of", "Forsøg i Skive", "Vejle og Skive Kommune er med. Skive Kommune begynder. I Skive Kommune er alt klar. Skive Kommune betaler.", "Skive"},
		{"a town in its municipality", "Jelling, Vejle Kommune", "Forsøget er nyt.", "Vejle"},
		{"a clause behind a comma", "Forsøg", "Hun er fra Odense, og Skive Kommune betaler. Skive Kommune er glad.", "Skive"},
	} {
		doc := index.Document{Title: tc.title, Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x"})
		if doc.Place.Value != tc.want || (tc.want == "") != (doc.Place.Quote == "") {
			t.Errorf("%s: %q (%q), want %q", tc.name, doc.Place.Value, doc.Place.Quote, tc.want)
		}
	}
}

// TestATitleSpeaksToAGroupOnlyByAnAddress: what is given to families is told of them, not to them.
func TestATitleSpeaksToAGroupOnlyByAnAddress(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, title, body, want string }{
		{"a title that names what is given", "Hjemmebesøg til sårbare familier", "Tilbuddet er nyt.", ""},
		{"a title of visits", "Flere besøg til nye familier", "Tilbuddet er nyt.", ""},
		{"a title of money", "Penge til forældre på vej", "Satsen er ny.", ""},
		{"a title of posts", "Nye midler: flere sundhedsplejersker til gravide", "Satsen er ny.", ""},
		{"a title for a group", "Leg for pædagoger", "Kom til tiden.", "Pædagoger"},
		{"a title with knowledge", "Ny viden til ledere", "Kom til tiden.", "Ledere og konsulenter"},
		{"a title to you", "Til dig, der er pædagog", "Kom til tiden.", "Pædagoger"},
		{"a title to you behind more", "Brug sproget: til jer pædagoger", "Kom til tiden.", "Pædagoger"},
		{"a title behind a colon", "Søvn: til forældre", "Kom til tiden.", "Forældre"},
		{"a title that turns to somebody", "Hæftet henvender sig til dagplejere", "Kom til tiden.", "Dagplejere"},
	} {
		doc := index.Document{Title: tc.title, Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x"})
		if doc.Audience.Value != tc.want || (tc.want == "") != (doc.Audience.Quote == "") {
			t.Errorf("%s: %q (%q), want %q", tc.name, doc.Audience.Value, doc.Audience.Quote, tc.want)
		}
	}
}
