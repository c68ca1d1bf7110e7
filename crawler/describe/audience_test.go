package describe

import (
	"slices"
	"strings"
	"testing"
)

// TestATextSpeaksToWhomItAddresses: by name, as "you who", or by what its "you" does all day; to whom it only tells of, it does not.
func TestATextSpeaksToWhomItAddresses(t *testing.T) {
	d := describer(t)
	for body, want := range map[string]string{
		"Teksten er til dig, der er pædagog. God læselyst.":            "Pædagoger",
		"Teksten er for jer, som arbejder som dagplejere.":             "Dagplejere",
		"Til dig, der lige er blevet mor. God læselyst.":               "Forældre",
		"Som forældre kan I gøre meget. Begynd i dag.":                 "Forældre",
		"Som sundhedsplejerske skal du skrive det ned.":                "Sundhedsplejersker",
		"Til forældre\nSøvn er svært. Gør det enkelt.":                 "Forældre",
		"Reglerne gælder for alle ansatte i kommunen.":                 "Fagfolk",
		"Her er en workshop for sundhedsplejersker. Den er gratis.":    "Sundhedsplejersker",
		"Retningslinjerne henvender sig til personale, der laver mad.": "Fagfolk",
		"Er du far for første gang? Så læs her.":                       "Forældre",
		"Få råd til jer med børn under tre år.":                        "Forældre",
		"Du er uddannet pædagog og glad. Søg nu.":                      "Pædagoger",
		"Aflever barnet roligt. Du kan sige farvel ved døren. Når I er hjemme, kan I putte, og du kan læse en godnathistorie for jer begge.": "Forældre",
		"Du skal iagttage legen. Skriv dine noter ned, og tag dem med på personalemødet. Del dem med jeres kolleger.":                        "Pædagoger",
		"Du noterer, hvad du ser. Tavshedspligt gælder også dig. Underret samme dag, og tal med forældrene.":                                 "Fagfolk",

		"Metode: To forskere screenede 2.310 titler. Det tog et år.":                              "",
		"Metode: Spørgeskema til forældre (n=87). Svarene er gode.":                               "",
		"Barnet testes, og forældrene indkaldes til en samtale. Det er nyt.":                      "",
		"Alle børn har ret til en forælder hjemme. Det koster.":                                   "",
		"Forældre er glade for forløbet. Pædagoger er også glade.":                                "",
		"Bogen handler om pædagoger. De er trætte.":                                               "",
		"Undersøgelsen af forældre er færdig. Den tog lang tid.":                                  "",
		"Penge til sundhedsplejersker er på vej, siger ministeren.":                               "",
		"Som pædagog kan hun mærke travlheden. Hun går hjem.":                                     "",
		"Hun arbejder som dagplejer. Børnene er glade.":                                           "",
		"Vi taler med forældrene om søvn. Personalet er glade. Hjemme er der ro.":                 "",
		"I går blev et barn født. I dag sover det. I morgen putter vi det. I aften er vi hjemme.": "",
		"Du kan læse mere. Du kan bestille. Du kan ringe. Vi glæder os.":                          "",
		"Til forældrene siger hun, at alt går godt, og at børnene sover.":                         "",
	} {
		doc := described(d, "Nyt fra huset", body)
		checkDerived(t, body, doc.Audience, want)
	}
}

// TestThemesAreWhatATextIsAbout: the six themes by what children do in them, and none by a word in passing.
func TestThemesAreWhatATextIsAbout(t *testing.T) {
	d := describer(t)
	filler := strings.Repeat("Huset har fået nyt tag, og kommunen har betalt regningen for arbejdet. ", 8)
	for _, tc := range []struct{ title, body, want string }{
		{"Jeg kan selv", "Børnene øver selvhjulpenhed ved bordet. De får tro på sig selv og mod på livet, når de klarer sig selv.", "alsidig-personlig-udvikling"},
		{"Når følelserne er store", "Vi sætter ord på følelser, og barnet lærer selvregulering. Det giver selvværd.", "alsidig-personlig-udvikling"},
		{"Må jeg være med?", "Nogle børn står uden for legen. Adgang til legen kræver legekammerater, og det at vente på tur er svært.", "social-udvikling"},
		{"Venner i vuggestuen", "Børn imellem opstår venskaber. De skiftes til at køre, og empati vokser i fællesskabet.", "social-udvikling"},
		{"Ord for alt", "Barnet pludrer, og de voksne svarer. Modersmål og dansk giver ordforråd, og udtale kommer af sig selv.", "kommunikation-og-sprog"},
		{"Op at stå", "Barnet ruller, kravler og klatrer. Gulvtid styrker motorikken og sanserne.", "krop-sanser-og-bevaegelse"},
		{"De sidder for meget", "Børn sidder stille i timer. Fysisk aktivitet måles med en aktivitetsmåler, og kroppen vil bevæge sig.", "krop-sanser-og-bevaegelse"},
		{"Under stenen", "Vi vender en sten og finder bænkebidere og snegle. Børnene ser på smådyr med lup i skoven.", "natur-udeliv-og-science"},
		{"Vores køkkenhave", "Børnene planter frø i højbeds jord og følger årstiderne. Udendørs er der regnorme i komposten.", "natur-udeliv-og-science"},
		{"Farver på væggen", "Et barn maler et maleri i atelieret. En kunstner viser billedkunst, og børnene laver en udstilling.", "kultur-aestetik-og-faellesskab"},
		{"Dukker på scenen", "Dukketeater er scenekunst for de små. Publikum sidder på puder, og musik åbner forestillingen.", "kultur-aestetik-og-faellesskab"},

		{"Nyt tag", filler + "Arbejdet er ingen kunst, siger lederen.", ""},
		{"Nyt tag", filler + "Musik: Trio Blå.", ""},
		{"Nyt tag", filler + "Kommunikation sker på Aula.", ""},
		{"Nyt tag", filler + "Det ligger i sagens natur.", ""},
		{"Nyt tag", filler + "Hun mærkede uro i kroppen.", ""},
		{"Nyt tag", filler + "Nu skifter vi til ny lås, og alle må være glade.", ""},
		{"Mandag i huset", "Mandag science, tirsdag rytmik, og onsdag er der fri. " + filler, ""},
		{"Budget", filler + "Der er sat penge af til inventar og vedligehold.", ""},
	} {
		doc := described(d, tc.title, tc.body)
		var got []string
		for _, x := range doc.Themes {
			got = append(got, x.Slug)
		}
		if tc.want == "" && len(got) > 0 || tc.want != "" && !slices.Contains(got, tc.want) {
			t.Errorf("%s: %.40q: %v, want %q", tc.title, tc.body, got, tc.want)
		}
	}
}

// TestAudienceIsKnownByWhatATextIs: what is laid before politicians, asked by parents, taught to staff or told to those who work with a
// group; a programme's families, the helped and the advertised are told of.
func TestAudienceIsKnownByWhatATextIs(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("Der er gang i huset, og der er plads til mange. ", 20)
	for _, tc := range []struct{ title, body, want string }{
		{"Referat", "Børne- og Skoleudvalget\nResumé\nDirektøren indstiller, at orienteringen tages til efterretning. " + more, "Politikere"},
		{"Punkt 14. Udegrupper", "Beslutningsprotokol, Byrådet\nIndstilling\nDirektionen indstiller, at der afsættes penge. " + more, "Politikere"},
		{"Høringssvar om tilsyn", more, "Politikere"},
		{"Brevkassen: Han blander sprogene", "Kære brevkasse. Jeg taler polsk med vores søn. Har jeg gjort noget forkert? " + more, "Forældre"},
		{"Sneglevæddeløb", "I skal bruge: et lagen og en lup. Lad børnene gætte, før I prøver. " + more, "Pædagoger"},
		{"To om en spand", "Her er tre spørgsmål, I kan tage op på et stuemøde. Hvad gør du selv? Lad børnene tale først. " + more, "Pædagoger"},
		{"Motorik (5 ECTS)", "Modul på den pædagogiske diplomuddannelse. Du lærer at vejlede kolleger. Prøven er på 5 ECTS. " + more, "Pædagoger"},
		{"Konference", "Konferencen henvender sig til alle med interesse for små børns liv: studerende, pædagoger og dagplejere. " + more, "Pædagoger, Dagplejere"},
		{"Pædagog søges til vuggestue", "Send din ansøgning senest på mandag. " + more, "Pædagoger"},
		{"Sundhedsplejerske 32-37 timer", "Vi søger en kollega. Ansøgningsfrist mandag. " + more, "Sundhedsplejersker"},
		{"Information til småbørnsforældre om søvn", more, "Forældre"},
		{"Tilbud til småbørnsforældre", more, "Forældre"},
		{"Vejledning til kommuner om normeringer", more, "Ledere og konsulenter"},
		{"Barsel", "Som forældre skal man regne med en lang indlæggelse. " + more, "Forældre"},
		{"Om I spiser", "I jeres dagtilbud er der måltider hver dag. Hvordan inddrager I forældrene? " + more, "Pædagoger"},

		{"Bekymringstegn", "Denne side henvender sig til dig som er lærer, pædagog, læge, sygeplejerske eller anden fagperson. " + more, "Pædagoger, Fagfolk"},
		{"Guide", "Her står, hvad du som medarbejder eller leder i kommunen skal gøre. " + more, "Fagfolk, Ledere og konsulenter"},
		{"Født for tidligt", "Efter fødslen vil en læge og din mand eller partner tage barnet med op. " + more, "Forældre"},
		{"Hjælp", more + "Vi sender den i samarbejde med jer. Er I uenige, hjælper vi. Det har I og jeres barn fortjent.", "Forældre"},

		{"De gode år", "Forældreprogrammet De Gode År er målrettet forældre til børn på 1-3 år. " + more, ""},
		{"Familieven", "Familieven er et tilbud til familier, der er under pres. " + more, ""},
		{"Konsulenterne", "Konsulenterne giver vejledning til hjem og pædagogisk personale. " + more, ""},
		{"Sprog på vej", "Hvem\tBørn på 0-2 år, der hører to sprog, og deres familier\n" + more, ""},
		{"Mit og dit: børns rettigheder", more, ""},
		{"Sorg", "Vi har i personalegruppen lavet en plan for, hvordan vi gør. " + more, ""},
		{"Støjen", more + "Kære byråd: Køb nogle plader til loftet.", ""},
		{"Love og regler", "I loven finder du regler for dagtilbud. Du finder også institutioner. Nedenfor kan du læse mere. " + more, ""},
		{"Vores vision", more + "Uanset hvad dit barn kan, skal vi være gode.", ""},
		{"Referat fra bestyrelsesmødet", "Formanden bød velkommen. Godkendt. " + more, ""},
		{"Udvalget ser på normeringer", "Udvalget har fået en rapport. " + more, ""},
		{"Ledere søger om penge", "Lederne har søgt en fond. " + more, ""},
		{"Gæt", "Lad børnene gætte. Du kan læse mere. " + more, ""},
	} {
		doc := described(d, tc.title, tc.body)
		checkDerived(t, tc.title, doc.Audience, tc.want)
	}
}
