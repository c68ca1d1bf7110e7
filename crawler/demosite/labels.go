package demosite

import (
	"embed"
	"fmt"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed sites.yaml structure.yaml stories.yaml partners.yaml content papers templates
var files embed.FS

// Label is what is true of one document of the demonstration: the answers that extraction and
// description are measured against. Pages are never made from Type, Topics, Age or Group.
type Label struct {
	ID         string   `yaml:"id"`
	Title      string   `yaml:"title"`
	Type       string   `yaml:"type"`
	Topics     []string `yaml:"topics"`
	Age        []int    `yaml:"age"`       // first and last month, inclusive; -9 is pregnancy; empty for none
	Published  string   `yaml:"published"` // yyyy-mm-dd, empty for a document without any date
	Lang       string   `yaml:"lang"`
	Format     string   `yaml:"format"`
	Path       string   `yaml:"path"` // decoded; empty for what has no page
	Group      string   `yaml:"group"`
	Dup        string   `yaml:"dup"`
	Licence    string   `yaml:"licence"`
	Site       string   `yaml:"-"` // the site's letter
	Host       string   `yaml:"-"`
	SiteName   string   `yaml:"-"`
	SiteSector string   `yaml:"-"`
}

// URL is the document's canonical address, "" where it has none.
func (l Label) URL() string {
	if l.Path == "" {
		return ""
	}
	return "http://" + l.Host + escapePath(l.Path)
}

// Indexed reports whether a search engine that keeps the sites' rules has the document after the
// first crawl: all but the withdrawn article and the page with noindex.
func (l Label) Indexed() bool { return l.ID != "T10" && l.ID != "P04" }

// HasPage reports whether the document is an HTML page, perhaps with a file behind it.
func (l Label) HasPage() bool { return l.Format != "pdf" && l.Format != "oai" }

// escapePath percent-encodes a decoded path and leaves a query as it is.
func escapePath(path string) string {
	path, query, found := strings.Cut(path, "?")
	escaped := (&url.URL{Path: path}).EscapedPath()
	if !found {
		return escaped
	}
	return escaped + "?" + query
}

// siteLabels is one entry of sites.yaml.
type siteLabels struct {
	ID        string  `yaml:"id"`
	Host      string  `yaml:"host"`
	Name      string  `yaml:"name"`
	Sector    string  `yaml:"sector"`
	Documents []Label `yaml:"documents"`
}

func loadLabels() ([]siteLabels, error) {
	var doc struct {
		Sites []siteLabels `yaml:"sites"`
	}
	if err := decodeFile("sites.yaml", &doc); err != nil {
		return nil, err
	}
	for _, s := range doc.Sites {
		for i := range s.Documents {
			l := &s.Documents[i]
			l.Site, l.Host, l.SiteName, l.SiteSector = s.ID, s.Host, s.Name, s.Sector
		}
	}
	return doc.Sites, nil
}

func decodeFile(name string, into any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("parse %s: %w", name, err)
	}
	return nil
}
