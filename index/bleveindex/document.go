package bleveindex

import (
	"encoding/json"
	"fmt"
	"strconv"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"

	api "github.com/blevesearch/bleve_index_api"
)

// Names of the fields that are not text. The text fields are named as in the contract.
const (
	facetPrefix = "facet." // + the facet's name: one term per value
	authorField = "author" // the keys of the authors' names
	dayField    = "day"    // yyyymmdd of the shown date, where it is known
	hiddenField = "hidden" // one term in documents that stand behind a face
	countField  = "terms"  // for each text field a term whose frequency is the number of terms in it
	storedField = "doc"    // the document as JSON, without its body
	bodyField   = "body"   // the body alone, so that who does not need it need not decode it
)

const hiddenTerm = "1"

// analyzed is a document whose fields are all worked out. Bleve calls Analyze on each and finds
// nothing left to do.
type analyzed struct {
	id     string
	fields []*field
	size   int
}

var _ api.Document = (*analyzed)(nil)

// room is what one document after another is worked out in. Documents of a batch are all in memory until they are written, and
// their terms take many times the bytes of their texts, so terms share what they can.
type room struct {
	text   danish.Fields    // the next document overwrites it
	block  []api.TokenFreq  // entries that nobody has taken yet
	counts []*api.TokenFreq // entries of 1, 2, 3 ... occurrences, which all terms without places share: nobody changes them
}

// analyze turns a document into what the index stores of it.
func (r *room) analyze(a *danish.Analyzer, d *index.Document) (*analyzed, error) {
	if d.ID == "" {
		return nil, fmt.Errorf("document %s has no id", d.URL)
	}
	out := &analyzed{id: d.ID, size: len(d.Title) + len(d.Body)}
	a.Fill(&r.text, d.Title, d.Words(), d.Lang.Value)
	counts := api.TokenFrequencies{}
	for name, f := range r.text.All() {
		if len(f.Terms) == 0 {
			continue
		}
		out.fields = append(out.fields, r.textField(index.Field(name), f))
		counts[name] = occurrences(len(f.Terms))
	}
	out.fields = append(out.fields, &field{name: countField, options: api.IndexField, length: 1, freqs: counts})
	out.facets(d)
	return out, out.store(d)
}

func (r *room) textField(name index.Field, f *danish.Field) *field {
	out := &field{name: string(name), options: api.IndexField, length: max(f.Length, 1)}
	if name.HasPositions() {
		out.options |= api.IncludeTermVectors
		out.freqs = r.places(f.Terms)
	} else {
		out.freqs = r.frequencies(f.Terms)
	}
	return out
}

// facets adds the values that documents are filtered, counted and sorted by.
func (d *analyzed) facets(doc *index.Document) {
	for _, facet := range index.Facets {
		d.keyword(facetPrefix+facet, facetValues(doc, facet)...)
	}
	d.keyword(authorField, danish.NameKeys(doc.Authors)...)
	if day := index.DayOf(doc.ShownDate().Time); day > 0 {
		d.keyword(dayField, strconv.Itoa(day))
	}
	if doc.Merged && !doc.Face {
		d.keyword(hiddenField, hiddenTerm)
	}
}

// facetValues are a document's values for a facet; none when nothing is known.
func facetValues(d *index.Document, facet string) []string {
	switch facet {
	case index.FacetSource:
		return []string{d.Source}
	case index.FacetType:
		return []string{d.Type.Value}
	case index.FacetSector:
		return []string{d.Sector}
	case index.FacetLang:
		return []string{d.Lang.Value}
	case index.FacetYear:
		if date := d.ShownDate(); !date.IsZero() {
			return []string{strconv.Itoa(date.Time.UTC().Year())}
		}
	case index.FacetTopic:
		slugs := make([]string, 0, len(d.Topics))
		for _, t := range d.Topics {
			slugs = append(slugs, t.Slug)
		}
		return slugs
	case index.FacetAge:
		return d.Age.Buckets()
	}
	return nil
}

func (d *analyzed) keyword(name string, values ...string) {
	freqs := api.TokenFrequencies{}
	for _, v := range values {
		if v != "" {
			freqs[v] = occurrences(1)
		}
	}
	if len(freqs) > 0 {
		d.fields = append(d.fields, &field{name: name, options: api.IndexField, length: 1, freqs: freqs})
	}
}

func (d *analyzed) store(doc *index.Document) error {
	meta := *doc
	meta.Body = ""
	j, err := json.Marshal(&meta)
	if err != nil {
		return fmt.Errorf("store document %s: %w", doc.ID, err)
	}
	d.fields = append(d.fields, &field{name: storedField, options: api.StoreField, value: j})
	if doc.Body != "" {
		d.fields = append(d.fields, &field{name: bodyField, options: api.StoreField, value: []byte(doc.Body)})
	}
	return nil
}

// frequencies counts terms.
func (r *room) frequencies(terms []danish.Term) api.TokenFrequencies {
	freqs := make(api.TokenFrequencies, len(terms)/2+1)
	for _, t := range terms {
		n := 0
		if tf := freqs[t.Text]; tf != nil {
			n = tf.Frequency()
		}
		if n == len(r.counts) {
			r.counts = append(r.counts, occurrences(n+1))
		}
		freqs[t.Text] = r.counts[n]
	}
	return freqs
}

// places counts terms and notes where they stand.
func (r *room) places(terms []danish.Term) api.TokenFrequencies {
	freqs := make(api.TokenFrequencies, len(terms)/2+1)
	entries := make([]*api.TokenFreq, len(terms)) // of each term, so that it is looked for once
	for i, t := range terms {
		tf := freqs[t.Text]
		if tf == nil {
			tf = r.entry()
			freqs[t.Text] = tf
		}
		tf.SetFrequency(tf.Frequency() + 1)
		entries[i] = tf
	}
	place(terms, entries, len(freqs))
	return freqs
}

// entry takes a new entry from a large block of them: a document has thousands of terms.
func (r *room) entry() *api.TokenFreq {
	if len(r.block) == 0 {
		r.block = make([]api.TokenFreq, 256)
	}
	tf := &r.block[0]
	r.block = r.block[1:]
	return tf
}

// place notes where terms stand. All places of a term go into one location: the first as its position, the
// distances to the next ones as its array positions. Bleve's own form, a location for each place, takes
// three to five times the bytes.
func place(terms []danish.Term, entries []*api.TokenFreq, distinct int) {
	locations := make([]api.TokenLocation, distinct)
	pointers := make([]*api.TokenLocation, distinct)
	further := make([]uint64, len(terms)-distinct)
	placed := 0
	for i, t := range terms {
		tf := entries[i]
		if tf.Locations != nil {
			at := tf.Locations[0]
			at.ArrayPositions = append(at.ArrayPositions, uint64(t.Pos))
			continue
		}
		rest := tf.Frequency() - 1
		locations[placed] = api.TokenLocation{Position: t.Pos, ArrayPositions: further[:0:rest]}
		pointers[placed] = &locations[placed]
		tf.Locations = pointers[placed : placed+1 : placed+1]
		further = further[rest:]
		placed++
	}
	for i := range locations {
		distances(&locations[i])
	}
}

// distances turns places into distances from the one before.
func distances(at *api.TokenLocation) {
	last := uint64(at.Position)
	for i, p := range at.ArrayPositions {
		at.ArrayPositions[i] = p - last
		last = p
	}
}

// occurrences is the entry of a term. Bleve takes the term itself from the map that it is put in.
func occurrences(n int) *api.TokenFreq {
	tf := new(api.TokenFreq)
	tf.SetFrequency(n)
	return tf
}

// ID, Size and the rest are what Bleve asks of a document.
func (d *analyzed) ID() string { return d.id }

// Size is a rough number of bytes in memory; Bleve only adds it up for its statistics.
func (d *analyzed) Size() int { return d.size }

// VisitFields calls visit for each field.
func (d *analyzed) VisitFields(visit api.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// VisitComposite does nothing: there are no fields made of other fields.
func (d *analyzed) VisitComposite(api.CompositeFieldVisitor) {}

// HasComposite is false.
func (d *analyzed) HasComposite() bool { return false }

// NumPlainTextBytes is for Bleve's statistics.
func (d *analyzed) NumPlainTextBytes() uint64 { return uint64(d.size) }

// StoredFieldsBytes is for Bleve's statistics.
func (d *analyzed) StoredFieldsBytes() uint64 { return 0 }

// Indexed reports whether the document is searchable.
func (d *analyzed) Indexed() bool { return true }

// AddIDField adds the field by which Bleve replaces and deletes.
func (d *analyzed) AddIDField() {
	d.fields = append(d.fields, &field{
		name: "_id", options: api.IndexField | api.StoreField, value: []byte(d.id), length: 1,
		freqs: api.TokenFrequencies{d.id: occurrences(1)},
	})
}

// field is a field whose terms are known.
type field struct {
	name    string
	options api.FieldIndexingOptions
	value   []byte
	length  int
	freqs   api.TokenFrequencies
}

var _ api.Field = (*field)(nil)

func (f *field) Name() string                                   { return f.name }
func (f *field) Value() []byte                                  { return f.value }
func (f *field) ArrayPositions() []uint64                       { return nil }
func (f *field) EncodedFieldType() byte                         { return 't' }
func (f *field) Analyze()                                       {}
func (f *field) Options() api.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                            { return f.length }
func (f *field) AnalyzedTokenFrequencies() api.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                      { return uint64(len(f.value)) }
