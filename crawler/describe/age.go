package describe

import (
	_ "embed" // for the stages
	"fmt"
	"slices"
	"strings"

	"smaabornsviden/index"
)

//go:embed ages.yaml
var agesFile []byte

// stage is a word for children of an age.
type stage struct {
	ID      string   `yaml:"id"`
	Months  [2]int   `yaml:"months"`
	Weight  float64  `yaml:"weight"`
	Vague   bool     `yaml:"vague"`
	Alone   bool     `yaml:"alone"` // said of children only without a noun of its own, see standsAlone
	Hint    bool     `yaml:"hint"`  // says that a text is of children, but is no age by itself
	Phrases []string `yaml:"phrases"`
}

func loadStages(data []byte, name string) ([]stage, []older, error) {
	var file struct {
		Stages []stage `yaml:"stages"`
		Older  []older `yaml:"older"`
	}
	if err := decode(data, name, &file); err != nil {
		return nil, nil, err
	}
	for _, o := range file.Older {
		if o.ID == "" || o.Weight <= 0 || o.Weight > weightRange || len(o.Phrases) == 0 {
			return nil, nil, fmt.Errorf("%w: %s: older %q: id, a weight up to %v and phrases are needed", ErrRules, name, o.ID, weightRange)
		}
	}
	for _, s := range file.Stages {
		if s.ID == "" || s.Months[0] < -9 || s.Months[1] < s.Months[0] || s.Weight <= 0 || s.Weight > weightRange || len(s.Phrases) == 0 {
			return nil, nil, fmt.Errorf("%w: %s: stage %q: id, months from -9 up, a weight up to %v and phrases are needed", ErrRules, name, s.ID, weightRange)
		}
	}
	return file.Stages, file.Older, nil
}

// candidate is one span of ages and what speaks for it.
type candidate struct {
	from, to  int
	score     float64
	title     bool // stands in the title
	named     bool // stands in the title, by words that bound it
	vague     bool
	best      float64 // of the mention that is quoted
	firm      int     // mentions by what bounds an age
	count     int     // mentions that are not of somebody's own life
	light     bool    // all of one child or of a moment
	said      []spot
	rule      string
	quote     string
	inNumbers bool
	early     bool // a span in numbers stands in the title or the lead
	set       bool // stands in the title, the kicker or the keywords
	opening   bool // stands in the first sentence of the text
}

// spot is a token of a zone.
type spot struct {
	zone *zone
	at   int
}

// leastAge is the least score at which an age is more than a mention in passing.
const leastAge = 2.6

// leastVague is the least score of a word that bounds no age; the span is marked as uncertain.
const leastVague = 1.4

// age is the span of ages that the document is about, and every span that it names, the likeliest first.
func (d *Describer) age(r *reading) (index.AgeSpan, []Fired) {
	all := discount(d.candidates(r))
	slices.SortStableFunc(all, func(a, b *candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.from - b.from
	})
	standing := outbid(r.known(all))
	if passing(standing) && (r.words > leastLong || !standing[0].opening && r.childish() == 0) {
		standing = nil
	}
	if len(standing) > 0 && standing[0].vague && !standing[0].inNumbers && d.tooOld(r) >= standing[0].score {
		standing = nil
	}
	said := standing
	for len(said) > 0 && !said[0].enough() {
		said = said[1:]
	}
	if len(said) == 0 {
		said = together(standing)
	}
	if len(said) == 0 {
		said = r.loosely(standing)
	}
	if len(said) == 0 {
		return index.AgeSpan{}, fired(all, nil)
	}
	span, won := joined(said)
	span.Certain = span.Certain && said[0].enough()
	return span, fired(all, won)
}

// enough reports whether an age is said strongly enough to be one of the text.
func (c *candidate) enough() bool {
	return c.score >= leastAge || c.vague && c.score >= leastVague
}

// together are the places of a text that names each too seldom: "både vuggestuer og børnehaver" says what neither says alone.
func together(all []*candidate) []*candidate {
	var places []*candidate
	score := 0.0
	for _, c := range all {
		if !c.vague && placed(c.rule) {
			places, score = append(places, c), score+c.score
		}
	}
	if len(places) < 2 || score < leastAge || !places[0].beside(places[1]) {
		return nil
	}
	return places
}

// declarations are the words of a form before the age of those whom something is for.
var declarations = []string{"målgruppe", "målgruppen", "aldersgruppe", "aldersgruppen", "alder", "aldersgrænse", "deltagere"}

// declaredWeight is how much more an age counts that a text gives as that of those whom it is for.
const declaredWeight = 2

// declared recognises "Målgruppe: børnehavebørn".
func (z *zone) declared(at int) bool {
	for k := at - 1; k >= max(0, at-3); k-- {
		if slices.Contains(declarations, z.tokens[k].Text) {
			return strings.HasPrefix(strings.TrimLeft(z.text[z.tokens[k].End:], " \u00a0"), ":")
		}
	}
	return false
}

// leastLoose is the least score of a place that a text of families names a little too seldom.
const leastLoose = 2

// familyShare is the share of sentences that makes a text one of children and their families.
const familyShare = .5

// loosely are the ages in numbers that a text of families names once and late.
func (r *reading) loosely(all []*candidate) []*candidate {
	named := slices.DeleteFunc(slices.Clone(all), func(c *candidate) bool {
		return !c.inNumbers && !(placed(c.rule) && c.score >= leastLoose) || c.vague || c.score < leastVague
	})
	if len(named) == 0 || r.childShare(all) < familyShare {
		return nil
	}
	return named
}

// beside reports whether two ages are said in one breath.
func (c *candidate) beside(other *candidate) bool {
	const breath = 6 // words
	return slices.ContainsFunc(c.said, func(a spot) bool {
		return slices.ContainsFunc(other.said, func(b spot) bool { return a.zone == b.zone && max(a.at-b.at, b.at-a.at) <= breath })
	})
}

// leastLong is the least number of words of a text in which a word said once is said in passing; in a short one it may be the
// subject, where it opens the text or children are spoken of.
const leastLong = 150

// passing reports whether all that bounds an age is one word of the running text, as in "she fetches her brother in the nursery
// and writes a book".
func passing(all []*candidate) bool {
	said := 0
	for _, c := range all {
		if c.inNumbers || c.set {
			return false
		}
		said += c.count
	}
	return said == 1 && !all[0].vague
}

// outbid leaves out the words whose span a span in numbers in the title or the lead tells better: "vuggestue" in the title is
// not 0 to 2 years where the lead says "12-36 måneder". A word much narrower than the numbers stays: it says more than they do.
func outbid(all []*candidate) []*candidate {
	return slices.DeleteFunc(slices.Clone(all), func(word *candidate) bool {
		return !word.inNumbers && slices.ContainsFunc(all, func(n *candidate) bool {
			// but a span from pregnancy on is always meant as it is said
			narrower := n.from >= 0 && contains(n, word) && n.to-n.from > word.to-word.from+12
			return n.early && n.from <= word.to && word.from <= n.to && !narrower
		})
	})
}

// wide reports whether words bound no age: "de mindste" are all small children.
func (c *candidate) wide() bool { return c.vague && c.to-c.from > 48 }

// discount halves what words without bounds count where others have them: "de mindste" in a title means those whose
// ages the text gives.
func discount(all []*candidate) []*candidate {
	bounded := lights(all) >= leastRow || slices.ContainsFunc(all, func(c *candidate) bool { return !c.wide() && c.score >= leastAge })
	for _, c := range all {
		if c.vague && !c.light && c.wide() && bounded {
			c.score /= 2
		}
	}
	return all
}

func fired(all, won []*candidate) []Fired {
	var out []Fired
	for _, c := range all {
		out = append(out, Fired{
			Field: "age", Value: fmt.Sprintf("%d..%d", c.from, c.to), Weight: round(c.score),
			Reason: index.Reason{Rule: c.rule, Quote: c.quote}, Won: slices.Contains(won, c),
		})
	}
	return out
}

// joined is the strongest span with those that are nearly as strong and reach beyond it, and those that the title names beside
// it: "Fra spædbørn til 3-årige" is of all from 0 to 3.
func joined(all []*candidate) (index.AgeSpan, []*candidate) {
	best := all[0]
	won := []*candidate{best}
	span := index.AgeSpan{From: best.from, To: best.to, Known: true, Certain: best.certain(), Reason: index.Reason{Rule: best.rule, Quote: best.quote}}
	for _, c := range all[1:] {
		if c.score < best.shareToJoin(c)*best.score && !(c.title && best.title) || c.vague && !best.vague && !c.widens(best) || c.title != best.title && !(c.title || c.score > .8*best.score || c.light && best.light) {
			continue
		}
		if contains(c, best) {
			continue // a wider word beside a narrower one says less
		}
		won = append(won, c)
		span.From, span.To = min(span.From, c.from), max(span.To, c.to)
		span.Certain = span.Certain && !c.vague
	}
	span.Quote = ends(span, won)
	return span, won
}

// ends quotes the strongest mention and those that a span has an end from that it lacks.
func ends(span index.AgeSpan, won []*candidate) string {
	from, to := won[0].from, won[0].to
	quotes := []string{won[0].quote}
	for _, c := range won[1:] {
		if from > span.From && c.from == span.From || to < span.To && c.to == span.To {
			quotes, from, to = append(quotes, c.quote), min(from, c.from), max(to, c.to)
		}
	}
	return pieced(quotes)
}

// widens reports whether an uncertain age is one of the text beside a word for where children are: "en pige på fire" in a text that
// has a nursery too is of both.
func (c *candidate) widens(best *candidate) bool {
	return (c.light || !c.wide()) && !best.inNumbers && !best.title
}

// joinShare is how strong a second span has to be beside the first; oneShare is it of the ages of two children, none of which says
// more than the other.
const (
	joinShare = .55
	oneShare  = .3
)

func (c *candidate) shareToJoin(other *candidate) float64 {
	if c.light && other.light {
		return oneShare
	}
	return joinShare
}

func contains(wide, narrow *candidate) bool { return wide.from <= narrow.from && wide.to >= narrow.to }

// wholeChildhood is the age in months from which a span is that of all who are no grown-ups: "0-17-årige" says little of small children.
const wholeChildhood = 12 * 12

// certain: named in numbers or in the title, or said again and again.
func (c *candidate) certain() bool {
	return !c.vague && c.to < wholeChildhood && (c.inNumbers || c.named || c.firm >= 3)
}

// candidates gathers the spans of all zones.
func (d *Describer) candidates(r *reading) []*candidate {
	var all []*candidate
	// who asks for advice tells of the child that the answer is about
	personal := r.doc.Type.Value == "debat" || r.words > leastLong && r.doc.Type.Value != "praksis" && r.doc.Type.Value != "vejledning"
	turned := r.turned()
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range d.mentions(z) {
			if m.unbound && !r.ofChildren(d) {
				continue
			}
			if turned && placed(m.rule) {
				continue
			}
			if z.declared(m.start) {
				m.weight *= declaredWeight
			}
			if z.sideways(m, personal) {
				m.weight, m.aside = m.weight*inPassing, true
			}
			all = r.count(all, z, m)
		}
	}
	return all
}

// mentions are the ages of a zone, in numbers and in words; words within numbers count once.
func (d *Describer) mentions(z *zone) []ageMention {
	all := slices.DeleteFunc(ages(z.tokens, z.text), func(m ageMention) bool {
		return m.alone && !z.standsOut(m) || z.works > 0 && m.start > z.works
	})
	for i := range all {
		all[i].vague = all[i].alone // a title may say "3-5 år" of children, but also of anything else
		all[i] = z.lightened(all[i])
	}
	all = chained(all)
	numbers := len(all)
	for _, m := range z.matches {
		if m.table != "stage" || covered(all[:numbers], m) || z.ofStaff(m) || z.cited(m) {
			continue
		}
		s := &d.stages[m.row]
		if s.Hint || s.Alone && !z.standsAlone(m) || z.schoolClass(m) {
			continue
		}
		all = append(all, ageMention{from: s.Months[0], to: s.Months[1], start: m.from, end: m.to, rule: "alder/" + s.ID, weight: s.Weight, vague: s.Vague, unbound: s.Alone})
	}
	return all
}

// standsOut reports whether a span of years without children near it is more than part of a sentence: in a title or among
// keywords, on a line of its own, or in parentheses.
func (z *zone) standsOut(m ageMention) bool {
	if z.name != inBody && z.name != inAbstract {
		return true
	}
	before, after := z.text[:z.tokens[m.start].Start], z.text[z.tokens[m.end].End:]
	if strings.HasSuffix(before, "(") && strings.HasPrefix(after, ")") {
		return true
	}
	return (before == "" || strings.HasSuffix(before, "\n")) && (after == "" || after[0] == '\n')
}

// schoolClass: "børnehaveklasse" is the first class of school, although its word begins with the kindergarten.
func (z *zone) schoolClass(m match) bool {
	return !m.whole && strings.HasPrefix(z.tokens[m.from].Text, "børnehaveklasse")
}

// staff are those who may be expecting, and are none of the families that a text is about.
var staff = []string{"pædagog", "medarbejder", "kollega", "ansat", "lærer", "leder", "sygeplejerske", "sundhedsplejerske", "dagplejer", "minister", "chef", "medhjælper", "lønmodtager", "vikar"}

// ofStaff: "en gravid pædagog" is about work.
func (z *zone) ofStaff(m match) bool {
	if m.to+1 >= len(z.tokens) || !strings.HasPrefix(z.tokens[m.from].Text, "gravid") || z.tokens[m.from].Text == "graviditet" {
		return false
	}
	return slices.ContainsFunc(headLemmas(&z.tokens[m.to+1]), func(l string) bool { return slices.Contains(staff, l) })
}

func covered(numbers []ageMention, m match) bool {
	for _, n := range numbers {
		if m.from <= n.end && m.to >= n.start {
			return true
		}
	}
	return false
}

// count adds a mention to the candidate of its span. Each further mention in the text counts less: a word said
// twenty times is one subject, not twenty.
func (r *reading) count(all []*candidate, z *zone, m ageMention) []*candidate {
	at := slices.IndexFunc(all, func(c *candidate) bool { return c.from == m.from && c.to == m.to })
	if at < 0 {
		all = append(all, &candidate{from: m.from, to: m.to, vague: true, light: true})
		at = len(all) - 1
	}
	c := all[at]
	c.vague, c.light = c.vague && m.vague, c.light && (m.light || m.aside)
	c.said = append(c.said, spot{z, m.start})
	worth := m.weight * r.weight(z, m.start)
	c.score += worth / (1 + .35*float64(c.count))
	if !m.aside {
		c.count++
	}
	if !m.aside && !m.vague {
		c.firm++
	}
	c.title = c.title || z.name == inTitle
	c.named = c.named || z.name == inTitle && !m.vague
	c.set = c.set || z.name == inTitle || z.name == inKicker || z.name == inKeywords
	c.set = c.set || z.declared(m.start)
	c.opening = c.opening || z.name == inAbstract || z.name == inBody && z.sentence(m.start, m.end).from == 0
	c.inNumbers = c.inNumbers || m.weight >= weightSingle
	c.early = c.early || m.weight >= weightRange && (z.name == inTitle || z.name == inBody && m.start < leadWords)
	if worth > c.best {
		c.best, c.rule, c.quote = worth, m.rule, z.quote(m.start, m.end)
	}
	return all
}
