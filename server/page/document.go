package page

import (
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
	"smaabornsviden/server/cite"
)

// Document is the page about one document.
type Document struct {
	Doc      index.Document
	Names    *answer.Names
	Citation string // APA, as text
}

type documentView struct {
	frame
	Card     card
	Schema   string // type of schema.org
	Resume   string
	Cut      bool // the resume is not all of it
	Facts    []fact
	Related  []relatedView
	Topics   []linkView
	Citation string
	Formats  []linkView
	Checked  string
}

type fact struct {
	Label string
	Text  sentence
	Why   string
}

type relatedView struct {
	Heading string
	Links   []linkView
}

// documentPath is where a document has its page.
func documentPath(id string) string { return "/dokument/" + url.PathEscape(id) }

func topicPath(slug string) string { return "/emne/" + url.PathEscape(slug) }

func sourcePath(id string) string { return "/kilde/" + url.PathEscape(id) }

// Document writes the page about a document. It shows no more of the text than licence and source allow.
func (p *Pages) Document(w io.Writer, in Document) error {
	d := in.Doc
	h := answer.Hit{Doc: d, Title: []answer.Piece{{Text: strings.Join(strings.Fields(d.Title), " ")}}}
	if h.Title[0].Text == "" {
		h.Title = nil
	}
	v := documentView{Card: p.card(h), Citation: in.Citation, Schema: schemaType(d)}
	title := answer.Plain(v.Card.Title)
	v.frame = p.frame(title + " – Småbørnsviden")
	v.Canonical = documentPath(d.ID)
	v.JSON = "/api/v1/documents/" + url.PathEscape(d.ID)
	v.Meta = cite.Highwire(d)
	v.NoIndex = d.NoArchive || d.TDMReserved
	var whole bool
	v.Resume, whole = answer.Resume(d)
	v.Cut = !whole
	if d.SnippetMax >= 0 {
		v.Description, _ = cutAt(v.Resume, 160)
	}
	v.Facts = facts(d, in.Names)
	v.Related = related(d)
	for _, f := range cite.Formats() {
		if f.Name != "csv" && f.Name != "jsonl" {
			v.Formats = append(v.Formats, linkView{Text: "Hent " + f.Label, Href: documentPath(d.ID) + "/" + f.Name})
		}
	}
	if !d.LastChecked.IsZero() {
		v.Checked = day(d.LastChecked)
	}
	return p.write(w, "document", v)
}

func cutAt(text string, most int) (cut string, whole bool) {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…", false
	}
	return text, true
}

// schemaType is what schema.org calls a document.
func schemaType(d index.Document) string {
	switch d.Type.Value {
	case "forskning":
		return "https://schema.org/ScholarlyArticle"
	case "nyhed":
		return "https://schema.org/NewsArticle"
	case "debat":
		return "https://schema.org/OpinionNewsArticle"
	}
	return "https://schema.org/CreativeWork"
}

// facts lists what is known, each with where it was found.
func facts(d index.Document, names *answer.Names) []fact {
	var out []fact
	add := func(label, text string, why index.Reason) {
		if text != "" {
			out = append(out, fact{Label: label, Text: say(text), Why: whyWords(why)})
		}
	}
	date := func(label string, date index.Date) {
		if !date.IsZero() {
			words, _ := dateWords(date)
			add(label, words, date.Reason)
		}
	}
	add("Type", typeLabel(d), d.Type.Reason)
	out = append(out, fact{Label: "Kilde", Text: say(link(sourceName(d), sourcePath(d.Source)))})
	date("Udgivet", d.Published)
	date("Opdateret", d.Updated)
	date("Vedtaget", d.Decided)
	if d.ShownDate().IsZero() {
		add("Dato", "Ukendt", index.Reason{})
	}
	date("Frist", d.Deadline)
	add("Alder", ageWords(d.Age), d.Age.Reason)
	for _, t := range d.Topics {
		label := names.Label(index.FacetTopic, t.Slug)
		if label == "" {
			label = t.Slug
		}
		out = append(out, fact{Label: "Emne", Text: say(link(label, topicPath(t.Slug))), Why: whyWords(t.Reason)})
	}
	for _, t := range d.Programmes {
		if name := names.Label(answer.Programmes, t.Slug); name != "" {
			out = append(out, fact{Label: "Indsats", Text: say(link(name, programmePath(t.Slug))), Why: whyWords(t.Reason)})
		}
	}
	add("Målgruppe", d.Audience.Value, d.Audience.Reason)
	add("Sted", d.Place.Value, d.Place.Reason)
	if d.Lang.Value != "" {
		add("Sprog", index.Label(index.FacetLang, d.Lang.Value), d.Lang.Reason)
	}
	add("Udgave", d.Edition.Value, d.Edition.Reason)
	add("Licens", d.Licence.Value, d.Licence.Reason)
	if d.Access.Value != "" {
		add("Adgang", accessWords(d.Access.Value), d.Access.Reason)
	}
	add("Format", formatWords(d), index.Reason{})
	add("DOI", d.DOI, index.Reason{})
	add("ISBN", d.ISBN, index.Reason{})
	add("ISSN", d.ISSN, index.Reason{})
	add("Nøgleord", strings.Join(d.Keywords, ", "), index.Reason{})
	add("Bemærk", d.Notice, index.Reason{})
	return out
}

func sourceName(d index.Document) string {
	if d.SourceName != "" {
		return d.SourceName
	}
	return d.Source
}

func accessWords(access string) string {
	switch access {
	case "fri":
		return "Fri adgang"
	case "abonnement":
		return "Kræver abonnement"
	}
	return access
}

// whyWords says where a value was found: the words of the source say it best, else the rule.
func whyWords(r index.Reason) string {
	switch {
	case r.Quote != "":
		return "fundet i »" + r.Quote + "«"
	case r.Rule != "":
		return "fundet ved: " + r.Rule
	}
	return ""
}

// related groups the related documents by what they are to this one.
func related(d index.Document) []relatedView {
	var out []relatedView
	for _, r := range d.Related {
		heading := relationWords(r.Kind, d.Type.Value)
		i := slices.IndexFunc(out, func(v relatedView) bool { return v.Heading == heading })
		if i < 0 {
			i = len(out)
			out = append(out, relatedView{Heading: heading})
		}
		title := strings.Join(strings.Fields(r.Title), " ")
		if title == "" {
			title = "Uden titel"
		}
		out[i].Links = append(out[i].Links, linkView{Text: title, Href: documentPath(r.ID)})
	}
	return out
}

func relationWords(kind, docType string) string {
	switch kind {
	case "udgave":
		return "Andre udgaver"
	case "oversaettelse":
		return "Findes også på andre sprog"
	case "kopi":
		return "Samme tekst andre steder"
	case "samme-indsats":
		return "Om den samme indsats"
	case "omtale":
		if docType == "forskning" {
			return "Omtalt i praksis"
		}
		return "Forskningen bag"
	}
	return "Hænger sammen med"
}

// dayAndTime writes a moment as 21. november 2026 kl. 03.10.
func dayAndTime(t time.Time) string { return day(t) + " kl. " + t.Format("15.04") }
