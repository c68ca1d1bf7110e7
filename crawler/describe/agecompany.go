package describe

import (
	"slices"
	"strings"
	"unicode/utf8"

	"smaabornsviden/index/danish"
)

// childWords are the lemmas whose neighbourhood makes a number an age.
var childWords = map[string]bool{
	"barn": true, "baby": true, "spædbarn": true, "småbarn": true, "nyfødt": true, "dreng": true, "pige": true, "alder": true, "child": true, "infant": true,
	"fødsel": true, "tvilling": true, "søn": true, "datter": true, "lillesøster": true, "lillebror": true, "søster": true, "bror": true, "vuggestuebarn": true, "børnehavebarn": true,
	"trilling": true, "tumling": true, "barnebarn": true, "storebror": true, "storesøster": true, "toddler": true, "boy": true, "girl": true, "kid": true, "son": true, "daughter": true, "elev": true, "nevø": true, "niece": true,
}

// placeWords are the lemmas of where children are, and of whom something is for: beside them a span of years is one of ages.
var placeWords = map[string]bool{
	"vuggestue": true, "børnehave": true, "dagpleje": true, "dagplejer": true, "dagtilbud": true, "daginstitution": true, "institution": true, "legestue": true, "stue": true, "børnehus": true, "målgruppe": true,
	"aldersgruppe": true, "alderstrin": true, "årgang": true, "småbørn": true, "babysvømning": true, "barnehage": true, "förskola": true, "kindergarten": true, "nursery": true, "preschool": true, "childcare": true, "age": true,
}

// child reports whether children are spoken of within a few words.
func (p *ageParser) child(i int) bool { return p.childAt(i-6, i+6) }

// childAt reports whether a token of a stretch, its end excluded, is a word for children.
func (p *ageParser) childAt(from, to int) bool {
	for k := max(0, from); k < min(to, len(p.tokens)); k++ {
		if childish(&p.tokens[k]) {
			return true
		}
	}
	return false
}

func childish(t *danish.Token) bool {
	return slices.ContainsFunc(headLemmas(t), func(l string) bool { return childWords[l] })
}

// agedBefore reports whether children or an age are spoken of right before: "børn på 6-12 måneder", "i alderen 0-3 mdr.".
func (p *ageParser) agedBefore(i int) bool { return p.before(i, 1) == "aged" || p.childAt(i-3, i) }

// How many words of a sentence around a span of years are asked for children.
const (
	nearBefore = 12
	nearAfter  = 8
)

// ofChildren reports whether the sentence around a span speaks of children or of where they are. Years behind "på" are those of
// the word before it: "børn på 3-5 år", "et forløb på 3-5 år".
func (p *ageParser) ofChildren(first, last int) bool {
	if p.old(last) {
		return true
	}
	if before, at := p.exactly(first); before == "på" {
		return p.childAt(at-3, at) || p.placeAt(at-2, at)
	}
	from, to := first, last+1
	for from > max(0, first-nearBefore) && !p.parted(from-1) {
		from--
	}
	for to < min(len(p.tokens), last+1+nearAfter) && !p.parted(to-1) {
		to++
	}
	return p.childAt(from, to) || p.placeAt(from, to)
}

func (p *ageParser) placeAt(from, to int) bool {
	for k := max(0, from); k < min(to, len(p.tokens)); k++ {
		t := &p.tokens[k]
		if slices.ContainsFunc(headLemmas(t), func(l string) bool { return placeWords[l] }) || slices.ContainsFunc(t.Parts, ofChild) {
			return true
		}
	}
	return false
}

// ofChild: "børnegruppe", "småbørnsområdet", "aldersopdelt".
func ofChild(part danish.Part) bool { return childWords[danish.Plain(part.Lemma)] }

// between is what stands between a token and the next.
func (p *ageParser) between(at int) string { return p.text[p.tokens[at].End:p.tokens[at+1].Start] }

// parted reports whether a sentence or a line ends behind a token.
func (p *ageParser) parted(i int) bool {
	between := p.between(i)
	if at := strings.IndexAny(between, ".!?"); at >= 0 {
		return !lower(strings.TrimLeft(p.text[p.tokens[i+1].Start:], " ")) && !startsWithDigit(p.tokens[i+1].Text)
	}
	return strings.Contains(between, "\n") && !lower(p.text[p.tokens[i+1].Start:])
}

// about are words between a verb and its number.
var about = []string{"ca", "cirka", "omkring", "næsten", "mindst", "højst", "kun", "nu", "allerede", "lige", "over", "knap", "godt", "about", "bare", "blot", "selv", "endnu", "hele", "typisk", "normalt", "højest", "senest", "tidligst"}

// exactly is the word before a number, without "ca." and its kin, and its token.
func (p *ageParser) exactly(i int) (word string, at int) {
	for k := i - 1; k >= max(0, i-3); k-- {
		if !slices.Contains(about, p.tokens[k].Text) {
			return p.tokens[k].Text, k
		}
	}
	return "", -1
}

// lasts recognises what introduces a duration: "i løbet af de næste 2-3 år", "efter 6 måneder".
func (p *ageParser) lasts(i int) bool {
	for k := 1; k <= 3; k++ {
		switch p.before(i, k) {
		case "næste", "seneste", "sidste", "løbet", "efter", "gennem", "varer", "tager", "kommende", "igennem", "over", "after", "within", "forløb", "hver", "hvert", "om",
			"vare", "varede", "varet", "løber", "løbe", "løb":
			return true
		case "børn", "barn", "alderen":
			return false
		}
	}
	return false
}

// spending are the verbs whose years are how long somebody does something.
var spending = []string{
	"bruger", "brugte", "bruge", "brugt", "tager", "tog", "tage", "taget", "venter", "ventede", "ventet", "vente", "arbejder", "arbejdede", "arbejdet", "boede", "boet", "bor", "været", "gået", "kører", "kørte", "kørt",
	"læser", "studerer", "studerede", "kræver", "krævede", "strækker", "strakte", "forlænges", "forlænget", "dækker", "spends", "spent", "took", "takes", "lasts", "lasted", "gælder", "gjaldt", "holder", "fik", "får",
}

// since are the words behind a number of years that make them a distance in time.
var since = []string{
	"siden", "ago", "sedan", "ældre", "yngre", "senere", "tidligere", "før", "forinden", "frem", "fremover", "tilbage", "lang", "langt", "lange", "længere", "later", "earlier", "older", "younger", "long", "endnu", "ekstra",
	"ad", "årligt", "forsinket", "efter", "inden",
}

// ofThing reports whether a number of years is how long something takes, how far it lies off, or how old a thing is.
func (p *ageParser) ofThing(first, last int) bool {
	before, at := p.exactly(first)
	if slices.Contains(spending, before) {
		return true
	}
	if next := p.next(last); next != nil && slices.Contains(since, next.Text) && !(p.agedBefore(first) && (next.Text == "før" || next.Text == "efter" || next.Text == "inden")) {
		return true
	}
	if last+2 < len(p.tokens) && p.tokens[last+1].Text == "om" && p.tokens[last+2].Text == "at" { // "er ti måneder om at læse"
		return true
	}
	if p.thingBefore(first) {
		return true
	}
	if slices.Contains(copulas, before) {
		return p.thing(at - 1)
	}
	return p.old(last) && (before != "på" && p.thing(at) || p.oldThing(last+1))
}

var copulas = []string{"er", "var", "bliver", "blev", "fylder", "fyldte", "is", "was"}

// thingBefore looks for a thing that goes on, right before a number of years and nearer than any child: "bevillingsperiode:
// 2-3 år", "et forløb på 3 år", "støtteperioden er ca. 4 år".
func (p *ageParser) thingBefore(i int) bool {
	for k := i - 1; k >= max(0, i-4) && !p.parted(k); k-- {
		t := &p.tokens[k]
		switch {
		case childish(t):
			return false
		case goesOn(t):
			return true
		case !t.Stop && !slices.Contains(about, t.Text) && !slices.Contains(copulas, t.Text):
			return false
		case t.Text == "for" || t.Text == "med" || t.Text == "til":
			return false
		}
	}
	return false
}

// thing reports whether the subject of "is five years old" is none of whom an age is told: a noun in the definite form that is no
// word for a child, or "den" and "det".
func (p *ageParser) thing(i int) bool {
	for i > 0 && (slices.Contains(about, p.tokens[i].Text) || p.tokens[i].Text == "også") {
		i--
	}
	for i >= 2 && slices.Contains([]string{"for", "til", "i", "på", "af", "ved", "om", "fra", "med", "of", "for"}, p.tokens[i-1].Text) {
		i -= 2 // "støtteperioden for børnehaver"
	}
	if i < 0 {
		return false
	}
	t := &p.tokens[i]
	if t.Text == "den" || t.Text == "det" || t.Text == "it" {
		return !p.childAt(i-nearBefore, i) // "da barnet blev født, og da det var 3 år"
	}
	switch inside := i > 0 && !p.parted(i-1); {
	case childish(t) || t.Stop:
		return false
	case inside && writtenAsName(t.Surface): // "hesten Stjerne" is a horse, "pigen Alma" and Alma are none
		return !capital(p.tokens[i-1].Surface) && definiteThing(&p.tokens[i-1]) || i == 1 && definiteThing(&p.tokens[0])
	case inside && slices.Contains(owning, p.tokens[i-1].Text) && !strings.HasSuffix(t.Text, "ste"):
		return true // "vores hest"; but "vores yngste"
	}
	return definiteThing(t) || goesOn(t) || nounOfThing(t)
}

// owning are words before a noun in its bare form.
var owning = []string{"vores", "min", "mit", "din", "dit", "sin", "sit", "deres", "hans", "hendes", "en", "et", "denne", "dette"}

// definiteThing reports whether a word is a noun in the definite form that is no word for a child.
func definiteThing(t *danish.Token) bool {
	return !childish(t) && !t.Stop && len(t.Lemmas) > 0 && !slices.Contains(danish.PlainAll(t.Lemmas), t.Text) && definite(t.Text)
}

// nounOfThing recognises words for things by how their kind is made: "byggeri", "uddannelse", "ordning".
func nounOfThing(t *danish.Token) bool {
	for _, l := range t.Lemmas {
		for _, end := range []string{"else", "ning", "tion", "skab", "hed", "eri"} {
			if strings.HasSuffix(danish.Plain(l), end) && utf8.RuneCountInString(l) > len(end)+2 {
				return true
			}
		}
	}
	return false
}

// oldThing reports whether the adjective at a token belongs to a thing: "en tre år gammel hest", "et 2 år gammelt hus".
func (p *ageParser) oldThing(i int) bool {
	if i >= len(p.tokens) {
		return false
	}
	next := p.next(i)
	if next == nil || next.Stop || childish(next) || capital(next.Surface) || !strings.HasPrefix(p.tokens[i].Text, "gam") {
		return false // "i to års alderen sætter børn ord sammen" has no thing
	}
	return p.tokens[i].Text == "gammelt" || slices.Contains(danish.PlainAll(next.Lemmas), next.Text) || goesOn(next)
}

// ofSomething reports whether an age in one word is that of a thing: "overenskomsten er treårig", "en treårig overenskomst", "den
// toårige hest". In the plural only words for what goes on are known as things, see lasting.
func (p *ageParser) ofSomething(i int) bool {
	text := p.tokens[i].Text
	if !strings.HasSuffix(text, "årig") && !strings.HasSuffix(text, "årige") {
		return false
	}
	if before, at := p.exactly(i); slices.Contains(copulas, before) && !strings.HasSuffix(text, "årige") && p.thing(at-1) {
		return true
	}
	next := p.next(i)
	if next == nil || next.Stop || childish(next) || capital(next.Surface) || slices.ContainsFunc(next.Parts, ofChild) {
		return false
	}
	if strings.HasSuffix(text, "årige") && !slices.Contains([]string{"den", "det", "denne", "vores", "sin"}, p.before(i, 1)) {
		return false
	}
	return slices.Contains(danish.PlainAll(next.Lemmas), next.Text) && !slices.Contains(adverbs, next.Text) && !present(next)
}

// present recognises a verb in its usual form: "den etårige siger" has no thing.
func present(t *danish.Token) bool {
	bare, ok := strings.CutSuffix(t.Text, "r")
	return ok && slices.Contains(danish.PlainAll(t.Lemmas), bare)
}

// adverbs may follow "en treårig" where no noun does.
var adverbs = []string{"ofte", "altid", "gerne", "sjældent", "typisk", "også", "aldrig", "sammen", "alene", "hjemme", "selv", "mest", "allerede", "normalt", "derfor", "først", "bedst", "måske", "ikke", "nok", "endnu"}

// lasting are the things that go on for years: "treårigt feltstudie" is no age.
var lasting = []string{
	"studie", "projekt", "program", "forløb", "indsats", "periode", "aftale", "uddannelse", "bevilling", "forsøg", "strategi", "plan", "pulje", "undersøgelse", "samarbejde",
	"kursus", "ansættelse", "opfølgning", "jubilæum", "partnerskab", "kontrakt", "forskningsprojekt", "udviklingsprojekt", "tidsplan", "followup", "study", "project", "stilling",
	"erfaring", "fængsel", "anciennitet", "mellemrum", "varighed", "garanti", "pause", "frist", "ventetid", "orlov", "ordning", "experience",
	"overenskomst", "støtte", "tid", "løbetid", "binding", "lejemål", "abonnement", "medlemskab", "mandat", "embede", "ophold", "udlån", "finansiering", "pilotprojekt", "grant", "agreement", "period", "contract", "bachelor",
	"mellemrum", "forlængelse", "afstand", "aldersforskel", "forskel", "ventetid", "leje", "løfte", "behandling", "evaluering",
}

// duration recognises an age word that says how long a thing lasts: in the neuter, before such a thing, or said of it.
func (p *ageParser) duration(i int, u unit) bool {
	next := p.next(i)
	if next != nil && goesOn(next) || p.saidOfLasting(i) {
		return true
	}
	return u == years && strings.HasSuffix(p.tokens[i].Text, "årigt") && (next == nil || !strings.HasPrefix(next.Text, "barn"))
}

// saidOfLasting recognises "aftalen er treårig" and "projektet var 2-årigt".
func (p *ageParser) saidOfLasting(i int) bool {
	return i >= 2 && slices.Contains([]string{"er", "var", "bliver", "blev"}, p.before(i, 1)) && goesOn(&p.tokens[i-2]) && strings.Contains(p.tokens[i].Text, "årig")
}

func goesOn(t *danish.Token) bool {
	return slices.ContainsFunc(headLemmas(t), func(l string) bool { return slices.Contains(lasting, l) })
}

// oneOf recognises who stands for a child before its age: "en på tre år", "vores på fire". A prison sentence has its thing before it.
func (p *ageParser) oneOf(i int) bool {
	return i >= 0 && slices.Contains([]string{"en", "dem", "ham", "hende", "dig"}, p.tokens[i].Text) && !p.thingBefore(i)
}

// person recognises who is told by name before "er tre år"; of houses and animals ofThing has told.
func (p *ageParser) person(i int) bool {
	if i >= 0 && (p.tokens[i].Text == "han" || p.tokens[i].Text == "hun") {
		return true
	}
	return i >= 0 && writtenAsName(p.tokens[i].Surface) && !p.tokens[i].Stop && !goesOn(&p.tokens[i])
}

// headLemmas are the lemmas of a word and of the last part of a compound.
func headLemmas(t *danish.Token) []string {
	if len(t.Parts) == 0 {
		return danish.PlainAll(t.Lemmas)
	}
	all := slices.Clone(danish.PlainAll(t.Lemmas))
	for _, part := range t.Parts {
		if part.End == t.End {
			all = append(all, danish.Plain(part.Lemma))
		}
	}
	return all
}
