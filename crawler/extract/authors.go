package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// maxAuthors: consortia sign with more names than a card can hold.
const maxAuthors = 50

// fillAuthors takes library metadata first, then structured data, then what the page shows.
func (p *page) fillAuthors(res *Result) {
	bad := map[string]bool{fold(res.SiteName): true, fold(hostName(p.in.URL)): true, fold(res.Title): true}
	for _, s := range []struct {
		rule  string
		names []string
	}{
		{"authors-citation", p.meta.every("citation_author", "citation_authors", "eprints.creators_name", "bepress_citation_author")},
		{"authors-dc", p.meta.every("dc.creator", "dcterms.creator", "dc.creator.personalname")},
		{"authors-json-ld", p.ldAuthors()},
		{"authors-meta", p.meta.every("author", "article:author", "byl", "sailthru.author", "parsely-author")},
	} {
		if names := people(s.names, bad); len(names) > 0 {
			res.Authors = names
			res.Why["authors"] = index.Reason{Rule: s.rule, Quote: clip(strings.Join(s.names, "; "), 200)}
			return
		}
	}
	shown, line := p.bylines(res)
	if names := people(shown, bad); len(names) > 0 {
		res.Authors = names
		res.Why["authors"] = index.Reason{Rule: "authors-byline", Quote: clip(line, 200)}
	}
}

func (p *page) ldAuthors() []string {
	var out []string
	for _, key := range []string{"author", "creator"} {
		for _, a := range p.ld.objects(p.ld.main, key) {
			if hasWord(strings.Join(a.types(), " "), "Organization") {
				continue
			}
			out = append(out, a.strs("name")...)
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// bylineStart begins a line that names who wrote. "Af" alone also begins sentences, so what follows has
// to be names.
var bylineStart = regexp.MustCompile(`(?i)^(?:(?:(?:skrevet|udarbejdet|fortalt|anmeldt|besvaret|svar|interview)\s+)?af|skrevet\s[^\pL]{0,6}\d{1,2}\.?\s\pL+\s\d{4}\saf|(?:artiklen|rapporten|teksten|notatet)\s+er\s+(?:skrevet|udarbejdet)\s+af|(?:(?:idé|foto|billeder)\s+(?:og|&)\s+)?tekst(?:\s+(?:af|(?:og|&)\s+(?:foto|billeder|idé|illustrationer)))?|forfatter(?:e|\(e\))?|forf\.|journalist|by|written by|authors?|av|text)\s*:?\s+(?:journalist\s+|forfatter\s+)?`)

// beforeByline is what may stand on a byline before it: a date, or what kind of work it is of.
var beforeByline = regexp.MustCompile(`(?i)^(?:(?:\pL[\pL -]{1,30}(?:\s[–-]|\.)\s)?(?:(?:` + weekdays + `)[\s,]*)?(?:(?:den|d\.)\s*)?(?:\d{1,2}[.\s/-]+(?:\d{1,2}|\pL+)[.\s/-]+)?(?:` + monthPattern + `\s+)?(?:19|20)\d{2}[\s.,:|·•–-]+(?:kl\.?\s?\d{1,2}[.:]\d{2}[\s.,|·•–-]+)?|\pL*(?:speciale|afhandling|artikel|kronik|debatindlæg|læserbrev|klumme|replik|essay|kommentar|synspunkt|blogindlæg|indlæg|projekt|opgave|rapport|notat|reportage)(?:,[^.]{0,60}\.)?\s+)((?:(?:skrevet|fortalt|anmeldt|svar|besvaret|interview)\s+)?af\s|by\s|tekst|forfatter(?:e|\(e\))?\s*:)`)

// bylines are the names on lines near the heading, and else behind a label that leaves no doubt; and the line that has them.
func (p *page) bylines(res *Result) (names []string, line string) {
	bs := p.lines()
	head := headOf(bs, res.Title)
	for i := max(0, head-reachBefore); i < min(len(bs), head+reachAfter); i++ {
		if names := bylineNames(bs[i].text); len(names) > 0 && !ofStaff(bs, i) {
			return names, bs[i].text
		}
	}
	if head+1 < len(bs) {
		line := bs[head+1].text
		if names := onlyNames(line); len(names) > 1 {
			return names, line
		}
		if names := namesBefore(line); names != nil {
			return names, line
		}
	}
	if names, line := headNames(bs, head); names != nil {
		return names, line
	}
	for i := max(head+1, len(bs)-signedWithin); i < len(bs); i++ {
		if names := signers(bs[i].text); names != nil {
			return names, bs[i].text
		}
	}
	for i := range bs {
		if w := classWords(bs[i].node); isElement(bs[i].node, atom.A, atom.Span, atom.P, atom.Div) && (w.has("byline") || w.has("author")) {
			if names := markedNames(bs[i].text); len(names) > 0 {
				return names, bs[i].text
			}
		}
	}
	for _, find := range []func() ([]string, string){
		func() ([]string, string) { return labelledNames(bs) },
		func() ([]string, string) { return listedBelow(bs) },
		func() ([]string, string) { return p.signatures(bs, head) },
		func() ([]string, string) { return toldNames(res, bs) },
	} {
		if names, line := find(); names != nil {
			return names, line
		}
	}
	return nil, ""
}

// markedNames are the names of a line that its template calls a byline, which needs no "Af".
func markedNames(line string) []string {
	bare := bylineStart.ReplaceAllString(line, "")
	if names := listedNames(bare); len(names) > 0 {
		return names
	}
	names := splitNames(line)
	if slices.ContainsFunc(names, func(name string) bool { return titleWord.MatchString(name) || strings.ContainsAny(name, ":|·•") }) {
		return nil // what somebody is, and the credit of a picture, are nobody
	}
	if len(people(names, nil)) == len(names) && (len(names) == 1 || !slices.ContainsFunc(names, notName)) {
		return names
	}
	return nil
}

// sureLabel names who wrote wherever it stands. Two of them belong to a list of works.
var sureLabel = regexp.MustCompile(`(?i)^(?:(?:(?:idé|foto|billeder)\s+(?:og|&)\s+)?tekst(?:\s+(?:og|&)\s+(?:foto|billeder|idé|illustrationer))?|(?:artik(?:len|el)|rapporten|teksten|notatet|materialet|guiden)\s+er\s+(?:skrevet|udarbejdet)\s+af|forfatter(?:e|\(e\))?|skrevet\s+af|udarbejdet\s+af|written\s+by|authors?)\s*:`)

func labelledNames(bs []block) (found []string, line string) {
	for i := range bs {
		if !sureLabel.MatchString(bs[i].text) || ofStaff(bs, i) {
			continue
		}
		if names := bylineNames(bs[i].text); len(names) > 0 {
			if found != nil {
				return nil, ""
			}
			found, line = names, bs[i].text
		}
	}
	return found, line
}

// staffLine is a line of those who make a paper, each with what they do there.
var staffLine = regexp.MustCompile(`(?i)^(?:ansvarshavende\s+)?\pL*(?:redaktør|redaktion|chef|direktør|annoncer|sekretær|korrektur|layout|abonnement)\s*:`)

// ofStaff reports whether a line stands in a list of staff.
func ofStaff(bs []block, i int) bool {
	return i > 0 && staffLine.MatchString(bs[i-1].text) || i+1 < len(bs) && staffLine.MatchString(bs[i+1].text)
}

// onlyNames are the names of a line that holds two or more and nothing else, as papers have them below their title.
func onlyNames(line string) []string {
	names := splitNames(line)
	for _, name := range names {
		if words := len(strings.Fields(name)); words > 4 || !looksLikeName(name) || strings.Contains(name, " af ") || strings.ContainsAny(name, ".:!?\"»«") {
			return nil
		}
	}
	return names
}

// belowTitle is what follows who wrote on the line below a title: what kind of work it is, and when and where it came out.
var belowTitle = regexp.MustCompile(`(?i)^(?:ph\.?d\.?|doctoral|master|bachelor\pL*|speciale|kandidatspeciale|\pL*a[fv]handling|masteroppgave|masterprojekt|arbejdspapir|working\spaper|rapport|notat|artikel|\d{1,2}\.?\s\pL+\s\d{4}|` + monthPattern + `\s\d{4})`)

// namesBefore are the names that a line below the title begins with, before what the work is or when it came out: "Anna Holm og Bo
// Lund. December 2021. 74 sider", "Bo Lund, lærer · 8. maj 2021".
func namesBefore(line string) []string {
	if utf8.RuneCountInString(line) > 250 {
		return nil
	}
	line = yearBehind.ReplaceAllString(line, "$1.") // "Anna Holm (2020). Ph.d.-afhandling"
	if analysisOf.MatchString(line) {               // bylineNames has read who made it
		return nil
	}
	list := cutNames(besideNames(line))
	rest, parted := line[min(len(list), len(line)):], false
	if bare := strings.TrimLeft(rest, " "); bare != "" {
		parted = strings.ContainsAny(firstOf(bare), ".,·|•–-/") // "Tirsdag den 25. marts" is no name
	}
	if !parted || !belowTitle.MatchString(strings.TrimLeft(rest, " .,·|•–-/")) {
		return nil
	}
	names := leadingNames(list)
	if len(names) == 1 && names[0] == strings.TrimSpace(list) && !isPerson(names[0]) {
		return nil // a house, or a section of the paper
	}
	return names
}

// yearBehind is the year of a work behind who wrote it, as lists of works have it.
var yearBehind = regexp.MustCompile(`^([^()]{5,120}?)\s\(((?:19|20)\d\d)\)\.?`)

// printed is the end of a letter in print: who wrote, what that person is, and when it was printed.
var printed = regexp.MustCompile(`(?i)[.,]\s(?:bragt|trykt)(?:\s(?:i|den|d\.)[^.\d]{0,40})?\s?\d{1,2}\.`)

// signers are the names that a letter to a paper ends with: "Anna Holm, dagplejer, Ry. Bragt 6. juni 2024."
func signers(line string) []string {
	if utf8.RuneCountInString(line) > 150 || !printed.MatchString(line) {
		return nil
	}
	name, role, found := strings.Cut(line, ", ")
	if !found || !looksLikeName(name) || !isTitles(strings.SplitN(role, ",", 2)[0]) {
		return nil
	}
	return []string{name}
}

// bylineNames reads "Af X, Y med flere" and its kin; nil when the line is no byline.
func bylineNames(line string) []string {
	if utf8.RuneCountInString(line) > 250 {
		return nil
	}
	for _, lead := range []*regexp.Regexp{textCredit, beforeByline} { // "Foto: Eva Ry. Tekst: Anna Holm", "3. maj 2021. Af Anna Holm"
		if loc := lead.FindStringSubmatchIndex(line); loc != nil {
			line = line[loc[len(loc)-2]:]
		}
	}
	if m := analysisOf.FindStringSubmatch(line); m != nil {
		return analysts(m[1])
	}
	loc := bylineStart.FindStringIndex(line)
	if loc == nil {
		return nil
	}
	return listedNames(line[loc[1]:])
}

// analysisOf begins a line with a work whose "af" may lead to who wrote as well as to what was looked at.
var analysisOf = regexp.MustCompile(`(?i)^\pL*(?:analyse|undersøgelse|kortlægning|evaluering)\s+af\s+(.*)$`)

// analysts are who made an analysis: somebody by name, or with what that person is right behind. "Analyse af Danske Kommuner" is of them.
func analysts(rest string) []string {
	if names := personsAt(rest); names != nil {
		return names
	}
	name, role, found := strings.Cut(rest, ", ")
	if role, _, _ = strings.Cut(role, ". "); found && looksLikeName(name) && isTitles(role) {
		return []string{name}
	}
	return nil
}

// listedNames are the names of a list and what stands beside them, up to where it ends.
func listedNames(rest string) []string {
	rest = abbreviated.ReplaceAllString(rest, "$1 ") // whose full stop ends no sentence
	list := cutNames(besideNames(rest))
	if names := surnamesFirst(list); names != nil {
		return names
	}
	return leadingNames(list)
}

// textCredit is the credit of the text behind one of the pictures.
var textCredit = regexp.MustCompile(`(?i)(?:^(?:foto|fotos|fotograf|billeder|illustration|illustrationer)\s*:?\s[^:]{3,60}?)[\s.,|/·•]+(tekst(?:\s+af)?\s*:?\s)`)

// elsewhere is in a role that names a place of work: what an "og" joins may belong to its name.
var elsewhere = regexp.MustCompile(`(?:^|\s)(?:ved|i|på|for|af|hos|at|in|of)\s`)

var abbreviated = regexp.MustCompile(`(?i)\b(ph\.?d|cand(?:\.\pL+)*|mag(?:\.\pL+)*|dr(?:\.\pL+)*|prof|fhv|lic(?:\.\pL+)*)\.\s`)

// titleWord is a word for what somebody is, as it stands before or behind a name.
var titleWord = regexp.MustCompile(`(?i)^(?:\pL*-?(?:forsker|lektor|professor|adjunkt|docent|studerende|konsulent|leder|chef|pædagog|psykolog|journalist|redaktør|sygeplejerske|sundhedsplejerske|dagplejer|lærer|rådgiver|formand|forperson|direktør|læge|sociolog|antropolog|økonom|jurist|forfatter|analytiker|sekretær|koordinator|medarbejder|stipendiat|assistent|minister|ordfører|borgmester|rektor|dekan|terapeut|logopæd|vejleder|underviser|jordemoder|bibliotekar|præst|advokat|ingeniør|skuespiller|musiker|kunstner|biolog|akustiker|statistiker|antropolog|historiker|mor|far|bedstemor|bedstefar|medhjælper|byrådsmedlem|folketingsmedlem|næstforperson|researcher|lecturer)(?:e|er|r|ere|ne)?|ph\.?d\.?(?:-\pL+)?|dr(?:\.\pL+)*\.?|prof\.?|cand(?:\.\pL+)*\.?|mag(?:\.\pL+)*\.?|lic(?:\.\pL+)*\.?|mso|postdoc|emeritus|emerita|associate|assistant|fhv\.?|tidligere|ekstern|faglig|pædagogisk|klinisk|autoriseret)$`)

// untitled is a name without the titles before and behind it.
func untitled(s string) string {
	words := strings.Fields(s)
	for len(words) > 2 && titleWord.MatchString(words[0]) {
		words = words[1:]
	}
	for len(words) > 2 && titleWord.MatchString(words[len(words)-1]) && !capital(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// isTitles reports whether a part of a list says what somebody is: "specialkonsulent", "lektorer ved KP".
func isTitles(part string) bool {
	words := strings.Fields(part)
	return len(words) > 0 && len(words) <= maxRole && titleWord.MatchString(words[0]) && !inSentence.MatchString(part)
}

func capital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// maxRole is how many words a role has: "formand for den faglige klub i en lille kommune i Jylland".
const maxRole = 15

// isRole reports whether what stands behind a name and a comma says who that is, rather than going on with a sentence
// ("Af Danske Børnehaver, som …").
func isRole(s string) bool {
	s = strings.TrimSpace(s)
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > maxRole || inSentence.MatchString(s) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(first) || words[0] == strings.ToUpper(words[0])
}

// inSentence are words that a role does not have.
var inSentence = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:er|var|har|havde|bliver|blev|kan|kunne|skal|skulle|vil|ville|må|får|fik|siger|som|der|at|når|hvis|fordi|vi|de|jeg|han|hun|is|are|was|were|has|have|had|will|can|must|the|we|they|he|she|it|who|that|when)(?:$|[^\pL])`)

var nameEnd = regexp.MustCompile(`(?i)\s*[|·•\t/]|\s[–-]\s|\s(?:(?:` + weekdays + `)\s+)?(?:den|d\.)\s*\d|\s*\d|\s*\[|\s*\b(?:foto|fotos|fotograf|fotografi|billeder|illustration|illustrationer|layout|redigeret|redaktion|udgivet|publiceret|opdateret|kontakt|mail|e-mail)\b|\s*\(|\.\s`)

var nameSeparator = regexp.MustCompile(`(?i)\s*(?:[,;&]|\bog\b|\bsamt\b|\bmed flere\b|\bm\.\s?fl\.|\band\b|\boch\b|\bet al\.?)\s*`)

func splitNames(s string) []string {
	var out []string
	for _, part := range nameSeparator.Split(s, maxAuthors) {
		if part = strings.Trim(clean(part), " .:"); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// particles are the small words inside names.
var particles = map[string]bool{
	"von": true, "van": true, "de": true, "den": true, "der": true, "la": true, "af": true, "da": true, "du": true, "el": true, "bin": true, "zu": true,
	"á": true, "di": true, "del": true, "dos": true, "ten": true, "ter": true, "al": true, "ibn": true, "zur": true,
}

// joinedParticle is a small word that is written together with the name behind it: "al-Khatib", "d'Orsay".
var joinedParticle = regexp.MustCompile(`^(?:al|el|ben|d|l)['’-]\p{Lu}`)

// looksLikeName reports whether a text is two to six words that begin with capitals.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 || utf8.RuneCountInString(s) > 60 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && (i == 0 || !particles[strings.ToLower(w)] && !joinedParticle.MatchString(w)) {
			return false
		}
	}
	return !isOrganisation(s)
}

// orgWords end or make the names of organisations.
var orgWords = regexp.MustCompile(`(?i)(redaktion|kommune\b|region\b|ministeri|styrelse|fonden\b|\bfond\b|universitet|university|institut|center\b|centret\b|centre\b|forening|forbund|\bråd\b|rådet\b|admin|webmaster|\bteam\b|sekretariat|kommunikation|organisation|\ba/s\b|\baps\b|bureau|bladet\b|tidende\b|forlag|styrelsen\b|børnehus|\bhuset\b|børnehave\b|vuggestue\b|dagtilbud|forvaltning|afdeling\b|enhed(?:en)?\b|udvalg|netværk|bibliotek|museum|museet\b|sundhedsplejen\b|dagplejen\b|hospital|sygehus|\bbupl\b|\bfoa\b|\bvive\b|college\b|professionshøjskole)`)

func isOrganisation(s string) bool { return orgWords.MatchString(s) }

// people cleans a list of author values: "Holm, Anna" becomes "Anna Holm", lists are split, and what is no
// person is left out.
func people(values []string, bad map[string]bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range values {
		for _, name := range authorNames(v) {
			name = untitled(name)
			key := fold(name)
			if key == "" || seen[key] || bad[key] || isOrganisation(name) || strings.ContainsAny(name, "@/0123456789[<") || len(out) >= maxAuthors {
				continue
			}
			seen[key] = true
			out = append(out, clip(lowered(name), 100))
		}
	}
	return out
}

// authorNames splits one value. Around a single comma either both parts are whole names, or it is "surname, given
// name".
func authorNames(v string) []string {
	v = besideNames(contact.ReplaceAllString(v, "")) // "Anna Holm (anna@kommune.dk)" and "Anna Holm (red.)" are names
	v = clean(bylineStart.ReplaceAllString(clean(v), ""))
	if strings.ContainsAny(v, ";") {
		var out []string
		for part := range strings.SplitSeq(v, ";") {
			out = append(out, authorNames(strings.TrimSpace(part))...)
		}
		return out
	}
	if names := surnamesFirst(v); len(names) > 1 {
		return names
	}
	names := splitNames(v)
	family, given, ok := strings.Cut(v, ",")
	if !ok || strings.Contains(given, ",") || !isInitials(given) && !slices.ContainsFunc(names, notName) {
		return names
	}
	return []string{strings.TrimSpace(strings.TrimSpace(given) + " " + strings.TrimSpace(family))}
}

// contact is what a mask left of the ways to reach an author, with what a template puts around it.
var contact = regexp.MustCompile(`[\s,]*[(<]?\[(?:e-mail|telefon|CPR|nr\.)\][)>]?`)

func notName(s string) bool { return !looksLikeName(s) }

func isInitials(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && len(s) <= 8 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ. -") == ""
}

func hostName(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(host, "www.")
}
