package index

import (
	"context"
	"errors"
)

// Engine keeps documents findable. Every implementation passes indextest.Run.
//
// All methods may be called from any goroutine. A cancelled context makes them return its error
// soon; what was applied before stays applied.
type Engine interface {
	// Apply makes one batch findable, in order, all or nothing: puts replace a document of the same id,
	// deletes of unknown ids are no error, and Batch.Seq is stored with the changes, so that after a crash
	// Checkpoint tells what has arrived. Applying the same batch twice changes nothing.
	// Once Apply returns, a Search that starts later sees the batch.
	Apply(ctx context.Context, b Batch) error
	// Checkpoint returns the Seq of the last batch applied, 0 for a new index.
	Checkpoint(ctx context.Context) (uint64, error)
	// Search answers a plan on one snapshot: hits, total and facets belong together.
	// A plan beyond the bounds of this package gives ErrTooLarge.
	Search(ctx context.Context, p Plan) (Page, error)
	// Document returns a stored document with its body, or ErrNotFound.
	Document(ctx context.Context, id string) (Document, error)
	// Terms returns up to n terms of a field that start with prefix and how many documents have each, most
	// frequent first, ties in byte order.
	Terms(ctx context.Context, f Field, prefix string, n int) ([]Term, error)
	// DocFreq returns for each term of a field in how many documents it stands, in the order asked.
	DocFreq(ctx context.Context, f Field, terms []string) ([]int, error)
	// Stats describes the snapshot that a Search starting now would use.
	Stats(ctx context.Context) (Stats, error)
	// Close releases the index. Running searches end first.
	Close() error
}

// Batch is a set of changes that become visible together.
type Batch struct {
	Puts    []Document
	Deletes []string
	Seq     uint64 // outbox sequence number after this batch; must not fall
}

// Errors that callers decide on.
var (
	ErrNotFound = errors.New("document not found")
	ErrTooLarge = errors.New("plan too large")
	ErrClosed   = errors.New("index closed")
	// ErrMismatch: the index on disk was written with another schema, analyzer or lexicon; rebuild it.
	ErrMismatch = errors.New("index was written with another schema or lexicon")
	// ErrHeld: another process has the index open.
	ErrHeld = errors.New("index is held by another process")
	// ErrUnavailable: the index cannot answer at the moment, though nothing is wrong with the question.
	ErrUnavailable = errors.New("index cannot be reached at the moment")
)

// Page is the answer to a Plan.
type Page struct {
	Total  int     `json:"total"` // exact
	Hits   []Hit   `json:"hits"`
	Facets []Facet `json:"facets,omitempty"` // in the order asked for
	Next   Cursor  `json:"next,omitzero"`    // zero when there is nothing after these hits
	// Generation and Seq name the state of the index that answered.
	Generation string `json:"generation"`
	Seq        uint64 `json:"seq"`
}

// Hit is one document found.
type Hit struct {
	Doc   Document  `json:"doc"`
	Score float64   `json:"score"`
	Why   []Because `json:"why,omitempty"`
}

// Because is one group's share in a hit's score, by its best alternative. The shares add up to the score.
type Because struct {
	Group int     `json:"group"` // index in Plan.Groups
	Alt   int     `json:"alt"`   // index in Group.Alts
	Freq  float64 `json:"freq"`
	Score float64 `json:"score"`
}

// Facet counts the values of one facet over all hits.
type Facet struct {
	Name   string       `json:"name"`
	Values []FacetValue `json:"values"` // most frequent first, ties by value
}

// FacetValue is a value and how many hits have it.
type FacetValue struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Term is a word of the index and the number of documents that have it.
type Term struct {
	Text string `json:"text"`
	Docs int    `json:"docs"`
}

// Stats describes an index.
type Stats struct {
	Documents  int    `json:"documents"`
	Generation string `json:"generation"`
	Seq        uint64 `json:"seq"`
	Bytes      int64  `json:"bytes"` // on disk; 0 when unknown
	// Schema names the shape of the index and of the analysis: schema version and lexicon fingerprint.
	Schema string `json:"schema"`
}
