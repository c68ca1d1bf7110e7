package describe_test

import (
	"slices"
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestATopicIsWhatADocumentIsAboutNotWhatItMentions: the same words count in a title, early or repeated, and not in passing.
func TestATopicIsWhatADocumentIsAboutNotWhatItMentions(t *testing.T) {
	d := describer(t)
	about := strings.Repeat("De vedtog regnskabet, valgte en kasserer og takkede den afgående formand for indsatsen i udvalget. ", 14)
	for _, tc := range []struct {
		name string
		doc  index.Document
		want bool
	}{
		{"in the title", index.Document{Title: "Motorik i hverdagen", Body: about}, true},
		{"early and again", index.Document{Title: "Fra mødet", Body: "Motorik var emnet. Motorikken øves bedst ude. " + about}, true},
		{"repeated later", index.Document{Title: "Fra mødet", Body: about + strings.Repeat("Motorikken blev øvet i salen. ", 8)}, true},
		{"one word late", index.Document{Title: "Fra mødet", Body: about + "En spurgte også til motorik."}, false},
		{"one phrase late", index.Document{Title: "Fra mødet", Body: about + "En spurgte også til fysisk aktivitet."}, false},
		{"words that only support, in the title", index.Document{Title: "Vand og balance", Body: about}, false},
		{"words that only support, repeated", index.Document{Title: "Fra mødet", Body: about + strings.Repeat("Vi løber, og vi hopper. ", 8)}, false},
	} {
		tc.doc.Lang.Value = "da"
		d.Describe(&tc.doc, partners.Source{ID: "x", Name: "X", Sector: "civilsamfund"})
		if got := slices.Contains(slugs(tc.doc.Topics), "krop-og-motorik"); got != tc.want {
			t.Errorf("%s: %v, want %v (%+v)", tc.name, got, tc.want, tc.doc.Topics)
		}
	}
}

// TestANameOfAPersonIsNoTopic: words that are surnames too count only where they are no name.
func TestANameOfAPersonIsNoTopic(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct {
		name, title, body, lang, slug string
		want                          bool
	}{
		{"a surname", "Udvalget", "Formand for udvalget er Per Skov (V). Per Skov er valgt igen.", "da", "natur-og-udeliv", false},
		{"two in a row", "Fra mødet", "Hanne Leg og Bo Krop deltog. Hanne Leg førte ordet.", "da", "leg", false},
		{"the body", "Fra mødet", "Hanne Leg og Bo Krop deltog. Bo Krop førte ordet.", "da", "krop-og-motorik", false},
		{"an initial", "Fra mødet", "Regnskabet er fra P. Skov, og P. Skov har underskrevet.", "da", "natur-og-udeliv", false},
		{"a double surname", "Fra mødet", "Det siger fru Skov Jensen. Også fru Skov Jensen var der.", "da", "natur-og-udeliv", false},
		{"in the title", "Per Skov går af", "Han takker for tiden.", "da", "natur-og-udeliv", false},
		{"the word itself", "Fra stuen", "Vi går i skov hver dag. Skov er godt vejr til alt.", "da", "natur-og-udeliv", true},
		{"at the start of a sentence", "Fra stuen", "Vi så Per. Leg er for alle. Leg fylder dagen.", "da", "leg", true},
		{"beside a name", "Fra stuen", "Sammen med Bo leg hver dag. Igen leg med Bo.", "da", "leg", true},
		{"an institution", "Indvielse", "Solsikken Vuggestue åbner. I Solsikken Vuggestue er der plads.", "da", "vuggestue", true},
		{"an English heading", "Results", "The Importance Of Play\nWhy Play Matters", "en", "leg", true},
	} {
		doc := index.Document{Title: tc.title, Body: tc.body, Lang: index.Derived{Value: tc.lang}}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: "civilsamfund"})
		if got := slices.Contains(slugs(doc.Topics), tc.slug); got != tc.want {
			t.Errorf("%s: %s %v, want %v (%+v)", tc.name, tc.slug, got, tc.want, doc.Topics)
		}
	}
}

// TestAFewSentencesHaveNoOpening: what is said once and alone is in passing, however early in a short text.
func TestAFewSentencesHaveNoOpening(t *testing.T) {
	d := describer(t)
	more := strings.Repeat("De vedtog regnskabet og takkede den afgående kasserer. ", 9)
	for _, tc := range []struct {
		name, title, body, slug string
		want                    bool
	}{
		{"a figure of speech", "Portræt", "Det hele er en leg, siger han.", "leg", false},
		{"a variable", "Søvn", "Tallene er kontrolleret for forældres uddannelse.", "lige-muligheder", false},
		{"a time limit", "Lov om ydelser", "§ 3. Ydelsen gives indtil skolestart. § 4. Ansøgning sendes skriftligt.", "skoleparathed", false},
		{"said twice", "Fra stuen", "Vi har leg hver dag. Leg er sjovt.", "leg", true},
		{"in the title", "Leg", "Vi har åbent hver dag.", "leg", true},
		{"supported", "Fra salen", "De øver motorik, og de løber og hopper.", "krop-og-motorik", true},
		{"the opening of a longer text", "Fra mødet", "Motorik var emnet. " + more, "krop-og-motorik", true},
	} {
		doc := index.Document{Title: tc.title, Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: "civilsamfund"})
		if got := slices.Contains(slugs(doc.Topics), tc.slug); got != tc.want {
			t.Errorf("%s: %s %v, want %v (%+v)", tc.name, tc.slug, got, tc.want, doc.Topics)
		}
	}
}
