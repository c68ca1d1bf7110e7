package discover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"smaabornsviden/crawler/canonical"
)

// MaxURLs is how many addresses one sitemap may hold by its protocol.
const MaxURLs = 50_000

// SitemapURL is an entry of a sitemap.
type SitemapURL struct {
	Loc     string // absolute, WHATWG form
	LastMod time.Time
	// Title and Published come from the news extension, Alternates from hreflang links.
	Title      string
	Published  time.Time
	Alternates []Alternate
}

// SitemapFile is what one sitemap file holds: addresses, or the other sitemaps of an index.
type SitemapFile struct {
	Kind     string // urlset, index, text or feed
	URLs     []SitemapURL
	Children []string
	// Omitted counts entries beyond MaxURLs, Unusable those whose address is none.
	Omitted, Unusable int
}

// Sitemap reads a sitemap that lies at base: an XML sitemap or index, a text file with an address a line, or a
// feed, each of them packed or not. With an error the file holds what could be read before it:
// ErrFormat for something else, ErrBroken for a file that ends early, ErrTooLarge beyond MaxBytes.
func Sitemap(body []byte, base string) (SitemapFile, error) {
	return readSitemap(body, base, MaxBytes)
}

func readSitemap(body []byte, base string, limit int64) (SitemapFile, error) {
	b, err := canonical.NewBase(base)
	if err != nil {
		return SitemapFile{}, fmt.Errorf("sitemap at %s: %w", base, err)
	}
	r := sitemapReader{base: b, children: make(map[string]bool)}
	body, cut := unpack(body, limit)
	err = r.read(toText(body))
	if cut != nil {
		err = cut // why the rest is missing says more than where it stops
	}
	if err != nil {
		return r.file, fmt.Errorf("sitemap: %w", err)
	}
	return r.file, nil
}

type sitemapReader struct {
	base     *canonical.Base
	file     SitemapFile
	children map[string]bool
}

func (r *sitemapReader) read(body []byte) error {
	if len(body) == 0 {
		return fmt.Errorf("%w: empty", ErrFormat)
	}
	if body[0] != '<' {
		return r.text(body)
	}
	return r.xml(body)
}

// text reads one address a line. Anything else in it makes it another kind of file.
func (r *sitemapReader) text(body []byte) error {
	for line := range bytes.Lines(body) {
		address := strings.TrimSpace(string(line))
		if address == "" || strings.HasPrefix(address, "#") {
			continue
		}
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			if len(r.file.URLs) == 0 {
				return fmt.Errorf("%w: neither XML nor addresses", ErrFormat)
			}
			r.file.Unusable++
			continue
		}
		r.file.Kind = "text"
		r.add(SitemapURL{Loc: address})
	}
	if r.file.Kind == "" {
		return fmt.Errorf("%w: no address", ErrFormat)
	}
	return nil
}

// xml reads token by token, so that a file of any size and any extension costs no more than its addresses.
func (r *sitemapReader) xml(body []byte) error {
	d := newDecoder(body)
	root, err := rootOf(d)
	if err != nil {
		return err
	}
	switch root {
	case "urlset", "sitemapindex":
		r.file.Kind = map[string]string{"urlset": "urlset", "sitemapindex": "index"}[root]
		return r.entries(d, root)
	case "rss", "feed", "RDF":
		return r.feed(body)
	}
	return fmt.Errorf("%w: <%s>", ErrFormat, root)
}

// rootOf reads up to the first element and returns its local name; the name space is often wrong.
func rootOf(d *xml.Decoder) (string, error) {
	for {
		token, err := d.Token()
		if err != nil {
			return "", broken(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name.Local, nil
		}
	}
}

func broken(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: ends early", ErrBroken)
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}

// entries reads the children of the root.
func (r *sitemapReader) entries(d *xml.Decoder, root string) error {
	for {
		token, err := d.Token()
		if err != nil {
			return broken(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == root {
				return nil
			}
		case xml.StartElement:
			if err := r.entry(d, t.Name.Local); err != nil {
				return err
			}
		}
	}
}

// entry reads one child of the root to its end. An entry that ends early is not added: its address may
// be cut as well.
func (r *sitemapReader) entry(d *xml.Decoder, name string) error {
	var e SitemapURL
	path := []string{name}
	var content strings.Builder
	for len(path) > 0 {
		token, err := d.Token()
		if err != nil {
			return broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if len(path) > maxNesting {
				return fmt.Errorf("%w: elements nest too deep", ErrBroken)
			}
			content.Reset()
			if t.Name.Local == "link" {
				r.alternate(&e, t)
			}
		case xml.CharData:
			if content.Len() < canonical.MaxRaw {
				content.Write(t)
			}
		case xml.EndElement:
			e.set(path[1:], strings.TrimSpace(content.String()))
			content.Reset()
			path = path[:len(path)-1]
		}
	}
	switch name {
	case "sitemap":
		r.child(e)
	case "url":
		r.add(e)
	}
	return nil
}

// set takes over a value by its place below the entry. An image's loc has another place than the page's.
func (e *SitemapURL) set(path []string, value string) {
	if len(path) > 2 {
		return
	}
	switch strings.Join(path, ">") {
	case "loc":
		e.Loc = value
	case "lastmod":
		e.LastMod = when(value)
	case "news>title":
		e.Title = collapse(value)
	case "news>publication_date":
		e.Published = when(value)
	}
}

// alternate reads xhtml:link rel="alternate" hreflang="..." href="...".
func (r *sitemapReader) alternate(e *SitemapURL, link xml.StartElement) {
	var a Alternate
	for _, attr := range link.Attr {
		switch attr.Name.Local {
		case "hreflang":
			a.Lang = attr.Value
		case "href":
			a.URL = attr.Value
		}
	}
	u, err := r.base.Parse(a.URL)
	if err != nil || a.Lang == "" || len(e.Alternates) >= 200 {
		return
	}
	a.URL = u
	e.Alternates = append(e.Alternates, a)
}

func (r *sitemapReader) add(e SitemapURL) {
	if len(r.file.URLs) >= MaxURLs {
		r.file.Omitted++
		return
	}
	u, err := r.base.Parse(e.Loc)
	if err != nil || e.Loc == "" {
		r.file.Unusable++
		return
	}
	e.Loc = u
	r.file.URLs = append(r.file.URLs, e)
}

func (r *sitemapReader) child(e SitemapURL) {
	u, err := r.base.Parse(e.Loc)
	switch {
	case err != nil || e.Loc == "":
		r.file.Unusable++
	case len(r.file.Children) >= MaxURLs:
		r.file.Omitted++
	case u != r.base.String() && !r.children[u]:
		r.children[u] = true
		r.file.Children = append(r.file.Children, u)
	}
}

// feed reads a feed in a sitemap's place.
func (r *sitemapReader) feed(body []byte) error {
	r.file.Kind = "feed"
	items, err := Feed(body, r.base.String())
	for _, item := range items {
		lastMod := item.Updated
		if lastMod.IsZero() {
			lastMod = item.Published
		}
		r.add(SitemapURL{Loc: item.URL, LastMod: lastMod, Title: item.Title, Published: item.Published})
	}
	return err
}
