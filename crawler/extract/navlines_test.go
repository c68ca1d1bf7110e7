package extract

import (
	"strings"
	"testing"
)

func TestNavigationPrintedAsParagraphsStaysOut(t *testing.T) {
	for _, line := range []string{
		"Forrige artikel BUPL: Her er 24 bud BUPL: Her er 24 bud Næste artikel Plejefamilier: Vilkår skal forbedres Plejefamilier: Vilkår skal forbedres",
		"Forrige artikel: Leg i vuggestuen", "Næste indlæg Når barnet begynder", "« Forrige side", "Næste nyhed »", "Ældre indlæg", "Forrige artikel 24 bud på et bedre børneliv",
		"Se dokumentationsboksen", "Se dokumentationsboksen.", "Læs faktaboksen nederst på siden", "Se også infoboks til højre", "Åbn boksen",
		"Læs også: Ny aftale om normeringer", "Læs også: Hvad siger forskerne?", "• Læs mere om Småbørnsklubberne her.", "Læs mere", "Læs hele artiklen",
		"Artiklen fortsætter under annoncen", "Teksten fortsætter efter billedet:", "Læsetid: 4 minutter", "5 min. læsning", "Del artiklen på Facebook",
		"Send siden til en ven", "Lyt til artiklen", "3 kommentarer", "Skriv en kommentar", "Log ind for at læse hele artiklen", "Til toppen", "Tilbage til oversigten",
	} {
		if !isNavigation(&block{text: line}) {
			t.Errorf("%q is taken for text", line)
		}
	}
}

func TestSentencesThatSpeakOfNavigationStay(t *testing.T) {
	for _, line := range []string{
		"Forrige artikel handlede om søvn, og næste artikel ser på mad.", "Næste artikel i serien ser nærmere på børns sprog.", "Forrige artikel Børn i ro beskrev tre børnehaver.",
		"Se dokumentationsboksen, hvis du vil vide, hvordan tallene er gjort op.", "Se faktaboksen for tallene fra 2019.", "Dokumentationsboksen viser alle tal.",
		"Læs også højt for de mindste, selv om de ikke forstår ordene.", "Læs mere på småbørnsløftet.dk og læs om strategien på kommunens side.", "Læs mere om forløbet i rapporten, som ligger hos kommunen.",
		"Del op i små grupper, når børnene skal spise.", "Send barnet i seng, før det bliver overtræt.", "Hør børnene, før I ændrer legepladsen.", "Print billederne, og hæng dem op i børnehøjde.",
		"Næste side af sagen er normeringerne.", "Log ind med MitID, og vælg den institution, som du ønsker.", "Bliv medlem af forældrerådet, og få indflydelse.", "Kommentarer fra forældrene blev læst højt.",
		"Til toppen af bakken kommer de fleste treårige selv.", "Gem legetøjet, og lad barnet lede efter det.", "Artiklen fortsætter en debat, som begyndte i foråret.",
	} {
		if b := (block{text: line}); isNavigation(&b) || isFrameLine(line) {
			t.Errorf("%q is left out", line)
		}
	}
}

func TestMenuWordsStayOutAtTheEndsOfATextOnly(t *testing.T) {
	page := "<body><main><h1>Leg</h1><p>Borger</p>" + prose + "<h2>Kontakt</h2><p>Spørg i dit dagtilbud.</p><p>Erhverv</p><p>Borger</p></main></body>"
	got := read(t, Input{Body: []byte(page)}).Text
	if strings.Contains(got, "Borger") || strings.Contains(got, "Erhverv") || !strings.Contains(got, "Kontakt\nSpørg") {
		t.Errorf("text = %q", got)
	}
}

func TestLinksToOtherTextsStayOutOfTheMiddleOfOne(t *testing.T) {
	page := "<body><main><h1>Leg</h1>" + prose + `<p><a href=/a>Læs også Ny aftale om normeringer i vuggestuer.</a></p><p>Læs også <a href=/b>bogen</a>, som forskerne skrev om børnenes leg og hverdag.</p>` + prose + "</main></body>"
	got := read(t, Input{Body: []byte(page)}).Text
	if strings.Contains(got, "Ny aftale") || !strings.Contains(got, "som forskerne skrev") {
		t.Errorf("text = %q", got)
	}
}
