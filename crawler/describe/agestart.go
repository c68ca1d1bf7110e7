package describe

import (
	"slices"
	"strings"
)

// beginnings are the words from which a span of life is counted, and its month.
var beginnings = map[string]int{
	"graviditet": -9, "graviditeten": -9, "pregnancy": -9, "mid-pregnancy": -9, "fødsel": 0, "fødslen": 0, "birth": 0, "födseln": 0, "fødselen": 0,
}

// fromTheStart reads "fra graviditeten til barnet er to år" and "from birth to age three": a span that begins with a word.
func (p *ageParser) fromTheStart(i int) (ageMention, bool) {
	switch p.before(i, 1) { // asked first, since few words stand behind one of these
	case "fra", "from", "från":
	default:
		return ageMention{}, false
	}
	from, ok := beginnings[p.tokens[i].Text]
	if !ok {
		return ageMention{}, false
	}
	const far = 7 // words between the beginning and the number: "til barnet fylder"
	until, inclusive := false, false
	for k := i + 1; k < min(i+far, len(p.tokens)); k++ {
		word := p.tokens[k].Text
		if n, rest, ok := leadingNumber(word); ok && until && !n.ranged && (rest == "" || unitOf(rest) == years) {
			m, ok := p.upToNumber(i, k, from, n.from, rest)
			if inclusive { // "to the age of six" ends with that year, "until the child turns six" before it
				m.to += 11
			}
			return m, ok
		}
		if until && word == "første" && p.wholeYear(k+1) {
			return ageMention{from: from, to: 11, start: i, end: k + 1, rule: "alder/fra-begyndelsen", weight: weightRange}, true
		}
		if until && slices.Contains(schoolWords, word) {
			return ageMention{from: from, to: oldestSchool*12 + 11, start: i, end: k, rule: "alder/til-skolestart", weight: weightRange}, true
		}
		until = until || slices.Contains([]string{"til", "until", "to", "till"}, word)
		inclusive = inclusive || strings.HasPrefix(word, "age") || strings.HasPrefix(word, "alder")
	}
	return ageMention{}, false
}

func (p *ageParser) wholeYear(i int) bool {
	return i < len(p.tokens) && slices.Contains([]string{"år", "leveår", "fødselsdag"}, p.tokens[i].Text)
}

// upToNumber ends a span at a number of years or months; a bare number is years, as in "until the child turns two".
func (p *ageParser) upToNumber(first, at, from int, n float64, rest string) (ageMention, bool) {
	u, last := years, at
	if rest == "" {
		if next, end := p.unit(at + 1); next != noUnit {
			u, last = next, end
		}
	}
	to := int(n * float64(u))
	return ageMention{from: from, to: to, start: first, end: last, rule: "alder/fra-begyndelsen", weight: weightRange}, to > from && to <= oldestSingle*12
}

// upward reads an age without an upper end, "fra 6 måneder", "teater fra 3 år": of infants to the end of their first year, of others
// to school. Whether it is one, only its place can tell, see standsOut.
func (p *ageParser) upward(first, last int, n numberSpan, u unit) (ageMention, bool) {
	m, ok := mention(first, last, "alder/fra", n.from, n.from, u, weightSingle)
	m.alone = true
	if m.to = oldestSchool*12 + 11; m.from < 12 {
		m.to = 11
	}
	return m, ok
}

// oldestSchool is the last year of life before school.
const oldestSchool = 5

// schoolWords name the end of the years before school.
var schoolWords = []string{"skolestart", "skolestarten", "skolealder", "skolealderen", "skole", "skolen", "school", "school-age"}

// toSchool recognises "fra 3 år til barnets skolestart" after its unit, and returns the token that ends it; 0 for none.
func (p *ageParser) toSchool(last int) int {
	for k := last + 2; k < min(last+5, len(p.tokens)); k++ {
		if slices.Contains(schoolWords, p.tokens[k].Text) && slices.Contains([]string{"til", "indtil"}, p.tokens[last+1].Text) {
			return k
		}
	}
	return 0
}
