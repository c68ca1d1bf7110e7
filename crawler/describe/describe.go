// Package describe says what a document is, each time with the reason.
package describe

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"smaabornsviden/crawler/partners"
	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/programmes"
	"smaabornsviden/index/topics"
)

// Unknown is the type of a document that no rule holds for. A guess is not allowed in its place.
const Unknown = "ukendt"

// Describe fills in what follows from the source alone: its name, sector and default type. What
// extraction found stays as it is. A Describer says more.
func Describe(d *index.Document, src partners.Source) {
	fromSource(d, src)
	d.Type = index.Derived{Value: Unknown}
	if src.Type != "" {
		d.Type = index.Derived{Value: src.Type, Reason: index.Reason{Rule: "source-default", Quote: src.Name}}
	}
}

func fromSource(d *index.Document, src partners.Source) {
	d.Source, d.SourceName, d.Sector, d.SectorWhy = src.ID, src.Name, src.Sector, index.Reason{}
	if src.Name != "" && (d.Publisher.IsZero() || d.Publisher.Rule == index.SourcePublisher) {
		// Whoever has a work on its own pages, and names nobody else, brought it out.
		d.Publisher = index.Derived{Value: src.Name, Reason: index.Reason{Rule: index.SourcePublisher, Quote: src.Name}}
	}
}

// Describer describes documents by rules. It is safe for use from many goroutines.
type Describer struct {
	danish      *danish.Analyzer
	phrases     *phrases
	types       *typeRules
	stages      []stage
	older       []older
	facts       *facts
	topics      topics.List
	programmes  programmes.List
	corrections Corrections
	fingerprint string
	rooms       sync.Pool // of *scratch
}

// Options are what a Describer works with beside the rules that the program carries; the zero value is usable.
type Options struct {
	Programmes  programmes.List // nil means those that the program carries
	Corrections Corrections
	Sources     []partners.Source // of the register: corrections may name their municipalities too
}

// rulesVersion changes whenever the same data and the same rules in the files would describe a document otherwise.
const rulesVersion = "describe-15"

// New reads the rules that the program carries and checks them.
func New(a *danish.Analyzer) (*Describer, error) { return NewWith(a, Options{}) }

// NewWith is New with an operator's own programmes and corrections.
func NewWith(a *danish.Analyzer, o Options) (*Describer, error) {
	d := &Describer{danish: a, phrases: newPhrases(a), programmes: o.Programmes, corrections: o.Corrections}
	d.rooms.New = func() any { return new(scratch) }
	if err := d.load(); err != nil {
		return nil, err
	}
	d.corrections.list = slices.Clone(d.corrections.list)
	var senders []string
	for _, src := range o.Sources {
		senders = append(senders, d.facts.sender(src))
	}
	if err := d.corrections.known(d.topics, d.programmes, d.facts, senders); err != nil {
		return nil, err
	}
	if err := d.learn(); err != nil {
		return nil, err
	}
	records := fmt.Appendf(nil, "%+v", d.programmes)
	d.fingerprint = fingerprint(a.Fingerprint(), typesFile, agesFile, factsFile, topics.Raw(), records, o.Corrections.raw)
	return d, nil
}

// load reads the files of rules.
func (d *Describer) load() error {
	var err error
	if d.types, err = loadTypeRules(typesFile, "types.yaml"); err != nil {
		return err
	}
	if d.stages, d.older, err = loadStages(agesFile, "ages.yaml"); err != nil {
		return err
	}
	if d.facts, err = loadFacts(factsFile, "facts.yaml"); err != nil {
		return err
	}
	if d.topics, err = topics.Default(); err != nil {
		return err
	}
	if d.programmes == nil {
		if d.programmes, err = programmes.Default(); err != nil {
			return err
		}
	}
	return nil
}

// learn makes the phrases of all rules known.
func (d *Describer) learn() error {
	if err := d.types.learn(d.phrases); err != nil {
		return err
	}
	if err := d.facts.learn(d.phrases); err != nil {
		return err
	}
	for i, s := range d.stages {
		if err := learnAll(d.phrases, s.Phrases, owner{table: "stage", row: i}); err != nil {
			return err
		}
	}
	for i, o := range d.older {
		if err := learnAll(d.phrases, o.Phrases, owner{table: "older", row: i}); err != nil {
			return err
		}
	}
	if err := learnProgrammes(d.phrases, d.programmes); err != nil {
		return err
	}
	if err := learnScheme(d.phrases, "topic", d.topics.Topics); err != nil {
		return err
	}
	return learnScheme(d.phrases, "theme", d.topics.Themes)
}

func learnScheme(p *phrases, table string, scheme []topics.Topic) error {
	for i, t := range scheme {
		terms := t.Terms
		if table == "theme" { // several words that readers know as one name; those of topics are headings
			name := strings.ToLower(strings.ReplaceAll(t.Label, ",", ""))
			if err := learnAll(p, []string{name}, owner{table: table, row: i, weight: 1, name: true}); err != nil {
				return err
			}
			terms = slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return term == name })
		}
		if err := learnAll(p, terms, owner{table: table, row: i, weight: 1}); err != nil {
			return err
		}
		if err := learnAll(p, t.Weak, owner{table: table, row: i, weight: supportOnly}); err != nil {
			return err
		}
	}
	return nil
}

func fingerprint(analyzer string, files ...[]byte) string {
	sum := sha256.New()
	fmt.Fprintln(sum, rulesVersion, analyzer)
	for _, f := range files {
		fmt.Fprintf(sum, "%x\n", sha256.Sum256(f))
	}
	return rulesVersion + "-" + hex.EncodeToString(sum.Sum(nil)[:8])
}

// Fingerprint names the rules and the words. Two Describers with one fingerprint describe a document alike.
func (d *Describer) Fingerprint() string { return d.fingerprint }

// Fired is a rule that held for a document.
type Fired struct {
	Field string `json:"field"` // type, age, topic, theme ...
	Value string `json:"value"`
	index.Reason
	Weight float64 `json:"weight,omitempty"` // how strongly it held, where that is counted
	Won    bool    `json:"won"`              // gave the value that the document has
}

// Describe says what a document is and from where it comes. It reads nothing but the document and its source, so that
// a stored document is described again without being fetched; what extraction found stays as it is.
func (d *Describer) Describe(doc *index.Document, src partners.Source) { d.Trace(doc, src) }

// Trace is Describe; it returns every rule that held, also those that others outweighed.
func (d *Describer) Trace(doc *index.Document, src partners.Source) []Fired {
	restore(doc)
	fromSource(doc, src)
	said := d.corrections.prepare(doc)
	doc.Licence = licence(doc.Licence)
	r := d.read(doc)
	defer d.release(r)
	var all, more []Fired
	doc.Type, all = d.kind(d.gather(r, src))
	doc.Age, more = d.age(r)
	all = append(all, more...)
	doc.Topics, more = d.subjects(r, "topic", d.topics.Topics)
	all = append(all, more...)
	doc.Themes, more = d.subjects(r, "theme", d.topics.Themes)
	all = append(all, more...)
	doc.Programmes, more = d.attached(r)
	all = append(all, more...)
	doc.Place = d.place(r, src)
	doc.Audience = d.audience(r)
	doc.Edition = edition(r)
	doc.Grade = grade(r)
	doc.Access = d.access(r)
	all = slices.Concat(all, credits(doc), single("place", doc.Place), single("audience", doc.Audience), single("edition", doc.Edition),
		single("grade", doc.Grade), single("access", doc.Access), single("licence", doc.Licence), single("lang", doc.Lang),
		dated("published", doc.Published), dated("updated", doc.Updated), dated("decided", doc.Decided), dated("deadline", doc.Deadline))
	all = slices.DeleteFunc(all, func(f Fired) bool { return f.Rule == corrected }) // they stand last, once
	all = append(all, found(doc.Replaced)...)
	return overruled(all, append(said, d.corrections.apply(doc)...))
}

// credits shows what extraction found of who wrote the work and brought it out, and of its numbers and keywords.
func credits(doc *index.Document) []Fired {
	all := single("publisher", doc.Publisher)
	if len(doc.Authors) > 0 {
		all = append(all, Fired{Field: "authors", Value: strings.Join(doc.Authors, "; "), Reason: doc.AuthorsWhy, Won: true})
	}
	if j := doc.Journal; !j.IsZero() {
		parts := []string{j.Title}
		for _, n := range []struct{ name, value string }{{"volume", j.Volume}, {"issue", j.Issue}, {"first page", j.First}, {"last page", j.Last}} {
			if n.value != "" {
				parts = append(parts, n.name+" "+n.value)
			}
		}
		all = append(all, Fired{Field: "journal", Value: strings.Join(parts, ", "), Reason: j.Reason, Won: true})
	}
	for _, n := range []struct {
		field, value string
		why          index.Reason
	}{
		{"doi", doc.DOI, doc.DOIWhy},
		{"isbn", doc.ISBN, doc.ISBNWhy},
		{"issn", doc.ISSN, doc.ISSNWhy},
		{"keywords", strings.Join(doc.Keywords, "; "), doc.KeywordsWhy},
	} {
		all = append(all, single(n.field, index.Derived{Value: n.value, Reason: n.why})...)
	}
	return all
}

// overruled appends corrections to the rules that fired; where a correction speaks, no rule has won.
func overruled(all, corrections []Fired) []Fired {
	for _, c := range corrections {
		for i := range all {
			all[i].Won = all[i].Won && all[i].Field != c.Field
		}
		all = append(all, c)
	}
	return all
}

// dated shows a date that extraction found, so that one list tells where everything comes from.
func dated(field string, d index.Date) []Fired {
	if d.IsZero() {
		return nil
	}
	return []Fired{{Field: field, Value: d.Time.Format(time.DateOnly), Reason: d.Reason, Won: true}}
}

func single(field string, v index.Derived) []Fired {
	if v.Value == "" {
		return nil
	}
	return []Fired{{Field: field, Value: v.Value, Reason: v.Reason, Won: true}}
}
