package describe

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/index"
)

// TestAListOfMunicipalitiesIsHeldWhole: each of a few that are named together is a place, unless one is told far more of; many are none.
func TestAListOfMunicipalitiesIsHeldWhole(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, title, body, want string }{
		{"one", "Forsøg i Skive Kommune", "Forsøget er nyt.", "Skive"},
		{"a list with one Kommune", "Forsøg i Guldborgsund, Haderslev, Vejle og Skive Kommune", "Forsøget er nyt.", "Guldborgsund, Haderslev, Vejle, Skive"},
		{"a list in the text", "Forsøg", "Guldborgsund, Haderslev, Vejle og Skive Kommune er med i forsøget.", "Guldborgsund, Haderslev, Vejle, Skive"},
		{"a list of kommuner", "Forsøg", "Gladsaxe, Herlev og Ballerup kommuner er med i forsøget.", "Gladsaxe, Herlev, Ballerup"},
		{"a list in the genitive", "Forsøg", "Det er Gladsaxe, Herlev og Ballerup Kommunes forsøg.", "Gladsaxe, Herlev, Ballerup"},
		{"two", "Forsøg i Vejle og Skive Kommune", "Forsøget er nyt.", "Vejle, Skive"},
		{"two and a slash", "Forsøg i Vejle/Skive Kommune", "Forsøget er nyt.", "Vejle, Skive"},
		{"three joined by commas", "Forsøg i Gladsaxe, Herlev, Ballerup Kommuner", "Forsøget er nyt.", "Gladsaxe, Herlev, Ballerup"},
		{"kommunerne in front", "Forsøg i kommunerne Vejle, Odder og Skive", "Forsøget er nyt.", "Vejle, Odder, Skive"},
		{"one of the list is told more of", "Forsøg i Skive", "Vejle og Skive Kommune er med. Skive Kommune begynder. I Skive Kommune er alt klar. Skive Kommune betaler.", "Skive"},
		{"each with its own Kommune", "Sprog", "Forsøget er i Ishøj Kommune og Albertslund Kommune.", "Ishøj, Albertslund"},
		{"names that are words too", "Ekstra besøg", "Vejen og Varde Kommuner har siden 2020 besøgt familier.", "Vejen, Varde"},
		{"two that are far apart", "Besøg", "Vejle Kommune har været på besøg for at se, hvordan det går. Det var en god dag i Skive Kommune.", ""},
		{"one beside the list is told as much of", "Besøg", "Vejle og Skive Kommune er med. Odder Kommune er vært for mødet.", ""},
		{"more than a few", "Forsøg", "Vejle, Odder, Skive, Herlev, Ishøj og Gladsaxe Kommuner er med i forsøget.", ""},
		{"a town in its municipality", "Jelling, Vejle Kommune", "Forsøget er nyt.", "Vejle"},
		{"a clause behind a comma", "Forsøg", "Hun er fra Odense, og Skive Kommune betaler. Skive Kommune er glad.", "Skive"},
	} {
		doc := described(d, tc.title, tc.body)
		checkDerived(t, tc.name, doc.Place, tc.want)
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
		doc := described(d, tc.title, tc.body)
		checkDerived(t, tc.name, doc.Audience, tc.want)
	}
}

// TestNamesOfPeopleAndInstitutesAreNoPlaces: a municipality is meant where nothing makes its name a part of another.
func TestNamesOfPeopleAndInstitutesAreNoPlaces(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, title, body, want string }{
		{"a surname", "Anna Fanø skriver om leg", "Anna Fanø er pædagog. Anna Fanø har skrevet en bog.", ""},
		{"a surname behind a title", "Ny bog om leg", "Forsker Anna Fanø har skrevet den. Lektor Anna Fanø er glad.", ""},
		{"a surname behind an initial", "Ny bog om leg", "A. Herning har skrevet den. Hør A. Herning tale.", ""},
		{"a surname in a list", "Leg. Af Bo Lund og Eva Viborg", "Eva Viborg og Bo Lund har skrevet.", ""},
		{"a university", "Forsker fra Aalborg Universitet får pris", "Aalborg Universitet er glad.", ""},
		{"a university in English", "Play", "Researchers at Aarhus University. Aarhus University is pleased.", ""},
		{"a university of Copenhagen", "Studie fra Københavns Universitet", "Københavns Universitet står bag.", ""},
		{"a hospital", "Studie fra Odense Universitetshospital", "Odense Universitetshospital står bag.", ""},
		{"a college", "Ny rektor på Københavns Professionshøjskole", "Københavns Professionshøjskole har fået en ny rektor.", ""},
		{"a paper", "Viborg Stifts Folkeblad skriver om leg", "Det skriver Viborg Stifts Folkeblad.", ""},
		{"a publisher", "Ny bog fra Aarhus Universitetsforlag", "Aarhus Universitetsforlag udgiver den.", ""},

		{"a town", "Leg i Aalborg", "Børn i Aalborg leger.", "Aalborg"},
		{"a town that opens", "Fanø har fået en legeplads", "Legepladsen på Fanø er ny.", "Fanø"},
		{"a town behind a capital preposition", "Ny legeplads", "I Viborg er der leg. I Viborg er der sang. På legepladsen i Viborg er der mad.", "Viborg"},
		{"a municipality behind a name", "Leg i Vejle Kommune", "Anna Fanø er pædagog i Vejle Kommune.", "Vejle"},
		{"a town with its university", "Leg i Aalborg", "Børn i Aalborg leger, siger en forsker fra Aalborg Universitet.", "Aalborg"},
		{"a town's own nursery", "Aarhus Kommunes vuggestuer", "Vuggestuerne i Aarhus er fulde.", "Aarhus"},
		{"a town behind a comma", "Solsikken, Herning", "Børnehaven i Herning er ny.", "Herning"},
	} {
		doc := described(d, tc.title, tc.body)
		checkDerived(t, tc.name, doc.Place, tc.want)
	}
}

// TestNamesOfPeopleAreNoTopics: a surname that is a word says nothing of what a text is about.
func TestNamesOfPeopleAreNoTopics(t *testing.T) {
	d := describer(t)
	const body = " har fået en pris for sit arbejde. Prisen er på 5.000 kr., og den blev givet i går på et møde i Ry."
	for name, want := range map[string]bool{
		"Lise Sprog" + body + " Lise Sprog er glad.":                           false,
		"Lise Sprog: Jeg er glad\nLise Sprog" + body:                           false,
		"Pris til Lise Sprog\nPrisen gik til Lise Sprog.":                      false,
		"Pris til lektor Lise M. Sprog\nLise M. Sprog" + body:                  false,
		"LISE SPROG FÅR PRIS\nLise Sprog" + body:                               false,
		"Professor Sprog får pris\nProfessor Sprog" + body + " Sprog er glad.": false,
		"Lise Sprog Hansen får pris\nLise Sprog Hansen" + body:                 false,
		"Sprog hos små børn\nBørns sprog vokser hver dag.":                     true,
		"Små børns sprog\nSprog er vigtigt, og sproget vokser.":                true,
		"Lise Lund: Sprog er leg\nSprog vokser, når vi taler. Børns sprog.":    true,
		"Leg, sprog og mad\nBørns sprog vokser hver dag. Sprog er leg.":        true,
		"SPROG I VUGGESTUEN\nBørns sprog vokser hver dag.":                     true,
		"Ny bog om Sprog og Leg\nBørns sprog vokser hver dag. Sprog er leg.":   true,
	} {
		title, text, ok := strings.Cut(name, "\n")
		if !ok {
			title, text = "Pris til forsker", name
		}
		doc := described(d, title, text)
		got := slices.ContainsFunc(doc.Topics, func(x index.Topic) bool { return x.Slug == "sprog" }) || slices.ContainsFunc(doc.Themes, func(x index.Topic) bool { return x.Slug == "kommunikation-og-sprog" })
		if got != want {
			t.Errorf("%q: about language %v, want %v (%+v)", name, got, want, doc.Topics)
		}
	}
}
