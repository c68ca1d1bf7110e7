package describe

import (
	"fmt"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// told writes an age as the tests of this file do.
func told(a index.AgeSpan) string {
	switch {
	case !a.Known:
		return "none"
	case !a.Certain:
		return fmt.Sprintf("perhaps %d..%d", a.From, a.To)
	}
	return fmt.Sprintf("%d..%d", a.From, a.To)
}

// TestYearsAreAnAgeOnlyOfChildren: how long something takes and how old a thing is are no ages of the children a text is about.
func TestYearsAreAnAgeOnlyOfChildren(t *testing.T) {
	d := describer(t)
	for body, want := range map[string]string{
		"Overenskomsten er treårig.":                                       "none",
		"Der er indgået en treårig overenskomst.":                          "none",
		"Støtteperioden er 3-5 år.":                                        "none",
		"Støtteperioden for børnehaver er 3-5 år.":                         "none",
		"Bevillingsperiode: 2-3 år":                                        "none",
		"Hun bruger 2-3 år på skolebænken.":                                "none",
		"Pædagogen bruger 2-3 år på en efteruddannelse.":                   "none",
		"Drengen er 5 år ældre end barnet i vuggen.":                       "none",
		"Børnehaven er 5 år gammel.":                                       "none",
		"Børnehaven er fem år, og alle børn fik is.":                       "none",
		"Bygningen er 3-4 år gammel.":                                      "none",
		"Hesten er 3-4 år gammel.":                                         "none",
		"Hesten Stjerne er 5 år, og alle børn fik is.":                     "none",
		"Vores hest fylder 5 år, og alle børn fik is.":                     "none",
		"Pigen Alma er 5 år og glad for børn.":                             "perhaps 60..71",
		"Vores yngste er 3 år, og barnet sover.":                           "36..47",
		"Hesten, 4 år gammel, går på marken.":                              "none",
		"En 3 år gammel hest går på marken.":                               "none",
		"Et 2 år gammelt hus er blevet malet.":                             "none",
		"Det er et toårigt projekt med børn.":                              "none",
		"Det tager ca. 2 år at blive færdig.":                              "none",
		"Lejemålet er 2-årigt, og legetøjet er treårigt.":                  "none",
		"Byggeriet tog 3-5 år.":                                            "none",
		"Et kursus på 2-3 år i børnehaven.":                                "none",
		"Børnene flyttede ind 2-3 år senere.":                              "none",
		"Vi har kendt dem i 2-3 år.":                                       "none",
		"Pausen var 3-4 år lang.":                                          "none",
		"Der er 2-3 år mellem afdelingerne.":                               "none",
		"Den treårige aftale er forlænget.":                                "none",
		"Aftalen dækker 4-6 år, siger borgmesteren.":                       "none",
		"Min søn er treårig, og vi leger.":                                 "perhaps 36..47",
		"Hun er 3 år gammel og leger.":                                     "perhaps 36..47",
		"I går mødte vi Alma, der er 4 år gammel.":                         "perhaps 48..59",
		"Barnet er ca. 2 år, når det begynder.":                            "perhaps 24..35",
		"Børn på 3-5 år leger.":                                            "36..71",
		"Legen passer til 3-5-årige.":                                      "36..71",
		"De treårige bygger huler, og de treårige leger.":                  "36..47",
		"En treårig kan hoppe. En treårig kan også løbe.":                  "perhaps 36..47",
		"En 3 år gammel pige leger.":                                       "perhaps 36..47",
		"Alder: 3-5 år":                                                    "36..71",
		"Målgruppe: 0-2 år":                                                "0..35",
		"Børnehaven har pladser fra 3-5 år.":                               "36..71",
		"Projektet følger børn på 2-3 år.":                                 "24..47",
		"Undersøgelsen omfatter børn mellem 2 og 4 år.":                    "24..59",
		"Stuen har plads til børnene fra 1 til 3 år.":                      "12..47",
		"Leg i skoven (3-5 år) er for alle.":                               "perhaps 36..71",
		"De 1-, 2- og 3-årige leger.":                                      "12..47",
		"Et hæfte for 3-, 4- og 5-årige.":                                  "36..71",
		"Legen er for de et-, to- og treårige.":                            "12..47",
		"Børn på 3, 4 og 5 år leger.":                                      "36..71",
		"Børn på tre, fire eller fem år leger.":                            "36..71",
		"Grød (fra 6 måneder) er let at koge.":                             "perhaps 6..11",
		"Barnet blev født i maj, og da det var 1, 3 og 6 år, kom vi igen.": "12..83",
		"Tallene fra 3 år i skoven er klar.":                               "none",
		"Erfaringer fra 3 års arbejde.":                                    "none",
		"De 4- eller 5-årige leger.":                                       "48..71",
		"Vi mødtes den 1., 2. og 3. maj.":                                  "none",
		"Se side 3, 4 og 5, årgang 2020.":                                  "none",
		"Efter 2, 3 og 5 år blev projektet målt.":                          "none",
	} {
		doc := described(d, "Nyt fra huset", body)
		// what a nursery says of the age is another rule's
		if got := told(doc.Age); got != want && !(want == "none" && !numbered(doc.Age)) {
			t.Errorf("%q: %s by %s (%s), want %s", body, got, doc.Age.Rule, doc.Age.Quote, want)
		}
	}
}

// numbered reports whether an age rests on numbers.
func numbered(a index.AgeSpan) bool {
	switch a.Rule {
	case "alder/spand", "alder/ord", "alder/tal", "alder/opregning", "alder/under", "alder/de-foerste":
		return true
	}
	return false
}

// TestATitleIsOfAllAgesThatItNames: spans that a title names beside each other are one from the first to the last.
func TestATitleIsOfAllAgesThatItNames(t *testing.T) {
	d := describer(t)
	for title, want := range map[string]string{
		"Fra spædbørn til 3-årige":                   "0..47",
		"Spædbørn sover, og 3-årige leger":           "0..47",
		"Spædbørnsterapi: erfaringer med 3-årige":    "0..47",
		"Vuggestue og børnehave sammen":              "0..71",
		"De 1-, 2- og 3-årige i skoven":              "12..47",
		"For 3-, 4- og 5-årige":                      "36..71",
		"0-6 år":                                     "0..83",
		"Sang og rim 0-3 år":                         "0..47",
		"Sprogleg 3-5 år":                            "perhaps 36..71",
		"Sprogleg for børn 3-5 år":                   "36..71",
		"Børnehavens 3-årige":                        "36..47",
		"Aftale på 3-5 år er klar":                   "none",
		"Teater fra 3 år":                            "perhaps 36..71",
		"Grød fra 6 måneder":                         "perhaps 6..11",
		"Bogen fra 3 år siden":                       "none",
		"Erfaringer fra 3 års arbejde":               "none",
		"Jordemoder får pris":                        "none",
		"Jordemødre i Herning vil have flere penge":  "none",
		"Gravid pædagog vandt sag":                   "none",
		"Graviditet og søvn":                         "-9..-1",
		"Samtaler med gravide":                       "-9..-1",
		"Før fødslen":                                "-9..-1",
		"Fødselsforberedelse for førstegangsgravide": "-9..-1",
		"Graviditetsbesøg i hjemmet":                 "-9..-1",
		"Jordemoderkonsultation for alle":            "-9..-1",
	} {
		doc := index.Document{Title: title, Body: "Vi har skrevet om det her. Spædbørn er spædbørn.", Lang: index.Derived{Value: "da"}}
		if want != "0..47" {
			doc.Body = "Vi har skrevet om det her."
		}
		d.Describe(&doc, partners.Source{})
		if got := told(doc.Age); got != want {
			t.Errorf("%q: %s by %s (%s), want %s", title, got, doc.Age.Rule, doc.Age.Quote, want)
		}
	}
}
