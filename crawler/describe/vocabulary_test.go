package describe_test

import (
	"slices"
	"strings"
	"testing"
)

// filler is text about nothing of the field.
var filler = strings.Repeat("De vedtog regnskabet og takkede den afgående kasserer. ", 9)

// TestTopicsAreToldInTheWordsOfTheirReaders: what parents, town halls and researchers call a thing puts a text under its topic.
func TestTopicsAreToldInTheWordsOfTheirReaders(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ title, body, slug string }{
		{"Fattigdom sætter sig tidligt", "Flere vokser op i fattigdom. " + filler, "udsatte-positioner"},
		{"Fattigdom sætter sig tidligt", "Flere vokser op i fattigdom. " + filler, "lige-muligheder"},
		{"National curricula compared", "Five countries have rewritten their national curricula. The curricula differ. ", "laereplan"},
		{"Når raserianfaldet kommer", "I trodsalderen kan et nej til en sut give et raserianfald. Bliv hos barnet. " + filler, "trivsel"},
		{"Den første tid", "Aflever på samme måde hver morgen. Vi kører barnet ind over to uger, og indkøringen følger barnet. " + filler, "overgange"},
		{"Besøg efter fødslen", "Barnet bliver vejet og målt, og vi taler om amning og vaccinationer. " + filler, "sundhedspleje"},
		{"Hvor mange er der på arbejde?", "Der er 3,2 børn pr. voksen. Vi mangler hænder, og vikarbudgettet er brugt. " + filler, "normering"},
		{"Tilskud til træning", "Har dit barn nedsat funktionsevne, kan I få dækket tabt arbejdsfortjeneste ved hjemmetræning. " + filler, "saerlige-behov"},
		{"Vi hjælper hjemme hos jer", "En familieven er frivillig. Familievennerne kommer fra foreningslivet. " + filler, "civilsamfund"},
		{"Tilsynsbesøg", "Det pædagogiske tilsyn ser på læringsmiljøet. Tilsynet er uanmeldt. " + filler, "kvalitet"},
		{"Ordet er frit", "Sæt ord på det, barnet peger på, og læs højt hver aften. Så kommer de første ord. " + filler, "sprog"},
		{"Ingen at lege med", "Et barn, der bliver holdt udenfor, skal have hjælp til at få venner. " + filler, "sociale-kompetencer"},
		{"Lær den lille at gå", "Læg barnet på maven på gulvet. Mavetid styrker nakken, så barnet kan kravle. " + filler, "krop-og-motorik"},
		{"Et barn i pleje", "Plejeforældre tager imod et barn, der er anbragt uden for hjemmet. " + filler, "anbringelse"},
	} {
		doc := described(d, tc.title, tc.body)
		if strings.Contains(tc.title, "curricula") {
			doc.Lang.Value = "en"
		}
		if !slices.Contains(slugs(doc.Topics), tc.slug) {
			t.Errorf("%s: %v, want %s too", tc.title, slugs(doc.Topics), tc.slug)
		}
	}
}

// TestAWordThatOnlyContainsATermIsNotThatTerm: "livskvalitet" is no quality of day care, nor is an age a place or a stretch of life.
func TestAWordThatOnlyContainsATermIsNotThatTerm(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ title, body, slug string }{
		{"Livskvalitet", "Livskvalitet for alle. Det giver livskvalitet. ", "kvalitet"},
		{"Spørgsmål til Datatilsynet", "Datatilsynet svarer. Datatilsynet har ret. ", "kvalitet"},
		{"Nyt fra børnehaveklassen", "Børnehaveklassen begynder i august. Børnehaveklasselederen hedder Bo. ", "boernehave"},
		{"Syge i førskolealderen", "Børn i førskolealderen er syge ti dage om året. Førskolealderen er hård. ", "skoleparathed"},
		{"0-2-årige i tal", "Der er 60.000 0-2-årige. De 0-2-årige bliver færre. ", "vuggestue"},
		{"0-2-årige i tal", "Der er 60.000 0-2-årige. De 0-2-årige bliver færre. ", "de-foerste-1000-dage"},
		{"Ledig stilling", "Stillingen er knyttet til staben. Konsulenten tilknyttes et team, der er tilknyttet direktionen. ", "tilknytning"},
		{"Faren lurer", "Faren for brand er stor. Faren blev opdaget. ", "foraeldreskab"},
		{"Det er en mulighed", "Det er en mulighed for alle. Det var en mulighed. ", "lige-muligheder"},
		{"Klagefrist", "Ydelsen gives indtil skolestart. Efter skolestart ophører den ikke, men før skolestart søges der på ny. ", "overgange"},
		{"Et år i udvalget", "Hun gør en forskel. Det gør en forskel. ", "evaluering-og-effekt"},
		{"Et forsøg på forlig", "Et forsøg på forlig mislykkedes. Forsøget gentages. ", "evaluering-og-effekt"},
		{"Han kommer fra skoven", "Der er kapacitet til det hele, siger foreningen. ", "civilsamfund"},
		{"De store tal", "I kontrolgruppen var der ingen forskel, skriver han. ", "evaluering-og-effekt"},
	} {
		doc := described(d, tc.title, tc.body+filler)
		if slices.Contains(slugs(doc.Topics), tc.slug) {
			t.Errorf("%s: under %s: %+v", tc.title, tc.slug, doc.Topics)
		}
	}
}

// TestDifferentWordsWeighMoreThanOneRepeated: a text that says three things of a topic is more about it than one that says one thing
// three times.
func TestDifferentWordsWeighMoreThanOneRepeated(t *testing.T) {
	d := describer(t)
	weight := func(body string) float64 {
		doc := described(d, "Nyt fra byen", body+filler)
		for _, topic := range doc.Topics {
			if topic.Slug == "overgange" {
				return topic.Weight
			}
		}
		return 0
	}
	once, several := weight("Indkøring, indkøring og indkøring. "), weight("Indkøring, tilvænning og overgange. ")
	if once == 0 || several <= once {
		t.Errorf("three words weigh %v, one word three times %v", several, once)
	}
}
