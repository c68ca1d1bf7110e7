package describe

import (
	"slices"
	"strings"
)

// counting is what was met of a set so far: its rows, and the token from which the next may stand.
type counting struct {
	next int
	seen map[int]bool
}

// countCues notes each phrase of a set of cues once, or each place of one, and a word that is two phrases of a set once.
func (e *evidence) countCues(t *typeRules, z *zone) {
	if len(z.tokens) == 0 {
		return // a sign without a word around it says nothing, and cannot be quoted
	}
	counted := make([]counting, len(t.tables))
	for _, m := range z.matches {
		set := t.tables[m.table]
		if set == nil {
			continue
		}
		c := &counted[set.at]
		if c.next > m.from || set.Per == 0 && c.seen[m.row] || !spots[set.At](e, z, m) {
			continue
		}
		if c.seen == nil {
			c.seen = map[int]bool{}
		}
		c.next, c.seen[m.row] = m.from+1, true
		e.cues[set.name] = append(e.cues[set.name], cue{tokens: tokens{m.from, m.to}, zone: z})
	}
	for name, set := range t.Cues {
		for _, sign := range set.Signs {
			if at := strings.Index(z.text, sign); at >= 0 {
				e.cues[name] = append(e.cues[name], z.signed(at, sign))
			} else if strings.HasPrefix("\n"+z.text[:min(len(z.text), 8)], sign) {
				e.cues[name] = append(e.cues[name], z.signed(0, sign))
			}
		}
	}
}

// spots are the places where a phrase of a set of cues may have to stand.
var spots = map[string]func(*evidence, *zone, match) bool{
	"":      func(*evidence, *zone, match) bool { return true },
	"label": func(_ *evidence, z *zone, m match) bool { return opensShortLine(z, m) },
	"line":  func(_ *evidence, z *zone, m match) bool { return opensLine(z, m) },
	"head":  func(_ *evidence, z *zone, m match) bool { return heads(z, m) },
	"sentence": func(_ *evidence, z *zone, m match) bool {
		start := z.tokens[m.from].Start
		return (opensLine(z, m) || opens(z.text[:start])) && !lower(z.text[start:])
	},
	"told":   func(e *evidence, z *zone, m match) bool { return !e.spoken(z, m) && pronoun(z, m) },
	"said":   (*evidence).says,
	"byline": func(_ *evidence, z *zone, m match) bool { return inByline(z, m) },
}

// shortLine bounds a line of a fact panel in bytes.
const shortLine = 90

// opensLine reports whether only marks of a list stand before a match on its line.
func opensLine(z *zone, m match) bool {
	before := strings.TrimRight(z.text[:z.tokens[m.from].Start], " \u00a0•*–-0123456789.)")
	return before == "" || strings.HasSuffix(before, "\n")
}

// opensShortLine reports whether a match stands at the start of a line that is a label with its value.
func opensShortLine(z *zone, m match) bool {
	if !opensLine(z, m) {
		return false
	}
	start, end := z.tokens[m.from].Start, z.tokens[m.to].End
	line, _, _ := strings.Cut(z.text[start:], "\n")
	rest := strings.TrimLeft(line[min(len(line), end-start):], " \u00a0")
	if len(line) > shortLine {
		return false
	}
	return rest == "" || rest[0] == ':' || !strings.HasSuffix(line, ".") && !lower(rest)
}

// heads reports whether a match is a heading within a text: capitalised, at the start of a line or sentence, with a colon, a
// full stop or the end of the line behind it.
func heads(z *zone, m match) bool {
	start, end := z.tokens[m.from].Start, z.tokens[m.to].End
	before := strings.TrimRight(z.text[:start], " \u00a0")
	if before != "" && !strings.ContainsAny(before[len(before)-1:], ".:!?\n") || lower(z.text[start:]) {
		return false
	}
	return end == len(z.text) || strings.ContainsAny(z.text[end:end+1], ".:\n")
}

// meets reports whether a set of cues reaches its points: of a set whose places count, as many more as the text is longer.
func (e *evidence) meets(p points) bool {
	met, per := len(e.cues[p.set]), e.sets[p.set].Per
	return met >= p.most && (per == 0 || met*per >= p.most*e.words)
}

func (e *evidence) lacks(p points) bool { return !e.meets(p) }

// stretch is a piece of a text, in bytes.
type stretch struct{ from, to int }

// closing are the marks that end what an opening mark begins. Danish opens with », Norwegian with «.
var closing = map[rune]string{'»': "«", '«': "»", '“': "”“", '„': "“”", '”': "”“", '"': "\"", '\'': "'", '’': "’"}

// speech finds what a text has others say: between quotation marks, or on a line behind a dash, as local papers print it. A mark
// that nothing closes quotes to the end of its line.
func speech(text string) []stretch {
	var all []stretch
	for from := 0; from < len(text); {
		line, _, _ := strings.Cut(text[from:], "\n")
		if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "– ") || strings.HasPrefix(line, "— ") {
			all = append(all, stretch{from, from + len(line)})
		} else {
			all = quoted(all, line, from)
		}
		from += len(line) + 1
	}
	return all
}

// quoted appends what stands between quotation marks on a line.
func quoted(all []stretch, line string, at int) []stretch {
	end, before := 0, ' '
	for i, c := range line {
		marks, opening := closing[c]
		if i >= end && opening && strings.ContainsRune(" (\u00a0", before) {
			end = i + closed(line[i:], c, marks)
			all = append(all, stretch{at + i, at + end})
		}
		before = c
	}
	return all
}

// closed is where the mark stands that ends a quotation, behind it; an apostrophe within a word ends none.
func closed(rest string, mark rune, marks string) int {
	for k, c := range rest {
		if k == 0 || !strings.ContainsRune(marks, c) {
			continue
		}
		after := k + len(string(c))
		if (mark == '\'' || mark == '’') && after < len(rest) && letter(rest[after]) {
			continue
		}
		return after
	}
	return len(rest)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

// spoken reports whether a match stands in what somebody else says.
func (e *evidence) spoken(z *zone, m match) bool {
	start := z.tokens[m.from].Start
	i := e.speechFrom(start)
	return i < len(e.speech) && e.speech[i].from <= start
}

// speechFrom is the number of the first stretch of speech that ends behind a byte of the body.
func (e *evidence) speechFrom(at int) int {
	i, _ := slices.BinarySearchFunc(e.speech, at, func(s stretch, at int) int { return s.to - at - 1 })
	return i
}

// pronoun reports of "i" and "min" alone whether they are the pronouns: with a capital where no sentence begins, and behind no number.
func pronoun(z *zone, m match) bool {
	t := &z.tokens[m.from]
	switch {
	case m.from != m.to || m.from == 0:
		return m.from > 0 || t.Text != "i"
	case t.Text == "i":
		return t.Surface == "I" && !opens(z.text[:t.Start])
	case t.Text == "min":
		return !startsWithDigit(z.tokens[m.from-1].Text)
	}
	return true
}

// says reports whether a verb hands over what stands in quotation marks before or behind it: "…«, siger hun", "Hun siger: »…", or
// follows the comma of a line that begins with a dash.
func (e *evidence) says(z *zone, m match) bool {
	start, end := z.tokens[m.from].Start, z.tokens[m.to].End
	for _, s := range e.speech[max(0, e.speechFrom(start)-1):] {
		switch {
		case s.from > end:
			return strings.Trim(z.text[end:s.from], " \u00a0:\n") == "" && strings.Contains(z.text[end:s.from], ":")
		case s.to <= start:
			if strings.Trim(z.text[s.to:start], " \u00a0,.!?") == "" {
				return true
			}
		case strings.HasSuffix(strings.TrimRight(z.text[s.from:start], " "), ","):
			return true
		}
	}
	return false
}

// inByline reports whether a match stands in a line that says who wrote: "Af Bo Lund, medlem af byrådet", or a last line without a full stop.
func inByline(z *zone, m match) bool {
	from, to := z.line(z.tokens[m.from].Start)
	if to-from > shortLine+30 {
		return false
	}
	line, rest := strings.TrimSpace(z.text[from:to]), z.text[to:]
	by := strings.HasPrefix(line, "Af ") || strings.HasPrefix(line, "Af: ")
	last := strings.TrimSpace(rest) == "" && from > 0 && !strings.HasSuffix(line, ".") && !lower(line) && strings.Contains(line, ",")
	return by || last
}
