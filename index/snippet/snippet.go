// Package snippet finds the words of a plan in a stored text and chooses the passage to show.
package snippet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Mark is a stretch of text that the plan looked for, as byte offsets.
type Mark struct {
	Start, End int
	Group      int // index in Plan.Groups
	// PartStart and PartEnd bound the matched part inside a compound; both are 0 when the whole word matched.
	PartStart, PartEnd int
}

// Snippet is a passage with its marks. Text is a verbatim piece of the source, and the marks are offsets in it.
type Snippet struct {
	Text   string
	Marks  []Mark
	Offset int  // where Text begins in the source, in bytes
	Before bool // source text was left out before the passage
	After  bool
}

// Marker knows what one plan looks for.
type Marker struct {
	a        *danish.Analyzer
	exact    map[string]int
	lemma    map[string]int
	parts    map[string]int
	prefixes []prefix
	phrases  []phrase
}

type prefix struct {
	text  string
	field index.Field
	group int
}

type phrase struct {
	terms []map[string]bool // one set of alternatives per position
	field index.Field
	slop  int
	group int
}

// New reads from a plan what to mark: all that decides the match, nothing that only orders it.
func New(a *danish.Analyzer, p index.Plan) *Marker {
	m := &Marker{a: a, exact: map[string]int{}, lemma: map[string]int{}, parts: map[string]int{}}
	for i, g := range p.Groups {
		if g.Occur == index.Not || g.Occur == index.Lift {
			continue
		}
		for _, alt := range g.Alts {
			m.add(i, alt)
		}
	}
	return m
}

func (m *Marker) add(group int, alt index.Alt) {
	if len(alt.Terms) > 1 {
		ph := phrase{field: alt.Field, slop: alt.Slop, group: group}
		for _, stack := range alt.Terms {
			ph.terms = append(ph.terms, set(stack))
		}
		m.phrases = append(m.phrases, ph)
		return
	}
	for _, stack := range alt.Terms {
		for term := range set(stack) {
			m.addTerm(group, alt, term)
		}
	}
}

func (m *Marker) addTerm(group int, alt index.Alt, term string) {
	if alt.Prefix {
		m.prefixes = append(m.prefixes, prefix{term, alt.Field, group})
		return
	}
	into := m.lemma
	switch alt.Field {
	case index.Exact:
		into = m.exact
	case index.Parts:
		into = m.parts
	}
	if _, taken := into[term]; !taken {
		into[term] = group
	}
}

func set(stack string) map[string]bool {
	out := map[string]bool{}
	for term := range strings.SplitSeq(stack, "|") {
		out[term] = true
	}
	return out
}

// Marks returns the stretches of text that the plan looked for, in order and without overlap.
func (m *Marker) Marks(text string) []Mark {
	tokens := m.a.Tokens(text)
	var out []Mark
	next := 0
	for i, t := range tokens {
		if t.Start < next {
			continue
		}
		mark, ok := m.phraseAt(tokens[i:])
		if !ok {
			mark, ok = m.word(t)
		}
		if ok {
			out = append(out, mark)
			next = mark.End
		}
	}
	return out
}

func (m *Marker) word(t danish.Token) (Mark, bool) {
	mark := Mark{Start: t.Start, End: t.End}
	if g, ok := m.exact[t.Text]; ok {
		mark.Group = g
		return mark, true
	}
	for _, lemma := range t.Lemmas {
		if g, ok := m.lemma[lemma]; ok {
			mark.Group = g
			return mark, true
		}
	}
	for _, p := range m.prefixes {
		if p.field == index.Exact && strings.HasPrefix(t.Text, p.text) {
			mark.Group = p.group
			return mark, true
		}
	}
	for _, part := range t.Parts {
		if g, ok := m.parts[part.Lemma]; ok {
			mark.Group, mark.PartStart, mark.PartEnd = g, part.Start, part.End
			return mark, true
		}
	}
	return Mark{}, false
}

// phraseAt looks for a phrase that begins with the first of tokens.
func (m *Marker) phraseAt(tokens []danish.Token) (Mark, bool) {
	for _, ph := range m.phrases {
		if end, ok := ph.match(tokens); ok {
			return Mark{Start: tokens[0].Start, End: end, Group: ph.group}, true
		}
	}
	return Mark{}, false
}

func (ph phrase) match(tokens []danish.Token) (end int, ok bool) {
	if !ph.fits(0, tokens[0]) {
		return 0, false
	}
	at, slack := 0, ph.slop
	for want := 1; want < len(ph.terms); want++ {
		at++
		for at < len(tokens) && !ph.fits(want, tokens[at]) {
			at, slack = at+1, slack-1
			if slack < 0 {
				return 0, false
			}
		}
		if at >= len(tokens) {
			return 0, false
		}
	}
	return tokens[at].End, true
}

func (ph phrase) fits(i int, t danish.Token) bool {
	if ph.field == index.Exact {
		return ph.terms[i][t.Text]
	}
	for _, lemma := range t.Lemmas {
		if ph.terms[i][lemma] {
			return true
		}
	}
	return false
}

// Passage chooses the part of text to show, at most about limit characters: whole sentences where they
// fit, the one with most different words of the query first. A limit of -1 allows no passage at all.
func (m *Marker) Passage(text string, limit int) Snippet {
	if limit <= 0 || text == "" {
		return Snippet{}
	}
	best := window{end: -1}
	for _, w := range windows(text, m.Marks(text), limit) {
		if best.end < 0 || w.score > best.score {
			best = w
		}
	}
	return best.cut(text)
}

type window struct {
	start, end int
	marks      []Mark
	score      int
}

// windows makes one candidate passage per sentence: the sentence and what fits after it.
func windows(text string, marks []Mark, limit int) []window {
	var out []window
	sentences := Sentences(text)
	for i, s := range sentences {
		w := window{start: s[0], end: s[1]}
		for _, next := range sentences[i+1:] {
			if utf8.RuneCountInString(text[w.start:next[1]]) > limit {
				break
			}
			w.end = next[1]
		}
		w.marks = within(marks, w.start, w.end)
		if utf8.RuneCountInString(text[w.start:w.end]) > limit {
			w = narrow(text, w, limit)
		}
		w.score = score(w)
		out = append(out, w)
	}
	return out
}

func within(marks []Mark, start, end int) []Mark {
	var out []Mark
	for _, m := range marks {
		if m.Start >= start && m.End <= end {
			out = append(out, m)
		}
	}
	return out
}

// score prefers different words of the query over many marks, and marks near the start over late ones.
func score(w window) int {
	groups := map[int]bool{}
	for _, m := range w.marks {
		groups[m.Group] = true
	}
	points := 1000*len(groups) + 10*min(len(w.marks), 20)
	if len(w.marks) > 0 {
		points -= min(9, (w.marks[0].Start-w.start)/40)
	}
	return points
}

// narrow cuts a sentence that is longer than limit around its first mark, at spaces.
func narrow(text string, w window, limit int) window {
	from := w.start
	if len(w.marks) > 0 {
		from = max(w.start, back(text, w.marks[0].Start, limit/4))
	}
	if from > w.start {
		if space := strings.IndexFunc(text[from:w.end], unicode.IsSpace); space >= 0 && (len(w.marks) == 0 || from+space < w.marks[0].Start) {
			from += space + 1
		}
	}
	to := forward(text, from, w.end, limit)
	if to < w.end {
		if space := strings.LastIndexFunc(text[from:to], unicode.IsSpace); space > 0 {
			to = from + space
		}
	}
	return window{start: from, end: to, marks: within(w.marks, from, to)}
}

// back returns the offset n characters before at.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// forward returns the offset n characters after at, at most end.
func forward(text string, at, end, n int) int {
	for ; n > 0 && at < end; n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return min(at, end)
}

func (w window) cut(text string) Snippet {
	if w.end < 0 {
		return Snippet{}
	}
	for w.start < w.end && unicode.IsSpace(rune(text[w.start])) {
		w.start++
	}
	s := Snippet{Offset: w.start, Before: w.start > 0}
	s.Text = strings.TrimRightFunc(text[w.start:w.end], unicode.IsSpace)
	s.After = strings.TrimSpace(text[w.start+len(s.Text):]) != ""
	for _, m := range w.marks {
		m.Start, m.End = m.Start-w.start, m.End-w.start
		if m.PartEnd > 0 {
			m.PartStart, m.PartEnd = m.PartStart-w.start, m.PartEnd-w.start
		}
		s.Marks = append(s.Marks, m)
	}
	return s
}
