package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestFormsAreSentByARealBrowser keeps a search and writes a letter as a reader does, with the header fields that a
// browser adds by itself and without our script.
func TestFormsAreSentByARealBrowser(t *testing.T) {
	ctx, base := browser(t)
	arrived := func(path string) string {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			if at := evaluated(t, ctx, "location.pathname + location.search"); strings.HasPrefix(at, path) {
				return evaluated(t, ctx, "document.querySelector('main') ? document.querySelector('main').innerText : ''")
			}
		}
		t.Fatalf("never came to %s, but is at %s", path, evaluated(t, ctx, "location.href"))
		return ""
	}
	steps(t, ctx, chromedp.Navigate(base+"/soeg?q=leg&type=forskning"), chromedp.Click("form.keep button"))
	if said := arrived("/protokol/"); !strings.Contains(said, "Skrevet: »leg«") || !strings.Contains(said, "Type: »Forskning«") {
		t.Errorf("the protocol says %.600q", said)
	}
	steps(t, ctx, chromedp.Click("a.go"))
	if said := arrived(evaluated(t, ctx, "location.pathname.split('/').slice(0, 3).join('/')") + "/sammenlign"); !strings.Contains(said, "præcis det samme som dengang") {
		t.Errorf("the comparison says %.300q", said)
	}
	steps(t, ctx,
		chromedp.Navigate(base+"/fjern"),
		chromedp.SendKeys("#adresse", "https://kilde.example/portraet"),
		chromedp.Click("input[value=person]"),
		chromedp.SendKeys("#tekst", "Mit barn er nævnt."),
		chromedp.Click("form.letter button"),
	)
	if said := arrived("/fjern?nummer="); !strings.Contains(said, "Tak. Vi har modtaget din henvendelse.") {
		t.Errorf("the receipt says %.300q", said)
	}
}
