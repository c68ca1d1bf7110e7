// Package feed writes lists of documents for feed readers, as Atom and as RSS.
package feed

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Feed is a list of documents with what is said about the list.
type Feed struct {
	Tongue tongue.Tongue // of the words around the documents; empty means Danish
	Title  string
	Self   string // absolute address of the feed
	Page   string // absolute address of the page with the same documents
	Base   string // scheme and host of ours, without a slash at its end
	Now    time.Time
	Docs   []index.Document
	// Changed is when documents last changed at their sources, by id.
	Changed map[string]time.Time
}

// Summary bounds, in characters.
const longestSummary = 240

const name = "Småbørnsviden"

type atom struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr"`
	Title     string      `xml:"title"`
	ID        string      `xml:"id"`
	Updated   string      `xml:"updated"`
	Author    atomAuthor  `xml:"author"`
	Generator string      `xml:"generator"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title      text           `xml:"title"`
	ID         string         `xml:"id"`
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated"`
	Authors    []atomAuthor   `xml:"author,omitempty"`
	Categories []atomCategory `xml:"category"`
	Links      []atomLink     `xml:"link"`
	Summary    *text          `xml:"summary"`
	Rights     string         `xml:"rights,omitempty"`
}

// text is in the language of a document, which may be another one than that of the words around it.
type text struct {
	Lang  string `xml:"xml:lang,attr,omitempty"`
	Value string `xml:",chardata"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// Atom writes the feed as Atom (RFC 4287).
func Atom(w io.Writer, f Feed) error {
	out := atom{
		Lang: f.lang(), Title: clean(f.Title), ID: f.Self, Author: atomAuthor{name}, Generator: name, Updated: f.updated().Format(time.RFC3339),
		Links: []atomLink{{"self", "application/atom+xml", f.Self}, {"alternate", "text/html", f.Page}},
	}
	for _, d := range f.Docs {
		out.Entries = append(out.Entries, f.entry(d))
	}
	return write(w, out)
}

func (f Feed) entry(d index.Document) atomEntry {
	e := atomEntry{
		Title: f.title(d), ID: id(d), Updated: f.moment(d).Format(time.RFC3339), Summary: f.summary(d), Rights: clean(d.Licence.Value),
		Links: []atomLink{{"alternate", "text/html", f.about(d)}},
	}
	if web(d.URL) {
		e.Links = append(e.Links, atomLink{"via", "", clean(d.URL)})
	}
	if at := published(d); !at.IsZero() {
		e.Published = at.UTC().Format(time.RFC3339)
	}
	for _, a := range d.Authors {
		e.Authors = append(e.Authors, atomAuthor{clean(a)})
	}
	if len(e.Authors) == 0 {
		e.Authors = []atomAuthor{{clean(d.SourceName)}}
	}
	if d.Type.Value != "" {
		e.Categories = append(e.Categories, atomCategory{d.Type.Value, f.Tongue.Say(index.Label(index.FacetType, d.Type.Value))})
	}
	e.Categories = append(e.Categories, atomCategory{d.Source, clean(d.SourceName)})
	return e
}

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Build       string    `xml:"lastBuildDate"`
	Self        atomLink  `xml:"atom:link"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       text     `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Description *text    `xml:"description"`
	Categories  []string `xml:"category"`
}

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// RSS writes the feed as RSS 2.0. Its items have one date only, by which readers' programs tell what is new: that of the last
// change, as Atom's updated.
func RSS(w io.Writer, f Feed) error {
	c := rssChannel{
		Title: clean(f.Title), Link: f.Page, Description: clean(f.Title), Language: f.lang(), Build: f.updated().Format(time.RFC1123Z),
		Self: atomLink{"self", "application/rss+xml", f.Self},
	}
	for _, d := range f.Docs {
		item := rssItem{Title: f.title(d), Link: f.about(d), GUID: rssGUID{Value: id(d)}, Published: f.moment(d).Format(time.RFC1123Z), Description: f.summary(d)}
		if d.Type.Value != "" {
			item.Categories = append(item.Categories, f.Tongue.Say(index.Label(index.FacetType, d.Type.Value)))
		}
		item.Categories = append(item.Categories, clean(d.SourceName))
		c.Items = append(c.Items, item)
	}
	return write(w, rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: c})
}

func write(w io.Writer, value any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(value); err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	return nil
}

func (f Feed) about(d index.Document) string { return f.Base + f.Tongue.Path("/dokument/"+d.ID) }

func (f Feed) lang() string {
	if f.Tongue == "" {
		return string(tongue.Danish)
	}
	return string(f.Tongue)
}

// id stays the same when a document moves, and when this site does.
func id(d index.Document) string { return "urn:smaabornsviden:" + d.ID }

// moment is when a document last changed or, before that, was first seen here; readers' programs sort by it.
func (f Feed) moment(d index.Document) time.Time {
	at := answer.Moment(d, f.Changed[d.ID])
	switch {
	case !at.IsZero():
		return at.UTC()
	case !d.ShownDate().IsZero():
		return d.ShownDate().Time
	}
	return f.Now.UTC()
}

// published is when a work came out or, where that is not known, when it was first seen here: never when it was edited.
func published(d index.Document) time.Time {
	for _, date := range []index.Date{d.Published, d.Decided} {
		if !date.IsZero() {
			return date.Time
		}
	}
	return d.FirstSeen
}

// updated is the newest moment among the documents, so that the feed stays the same while they do.
func (f Feed) updated() time.Time {
	var newest time.Time
	for _, d := range f.Docs {
		if at := f.moment(d); at.After(newest) {
			newest = at
		}
	}
	if newest.IsZero() {
		return f.Now.UTC()
	}
	return newest
}

func (f Feed) title(d index.Document) text {
	if t := clean(d.Title); t != "" {
		return text{f.foreign(d), t}
	}
	return text{"", f.Tongue.Say("Uden titel")}
}

// foreign is the language of a document that is not that of the feed. One that is not known is taken for Danish, as on
// the pages.
func (f Feed) foreign(d index.Document) string {
	lang := d.Lang.Value
	if lang == "" || lang == "und" {
		lang = string(tongue.Danish)
	}
	if lang == f.lang() {
		return ""
	}
	return lang
}

// summary is as much of the abstract as may be shown, cut to the length of a snippet; nil for none.
func (f Feed) summary(d index.Document) *text {
	resume, _ := answer.Resume(d)
	if resume = clean(resume); resume == "" {
		return nil
	}
	if utf8.RuneCountInString(resume) > longestSummary {
		resume = string([]rune(resume)[:longestSummary-1]) + "…"
	}
	return &text{f.foreign(d), resume}
}

func web(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// clean makes one line of text; what XML cannot hold is replaced by its encoder.
func clean(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
}
