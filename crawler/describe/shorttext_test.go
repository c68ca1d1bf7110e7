package describe

import (
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/partners"
)

// TestShortTextsAreToldByWhatTheySayOfThemselves: an address that every site has is no kind, a few words on how something was
// studied are research, and sentences that tell what to do with a child are practice.
func TestShortTextsAreToldByWhatTheySayOfThemselves(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, sector, path, kicker, title, body, want string }{
		{"an article", "viden", "artikler/x", "", "Maden på stuen", "Børnene spiser. De sidder ned.", "ukendt"},
		{"an article of a paper", "medie", "artikler/x", "", "Maden på stuen", "Pædagogerne serverer hver dag.", "nyhed"},
		{"an article on practice", "viden", "artikler/x", "", "Maden på stuen", "Hver uge dækker vi bord. Pædagogerne sidder med.", "praksis"},
		{"an article in a union's paper", "fagforening", "artikler/x", "", "Maden", "Legen begynder, når en stue er stille.", "praksis"},
		{"an article with a measure of agreement", "viden", "artikler/x", "", "Maden på stuen", "Vi filmede fire stuer. To har kodet alt (kappa = 0,81). Pædagogerne spiser med hver dag.", "forskning"},
		{"a result with its interval", "viden", "artikler/x", "", "Ti år efter", "Ved ti år havde 11 % vanskeligheder (95 % KI 9-13).", "forskning"},
		{"answers and a level", "viden", "undersoegelser/x", "", "Hjemmebørn", "Forældrene svarede på et spørgeskema. Resultaterne viser ingen forskel.", "forskning"},
		{"a short review", "viden", "n/x", "", "Skærm: en systematisk forskningsoversigt", "Den samler 48 studier.", "forskning"},
		{"a note on interviews", "viden", "n/x", "", "Notat om sprog", "Det bygger på interview med 24 dagplejere. Svarprocenten er høj.", "forskning"},
		{"an English abstract", "viden", "article/x", "", "Screens", "The study compares habits in three countries. The results show that children watch.", "forskning"},
		{"news of a study", "viden", "n/x", "", "Nye tal", "Undersøgelsen bygger på svar, siger hun. Resultaterne viser fremgang, fortæller han. Hun er glad for dem, siger hun.", "nyhed"},
		{"results of an association", "civilsamfund", "n/x", "", "Nye tal", "Resultaterne viser, at svarprocenten er høj.", "ukendt"},
		{"a new project", "viden", "n/x", "", "Nyt forskningsprojekt om fædre", "Projektet løber i tre år. \"Vi ved for lidt,\" siger hun.", "nyhed"},
		{"contact of a municipality", "kommune", "om/kontakt", "", "Kontakt Sundhedsplejen", "Du kan ringe til sundhedsplejersken hver dag.", "ukendt"},
		{"contact by its fields", "kommune", "n/x", "", "Kontakt Sundhedsplejen", "Du kan ringe til sundhedsplejersken hver dag.\nTelefontid: kl. 8-9\nBesøgsadresse: Søvej 4", "ukendt"},
		{"on contact with a child", "kommune", "n/x", "", "Kontakt med dit barn", "Du kan synge hver dag for dit barn.", "praksis"},
		{"a review of a novel", "medie", "kultur/x", "Anmeldelse", "Krimien holder ikke", "Den er stiv, siger alle.", "ukendt"},
		{"advice in sentences", "civilsamfund", "n/x", "", "Når to bliver vrede", "Det er ikke trods. Bliv rolig, og sæt ord på. Husk, at det går over.", "praksis"},
		{"advice of an authority", "myndighed", "n/x", "", "Fra seks måneder", "Mælk er ikke nok. Begynd med grød. Undgå honning. Fortsæt med at amme.", "praksis"},
		{"what an association asks for", "civilsamfund", "n/x", "", "Støt os", "Giv et bidrag. Bliv medlem. Følg os. Vær med.", "ukendt"},
		{"what politicians are told", "civilsamfund", "n/x", "", "Hvem tør?", "Lyt til os. Brug pengene nu. Det er på tide. Vi kræver svar.", "debat"},
		{"advice within a sentence", "civilsamfund", "n/x", "", "To råder", "De sagde, at man skal vente, og at husk er et ord. Den, der lader barnet, må vente.", "ukendt"},
		{"a grant in one paragraph", "fond", "n/x", "", "Lys i mørket", "Beløb: 650.000 kr. Periode: 2023-2025. Bevillingsmodtager: Lys.", "program"},
		{"rules", "myndighed", "n/x", "", "Børn under skolealderen", "Reglerne gælder for alle, der bor her.", "vejledning"},
	} {
		doc := datedAt(tc.title, tc.body, tc.path)
		doc.Kicker = tc.kicker
		if tc.sector != "medie" { // what a paper dates is news
			doc.Published.Quote = ""
		}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: tc.sector})
		checkType(t, tc.name, &doc, tc.want)
	}
}

// TestReasonsAreInTheWordsOfReaders: no name of the program's stands in them.
func TestReasonsAreInTheWordsOfReaders(t *testing.T) {
	d := describer(t)
	news := datedAt("Flere i skoven", "De er ude.", "n/x")
	d.Describe(&news, partners.Source{ID: "x", Sector: "medie"})
	if want := "3. maj 2021 · kildens sektor: Medie"; news.Type.Quote != want {
		t.Errorf("quote %q, want %q", news.Type.Quote, want)
	}
	work := datedAt("Leg", "Den handler om leg.", "n/x")
	work.DOI, work.DOIWhy.Rule, work.Authors = "10.5555/a.1", "doi-meta", []string{"Anna Holm"}
	work.Published.Time = time.Date(2021, 5, 3, 0, 0, 0, 0, time.UTC)
	d.Describe(&work, partners.Source{ID: "x", Sector: "viden"})
	if want := "DOI 10.5555/a.1"; !strings.HasPrefix(work.Type.Quote, want) {
		t.Errorf("quote %q, want %q", work.Type.Quote, want)
	}
}
