package describe

import (
	"strings"
	"testing"
	"time"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// TestASendersMunicipalityIsTheOneOfTheList: whatever stands around its name; an invented one is what the register calls it.
func TestASendersMunicipalityIsTheOneOfTheList(t *testing.T) {
	d := describer(t)
	for name, want := range map[string]string{
		"Vejle Kommune":                     "Vejle",
		"Københavns Kommune":                "København",
		"Nordfyns Kommune":                  "Nordfyn",
		"Bornholms Regionskommune":          "Bornholm",
		"Århus Kommune":                     "Aarhus",
		"Sundhedsplejen i Vejle Kommune":    "Vejle",
		"Lindeby Kommune":                   "Lindeby",
		"Foreningen for alle i en Kommune":  "",
		"Kommunernes Samvirke":              "",
		"Dagplejen, Høje-Taastrup Kommune":  "Høje-Taastrup",
		"Sundhedsplejen i Lindeby Kommune":  "",
		"Lyngby-Taarbæk Kommunes dagplejer": "Lyngby-Taarbæk",
	} {
		doc := index.Document{Title: "Nyt", Body: "Der er nyt.", Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x", Name: name, Sector: "kommune"})
		checkDerived(t, name, doc.Place, want)
	}
}

// TestIslandsOfTwoMunicipalitiesAreNotOne: beside an island that no municipality is called by, the name of another is of an island too.
func TestIslandsOfTwoMunicipalitiesAreNotOne(t *testing.T) {
	d := describer(t)
	for body, want := range map[string]string{
		"Bussen skal holde 14 steder på Lolland og Falster hver uge. Målet er 600 familier.": "",
		"Bussen kører på Falster og Lolland hver uge. Målet er 600 familier.":                "",
		"Bussen kører på Lolland-Falster hver uge. Målet er 600 familier.":                   "",
		"Bussen kører på Lolland hver uge. Der er kaffe på Lolland. Målet er 600 familier.":  "Lolland",
		"Lolland Kommune kører en bus på Lolland og Falster. Målet er 600 familier.":         "Lolland",
	} {
		doc := index.Document{Title: "En bus med leg i Lolland", Body: body, Lang: index.Derived{Value: "da"}}
		if want == "" {
			doc.Title = "En bus med leg"
		}
		d.Describe(&doc, partners.Source{ID: "x"})
		checkDerived(t, body, doc.Place, want)
	}
}

// TestACorrectionNamesMunicipalities of the list or of the register, several parted by commas, and nothing else.
func TestACorrectionNamesMunicipalities(t *testing.T) {
	a, err := danish.New()
	if err != nil {
		t.Fatal(err)
	}
	register := []partners.Source{{ID: "l", Name: "Lindeby Kommune", Sector: "kommune"}}
	for written, want := range map[string]string{
		"Vejle":                       "Vejle",
		"Vejle Kommune":               "Vejle",
		"Københavns Kommune":          "København",
		"Vejen, Varde Kommune, Vejen": "Vejen, Varde",
		"Lindeby":                     "Lindeby",
		"":                            "",
		"Vejel":                       `set.place: unknown municipality "Vejel"`,
		"Vejle, Danmark":              `set.place: unknown municipality "Danmark"`,
		"Børnehuset i Vejel Kommune":  "set.place: unknown municipality",
		"Vejle og Skive":              "set.place: unknown municipality",
	} {
		fixes, err := LoadCorrections([]byte("corrections: [{source: x, set: {place: '"+written+"'}, why: Ringet op.}]"), "rettelser.yaml")
		if err != nil {
			t.Fatal(err)
		}
		d, err := NewWith(a, Options{Corrections: fixes, Sources: register})
		if err != nil {
			if !strings.Contains(err.Error(), "rettelser.yaml:1: correction 1: "+want) || want == "" {
				t.Errorf("%q: %v, want %q", written, err, want)
			}
			continue
		}
		doc := index.Document{Title: "Nyt", Body: "Der er nyt i Gladsaxe Kommune.", Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x"})
		if doc.Place.Value != want || doc.Place.Rule != corrected {
			t.Errorf("%q: %q by %s, want %q", written, doc.Place.Value, doc.Place.Rule, want)
		}
	}
}

// TestAPageOfAMunicipalityIsOfIt: by the name of its host where the source is one, and by the town before the day in a paper.
func TestAPageOfAMunicipalityIsOfIt(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ address, sector, dateline, want string }{
		{"https://www.faxekommune.dk/borger", "kommune", "", "Faxe"},
		{"https://sundhedspleje.aarhus.dk/tilbud", "kommune", "", "Aarhus"},
		{"https://sonderborgkommune.dk/mobile", "kommune", "", "Sønderborg"},
		{"https://www.hoeje-taastrup.dk/x", "kommune", "", "Høje-Taastrup"},
		{"https://aarhus.dk/nyt", "medie", "", ""},
		{"https://boernehus.example/aarhus.dk", "kommune", "", ""},
		{"https://avis.example/nyt", "medie", "Slagelse - 26. august 2021 kl. 09:44 Af Anna Holm", "Slagelse"},
		{"https://avis.example/nyt", "medie", "Ind i kulturen - 26. august 2021", ""},
	} {
		doc := index.Document{URL: tc.address, Title: "Leg", Body: "Børnene leger i haven hver dag.", Lang: index.Derived{Value: "da"}}
		if tc.dateline != "" {
			doc.Published = index.Date{Time: time.Date(2021, 8, 26, 0, 0, 0, 0, time.UTC), Precision: index.Day, Reason: index.Reason{Rule: "date-line", Quote: tc.dateline}}
		}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: tc.sector})
		checkDerived(t, tc.address, doc.Place, tc.want)
	}
}
