package describe

import (
	"slices"
	"strconv"
	"strings"

	"smaabornsviden/index/danish"
)

// ageMention is an age that a text names, in months, both ends inclusive.
type ageMention struct {
	from, to   int // months
	start, end int // tokens, both inclusive
	rule       string
	weight     float64
	vague      bool
	alone      bool // no child is spoken of near it
	unbound    bool // said of children only where the text speaks of them
	aside      bool // tells of somebody's own life, see sideways
	light      bool // of one child or of a moment, see lightened
	moment     bool // the time at which something happens
}

// What a mention counts, beside the weights of ages.yaml.
const (
	weightRange  = 3.0 // "3-5-årige": nobody writes that in passing
	weightSingle = 2.0 // "treårige"
	weightUpTo   = 2.0 // "børn under 3 år"
)

// unit of a number, in months.
type unit float64

// Years, months and weeks are counted in months.
const (
	noUnit unit = 0
	years  unit = 12
	months unit = 1
	weeks  unit = 7 / 30.4
)

// oldest bounds ages: numbers of adults and of school classes are not about small children.
const (
	oldestSingle = 7  // years
	oldestRange  = 18 // years
)

// ages finds every age that tokens name in numbers. It never fails; what it cannot read it leaves out.
func ages(tokens []danish.Token, text string) []ageMention {
	tokens, at := halved(tokens)
	p := ageParser{tokens: tokens, text: text}
	var all []ageMention
	for i := 0; i < len(tokens); {
		m, ok := p.at(i)
		if !ok {
			i++
			continue
		}
		i = m.end + 1
		m.spread(at)
		all = append(all, m)
	}
	return all
}

type ageParser struct {
	tokens []danish.Token
	text   string
}

// at reads an age that begins at a token.
func (p *ageParser) at(i int) (ageMention, bool) {
	head, rest, ok := leadingNumber(p.tokens[i].Text)
	if !ok {
		return p.fromTheStart(i)
	}
	if m, ok := p.row(i); ok {
		return m, true
	}
	if m, ok := p.word(i, head, rest); ok {
		return m, true
	}
	if m, ok := p.listed(i, head, rest); ok {
		return m, true
	}
	n, ok := p.number(i, head, rest)
	if !ok {
		return ageMention{}, false
	}
	u, last := p.unit(n.last + 1)
	if u == noUnit && n.ranged { // "0-2 og 3-5 år": the second span has the unit of both
		u, last = p.unitOfNext(n), n.last
	}
	if u == noUnit {
		return p.unitless(i, n)
	}
	if n.ranged {
		return p.span(i, last, n, u)
	}
	if more, end := p.monthsMore(last, u); end > 0 {
		n.from, last = n.from+more/12, end
	}
	if m, ok := p.mixed(i, last, n, u); ok {
		return m, true
	}
	if end := p.toSchool(last); end > 0 && n.from*float64(u) <= oldestSchool*12 {
		return toSchoolFrom(i, end, n, u)
	}
	return p.single(i, last, n, u)
}

// word reads an age in one word: "0-6-årige", "treårig", "3-årsalderen", "6-måneders", "0-3-year-olds".
func (p *ageParser) word(i int, n numberSpan, rest string) (ageMention, bool) {
	if rest == "" {
		return ageMention{}, false
	}
	u := unitOf(strings.TrimPrefix(rest, "-"))
	if u == noUnit || p.duration(i, u) || p.ofSomething(i) {
		return ageMention{}, false
	}
	if glued(p.tokens[i].Text, n) {
		n = numberSpan{from: float64(int(n.from) / 10), to: float64(int(n.from) % 10), ranged: true}
	}
	n.first, n.last = i, i
	if n.ranged {
		return mention(i, i, "alder/spand", n.from, n.to, u, weightRange)
	}
	// "0-" and "3-årige": the hyphen at the end of the word before was the span's
	if m, ok := p.elliptic(i, n, u); ok {
		return m, true
	}
	if u == years && n.from > oldestSingle {
		return ageMention{}, false
	}
	if end := p.toSchool(i); end > 0 && p.before(i, 1) == "fra" { // "fra 3-årsalderen og frem til skolestart"
		return toSchoolFrom(i, end, n, u)
	}
	if p.upTo(i) && strings.Contains(rest, "alder") || p.before(i, 1) == "som" && p.untilThen(i-1) {
		return mention(i, i, "alder/under", 0, n.from-1, u, weightUpTo)
	}
	return mention(i, i, "alder/ord", n.from, n.from, u, weightSingle)
}

// glued reports whether a PDF has lost the hyphen of "3-5-årige": "35årige" is no age of a child.
func glued(text string, n numberSpan) bool {
	a, b := int(n.from)/10, int(n.from)%10
	return !n.ranged && n.from >= 12 && n.from <= 67 && a < b && b <= 7 && len(text) > 2 && text[2] != '-'
}

// numberSpan is a number or a span of two, first and last its tokens.
type numberSpan struct {
	from, to    float64
	ranged      bool
	first, last int
}

var numberWords = map[string]float64{
	"nul": 0, "en": 1, "et": 1, "ét": 1, "én": 1, "ett": 1, "one": 1, "halvandet": 1.5, "halvanden": 1.5, "to": 2, "två": 2, "two": 2, "tre": 3, "three": 3, "fire": 4, "fyra": 4,
	"four": 4, "fem": 5, "five": 5, "seks": 6, "sex": 6, "six": 6, "syv": 7, "sju": 7, "seven": 7, "otte": 8, "eight": 8, "ni": 9, "nine": 9, "ti": 10, "ten": 10,
	"elleve": 11, "tolv": 12, "twelve": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17, "atten": 18, "nitten": 19,
	"tyve": 20, "enogtyve": 21, "fireogtyve": 24, "tredive": 30, "seksogtredive": 36,
}

// numberPrefixes are the number words by their first byte, the longest first, so that "seks" is not read as "se". Nearly all
// words of a text are no numbers, and every one is asked.
var numberPrefixes = func() (byFirst [256][]string) {
	for w := range numberWords {
		byFirst[w[0]] = append(byFirst[w[0]], w)
	}
	for _, words := range byFirst {
		slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	}
	return byFirst
}()

// leadingNumber cuts a number or span off a word: "0-6-årige" is 0 to 6 and "-årige".
func leadingNumber(word string) (numberSpan, string, bool) {
	from, rest, ok := oneNumber(word)
	if !ok {
		return numberSpan{}, "", false
	}
	n := numberSpan{from: from, to: from}
	if after, cut := strings.CutPrefix(rest, "-"); cut {
		if to, more, ok := oneNumber(after); ok && to > from {
			return numberSpan{from: from, to: to, ranged: true}, more, true
		}
	}
	return n, rest, true
}

func oneNumber(s string) (float64, string, bool) {
	if s == "" {
		return 0, "", false
	}
	digits := 0
	for digits < len(s) && (s[digits] >= '0' && s[digits] <= '9') {
		digits++
	}
	if digits > 0 && digits <= 3 {
		n, err := strconv.Atoi(s[:digits])
		rest := s[digits:]
		half, isHalf := strings.CutPrefix(rest, "½")
		switch {
		case err != nil:
			return 0, "", false
		case isHalf:
			return float64(n) + .5, half, true
		case len(rest) >= 2 && (rest[0] == ',' || rest[0] == '.') && rest[1] == '5' && !startsWithDigit(rest[2:]):
			return float64(n) + .5, rest[2:], true
		}
		if months, after, ok := monthsBehind(rest); ok {
			return float64(n) + months/12, after, true
		}
		return float64(n), rest, true
	}
	for _, w := range numberPrefixes[s[0]] {
		rest, ok := strings.CutPrefix(s, w)
		if !ok {
			continue
		}
		n := numberWords[w]
		if after, half := cutHalf(rest); half {
			n, rest = n+.5, after
		}
		if rest == "" || rest[0] == '-' || unitOf(rest) != noUnit {
			return n, rest, true
		}
	}
	return 0, "", false
}

// unitOf is the unit that a word or the rest of a word names.
func unitOf(s string) unit {
	for _, u := range []struct {
		prefix string
		unit   unit
	}{
		{"årig", years}, {"åring", years}, {"års", years}, {"year", years}, {"måned", months}, {"mdr", months}, {"month", months}, {"uge", weeks}, {"week", weeks}, {"vecko", weeks},
	} {
		if rest, ok := strings.CutPrefix(s, u.prefix); ok {
			return fits(u.prefix, rest, u.unit)
		}
	}
	switch s {
	case "år", "leveår":
		return years
	case "md", "mnd", "månader", "månad":
		return months
	}
	return noUnit
}

// agedThings are what "3-års" may be joined to and be an age: children, and what is held for all of that age.
var agedThings = []string{"alder", "område", "barn", "børn", "besøg", "undersøgelse", "samtale", "kontrol", "tjek", "konsultation", "vaccin", "trods"}

// fits keeps words out that only begin like a unit: "årsag", "årsrapport", "ugentlig".
func fits(prefix, rest string, u unit) unit {
	switch prefix {
	case "års":
		if rest = strings.TrimPrefix(rest, "-"); rest != "" && !startsWithOne(rest, agedThings) {
			return noUnit
		}
	case "uge":
		if rest != "" && rest != "r" && rest != "s" && rest != "rs" {
			return noUnit
		}
	}
	return u
}

// number reads a number or a span that begins at a token: "3", "0-6", "3 til 6", "mellem 3 og 6", "tre".
func (p *ageParser) number(i int, n numberSpan, rest string) (numberSpan, bool) {
	if rest != "" && rest != "-" {
		return numberSpan{}, false
	}
	n.first, n.last = i, i
	if n.ranged || i+1 >= len(p.tokens) {
		return n, true
	}
	// the unit may stand twice: "1 år til 3 år"
	join := i + 1
	if unitOf(p.tokens[join].Text) != noUnit && join+1 < len(p.tokens) && p.tokens[join+1].Text == "til" {
		join++
	}
	if join+1 >= len(p.tokens) || !p.joins(i, join) {
		return n, true
	}
	at := join + 1
	if p.dashed(i, join) {
		at = join
	}
	hi, rest, ok := leadingNumber(p.tokens[at].Text)
	if !ok || hi.ranged || rest != "" || hi.from <= n.from || join > i+1 && !p.sameUnit(i+1, at+1) {
		return n, true
	}
	return numberSpan{from: n.from, to: hi.from, ranged: true, first: i, last: at}, true
}

// joins reports whether a token, or the dash before it, joins two numbers.
func (p *ageParser) joins(i, join int) bool {
	switch p.tokens[join].Text {
	case "til", "to":
		return true
	case "og", "and", "och":
		return i > 0 && slices.Contains([]string{"mellem", "between", "mellan", "mellom", "fra"}, p.tokens[i-1].Text)
	}
	return p.dashed(i, join)
}

func (p *ageParser) dashed(i, join int) bool {
	if join != i+1 {
		return false
	}
	between := strings.TrimSpace(p.between(i))
	return between == "–" || between == "-" || between == "—"
}

// unit reads the unit at a token and returns it with the token that ends it: "år", "år gamle", "årsalderen".
func (p *ageParser) unit(i int) (unit, int) {
	if i >= len(p.tokens) {
		return noUnit, i
	}
	return unitOf(p.tokens[i].Text), i
}

// unitOfNext is the unit of a second, higher span that follows a span without one: "0-2 og 3-5 år", "0-2- og 3-5-årige".
func (p *ageParser) unitOfNext(n numberSpan) unit {
	at := n.last + 2
	if at >= len(p.tokens) || !slices.Contains([]string{"og", "eller", "samt", "och", "and"}, p.tokens[at-1].Text) {
		return noUnit
	}
	head, rest, ok := leadingNumber(p.tokens[at].Text)
	if !ok {
		return noUnit
	}
	u := unitOf(strings.TrimPrefix(rest, "-"))
	if rest == "" {
		head, _ = p.number(at, head, rest)
		u, _ = p.unit(head.last + 1)
	}
	if !head.ranged || head.from <= n.from || head.to <= n.to {
		return noUnit
	}
	return u
}

// span reads a range with its unit. Years speak for themselves; months and weeks may be how long something takes.
func (p *ageParser) span(first, last int, n numberSpan, u unit) (ageMention, bool) {
	if p.lasts(first) || p.duration(last, u) || p.time(first, last) || p.ofThing(first, last) {
		return ageMention{}, false
	}
	aged := u == years || p.old(last) || p.agedBefore(first)
	if !aged && !(u == months && p.before(first, 1) == "ved") { // "besøget ved 8-10 måneder"
		return ageMention{}, false
	}
	m, ok := mention(first, last, "alder/spand", n.from, n.to, u, weightRange)
	m.alone = n.from > 0 && !p.ofChildren(first, last) // nothing takes from 0 to 6 years
	return m, ok
}

// time recognises a stretch of time before now or in which something went on: "for 2-3 år siden", "sad i bestyrelsen i 4-6 år".
func (p *ageParser) time(first, last int) bool {
	if next := p.next(last); next != nil && (next.Text == "siden" || next.Text == "ago" || next.Text == "sedan") {
		return true
	}
	return p.before(first, 1) == "i" && p.tokens[last].Text == "år" && !p.old(last) && !p.agedBefore(first)
}

// single reads one number with its unit, which is an age only in the right company.
func (p *ageParser) single(first, last int, n numberSpan, u unit) (ageMention, bool) {
	before, at := p.exactly(first)
	if u == years && n.from > oldestSingle || p.ofThing(first, last) {
		return ageMention{}, false
	}
	if strings.HasPrefix(p.tokens[last].Text, "årig") { // "de 3 årige"
		if p.duration(last, u) || p.ofSomething(last) {
			return ageMention{}, false
		}
		return mention(first, last, "alder/ord", n.from, n.from, u, weightSingle)
	}
	if before == "fra" && p.tokens[last].Text != "års" && n.from*float64(u) <= oldestSchool*12 {
		return p.upward(at, last, n, u)
	}
	if m, ok := p.startsAt(at, first, last, n, u, before); ok {
		return m, true
	}
	if m, ok := p.opened(first, last, n, u); ok {
		return m, true
	}
	if m, ok := p.above(first, last, n, u); ok {
		return m, true
	}
	switch {
	case slices.Contains(fulfils, before) && p.untilThen(at) && p.child(first):
		m, ok := mention(first, last, "alder/under", 0, n.from-1, u, weightUpTo)
		if u != years { // "until the child is 12 months old"
			m.to = int(n.from * float64(u))
			if u == months && slices.Contains(turning, before) {
				m.to--
			}
		}
		return m, ok && m.to > m.from
	case p.firstOf(first, before):
		return mention(first, last, "alder/de-foerste", 0, n.from-1, u, weightUpTo)
	case slices.Contains([]string{"under", "indtil", "inden", "than"}, before) && p.child(first), p.upTo(first) && p.child(first):
		return mention(first, last, "alder/under", 0, n.from-1, u, weightUpTo)
	case p.old(last), before == "på" && (p.childAt(at-2, at) || p.oneOf(at-1)), slices.Contains([]string{"er", "var", "fylder", "blev", "bliver", "fyldt", "aged"}, before) && (p.child(first) || p.person(at-1)) && !p.lasts(first):
		return mention(first, last, "alder/tal", n.from, n.from, u, weightSingle)
	}
	return ageMention{}, false
}

// firstOf recognises "barnets første to år" and "de første 12 måneder af livet".
func (p *ageParser) firstOf(i int, before string) bool {
	if before != "første" && before != "first" {
		return false
	}
	owner := p.before(i, 2)
	life := p.tokens[min(i+1, len(p.tokens)-1)].Text == "leveår"
	// "de første tre måneder" is the time of whatever is spoken of; of a child where one is named close by
	if owner == "de" && p.child(i) && !p.lasts(i-1) {
		return true
	}
	return life || strings.HasSuffix(owner, "s") && p.child(i) || owner == "livets" || p.follows(i, "liv", "livet", "barnets", "life")
}

func (p *ageParser) follows(i int, words ...string) bool {
	for k := i + 1; k < min(i+6, len(p.tokens)); k++ {
		if slices.Contains(words, p.tokens[k].Text) {
			return true
		}
	}
	return false
}

func (p *ageParser) upTo(i int) bool {
	return p.before(i, 1) == "til" && slices.Contains([]string{"op", "frem", "ned"}, p.before(i, 2)) || p.before(i, 1) == "end" && p.before(i, 2) == "yngre"
}

// old reports whether the word after a unit says that it is an age.
func (p *ageParser) old(last int) bool {
	if last+1 >= len(p.tokens) {
		return false
	}
	next := p.tokens[last+1].Text
	return strings.HasPrefix(next, "gam") || next == "old" || next == "olds" || next == "gamla" || next == "alderen" || next == "alder" || next == "aldren"
}

// next is the token behind one in the same clause, nil where a mark or a line ends it. A line that goes on in lower case is a
// sentence that was wrapped.
func (p *ageParser) next(i int) *danish.Token {
	if i+1 >= len(p.tokens) {
		return nil
	}
	t := &p.tokens[i+1]
	between := p.between(i)
	if strings.ContainsAny(between, ".,:;!?()|•") || strings.Contains(between, "\n") && !lower(p.text[t.Start:]) {
		return nil
	}
	return t
}

func (p *ageParser) before(i, n int) string {
	if i-n < 0 {
		return ""
	}
	return p.tokens[i-n].Text
}

// mention turns units into months: a child of 5 is one until the day before its sixth birthday.
func mention(first, last int, rule string, from, to float64, u unit, weight float64) (ageMention, bool) {
	m := ageMention{start: first, end: last, rule: rule, weight: weight}
	m.from, m.to = wholeMonths(from, u), wholeMonths(to, u)
	if u == years {
		m.to = int((to+1)*float64(u)) - 1
	}
	if rule == "alder/under" || rule == "alder/de-foerste" {
		m.to = int((to+1)*float64(u)) - 1
	}
	if m.to < m.from || m.from >= oldestSingle*12+12 || m.to >= (oldestRange+1)*12 {
		return ageMention{}, false
	}
	return m, true
}

// wholeMonths is a number of a unit in months; 26 weeks are half a year.
func wholeMonths(n float64, u unit) int { return int(n*float64(u) + .05) }
