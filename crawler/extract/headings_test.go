package extract

import (
	"fmt"
	"strings"
	"testing"
)

// journalPages are articles that all have the sections their journal asks for, and a box that leads to others.
func journalPages() []Input {
	words := strings.Fields("leg sprog søvn mad trivsel motorik samspil tilknytning overgange naturen sang ro")
	var site []Input
	for i, word := range words {
		text := func(about string) string {
			return fmt.Sprintf("<p>Om %s siger %s nummer %d, at børn i vuggestuen har brug for tid og nære voksne.</p>", word, about, i)
		}
		body := fmt.Sprintf(`<body><div id=top><a href=/>Tidsskrift</a> <a href=/arkiv>Arkiv</a></div><div id=midt><h1>Små børn og %s</h1>
<h2>Indledning</h2>%s%s<h2>Metode</h2><h3>Deltagere</h3>%s<h3>Etik</h3><p>Studiet er anmeldt efter tidsskriftets regler.</p>
<h2>Resultater</h2>%s<h2>Læs også</h2><ul class=flere><li><a href=/a>Et nummer om dagpleje</a></li><li><a href=/b>Et nummer om vuggestuer</a></li></ul>
<h2>Støtte</h2><p>Tidsskriftet støttes af en fond.</p><h2>Diskussion</h2>%s</div></body>`,
			word, text("artiklen"), text("litteraturen"), text("interviewet"), text("målingen"), text("slutningen"))
		site = append(site, Input{URL: fmt.Sprintf("https://made.example/article/view/%d", i), Body: []byte(body), Now: november})
	}
	return site
}

func TestHeadingsOverAPagesOwnTextAreNoTemplate(t *testing.T) {
	site := journalPages()
	model := learn(site)
	for _, in := range site {
		in.Model = model
		res := read(t, in)
		if res.Why["text"].Rule != ByModel {
			t.Fatalf("%s was read by %v", in.URL, res.Why["text"])
		}
		lines := map[string]bool{}
		for line := range strings.Lines(res.Text) {
			lines[strings.TrimSpace(line)] = true
		}
		for _, tc := range []struct {
			heading string
			kept    bool
			why     string
		}{
			{"Indledning", true, "stands over two paragraphs"},
			{"Metode", true, "has its text below a heading of its own"},
			{"Deltagere", true, "stands over a paragraph"},
			{"Resultater", true, "stands over a paragraph before a box"},
			{"Diskussion", true, "stands over the last paragraph"},
			{"Etik", false, "stands over a line of all pages"},
			{"Læs også", false, "stands over a list of all pages"},
			{"Støtte", false, "stands over a line of all pages, the next section's text is not its own"},
		} {
			if lines[tc.heading] != tc.kept {
				t.Errorf("%s: %q kept: %v, but it %s\n%s", in.URL, tc.heading, lines[tc.heading], tc.why, res.Text)
			}
		}
	}
}

func TestAVisitorCountIsFrame(t *testing.T) {
	for _, tc := range []struct {
		line  string
		frame bool
	}{
		{"Nyt på siden Du er gæst nr. 0041377", true},
		{"Nyt på siden Det mener vi om tilsyn Du er gæst nr. 0041377", true},
		{"Du er gæst nr.", true},
		{"Du er besøgende nummer 12.345", true},
		{"Antal besøg: 4711", true},
		{"Besøgende nr. 1000 fik en bog med hjem.", false},
		{"Fest for vores gæst nr. 1000", false},
		{"Karen er gæst på holdet", false},
		{"Legestuen har et stort antal besøgende, og de fleste kommer igen.", false},
	} {
		if isFrameLine(tc.line) != tc.frame {
			t.Errorf("%q frame: %v", tc.line, !tc.frame)
		}
	}
}
