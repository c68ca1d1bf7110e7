package extract

import (
	"regexp"
	"slices"
	"strings"

	"smaabornsviden/crawler/identifier"
	"smaabornsviden/index"
)

// numberKind is a kind of number that a work carries in its colophon.
type numberKind struct {
	name, label string
	shown       *regexp.Regexp
	valid       func(string) string
	most        int // how many of one work there are: a printed and an electronic ISBN
}

// fillLabelled takes the ISBN and the ISSN that a text shows as its own, in a colophon. What stands in a sentence, a citation, a list of
// references or a review is the number of another work, of which this one only speaks.
func fillLabelled(res *Result, lines []string) {
	if res.ISBN == "" {
		if own, ok := labelled(lines, res, numberKind{"isbn", "ISBN", visibleISBN, identifier.ISBN, 2}); ok {
			res.ISBN, res.Why["isbn"] = own.value, index.Reason{Rule: "isbn-text", Quote: own.quote}
		}
	}
	if res.ISSN == "" {
		if own, ok := labelled(lines, res, numberKind{"issn", "ISSN", visibleISSN, identifier.ISSN, 1}); ok {
			res.ISSN, res.Why["issn"] = own.value, index.Reason{Rule: "issn-text", Quote: own.quote}
		}
	}
}

// labelled is the first number of a kind that the lines show as the work's own; none where there are too many for one work.
func labelled(lines []string, res *Result, kind numberKind) (found, bool) {
	if n := len(distinct(kind.shown, kind.label, strings.Join(lines, "\n"), kind.valid)); n == 0 {
		return found{}, false
	}
	if reviews(res, lines) {
		return found{}, false
	}
	var own []found
	seen, before, references := map[string]bool{}, "", false
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		references = references || referenceHeading.MatchString(strings.TrimSpace(line))
		if !strings.Contains(line, kind.label) {
			before = line
			continue
		}
		for _, at := range kind.shown.FindAllStringSubmatchIndex(line, 20) {
			number := kind.valid(line[at[2]:at[3]])
			bare := strings.TrimSpace(line[:at[0]]) == ""
			if number == "" || seen[number] || references && !bare || !ownPlace(line, before, at[0], res.Title) {
				continue
			}
			seen[number] = true
			own = append(own, found{number, clip(clean(line[at[0]:at[1]]), 100)})
		}
		before = line
	}
	if len(own) == 0 || len(own) > kind.most {
		return found{}, false
	}
	return own[0], true
}

// ownPlace reports whether a number in a line, given the line before, stands where a work says what its own number is.
func ownPlace(line, before string, at int, title string) bool {
	lead := line[:at]
	titled := len(fold(title)) >= leastCited && strings.Contains(fold(lead), fold(title))
	if citeLabel.MatchString(line) || len(before) <= shortHeading && citeLabel.MatchString(before) {
		return true
	}
	if strings.Count(lead, "(") > strings.Count(lead, ")") || citedWork.MatchString(lead) && !titled {
		return false
	}
	if otherWork.MatchString(lead) || len(before) <= 2*shortHeading && otherWork.MatchString(before) {
		return false
	}
	if ownsNumber.MatchString(lead) || imprintStart.MatchString(line) {
		return true
	}
	sentence := lead
	if all := sentenceStop.FindAllStringIndex(lead, -1); len(all) > 0 {
		sentence = lead[all[len(all)-1][1]:]
	}
	return !running.MatchString(sentence)
}

// imprintLines are the lines of the text and before them those of the page's head that are none of it: a byline or a date line may go on
// with publisher and number.
func (p *page) imprintLines(res *Result) []string {
	text := strings.Split(res.Text, "\n")
	bs := p.lines()
	head := headOf(bs, res.Title)
	var lines []string
	for i := max(0, head-reachBefore); i < min(len(bs), head+reachAfter); i++ {
		if line := strings.TrimSpace(bs[i].text); !slices.Contains(text, line) && len(line) <= 2*maxImprint {
			lines = append(lines, line)
		}
	}
	return append(lines, text...)
}

// reviews reports whether a page is about a book of others: a review, or an advice to read. lines are those of its imprint and its text.
func reviews(res *Result, lines []string) bool {
	if reviewTitle.MatchString(res.Title) || reviewTitle.MatchString(res.Kicker) {
		return true
	}
	for _, line := range lines {
		if reviewText.MatchString(line) || len(line) <= 2*shortHeading && (reviewLine.MatchString(line) || verdict.MatchString(line)) {
			return true
		}
	}
	return false
}

var (
	sentenceStop = regexp.MustCompile(`[.!?:;]\s+`)
	// running are words that sentences have and colophons do without.
	running = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:er|var|har|havde|kan|skal|vil|vi|jeg|du|man|som|der|det|hun|han|hedder|skriver|viser|udkom|udkommer|handler|bragt|trykt i|fra bogen|i bogen|bogen|artiklen i|tidsskriftet|is|was|has|which|we|that|the book|the journal)(?:[^\pL]|$)`)
	// citedWork is another work as references name it: "Hansen, P. (2019)", "Hansen, 2019", "Hansen & Ry (2020)".
	citedWork = regexp.MustCompile(`\p{Lu}\pL+(?:,\s+(?:\p{Lu}\.\s*)+|\s+(?:&|og|and)\s+\p{Lu}\pL+|\s+(?:et al\.?|m\.\s?fl\.))?,?\s*\((?:red\.\),?\s*\()?(?:19|20)\d\d[a-z]?\)|\(\p{Lu}\pL+[^()]{0,60},\s*(?:19|20)\d\d`)
	// otherWork leads to a work that this one only speaks of, or is a part of.
	otherWork = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:læs|anbefal\pL*|anmeld\pL*|boganmeld\pL*|bogtips?|køb|find|bestil bogen|lån|omtal\pL*|kapit(?:el|let) i|bidrag til|antologi\pL*|indgår i|kilder?|based on|bygger på|read|see|review\pL*|recommend\pL*|chapter in|(?:ed|eds|red)\.\)?)(?:[^\pL]|$)|^(?:i|in):\s`)
	// ownsNumber gives the number to the work in words: "rapportens ISBN er", "Denne publikation har".
	ownsNumber  = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:artiklens|rapportens|publikationens|bogens|hæftets|tidsskriftets|udgivelsens|denne \pL+ har|dette \pL+ har)\s*(?:e-)?$`)
	reviewTitle = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:bog)?anmeldelser?(?:[^\pL]|$)|(?:^|[^\pL])(?:boganbefaling\pL*|bogtips?|læsetips?|læst|ugens bog|månedens bog|book reviews?|review of)(?:[^\pL]|$)`)
	reviewText  = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:boganmeld\pL*|anmeldt\s+af|anmelderen|anmeldelse af bogen|boganbefaling|anbefaler bogen|reviewed by|book review)(?:[^\pL]|$)`)
	// reviewLine is a short line that says who reviewed: "Anmelder: Bo Lund", "Anmeldelse ved Eva Ry".
	reviewLine = regexp.MustCompile(`(?i)^(?:anmelder|anmeldelse|anmeldt|læst|recension|recensent|bokanmeldelse|review)(?:\s+(?:ved|af|av|by))?\s*[:\s]\s*\p{L}`)
	// verdict are the stars or hearts of a reviewer.
	verdict = regexp.MustCompile(`[★☆]{3,6}|[♥♡]{3,6}|(?i:(?:^|\s)[1-6] (?:ud )?af [56] (?:stjerner|hjerter)|(?:^|\s)[1-6] (?:stjerner|hjerter)(?:$|[.,!]))`)
)
