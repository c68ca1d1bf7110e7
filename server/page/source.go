package page

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Source is what readers get to know about one source. Times are zero and texts empty where nothing is known.
type Source struct {
	ID, Name, Sector, Home string
	Policy, Why, Standing  string
	Agreement, Contact     string // day of a written agreement as yyyy-mm-dd, and where the source is reached
	SnippetMax             int
	Delay                  time.Duration
	Documents, Known, Held int
	Refused, Failed        map[string]int
	LastVisit, LastOK      time.Time
	LastFailed, NextVisit  time.Time
	Trouble                string
	Paused                 time.Time     // since when the operator leaves it alone; why is the operator's alone
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
	v := sourcesView{frame: p.frame(titled(p.in.Say("Kilder")))}
	v.Canonical = "/kilder"
	v.JSON = "/api/v1/sources"
	documents, givers := 0, 0
	for _, s := range sources {
		documents += s.Documents
		if s.Documents > 0 { // the list also has those that nothing is taken from
			givers++
		}
		v.Sources = append(v.Sources, sourceLine{
			Name: s.Name, Href: p.in.Path(sourcePath(s.ID)), Sector: p.in.Say(sectorLabel(s.Sector)), Policy: p.in.Say(policyWords(s.Policy)),
			Count: p.in.Counted(s.Documents, "dokument", "dokumenter"), Visited: dayOr(p.in, s.LastOK, ""),
		})
	}
	v.Total = p.in.Say("%s fra %s", p.in.Counted(documents, "dokument", "dokumenter"), p.in.Counted(givers, "kilde", "kilder"))
	return p.write(w, "sources", v)
}

func dayOr(t tongue.Tongue, at time.Time, other string) string {
	if at.IsZero() {
		return t.Say(other)
	}
	return t.Day(at)
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

// policySentence says at length what is taken from a source.
func policySentence(policy string) string {
	switch policy {
	case "index":
		return "Vi læser siderne og gør hele teksten søgbar. Her viser vi titel, oplysninger og et kort uddrag, og sender dig videre til kilden."
	case "metadata":
		return "Vi viser titel, oplysninger og link. Selve teksten gemmer vi ikke."
	case "ask":
		return "Vi henter intet endnu: vi mangler en aftale eller en adresse."
	case "never":
		return "Vi henter intet her."
	}
	return ""
}

// agreementWords says since when there is a written agreement.
func agreementWords(t tongue.Tongue, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return t.Say("Ingen skriftlig aftale. Kilden kan til enhver tid sige nej.")
	}
	return t.Say("Skriftlig aftale fra %s", t.Day(at))
}

// contactFacts lead to the source, and those who run it to us.
func (p *Pages) contactFacts(s Source) []fact {
	var out []fact
	if href := contactHref(s.Contact); href != "" {
		out = append(out, fact{Label: p.in.Say("Kontakt"), Text: sentence{link(s.Contact, href)}})
	}
	return append(out, fact{Label: p.in.Say("Er det din side?"), Text: say(p.in, "Se, hvordan %s arbejder, eller %s.",
		linkTo(p.in, "vores robot", "/om/robot"), linkTo(p.in, "bed om at få noget fjernet", "/fjern"))})
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
	Trouble sentence
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
	v := sourceView{frame: p.frame(titled(s.Name)), Name: s.Name}
	q := chosenQuestion(index.FacetSource, s.ID)
	v.Canonical = sourcePath(s.ID)
	v.JSON = "/api/v1/sources"
	v.All, v.Feed = address(p.in, q), feedAddress(p.in, q)
	v.Feeds = []linkView{{Text: p.in.Say("Nyt fra %s", s.Name), Href: v.Feed}}
	v.Facts = p.sourceFacts(s)
	if s.LastFailed.After(s.LastOK) {
		v.Trouble = say(p.in, "Seneste forsøg mislykkedes %s.", p.in.Moment(s.LastFailed))
		if s.Trouble != "" {
			v.Trouble = say(p.in, "Seneste forsøg mislykkedes %s (%s).", p.in.Moment(s.LastFailed), part{Text: p.in.Say(s.Trouble), Lang: p.in.Lang(s.Trouble)})
		}
	}
	if s.Held > 0 {
		v.Held = p.in.Say("%s ud til at være væk hos kilden. Et menneske ser på det, før vi fjerner noget.", p.in.Counted(s.Held, "dokument ser", "dokumenter ser"))
	}
	v.Refused, v.Failed = reasonLines(p.in, s.Refused), reasonLines(p.in, s.Failed)
	for _, h := range s.Answer.Hits {
		v.Newest = append(v.Newest, p.card(h))
	}
	v.Years = newHistogram(p.in, values(s.Answer.Facets, index.FacetYear))
	for _, facet := range []string{index.FacetType, index.FacetTopic, index.FacetLang} {
		list := browseList{Heading: p.in.Say(index.FacetLabel(facet))}
		for _, value := range values(s.Answer.Facets, facet) {
			narrowed := chosenQuestion(index.FacetSource, s.ID)
			narrowed.Chosen[facet] = []string{value.Value}
			list.Links = append(list.Links, browseLink{Text: value.Label, Href: address(p.in, narrowed), Count: p.in.Number(value.Count), Unit: p.in.Unit(value.Count, "resultat", "resultater")})
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
			out = append(out, fact{Label: p.in.Say(label), Text: sentence{{Text: p.in.Say(text), Lang: p.in.Lang(text)}}})
		}
	}
	// own is for what needs no other words.
	own := func(label, text string) {
		if text != "" {
			out = append(out, fact{Label: p.in.Say(label), Text: plainly(text)})
		}
	}
	add("Sektor", sectorLabel(s.Sector))
	if href, shown := p.address(s.Home); href != "" {
		out = append(out, fact{Label: p.in.Say("Sted"), Text: sentence{link(shown, href)}})
	}
	add("Det henter vi", policySentence(s.Policy))
	add("Hvorfor", s.Why)
	if s.Policy != "" {
		own("Aftale", agreementWords(p.in, s.Agreement))
	}
	switch {
	case !s.Paused.IsZero():
		own("Status", p.in.Say("På pause siden %s: vi besøger den ikke lige nu", p.in.Day(s.Paused)))
	case s.Policy != "":
		add("Status", standingWords(s.Standing))
	}
	own("Dokumenter, der kan findes", p.in.Number(s.Documents))
	if s.Known > 0 {
		own("Adresser, vi kender", p.in.Number(s.Known))
	}
	if s.Policy == "index" || s.Policy == "metadata" {
		own("Senest hentet", dayOr(p.in, s.LastOK, "Aldrig"))
	}
	own("Senest besøgt", dayOr(p.in, s.LastVisit, ""))
	if s.Paused.IsZero() {
		own("Næste besøg", dayOr(p.in, s.NextVisit, ""))
	}
	if s.Policy == "index" || s.Policy == "metadata" {
		add("Regler", "Vi følger kildens robots.txt og dens ønsker om ikke at blive fundet")
	}
	own("Uddrag", snippetWords(p.in, s.SnippetMax))
	if s.Delay > 0 {
		own("Tid mellem to sider", p.in.Say("%s sekunder", p.in.Decimal(s.Delay.Seconds(), -1)))
	}
	return append(out, p.contactFacts(s)...)
}

func snippetWords(t tongue.Tongue, limit int) string {
	switch {
	case limit < 0:
		return t.Say("Kilden tillader ingen uddrag")
	case limit > 0:
		return t.Say("Højst %s tegn", t.Number(limit))
	}
	return ""
}

// reasonLines lists reasons, the most frequent first.
func reasonLines(t tongue.Tongue, counts map[string]int) []reasonLine {
	reasons := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var out []reasonLine
	for _, r := range reasons {
		out = append(out, reasonLine{Text: t.Say(reasonWords(r)), Count: t.Number(counts[r])})
	}
	return out
}

// reasons says in Danish why an address was not taken. The words on the left are the crawl's own.
var reasons = map[string]string{
	"out-of-scope":          "Ligger uden for det, vi henter fra kilden",
	"excluded":              "Sider, vi selv har valgt fra, fx arkiv og søgesider",
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
	"taken-down":            "Fjernet efter ønske",
	"oai-deleted":           "Slettet i kildens egen liste",
	"file":                  "Teksten hører til en side, der er med",
	"unreadable":            "Filen kan ikke læses",
	"duplicate":             "Samme tekst som en anden side",
	"canonical":             "Siden peger selv på en anden adresse",
	"list":                  "En liste, ikke et dokument",
	"moved":                 "Flyttet",
	"redirect-loop":         "Sender os i ring",
	"redirect-chain":        "Sender os for mange steder hen",
	"redirect-out-of-scope": "Sender os uden for det, vi henter fra kilden",
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
