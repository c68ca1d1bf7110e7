package dedup

import (
	"slices"
	"strings"
	"unicode"
)

// The sketch of a text is the least hashes of its word triples: two sketches tell how much of two texts is common.
const (
	sketchSize = 128 // a share of one half is measured to about one twentieth
	leastText  = 80  // triples of their own; shorter texts are alike by chance or by template
	leastShort = 10  // triples; below leastText a text is a copy only under the same title or with the same beginning
	sampled    = 8   // of the hashes of a longer text, one in so many leads to others that have it
)

// words cuts a text into lower-case words of letters and digits.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), notOfWord)
}

func notOfWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// sketch returns the least hashes of the word triples, in order and each once; nil for a text too short to tell. Half of
// a hash is enough: sketches are what grouping remembers most of, and two texts meet by chance in one of 2^32.
func sketch(all []string) []uint32 {
	hashes := make([]uint32, 0, len(all))
	for i := 2; i < len(all); i++ {
		hashes = append(hashes, uint32(hash(all[i-2], all[i-1], all[i])>>32))
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	if len(hashes) < leastShort {
		return nil
	}
	return slices.Clone(hashes[:min(sketchSize, len(hashes))])
}

// leads are the hashes of a sketch under which a text is looked up: all of a short one, else every eighth by its value,
// so that two texts leave out the same. Of two texts with half of their triples in common, 1 pair in 60,000 shares none.
func leads(sketch []uint32) []uint32 {
	if len(sketch) < leastText {
		return sketch
	}
	some := make([]uint32, 0, len(sketch)/sampled*2)
	for _, h := range sketch {
		if h%sampled == 0 {
			some = append(some, h)
		}
	}
	return some
}

// likeness estimates the Jaccard index of the triples of two texts by their sketches, in [0, 1].
func likeness(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	union, common := 0, 0
	for i, j := 0, 0; (i < len(a) || j < len(b)) && union < sketchSize; union++ {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			i++
		case i == len(a) || b[j] < a[i]:
			j++
		default:
			i, j, common = i+1, j+1, common+1
		}
	}
	return float64(common) / float64(union)
}

// hash is FNV-1a over words with a mark between them, spread over all bits.
func hash(all ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range all {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h = (h ^ ' ') * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}
