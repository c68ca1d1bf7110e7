package describe

import (
	"testing"

	"smaabornsviden/crawler/partners"
)

// TestAStudyIsResearchAndNewsOfItIsNews: what tells how it was studied, with the words of a design or a list of works, is research
// whoever has it on their pages; what tells that somebody studied something is news.
func TestAStudyIsResearchAndNewsOfItIsNews(t *testing.T) {
	d := describer(t)
	const works = "\nReferencer\nHolm, A. (2014). Leg og ord. Ry: Forlaget.\nLund, B. (2015). Børn og bøger. Ry: Forlaget."
	for _, tc := range []struct {
		name, sector, title, body, want string
	}{
		{"a trial", "kommune", "Læsning hver dag: et randomiseret kontrolleret forsøg", "Tyve børnehaver blev fordelt ved lodtrækning til læsning eller vanlig praksis. Børnenes ordforråd blev målt før og efter.", "forskning"},
		{"a trial by its Danish word", "fond", "Lodtrækningsforsøg med højtlæsning i 40 vuggestuer", "Halvdelen af vuggestuerne fik kasser med bøger, resten ventede et år. Effekten blev målt med en sprogtest efter otte måneder.", "forskning"},
		{"a trial in its text", "civilsamfund", "Højtlæsning i 40 vuggestuer", "Vuggestuerne blev fordelt ved lodtrækning i en indsatsgruppe og en kontrolgruppe. Efter otte måneder var forskellen statistisk signifikant.", "forskning"},
		{"a review", "fond", "Hvad ved vi om indkøring?", "Vi har gennemgået 31 studier fra 2005 til 2020. Litteratursøgningen omfattede fire databaser, og studierne blev udvalgt efter fastlagte inklusionskriterier.", "forskning"},
		{"a systematic review by its title", "virksomhed", "Indkøring i vuggestue: en systematisk litteraturgennemgang", "De inkluderede artikler er fra seks lande. De fleste er små.", "forskning"},
		{"an English review", "fond", "Settling in: a systematic review", "We searched four databases. 31 studies met the inclusion criteria.", "forskning"},
		{"a meta-analysis", "civilsamfund", "Højtlæsning og ordforråd. En metaanalyse", "Resultater fra 19 studier er lagt sammen.", "forskning"},
		{"a list of works and a method", "virksomhed", "Børn og bøger", "Artiklen bygger på interview med ni pædagoger og på observationer gennem to måneder. Analysen er tematisk og viser tre mønstre." + works, "forskning"},
		{"a cohort", "myndighed", "Amning og søvn: et kohortestudie", "Kvinderne blev fulgt fra fødslen og et år frem, og svarene blev holdt op mod registre.", "forskning"},

		{"news in a paper", "medie", "Lodtrækningsforsøg: Højtlæsning virker", "Børn, der får læst højt, kan flere ord, viser et randomiseret kontrolleret forsøg, siger Bo Lund, der er forsker. Han er glad for resultatet.", "nyhed"},
		{"news on a trial from a fund", "fond", "Nyt lodtrækningsforsøg er i gang", "»Vi er glade for bevillingen,« siger Bo Lund. Forskerne trækker lod mellem vuggestuerne, fortæller han, og kontrolgruppen får bøgerne til næste år.", "nyhed"},
		{"a release on a review", "kommune", "Pressemeddelelse: Systematisk review viser vejen", "Forskere har gennemgået 31 studier, siger udvalgsformanden.", "nyhed"},
		{"news at its address", "fond", "Systematisk review om indkøring", "Forskere har gennemgået 31 studier.", "nyhed"},
		{"advice with works", "fond", "Sådan læser I højt", "Vælg en bog. Spørg barnet. Læs den igen i morgen." + works, "praksis"},
		{"a debate with works", "medie", "DEBAT: Læs højt", "Jeg mener, at et randomiseret kontrolleret forsøg ikke skal styre os." + works, "debat"},
		{"practice that names evidence", "kommune", "Gode råd om højtlæsning", "Et lodtrækningsforsøg har vist, at det virker. Sådan gør I: Vælg en bog. Prøv igen.", "praksis"},
		{"a draw", "kommune", "Pladser i vuggestuen", "Pladserne fordeles ved lodtrækning. Kontakt pladsanvisningen, og bestil tid.", "ukendt"},
	} {
		doc := datedAt(tc.title, tc.body, "viden/1")
		if tc.name == "news at its address" {
			doc.URL = "https://x.example/nyheder/1"
		}
		if tc.name == "an English review" {
			doc.Lang.Value = "en"
		}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: tc.sector})
		checkType(t, tc.name, &doc, tc.want)
	}
}
