package api

// Topics is the list of topics.
type Topics struct {
	Topics []Topic `json:"topics"`
}

// Topic is a topic of the vocabulary.
type Topic struct {
	Slug       string `json:"slug"`
	Label      string `json:"label"`
	Definition string `json:"definition"`
	// DefinitionEN is Definition in English, empty where there is none.
	DefinitionEN string   `json:"definition_en"`
	Words        []string `json:"words"` // that put a document under the topic
	Documents    int      `json:"documents"`
}

// Sources is the list of sources.
type Sources struct {
	Sources []Source `json:"sources"`
}

// Source is a partner and what is taken from it. Values that are not known are null.
type Source struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Sector     *string        `json:"sector"`
	Home       *string        `json:"home"`
	Policy     *string        `json:"policy"` // index, metadata, ask or never
	Why        *string        `json:"why"`    // in Danish: why nothing is fetched
	Standing   *string        `json:"standing"`
	Agreement  *string        `json:"agreement"`   // day of a written agreement
	Contact    *string        `json:"contact"`     // of the source
	SnippetMax *int           `json:"snippet_max"` // characters; null: no limit named
	Documents  int            `json:"documents"`   // that can be found
	Known      int            `json:"known"`       // addresses
	Refused    map[string]int `json:"refused"`     // addresses that were not taken, by reason
	Failed     map[string]int `json:"failed"`      // addresses whose last visit failed, by reason
	Held       int            `json:"held"`        // documents whose removal waits for a person
	LastVisit  *string        `json:"last_visit"`  // RFC 3339
	LastOK     *string        `json:"last_ok"`
	NextVisit  *string        `json:"next_visit"`
}

// Stats describes the collection as it is now.
type Stats struct {
	Documents  int                `json:"documents"`
	Sources    int                `json:"sources"` // that have documents
	Generation string             `json:"generation"`
	Seq        uint64             `json:"seq"`
	Schema     string             `json:"schema"`
	Version    string             `json:"version"`
	Analyzer   string             `json:"analyzer"`
	LastCrawl  *string            `json:"last_crawl"` // RFC 3339
	Crawling   bool               `json:"crawling"`
	Facets     map[string][]Value `json:"facets"`
}

// Suggestions are what a reader may be about to write. None of them comes from what others searched for.
type Suggestions struct {
	Q           string       `json:"q"`
	Suggestions []Suggestion `json:"suggestions"`
}

// Suggestion is one of them.
type Suggestion struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`  // emne, titel or ord
	Label string `json:"label"` // of Kind, in Danish
	URL   string `json:"url"`   // path of the page it leads to
	// Lang is the language of the title of a document, a slug of sprog; null where it is not known, and for all else.
	Lang *string `json:"lang"`
}
