package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index/danish"
)

// weightLight is what a number counts that is the age of one child, or the time at which something happens: as much as a word, and
// like a vague one it is told as uncertain. A title that names the age, or the age said of children, makes it more.
const weightLight = .8

// lightened is a mention with what it counts where it stands: "når barnet er 3 år" and "en dreng på 3 år" are no ages of those whom a
// text is about, unless the text says so elsewhere.
func (z *zone) lightened(m ageMention) ageMention {
	if !singled(m.rule) {
		return m
	}
	s := z.sentence(m.start, m.end)
	switch {
	case s.priced(m):
		m.weight, m.aside = m.weight*inPassing, true
	case z.name == inTitle:
		m.vague = m.vague || s.hurt(m) || s.anyone(m)
	case z.name != inBody && z.name != inAbstract:
	case s.likened(m):
		m.weight, m.aside = m.weight*inPassing, true
	case s.momentary(m): // "efter 1 års alderen" goes on where a row of check-ups ended
		after := s.has(m.start, "efter") && s.tokens[s.beforeNumber(m.start)].Text == "efter"
		m.weight, m.vague, m.light, m.moment = weightLight, true, true, !after
	case s.particular(m):
		m.weight, m.vague, m.light = weightLight, true, true
	}
	return m
}

// singled are the rules that read numbers which may be of one child or of a moment.
func singled(rule string) bool {
	return slices.Contains([]string{"alder/tal", "alder/ord", "alder/opregning", "alder/spand", "alder/under"}, rule)
}

// moments are the words that make the clause behind them a time: "så snart de er 14-15 måneder".
var moments = []string{"når", "da", "snart", "inden", "før", "hvornår", "siden", "allerede", "mens", "imens", "dengang", "idet", "hvis", "when", "once", "while", "naar"}

// beings are the verbs between a child and its age.
var beings = []string{"er", "var", "fylder", "fyldte", "bliver", "blev", "været", "fyldt", "rundet", "runder", "nået", "når", "is", "was", "are", "were", "turns", "turned"}

// momentary reports whether an age is the time of something: "når barnet er 3 år", "ved 14-månedersalderen", "som treårig".
func (s *sentence) momentary(m ageMention) bool {
	at := s.beforeNumber(m.start)
	if m.rule == "alder/under" { // "før de er fyldt tre år" is a time, "indtil de fylder tre år" a span
		return at > s.from && slices.Contains(fulfils, s.tokens[at].Text) && s.beforehand(at)
	}
	if at < s.from {
		return false
	}
	switch word := s.tokens[at].Text; {
	case slices.Contains([]string{"ved", "omkring", "efter", "før", "inden", "siden", "around", "at", "by"}, word):
		return !ranged(m) || m.start == m.end // "ved to-tre-årsalderen"
	case (word == "fra" || word == "som") && m.rule == "alder/ord": // "fra toårsalderen", "som treårig"
		return true
	case word == "af" && at >= s.from+2 && s.tokens[at-1].Text == "alder": // "i en alder af tre år"
		return true
	case slices.Contains(beings, word):
		return s.conjoined(at)
	}
	return false
}

// beforehand reports whether the nearest word of time before a verb is "før".
func (s *sentence) beforehand(verb int) bool {
	for k := verb - 1; k >= max(s.from, verb-farConjunction); k-- {
		switch s.tokens[k].Text {
		case "før", "inden", "before":
			return true
		case "til", "indtil", "until":
			return false
		}
	}
	return false
}

// ranged reports whether a mention is of more than a year.
func ranged(m ageMention) bool { return m.rule == "alder/spand" || m.rule == "alder/opregning" }

// beforeNumber is the token before a number, without "ca." and its kin and "mellem".
func (s *sentence) beforeNumber(start int) int {
	at := start - 1
	for at > s.from && (slices.Contains(about, s.tokens[at].Text) || slices.Contains([]string{"mellem", "between"}, s.tokens[at].Text)) {
		at--
	}
	return at
}

// farConjunction is how many words may stand between "når" and its verb: "når dit yngste barn er".
const farConjunction = 4

// conjoined reports whether a verb belongs to a clause that tells a time.
func (s *sentence) conjoined(verb int) bool {
	for k := verb - 1; k >= max(s.from, verb-farConjunction); k-- {
		if strings.ContainsAny(s.between(k), ",;") {
			return false
		}
		if slices.Contains(moments, s.tokens[k].Text) {
			return true
		}
	}
	return false
}

// likenesses stand before "en treårig" that nobody speaks of: "sprog som en treårig", "så let, at en femårig kan".
var likenesses = []string{"som", "end", "at", "like", "than"}

// likened reports whether a child of an age is only what something is compared with.
func (s *sentence) likened(m ageMention) bool {
	return s.anyone(m) && m.start-2 >= s.from && slices.Contains(likenesses, s.tokens[m.start-2].Text)
}

// anyone recognises "en treårig", of whom a title may say anything: "det kan høres på en treårig".
func (s *sentence) anyone(m ageMention) bool {
	return m.rule == "alder/ord" && m.start > s.from && slices.Contains([]string{"en", "et", "a"}, s.tokens[m.start-1].Text) && !strings.HasSuffix(s.tokens[m.end].Text, "årige")
}

// oneChild are the forms of a child in the singular; "barnet" of a text is any child, but it is one.
var oneChild = []string{
	"dreng", "drengen", "drengs", "pige", "pigen", "søn", "sønnen", "datter", "datteren", "tvilling", "nevø", "niece", "barnebarn", "bror", "søster", "lillebror", "lillesøster", "storebror", "storesøster",
	"barn", "barnet", "baby", "babyen", "hun", "han", "hende", "ham", "boy", "girl", "son", "daughter", "child", "he", "she",
}

// few are the numbers of children that a text tells of one by one.
var few = []string{"to", "tre", "fire", "fem", "begge", "2", "3", "4", "5", "two", "three"}

// whose are the owners of children that are not the reader's: "hendes børn på 2 og 6 år".
var whose = []string{"min", "mit", "mine", "hans", "hendes", "sin", "sit", "sine", "deres", "parrets", "vores", "my", "his", "her", "their", "our"}

// particular reports whether an age is that of one child, or of children that are counted: "en pige på 4 år", "to børn på 3 og 5 år",
// "Viggo på 2", "den femårige pige". "Dit barn" is every reader's.
func (s *sentence) particular(m ageMention) bool {
	at := s.beforeNumber(m.start)
	if m.rule == "alder/spand" { // "én voksen til tre børn på 0-2 år" is of all of them
		return false
	}
	if m.rule == "alder/ord" {
		return s.oneOfAge(m)
	}
	if at <= s.from {
		return m.rule != "alder/opregning" && s.followedByOne(m)
	}
	switch word := s.tokens[at].Text; {
	case word == "på":
		return s.one(at-1) || s.counted(at-1) || s.oneOf(at-1)
	case m.rule == "alder/under": // "hvert barn under 7 år" has a right, "et barn under to år" may be whom all of it is for
		return s.has(m.start, "hvert", "pr")
	case slices.Contains(beings, word) && at > s.from && (s.tokens[at-1].Text == "der" || s.tokens[at-1].Text == "som"):
		return s.one(at - 2)
	case slices.Contains(beings, word):
		return s.one(at - 1)
	}
	return s.followedByOne(m)
}

// one reports whether a token is the word for one child that is not the reader's.
func (s *sentence) one(k int) bool {
	if k < s.from {
		return false
	}
	t := &s.tokens[k]
	if k > s.from && slices.Contains([]string{"dit", "din", "jeres", "your", "i"}, s.tokens[k-1].Text) {
		return false
	}
	return slices.Contains(oneChild, t.Text) || childish(t) && singular(t) || writtenAsName(t.Surface) && !childish(t) && !t.Stop && (k > s.from || len(t.Lemmas) == 0 || s.calledHe(k))
}

// farCalled is how many words behind a name it may be taken up again as "han" or "hun".
const farCalled = 12

// calledHe tells a name that begins a sentence from any other word with a capital: "Otto var to år, da han kom".
func (s *sentence) calledHe(k int) bool {
	return slices.ContainsFunc(s.tokens[k+1:min(len(s.tokens), k+farCalled)], func(t danish.Token) bool {
		return slices.Contains([]string{"han", "hun", "ham", "hende", "he", "she"}, t.Text)
	})
}

// singular reports whether a word for a child is in its dictionary form or in the definite form of one.
func singular(t *danish.Token) bool {
	return slices.Contains(danish.PlainAll(t.Lemmas), t.Text) && !strings.HasSuffix(t.Text, "børn") || strings.HasSuffix(t.Text, "barnet")
}

// counted reports whether children are few and counted, or somebody's: "to børn", "hendes to børn", "deres børn".
func (s *sentence) counted(k int) bool {
	if k < s.from || !childish(&s.tokens[k]) {
		return false
	}
	for n := k - 1; n >= max(s.from, k-3); n-- {
		text := s.tokens[n].Text
		if slices.Contains(few, text) || slices.Contains(whose, text) || strings.HasSuffix(s.tokens[n].Surface, "s") && writtenAsName(s.tokens[n].Surface) {
			return true
		}
	}
	return false
}

// oneOfAge reports whether an age in one word is of one child: "en treårig", "den femårige pige", "hans treårige datter", "et 2-årigt
// barn". In the plural it is of all of that age.
func (s *sentence) oneOfAge(m ageMention) bool {
	text, before := s.tokens[m.end].Text, ""
	if m.start > s.from {
		before = s.tokens[m.start-1].Text
	}
	if slices.Contains([]string{"din", "dit", "jeres", "your"}, before) {
		return false
	}
	if strings.HasSuffix(text, "årig") || strings.HasSuffix(text, "årigt") || strings.HasSuffix(text, "åring") {
		return true
	}
	next := s.next(m.end)
	if next != nil && (slices.Contains(oneChild, next.Text) || writtenAsName(next.Surface) && !strings.HasPrefix(before, "de")) {
		return true
	}
	return strings.HasSuffix(text, "årige") && slices.Contains([]string{"den", "det", "min", "mit", "hans", "hendes", "sin", "sit", "denne", "vores"}, before) && (next == nil || !childish(next) || singular(next))
}

// followedByOne recognises "en 3 år gammel pige".
func (s *sentence) followedByOne(m ageMention) bool {
	for k := m.end + 1; k <= min(s.to, m.end+2); k++ {
		if slices.Contains(oneChild, s.tokens[k].Text) {
			return true
		}
	}
	return false
}

// hurt reports whether a title is news of one boy or girl: the text tells of one child, and nothing of others of that age.
func (s *sentence) hurt(m ageMention) bool {
	for k := max(s.from, m.start-3); k <= min(s.to, m.end+2); k++ {
		if slices.Contains([]string{"dreng", "drengen", "pige", "pigen", "drengs", "piges"}, s.tokens[k].Text) {
			return true
		}
	}
	return false
}

// How far from an age its price may stand, in words.
const (
	priceBehind = 10
	priceBefore = 6
)

// priced reports whether a sentence tells what something costs or gives for those of an age: "0-2 år: 3.910 kr.", "20 kr. for børn
// 3-14 år", "børn under 3 år gratis". Of sums of millions and of grants it is not asked: their children may well be the subject.
func (s *sentence) priced(m ageMention) bool {
	if s.has(s.to+1, priceWords...) && s.sums() {
		return true
	}
	for k := m.end + 1; k <= min(s.to, m.end+priceBehind); k++ {
		if s.crowns(k) {
			return true
		}
		if free(s.tokens[k].Text) {
			return k <= m.end+3
		}
	}
	for k := m.start - 1; k >= max(s.from, m.start-priceBefore); k-- {
		if s.crowns(k) {
			next := s.tokens[k+1].Text
			return next != "til" && next != "i" && next != "fra"
		}
		if free(s.tokens[k].Text) {
			return s.tokens[k+1].Text == "for" || k+1 == m.start
		}
	}
	return false
}

// priceWords are those of a list of prices.
var priceWords = []string{"entré", "entre", "voksne", "pris", "priser", "takst", "takster", "billet", "billetter", "årskort", "klippekort", "rabat", "søskenderabat", "egenbetaling", "forældrebetaling"}

// sums reports whether a sentence names a price.
func (s *sentence) sums() bool {
	for k := s.from; k <= s.to; k++ {
		if s.crowns(k) {
			return true
		}
	}
	return false
}

func free(word string) bool { return word == "gratis" || word == "halvpris" }

// crowns reports whether a token is the unit of a price.
func (s *sentence) crowns(k int) bool {
	text := s.tokens[k].Text
	return (text == "kr" || text == "kroner" || text == "dkk") && k > 0 && startsWithDigit(s.tokens[k-1].Text)
}

// leastChildShare is the share of sentences that speak of children, in a text where the age of one of them is that of the others.
const leastChildShare = .2

// known leaves out the ages that a text only mentions: those of somebody's own life, and those of one child in a text on other things.
func (r *reading) known(all []*candidate) []*candidate {
	ofOthers := -1.0
	return slices.DeleteFunc(slices.Clone(all), func(c *candidate) bool {
		if c.count == 0 {
			return true
		}
		if c.light && ofOthers < 0 {
			ofOthers = r.childShare(all)
		}
		return c.light && ofOthers < leastChildShare && lights(all) < leastRow
	})
}

// lights is how often a text names ages of one child or of a moment; who does so again and again, speaks of children.
func lights(all []*candidate) int {
	n := 0
	for _, c := range all {
		if c.light {
			n += c.count
		}
	}
	return n
}

// childShare is the share of sentences that speak of children, but for those that hold an age of one child or of a moment; 1 where a
// text has no other sentences.
func (r *reading) childShare(all []*candidate) float64 {
	sentences, ofChildren := 0, 0
	for i := range r.zones {
		z := &r.zones[i]
		end := len(z.tokens)
		if z.works > 0 {
			end = z.works
		}
		p, lights := ageParser{tokens: z.tokens[:end], text: z.text}, lightsIn(z, all)
		for from := 0; from < end; {
			to := from + 1
			for to < end && !p.parted(to-1) {
				to++
			}
			if k, _ := slices.BinarySearch(lights, from); k == len(lights) || lights[k] >= to {
				family := p.ofFamily(from, to)
				if family {
					ofChildren++
				}
				if family || z.name != inTitle { // a title without children may be a name
					sentences++
				}
			}
			from = to
		}
	}
	if sentences == 0 {
		return 1
	}
	return float64(ofChildren) / float64(sentences)
}

// familyWords are the lemmas of those who have children or care for them.
var familyWords = map[string]bool{
	"forælder": true, "mor": true, "far": true, "familie": true, "pædagog": true, "sundhedsplejerske": true, "sundhedspleje": true, "barsel": true, "fødsel": true, "jordemoder": true, "gravid": true, "amme": true, "amning": true,
	"småbarn": true, "parent": true, "mother": true, "father": true, "family": true, "tumling": true,
}

// ofFamily reports whether a stretch speaks of children or of those around them.
func (p *ageParser) ofFamily(from, to int) bool {
	return p.childAt(from, to) || p.placeAt(from, to) || slices.ContainsFunc(p.tokens[from:to], func(t danish.Token) bool {
		return slices.ContainsFunc(headLemmas(&t), func(l string) bool { return familyWords[l] })
	})
}

// lightsIn are the tokens of a zone at which an age of one child or of a moment begins, in order.
func lightsIn(z *zone, all []*candidate) []int {
	var at []int
	for _, c := range all {
		for _, s := range c.said {
			if c.light && s.zone == z {
				at = append(at, s.at)
			}
		}
	}
	slices.Sort(at)
	return at
}
