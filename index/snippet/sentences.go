package snippet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts text into sentences, as byte offsets [start, end) that cover it without gaps. A line break
// ends one, and so does . ! ? before a capital, unless the word is an abbreviation or a number (f.eks.,
// 14,2 mio. kr., 3. udgave): Danish puts a full stop after ordinals and in most abbreviations.
func Sentences(text string) [][2]int {
	var out [][2]int
	start := 0
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || c > '?' && c != "…"[0] {
			i++ // letters and spaces, nearly all there is, end nothing
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
	after = strings.TrimLeft(after, "»”\"')")
	if after == "" {
		return true
	}
	trimmed := strings.TrimLeftFunc(after, unicode.IsSpace)
	if len(trimmed) == len(after) || trimmed == "" {
		return false // no space: 1.000, www.x.dk
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(trimmed, "»“\"'(–- "))
	if !unicode.IsUpper(next) && !unicode.IsDigit(next) {
		return false
	}
	if !strings.HasSuffix(before, ".") {
		return true
	}
	word := before[strings.LastIndexAny(before, " \n\u00a0(")+1 : len(before)-1]
	return !abbreviation(word)
}

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
	switch strings.ToLower(word) {
	case "bl", "ca", "dr", "eks", "evt", "f", "fx", "inkl", "jf", "kap", "kl", "kr", "mio", "mia", "mht", "nr",
		"osv", "pga", "pct", "ph", "prof", "red", "ref", "s", "sst", "stk", "tlf", "vedr", "vol":
		return true
	}
	return false
}
