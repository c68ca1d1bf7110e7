package query

import (
	"slices"
	"strings"
	"unicode"

	"smaabornsviden/index/danish"
)

// asked brings a typed word to the form in which the search looks for it. Texts write numbers, words with numbers and
// abbreviations in several ways, and a reader who types one of them means them all: "tusind", "1.000" and "1000",
// "1000-dages" and "1000 dage", "SFO'en", "SFOen" and "SFO".
func asked(a *danish.Analyzer, t danish.Token) []danish.Token {
	if n := number(t); n != "" {
		t.Text, t.Lemmas = n, []string{n}
		return []danish.Token{t}
	}
	if counted(t) {
		words := a.Tokens(strings.Replace(t.Surface, "-", " ", 1))
		for i := range words {
			move(&words[i], t.Start)
		}
		return words
	}
	return []danish.Token{uninflected(a, t)}
}

// number is the number that a word stands for in letters: texts have its digits as a dictionary form, too. Those below ten
// are written in letters and, as "to" and "ti", have more to say than their number.
func number(t danish.Token) string {
	for i, l := range t.Lemmas {
		if len(l) > 1 && strings.Trim(l, "0123456789") == "" && (i == 0 || onlyNumber(t, l)) {
			return l
		}
	}
	return ""
}

// onlyNumber reports whether a word is nothing but a number: "tyve" are thieves, too.
func onlyNumber(t danish.Token, digits string) bool {
	return !slices.ContainsFunc(t.Lemmas, func(l string) bool { return l != digits && l != t.Text })
}

// counted reports whether a word joins a number and what it counts, "1000-dages". Ages are words of their own.
func counted(t danish.Token) bool {
	digits, noun, ok := strings.Cut(t.Text, "-")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == "" && noun != "" && !strings.Contains(noun, "-") &&
		strings.IndexFunc(noun, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 && !strings.Contains(noun, "årig")
}

// uninflected adds to an abbreviation in capitals, "forårs-SFO'en", its dictionary forms without the ending.
func uninflected(a *danish.Analyzer, t danish.Token) danish.Token {
	bare := capitals(t.Surface)
	if bare == "" {
		return t
	}
	if bare != t.Surface {
		words := a.Tokens(bare)
		if len(words) != 1 {
			return t
		}
		w := words[0]
		move(&w, t.Start)
		for _, l := range t.Lemmas {
			if !slices.Contains(w.Lemmas, l) {
				w.Lemmas = append(slices.Clip(w.Lemmas), l)
			}
		}
		w.Surface, w.Start, w.End, w.Pos, w.Expansions, w.Stop = t.Surface, t.Start, t.End, t.Pos, t.Expansions, t.Stop
		return w
	}
	if strings.Contains(t.Text, "-") && !slices.Contains(t.Lemmas, t.Text) {
		t.Lemmas = append(slices.Clip(t.Lemmas), t.Text) // as texts have it that inflect it with an apostrophe
	}
	return t
}

// capitals is a word up to the end of its abbreviation in capitals, with at least two of them: "forårs-SFO" of
// "forårs-SFO'en". It is empty for words without one and for words that do not end soon after it.
func capitals(surface string) string {
	from := strings.LastIndexByte(surface, '-') + 1
	letters := 0
	for i, r := range surface[from:] {
		if unicode.IsUpper(r) {
			letters++
			continue
		}
		if letters < 2 || !inflects(surface[from+i:]) {
			return ""
		}
		return surface[:from+i]
	}
	if letters < 2 {
		return ""
	}
	return surface
}

// inflects reports whether a text is what may follow an abbreviation: the ending of a noun, with or without its sign.
func inflects(ending string) bool {
	switch strings.TrimLeft(ending, "'’´`") {
	case "s", "en", "ens", "et", "ets", "er", "ers", "erne", "ernes":
		return true
	}
	return false
}

// move brings a token that was read by itself to its place in the query.
func move(t *danish.Token, by int) {
	t.Start, t.End = t.Start+by, t.End+by
	t.Parts = slices.Clone(t.Parts)
	for i := range t.Parts {
		t.Parts[i].Start, t.Parts[i].End = t.Parts[i].Start+by, t.Parts[i].End+by
	}
}
