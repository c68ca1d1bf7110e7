package server_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"smaabornsviden/server/servertest"
)

// inItsLanguage are texts that stand on pages as they are, with the language that they are in.
func inItsLanguage() map[string]string {
	out := map[string]string{"Leken er viktig.": "nb", "Leken er viktigere enn læring.": "nb", "A report that is gone": "en", "En blid indkøring varer som regel to uger.": "da"}
	for _, d := range servertest.Documents() {
		out[d.Title] = d.Lang.Value
	}
	return out
}

// A screen reader speaks a title in the language that the nearest lang attribute names (WCAG 3.1.2).
func TestWhateverIsInAnotherLanguageSaysSo(t *testing.T) {
	langs, seen := inItsLanguage(), map[string]bool{}
	states(t, func(t *testing.T, s servertest.State, doc *goquery.Document) {
		doc.Find("body *").Each(func(_ int, el *goquery.Selection) {
			text := strings.Join(strings.Fields(el.Text()), " ")
			want, known := langs[text]
			if !known || el.Is("code, input, textarea, option") {
				return
			}
			seen[want] = true
			if got, _ := el.Closest("[lang]").Attr("lang"); got != want && el.Find("[lang='"+want+"']").Length() == 0 {
				t.Errorf("%s %q is spoken as %q, want %q", goquery.NodeName(el), text, got, want)
			}
		})
	})
	for _, lang := range []string{"da", "en", "nb"} {
		if !seen[lang] {
			t.Errorf("no title in %s was met", lang)
		}
	}
}

// News from before the language was kept is spoken as most documents are.
func TestNewsWithoutALanguageIsTakenForDanish(t *testing.T) {
	h := cannedServer(t, nil).Handler()
	for _, path := range []string{"/nyt", "/en/nyt"} {
		line := parse(t, get(h, path).Body).Find("main li:contains('Et dokument, der er væk')")
		if told := line.Find(":contains('Et dokument, der er væk')"); told.Length() > 0 {
			line = told.Last()
		}
		if got, _ := line.Closest("[lang]").Attr("lang"); got != "da" {
			t.Errorf("%s: spoken as %q", path, got)
		}
	}
}
