package describe_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"smaabornsviden/crawler/describe"
	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// TestATypeIsQuotedByPhrasesThatRead: a reader is to see by the quotation why a text is what it is called.
func TestATypeIsQuotedByPhrasesThatRead(t *testing.T) {
	d := describer(t)
	for _, tc := range []struct {
		name, sector, title, body string
		want                      string
	}{
		{
			"words of a title stand in it", "kommune", "Strategi for de yngste 2024-2028", "Byrådet vil mere.",
			"Strategi for de yngste 2024-2028",
		},
		{
			"a long title is quoted around the words", "kommune", "Fra nu af og de næste mange år følger vi alle sammen den nye strategi for de yngste børn i hele kommunen", "Byrådet vil mere.",
			"sammen den nye strategi for de yngste",
		},
		{
			"labels with what stands behind them, each once", "fond", "Café på hjul", "Målgruppe: Fædre med børn på 4 til 10 måneder\nPeriode: 2022-2025\nBevilling: 3,2 mio. kr.\nBevilling: 3,2 mio. kr.",
			"Målgruppe: Fædre med børn på 4 til 10 måneder · Periode: 2022-2025 · Bevilling: 3,2 mio. kr",
		},
		{
			"labels with what stands below them", "fond", "Café på hjul", "Periode\n2022-2025\nBeløb\n3,2 mio. kr.\nCaféen kører ud.",
			"Periode … 2022-2025 · Beløb … 3,2 mio. kr",
		},
		{
			"three of many, the others counted", "viden", "Evaluering af cafeen", "Vi sendte et spørgeskema til 600 forældre. Svarprocenten var 61 procent. Kontrolgruppen fik intet. Vi lavede interview med ni ledere. Data er samlet i 2020.",
			"Evaluering af cafeen · Vi sendte et spørgeskema til 600 forældre · Svarprocenten var 61 procent · Kontrolgruppen fik intet · og 2 andre",
		},
	} {
		doc := index.Document{URL: "https://x.example/a", Title: tc.title, Body: tc.body, Lang: index.Derived{Value: "da"}}
		d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: tc.sector})
		if doc.Type.Quote != tc.want {
			t.Errorf("%s: %s by %s quotes\n%q, want\n%q", tc.name, doc.Type.Value, doc.Type.Rule, doc.Type.Quote, tc.want)
		}
	}
}

// TestSignsWithoutWords: a text may have no word at all, such as that of a page of pictures or of numbers of sections.
func TestSignsWithoutWords(t *testing.T) {
	d := describer(t)
	for _, body := range []string{"§", "§ § §\n§ §", "»«", "•\n•", "- \n- ", "(", "%"} {
		for _, title := range []string{"", "Strategi", "§ 1"} {
			doc := index.Document{URL: "https://x.example/a", Title: title, Body: body, Lang: index.Derived{Value: "da"}}
			d.Describe(&doc, partners.Source{ID: "x", Name: "X", Sector: "myndighed"})
			if doc.Type.Value != describe.Unknown && title != "Strategi" {
				t.Errorf("%q with title %q is %s by %q", body, title, doc.Type.Value, doc.Type.Quote)
			}
		}
	}
}

// TestAQuotationKeepsToOneSentence tries the edges of what is quoted by the age of a text.
func TestAQuotationKeepsToOneSentence(t *testing.T) {
	d := describer(t)
	for body, want := range map[string]string{
		"Vi har åbent. Tilbuddet er for børn på 0-2 år. Kom og vær med.": "Tilbuddet er for børn på 0-2 år",
		"Kom ind? Børn på 0-2 år er med. Vi ses.":                        "Børn på 0-2 år er med",
		"Vi mødes den 3. maj i sal nr. 9 med børn på 0-2 år.":            "med børn på 0-2 år",
		"Det skal I vide:\nbørn på 0-2 år\nog deres forældre":            "børn på 0-2 år",
		"Nu og i de kommende uger og måneder inviterer vi alle familier med børn på 0-2 år, som har lyst til at være med, hver onsdag formiddag.": "med børn på 0-2 år",
		"Nu og i de kommende uger og måneder inviterer vi, og det er vigtigt, alle familier med børn (0-2 år) til at være med hver onsdag.":       "familier med børn (0-2 år)",
	} {
		if doc := described(d, "Åbent hus", body); doc.Age.Quote != want {
			t.Errorf("%q is quoted by\n%q, want\n%q", body, doc.Age.Quote, want)
		}
	}
}

// TestQuotationsStandInTheDocument holds every quotation of all sets against what it is quoted from: verbatim pieces, each of one sentence,
// none a function word alone. " · " parts the pieces, " … " a label from what stands below it, and the last may count those not shown.
func TestQuotationsStandInTheDocument(t *testing.T) {
	d := describer(t)
	pages := demo(t)
	for i := range pages {
		d.Describe(&pages[i].doc, pages[i].src)
		quotable(t, pages[i].ID, &pages[i].doc)
	}
	for _, folder := range []string{"first", "second", "third", "fourth", "fifth", "sixth"} {
		for _, h := range loadHeldOut(t, folder) {
			doc := h.describe(t, d)
			quotable(t, h.ID, &doc)
		}
	}
}

func quotable(t *testing.T, id string, d *index.Document) {
	t.Helper()
	reasons := []index.Reason{d.Type.Reason, d.Age.Reason, d.Audience.Reason, d.Place.Reason}
	for _, topic := range slices.Concat(d.Topics, d.Themes) {
		reasons = append(reasons, topic.Reason)
	}
	lines := textLines(d)
	given := strings.Join([]string{strings.ToLower(d.URL), d.SourceName, d.DOI, d.ISBN, d.ISSN, strings.Join(d.Authors, ", "), d.Published.Quote, d.Deadline.Quote, d.AuthorsWhy.Quote, d.Publisher.Quote, d.Journal.Quote}, "\n")
	for _, why := range reasons {
		if why.Quote == "" || strings.Contains(given, why.Quote) {
			continue
		}
		pieces := strings.Split(why.Quote, " · ")
		if n := strings.Count(why.Quote, " · ") + 1; n > 7 {
			t.Errorf("%s: %s quotes %d pieces: %q", id, why.Rule, n, why.Quote)
		}
		for k, piece := range pieces {
			if strings.HasPrefix(piece, "kildens sektor: ") || k == len(pieces)-1 && counted.MatchString(piece) || counted.MatchString(piece) && strings.HasPrefix(pieces[k+1], "kildens sektor: ") {
				continue
			}
			for _, name := range []string{"DOI ", "ISBN ", "ISSN ", "forfatter: "} {
				piece = strings.TrimPrefix(piece, name)
			}
			if strings.Contains(given, strings.TrimSuffix(piece, "/")) || strings.Contains(given, "//"+strings.Trim(piece, "/")+".") {
				continue
			}
			if danish.IsStop(strings.ToLower(piece)) {
				t.Errorf("%s: %s quotes a function word alone: %q", id, why.Rule, why.Quote)
			}
			for span := range strings.SplitSeq(piece, " … ") {
				if fault := faultOf(span, lines); fault != "" {
					t.Errorf("%s: %s: %s: %q of %q", id, why.Rule, fault, span, why.Quote)
				}
			}
		}
	}
}

// counted is how a quotation says how many places it does not show.
var counted = regexp.MustCompile(`^og (1 anden|\d+ andre)$`)

// textLines are the lines of what a document says itself, with single spaces.
func textLines(d *index.Document) []string {
	text := strings.Join([]string{d.Title, d.Kicker, strings.Join(d.Keywords, "\n"), d.Abstract, d.Body}, "\n")
	all := strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\f' || c == '\t' })
	for i := range all {
		all[i] = strings.Join(strings.Fields(all[i]), " ")
	}
	return all
}

// sentenceEnd is where a sentence may end within a span: the word before the mark tells.
var sentenceEnd = regexp.MustCompile(`([^ ]+?)([.!?…])[»«”")]* +[»“"(]*[A-ZÆØÅ]`)

func faultOf(span string, lines []string) string {
	if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, span) }) {
		return "not verbatim"
	}
	if strings.HasSuffix(span, "?") || strings.TrimRight(span, " .,:;!") != span {
		return "ends with a mark"
	}
	for _, m := range sentenceEnd.FindAllStringSubmatch(span, -1) {
		short := len(m[1]) <= 2 || slices.Contains([]string{"f.eks", "ph.d", "bl.a", "jf", "mio", "nr", "kl", "kap", "art", "evt"}, strings.ToLower(m[1]))
		if m[2] != "." || !short {
			return "has the end of a sentence inside"
		}
	}
	return ""
}
