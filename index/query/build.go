package query

import (
	"cmp"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
)

// Build makes the plan of a query without asking an index: nothing is mended, widened or let go. It fills Groups,
// MinShould and the filters that the query itself names; the caller adds filters, facets, page and order.
func Build(a *danish.Analyzer, q string) (index.Plan, Understood) {
	r := read(a, q)
	return r.plan(a)
}

// plan makes the plan of a reading.
func (r *reading) plan(a *danish.Analyzer) (index.Plan, Understood) {
	b := builder{a: a, understood: Understood{Typed: r.text, Words: []Word{}, Added: r.added, Offers: r.offers, Notes: Notes(r.text), Operators: r.operators()}, groups: map[int][]int{}, partOf: map[int]*unit{}, opens: map[int]*unit{}, beside: map[int]*unit{}}
	for _, c := range r.filters {
		b.filter(c)
	}
	for i := range r.units {
		b.unit(&r.units[i])
	}
	b.endRun()
	b.decide(r.logic)
	b.lifts()
	r.opens, r.beside = b.opens, b.beside
	return b.plan, b.understood
}

type builder struct {
	a          *danish.Analyzer
	plan       index.Plan
	understood Understood
	prefixes   int
	run        []*unit // adjacent plain words, for nearness
	lifted     []index.Group
	groups     map[int][]int // what each clause has become, by where it begins
	partOf     map[int]*unit // the unknown compound whose part a lifted group is
	opens      map[int]*unit // reading.opens
	beside     map[int]*unit // reading.beside
}

// unit adds what one word or phrase looks for.
func (b *builder) unit(u *unit) {
	switch {
	case u.off:
		b.understood.Ignored = append(b.understood.Ignored, u.typed)
		return
	case u.clause.Field == FieldTitle:
		b.title(u)
	case len(u.phrase) > 0:
		b.phrase(u)
	case u.split():
		b.parts(u)
	default:
		b.word(u)
	}
	if len(u.phrase) > 0 || u.clause.Not {
		b.endRun()
	} else {
		b.run = append(b.run, u)
		b.liftWord(u)
	}
}

// phrase asks for the words exactly as written, in order.
func (b *builder) phrase(u *unit) {
	var terms []string
	for _, t := range u.phrase {
		terms = append(terms, t.Text)
	}
	alt := index.Alt{Field: index.Exact, Terms: terms, Weight: weightPhrase, Kind: index.AsTyped, Text: u.typed}
	if t := u.phrase[0]; len(u.phrase) == 1 && len(t.Lemmas) == 1 && capitals(t.Surface) == t.Surface && danish.Plain(t.Lemmas[0]) != t.Lemmas[0] {
		// Written words are indexed in small letters, where KL is "kl": its dictionary form tells them apart.
		alt.Field, alt.Terms = index.Lemma, t.Lemmas
	}
	b.add(u.clause, index.Group{Text: u.typed, Alts: []index.Alt{alt}}, Word{Text: u.typed, Exact: true})
}

// title asks titles for a word in any form, for words that begin like it, or in quotes for the words exactly as written. It has
// to be there: who names the title means it.
func (b *builder) title(u *unit) {
	alt := index.Alt{Field: index.Title, Weight: weightPhrase, Kind: index.AsTyped, Text: u.typed}
	w := Word{Text: u.typed, Field: FieldTitle}
	if u.clause.Phrase {
		alt.Field, w.Exact = index.TitleExact, true
	}
	for _, t := range u.phrase {
		if w.Exact {
			alt.Terms = append(alt.Terms, t.Text)
			continue
		}
		alt.Terms = append(alt.Terms, stack(t.Lemmas, b.a.Lemmas(t.Text, "en")...))
		w.Forms = append(w.Forms, t.Lemmas...)
	}
	c := u.clause
	c.Must = !c.Not
	g := index.Group{Text: u.typed, Alts: []index.Alt{alt}}
	for _, word := range u.longer {
		g.Alts = append(g.Alts, index.Alt{
			Field: index.Title, Terms: []string{word}, Weight: weightPhrase * weightParts, Kind: index.PartOf, Text: u.phrase[0].Text,
		})
	}
	switch {
	case !c.Prefix:
	case len(u.phrase) > 1: // "leg/lær*": no prefix stands in a phrase
		b.understood.Unread = append(b.understood.Unread, u.typed+"*")
	case b.roomForPrefix(u.typed):
		w.Text += "*"
		alt := index.Alt{Field: index.TitleExact, Terms: []string{u.phrase[0].Text}, Prefix: true, Weight: weightPrefix, Kind: index.PrefixOf}
		alt.Text = w.Text
		g.Alts = append(g.Alts, alt)
	}
	b.add(c, g, w)
}

// word asks for a word in any form, alone or as a part of a compound, and for what the vocabulary knows.
func (b *builder) word(u *unit) {
	t := &u.token
	g := index.Group{Text: u.typed}
	w := Word{Text: t.Text, Missing: u.gone, Kind: u.kind}
	if u.kind != "" {
		w.Typed = u.typed
	}
	weight := weightLemma
	for _, x := range t.Expansions {
		w.Forms = append(w.Forms, x.Lemmas...)
		g.Alts = append(g.Alts, forms(x.Lemmas, x.Text, weightLemma, u.kind, !u.closed)...)
		weight = weightPieces // the piece alone says less
	}
	w.Forms = append(w.Forms, t.Lemmas...)
	own := u.own(weight)
	if u.short {
		for i := range own {
			own[i].Text = u.capitals() // what is marked stands in capitals, too
		}
	}
	g.Alts = append(g.Alts, own...)
	if !u.bare {
		g.Alts = append(g.Alts, b.english(u)...)
	}
	if u.clause.Prefix && b.roomForPrefix(t.Text) {
		a := alt(index.Exact, t.Text, weightPrefix, index.PrefixOf)
		a.Prefix, a.Text = true, t.Text+"*"
		g.Alts = append(g.Alts, a)
	}
	if len(u.apart) > 0 {
		g.Alts = append(g.Alts, apart(u))
	}
	g.Alts = append(g.Alts, u.also...)
	if u.age() {
		for i := range g.Alts {
			if !g.Alts[i].Field.Facet() {
				g.Alts[i].Weight *= weightAge
			}
		}
	}
	if b.add(u.clause, g, w); !u.clause.Not && !u.gone && u.compound() && u.kind != index.Joined {
		b.beside[len(b.plan.Groups)-1] = u
	}
}

// forms asks for a word by its dictionary forms, alone and, inside longer words, as a part.
func forms(lemmas []string, text string, weight float64, k index.Kind, inside bool) []index.Alt {
	var out []index.Alt
	for _, lemma := range lemmas {
		kind := k
		switch {
		case kind != "":
		case danish.Plain(lemma) == text:
			kind = index.AsTyped
		default:
			kind = index.Inflected
		}
		out = append(out, alt(index.Lemma, lemma, weight, kind))
		if inside {
			out = append(out, alt(index.Parts, lemma, weight*weightParts, index.PartOf))
		}
	}
	return out
}

// english asks English texts for the word as English reads it. Their words have dictionary forms of their own, so that
// "mødre" does not find "moderated".
func (b *builder) english(u *unit) []index.Alt {
	weight := weightLemma
	if !u.foreign {
		weight = weightEnglish // "leg" is hardly ever the English one
	}
	out := forms(b.a.Lemmas(u.token.Text, "en"), u.token.Text, weight, "", false)
	for i := range out {
		out[i].Lang = "en"
	}
	return out
}

func alt(f index.Field, term string, weight float64, k index.Kind) index.Alt {
	return index.Alt{Field: f, Terms: []string{term}, Weight: weight, Kind: k, Text: danish.Plain(term)}
}

// apart is a joined compound as it was typed: the very words, side by side, since texts write compounds apart as readers do.
// Their other forms are other words: "børn har" is no "børne have".
func apart(u *unit) index.Alt {
	a := index.Alt{Field: index.Exact, Weight: weightApart, Kind: index.AsTyped, Text: u.typed}
	for _, t := range u.apart {
		a.Terms = append(a.Terms, t.Text)
	}
	return a
}

// parts asks for the parts of a compound near each other, in any order: "skema for leg" may be said of a legeskema, a text
// about leg that has a skema somewhere else is about something else. The parts by themselves lift.
func (b *builder) parts(u *unit) {
	g := index.Group{Text: u.typed, Alts: u.together(weightPiece)}
	w := Word{Kind: index.Split, Typed: u.typed, Text: g.Alts[0].Text}
	for _, p := range u.nearParts() {
		w.Forms = append(w.Forms, lemmas(p)...)
	}
	if len(u.apart) > 0 {
		g.Alts = append(g.Alts, apart(u))
	}
	g.Alts = append(g.Alts, u.also...)
	b.add(u.clause, g, w)
}

// together asks for the parts of a compound near each other, in whatever order.
func (u *unit) together(weight float64) []index.Alt {
	var texts []string
	var forms [][]string
	for _, p := range u.nearParts() {
		texts, forms = append(texts, p.Text), append(forms, lemmas(p))
	}
	var out []index.Alt
	for _, order := range orders(len(forms)) {
		a := inOrder(forms, order)
		a.Weight, a.Text = weight, strings.Join(texts, " ")
		out = append(out, a)
	}
	return out
}

// inOrder asks for the parts of a compound near each other in one order. Of more than two parts only the likeliest form is
// looked for, since every further one multiplies the readings.
func inOrder(forms [][]string, order []int) index.Alt {
	a := index.Alt{Field: index.Lemma, Slop: partsSlop, Kind: index.Split}
	for _, i := range order {
		stacked := forms[i]
		if len(forms) > 2 {
			stacked = stacked[:1]
		}
		a.Terms = append(a.Terms, stack(stacked))
	}
	return a
}

// orders are the orders in which n parts may stand: all of up to three, forwards and backwards of more.
func orders(n int) [][]int {
	switch n {
	case 2:
		return [][]int{{0, 1}, {1, 0}}
	case 3:
		return [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	}
	forwards := make([]int, n)
	for i := range forwards {
		forwards[i] = i
	}
	backwards := slices.Clone(forwards)
	slices.Reverse(backwards)
	return [][]int{forwards, backwards}
}

// maxPrefixes leaves half of a plan's terms to the other words. Later prefixes are searched for as plain words.
const maxPrefixes = index.MaxTerms / index.MaxExpansions / 2

func (b *builder) roomForPrefix(word string) bool {
	if b.prefixes == maxPrefixes {
		b.understood.Unread = append(b.understood.Unread, word+"*")
		return false
	}
	b.prefixes++
	return true
}

// add appends a group, or widens the last one when the query says or.
func (b *builder) add(c Clause, g index.Group, w Word) {
	w.Forms = danish.PlainAll(w.Forms)
	switch {
	case c.Not:
		g.Occur, w.Not = index.Not, true
	case c.Must:
		g.Occur, w.Must = index.Must, true
	}
	if last := len(b.plan.Groups) - 1; c.Or && last >= 0 && b.plan.Groups[last].Occur != index.Not {
		b.widenLast(g, w)
		return
	}
	if len(b.plan.Groups) == index.MaxGroups {
		b.understood.Ignored = append(b.understood.Ignored, g.Text)
		return
	}
	if g.Occur == index.Should {
		b.plan.MinShould++
	}
	b.groups[c.Start] = append(b.groups[c.Start], len(b.plan.Groups))
	b.plan.Groups = append(b.plan.Groups, g)
	b.understood.Words = append(b.understood.Words, w)
}

// or tells of an alternative in the words of the reader. What is looked for as it is written keeps its quotation marks, and what is
// looked for in titles the name of the field, since the other may not be.
func (w *Word) or(other Word) {
	apart := w.Field != other.Field
	for _, each := range []*Word{w, &other} {
		if each.Exact {
			each.Text, each.Exact = `"`+each.Text+`"`, false
		}
		if apart && each.Field != "" {
			each.Text, each.Field = each.Field+":"+each.Text, ""
		}
	}
	w.Text += " eller " + other.Text
	w.Forms = append(w.Forms, other.Forms...)
}

// widenLast makes a group one more alternative of the last one. What one of the two has to have, one of them has to have then: "+leg
// OR sprog" and "leg OR titel:sprog" find no document that has neither.
func (b *builder) widenLast(g index.Group, w Word) {
	last := len(b.plan.Groups) - 1
	before, read := &b.plan.Groups[last], &b.understood.Words[last]
	if g.Occur == index.Must && before.Occur == index.Should {
		before.Occur, read.Must = index.Must, true
		b.plan.MinShould--
	}
	standFor(before.Alts, before.Text)
	standFor(g.Alts, g.Text)
	before.Alts = append(before.Alts, g.Alts...)
	before.Text += " eller " + g.Text
	read.or(w)
}

// standFor notes which of the words that OR joins each of its alternatives stands for, so that readers can be told which of them a hit has.
func standFor(alts []index.Alt, text string) {
	for i := range alts {
		alts[i].For = cmp.Or(alts[i].For, text)
	}
}

// liftWord adds what orders hits without adding any: the word exactly as written, its 4-grams, the word in the title and as part
// of compounds, and the uppermost parts of a compound that it is. The parts of parts say too little: a derivation has those of
// its base.
func (b *builder) liftWord(u *unit) {
	if u.age() {
		if u.years != nil {
			b.liftWord(&unit{token: *u.years}) // who says "årige" speaks of children
		}
		return
	}
	t := &u.token
	b.lift(alt(index.Exact, t.Text, liftExact, index.AsTyped))
	for _, gram := range danish.Grams(u.spelling()) {
		b.lift(alt(index.Grams, gram, liftGrams, index.GramOf))
	}
	var asPart, inTitle []index.Alt
	for _, l := range t.Lemmas {
		if !u.closed {
			asPart = append(asPart, alt(index.Parts, l, liftParts, index.PartOf))
		}
		inTitle = append(inTitle, alt(index.Title, l, liftTitle, index.Inflected))
	}
	if u.foreign {
		for _, l := range b.a.Lemmas(t.Text, "en") {
			inTitle = append(inTitle, alt(index.Title, l, liftTitle, index.Inflected))
		}
	}
	b.lift(asPart...)
	b.lift(inTitle...)
	kind := index.Split
	if u.kind == index.Joined {
		kind = index.PartOf // who wrote "børne have" is not helped by what has "børn" alone, see openPart
	}
	for _, p := range u.topParts() {
		var piece []index.Alt
		for _, l := range lemmas(p) {
			piece = append(piece, alt(index.Parts, l, liftPieces, kind), alt(index.Lemma, l, liftPieces, kind))
		}
		if kind == index.Split && u.split() {
			b.partOf[len(b.lifted)] = u
		}
		b.lift(piece...)
	}
}

// endRun lifts documents in which adjacent words of the query stand side by side, or near each other.
func (b *builder) endRun() {
	for i := 1; i < len(b.run); i++ {
		b.pair(b.run[i-1].token.Lemmas, b.run[i].token.Lemmas)
		if left, right := b.run[i-1], b.run[i]; left.foreign && right.foreign {
			b.pair(b.a.Lemmas(left.token.Text, "en"), b.a.Lemmas(right.token.Text, "en"))
		}
	}
	b.run = nil
}

func (b *builder) pair(left, right []string) {
	if len(left) == 0 || len(right) == 0 {
		return
	}
	b.lift(alt(index.Pairs, danish.Pair(left[0], right[0]), liftPairs, index.PairOf))
	b.lift(nearby(left, right), nearby(right, left))
}

func nearby(first, second []string) index.Alt {
	return index.Alt{Field: index.Lemma, Terms: []string{stack(first), stack(second)}, Slop: nearSlop, Weight: liftNear, Kind: index.PairOf}
}

func (b *builder) lift(alts ...index.Alt) {
	if len(alts) > 0 {
		b.lifted = append(b.lifted, index.Group{Occur: index.Lift, Alts: alts})
	}
}

// lifts appends the lift groups, as many as the bound on terms leaves room for: long queries keep all their words.
func (b *builder) lifts() {
	room := index.MaxTerms
	for _, g := range b.plan.Groups {
		room -= size(g)
	}
	for i, g := range b.lifted {
		if room -= size(g); room < 0 {
			return
		}
		if u := b.partOf[i]; u != nil {
			b.opens[len(b.plan.Groups)] = u
		}
		b.plan.Groups = append(b.plan.Groups, g)
	}
}

// size is the most terms that a group can become in an engine.
func size(g index.Group) int {
	terms := 0
	for i := range g.Alts {
		for _, r := range g.Alts[i].Readings() {
			terms += len(r)
		}
		if g.Alts[i].Prefix {
			terms += index.MaxExpansions
		}
	}
	return terms
}
