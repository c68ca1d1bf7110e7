package describe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"smaabornsviden/index/danish"
)

// How much of a sentence is quoted. Few words prove nothing to somebody who does not know the rules: "du kan" may stand anywhere,
// "hvad du kan gøre, når dit barn græder" does not.
const (
	around    = 3  // words on either side of what is quoted
	readsOn   = 2  // more of them, to the end of the sentence or to a word that says something
	wholeLine = 10 // words of a sentence that is quoted whole
	clause    = 4  // words that are enough to stop at a comma
)

// quote is the text from one token to another with some words around, as it stands in the document: part of one sentence of one line,
// without the mark that ends it.
func (z *zone) quote(from, to int) string { return z.words(z.phrase(from, to)) }

// words is the text of a stretch of tokens, with a bracket or a sign for per cent that belongs to it.
func (z *zone) words(s tokens) string { return z.from(z.tokens[s.from].Start, s) }

// from is the text from an offset to the end of a stretch.
func (z *zone) from(start int, s tokens) string {
	end := z.tokens[s.to].End
	for _, mark := range []string{" %", "%"} {
		if strings.HasPrefix(z.text[end:], mark) {
			end += len(mark)
			break
		}
	}
	for _, pair := range brackets {
		opened, closed := strings.Count(z.text[start:end], pair[0]), strings.Count(z.text[start:end], pair[1])
		switch {
		case opened > closed && strings.HasPrefix(z.text[end:], pair[1]):
			end += len(pair[1])
		case closed > opened && strings.HasSuffix(z.text[:start], pair[0]):
			start -= len(pair[0])
		}
	}
	return strings.Join(strings.Fields(z.text[start:end]), " ")
}

// brackets are the marks that open and close what stands apart.
var brackets = [][2]string{{"(", ")"}, {"»", "«"}, {"“", "”"}}

// tokens are a stretch of them, both ends inclusive.
type tokens struct{ from, to int }

func (s tokens) has(other tokens) bool   { return s.from <= other.from && other.to <= s.to }
func (s tokens) meets(other tokens) bool { return s.from <= other.to && other.from <= s.to }

// phrase is what is quoted for a stretch of tokens.
func (z *zone) phrase(from, to int) tokens {
	from, to = z.uncrossed(from, to)
	lo, hi := from, to
	for lo > 0 && from-lo <= wholeLine && !z.ends(lo-1) {
		lo--
	}
	for hi+1 < len(z.tokens) && hi-to <= wholeLine && !z.ends(hi) {
		hi++
	}
	if hi-lo < wholeLine {
		return z.balanced(tokens{lo, hi}, from, to)
	}
	first := z.begin(lo, from, hi)
	return z.balanced(tokens{first, z.finish(first, to, hi)}, from, to)
}

// uncrossed is what stands of a match in one sentence: phrases are met over a full stop too.
func (z *zone) uncrossed(from, to int) (int, int) {
	for k := from; k < to; k++ {
		if !z.ends(k) {
			continue
		}
		if z.stops(from, k) && !z.stops(k+1, to) {
			return z.uncrossed(k+1, to)
		}
		return from, k
	}
	return from, to
}

// stops reports whether there are none but function words.
func (z *zone) stops(from, to int) bool {
	for k := from; k <= to; k++ {
		if !z.tokens[k].Stop {
			return false
		}
	}
	return true
}

// begin is where to begin a quotation of a match whose sentence begins at lo: with the sentence, when that is near, else with a
// clause, and with no conjunction.
func (z *zone) begin(lo, from, hi int) int {
	first := from - around
	if first-readsOn <= lo {
		first = lo
	}
	for k := max(first, lo+1); k <= from && hi-k+1 >= clause; k++ {
		if z.tokens[k].Stop && strings.Contains(z.between(k-1), ",") && !slices.Contains(leanBack, z.tokens[k].Text) {
			first = k
		}
	}
	for first > lo && first < from && slices.Contains(conjunctions, z.tokens[first].Text) {
		first++
	}
	if first > lo && !z.tokens[first].Stop && numbers(z.tokens[first-1].Text) && z.between(first-1) == " " {
		first-- // "2 år eller derunder"
	}
	return first
}

// conjunctions are words that a quotation from within a sentence does not begin with.
var conjunctions = []string{"og", "eller", "men", "at", "der", "som", "samt", "så", "and", "or", "that", "which", "och", "kr", "mio"}

// leanBack are words that say nothing behind a comma without what stands before it: "dig, der er far", "den, som kommer, kan".
var leanBack = []string{"der", "som", "that", "which", "kan", "skal", "vil", "må", "er", "var", "har", "havde", "bliver", "blev", "ikke"}

// finish is where to finish a quotation of a match whose sentence ends at hi: with the sentence, when that is near, before a clause
// that it would not finish, and with a word that says something.
func (z *zone) finish(first, to, hi int) int {
	last := to + around
	if last+readsOn >= hi {
		return hi
	}
	for k := max(to, first+clause-1); k < last; k++ {
		if z.tokens[k+1].Stop && strings.Contains(z.between(k), ",") && !z.hangs(k) {
			return k
		}
	}
	at := last
	for at <= last+readsOn && z.hangs(at) {
		at++
	}
	if at > last+readsOn {
		for at = last; at > to && z.hangs(at); at-- {
		}
	}
	return at
}

// hangs reports whether a word calls for the next: "i", "den", "12", "pr.".
func (z *zone) hangs(at int) bool {
	t := &z.tokens[at]
	number := numbers(t.Text) && at+1 < len(z.tokens) && strings.Trim(z.between(at), ". ") == ""
	return t.Stop || number || slices.Contains(unfinished, t.Text)
}

// unfinished are abbreviations that call for a number or for what is counted.
var unfinished = []string{"nr", "kl", "pr", "mio", "mia", "kap", "jf"}

// balanced leaves out what stands behind an opening bracket that the quotation does not close, or before a closing one that it did not open.
func (z *zone) balanced(s tokens, from, to int) tokens {
	for k := to; k < s.to; k++ {
		if strings.Contains(z.between(k), "(") && !strings.Contains(z.text[z.tokens[k+1].Start:z.tokens[s.to].End], ")") && !strings.HasPrefix(z.text[z.tokens[s.to].End:], ")") {
			s.to = k
		}
	}
	for k := from; k > s.from; k-- {
		if strings.Contains(z.between(k-1), ")") && !strings.Contains(z.text[z.tokens[s.from].Start:z.tokens[k-1].End], "(") {
			s.from = k
		}
	}
	return s
}

// ends reports whether a sentence, a line or a cell of a table ends behind a token. In doubt it does: a quotation may be short, but not
// run over into what somebody says next.
func (z *zone) ends(at int) bool {
	between := z.between(at)
	if between == " " || between == ", " {
		return false
	}
	if strings.ContainsAny(between, "\n\r\t\f\v;!?…•|·") {
		return true
	}
	stop := strings.IndexByte(between, '.')
	if stop < 0 || !strings.ContainsAny(between[stop:], " \u00a0") { // "ph.d.", "www.x.dk"
		return false
	}
	first, _ := utf8.DecodeRuneInString(z.tokens[at+1].Surface)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return false
	}
	return !shortened(z.tokens[at].Surface)
}

// shortened reports whether a full stop behind a word is part of it, whatever follows: "nr. 3", "kl. 9", "B. Lund".
func shortened(word string) bool {
	if startsWithDigit(word) {
		return false
	}
	if len(word) == 1 && word != "i" && word != "e" || strings.Contains(word, ".") {
		return true
	}
	switch strings.ToLower(word) {
	case "nr", "kl", "kap", "ca", "art", "stk", "pkt", "dr", "prof", "vol", "inkl", "jf", "sst", "skt", "tlf", "bl", "eks":
		return true
	}
	return false
}

// cue is a place where a phrase of a set of cues was met, or a sign.
type cue struct {
	tokens
	zone *zone
	sign string // in whose place the tokens stand
}

// cuesShown is how many cues are quoted of a rule's sets, about: more than a few phrases nobody reads. Two sets show two each, and three
// one each; the others are counted.
const cuesShown = 3

// cued quotes the cues of some sets.
func (e *evidence) cued(all []points) string {
	var sets [][]cue
	for _, p := range all {
		sets = append(sets, e.cues[p.set])
	}
	return pieced(someOf(sets...))
}

// someOf quotes those cues of some sets that tell most, in the order of the text, and counts the others.
func someOf(sets ...[]cue) []string {
	each, left := (cuesShown+len(sets)-1)/max(1, len(sets)), 0
	var shown []shownCue
	for _, met := range sets {
		shown = tellMost(shown, met, each)
	}
	for _, met := range sets {
		for _, c := range met {
			if !c.in(shown) {
				left++
			}
		}
	}
	slices.SortStableFunc(shown, func(a, b shownCue) int { return cmp.Or(a.zone.place()-b.zone.place(), a.from-b.from) })
	var quotes []string
	for _, s := range shown {
		quotes = append(quotes, s.text)
	}
	switch left {
	case 0:
		return quotes
	case 1:
		return append(quotes, "og 1 anden")
	}
	return append(quotes, fmt.Sprintf("og %d andre", left))
}

// place is where a zone stands in a document.
func (z *zone) place() int {
	return slices.Index([]string{inTitle, inKicker, inKeywords, inAbstract, inBody}, z.name)
}

// in reports whether a cue stands in what is shown.
func (c cue) in(shown []shownCue) bool {
	return slices.ContainsFunc(shown, func(s shownCue) bool { return s.zone == c.zone && s.has(c.tokens) })
}

// besides parts the pieces of a quotation from each other.
const besides = " · "

// pieced joins the pieces of a quotation, each once: what one shows, another need not.
func pieced(pieces []string) string {
	var out []string
	for _, piece := range pieces {
		for p := range strings.SplitSeq(piece, besides) {
			if slices.ContainsFunc(out, func(o string) bool { return shows(o, p) }) {
				continue
			}
			out = append(slices.DeleteFunc(out, func(o string) bool { return shows(p, o) }), p)
		}
	}
	return strings.Join(out, besides)
}

// shows reports whether a piece has another in it, as whole words.
func shows(piece, other string) bool { return strings.Contains(" "+piece+" ", " "+other+" ") }

// shownCue is a stretch that is quoted, and its words.
type shownCue struct {
	tokens
	zone *zone
	text string
	stem string
}

// mostWeighed bounds the cues of a set among which those to show are chosen.
const mostWeighed = 60

// tellMost adds to what is shown those cues of a set that tell most: no two of the same word, none that stands in what is shown.
func tellMost(shown []shownCue, met []cue, most int) []shownCue {
	left := make([]weighed, 0, min(len(met), mostWeighed))
	n := 0
	for _, c := range met[:min(len(met), mostWeighed)] {
		if c.in(shown) {
			n++ // a sentence may show cues of several sets
			continue
		}
		left = append(left, c.weigh(met))
	}
	slices.SortStableFunc(left, func(a, b weighed) int { return b.worth - a.worth })
	for _, again := range []bool{false, true} {
		for _, w := range left {
			if n >= most {
				return shown
			}
			repeats := slices.ContainsFunc(shown, func(s shownCue) bool {
				return s.zone == w.cue.zone && s.meets(w.stretch) || !again && w.stem != "" && s.stem == w.stem
			})
			if repeats || n > 0 && w.worth < 0 {
				continue
			}
			text := w.cue.text(w.stretch)
			if slices.ContainsFunc(shown, func(s shownCue) bool { return strings.EqualFold(s.text, text) }) {
				continue
			}
			shown, n = append(shown, shownCue{w.stretch, w.cue.zone, text, w.stem}), n+1
		}
		if n > 0 {
			break // the same word again proves no more, unless there is nothing else
		}
	}
	return shown
}

type weighed struct {
	cue     cue
	stretch tokens
	worth   int
	stem    string
}

// weigh says what a cue tells a reader: long words and several of them more than "vi", the opening of a text more than its end, a sentence
// with other cues more than one with a single one, and all of it more than a part.
func (c cue) weigh(met []cue) weighed {
	w := weighed{cue: c, stretch: c.zone.phrase(c.from, c.to)}
	longest := ""
	for k := c.from; k <= min(c.to, w.stretch.to); k++ {
		if t := &c.zone.tokens[k]; !t.Stop {
			w.worth += 3
			if len(t.Text) > len(longest) {
				longest = t.Text
			}
		}
	}
	w.worth += min(len(longest), 12) / 2
	w.stem = clip(longest, 6)
	for _, other := range met {
		if other.zone == c.zone && other.tokens != c.tokens && w.stretch.has(other.tokens) {
			w.worth += 3
		}
	}
	switch {
	case c.zone.name == inTitle || c.from < leadWords:
		w.worth += 4
	case c.from < earlyWords:
		w.worth += 2
	}
	if c.zone.entire(w.stretch) {
		w.worth += 3
	}
	if w.stretch.from == w.stretch.to && c.zone.value(w.stretch) == "" {
		w.worth -= 2
		if c.zone.tokens[c.from].Stop {
			w.worth -= 20
		}
	}
	return w
}

// entire reports whether a stretch is a sentence or a line, which reads best.
func (z *zone) entire(s tokens) bool {
	return (s.from == 0 || z.ends(s.from-1)) && (s.to == len(z.tokens)-1 || z.ends(s.to)) && s.to > s.from
}

// text is what is quoted of a cue: with its sign, when it has one, though no token holds that.
func (c cue) text(s tokens) string {
	start := c.zone.tokens[s.from].Start
	if c.sign != "" && s.from == c.from {
		if at := strings.LastIndex(c.zone.text[:c.zone.tokens[c.from].End], c.sign); at >= 0 {
			start = min(start, at+strings.Index(c.sign, "\n")+1) // a sign that begins on the line above is quoted from its own
		}
	}
	return c.zone.from(start, s) + c.zone.value(s)
}

// apart parts a label or a heading from what stands on the line below it.
const apart = " … "

// Of the line below a heading of so many words so many are quoted.
const (
	wordsOfLabel = 2
	wordsOfValue = 5
)

// value is the beginning of the line below a heading: "Hvornår" alone says nothing, "Hvornår … 12. maj kl. 10" does.
func (z *zone) value(s tokens) string {
	if s.to-s.from >= wordsOfLabel || s.to+1 >= len(z.tokens) || !strings.ContainsAny(z.between(s.to), "\n\t") {
		return ""
	}
	if s.from > 0 && !strings.ContainsAny(z.between(s.from-1), "\n\t") || strings.Contains(z.text[z.tokens[s.from].Start:z.tokens[s.to].End], ":") {
		return ""
	}
	from := s.to + 1
	to := from
	for to+1 < len(z.tokens) && !z.ends(to) && (to-from < wordsOfValue-1 || z.hangs(to) && to-from < wordsOfValue+readsOn) {
		to++
	}
	return apart + z.words(tokens{from, to})
}

// field quotes the value of a field with its label, which may stand on the line above.
func (z *zone) field(m match) string {
	s := z.phrase(m.from, m.to)
	if s.from == 0 || !strings.ContainsAny(z.between(s.from-1), "\n\t") || strings.Contains(z.text[z.tokens[s.from].Start:z.tokens[m.from].Start], ":") {
		return z.words(s)
	}
	label := z.phrase(s.from-1, s.from-1)
	if label.to-label.from >= around+wordsOfLabel {
		return z.words(s)
	}
	return z.words(label) + apart + z.words(s)
}

// signed is a sign at an offset of a zone as a cue: the token behind it or around it stands for it.
func (z *zone) signed(at int, sign string) cue {
	k, _ := slices.BinarySearchFunc(z.tokens, at, func(t danish.Token, at int) int { return t.End - at - 1 })
	k = min(k, len(z.tokens)-1)
	return cue{tokens: tokens{k, k}, zone: z, sign: sign}
}
