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
	return utf8.RuneCountInString(word) >= 4 && utf8.RuneCountInString(word) <= 40 && !strings.ContainsAny(word, "0123456789@./")
}

const letters = "abcdefghijklmnopqrstuvwxyzæøåéü-"

// edits are the words at one edit from a word: a letter too much, too little, another one, or two swapped.
func edits(word string) []string {
	r := []rune(word)
	out := make([]string, 0, 64*len(r))
	for i := range r {
		out = append(out, string(r[:i])+string(r[i+1:]))
		if i > 0 && r[i] != r[i-1] {
			out = append(out, string(r[:i-1])+string(r[i])+string(r[i-1])+string(r[i+1:]))
		}
	}
	for i := 0; i <= len(r); i++ {
		head, tail := string(r[:i]), string(r[i:])
		for _, c := range letters {
			out = append(out, head+string(c)+tail)
			if i < len(r) && c != r[i] {
				out = append(out, head+string(c)+string(r[i+1:]))
			}
		}
	}
	return out
}
