package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// offersUnasked reports whether a word of address is an offer that a text tells of: "et tilbud til familier" is said to whoever plans it,
// unless the text says "you" or has the offer for its title.
func (z *zone) offersUnasked(m match) bool {
	if given := []string{"giver", "tilbyder", "yder", "gives", "ydes"}; slices.Contains(given, z.word(m.from-1)) || slices.Contains(given, z.word(m.from-2)) || slices.Contains(given, z.word(m.from-3)) {
		return z.secondPerson() == 0
	}
	if !startsWithOne(z.tokens[m.to].Text, []string{"tilbud", "forløb", "gruppe", "program"}) {
		return false
	}
	return !(z.name == inTitle && m.from == 0) && z.secondPerson() == 0
}

// ofProgramme reports whether the sentence up to a token is about a programme or a method, which is aimed at others than those who read
// of it: "Programmet er målrettet forældre".
func (z *zone) ofProgramme(at int) bool {
	const far = 12
	offer := z.secondPerson() == 0
	for k := at; k >= max(0, at-far) && k < len(z.tokens); k-- {
		word := z.tokens[k].Text
		if offer && strings.HasPrefix(word, "tilbud") && k < at {
			return true
		}
		if slices.ContainsFunc([]string{"program", "indsats", "metode", "projekt", "model", "intervention", "behandling"}, func(w string) bool { return strings.Contains(word, w) }) {
			return true
		}
		if k > 0 && opens(z.text[:z.tokens[k].Start]) {
			break
		}
	}
	return offer && z.speaks().parents
}

// hasPrefixed reports whether a word of the zone begins so.
func (z *zone) hasPrefixed(prefix string) bool {
	return slices.ContainsFunc(z.tokens, func(t danish.Token) bool { return strings.HasPrefix(t.Text, prefix) })
}

// listedFor recognises the members of a list behind "henvender sig til alle med interesse for leg: studerende, pædagoger".
func (z *zone) listedFor(m match) bool {
	const far = 40
	colon := false
	for k := m.from - 1; k >= max(0, m.from-far); k-- {
		between := z.between(k)
		if strings.ContainsAny(between, ".!?\n") {
			return false
		}
		colon = colon || strings.Contains(between, ":")
		switch z.tokens[k].Text {
		case "om", "der", "som", "at", "af":
			if !colon {
				return false
			}
		case "henvender":
			return colon && z.word(k+1) == "sig"
		}
	}
	return false
}

// advertises reports whether a document is an advertisement for a job.
func (r *reading) advertises() bool {
	z := r.zone(inBody)
	until := z.hasPrefixed("ansøgningsfrist") || z.hasPrefixed("ansøgning") && z.hasPrefixed("stilling") || z.hasPrefixed("jobopslag") || z.hasPrefixed("overenskomst") && z.hiring()
	t := r.zone(inTitle)
	wants := func(t danish.Token) bool { return slices.Contains([]string{"søges", "søger", "ansøgere"}, t.Text) }
	return t.hasPrefixed("søges") || until && (slices.ContainsFunc(t.tokens, wants) || slices.ContainsFunc(z.tokens, wants))
}

// hiring recognises the end of an advertisement: "Søg senest 20. maj. Samtaler holdes den 28."
func (z *zone) hiring() bool {
	for k := range z.tokens {
		switch next := z.word(k + 1); z.tokens[k].Text {
		case "søg", "ansøg":
			if slices.Contains([]string{"senest", "nu", "stillingen", "jobbet", "inden"}, next) {
				return true
			}
		case "samtaler", "ansættelsessamtaler", "samtalerne":
			if slices.Contains([]string{"holdes", "afholdes", "forventes", "ligger"}, next) {
				return true
			}
		case "tiltrædelse":
			return true
		}
	}
	return false
}

// sought recognises whom an advertisement wants: "Pædagog søges", "søger en sundhedsplejerske", and the title "Pædagog 32-37 timer".
func (z *zone) sought(m match) bool {
	if z.name == inTitle && m.from <= 1 {
		return true
	}
	if z.word(m.to+1) == "søges" {
		return true
	}
	for k := m.from - 1; k >= max(0, m.from-4); k-- {
		if strings.ContainsAny(z.between(k), ".!?\n") {
			return false
		}
		if z.tokens[k].Text == "søger" {
			return true
		}
	}
	return false
}

// byGenre is the audience of a text that names none: politicians of what is laid before them, parents of what they asked, staff of
// what they are taught or told to do, and else by what its "you" does all day.
func (r *reading) byGenre() index.Derived {
	for _, find := range []func() index.Derived{r.laidBefore, r.askedByParents, r.spokenTo, r.sharedWork} {
		if d := find(); d.Value != "" {
			return d
		}
	}
	return index.Derived{}
}

// laidBefore reads minutes and agendas of those whom people elected, and what is sent to a hearing.
func (r *reading) laidBefore() index.Derived {
	title := r.zone(inTitle)
	if len(title.tokens) > 0 && strings.HasPrefix(title.tokens[0].Text, "høringssvar") {
		return index.Derived{Value: "Politikere", Reason: index.Reason{Rule: "maalgruppe/genre", Quote: title.quote(0, 0)}}
	}
	z := r.zone(inBody)
	paper := slices.ContainsFunc(title.tokens, isAgenda) || slices.ContainsFunc(z.tokens[:min(len(z.tokens), 30)], isAgenda)
	if !paper || !slices.ContainsFunc(z.tokens, isProposal) {
		return index.Derived{}
	}
	for _, of := range []*zone{title, z} {
		for k := range of.tokens {
			if isElected(of.tokens[k]) {
				return index.Derived{Value: "Politikere", Reason: index.Reason{Rule: "maalgruppe/genre", Quote: of.quote(k, k)}}
			}
		}
	}
	return index.Derived{}
}

// isAgenda, isProposal and isElected tell the words of minutes by what they say: what it is, what is asked, and of whom.
func isAgenda(t danish.Token) bool {
	return slices.ContainsFunc([]string{"referat", "beslutningsreferat", "dagsorden", "dagsordenspunkt", "beslutningsprotokol", "protokol", "sagsfremstilling", "indstilling", "punkt"}, func(w string) bool { return t.Text == w || t.Text == w+"er" })
}

func isProposal(t danish.Token) bool {
	return slices.Contains([]string{"indstiller", "indstilles", "indstilling", "efterretning", "foreslår", "tiltrådt", "tiltrådte", "godkendt", "sagsfremstilling"}, t.Text)
}

func isElected(t danish.Token) bool {
	if startsWithOne(t.Text, []string{"fælles", "bedømmelses", "arbejds", "forretnings", "sikkerheds"}) {
		return false // nobody elected these
	}
	return slices.ContainsFunc([]string{"udvalget", "udvalg", "byrådet", "byråd", "byrådets", "kommunalbestyrelsen", "regionsrådet", "økonomiudvalget"}, func(w string) bool { return strings.HasSuffix(t.Text, w) })
}

// askedByParents reads a column of questions in which somebody asks about a child at home.
func (r *reading) askedByParents() index.Derived {
	column := false
	for _, name := range []string{inTitle, inKicker} {
		column = column || r.zone(name).hasPrefixed("brevkasse") || r.zone(name).hasPrefixed("læserspørgsmål")
	}
	z := r.zone(inBody)
	if !column && !slices.ContainsFunc(z.tokens[:min(len(z.tokens), leadWords)], func(t danish.Token) bool { return strings.HasPrefix(t.Text, "brevkasse") }) {
		return index.Derived{}
	}
	for k := range z.tokens {
		own := slices.Contains([]string{"min", "vores"}, z.tokens[k].Text)
		if own && slices.Contains([]string{"søn", "datter", "dreng", "pige", "baby", "toårige", "treårige", "fireårige", "femårige", "etårige"}, z.word(k+1)) {
			return index.Derived{Value: "Forældre", Reason: index.Reason{Rule: "maalgruppe/brevkasse", Quote: z.quote(k, k+1)}}
		}
	}
	return index.Derived{}
}

// houseWords begin the words for groups of children, rooms and meetings that only those have who work in a house together.
var houseWords = []string{"børnegruppe", "børnehavegruppe", "vuggestuegruppe", "nabostue", "stuemøde", "personalemøde", "teammøde"}

// sharedWork reads directions for a group of children: what "you" is told to let the children do, at a meeting of the staff or in a
// group. At home it is a child or two, and "jeres børn".
func (r *reading) sharedWork() index.Derived {
	z := r.zone(inBody)
	if z.secondPerson() == 0 || len(r.lives("home")) > 1 {
		return index.Derived{}
	}
	var quotes []string
	seen := map[string]bool{}
	note := func(sign string, from, to int) {
		if !seen[sign] {
			seen[sign] = true
			quotes = append(quotes, z.quote(from, to))
		}
	}
	for k := range z.tokens {
		switch word := z.tokens[k].Text; {
		case word == "lad" && z.word(k+1) == "børnene":
			note("lad", k, k+1)
		case (word == "i" && z.tokens[k].Surface == "I" || word == "du") && slices.Contains([]string{"skal", "får"}, z.word(k+1)) && z.word(k+2) == "bruge":
			note("brug", k, k+2)
		case startsWithOne(word, houseWords):
			note("hus", k, k)
		case slices.Contains([]string{"kursusbevis", "deltagerbevis", "ects", "diplomuddannelse", "diplommodul"}, word):
			note(word, k, k)
		case strings.HasPrefix(word, "forældrene") && len(r.lives("work")) > 1 && z.withYou(k): // else they are told of
			note("forældrene", k, k)
		}
	}
	if len(quotes) < 2 {
		return index.Derived{}
	}
	return index.Derived{Value: "Pædagoger", Reason: index.Reason{Rule: "maalgruppe/arbejde", Quote: pieced(quotes[:2])}}
}
