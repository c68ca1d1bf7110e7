package describe

import (
	"slices"
	"strings"
)

// beginnings are the words from which a span of life is counted, and its month.
var beginnings = map[string]int{
	"graviditet": -9, "graviditeten": -9, "graviditetens": -9, "graviditetsuge": -9, "graviditetsmåned": -9, "svangerskabet": -9, "graviditetsugen": -9, "pregnancy": -9, "mid-pregnancy": -9, "undfangelse": -9, "undfangelsen": -9,
	"conception": -9, "trimester": -9, "fosterliv": -9, "fosterlivet": -9, "fostertilstanden": -9, "mave": -9, "maven": -9,
	"fødsel": 0, "fødslen": 0, "birth": 0, "födseln": 0, "fødselen": 0, "nyfødt": 0, "vugge": 0, "vuggen": 0,
}

// farUntil is how many words may stand between the beginning of a span and its "til": "i graviditeten og de første år frem til".
const farUntil = 10

// fromTheStart reads a span that begins with a word: "fra graviditeten til barnet er to år", "før fødslen og indtil barnet fylder
// to", "from birth to age three".
func (p *ageParser) fromTheStart(i int) (ageMention, bool) {
	from, known := beginnings[p.tokens[i].Text]
	if !known {
		return ageMention{}, false
	}
	first, from, ok := p.beginning(i, from)
	if !ok {
		return ageMention{}, false
	}
	for k := i + 1; k < min(i+farUntil, len(p.tokens)) && !p.parted(k-1); k++ {
		if to, last := p.onward(k); last > 0 {
			return ageMention{from: from, to: to, start: first, end: last, rule: "alder/fra-begyndelsen", weight: weightRange}, true
		}
		if !p.until(k) || p.tokens[k].Text == "to" && !english(p.tokens[i].Text) {
			continue
		}
		to, last, rule := p.ending(k + 1)
		if place := rule != "alder/fra-begyndelsen"; place && !p.leadsOn(i, k) {
			continue
		}
		if last > 0 && to > from {
			return ageMention{from: from, to: to, start: first, end: last, rule: rule, weight: weightRange}, true
		}
	}
	return ageMention{}, false
}

// onward reads how far a span reaches that is told by its length: "fra fødslen og 36 måneder frem".
func (p *ageParser) onward(k int) (to, last int) {
	n, rest, ok := leadingNumber(p.tokens[k].Text)
	if !ok || n.ranged || rest != "" || k+2 >= len(p.tokens) || !slices.Contains([]string{"frem", "fremefter", "fremad", "efter"}, p.tokens[k+2].Text) {
		return 0, 0
	}
	u, end := p.unit(k + 1)
	if u == noUnit || n.from*float64(u) > oldestSingle*12 {
		return 0, 0
	}
	return int(n.from * float64(u)), end + 1
}

// beginning is the first token and the month of a beginning, by what stands before its word: "før fødslen" is the pregnancy.
func (p *ageParser) beginning(i, from int) (first, month int, ok bool) {
	before := p.before(i, 1)
	switch word := p.tokens[i].Text; {
	case word == "mave" || word == "maven": // "fra barnet ligger i mors mave"
		return i - 1, from, before == "mors" || before == "i"
	case word == "nyfødt":
		return i - 1, from, before == "fra" || before == "er"
	case word == "vugge" || word == "vuggen":
		return i - 1, from, before == "fra"
	case from < 0:
		return i, from, true
	case slices.Contains([]string{"før", "inden", "before", "forud"}, before):
		return i - 1, -9, true
	}
	return i - 1, from, slices.Contains([]string{"fra", "from", "från", "efter", "ved", "omkring", "after"}, before)
}

// english tells "to" from the Danish number.
func english(beginning string) bool {
	return slices.Contains([]string{"birth", "pregnancy", "mid-pregnancy", "conception"}, beginning)
}

// leadsOn reports whether a span is meant where its end is a place: "fra graviditet til børnehave" and "før fødslen og frem til
// skolestart" are spans, "før fødslen melder I barnet til vuggestue" is none.
func (p *ageParser) leadsOn(i, k int) bool {
	if p.tokens[k].Text != "til" || slices.Contains([]string{"frem", "op"}, p.before(k, 1)) {
		return true
	}
	for n := 1; n <= 4; n++ {
		if slices.Contains([]string{"fra", "from", "från"}, p.before(i, n)) {
			return true
		}
	}
	return false
}

// until reports whether a word leads to the end of a span.
func (p *ageParser) until(k int) bool {
	switch p.tokens[k].Text {
	case "til", "indtil", "until", "to", "till":
		return true
	case "når":
		return slices.Contains([]string{"slutter", "sluttede", "afsluttes", "stopper", "ophører"}, p.before(k, 1))
	}
	return false
}

// ofEnd are the words that may stand between "til" and what a span ends with: "til barnet fylder", "to the age of".
var ofEnd = []string{
	"barnet", "barn", "børnene", "børn", "barnets", "det", "de", "den", "the", "child", "children", "he", "she", "er", "fylder", "bliver", "har", "fyldt", "begynder", "starter", "går", "kommer", "skal", "i", "på", "cirka", "ca", "omkring", "mindst", "alderen",
	"dit", "jeres", "your", "age", "of", "is", "are", "turns", "turn", "reaches", "starts", "start", "og", "med", "hun", "han", "fyldte", "blev", "var",
}

// fulfils are the words before a number of years that has no unit: "til barnet fylder to".
var fulfils = []string{"fylder", "fyldte", "fyldt", "er", "var", "bliver", "blev", "turns", "turn", "is", "are", "age", "of", "reaches", "alderen"}

// turning are the verbs whose day ends a span also where it is told in months: "til barnet er 18 måneder" goes on for that month.
var turning = []string{"fylder", "fyldte", "fyldt", "turns", "turned"}

// ending reads the end of a span from a token on: its month and its last token, 0 when no end stands there.
func (p *ageParser) ending(k int) (to, last int, rule string) {
	const far = 6
	inclusive := false
	for end := min(k+far, len(p.tokens)); k < end; k++ {
		word := p.tokens[k].Text
		if n, rest, ok := leadingNumber(word); ok && !n.ranged && (rest == "" || unitOf(strings.TrimPrefix(rest, "-")) == years || strings.HasPrefix(strings.TrimPrefix(rest, "-"), "årsdag")) {
			to, last = p.upToNumber(k, n.from, rest)
			if last == k && rest == "" && !slices.Contains(fulfils, p.before(k, 1)) { // "til to samtaler"
				return 0, 0, ""
			}
			if inclusive { // "to the age of six" ends with that year, "until the child turns six" before it
				to += 12
			}
			return to, last, "alder/fra-begyndelsen"
		}
		switch {
		case word == "første" && p.wholeYear(k+1):
			return 11, k + 1, "alder/fra-begyndelsen"
		case slices.Contains(schoolWords, word):
			return untilSchool, k, "alder/til-skolestart"
		case slices.Contains([]string{"børnehave", "børnehaven", "børnehavestart", "børnehavealderen", "kindergarten"}, word):
			return 35, k, "alder/til-boernehave"
		case slices.Contains([]string{"vuggestue", "vuggestuestart", "dagpleje", "dagtilbud"}, word):
			return 11, k, "alder/til-dagtilbud"
		case !slices.Contains(ofEnd, word) && word != "første":
			return 0, 0, ""
		}
		inclusive = inclusive || word == "age" || word == "alderen"
	}
	return 0, 0, ""
}

func (p *ageParser) wholeYear(i int) bool {
	return i < len(p.tokens) && slices.Contains([]string{"år", "leveår", "fødselsdag"}, p.tokens[i].Text)
}

// upToNumber ends a span at a number of years or months; a bare number is years, as in "until the child turns two", and years
// end the day before the birthday.
func (p *ageParser) upToNumber(at int, n float64, rest string) (to, last int) {
	u, last := years, at
	if rest == "" {
		if next, end := p.unit(at + 1); next != noUnit {
			u, last = next, end
		}
	}
	if more, end := p.monthsMore(last, u); end > 0 {
		n, last = n+more/12, end
	}
	to = int(n * float64(u))
	if to > oldestSingle*12 {
		return 0, 0
	}
	if u == years || u == months && slices.Contains(turning, p.before(at, 1)) {
		to--
	}
	return to, last
}

// upward reads an age without an upper end, "fra 6 måneder", "teater fra 3 år": of infants to the end of their first year, of others
// to school. Whether it is one, only its place can tell, see standsOut.
func (p *ageParser) upward(first, last int, n numberSpan, u unit) (ageMention, bool) {
	if to, end := p.untilAge(last); end > 0 && to > int(n.from*float64(u)) {
		return ageMention{from: wholeMonths(n.from, u), to: to, start: first, end: end, rule: "alder/spand", weight: weightRange}, true
	}
	m, ok := mention(first, last, "alder/fra", n.from, n.from, u, weightSingle)
	m.alone = true
	if m.to = untilSchool; m.from < 12 {
		m.to = 11
	}
	return m, ok
}

// oldestSchool is the last year of life before school.
const oldestSchool = 5

// untilSchool is the last month before school.
const untilSchool = oldestSchool*12 + 11

// schoolWords name the end of the years before school.
var schoolWords = []string{"skolestart", "skolestarten", "skolealder", "skolealderen", "skole", "skolen", "school", "school-age"}

// toSchool recognises "fra 3 år og frem til barnets skolestart" after its unit, and returns the token that ends it; 0 for none.
func (p *ageParser) toSchool(last int) int {
	at := p.leadingUp(last)
	for k := at + 1; at > 0 && k < min(at+4, len(p.tokens)); k++ {
		if slices.Contains(schoolWords, p.tokens[k].Text) {
			return k
		}
	}
	return 0
}

// toSchoolFrom is the span from an age to school.
func toSchoolFrom(first, last int, n numberSpan, u unit) (ageMention, bool) {
	m, ok := mention(first, last, "alder/til-skolestart", n.from, n.from, u, weightRange)
	m.to = untilSchool
	return m, ok
}

// leadingUp is the "til" or "indtil" behind the first end of a span, 0 where none follows: "26 uger og frem til".
func (p *ageParser) leadingUp(last int) int {
	for k := last + 1; k < min(last+5, len(p.tokens)) && !p.parted(k-1); k++ {
		switch p.tokens[k].Text {
		case "til", "indtil", "until":
			return k
		case "og", "frem", "op", "gammel", "gammelt", "gamle":
		default:
			return 0
		}
	}
	return 0
}

// untilAge reads the other end of a span that began at an age: "fra 26 uger og indtil de fylder 2 år og 10 måneder". A bare number
// with a unit is what mixed reads.
func (p *ageParser) untilAge(last int) (to, end int) {
	at := p.leadingUp(last)
	if at == 0 || at+1 >= len(p.tokens) {
		return 0, 0
	}
	if n, rest, ok := leadingNumber(p.tokens[at+1].Text); ok && rest == "" && !n.ranged && n.from <= oldestSingle && p.next(at+1) == nil {
		return int(n.from*12) - 1, at + 1 // "fra et halvt år og op til fire"
	}
	to, end, rule := p.ending(at + 1)
	if rule != "alder/fra-begyndelsen" {
		return 0, 0
	}
	return to, end
}

// untilThen recognises the end of a time before a verb: "indtil barnet er", "til hun fylder", "before the child turns".
func (p *ageParser) untilThen(verb int) bool {
	for k := verb - 1; k >= max(0, verb-6) && !p.parted(k); k-- {
		switch p.tokens[k].Text {
		case "indtil", "til", "until", "inden", "før", "before":
			return true
		}
		if !slices.Contains(ofEnd, p.tokens[k].Text) && !childish(&p.tokens[k]) && !slices.Contains(schoolWords, p.tokens[k].Text) && !p.placeAt(k, k+1) {
			return false
		}
	}
	return false
}

// startsAt reads the age at which something begins: "fra dit barn er 26 uger, og til det begynder i skole", "få plads, når barnet er ni
// måneder". Without an end it is as "fra 26 uger".
func (p *ageParser) startsAt(verb, first, last int, n numberSpan, u unit, before string) (ageMention, bool) {
	if !slices.Contains(fulfils, before) || !p.child(first) && !p.person(verb-1) || n.from*float64(u) > oldestSchool*12 {
		return ageMention{}, false
	}
	k := verb - 1
	for k > max(0, verb-4) && (childish(&p.tokens[k]) || slices.Contains([]string{"dit", "jeres", "barnet", "barn", "børnene", "det", "de", "et", "mindst", "hun", "han"}, p.tokens[k].Text)) {
		k--
	}
	if k < 0 || p.tokens[k].Text != "fra" && !(p.tokens[k].Text == "når" && p.placeGiven(k)) {
		return ageMention{}, false
	}
	for at := last + 1; at < min(last+9, len(p.tokens)) && !p.parted(at-1); at++ {
		if slices.Contains(schoolWords, p.tokens[at].Text) {
			return toSchoolFrom(first, at, n, u)
		}
	}
	return p.upward(first, last, n, u)
}

// placeGiven reports whether a place for a child is spoken of before a token of its sentence.
func (p *ageParser) placeGiven(at int) bool {
	for k := at - 1; k >= max(0, at-nearBefore) && !p.parted(k); k-- {
		if slices.Contains([]string{"plads", "pladsen", "pasningsgaranti", "pasning", "passet", "optaget", "optages", "indmeldt"}, p.tokens[k].Text) {
			return true
		}
	}
	return false
}

// downward and upwardWords follow an age that all below it, or all above it, share.
var (
	downward    = []string{"derunder", "yngre", "nedefter"}
	upwardWords = []string{"derover", "opefter", "opad", "ældre"}
)

// opened reads "børn på to år eller derunder" and "børn på 3 år og opefter".
func (p *ageParser) opened(first, last int, n numberSpan, u unit) (ageMention, bool) {
	if last+2 >= len(p.tokens) || p.parted(last) || p.tokens[last+1].Text != "og" && p.tokens[last+1].Text != "eller" || !p.child(first) {
		return ageMention{}, false
	}
	end := last + 2
	switch word := p.tokens[end].Text; {
	case slices.Contains(downward, word):
		return mention(first, end, "alder/under", 0, n.from, u, weightUpTo)
	case slices.Contains(upwardWords, word) && n.from*float64(u) <= oldestSchool*12:
		return p.upward(first, end, n, u)
	}
	return ageMention{}, false
}

// above reads what children are older than and have not reached: "ældre end 24 uger og endnu ikke fyldt 6 år", "over 2 og under 6 år".
func (p *ageParser) above(first, last int, n numberSpan, u unit) (ageMention, bool) {
	if p.before(first, 1) != "over" && !(p.before(first, 1) == "end" && p.before(first, 2) == "ældre") || !p.child(first) {
		return ageMention{}, false
	}
	for k := last + 2; k < min(last+8, len(p.tokens)) && !p.parted(k-1); k++ {
		if !slices.Contains([]string{"fyldt", "under", "end"}, p.tokens[k-1].Text) {
			continue
		}
		hi, rest, ok := leadingNumber(p.tokens[k].Text)
		if !ok || rest != "" || hi.ranged {
			return ageMention{}, false
		}
		to, end := p.upToNumber(k, hi.from, rest)
		from := wholeMonths(n.from, u)
		return ageMention{from: from, to: to, start: first, end: end, rule: "alder/spand", weight: weightRange}, to > from
	}
	return ageMention{}, false
}
