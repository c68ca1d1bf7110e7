package demosite

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// article is one file of content/: front matter between two "---" lines, then an HTML fragment.
type article struct {
	Title           string        `yaml:"title"`
	Kicker          string        `yaml:"kicker"`
	Lead            string        `yaml:"lead"`
	Authors         []string      `yaml:"authors"`
	Byline          string        `yaml:"byline"`
	Section         string        `yaml:"section"`
	Abstract        string        `yaml:"abstract"`
	AbstractDa      string        `yaml:"abstract_da"` // Danish abstract of an article in another language
	Keywords        []string      `yaml:"keywords"`
	Volume          int           `yaml:"journal_volume"`
	Issue           int           `yaml:"journal_issue"`
	FirstPage       int           `yaml:"first_page"`
	LastPage        int           `yaml:"last_page"`
	DOI             string        `yaml:"doi"`
	ISBN            string        `yaml:"isbn"`
	PublicationType string        `yaml:"publication_type"`
	Pages           int           `yaml:"pages"`
	PDF             string        `yaml:"pdf"`
	PDFSize         string        `yaml:"pdf_size"`
	Factsheet       string        `yaml:"factsheet"`
	Facts           yaml.MapSlice `yaml:"facts"` // in the order in which the panel shows them
	Deadline        string        `yaml:"deadline"`
	Contact         string        `yaml:"contact"`
	ContactPhone    string        `yaml:"contact_phone"`
	Paywall         bool          `yaml:"paywall"`

	Body string `yaml:"-"` // the fragment, links still as "doc:ID" and "pdf:ID"
}

// errNoArticle says that content/ has no file for a document.
var errNoArticle = errors.New("no article file")

func loadArticle(id string) (article, error) {
	data, err := files.ReadFile("content/" + id + ".html")
	if errors.Is(err, fs.ErrNotExist) {
		return article{}, fmt.Errorf("%s: %w", id, errNoArticle)
	}
	if err != nil {
		return article{}, fmt.Errorf("read article %s: %w", id, err)
	}
	a, err := parseArticle(data)
	if err != nil {
		return article{}, fmt.Errorf("article %s: %w", id, err)
	}
	return a, nil
}

func parseArticle(data []byte) (article, error) {
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return article{}, errors.New("no front matter")
	}
	front, body, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return article{}, errors.New("front matter has no end")
	}
	var a article
	if err := yaml.Unmarshal(front, &a); err != nil {
		return article{}, fmt.Errorf("front matter: %w", err)
	}
	a.Body = strings.TrimSpace(string(body)) + "\n"
	return a, nil
}

// Heading is the title as pages print it: without the kicker, which stands above it.
func (a article) Heading() string {
	if rest, ok := strings.CutPrefix(a.Title, a.Kicker+": "); ok && a.Kicker != "" {
		return rest
	}
	return a.Title
}

// DeadlineDay is the deadline as a date, the zero time where there is none.
func (a article) DeadlineDay() time.Time {
	day, err := time.Parse(time.DateOnly, a.Deadline)
	if err != nil {
		return time.Time{}
	}
	return day
}

// Panel is the fact panel: the facts, and the deadline where they leave it out.
func (a article) Panel() yaml.MapSlice {
	for _, fact := range a.Facts {
		if fact.Key == "Frist" {
			return a.Facts
		}
	}
	if day := a.DeadlineDay(); !day.IsZero() {
		return append(slices.Clone(a.Facts), yaml.MapItem{Key: "Frist", Value: longDate(day)})
	}
	return a.Facts
}

// text is the article as plain text: lead, abstract, then the blocks of the body, one a line.
func (a article) text() string {
	var b textWriter
	for _, part := range []string{a.Lead, a.Abstract, a.AbstractDa} {
		b.block()
		b.write(part)
	}
	nodes, err := html.ParseFragment(strings.NewReader(a.Body), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "" // a strings.Reader does not fail
	}
	for _, n := range nodes {
		b.node(n)
	}
	return strings.TrimSpace(b.String())
}

// textWriter gathers text with one line per block and single spaces within.
type textWriter struct{ strings.Builder }

// block ends the line that is being written.
func (w *textWriter) block() {
	if s := w.String(); s != "" && !strings.HasSuffix(s, "\n") {
		w.WriteByte('\n')
	}
}

func (w *textWriter) write(s string) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' })
	if len(words) == 0 {
		if s != "" {
			w.space()
		}
		return
	}
	if strings.ContainsRune(" \n\t\r", rune(s[0])) {
		w.space()
	}
	w.WriteString(strings.Join(words, " "))
	if strings.ContainsRune(" \n\t\r", rune(s[len(s)-1])) {
		w.space()
	}
}

func (w *textWriter) space() {
	if s := w.String(); s != "" && !strings.HasSuffix(s, "\n") && !strings.HasSuffix(s, " ") {
		w.WriteByte(' ')
	}
}

func (w *textWriter) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.write(n.Data)
		return
	}
	isBlock := n.Type == html.ElementNode && blocks[n.DataAtom]
	if isBlock {
		w.block()
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
	if isBlock || n.DataAtom == atom.Br {
		w.block()
	}
}

// blocks are the elements of the articles that stand on lines of their own. A table's cells do too: only
// so do their words stay apart whatever a reader of the text does with spaces.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Table: true,
	atom.Tr: true, atom.Th: true, atom.Td: true, atom.Caption: true, atom.Blockquote: true, atom.Details: true, atom.Summary: true,
	atom.Figure: true, atom.Figcaption: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Hr: true, atom.Section: true,
}

// resolveLinks turns "doc:ID" and "pdf:ID" into addresses as a link from the site `from` has them:
// a path on the same host, an absolute address on another.
func resolveLinks(body, from string, docs map[string]*doc) (template.HTML, error) {
	var missing error
	resolved := linkRef.ReplaceAllStringFunc(body, func(m string) string {
		parts := linkRef.FindStringSubmatch(m)
		kind, id := parts[1], parts[2]
		d := docs[id]
		if d == nil || (kind == "pdf" && d.PDFPath == "") {
			missing = errors.Join(missing, fmt.Errorf("link to %s:%s", kind, id))
			return m
		}
		path := d.Path
		if kind == "pdf" {
			path = d.PDFPath
		}
		return `href="` + template.HTMLEscapeString(linkFrom(from, d.Host, path)) + `"`
	})
	return template.HTML(resolved), missing
}

func linkFrom(from, host, path string) string {
	if from == host {
		return escapePath(path)
	}
	return "http://" + host + escapePath(path)
}
