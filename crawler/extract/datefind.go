package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

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
	f.withoutYear()
	res.Published, res.Updated, res.Deadline, res.Decided = f.published, f.updated, f.deadline, f.decided
}

type dateFinder struct {
	*page
	title                                 string
	published, updated, deadline, decided index.Date
	meeting                               *bool // what ofMeeting found
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
			seen, ok := f.classify(labelOf(bs, i, s), bs[i].text, s, near && !ofEvent(bs[i].node))
			if !ok && i >= len(bs)-signedWithin {
				seen, ok = f.signed(bs[i].text, s)
			}
			switch {
			case !ok:
			case near:
				note(seen.to, seen.date, seen.rule, seen.quote)
			default:
				far = append(far, seen)
			}
		}
		f.yearOf(bs, i, head)
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
// its own, as in definition lists. A title is no label, whatever word it ends with: "Børns vågne tid".
func labelOf(bs []block, i int, s spotted) string {
	before := bs[i].text[:s.start]
	if fragment.MatchString(before) && i > 0 && len(bs[i-1].text) <= 60 && !isElement(bs[i-1].node, atom.H1) {
		return bs[i-1].text + " " + before
	}
	return before
}

// fragment is what says nothing without the line before: nothing, "den", or the "Senest" of a panel's "Tilmelding".
var fragment = regexp.MustCompile(`(?i)^[\s:]*(?:senest|inden|den|d\.)?\s*(?:den|d\.)?\s*$`)

// lines are the blocks of the page outside menus and lists of other pages.
func (p *page) lines() []block {
	if p.visible == nil {
		p.visible = blocks(p.root, besideText)
		p.spellTimes(p.visible)
		unstick(p.visible)
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
	if len(b.text) > 200 && !hasDeadlineWord(b.text) && !strings.Contains(b.text, "sdato") {
		return nil // prose is read for deadlines only
	}
	return findDates(b.text, f.in.Now)
}

var (
	titleDate  = regexp.MustCompile(`\(((?:\p{L}+\.?\s)?(?:19|20)\d{2})\)\s*$`)
	titleMonth = regexp.MustCompile(`(?i)(?:nr\.?\s\d+,?|status|nyhedsbrev|nyt|notat|rapport|månedsbrev|newsletter)[\s,:]+(` + monthPattern + `\s(?:19|20)\d{2})\s*$`)
)

// fromTitle reads "(oktober 2014)" or "(2004)" at the end of the title, or the month of something that comes out every month
// or so: "Nyhedsbrev nr. 3, september 2022". The month of an event is not when its page came out.
func (f *dateFinder) fromTitle() {
	if found := findDates(f.title, f.in.Now); len(found) == 1 && found[0].date.Precision == index.Day && f.ofMeeting() {
		note(&f.decided, found[0].date, "date-title", f.title)
		return
	}
	for _, form := range []*regexp.Regexp{titleDate, titleMonth} {
		m := form.FindStringSubmatch(f.title)
		if m == nil {
			continue
		}
		if d, ok := parseDate(m[1], f.in.Now); ok {
			note(&f.published, d, "date-title", m[0])
			return
		}
	}
}

var (
	pathDay   = regexp.MustCompile(`/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/_-]|$)`)
	pathNamed = regexp.MustCompile(`(?i)/((?:19|20)\d{2})/` + monthPattern + `(?:/(\d{1,2}))?(?:/|$)`)
	pathMonth = regexp.MustCompile(`/((?:19|20)\d{2})/(0?[1-9]|1[0-2])/`)
	pathIssue = regexp.MustCompile(`(?i)/nr\.?-?\d{1,2}-((?:19|20)\d{2})(?:/|$)`)
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
			if f.decided.Time.Equal(d.Time) || finer(d, f.decided) || d.Precision == index.Year && !f.deadline.IsZero() {
				return // archives of laws and minutes are ordered by the day that the text gives already, those of calls by the year of the call
			}
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
		m = pathIssue.FindStringSubmatch(path)
	}
	if m == nil {
		return index.Date{}, false
	}
	return makeDate(atoi(m[1]), 1, 1, index.Year)
}
