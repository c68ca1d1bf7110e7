// Package rank scores what an engine found: BM25 digit for digit as Lucene computes it, the best
// alternative of a group, phrases, and the explanation of each.
package rank

import (
	"math"
	"math/bits"
	"slices"
)

// K1 and B are BM25's constants: how fast repetition saturates and how much length counts. They are
// Lucene's defaults; others that were tried helped one judged set and ruined another.
const (
	K1 float32 = 1.2
	B  float32 = 0.75
)

// Collection is what BM25 knows of one field of an index.
type Collection struct {
	Docs  int   // documents with at least one term in the field
	Terms int64 // occurrences of terms in those documents, stacked alternatives included
}

// AverageLength is the mean number of terms, 0 for an empty field. Lucene divides occurrences, stacked ones
// included, though a document's own length leaves them out; to rank as Lucene does, so do we.
func (c Collection) AverageLength() float32 {
	if c.Docs == 0 {
		return 0
	}
	return float32(float64(c.Terms) / float64(c.Docs))
}

// IDF is how much a term counts that docFreq documents of the field have.
func (c Collection) IDF(docFreq int) float32 {
	return float32(math.Log(1 + (float64(c.Docs)-float64(docFreq)+0.5)/(float64(docFreq)+0.5)))
}

// PhraseIDF is the sum of the idfs of a phrase's words, without those that no document has. A word that stands
// twice counts twice side by side, as in Lucene's PhraseQuery, and once with slop, as in its span query.
func (c Collection) PhraseIDF(words []string, slop int, docFreq func(word string) int) float32 {
	sum := 0.0
	for i, word := range words {
		if slop > 0 && slices.Contains(words[:i], word) {
			continue
		}
		if df := docFreq(word); df > 0 {
			sum += float64(c.IDF(df))
		}
	}
	return float32(sum)
}

// Norms holds, for each quantised length, how strongly one occurrence counts.
type Norms [256]float32

// Norms works out the table for a field. The conversions keep every step in float32: without them
// a compiler may fuse steps and get other last digits on other machines.
func (c Collection) Norms() *Norms {
	var n Norms
	avg := c.AverageLength()
	if avg == 0 {
		return &n
	}
	for i := range n {
		long := float32(float32(B*float32(Length(byte(i)))) / avg)
		n[i] = 1 / float32(K1*float32((1-B)+long))
	}
	return &n
}

// Scorer scores one term or phrase of one field.
type Scorer struct {
	weight float32
	norms  *Norms
}

// NewScorer returns the scorer of an alternative with its weight in the plan.
func NewScorer(boost float64, idf float32, norms *Norms) Scorer {
	return Scorer{weight: float32(float32(boost) * idf), norms: norms}
}

// Constant returns a scorer that gives every document the weight alone.
func Constant(weight float64) Scorer { return Scorer{weight: float32(weight)} }

// Score is the BM25 of freq occurrences in a field of a quantised length. It is written as Lucene
// writes it, so that it grows with freq and falls with length also in the last digit.
func (s Scorer) Score(freq float32, length byte) float32 {
	if s.norms == nil {
		return s.weight
	}
	return s.weight - s.weight/(1+float32(freq*s.norms[length]))
}

// Lengths up to exactLengths-1 are kept as they are; above, four significant bits are.
const exactLengths = 255 - 231

// Quantise packs a length into a byte as Lucene's SmallFloat.intToByte4; negative lengths count as 0.
func Quantise(length int) byte {
	if length < 0 {
		return 0
	}
	if length < exactLengths {
		return byte(length)
	}
	return byte(exactLengths + pack(uint64(min(length, math.MaxInt32)-exactLengths)))
}

// Length is the length that a quantised one stands for: the smallest that packs to it.
func Length(quantised byte) int {
	if quantised < exactLengths {
		return int(quantised)
	}
	return exactLengths + int(unpack(uint(quantised)-exactLengths))
}

// pack keeps the four highest bits: three of mantissa under an implied one, and the shift.
func pack(v uint64) uint {
	width := bits.Len64(v)
	if width < 4 {
		return uint(v)
	}
	shift := width - 4
	return uint(v>>shift)&7 | uint(shift+1)<<3
}

func unpack(p uint) uint64 {
	mantissa, exponent := uint64(p&7), p>>3
	if exponent == 0 {
		return mantissa
	}
	return (mantissa | 8) << (exponent - 1)
}
