package describe

import (
	"strings"
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// described is a Danish document of an unknown source, described.
func described(d *Describer, title, body string) index.Document {
	doc := index.Document{Title: title, Body: body, Lang: index.Derived{Value: "da"}}
	d.Describe(&doc, partners.Source{ID: "x"})
	return doc
}

// checkDerived checks a value, and that it quotes the text if and only if there is one.
func checkDerived(t *testing.T, name string, got index.Derived, want string) {
	t.Helper()
	if got.Value != want || (want == "") != (got.Quote == "") {
		t.Errorf("%s: %q by %s (%q), want %q", name, got.Value, got.Rule, got.Quote, want)
	}
}

func TestAudienceIsWhomATextSpeaksToNotOf(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, title, body, want string }{
		{"an address", "Søvn", "Læg dit barn på ryggen. Hold værelset køligt.", "Forældre"},
		{"given to a list", "Sprogvurdering", "Vejledningen er til pædagoger, dagplejere og sprogkonsulenter.", "Pædagoger, Dagplejere"},
		{"a title", "Ti råd til frivillige", "Kom til tiden.", "Frivillige"},
		{"a named audience", "Kursus", "Målgruppe: sundhedsplejersker.", "Sundhedsplejersker"},
		{"parents as the subject", "Caféer", "Caféerne er åbne for alle familier. Forældrene siger, at de får venner til barnet.", ""},
		{"what goes to a mother", "Screening", "Besøget går til moren, og skemaet er til at forstå.", ""},
		{"a possessive that only sounds like an address", "Besøg", "Sundhedsplejens besøg i barnets første tid og i graviditeten.", ""},
		{"a new sentence", "Møde", "Vi har råd til det. Forældre kommer klokken tre.", ""},
	} {
		doc := described(d, tc.title, tc.body)
		checkDerived(t, tc.name, doc.Audience, tc.want)
	}
}

func TestAGradeIsTheSourcesOwn(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, body, want, quote string }{
		{"a label with its value", "Om studiet.\nEvidensniveau: Middel\nFormålet er", "Middel", "Evidensniveau: Middel"},
		{"a value on the next line", "Om studiet.\nQuality of the study\nHigh\nThe aim", "High", "Quality of the study High"},
		{"a sentence about quality", "Kvalitetsvurdering af dagtilbud er svært, skriver forfatterne.", "", ""},
		{"a section about quality", "Kvalitetsvurdering\nTo forskere læste hvert studie uafhængigt af hinanden og talte sig til enighed bagefter.", "", ""},
		{"a line that says who graded", "Kvalitetsvurdering: Høj evidens (vurderet af Nordisk Base for Barnehageforskning)", "Høj evidens", "Kvalitetsvurdering: Høj evidens (vurderet af Nordisk Base for Barnehageforskning)"},
		{"the word within a line", "Vi så på evidensniveau: det var blandet.", "", ""},
	} {
		doc := described(d, "Leg", tc.body)
		if doc.Grade.Value != tc.want || doc.Grade.Quote != tc.quote {
			t.Errorf("%s: %q (%q), want %q (%q)", tc.name, doc.Grade.Value, doc.Grade.Quote, tc.want, tc.quote)
		}
	}
}

// TestEveryMunicipalityIsKnownOnce holds the list against the number of Danish municipalities since 2007.
func TestEveryMunicipalityIsKnownOnce(t *testing.T) {
	names := map[string]bool{}
	for _, p := range describer(t).facts.Places {
		names[p.Name] = true
	}
	if len(names) != 98 {
		t.Errorf("%d municipalities, want 98", len(names))
	}
}

func TestATopicIsQuotedByWhatSpeaksForIt(t *testing.T) {
	doc := index.Document{
		Title: "Normeringer i dagtilbud", Lang: index.Derived{Value: "da"},
		Body: "Flere voksne giver bedre kvalitet i dagtilbud, viser tallene. Kvaliteten måles hvert år, og læringsmiljøet er med.",
	}
	d := describer(t)
	d.Describe(&doc, partners.Source{ID: "x"})
	for _, topic := range doc.Topics {
		if topic.Slug == "kvalitet" {
			if !strings.Contains(strings.ToLower(topic.Quote), "kvalitet") {
				t.Errorf("kvalitet is quoted by %q", topic.Quote)
			}
			return
		}
	}
	t.Errorf("no kvalitet in %v", doc.Topics)
}

func TestAPageSaysThatItsRestIsClosed(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, body, want string }{
		{"to be bought", "Børnene leger i haven.\nKøb adgang for at læse hele artiklen", "abonnement"},
		{"behind a login", "Børnene leger i haven.\nResten kræver login", "abonnement"},
		{"a login that is the subject", "Forældre logger ind på Aula, når barnet er sygt.", ""},
	} {
		doc := described(d, "Leg", tc.body)
		checkDerived(t, tc.name, doc.Access, tc.want)
	}
}

// A value without its reason is not shown to operators either.
func TestNumbersAndKeywordsAreExplained(t *testing.T) {
	doc := index.Document{Title: "Leg", DOI: "10.5555/a", DOIWhy: index.Reason{Rule: "doi-meta", Quote: "10.5555/A"}, Keywords: []string{"leg"}, KeywordsWhy: index.Reason{Rule: "keywords-meta", Quote: "leg,"}}
	got := map[string]Fired{}
	for _, f := range describer(t).Trace(&doc, partners.Source{ID: "x"}) {
		got[f.Field] = f
	}
	if got["doi"].Quote != "10.5555/A" || got["keywords"].Rule != "keywords-meta" || got["isbn"].Field != "" {
		t.Errorf("doi %+v, keywords %+v, isbn %+v", got["doi"], got["keywords"], got["isbn"])
	}
}
