package extract

import (
	"strings"
	"testing"
)

func TestAuthorsAreThePeopleWhoWrote(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"citation", `<meta name="citation_author" content="Holm, Anna"><meta name="citation_author" content="Bo Lund"><meta name="author" content="Ole Web">`, "Anna Holm|Bo Lund"},
		{"initials behind", `<meta name="citation_author" content="Holm, A. B.">`, "A. B. Holm"},
		{"double surname", `<meta name="dc.creator" content="Thybo Lindskov, Jonas">`, "Jonas Thybo Lindskov"},
		{"semicolons", `<meta name="citation_authors" content="Holm, Anna; Lund, Bo">`, "Anna Holm|Bo Lund"},
		{"commas between names", `<meta name="author" content="Anna Holm, Bo Lund og Eva Ry">`, "Anna Holm|Bo Lund|Eva Ry"},
		{"JSON-LD objects and references", `<script type="application/ld+json">{"@graph":[{"@type":"Article","author":[{"@id":"#a"},{"@type":"Person","name":"Bo Lund"},"Eva Ry"]},{"@id":"#a","@type":"Person","name":"Anna Holm"}]}</script>`, "Anna Holm|Bo Lund|Eva Ry"},
		{"organisation in JSON-LD", `<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Stuen"}}</script>`, ""},
		{"site name", `<meta property="og:site_name" content="Mary Fonden"><meta name="author" content="Mary Fonden">`, ""},
		{"editors' desk", `<meta name="author" content="Redaktionen">`, ""},
		{"administrator", `<meta name="author" content="admin">`, ""},
		{"municipality", `<meta name="author" content="Lindeby Kommune">`, ""},
		{"address", `<meta name="author" content="https://x.example/anna">`, ""},
		{"e-mail", `<meta name="author" content="anna@x.example">`, ""},
		{"byline", `<h1>Leg</h1><p>Af Anna Holm, Bo Lund med flere</p>`, "Anna Holm|Bo Lund"},
		{"byline with role and date", `<h1>Leg</h1><p>Af Anna Holm | 12. marts 2024</p>`, "Anna Holm"},
		{"byline with photo", `<h1>Leg</h1><p>Tekst: Anna Holm og Bo Lund. Foto: Eva Ry</p>`, "Anna Holm|Bo Lund"},
		{"author label", `<h1>Leg</h1><p>Forfatter: Anna-Lise von Holm</p>`, "Anna-Lise von Holm"},
		{"English", `<h1>Play</h1><p>By Anna Holm and Bo Lund</p>`, "Anna Holm|Bo Lund"},
		{"written by", `<h1>Leg</h1><p>Skrevet af journalist Anna Holm</p>`, "Anna Holm"},
		{"lower-case label in a span", `<h1>Leg</h1><span class="byline"> af <span class="author">Anna Holm</span></span>`, "Anna Holm"},
		{"a sentence that begins with Af", `<h1>Leg</h1><p>Af hensyn til Børnene er Legepladsen lukket.</p>`, ""},
		{"a percentage that begins with Af", `<h1>Leg</h1><p>Af 43 forældre svarede to nej.</p>`, ""},
		{"a role behind the name", `<h1>Leg</h1><p>Af Sofie Blom, pædagog og tillidsrepræsentant</p>`, "Sofie Blom"},
		{"a chair of a union", `<h1>Leg</h1><p>Af: Sofie Blom, formand for BUPL</p>`, "Sofie Blom"},
		{"a role of two", `<h1>Leg</h1><p>Skrevet af Anne Holm og Bo Lind, lektorer ved KP</p>`, "Anne Holm|Bo Lind"},
		{"a union behind the name", `<h1>Leg</h1><p>Af Sofie Blom, BUPL</p>`, "Sofie Blom"},
		{"a name and the editors", `<h1>Leg</h1><p>Af Sofie Blom og redaktionen</p>`, "Sofie Blom"},
		{"a role in a byline without a label", `<h1>Leg</h1><p class="byline">Sofie Blom, pædagog</p>`, "Sofie Blom"},
		{"a sentence that begins with names", `<h1>Leg</h1><p>Af Danske Børnehaver, som er med i puljen, svarede ni.</p>`, ""},
		{"an English sentence with a capital day", `<h1>Play</h1><p>By Monday Morning, the children had gone home.</p>`, ""},
		{"names and other people", `<h1>Leg</h1><p>Af Sofie Blom og andre børn</p>`, ""},
		{"titles before names", `<h1>Leg</h1><p>Forfatter: seniorforsker Anna Holm og lektor Bo Lund</p>`, "Anna Holm|Bo Lund"},
		{"longer titles before names", `<h1>Leg</h1><p>Af ph.d.-studerende Anna Holm og professor MSO Bo Lund</p>`, "Anna Holm|Bo Lund"},
		{"titles between names", `<h1>Leg</h1><p>Skrevet af Anna Holm, specialkonsulent, og Bo Lund, chefkonsulent</p>`, "Anna Holm|Bo Lund"},
		{"places of work between names", `<h1>Leg</h1><p>Af Anna Holm, lektor ved KP, og Bo Lund, adjunkt ved KP</p>`, "Anna Holm|Bo Lund"},
		{"short titles between names", `<h1>Leg</h1><p>Af Anna Holm, pædagog og Bo Lund, leder</p>`, "Anna Holm|Bo Lund"},
		{"abbreviated titles", `<h1>Leg</h1><p>Af ph.d. Anna Holm og cand.pæd.psych. Bo Lund</p>`, "Anna Holm|Bo Lund"},
		{"a capital title", `<h1>Leg</h1><p>Af Lektor Anna Holm</p>`, "Anna Holm"},
		{"a title in metadata", `<meta name="author" content="Seniorforsker Anna Holm">`, "Anna Holm"},
		{"text and photographer", `<h1>Leg</h1><p>Tekst: Anna Holm. Foto: Bo Lund</p>`, "Anna Holm"},
		{"text and photographer without marks", `<h1>Leg</h1><p>Tekst Anna Holm Foto Bo Lund</p>`, "Anna Holm"},
		{"the photographer first", `<h1>Leg</h1><p>Foto: Bo Lund. Tekst: Anna Holm</p>`, "Anna Holm"},
		{"an illustrator", `<h1>Leg</h1><p>Tekst: Anna Holm, illustrationer: Bo Lund</p>`, "Anna Holm"},
		{"only a photographer", `<h1>Leg</h1><p>Foto: Bo Lund</p>`, ""},
		{"an institute of two things", `<h1>Leg</h1><p>Af Anna Holm, lektor ved Institut for Leg og Fri Dans</p>`, "Anna Holm"},
		{"a role with a list", `<h1>Leg</h1><p>Af Anna Holm, formand for klubben i Ry og Skive</p>`, "Anna Holm"},
		{"titles and no name", `<h1>Leg</h1><p>Af pædagoger og ledere i Vejle</p>`, ""},
		{"a sentence of professors", `<h1>Leg</h1><p>Af professorer, lektorer og adjunkter er fire med.</p>`, ""},
		{"a sentence with titles", `<h1>Leg</h1><p>Af ledere Og Pædagoger, som svarede, var ni tilfredse.</p>`, ""},
		{"text about texts", `<h1>Leg</h1><p>Tekst og billede hænger sammen for Små Børn.</p>`, ""},
		{"a date before the byline", `<h1>Leg</h1><p>14. marts 2024. Af Anna Holm, formand for klubben</p>`, "Anna Holm"},
		{"a date and a bar before it", `<h1>Leg</h1><p>Torsdag den 14. marts 2024 | Af Anna Holm</p>`, "Anna Holm"},
		{"a month before it, a picture behind", `<h1>Leg</h1><p>Marts 2024. Af Anna Holm og Bo Lund. Foto: Eva Ry</p>`, "Anna Holm|Bo Lund"},
		{"the kind of work before it", `<h1>Leg</h1><p>Kandidatspeciale af Anna Holm og Bo Lund. Vejleder: lektor Eva Ry</p>`, "Anna Holm|Bo Lund"},
		{"a letter's writer", `<h1>Leg</h1><p>Læserbrev af Anna Holm, mor og pædagog</p>`, "Anna Holm"},
		{"a label far down", `<h1>Leg</h1>` + strings.Repeat("<p>Børnene leger.</p>", 30) + `<p>Idé og tekst: Anna Holm. Må kopieres.</p>`, "Anna Holm"},
		{"two names below the title", `<h1>Play</h1><p>Anna Holm and Bo van Lund</p>`, "Anna Holm|Bo van Lund"},
		{"a midwife", `<h1>Leg</h1><p>Af jordemoder Anna Holm</p>`, "Anna Holm"},
		{"the staff of a paper", `<h1>Kontakt</h1><p>Chefredaktør: Eva Ry</p><p>Journalist: Anna Holm, dækker leg</p><p>Annoncer: Ring</p>`, ""},
		{"labels of two books", `<h1>Bøger</h1>` + strings.Repeat("<p>Børnene leger.</p>", 30) + `<p>Forfatter: Anna Holm</p><p>Forfatter: Bo Lund</p>`, ""},
		{"a portrait of somebody", `<h1>Leg</h1><p>Portræt af Anna Holm og Bo Lund</p>`, ""},
		{"a review of somebody", `<h1>Leg</h1><p>Anmeldelse af Anna Holm</p>`, ""},
		{"a date before a sentence", `<h1>Leg</h1><p>14. marts 2024. Af hensyn til Anna Holm er der lukket.</p>`, ""},
		{"one name below the title", `<h1>Leg</h1><p>Lille Skovby</p>`, ""},
		{"a name and a place below the title", `<h1>Leg</h1><p>Anna Holm, Vejle</p>`, ""},
		{"an initial within a name", `<h1>Leg</h1><p>Af Pia K, Søren Ø. Nygaard-Holm og Åse L</p>`, "Pia K|Søren Ø. Nygaard-Holm|Åse L"},
		{"initials that end a name", `<h1>Leg</h1><p>Af Pia K., Bo Å. og Eva R.</p>`, "Pia K|Bo Å|Eva R"},
		{"initials alone before a name", `<h1>Leg</h1><p>Af J.P. Holm og A. B. Lund</p>`, "J.P. Holm|A. B. Lund"},
		{"a short first name", `<h1>Leg</h1><p>Af Hans Chr. Holm og Bo Lund</p>`, "Hans Chr. Holm|Bo Lund"},
		{"an initial before a sentence", `<h1>Leg</h1><p>Af Anna B. Børnene leger i haven.</p>`, "Anna B"},
		{"an initial, then the picture", `<h1>Leg</h1><p>Af Anna B. Foto: Bo Lund</p>`, "Anna B"},
		{"editors", `<h1>Leg</h1><p>Af Anna Holm, Bo Lund (red.) og Eva Ry</p>`, "Anna Holm|Bo Lund|Eva Ry"},
		{"editors at the end", `<h1>Leg</h1><p>Af Anna Holm og Bo Lund (red.)</p>`, "Anna Holm|Bo Lund"},
		{"an English editor", `<h1>Play</h1><p>By Anna Holm (ed.), Bo Lund (Eds.) and Eva Ry</p>`, "Anna Holm|Bo Lund|Eva Ry"},
		{"an editor in metadata", `<meta name="author" content="Anna Holm (red.), Bo Lund">`, "Anna Holm|Bo Lund"},
		{"houses in parentheses", `<h1>Leg</h1><p>Af Anna Holm (VIVE), Bo Lund (Absalon) og Eva Ry (KP)</p>`, "Anna Holm|Bo Lund|Eva Ry"},
		{"a photographer in parentheses", `<h1>Leg</h1><p>Af Anna Holm (tekst) og Bo Lund (foto)</p>`, "Anna Holm"},
		{"ages in parentheses", `<h1>Leg</h1><p>Af Anna Holm (34 år), mor til to</p>`, "Anna Holm"},
		{"names before a month", `<h1>Leg</h1><p>Anna Holm og Bo Lund. December 2021. 74 sider.</p>`, "Anna Holm|Bo Lund"},
		{"initials before a kind of work", `<h1>Leg</h1><p>A. B. Holm og P.-E. Lund. Arbejdspapir 2023-07, juli 2023.</p>`, "A. B. Holm|P.-E. Lund"},
		{"a name before a dissertation", `<h1>Play</h1><p>Anna Holm Lund. PhD dissertation, Faculty of Play.</p>`, "Anna Holm Lund"},
		{"a name, a role and a date", `<h1>Leg</h1><p>Anna-Lise Holm, pædagog · 8. marts 2021</p>`, "Anna-Lise Holm"},
		{"a place before a date", `<h1>Leg</h1><p>Lille Skovby. Børnene leger i december 2021.</p>`, ""},
		{"a weekday before a date", `<h1>Leg</h1><p>Tirsdag den 25. marts 2025 kl. 19 i kantinen</p>`, ""},
		{"written on a day", `<h1>Leg</h1><p>Skrevet 9. november 2023 af Anna Holm, pædagog</p>`, "Anna Holm"},
		{"a story told", `<h1>Leg</h1><p>Fortalt af pædagogmedhjælper Anna Holm</p>`, "Anna Holm"},
		{"a review", `<h1>Leg</h1><p>Anmeldt af Anna Holm, lektor. Bragt i nr. 4.</p>`, "Anna Holm"},
		{"an answer behind a date", `<h1>Leg</h1><p>11. februar 2021. Svar af talepædagog Anna Holm</p>`, "Anna Holm"},
		{"a project of students", `<h1>Leg</h1><p>Bachelorprojekt, pædagoguddannelsen. Af A. B. Holm og C. Lund. Vejleder: lektor Eva Ry.</p>`, "A. B. Holm|C. Lund"},
		{"a letter's signature", `<h1>Leg</h1>` + strings.Repeat("<p>Børnene leger.</p>", 30) + `<p>Anna Holm, fhv. dagplejer, Lemvig. Bragt 6. juni 2024.</p>`, "Anna Holm"},
		{"a contact at the foot", `<h1>Leg</h1>` + strings.Repeat("<p>Børnene leger.</p>", 30) + `<p>Anna Holm, dagplejer, Lemvig. Ring 6. juni 2024.</p>`, ""},
		{"titles behind a comma before a name", `<h1>Leg</h1><p>Af adjunkt, cand.pæd. Anna-Lise Holm & ph.d.-studerende Ali al-Khatib</p>`, "Anna-Lise Holm|Ali al-Khatib"},
		{"titles in a line that is called a byline", `<h1>Leg</h1><p class="byline">Lektor Anna Holm, Roskilde Universitet, og docent Eva Juul Ry, VIA</p>`, "Anna Holm|Eva Juul Ry"},
		{"a picture in a line that is called a byline", `<h1>Leg</h1><p class="byline">Anna von Holm · Foto: Bo Lund</p>`, "Anna von Holm"},
		{"a town", `<h1>Leg</h1><p class="byline">Af Anna Holm, Berlin</p>`, "Anna Holm"},
		{"a town with its post", `<h1>Leg</h1><p>Af Anna Holm og Bo Lund, København Ø</p>`, "Anna Holm|Bo Lund"},
		{"a Faroese name", `<h1>Leg</h1><p>Tekst: Asger á Rogvi Foto: Scanpix</p>`, "Asger á Rogvi"},
		{"titles joined, and samt", `<h1>Leg</h1><p>Af Ph.d. og seniorrådgiver Anna Ø. Holm samt specialkonsulent Bo H. Lund, VIA University College</p>`, "Anna Ø. Holm|Bo H. Lund"},
		{"surnames first", `<h1>Leg</h1><p>Forfattere: Holm, P., Åkerblom, A. B. & de la Cour, N.</p>`, "P. Holm|A. B. Åkerblom|N. de la Cour"},
		{"surnames first in metadata", `<meta name="author" content="Holm, P., Åkerblom, A. og Lund, B.">`, "P. Holm|A. Åkerblom|B. Lund"},
		{"capitals", `<h1>Leg</h1><p>AF ULRIK MØLGAARD OG SISSE-MARIE VON FJELSTED</p>`, "Ulrik Mølgaard|Sisse-Marie von Fjelsted"},
		{"an organisation and another", `<h1>Leg</h1><p>Af Anna Holm, Foreningen Leg, Nordisk Samarbejde</p>`, "Anna Holm"},
		{"a sentence of two and a town", `<h1>Leg</h1><p>Af Lille Peter, Bo og Eva kom ingen.</p>`, ""},
		{"a review on a day", `<h1>Leg</h1><p>Anmeldt af Lis Hedegaard den 12. september 2022</p>`, "Lis Hedegaard"},
		{"a review on a weekday", `<h1>Leg</h1><p>Af Anna Holm torsdag den 12. september 2022</p>`, "Anna Holm"},
		{"an analysis", `<h1>Leg</h1><p>Analyse af Jonas Fich, seniorøkonom. 27. september 2023</p>`, "Jonas Fich"},
		{"an analysis by a rare name", `<h1>Leg</h1><p>Analyse af Xuvi Fich, seniorøkonom. 27. september 2023</p>`, "Xuvi Fich"},
		{"an analysis of what", `<h1>Leg</h1><p>Analyse af Danske Kommuner, 27. september 2023</p>`, ""},
		{"an evaluation of what", `<h1>Leg</h1><p>Evaluering af Projekt Legekasse. 27. september 2023</p>`, ""},
		{"a day, a name and a role", `<h1>Leg</h1><p>28. oktober 2022. Gunnar Toft Ibsen, pensioneret smed, Lemvig</p>`, "Gunnar Toft Ibsen"},
		{"a day before a sentence", `<h1>Leg</h1><p>28. oktober 2022. Anna Holm, der er smed, fik en pris.</p>`, ""},
		{"a name and a day", `<h1>Leg</h1><p>Sofie Agger, 19. august 2023</p>`, "Sofie Agger"},
		{"two names and a day", `<h1>Leg</h1><p>Sofie Agger og Bo Lund, 19. august 2023</p>`, "Sofie Agger|Bo Lund"},
		{"a place and a day", `<h1>Leg</h1><p>Nørre Snede, 19. august 2023</p>`, ""},
		{"a work, a day and authors", `<h1>Leg</h1><p>Rapport. 2. december 2024. Forfattere: Anders Lykke og Maja Storm</p>`, "Anders Lykke|Maja Storm"},
		{"repeated", `<meta name="citation_author" content="Anna Holm"><meta name="citation_author" content="Holm, Anna">`, "Anna Holm"},
		{"none", `<h1>Leg</h1><p>Tekst om leg.</p>`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: "https://x.example/", Body: []byte(tc.html + "<p>Børnene leger i haven.</p>")})
			if got := strings.Join(res.Authors, "|"); got != tc.want {
				t.Errorf("authors %q by %+v; want %q", got, res.Why["authors"], tc.want)
			}
		})
	}
}

func TestAnAuthorWithAnAddressIsANameAndNoKicker(t *testing.T) {
	page := `<head><meta name=author content="Anna Holm (anna@kommune.example)"></head><body><main><p class=kicker>anna@kommune.example</p><h1>Leg</h1>` + prose + `</main></body>`
	res := read(t, Input{Body: []byte(page)})
	if len(res.Authors) != 1 || res.Authors[0] != "Anna Holm" || res.Kicker != "" {
		t.Errorf("authors %q, kicker %q", res.Authors, res.Kicker)
	}
}

// TestAnAuthorsReasonIsTheLine: the byline as it stands on the page.
func TestAnAuthorsReasonIsTheLine(t *testing.T) {
	const line = "Af Anna Holm, lektor, Bo Lund & Eva Ry"
	res := read(t, Input{Body: []byte(`<h1>Leg</h1><p>` + strings.ReplaceAll(line, "&", "&amp;") + `</p>` + prose)})
	if got := res.Why["authors"]; got.Rule != "authors-byline" || got.Quote != line {
		t.Errorf("reason %+v", got)
	}
}
