package extract

import (
	"regexp"
	"strings"

	"smaabornsviden/index"
)

// longestPublisher bounds a publisher's name in a text, in bytes; what is longer is a sentence.
const longestPublisher = 100

// fillShownPublisher takes the publisher that the text names in its colophon: behind a label, or in "Udgivet af" where a line or a
// sentence begins. What a text tells of the publishers of others begins no sentence, stands in a review, or names several.
func fillShownPublisher(res *Result, lines []string) {
	if res.Publisher != "" || reviews(res, lines) {
		return
	}
	var own, quote, before string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if referenceHeading.MatchString(line) {
			break
		}
		name := shownPublisher(line, before, res.Authors)
		if name != "" && own != "" && !strings.EqualFold(name, own) {
			return // a list of works
		}
		if name != "" && own == "" {
			own, quote = name, line
		}
		before = line
	}
	if own != "" {
		res.Publisher, res.Why["publisher"] = own, index.Reason{Rule: "publisher-text", Quote: clip(clean(quote), 200)}
	}
}

var (
	// publisherLabel gives the name that follows it, or the line below, to who brought the work out.
	publisherLabel = regexp.MustCompile(`(?i)(?:^|[.|·•;,]\s+)(?:udgiver|udgivere|forlag|publisher|utgiver|utgivare|förlag)\s*(?:[:\t]\s*|$)`)
	// publishedBy does where it begins a line or a sentence, with a capital: "rapporten er udgivet af" tells of some report.
	publishedBy = regexp.MustCompile(`(?:^|[.|·•;]\s+)(?:Udgivet|UDGIVET|Publiceret|Published|Utgitt|Utgiven|Utgivet|Udgives)\s+(?:(?:i\s+)?(?:(?:19|20)\d\d|\pL+\s+(?:19|20)\d\d)\s+)?(?:af|AF|by|av)\s*:?\s+`)
	// publisherEnd is what follows a publisher's name: a place, a year, a number, a further sentence.
	publisherEnd = regexp.MustCompile(`(?i)\s*[|·•\t;(\[]|\.\s|\s[–—-]\s|,?\s+(?:i|den|d\.|in|on)\s+(?:\d|samarbejde|` + monthPattern + `|cooperation|collaboration)|,?\s*\b(?:isbn|issn|doi|copyright)\b|,?\s+(?:kl\.|med\s+støtte|for\s+\pL+(?:ministeriet|fonden))|\s*,?\s*(?:19|20)\d\d\b|\s*,\s*\d|\.$`)
	// namesSubjects begins a name that may go on behind a comma: "Center for Leg, Sprog og Læring".
	namesSubjects = regexp.MustCompile(`(?i)\b(?:for|af|of|om)\s+\S.*$`)
	nextSentence  = regexp.MustCompile(`\.\s+\p{Lu}`)
	// stamp is when a post was put up, with the hour or the day: who did that is no publisher.
	stamp = regexp.MustCompile(`(?i)\bkl\.?\s?\d|\b\d{1,2}\.\s?\pL+\s(?:19|20)\d\d|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}`)
)

// shownPublisher is the publisher that a line names, given the line before; "" where it names none.
func shownPublisher(line, before string, authors []string) string {
	if len(line) > 2*maxImprint || citedWork.MatchString(line) {
		return ""
	}
	if at := publisherLabel.FindStringIndex(before); at != nil && at[0] == 0 && at[1] == len(before) {
		return publisherName(line)
	}
	if at := publisherLabel.FindStringIndex(line); at != nil && !otherWork.MatchString(line[:at[0]]) {
		return publisherName(line[at[1]:])
	}
	at := publishedBy.FindStringIndex(line)
	if at == nil || otherWork.MatchString(line[:at[0]]) {
		return ""
	}
	name := publisherName(line[at[1]:])
	for _, author := range authors {
		if strings.EqualFold(author, name) {
			return ""
		}
	}
	sentence := line[at[1]:]
	if stop := nextSentence.FindStringIndex(sentence); stop != nil {
		sentence = sentence[:stop[0]]
	}
	if !isOrganisation(name) && stamp.MatchString(sentence) {
		return "" // who put a post up: "Udgivet af Bo Lund den 3. maj 2024"
	}
	return name
}

// publisherName is the name that a text begins with, up to where its colophon goes on.
func publisherName(text string) string {
	name := text
	if at := publisherEnd.FindStringIndex(name); at != nil {
		name = name[:at[0]]
	}
	if head, rest, found := strings.Cut(name, ", "); found && !(namesSubjects.MatchString(head) && strings.Contains(rest, " og ")) {
		name = head // "Gyldendal, København"
	}
	name = Imprint(strings.Trim(name, " .,:–-"))
	words := strings.Fields(name)
	if len(words) == 0 || len(words) > 12 || len(name) > longestPublisher || inSentence.MatchString(name) {
		return ""
	}
	if !capital(words[0]) && (len(words) < 2 || !capital(words[1])) { // "forlaget Leg"
		return ""
	}
	switch fold(name) {
	case "admin", "administrator", "redaktionen", "redaktør", "webmaster", "os", "ukendt", "gæst":
		return ""
	}
	return name
}
