package extract

import "testing"

// TestAPublisherIsReadInTheColophon: behind its label or where a sentence begins with it, and not where a text tells of other works.
func TestAPublisherIsReadInTheColophon(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"a label", `<p>Udgiver: Styrelsen for Leg</p>`, "Styrelsen for Leg"},
		{"a label among others", `<p>Udgivet: 3. maj 2023<br>Udgiver: Analysehuset Nord<br>ISBN: 978-0-306-40615-7</p>`, "Analysehuset Nord"},
		{"a row of a table", `<table><tr><th>Udgiver</th><td>Center for Leg, Sprog og Læring</td></tr></table>`, "Center for Leg, Sprog og Læring"},
		{"a list of terms", `<dl><dt>Udgiver</dt><dd>Fonden Leg</dd></dl>`, "Fonden Leg"},
		{"a sentence", `<p>Udgivet af Forlaget Leg, 2022. 112 sider.</p>`, "Forlaget Leg"},
		{"a sentence with a place", `<p>Udgivet af Forlaget Leg, København 2022</p>`, "Forlaget Leg"},
		{"a sentence with a year inside", `<p>Udgivet 2021 af Viden om Leg i samarbejde med Fonden Ro.</p>`, "Viden om Leg"},
		{"behind the byline", `<p>Af Ulla Ry. Udgivet af Forlaget Leg, 2022.</p>`, "Forlaget Leg"},
		{"behind the house itself", `<p>Viden om Leg, juni 2024. Udgivet af Viden om Leg. ISBN 978-0-306-40615-7</p>`, "Viden om Leg"},
		{"before a day of its own", `<p>Udgivet af Inspirationsbanken. Senest revideret 17. april 2023.</p>`, "Inspirationsbanken"},
		{"in English", `<p>Policy brief no. 9 · March 2024 · Published by Early Years Forum</p>`, "Early Years Forum"},
		{"in Norwegian", `<p>Utgitt av Barnehageforum, 2021</p>`, "Barnehageforum"},
		{"with a further number", `<p>Udgiver: Styrelsen for Leg. Version 2. Udgivelsesdato: 1. september 2023</p>`, "Styrelsen for Leg"},

		{"a sentence about a report", `<p>Rapporten er udgivet af Styrelsen for Leg og bygger på tal.</p>`, ""},
		{"a review", `<p>Anmeldt af Bo Ry</p><p>Eva Lund: Ro. Udgivet af Forlaget Leg.</p>`, ""},
		{"a tip", `<p>Læs bogen Leg med ord. Udgivet af Forlaget Leg.</p>`, ""},
		{"a list of works", `<p>Leg. Udgivet af Forlaget Leg.</p><p>Ro. Udgivet af Forlaget Ro.</p>`, ""},
		{"references", `<h2>Litteratur</h2><p>Leg med ord. Udgivet af Forlaget Leg.</p>`, ""},
		{"a post of somebody", `<p>Udgivet af Bo Lund den 3. maj 2024 kl. 10.12</p>`, ""},
		{"a post of the system", `<p>Udgivet af admin</p>`, ""},
		{"a sentence", `<p>Udgivet af os, som det hedder, er der mange bøger om leg.</p>`, ""},
	} {
		res := read(t, Input{URL: "https://x.example/a", Body: []byte("<h1>Leg i haven</h1>" + tc.html + "<p>Børnene leger i haven, og de leger længe.</p>")})
		if res.Publisher != tc.want || (tc.want == "") != (res.Why["publisher"].Quote == "") {
			t.Errorf("%s: %q (%v), want %q", tc.name, res.Publisher, res.Why["publisher"], tc.want)
		}
	}
}

// TestAReviewKeepsTheNumberOfItsBook out of its own, wherever it says that it is one.
func TestAReviewKeepsTheNumberOfItsBook(t *testing.T) {
	for _, html := range []string{
		`<p>Anmeldt af Karen Bund, 12. november 2024</p>`,
		`<p>Anmeldelse ved Karen Bund</p>`,
		`<p>Anmelder: Karen Bund</p>`,
		`<p>Af Karen Bund</p><p>★★★★☆</p>`,
		`<p>Af Karen Bund</p><p>4 ud af 6 stjerner</p>`,
		`<p>Reviewed by Karen Bund</p>`,
	} {
		res := read(t, Input{URL: "https://x.example/a", Body: []byte("<h1>Klog bog om kaos</h1>" + html + "<p>Poul Over: Ro på gangen. 164 sider. ISBN 978-0-306-40615-7</p><p>Børnene leger i haven, og de leger længe.</p>")})
		if res.ISBN != "" {
			t.Errorf("%s: ISBN %q (%v)", html, res.ISBN, res.Why["isbn"])
		}
	}
}

// TestAnImprintLineHasTheArticlesDOI: below the heading, with volume or day before it; a citation has neither.
func TestAnImprintLineHasTheArticlesDOI(t *testing.T) {
	for html, want := range map[string]string{
		`<p>Eva Ry</p><p>Tidsskrift for leg, årg. 9 nr. 1. Publiceret: 27-04-2022. https://doi.org/10.1000/xyz123</p>`:                   "10.1000/xyz123",
		`<p>Eva Ry</p><p>Leg og Læring, nr. 4 2022. DOI: 10.1000/xyz123</p>`:                                                             "10.1000/xyz123",
		`<p>Eva Ry</p><p>Lund, A. (2011). Fædre på besøg. Tidsskrift for leg, 4(2). Publiceret 2011. https://doi.org/10.1000/xyz123</p>`: "",
		`<p>Eva Ry</p><p>Studiet er bragt i Leg, vol. 3, og kan læses: https://doi.org/10.1000/xyz123</p>`:                               "",
	} {
		res := read(t, Input{URL: "https://x.example/a", Body: []byte("<h1>Leg i haven</h1>" + html + "<p>Børnene leger i haven, og de leger længe.</p>")})
		if res.DOI != want {
			t.Errorf("%s: DOI %q (%v), want %q", html, res.DOI, res.Why["doi"], want)
		}
	}
}
