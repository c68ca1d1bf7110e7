package bleveindex

import (
	"container/list"
	"fmt"
	"math"
	"slices"
	"sync"

	"smaabornsviden/index"
	"smaabornsviden/index/rank"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// postings are the documents of a segment that have a term or phrase, ascending, deleted ones
// included, with how often and the quantised length of the field.
type postings struct {
	docs  []uint32
	freqs []float32
	lens  []byte
}

func (p *postings) add(doc uint32, freq float32, length byte) {
	p.docs = append(p.docs, doc)
	p.freqs = append(p.freqs, freq)
	p.lens = append(p.lens, length)
}

// only keeps the postings of some documents.
func (p *postings) only(docs *roaring.Bitmap) *postings {
	out := &postings{}
	for it := docs.Iterator(); it.HasNext(); {
		doc := it.Next()
		if i, found := slices.BinarySearch(p.docs, doc); found {
			out.add(doc, p.freqs[i], p.lens[i])
		}
	}
	return out
}

// bytes is what the postings take in memory.
func (p *postings) bytes() int { return 9*cap(p.docs) + 96 }

func makePostings(n int) *postings {
	return &postings{docs: make([]uint32, 0, n), freqs: make([]float32, 0, n), lens: make([]byte, 0, n)}
}

// none stands for a term that a segment does not have.
var none = &postings{}

// readTerm decodes the postings of a term, only those of the documents in only when that is not nil.
func (p *part) readTerm(field index.Field, term string, only *roaring.Bitmap) (*postings, error) {
	pl, err := p.list(field, term, nil)
	if err != nil {
		return nil, err
	}
	n := int(pl.Count())
	if n == 0 {
		return none, nil
	}
	it := pl.Iterator(true, true, false, nil)
	if only != nil && restrict(it, only) == 0 {
		return none, nil
	}
	if only != nil {
		n = int(only.GetCardinality())
	}
	out := makePostings(n)
	for {
		posting, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("read %s %q: %w", field, term, err)
		}
		if posting == nil {
			return out, nil
		}
		doc := uint32(posting.Number())
		if only == nil || only.Contains(doc) { // a term of a single document cannot be restricted
			out.add(doc, float32(posting.Frequency()), rank.Quantise(fieldLength(posting)))
		}
	}
}

// restrict lets an iterator visit only the documents in only and returns how many those are; a term of
// a single document stays as it is and counts as one.
func restrict(it segment.PostingsIterator, only *roaring.Bitmap) uint64 {
	o, ok := it.(segment.OptimizablePostingsIterator)
	if !ok || o.ActualBitmap() == nil {
		return 1
	}
	both := roaring.And(o.ActualBitmap(), only)
	o.ReplaceActual(both)
	return both.GetCardinality()
}

// fieldLength is the length that the document's field was indexed with. Bleve's segments hold it exactly,
// though their interface speaks of a norm; the second way is for other implementations of it.
func fieldLength(p segment.Posting) int {
	if exact, ok := p.(interface{ NormUint64() uint64 }); ok {
		return int(exact.NormUint64())
	}
	norm := p.Norm()
	return int(math.Round(1 / (norm * norm)))
}

// readPhrase finds the documents in which words stand in order, at most slop positions wider than side by side.
func (p *part) readPhrase(field index.Field, words []string, slop int, only *roaring.Bitmap) (*postings, error) {
	its := make([]segment.PostingsIterator, 0, len(words))
	common := only
	for _, word := range words {
		pl, err := p.list(field, word, nil)
		if err != nil {
			return nil, err
		}
		it := pl.Iterator(true, true, true, nil)
		o, ok := it.(segment.OptimizablePostingsIterator)
		if !ok || o.ActualBitmap() == nil {
			return none, nil
		}
		if common == nil {
			common = o.ActualBitmap()
		} else {
			common = roaring.And(common, o.ActualBitmap())
		}
		its = append(its, it)
	}
	if common.IsEmpty() {
		return none, nil
	}
	for _, it := range its {
		it.(segment.OptimizablePostingsIterator).ReplaceActual(common)
	}
	return matchPhrase(its, slop)
}

// matchPhrase walks iterators over the same documents side by side.
func matchPhrase(its []segment.PostingsIterator, slop int) (*postings, error) {
	out := &postings{}
	places := make([][]uint32, len(its))
	for {
		var doc uint32
		var length int
		for i, it := range its {
			posting, err := it.Next()
			if err != nil {
				return nil, fmt.Errorf("read positions: %w", err)
			}
			if posting == nil {
				return out, nil
			}
			doc, length = uint32(posting.Number()), fieldLength(posting)
			places[i] = appendPlaces(places[i][:0], posting.Locations())
		}
		if freq := rank.PhraseFreq(places, slop); freq > 0 {
			out.add(doc, freq, rank.Quantise(length))
		}
	}
}

// appendPlaces is the way back from what frequencies writes. A term that stands twice at one position
// counts there once.
func appendPlaces(places []uint32, locations []segment.Location) []uint32 {
	for _, l := range locations {
		at := uint32(l.Pos())
		places = append(places, at)
		for _, distance := range l.ArrayPositions() {
			if distance > 0 {
				at += uint32(distance)
				places = append(places, at)
			}
		}
	}
	return places
}

// postingsCache keeps decoded postings, the last used ones up to a number of bytes. Decoding costs ten
// times what scoring does, and readers' queries share their terms: function words, grams, the field's own words.
type postingsCache struct {
	limit int

	mu    sync.Mutex // guards the fields below
	used  int
	order *list.List // of *cachedPostings, last used first
	byKey map[postingsKey]*list.Element
}

type postingsKey struct {
	segment uint64
	field   index.Field
	term    string
}

type cachedPostings struct {
	key postingsKey
	*postings
}

func newPostingsCache(limit int) *postingsCache {
	return &postingsCache{limit: limit, order: list.New(), byKey: map[postingsKey]*list.Element{}}
}

// term returns the postings of a term in a segment, decoded now or before.
func (c *postingsCache) term(p *part, field index.Field, term string) (*postings, error) {
	key := postingsKey{p.id, field, term}
	if found := c.get(key); found != nil {
		return found, nil
	}
	read, err := p.readTerm(field, term, nil)
	if err != nil {
		return nil, err
	}
	if read != none {
		c.put(key, read)
	}
	return read, nil
}

func (c *postingsCache) get(key postingsKey) *postings {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cachedPostings).postings
}

// put keeps postings unless they would fill a quarter of the cache alone.
func (c *postingsCache) put(key postingsKey, p *postings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey[key] != nil || p.bytes() > c.limit/4 {
		return
	}
	c.byKey[key] = c.order.PushFront(&cachedPostings{key, p})
	c.used += p.bytes()
	for c.used > c.limit {
		c.drop(c.order.Back())
	}
}

// keep drops the postings of segments that are no longer in use.
func (c *postingsCache) keep(segments map[uint64]*columns) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.order.Front(); e != nil; {
		next := e.Next()
		if segments[e.Value.(*cachedPostings).key.segment] == nil {
			c.drop(e)
		}
		e = next
	}
}

func (c *postingsCache) drop(e *list.Element) {
	dropped := c.order.Remove(e).(*cachedPostings)
	delete(c.byKey, dropped.key)
	c.used -= dropped.bytes()
}
