package extract

import (
	"testing"

	"smaabornsviden/index"
)

// TestANumberIsTheWorksOwnOnlyInItsColophon: what a sentence, a citation or a review names belongs to another work.
func TestANumberIsTheWorksOwnOnlyInItsColophon(t *testing.T) {
	const isbn, issn = "9780306406157", "2596-9528"
	for _, tc := range []struct{ name, html, doi, isbn, issn string }{
		{name: "a line of its own", html: `<p>ISBN: 978-0-306-40615-7</p>`, isbn: isbn},
		{name: "an imprint", html: `<p>© 2020 Forlaget Leg. ISBN 978-0-306-40615-7</p>`, isbn: isbn},
		{name: "an imprint with an edition", html: `<p>1. udgave, 1. oplag, Forlaget Leg, Aarhus 2020, ISBN 978-0-306-40615-7</p>`, isbn: isbn},
		{name: "published by", html: `<p>Udgivet af Styrelsen for Leg, 2019. ISSN 2596-9528</p>`, issn: issn},
		{name: "the report's", html: `<p>Rapportens ISBN 978-0-306-40615-7</p>`, isbn: isbn},

		{name: "a recommendation", html: `<p>Vi anbefaler bogen Leg med ord (ISBN 978-0-306-40615-7) til alle.</p>`},
		{name: "a recommendation with a stop", html: `<p>Vi anbefaler bogen Leg med ord. ISBN 978-0-306-40615-7.</p>`},
		{name: "a sentence", html: `<p>Den bog, som Bo læser, har ISBN 978-0-306-40615-7, og den er god.</p>`},
		{name: "a citation", html: `<p>Hansen, P. (2019). Leg med ord. Forlaget Ry. ISBN 978-0-306-40615-7</p>`},
		{name: "a review's facts", html: `<p>Boganmeldelse</p><p>Leg med ord, Forlaget Leg, 2020</p><p>ISBN: 978-0-306-40615-7</p>`},
		{name: "a chapter's anthology", html: `<p>Kapitel i antologien Leg, Forlaget Leg, 2020. ISBN 978-0-306-40615-7</p>`},
		{name: "in an edited book", html: `<p>I: Bo Ry (red.): Leg. Forlaget Leg, 2020, ISBN 978-0-306-40615-7</p>`},
		{name: "a journal in a sentence", html: `<p>Studiet blev bragt i tidsskriftet Leg (ISSN 2596-9528) sidste år.</p>`},
		{name: "a journal that is mentioned", html: `<p>Hun skriver også i tidsskriftet Leg, ISSN 2596-9528.</p>`},
		{name: "a reference list", html: `<h2>Litteratur</h2><p>Leg med ord, Forlaget Leg 2020, ISBN 978-0-306-40615-7</p>`},
		{name: "a DOI in a citation", html: `<p>Publiceret i dag: Leg gavner børn (Hansen, 2019, https://doi.org/10.1000/xyz123).</p>`},
		{name: "a DOI in a citation beside an own number", html: `<p>ISSN 2596-9528</p><p>Leg gavner børn (Hansen, 2019, https://doi.org/10.1000/xyz123).</p>`, issn: issn},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := read(t, Input{URL: "https://x.example/a", Body: []byte("<h1>Leg i haven</h1><p>Børnene leger i haven.</p>" + tc.html + "<p>Børnene leger igen.</p>")})
			if got, want := [3]string{res.DOI, res.ISBN, res.ISSN}, [3]string{tc.doi, tc.isbn, tc.issn}; got != want {
				t.Errorf("DOI, ISBN, ISSN = %q; want %q", got, want)
			}
		})
	}
}

// TestACoverTellsItsDOIOutsideCitations: a short paper of one page has its first paragraph there.
func TestACoverTellsItsDOIOutsideCitations(t *testing.T) {
	for text, want := range map[string]string{
		"Leg i haven\nLeg gavner børn (Hansen, 2019, https://doi.org/10.1000/xyz123), og det er godt.": "",
		"Leg i haven\nHansen, P. (2019). Sorg. https://doi.org/10.1000/xyz123":                         "",
		"Leg i haven\nhttps://doi.org/10.1000/xyz123":                                                  "10.1000/xyz123",
		"Leg i haven\nTidsskrift for leg, 3(2), 4-9, 2021. DOI: 10.1000/xyz123":                        "10.1000/xyz123",
	} {
		res := Result{Title: "Leg i haven"}
		res.Why = map[string]index.Reason{}
		file{}.fillDOI(&res, text)
		if res.DOI != want {
			t.Errorf("%q: DOI %q, want %q", text, res.DOI, want)
		}
	}
}

// TestADOIIsReadFromTheAddressOfAnArticle: where a journal has its articles under their numbers, and nowhere else.
func TestADOIIsReadFromTheAddressOfAnArticle(t *testing.T) {
	for address, want := range map[string]string{
		"https://journal.example/articles/10.1186/s40359-024-01568-1":           "10.1186/s40359-024-01568-1",
		"https://journal.example/doi/full/10.1080/03004430.2020.1718?src=x#top": "10.1080/03004430.2020.1718",
		"https://journal.example/articles/10.3389/fpsyg.2021.1/full":            "10.3389/fpsyg.2021.1",
		"https://blog.example/om/10.1186/s40359":                                "",
		"https://journal.example/articles/10.1186":                              "",
	} {
		res := read(t, Input{URL: address, Body: []byte("<main><h1>Leg</h1>" + prose + "</main>")})
		if res.DOI != want {
			t.Errorf("%s: %q, want %q", address, res.DOI, want)
		}
	}
}
