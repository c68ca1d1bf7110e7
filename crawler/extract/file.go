package extract

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/extract/docx"
	"smaabornsviden/crawler/extract/lang"
	"smaabornsviden/crawler/extract/pdftext"
	"smaabornsviden/crawler/identifier"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// ErrNoText: the file is a scan or holds outlines only. The Result has title, pages and Notice.
var ErrNoText = errors.New("file has no text")

// noTextNotice is what readers are told of such a file.
const noTextNotice = "Teksten i filen kan ikke søges"

// Reader reads pages and files of every kind. The zero value is usable.
type Reader struct {
	// Joiner reports whether the halves of a word parted at a line's end make one word; see pdftext.Options. Nil
	// leaves that to the file.
	Joiner func(left, right string) bool
}

// Joiner makes a Reader's Joiner of the dictionary: a word that it knows was one word before the line ended.
func Joiner(a *danish.Analyzer) func(left, right string) bool {
	return func(left, right string) bool { return a.Knows(left+right) || !a.Knows(left) || !a.Knows(right) }
}

// Page is Page of the zero Reader.
func Page(ctx context.Context, in Input) (Result, error) { return Reader{}.Page(ctx, in) }

// Page reads HTML, PDF or DOCX, whatever the bytes are. Its errors are those of HTML, ErrNoText, and for files that
// no later try will read ErrUnsupported with the cause. A program that reads PDF files must know the child process of
// pdftext.
func (r Reader) Page(ctx context.Context, in Input) (Result, error) {
	switch sniff(in) {
	case "pdf":
		return r.pdf(ctx, in)
	case "docx":
		return readDOCX(in)
	}
	return HTML(in)
}

// file is what PDF and Word documents have in common.
type file struct {
	in               Input
	format           string
	pages            []string
	total            int // pages of the whole file, 0 when not known
	title, heading   string
	author, keywords string
	subject          string
	created          time.Time
	modified         time.Time
}

func (r Reader) pdf(ctx context.Context, in Input) (Result, error) {
	d, err := pdftext.Read(ctx, in.Body, pdftext.Options{Joiner: r.Joiner})
	f := file{
		in: in, format: "pdf", pages: d.Pages, total: d.Total, title: d.Title, author: d.Author, keywords: d.Keywords,
		subject: d.Subject, created: d.Created, modified: d.Modified,
	}
	var limits []Limit
	if d.Truncated != "" {
		limits = []Limit{Limit("pdf-" + d.Truncated)}
	}
	res, err := f.result(limits, err)
	if d.NoCopy {
		// Its author lets it be read, not taken out of: it can be found, and none of its text is shown.
		res.Robots.NoSnippet, res.Robots.MaxSnippet, res.Robots.NoArchive = true, -1, true
		res.Why["snippet"] = index.Reason{Rule: "pdf-no-copy"}
	}
	return res, err
}

func readDOCX(in Input) (Result, error) {
	d, err := docx.Read(in.Body, docx.Options{})
	f := file{
		in: in, format: "docx", pages: []string{d.Text()}, total: d.Pages, title: d.Title, author: d.Author, keywords: d.Keywords,
		subject: d.Subject, created: d.Created, modified: d.Modified,
	}
	for _, b := range d.Blocks {
		if b.Kind == docx.Title || b.Kind == docx.Heading {
			f.heading = b.Text
			break
		}
	}
	if d.Truncated {
		return f.result([]Limit{LimitBytes}, err)
	}
	return f.result(nil, err)
}

// result reads the values out of a file's text. A file without text has its properties.
func (f file) result(limits []Limit, err error) (Result, error) {
	res := Result{URL: f.in.URL, Format: f.format, Limits: limits, Pages: f.total, Why: map[string]index.Reason{}}
	res.Robots = RobotsHeader(f.in.Header, f.in.Agent)
	reserve(&res, f.in, "")
	res.Canonical = headerCanonical(f.in)
	scanned := errors.Is(err, pdftext.ErrNoText) || errors.Is(err, docx.ErrNoText)
	if err != nil && !scanned {
		return res, f.refusal(err)
	}
	f.fillText(&res)
	f.fillTitle(&res)
	f.fillLang(&res)
	f.fillDates(&res)
	f.fillAuthors(&res)
	f.fillNumbers(&res)
	res.maskReasons()
	if scanned || isBlank(res.Text) {
		res.Text, res.PageOffsets, res.Notice = "", nil, noTextNotice
		return res, fmt.Errorf("extract %s: %s: %w", f.in.URL, f.format, ErrNoText)
	}
	return res, nil
}

// headerCanonical is the address that the server calls a file's own. Two different ones are none.
func headerCanonical(in Input) string {
	own := ""
	for _, l := range discover.HeaderLinks(in.Header.Values("Link"), in.URL) {
		if !hasWord(l.Rel, "canonical") {
			continue
		}
		if own != "" && own != l.URL {
			return ""
		}
		own = l.URL
	}
	return own
}

// refusal tells files that will never be read from trouble that may pass.
func (f file) refusal(err error) error {
	for _, passing := range []error{pdftext.ErrChild, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, passing) && !errors.Is(err, pdftext.ErrTimeout) {
			return fmt.Errorf("extract %s: %w", f.in.URL, err)
		}
	}
	return fmt.Errorf("extract %s: %s: %w: %w", f.in.URL, f.format, ErrUnsupported, err)
}

// fillText joins the pages and notes where each begins.
func (f file) fillText(res *Result) {
	var b strings.Builder
	for _, p := range f.pages {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if f.format == "pdf" {
			res.PageOffsets = append(res.PageOffsets, b.Len())
		}
		b.WriteString(pageText(p))
	}
	res.Text = b.String()
	res.Why["text"] = index.Reason{Rule: "text-" + f.format}
}

// pageText cleans the lines of a page and takes personal data out of them.
func pageText(p string) string {
	var lines []string
	for line := range strings.Lines(p) {
		if line = clean(line); line != "" {
			lines = append(lines, line)
		}
	}
	return Mask(strings.Join(lines, "\n"))
}

// junkTitle matches what programs write into a title that nobody chose.
var junkTitle = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel|publisher) ?- .*|.*\.(?:docx?|pptx?|xlsx?|pub|indd|qxd|qxp|pdf|odt|odp|rtf|ai|eps|x?html?|tmp|txt|tex|dvi|pages|key)|about:blank|untitled.*|unavngivet.*|(?:dokument|document|præsentation|presentation|slide|side|layout|print|rapport|report|titel|title|skabelon) ?\d*|powerpoint[- ].*|dias nummer 1|pdf|\P{L}*)$`)

// Bounds of a heading in characters.
const (
	shortestTitle = 4
	longestTitle  = 200
)

func isTitle(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= shortestTitle && n <= longestTitle && !junkTitle.MatchString(s)
}

// fillTitle takes the title that the author gave the file, else its first heading, else its name.
func (f file) fillTitle(res *Result) {
	set := func(title, rule string) {
		res.Title, res.Why["title"] = Mask(title), index.Reason{Rule: rule, Quote: clip(title, 200)}
	}
	if title := clean(f.title); isTitle(title) {
		set(title, "title-"+f.format)
		return
	}
	if heading := clean(f.heading); isTitle(heading) {
		set(heading, "title-heading")
		return
	}
	for line := range strings.Lines(res.Text) {
		if line = strings.TrimSpace(line); f.headingLike(line) {
			set(line, "title-first-line")
			return
		}
	}
	if name := fileName(f.in.URL); name != "" {
		set(name, "title-file-name")
	}
}

// headingLike reports whether a line of the text may be a title: some words, no sentence, no date.
func (f file) headingLike(line string) bool {
	if !isTitle(line) || strings.HasSuffix(line, ".") || strings.HasSuffix(line, ",") || !strings.ContainsFunc(line, unicode.IsUpper) {
		return false
	}
	dates := findDates(line, f.in.Now)
	return (len(dates) == 0 || !standsOut(line, dates[0])) && len(bylineNames(line)) == 0
}

// fileName makes words of an address: /media/tema-livsduelighed.pdf is "tema livsduelighed".
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := path.Base(u.Path)
	name = strings.TrimSuffix(name, path.Ext(name))
	return strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ", "/", " ", ".", " ").Replace(clean(name)))
}

func (f file) fillLang(res *Result) {
	guess := lang.Detect(res.Text)
	if guess.Lang == lang.Unknown {
		guess = lang.Detect(res.Title + "\n" + res.Text)
	}
	res.Lang = guess.Lang
	res.Why["lang"] = index.Reason{Rule: "lang-" + guess.Rule, Quote: guess.Quote}
}

// fillDates reads the cover and the colophon, which stand on the first two pages and the last. What the program
// noted when the file was written says least: it is when somebody last pressed a button.
func (f file) fillDates(res *Result) {
	d := dateFinder{page: &page{in: f.in}, title: res.Title}
	for i, p := range f.pages {
		if i < 2 || i == len(f.pages)-1 {
			d.fromPage(pageText(p), i == 0)
		}
	}
	d.fromTitle()
	d.fromCopyright(res.Text)
	d.fromPath()
	d.fromProperties(f)
	res.Published, res.Updated, res.Deadline, res.Decided = d.published, d.updated, d.deadline, d.decided
}

// fromPage reads the dates of a page that say what they are, and on a cover those that stand by themselves.
func (f *dateFinder) fromPage(text string, cover bool) {
	n := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		for _, s := range f.datesOf(&block{text: line}) {
			if seen, ok := f.classify(line[:s.start], line, s, cover && n < 40); ok {
				note(seen.to, seen.date, seen.rule, seen.quote)
			}
		}
		n++
	}
}

var copyrightYear = regexp.MustCompile(`(?i)(?:©|\(c\)|copyright)[^\n\d]{0,60}((?:19|20)\d{2})\b`)

func (f *dateFinder) fromCopyright(text string) {
	if m := copyrightYear.FindStringSubmatch(text); m != nil {
		if d, ok := parseDate(m[1], f.in.Now); ok {
			note(&f.published, d, "date-copyright", m[0])
		}
	}
}

// fromProperties is used where text and address say nothing, or a year at most.
func (f *dateFinder) fromProperties(of file) {
	if d, ok := propertyDate(of.created); ok && plausible(d, f.in.Now) {
		note(&f.published, d, "date-"+of.format+"-properties", "created: "+of.created.Format(time.DateOnly))
	}
}

func propertyDate(t time.Time) (index.Date, bool) {
	if t.IsZero() {
		return index.Date{}, false
	}
	t = t.UTC()
	t = t.Add(danishOffset(t))
	return makeDate(t.Year(), int(t.Month()), t.Day(), index.Day)
}

// fillAuthors trusts what the cover says before a property that may name who owns the computer.
func (f file) fillAuthors(res *Result) {
	bad := map[string]bool{fold(res.Title): true, fold(hostName(f.in.URL)): true}
	set := func(names []string, rule, quote string) bool {
		if names = people(names, bad); len(names) > 0 {
			res.Authors, res.Why["authors"] = names, index.Reason{Rule: rule, Quote: clip(quote, 200)}
		}
		return len(names) > 0
	}
	if len(f.pages) > 0 {
		for line := range strings.Lines(pageText(f.pages[0])) {
			line = strings.TrimSpace(line)
			if names := bylineNames(line); len(names) > 0 && set(names, "authors-byline", line) {
				return
			}
		}
	}
	names := authorNames(f.author)
	for _, n := range names {
		if !looksLikeName(n) {
			return
		}
	}
	set(names, "authors-"+f.format, f.author)
}

var visibleDOI = regexp.MustCompile(`(?i)\b(?:doi\.org/|doi:?\s{0,2})(10\.\d{4,9}/[^\s"<>]{1,200})`)

// fillNumbers finds the numbers of the work and its keywords. A DOI counts on the first page only, where no list of
// references stands, and there outside sentences and citations.
func (f file) fillNumbers(res *Result) {
	lines := strings.Split(res.Text, "\n")
	fillLabelled(res, lines)
	fillShownPublisher(res, lines)
	if len(f.pages) > 0 {
		f.fillDOI(res, pageText(f.pages[0]))
	}
	for word := range strings.FieldsFuncSeq(f.keywords, func(r rune) bool { return r == ',' || r == ';' }) {
		if word = Mask(clean(word)); word != "" && len(res.Keywords) < 30 {
			res.Keywords = append(res.Keywords, clip(word, 100))
			res.Why["keywords"] = index.Reason{Rule: "keywords-" + f.format, Quote: clip(clean(f.keywords), 200)}
		}
	}
	if s := Mask(clean(f.subject)); utf8.RuneCountInString(s) > 40 {
		res.Description = clip(s, 1000)
	}
}

func (f file) fillDOI(res *Result, cover string) {
	own, before := "", ""
	for line := range strings.Lines(cover) {
		line = strings.TrimSpace(line)
		for _, at := range visibleDOI.FindAllStringSubmatchIndex(line, 20) {
			doi := identifier.DOI(strings.TrimRight(line[at[2]:at[3]], ".,;)"))
			if doi == "" || own != "" && own != doi {
				return
			}
			if !ownPlace(line, before, at[0], res.Title) {
				return // the first number belongs to another work, so no cover tells the own one
			}
			own = doi
		}
		before = line
	}
	if own != "" {
		res.DOI, res.Why["doi"] = own, index.Reason{Rule: "doi-cover", Quote: own}
	}
}
