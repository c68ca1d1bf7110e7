package describe

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

func TestTypeFollowsTheFirstRuleThatHolds(t *testing.T) {
	d := describer(t)
	method := "Undersøgelsen bygger på interview med 24 forældre og et spørgeskema. Resultaterne er statistisk signifikante sammenlignet med kontrolgruppen."
	news := partners.Source{ID: "m", Sector: "medie"}
	signed := []string{"Anna Holm"} // what nobody signed and nothing dates may be any page of a medium
	viden := partners.Source{ID: "v", Sector: "viden"}
	kommune := partners.Source{ID: "k", Name: "Lindeby Kommune", Sector: "kommune"}
	for _, tc := range []struct {
		name       string
		doc        index.Document
		src        partners.Source
		kind, rule string
	}{
		{"a label of debate", index.Document{Title: "DEBAT: Giv os tid"}, news, "debat", "debat-overskrift"},
		{"a label before the lead", index.Document{Title: "Samarbejdet skal løftes", Body: "DEBAT: Der er brug for mere, skriver to ledere.\nAf A og B"}, news, "debat", "debat-overskrift"},
		{"a chronicle by its path", index.Document{Title: "Tid", URL: "https://x.example/debatindlaeg/tid"}, news, "debat", "debat-sti"},
		{"FORSKNING over a news piece", index.Document{Title: "Leg gavner", Kicker: "FORSKNING", Body: method}, news, "nyhed", "nyhed-om-forskning"},
		{"FORSKNING at an institute", index.Document{Title: "Leg gavner", Kicker: "Forskning"}, viden, "forskning", "forskning-kicker"},
		{"an article with a DOI", index.Document{Title: "Leg", DOI: "10.5555/1", DOIWhy: index.Reason{Rule: "doi-meta", Quote: "10.5555/1"}, Journal: index.Journal{Title: "Leg og ord"}}, viden, "forskning", "forskning-doi"},
		{"a DOI quoted by a medium", index.Document{Title: "Leg", DOI: "10.5555/1", Authors: signed}, news, "nyhed", "nyhed-medie"},
		{"an order", index.Document{Title: "Bekendtgørelse om dagtilbud"}, partners.Source{Sector: "myndighed"}, "vejledning", "lov-titel"},
		{"a strategy in the news", index.Document{Title: "Ny strategi vedtaget", URL: "https://k.example/nyheder-2024/strategi"}, kommune, "nyhed", "nyhed-sti"},
		{"a strategy", index.Document{Title: "Børne- og ungestrategi 2024"}, kommune, "vejledning", "vejledning-titel"},
		{"a fact panel", index.Document{Title: "Småbørnsklubber", Body: "Klubber for familier.\nBeløb: 6,46 mio. kr.\nPeriode: 2020-2023\nBevillingsmodtager: Red Barnet"}, partners.Source{Sector: "fond"}, "program", "program-fakta"},
		{"an evaluation that tells its method", index.Document{Title: "Evaluering af klubberne", Body: method}, partners.Source{Sector: "fond"}, "forskning", "forskning-titel"},
		{"how we do it", index.Document{Title: "Sådan fik vi ro til frokost"}, kommune, "praksis", "praksis-titel"},
		{"a press release by its first words", index.Document{Title: "Nye klubber", Body: "Pressemeddelelse fra kommunen."}, kommune, "nyhed", "nyhed-pressemeddelelse"},
		{"sections of a law", index.Document{Title: "Dagtilbud", Body: "§ 8. Kommunalbestyrelsen skal sikre pladser."}, partners.Source{}, "vejledning", "lov-paragraffer"},
		{"words of the law", index.Document{Title: "Dagtilbud", Body: "Kommunalbestyrelsen skal sikre det i medfør af loven; bekendtgørelsen træder i kraft nu."}, partners.Source{}, "vejledning", "lov-tekst"},
		{"minutes", index.Document{Title: "Referat af udvalgets møde"}, kommune, "ukendt", "andet-moede"},
		{"a chronicle by its first line", index.Document{Title: "Lad dem kede sig", Body: "Kronik 21/06/2021\nDer hang en plan på døren."}, news, "debat", "debat-linje"},
		{"a line of prose that begins with the word", index.Document{Title: "Tid", Body: "Kronik sygdom hos børn er sjælden, skriver lægen."}, partners.Source{}, "ukendt", "ingen-regel"},
		{"headings of an abstract", index.Document{Title: "Ude hele året", Body: "Baggrund: Mange er ude. Formål: At samle viden. Metode: Vi søgte. Resultater: Børn bevæger sig. Konklusion: Der mangler studier."}, partners.Source{}, "forskning", "forskning-resume"},
		{"an advertisement", index.Document{Title: "Pædagog søges", Body: "Vi tilbyder en fast makker. Løn efter overenskomst. Ansøgningsfrist 1. maj. Der indhentes børneattest. Tiltrædelse snarest."}, kommune, "ukendt", "andet-stilling"},
		{"an event", index.Document{Title: "Inspirationsdag", Body: "Kom og vær med.\nHvornår: 3. maj\nHvor: Biblioteket\nPris: 100 kr.\nVi begynder med kaffe."}, kommune, "ukendt", "andet-arrangement"},
		{"advice line by line", index.Document{Title: "Tegn i hverdagen", Body: "Kom godt fra start.\nVælg ti tegn.\nBrug dem hver gang.\nVent på barnet."}, partners.Source{Sector: "viden"}, "praksis", "praksis-raad"},
		{"questions that the law answers", index.Document{Title: "Spørgsmål og svar om pladser", Body: "Efter loven har I ret til en plads. Det står i § 23."}, partners.Source{}, "vejledning", "vejledning-spoergsmaal"},
		{"opinions in a medium", index.Document{Title: "Dagplejen", Body: "Politikerne glemmer os. Vi har brug for hjælp. Jeg opfordrer ministeren til et besøg."}, news, "debat", "debat-holdninger"},
		{"a bill in a medium", index.Document{Title: "Regeringen fremsætter lovforslag om minimumsnormeringer", Authors: signed}, news, "nyhed", "nyhed-medie"},
		{"an order in a medium", index.Document{Title: "Ny bekendtgørelse om tilsyn vækker kritik", Authors: signed}, news, "nyhed", "nyhed-medie"},
		{"a medium that quotes the law", index.Document{Title: "Strid om tilsyn", Body: "Efter loven skal kommunalbestyrelsen sikre det. Bekendtgørelsen træder i kraft nu.", Authors: signed}, news, "nyhed", "nyhed-medie"},
		{"a bill in a ministry's news", index.Document{Title: "Nyt lovforslag om tilsyn", URL: "https://m.example/nyheder/lov"}, partners.Source{Sector: "myndighed"}, "nyhed", "nyhed-sti"},
		{"a bill under the word news", index.Document{Title: "Nyt lovforslag om tilsyn", Kicker: "Nyhed"}, partners.Source{Sector: "civilsamfund"}, "nyhed", "nyhed-kicker"},
		{"a bill told by a union", index.Document{Title: "Nyt lovforslag om tilsyn", Body: "Formanden er glad for forslaget, siger hun. Ministeren oplyser, at det haster."}, partners.Source{Sector: "fagforening"}, "nyhed", "nyhed-om-lov"},
		{"a union's guide to a law", index.Document{Title: "Vejledning om barsel", Body: "Du har ret til orlov."}, partners.Source{Sector: "fagforening"}, "vejledning", "lov-titel"},
		{"a fund's article", index.Document{Title: "Byens rum", URL: "https://f.example/artikler/rum", Body: "Fonden ser på byens rum."}, partners.Source{Sector: "fond"}, "ukendt", "ingen-regel"},
		{"a fund's article that tells how", index.Document{Title: "Byens rum", URL: "https://f.example/artikler/rum", Body: "Her er vores erfaringer. Hver uge går vi ud, og det kan du gøre med."}, partners.Source{Sector: "fond"}, "praksis", "praksis-artikel"},
		{"guidance by its first words", index.Document{Title: "Søvn hos spædbørn", Body: "Denne vejledning henvender sig til sundhedsplejersker. Materialet er gratis."}, partners.Source{Sector: "myndighed"}, "vejledning", "vejledning-indledning"},
		{"opinion by a union's path", index.Document{Title: "Hvor er pædagogerne?", URL: "https://u.example/mening/hvor"}, partners.Source{Sector: "fagforening"}, "debat", "debat-sti"},
		{"a person of an institute", index.Document{Title: "Karen Nøhr, lektor", URL: "https://v.example/ansatte/karen", Body: method + " Empiri, interview, observation, hypotese."}, viden, "ukendt", "andet-person"},
		{"another person of an institute", index.Document{Title: "Bo Lind", Kicker: "Forskning", URL: "https://v.example/om/medarbejdere/bo"}, viden, "ukendt", "andet-person"},
		{"a university's news under FORSKNING", index.Document{Title: "Leg gavner", Kicker: "Forskning", URL: "https://v.example/nyheder/leg"}, viden, "nyhed", "nyhed-forskningssti"},
		{"the source's word", index.Document{Title: "Uden tegn"}, partners.Source{Name: "E", Type: "forskning"}, "forskning", "kilde"},
		{"nothing", index.Document{Title: "Uden tegn"}, partners.Source{Sector: "virksomhed"}, "ukendt", "ingen-regel"},
		{"a word before no colon is no label", index.Document{Title: "Debat er godt"}, partners.Source{}, "ukendt", "ingen-regel"},
	} {
		doc := tc.doc
		doc.Lang.Value = "da"
		d.Describe(&doc, tc.src)
		if doc.Type.Value != tc.kind || doc.Type.Rule != "type/"+tc.rule {
			t.Errorf("%s: %s by %s (%s), want %s by %s", tc.name, doc.Type.Value, doc.Type.Rule, doc.Type.Quote, tc.kind, tc.rule)
		}
		if doc.Type.Rule != "type/ingen-regel" && doc.Type.Quote == "" {
			t.Errorf("%s: no quote", tc.name)
		}
	}
}

func TestDescribingTwiceChangesNothing(t *testing.T) {
	d := describer(t)
	doc := index.Document{
		Title: "Sprog i vuggestuen, 3. udgave", Body: strings.Repeat("I Gladsaxe Kommune læser pædagogerne højt for de 0-2-årige. ", 20) + "Log ind for at læse resten.",
		Lang: index.Derived{Value: "da"}, Licence: index.Derived{Value: "cc-by-nc 4.0", Reason: index.Reason{Rule: "licence-meta"}},
	}
	src := partners.Source{ID: "x", Name: "X", Sector: "viden"}
	d.Describe(&doc, src)
	again := doc
	d.Describe(&again, src)
	if diff := cmp.Diff(doc, again); diff != "" {
		t.Errorf("described again (-first +second)\n%s", diff)
	}
	for name, got := range map[string][2]string{
		"place": {doc.Place.Value, "Gladsaxe"}, "licence": {doc.Licence.Value, "CC BY-NC 4.0"}, "edition": {doc.Edition.Value, "3. udgave"},
		"access": {doc.Access.Value, "abonnement"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s = %q, want %q", name, got[0], got[1])
		}
	}
}

func TestAFileJoinedToItsPageDoesNotChangeWhatThePageSays(t *testing.T) {
	d, src := describer(t), partners.Source{ID: "v", Sector: "viden"}
	page := index.Document{Title: "Sprog i vuggestuen", Body: "Rapporten undersøger sprog hos 0-2-årige.\n", Lang: index.Derived{Value: "da"}}
	joined := page
	joined.Body += strings.Repeat("Børnehaven har 3-5-årige. ", 50)
	joined.PageOffsets = []int{len(page.Body), len(page.Body) + 100}
	d.Describe(&page, src)
	d.Describe(&joined, src)
	joined.Body, joined.PageOffsets = page.Body, nil
	if diff := cmp.Diff(page, joined); diff != "" {
		t.Errorf("the file speaks (-page +joined)\n%s", diff)
	}
	file := index.Document{Title: "Tema", Body: strings.Repeat("Børnehaven har 3-5-årige. ", 50), PageOffsets: []int{0, 100}}
	if d.Describe(&file, src); file.Age.From != 36 {
		t.Errorf("a file alone is not read: %+v", file.Age)
	}
}

func TestAccessFollowsWhatChanges(t *testing.T) {
	d := describer(t)
	doc := index.Document{Title: "Leg", Body: "Om leg.", Licence: index.Derived{Value: "CC BY 4.0", Reason: index.Reason{Rule: "licence-meta"}}}
	d.Describe(&doc, partners.Source{})
	if doc.Access.Value != "fri" || doc.Access.Rule != "adgang/licens" {
		t.Errorf("access = %+v, want free by licence", doc.Access)
	}
	doc.Licence = index.Derived{}
	d.Describe(&doc, partners.Source{})
	if !doc.Access.IsZero() {
		t.Errorf("access = %+v after the licence went, want none", doc.Access)
	}
}

func TestLicencesAreWrittenInOneWay(t *testing.T) {
	for typed, want := range map[string]string{
		"CC/BY/NC/SA": "CC BY-NC-SA",
		"CC BY 4.0":   "CC BY 4.0", "cc-by-sa": "CC BY-SA", "CC_BY-NC-ND 4.0": "CC BY-NC-ND 4.0", "Creative Commons Attribution 4.0 International": "CC BY 4.0",
		"Creative Commons Navngivelse-IkkeKommerciel 3.0": "CC BY-NC 3.0", "CC0": "CC0", "CC0 1.0": "CC0", "Alle rettigheder forbeholdes": "Alle rettigheder forbeholdes", "": "",
	} {
		if got := licence(index.Derived{Value: typed}).Value; got != want {
			t.Errorf("licence(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestRulesThatCannotHoldAreRefused(t *testing.T) {
	for name, data := range map[string]string{
		"unknown type":      "rules: [{id: a, type: roman, title: [a]}]",
		"no condition":      "rules: [{id: a, type: debat}]",
		"no id":             "rules: [{type: debat, title: [a]}]",
		"id twice":          "rules: [{id: a, type: debat, title: [a]}, {id: a, type: nyhed, title: [b]}]",
		"unknown cues":      "rules: [{id: a, type: debat, cues: [x 1]}]",
		"points beyond":     "rules: [{id: a, type: debat, cues: [x 3]}]\ncues: {x: {phrases: [a]}}",
		"no points":         "rules: [{id: a, type: debat, cues: [x]}]\ncues: {x: {phrases: [a]}}",
		"unknown sector":    "rules: [{id: a, type: debat, sector: [rumfart]}]",
		"unknown condition": "rules: [{id: a, type: debat, titel: [a]}]",
		"no type":           "rules: [{id: a, title: [a]}]",
	} {
		if _, err := loadTypeRules([]byte(data), "x.yaml"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, _, err := loadStages([]byte("stages: [{id: a, months: [5, 2], weight: 1, phrases: [a]}]"), "x.yaml"); err == nil {
		t.Error("a stage from 5 to 2 months: no error")
	}
}
