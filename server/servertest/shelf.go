package servertest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"smaabornsviden/index"
	"smaabornsviden/index/query"
	"smaabornsviden/server"
	"smaabornsviden/server/protocol"
	"smaabornsviden/server/shelf"
)

// Shelf keeps records in memory.
type Shelf struct {
	// Fail, when set, is returned by every call.
	Fail error

	mu      sync.Mutex // guards records
	records map[[2]string]shelf.Record
}

var _ server.Shelf = (*Shelf)(nil)

// NewShelf makes a shelf with records on it.
func NewShelf(records ...shelf.Record) *Shelf {
	s := &Shelf{records: map[[2]string]shelf.Record{}}
	for _, r := range records {
		s.records[[2]string{r.Kind, r.ID}] = r
	}
	return s
}

// Put stores a record.
func (s *Shelf) Put(_ context.Context, r shelf.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records[[2]string{r.Kind, r.ID}] = r
	return s.Fail
}

// Add stores a record that is not there yet.
func (s *Shelf) Add(ctx context.Context, r shelf.Record) error {
	if _, err := s.Get(ctx, r.Kind, r.ID); err == nil {
		return shelf.ErrExists
	}
	return s.Put(ctx, r)
}

// Get returns a record or index.ErrNotFound.
func (s *Shelf) Get(_ context.Context, kind, id string) (shelf.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.records[[2]string{kind, id}]
	switch {
	case s.Fail != nil:
		return r, s.Fail
	case !ok:
		return r, index.ErrNotFound
	}
	return r, nil
}

// List returns records of a kind, newest first.
func (s *Shelf) List(_ context.Context, kind string, since time.Time, n int) ([]shelf.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []shelf.Record
	for _, r := range s.records {
		if r.Kind == kind && !r.Time.Before(since) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b shelf.Record) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.ID, b.ID)) })
	return all[:min(n, len(all))], s.Fail
}

// Remove takes a record away.
func (s *Shelf) Remove(_ context.Context, kind, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.records, [2]string{kind, id})
	return s.Fail
}

// wentSince is a document of a protocol that has gone since.
const wentSince = "vaekvaekvaekvaek"

// Protocol is a protocol of a search for "blid indkøring" in documents as they were some days ago: one of them said
// something else then, one has gone since, and one has come.
func Protocol(docs []index.Document) (id string, kept shelf.Record, err error) {
	made := Now().AddDate(0, 0, -9)
	rec := protocol.Record{
		Format: protocol.Format, Made: made, Site: protocol.Site{Name: "Småbørnsviden", URL: "https://viden.example"},
		Software:   protocol.Software{Name: "smaabornsviden", Version: "v0.0.0-canned", Analyzer: "a1", Schema: "s1"},
		Query:      protocol.Query{Typed: "blid indkøring", Filters: []protocol.Filter{}, Off: []string{}, Sort: "Mest relevante", Params: "q=blid+indk%C3%B8ring"},
		Understood: query.Understood{Typed: "blid indkøring", Words: []query.Word{{Text: "blid", Forms: []string{"blid"}}, {Text: "indkøring", Forms: []string{"indkøring"}}}, Added: []query.Added{{ID: "synonym:opstart", Kind: index.Synonym, For: "indkøring", Text: "opstart"}}},
		PlanSHA256: "another", ReadingHash: "1-another", Index: protocol.Index{Generation: "g0", Seq: 7, Documents: 56},
		Sources: []protocol.Source{{ID: "videncenter", Name: "Videncenter for Tidlig Barndom", Policy: "index", LastOK: made, Documents: 2}},
		Total:   3,
	}
	var c protocol.Collector
	c.Reset()
	gone := index.Document{ID: wentSince, Title: "Et dokument, der er væk", Source: "lindeby"}
	for i, d := range append([]index.Document{gone}, docs[:2]...) {
		if i == 1 {
			d.Body = "En anden tekst."
		}
		if err := c.Add(d); err != nil {
			return "", kept, err
		}
	}
	c.Fill(&rec)
	id, text, err := protocol.Encode(rec)
	if err != nil {
		return "", kept, err
	}
	packed, err := protocol.Pack(text)
	return id, shelf.Record{Kind: "protokol", ID: id, Time: made, Body: packed}, err
}
