package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/index"
)

// Date fields of metadata, the most deliberate first.
var (
	publishedMeta = []string{
		"citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
		"prism.publicationdate", "eprints.date", "article:published_time", "og:article:published_time", "datepublished", "publication_date",
		"publish-date", "publishdate", "published", "pubdate", "date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
		"dc.date.created", "dcterms.created", "dc.created", "datecreated", "created",
	}
	updatedMeta = []string{
		"dcterms.modified", "dc.date.modified", "dc.modified", "article:modified_time", "og:article:modified_time", "og:updated_time",
		"datemodified", "last-modified", "lastmod", "updated", "revised", "modified", "versionsdato",
	}
)

// fillDates finds what metadata say first, then what a reader sees. The day of the crawl is never one of them.
func (p *page) fillDates(res *Result) {
	f := dateFinder{page: p, title: res.Title}
	f.fromMeta()
	f.fromVisible()
	f.fromTitle()
	f.fromPath()
	res.Published, res.Updated, res.Deadline, res.Decided = f.published, f.updated, f.deadline, f.decided
}

type dateFinder struct {
	*page
	title                                 string
	published, updated, deadline, decided index.Date
}

// note sets a date that is not known yet, or makes it finer: a year from one field and the day in that year from
// another belong together.
func note(to *index.Date, d index.Date, rule, quote string) {
	d.Reason = index.Reason{Rule: rule, Quote: clip(clean(quote), 120)}
	if to.IsZero() || finer(*to, d) {
		*to = d
	}
}

// finer reports whether b is a part of the time that a stands for.
func finer(a, b index.Date) bool {
	sameYear := a.Time.Year() == b.Time.Year()
	switch a.Precision {
	case index.Year:
		return sameYear && b.Precision != index.Year
	case index.Month:
		return sameYear && a.Time.Month() == b.Time.Month() && b.Precision == index.Day
	}
	return false
}

func (f *dateFinder) fromMeta() {
	f.noteMeta(&f.published, publishedMeta)
	f.noteLD(&f.published, "datePublished", "dateCreated", "uploadDate")
	f.noteMeta(&f.updated, updatedMeta)
	f.noteLD(&f.updated, "dateModified")
	f.noteLD(&f.deadline, "applicationDeadline", "validThrough")
}

func (f *dateFinder) noteMeta(to *index.Date, names []string) {
	for _, name := range names {
		for _, value := range f.meta.all[name] {
			if d, ok := parseDate(value, f.in.Now); ok {
				note(to, d, "date-meta", name+": "+value)
				break
			}
		}
	}
}

func (f *dateFinder) noteLD(to *index.Date, keys ...string) {
	for _, key := range keys {
		value := f.ld.main.str(key)
		if d, ok := parseDate(value, f.in.Now); ok {
			note(to, d, "date-json-ld", key+": "+value)
		}
	}
}

// Words that say which date follows, at the end of what stands before it.
var (
	updatedLabel   = dateLabel(`(?:(?:sidst|senest|seneste|sist|senast|last|zuletzt)\s)?(?:opdateret|opdatering|ændret|ændring|revideret|redigeret|oppdatert|endret|uppdaterad|ändrad|updated|modified|revised|reviewed|aktualisiert|geändert)`)
	publishedLabel = dateLabel(`publiceret|udgivet|offentliggjort|oprettet|udgivelsesdato|udgivelsesår|publiceringsdato|publikationsdato|udgivelse|dato|skrevet|bragt|udkommet|published|posted|date|publication date|publisert|utgitt|publicerad|utgiven|datum|veröffentlicht|erschienen`)
	deadlineLabel  = dateLabel(`(?:[a-zæøåä]{2,20})?frist(?:en)?(?:\ser|\sfor\s[a-zæøå ]{3,30})?|deadline(?:\ser)?|sista ansökningsdag`)
	decidedLabel   = dateLabel(`vedtaget|godkendt|besluttet|vedtatt|beslutad|adopted|approved`)
)

// dateLabel matches a label that ends right before a date: "Opdateret d. ", "Publiceret: ", "Vedtaget af
// byrådet den ".
func dateLabel(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:` + words + `)(?:\s(?:af|i|by|av|von)\s[\p{L}. ]{2,40})?[\s:.,|–-]*(?:(?:den|d\.|on|am|the|er|til|` + weekdays + `)[\s,:]*)*$`)
}

const weekdays = `mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|man\.|tirs\.|ons\.|tors\.|fre\.|lør\.|søn\.`

// reach is how many blocks around the heading belong to a page's head.
const reachBefore, reachAfter = 6, 12

// sighting is a date that a reader sees, and what it says of itself.
type sighting struct {
	to          *index.Date // the field it belongs to
	date        index.Date
	rule, quote string
}

// fromVisible reads the lines of the page. Close to the heading a date counts with a label or on a line of its own;
// elsewhere only with a label, and only when the page has no second one like it, since lists show the dates of
// other pages.
func (f *dateFinder) fromVisible() {
	bs := f.lines()
	head := headOf(bs, f.title)
	var far []sighting
	for i := range bs {
		near := i >= head-reachBefore && i <= head+reachAfter
		for _, s := range f.datesOf(&bs[i]) {
			seen, ok := f.classify(labelOf(bs, i, s), bs[i].text, s, near)
			switch {
			case !ok:
			case near:
				note(seen.to, seen.date, seen.rule, seen.quote)
			default:
				far = append(far, seen)
			}
		}
	}
	for _, s := range far {
		if s.to == &f.deadline || !slices.ContainsFunc(far, s.rivals) {
			note(s.to, s.date, s.rule, s.quote)
		}
	}
}

// rivals reports whether another sighting gives the same field another day.
func (s sighting) rivals(o sighting) bool { return s.to == o.to && !s.date.Time.Equal(o.date.Time) }

// labelOf is what stands before a date: its line up to it, or the line before when that is short and the date begins
// its own, as in definition lists.
func labelOf(bs []block, i int, s spotted) string {
	before := bs[i].text[:s.start]
	if strings.TrimSpace(before) == "" && i > 0 && len(bs[i-1].text) <= 60 {
		return bs[i-1].text + " "
	}
	return before
}

// lines are the blocks of the page outside menus and lists of other pages.
func (p *page) lines() []block {
	if p.visible == nil {
		p.visible = blocks(p.root, besideText)
	}
	return p.visible
}

// besideText reports elements that hold neither the page's text nor anything about it.
func besideText(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Button, atom.Label:
		return true
	case atom.Form:
		return textLen(n) < 400
	case atom.Aside: // a fact panel when it stands in the article
		return within(n, atom.Main, atom.Article) == nil
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	}
	return classWords(n).any(otherPages)
}

// otherPages are names of boxes that show other pages, with their dates.
var otherPages = listOf("related", "relateret", "relaterede", "teaser", "teasers", "card", "cards", "comments", "comment", "sidebar", "latest", "seneste", "nyhedsliste", "calendar", "kalender")

// headOf is the index of the block that shows the title, 0 when none does.
func headOf(bs []block, title string) int {
	folded := fold(title)
	heading := -1
	for i := range bs {
		if folded != "" && fold(bs[i].text) == folded {
			return i
		}
		if heading < 0 && isElement(bs[i].node, atom.H1) {
			heading = i
		}
	}
	return max(heading, 0)
}

func (f *dateFinder) datesOf(b *block) []spotted {
	if !strings.ContainsAny(b.text, "0123456789") || len(b.text) > 20_000 {
		return nil
	}
	if len(b.text) > 200 && !hasDeadlineWord(b.text) {
		return nil // prose is read for deadlines only
	}
	return findDates(b.text, f.in.Now)
}

func hasDeadlineWord(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "frist") || strings.Contains(lower, "deadline") || strings.Contains(lower, "sista ans")
}

// classify decides what one date of a line is, by what stands before it.
func (f *dateFinder) classify(before, line string, s spotted, nearTitle bool) (sighting, bool) {
	label := func(to *index.Date) (sighting, bool) {
		quote := strings.TrimSpace(tail(before, 80)) + " " + line[s.start:s.end]
		return sighting{to, s.date, "date-label", quote}, true
	}
	short := utf8.RuneCountInString(line) <= 200
	switch {
	case deadlineLabel.MatchString(before):
		return label(&f.deadline)
	case !short:
	case updatedLabel.MatchString(before):
		return label(&f.updated)
	case decidedLabel.MatchString(before):
		return label(&f.decided)
	case publishedLabel.MatchString(before):
		return label(&f.published)
	case nearTitle && standsOut(line, s):
		return sighting{&f.published, s.date, "date-line", line}, true
	}
	return sighting{}, false
}

var (
	clockTime  = regexp.MustCompile(`(?i)^[\s,]*(?:kl\.?|klokken|at)?\s*\d{1,2}[.:]\d{2}(?:\s?(?:uhr|h))?`)
	timeSpan   = regexp.MustCompile(`(?i)^[\s,]*(?:kl\.?|klokken)?\s*\d{1,2}(?:[.:]\d{2})?\s?[-–]\s?\d{1,2}|^\s?[-–]\s?\d|^\s(?:til|to|i|på|in|at)\s`)
	leadIn     = regexp.MustCompile(`(?i)(?:\b(?:den|d\.|on|` + weekdays + `)[\s,]*)+$`)
	wordShapes = regexp.MustCompile(`[\p{L}\d]+`)
)

// standsOut reports whether a line is a date and at most a few words, as "EVALUERINGER 16 MAJ 2022" or "Af
// Anna Holm | 12. marts 2024 kl. 06:00" are. A span of time announces an event.
func standsOut(line string, s spotted) bool {
	before, after := leadIn.ReplaceAllString(line[:s.start], ""), line[s.end:]
	if timeSpan.MatchString(after) || strings.HasSuffix(strings.TrimSpace(before), "-") {
		return false
	}
	after = clockTime.ReplaceAllString(after, "")
	words := len(wordShapes.FindAllString(before, 12)) + len(wordShapes.FindAllString(after, 12))
	if s.date.Precision == index.Month {
		return words == 0 || strings.HasPrefix(after, ")") && strings.HasSuffix(before, "(") && words <= 12
	}
	return words <= 4 || words <= 10 && byline.MatchString(before+" "+after)
}

var byline = regexp.MustCompile(`(?i)(?:^|[|·•,–-]\s*)(?:af|by|av|von|tekst|forfatter|skrevet af|journalist)[:\s]|[|·•]`)

var titleDate = regexp.MustCompile(`\(((?:\p{L}+\.?\s)?(?:19|20)\d{2})\)\s*$`)

// fromTitle reads "(oktober 2014)" or "(2004)" at the end of the title.
func (f *dateFinder) fromTitle() {
	if m := titleDate.FindStringSubmatch(f.title); m != nil {
		if d, ok := parseDate(m[1], f.in.Now); ok {
			note(&f.published, d, "date-title", m[0])
		}
	}
}

var (
	pathDay   = regexp.MustCompile(`/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/_-]|$)`)
	pathNamed = regexp.MustCompile(`(?i)/((?:19|20)\d{2})/` + monthPattern + `(?:/(\d{1,2}))?(?:/|$)`)
	pathMonth = regexp.MustCompile(`/((?:19|20)\d{2})/(0?[1-9]|1[0-2])/`)
	pathYear  = regexp.MustCompile(`(?i)/(?:(?:nyheder|nyhed|nyt|news|aktuelt|arkiv|artikler|presse|pressemeddelelser|udgivelser|publikationer)[-_]?)?((?:19|20)\d{2})(?:/|$)`)
)

// fromPath reads the date that blogs and archives put into their addresses.
func (f *dateFinder) fromPath() {
	u, err := url.Parse(f.in.URL)
	if err != nil {
		return
	}
	for _, read := range []func(string) (index.Date, bool){readPathDay, readPathNamed, readPathMonth, readPathYear} {
		if d, ok := read(u.Path); ok && plausible(d, f.in.Now) {
			note(&f.published, d, "date-path", u.Path)
			return
		}
	}
}

func readPathDay(path string) (index.Date, bool) {
	m := pathDay.FindStringSubmatch(path)
	if m == nil {
		return index.Date{}, false
	}
	return readBare(m[1], m[2], m[3])
}

func readPathNamed(path string) (index.Date, bool) {
	m := pathNamed.FindStringSubmatch(path)
	if m == nil {
		return index.Date{}, false
	}
	if m[3] == "" {
		return makeDate(atoi(m[1]), monthNumber(m[2]), 1, index.Month)
	}
	return makeDate(atoi(m[1]), monthNumber(m[2]), atoi(m[3]), index.Day)
}

func readPathMonth(path string) (index.Date, bool) {
	m := pathMonth.FindStringSubmatch(path)
	if m == nil {
		return index.Date{}, false
	}
	return makeDate(atoi(m[1]), atoi(m[2]), 1, index.Month)
}

func readPathYear(path string) (index.Date, bool) {
	m := pathYear.FindStringSubmatch(path)
	if m == nil {
		return index.Date{}, false
	}
	return makeDate(atoi(m[1]), 1, 1, index.Year)
}
