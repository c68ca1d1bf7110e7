package extract

import (
	"strings"
	"testing"
)

// TestNamesAreReadFromTheLinesOfRealPages: bylines that need no "Af", labels over names, signatures and sentences on who wrote; what only
// looks like a name, or names somebody else, is nobody.
func TestNamesAreReadFromTheLinesOfRealPages(t *testing.T) {
	long := "<p>Børnene leger i haven det meste af formiddagen, og de voksne er med, når de bliver bedt om det af børnene selv.</p>\n"
	many := strings.Repeat(long, 9)
	for _, tc := range []struct{ name, html, want string }{
		{"a name, a lower-case role and a date below", `<h1>Leg</h1><p>KRONIK</p><p>Anna Holm, filosof og mor til to<br>6. aug. 2023</p>` + many, "Anna Holm"},
		{"a role with a capital", `<h1>Leg</h1><p>Bo Lund, Professor ved Institut for Leg</p>` + many, "Bo Lund"},
		{"a role that is a title cut short", `<h1>Leg</h1><p>Bo Lund, dr.</p>` + many, "Bo Lund"},
		{"a comma and no role", `<h1>Leg</h1><p>Bo Lund, .</p>` + many, "Bo Lund"},
		{"a letter in print without a role", `<h1>Leg</h1>` + many + `<p>Bo Lund, , bragt 6. juni 2024.</p>`, ""},
		{"between bars", `<h1>Leg</h1><p>Interview · 9. februar 2023 · Bo Lund, journalist</p>` + many, "Bo Lund"},
		{"a blogger", `<h1>Leg</h1><p>14/9 2021 | skrevet af Anna Holm | 12 kommentarer</p>` + many, "Anna Holm"},
		{"a name and a day", `<h1>Leg</h1><p>Anna Holm • 3. maj 2021 • 5 min. læsetid</p>` + many, "Anna Holm"},
		{"a name over a role", `<h1>Leg</h1><p>19 oktober, 2025</p><p>Julie Krag Toft<br>Journalist</p>` + many, "Julie Krag Toft"},
		{"a name over a role behind the lead", `<h1>Leg</h1>` + long + `<p>Julie Krag Toft<br>Journalist</p>` + many, "Julie Krag Toft"},
		{"a name below the day", `<h1>Leg</h1><p>3. maj 2021</p><p>Anna Holm</p>` + many, "Anna Holm"},
		{"students below the kind of work", `<h1>Leg</h1><p>Kandidatspeciale i antropologi<br>Anna Marie Holm og Bo Lund<br>Juni 2022 · 118 sider</p>` + many, "Anna Marie Holm|Bo Lund"},
		{"houses of two", `<h1>Play</h1><p>Ida Holm (University of Eastfield) and Tomi Lahti (Northport University of Applied Sciences)</p>` + many, "Ida Holm|Tomi Lahti"},
		{"a year and a kind of work", `<h1>Lek</h1><p>Elin Sandgren (2020). Doktorsavhandling i barn- och ungdomsvetenskap.</p>` + many, "Elin Sandgren"},
		{"a note by somebody", `<h1>Leg</h1><p>Offentliggjort 1. november 2023. Analysenotat ved konsulent Bo Lund</p>` + many, "Bo Lund"},
		{"a day behind two commas", `<h1>Leg</h1><p>Af Anna Holm og Bo Lund, , 01-05-2023</p>` + many, "Anna Holm|Bo Lund"},
		{"a label with space before its colon", `<h1>Leg</h1><p>Forfatter : Bo Lund</p>` + many, "Bo Lund"},
		{"photo and text", `<h1>Leg</h1><p>Foto og tekst: Anna Holm</p>` + many, "Anna Holm"},
		{"a journalist with a capital", `<h1>Leg</h1><p>Opdateret d. 21. maj 2019</p><p>Af: Anna Holm, Journalist</p>` + many, "Anna Holm"},
		{"names below a label", `<h1>Leg</h1>` + many + `<dl><dt>Forfattere</dt><dd>Anna Holm</dd><dd>Bo Lund</dd><dt>Udgiver</dt><dd>Forlaget Leg</dd></dl>`, "Anna Holm|Bo Lund"},
		{"each an author", `<h1>Leg</h1>` + many + `<ul><li>Anna Holm (Forfatter)</li><li>Bo Lund (Forfatter)</li><li>Eva Ry (Vejleder)</li></ul>`, "Anna Holm|Bo Lund"},
		{"a letter's writer", `<h1>Leg</h1><p>LÆSERBREV. Lørdag 3. december 2022</p>` + many + `<p>Ejnar Holm, morfar, Harboøre</p>`, "Ejnar Holm"},
		{"a letter's writer alone", `<h1>Leg</h1><p>Debat</p>` + many + `<p>Anna Holm</p>`, "Anna Holm"},
		{"greetings", `<h1>Nyt fra lederen</h1>` + many + `<p>Venlig hilsen</p><p>Anna Holm, leder</p>`, "Anna Holm"},
		{"an article told of", `<h1>Leg</h1>` + many + `<p>Artiklen er skrevet af lektor Anna Holm og adjunkt Bo Lund fra KP.</p>`, "Anna Holm|Bo Lund"},
		{"a report told of", `<h1>Leg</h1>` + many + `<p>Rapporten er udarbejdet af seniorforsker Anna Holm.</p>`, "Anna Holm"},
		{"a book", `<h1>Trøst</h1><p>En bog om gråd, skrevet af familieterapeut Niels-Peter Skov Holm</p><p>Forlaget Første Skridt, 2004</p>` + many, "Niels-Peter Skov Holm"},

		{"a name alone over the text", `<h1>Leg</h1><p>Anna Marie Holm</p>` + many, "Anna Marie Holm"},

		{"a dateline of a paper", `<h1>Leg</h1><p>Slagelse - 26. august 2021 kl. 09:44 Af Anna Gudmann Holm</p>` + many, "Anna Gudmann Holm"},
		{"a dateline and how to reach the paper", `<h1>Leg</h1><p>Sorø - 09. maj 2018 kl. 17:41 Af Bo Lund Kontakt redaktionen: avis@avis.example</p>` + many, "Bo Lund"},
		{"names and their house behind the lead", `<h1>Leg</h1>` + long + `<p>Line Holm, Natascha Lund &amp; Line Buus Ry | Socialstyrelsen</p>` + many, "Line Holm|Natascha Lund|Line Buus Ry"},
		{"a rare given name", `<h1>Leg</h1><p>En opsamling</p><p>Martin Holm, Niels Lund og Michella Ida Ry</p>` + many, "Martin Holm|Niels Lund|Michella Ida Ry"},
		{"a minister's answer", `<h1>Svar på spørgsmål 392</h1>` + many + `<p>Med venlig hilsen<br>Anna Holm</p>`, ""},

		{"a name and its house behind the lead", `<h1>Leg</h1>` + long + `<p>Holger Lund | Socialstyrelsen</p>` + many, "Holger Lund"},
		{"a list with a name a line", `<h1>Play</h1><p>Jeanett Friis Holm (),<br>Sofus Lund,<br>Ann-Kristine Ry and<br>Ina Olmer Skov</p>` + many, "Jeanett Friis Holm|Sofus Lund|Ann-Kristine Ry|Ina Olmer Skov"},

		{"the lead of a debate", `<h1>Leg</h1><p>Debat</p><p>Det er ikke muligt at nå et svar på det hele, skriver læge Ole D. Lund i et svar til avisens leder</p>` + many, "Ole D. Lund"},
		{"the lead of a news piece", `<h1>Leg</h1><p>Det er ikke muligt at nå et svar på det hele, skriver læge Ole D. Lund i et svar til avisens leder</p>` + many, ""},

		{"a house below the title", `<h1>Leg</h1><p>Børnehuset Viben</p><p>3. maj 2021</p>` + many, ""},
		{"a house and a day", `<h1>Leg</h1><p>Lille Skovby • 3. maj 2021</p>` + many, ""},
		{"a company's report", `<h1>Leg</h1>` + many + `<p>Rapporten er udarbejdet af Oxford Tænketank for ministeriet.</p>`, ""},
		{"somebody to ask", `<h1>Leg</h1>` + many + `<p>Kontakt</p><p>Anna Holm, chefkonsulent</p>`, ""},
		{"somebody to call", `<h1>Leg</h1><p>Anna Holm, konsulent</p><p>Telefon 12 34 56 78</p>` + many, ""},
		{"a person of the article", `<h1>Leg</h1>` + long + `<p>Anna Holm, pædagog</p>` + many, ""},
		{"who is in it", `<h1>Leg</h1><p>Medvirkende</p><p>Anna Holm, pædagog</p>` + many, ""},
		{"a person at the foot of a news piece", `<h1>Leg</h1><p>Nyhed</p>` + many + `<p>Anna Holm, chefkonsulent</p>`, ""},
		{"a review of a book", `<h1>Anmeldelse: Trøst</h1><p>En bog om gråd, skrevet af familieterapeut Niels-Peter Holm</p><p>Forlaget Første Skridt, 2004</p>` + many, ""},
		{"a story of somebody", `<h1>Leg</h1><p>Anna Holm er pædagog og mor.</p>` + many, ""},
		{"a supervisor", `<h1>Leg</h1><p>Vejleder</p><p>Anna Holm<br>Lektor</p>` + many, ""},
		{"a heading", `<h1>Leg</h1><h2>Anna Holm, pædagog og mor</h2>` + many, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: "https://x.example/", Body: []byte("<main>" + tc.html + "</main>")})
			if got := strings.Join(res.Authors, "|"); got != tc.want {
				t.Errorf("authors %q by %+v; want %q", got, res.Why["authors"], tc.want)
			}
		})
	}
}
