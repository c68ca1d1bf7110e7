package describe

import (
	"strings"
	"testing"
)

// TestAVagueWordIsOfSmallChildrenOnlyWhereItIsSaidOfThem: a superlative is no positive, and another noun makes it another's.
func TestAVagueWordIsOfSmallChildrenOnlyWhereItIsSaidOfThem(t *testing.T) {
	d := describer(t)
	for _, a := range []agedText{
		{"De unge får en ny klub", "De unge er med til at bestemme. De unge mødes hver uge.", "none"},
		{"Støtte til de små virksomheder", "De små virksomheder får støtte. Også de helt små firmaer.", "none"},
		{"De mindste kommuner betaler mest", "De mindste kommuner har få børn, og de små øer har ingen.", "none"},
		{"Klub for de yngste", "Klubben er for 13-15-årige. De yngste begynder om mandagen, og børnene og de unge glæder sig.", "none"},
		{"De yngste vælgere", "Unge på 15-24 år stemmer. De yngste bruger nettet.", "none"},
		{"Elever i 7.-10. klasse", "De yngste går i 7. klasse, de mindste børn er ikke med.", "none"},
		{"Teater for gymnasieelever", "De mindste børn sidder forrest i gymnasiet, siger en gymnasieelev.", "none"},
		{"Lege med de mindste", "Når børn leger, lærer de. De mindste kan være med, og alle børn synger.", "0..83"},
		{"Sange for de yngste børn", "Vi synger.", "0..83"},
		{"Kaffe til de små børn", "Vi synger.", "0..83"},
		{"Småbørn synger", "Småbørn elsker sang.", "0..83"},
		{"De tidligere år", "I de tidligere år gik det bedre. De tidligere år var gode.", "none"},
		{"De unge mødre", "Unge mødre med små børn mødes. De små børn leger, mens unge mødre taler.", "0..83"},
	} {
		a.check(t, d)
	}
}

// TestADegreeIsNotItsPositive: neither in a phrase nor in a text.
func TestADegreeIsNotItsPositive(t *testing.T) {
	for _, c := range []struct {
		word, lemma string
		want        bool
	}{
		{"yngste", "ung", true},
		{"unge", "ung", false},
		{"tidligere", "tidlig", true},
		{"tidlige", "tidlig", false},
		{"mindste", "lille", true},
		{"små", "lille", false},
		{"fattigste", "fattig", true},
		{"lærere", "lærer", false},
		{"børn", "barn", false},
		{"bedst", "bedst", false},
	} {
		if got := graded(c.word, c.lemma); got != c.want {
			t.Errorf("graded(%q, %q) = %v", c.word, c.lemma, got)
		}
	}
}

// TestOnePlaceInPassingIsNoAge: what was once a place, what is said not to be meant, and whom a text is for.
func TestOnePlaceInPassingIsNoAge(t *testing.T) {
	d := describer(t)
	for _, a := range []agedText{
		{"Nyt kontor åbner", "Firmaet får en direktør, som engang var leder af en vuggestue i Sorø.", "none"},
		{"Ny direktør", "Hun er tidligere leder af en vuggestue. Nu skal hun lede havnen.", "none"},
		{"Tidligere børnehave bliver til ældreboliger", "Den gamle børnehave på Skolevej bygges om. Børnehaven har stået tom. Børnehaven får nyt tag.", "none"},
		{"Boliger på Skolevej", "Byrådet lader den nedlagte børnehave ombygge til seniorboliger. Børnehaven stod tom. I børnehaven er der plads til tolv.", "none"},
		{"Havnens udvikling", "Rapporten er kort. Børnehave nævner de ikke.", "none"},
		{"Kursus i sorg", "Sundhedsplejersker, dagplejere og pædagoger kan melde sig.", "none"},
		{"Byens vej", "Vejen får ny asfalt. Der er også en børnehave i nærheden.", "none"},
		{"Sommerfest", "Vi holder fest. Børnehaven har åbent, og børnene synger.", "36..71"},
		{"Ny børnehave", "Den bliver bygget i foråret.", "36..71"},
		{"Leg i skoven", "Børnehaven tager i skoven hver dag.", "36..71"},
	} {
		a.check(t, d)
	}
}

// TestAPlaceForAllAgesIsNone: what is said of day care is mostly of staff, money and law; of which children, it does not tell.
func TestAPlaceForAllAgesIsNone(t *testing.T) {
	d := describer(t)
	for _, a := range []agedText{
		{"Tilsyn i dagtilbud", "Kommunen fører tilsyn med alle dagtilbud en gang om året. Rapporten sendes til bestyrelsen.", "none"},
		{"Lov om minimumsnormeringer", "Loven om normeringer i daginstitutioner er vedtaget. Kommunerne får fire år til det.", "none"},
		{"Børnehuset Regnbuen har fået nyt tag", "Børnehuset stod klar efter ferien.", "none"},
		{"Læreplanen i hverdagen", "De seks temaer i den styrkede pædagogiske læreplan gælder hele dagen.", "none"},
		{"Dagplejere i overenskomst", "Dagplejerne får mere i løn, siger fagforeningen.", "none"},
		{"Sange fra dagtilbud", "Vi har samlet sange for de mindste. De mindste synger med.", "0..83"},
		{"Leg i dagtilbud", "Vi besøgte fem dagtilbud. Børnene på 3-5 år legede mest ude.", "36..71"},
		{"Start i dagplejen", "Dagplejen tager imod barnet om formiddagen.", "0..35"},
		{"Børnehaveklasseleder", "Uddannelsen handler om leg i børnehaveklassen, og børnehaveklasselederen får et bevis.", "60..83"},
		{"For tidligt født", "Præmature børn er på neonatalafsnittet. Dit barn ligger i kuvøse.", "0..11"},
		{"Vuggestuens have", "I vuggestuen sår vi karse.", "0..35"},
	} {
		a.check(t, d)
	}
}

// TestAnAgeSaidOnceIsToldWhereTheTextIsOfFamilies: as uncertain, and as nothing where it is of other things.
func TestAnAgeSaidOnceIsToldWhereTheTextIsOfFamilies(t *testing.T) {
	d := describer(t)
	town := strings.Repeat("Byen har fået en ny plan for trafikken. ", 25)
	home := strings.Repeat("Barnet har brug for ro og en fast voksen. ", 25)
	for _, a := range []agedText{
		{"", home + "Besøgene slutter for børn på 2 år og derunder.", "0..35"},
		{"", town + "Besøgene slutter for børn på 2 år.", "none"},
		{"Udflugt", town + "\nMålgruppe: Børnehavebørn\n" + town, "36..71"},
		{"Udflugt", town + "Turen passer til børnehavebørn. " + town, "none"},
		{"Besøg", "Sundhedsplejersken kommer, når barnet er: 5 dage, 2 måneder og 9 måneder. Kontakten kan fortsætte efter 1 års alderen.", "0..9"},
	} {
		a.check(t, d)
	}
}
