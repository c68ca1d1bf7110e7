// Package protocol records a search so that it can be cited, repeated and held against a later run.
package protocol

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
)

// Format names the shape of a Record; it changes when a reader of old ones would misread new ones.
const Format = "smaabornsviden-protocol/1"

// MaxRecords is how many hits a protocol names: some 6 MB, compressed. Beyond it Whole is false.
const MaxRecords = 100_000

// Record is a protocol: what was asked, how it was read, of what, and what was found. It names documents by id alone, so
// that a document that has to go leaves nothing here.
type Record struct {
	Format     string           `json:"format"`
	Made       time.Time        `json:"made"`
	Site       Site             `json:"site"`
	Software   Software         `json:"software"`
	Query      Query            `json:"query"`
	Understood query.Understood `json:"understood"`
	// PlanSHA256 is of everything that the index was asked for, with weights that follow the collection: equal plans look for the
	// same in the same way and order it alike.
	PlanSHA256 string `json:"plan_sha256"`
	// ReadingHash is of what the query was read as, see ReadingHash; empty in protocols from before it was kept.
	ReadingHash string   `json:"reading_hash,omitempty"`
	Index       Index    `json:"index"`
	Sources     []Source `json:"sources"`
	Total       int      `json:"total"`
	Reserved    int      `json:"reserved"` // hits whose source reserves them from mining: named, without a content hash
	Whole       bool     `json:"whole"`    // all hits are named
	// IDsSHA256 is of the ids in their order, each followed by a line feed.
	IDsSHA256 string `json:"ids_sha256"`
	Records   []Hit  `json:"records"`
}

// Site says where the search was made.
type Site struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// Software says which program answered.
type Software struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Analyzer string `json:"analyzer"` // fingerprint of lexicon and analysis
	// Vocabulary is the fingerprint of the words that queries are widened by; empty in protocols from before it was kept.
	Vocabulary string `json:"vocabulary,omitempty"`
	Schema     string `json:"schema"` // of the index
}

// Query is the search as it was asked for.
type Query struct {
	Typed   string   `json:"typed"`
	Filters []Filter `json:"filters"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Sort    string   `json:"sort"`
	Off     []string `json:"off"`    // alternatives that were switched off
	Params  string   `json:"params"` // the parameters of the search page, to run it again
}

// Filter is a chosen value.
type Filter struct {
	Facet string `json:"facet"`
	Value string `json:"value"`
	Label string `json:"label"`
}

// Index says which state of the collection was searched.
type Index struct {
	Generation string `json:"generation"`
	Seq        uint64 `json:"seq"` // last change that the index had taken in
	Documents  int    `json:"documents"`
}

// Source is a site that was searched, with the hits it has.
type Source struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Policy    string    `json:"policy,omitempty"`
	LastOK    time.Time `json:"last_ok,omitzero"` // last visit that succeeded
	Documents int       `json:"documents"`
	Hits      int       `json:"hits"`
}

// Hit is one document found, in its place.
type Hit struct {
	ID string `json:"id"`
	// SHA256 is the beginning of the content's hash, see ContentHash; empty where the source reserves the text.
	SHA256 string `json:"sha256,omitempty"`
	// DescribedSHA256 is the beginning of the hash of what we say of the document, see DescribedHash; empty like SHA256, and in
	// protocols from before it was kept.
	DescribedSHA256 string `json:"described_sha256,omitempty"`
	// Page marks what the source served and Reading the way in which it was read when the document last changed for that reason.
	Page    string `json:"page,omitempty"`
	Reading string `json:"reading,omitempty"`
}

// hashBytes of a content hash are kept: at a hundred thousand documents the odds that a change is missed are nil.
const hashBytes = 16

// ContentHash is the first 128 bits, in hex, of the SHA-256 of what a document says: title, authors, abstract, text, dates
// and numbers of the work. What only we say about it, such as type and topics, and where it lies do not count.
func ContentHash(d index.Document) string {
	sum := sha256.New()
	// Each part is preceded by its length, so that nothing can move from one into the next unseen.
	for _, part := range append([]string{
		d.Title, d.Abstract, d.Body, dated(d.Published), dated(d.Updated), dated(d.Decided), dated(d.Deadline), d.DOI, d.ISBN,
	}, d.Authors...) {
		fmt.Fprintf(sum, "%d:%s\n", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil)[:hashBytes])
}

// describedBytes of the hash of a description are kept; it is held against one other only.
const describedBytes = 8

// DescribedHash is the first 64 bits, in hex, of the SHA-256 of what we say about a document and filters go by: its type, topics,
// themes, ages, audience, place, language, programmes and source.
func DescribedHash(d index.Document) string {
	sum := sha256.New()
	say := func(name string, values ...any) { fmt.Fprintf(sum, "%s %q\n", name, fmt.Sprint(values...)) }
	say("type", d.Type.Value)
	for _, scheme := range [][]index.Topic{d.Topics, d.Themes, d.Programmes} {
		for _, t := range scheme {
			say("topic", t.Slug)
		}
		say("end")
	}
	say("age", d.Age.From, " ", d.Age.To, " ", d.Age.Known)
	for _, v := range []string{d.Audience.Value, d.Place.Value, d.Lang.Value, d.Source, d.Sector} {
		say("value", v)
	}
	return hex.EncodeToString(sum.Sum(nil)[:describedBytes])
}

func dated(d index.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(time.DateOnly) + " " + string(d.Precision)
}

// Collector gathers hits in their order.
type Collector struct {
	Records  []Hit
	BySource map[string]int
	Reserved int
}

// shortened makes short the name of a way of reading, which is long, and the same for most hits.
func shortened(name string) string {
	if name == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:4])
}

// Reset forgets what was gathered.
func (c *Collector) Reset() { *c = Collector{Records: c.Records[:0], BySource: map[string]int{}} }

// Add takes in one hit.
func (c *Collector) Add(d index.Document) error {
	h := Hit{ID: d.ID}
	if d.TDMReserved {
		c.Reserved++
	} else {
		h.SHA256, h.DescribedSHA256, h.Page, h.Reading = ContentHash(d), DescribedHash(d), d.PageMark, shortened(d.ReadMark)
	}
	c.Records = append(c.Records, h)
	c.BySource[d.Source]++
	return nil
}

// Fill puts what was gathered into a record.
func (c *Collector) Fill(r *Record) {
	r.Records, r.Reserved = c.Records, c.Reserved
	if r.Records == nil {
		r.Records = []Hit{}
	}
	r.IDsSHA256 = idsHash(r.Records)
	r.Whole = len(r.Records) == r.Total
	for i := range r.Sources {
		r.Sources[i].Hits = c.BySource[r.Sources[i].ID]
	}
}

func idsHash(hits []Hit) string {
	sum := sha256.New()
	for _, h := range hits {
		io.WriteString(sum, h.ID+"\n") // a hash takes everything
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// PlanHash is the SHA-256 of a plan, in hex.
func PlanHash(p index.Plan) (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("hash plan: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// readingVersion leads a ReadingHash and names what goes into it: hashes of different versions tell nothing about each other.
const readingVersion = "1-"

// reading is what a plan looks for. Weights are none of it, for some follow how many documents have a word, and so is what
// only concerns the answer: pages, counts of facets and explanations.
type reading struct {
	Groups         []readGroup
	MinShould      int
	Logic          *index.Logic `json:",omitempty"`
	Filters        []index.Filter
	FromDay, ToDay int
	Sort           index.Sort
}

type readGroup struct {
	Occur index.Occur
	Alts  []readAlt
}

// readAlt lists its fields so that a new one of index.Alt makes no stored hash another.
type readAlt struct {
	Field  index.Field
	Terms  []string
	Kind   index.Kind
	Prefix bool
	Slop   int
	Lang   string
}

// ReadingHash is the SHA-256, in hex after its version, of what a query was read as: terms, fields, kinds and filters.
func ReadingHash(p index.Plan) (string, error) {
	r := reading{MinShould: p.MinShould, Logic: p.Logic, Filters: p.Filters, FromDay: p.FromDay, ToDay: p.ToDay, Sort: p.Sort}
	for _, g := range p.Groups {
		read := readGroup{Occur: g.Occur}
		for _, a := range g.Alts {
			read.Alts = append(read.Alts, readAlt{Field: a.Field, Terms: a.Terms, Kind: a.Kind, Prefix: a.Prefix, Slop: a.Slop, Lang: a.Lang})
		}
		r.Groups = append(r.Groups, read)
	}
	text, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("hash reading: %w", err)
	}
	sum := sha256.Sum256(text)
	return readingVersion + hex.EncodeToString(sum[:]), nil
}

// Encode writes a record and names it after its own text: whoever has the link can check that nothing was changed. The
// id is the first 130 bits of the text's SHA-256 in lower-case base32.
func Encode(r Record) (id string, text []byte, err error) {
	if text, err = json.Marshal(r); err != nil {
		return "", nil, fmt.Errorf("encode protocol: %w", err)
	}
	return idOf(text), text, nil
}

const idLength = 26

func idOf(text []byte) string {
	sum := sha256.Sum256(text)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:idLength]
}

var idShape = regexp.MustCompile(`^[a-z2-7]{26}$`)

// IsID reports whether text has the shape of a protocol's id.
func IsID(text string) bool { return idShape.MatchString(text) }

// ErrDamaged: a stored protocol is not what its id says.
var ErrDamaged = errors.New("protocol is damaged")

// maxText bounds what is unpacked: a hundred thousand hits take 18 MB.
const maxText = 64 << 20

// Pack compresses a text for storing.
func Pack(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, fmt.Errorf("pack protocol: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack protocol: %w", err)
	}
	return b.Bytes(), nil
}

// Unpack returns the text that was packed under an id, or ErrDamaged.
func Unpack(id string, packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("protocol %s: %w: %w", id, ErrDamaged, err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxText))
	if err != nil {
		return nil, fmt.Errorf("protocol %s: %w: %w", id, ErrDamaged, err)
	}
	if idOf(text) != id {
		return nil, fmt.Errorf("protocol %s: %w", id, ErrDamaged)
	}
	return text, nil
}

// Decode reads a text that Encode made.
func Decode(text []byte) (Record, error) {
	var r Record
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("decode protocol: %w: %w", ErrDamaged, err)
	}
	return r, nil
}
