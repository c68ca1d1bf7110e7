// Package page writes answers and messages as Danish HTML that needs neither JavaScript nor any other host.
package page

import (
	"bytes"
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
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// StaticPrefix is where assets live. Their names carry a hash of their content, so they may be cached forever.
const StaticPrefix = "/static/"

// Options are what the pages need from outside. The zero value works.
type Options struct {
	// Link turns a document's URL into the one to open; nil leaves it as it is.
	Link func(url string) string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Pages writes pages. It is safe for use from many goroutines.
type Pages struct {
	templates *template.Template
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
	p := &Pages{assets: map[string]Asset{}, hashed: map[string]string{}, link: o.Link, now: o.Now}
	if p.link == nil {
		p.link = func(url string) string { return url }
	}
	if p.now == nil {
		p.now = time.Now
	}
	var err error
	if p.templates, err = template.ParseFS(templateFiles, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
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
	if err := p.templates.ExecuteTemplate(&b, name, view); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	_, err := b.WriteTo(w)
	return err
}

// frame is what every page has.
type frame struct {
	Title       string
	Description string
	NoIndex     bool
	Prev, Next  string // addresses of the pages before and after
	JSON        string // address of the same answer as data
	Canonical   string // the page's one address
	Feeds       []linkView
	Meta        []cite.Tag // for reference managers
	Icon, Style string
	Script      string // suggestions while typing
	Hero        bool   // the front page, with the search box in its middle
	Text        string // in the search box
	FieldError  bool   // the text is why there is no answer
	ChosenSort  string
	Widening    []string // values of answer.Widening in force
	FilterCount int
	Crawling    bool
}

func (p *Pages) frame(title string) frame {
	return frame{
		Title:  title,
		Icon:   p.hashed["ikon.svg"],
		Style:  p.hashed["stil.css"],
		Script: p.hashed["forslag.js"],
	}
}

// part is a piece of a sentence: plain, emphasised or a link.
type part struct {
	Text string
	Em   bool
	Href string
}

// Outward reports whether a link leads to another site.
func (p part) Outward() bool { return strings.HasPrefix(p.Href, "http") }

type sentence []part

// say makes a sentence of strings and parts.
func say(pieces ...any) sentence {
	var s sentence
	for _, piece := range pieces {
		switch piece := piece.(type) {
		case string:
			s = append(s, part{Text: piece})
		case part:
			s = append(s, piece)
		case sentence:
			s = append(s, piece...)
		}
	}
	return s
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

// Icon is the path of the icon.
func (p *Pages) Icon() string { return p.hashed["ikon.svg"] }
