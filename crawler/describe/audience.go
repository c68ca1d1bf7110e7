package describe

import (
	"slices"
	"strings"

	"smaabornsviden/index"
)

// saidTo marks a phrase that is itself an address, "dit barn"; it counts what "råd til forældre" counts.
const saidTo = 2.0

// audience is whom the document speaks to, at most two.
func (d *Describer) audience(r *reading) index.Derived {
	// One address early in the text is enough, further down it takes two: a sentence quoted there speaks to somebody else.
	const share, most = .7, 2
	least := 3.0
	if body := r.zone(inBody); body.secondPerson() >= leastYou { // who says "you" all through means somebody
		least = saidTo
	}
	english := r.doc.Lang.Value == "en"
	job := r.advertises()
	all := r.tally("audience", func(z *zone, m match) (float64, string) {
		switch {
		case job && z.sought(m):
			return saidTo, "maalgruppe/stilling"
		case job && d.facts.Audiences[m.row].Label == "Forældre": // whom the work is for
			return 0, ""
		}
		return addressed(z, m, english)
	})
	var labels, quotes []string
	for _, t := range all {
		if t.score < least || t.score < share*all[0].score || len(labels) == most {
			break
		}
		labels, quotes = append(labels, d.facts.Audiences[t.row].Label), append(quotes, t.quote)
	}
	if labels == nil {
		return r.byGenre()
	}
	return index.Derived{Value: strings.Join(labels, ", "), Reason: index.Reason{Rule: all[0].rule, Quote: pieced(quotes)}}
}

// What it takes to tell from a text that says "du" and "I" what its reader does: how often it does, and how many different words
// of home or of work stand beside it.
const (
	leastYou  = 3
	leastLife = 2
)

// spokenTo is the audience of a text that speaks to somebody without saying who that is: at home with a child, or at work
// with children. Where it has words of both it is none.
func (r *reading) spokenTo() index.Derived {
	z := r.zone(inBody)
	if z.secondPerson() < leastYou {
		return index.Derived{}
	}
	home, work := r.lives("home"), r.lives("work")
	label, words, others := "Forældre", home, work
	if len(work) > len(home) {
		label, words, others = "Fagfolk", work, home
	}
	if len(words) < leastLife || len(words) < 2*len(others) {
		return index.Derived{}
	}
	return index.Derived{Value: label, Reason: index.Reason{Rule: "maalgruppe/hverdag", Quote: pieced(someOf(words))}}
}

// lives are the words of home or of work in a text, each once.
func (r *reading) lives(table string) []cue {
	var words []cue
	seen := map[int]bool{}
	for i := range r.zones {
		z := &r.zones[i]
		for _, m := range z.matches {
			if m.table == table && !seen[m.row] {
				seen[m.row] = true
				words = append(words, cue{tokens: tokens{m.from, m.to}, zone: z})
			}
		}
	}
	return words
}

// secondPerson counts how often a text says you.
func (z *zone) secondPerson() int { return z.speaks().you }

// speaks is how a zone speaks. "I" is "you" where no sentence begins.
func (z *zone) speaks() manner {
	if z.manner.known {
		return z.manner
	}
	m := manner{known: true}
	for k := range z.tokens {
		switch t := &z.tokens[k]; t.Text {
		case "du", "dig", "din", "dit", "dine", "jer", "jeres", "you", "your", "dykk":
			m.you++
		case "i":
			if t.Surface == "I" && k > 0 && !opens(z.text[:t.Start]) && !z.initial(k) {
				m.you++
			}
		default:
			m.parents = m.parents || strings.HasPrefix(t.Text, "forældreprogram")
		}
	}
	z.manner = m
	return m
}

// inAField is what a group in a field of its own counts, "Målgruppe: dagplejere": enough wherever it stands.
const inAField = 4.0

// latestGreeting is the token up to which a letter greets those whom it is to.
const latestGreeting = 12

// yours are the words for what belongs to who reads.
var yours = []string{"din", "dit", "dine", "jeres", "your", "ditt"}

// addressed is what a mention of a group counts, and by which rule: a field, an invitation, a greeting, an address, or a group after
// "råd til" and "henvender sig til".
func addressed(z *zone, m match, english bool) (float64, string) {
	switch {
	case m.weight == saidTo && z.sampleQuestion(m): // said to others
		return 0, ""
	case z.word(m.from-1) == "deres": // "børn på 0-2 år og deres familier" are told of
		return 0, ""
	case z.inField(m, forWhom):
		return inAField, "maalgruppe/felt"
	case z.word(m.from) == "kære" && m.from > latestGreeting: // a letter to everybody that calls out to somebody
		return 0, ""
	case m.weight == saidTo && slices.Contains(yours, z.word(m.from)) && slices.Contains([]string{"barn", "børn", "child"}, z.tokens[m.to].Text) && z.name == inBody && m.from > latestGreeting && z.secondPerson() < 2: // one "dit barn" is a slogan
		return saidTo / 2, "maalgruppe/tiltale"
	case m.weight == saidTo && strings.ContainsAny(z.text[z.tokens[m.from].Start:z.tokens[m.to].End], ":;.!?\n"): // "Mit og dit: børns ret"
		return 0, ""
	case m.weight == saidTo || z.toYouWho(m) || z.asYou(m) || z.toALine(m):
		return saidTo, "maalgruppe/tiltale"
	case z.aimedAt(m), z.listedFor(m):
		return saidTo, "maalgruppe/maalrettet"
	case z.invited(m):
		return saidTo, "maalgruppe/invitation"
	case z.greeted(m):
		return saidTo, "maalgruppe/hilsen"
	}
	return given(z, m, english), "maalgruppe/tiltale"
}

// forWhom are the labels of a field that tells whom something is for.
var forWhom = []string{"målgruppe", "målgruppen", "deltagere", "hvem", "for hvem", "hvem kan deltage", "hvem kan søge", "for", "til", "modtagere", "hvem er kurset for", "hvem er det for", "hvem er materialet for", "kurset er for", "materialet er for", "hvem henvender kurset sig til", "læsere", "for hvem?", "for whom", "who", "audience", "participants"}

// inField reports whether a match is the value of a field with one of some labels: behind its colon, or on the line below the label.
func (z *zone) inField(m match, labels []string) bool {
	if z.name != inBody && z.name != inAbstract {
		return false
	}
	start, end := z.line(z.tokens[m.from].Start)
	before := z.text[start:min(z.tokens[m.from].Start, start+shortLine)] // no label is longer, but lines may be
	if colon := strings.IndexAny(before, ":\t"); colon >= 0 {            // a row of a table has a tab
		return slices.Contains(labels, strings.ToLower(strings.TrimSpace(before[:colon])))
	}
	if start == 0 || end-start > shortLine {
		return false
	}
	above := strings.TrimRight(z.text[:start], "\n ")
	above = above[strings.LastIndexByte(above, '\n')+1:]
	return slices.Contains(labels, strings.ToLower(strings.TrimRight(above, "?: ")))
}

// invited recognises "inviterer pædagoger og dagplejere", "alle forældre er velkomne" and "alle familier med børn kan låne".
func (z *zone) invited(m match) bool {
	for k := m.from - 1; k >= max(0, m.from-6); k-- {
		word := z.tokens[k].Text
		if slices.Contains([]string{"inviterer", "indbyder", "indkalder"}, word) {
			return true
		}
		if !slices.Contains([]string{"alle", "interesserede", "nye", "både", "og", "jer", "dig"}, word) && !z.hasMatch("audience", k) || strings.ContainsAny(z.between(k), ".!?\n") {
			break
		}
	}
	all := slices.Contains([]string{"alle", "nye", "kommende", "nybagte"}, z.word(m.from-1))
	for k := m.to + 1; k < min(m.to+8, len(z.tokens)) && !strings.ContainsAny(z.between(k-1), ".!?\n,"); k++ {
		switch z.tokens[k].Text {
		case "velkomne", "velkommen":
			return true
		case "inviteres", "indkaldes", "indbydes":
			return !definite(z.tokens[m.to].Text) // "forældrene indkaldes" is told of them
		case "kan":
			return all && slices.Contains([]string{"låne", "deltage", "komme", "tilmelde", "få", "søge", "bestille", "hente", "være"}, z.word(k+1))
		}
	}
	return false
}

// aimedAt recognises "målrettet socialrådgivere", "rettet mod ledere" and "alle jer dagplejere".
func (z *zone) aimedAt(m match) bool {
	at := m.from - 1
	for at > 0 && slices.Contains([]string{"nye", "kommende", "især", "primært", "særligt", "kommunale", "danske", "alle"}, z.word(at)) {
		at--
	}
	switch z.word(at) {
	case "målrettet", "målrettede", "målretter":
		return !z.ofProgramme(at)
	case "mod":
		turned := slices.Contains([]string{"rettet", "rettede", "målrettet", "målrettede", "henvendt"}, z.word(at-1)) || z.word(at-1) == "sig" && z.word(at-2) == "retter"
		return turned && !z.ofProgramme(at) && slices.ContainsFunc(z.matchesIn(at-8, at), func(o match) bool { // criticism may be turned against somebody too
			return o.table == "address" && o.to < at-1 && !strings.ContainsAny(z.text[z.tokens[o.to].End:z.tokens[at].Start], ".!?\n")
		})
	}
	return z.word(m.from-1) == "jer" && z.word(m.from-2) != "af" // "hver af jer forældre" is asked something else
}

// greeted recognises "Kære dagplejere" where it opens a line or a sentence.
func (z *zone) greeted(m match) bool {
	at := m.from - 1
	for at > 0 && slices.Contains([]string{"alle", "kommende", "nye", "nybagte", "du"}, z.tokens[at].Text) {
		at--
	}
	return z.word(at) == "kære" && z.tokens[at].Surface != "kære" && opens(z.text[:z.tokens[at].Start])
}

// hasMatch reports whether a phrase of a table covers a token.
func (z *zone) hasMatch(table string, at int) bool {
	return slices.ContainsFunc(z.matchesIn(at-maxPhrase+1, at+1), func(m match) bool { return m.table == table && at <= m.to })
}

// given is what a group counts that something is given or said to: saidTo or nothing.
// "To forskere" are two in Danish.
func given(z *zone, m match, english bool) float64 {
	const near = 5 // words of a list: "til ledere, kommunale konsulenter og pædagoger"
	for k := m.from - 1; k >= max(0, m.from-near); k-- {
		between := z.text[z.tokens[k].End:z.tokens[m.from].Start]
		if strings.ContainsAny(between, ".!?\n") {
			return 0
		}
		switch z.tokens[k].Text {
		case "målgruppe", "målgruppen":
			return saidTo
		}
		if strings.Contains(between, ":") {
			return 0
		}
		switch z.tokens[k].Text {
		case "to":
			if english {
				return z.address(k)
			}
		case "til", "for":
			return z.address(k)
		case "af", "om", "med", "fra", "hos", "som", "at":
			return 0
		}
	}
	return 0
}

// you are the words for who reads.
var you = []string{"du", "dig", "jer"}

// toYouWho recognises "dig, der er ny pædagog" and "jer, som arbejder som dagplejere" from the group.
func (z *zone) toYouWho(m match) bool {
	relative := false
	for k := m.from - 1; k >= max(0, m.from-10); k-- {
		switch word := z.tokens[k].Text; {
		case slices.Contains(you, word):
			return relative
		case word == "der" || word == "som":
			relative = true
		case k+1 < len(z.tokens) && (strings.TrimSpace(z.between(k)) == "," || z.word(k+1) == "eller" || z.word(k+1) == "og") && !strings.ContainsAny(z.between(k), ".!?\n"): // one of a list
		case word == "eller" || word == "og" || word == "anden" || word == "andet":
		case !slices.Contains([]string{"er", "arbejder", "en", "et", "ny", "nye", "nybagt", "nybagte", "lige", "netop", "snart", "uddannet", "skal", "være", "måske", "også", "selv", "blevet"}, word):
			return false
		}
	}
	return false
}

// asYou recognises "som pædagog kan du", "som forældre har I" from the group.
func (z *zone) asYou(m match) bool {
	if z.word(m.from-1) != "som" {
		return false
	}
	for k := m.to + 1; k < min(m.to+3, len(z.tokens)); k++ {
		if slices.Contains(you, z.tokens[k].Text) || z.tokens[k].Surface == "I" && k > m.to+1 {
			return !strings.ContainsAny(z.text[z.tokens[m.to].End:z.tokens[k].Start], ".!?\n")
		}
	}
	return false
}

// toALine recognises a short line that says for whom what follows is: "Til forældre", "For dig som leder".
func (z *zone) toALine(m match) bool {
	if z.name == inTitle {
		return false // see titleAddress
	}
	for k := m.from - 1; k >= max(0, m.from-4); k-- {
		if word := z.tokens[k].Text; word != "til" && word != "for" {
			continue
		}
		before := z.text[:z.tokens[k].Start]
		line, _, _ := strings.Cut(z.text[z.tokens[k].Start:], "\n")
		if opens(before) && z.word(k) != z.tokens[k].Surface && strings.HasPrefix(z.text[z.tokens[m.to].End:], ".") && m.from-k <= 2 {
			return true // "Til sundhedsplejersken. Læg tæppet ud"
		}
		return (before == "" || strings.HasSuffix(before, "\n")) && len(line) <= shortLine/2 && !strings.HasSuffix(line, ".")
	}
	return false
}

// address reports by what it counts whether something is given or said right before a preposition. A title does with less,
// but not with any "til": "Penge til familier" is of families.
func (z *zone) address(preposition int) float64 {
	if z.name == inTitle && z.titleAddress(preposition) {
		return saidTo
	}
	reach := 2
	if z.name == inTitle {
		reach = 6 // "Materiale om sprog til dagplejere"
	}
	for _, m := range z.matchesIn(preposition-reach, preposition) {
		if m.table != "address" || z.tokens[m.to].Text == "ret" || z.offersUnasked(m) || z.ofProgramme(m.to) { // "ret til en forælder" gives nothing to read
			continue
		}
		if m.to >= preposition || !strings.ContainsAny(z.text[z.tokens[m.to].End:z.tokens[preposition].Start], ".:!?\n") { // "Metode: Spørgeskema til forældre"
			return saidTo
		}
	}
	return 0
}

// titleAddress: "Leg for pædagoger", "Ny viden til ledere", "Til dig, der er pædagog", "Søvn: til forældre".
func (z *zone) titleAddress(preposition int) bool {
	word, before := z.tokens[preposition].Text, z.word(preposition-1)
	if word == "for" || before == "" || before == "viden" || z.word(preposition+1) == "dig" || z.word(preposition+1) == "jer" {
		return true
	}
	return strings.Contains(z.between(preposition-1), ":")
}
