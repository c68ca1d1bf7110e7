// Package extract reads text, title, dates, authors, links and terms out of the bytes of a page.
package extract

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"smaabornsviden/crawler/discover"
	"smaabornsviden/crawler/extract/lang"
	"smaabornsviden/index"
)

// Errors that callers decide on.
var (
	// ErrUnsupported: the bytes are of a kind that is not read yet (Result.Format says which).
	ErrUnsupported = errors.New("format is not supported")
	// ErrEmpty: the body holds nothing but space.
	ErrEmpty = errors.New("empty body")
	// ErrSelector: Input.Selector is no CSS selector.
	ErrSelector = errors.New("bad selector")
)

// Input is a page as it was fetched.
type Input struct {
	URL         string // final address; links are resolved against it
	ContentType string // of the HTTP header, with parameters; may be empty
	Header      http.Header
	Body        []byte
	Charset     string // overrides every other sign of the character set
	// Kept is the body as it will be kept, with personal data masked; nil means Body. The text is read from it, so that
	// it is the same to the letter when the kept page is read again.
	Kept []byte
	// Selector is the CSS selector of the main text where the register knows it. A page on which it
	// matches nothing is read as if it were empty.
	Selector string
	// Model is what has been learnt of the page's site; nil reads the page by itself. The selector is stronger.
	Model *Model
	// OnlyText leaves out of the result everything but the title and the text, which is half the work.
	OnlyText bool
	// Agent is our product token; robots rules that name it hold beside the general ones.
	Agent string
	// Reserved is what the host's tdmrep.json says of the address; the page and its header are heard first.
	Reserved Reservation
	// Now bounds dates: nothing is published more than two years ahead. Zero leaves that end open.
	Now time.Time
}

// Limit names a bound that cut a page short.
type Limit string

// The limits of a page. They are far above what people write by hand: the longest statute of
// retsinformation.dk is some 2 MB with 60,000 elements.
const (
	LimitBytes Limit = "bytes" // more than MaxBytes of text
	LimitNodes Limit = "nodes" // more than MaxTags tags
	LimitDepth Limit = "depth" // nested deeper than the parser goes; flattened, no text is lost
)

// Bounds of one page.
const (
	MaxBytes = 10 << 20 // of the body
	MaxTags  = 400_000
)

// Link is a link of a page.
type Link = discover.Link

// Alternate is the same page in another language.
type Alternate struct {
	Lang string // as the page writes it: en, da-DK, x-default
	URL  string
}

// Result is what a page says, and about each derived value in Why on which words that rests.
type Result struct {
	URL         string
	Title       string
	SiteName    string
	Kicker      string // the word above the title
	Description string // a teaser made for search engines and shares
	Abstract    string // a summary made for readers
	Text        string // paragraphs parted by "\n"; contact data and CPR numbers masked
	PageOffsets []int  // bytes in Text at which the pages of a PDF begin
	Pages       int    // of the whole file, 0 when not known
	Notice      string // what readers are to be told of a file
	Lang        string // of the text: a code of index.Languages
	Authors     []string
	AuthorsMore bool // the page says that there are others than those
	Publisher   string
	Journal     index.Journal
	Keywords    []string

	Published index.Date
	Updated   index.Date
	Decided   index.Date // when a plan or law was adopted
	Deadline  index.Date

	Links      []Link
	Files      []string // addresses of the files that the page offers as its own text; see ownFiles
	Canonical  string   // absolute, or empty; never checked against the register's scope
	Alternates []Alternate
	Feeds      []string // addresses of the feeds that the page's head names
	Refresh    string   // where a meta refresh of at most 10 seconds leads
	Robots     MetaRobots
	TDM        bool // text and data mining is reserved (tdm-reservation)
	Meta       map[string][]string
	Generator  string

	DOI, ISBN, ISSN string
	Licence         string
	Access          string // "fri" or "abonnement"
	Format          string // html, pdf ...
	Charset         string // under its WHATWG name
	Limits          []Limit

	// Why holds the reason of a derived value under its JSON name: title, authors, text, lang, doi ...
	Why map[string]index.Reason
}

// HTML reads a page. Broken HTML is no error; ErrUnsupported, ErrEmpty and ErrSelector are.
// With ErrUnsupported the result carries Format, with every error its URL.
func HTML(in Input) (Result, error) {
	res := Result{URL: in.URL, Format: sniff(in), Why: map[string]index.Reason{}}
	if res.Format != "html" {
		return res, fmt.Errorf("extract %s: %s: %w", in.URL, res.Format, ErrUnsupported)
	}
	text, charset, why := decode(in)
	res.Charset, res.Why["charset"] = charset, why
	if isBlank(text) {
		return res, fmt.Errorf("extract %s: %w", in.URL, ErrEmpty)
	}
	root, limits, err := parse(text)
	if err != nil {
		return res, fmt.Errorf("extract %s: %w", in.URL, err)
	}
	res.Limits = limits
	p := newPage(in, root)
	if err := p.readKept(text); err != nil {
		return res, fmt.Errorf("extract %s: %w", in.URL, err)
	}
	if err := p.selectContent(in.Selector); err != nil {
		return res, fmt.Errorf("extract %s: %w", in.URL, err)
	}
	p.fill(&res)
	return res, nil
}

// page is one parsed page and what its parts share.
type page struct {
	in    Input
	root  *html.Node
	doc   *goquery.Document
	found discover.Found // addresses, and the base they were resolved against
	meta  metaTags
	ld    jsonLD
	kept  *html.Node // the page as it will be kept, which is root where nothing is masked
	main  *html.Node // of kept, matched by the register's selector, or nil
	// visible are the lines that dates and bylines are looked for in; see lines.
	visible []block
	// owners are lines on whose the site is, which went out of the text; see withoutOwners.
	owners string
}

func newPage(in Input, root *html.Node) *page {
	p := &page{in: in, root: root, doc: goquery.NewDocumentFromNode(root)}
	if !in.OnlyText {
		p.found = discover.Find(root, in.URL)
	}
	p.meta = readMeta(p.doc)
	p.ld = readJSONLD(p.doc, in.URL)
	return p
}

// readKept parses the page as it will be kept.
func (p *page) readKept(text string) error {
	p.kept = p.root
	if p.in.Kept == nil || bytes.Equal(p.in.Kept, p.in.Body) {
		return nil
	}
	in := p.in
	in.Body = p.in.Kept
	masked, _, _ := decode(in)
	if masked == text {
		return nil
	}
	var err error
	p.kept, _, err = parse(masked)
	return err
}

// fill works in the order in which values need each other: the text is read without its title, the
// language from the text.
func (p *page) fill(res *Result) {
	res.Meta = p.meta.all
	res.Generator = p.meta.first("generator")
	res.SiteName = p.siteName()
	if p.in.OnlyText {
		p.fillTitle(res)
		p.fillText(res)
		return
	}
	p.fillAddresses(res)
	res.Files = p.ownFiles()
	p.fillRobots(res)
	p.fillTitle(res)
	p.fillText(res)
	p.fillLang(res)
	p.fillDates(res)
	p.fillAuthors(res)
	p.fillOthers(res)
	p.fillPublisher(res)
	p.fillJournal(res)
	p.fillWords(res)
	p.fillTerms(res)
	res.maskReasons()
}

// maskReasons keeps contact data out of quotes as well.
func (r *Result) maskReasons() {
	for name, why := range r.Why {
		why.Quote = Mask(why.Quote)
		r.Why[name] = why
	}
	for _, d := range []*index.Date{&r.Published, &r.Updated, &r.Decided, &r.Deadline} {
		d.Quote = Mask(d.Quote)
	}
	r.Journal.Quote = Mask(r.Journal.Quote)
}

func (p *page) fillLang(res *Result) {
	declared := p.declaredLang()
	guess := lang.DetectAs(res.Text, declared)
	if guess.Lang == lang.Unknown {
		guess = lang.DetectAs(res.Title+"\n"+res.Description+"\n"+res.Text, declared)
	}
	res.Lang = guess.Lang
	res.Why["lang"] = index.Reason{Rule: "lang-" + guess.Rule, Quote: guess.Quote}
}

// declaredLang is the language that the page says it is in, as a code of ours where it is Danish or Norwegian. Templates say so of every
// page, so that it decides only where the text leaves it open.
func (p *page) declaredLang() string {
	code := ""
	if root := first(p.root, func(n *html.Node) bool { return isElement(n, atom.Html) }); root != nil {
		code = attr(root, "lang")
	}
	if code == "" {
		code = p.meta.first("content-language", "language", "dc.language", "og:locale")
	}
	code, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(code, "_", "-")), "-")
	if code == "no" {
		return "nb"
	}
	return code
}
