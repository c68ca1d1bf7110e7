// Package snippet finds the words of a plan in a stored text and chooses the passage to show.
package snippet

import (
	"slices"
	"sort"
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
	Fit        Fit // how close the word is to what was typed
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
	Met    []Met // what was found in the whole source, wherever the passage lies
}

// Met is a word or phrase of a text that a plan looked for, in small letters; of a compound all of it.
type Met struct {
	Group int // index in Plan.Groups
	Fit   Fit
	Word  string
}

// metIn lists the different words of a text that are marked, in their order, and then those that are not, for what nothing marked
// fits as well.
func metIn(text string, marks, unmarked []Mark) []Met {
	var out []Met
	seen := map[Met]bool{}
	better := func(m Mark) bool {
		return slices.ContainsFunc(marks, func(o Mark) bool { return o.Group == m.Group && o.Fit >= m.Fit })
	}
	for _, m := range slices.Concat(marks, slices.DeleteFunc(unmarked, better)) {
		met := Met{m.Group, m.Fit, strings.ToLower(strings.Join(strings.Fields(text[m.Start:m.End]), " "))}
		if !seen[met] {
			seen[met] = true
			out = append(out, met)
		}
	}
	return out
}

// Marker knows what one plan looks for. It serves one goroutine.
type Marker struct {
	a       *danish.Analyzer
	plan    index.Plan
	seekers map[string]*seeker // by language
}

// New reads from a plan what to mark: all that decides the match, nothing that only orders it.
func New(a *danish.Analyzer, p index.Plan) *Marker {
	return &Marker{a: a, plan: p, seekers: map[string]*seeker{}}
}

// Marks returns the stretches of a Danish text that the plan looked for, in order and without overlap.
func (m *Marker) Marks(text string) []Mark { return m.MarksIn(text, "da") }

// MarksIn is Marks for a text of the given language. English ones are read as English, as the index reads them.
func (m *Marker) MarksIn(text, lang string) []Mark {
	marks, _ := m.scan(text, lang)
	return marks
}

// Met is MarksIn together with the words that were met, those among them that the index takes for what is looked for and that
// deserve no mark.
func (m *Marker) Met(text, lang string) ([]Mark, []Met) {
	marks, unmarked := m.scan(text, lang)
	return marks, metIn(text, marks, unmarked)
}

// scan finds the marks, and apart from them the words that would have one if they did not begin a sentence.
func (m *Marker) scan(text, lang string) (marked, unmarked []Mark) {
	s := m.seeker(lang)
	tokens := m.a.Select(text, lang, s.wants)
	var found []Mark
	for i := range tokens {
		before := len(found)
		if lang != "en" && opensSentence(text, tokens[i].Start) {
			whole := tokens[i]
			if tokens[i].Lemmas = commanded(&whole); len(tokens[i].Lemmas) < len(whole.Lemmas) {
				if found = s.mark(found, tokens[i:]); len(found) > before {
					continue
				}
				if mark, ok := s.word(whole); ok {
					unmarked = append(unmarked, mark)
				}
				continue
			}
		}
		found = s.mark(found, tokens[i:])
	}
	slices.SortStableFunc(found, func(a, b Mark) int { return a.Start - b.Start })
	marks := found[:0]
	for _, mark := range found {
		if len(marks) == 0 || mark.Start >= marks[len(marks)-1].End {
			marks = append(marks, mark)
		}
	}
	return marks, unmarked
}

// seeker returns what to look for in texts of a language.
func (m *Marker) seeker(lang string) *seeker {
	if s := m.seekers[lang]; s != nil {
		return s
	}
	s := newSeeker(m.plan, lang)
	m.seekers[lang] = s
	return s
}

// Passage is PassageIn for a Danish text.
func (m *Marker) Passage(text string, limit int) Snippet { return m.PassageIn(text, "da", limit) }

// PassageIn chooses the part of a text to show, at most limit characters: whole sentences where they fit, the
// ones with most different words of the query first. A limit of -1 allows no passage at all.
func (m *Marker) PassageIn(text, lang string, limit int) Snippet {
	if limit <= 0 || text == "" {
		return Snippet{}
	}
	best := window{end: -1}
	marks, unmarked := m.scan(text, lang)
	for _, w := range windows(text, marks, limit) {
		if best.end < 0 || w.score > best.score {
			best = w
		}
	}
	out := best.cut(text)
	out.Met = metIn(text, marks, unmarked)
	return out
}

type window struct {
	start, end int
	marks      []Mark
	score      int
}

// windows makes one candidate passage for each sentence with a mark: the sentence and what fits after it. A text
// without marks has one, its beginning.
func windows(text string, marks []Mark, limit int) []window {
	var out []window
	sentences := Sentences(text)
	for i, s := range sentences {
		if len(marks) > 0 && len(within(marks, s[0], s[1])) == 0 && !crosses(marks, s[1]) {
			continue
		}
		out = append(out, passage(text, sentences[i:], marks, limit))
		if len(marks) == 0 {
			break
		}
	}
	return out
}

// passage is the first of some sentences and what fits after it.
func passage(text string, sentences [][2]int, marks []Mark, limit int) window {
	w := window{start: sentences[0][0], end: sentences[0][1]}
	length := utf8.RuneCountInString(text[w.start:w.end])
	for _, next := range sentences[1:] {
		if length += utf8.RuneCountInString(text[next[0]:next[1]]); length > limit {
			break
		}
		w.end = next[1]
	}
	w.marks = within(marks, w.start, w.end)
	if utf8.RuneCountInString(text[w.start:w.end]) > limit {
		w = narrow(text, w, limit)
	}
	w.score = score(w)
	return w
}

// crosses reports whether a mark lies across an offset.
func crosses(marks []Mark, at int) bool {
	i := sort.Search(len(marks), func(i int) bool { return marks[i].End > at })
	return i < len(marks) && marks[i].Start < at
}

// within are the marks inside a stretch.
func within(marks []Mark, start, end int) []Mark {
	from := sort.Search(len(marks), func(i int) bool { return marks[i].Start >= start })
	to := sort.Search(len(marks), func(i int) bool { return marks[i].End > end })
	return marks[from:max(from, to)]
}

// score prefers different words of the query over all else, then those that stand just as typed over other forms, parts and
// words of like meaning, then many marks, and marks near the start over late ones.
func score(w window) int {
	fits := map[int]Fit{}
	for _, m := range w.marks {
		fits[m.Group] = max(fits[m.Group], m.Fit)
	}
	close := 0
	for _, f := range fits {
		close += int(f)
	}
	points := 1_000_000*len(fits) + 1000*close + 10*min(len(w.marks), 20)
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
