package snippet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index/danish"
)

// Sentences cuts text into sentences, as byte offsets [start, end) that cover it without gaps. A line break
// ends one, and so does . ! ? before a capital, unless the word is an abbreviation or a number (f.eks.,
// 14,2 mio. kr., 3. udgave): Danish puts a full stop after ordinals and in most abbreviations.
func Sentences(text string) [][2]int {
	out := make([][2]int, 0, len(text)/shortSentence)
	start := 0
	for i := 0; i < len(text); {
		if !mayStop[text[i]] {
			i++ // nearly all there is
			continue
		}
		n := stopAt(text, i)
		if n == 0 {
			i++
			continue
		}
		i += n
		if text[i-n] != '\n' && !endsSentence(text[start:i], text[i:]) {
			continue
		}
		for i < len(text) && isBlank(text[i]) {
			i++
		}
		out = append(out, [2]int{start, i})
		start = i
	}
	if start < len(text) {
		out = append(out, [2]int{start, len(text)})
	}
	return out
}

// shortSentence is the length in bytes of sentences that are shorter than most.
const shortSentence = 64

// mayStop are the bytes that what ends a sentence begins with, the first one of "…" among them.
var mayStop = [256]bool{'\n': true, '.': true, '!': true, '?': true, 0xE2: true}

// stopAt is the length of what may end a sentence at an offset, 0 when it is anything else.
func stopAt(text string, at int) int {
	switch text[at] {
	case '\n', '.', '!', '?':
		return 1
	case "…"[0]:
		if strings.HasPrefix(text[at:], "…") {
			return len("…")
		}
	}
	return 0
}

func isBlank(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

func endsSentence(before, after string) bool {
	if after != "" && after[0] != ' ' { // what follows most sentences needs no look at quotes
		after = strings.TrimLeft(after, "»”\"')")
	}
	if after == "" {
		return true
	}
	trimmed := strings.TrimLeftFunc(after, unicode.IsSpace)
	if len(trimmed) == len(after) || trimmed == "" {
		return false // no space: 1.000, www.x.dk
	}
	if c := trimmed[0]; c < 'A' || c > 'z' {
		trimmed = strings.TrimLeft(trimmed, "»“\"'(–- ")
	}
	next, _ := utf8.DecodeRuneInString(trimmed)
	if !unicode.IsUpper(next) && !unicode.IsDigit(next) {
		return false
	}
	bare, dot := strings.CutSuffix(before, ".")
	return !dot || !abbreviation(lastWord(bare))
}

// lastWord is what stands in a text behind its last space or bracket.
func lastWord(text string) string {
	for i := len(text) - 1; i >= 0; i-- {
		switch c := text[i]; {
		case c == ' ' || c == '\n' || c == '(':
			return text[i+1:]
		case c == noBreak[1] && i > 0 && text[i-1] == noBreak[0]:
			return text[i+1:]
		}
	}
	return text
}

// noBreak is a space at which no line breaks, as typesetters put it before a unit.
const noBreak = "\u00a0"

// longest is how many letters the longest abbreviation has that is written without a stop inside it.
const longest = 4

// abbreviation reports whether a full stop after word is part of it.
func abbreviation(word string) bool {
	if word == "" {
		return true
	}
	if utf8.RuneCountInString(word) == 1 || strings.Contains(word, ".") {
		return true
	}
	if strings.Trim(word, "0123456789") == "" && len(word) <= 2 {
		return true // 3. udgave, 21. august
	}
	if utf8.RuneCountInString(word) > longest {
		return false
	}
	switch strings.ToLower(word) {
	case "bl", "ca", "dr", "eks", "evt", "f", "fx", "inkl", "jf", "kap", "kl", "kr", "mio", "mia", "mht", "nr",
		"osv", "pga", "pct", "ph", "prof", "red", "ref", "s", "sst", "stk", "tlf", "vedr", "vol":
		return true
	}
	return false
}

// opensSentence reports whether a word with a capital begins a sentence or a line.
func opensSentence(text string, start int) bool {
	if r, _ := utf8.DecodeRuneInString(text[start:]); !unicode.IsUpper(r) {
		return false
	}
	before := strings.TrimRight(text[:start], " \t\u00a0-–•*\"»“(")
	return before == "" || strings.ContainsRune(".!?:\n", rune(before[len(before)-1]))
}

// commanded are the dictionary forms of a word that begins a sentence. A verb there is mostly an imperative: "Bed barnet om hjælp" is no
// form of "bide", and a reader who looks for that would take its mark for a mistake.
func commanded(t *danish.Token) []string {
	asks := func(l string) bool { return danish.Plain(l) == t.Text+"e" }
	if len(t.Lemmas) < 2 || !slices.ContainsFunc(t.Lemmas, asks) {
		return t.Lemmas
	}
	var kept []string
	for _, l := range t.Lemmas {
		if asks(l) || danish.Plain(l) == t.Text {
			kept = append(kept, l)
		}
	}
	return kept
}
