package extract

import (
	"strings"
	"testing"
)

func TestLinesOfTimesAreTold(t *testing.T) {
	for line, want := range map[string]bool{
		"Publiceret 12. marts 2021 kl. 10.15 · Opdateret for 2 timer siden":    true,
		"Opdateret i går kl. 07:30":                                            true,
		"Published Wed, Nov 20 20194:29 AM ESTUpdated an hour ago":             true,
		"November 19, 2019 / 12:21 AM / Updated 14 hours ago":                  true,
		"Senest redigeret 3/4-2023":                                            true,
		"12. marts 2021":                                                       false, // dates have rules of their own
		"2021 2022 2023":                                                       false,
		"Publiceret i 2021 af Lindeby Kommune":                                 false,
		"Vejledningen blev udgivet for 3 år siden og er siden brugt af mange.": false,
		"Opdateret viden":                                                      false,
	} {
		if got := isStamp(line); got != want {
			t.Errorf("isStamp(%q) = %v", line, got)
		}
	}
}

func TestCreditedPictureTextsAreTold(t *testing.T) {
	for line, want := range map[string]bool{
		"Børnene i Solsikken leger. Foto: Anna Holm": true,
		"Foto: Yesbjerg":           true,
		"Alex Wong | Getty Images": true,
		"Statsministeren besøger en vuggestue. (Photo: Ritzau)": true,
		"Arkivfoto: Lindeby Kommune":                            true,
		"Foto er et godt redskab i arbejdet med små børn.":      false,
		"Pædagogerne tager et foto, og børnene fortæller.":      false,
		"Tag et billede af tegningen, før den kommer med hjem.": false,
	} {
		if got := isCaption(line); got != want {
			t.Errorf("isCaption(%q) = %v", line, got)
		}
	}
}

func TestAParagraphThatIsOneLinkLeadsElsewhere(t *testing.T) {
	link := `<p><a href="/a">Så mange pædagoger mangler der i landets vuggestuer</a></p>`
	got := read(t, Input{Body: []byte("<body><main><h1>Leg</h1>" + prose + link + prose + "<ul><li><a href=/b>Rapporten om normeringer i landets vuggestuer</a></li></ul>" + prose + "</main></body>")}).Text
	if strings.Contains(got, "Så mange pædagoger") || !strings.Contains(got, "Rapporten om normeringer") {
		t.Errorf("text %q", got)
	}
}

func TestQuotesStayWhateverTheirBoxIsCalled(t *testing.T) {
	quote := `<div class="social-media-embed"><blockquote><p>Vi leger meget mere end før.</p>En pædagog</blockquote></div>`
	if got := read(t, Input{Body: []byte("<body><main><h1>Leg</h1>" + prose + quote + prose + "</main></body>")}).Text; !strings.Contains(got, "meget mere end før") {
		t.Errorf("text %q", got)
	}
}
