package extract

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/net/html"
)

// madePage is what a template of testdata/sites is filled with.
type madePage struct {
	N                    int
	Title, Lead, Section string
	Path, URL, Date, ISO string
	Year                 int
	Listing              bool
	Parts                []madePart
	Related, Siblings    []*madePage
	Prev, Next           *madePage
	gold                 string
}

// madePart is a heading of an article with what stands below it; the first part has none.
type madePart struct {
	Head string
	Body template.HTML
}

// madePages are the Danish articles of the invented partners as pages of one site, with two pages of teasers.
func madePages(t *testing.T) []*madePage {
	t.Helper()
	files, err := filepath.Glob("../demosite/content/[FLVP]0*.html")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d articles, %v", len(files), err)
	}
	var all []*madePage
	for i, file := range files {
		all = append(all, readMade(t, i, file))
	}
	for i, p := range all {
		p.Prev, p.Next = all[(i+len(all)-1)%len(all)], all[(i+1)%len(all)]
		for _, step := range []int{5, 8, 13} {
			p.Related = append(p.Related, all[(i+step)%len(all)])
		}
		from := i / 6 * 6
		p.Siblings = all[from:min(from+6, len(all))]
	}
	for i := range 2 {
		n := len(all)
		all = append(all, &madePage{
			N: n, Title: []string{"Nyheder", "Alle artikler"}[i], Section: "Oversigt", Listing: true, Related: all[i*6 : i*6+12], Siblings: all[:6],
			Path: fmt.Sprintf("/liste/%d", i), URL: fmt.Sprintf("https://made.example/liste/%d", i), Prev: all[0], Next: all[1],
		})
	}
	return all
}

func readMade(t *testing.T, n int, file string) *madePage {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "---\n")
	front, body, ok := strings.Cut(rest, "\n---\n")
	p := &madePage{N: n + 1}
	if err := yaml.Unmarshal([]byte(front), p); !ok || err != nil {
		t.Fatalf("%s: front matter: %v", file, err)
	}
	name := strings.ToLower(strings.TrimSuffix(filepath.Base(file), ".html"))
	p.Path = "/artikel/" + name
	p.URL = "https://made.example" + p.Path
	p.Year = 2018 + n%7
	p.Date = fmt.Sprintf("%d. marts %d", n%28+1, p.Year)
	p.ISO = fmt.Sprintf("%d-03-%02d", p.Year, n%28+1)
	if p.Section == "" {
		p.Section = []string{"Dagtilbud", "Forældre", "Sundhed"}[n%3]
	}
	p.Parts = splitParts(body)
	p.gold = p.Title + "\n" + p.Lead + "\n" + textOf(t, body)
	return p
}

// splitParts cuts a fragment before each h2.
func splitParts(body string) []madePart {
	var parts []madePart
	for i, piece := range strings.Split(body, "<h2>") {
		head := ""
		if i > 0 {
			head, piece, _ = strings.Cut(piece, "</h2>")
		}
		if strings.TrimSpace(piece) != "" || head != "" {
			parts = append(parts, madePart{Head: html.UnescapeString(head), Body: template.HTML(piece)})
		}
	}
	return parts
}

func textOf(t *testing.T, fragment string) string {
	t.Helper()
	root, _, err := parse("<body>" + fragment)
	if err != nil {
		t.Fatal(err)
	}
	return joinBlocks(blocks(root, nil))
}

// madeSite renders all pages by one template of testdata/sites.
func madeSite(t *testing.T, file string, pages []*madePage) []Input {
	t.Helper()
	tmpl, err := template.ParseFiles(file)
	if err != nil {
		t.Fatal(err)
	}
	var site []Input
	for _, p := range pages {
		var b bytes.Buffer
		if err := tmpl.Execute(&b, p); err != nil {
			t.Fatal(err)
		}
		site = append(site, Input{URL: p.URL, ContentType: "text/html; charset=utf-8", Body: b.Bytes(), Now: november})
	}
	return site
}

// TestMeasureMadeSites scores the main text of the articles on made sites of eight shapes.
func TestMeasureMadeSites(t *testing.T) {
	files, err := filepath.Glob("testdata/sites/*.html")
	if err != nil || len(files) != 8 {
		t.Fatalf("%d templates, %v", len(files), err)
	}
	pages := madePages(t)
	var all score
	for _, file := range files {
		site := madeSite(t, file, pages)
		learnt := learn(site)
		for i := range site {
			site[i].Model = learnt
		}
		s, worst := scoreMade(t, site, pages)
		if s.f1() < 0.985 {
			t.Errorf("%s: F1 fell to %.4f", file, s.f1())
		}
		t.Logf("%-14s F1 %.4f (precision %.4f, recall %.4f)  %s", filepath.Base(file), s.f1(), s.precision, s.recall, worst)
		all.add(s)
	}
	t.Logf("all sites: F1 %.4f (precision %.4f, recall %.4f)", all.mean().f1(), all.mean().precision, all.mean().recall)
}

func scoreMade(t *testing.T, site []Input, pages []*madePage) (mean score, worst string) {
	t.Helper()
	var total score
	var lines []string
	for i, in := range site {
		if pages[i].Listing {
			continue
		}
		res, err := HTML(in)
		if err != nil {
			t.Fatal(err)
		}
		s := compare(pages[i].Title+"\n"+res.Text, pages[i].gold)
		total.add(s)
		lines = append(lines, fmt.Sprintf("%.3f %s %s", s.f1(), res.Why["text"].Rule, in.URL))
	}
	sort.Strings(lines)
	return total.mean(), lines[0]
}

func learn(site []Input) *Model {
	var l Learner
	for _, in := range site {
		l.Add(in)
	}
	return l.Learn()
}
