package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// longestHeadLine is the length in characters from which a line of a page's head is running text and names nobody.
const longestHeadLine = 160

// headNames are the names that the lines below a title hold without a word that says so: "Anna Holm, filosof og far", "Interview ·
// 9. februar 2023 · Bo Lund, journalist", a name over the line that says what its owner is.
func headNames(bs []block, head int) (names []string, line string) {
	prose := 0
	for i := head + 1; i < min(len(bs), head+reachAfter) && prose < 2; i++ {
		if names, n := brokenList(bs[i:]); names != nil {
			return names, joinBlocks(bs[i : i+n])
		}
		if runs(bs[i].text) {
			prose++
			continue
		}
		if names := namesOn(bs, i, prose > 0); names != nil {
			return names, bs[i].text
		}
	}
	return nil, ""
}

// listGoesOn ends a line of a list of which each name has a line of its own.
var listGoesOn = regexp.MustCompile(`(?i)\s*\(?\)?\s*(?:[,;&]|\sog|\sand)$`)

// brokenList are the names of a list that is broken over lines, and of how many.
func brokenList(bs []block) (names []string, n int) {
	for i := range min(len(bs), maxAuthors) {
		at := listGoesOn.FindStringIndex(bs[i].text)
		name := bs[i].text
		if at != nil {
			name = name[:at[0]]
		}
		if !isPerson(name) && (i == 0 || !looksLikeName(name)) {
			break
		}
		names = append(names, name)
		if at == nil && i > 0 {
			return names, i + 1
		}
		if at == nil {
			break
		}
	}
	return nil, 0
}

// runs reports whether a line is running text.
func runs(line string) bool {
	n := utf8.RuneCountInString(line)
	return n > longestHeadLine || n > 60 && strings.HasSuffix(line, ".") && inSentence.MatchString(line)
}

// namesOn are the names of one line of a page's head; nil where it is another line. Behind the lead a name needs more to be believed,
// since the people whom an article is about stand there too.
func namesOn(bs []block, i int, behindLead bool) []string {
	line := bs[i].text
	if isHeading(bs[i].node.DataAtom) || i > 0 && contacts.MatchString(bs[i-1].text) || reached.MatchString(line) || i+1 < len(bs) && reached.MatchString(bs[i+1].text) {
		return nil
	}
	if names := stampedNames(line); names != nil {
		return names
	}
	if m := doneBy.FindStringSubmatch(line); m != nil {
		return personsAt(m[1])
	}
	if name := personWithRole(line); name != "" && (!behindLead || writes.MatchString(line)) && !isElement(bs[i].node, atom.Li, atom.Td, atom.Dd) {
		return []string{name}
	}
	names := persons(line)
	switch {
	case names == nil:
		return nil
	case i+1 < len(bs) && (saysWhat(bs[i+1].text, behindLead) || isStamp(bs[i+1].text) || isDatePiece(bs[i+1].text)), i > 0 && isDatePiece(bs[i-1].text):
		return names
	case !behindLead && (len(names) > 1 || i+1 < len(bs) && runs(bs[i+1].text)):
		return names
	}
	return nil
}

var (
	// contacts is the line over those whom a page names for questions, or for what they did beside writing.
	contacts = regexp.MustCompile(`(?i)kontakt|oplysninger|henvendelse|spørgsmål|pressech|ansvarlig|tovholder|projektleder|vejleder|medvirkende|deltagere|bestyrelse|medlemmer|redaktion|^(?:leder|souschef|oplægsholder\pL*|underviser\pL*|fotograf|foto)\b`)
	// reached is a line with a way to reach somebody, which authors seldom have right behind their names.
	reached = regexp.MustCompile(`(?i)@|\[(?:e-mail|telefon)\]|\btlf|\btelefon|\bmobil\b|e-?mail|\+45`)
	// writes is a role of those who write for others.
	writes = regexp.MustCompile(`(?i)\b(?:\pL*journalist|redaktør|skribent|forfatter|debattør|klummeskribent|kronikør)\b`)
	// besideSign parts the pieces of a line of times and names.
	besideSign = regexp.MustCompile(`\s*[|·•\t]\s*|\s[–—-]\s`)
	// timeTelling are the pieces that such a line has beside names: how long it takes to read, and what readers said.
	timeTelling = regexp.MustCompile(`(?i)^(?:ca\.\s)?\d+\s(?:min\pL*\.?|kommentar\pL*|comments?|visninger)(?:\s(?:læsetid|læsning|read))?$|^læsetid`)
)

// doneBy names who made an analysis or held an interview.
var doneBy = regexp.MustCompile(`(?i)(?:^|[.|·•]\s+)\pL*(?:notat|analyse|rapport|interview|artikel|reportage|undersøgelse)\s+ved\s+(.*)$`)

// stampedNames are the names of a line that parts who wrote from when, or from what it is: "14/9 2021 | skrevet af Bo Lund | 12
// kommentarer".
func stampedNames(line string) []string {
	if names := datedNames(line); names != nil {
		return names
	}
	pieces := besideSign.Split(line, 8)
	if len(pieces) < 2 {
		return nil
	}
	dated := slices.ContainsFunc(pieces, func(s string) bool { return isDatePiece(s) || timeTelling.MatchString(s) })
	for _, piece := range pieces {
		if names := bylineNames(piece); names != nil {
			return names
		}
		if name := personWithRole(piece); name != "" && dated {
			return []string{name}
		}
		if names := persons(piece); names != nil && (dated || allHouses(pieces, piece)) {
			return names
		}
	}
	return nil
}

// leadingDay and closingDay are the day that begins or ends a line of a name.
var (
	leadingDay = regexp.MustCompile(`(?i)^(?:(?:` + weekdays + `)[\s,]*)?(?:(?:den|d\.)\s*)?\d{1,2}\.?\s(?:` + monthPattern + `)\s(?:19|20)\d{2}[.,:]\s+`)
	closingDay = regexp.MustCompile(`(?i)[.,]\s+(?:(?:` + weekdays + `)[\s,]*)?(?:(?:den|d\.)\s*)?\d{1,2}\.?\s(?:` + monthPattern + `)\s(?:19|20)\d{2}\.?$`)
)

// datedNames are the names of a line that has nothing beside them but the day: "Anna Holm, 19. august 2023", "28. oktober 2022. Bo
// Lund, smed, Ry".
func datedNames(line string) []string {
	if utf8.RuneCountInString(line) > longestHeadLine {
		return nil
	}
	for _, day := range []*regexp.Regexp{leadingDay, closingDay} {
		if rest := day.ReplaceAllString(line, ""); rest != line {
			return namesAlone(rest)
		}
	}
	return nil
}

// namesAlone are the names of a piece of a line that holds them, or one with what that person is, and nothing else.
func namesAlone(piece string) []string {
	piece = strings.TrimSuffix(piece, ".")
	if name := personWithRole(piece); name != "" {
		return []string{name}
	}
	return persons(piece)
}

// allHouses reports whether the pieces beside one are the names of organisations.
func allHouses(pieces []string, but string) bool {
	return !slices.ContainsFunc(pieces, func(s string) bool { return s != but && !isOrganisation(s) })
}

// isDatePiece reports whether a piece of a line is a day, or a label and a day.
func isDatePiece(s string) bool {
	if loc := dayPiece.FindStringIndex(s); loc != nil {
		return len(strings.Fields(s[:loc[0]])) <= 3 && len(strings.Fields(s[loc[1]:])) <= 3
	}
	return false
}

var dayPiece = regexp.MustCompile(`(?i)\b\d{1,2}\s?[./-]\s?\d{1,2}\s?[./ -]\s?(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b|\b(?:\d{1,2}\.?\s)?` + monthPattern + `\.?,?\s(?:19|20)\d{2}\b`)

// personWithRole is the name that a line begins with where the rest says who that is and nothing else: "Bo Lund, filosof og far til
// to", "Anna Holm, Professor ved KP"; "" for other lines.
func personWithRole(line string) string {
	name, role, found := strings.Cut(line, ", ")
	if !found || !isPerson(name) || utf8.RuneCountInString(line) > longestHeadLine {
		return ""
	}
	role = strings.TrimSuffix(degree.ReplaceAllString(role, "$1$2"), ".")
	if strings.ContainsAny(role, ".:!?\"»«") || !isRole(role) && !isTitles(role) {
		return ""
	}
	return name
}

// degree is a title cut short, whose full stops end no sentence: "dr.pæd.", "ph.d."
var degree = regexp.MustCompile(`(?i)\b(\pL{1,5})(?:\.\pL+)+\.?|\b(dr|prof|fhv|cand|mag|lic|stud)\.`)

// persons are the names of a line that holds names of people and nothing else, but for the houses in parentheses behind them.
func persons(line string) []string {
	if utf8.RuneCountInString(line) > longestHeadLine {
		return nil
	}
	var names []string
	known := 0
	for _, name := range splitNames(housed.ReplaceAllString(line, "")) {
		if name = untitled(name); !looksLikeName(name) || strings.ContainsAny(name, ":!?\"»«/()0123456789") {
			return nil
		}
		names = append(names, name)
		known += btoi(isPerson(name))
	}
	if 2*known <= len(names) { // some given names are rare
		return nil
	}
	return names
}

// housed is where somebody of a list is from: "(University of Eastfield)".
var housed = regexp.MustCompile(`\s*\([^()]{1,80}\)`)

// saysWhat reports whether a line says what the person on the line before is, and no more.
func saysWhat(line string, writers bool) bool {
	if utf8.RuneCountInString(line) > 80 || strings.HasSuffix(line, ".") || !isTitles(line) {
		return false
	}
	return !writers || writes.MatchString(line)
}

// isPerson reports whether a text is somebody's whole name: words with capitals of which the first is a given name or an initial. The
// names of houses and sections look the same but for that.
func isPerson(s string) bool {
	words := strings.Fields(s)
	if len(words) > 5 || !looksLikeName(s) || strings.ContainsAny(s, ":!?\"»«,/()0123456789") || slices.ContainsFunc(words[1:], func(w string) bool { return strings.HasSuffix(w, ".") && !initials.MatchString(w) && len(w) > 4 }) {
		return false
	}
	first, _, _ := strings.Cut(strings.ToLower(words[0]), "-")
	return givenNames[first] || initials.MatchString(words[0]) && strings.Contains(words[0], ".")
}

// opinion is what a page calls a text that its writer signs at the end.
var opinion = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:læserbrev\pL*|debat(?:indlæg|ten)?|kronik(?:ken)?|klumme|replik|synspunkt|meninger|indlæg|leserbrev|insändare|debattinnlegg|åbent-?\s?brev)(?:$|[^\pL])`)

// writtenIn leads to whoever wrote a text of opinion: "Vi skal tale om leg, skriver læge Anna Holm".
var writtenIn = regexp.MustCompile(`[,»”"]\s(?:skriver|mener)\s`)

// greeting ends a letter, over the name of who wrote it.
var greeting = regexp.MustCompile(`(?i)^(?:med\s)?(?:venlig|kærlig|bedste|mange|de bedste|varm)e?\s(?:hilsen|hilsner)[,.!]?$`)

// signatures are the names below a text of opinion or a letter: "Bo Lund, morfar, Ry".
func (p *page) signatures(bs []block, head int) (names []string, line string) {
	said := opinion.MatchString(p.in.URL)
	for i := max(0, head-2); i < min(len(bs), head+4); i++ {
		said = said || utf8.RuneCountInString(bs[i].text) <= longestHeadLine && opinion.MatchString(bs[i].text)
	}
	for i := head; i < min(len(bs), head+4) && said; i++ { // the lead of a debate names who writes
		if at := writtenIn.FindStringIndex(bs[i].text); at != nil && len(bs[i].text) < 600 {
			if names := personsAt(bs[i].text[at[1]:]); names != nil {
				return names, bs[i].text
			}
		}
	}
	for i := max(head+2, len(bs)-signedWithin); i < len(bs); i++ {
		text := bs[i].text
		above := bs[i-1].text // i is beyond the heading
		if !said && !greeting.MatchString(above) || isHeading(bs[i].node.DataAtom) || reached.MatchString(text) || contacts.MatchString(text) || contacts.MatchString(above) {
			continue
		}
		if name := personWithRole(text); name != "" {
			return []string{name}, text
		}
		if names := persons(text); names != nil && said { // a minister's answer is the ministry's
			return names, text
		}
	}
	return nil, ""
}

var (
	// ownText begins a sentence that tells who wrote the page's own text.
	ownText = regexp.MustCompile(`(?i)(?:^|[.!?]\s+|\()(?:(?:denne?|dette|nærværende)\s+)?(?:artik(?:len|el)|tekst(?:en)?|guiden?|materiale(?:t)?|rapport(?:en)?|notat(?:et)?|hæfte(?:t)?|pjece(?:n)?|speciale(?:t)?|opgave(?:n)?|kapit(?:let|el)|analyse(?:n)?|indlæg(?:get)?|vejledning(?:en)?|inspirationsmateriale(?:t)?|blogindlæg(?:get)?)\s+(?:er|blev)\s+(?:oprindeligt\s+)?(?:skrevet|udarbejdet|forfattet|lavet)\s+af\s+`)
	// ofBook does on the page of a book, where no review speaks of it.
	ofBook = regexp.MustCompile(`(?i)(?:^|[\s(])(?:skrevet|forfattet)\s+af\s+`)
	// bookPage is what the page of a book says of it beside the text.
	bookPage = regexp.MustCompile(`(?i)\bisbn\b|^(?:forlaget?\s\p{Lu}|udgiver|forlag:)|\d+\ssider\b`)
)

// toldNames are the names in a sentence that says who wrote the page's text.
func toldNames(res *Result, bs []block) (names []string, line string) {
	lines := make([]string, 0, len(bs))
	for i := range bs {
		lines = append(lines, bs[i].text)
	}
	book := slices.ContainsFunc(lines, func(l string) bool { return len(l) < 200 && bookPage.MatchString(l) }) && !reviews(res, lines)
	for _, l := range lines {
		if len(l) > 1000 {
			continue
		}
		at := ownText.FindStringIndex(l)
		if at == nil && book {
			at = ofBook.FindStringIndex(l)
		}
		if at == nil {
			continue
		}
		if names := personsAt(l[at[1]:]); names != nil {
			return names, l
		}
	}
	return nil, ""
}

// personsAt are the people whose names a text begins with, each perhaps behind a title; nil where the first is none.
func personsAt(text string) []string {
	words := strings.Fields(abbreviated.ReplaceAllString(text, "$1 "))
	for i, w := range words { // "Ole D. Lund i et svar": the sentence goes on
		bare := strings.Trim(w, ".,")
		if !capital(w) && !particles[bare] && !titleWord.MatchString(bare) && !slices.Contains([]string{"og", "samt", "&", "and", "ved"}, bare) {
			words = words[:i]
			break
		}
	}
	text = strings.Join(words, " ")
	list := cutNames(besideNames(text))
	var names []string
	for _, part := range nameSeparator.Split(list, maxAuthors) {
		words := strings.Fields(strings.Trim(part, " .:"))
		for len(words) > 2 && !capital(words[0]) && titleWord.MatchString(words[0]) {
			words = words[1:]
		}
		last := 0
		for last < len(words) && (capital(words[last]) || last > 0 && particles[words[last]]) {
			last++
		}
		name := strings.Join(words[:last], " ")
		if !isPerson(name) {
			break
		}
		names = append(names, name)
		if last < len(words) {
			break // the sentence goes on
		}
	}
	return names
}

var (
	// authorLabel is a line that says that those on the next lines wrote.
	authorLabel = regexp.MustCompile(`(?i)^(?:forfatter(?:e|\(e\)|ne)?|(?:om\s)?forfatter(?:en|ne)|skrevet\s+af|udarbejdet\s+af|tekst|af|authors?|författare|forfattar(?:ar)?)\s*:?$`)
	// authorMark stands behind each name of a list that says what everybody did.
	authorMark = regexp.MustCompile(`(?i)^(.{3,60}?)\s*[(,]\s*(?:forfatter|author|medforfatter|co-author)\)?$`)
)

// listedBelow are the names on the lines below a label, or on those that say that each is an author.
func listedBelow(bs []block) (names []string, line string) {
	for i := range bs {
		if m := authorMark.FindStringSubmatch(bs[i].text); m != nil && isPerson(m[1]) {
			if names = append(names, m[1]); line == "" {
				line = bs[i].text
			}
		}
	}
	if names != nil {
		return names, line
	}
	for i := range bs {
		if !authorLabel.MatchString(bs[i].text) {
			continue
		}
		for k := i + 1; k < min(len(bs), i+maxAuthors); k++ {
			more := persons(bs[k].text)
			if name := personWithRole(bs[k].text); name != "" {
				more = []string{name}
			}
			if more == nil {
				break
			}
			names = append(names, more...)
		}
		if names != nil {
			return names, bs[i].text + " " + bs[i+1].text
		}
	}
	return nil, ""
}
