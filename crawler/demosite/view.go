package demosite

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"time"
)

// view is what a site's template gets to see.
type view struct {
	Site    *site
	Kind    string // doc, print, list, plain, search, missing, calendar
	Title   string
	Lang    string // of the page's own words: da or en
	URL     string // canonical address, for link rel=canonical and og:url; "" where there is none
	Robots  string // content of the robots meta element, "" for none
	Doc     *doc
	List    *list
	Plain   *plain
	Crumbs  []item
	Items   []item // what a list page lists
	Menu    []item // the site's lists, then its other pages
	Popular []item // "Mest læste" on the front page: links in the forms in which people paste them
	Related []*doc
	Prev    *doc
	Next    *doc
	Twin    *doc // the same in the other language
	Tags    []item
	LD      any // JSON-LD
	Session string
	Months  *months
}

// item is a link with what stands around it in a list.
type item struct {
	Href  string // as it stands in the page
	Title string
	Lead  string
	Doc   *doc // nil for other pages
}

// months are the links of the endless calendar.
type months struct{ Name, Before, After string }

// English reports whether the page's own words are English.
func (v view) English() bool { return v.Lang == "en" }

var templateFuncs = template.FuncMap{
	"long":    longDate,
	"dots":    func(t time.Time) string { return t.Format("02.01.2006") },
	"dashes":  func(t time.Time) string { return t.Format("02-01-2006") },
	"slashes": func(t time.Time) string { return t.Format("2006/01/02") },
	"day":     func(t time.Time) string { return t.Format(time.DateOnly) },
	"iso":     func(t time.Time) string { return t.Format(time.RFC3339) },
	"clock":   func(t time.Time) string { return t.Format("15:04") },
	"english": func(t time.Time) string { return strings.ToUpper(t.Format("2. Jan 2006")) },
	"href":    func(path string) template.URL { return template.URL(escapePath(path)) },
	"join":    strings.Join,
	"lower":   strings.ToLower,
	// rawhref keeps an address as it is: html/template would escape the letters that this is about.
	"rawhref": func(href string) template.HTMLAttr {
		return template.HTMLAttr(`href="` + template.HTMLEscapeString(href) + `"`)
	},
}

// loadTemplates reads one template per site, each with the shared pieces.
func loadTemplates(ids []string) (map[string]*template.Template, error) {
	shared, err := template.New("shared").Funcs(templateFuncs).ParseFS(files, "templates/shared.html")
	if err != nil {
		return nil, fmt.Errorf("parse shared template: %w", err)
	}
	byID := map[string]*template.Template{}
	for _, id := range ids {
		t, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("template of %s: %w", id, err)
		}
		if byID[id], err = t.ParseFS(files, "templates/"+id+".html"); err != nil {
			return nil, fmt.Errorf("template of %s: %w", id, err)
		}
	}
	return byID, nil
}

func render(t *template.Template, name string, v any) ([]byte, error) {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, v); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// page is the view of what stands at a path.
func (w *world) page(s *site, path string, t target) view {
	v := view{Site: s, Lang: "da", URL: s.url(path), Crumbs: s.crumbs(path), Menu: s.menu()}
	switch {
	case t.doc != nil:
		w.docView(&v, s, t.doc)
	case t.list != nil:
		w.listView(&v, s, t.list)
	case t.plain != nil:
		v.Kind, v.Title, v.Plain = "plain", t.plain.Title, t.plain
	}
	return v
}

func (w *world) docView(v *view, s *site, d *doc) {
	v.Kind, v.Title, v.Doc, v.Robots = "doc", d.Art.Heading(), d, d.Robots
	if d.Lang == "en" && strings.HasPrefix(d.Path, "/en/") {
		v.Lang = "en"
	}
	v.Twin = w.docs[d.Translation]
	v.Related, v.Prev, v.Next = s.neighbours(d)
	for _, tag := range d.Tags {
		if l := s.at[tag].list; l != nil {
			v.Tags = append(v.Tags, item{Href: tag, Title: strings.TrimSpace(l.Title[strings.LastIndex(l.Title, ":")+1:])})
		}
	}
	v.LD = w.jsonLD(s, d)
}

func (w *world) listView(v *view, s *site, l *list) {
	v.Kind, v.Title, v.List, v.Robots = "list", l.Title, l, l.Robots
	if l.Lang != "" {
		v.Lang = l.Lang
	}
	for _, path := range l.Links {
		if sub := s.at[path].list; sub != nil {
			v.Items = append(v.Items, item{Href: escapePath(path), Title: sub.Title, Lead: sub.Intro})
		}
	}
	for _, id := range l.Docs {
		if d := w.docs[id]; d != nil {
			v.Items = append(v.Items, item{Href: escapePath(d.Path), Title: d.Art.Title, Lead: d.Art.Lead, Doc: d})
		}
	}
	if s.isFront(l.Path) {
		v.Popular = s.popular()
	}
}

func (s *site) url(path string) string { return "http://" + s.Host + escapePath(path) }

// isFront reports whether a path is the site's front page.
func (s *site) isFront(path string) bool { return len(s.lists) > 0 && s.lists[0].Path == path }

func (s *site) popular() []item {
	var items []item
	for _, d := range s.docs {
		for _, twin := range d.Twins {
			items = append(items, item{Href: twin, Title: d.Art.Title})
		}
	}
	return items
}

func (s *site) menu() []item {
	var items []item
	for _, l := range s.lists[1:] {
		if l.Robots == "" && l.Prev == "" {
			items = append(items, item{Href: l.Path, Title: l.Title})
		}
	}
	for _, p := range s.pages {
		items = append(items, item{Href: p.Path, Title: p.Title})
	}
	return items
}

// crumbs are the list pages above a path, front page first; none above the front page itself.
func (s *site) crumbs(path string) []item {
	if s.isFront(path) {
		return nil
	}
	crumbs := []item{{Href: s.lists[0].Path, Title: s.lists[0].Title}}
	for _, l := range s.lists[1:] {
		above := strings.TrimSuffix(l.Path, "/") + "/"
		if path != l.Path && strings.HasPrefix(path, above) {
			crumbs = append(crumbs, item{Href: l.Path, Title: l.Title})
		}
	}
	return crumbs
}

// neighbours are other pages of the site: what editors put below an article, and what came before and after.
func (s *site) neighbours(d *doc) (related []*doc, prev, next *doc) {
	var shown []*doc
	at := 0
	for _, x := range s.docs {
		if !x.HasPage() || x.Robots != "" {
			continue
		}
		if x == d {
			at = len(shown)
		}
		shown = append(shown, x)
	}
	n := len(shown)
	for i := 2; i < min(5, n); i++ {
		related = append(related, shown[(at+i)%n])
	}
	if n < 2 {
		return related, nil, nil
	}
	return related, shown[(at+n-1)%n], shown[(at+1)%n]
}
