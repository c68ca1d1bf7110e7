package describe

import (
	"testing"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
)

// datedAt is a Danish document at a path of its source, with a date on its page.
func datedAt(title, body, path string) index.Document {
	return index.Document{
		Title: title, Body: body, Lang: index.Derived{Value: "da"}, URL: "https://x.example/" + path,
		Published: index.Date{Reason: index.Reason{Rule: "date-line", Quote: "3. maj 2021"}},
	}
}

func checkType(t *testing.T, name string, doc *index.Document, want string) {
	t.Helper()
	if doc.Type.Value != want {
		t.Errorf("%s: %s by %s (%s), want %s", name, doc.Type.Value, doc.Type.Rule, doc.Type.Quote, want)
	}
}

// TestAGenreIsToldByItsName: what a text calls itself, in its title, its first line or the line that hands something over.
func TestAGenreIsToldByItsName(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct{ name, sector, path, kicker, title, body, want string }{
		{"what is kept of visitors", "civilsamfund", "privatliv", "", "Sådan behandler vi dine oplysninger", "Vi bruger to cookies.", "ukendt"},
		{"what is kept, by its title", "kommune", "om", "", "Cookies på siden", "Vi bruger to cookies.", "ukendt"},
		{"advice that begins alike", "civilsamfund", "raad", "", "Sådan læser I højt", "Vælg en bog.", "praksis"},
		{"a statement", "fagforening", "politik", "", "Udtalelse: Giv os tid", "Der mangler folk.", "debat"},
		{"a guideline", "myndighed", "publications", "", "Guideline on sleep", "Sleep on the back.", "vejledning"},
		{"a Norwegian guideline", "kommune", "barnehage", "", "Rettleiar: Leik ute", "Barna er ute.", "vejledning"},
		{"a working paper", "viden", "p", "", "Orlov og løn. Arbejdspapir 2023-07", "Vi følger løn.", "forskning"},
		{"a defence", "viden", "p", "", "Ph.d.-forsvar: Liv Holm", "Afhandlingen undersøger støj. Metode: måling. Alle er velkomne.", "ukendt"},
		{"a defence in small letters", "viden", "p", "", "ph.d.-forsvar om leg", "Afhandlingen undersøger støj. Metode: måling. Alle er velkomne.", "ukendt"},
		{"a trial lecture", "viden", "p", "", "Prøveforelæsning: Leg", "Afhandlingen undersøger støj. Metode: måling. Alle er velkomne.", "ukendt"},
		{"a student's project", "viden", "p", "", "Må vi selv?", "Bachelorprojekt, pædagoguddannelsen\nProjektet følger elleve børn.", "forskning"},
		{"an agency's report", "myndighed", "p", "", "Kvaliteten svinger", "Rapport · 2023 · 132 sider\nStuerne er udtrukket tilfældigt, og observationerne er foretaget i foråret.", "forskning"},
		{"an agency's report without a method", "myndighed", "p", "", "Kvaliteten svinger", "Rapport · 2023 · 132 sider\nStuerne er ens.", "ukendt"},
		{"something to make", "kultur", "ideer", "", "Skuffeteater", "Find en skuffe.\nI skal bruge: maling, kork, garn", "praksis"},
		{"something to talk about", "viden", "ude", "", "Ormen hedder Poul", "Vi er ude.\nTal om på jeres stue: Hvem passer ormen?", "praksis"},
		{"what somebody used", "medie", "nyheder", "", "Skuffen er væk", "Tyven tog den.\nPrøv selv at finde den.", "nyhed"},
		{"a question that somebody answers", "medie", "brevkassen", "Brevkassen", "Han sover ikke", "Kære du. Læg ham i seng.", "praksis"},
		{"what a house does", "civilsamfund", "what-we-do", "", "Walk-in Wednesdays", "Every Wednesday we open.", "program"},
	} {
		doc := datedAt(tc.title, tc.body, tc.path)
		doc.Kicker = tc.kicker
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: tc.sector})
		checkType(t, tc.name, &doc, tc.want)
	}
}
