package extract

import (
	"strings"
	"testing"
)

func TestWhatStandsBesideALoneParagraphIsKept(t *testing.T) {
	const prose = `<p>Alle børn i kommunen får tilbudt besøg af en sundhedsplejerske i det første leveår. Besøgene er frivillige og gratis.</p>`
	for name, tc := range map[string]struct{ beside, want, not string }{
		"prices":      {`<table><caption>Takster</caption><tr><th scope="row">Vuggestue</th><td>3.500 kr.</td></tr><tr><th scope="row">Dagpleje</th><td>2.900 kr.</td></tr></table>`, "Vuggestue\t3.500 kr.", "Vuggestue3"},
		"a list":      {`<h2>Husk</h2><ul><li>madpakke</li><li>regntøj</li><li>skiftetøj</li></ul>`, "Husk\nmadpakke\nregntøj\nskiftetøj", "madpakkeregn"},
		"definitions": {`<dl><dt>Alder</dt><dd>0-2 år</dd><dt>Pris</dt><dd>Gratis</dd></dl>`, "Alder\n0-2 år\nPris\nGratis", "Alder0"},
		"short lines": {`<p>Åbent torsdag kl. 10.</p><p>Vi ses!</p>`, "Åbent torsdag kl. 10.\nVi ses!", ""},
		"links":       {`<h2>Andre tilbud</h2><ul><li><a href="/a">Legestuen på havnen</a></li><li><a href="/b">Familiehuset</a></li></ul>`, "frivillige og gratis.", "Familiehuset"},
	} {
		for _, page := range []string{
			`<header><a href="/">Forside</a></header><main><h1>Tilbud</h1>` + prose + tc.beside + `</main><footer><p>Rådhuset, 9000 Byen</p></footer>`,
			`<div id="top"><a href="/">Forside</a></div><div id="w"><div id="c"><h1>Tilbud</h1><div>` + prose + `</div>` + tc.beside + `</div></div><div id="bund"><p>Rådhuset, 9000 Byen</p></div>`,
		} {
			res, err := HTML(Input{URL: "https://kommune.example/tilbud", Body: []byte(page), Now: november})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(res.Text, tc.want) || tc.not != "" && strings.Contains(res.Text, tc.not) || strings.Contains(res.Text, "Rådhuset") {
				t.Errorf("%s: %q", name, res.Text)
			}
		}
	}
}
