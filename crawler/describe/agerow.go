package describe

import (
	"slices"
	"strings"
)

// leastRow is how many ages make a row.
const leastRow = 3

// How far apart the ages of a row may stand, in words.
const (
	rowLine   = 14 // of a line of a list, behind its age
	rowChild  = 30 // before a row, where a child has to be spoken of
	rowFill   = 8  // before an age within a row: "og igen når det er"
	rowMoment = 60 // between moments of the running text
	rowQuoted = 30 // of a row that is quoted as a whole
)

// rowFillers are the words that may stand before an age of a row.
var rowFillers = []string{
	"ca", "cirka", "omkring", "ved", "når", "da", "barnet", "barn", "børnene", "dit", "jeres", "det", "de", "hun", "han", "er", "var", "fylder", "og", "eller", "samt", "igen", "højest", "højst", "mindst", "efter", "senest", "i",
	"alderen", "besøg", "undersøgelse", "at", "and", "age", "of",
}

// rowLeads are the words before the first age of a row.
var rowLeads = []string{"er", "var", "fylder", "fyldt", "ved", "omkring", "alderen", "alder", "at", "aged", "age"}

// rowAge is one age of a row and its tokens; a span has two ends. Where the unit is noUnit, that of the next age is meant.
type rowAge struct {
	numberSpan
	unit unit
}

// days are counted in rows only: elsewhere they are how often something takes place.
const days unit = 1 / 30.4

// row reads ages that a text names one after another: "ved 4 mdr., 1 år og 2 år", "når barnet er: 14 dage, 2-3 uger, 9 måneder". What
// is checked, vaccinated or asked at each of them goes on from the first to the last.
func (p *ageParser) row(i int) (ageMention, bool) {
	first, ok := p.rowAge(i)
	if !ok || !p.leadsRow(i) {
		return ageMention{}, false
	}
	all := []rowAge{first}
	for {
		last := &all[len(all)-1]
		next, ok := p.rowNext(last)
		if !ok && len(all) >= leastRow {
			next, ok = p.rowLater(last)
		}
		if !ok {
			break
		}
		all = append(all, next)
	}
	return rowMention(all)
}

// rowMention is a row as one span; ages that do not rise are none of one child.
func rowMention(all []rowAge) (ageMention, bool) {
	last := all[len(all)-1]
	if len(all) < leastRow || last.unit == noUnit {
		return ageMention{}, false
	}
	least := 0.0
	for k := len(all) - 1; k >= 0; k-- {
		if all[k].unit == noUnit {
			all[k].unit = all[k+1].unit
		}
	}
	for _, a := range all {
		if months := a.from * float64(a.unit); months <= least && least > 0 {
			return ageMention{}, false
		}
		least = a.from * float64(a.unit)
	}
	end, ok := mention(last.first, last.last, "alder/raekke", last.from, last.to, last.unit, weightRange)
	end.from, end.start = wholeMonths(all[0].from, all[0].unit), all[0].first
	return end, ok && end.from < end.to
}

// rowAge reads a number or a span with its unit, if it has one.
func (p *ageParser) rowAge(i int) (rowAge, bool) {
	n, rest, ok := leadingNumber(p.tokens[i].Text)
	if !ok || rest != "" {
		return rowAge{}, false
	}
	if n, ok = p.number(i, n, rest); !ok {
		return rowAge{}, false
	}
	a := rowAge{numberSpan: n}
	if n.last+1 < len(p.tokens) {
		a.unit = rowUnit(p.tokens[n.last+1].Text)
	}
	if a.unit != noUnit {
		a.last = n.last + 1
	}
	return a, true
}

func rowUnit(word string) unit {
	switch word {
	case "dag", "dage", "døgn", "days":
		return days
	case "års": // "efter 1 års alderen" begins another thing
		return noUnit
	}
	return unitOf(word)
}

// leadsRow reports whether a row of ages may begin at a token: behind "er", "ved" or a colon, and not far from a child.
func (p *ageParser) leadsRow(i int) bool {
	if i == 0 || !p.childAt(i-rowChild, i) {
		return false
	}
	before, _ := p.exactly(i)
	if slices.Contains(rowLeads, before) || slices.Contains(rowLeads, p.before(i, 1)) {
		return true
	}
	end := p.tokens[i-1].End
	if slices.Contains(about, p.tokens[i-1].Text) && i > 1 {
		end = p.tokens[i-2].End
	}
	return strings.Contains(p.text[end:p.tokens[i].Start], ":")
}

// rowNext reads the age behind one of a row: after a comma, after "og", or on the next line of a list.
func (p *ageParser) rowNext(a *rowAge) (rowAge, bool) {
	at, broken := a.last+1, false
	for steps := 0; at < len(p.tokens) && steps < rowLine; steps, at = steps+1, at+1 {
		between := p.between(at - 1)
		if broken = strings.Contains(between, "\n"); broken {
			break
		}
		if steps > 0 && a.unit == noUnit || strings.ContainsAny(between, ",;") || slices.Contains([]string{"og", "eller", "samt", "and"}, p.tokens[at].Text) {
			break
		}
		if p.parted(at - 1) {
			return rowAge{}, false
		}
	}
	for k := at; k < min(at+rowFill, len(p.tokens)); k++ {
		if k > at && strings.Contains(p.between(k-1), "\n") {
			return rowAge{}, false
		}
		if broken && k == at && p.ordinal(k) {
			continue // "2. besøg: når barnet er"
		}
		if next, ok := p.rowAge(k); ok && !(slices.Contains([]string{"en", "et"}, p.tokens[k].Text) && next.unit == noUnit) {
			return next, (next.unit != noUnit || !broken) && !next.startsOver(a)
		}
		if !slices.Contains(rowFillers, p.tokens[k].Text) {
			return rowAge{}, false
		}
	}
	return rowAge{}, false
}

// rowLater reads an age with which a row goes on in the next sentence: "Den næste gives ved 15 måneder".
func (p *ageParser) rowLater(a *rowAge) (rowAge, bool) {
	for k := a.last + 2; k < min(a.last+rowLine, len(p.tokens)); k++ {
		if slices.Contains(rowLeads, p.tokens[k-1].Text) {
			next, ok := p.rowAge(k)
			return next, ok && next.unit != noUnit && !next.startsOver(a)
		}
	}
	return rowAge{}, false
}

// startsOver reports whether an age is below the one before it: another list begins.
func (a *rowAge) startsOver(before *rowAge) bool {
	return a.unit != noUnit && before.unit != noUnit && a.from*float64(a.unit) <= before.from*float64(before.unit)
}

// ordinal recognises the number of a line: "2." and "2)".
func (p *ageParser) ordinal(k int) bool {
	t := &p.tokens[k]
	after := strings.TrimLeft(p.text[t.End:], " ")
	return startsWithDigit(t.Text) && (strings.HasPrefix(after, ".") || strings.HasPrefix(after, ")"))
}

// chained makes one span of moments that follow each other: "når barnet er 15 måneder … og ved 4 år". Fewer than leastRow of them are
// moments as before.
func chained(all []ageMention) []ageMention {
	for i := 0; i < len(all); i++ {
		if !all[i].moment && all[i].rule != "alder/raekke" {
			continue
		}
		links, end := 1, i
		if all[i].rule == "alder/raekke" {
			links = leastRow
		}
		for k := i + 1; k < len(all) && all[k].start-all[end].end < rowMoment; k++ {
			if (all[k].moment || all[k].rule == "alder/raekke") && (all[k].from > all[end].from || ranged(all[end]) && all[k].to > all[end].from) {
				links, end = links+1, k
			}
		}
		if links < leastRow || end == i {
			continue
		}
		row := ageMention{from: all[i].from, to: greatest(all[i : end+1]), start: all[i].start, end: all[i].end, rule: "alder/raekke", weight: weightRange}
		if all[end].end-row.start < rowQuoted {
			row.end = all[end].end
		}
		all = slices.Concat(all[:i], []ageMention{row}, slices.DeleteFunc(slices.Clone(all[i+1:end+1]), func(m ageMention) bool { return m.moment || m.rule == "alder/raekke" || m.start <= row.end }), all[end+1:])
	}
	return all
}

func greatest(all []ageMention) int {
	to := 0
	for _, m := range all {
		to = max(to, m.to)
	}
	return to
}
