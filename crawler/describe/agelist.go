package describe

import (
	"slices"
	"strings"
)

// elliptic reads "to- og treårige", "3- til 5-årige" and "ett- og toåringer" from their last word.
func (p *ageParser) elliptic(i int, n numberSpan, u unit) (ageMention, bool) {
	if i < 2 || !slices.Contains([]string{"og", "til", "eller", "och", "to", "and"}, p.tokens[i-1].Text) {
		return ageMention{}, false
	}
	low, rest, ok := leadingNumber(strings.TrimSuffix(p.tokens[i-2].Text, "-"))
	hyphen := strings.HasPrefix(p.text[p.tokens[i-2].End:], "-") || strings.HasSuffix(p.tokens[i-2].Surface, "-")
	if !ok || rest != "" || !hyphen || low.from >= n.from {
		return ageMention{}, false
	}
	return mention(i-2, i, "alder/spand", low.from, n.from, u, weightRange)
}

// listed reads an enumeration to its last word: "1-, 2- og 3-årige", "3, 4 og 5 år".
func (p *ageParser) listed(i int, n numberSpan, rest string) (ageMention, bool) {
	if n.ranged || strings.Trim(rest, "-") != "" {
		return ageMention{}, false
	}
	highest, at := n.from, i
	for {
		next := at + 1
		if next < len(p.tokens) && slices.Contains([]string{"og", "eller", "samt", "och", "and", "or"}, p.tokens[next].Text) {
			next++
		} else if next >= len(p.tokens) || strings.Trim(p.text[p.tokens[at].End:p.tokens[next].Start], " -") != "," {
			return ageMention{}, false
		}
		if next >= len(p.tokens) {
			return ageMention{}, false
		}
		m, rest, ok := leadingNumber(p.tokens[next].Text)
		if !ok || m.ranged || m.from <= highest {
			return ageMention{}, false
		}
		highest, at = m.from, next
		if u := unitOf(strings.TrimPrefix(rest, "-")); rest != "" && u != noUnit {
			if p.duration(at, u) || p.ofSomething(at) {
				return ageMention{}, false
			}
			return mention(i, at, "alder/opregning", n.from, highest, u, weightRange)
		}
		if u, last := p.unit(at + 1); u != noUnit {
			m, ok := p.span(i, last, numberSpan{from: n.from, to: highest, ranged: true, first: i, last: at}, u)
			m.rule = "alder/opregning"
			return m, ok
		}
	}
}

// mixed reads a span whose ends have units of their own: "fra 6 måneder til 2 år", "mellem ti måneder og to år".
func (p *ageParser) mixed(first, last int, n numberSpan, u unit) (ageMention, bool) {
	if last+3 >= len(p.tokens) && !(last+2 < len(p.tokens) && p.dashedUnits(last)) || p.lasts(first) {
		return ageMention{}, false
	}
	between := slices.Contains([]string{"mellem", "between", "mellan", "mellom"}, p.before(first, 1))
	at := last + 2
	if join := p.tokens[last+1].Text; p.dashedUnits(last) {
		at = last + 1
	} else if join != "til" && join != "to" && !(between && (join == "og" || join == "and" || join == "och")) {
		return ageMention{}, false
	}
	hi, rest, ok := leadingNumber(p.tokens[at].Text)
	to, end := p.unit(at + 1)
	if !ok || rest != "" || hi.ranged || to == noUnit || to == u || hi.from > oldestSingle && to == years {
		return ageMention{}, false
	}
	m, ok := mention(first, end, "alder/spand", hi.from, hi.from, to, weightRange)
	m.from = wholeMonths(n.from, u)
	if more, last := p.monthsMore(end, to); last > 0 {
		m.to, m.end = int(hi.from*12+more), last // "fra 26 uger til 2 år og 10 måneder"
	}
	return m, ok && m.from <= m.to
}

// sameUnit tells "1 år til 3 år" from "4 måneder til 6 år".
func (p *ageParser) sameUnit(i, k int) bool {
	return k < len(p.tokens) && unitOf(p.tokens[i].Text) == unitOf(p.tokens[k].Text)
}
