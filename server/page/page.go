// Package page writes answers and messages as HTML in Danish or English that needs neither JavaScript nor any other host.
package page

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"smaabornsviden/server/cite"
	"smaabornsviden/server/tongue"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

//go:generate go run ./sharegen -o static

// StaticPrefix is where assets live. Their names carry a hash of their content, so they may be cached forever.
const StaticPrefix = "/static/"

// Options are what the pages need from outside. The zero value works.
type Options struct {
	// Link turns a document's URL into the one to open; nil leaves it as it is.
	Link func(url string) string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Base is scheme and host under which readers reach the pages, without a slash at the end. Empty means that it is not
	// known: then addresses in the head of a page stay relative, and those that may not be relative are left out.
	Base string
}

// Pages writes pages in one language. It is safe for use from many goroutines.
type Pages struct {
	templates map[tongue.Tongue]*template.Template
	in        tongue.Tongue
	path      string // of the page to be written, in Danish
	base      string
	reached   string           // scheme and host for addresses that have to be whole; empty when not known
	assets    map[string]Asset // by name with hash
	hashed    map[string]string
	link      func(string) string
	now       func() time.Time
}

// Asset is a stylesheet or image.
type Asset struct {
	Body        []byte
	ContentType string
}

// New reads the embedded templates and assets.
func New(o Options) (*Pages, error) {
	p := &Pages{
		templates: map[tongue.Tongue]*template.Template{}, in: tongue.Danish, path: "/", base: o.Base, reached: o.Base,
		assets: map[string]Asset{}, hashed: map[string]string{}, link: o.Link, now: o.Now,
	}
	if p.link == nil {
		p.link = func(url string) string { return url }
	}
	if p.now == nil {
		p.now = time.Now
	}
	// Each language has its own set, so that a template can say a text without being told the language at every level.
	for _, t := range []tongue.Tongue{tongue.Danish, tongue.English} {
		set, err := template.New("").Funcs(template.FuncMap{"t": t.Say, "path": t.Path, "lang": t.Lang}).ParseFS(templateFiles, "templates/*.html")
		if err != nil {
			return nil, fmt.Errorf("read templates: %w", err)
		}
		p.templates[t] = set
	}
	if err := p.loadAssets(); err != nil {
		return nil, fmt.Errorf("read assets: %w", err)
	}
	return p, nil
}

func (p *Pages) loadAssets() error {
	return fs.WalkDir(staticFiles, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := staticFiles.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		base := strings.TrimSuffix(path.Base(name), ext)
		hashed := base + "." + hex.EncodeToString(sum[:6]) + ext
		p.assets[hashed] = Asset{Body: body, ContentType: contentType(ext)}
		p.hashed[path.Base(name)] = StaticPrefix + hashed
		return nil
	})
}

// contentType is fixed here, since mime.TypeByExtension reads files of the machine.
func contentType(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	}
	return "application/octet-stream"
}

// Asset returns the asset under a name that carries its hash.
func (p *Pages) Asset(name string) (Asset, bool) {
	a, ok := p.assets[name]
	return a, ok
}

// write renders into memory first, so that a fault in a template gives an error page and not half a page.
func (p *Pages) write(w io.Writer, name string, view any) error {
	var b bytes.Buffer
	set := p.templates[p.in]
	if whole := name + " " + string(p.in); set.Lookup(whole) != nil {
		name = whole // pages of running text are written once in each language
	}
	if err := set.ExecuteTemplate(&b, name, view); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	_, err := b.WriteTo(w)
	return err
}

// For is the same pages in a language, for one request: path is that of the Danish page, to which the page links its
// twin.
func (p *Pages) For(t tongue.Tongue, path string) *Pages {
	q := *p
	q.in, q.path = t, path
	return &q
}

// At is the same pages, reached at a scheme and host where Options name none; empty when that is not known either. Only addresses
// that have to be whole need it.
func (p *Pages) At(base string) *Pages {
	q := *p
	q.reached = cmp.Or(p.base, base)
	return &q
}

// frame is what every page has. Paths in it are those of the Danish page.
type frame struct {
	Tongue      tongue.Tongue
	Self        string // path and query of the page, for its twin in the other language
	reached     string
	Title       string
	Description string
	NoIndex     bool
	Prev, Next  string // addresses of the pages before and after
	JSON        string // address of the same answer as data
	Canonical   string // the page's one address
	Article     bool   // is about one work, and no list or form
	Feeds       []linkView
	Meta        []cite.Tag // for reference managers
	Icon, Style string
	share       string // path of the picture that stands for the page where people share it
	Script      string // suggestions while typing
	Alone       bool   // has no twin in the other language
	Hero        bool   // the front page, with the search box in its middle
	Text        string // in the search box
	FieldError  bool   // the text is why there is no answer
	ChosenSort  string
	Widening    []string // values of answer.Widening in force
	Authors     []string // names that the search is limited to: a filter without boxes to tick
	FilterCount int
	Listed      []string // the reading list that a search goes on with
	Crawling    bool
}

// siteName stands at the end of every title.
const siteName = "Småbørnsviden"

// frame begins a page. The title is in the language of the page.
func (p *Pages) frame(title string) frame {
	return frame{
		Tongue:  p.in,
		Self:    p.path,
		reached: p.reached,
		Title:   title,
		Icon:    p.hashed["ikon.svg"],
		Style:   p.hashed["stil.css"],
		Script:  p.hashed["forslag.js"],
		share:   p.hashed[shared[p.in]],
	}
}

// titled is a title with the name of the site behind it.
func titled(title string) string { return title + " – " + siteName }

// Absolute is the address of one of our paths in the language of the page, with scheme and host where they are known.
func (f frame) Absolute(path string) string { return f.reached + f.Tongue.Path(path) }

// In is the address of the same page in a language.
func (f frame) In(t tongue.Tongue) string { return f.reached + t.Path(f.Self) }

// Here is the address of the page for sharing, the one that it wants to be known by. It has to be whole: empty where our host is
// not known.
func (f frame) Here() string {
	if f.reached == "" {
		return ""
	}
	return f.reached + f.Tongue.Path(cmp.Or(f.Canonical, f.Self))
}

// shared are the pictures of the site by language.
var shared = map[tongue.Tongue]string{tongue.Danish: "deling.png", tongue.English: "deling-en.png"}

// Share is the address of the picture that stands for the page where people share it, whole as Here is.
func (f frame) Share() string {
	if f.reached == "" {
		return ""
	}
	return f.reached + f.share
}

// feedLink names a feed of the page to feed readers.
type feedLink struct{ Type, Title, Href string }

// FeedLinks are the feeds of the page, each in both formats.
func (f frame) FeedLinks() []feedLink {
	var all []feedLink
	for _, l := range f.Feeds {
		all = append(all,
			feedLink{"application/atom+xml", l.Text, l.Href},
			feedLink{"application/rss+xml", l.Text + " (RSS)", strings.Replace(l.Href, feedPath, rssPath, 1)})
	}
	return all
}

// Twin is the path of the same page in the other language.
func (f frame) Twin() string { return f.other().Path(f.Self) }

// TwinLang is the other language, and TwinName what it calls itself.
func (f frame) TwinLang() string { return string(f.other()) }

// TwinName is the name of the other language in that language.
func (f frame) TwinName() string {
	if f.Tongue == tongue.English {
		return "Dansk"
	}
	return "English"
}

func (f frame) other() tongue.Tongue {
	if f.Tongue == tongue.English {
		return tongue.Danish
	}
	return tongue.English
}

// part is a piece of a sentence: plain, emphasised or a link.
type part struct {
	Text string
	Em   bool
	Href string
	Lang string // where it differs from that of the page
}

// Outward reports whether a link leads to another site.
func (p part) Outward() bool { return strings.HasPrefix(p.Href, "http") }

type sentence []part

// say makes a sentence of a Danish text in which each %s stands for a string, a part or a sentence.
func say(t tongue.Tongue, danish string, pieces ...any) sentence {
	var s sentence
	for i, text := range strings.Split(t.Say(danish), "%s") {
		if i > 0 && i <= len(pieces) {
			s = append(s, plainly(pieces[i-1])...)
		}
		if text != "" {
			s = append(s, part{Text: text})
		}
	}
	return s
}

// plainly makes a sentence of what needs no translation.
func plainly(piece any) sentence {
	switch piece := piece.(type) {
	case string:
		return sentence{{Text: piece}}
	case part:
		return sentence{piece}
	case sentence:
		return piece
	}
	return nil
}

func em(text string) part         { return part{Text: text, Em: true} }
func link(text, href string) part { return part{Text: text, Href: href} }

// contactHref makes a link of an e-mail or a web address; empty for anything else.
func contactHref(contact string) string {
	switch {
	case strings.HasPrefix(contact, "https://"), strings.HasPrefix(contact, "http://"):
		return contact
	case strings.Count(contact, "@") == 1 && !strings.ContainsAny(contact, " \n:/?"):
		return "mailto:" + contact
	}
	return ""
}

// File returns an asset by the name of its file, for addresses that must not change.
func (p *Pages) File(name string) (Asset, bool) {
	return p.Asset(strings.TrimPrefix(p.hashed[name], StaticPrefix))
}

// linkTo links one of our own pages, in the language of the page.
func linkTo(t tongue.Tongue, text, path string) part { return link(t.Say(text), t.Path(path)) }

// Icon is the path of the icon.
func (p *Pages) Icon() string { return p.hashed["ikon.svg"] }
