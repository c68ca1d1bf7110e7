package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index/danish"
)

// inPassing is what a mention counts of its weight where a text tells of somebody's own life and not of children of that age: all
// such mentions together stay below what makes an age.
const inPassing = .2

// sideways reports whether an age or a stage is only mentioned: where somebody once went or works, whose child goes somewhere, what
// was long ago. personal says that the text argues from somebody's own life, as a debate does with "min søn er 5 år".
func (z *zone) sideways(m ageMention, personal bool) bool {
	if z.name != inBody && z.name != inAbstract {
		return false
	}
	s := z.sentence(m.start, m.end)
	if s.parentOf(m) || s.brought(m) {
		return true
	}
	if !placed(m.rule) {
		return personal && s.ofMine(m)
	}
	return s.former(m) || s.unsaid() || s.addressed(m) || s.ofKin(m) || s.longAgo(m) || s.employed(m) || s.lasted(m) || s.meeting(m)
}

// nearSentence bounds how much of a sentence is looked at, in words to each side.
const nearSentence = 20

// placed reports whether a mention rests on a word for where children are, and not on numbers.
func placed(rule string) bool {
	return rule == "alder/vuggestue" || rule == "alder/boernehave" || rule == "alder/dagtilbud" || rule == "alder/spaedbarn"
}

// sentence is a stretch of tokens around a mention, both ends inclusive.
type sentence struct {
	ageParser
	from, to int
}

// sentence is what stands around a stretch of tokens up to where its sentence ends.
func (z *zone) sentence(start, end int) sentence {
	s := sentence{ageParser: ageParser{tokens: z.tokens, text: z.text}, from: start, to: end}
	for s.from > 0 && start-s.from < nearSentence && !s.parted(s.from-1) {
		s.from--
	}
	for s.to+1 < len(z.tokens) && s.to-end < nearSentence && !s.parted(s.to) {
		s.to++
	}
	return s
}

// has reports whether a word of the sentence before token end is one of some.
func (s *sentence) has(end int, words ...string) bool {
	for k := s.from; k < end; k++ {
		if slices.Contains(words, s.tokens[k].Text) {
			return true
		}
	}
	return false
}

// parents are who somebody is presented as: "far til to børn på 3 og 5 år", "mor til en treårig".
// Parents in the plural are those that a text is for or about.
var parents = []string{"mor", "far", "bedstemor", "bedstefar", "mormor", "morfar", "farmor", "farfar", "mother", "father"}

// parentOf recognises an age that presents somebody by a child of theirs.
func (s *sentence) parentOf(m ageMention) bool {
	for k := m.start - 1; k > max(s.from, m.start-7); k-- {
		if (s.tokens[k].Text == "til" || s.tokens[k].Text == "of") && slices.Contains(parents, s.tokens[k-1].Text) {
			// "råd til mor og far til en treårig" speaks to them
			return !s.has(k-1, "du", "dig", "jer", "din", "dit", "for", "råd", "kære")
		}
	}
	return false
}

// brought recognises who may be taken along to what is for others: "børn under et år må gerne komme med", "du er velkommen til at tage
// børn under et år med". Before "på" and "i" children come along to what is theirs.
func (s *sentence) brought(m ageMention) bool {
	for k := m.end + 1; k <= min(s.to, m.end+farBrought); k++ {
		switch s.tokens[k].Text {
		case "medbringes", "medtages":
			return s.allowed()
		case "med":
			verb := s.tokens[k-1].Text
			along := slices.Contains([]string{"komme", "kommer", "følge", "tages"}, verb) || s.has(m.start, "tage", "have")
			return along && s.allowed() && (k == s.to || !slices.Contains([]string{"på", "i"}, s.tokens[k+1].Text) && !s.childAt(k+1, k+4))
		}
	}
	return s.has(m.start, "medbringe") && s.allowed()
}

// farBrought is how far behind an age it may be said that those of it may come along, in words.
const farBrought = 7

// allowed reports whether a sentence lets somebody do something who need not.
func (s *sentence) allowed() bool {
	return s.has(s.to+1, "gerne", "velkommen", "velkomne", "velkomment", "lov", "tilladt") && s.has(s.to+1, "må", "er", "kan")
}

// kin are those beside the child, or beside the grown-up, that a text is about.
var kin = []string{"søskende", "lillebror", "storebror", "lillesøster", "storesøster", "bror", "søster", "kone", "hustru", "kæreste", "ægtefælle", "nevø", "niece", "fætter", "kusine", "sibling", "brother", "sister", "wife", "husband"}

// ofKin recognises "yngre søskende går i vuggestue", "hendes lillebror i vuggestuen" and "har en datter i vuggestue". What is said to
// "you" of yours is meant.
func (s *sentence) ofKin(m ageMention) bool {
	for k := m.start - 1; k >= max(s.from, m.start-5); k-- {
		own := k > s.from && slices.Contains([]string{"din", "dit", "dine", "jeres", "your"}, s.tokens[k-1].Text)
		heads := headLemmas(&s.tokens[k])
		switch {
		case slices.ContainsFunc(heads, func(l string) bool { return slices.Contains(kin, l) }):
			return !own
		case slices.ContainsFunc(heads, func(l string) bool { return l == "søn" || l == "datter" || l == "barnebarn" }) && (s.before(k, 1) == "en" || s.before(k, 1) == "et") && slices.Contains([]string{"har", "havde", "og", "has", "med"}, s.before(k, 2)):
			return true
		}
	}
	return false
}

// ofMine recognises a child of the writer's: "min søn er 5 år", "vi har to børn på 3 og 5 år".
func (s *sentence) ofMine(m ageMention) bool {
	for k := m.start - 1; k >= max(s.from, m.start-8); k-- {
		switch s.tokens[k].Text {
		case "min", "mit", "mine", "vores", "my", "our":
			return s.childAt(k+1, min(k+3, m.start))
		case "har":
			if w := s.before(k, 1); w == "jeg" || w == "vi" || k+1 < len(s.tokens) && (s.tokens[k+1].Text == "jeg" || s.tokens[k+1].Text == "vi") {
				return s.childAt(k+1, m.start)
			}
		}
	}
	return false
}

// longAgo recognises what was once: "gik i børnehave for 12 år siden", "da hun gik i børnehave", "den første børnehave i 1912".
func (s *sentence) longAgo(m ageMention) bool {
	for k := m.end + 1; k <= s.to; k++ {
		switch text := s.tokens[k].Text; {
		case (text == "siden" || text == "ago") && unitOf(s.tokens[k-1].Text) == years:
			return true
		case k <= m.end+3 && text == "i" && k < s.to && oldYear(s.tokens[k+1].Text):
			return true
		}
	}
	for k := m.start - 1; k >= max(s.from, m.start-4); k-- {
		if s.tokens[k].Text == "gik" {
			return s.has(k, "da", "dengang", "selv", "siden", "engang", "også")
		}
	}
	return s.has(m.start, "dengang", "engang")
}

// oldYear recognises the years of other people's childhood: none of their kindergartens is of today.
func oldYear(word string) bool {
	return len(word) == 4 && strings.Trim(word, "0123456789") == "" && word >= "1700" && word < "2000"
}

// works are the words before a place that make it where somebody earns a living.
var works = []string{"arbejder", "arbejde", "arbejdede", "arbejdet", "ansat", "job", "vikar", "afløser", "rengøring", "praktik", "works", "worked", "bestyrelsesmedlem", "formand"}

// employed recognises "hans kone arbejder i en vuggestue": the place of one person. Of staff in the plural a text may well be.
func (s *sentence) employed(m ageMention) bool {
	at := m.start - 1
	for at > s.from && slices.Contains([]string{"en", "et", "den", "sin", "hendes", "hans", "min", "lokal", "lokale", "a"}, s.tokens[at].Text) {
		at--
	}
	if at <= s.from || !slices.Contains([]string{"i", "på", "hos", "in", "at"}, s.tokens[at].Text) || !slices.Contains(works, s.tokens[at-1].Text) {
		return false
	}
	return s.onePerson(at - 1)
}

// onePerson reports whether the subject right before a verb is one person: "hun", "han", "jeg", "Bo Lund", "hans kone".
func (s *sentence) onePerson(verb int) bool {
	for k := verb - 1; k >= max(s.from, verb-4); k-- {
		t := &s.tokens[k]
		switch {
		case slices.Contains([]string{"hun", "han", "jeg", "selv", "she", "he", "hans", "hendes", "min"}, t.Text):
			return true
		case k > s.from && writtenAsName(t.Surface):
			return true
		case slices.Contains([]string{"du", "dig", "i", "vi", "de", "pædagoger", "der", "som"}, t.Text):
			return false
		}
	}
	return false
}

// lasted recognises how long somebody was somewhere: "leder i en vuggestue i otte år", "efter to år i børnehaven".
func (s *sentence) lasted(m ageMention) bool {
	if m.end+3 <= s.to && s.tokens[m.end+1].Text == "i" && isNumber(&s.tokens[m.end+2]) && unitOf(s.tokens[m.end+3].Text) != noUnit {
		return true
	}
	return m.start-3 >= s.from && s.before(m.start, 1) == "i" && unitOf(s.before(m.start, 2)) != noUnit && isNumber(&s.tokens[m.start-3])
}

func isNumber(t *danish.Token) bool {
	_, rest, ok := leadingNumber(t.Text)
	return ok && rest == ""
}

// meeting recognises a place where something else takes place: "mødet holdes i børnehaven".
func (s *sentence) meeting(m ageMention) bool {
	return m.start-2 >= s.from && (s.before(m.start, 1) == "i" || s.before(m.start, 1) == "på") &&
		slices.Contains([]string{"holdes", "afholdes", "holdt", "mødes", "mødtes", "sted"}, s.before(m.start, 2))
}

// formers are the words before a place that no child goes to any more.
var formers = []string{"tidligere", "forhenværende", "fhv", "nedlagte", "nedlagt", "lukkede", "lukket", "gamle", "former"}

// former recognises "den tidligere børnehave" and "tidligere leder af en vuggestue".
func (s *sentence) former(m ageMention) bool {
	if slices.Contains(formers, s.before(m.start, 1)) && m.start-1 >= s.from {
		return true
	}
	for k := m.start - 1; k >= max(s.from, m.start-4); k-- {
		if slices.Contains([]string{"leder", "pædagog", "medhjælper", "ansat", "forstander"}, s.tokens[k].Text) {
			return slices.Contains(formers, s.before(k, 1))
		}
	}
	return false
}

// turnedTo are the words of a house that becomes something else.
var turnedTo = []string{"omdannes", "omdannet", "ombygges", "ombygget", "bygges", "bygget", "laves", "lavet", "indrettes", "indrettet", "forvandles", "forvandlet", "sælges", "solgt", "rives", "revet", "bliver", "blev", "converted"}

// turnedInto are what houses become where children were: the last part of the word.
var turnedInto = []string{"bolig", "ældrebolig", "seniorbolig", "plejehjem", "plejecenter", "kontor", "lejlighed", "kulturhus", "hotel", "museum", "café", "cafe", "forsamlingshus", "herberg", "ungdomsbolig", "housing"}

// turned reports whether the one place of a document is a house where children went once: "den tidligere børnehave bliver til
// ældreboliger". What it says of that house further down is not of children either.
func (r *reading) turned() bool {
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == "stage" && m.from < leadWords && z.name != inKeywords && z.turned(m) {
				return true
			}
		}
	}
	return false
}

func (z *zone) turned(m match) bool {
	s := z.sentence(m.from, m.to)
	into := slices.ContainsFunc(z.tokens[s.from:s.to+1], func(t danish.Token) bool {
		return slices.ContainsFunc(headLemmas(&t), func(l string) bool { return slices.Contains(turnedInto, l) })
	})
	was := m.from > s.from && slices.Contains(formers, z.tokens[m.from-1].Text)
	return into && (was || s.has(s.to+1, turnedTo...))
}

// unsaid recognises a sentence that says what is not spoken of: "børnehave nævner de ikke".
func (s *sentence) unsaid() bool {
	return s.has(s.to+1, "ikke", "hverken", "aldrig", "intet", "not") &&
		s.has(s.to+1, "nævner", "nævnes", "nævnt", "nævnte", "omtaler", "omtales", "omtalt", "handler", "omfatter", "omfattes", "omfattet", "gælder", "vedrører", "mentioned", "mention")
}

// addressed recognises a kind of staff among others: "sundhedsplejersker, dagplejere og pædagoger" are those whom a text is for.
func (s *sentence) addressed(m ageMention) bool {
	if !staffed(&s.tokens[m.start]) || m.start != m.end {
		return false
	}
	for _, k := range []int{m.start - 2, m.start - 1, m.end + 1, m.end + 2} {
		if k < s.from || k > s.to || !staffed(&s.tokens[k]) {
			continue
		}
		between := s.text[s.tokens[min(k, m.start)].End:s.tokens[max(k, m.start)].Start]
		if joint := strings.Trim(between, " \u00a0"); joint == "," || joint == "og" || joint == ", og" || joint == "eller" || joint == "and" || joint == "samt" {
			return true
		}
	}
	return false
}

// staffed recognises a word for those who work with children or families.
func staffed(t *danish.Token) bool {
	return slices.ContainsFunc(headLemmas(t), func(l string) bool {
		return slices.Contains(staff, l) || l == "plejer" || l == "jordemoder" || l == "læge"
	})
}
