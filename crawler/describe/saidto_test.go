package describe

import (
	"fmt"
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestAudienceIsReadWhereATextSaysIt: fields, invitations, openings and greetings name whom a text is for, wherever they stand.
func TestAudienceIsReadWhereATextSaysIt(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("Der er gang i huset, og der er plads til mange. ", 20)
	for _, tc := range []struct{ title, body, want string }{
		{"Nyt", more + "\nMålgruppe: sundhedsplejersker og jordemødre\n" + more, "Sundhedsplejersker"},
		{"Nyt", more + "\nMålgruppe\nDagplejere i hele kommunen\n" + more, "Dagplejere"},
		{"Nyt", more + "\nFor hvem: Pædagoger og ledere\n" + more, "Pædagoger, Ledere og konsulenter"},
		{"Nyt", more + "\nHvem: forældre til børn under tre år\n" + more, "Forældre"},
		{"Nyt", more + "\nDeltagere: pædagogiske assistenter\n" + more, "Pædagoger"},
		{"Nyt", more + "\nFor: dagplejere\n" + more, "Dagplejere"},
		{"Inspirationsdag", "Kom med, når vi inviterer pædagoger og dagplejere til en dag i skoven. " + more, "Pædagoger, Dagplejere"},
		{"Åbent hus", "Alle forældre er velkomne til at kigge ind. " + more, "Forældre"},
		{"Møde", "Ledere og konsulenter inviteres til møde i maj. " + more, "Ledere og konsulenter"},
		{"Lån legetøj", "Alle familier med små børn kan låne tre ting ad gangen. " + more, "Forældre"},
		{"Tjekliste", "Til sundhedsplejersken. Læg tæppet ud, før I taler. " + more, "Sundhedsplejersker"},
		{"Brev", "Kære dagplejere. Nu er det sommer. " + more, "Dagplejere"},
		{"Brev", "Kære kommende forældre\nNu er det sommer. " + more, "Forældre"},
		{"Materiale om sprog til dagplejere", more, "Dagplejere"},
		{"Kursus i babymassage for forældre", more, "Forældre"},
		{"Temaaften for forældre om søvn", more, "Forældre"},
		{"Sange og rim til dagplejere", more, "Dagplejere"},
		{"Gruppe", "Gruppen er for dig, der venter barn. " + more, "Forældre"},

		{"Søvn", "Anbefalingen henvender sig til sundhedspersonale, der vejleder. " + more, "Fagfolk"},
		{"Snot", "Her er det, vi oftest får at høre fra jer forældre. " + more, "Forældre"},
		{"Leg", "Til dig, der arbejder i vuggestue. " + more, "Pædagoger"},
		{"Leg", "Denne guide er til jer, som arbejder i en børnehave. " + more, "Pædagoger"},
		{"Leg", "Er du ansat i dagtilbud, og har du haft en mavefornemmelse? " + more, "Pædagoger"},
		{"Leg", "Arbejder du i dagplejen? Så læs med. " + more, "Dagplejere"},
		{"Leg", "Målgruppe: sundhedsplejersker\n" + more, "Sundhedsplejersker"},
		{"Leg", "Materialet er målrettet socialrådgivere. " + more, "Socialrådgivere"},
		{"Leg", "Kurset er rettet mod nye ledere. " + more, "Ledere og konsulenter"},
		{"Leg", "Godt nytår til alle jer dagplejere! " + more, "Dagplejere"},
		{"Leg", "Materialet er udviklet til brug for pædagogisk personale. " + more, "Pædagoger"},
		{"Leg", more + "\nHvem er kurset for?\nPædagoger og assistenter\n" + more, "Pædagoger"},
		{"Play", "Key messages for decision-makers\n" + more, "Politikere"},
		{"Play", "Are you a parent and new here? " + more, "Forældre"},

		{"Leg", "En far, der arbejder i en vuggestue, har skrevet en bog. " + more, ""},
		{"Leg", "De fleste, der arbejder i dagtilbud, er kvinder. " + more, ""},
		{"Leg", "Kritikken er rettet mod forvaltningen selv og ikke mod huset. Det siger en far. " + more, ""},
		{"Pris til dagplejere", more, ""},
		{"Penge til pædagoger på vej", more, ""},
		{"Nyt", "Vi har talt med forældre til børn under tre år. " + more, ""},
		{"Nyt", "En pædagog siger, at hun er glad. " + more, ""},
		{"Nyt", "Undersøgelsen omfatter 40 dagplejere og 60 forældre. " + more, ""},
		{"Nyt", "Kære er det huset, hvor pædagoger mødes, for mange. " + more, ""},
		{"Nyt", more + "\nForfatter: pædagog Bo Lund\n" + more, ""},
		{"Nyt", "Ministeren inviterer pressen, og pædagoger venter. " + more, ""},
	} {
		doc := described(d, tc.title, tc.body)
		checkDerived(t, fmt.Sprintf("%q %.60q", tc.title, tc.body), doc.Audience, tc.want)
	}
}

// TestPlaceIsReadWhereATextIsAtHome: a field, the opening or a title places a text; where somebody comes from or is called does not.
func TestPlaceIsReadWhereATextIsAtHome(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("Der er gang i huset, og der er plads til mange. ", 20)
	for _, tc := range []struct{ title, body, want string }{
		{"Nyt", "I Aarhus har de fået en ny legeplads. " + more, "Aarhus"},
		{"Nyt", "En vuggestue i Holbæk har fået en ny legeplads. " + more, "Holbæk"},
		{"Nyt", more + "\nSted: Børnebiblioteket, Kolding\n" + more, "Kolding"},
		{"Nyt", more + "\nHvor\nNaturskolen Bøgelund, Silkeborg\n" + more, "Silkeborg"},
		{"Nyt", "Kom til leg på Frederikshavn Bibliotek på lørdag. " + more, "Frederikshavn"},
		{"Nyt", more[:500] + "Forsøget er lavet i Holbæk Kommune.", "Holbæk"},
		{"Nyt", more + "\nHvor\tNaturskolen, Silkeborg\nPris\tGratis\n" + more, "Silkeborg"},
		{"Støtte", "Svar kommer inden for seks uger fra Bornholms Regionskommune.", "Bornholm"},
		{"Nyt", "En børnehave i Skive har fået en ny legeplads. " + more, "Skive"},
		{"Børnehaver i Odder får skov", more, "Odder"},

		{"Nyt", "Bo Lund, der bor i Aarhus, har skrevet en bog. " + more, ""},
		{"Nyt", "Forsker Bo Lund fra Odense har skrevet en bog. " + more, ""},
		{"Nyt", "Bo Lund er født i Herning og skriver om leg. " + more, ""},
		{"Nyt", "Anna Fanø har skrevet en bog. Fanø bor på landet, og på mandag fortæller Fanø om den. " + more, ""},
		{"Nyt", more + "En far i Kolding siger, at det er godt. " + more, ""},
		{"Nyt", "Skive og brød er morgenmad. Vejen er lang. " + more, ""},
		{"Nyt", "Det viser tal, som de har samlet sammen med Teknologihuset i Odense. " + more, ""},
		{"Nyt", more + "\nHvor: Ni biblioteker i Jylland og et på Bornholm\n" + more, ""},
		{"Nyt", more + more + "Det samme er set i Holbæk Kommune. " + more, ""},
		{"Nyt", "Der er møder i Aarhus, Odense og Aalborg i maj. " + more, ""},
		{"Ny chef", "Hun kommer fra en stilling som dagtilbudschef i Vejle Kommune.", ""},
		{"Forskere i København: Leg er godt", "De har målt leg i hele landet. " + more, ""},
		{"Nyt", "En forsker fra Aarhus Universitet har talt med børn i huset. " + more, ""},
	} {
		doc := described(d, tc.title, tc.body)
		checkDerived(t, fmt.Sprintf("%q %.60q", tc.title, tc.body), doc.Place, tc.want)
	}
}

// TestAWallIsReadWhereItStands: above the text, on a line of its own or at the end; within a text it is what the text is about.
func TestAWallIsReadWhereItStands(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("Der er gang i huset, og der er plads til mange. ", 20)
	for _, tc := range []struct{ kicker, body, want string }{
		{"", "Kun for abonnenter\n" + more, "abonnement"},
		{"Kun for abonnenter", more, "abonnement"},
		{"", "KUN FOR ABONNENTER\n" + more, "abonnement"},
		{"", more + "\nLog ind for at læse\n" + more, "abonnement"},
		{"", more + "\nLog ind for at læse videre", "abonnement"},
		{"", "Låst for ikke-abonnenter\n" + more, "abonnement"},
		{"", more + "\nKun for medlemmer\n" + more, "abonnement"},
		{"", "Artiklen kræver abonnement.\n" + more, "abonnement"},
		{"", more + "\nAllerede abonnent? Log ind her", "abonnement"},
		{"", more + "\nDu har læst de første ord. Resten kan kun læses af medlemmer.", "abonnement"},
		{"", more + "\nOpen access\n" + more, "fri"},
		{"", "Open Access: " + more + "\nArtiklen er Open Access og kan frit læses.\n" + more, "fri"},
		{"", more + "\nRapporten kan frit downloades.\n" + more, "fri"},
		{"", more + "\nLog ind med dit medlemsnummer for at læse hele vejledningen.\nIkke medlem? Meld dig ind", "abonnement"},
		{"", more + "\nIkke medlem? Meld dig ind\n" + more, "abonnement"},
		{"", more + "Bladet er ikke open access, og det er en skam, mener mange. " + more, ""},

		{"", "Avisen er kun for abonnenter, og det er en skam, skriver Bo Lund i sin bog om aviser. " + more, ""},
		{"", more + "Forældrene skal logge ind for at læse beskeder fra børnehaven, og det er svært for nogle. " + more, ""},
		{"", more, ""},
	} {
		doc := index.Document{Title: "Leg", Kicker: tc.kicker, Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x"})
		checkDerived(t, fmt.Sprintf("%q %.50q", tc.kicker, tc.body), doc.Access, tc.want)
	}
}
