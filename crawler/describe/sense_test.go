package describe_test

import (
	"slices"
	"strings"
	"testing"
)

// TestATermInAnotherSenseIsNoTopic: who takes turns, to whom is read aloud, what a conversation is for and whose playgroup it is decide
// what a text is about.
func TestATermInAnotherSenseIsNoTopic(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct {
		name, title, body, slug string
		want                    bool
	}{
		{"offices share their work", "Ny ordning", "De to forvaltninger skiftes til at passe telefonen. De skiftes til at svare. ", "sociale-kompetencer", false},
		{"adults share their work", "Ny ordning", "Pædagogerne skiftes til at åbne, mens børnene sover. Forældrene skiftes til at bage. ", "sociale-kompetencer", false},
		{"you share your work", "Ny ordning", "Når I har to børn, kan I skiftes til at stå op. Så skiftes I. ", "sociale-kompetencer", false},
		{"somebody whom we do not know", "Mens børnene sover", "Når børnene sover, og naboerne hos os skiftes til at vaske, er her ro. ", "sociale-kompetencer", false},
		{"pronouns of two adults", "Fotograf og forsker", "To mænd mødes i dag. De skiftes til at svare. Igen: De skiftes til at spørge. ", "sociale-kompetencer", false},
		{"adults in a queue", "Ny ordning", "De to ringer til kontoret, og de venter på tur. Forældrene må vente på tur. ", "sociale-kompetencer", false},
		{"children who wait", "Et spil", "Det er svært at vente på tur. Barnet må vente på tur. ", "sociale-kompetencer", true},
		{"children take turns", "Et spil", "Børnene skiftes til at kaste. Drengene på stuen skiftes til at tælle. ", "sociale-kompetencer", true},
		{"they are the children", "Et spil", "To børn har en bold. De skiftes til at kaste. Barnet griber. De skiftes til at trille. ", "sociale-kompetencer", true},
		{"children by name", "Et spil", "Børnene har en bold. Alma og Noah skiftes til at kaste. Børnene ler. De skiftes til at trille. ", "sociale-kompetencer", true},

		{"read aloud from a book at a meeting", "Anmeldelse", "En bog, man får lyst til at læse højt af på personalemødet. ", "sprog", false},
		{"read aloud from a paper", "Anmeldelse", "Formanden læste højt af referatet. Bogen læste hun højt fra. Hun læste højt af et brev. ", "sprog", false},
		{"read aloud from a book for children", "Anmeldelse", "Bedst er det at læse højt af en bog for barnet. Læs højt af den for børnene hver dag. ", "sprog", true},
		{"read aloud", "Hver dag", "Læs højt hver dag. Alle må læse højt. ", "sprog", true},

		{"conversations as data", "Et nej", "Empirien er 34 samtaler med børn, ført på gåture. Bogen er kort. ", "sprog", false},
		{"conversations beside interviews", "Et nej", "Vi bygger på interview og samtaler med børn om hverdagen. Bogen er kort. ", "sprog", false},
		{"conversations that teach", "Et nej", "Gode samtaler med børn giver nye ord. Samtaler med børn tager tid. ", "sprog", true},

		{"an open playgroup for parents", "Åben legestue på Kirkevej", "Er du hjemme med et barn? Så er du velkommen i legestuen hver tirsdag. ", "dagpleje", false},
		{"the playgroup of childminders", "Legestue hver tirsdag", "Dagplejerne mødes i legestuen, og dagplejebørnene leger. ", "dagpleje", true},
		{"childminders in a list of professions", "Råd om luft", "Rådene er til sundhedsplejersker, dagplejere og pædagoger. Pædagoger og dagplejere har spurgt. ", "dagpleje", false},
		{"childminders in another order", "Råd om luft", "Vi har spurgt dagplejere, pædagoger og læger. Svarene fra dagplejere og sundhedsplejersker er ens. ", "dagpleje", false},
		{"childminders alone", "Råd om luft", "Rådene er til dagplejere. Dagplejerne har spurgt, og dagplejen svarer. ", "dagpleje", true},
		{"childminders beside children", "Råd om luft", "Dagplejere og børn går ud. Dagplejerne har klapvogne. ", "dagpleje", true},

		{"a house for families", "Nyt familiehus på øen", "Foreningen åbner et familiehus. Huset er for familier fra hele øen. ", "samarbejde", false},
		{"professions under one roof", "Nyt familiehus på øen", "I familiehuset arbejder faggrupperne tværfagligt. Det tværfaglige team mødes hver uge. ", "samarbejde", true},

		{"a place for parents at home", "Åben legestue på Kirkevej", "Er du hjemme med et barn under tre år? Så er du velkommen. Du møder andre mødre og fædre. ", "foraeldreskab", true},
		{"a place for all", "Åbent hus på Kirkevej", "Er du hjemme med influenza? Så er du velkommen en anden dag. ", "foraeldreskab", false},
		{"fewer words", "Støj", "Når der var støj, sagde børnene en tredjedel færre ord. De sagde færre ord ved bordet end ude. ", "sprog", true},
	} {
		doc := described(d, tc.title, tc.body+filler)
		if got := slices.Contains(slugs(doc.Topics), tc.slug); got != tc.want {
			t.Errorf("%s: %s %v, want %v (%+v)", tc.name, tc.slug, got, tc.want, doc.Topics)
		}
	}
}

// TestAnAudienceIsProvedByWhatIsSaidToIt: questions that staff are to ask, families whom a post is for, and parents told of in a study
// are spoken of; parents who are asked themselves are spoken to.
func TestAnAudienceIsProvedByWhatIsSaidToIt(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("Der er gang i huset, og der er plads til mange. ", 6)
	for _, tc := range []struct{ name, title, body, want string }{
		{"a list of questions to ask", "Fem gode spørgsmål", "Et værktøj til jer, der tager imod nye børn i vuggestue og dagpleje.\nSæt jer ned med forældrene.\nHvordan falder jeres barn i søvn?\nHvad trøster?\nHvornår ringer vi til jer?\nSkriv svarene ned. " + more, "Pædagoger"},
		{"a question to quote", "Første møde", "Et redskab til jer, der tager imod nye børn i vuggestuen. Spørg forældrene: \"Hvordan sover jeres barn?\" " + more, "Pædagoger"},
		{"questions to parents", "Inden I begynder", "Hvordan sover jeres barn?\nHvad trøster jeres barn?\nSkriv det ned, og tag det med. " + more, "Forældre"},
		{"an invitation to a home", "Nye venner", "Et hold for jer, der tager imod en barnepige. Det er gratis. " + more, ""},

		{"whom a post is for", "Sundhedsplejerske 32 timer", "Kommunen søger en sundhedsplejerske. Du deltager i åbent hus for gravide. Løn efter overenskomst. Søg senest 20. maj. Samtaler holdes den 28. " + more, "Sundhedsplejersker"},
		{"an open house", "Åbent hus for gravide", "Du kan tage din partner med. Det er gratis. " + more, "Forældre"},

		{"parents told of in a study", "Tilknytning i vuggestuen", "De 15 børn blev sjældent nævnt på personalemøderne. Pædagogisk arbejde og observation blev fulgt, men forældrene er ikke observeret. Se Bro, I. & Lund, G. (2017). " + more, ""},
		{"parents told of beside a you", "Tilknytning i vuggestuen", "Her kan du læse om undersøgelsen. Pædagogisk personale blev fulgt ved stuemødet, men forældrene er ikke observeret. " + more, ""},
	} {
		if got := described(d, tc.title, tc.body).Audience; got.Value != tc.want {
			t.Errorf("%s: %q by %s (%q), want %q", tc.name, got.Value, got.Rule, got.Quote, tc.want)
		}
	}
}
