package demosite

import (
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// world is everything the sites show at one point of the story. It does not change once it is built.
type world struct {
	story int
	now   time.Time // when the story came to this point, in UTC; dates of withdrawal are taken from it
	sites []*site
	hosts map[string]*site // main hosts only
	docs  map[string]*doc  // what is shown now, by id
	known map[string]*doc  // and whatever a link may name: also what is gone or not written yet
}

// site is one partner site at one point of the story.
type site struct {
	siteLabels
	hour    time.Duration // time of day at which the site publishes
	docs    []*doc        // what the site shows now, in the order of sites.yaml
	lists   []*list
	pages   []*plain
	at      map[string]target // by decoded path, for P with its page_id
	deleted []*doc            // withdrawn records that OAI-PMH still names
	robots  []string          // the lines of robots.txt; none where the site has no such file
	down    bool
}

// target is what stands at a path; exactly one field is set, or Status with perhaps Location.
type target struct {
	doc      *doc
	list     *list
	plain    *plain
	file     *doc // the PDF of a document
	status   int
	location string
}

// doc is a document as a site serves it.
type doc struct {
	Label
	docSettings
	Art      article
	PDFPath  string
	Modified time.Time // for sitemaps and Last-Modified; zero where the site knows none
	Date     time.Time // of publication in Danish time; zero where there is none
	HTML     template.HTML
	paper    []paperBlock // the text of its file, nil where none is written
	sheet    []paperBlock // of its fact sheet
	oldPath  string       // where it stood before it moved
}

// docSettings is what structure.yaml says about a document.
type docSettings struct {
	Translation string   `yaml:"translation"` // the twin in another language
	Replaces    string   `yaml:"replaces"`
	Lastmod     string   `yaml:"lastmod"`
	Twins       []string `yaml:"twins"`
	Tags        []string `yaml:"tags"`
	Robots      string   `yaml:"robots"`
}

// list is a page that leads to documents and other lists.
type list struct {
	Path   string   `yaml:"path"`
	Title  string   `yaml:"title"`
	Intro  string   `yaml:"intro"`
	Lang   string   `yaml:"lang"`
	Robots string   `yaml:"robots"`
	Links  []string `yaml:"links"`
	Docs   []string `yaml:"docs"`
	Next   string   `yaml:"next"`
	Prev   string   `yaml:"prev"`
}

// plain is a page outside the scope of the search engine.
type plain struct {
	Path    string   `yaml:"path"`
	Title   string   `yaml:"title"`
	Outside []string `yaml:"outside"` // links to other hosts
}

// siteStructure is one site of structure.yaml.
type siteStructure struct {
	Hour   string                 `yaml:"hour"`
	Robots []string               `yaml:"robots"`
	Lists  []*list                `yaml:"lists"`
	Pages  []*plain               `yaml:"pages"`
	Docs   map[string]docSettings `yaml:"docs"`
}

// chapter is one entry of stories.yaml.
type chapter struct {
	Story int `yaml:"story"`
	Edit  []struct {
		Doc     string `yaml:"doc"`
		Lastmod string `yaml:"lastmod"`
		Replace []struct {
			From string `yaml:"from"`
			To   string `yaml:"to"`
		} `yaml:"replace"`
	} `yaml:"edit"`
	Gone      []string `yaml:"gone"`
	Withdrawn []string `yaml:"withdrawn"`
	Moved     []struct {
		Doc string `yaml:"doc"`
		To  string `yaml:"to"`
	} `yaml:"moved"`
	Down   []string            `yaml:"down"`
	Robots map[string][]string `yaml:"robots"`
}

var linkRef = regexp.MustCompile(`href="(doc|pdf):([A-Z][0-9]{2})"`)

// newWorld builds the sites as they are at a story: 1 is the first crawl.
func newWorld(story int, now time.Time) (*world, error) {
	labels, err := loadLabels()
	if err != nil {
		return nil, err
	}
	var structure map[string]siteStructure
	if err := decodeFile("structure.yaml", &structure); err != nil {
		return nil, err
	}
	var chapters []chapter
	if err := decodeFile("stories.yaml", &chapters); err != nil {
		return nil, err
	}
	w := &world{story: story, now: now.UTC(), hosts: map[string]*site{}, docs: map[string]*doc{}, known: map[string]*doc{}}
	for _, l := range labels {
		if err := w.addSite(l, structure[l.ID]); err != nil {
			return nil, err
		}
	}
	for _, c := range chapters {
		if err := w.tell(c); err != nil {
			return nil, fmt.Errorf("story %d: %w", c.Story, err)
		}
	}
	for _, s := range w.sites {
		if err := w.layOut(s); err != nil {
			return nil, fmt.Errorf("site %s: %w", s.ID, err)
		}
	}
	return w, nil
}

func (w *world) addSite(l siteLabels, st siteStructure) error {
	clock, err := time.Parse("15:04", st.Hour)
	if err != nil {
		return fmt.Errorf("site %s: hour: %w", l.ID, err)
	}
	s := &site{siteLabels: l, lists: st.Lists, pages: st.Pages, robots: st.Robots, at: map[string]target{}}
	s.hour = time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	for _, label := range l.Documents {
		d, err := newDoc(s, label, st.Docs[label.ID])
		if errors.Is(err, errNoArticle) {
			w.known[label.ID] = &doc{Label: label, PDFPath: "/media/" + label.ID + ".pdf"}
			continue // an article that is not written yet is missing in lists and discovery files
		}
		if err != nil {
			return err
		}
		w.known[d.ID] = d
		if d.Format == "oai" {
			s.deleted = append(s.deleted, d)
			continue
		}
		w.docs[d.ID] = d
		s.docs = append(s.docs, d)
	}
	w.sites = append(w.sites, s)
	w.hosts[s.Host] = s
	return nil
}

func newDoc(s *site, label Label, settings docSettings) (*doc, error) {
	d := &doc{Label: label, docSettings: settings}
	if label.HasPage() {
		a, err := loadArticle(label.ID)
		if err != nil {
			return nil, err
		}
		d.Art = a
	} else {
		d.Art = article{Title: label.Title}
	}
	d.PDFPath = pdfPath(d)
	var err error
	if d.paper, err = loadPaper(label.ID); err != nil {
		return nil, err
	}
	if d.sheet, err = loadPaper(label.ID + "-faktaark"); err != nil {
		return nil, err
	}
	if label.Published != "" {
		day, err := time.Parse(time.DateOnly, label.Published)
		if err != nil {
			return nil, fmt.Errorf("%s: published: %w", label.ID, err)
		}
		d.Date = danish(day, s.hour)
		d.Modified = d.Date
	}
	return d, d.setModified(settings.Lastmod, s.hour)
}

func (d *doc) setModified(day string, hour time.Duration) error {
	if day == "" {
		return nil
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return fmt.Errorf("%s: lastmod: %w", d.ID, err)
	}
	d.Modified = danish(t, hour)
	return nil
}

// pdfPath is where a document's file lies, "" when it has none.
func pdfPath(d *doc) string {
	switch {
	case d.Format == "pdf":
		return d.Path
	case d.Art.PDF != "":
		return d.Art.PDF
	case d.Format == "landing+pdf":
		return "/media/" + strings.ToLower(d.ID) + ".pdf"
	case d.Format == "oai+html+pdf":
		return strings.Replace(d.Path, "/view/", "/download/", 1) + "/" + strconv.Itoa(d.ArticleNumber()+1000)
	}
	return ""
}

// tell applies a chapter if the world's story has come to it.
func (w *world) tell(c chapter) error {
	if c.Story > w.story {
		return nil
	}
	for _, s := range w.sites {
		if more := c.Robots[s.ID]; len(more) > 0 {
			// Google's parser joins groups of the same agent, so the old rules stay.
			s.robots = slices.Concat(s.robots, []string{"", "User-agent: *"}, more)
		}
		s.down = c.Story == w.story && slices.Contains(c.Down, s.ID)
	}
	for _, id := range c.Gone {
		w.remove(id, false)
	}
	for _, id := range c.Withdrawn {
		w.remove(id, true)
	}
	for _, m := range c.Moved {
		if d := w.docs[m.Doc]; d != nil {
			d.oldPath, d.Path = d.Path, m.To
		}
	}
	return w.edit(c)
}

func (w *world) edit(c chapter) error {
	for _, e := range c.Edit {
		d := w.docs[e.Doc]
		if d == nil {
			continue
		}
		s := w.hosts[d.Host]
		if err := d.setModified(e.Lastmod, s.hour); err != nil {
			return err
		}
		d.Date = d.Modified // the site shows the day of its last change
		for _, r := range e.Replace {
			body := strings.ReplaceAll(d.Art.Body, r.From, r.To)
			d.Art.Lead = strings.ReplaceAll(d.Art.Lead, r.From, r.To)
			if body == d.Art.Body {
				return fmt.Errorf("%s does not say %q", e.Doc, r.From)
			}
			d.Art.Body = body
		}
	}
	return nil
}

// remove takes a document off its site; its addresses answer 410.
func (w *world) remove(id string, withdrawn bool) {
	d := w.docs[id]
	if d == nil {
		return
	}
	delete(w.docs, id)
	s := w.hosts[d.Host]
	s.docs = slices.DeleteFunc(s.docs, func(x *doc) bool { return x.ID == id })
	s.at[d.Path] = target{status: 410}
	if d.PDFPath != "" {
		s.at[d.PDFPath] = target{status: 410}
	}
	if withdrawn {
		s.deleted = append(s.deleted, d)
	}
}

// layOut puts documents, files, lists and pages at their paths.
func (w *world) layOut(s *site) error {
	for _, l := range s.lists {
		s.at[l.Path] = target{list: l}
	}
	for _, p := range s.pages {
		s.at[p.Path] = target{plain: p}
	}
	for _, d := range s.docs {
		body, err := resolveLinks(d.Art.Body, d.Host, w.known)
		if err != nil {
			return fmt.Errorf("%s: %w", d.ID, err)
		}
		d.HTML = body
		if d.HasPage() {
			s.at[d.Path] = target{doc: d}
		}
		if d.PDFPath != "" {
			s.at[d.PDFPath] = target{file: d}
		}
		if d.Art.Factsheet != "" {
			s.at[d.Art.Factsheet] = target{file: d}
		}
		if d.oldPath != "" {
			s.at[d.oldPath] = target{status: 301, location: d.Path}
		}
	}
	return nil
}

// ArticleNumber is the number of a journal article in its path, 0 on other sites.
func (d *doc) ArticleNumber() int {
	n, err := strconv.Atoi(d.Path[strings.LastIndexByte(d.Path, '/')+1:])
	if err != nil {
		return 0
	}
	return n
}

// PostNumber is the number that a blog system gives a page, worked out from the id: N07 is 107.
func (d *doc) PostNumber() int {
	n, err := strconv.Atoi(d.ID[1:])
	if err != nil {
		return 0
	}
	return 100 + n
}

// PDFURL is the absolute address of the document's file.
func (d *doc) PDFURL() string { return "http://" + d.Host + escapePath(d.PDFPath) }

// Rights is the address of the licence, "" where the journal names none.
func (d *doc) Rights() string {
	name, ok := strings.CutPrefix(d.Licence, "CC ")
	if !ok {
		return ""
	}
	name, version, ok := strings.Cut(name, " ")
	if !ok {
		version = "4.0"
	}
	return "https://creativecommons.org/licenses/" + strings.ToLower(name) + "/" + version + "/"
}

// Href is the document's path with a visitor's session in it, as the parents' site links.
func (d *doc) Href(session string) string { return d.Path + "&PHPSESSID=" + session }
