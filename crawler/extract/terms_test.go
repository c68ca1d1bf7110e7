package extract

import "testing"

// TestALicenceIsThePagesOwnOnlyWhereItIsSaidOfThePage: licences of what a page cites, shows or explains are none of its own, and
// whoever keeps all rights gives none away.
func TestALicenceIsThePagesOwnOnlyWhereItIsSaidOfThePage(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"this report", `<p>Denne rapport er udgivet under CC BY-NC 4.0.</p>`, "CC BY-NC 4.0"},
		{"with slashes", `<p>Tekstindholdet på denne side må bruges under følgende Creative Commons-licens - CC/BY/NC/SA Kreditering.</p>`, "CC/BY/NC/SA"},
		{"the article", `<p>Artiklen er publiceret under licensen CC BY 4.0 og må deles.</p>`, "CC BY 4.0"},
		{"all content of the site", `<p>Alt indhold på siden er under CC BY-SA 4.0, hvis ikke andet er nævnt.</p>`, "CC BY-SA 4.0"},
		{"text and pictures", `<p>Tekst og billeder må bruges efter CC BY 4.0.</p>`, "CC BY 4.0"},
		{"a label", `<p>Licens: CC BY-ND 4.0</p>`, "CC BY-ND 4.0"},
		{"published under", `<p>Published under a CC BY 4.0 license.</p>`, "CC BY 4.0"},
		{"with a rule on how to cite", `<p>Materialet må deles under CC BY 4.0, men du skal nævne kilden.</p>`, "CC BY 4.0"},
		{"a colophon", `<p>© 2021 Forfatterne. CC BY 4.0</p>`, "CC BY 4.0"},
		{"a linked sentence", `<p>Hæftet er udgivet under <a href="https://creativecommons.org/licenses/by/4.0/">denne licens</a>.</p>`, "CC BY 4.0"},
		{"a footer's sentence", `<footer><p>Indholdet på siden er udgivet under CC BY 4.0.</p></footer>`, "CC BY 4.0"},
		{"a badge", `<footer><a href="https://creativecommons.org/licenses/by/4.0/"><img src="cc.png"></a></footer>`, "CC BY 4.0"},
		{"rel license", `<p>Læs <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">vilkårene</a></p>`, "CC BY 4.0"},
		{"metadata beside reserved rights", `<meta name="dc.rights" content="https://creativecommons.org/licenses/by/4.0/"><footer>Alle rettigheder forbeholdes</footer>`, "CC BY 4.0"},
		{"all rights reserved", `<p>© 2021 Huset. Alle rettigheder forbeholdes.</p>`, "Alle rettigheder forbeholdes"},

		{"files set free", `<p>Filerne er frigivet som CC0 1.0.</p>`, "CC0"},
		{"a review that is free to read", `<p>Gennemgangen har doi 10.5555/a og er frit tilgængelig under CC BY-NC 4.0.</p>`, "CC BY-NC 4.0"},

		{"a work told of, that is out", `<p>Bogen af Bo Lund, som er udgivet under CC BY 4.0, er god.</p>`, ""},
		{"works that are cited", `<p>Vi citerer gerne værker under CC BY-NC 4.0. Alle rettigheder forbeholdes.</p>`, "Alle rettigheder forbeholdes"},
		{"works that are cited, nothing reserved", `<p>Vi citerer gerne værker under CC BY-NC 4.0.</p>`, ""},
		{"a picture", `<p>Foto: Bo Lund, CC BY 2.0</p>`, ""},
		{"a linked picture", `<figure><img src="a.png"><figcaption>Bo Lund, <a href="https://creativecommons.org/licenses/by/2.0/">CC BY</a></figcaption></figure>`, ""},
		{"pictures in the report", `<p>Billederne i rapporten er udgivet under CC BY 2.0.</p>`, ""},
		{"an explanation", `<p>CC BY 4.0 er en licens, der giver andre lov til at dele.</p>`, ""},
		{"a course", `<p>På kurset lærer du at bruge billeder under CC BY 4.0.</p>`, ""},
		{"a reference", `<p>Holm, A. (2020). Leg i haven. CC BY 4.0.</p>`, ""},
		{"another's material", `<p>Opgaven bygger på et hæfte af Bo Lund, som er udgivet under CC BY 4.0.</p>`, ""},
		{"a linked work of others", `<p>Vi anbefaler sangene, som findes under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>.</p>`, ""},
		{"a denial", `<p>Rapporten er ikke udgivet under CC BY 4.0.</p>`, ""},
		{"a plan", `<p>Rapporten bør udgives under CC BY 4.0.</p>`, ""},
		{"both at once", `<p>Denne rapport er udgivet under CC BY 4.0. Alle rettigheder forbeholdes.</p>`, ""},
		{"reserved in the footer", `<p>Denne rapport er udgivet under CC BY 4.0.</p><footer>© Huset. All rights reserved.</footer>`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: "https://x.example/a", Body: []byte("<h1>Leg i haven</h1>" + tc.html + "<p>Børnene leger i haven.</p>")})
			if res.Licence != tc.want || (tc.want == "") == (res.Why["licence"].Quote != "") {
				t.Errorf("licence %q by %+v; want %q", res.Licence, res.Why["licence"], tc.want)
			}
		})
	}
}

// TestADOIInTheTextIsThePagesOwnWhereItSaysSo: in a citation of the page or behind a label, never in a list of references.
func TestADOIInTheTextIsThePagesOwnWhereItSaysSo(t *testing.T) {
	const cited = "Holm, A. (2021). Tegn i leg. Tidsskrift, 3(2), 4-9. "
	for _, tc := range []struct{ name, html, want string }{
		{"a line with its label", `<p>DOI: 10.5555/own</p>`, "10.5555/own"},
		{"an address behind the label", `<p>DOI: <a href="https://doi.org/10.5555/own">https://doi.org/10.5555/own</a></p>`, "10.5555/own"},
		{"a label on a line of its own", `<h3>DOI</h3><p>10.5555/own</p>`, "10.5555/own"},
		{"cite as", `<p>Cite as: ` + cited + `doi:10.5555/own</p>`, "10.5555/own"},
		{"how to cite, in a box", `<div class="citation"><h4>Sådan citeres artiklen</h4><p>` + cited + `https://doi.org/10.5555/own</p></div>`, "10.5555/own"},
		{"is cited thus", `<p>Rapporten citeres således: ` + cited + `https://doi.org/10.5555/own.</p>`, "10.5555/own"},
		{"behind the references", `<h2>Referencer</h2><p>Ry, E. (2010). Leg. doi:10.5555/other</p><p>Anbefalet citering: ` + cited + `doi:10.5555/own</p>`, "10.5555/own"},
		{"in its imprint", `<p>Publiceret i Tidsskrift for Leg, årg. 3, nr. 2. DOI: 10.5555/own</p>`, "10.5555/own"},
		{"this article", `<p>Denne artikel har DOI 10.5555/own og er fra 2021.</p>`, "10.5555/own"},
		{"its title in the citation", `<p>Holm, A. (2021). Tegnsprog og leg hos de yngste. Tidsskrift, 3(2). https://doi.org/10.5555/own</p>`, "10.5555/own"},

		{"its number and another's in one line", `<p>Gennemgangen har doi 10.5555/own og er udgivet under CC BY 4.0. Protokollen står for sig (doi 10.5555/other).</p>`, "10.5555/own"},
		{"how to refer to the data", `<p>Henvis til datasættet med doi:10.5555/own, og læs kodebogen.</p>`, "10.5555/own"},
		{"the article's number", `<p>Artiklens DOI er 10.5555/own.</p>`, "10.5555/own"},

		{"another review's number", `<p>Gennemgangen bygger på en oversigt med doi 10.5555/other.</p>`, ""},
		{"references", `<h2>Referencer</h2><p>` + cited + `https://doi.org/10.5555/other</p>`, ""},
		{"one reference with a label", `<h2>Litteratur</h2><p>DOI: 10.5555/other</p>`, ""},
		{"its title among references", `<h2>Kilder</h2><p>Holm, A. (2021). Tegnsprog og leg hos de yngste. https://doi.org/10.5555/other</p>`, ""},
		{"news of a study", `<p>Læs hele studiet i Nordic Journal, DOI: 10.5555/other.</p>`, ""},
		{"a source", `<p>Kilde: Holm (2021), Tegnsprog og leg hos de yngste, doi:10.5555/other</p>`, ""},
		{"a work that it builds on", `<p>Denne artikel bygger på Holm (2021), doi:10.5555/other.</p>`, ""},
		{"two works", `<p>DOI: 10.5555/one</p><p>DOI: 10.5555/two</p>`, ""},
		{"running text", `<p>Studiet (doi:10.5555/other) viser, at leg gavner.</p>`, ""},
		{"no number", `<p>DOI: kommer snart</p>`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			page := "<h1>Tegnsprog og leg hos de yngste</h1>" + prose + tc.html
			res := read(t, Input{URL: "https://x.example/a", Body: []byte("<body><main>" + page + "</main></body>")})
			if res.DOI != tc.want || (tc.want == "") == (res.Why["doi"].Quote != "") {
				t.Errorf("DOI %q by %+v; want %q", res.DOI, res.Why["doi"], tc.want)
			}
		})
	}
}

func TestTermsOfAPage(t *testing.T) {
	for _, tc := range []struct{ name, html, doi, isbn, issn, licence, access string }{
		{name: "library metadata", html: `<meta name="citation_doi" content="10.5555/a"><meta name="citation_isbn" content="978-0-306-40615-7"><meta name="citation_issn" content="2596-9528">`, doi: "10.5555/a", isbn: "9780306406157", issn: "2596-9528"},
		{name: "one identifier field for all", html: `<meta name="dcterms.identifier" content="ISBN 978-0-306-40615-7"><meta name="dcterms.identifier" content="https://doi.org/10.5555/b">`, doi: "10.5555/b", isbn: "9780306406157"},
		{name: "structured data", html: `<script type="application/ld+json">{"@type":"ScholarlyArticle","sameAs":"https://doi.org/10.5555/c","isPartOf":{"@type":"Periodical","issn":"2596-9528"},"license":"https://creativecommons.org/licenses/by/4.0/","isAccessibleForFree":false}</script>`, doi: "10.5555/c", issn: "2596-9528", licence: "CC BY 4.0", access: "abonnement"},
		{name: "numbers that a reader sees", html: `<p>e-ISBN: 978-0-306-40615-7, ISSN 2596-9528</p>`, isbn: "9780306406157", issn: "2596-9528"},
		{name: "a list of other books", html: `<p>ISBN 978-0-306-40615-7, ISBN 0-306-40615-2, ISBN 0-8044-2957-X</p>`},
		{name: "another's DOI in the text", html: `<p>Læs <a href="https://doi.org/10.5555/d">artiklen</a>, doi 10.5555/d.</p>`},
		{name: "the DOI beside the number", html: `<p>ISBN 978-0-306-40615-7. DOI: 10.5555/e.</p>`, doi: "10.5555/e", isbn: "9780306406157"},
		{name: "the DOI on the next line", html: `<p>ISSN 2596-9528</p><p>https://doi.org/10.5555/f</p>`, doi: "10.5555/f", issn: "2596-9528"},
		{name: "two DOIs beside the number", html: `<p>ISSN 2596-9528</p><p>doi: 10.5555/f og doi: 10.5555/g</p>`, issn: "2596-9528"},
		{name: "a DOI further down", html: `<p>ISSN 2596-9528</p><p>Børnene leger i haven.</p><p>Se doi: 10.5555/f</p>`, issn: "2596-9528"},
		{name: "wrong check digit", html: `<meta name="citation_isbn" content="978-0-306-40615-8"><p>ISSN 2596-9529</p>`},
		{name: "licence link", html: `<a rel="license" href="/vilkaar">Vilkår</a>`, licence: "https://x.example/vilkaar"},
		{name: "Creative Commons link", html: `<a href="http://creativecommons.org/licenses/by-nc-sa/3.0/dk/">CC</a>`, licence: "CC BY-NC-SA 3.0"},
		{name: "CC0", html: `<link rel="license" href="https://creativecommons.org/publicdomain/zero/1.0/">`, licence: "CC0 1.0"},
		{name: "Creative Commons in words", html: `<p>Teksten må bruges efter CC BY-SA 4.0.</p>`, licence: "CC BY-SA 4.0"},
		{name: "rights as the source writes them", html: `<meta name="DC.Rights" content="Kan frit citeres med kildeangivelse">`, licence: "Kan frit citeres med kildeangivelse"},
		{name: "Creative Commons written out", html: `<p>Materialet udgives under Creative Commons Navngivelse-IkkeKommerciel-DelPåSammeVilkår 4.0 International.</p>`, licence: "CC BY-NC-SA 4.0"},
		{name: "written out, no derivatives", html: `<p>Licens: Creative Commons Navngivelse-IkkeKommerciel-IngenBearbejdelse 3.0</p>`, licence: "CC BY-NC-ND 3.0"},
		{name: "written out, only the name", html: `<p>Creative Commons Navngivelse</p>`, licence: "CC BY"},
		{name: "written out in English", html: `<p>This work is under a Creative Commons Attribution-NonCommercial 4.0 International License.</p>`, licence: "CC BY-NC 4.0"},
		{name: "terms that have no place in the name", html: `<p>Creative Commons Navngivelse – men ikke til kommercielt brug</p>`, licence: "Creative Commons Navngivelse – men ikke til kommercielt brug"},
		{name: "about Creative Commons", html: `<p>Creative Commons er en organisation.</p>`},
		{name: "citing is allowed", html: `<p>Udgivet 2021. Citat med kildeangivelse er tilladt. Tryk: Huset.</p>`, licence: "Citat med kildeangivelse er tilladt"},
		{name: "may be cited freely", html: `<p>Rapporten kan frit citeres med tydelig kildeangivelse.</p>`, licence: "Rapporten kan frit citeres med tydelig kildeangivelse"},
		{name: "about naming sources", html: `<p>De studerende lærer om kildeangivelse i deres opgaver.</p>`},
		{name: "free", html: `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"True"}</script>`, access: "fri"},
		{name: "locked tier", html: `<meta property="article:content_tier" content="locked">`, access: "abonnement"},
		{name: "nothing", html: `<p>Leg</p>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: "https://x.example/a", Body: []byte(tc.html + "<p>Børnene leger i haven.</p>")})
			got := [5]string{res.DOI, res.ISBN, res.ISSN, res.Licence, res.Access}
			if want := [5]string{tc.doi, tc.isbn, tc.issn, tc.licence, tc.access}; got != want {
				t.Errorf("DOI, ISBN, ISSN, licence, access = %q; want %q", got, want)
			}
		})
	}
}
