package describe

import (
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestASourceIsNoKindOfDocument: what an institute or a medium has about itself, its courses and its leisure pages is neither
// research nor news, and what stands beside them is.
func TestASourceIsNoKindOfDocument(t *testing.T) {
	const methods = "Centret arbejder kvalitativt med interview, observation og analyse af data i børns hverdag. "
	viden, news := partners.Source{ID: "v", Sector: "viden"}, partners.Source{ID: "m", Sector: "medie"}
	union := partners.Source{ID: "u", Sector: "fagforening"}
	dated := index.Date{Reason: index.Reason{Rule: "date-line", Quote: "3. maj 2021"}}
	signed := []string{"Anna Holm"}
	d := describer(t)
	for _, tc := range []struct {
		name string
		doc  index.Document
		src  partners.Source
		want string
	}{
		{"about a centre", index.Document{Title: "Om Center for Småbørn", Body: methods}, viden, "ukendt"},
		{"about a centre, below FORSKNING", index.Document{Title: "Om forskningsgruppen", Kicker: "Forskning", Body: methods}, viden, "ukendt"},
		{"about a centre by its address", index.Document{Title: "Center for Småbørn", URL: "https://v.example/om-os", Body: methods + "Empiri og hypotese."}, viden, "ukendt"},
		{"about a centre by its words", index.Document{Title: "Småbørn i fokus", Body: methods + "Centret blev oprettet i 2010. Vores forskere kommer fra flere fag. Kontakt os på hverdage. Empiri og hypotese."}, viden, "ukendt"},
		{"words of method that nobody signed", index.Document{Title: "Børns hverdag", Body: methods}, viden, "ukendt"},
		{"contact of an institute", index.Document{Title: "Kontakt | Institut for Leg", Body: methods}, viden, "ukendt"},
		{"a course", index.Document{Title: "Diplommodul i småbørnspædagogik", Body: "Du lærer om interview, observation og analyse. Modulet giver 10 ECTS.", Authors: signed}, viden, "ukendt"},
		{"a course by its address", index.Document{Title: "Metode for pædagoger", URL: "https://v.example/uddannelse/metode", Body: methods, Authors: signed}, viden, "ukendt"},
		{"a course by its words", index.Document{Title: "Småbørnspædagogik", Body: methods + "Du lærer at undersøge. Adgangskrav: en uddannelse. Der er eksamen hvert semester. Empiri og hypotese.", Authors: signed}, viden, "ukendt"},
		{"a calendar", index.Document{Title: "Arrangementer", Body: methods}, viden, "ukendt"},
		{"contact of a medium", index.Document{Title: "Kontakt redaktionen", Body: "Skriv til os om børn."}, news, "ukendt"},
		{"about a medium", index.Document{Title: "Om bladet", Body: "Bladet er for alle, siger redaktøren.", Published: dated}, news, "ukendt"},
		{"the house of a medium", index.Document{Title: "Barnet i dag", Body: "Ansvarshavende chefredaktør: Bo Lund. Tip redaktionen. Find os i Ry.", Authors: signed}, news, "ukendt"},
		{"a recipe", index.Document{Title: "Boller til børn", Body: "Til 8 personer: 3 dl mælk, 500 gram mel og 1 tsk salt. Ovnen på 200 grader.", Authors: signed}, news, "ukendt"},
		{"a recipe by its address", index.Document{Title: "Boller", URL: "https://m.example/opskrifter/boller", Body: "Rør og bag.", Published: dated}, news, "ukendt"},
		{"a quiz", index.Document{Title: "Quiz: Kender du børnesange?", Body: "Svar nu.", Published: dated}, news, "ukendt"},
		{"a quiz by its words", index.Document{Title: "Kender du børnesange?", Body: "Test din viden. Hvor mange rigtige får du?", Published: dated}, news, "ukendt"},
		{"a podcast by its address", index.Document{Title: "Leg", URL: "https://m.example/podcast/leg", Body: "Bo Lund taler om leg.", Published: dated}, news, "ukendt"},
		{"a broadcast by its date", index.Document{Title: "Leg", Body: "Sendt 3. maj 2021. 28 min.\nBo Lund taler om leg.", Published: dated}, news, "ukendt"},
		{"a podcast by its words", index.Document{Title: "Leg", Body: "I dette afsnit taler vært Bo Lund om leg i podcasten.", Published: dated}, news, "ukendt"},
		{"a page of a medium that nothing dates", index.Document{Title: "Børn", Body: "Alt om børn."}, news, "ukendt"},

		{"a webinar", index.Document{Title: "Webinar: Leg", Body: "Gratis. Et forløb for pædagoger. Tilmelding nu."}, viden, "ukendt"},
		{"a debate by its host", index.Document{Title: "Leg", URL: "https://debat.m.example/leg", Body: "Leg."}, news, "debat"},
		{"news by its host", index.Document{Title: "Leg", URL: "https://nyheder.k.example/leg", Body: "Leg."}, partners.Source{Sector: "kommune"}, "nyhed"},
		{"an activity by its address", index.Document{Title: "Leg", URL: "https://c.example/aktiviteter/leg", Body: "Leg."}, partners.Source{Sector: "civilsamfund"}, "praksis"},
		{"a practice that tells of a workshop", index.Document{Title: "Sådan holder vi workshop: Leg", Body: "Leg."}, partners.Source{Sector: "kommune"}, "praksis"},
		{"a town of two words", index.Document{Title: "Leg", URL: "https://nyheder.example/leg", Body: "Leg."}, partners.Source{Sector: "kommune"}, "ukendt"},
		{"research that somebody signed", index.Document{Title: "Børns hverdag", Body: methods, Authors: signed}, viden, "forskning"},
		{"an article on how to be about something", index.Document{Title: "Om børns leg", Body: methods, Authors: signed}, viden, "forskning"},
		{"research on education", index.Document{Title: "Evaluering af pædagoguddannelsen", Body: methods + "Undersøgelsen viser, at eksamen fylder, og at de studerende har et langt semester.", Published: dated}, viden, "forskning"},
		{"research below a house's own pages", index.Document{Title: "Leg og læring", URL: "https://v.example/om-os/publikationer/leg", Body: methods, Authors: signed}, viden, "forskning"},
		{"research on contact", index.Document{Title: "Kontakt mellem børn og voksne: et studie", Body: methods, Published: dated}, viden, "forskning"},
		{"research with headings", index.Document{Title: "Leg", Body: "Baggrund: Leg. Formål: Viden. Metode: Interview. Resultater: Leg. Konklusion: Mere leg."}, viden, "forskning"},
		{"news on a course", index.Document{Title: "Ny uddannelse på vej", URL: "https://v.example/nyheder/ny-uddannelse", Body: "Du lærer om leg."}, viden, "nyhed"},
		{"an association about its offer", index.Document{Title: "Lån legetøj", URL: "https://c.example/om-os", Body: "Vi låner ud.\nMålgruppe: Familier\nPeriode: 2015-"}, partners.Source{Sector: "civilsamfund"}, "program"},
		{"news on a podcast", index.Document{Title: "Far laver podcast om leg", Body: "Han sender den til alle, siger han.", Published: dated}, news, "nyhed"},
		{"news that is dated", index.Document{Title: "Flere børn i skoven", Body: "Børnene er ude.", Published: dated}, news, "nyhed"},
		{"news that is signed", index.Document{Title: "Om at være far", Body: "Fædre er hjemme.", Authors: signed}, news, "nyhed"},
		{"news that quotes", index.Document{Title: "Flere børn i skoven", Body: "Børnene er ude, siger lederen."}, news, "nyhed"},
		{"news on a quiz", index.Document{Title: "Børnehave vandt i quiz", Body: "Børnene er glade, siger lederen.", Published: dated}, news, "nyhed"},
		{"news on food", index.Document{Title: "Børnehaven bager boller", Body: "Børnene rører 3 dl mælk i, fortæller lederen.", Published: dated}, news, "nyhed"},

		{"a union's leading article", index.Document{Title: "Leder: Giv os tid", Body: "Der er travlt."}, union, "debat"},
		{"a paper's leading article", index.Document{Title: "Leder: Giv børn tid", Body: "Der er travlt.", Published: dated}, news, "debat"},
		{"a leading article on its first line", index.Document{Title: "Giv os tid", Body: "Leder: Der er travlt i dag."}, union, "debat"},
		{"a leader who speaks", index.Document{Title: "Dagtilbudsleder: Vi har travlt", Body: "Der er travlt, siger hun.", Published: dated}, news, "nyhed"},
		{"a leader of a town", index.Document{Title: "Leder: Vi har travlt", Body: "Der er travlt."}, partners.Source{Sector: "kommune"}, "ukendt"},
		{"a leader without a colon", index.Document{Title: "Leder i Ry vandt pris", Body: "Hun er glad, siger hun.", Published: dated}, news, "nyhed"},
	} {
		doc := tc.doc
		doc.Lang.Value = "da"
		if d.Describe(&doc, tc.src); doc.Type.Value != tc.want {
			t.Errorf("%s: %s by %s (%s), want %s", tc.name, doc.Type.Value, doc.Type.Rule, doc.Type.Quote, tc.want)
		}
	}
}
