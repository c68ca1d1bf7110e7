package query

import (
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/vocab"
)

// unit is one word or phrase of a query on its way into a group of the plan.
type unit struct {
	clause  Clause
	start   int            // byte offset in the query of what it was read from
	end     int            // byte offset after it
	token   danish.Token   // what is looked for; zero for a phrase
	phrase  []danish.Token // the words of a quoted phrase
	kind    index.Kind     // Repaired or Joined, else empty
	typed   string         // the reader's own words
	guesses []candidate    // words that it may be misspelt for, none of them clear
	longer  []string       // words of titles that it is a part of
	apart   []danish.Token // the words of a joined compound as they were typed
	off     bool           // a common word that is left out
	docs    int            // how many documents have it in some form
	native  int            // how many of them as a Danish word
	gone    bool           // none has
	stray   bool           // documents have only other forms of it, and no lexicon has it
	whole   bool           // its parts may not stand for it: the reader has switched that off
	closed  bool           // not looked for inside longer words: the reader has switched that off
	pieces  []danish.Part  // what is looked for in its place when no document has it
	also    []index.Alt    // alternatives from the vocabulary
	parted  []string       // dictionary forms that are looked for inside longer words alone: the reader has switched them off
	bare    bool           // not looked for in other forms: the reader has switched them all off
	foreign bool           // stands in an English query, or in no Danish lexicon
	english bool           // is a common word of English, and a Danish one as well perhaps
	term    bool           // the vocabulary has it, alone or in a phrase
	short   bool           // the vocabulary has it as an abbreviation
	years   *danish.Token  // "årige" as it was typed apart from its number; nil for all else
}

// plain reports whether the unit is a word that may be mended: not quoted, excluded, required or cut short.
func (u *unit) plain() bool {
	c := &u.clause
	return len(u.phrase) == 0 && !c.Not && !c.Must && !c.Prefix && !c.Or
}

// split reports whether the unit is looked for as its parts, because it is a compound that no document has.
func (u *unit) split() bool { return u.gone && !u.whole && u.compound() }

// compound reports whether the unit could be looked for as its parts.
func (u *unit) compound() bool { return u.plain() && len(u.topParts()) > 1 }

// age reports whether the unit is a span of years, "3-5" or "3-5-årige". What a text says of ages it says in many ways,
// and a span is rare as a word, so it would outweigh what the reader is after.
func (u *unit) age() bool {
	isAge := func(text string) bool {
		return strings.HasSuffix(text, "årig") && strings.ContainsAny(text, "0123456789")
	}
	return slices.ContainsFunc(u.token.Lemmas, isAge) ||
		slices.ContainsFunc(u.token.Expansions, func(x danish.Expansion) bool { return isAge(x.Text) })
}

// capitals is the abbreviation in a word, without its ending.
func (u *unit) capitals() string { return capitals(u.token.Surface) }

// topParts are the parts of a compound that are no parts of other parts.
func (u *unit) topParts() []danish.Part {
	var top []danish.Part
	for _, p := range u.token.Parts {
		if p.Level == 1 {
			top = append(top, p)
		}
	}
	return top
}

// nearParts are the parts that are looked for near each other in the place of a compound.
func (u *unit) nearParts() []danish.Part {
	if len(u.pieces) > 1 {
		return u.pieces
	}
	return u.topParts()
}

// asParts is the compound as its parts, an alternative to the whole.
func (u *unit) asParts() Added {
	return Added{Kind: index.Split, For: u.typed, Text: strings.Join(u.token.Split, " "), Not: u.clause.Not}
}

// lemmas are the dictionary forms of a part.
func lemmas(p danish.Part) []string { return append([]string{p.Lemma}, p.Alt...) }

// stack writes dictionary forms as alternatives at one position of a phrase, with further ones of another language.
func stack(lemmas []string, more ...string) string {
	return strings.Join(append(slices.Clip(lemmas[:min(len(lemmas), maxStack)]), more...), "|")
}

// maxStack bounds the readings of a phrase: three words of three forms are 27.
const maxStack = 3

// reading is a query taken apart, with what was found out about it.
type reading struct {
	text    string
	logic   *tree // nil where the clauses say all
	filters []Clause
	units   []unit
	added   []Added
	offers  []Offer
	// opens are the groups of the plan that are a part of a compound that no document has, and only lift, each with the compound;
	// beside are those that look for a compound that documents have.
	opens, beside map[int]*unit
}

// read takes a query apart into words and phrases. Common words are left out unless there is nothing else. The whole
// query is read at once, since an elliptical piece stands for what the words after it say.
func read(a *danish.Analyzer, q string) reading {
	p := parse(q)
	r := reading{text: q, logic: p.logic}
	tokens, clauses := a.Tokens(q), p.out
	for i, c := range clauses {
		joined := c.Or || i+1 < len(clauses) && clauses[i+1].Or
		switch {
		case c.filters():
			r.filters = append(r.filters, c)
		case c.Field == FieldTitle:
			if words := a.Tokens(c.Text); len(words) > 0 {
				r.units = append(r.units, unit{clause: c, phrase: words, typed: c.Text})
			}
		case c.Phrase:
			if words := a.Tokens(c.Text); len(words) > 0 {
				r.units = append(r.units, unit{clause: c, phrase: words, typed: c.Text})
			}
		default:
			r.words(a, c, tokens, joined)
		}
	}
	r.keepOne()
	return r
}

// keepOne takes common words in again when nothing else is left to look for.
func (r *reading) keepOne() {
	if slices.ContainsFunc(r.units, func(u unit) bool { return !u.off && !u.clause.Not }) {
		return
	}
	for i := range r.units {
		r.units[i].off = false
	}
}

// leaveOut leaves out what says nothing beside the other words: the unit after a number that already stands for both
// ("3-5 år" and "3-5 årige" are looked for as "3-5-årig" as well), and the common words of English in an English query.
func (r *reading) leaveOut(a *danish.Analyzer) {
	r.spans(a)
	for i := 1; i < len(r.units); i++ {
		if r.units[i-1].age() {
			lemmas := r.units[i].token.Lemmas
			r.units[i].off = r.units[i].off || slices.Contains(lemmas, "år") || slices.Contains(lemmas, "årig")
		}
	}
	r.askings()
	english := r.english(a)
	for i := range r.units {
		u := &r.units[i]
		u.foreign = english || len(u.phrase) == 0 && !a.Knows(u.token.Text)
	}
	if !english {
		return
	}
	for i := range r.units {
		if u := &r.units[i]; u.plain() && !u.term && stopsInEnglish(a, u.token.Text) {
			u.off = true
		}
	}
}

// words makes a unit of every token of a clause; "f.eks. 0-6 år" may be several.
// Who joins a common word to another by OR asks for it.
func (r *reading) words(a *danish.Analyzer, c Clause, tokens []danish.Token, joined bool) {
	for _, t := range tokens {
		if t.Start < c.Start || t.End > c.End {
			continue
		}
		words := []danish.Token{t}
		if !c.Prefix {
			words = asked(a, t)
		}
		for _, w := range words {
			stop := w.Stop && !joined && !c.Must && !c.Not && !c.Prefix
			r.units = append(r.units, unit{clause: c, start: w.Start, end: w.End, token: w, typed: typed(t, w), off: stop})
		}
	}
}

// typed is a word as the reader wrote it, apart from capitals; those of an abbreviation stay, since it is another word
// without them.
func typed(t, asked danish.Token) string {
	switch {
	case asked.End-asked.Start < t.End-t.Start:
		return asked.Text // one of the words that it was read as
	case capitals(t.Surface) != "":
		return t.Surface
	}
	return t.Text
}

// allowed notes an alternative and reports whether the reader has left it on.
func (r *reading) allowed(off []string, a Added) bool {
	a.ID = AlternativeID(a.Kind, a.Text)
	a.Off = slices.Contains(off, a.ID) || slices.Contains(off, string(a.Kind))
	if !slices.Contains(r.added, a) {
		r.added = append(r.added, a)
	}
	return !a.Off
}

// widen adds what the vocabulary knows to the words of a query. A relative of several words is an alternative for
// each of them, with its share of the weight, so that it can stand for all.
func (r *reading) widen(a *danish.Analyzer, v *vocab.Vocabulary, off []string) {
	for _, run := range r.runs() {
		for _, m := range v.Expand(words(a, run)) {
			r.relate(run[m.From:m.To], m.Also, off)
		}
	}
}

// recognise marks the words that are terms of the vocabulary: they are spelled as they are meant.
func (r *reading) recognise(a *danish.Analyzer, v *vocab.Vocabulary) {
	for _, run := range r.runs() {
		for _, u := range run {
			u.english = v.English(a.Lemmas(u.token.Text, "en"))
		}
		for _, m := range v.Expand(words(a, run)) {
			for _, u := range run[m.From:m.To] {
				u.term, u.short = true, m.Short
			}
		}
	}
}

func words(a *danish.Analyzer, run []*unit) []vocab.Word {
	var out []vocab.Word
	for _, u := range run {
		out = append(out, vocab.Word{Surface: u.token.Surface, Danish: u.token.Lemmas, English: a.Lemmas(u.token.Text, "en")})
	}
	return out
}

// runs are the stretches of plain words, common ones included. An excluded word is one by itself: what it may mean besides is
// excluded as well, so that "leg sprog" and "leg -sprog" share out what "leg" finds.
func (r *reading) runs() [][]*unit {
	var out [][]*unit
	var run []*unit
	for i := range r.units {
		u := &r.units[i]
		if len(u.phrase) > 0 || u.clause.Not || u.clause.Prefix {
			out, run = append(out, run), nil
			if len(u.phrase) == 0 && !u.clause.Prefix {
				out = append(out, []*unit{u})
			}
			continue
		}
		run = append(run, u)
	}
	return append(out, run)
}

func (r *reading) relate(units []*unit, also []vocab.Relative, off []string) {
	var typed []string
	groups := 0
	for i, u := range units {
		if i == 0 || u.start != units[i-1].start || u.end <= u.start { // the words of a name stand for one
			typed = append(typed, u.typed)
		}
		if !u.off {
			groups++
		}
	}
	if groups == 0 {
		return // "for", of which "far" is a form as well: common words are not looked for, nor is what they may mean
	}
	for _, rel := range also {
		alt := relative(rel)
		added := Added{Kind: alt.Kind, For: strings.Join(typed, " "), Text: alt.Text, Lang: alt.Lang, Not: units[0].clause.Not}
		if !r.allowed(off, added) {
			continue
		}
		if alt.For = added.For; len(units) == 1 {
			alt.For = "" // its group says so
		}
		alt.Weight /= float64(max(groups, len(alt.Terms))) // a phrase scores by the sum of its words
		for _, u := range units {
			u.also = append(u.also, alt)
		}
	}
}

// relative is a term of the vocabulary as an alternative. English terms are looked for in English texts, by their
// English dictionary forms.
func relative(rel vocab.Relative) index.Alt {
	a := index.Alt{Field: index.Lemma, Text: rel.Text}
	switch rel.Relation {
	case vocab.Same:
		a.Kind, a.Weight = index.Synonym, weightSame
	case vocab.Near:
		a.Kind, a.Weight = index.Near, weightNear
	case vocab.English:
		a.Kind, a.Weight, a.Lang = index.Translated, weightEnglish, "en"
	case vocab.Danish:
		a.Kind, a.Weight = index.Translated, weightTranslated
	case vocab.Short:
		a.Kind, a.Weight = index.Abbreviated, weightShort
	}
	for _, forms := range rel.Words {
		a.Terms = append(a.Terms, stack(forms[:min(len(forms), 2)]))
	}
	return a
}
