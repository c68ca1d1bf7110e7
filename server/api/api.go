// Package api writes answers and problems as the JSON of /api/v1.
package api

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/tongue"
)

// Path is where searches are answered.
const Path = "/api/v1/search"

// Result is the answer to a search. A page beyond the last one has no hits but the true total.
type Result struct {
	Total      int                `json:"total"`
	Reserved   *int               `json:"reserved"` // hits that stay out of exports; null where there are too many hits to count
	Hits       []Hit              `json:"hits"`
	Facets     map[string][]Value `json:"facets"`
	Pinned     *Pinned            `json:"pinned"` // by editors, above the hits and not among them; null for nothing
	Understood query.Understood   `json:"understood"`
	Loosened   bool               `json:"loosened"` // a hit need not have every word of q, see Hit.Missing
	Page       int                `json:"page"`
	Size       int                `json:"size"`
	Pages      int                `json:"pages"`
	// NextCursor goes on after these hits, however many there are; null after the last one.
	NextCursor *string `json:"next_cursor"`
	Generation string  `json:"generation"`
	Seq        uint64  `json:"seq"`
}

// Pinned is what editors lift above the hits of a search.
type Pinned struct {
	Note      *string `json:"note"`
	Why       *string `json:"why"` // these documents
	Documents []Named `json:"documents"`
}

// Named is a document by id and title.
type Named struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	Title string `json:"title"`
}

func pinned(p *answer.Pinned) *Pinned {
	if p == nil {
		return nil
	}
	out := &Pinned{Note: known(p.Note), Why: known(p.Why), Documents: []Named{}}
	for _, d := range p.Docs {
		out.Documents = append(out.Documents, Named{ID: d.ID, URL: d.URL, Title: d.Title})
	}
	return out
}

// Hit is one document found. Values that are not known are null.
type Hit struct {
	ID         string   `json:"id"`
	URL        string   `json:"url"`
	Title      string   `json:"title"`
	Source     string   `json:"source"`
	SourceName string   `json:"source_name"`
	Sector     *string  `json:"sector"`
	Type       string   `json:"type"`
	Published  *string  `json:"published"` // yyyy, yyyy-mm or yyyy-mm-dd: as much as is known
	Updated    *string  `json:"updated"`
	Decided    *string  `json:"decided"`
	Deadline   *string  `json:"deadline"`
	Lang       *string  `json:"lang"`
	Authors    []string `json:"authors"`
	// AuthorsMore says that the source leaves out others ("med flere").
	AuthorsMore bool     `json:"authors_more"`
	Format      *string  `json:"format"`
	Access      *string  `json:"access"`
	DOI         *string  `json:"doi"`
	Score       float64  `json:"score"`
	Why         []Reason `json:"why"`     // its shares add up to score; empty without q
	Snippet     string   `json:"snippet"` // plain text; empty where the source allows none
	// SnippetHTML is the same passage escaped for HTML, with <mark> around what was searched for.
	SnippetHTML string `json:"snippet_html"`
	SnippetPage *int   `json:"snippet_page"` // page of a PDF
	// Missing are the words of q that the document does not have.
	Missing []string `json:"missing"`
}

// Reason is a share in the score of a hit.
type Reason struct {
	Word    string  `json:"word"`  // of q; empty for what only orders the hits
	Match   string  `json:"match"` // what was found for it
	Kind    string  `json:"kind"`
	InTitle bool    `json:"in_title"`
	Score   float64 `json:"score"`
	Text    string  `json:"text"` // in Danish
}

// Value is a value of a facet and how many hits have it, the filter on the same facet left out.
type Value struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// NewResult makes the result of an answer.
func NewResult(ans answer.Answer) Result {
	r := Result{
		Total:      ans.Total,
		Reserved:   ans.Reserved,
		Hits:       make([]Hit, 0, len(ans.Hits)),
		Facets:     make(map[string][]Value, len(ans.Facets)),
		Understood: ans.Understood,
		Loosened:   ans.Loosened,
		Page:       ans.Question.Page,
		Size:       ans.Question.Size,
		Pages:      ans.Pages,
		Generation: ans.Generation,
		Seq:        ans.Seq,
	}
	r.Pinned = pinned(ans.Pinned)
	if ans.Next != nil {
		r.NextCursor = known(ans.Next.String())
	}
	if r.Understood.Words == nil {
		r.Understood.Words = []query.Word{}
	}
	for _, h := range ans.Hits {
		r.Hits = append(r.Hits, newHit(h))
	}
	for _, f := range ans.Facets {
		r.Facets[f.Name] = values(f)
	}
	return r
}

func values(f answer.Facet) []Value {
	out := make([]Value, 0, len(f.Values))
	for _, v := range f.Values {
		out = append(out, Value{Value: v.Value, Label: v.Label, Count: v.Count})
	}
	return out
}

// Facets writes facets by name.
func Facets(facets []answer.Facet) map[string][]Value {
	out := make(map[string][]Value, len(facets))
	for _, f := range facets {
		out[f.Name] = values(f)
	}
	return out
}

func newHit(h answer.Hit) Hit {
	d := h.Doc
	hit := Hit{
		ID: d.ID, URL: d.URL, Title: d.Title, Source: d.Source, SourceName: d.SourceName,
		Sector:      known(d.Sector),
		Type:        d.Type.Value,
		Published:   dated(d.Published),
		Updated:     dated(d.Updated),
		Decided:     dated(d.Decided),
		Deadline:    dated(d.Deadline),
		Lang:        known(d.Lang.Value),
		Authors:     d.Authors,
		AuthorsMore: d.AuthorsMore && len(d.Authors) > 0,
		Format:      known(d.Format),
		Access:      known(d.Access.Value),
		DOI:         known(d.DOI),
		Score:       h.Score,
	}
	if hit.Type == "" {
		hit.Type = "ukendt"
	}
	hit.Why = reasons(h.Why)
	hit.Missing = append([]string{}, h.Missing...)
	if hit.Authors == nil {
		hit.Authors = []string{}
	}
	hit.Snippet, hit.SnippetHTML = snippets(h)
	if h.PDFPage > 0 {
		hit.SnippetPage = &h.PDFPage
	}
	return hit
}

func reasons(why []answer.Reason) []Reason {
	out := make([]Reason, 0, len(why))
	for _, r := range why {
		match := r.Match
		if len(r.Found) > 0 {
			match = strings.Join(r.Found, ", ") // as it stands in the document
		}
		out = append(out, Reason{Word: r.Word, Match: match, Kind: string(r.Kind), InTitle: r.Title, Score: r.Score, Text: r.Words(tongue.Danish)})
	}
	return out
}

func snippets(h answer.Hit) (plain, html string) {
	before, after := "", ""
	if h.Before {
		before = "… "
	}
	if h.After {
		after = " …"
	}
	return before + answer.Plain(h.Snippet) + after, before + answer.HTML(h.Snippet) + after
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func dated(d index.Date) *string {
	switch {
	case d.IsZero():
		return nil
	case d.Precision == index.Year:
		return known(d.Time.Format("2006"))
	case d.Precision == index.Month:
		return known(d.Time.Format("2006-01"))
	}
	return known(d.Time.Format("2006-01-02"))
}

// Known is nil for an empty text.
func Known(s string) *string { return known(s) }

// Moment writes a time after RFC 3339; nil for the zero time.
func Moment(t time.Time) *string { return moment(t) }

// Links are the values of the Link header of an answer (RFC 8288): where to go from here, and what describes the API.
// Beyond the pages that can be opened by number, next leads on by cursor.
func Links(ans answer.Answer) []string {
	q := ans.Question
	link := func(q answer.Question, rel string) string {
		return "<" + Path + "?" + q.Values(answer.APIParams).Encode() + ">; rel=\"" + rel + "\""
	}
	out := []string{"<" + SpecPath + ">; rel=\"service-desc\"; type=\"application/json\""}
	next := q
	next.Page, next.After = 1, ans.Next
	if q.After == nil {
		if q.Page > 1 && ans.Pages > 0 {
			out = append(out, link(q.OnPage(1), "first"), link(q.OnPage(min(q.Page-1, ans.Pages)), "prev"))
		}
		if q.Page < ans.Pages {
			return append(out, link(q.OnPage(q.Page+1), "next"), link(q.OnPage(ans.Pages), "last"))
		}
	}
	if ans.Next != nil {
		out = append(out, link(next, "next"))
	}
	return out
}

// SpecPath is where the API describes itself.
const SpecPath = "/api/v1/openapi.json"

// Write writes a value as indented JSON: readers open it in browsers, and compression takes the spaces away
// again. <mark> stays readable, since JSON is never served as HTML (see nosniff).
func Write(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// Owns reports whether a path belongs to programs, who get problems instead of pages.
func Owns(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == "/api" || path == "/healthz" || path == "/version"
}
