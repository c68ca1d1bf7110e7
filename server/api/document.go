package api

import (
	"cmp"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/server/answer"
)

// Document is all that is known about one document and may be handed on, each derived value with its reason. Values that
// are not known are null.
type Document struct {
	ID         string   `json:"id"`
	URL        string   `json:"url"`
	AltURLs    []string `json:"alt_urls"`
	Title      string   `json:"title"`
	Authors    []string `json:"authors"`
	AuthorsWhy *Origin  `json:"authors_reason"` // where the authors were read
	// AuthorsMore says that the source leaves out others ("med flere"): references say "m.fl." or "et al.".
	AuthorsMore bool     `json:"authors_more"`
	Publisher   *Derived `json:"publisher"` // the source itself by the rule publisher-source, where the work names nobody
	Journal     *Journal `json:"journal"`
	Source      string   `json:"source"`
	SourceName  string   `json:"source_name"`
	Sector      *string  `json:"sector"`
	// Abstract is as much of it as licence and source let be shown; AbstractWhole says that this is all of it.
	Abstract      *string    `json:"abstract"`
	AbstractWhole bool       `json:"abstract_whole"`
	Published     *Date      `json:"published"`
	Updated       *Date      `json:"updated"`
	Decided       *Date      `json:"decided"`
	Deadline      *Date      `json:"deadline"`
	Type          Derived    `json:"type"`
	Topics        []DocTopic `json:"topics"`
	Themes        []DocTopic `json:"themes"`     // of the pedagogical curriculum: a second scheme beside topics
	Programmes    []DocTopic `json:"programmes"` // that the document speaks of; slugs of /indsats
	Age           *Age       `json:"age"`
	Audience      *Derived   `json:"audience"`
	Place         *Derived   `json:"place"`
	Lang          *Derived   `json:"lang"`
	Licence       *Derived   `json:"licence"`
	Access        *Derived   `json:"access"`
	Edition       *Derived   `json:"edition"`
	Grade         *Derived   `json:"grade"` // the source's own verdict on the quality of the work, in its words
	Format        *string    `json:"format"`
	Pages         *int       `json:"pages"`
	Bytes         *int64     `json:"bytes"`
	DOI           *string    `json:"doi"`
	ISBN          *string    `json:"isbn"`
	ISSN          *string    `json:"issn"`
	Keywords      []string   `json:"keywords"`
	DOIWhy        *Origin    `json:"doi_reason"` // where the number was read
	ISBNWhy       *Origin    `json:"isbn_reason"`
	ISSNWhy       *Origin    `json:"issn_reason"`
	KeywordsWhy   *Origin    `json:"keywords_reason"`
	Group         *string    `json:"group"` // of editions, copies or translations
	Related       []Related  `json:"related"`
	MoreOf        int        `json:"more_of"` // other editions or copies that stand behind this one
	Notice        *string    `json:"notice"`
	Reserved      bool       `json:"tdm_reserved"` // left out of exports: the source reserves it from mining
	FirstSeen     *string    `json:"first_seen"`   // RFC 3339
	LastChecked   *string    `json:"last_checked"`
	LastStatus    *int       `json:"last_status"` // HTTP status of the last visit
	Citation      string     `json:"citation"`    // APA, as plain text
}

// Origin says by which rule a value was found, and in which words of the source.
type Origin struct {
	Rule  string `json:"rule"`
	Quote string `json:"quote"`
}

// Derived is a value that was worked out.
type Derived struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Reason Origin `json:"reason"`
}

// Journal is where in a journal the document stands, each number as the source writes it.
type Journal struct {
	Title     string  `json:"title"`
	Volume    *string `json:"volume"`
	Issue     *string `json:"issue"`
	FirstPage *string `json:"first_page"`
	LastPage  *string `json:"last_page"`
	Reason    Origin  `json:"reason"`
}

// Date is as much of a date as is known: yyyy, yyyy-mm or yyyy-mm-dd.
type Date struct {
	Value  string `json:"value"`
	Reason Origin `json:"reason"`
}

// DocTopic is a topic, a theme or a programme of a document.
type DocTopic struct {
	Slug   string  `json:"slug"`
	Label  string  `json:"label"`
	Weight float64 `json:"weight"` // in (0, 1]
	Reason Origin  `json:"reason"`
}

// Age is a span in months, both ends included; -9 is the start of pregnancy.
type Age struct {
	From    int      `json:"from_months"`
	To      int      `json:"to_months"`
	Certain bool     `json:"certain"`
	Buckets []string `json:"buckets"` // values of the facet alder
	Reason  Origin   `json:"reason"`
}

// Related is another document of the collection.
type Related struct {
	Kind   string  `json:"kind"`
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Lang   *string `json:"lang"` // of the title, a slug of sprog
	Reason Origin  `json:"reason"`
}

// NewDocument makes the record of a document. Names gives the labels of topics and may be nil.
func NewDocument(d index.Document, names *answer.Names, citation string) Document {
	out := Document{
		ID: d.ID, URL: d.URL, AltURLs: list(d.AltURLs), Title: d.Title, Authors: list(d.Authors), AuthorsWhy: origin(d.AuthorsWhy), AuthorsMore: d.AuthorsMore && len(d.Authors) > 0,
		Source: d.Source, SourceName: d.SourceName, Sector: known(d.Sector),
		Publisher: derived("", d.Publisher), Journal: journal(d.Journal),
		Published: date(d.Published), Updated: date(d.Updated), Decided: date(d.Decided), Deadline: date(d.Deadline),
		Audience: derived("", d.Audience), Place: derived("", d.Place), Lang: derived(index.FacetLang, d.Lang),
		Licence: derived("", d.Licence), Access: derived("", d.Access), Edition: derived("", d.Edition), Grade: derived("", d.Grade),
		Format: known(d.Format), Pages: positive(d.Pages), Bytes: positive(d.Bytes),
		DOI: known(d.DOI), ISBN: known(d.ISBN), ISSN: known(d.ISSN), Keywords: list(d.Keywords),
		DOIWhy: origin(d.DOIWhy), ISBNWhy: origin(d.ISBNWhy), ISSNWhy: origin(d.ISSNWhy), KeywordsWhy: origin(d.KeywordsWhy),
		Group: known(d.Group), MoreOf: d.MoreOf, Notice: known(d.Notice), Reserved: d.TDMReserved,
		FirstSeen: moment(d.FirstSeen), LastChecked: moment(d.LastChecked), LastStatus: positive(d.LastStatus),
		Topics: subjects(names, index.FacetTopic, d.Topics), Themes: subjects(names, answer.Themes, d.Themes),
		Programmes: subjects(names, answer.Programmes, d.Programmes), Related: []Related{}, Citation: citation,
	}
	text, whole := answer.Resume(d)
	out.Abstract, out.AbstractWhole = known(text), whole
	if d.Type.Value == "" {
		d.Type.Value = "ukendt"
	}
	out.Type = *derived(index.FacetType, d.Type)
	if d.Age.Known {
		out.Age = &Age{From: d.Age.From, To: d.Age.To, Certain: d.Age.Certain, Buckets: list(d.Age.Buckets()), Reason: Origin(d.Age.Reason)}
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, Related{Kind: r.Kind, ID: r.ID, Title: r.Title, Lang: known(r.Lang), Reason: Origin(r.Reason)})
	}
	return out
}

// subjects are the topics of one scheme with the labels that it has for them.
func subjects(names *answer.Names, scheme string, all []index.Topic) []DocTopic {
	out := []DocTopic{}
	for _, t := range all {
		out = append(out, DocTopic{Slug: t.Slug, Label: cmp.Or(names.Label(scheme, t.Slug), t.Slug), Weight: t.Weight, Reason: Origin(t.Reason)})
	}
	return out
}

func list(values []string) []string { return append([]string{}, values...) }

func journal(j index.Journal) *Journal {
	if j.Title == "" {
		return nil
	}
	return &Journal{
		Title: j.Title, Volume: known(j.Volume), Issue: known(j.Issue), FirstPage: known(j.First), LastPage: known(j.Last), Reason: Origin(j.Reason),
	}
}

func origin(why index.Reason) *Origin {
	if why == (index.Reason{}) {
		return nil
	}
	o := Origin(why)
	return &o
}

func positive[N int | int64](n N) *N {
	if n <= 0 {
		return nil
	}
	return &n
}

func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return known(t.UTC().Format(time.RFC3339))
}

func date(d index.Date) *Date {
	value := dated(d)
	if value == nil {
		return nil
	}
	return &Date{Value: *value, Reason: Origin(d.Reason)}
}

func derived(facet string, d index.Derived) *Derived {
	if d.Value == "" {
		return nil
	}
	return &Derived{Value: d.Value, Label: index.Label(facet, d.Value), Reason: Origin(d.Reason)}
}
