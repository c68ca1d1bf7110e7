// Package index holds the nouns of the search engine (Document, Plan, Hit, Facet) and the contract
// that every engine keeps; it knows no engine, no crawler and no server.
package index

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// Document is one work as a reader may find it: what it says, where it lies, what it is, and for
// every derived value the reason. Fields that a stage does not know stay at their zero value, which
// always means "not known", never "none".
type Document struct {
	ID     string `json:"id"`     // see NewID; kept when the document moves
	Source string `json:"source"` // the partner's id in the register
	// SourceName and Sector are copied from the register, so that an engine can facet and a card can
	// show them without knowing the register.
	SourceName string   `json:"source_name,omitempty"`
	Sector     string   `json:"sector,omitempty"`
	URL        string   `json:"url"`                // canonical URL
	AltURLs    []string `json:"alt_urls,omitempty"` // other addresses of the same document

	Title      string   `json:"title"`
	Kicker     string   `json:"kicker,omitempty"` // the word above the title: DEBAT, Nyhed
	Authors    []string `json:"authors,omitempty"`
	AuthorsWhy Reason   `json:"authors_why,omitzero"` // where the authors were read
	// AuthorsMore: the source says that there are others than those, "med flere".
	AuthorsMore bool `json:"authors_more,omitempty"`
	// SectorWhy is the correction by which the document has another sector than its source.
	SectorWhy Reason `json:"sector_why,omitzero"`
	// Publisher brought the work out, by the source's own words or, where it says nothing, the source itself.
	Publisher Derived `json:"publisher,omitzero"`
	Journal   Journal `json:"journal,omitzero"`
	Abstract  string  `json:"abstract,omitempty"`
	Body      string  `json:"body,omitempty"` // plain text, paragraphs parted by "\n"; for indexing and snippets
	// PageOffsets are the byte offsets in Body at which the pages of a PDF begin.
	PageOffsets []int `json:"page_offsets,omitempty"`

	Published Date `json:"published,omitzero"`
	Updated   Date `json:"updated,omitzero"`
	Decided   Date `json:"decided,omitzero"`
	Deadline  Date `json:"deadline,omitzero"`
	// NoDate tells by which correction the document has no date that it is listed by.
	NoDate Reason `json:"no_date,omitzero"`

	Type   Derived `json:"type,omitzero"` // a slug of Types
	Topics []Topic `json:"topics,omitempty"`
	Themes []Topic `json:"themes,omitempty"` // of the pedagogical curriculum: a second scheme
	Age    AgeSpan `json:"age,omitzero"`
	// Audience is one group or two, Place the one to five municipalities that the document is about, parted by commas: "Vejen, Varde".
	Audience Derived  `json:"audience,omitzero"`
	Place    Derived  `json:"place,omitzero"`
	Lang     Derived  `json:"lang,omitzero"`    // a slug of Languages, from the body
	Licence  Derived  `json:"licence,omitzero"` // as the source writes it
	Access   Derived  `json:"access,omitzero"`  // "fri" or "abonnement"
	Edition  Derived  `json:"edition,omitzero"` // "3. udgave"
	Grade    Derived  `json:"grade,omitzero"`   // the source's own verdict on the work's quality, in its words; never ours
	Format   string   `json:"format,omitempty"` // html, pdf, docx, oai
	Pages    int      `json:"pages,omitempty"`  // pages of a PDF
	Bytes    int64    `json:"bytes,omitempty"`  // size of the file behind Format
	DOI      string   `json:"doi,omitempty"`    // without resolver prefix
	ISBN     string   `json:"isbn,omitempty"`   // digits and X only
	ISSN     string   `json:"issn,omitempty"`   // NNNN-NNNN
	Keywords []string `json:"keywords,omitempty"`
	// Where the numbers and the keywords were read.
	DOIWhy      Reason `json:"doi_why,omitzero"`
	ISBNWhy     Reason `json:"isbn_why,omitzero"`
	ISSNWhy     Reason `json:"issn_why,omitzero"`
	KeywordsWhy Reason `json:"keywords_why,omitzero"`

	// Programmes are the records of index/programmes that the document speaks of.
	Programmes []Topic  `json:"programmes,omitempty"`
	Refs       []string `json:"refs,omitempty"`  // what the text links to: addresses, and DOIs as "doi:10.…"
	Twins      []string `json:"twins,omitempty"` // addresses that the page names as itself in another language

	Group   string     `json:"group,omitempty"` // id of the group of editions, copies or translations
	Face    bool       `json:"face,omitempty"`  // stands for its merged group in results
	Merged  bool       `json:"merged,omitempty"`
	Related []Relation `json:"related,omitempty"`
	MoreOf  int        `json:"more_of,omitempty"` // other members merged behind this face
	Pinned  Pin        `json:"pinned,omitzero"`   // what an operator says of the group

	// Replaced is what extraction had found where an operator's correction stands now.
	Replaced Replaced `json:"replaced,omitzero"`

	// SnippetMax is the longest snippet the source allows in characters: 0 means no limit was named,
	// -1 that no snippet may be shown (nosnippet, max-snippet:0).
	SnippetMax   int    `json:"snippet_max,omitempty"`
	NoArchive    bool   `json:"noarchive,omitempty"`
	TDMReserved  bool   `json:"tdm_reserved,omitempty"`
	MetadataOnly bool   `json:"metadata_only,omitempty"` // policy "metadata": no body is kept
	Notice       string `json:"notice,omitempty"`        // "Teksten i filen kan ikke søges"

	FirstSeen   time.Time `json:"first_seen,omitzero"`
	LastChecked time.Time `json:"last_checked,omitzero"`
	LastStatus  int       `json:"last_status,omitempty"` // HTTP status of the last visit

	// PageMark and ReadMark tell apart who changed a document: PageMark is another one after the source has served another page
	// and that made a new version, ReadMark after the program, by reading or describing it in another way, has.
	PageMark string `json:"page_mark,omitempty"`
	ReadMark string `json:"read_mark,omitempty"`
}

// Reason says why a derived value is what it is: the rule that fired and the words it fired on.
type Reason struct {
	Rule  string `json:"rule,omitempty"`
	Quote string `json:"quote,omitempty"`
}

// Derived is a value that was worked out, with its reason.
type Derived struct {
	Value string `json:"value,omitempty"`
	Reason
}

// Journal is where in a journal, or in another series of issues, a work stands. Numbers are kept as the source writes them,
// since volumes may be Roman and pages may be e12 or S4.
type Journal struct {
	Title  string `json:"title,omitempty"`
	Volume string `json:"volume,omitempty"`
	Issue  string `json:"issue,omitempty"`
	First  string `json:"first_page,omitempty"`
	Last   string `json:"last_page,omitempty"`
	Reason
}

// SourcePublisher is the rule of a Publisher that is the source itself, because the work names nobody. Any other beats it.
const SourcePublisher = "publisher-source"

// IsZero reports whether no journal is known.
func (j Journal) IsZero() bool { return j == Journal{} }

// IsZero reports whether nothing was derived.
func (d Derived) IsZero() bool { return d.Value == "" && d.Rule == "" }

// Topic puts a document under a topic of the vocabulary; Weight lies in (0, 1].
type Topic struct {
	Slug   string  `json:"slug"`
	Weight float64 `json:"weight"`
	Reason
}

// AgeSpan is the age of the children a document is about, in months, both ends inclusive;
// -9 is the start of pregnancy. The zero value means that no age is given.
type AgeSpan struct {
	From    int  `json:"from"`
	To      int  `json:"to"`
	Known   bool `json:"known"`
	Certain bool `json:"certain"`
	Reason
}

// Relation links a document to another one of the corpus.
type Relation struct {
	Kind  string `json:"kind"` // udgave, oversaettelse, kopi, fil, side (of this file), omtale, forskning (the research behind this), samme-indsats
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	Lang  string `json:"lang,omitempty"` // of Title, a slug of Languages; empty where it is not known
	Reason
}

// Precision says how much of a date is known.
type Precision string

// The precisions of a Date.
const (
	Day   Precision = "day"
	Month Precision = "month"
	Year  Precision = "year"
)

// Date is a calendar date with its precision and where it was read. The zero value is "Dato ukendt".
type Date struct {
	Time      time.Time `json:"time,omitzero"` // midnight UTC of the first day it may mean
	Precision Precision `json:"precision,omitempty"`
	Reason
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Words is what the document can be found by beside its title: its body, and behind it the authors whom the body does not name,
// since bylines are no part of it. Offsets in Body hold in it too.
func (d *Document) Words() string {
	words := d.Body
	for _, name := range d.Authors {
		if !strings.Contains(d.Body, name) {
			words += "\n" + name + "."
		}
	}
	return words
}

// ShownDate is the date by which a document is listed, sorted and filtered: published, else updated,
// else decided. A crawl date never stands in for it.
func (d *Document) ShownDate() Date {
	for _, date := range []Date{d.Published, d.Updated, d.Decided} {
		if !date.IsZero() {
			return date
		}
	}
	return Date{}
}

// Corrected is the rule of a value that a person set in the place of what the rules said; the quote is the person's reason.
const Corrected = "rettelse"

// NoRule is the rule of a type that no rule gave; it quotes nothing.
const NoRule = "type/ingen-regel"

// Types are the slugs of the document types in the order in which they are shown.
var Types = []string{"forskning", "praksis", "debat", "nyhed", "program", "vejledning", "ukendt"}

// Languages are the language codes that a document can carry.
var Languages = []string{"da", "nb", "nn", "sv", "en", "de", "und"}

// NewID makes a document's id from its first canonical URL: the first 80 bits of its SHA-256 in
// lower-case base32, 16 characters. At a million documents the odds of any collision are below 1 in 10^11.
func NewID(canonicalURL string) string {
	sum := sha256.Sum256([]byte(canonicalURL))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}
