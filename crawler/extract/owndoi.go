package extract

import (
	"regexp"
	"strings"

	"smaabornsviden/crawler/identifier"
	"smaabornsviden/index"
)

// fillShownDOI takes a DOI that the page shows as its own: behind a label, in its imprint, or in the words by which it is to be
// cited. Whatever else a text names is the work of others, most of all in a list of references.
func (p *page) fillShownDOI(res *Result) {
	if res.DOI != "" {
		return
	}
	var own, quote, before string
	references := false
	head := headOf(p.lines(), res.Title)
	for i, b := range p.lines() {
		line := b.text
		switch {
		case referenceHeading.MatchString(line):
			references = true
		case strings.Contains(line, "10."):
			doi := shownDOI(line, before, fold(res.Title), references)
			if doi == "" && i > head && i <= head+reachOfImprint && !references {
				doi = imprintDOI(line)
			}
			if doi != "" && own != "" && doi != own {
				return // a list of works
			}
			if doi != "" {
				own, quote = doi, line
			}
		}
		before = line
	}
	if own != "" {
		res.DOI, res.Why["doi"] = own, index.Reason{Rule: "doi-shown", Quote: clip(clean(quote), 200)}
		return
	}
	if doi := addressDOI(p.in.URL); doi != "" {
		res.DOI, res.Why["doi"] = doi, index.Reason{Rule: "doi-address", Quote: p.in.URL}
	}
}

// inAddress is a DOI in the address of the page that a journal has an article on.
var inAddress = regexp.MustCompile(`(?i)/(?:articles?|doi(?:/(?:abs|full|pdf|epdf|epub))?|chapter|book|content|fulltext)/(10\.\d{4,9}/[^?#]+)$`)

// addressDOI is the DOI that an address ends with, "" for none. What follows it there belongs to the site.
func addressDOI(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	m := inAddress.FindStringSubmatch(address)
	if m == nil {
		return ""
	}
	doi := m[1]
	for _, tail := range []string{"/full", "/abstract", "/pdf", "/html", "/meta", ".pdf", "/"} {
		doi = strings.TrimSuffix(doi, tail)
	}
	return identifier.DOI(doi)
}

// leastCited is how long a title must be, folded, for a line that has it to be told from one with the same words.
const leastCited = 15

// shownDOI is the page's own DOI in a line, given the line before; "" where it has none or another work's.
func shownDOI(line, before, title string, references bool) string {
	if at := ownersDOI.FindStringSubmatch(line); at != nil && !references {
		return identifier.DOI(strings.TrimRight(at[1], ".,;)"))
	}
	lead, doi := parted(line)
	if doi == "" && doiLabel.MatchString(before) {
		doi = identifier.DOI(line)
	}
	switch {
	case doi == "":
		return ""
	case citeLabel.MatchString(line), len(before) <= shortHeading && citeLabel.MatchString(before):
		return doi
	case strings.Count(lead, "(") > strings.Count(lead, ")") && citedWork.MatchString(lead+")"):
		return "" // "(Hansen, 2019, 10...)", whatever the line begins with
	case references || elsewhereWork.MatchString(lead) || ofOthers.MatchString(lead):
		return ""
	case doiLabel.MatchString(lead+"DOI") && len(line) <= shortHeading+len(doi), doiLabel.MatchString(before):
		return doi
	case imprintStart.MatchString(line), thisWork.MatchString(lead):
		return doi
	case len(title) >= leastCited && strings.Contains(fold(lead), title):
		return doi
	}
	return ""
}

// reachOfImprint is how many lines below the heading the imprint of an article may stand.
const reachOfImprint = 4

// imprintDOI is the DOI of a line that gives volume, number or day of the page's own work before it: "Tidsskrift for leg, årg. 9 nr. 1.
// Publiceret: 27-04-2022. https://doi.org/10…". A citation looks alike, but begins with a name and a year.
func imprintDOI(line string) string {
	lead, doi := parted(line)
	if doi == "" || len(lead) > maxImprint || !withinImprint.MatchString(lead) || citedWork.MatchString(lead) || otherWork.MatchString(lead) || elsewhereWork.MatchString(lead) || ofOthers.MatchString(lead) || running.MatchString(lead) {
		return ""
	}
	return doi
}

// shortHeading bounds a heading or a label in bytes.
const shortHeading = 60

// parted are the one DOI of a line and what stands before it; a line of several lists works.
func parted(line string) (lead, doi string) {
	for _, at := range visibleDOI.FindAllStringSubmatchIndex(line, 20) {
		found := identifier.DOI(strings.TrimRight(line[at[2]:at[3]], ".,;)"))
		if found == "" || found == doi {
			continue
		}
		if doi != "" {
			return "", ""
		}
		lead, doi = line[:at[0]], found
	}
	return strings.TrimSuffix(strings.TrimSuffix(lead, "https://"), "http://"), doi
}

var (
	referenceHeading = regexp.MustCompile(`(?i)^(?:\d+\.?\s+)?(?:referencer?|referenceliste|litteratur|litteraturliste|kilder|kildeliste|noter|slutnoter|læs mere|videre læsning|references?|reference list|bibliography|literature|works cited|notes|further reading|referanser|referenser|källor)\s*:?$`)
	// citeLabel tells how the page itself is to be cited.
	citeLabel = regexp.MustCompile(`(?i)^(?:sådan\s+(?:citeres|citerer|refereres|henvises)|(?:anbefalet|foreslået)\s+(?:citat|citering|reference|henvisning|kildehenvisning)|(?:denne|dette)?\s*(?:rapporten|artiklen|publikationen|notatet|afhandlingen|bogen|rapport|artikel|publikation|notat|afhandling|bog)\s+(?:bedes\s+)?(?:kan\s+)?(?:citeres|citeret|refereres)|(?:citér|citer|citeres|referér|refereres|bedes citeret)(?:\s+(?:gerne\s+)?(?:denne|dette|artiklen|rapporten)(?:\s+\pL+)?)?(?:\s+(?:som|således))?\s*(?::|$)|(?:please\s+)?(?:cite|citing)\s+(?:this|as)|to cite this|how to cite|(?:suggested|recommended)\s+citation|citation\s*(?::|$)|citering\s*(?::|$)|henvis\s+til\s+(?:artiklen|rapporten|datasættet|data|publikationen|notatet|denne|dette)(?:\s+\pL+)?\s*(?::|med|som|ved))`)
	doiLabel  = regexp.MustCompile(`(?i)^\W*(?:(?:artiklens|rapportens)\s+)?(?:doi|digital object identifier)(?:-nummer)?\s*[:.]?\s*(?:doi)?$`)
	// ownersDOI gives the number to the work in words: "artiklens DOI er 10...", "gennemgangen har doi 10...".
	ownersDOI = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:(?:artiklen|rapporten|publikationen|afhandlingen|specialet|bogen|notatet|gennemgangen|undersøgelsen|oversigten|datasættet|hæftet|kapitlet)(?:s\s+doi(?:-nummer)?(?:\s+er)?|\s+har\s+(?:fået\s+)?doi(?:-nummer|-nummeret)?)|(?:denne|dette)\s+\pL+\s+har\s+doi)\s*:?\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s"<>]{1,200})`)
	// imprintStart begins the line that tells where and when the page's own work came out.
	imprintStart = regexp.MustCompile(`(?i)^(?:(?:først\s+)?publiceret|(?:først\s+)?udgivet|(?:first\s+)?published|received|accepted|modtaget|open access|©|årg(?:ang|\.)|vol(?:ume|\.)|issn|e-issn)(?:[^\pL]|$)`)
	// withinImprint is a part of an imprint further into its line.
	withinImprint = regexp.MustCompile(`(?i)[.,·|;]\s+(?:(?:først\s+)?publiceret|(?:først\s+)?udgivet|published|publisert|publicerad|accepteret|accepted|årg(?:ang|\.)|vol(?:ume|\.)|nr\.\s\d)(?:[^\pL]|$)`)
	// elsewhereWork leads to a work that stands elsewhere.
	elsewhereWork = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:læs|se|find|hent|kilder?|source|read|see|omtalt|studiet|undersøgelsen|forskningen|forskerne|based on)(?:[^\pL]|$)`)
)
