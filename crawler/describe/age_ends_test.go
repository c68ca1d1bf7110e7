package describe

import (
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// TestWhereASpanEnds: a child that "fylder" an age ends a span the day before, whatever its unit; who may come along is not whom a
// text is about; and the story of one child is no certain age.
func TestWhereASpanEnds(t *testing.T) {
	d := describer(t)
	for _, a := range []agedText{
		{"", "En frivillig kommer to timer om ugen, fra du er gravid, til dit barn fylder et år.", "-9..11"},
		{"", "En frivillig kommer to timer om ugen, til dit barn fylder et år.", "0..11"},
		{"", "I kan få besøg, til jeres barn er et år.", "0..11"},
		{"", "Fædrene holdt orlov, indtil barnet er 12 måneder.", "0..12"},
		{"", "Familierne følges fra graviditeten, til barnet fylder 18 måneder.", "-9..17"},
		{"", "Pladsen er til børn fra 26 uger til to år og ti-elleve måneder.", "6..35"},
		{"", "Pladsen er til børn fra 26 uger til to år og ti måneder.", "6..34"},
		{"Foredrag om grænser", "Foredraget er for alle. Børn under et år må gerne komme med.", "none"},
		{"Foredrag om grænser", "Foredraget er for forældre. Spædbørn må gerne komme med, og der er kaffe.", "none"},
		{"Foredrag om grænser", "Du er velkommen til at tage børn under et år med.", "none"},
		{"Foredrag om grænser", "Børn under to år må gerne medbringes til foredraget.", "none"},
		{"Legestue", "Børn på 0-2 år må gerne komme med i legestuen hver mandag.", "0..35"},
		{"Legestue", "Legestuen er for børn under et år.", "0..11"},
	} {
		a.check(t, d)
	}
}

// TestOneChildsStoryIsNoCertainAge: also where its name begins the sentence, as any word with a capital does.
func TestOneChildsStoryIsNoCertainAge(t *testing.T) {
	d := describer(t)
	doc := index.Document{Title: "Otto kom med en bærepose", Body: "Otto var to år, da han kom til Inge og Carl på Mors. I posen var der en sut og en trøje. Nu er han fem og kender alle køer ved navn.\n" +
		"\"Det første år sov jeg på gulvet ved siden af ham,\" fortæller plejemor Inge. Hver anden lørdag ser han sin mor.", Lang: index.Derived{Value: "da"}}
	d.Describe(&doc, partners.Source{})
	if doc.Age.Known && doc.Age.Certain {
		t.Errorf("certain %d..%d by %s (%s)", doc.Age.From, doc.Age.To, doc.Age.Rule, doc.Age.Quote)
	}
}

// TestASpanOfTwoMentionsQuotesBoth: each end of a span is shown by what is quoted.
func TestASpanOfTwoMentionsQuotesBoth(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ body, want, one, other string }{
		{"Huset har en gruppe for de to- og treårige. Der er også to grupper for de fire- og femårige, og alle går i skoven.", "24..71", "to- og treårige", "fire- og femårige"},
		{"I vuggestuen sover børnene ude. I vuggestuen er der to senge. Børn i børnehaven sover ikke. I børnehaven leger de.", "0..71", "vuggestuen", "børnehaven"},
	} {
		doc := index.Document{Title: "Byens skov", Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{})
		got := strings.TrimPrefix(told(doc.Age), "perhaps ")
		if got != tc.want || !strings.Contains(doc.Age.Quote, tc.one) || !strings.Contains(doc.Age.Quote, tc.other) {
			t.Errorf("%s by %s (%s), want %s with %q and %q", got, doc.Age.Rule, doc.Age.Quote, tc.want, tc.one, tc.other)
		}
	}
}
