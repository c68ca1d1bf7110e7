package query

import (
	"strings"
	"unicode/utf8"
)

// maxRespellings bounds the candidates of one word with many vowels.
const maxRespellings = 512

// respellings are the words that are meant when æ, ø and å are written as ae, oe and aa, or as a and o.
func respellings(word string) []string {
	done := []string{""}
	for rest := word; rest != ""; {
		n := 1
		var ways []string
		switch {
		case strings.HasPrefix(rest, "aa"):
			n, ways = 2, []string{"aa", "å"}
		case strings.HasPrefix(rest, "ae"):
			n, ways = 2, []string{"ae", "æ", "åe"}
		case strings.HasPrefix(rest, "oe"):
			n, ways = 2, []string{"oe", "ø", "øe"}
		case rest[0] == 'a':
			ways = []string{"a", "å", "æ"}
		case rest[0] == 'o':
			ways = []string{"o", "ø"}
		default:
			_, n = utf8.DecodeRuneInString(rest)
			ways = []string{rest[:n]}
		}
		if len(done)*len(ways) > maxRespellings {
			ways = ways[:1]
		}
		longer := make([]string, 0, len(done)*len(ways))
		for _, d := range done {
			for _, w := range ways {
				longer = append(longer, d+w)
			}
		}
		done, rest = longer, rest[n:]
	}
	return done[1:] // the first is the word itself
}

// mayBeMistyped: short words have too many neighbours, and numbers are meant as they stand.
func mayBeMistyped(word string) bool {
	bare, _, _ := strings.Cut(word, "'")
	n := utf8.RuneCountInString(bare)
	return n >= 4 && n <= 40 && !strings.ContainsAny(word, "0123456789@./")
}

// slip is a word that may have been meant by a mistyped one.
type slip struct {
	meant string
	odds  float64 // of this slip against others, were all words as common
}

// Odds of slips. A letter left out or two swapped leave few words that can have been meant, a wrong letter or one too
// many leave thirty times as many, so each of those is the less likely; keys that lie side by side, and letters that sound or
// look alike, make up for a part of it.
const (
	oddsLeftOut = 1.0
	oddsSwapped = 1.0
	oddsDoubled = 3.0 // "vugestue", "motorikk": whether a consonant is double cannot be heard
	oddsLinked  = 2.0 // "sundhedplejerske": the s or e between the halves of a compound
	oddsDanish  = 3.0 // "bornehave": a foreign keyboard
	oddsNear    = 0.5
	oddsOther   = 0.1
)

const letters = "abcdefghijklmnopqrstuvwxyzæøåéü-"

// slips are the words at one edit from a word: a letter too much, too little, another one, or two swapped.
func slips(word string) []slip { return likelySlips(word, 0) }

// likelySlips are the slips with at least some odds.
func likelySlips(word string, least float64) []slip {
	r := []rune(word)
	out := make([]slip, 0, 64*len(r))
	add := func(odds float64, meant ...string) {
		if odds >= least {
			out = append(out, slip{strings.Join(meant, ""), odds})
		}
	}
	for i := range r {
		head, tail := string(r[:i]), string(r[i+1:])
		add(tooMuch(r, i), head, tail)
		if i > 0 && r[i] != r[i-1] {
			add(oddsSwapped, string(r[:i-1]), string(r[i]), string(r[i-1]), tail)
		}
		for _, c := range letters {
			if c != r[i] {
				add(mistaken(c, r[i]), head, string(c), tail)
			}
		}
	}
	for i := 0; i <= len(r); i++ {
		head, tail := string(r[:i]), string(r[i:])
		for _, c := range letters {
			add(tooLittle(r, i, c), head, string(c), tail)
		}
	}
	return out
}

// minHalf is how many letters both halves of a compound have at least.
const minHalf = 3

// tooMuch are the odds that the letter at i was typed by mistake.
func tooMuch(r []rune, i int) float64 {
	switch {
	case i > 0 && r[i] == r[i-1]:
		return oddsDoubled
	case links(r[i]) && i >= minHalf && len(r)-i > minHalf:
		return oddsLinked * oddsNear
	case i > 0 && near(r[i], r[i-1]) || i+1 < len(r) && near(r[i], r[i+1]):
		return oddsNear
	}
	return oddsOther
}

// tooLittle are the odds that c was left out before the letter at i.
func tooLittle(r []rune, i int, c rune) float64 {
	switch {
	case i > 0 && r[i-1] == c || i < len(r) && r[i] == c:
		return oddsDoubled
	case links(c) && i >= minHalf && len(r)-i >= minHalf:
		return oddsLinked
	}
	return oddsLeftOut
}

// mistaken are the odds that c was meant where another letter was typed.
func mistaken(meant, typed rune) float64 {
	switch string([]rune{meant, typed}) {
	case "åa", "øo", "æa", "æe", "éa", "ée":
		return oddsDanish
	}
	if near(meant, typed) || strings.ContainsRune(vowels, meant) && strings.ContainsRune(vowels, typed) {
		return oddsNear
	}
	return oddsOther
}

const vowels = "aeiouyæøå"

func links(r rune) bool { return r == 's' || r == 'e' }

// keys is the Danish keyboard, row by row, each row half a key to the right of the one above.
var keys = [...]string{"qwertyuiopå", "asdfghjklæø", "zxcvbnm"}

// near reports whether two keys lie side by side, or sound alike ("inklution").
func near(a, b rune) bool {
	switch string([]rune{a, b}) {
	case "ts", "st", "cs", "sc", "ck", "kc", "zs", "sz", "vw", "wv", "dt", "td", "bp", "pb", "gk", "kg":
		return true
	}
	rowA, atA := key(a)
	rowB, atB := key(b)
	if rowA < 0 || rowB < 0 {
		return false
	}
	if rowA > rowB {
		rowA, atA, rowB, atB = rowB, atB, rowA, atA
	}
	switch right := atA - atB; rowB - rowA {
	case 0:
		return right == 1 || right == -1
	case 1:
		return right == 0 || right == 1
	}
	return false
}

// key is the place of a letter on the keyboard, -1 for one that has none.
func key(r rune) (row, at int) {
	for row, letters := range keys {
		if at := strings.IndexRune(letters, r); at >= 0 {
			return row, at
		}
	}
	return -1, -1
}
