package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// Words that say which date follows, at the end of what stands before it.
var (
	updatedLabel = dateLabel(`(?:(?:sidst|senest|seneste|sist|siste|senast|last|zuletzt|fagligt)\s)?(?:opdateret|opdatering|ændret|ændring|revideret|redigeret|gennemgået|ajourført|rettet|korrigeret|oppdatert|endret|endra|oppdatering|uppdaterad|ändrad|updated|modified|revised|reviewed|aktualisiert|geändert)` +
		`|(?:opdaterings|ændrings|revisions|redigerings)dato|versionsdato|version(?:\s\d[\d.]*)?`)
	publishedLabel = dateLabel(`publiceret|udgivet|offentliggjort|oprettet|udgivelsesdato|udgivelsesår|publiceringsdato|publikationsdato|udgivelse|offentliggørelsesdato|dato|skrevet|(?:notat|rapport|\pL*planen)\s(?:er\s)?udarbejdet|udkommet|udsendt|sendt|opslået|trykt|bragt(?:\sførste\sgang)?(?:\si\snr\.\s\d+)?` +
		`|lagt\s(?:på\s(?:nettet|hjemmesiden|siden)|ud|op|online)|(?:redaktionen|manuskriptet|manus)\s(?:er\s|blev\s)?afsluttet|afleveret|afleveringsdato|\d\.?\s(?:reviderede\s|opdaterede\s)?(?:udgave|udg|oplag)` +
		`|published(?:\sonline)?|issued|available\sonline|posted|date|publication\sdate|publisert|utgitt|publicerad|utgiven|datum|veröffentlicht|erschienen`)
	decidedLabel = dateLabel(`vedtaget|godkendt|besluttet|tiltrådt|indgået|underskrevet|givet|vedtatt|beslutad|adopted|approved|mødedato|møtedato`)
)

// dateLabel matches a label that ends right before a date: "Opdateret d. ", "Publiceret: ", "Vedtaget af
// byrådet den ".
func dateLabel(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:` + words + `)(?:\s(?:af|i|på|hos|by|av|von)\s[\p{L}. -]{2,50})?` + untilDate)
}

// untilDate is what may stand between a label and its date.
const untilDate = `[\s:.,|–-]*(?:(?:den|d\.|on|am|the|er|til|i|in|` + weekdays + `)[\s,:]*)*$`

const weekdays = `mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|man\.|tirs\.|ons\.|tors\.|fre\.|lør\.|søn\.`

// lastSentence is the unfinished sentence at the end of a text. A full stop ends one when a capital follows.
func lastSentence(text string) string {
	for i := len(text) - 1; i > 1; i-- {
		if text[i] != ' ' || strings.IndexByte(".?!", text[i-1]) < 0 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[i+1:]); unicode.IsUpper(r) {
			return text[i+1:]
		}
	}
	return text
}

// elsewhen are labels of dates that are none of ours: when something begins, applies, happened or was received.
var elsewhen = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:forventet|vi)\ssvar(?:er)?|udskriftsdato|gældende(?:\sfra)?|gælder(?:\sfra)?|(?:træder|trådte)\si\skraft|i\skraft|tiltrædelse|født|premiere|start|starter|begynder|slutter|slut|lukker|lukket|\p{L}*lukkedage?|periode|ledig(?:\s(?:fra|pr\.))?|hentet|besøgt|opgjort|pr\.|senest|inden|før|efter` +
	`|tid|tidspunkt|hvornår|hvor\sog\shvornår|afholdes|afholdt|holdes|finder\ssted|fandt\ssted|foregår|fandt|åbner|åbning|(?:call\s)?opens?|call\swill\sopen|opening|announcement\sof\sresults|project\speriod|\p{L}+start|received|accepted|retrieved|\p{L}+periode|\p{L}+dato|\p{L}*(?:møde|temadag|kursus|konference|seminar|arrangement)|fra\sog\smed|i\stiden)` + untilDate)

// credited is a line that begins with who took the picture: the day after it is that of the picture.
var credited = regexp.MustCompile(`(?i)^(?:foto(?:graf)?|arkivfoto|privatfoto|photo|billede|illustration)\s?[:/][^|·•]*$`)

// signedWithin is how many of the last blocks may be the line that a writer signs with.
const signedWithin = 6

// signature is a place or a sender before a date that is all the rest of the line: "Odense, den 14. december 2021".
var signature = regexp.MustCompile(`^\p{Lu}[\p{L}.-]+(?:\s[\p{L}.-]+){0,3},\s(?:den\s|d\.\s?)?$`)

// signed reads the place and date that end a foreword, a speech or a letter.
func (f *dateFinder) signed(line string, s spotted) (sighting, bool) {
	if !signature.MatchString(line[:s.start]) || strings.Trim(line[s.end:], ". ") != "" {
		return sighting{}, false
	}
	return sighting{&f.published, s.date, "date-signed", line}, true
}

// A year or a season alone is a date where its line says so.
var (
	yearLabel = regexp.MustCompile(`(?i)^(?:udgivelsesår|publiceringsår|årstal|udgivet|publiceret|udgivelse|utgivelsesår|utgivningsår|year\sof\spublication|published)[\s:]*$`)
	yearLine  = regexp.MustCompile(`(?i)^((?:\p{L}+\s?){0,3}:?\s?)((?:19|20)\d{2})\.?$`)
	season    = regexp.MustCompile(`(?i)^(?:forår|sommer|efterår|vinter)(?:et|en)?\s$`)
)

// Further lines that give the year of a work: the issue of a magazine, its publisher's line, the owners in a colophon with its number.
var (
	issueYear     = regexp.MustCompile(`(?i)^(?:\p{L}[\p{L}&. -]{0,40}[\s,|·]+)?(?:(?:år|årg\.?|årgang)[\s:]*((?:19|20)\d{2})[\s,.|·–/-]+(?:nr|nummer)|(?:nr\.?|nummer|issue|no\.?)[\s:]*\d{1,2}(?:[-–]\d{1,2})?[\s,|·–/-]+((?:19|20)\d{2})$)`)
	volumeYear    = regexp.MustCompile(`(?i)^[^()]{2,80}[,\s]((?:19|20)\d{2}),?\s(?:vol|årg|bind)(?:\.|ume|ang)?\s?\d+[^()]{0,40}$`)
	publisherYear = regexp.MustCompile(`(?i)(?:udgivet\s(?:af|på)|udgiver:?|forlaget)\s[^.]{2,60},\s((?:19|20)\d{2})(?:[.,;\s]|$)`)
	issuedYear    = regexp.MustCompile(`(?i)(?:^|[.;|·•]\s+)(?:udgivet|publiceret|udgivelsesår:?)\s((?:19|20)\d{2})(?:[.,;]|$)`)
	ownersYear    = regexp.MustCompile(`(?i)^(?:©|\(c\)|copyright)[^\d]{2,80}\s((?:19|20)\d{2})\.?$`)
	colophon      = regexp.MustCompile(`(?i)\bisbn\b|\bissn\b|e-isbn`)
)

// issuedIn is the year in which a line says that the page's work came out; "" for other lines.
func (f *dateFinder) issuedIn(bs []block, i int, near bool) string {
	line := bs[i].text
	if len(line) > 200 || !strings.Contains(line, "19") && !strings.Contains(line, "20") || reviewTitle.MatchString(f.title) {
		return ""
	}
	if m := ownersYear.FindStringSubmatch(line); m != nil {
		for k := max(0, i-2); k < min(len(bs), i+3); k++ {
			if len(bs[k].text) <= 200 && colophon.MatchString(bs[k].text) {
				return m[1]
			}
		}
	}
	if !near {
		return ""
	}
	if m := yearBehind.FindStringSubmatch(line); m != nil && namesBefore(line) != nil { // "Anna Holm (2020). Ph.d.-afhandling"
		return m[2]
	}
	for _, form := range []*regexp.Regexp{issueYear, volumeYear, publisherYear, issuedYear} {
		if m := form.FindStringSubmatch(line); m != nil {
			return strings.Join(m[1:], "")
		}
	}
	return ""
}

// yearOf notes a year that is the line's whole value, or that the line gives as that of the work.
func (f *dateFinder) yearOf(bs []block, i, head int) {
	near := i >= head-reachBefore && i <= head+reachAfter
	if year := f.issuedIn(bs, i, near); year != "" {
		if d, ok := parseDate(year, f.in.Now); ok {
			note(&f.published, d, "date-label", bs[i].text)
		}
	}
	m := yearLine.FindStringSubmatch(bs[i].text)
	if m == nil {
		return
	}
	label := m[1]
	if label == "" && i > 0 {
		label = bs[i-1].text
	}
	below := m[1] == "" && i == head+1 && isElement(bs[head].node, atom.H1) // a line of its own
	if !yearLabel.MatchString(label) && !below && !(near && season.MatchString(m[1])) {
		return
	}
	if below {
		label = ""
	}
	if d, ok := parseDate(m[2], f.in.Now); ok {
		note(&f.published, d, "date-label", strings.TrimSpace(label)+" "+m[2])
	}
}

// copyrightLabel stands before the month that some colophons have.
var copyrightLabel = regexp.MustCompile(`(?i)(?:©|\(c\)|copyright)[^\d]{0,60}$`)

// ofIssue ends what stands before the month of an issue: "Artiklen er fra Nyt om Leg nr. 1, ".
var ofIssue = regexp.MustCompile(`(?i)(?:^|\s)(?:nr\.?|nummer)\s?\d{1,3}(?:[-/]\d{1,2})?[,:]?\s*$`)

// sureDate are labels that say what a date is also in the middle of running text, as in what was copied from a file.
var sureDate = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:afleverings|udgivelses|publicerings|opdaterings)dato[\s:]*$`)

// classify decides what one date of a line is, by what stands before it.
func (f *dateFinder) classify(before, line string, s spotted, nearTitle bool) (sighting, bool) {
	label := func(to *index.Date) (sighting, bool) {
		quote := strings.TrimSpace(tail(before, 80)) + " " + line[s.start:s.end]
		return sighting{to, s.date, "date-label", quote}, true
	}
	short := utf8.RuneCountInString(line) <= 200
	switch {
	case isDeadline(before, line[s.end:]):
		return label(&f.deadline)
	case !short && !sureDate.MatchString(before):
	case f.ofMeeting() && nearTitle && (meetingDay.MatchString(before) || standsOut(line, s) && !publishedLabel.MatchString(before) && !updatedLabel.MatchString(before)):
		return label(&f.decided)
	case updatedLabel.MatchString(before):
		return label(&f.updated)
	case notYet.MatchString(before):
	case decidedLabel.MatchString(before), f.decides(before, line, s, nearTitle):
		return label(&f.decided)
	case publishedLabel.MatchString(before), s.date.Precision != index.Year && copyrightLabel.MatchString(before):
		return label(&f.published)
	case nearTitle && s.date.Precision == index.Month && ofIssue.MatchString(before) && strings.Trim(line[s.end:], ". ") == "":
		return label(&f.published)
	case elsewhen.MatchString(before), credited.MatchString(before):
	case nearTitle && standsOut(line, s):
		return sighting{&f.published, s.date, "date-line", line}, true
	}
	return sighting{}, false
}

var (
	clockTime = regexp.MustCompile(`(?i)^[\s,]*(?:kl\.?|klokken|at)?\s*\d{1,2}[.:]\d{2}(?:\s?(?:uhr|h))?`)
	timeSpan  = regexp.MustCompile(`(?i)^[\s,]*(?:kl\.?|klokken)?\s*\d{1,2}(?:[.:]\d{2})?\s?[-–]\s?\d{1,2}|^\s?[-–]\s?\d|^\s(?:til|to|i|på|in|at)\s`)
	endsSpan  = regexp.MustCompile(`(?i)\d\.?\s?-\s*$|\pL-$|\d{4}\s?[–—]\s*$|\d\s(?:til|to|and|og)\s*$`)
	leadIn    = regexp.MustCompile(`(?i)(?:\b(?:den|d\.|on|` + weekdays + `)[\s,]*)+$`)
	// reachPaper is how to reach a paper behind who wrote, "Kontakt redaktionen: ...".
	reachPaper  = regexp.MustCompile(`(?i)\s(?:kontakt|send)\s(?:redaktionen|mail|journalisten).*$`)
	betweenBars = regexp.MustCompile(`[·|•]\s*x\s*[·|•]`)
	wordShapes  = regexp.MustCompile(`[\p{L}\d]+`)
)

// standsOut reports whether a line is a date and at most a few words, as "EVALUERINGER 16 MAJ 2022" or "Af
// Anna Holm | 12. marts 2024 kl. 06:00" are. A span of time announces an event.
func standsOut(line string, s spotted) bool {
	before, after := leadIn.ReplaceAllString(line[:s.start], ""), line[s.end:]
	if timeSpan.MatchString(after) || endsSpan.MatchString(before) {
		return false
	}
	after = reachPaper.ReplaceAllString(clockTime.ReplaceAllString(after, ""), "")
	if workBefore.MatchString(before) && newSentence.MatchString(after) {
		return true // "Bevilling, 11. juni 2024. Modtager: Foreningen På Hjul."
	}
	if signedBeside(before, after) || len(namesBefore(line)) > 0 { // "Anna Holm og Bo Lund. December 2021. 74 sider"
		return true
	}
	words := len(wordShapes.FindAllString(before, 12)) + len(wordShapes.FindAllString(after, 12))
	if s.date.Precision == index.Month {
		if newSentence.MatchString(after) {
			words = len(wordShapes.FindAllString(before, 12))
		}
		if words <= 12 && betweenBars.MatchString(before+"x"+after) && setApart(before, after) {
			return true // "Policy brief nr. 9 · Marts 2024 · Udgivet af Huset for Leg"
		}
		return words == 0 && after == "" || words == 0 && setApart(before, after) || strings.HasPrefix(after, ")") && strings.HasSuffix(before, "(") && words <= 12 || words <= 5 && setApart(before, after)
	}
	return words <= 4 || words <= 10 && byline.MatchString(before+" "+after)
}

// signedBeside reports whether all that stands beside a date on its line is who wrote: "3. maj 2021. Af Anna Holm, formand for
// klubben", "Af Anna Holm og Bo Lund. Maj 2021".
func signedBeside(before, after string) bool {
	const marks = " .,:|·•–-"
	before, after = strings.Trim(before, marks), strings.Trim(after, marks)
	switch {
	case before == "":
		return len(bylineNames(after)) > 0 || len(namesAlone(after)) > 0
	case after == "":
		return len(bylineNames(before)) > 0
	}
	return false
}

// setApart reports whether signs part a month from what else its line says: "Rapport · Maj 2020 · 64 sider". In "børn
// født i maj 2020" nothing does.
func setApart(before, after string) bool {
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	if newSentence.MatchString(after) {
		after = ""
	}
	return (before == "" || strings.ContainsAny(lastOf(before), ",·|•–/")) && (after == "" || after == "." || strings.ContainsAny(firstOf(after), ",·|•–/"))
}

// workBefore says before a date what kind of page it is the day of, and nothing else.
var workBefore = regexp.MustCompile(`(?i)^(?:\pL*(?:bevilling|uddeling|donation|rapport|notat|analyse|artikel|kronik|debatindlæg|læserbrev|klumme|kommentar|interview|reportage|anmeldelse|høringssvar|evaluering|undersøgelse|arbejdspapir|nyhed|nyhedsbrev|pressemeddelelse|blogindlæg)|policy\sbrief)[.,:]?\s$`)

// newSentence is what follows a date that ends its own: "December 2021. Udarbejdet af ...".
var newSentence = regexp.MustCompile(`^\.\s\p{Lu}`)

func lastOf(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}

func firstOf(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

var byline = regexp.MustCompile(`(?i)(?:^|[|·•,–-]\s*)(?:af|by|av|von|tekst|forfatter|skrevet af|journalist)[:\s]|[|·•]`)
