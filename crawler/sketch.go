package crawler

import (
	"math/bits"
	"strings"
	"unicode"
)

// Two texts are the same page in other words when this share of their word pairs is common.
const (
	sameText = 0.90 // what a site answers for a page it does not have: only the address or a date differs
	nearText = 0.50 // a page and the page it names as its canonical one: print views drop menus, add footers
)

// fold cuts a text into lower-case words with numbers made alike, so that dates and counters do not tell pages apart.
func fold(text string) []string {
	words := strings.Fields(strings.Map(foldRune, text))
	for i, w := range words {
		if w[0] == '0' {
			words[i] = "0" + strings.TrimLeft(w, "0")
		}
	}
	return words
}

func foldRune(r rune) rune {
	switch {
	case unicode.IsDigit(r):
		return '0'
	case unicode.IsLetter(r):
		return unicode.ToLower(r)
	}
	return ' '
}

// pairs returns the set of adjacent word pairs; a text of one word is a pair with nothing.
func pairs(words []string) map[[2]string]struct{} {
	set := make(map[[2]string]struct{}, len(words))
	if len(words) == 1 {
		set[[2]string{words[0]}] = struct{}{}
	}
	for i := 1; i < len(words); i++ {
		set[[2]string{words[i-1], words[i]}] = struct{}{}
	}
	return set
}

// likeness is the Jaccard index of the word pairs of two texts, in [0, 1]; two empty texts are unlike.
func likeness(a, b string) float64 {
	x, y := pairs(fold(a)), pairs(fold(b))
	common := 0
	for p := range x {
		if _, ok := y[p]; ok {
			common++
		}
	}
	if union := len(x) + len(y) - common; union > 0 {
		return float64(common) / float64(union)
	}
	return 0
}

// Sketches are stored, so their hash has to be the same in every process: FNV-1a, not maphash.
const fnvOffset, fnvPrime = 14695981039346656037, 1099511628211

func fnv(words ...string) uint64 {
	h := uint64(fnvOffset)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * fnvPrime
		}
		h = (h ^ ' ') * fnvPrime
	}
	return h
}

// calendarWords are the names that change from one page of a calendar to the next.
var calendarWords = wordSet(`januar februar marts april maj juni juli august september oktober november december
	mandag tirsdag onsdag torsdag fredag lørdag søndag jan feb mar apr jun jul aug sep okt nov dec
	man tir ons tor fre lør søn uge`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		set[w] = true
	}
	return set
}

// sketch is the 64-bit simhash of a text's word pairs without the words of a calendar; 0 for a text without words.
func sketch(text string) uint64 {
	var kept []string
	for _, w := range fold(text) {
		if !calendarWords[w] && w != "0" {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return 0
	}
	var weight [64]int
	for i := range kept {
		h := mix(fnv(kept[max(0, i-1) : i+1]...))
		for bit := range weight {
			weight[bit] += int(h>>bit&1)*2 - 1
		}
	}
	var out uint64
	for bit, w := range weight {
		if w > 0 {
			out |= 1 << bit
		}
	}
	return out
}

// mix spreads a hash over all its bits, which FNV of short words does not.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// distance counts the bits in which two sketches differ.
func distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }
