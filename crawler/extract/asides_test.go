package extract

import (
	"fmt"
	"strings"
	"testing"
)

// asideLayouts are pages without a word on where their text lies or ends; the second %s stands beside or below it.
var asideLayouts = map[string]string{
	"main":   `<header><a href=/>Forside</a></header><main><h1>Småbørns sprog</h1>%s%s</main><footer>Lindeby</footer>`,
	"boxes":  `<div><a href=/>Forside</a></div><div><div><h1>Småbørns sprog</h1><div>%s</div>%s</div></div>`,
	"tables": `<table><tr><td colspan=2>Lindeby</td></tr><tr><td><a href=/a>Forside</a><br><a href=/b>Nyt</a><br><a href=/c>Om os</a></td><td><h1>Småbørns sprog</h1>%s</td></tr><tr><td colspan=2>%s</td></tr></table>`,
	"cells":  `<table><tr><td colspan=2>Lindeby</td></tr><tr><td><a href=/a>Forside</a><br><a href=/b>Nyt</a><br><a href=/c>Om os</a></td><td><h1>Småbørns sprog</h1>%s%s</td></tr></table>`,
}

// besideIn reads a page of each layout with something beside its text, and returns what came out beside the text.
func besideIn(t *testing.T, layout, title, aside string) []string {
	t.Helper()
	var text, out []string
	for i := range 4 {
		text = append(text, fmt.Sprintf("Småbørn lærer sprog gennem samspil med voksne, der lytter og svarer på det, som barnet peger på i hverdag nummer %d.", i))
	}
	page := "<title>" + title + "</title>" + fmt.Sprintf(asideLayouts[layout], "<p>"+strings.Join(text, "</p><p>")+"</p>", aside)
	res := read(t, Input{URL: "https://lindeby.example/sprog", Body: []byte(strings.ReplaceAll(page, "Småbørns sprog", title))})
	for line := range strings.SplitSeq(res.Text, "\n") {
		if !strings.HasPrefix(line, "Småbørn lærer sprog") && line != title {
			out = append(out, line)
		}
	}
	if got := strings.Count(res.Text, "Småbørn lærer sprog"); got != len(text) {
		t.Errorf("%s: %d of %d paragraphs: %q", layout, got, len(text), res.Text)
	}
	return out
}

func TestWhatLeadsElsewhereOrAsksForCookiesStaysOutWithoutAModel(t *testing.T) {
	const a, b = `<a href=/a>Sprogtrappen i vuggestuen</a>`, `<a href=/b>Dialogisk læsning</a>`
	for name, aside := range map[string]string{
		"two links":              `<div><h3>Relaterede links</h3><ul><li>` + a + `</li><li>` + b + `</li></ul></div>`,
		"one link":               `<div><div>Relaterede links</div><div>` + a + `</div></div>`,
		"boxes of links":         `<div><div>Læs også</div><div>` + a + `</div><div>` + b + `</div></div>`,
		"lines of links":         `<div><strong>Læs også</strong><br>` + a + `<br>` + b + `</div>`,
		"paragraphs of links":    `<p><b>Læs også:</b></p><p>` + a + `</p><p>` + b + `</p>`,
		"links on one line":      `<div><h4>Relaterede sider</h4>` + a + ` ` + b + `</div>`,
		"teasers":                `<div><div>Læs også</div><div><div>` + a + `</div><div>Trappen viser, hvordan ordforrådet vokser fra et til tre år.</div></div><div><div>` + b + `</div><div>12. marts 2024</div><div>Læs med barnet, og stil spørgsmål undervejs i bogen.</div></div></div>`,
		"teasers in headings":    `<div><h2>Flere artikler om sprog</h2><div><h3>` + a + `</h3><p>Trappen viser, hvordan ordforrådet vokser.</p></div><div><h3>` + b + `</h3><p>Læs med barnet.</p></div></div>`,
		"what others read":       `<div><h2>Andre læste også</h2><div>` + a + `</div><div>` + b + `</div></div>`,
		"what may interest":      `<div><h2>Måske er du også interesseret i</h2><div>` + a + `</div></div>`,
		"Norwegian":              `<div><b>Les også</b><div>` + a + `</div></div>`,
		"English":                `<div><b>You may also like</b><div>` + a + `</div><div>` + b + `</div></div>`,
		"cookies for a film":     `<div><div>Accepter cookies for at se videoen</div></div>`,
		"cookies for content":    `<div><p>Du skal acceptere marketing-cookies for at se dette indhold. <a href=#>Ændr dit samtykke</a></p></div>`,
		"consent, and a link":    `<div><p>For at kunne vise videoen skal du give samtykke til statistik- og marketingcookies.</p><p><a href="#">Opdater dit samtykke</a></p></div>`,
		"content not shown":      `<p>Indholdet kan ikke vises, fordi du har fravalgt cookies.</p>`,
		"a film that is blocked": `<p>Denne video er blokeret, fordi du ikke har accepteret cookies. Klik her for at ændre dine cookieindstillinger.</p>`,
		"a player's consent":     `<div>Hvis du vil se kortet, skal du tillade funktionelle cookies.</div>`,
		"English film":           `<div>Please accept marketing cookies to watch this video.</div>`,
		"Swedish film":           `<div>Du måste acceptera cookies för att se filmen.</div>`,
		"the site's notice":      `<div>Vi bruger cookies for at forbedre din oplevelse og til statistik. Ved at klikke videre accepterer du brugen af cookies. <a href=/c>Læs mere</a></div><div>Accepter alle cookies</div><div>Cookieindstillinger</div>`,
		"another site's notice":  `<div>Dette websted anvender cookies til statistik.</div><div><a href=/c>Læs mere om cookies</a></div>`,
		"an owner":               `<div>© 2024 Lindeby Kommune. Alle rettigheder forbeholdes.</div>`,
		"owners over years":      `<p>Copyright © 2019-2024 Børnenes Fond</p>`,
		"an owner, then a year":  `<p>Lindeby Kommune © 2024</p>`,
		"rights alone":           `<p>Alle rettigheder forbeholdes</p>`,
		"a newsletter":           `<div><h3>Tilmeld dig vores nyhedsbrev</h3><p>Få viden om småbørn direkte i din indbakke.</p></div>`,
	} {
		for layout := range asideLayouts {
			if got := besideIn(t, layout, "Småbørns sprog", aside); len(got) > 0 {
				t.Errorf("%s in %s: %q", name, layout, got)
			}
		}
	}
}

func TestListsTablesAndSentencesOfTheTextStay(t *testing.T) {
	for name, tc := range map[string]struct{ title, aside, want string }{
		"materials":                  {"Leg", `<h2>Det skal I bruge</h2><ul><li>sand</li><li>vand</li></ul>`, "Det skal I bruge|sand|vand"},
		"prices":                     {"Leg", `<table><tr><th>Vuggestue</th><td>3.500 kr.</td></tr><tr><th>Dagpleje</th><td>2.900 kr.</td></tr></table>`, "Vuggestue\t3.500 kr.|Dagpleje\t2.900 kr."},
		"a heading over prose":       {"Leg", `<h2>Læs mere</h2><p>Barnet læser mere, når voksne læser højt for det hver eneste dag i børnehaven.</p>`, "Barnet læser mere, når voksne læser højt for det hver eneste dag i børnehaven."},
		"a section on links":         {"Leg", `<h2>Links</h2><p>Børn, der leger sammen, knytter bånd, og de bånd holder længe efter legen.</p>`, "Links|Børn, der leger sammen, knytter bånd, og de bånd holder længe efter legen."},
		"prose with a link":          {"Leg", `<p>Det står i <a href=/a>rapporten</a>, som kommunen har fået lavet om børns leg.</p>`, "Det står i rapporten, som kommunen har fået lavet om børns leg."},
		"prose after the list":       {"Leg", `<h3>Læs også</h3><p><a href=/a>Sprogtrappen</a></p><p>Derfor er legen vigtig for alle børn, hvad enten de er to eller fem år gamle.</p>`, "Derfor er legen vigtig for alle børn, hvad enten de er to eller fem år gamle."},
		"baking":                     {"Leg", `<p>Vi bager cookies med de store børn, mens de små ser en film.</p>`, "Vi bager cookies med de store børn, mens de små ser en film."},
		"consent to pictures":        {"Leg", `<p>Giv samtykke til billeder af dit barn, før det begynder.</p>`, "Giv samtykke til billeder af dit barn, før det begynder."},
		"consent to sharing":         {"Leg", `<p>Du skal give samtykke, før sundhedsplejersken kan tale med dagplejen om dit barn.</p>`, "Du skal give samtykke, før sundhedsplejersken kan tale med dagplejen om dit barn."},
		"apps for children":          {"Leg", `<p>Mange spil til småbørn kræver, at forældre accepterer cookies, og det bør der laves om på.</p>`, "Mange spil til småbørn kræver, at forældre accepterer cookies, og det bør der laves om på."},
		"a page about cookies":       {"Cookiepolitik", `<p>Vi bruger cookies til statistik.</p><p>Du skal acceptere cookies for at se videoen.</p>`, "Vi bruger cookies til statistik.|Du skal acceptere cookies for at se videoen."},
		"what may be copied":         {"Leg", `<p>Copyright betyder, at forfatteren bestemmer over sin tekst, også når børn har tegnet til den.</p>`, "Copyright betyder, at forfatteren bestemmer over sin tekst, også når børn har tegnet til den."},
		"a colophon with its number": {"Leg", `<p>© 2020 Forlaget Leg. ISBN 978-87-7000-000-1</p>`, "© 2020 Forlaget Leg. ISBN 978-87-7000-000-1"},
		"a newsletter told of":       {"Leg", `<p>Få gerne barnet med, når I læser vores nyhedsbrev om leg i vuggestuen.</p>`, "Få gerne barnet med, når I læser vores nyhedsbrev om leg i vuggestuen."},
	} {
		for _, layout := range []string{"main", "boxes", "cells"} { // what stands in a cell of its own below all is no list of the text
			got := strings.Join(besideIn(t, layout, tc.title, tc.aside), "|")
			if strings.ReplaceAll(got, "Læs mere|", "") != tc.want {
				t.Errorf("%s in %s: %q, want %q", name, layout, got, tc.want)
			}
		}
	}
}
