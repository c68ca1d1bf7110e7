package index

// Field names a way in which a text is indexed. All but those of the title are made of one text in which the
// title stands three times before the body; an engine indexes what danish.Fields returns.
type Field string

// The fields of the contract.
const (
	Exact Field = "exact" // the word as written, lower case, NFC; stop words kept; positions
	Lemma Field = "lemma" // dictionary forms, alternatives stacked at one position; positions
	Parts Field = "parts" // parts of compounds; no positions
	Grams Field = "grams" // character 4-grams; no positions; orders, never matches
	Pairs Field = "pairs" // adjacent lemmas joined by a space-free mark; orders, never matches
	Title Field = "title" // lemmas of the title alone; positions
	// TitleExact is the title alone as Exact writes words: what readers put in quotes after titel:.
	TitleExact Field = "title_exact"
)

// Fields lists every field of the contract. Beside them, a facet's name stands for what documents are described as: the
// term is a value of the facet, and a document that has it scores the alternative's weight and no BM25, since how rare a type
// is says nothing of how well it fits.
var Fields = []Field{Exact, Lemma, Parts, Grams, Pairs, Title, TitleExact}

// Occur says what a group does for the match.
type Occur int

// The ways a group can occur.
const (
	Should Occur = iota // counts towards Plan.MinShould, adds to the score
	Must                // has to match, adds to the score
	Not                 // must not match, adds nothing
	Lift                // adds to the score of what matches anyway; never adds or removes a hit
)

// Kind says how an alternative came into a plan; readers see it and can switch it off.
type Kind string

// The kinds of alternatives.
const (
	AsTyped     Kind = "typed"       // the word as it was typed
	Inflected   Kind = "inflected"   // through its lemma
	PartOf      Kind = "part"        // as a part of a compound
	Split       Kind = "split"       // a compound as its parts
	Joined      Kind = "joined"      // adjacent words as one compound
	Synonym     Kind = "synonym"     // same meaning, by the vocabulary
	Near        Kind = "near"        // near meaning, by the vocabulary
	Translated  Kind = "translated"  // Danish <-> English
	Repaired    Kind = "repaired"    // a spelling that was mended
	Abbreviated Kind = "abbreviated" // abbreviation <-> full form
	PrefixOf    Kind = "prefix"      // word*
	GramOf      Kind = "gram"        // character 4-gram evidence
	PairOf      Kind = "pair"        // proximity evidence
	Described   Kind = "described"   // what the word says of a document: its type, or the age of the children
)

// Alt is one way to satisfy a group: a term, or a phrase when it has several terms. Each element of
// Terms may hold stacked alternatives parted by "|"; any of them fits the position.
type Alt struct {
	Field  Field    `json:"field"`
	Terms  []string `json:"terms"`
	Weight float64  `json:"weight"`
	Kind   Kind     `json:"kind"`
	// Prefix makes the single term match every term that starts with it, at most MaxExpansions of them.
	Prefix bool `json:"prefix,omitempty"`
	// Slop is how many positions the terms of a phrase may stand apart beyond adjacency, in order.
	Slop int `json:"slop,omitempty"`
	// Text is the alternative as a reader would write it.
	Text string `json:"text,omitempty"`
	// For is what it stands for where that is not the text of its group: a term for several words together is an alternative for each.
	For string `json:"for,omitempty"`
	// Lang limits the alternative to documents of that language; empty means all.
	Lang string `json:"lang,omitempty"`
}

// Group is what one word, phrase or condition of the reader's query became. A document matches the group when
// any alternative matches; the best one counts: score = max over alternatives of Weight x BM25.
type Group struct {
	Occur Occur  `json:"occur"`
	Text  string `json:"text"` // the reader's own words
	Alts  []Alt  `json:"alts"`
}

// Facet names.
const (
	FacetSource = "kilde"
	FacetType   = "type"
	FacetYear   = "aar"
	FacetSector = "sektor"
	FacetLang   = "sprog"
	FacetTopic  = "emne"
	FacetAge    = "alder"
)

// ByAuthor is the one filter that is no facet: nobody counts names. Its values are keys of danish.NameKey, and a document has
// those of danish.NameKeys for its authors.
const ByAuthor = "forfatter"

// Filter keeps documents that have any of Values for Facet, or with Not those that have none of them. All filters must hold.
type Filter struct {
	// Facet is the name of a facet, or ByAuthor.
	Facet  string   `json:"facet"`
	Values []string `json:"values"`
	Not    bool     `json:"not,omitempty"`
}

// Sort is an order of hits; ties always fall back to the document id, ascending.
type Sort string

// The orders.
const (
	ByScore  Sort = ""
	ByNewest Sort = "nyeste"
	ByOldest Sort = "aeldste"
)

// Plan is a search in the engine's words: nothing in it needs linguistic analysis any more.
// A plan without Should and Must groups matches every document that its filters let through.
type Plan struct {
	Groups []Group `json:"groups,omitempty"`
	// MinShould is how many Should groups a hit must match at least. 0 counts as 1 where there are
	// Should groups and no Must group.
	MinShould int `json:"min_should,omitempty"`
	// Logic, where there is one, decides alone what the groups let through: MinShould is 0 then, there are no Must groups, and those
	// that say Not exclude nothing by themselves but add nothing to the score.
	Logic   *Logic   `json:"logic,omitempty"`
	Filters []Filter `json:"filters,omitempty"`
	// FromDay and ToDay bound the shown date, as yyyymmdd, inclusive; 0 leaves that end open.
	// A document without a date falls out as soon as one end is given.
	FromDay int    `json:"from_day,omitempty"`
	ToDay   int    `json:"to_day,omitempty"`
	Sort    Sort   `json:"sort,omitempty"`
	Offset  int    `json:"offset,omitempty"`
	Size    int    `json:"size,omitempty"`
	After   Cursor `json:"after,omitzero"` // instead of Offset: hits strictly after this one
	// Facets names the facets to count; a facet's counts leave out the filter on that same facet, so that another value can be
	// chosen beside it, but not one with Not: who excludes a value wants to see what is left.
	Facets []string `json:"facets,omitempty"`
	// IncludeMerged also returns documents that stand behind the face of a merged group.
	IncludeMerged bool `json:"include_merged,omitempty"`
	// Explain asks for Hit.Why; with NoFreqs an engine that would have to work Because.Freq out anew leaves it 0.
	// WithBody asks for Document.Body of the hits.
	Explain  bool `json:"explain,omitempty"`
	NoFreqs  bool `json:"no_freqs,omitempty"`
	WithBody bool `json:"with_body,omitempty"`
}

// Bounds of one plan. They hold for every engine, so that a silly query has the same bounded cost everywhere.
const (
	MaxGroups     = 32     // groups that match; Lift groups are counted by MaxTerms alone
	MaxTerms      = 512    // terms over all alternatives, after prefix expansion
	MaxExpansions = 64     // terms that one prefix may become
	MaxSize       = 100    // hits per page
	MaxReach      = 10_000 // offset and size together; beyond it, page by cursor
)

// Cursor is the sort key of a hit, to go on after it. Its zero value is the start.
type Cursor struct {
	Score float64 `json:"score,omitempty"` // for ByScore
	Day   int     `json:"day,omitempty"`   // for ByNewest and ByOldest: yyyymmdd, 0 when unknown (always last)
	ID    string  `json:"id,omitempty"`
}

// IsZero reports whether the cursor is the start.
func (c Cursor) IsZero() bool { return c == Cursor{} }
