package bleveindex

import (
	"encoding/binary"
	"fmt"
	"sync"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// view is one snapshot with all that scoring needs of it. It is read by many searches at once.
//
// Document frequencies, counts and averages are those of the live documents, before a merge as well as after:
// Bleve leaves deleted documents out of a postings list on request, and the averages are corrected by the
// columns. Only the counts that Bleve's own dictionary iterator gives are not exact; they are not used.
type view struct {
	snapshot *scorch.IndexSnapshot
	segments []*part
	fields   []fieldStats // by the order of index.Fields
	docs     int          // live documents, those behind a face included
	seq      uint64
}

// part is one segment of a view.
type part struct {
	segment.Segment
	*columns
	id      uint64
	cache   *postingsCache
	deleted *roaring.Bitmap // nil when nothing is deleted
	dead    []bool          // the same by document number, nil when nothing is deleted
}

func (p *part) isDead(doc uint32) bool { return p.dead != nil && p.dead[doc] }

// fieldStats is what BM25 needs of a field.
type fieldStats struct {
	rank.Collection
	norms *rank.Norms
}

// views makes views and keeps the columns of the segments in use.
type views struct {
	mu       sync.Mutex // guards last and columns
	last     *view
	columns  map[uint64]*columns // by segment id
	postings *postingsCache
}

// of returns the view of a snapshot. The caller holds a reference on the snapshot as long as it
// uses the view. The view kept for the next search holds none, so that the files of old segments can go; that
// its snapshot is still the current one is told by the pointer.
func (v *views) of(snapshot *scorch.IndexSnapshot) (*view, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.last != nil && v.last.snapshot == snapshot {
		return v.last, nil
	}
	made, err := v.make(snapshot)
	if err != nil {
		return nil, err
	}
	v.last = made
	return made, nil
}

func (v *views) make(snapshot *scorch.IndexSnapshot) (*view, error) {
	made := &view{snapshot: snapshot, seq: sequence(snapshot.Internal()[seqKey])}
	kept := map[uint64]*columns{}
	for _, s := range snapshot.Segments() {
		c := v.columns[s.Id()]
		if c == nil {
			var err error
			if c, err = loadColumns(s.Segment()); err != nil {
				return nil, fmt.Errorf("read segment %d: %w", s.Id(), err)
			}
		}
		kept[s.Id()] = c
		p := &part{Segment: s.Segment(), columns: c, id: s.Id(), cache: v.postings}
		p.markDead(s.Deleted())
		made.segments = append(made.segments, p)
		made.docs += int(s.Count())
	}
	v.columns = kept
	v.postings.keep(kept)
	made.count()
	return made, nil
}

func (p *part) markDead(deleted *roaring.Bitmap) {
	if deleted == nil || deleted.IsEmpty() {
		return
	}
	p.deleted = deleted
	p.dead = make([]bool, p.n)
	for it := deleted.Iterator(); it.HasNext(); {
		p.dead[it.Next()] = true
	}
}

// count takes the deleted documents out of the segments' totals.
func (v *view) count() {
	v.fields = make([]fieldStats, len(index.Fields))
	for i := range v.fields {
		f := &v.fields[i]
		for _, p := range v.segments {
			f.Docs += p.totals[i].Docs
			f.Terms += p.totals[i].Terms
			p.subtractDead(i, &f.Collection)
		}
		f.norms = f.Norms()
	}
}

func (p *part) subtractDead(field int, c *rank.Collection) {
	if p.deleted == nil {
		return
	}
	for it := p.deleted.Iterator(); it.HasNext(); {
		if n := p.terms[field][it.Next()]; n > 0 {
			c.Docs--
			c.Terms -= int64(n)
		}
	}
}

// docFreq is the number of live documents that have a term.
func (v *view) docFreq(field index.Field, term string) (int, error) {
	freqs, err := v.docFreqs(field, []string{term})
	if err != nil {
		return 0, err
	}
	return freqs[0], nil
}

// docFreqs are the numbers of live documents that have each of some terms. Mending a word asks for more than a thousand at
// once, nearly all of which no document has, so each segment's dictionary is opened once and its buffers serve all terms.
func (v *view) docFreqs(field index.Field, terms []string) ([]int, error) {
	freqs := make([]int, len(terms))
	for _, p := range v.segments {
		dict, err := p.Dictionary(string(field))
		if err != nil {
			return nil, fmt.Errorf("read terms of %s: %w", field, err)
		}
		var list segment.PostingsList
		var key []byte
		for i, term := range terms {
			key = append(key[:0], term...)
			if list, err = dict.PostingsList(key, p.deleted, list); err != nil {
				return nil, fmt.Errorf("read %s %q: %w", field, term, err)
			}
			freqs[i] += int(list.Count())
		}
	}
	return freqs, nil
}

// list opens the postings of a term, without the documents in except.
func (p *part) list(field index.Field, term string, except *roaring.Bitmap) (segment.PostingsList, error) {
	dict, err := p.Dictionary(string(field))
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	list, err := dict.PostingsList([]byte(term), except, nil)
	if err != nil {
		return nil, fmt.Errorf("read %s %q: %w", field, term, err)
	}
	return list, nil
}

// Keys of what is stored beside the documents.
const (
	seqKey    = "seq"    // the last batch applied, 8 bytes big-endian
	schemaKey = "schema" // see generation.schema
)

func sequence(stored []byte) uint64 {
	if len(stored) == 8 {
		return binary.BigEndian.Uint64(stored)
	}
	return 0
}
