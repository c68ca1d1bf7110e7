package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index/danish"
)

// asMeant is what a match counts in its sentence: a term that is met in another sense supports its topic, and does not speak for it.
func (r *reading) asMeant(z *zone, m match, slug string) float64 {
	if m.weight < 1 {
		return m.weight
	}
	var other bool
	switch first := z.tokens[m.from].Text; {
	case m.to > m.from && first == "skiftes":
		other = !z.childrenTakeTurns(m)
	case m.to == m.from+2 && z.tokens[m.to].Text == "tur":
		other = z.adultsWait(m)
	case m.to > m.from && z.tokens[m.to].Text == "højt":
		other = z.readsToAdults(m)
	case m.to == m.from+2 && strings.HasPrefix(first, "samtale"):
		other = z.gathersData(m)
	case slug == "dagpleje" && strings.Contains(first, "legestue"):
		other = !r.hasPrefixed("dagpleje") // the playgroups of parishes and of parents at home are called so too
	case slug == "dagpleje" && strings.HasPrefix(first, "dagplejer"):
		other = z.inBodyText() && z.amongProfessions(m)
	}
	if other {
		return supportOnly
	}
	return z.asSetting(m, slug)
}

func (z *zone) inBodyText() bool { return z.name == inBody || z.name == inAbstract }

// hasPrefixed reports whether a word of the document begins so.
func (r *reading) hasPrefixed(prefix string) bool {
	return slices.ContainsFunc(r.zones, func(z zone) bool { return z.hasPrefixed(prefix) })
}

// besidesSubject are the words that may stand between who does something and the verb, or stand for who does: "de", "der kan".
var besidesSubject = []string{"de", "dem", "der", "som", "kan", "skal", "må", "vil", "så", "også", "ofte", "altid", "ikke", "gerne", "alle", "begge", "og", "at", "hvor", "to", "tre", "fire", "fem"}

// childrenTakeTurns reports whether those who "skiftes til at" do something are children, who learn to be together by it. Adults and
// offices share out their work so. "De" are whom the sentence before is of.
func (z *zone) childrenTakeTurns(m match) bool {
	s := z.sentence(m.from, m.to)
	named := false // somebody else than a pronoun
	for k := m.from - 1; k >= s.from; k-- {
		t := &z.tokens[k]
		switch {
		case childish(t):
			return true
		case isAdult(t):
			return false
		case named && strings.Contains(z.between(k), ","): // the clause of somebody whom we do not know
			return false
		}
		named = named || !slices.Contains(besidesSubject, t.Text)
	}
	if named && !z.namesAlone(s.from, m.from) || s.from == 0 {
		return false
	}
	before := z.sentence(s.from-1, s.from-1)
	return slices.ContainsFunc(z.tokens[before.from:before.to+1], func(t danish.Token) bool { return childish(&t) })
}

// adultsWait reports whether those who "venter på tur" are adults, in a queue: they are called so, or are a "de" that no child is near.
func (z *zone) adultsWait(m match) bool {
	s := z.sentence(m.from, m.to)
	for k := m.from - 1; k >= s.from; k-- {
		switch t := &z.tokens[k]; {
		case childish(t):
			return false
		case isAdult(t):
			return true
		}
	}
	if z.word(m.from-1) != "de" {
		return false
	}
	before := s
	if s.from > 0 {
		before = z.sentence(s.from-1, s.from-1)
	}
	return !slices.ContainsFunc(z.tokens[before.from:s.to+1], func(t danish.Token) bool { return childish(&t) })
}

// namesAlone reports whether tokens are only names and words beside them: "Alma og Noah".
func (z *zone) namesAlone(from, to int) bool {
	for k := from; k < to; k++ {
		if t := &z.tokens[k]; !slices.Contains(besidesSubject, t.Text) && !(writtenAsName(t.Surface) && !t.Stop) {
			return false
		}
	}
	return true
}

// isAdult recognises those who take turns at work, or who are spoken to.
func isAdult(t *danish.Token) bool {
	if t.Text == "i" {
		return t.Surface == "I"
	}
	if slices.Contains([]string{"vi", "du", "man", "jeg", "mor", "far", "mødre", "fædre", "mødrene", "fædrene"}, t.Text) {
		return true
	}
	return startsWithOne(t.Text, []string{"kommune", "pædagog", "forældre", "forælder", "voksn", "personale", "medarbejder", "kolleg", "dagplejer", "leder", "frivillig", "medhjælper", "sundhedsplejerske", "bedsteforældre"})
}

// readsToAdults recognises what is read aloud from a paper or at a meeting, to no child.
func (z *zone) readsToAdults(m match) bool {
	s := z.sentence(m.from, m.to)
	words := z.tokens[s.from : s.to+1]
	if slices.ContainsFunc(words, func(t danish.Token) bool { return childish(&t) }) {
		return false
	}
	switch z.word(m.to + 1) {
	case "af", "fra":
		return true
	}
	return slices.ContainsFunc(words, func(t danish.Token) bool {
		return strings.HasSuffix(t.Text, "møde") || strings.HasSuffix(t.Text, "mødet") || slices.Contains([]string{"rapporten", "referatet", "brevet", "papiret", "loven", "talerstolen", "avisen"}, t.Text)
	})
}

// gathersData recognises the conversations with children that a study is built on: they may be about anything.
func (z *zone) gathersData(m match) bool {
	if startsWithDigit(z.word(m.from - 1)) {
		return true
	}
	s := z.sentence(m.from, m.to)
	return slices.ContainsFunc(z.tokens[s.from:s.to+1], func(t danish.Token) bool {
		return startsWithOne(t.Text, []string{"empiri", "interview", "datamateriale", "datagrundlag", "undersøgelse", "feltarbejde", "feltstudie", "fokusgruppe", "observation", "kvalitativ", "spørgeskema"})
	})
}

// professions begin the words for those whom a text lists with childminders: "pædagoger, dagplejere og sundhedsplejersker".
var professions = []string{"pædagog", "sundhedsplejerske", "jordem", "lærer", "læge", "leder", "medhjælper", "assistent", "konsulent", "psykolog", "socialrådgiver", "bibliotekar", "sygeplejerske", "frivillig", "vuggestuepædagog", "børnehavepædagog", "fysioterapeut", "ergoterapeut", "logopæd", "tandplejer"}

// amongProfessions reports whether a word stands in a list beside another profession, so that the text is of all who do such work.
func (z *zone) amongProfessions(m match) bool {
	profession := func(k int) bool { return startsWithOne(z.word(k), professions) }
	joined := func(word string) bool { return slices.Contains([]string{"og", "eller", "samt"}, word) }
	if at := m.from - 1; at > 0 {
		if joined(z.word(at)) && profession(at-1) || profession(at) && z.between(at) == ", " {
			return true
		}
	}
	at := m.to + 1
	return joined(z.word(at)) && profession(at+1) || profession(at) && z.between(m.to) == ", "
}

// sampleQuestion reports whether a match stands in a question that staff are to ask others: in one of several lines of questions, or
// in quotation marks, where the text tells of the parents whom it is for.
func (z *zone) sampleQuestion(m match) bool {
	if z.name != inBody {
		return false
	}
	start, end := z.line(z.tokens[m.from].Start)
	line := strings.TrimSpace(z.text[start:end])
	asked := strings.HasSuffix(line, "?") && (z.asks(end+1) || z.asks(start-1)) ||
		slices.ContainsFunc(quoted(nil, z.text[start:end], start), func(s stretch) bool {
			return s.from <= z.tokens[m.from].Start && z.tokens[m.to].End <= s.to && strings.Contains(z.text[s.from:s.to], "?")
		})
	return asked && slices.ContainsFunc(z.tokens, func(t danish.Token) bool {
		return slices.Contains([]string{"forældrene", "familien", "familierne", "forælderen"}, t.Text)
	})
}

// asks reports whether the line at a byte is a question.
func (z *zone) asks(at int) bool {
	if at < 0 || at >= len(z.text) {
		return false
	}
	start, end := z.line(at)
	return strings.HasSuffix(strings.TrimSpace(z.text[start:end]), "?")
}

// withYou reports whether the sentence of a token speaks to somebody, or begins with what they are told to do.
func (z *zone) withYou(at int) bool {
	s := z.sentence(at, at)
	for k := s.from; k <= s.to; k++ {
		t := &z.tokens[k]
		if slices.Contains([]string{"du", "dig", "din", "dit", "dine", "jer", "jeres"}, t.Text) || t.Text == "i" && t.Surface == "I" && k > s.from && !z.initial(k) {
			return true
		}
	}
	return slices.Contains([]string{"tal", "spørg", "fortæl", "inddrag", "inviter", "giv", "vis", "lad", "bed", "hjælp", "lyt", "send", "aftal", "brug", "skriv", "sæt", "orienter", "informer", "inddrage", "husk"}, z.word(s.from))
}

// initial reports whether a letter is short for a name: "Brandsø, I. & Ormslev".
func (z *zone) initial(at int) bool {
	return strings.HasPrefix(z.text[z.tokens[at].End:], ".") && at > 0 && (z.between(at-1) == ", " || z.between(at-1) == ". ")
}
