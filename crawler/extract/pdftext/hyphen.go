package pdftext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const softHyphen = "\u00AD"

// hyphens decides what becomes of a hyphen at the end of a line, with the words of the document itself as witnesses.
type hyphens struct {
	joiner   func(left, right string) bool
	solid    map[string]bool // words without a hyphen, in small letters
	pairs    map[string]bool // words with a hyphen inside a line: "0-6-årige"
	prefixes map[string]bool // what stands before the last hyphen of one: "0-6"
	suffixes map[string]bool // and behind it: "årige"
}

func newHyphens(pages [][]line, joiner func(left, right string) bool) *hyphens {
	h := &hyphens{
		joiner: joiner, solid: map[string]bool{}, pairs: map[string]bool{},
		prefixes: map[string]bool{}, suffixes: map[string]bool{},
	}
	for _, lines := range pages {
		for i := range lines {
			words := strings.Fields(lines[i].Text)
			for j, w := range words {
				// The first and the last word may be halves themselves.
				h.learn(w, j > 0, j < len(words)-1)
			}
		}
	}
	return h
}

func (h *hyphens) learn(w string, first, last bool) {
	w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	i := max(strings.LastIndex(w, "-"), strings.LastIndex(w, "‐"))
	switch {
	case w == "":
	case i > 0:
		_, n := utf8.DecodeRuneInString(w[i:])
		h.pairs[w[:i]+"-"+w[i+n:]] = true
		h.prefixes[w[:i]] = true
		h.suffixes[w[i+n:]] = true
	case first && last:
		h.solid[w] = true
	}
}

// parted takes the halves of a word that is parted between two lines: the one before the hyphen and the one that the
// next line starts with. Digits count as halves too: "0-6-" and "årige".
func parted(line, next string) (left, right string, ok bool) {
	body := strings.TrimRight(line, "-‐"+softHyphen)
	if body == line {
		return "", "", false
	}
	left = body[strings.LastIndexAny(body, " \t(\"»”“„/")+1:]
	left = left[strings.LastIndex(left, softHyphen)+1:]
	last, _ := utf8.DecodeLastRuneInString(left)
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) {
		return "", "", false
	}
	end := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if end < 0 {
		end = len(next)
	}
	return left, next[:end], end > 0
}

// join puts the next line behind a line.
func (h *hyphens) join(line, next string) string {
	left, right, ok := parted(line, next)
	if !ok {
		return line + " " + next
	}
	body := strings.TrimRight(line, "-‐"+softHyphen)
	switch h.verdict(left, right, strings.HasSuffix(line, softHyphen)) {
	case solid:
		return body + next
	case hyphenated:
		return body + "-" + next
	}
	return body + "- " + next
}

// fate is what becomes of a hyphen.
type fate int

const (
	solid      fate = iota // the hyphen goes: "under-|søgelse"
	hyphenated             // it stays: "0-6-|årige"
	suspended              // it stays with a space: "dagpleje-|og vuggestue"
)

// links are words that no word ends with behind a hyphen, but that follow one: "børne- og ungeområdet".
var links = map[string]bool{
	"og": true, "eller": true, "samt": true, "såvel": true, "hhv": true,
	"and": true, "och": true,
}

// ranges follow a number with a hyphen as well, but end many words: "0- til 6-årige", but "her-|til".
var ranges = map[string]bool{"til": true, "to": true, "bis": true, "till": true}

func (h *hyphens) verdict(left, right string, soft bool) fate {
	l, r := strings.ToLower(left), strings.ToLower(right)
	switch {
	case soft:
		return solid
	case ranges[right] && !hasLetter(left):
		return suspended
	case links[right]:
		if h.solid[l+r] || h.joiner != nil && h.joiner(l, r) {
			return solid // "vedt-|og"
		}
		return suspended
	case h.pairs[l+"-"+r]:
		return hyphenated
	case capitals(left) && capitals(right):
		return h.ask(l, r, h.solid[l+r])
	case !lower(right):
		return hyphenated
	case !syllable(left) || capitals(left):
		// "3-årig", "cpr-nummer", "ADHD-diagnose"
		return hyphenated
	case h.solid[l+r]:
		return solid
	case h.prefixes[l] && h.suffixes[r]:
		return hyphenated
	}
	return h.ask(l, r, true)
}

// ask lets the caller's lexicon decide; without one, the default does.
func (h *hyphens) ask(left, right string, otherwise bool) fate {
	if h.joiner != nil {
		otherwise = h.joiner(left, right)
	}
	if otherwise {
		return solid
	}
	return hyphenated
}

// capitals reports whether s is an abbreviation or a part of a heading in capitals.
func capitals(s string) bool {
	return utf8.RuneCountInString(s) > 1 && hasLetter(s) && strings.ToUpper(s) == s
}

// syllable reports whether s can be a part of a word parted between its syllables: each has a vowel.
func syllable(s string) bool {
	return strings.ContainsAny(strings.ToLower(s), "aeiouyæøåäöüéèáàóôêëï")
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
