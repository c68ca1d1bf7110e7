package page

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
)

// Source is what readers get to know about one source. Times are zero and texts empty where nothing is known.
type Source struct {
	ID, Name, Sector, Home string
	Policy, Why, Standing  string
	SnippetMax             int
	Delay                  time.Duration
	Documents, Known, Held int
	Refused, Failed        map[string]int
	LastVisit, LastOK      time.Time
	LastFailed, NextVisit  time.Time
	Trouble                string
	Answer                 answer.Answer // its newest documents, with facets; for the page of the source alone
}

type sourcesView struct {
	frame
	Total   string
	Sources []sourceLine
}

type sourceLine struct {
	Name, Href, Sector, Policy, Count, Visited string
}

// Sources writes the list of sources.
func (p *Pages) Sources(w io.Writer, sources []Source) error {
	v := sourcesView{frame: p.frame("Kilder – Småbørnsviden")}
	v.Canonical = "/kilder"
	v.JSON = "/api/v1/sources"
	documents := 0
	for _, s := range sources {
		documents += s.Documents
		v.Sources = append(v.Sources, sourceLine{
			Name: s.Name, Href: sourcePath(s.ID), Sector: sectorLabel(s.Sector), Policy: policyWords(s.Policy),
			Count: counted(s.Documents, "dokument", "dokumenter"), Visited: dayOr(s.LastOK, ""),
		})
	}
	v.Total = counted(documents, "dokument", "dokumenter") + " fra " + counted(len(sources), "kilde", "kilder")
	return p.write(w, "sources", v)
}

func dayOr(t time.Time, other string) string {
	if t.IsZero() {
		return other
	}
	return day(t)
}

func policyWords(policy string) string {
	switch policy {
	case "index":
		return "Søgbar i fuld tekst"
	case "metadata":
		return "Kun titel, oplysninger og link"
	case "ask":
		return "Hentes ikke endnu: vi mangler en aftale eller en adresse"
	case "never":
		return "Hentes ikke"
	}
	return ""
}

func standingWords(standing string) string {
	switch standing {
	case "", "aktiv":
		return "Aktiv"
	case "arkiv":
		return "Arkiv: bliver ikke opdateret"
	case "lukket":
		return "Lukket: stedet findes ikke længere"
	}
	return standing
}

type sourceView struct {
	frame
	Name    string
	Facts   []fact
	Trouble string
	Held    string
	Refused []reasonLine
	Failed  []reasonLine
	Counts  []browseList
	Years   *histogram
	Newest  []card
	All     string
	Feed    string
}

type reasonLine struct {
	Text, Count string
}

// Source writes the page of a source.
func (p *Pages) Source(w io.Writer, s Source) error {
	v := sourceView{frame: p.frame(s.Name + " – Småbørnsviden"), Name: s.Name}
	q := chosenQuestion(index.FacetSource, s.ID)
	v.Canonical = sourcePath(s.ID)
	v.JSON = "/api/v1/sources"
	v.All, v.Feed = address(q), feedAddress(q)
	v.Feeds = []linkView{{Text: "Nyt fra " + s.Name, Href: v.Feed}}
	v.Facts = p.sourceFacts(s)
	if s.LastFailed.After(s.LastOK) {
		v.Trouble = "Seneste forsøg mislykkedes " + dayAndTime(s.LastFailed)
		if s.Trouble != "" {
			v.Trouble += " (" + s.Trouble + ")"
		}
		v.Trouble += "."
	}
	if s.Held > 0 {
		v.Held = counted(s.Held, "dokument ser", "dokumenter ser") + " ud til at være væk hos kilden. Et menneske ser på det, før vi fjerner noget."
	}
	v.Refused, v.Failed = reasonLines(s.Refused), reasonLines(s.Failed)
	for _, h := range s.Answer.Hits {
		v.Newest = append(v.Newest, p.card(h))
	}
	v.Years = newHistogram(values(s.Answer.Facets, index.FacetYear))
	for _, facet := range []string{index.FacetType, index.FacetTopic, index.FacetLang} {
		list := browseList{Heading: facetLabel(facet)}
		for _, value := range values(s.Answer.Facets, facet) {
			narrowed := chosenQuestion(index.FacetSource, s.ID)
			narrowed.Chosen[facet] = []string{value.Value}
			list.Links = append(list.Links, browseLink{Text: value.Label, Href: address(narrowed), Count: number(value.Count), Unit: unit(value.Count, "dokument", "dokumenter")})
		}
		if len(list.Links) > 0 {
			v.Counts = append(v.Counts, list)
		}
	}
	return p.write(w, "source", v)
}

func (p *Pages) sourceFacts(s Source) []fact {
	var out []fact
	add := func(label, text string) {
		if text != "" {
			out = append(out, fact{Label: label, Text: say(text)})
		}
	}
	add("Sektor", sectorLabel(s.Sector))
	if href, shown := p.address(s.Home); href != "" {
		out = append(out, fact{Label: "Sted", Text: say(link(shown, href))})
	}
	add("Aftale", policyWords(s.Policy))
	add("Hvorfor", s.Why)
	if s.Policy != "" {
		add("Status", standingWords(s.Standing))
	}
	add("Dokumenter, der kan findes", number(s.Documents))
	if s.Known > 0 {
		add("Adresser, vi kender", number(s.Known))
	}
	if s.Policy == "index" || s.Policy == "metadata" {
		add("Senest hentet", dayOr(s.LastOK, "Aldrig"))
	}
	add("Senest besøgt", dayOr(s.LastVisit, ""))
	add("Næste besøg", dayOr(s.NextVisit, ""))
	add("Uddrag", snippetWords(s.SnippetMax))
	if s.Delay > 0 {
		add("Tid mellem to sider", strings.Replace(strconv.FormatFloat(s.Delay.Seconds(), 'f', -1, 64), ".", ",", 1)+" sekunder")
	}
	return out
}

func snippetWords(limit int) string {
	switch {
	case limit < 0:
		return "Kilden tillader ingen uddrag"
	case limit > 0:
		return "Højst " + number(limit) + " tegn"
	}
	return ""
}

// reasonLines lists reasons in Danish, the most frequent first.
func reasonLines(counts map[string]int) []reasonLine {
	reasons := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var out []reasonLine
	for _, r := range reasons {
		out = append(out, reasonLine{Text: reasonWords(r), Count: number(counts[r])})
	}
	return out
}

// reasons says in Danish why an address was not taken. The words on the left are the crawl's own.
var reasons = map[string]string{
	"out-of-scope":          "Uden for det, vi har aftalt at hente",
	"excluded":              "Holdt ude efter aftale",
	"nofollow":              "Kilden beder os lade linket være",
	"too-deep":              "For mange klik fra forsiden",
	"personal-data":         "Adressen rummer personoplysninger",
	"policy-ask":            "Kilden er ikke spurgt endnu",
	"policy-never":          "Kilden hentes ikke",
	"source-removed":        "Kilden er ikke længere med",
	"max-pages":             "Flere sider, end vi henter på én gang",
	"trap":                  "Endeløse sider, fx en kalender",
	"robots":                "Kilden siger nej i robots.txt",
	"robots-unavailable":    "robots.txt kunne ikke hentes, så vi lader være",
	"noindex":               "Siden beder om ikke at kunne findes (noindex)",
	"unavailable-after":     "Siden er udløbet",
	"http-404":              "Findes ikke (404)",
	"http-410":              "Fjernet for altid (410)",
	"soft-404":              "Siger, at siden ikke findes",
	"duplicate":             "Samme tekst som en anden side",
	"canonical":             "Siden peger selv på en anden adresse",
	"list":                  "En liste, ikke et dokument",
	"moved":                 "Flyttet",
	"redirect-loop":         "Sender os i ring",
	"redirect-chain":        "Sender os for mange steder hen",
	"redirect-out-of-scope": "Sender os uden for det aftalte",
	"forbidden":             "Serveren sagde nej",
	"challenge":             "Serveren vil se et menneske",
	"throttled":             "Serveren bad os vente",
	"server-error":          "Fejl på serveren",
	"http-error":            "Serveren svarede med en fejl",
	"timeout":               "Serveren svarede ikke i tide",
	"dns":                   "Navnet findes ikke lige nu",
	"tls":                   "Fejl i den sikre forbindelse",
	"connection":            "Ingen forbindelse",
	"private-address":       "Adressen hører til et privat net",
	"too-large":             "Filen er for stor",
	"content-type":          "En filtype, vi ikke kan læse",
	"no-text":               "Ingen tekst på siden",
	"needs-javascript":      "Siden kan kun læses med JavaScript",
}

func reasonWords(reason string) string {
	if words, ok := reasons[reason]; ok {
		return words
	}
	return reason
}
